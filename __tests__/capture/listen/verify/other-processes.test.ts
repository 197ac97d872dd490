import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { mockS3 } from '../../../../src/index';

it('a mock that listens answers other processes of this machine', async () => {
  await using s3 = mockS3({ hosts: { only: [] }, buckets: { vault: { versioning: 'Enabled' } } });
  const { url, port } = await s3.listen();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  const script = `fetch('${url}/vault').then(async (reply) => console.log(reply.status, await reply.text()))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  expect(stdout).toContain('403 <?xml');
  expect(s3.requests.last()).toMatchObject({ bucket: 'vault', caller: 'anonymous', url: `${url}/vault` });
});
