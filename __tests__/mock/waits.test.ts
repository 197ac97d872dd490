import { expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';
import { rejectionOf } from '../support/thrown';

const start = startedMocks();

it.each([
  ['reset', 'the mock was reset', (s3: ReturnType<typeof start>) => s3.reset()],
  ['stopped', 'the mock was stopped', (s3: ReturnType<typeof start>) => s3.stop()],
])('a wait ends when the mock is %s', async (_name, why, end) => {
  const s3 = start();
  const wait = rejectionOf(s3.requests.waitFor('PutObject', {}, { timeout: 60_000 }));
  await end(s3);
  expect(await wait).toMatchObject({ name: 'S3MockError', code: 'WAIT_ENDED', message: expect.stringContaining(why) });
});
