import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock';

it('the door reads 64 MB of a body, and refuses more', async () => {
  await using s3 = mockS3();
  const { url } = await s3.listen();
  const ofBytes = (length: number) => fetch(`${url}/_mock/reset`, { method: 'POST', body: Buffer.alloc(length, ' ') });
  expect((await ofBytes(64 * 1024 * 1024)).status).toBe(204);
  expect((await ofBytes(64 * 1024 * 1024 + 1)).status).toBe(413);
});
