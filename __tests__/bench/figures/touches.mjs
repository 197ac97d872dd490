import { createRequire } from 'node:module';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { mapped, quietCostsOf } from '../cost.mjs';
import { loadEntry, loadLibrary } from '../library.mjs';
import { subjects } from '../subjects.mjs';

/** Measures the touches of a mock by a test, in microseconds of the processor, with 20 requests in the journal. Also runs inside a test file. */
export function prepare(subject, { mockS3, expect } = withoutRunner()) {
  let s3;
  const make = (options) => {
    s3 = mockS3(options);
    return s3;
  };
  const client = subjects[subject]({}, { mockS3: make });
  return () => measureWith(s3, client, expect);
}

async function measureWith(s3, client, expect) {
  for (let index = 0; index < 20; index += 1) await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  const vault = s3.bucket('vault');
  const touches = {
    bucket: () => s3.bucket('vault'),
    put: (index) => vault.put(`file-${index}.txt`, 'some bytes'),
    advance: () => s3.clock.advance({ seconds: 1 }),
    of: () => s3.requests.of('GetBucketVersioning'),
    matcher: () => expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' }),
  };
  await quietCostsOf(touches, { slices: 6, calls: 200 });
  return mapped(await quietCostsOf(touches, { slices: 30, calls: 100 }), (cost) => cost * 1000);
}

/** Another runner's `expect`, which is that of jest without jest. */
function withoutRunner() {
  const { expect } = createRequire(import.meta.url)('expect');
  expect.extend(loadEntry('testing/matchers').matchers);
  return { mockS3: loadLibrary().mockS3, expect };
}
