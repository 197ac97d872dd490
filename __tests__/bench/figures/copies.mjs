import http from 'node:http';
import { costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { ruled } from '../replicated.mjs';
import { send } from '../requests.mjs';

const body = Buffer.from('some bytes');

/** One move of the clock by which so many versions are copied, in milliseconds of the processor, and the same for each version in microseconds. */
export async function measure(subject) {
  const count = Number(subject);
  const s3 = loadLibrary().mockS3({
    buckets: { replica: { versioning: 'Enabled' }, vault: ruled('') },
    credentials: false,
    journal: { limit: 100 },
    now: '2026-01-01T12:00:00Z',
    replicationDelay: { hours: 1 },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let index = 0; index < count; index += 1)
    await send(agent, { method: 'PUT', path: `/folder-${index % 1000}/file-${index}`, body });
  const all = await costOf(() => {
    s3.clock.advance({ hours: 1 });
    return s3.bucket('replica').versions('folder-0/file-0');
  });
  return { all, each: (all * 1000) / count };
}
