import { costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';

const body = Buffer.from('some bytes');
const day = { days: 1 };

/**
 * Moves of the clock by one day in a bucket with so many versions, of which none is due, in milliseconds of the processor: the first one after 10
 * rules, or 1,000, were put, and the later ones.
 */
export async function measure(subject) {
  const s3 = loadLibrary().mockS3({ credentials: false, now: '2026-01-01T12:00:00Z' });
  const bucket = s3.createBucket('vault', { versioning: 'Enabled' });
  for (let index = 0; index < Number(subject); index += 1) bucket.put(`folder-${index % 1000}/file-${index}`, body);
  const move = () => {
    s3.clock.advance(day);
    return bucket.current('folder-0/file-0');
  };
  const costs = {};
  for (const count of [10, 1000]) {
    bucket.lifecycle = { Rules: Array.from({ length: count }, (_, index) => ruleAt(index)) };
    costs[`first ${count}`] = await costOf(move);
    costs[`later ${count}`] = await costOf(move, 3);
  }
  return costs;
}

function ruleAt(index) {
  return {
    ID: `rule-${index}`,
    Status: 'Enabled',
    Filter: { Prefix: `folder-${index}/` },
    Expiration: { Days: 3650 },
    NoncurrentVersionExpiration: { NoncurrentDays: 3650 },
  };
}
