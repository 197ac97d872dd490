import http from 'node:http';
import { quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const keys = 30_000;

/** The milliseconds of a page of ListObjectsV2 behind the delete markers of 30,000 keys, each with one older version. */
export async function measure() {
  const s3 = loadLibrary().mockS3({ buckets: { vault: { versioning: 'Enabled' } }, credentials: false });
  const bucket = s3.bucket('vault');
  for (let index = 0; index < keys; index += 1) {
    bucket.put(`deleted-${index}.txt`, 'x');
    bucket.delete(`deleted-${index}.txt`);
  }
  for (const key of ['before.txt', 'later.txt']) bucket.put(key, 'x');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const page = (query) => () => send(agent, { method: 'GET', path: `/?list-type=2&${query}` });
  return {
    behind: await quietCostOf(page('start-after=before.txt'), { slices: 12, calls: 1 }),
  };
}
