import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { costOf, quietCostOf } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

/** GetBucketVersioning of SDK v3, in microseconds of the processor: the first 200 calls of a process, and those after 3,000. */
export async function measure(subject) {
  const client = await subjects[subject]('GetBucketVersioning');
  const call = () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  await call();
  const isSlow = subject === 'nock';
  const young = await costOf(call, isSlow ? 50 : 200);
  await costOf(call, isSlow ? 200 : 3000);
  const warm = await quietCostOf(call, { slices: isSlow ? 6 : 48, calls: isSlow ? 20 : 100 });
  return { young: young * 1000, warm: warm * 1000 };
}
