import { PutObjectCommand } from '@aws-sdk/client-s3';
import { quietCostOf } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

const Body = Buffer.alloc(5 * 1024 * 1024, 's3 ');

/** PutObject of 5 MB with SDK v3, in milliseconds of the processor. */
export async function measure(subject) {
  const client = await subjects[subject]('PutObject');
  const call = () => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'five', Body }));
  return { call: await quietCostOf(call, { slices: 12, calls: 4 }) };
}
