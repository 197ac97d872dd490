import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { signedV4, textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

let s3: MockS3;
beforeEach(() => {
  s3 = start({ buckets: { cape: { region: 'af-south-1', accelerate: 'Enabled', objects: { a: 'of the cape' } } } });
});

// F1653
describe('a bucket in a region that an account has to opt in to', () => {
  it('is refused at the global endpoint', async () => {
    const { status, body } = await send({ path: '/cape/a', host: 's3.amazonaws.com' });
    expect({ status, code: textOf('Code', { body }) }).toEqual({
      status: 400,
      code: 'IllegalLocationConstraintException',
    });
  });

  it('is answered where no region is called: at an accelerated host, and at a port', async () => {
    expect((await send({ path: '/a', host: 'cape.s3-accelerate.amazonaws.com' })).body).toBe('of the cape');
    const { url } = await s3.listen();
    const Authorization = signedV4().replace('us-east-1', 'af-south-1');
    const headers = { Authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const answer = await fetch(`${url}/cape/a`, { headers });
    expect(await answer.text()).toBe('of the cape');
  });
});
