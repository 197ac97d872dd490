import { createHash } from 'node:crypto';
import http from 'node:http';
import { costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const body = Buffer.from('some bytes');

/**
 * Moves of the clock by one day in a bucket with so many versions, of which none is due, in milliseconds of the processor: the first one after 10
 * rules, or 1,000, were put, and the later ones.
 */
export async function measure(subject) {
  const s3 = loadLibrary().mockS3({ credentials: false, now: '2026-01-01T12:00:00Z' });
  const bucket = s3.createBucket('vault', { versioning: 'Enabled' });
  for (let index = 0; index < Number(subject); index += 1) bucket.put(`folder-${index % 1000}/file-${index}`, body);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const move = () => {
    s3.clock.advance({ days: 1 });
    return bucket.versions('folder-0/file-0');
  };
  const costs = {};
  for (const count of [10, 1000]) {
    await send(agent, { method: 'PUT', path: '/?lifecycle', ...documentOf(count) });
    costs[`first ${count}`] = await costOf(move);
    costs[`later ${count}`] = await costOf(move, 3);
  }
  return costs;
}

function documentOf(count) {
  const rules = Array.from(
    { length: count },
    (_, index) =>
      `<Rule><ID>rule-${index}</ID><Status>Enabled</Status><Filter><Prefix>folder-${index}/</Prefix></Filter>` +
      '<Expiration><Days>3650</Days></Expiration>' +
      '<NoncurrentVersionExpiration><NoncurrentDays>3650</NoncurrentDays></NoncurrentVersionExpiration></Rule>',
  );
  const document = Buffer.from(`<LifecycleConfiguration>${rules.join('')}</LifecycleConfiguration>`);
  return { body: document, more: { 'Content-MD5': createHash('md5').update(document).digest('base64') } };
}
