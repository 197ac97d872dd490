import http from 'node:http';
import { quietCostsOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { ruled } from '../replicated.mjs';
import { send } from '../requests.mjs';

const body = Buffer.from('some bytes');

/**
 * PutObject of Node's own client, in milliseconds of the processor: in a bucket without a replication rule, in one whose rule selects no key, and
 * in one whose rule has each version copied before the next request.
 */
export async function measure() {
  loadLibrary().mockS3({
    buckets: {
      plain: { versioning: 'Enabled' },
      replica: { versioning: 'Enabled' },
      other: ruled('logs/'),
      vault: ruled(''),
    },
    credentials: false,
    journal: { limit: 100 },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const put = (bucket) => (call) => send(agent, { method: 'PUT', path: `/new-${call}`, body, bucket });
  const works = { plain: put('plain'), unselected: put('other'), copied: put('vault') };
  await quietCostsOf(works, { slices: 6, calls: 100 });
  return quietCostsOf(works, { slices: 30, calls: 100 });
}
