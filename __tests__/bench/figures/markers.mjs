import http from 'node:http';
import { quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

/**
 * ListObjectsV2 of one object behind so many keys whose current version is a delete marker, each with one older
 * version, in milliseconds of the processor.
 */
export async function measure(subject) {
  const s3 = loadLibrary().mockS3({ credentials: false, journal: { limit: 100 } });
  const bucket = s3.createBucket('vault', { versioning: 'Enabled' });
  for (let index = 0; index < Number(subject); index += 1) {
    bucket.put(`deleted-${index}.txt`, 'x');
    bucket.delete(`deleted-${index}.txt`);
  }
  for (const key of ['before.txt', 'later.txt']) bucket.put(key, 'x');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const list = () => send(agent, { method: 'GET', path: '/?list-type=2&start-after=before.txt' });
  return { page: await quietCostOf(list, { slices: 12, calls: 1 }) };
}
