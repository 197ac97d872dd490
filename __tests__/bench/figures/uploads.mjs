import { PutObjectCommand } from '@aws-sdk/client-s3';
import { quietCostsOf } from '../cost.mjs';
import { digests } from '../digests.mjs';
import { subjects } from '../subjects.mjs';

/**
 * PutObject of 5 MB with SDK v3, in milliseconds of the processor: of bytes that repeat, of bytes that are new at each call, and the digests
 * and the one copy of new bytes, which no answer that verifies and keeps them can do without.
 */
export async function measure(subject) {
  const client = await subjects[subject]();
  const same = Buffer.alloc(5 * 1024 * 1024, 's3 ');
  const changing = Buffer.from(same);
  let count = 0;
  const fresh = () => {
    count += 1;
    changing.writeUInt32BE(count);
    return changing;
  };
  const upload = (Body) => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'five', Body }));
  const works = { repeating: () => upload(same), fresh: () => upload(fresh()), floor: () => digestAndCopy(fresh()) };
  return quietCostsOf(works, { slices: 8, calls: 3 });
}

function digestAndCopy(bytes) {
  const taken = digests();
  taken.update(Buffer.from(bytes));
  return taken.end();
}
