import { createHash } from 'node:crypto';
import http from 'node:http';
import { quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const keys = 1000;
const body = Buffer.from('some bytes');
const name = (index) => `folder-${String(Math.floor(index / 50)).padStart(3, '0')}/file-${index}.txt`;
const documentOf = (all) =>
  Buffer.from(`<Delete>${all.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`);

/** Requests of Node's own client to a bucket of 1,000 keys with two versions each, in milliseconds of the processor. */
export async function measure() {
  const objects = Object.fromEntries(Array.from({ length: keys }, (_, index) => [name(index), ['one', 'two']]));
  loadLibrary().mockS3({
    buckets: { vault: { versioning: 'Enabled', objects } },
    credentials: false,
    journal: { limit: 100 },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const quiet = (request, slices, calls) =>
    quietCostOf((call) => send(agent, typeof request === 'function' ? request(call) : request), { slices, calls });
  const all = documentOf(Object.keys(objects));
  const more = { 'Content-MD5': createHash('md5').update(all).digest('base64') };
  return {
    put: await quiet((call) => ({ method: 'PUT', path: `/new-${call}`, body }), 30, 100),
    get: await quiet((call) => ({ method: 'GET', path: `/${name(call)}` }), 30, 100),
    page: await quiet({ method: 'GET', path: '/?versions&prefix=folder' }, 18, 10),
    batch: await quiet({ method: 'POST', path: '/?delete', body: all, more }, 18, 3),
  };
}
