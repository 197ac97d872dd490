import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { heapUsed } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

const calls = 5000;

/** The bytes that a request takes in the journal, for a GetBucketVersioning of SDK v3. */
export async function measure() {
  const client = subjects.library();
  const call = () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  for (let index = 0; index < 1000; index += 1) await call();
  const before = heapUsed();
  for (let index = 0; index < calls; index += 1) await call();
  return { request: (heapUsed() - before) / calls };
}
