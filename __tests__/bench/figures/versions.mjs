import { createHash } from 'node:crypto';
import http from 'node:http';
import { costOf, heapUsed, quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

// All objects share one body: a user's own bodies are not the library's memory.
const body = Buffer.from('some bytes');

/**
 * A bucket with so many versions, two of each key. The costs of a call of Node's own client in milliseconds of the processor, those of
 * a version in microseconds and bytes.
 */
export async function measure(subject) {
  const { mockS3 } = loadLibrary();
  const s3 = mockS3({ credentials: false, journal: { limit: 100 }, now: '2026-01-01T12:00:00Z' });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await measureBucket(s3, agent, 'warm', 10_000);
  return measureBucket(s3, agent, 'vault', Number(subject));
}

async function measureBucket(s3, agent, bucket, versions) {
  const keys = versions / 2;
  const before = heapUsed();
  const fill = await costOf(() => fillBucket(s3, bucket, keys));
  const memory = (heapUsed() - before) / versions;
  const sent = (request) => send(agent, { bucket, ...request });
  const quiet = (request, slices, calls) => quietCostOf((call) => sent(request(call)), { slices, calls });
  return {
    fill: (fill / versions) * 1000,
    memory,
    put: await quiet((call) => ({ method: 'PUT', path: `/${keyAt(someIndex(call, keys))}`, body }), 24, 100),
    get: await quiet((call) => ({ method: 'GET', path: `/${keyAt(someIndex(call, keys))}` }), 24, 100),
    page: await quiet((call) => pageAfter(keyAt(someIndex(call, Math.max(1, keys - 500)))), 18, 5),
    batch: await quiet((call) => batchOf(call, keys), 12, 1),
    expiry: ((await costOf(() => expire(s3, bucket))) / keys) * 1000,
  };
}

function fillBucket(s3, name, keys) {
  s3.createBucket(name, { versioning: 'Enabled' });
  const bucket = s3.bucket(name);
  for (let index = 0; index < keys; index += 1) {
    bucket.put(keyAt(index), body);
    bucket.put(keyAt(index), body);
  }
}

function pageAfter(key) {
  return { method: 'GET', path: `/?versions&key-marker=${encodeURIComponent(key)}` };
}

function batchOf(call, keys) {
  const count = Math.min(1000, keys);
  const all = Array.from({ length: count }, (_, index) => keyAt((call * count + index) % keys));
  const document = Buffer.from(`<Delete>${all.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`);
  const more = { 'Content-MD5': createHash('md5').update(document).digest('base64') };
  return { method: 'POST', path: '/?delete', body: document, more };
}

/** Expires the noncurrent versions: one of each key, and more of those that the calls wrote to. */
function expire(s3, name) {
  const bucket = s3.bucket(name);
  bucket.lifecycle = {
    Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
  };
  s3.clock.advance({ days: 3 });
  bucket.versions(keyAt(0));
  bucket.lifecycle = undefined; // else the expiry of the next bucket would look at this one, too
}

function someIndex(call, below) {
  return (call * 104_729) % below;
}

function keyAt(index) {
  return `folder-${String(Math.floor(index / 50)).padStart(6, '0')}/file-${String(index % 50).padStart(2, '0')}.txt`;
}
