import { GetBucketVersioningCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { smallBody } from '../answers.mjs';
import { costOf, mapped, quietCostsOf } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

const Bucket = 'vault';
const Key = 'report.txt';

/**
 * Calls of SDK v3, in microseconds of the processor: the first one of a process, 200 after it (`young`), and each kind of call after 3,000,
 * with bodies of 1 KB. Also runs inside a test file: `prepare` is called where the file makes its mock.
 */
export function prepare(subject, library) {
  const opened = subjects[subject]({}, library);
  return async () => measureWith(await opened, subject === 'nock');
}

async function measureWith(client, isSlow) {
  const calls = {
    GetBucketVersioning: () => client.send(new GetBucketVersioningCommand({ Bucket })),
    PutObject: () => client.send(new PutObjectCommand({ Bucket, Key, Body: smallBody })),
    async GetObject() {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      await Body.transformToByteArray();
    },
  };
  const first = await costOf(calls.GetBucketVersioning);
  const young = await costOf(calls.GetBucketVersioning, isSlow ? 50 : 200);
  await quietCostsOf(calls, { slices: 6, calls: isSlow ? 30 : 500 });
  const warm = await quietCostsOf(calls, { slices: isSlow ? 6 : 12, calls: isSlow ? 20 : 60 });
  return mapped({ first, young, ...warm }, (cost) => cost * 1000);
}
