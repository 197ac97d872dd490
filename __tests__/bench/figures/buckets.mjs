import http from 'node:http';
import { costOf, quietCostsOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

/** A mock with so many buckets, in milliseconds of the processor: to make it, a handle, all of them, and an answer to ListBuckets. */
export async function measure(subject) {
  const names = Array.from({ length: Number(subject) }, (_, index) => `bucket-${index}`);
  const buckets = Object.fromEntries(names.map((name) => [name, { versioning: 'Enabled' }]));
  const { mockS3 } = loadLibrary();
  let s3;
  const made = await costOf(() => {
    s3 = mockS3({ buckets, credentials: false, journal: { limit: 100 } });
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const works = {
    handle: (index) => s3.bucket(names[(index * 7919) % names.length]),
    all: () => s3.buckets.length,
    list: () => send(agent, { method: 'GET', path: '/', host: 's3.amazonaws.com' }),
  };
  return { made, ...(await quietCostsOf(works, { slices: 6, calls: 5 })) };
}
