import { AsyncLocalStorage } from 'node:async_hooks';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { quietCostOf } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

const kept = [];

/**
 * GetBucketVersioning of SDK v3 in a process with AsyncLocalStorages that nobody disabled, such as jest-circus leaves one for each test
 * file, in microseconds of the processor: `library 100` has a hundred.
 */
export async function measure(subject) {
  const [way, count] = subject.split(' ');
  const client = await subjects[way]();
  const call = () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  await quietCostOf(call, { slices: 2, calls: 200 });
  while (kept.length < Number(count)) {
    const storage = new AsyncLocalStorage();
    await storage.run({}, async () => {});
    kept.push(storage);
  }
  await quietCostOf(call, { slices: 2, calls: 20 });
  return { call: 1000 * (await quietCostOf(call, { slices: 6, calls: 20 })) };
}
