import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { root } from '../house/files';
import { blocks } from '../house/readme';
import { installNode, installOnce } from '../matrix/installation';
import { online } from '../support/plain-environment';
import { Project } from '../support/project';
import { describeInstalled } from './installation';

/** They are too large to be packages of the checkout: workerd alone has more than a hundred megabytes. */
const packages = { '@cloudflare/vitest-plugin': '1.5.0', vitest: '4.1.12', aws4fetch: '1.0.20' };
/** miniflare needs it. */
const oldestNode = 22;
const versionOfNode = '22.23.3';

async function findNode(): Promise<string> {
  const [major = ''] = process.versions.node.split('.');
  return Number(major) >= oldestNode ? process.execPath : join(await installNode(versionOfNode), 'node');
}

const [configuration, guided] = blocks.filter(
  ({ page, language }) => page === 'docs/guides/workers.md' && language === 'js',
);

const tests = `
import { AwsClient } from 'aws4fetch';
import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
const client = new AwsClient({ accessKeyId: 'test', secretAccessKey: 'test', region: 'us-east-1' });
const host = 'https://vault.s3.us-east-1.amazonaws.com';
const ask = (key, options) => client.fetch(host + '/' + key, options);
beforeEach(() => fetch(env.S3_MOCK + '/_mock/reset', { method: 'POST' }));

test('bodies of all kinds arrive, and answers too', async () => {
  const stream = new Blob(['abc']).stream().pipeThrough(new FixedLengthStream(3));
  expect((await ask('stream', { method: 'PUT', body: stream, headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } })).status).toBe(200);
  expect((await ask('large', { method: 'PUT', body: new Uint8Array(6_000_000) })).status).toBe(200);
  expect((await ask('large', { method: 'HEAD' })).headers.get('content-length')).toBe('6000000');
  expect(await (await ask('stream')).text()).toBe('abc');
  expect((await ask('stream', { method: 'DELETE' })).status).toBe(204);
  const missing = await ask('stream');
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('<Code>NoSuchKey</Code>')]);
});

test('an encoded object arrives decoded', async () => {
  const body = await new Response(new Blob(['text']).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  await ask('a.gz', { method: 'PUT', body, headers: { 'Content-Encoding': 'gzip' } });
  expect(await (await ask('a.gz')).text()).toBe('text');
});

test('a redirect reaches the Worker, and is refused at its target', async () => {
  const address = 'https://s3.us-east-1.amazonaws.com/';
  const { status, headers } = await fetch(address, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([307, 'https://aws.amazon.com/s3/']);
  expect((await fetch(address)).status).toBe(500);
});

test('another host is refused', async () => {
  expect((await fetch('https://storage.example.test/')).status).toBe(500);
});
`;

describeInstalled("the tests of Cloudflare's workers", () => {
  const project = new Project('workers');
  let node: string;
  beforeAll(async () => {
    node = await findNode();
    const folder = join(root, 'node_modules/.cache/installed/workers');
    await installOnce(folder, packages, ['workerd', 'esbuild'], online());
    project.linkPackages(join(folder, 'node_modules'));
    project.linkPackages();
    project.compileLibrary();
    project.write('vitest.config.mjs', configuration?.code ?? '');
  });
  afterAll(() => project.remove());

  it('are answered by the mock of the configuration, and so is the test of the guide', async () => {
    project.write('test/archive.test.mjs', guided?.code ?? '');
    project.write('test/requests.test.mjs', tests);
    const vitest = 'node_modules/vitest/vitest.mjs';
    const { code, stdout, stderr } = await project.run(
      [vitest, 'run', '--no-file-parallelism'],
      { NO_COLOR: '1' },
      node,
    );
    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.stringMatching(/Tests +5 passed \(5\)/),
    });
  });
});
