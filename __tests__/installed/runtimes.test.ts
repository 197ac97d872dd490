import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blocks } from '../house/readme';
import { installOffline } from '../support/offline-install';
import { packLibrary } from '../support/packed';
import { type Ended, Project } from '../support/project';
import { runners } from '../support/runners';
import { describeInstalled, installRuntimes } from './installation';

const permissions = ['--no-check', '--no-lock', '--allow-env', '--allow-read', '--allow-sys', '--allow-net=127.0.0.1'];
const runtimes = [
  { runtime: 'bun', args: ['test', '--timeout', '60000'], entry: 's3-versioning-mock/bun', hooks: '' },
  {
    runtime: 'deno',
    args: ['test', ...permissions],
    entry: 's3-versioning-mock',
    hooks: 'Deno.test.beforeEach(() => s3.reset());\nDeno.test.afterAll(() => s3.stop());',
  },
] as const;

/** Code of a user that makes calls by all kinds of clients, and returns what each has got. */
const calls = `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import AWS from 'aws-sdk';
import axios from 'axios';
import * as minio from 'minio';

const textOf = async (client, Key) => (await client.send(new GetObjectCommand({ Bucket: 'vault', Key }))).Body.transformToString();
const keys = () => ({ accessKey: process.env.AWS_ACCESS_KEY_ID, secretKey: process.env.AWS_SECRET_ACCESS_KEY });

export async function callAll() {
  const client = new S3Client({});
  const names = Array.from({ length: 40 }, (_, at) => 'at-once-' + at);
  await Promise.all(names.map((Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: Key }))));
  const atOnce = await Promise.all(names.map((name) => textOf(client, name)));
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'large', Body: Buffer.alloc(6_000_000, 'x') }));
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'vault', Key: 'presigned' }));
  const { status } = await fetch(url, { method: 'PUT', body: 'presigned' });
  const asked = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'vault', Key: 'presigned' }));
  await new AWS.S3().putObject({ Bucket: 'vault', Key: 'v2', Body: 'two' }).promise();
  await new minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1', ...keys() }).putObject('vault', 'minio', 'minio');
  return {
    atOnce: atOnce.every((text, at) => text === names[at]),
    large: (await textOf(client, 'large')).length,
    presigned: { status, byFetch: await (await fetch(new Request(asked))).text(), byAxios: (await axios.get(asked)).data },
    v2: await textOf(client, 'v2'),
    minio: await textOf(client, 'minio'),
  };
}
`;

/** Takes each way to S3 before the mock starts, sets a proxy that counts its bytes, and asks for an object without a signature. */
const ways = `
import 's3-versioning-mock/guard';
import { mockS3 } from 's3-versioning-mock';
import net from 'node:net';
import tls from 'node:tls';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const host = 'vault.s3.amazonaws.com';
const url = 'https://' + host + '/a.txt';
let bytes = 0;
const proxy = net.createServer((socket) => socket.on('data', (chunk) => { bytes += chunk.length; socket.end(); }));
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const address = 'http://127.0.0.1:' + proxy.address().port;
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) process.env[name] = address;

const { fetch } = globalThis;
const { connect } = tls;
const axios = load('axios');
const { HttpsProxyAgent } = load('https-proxy-agent');
const ways = {
  fetch: () => fetch(url),
  'fetch of a Request': () => fetch(new Request(url)),
  axios: () => axios.get(url, { validateStatus: null }),
  'https-proxy-agent': () => axios.get(url, { proxy: false, httpsAgent: new HttpsProxyAgent(address), validateStatus: null }),
  'tls.connect': () => new Promise((resolve, reject) => {
    const socket = connect({ host, port: 443, servername: host }, () => socket.write('HEAD /a.txt HTTP/1.1\\r\\nHost: ' + host + '\\r\\n\\r\\n'));
    socket.on('error', reject).once('data', (chunk) => resolve({ status: Number(String(chunk).split(' ')[1]) }) ?? socket.destroy());
  }),
};
if (typeof Bun === 'undefined') {
  const client = Deno.createHttpClient({ proxy: { url: address } });
  ways['fetch with a client'] = () => fetch(url, { client });
} else {
  const { fetch: fetchOfBun } = Bun;
  const session = new Bun.FetchSession();
  const { request, Pool } = load('undici');
  const ofUndici = ({ statusCode: status }) => ({ status });
  ways['fetch with a proxy'] = () => fetch(url, { proxy: address });
  ways['Bun.fetch'] = () => fetchOfBun(url);
  ways['Bun.FetchSession'] = () => session.fetch(url);
  for (const name of ['node-fetch', 'isomorphic-fetch']) {
    const taken = load(name);
    ways[name] = () => taken(url);
  }
  ways.undici = () => request(url).then(ofUndici);
  const pool = new Pool('https://' + host);
  ways['Pool of undici'] = () => pool.request({ path: '/a.txt', method: 'GET' }).then(ofUndici);
}
const s3 = mockS3({ buckets: { vault: {} } });
for (const [name, ask] of Object.entries(ways)) console.log(name + ': ' + (await ask().then(({ status }) => status, String)));
console.log('proxy: ' + bytes + ' bytes');
await s3.stop();
process.exit(s3.requests.length === Object.keys(ways).length ? 0 : 1);
`;
const waysOfBoth = ['fetch', 'fetch of a Request', 'axios', 'https-proxy-agent', 'tls.connect'];
const waysOf = {
  bun: [
    ...['fetch with a proxy', 'Bun.fetch', 'Bun.FetchSession', 'node-fetch', 'isomorphic-fetch', 'undici'],
    'Pool of undici',
  ],
  deno: ['fetch with a client'],
};

const expected = `{
  atOnce: true,
  large: 6_000_000,
  presigned: { status: 200, byFetch: 'presigned', byAxios: 'presigned' },
  v2: 'two',
  minio: 'minio',
}`;

const testOfTypes = `
import { expect, test } from 'bun:test';
import { mockS3 } from 's3-versioning-mock/bun';
const s3 = mockS3({ buckets: { vault: {} } });
test('the vault is empty', () => {
  expect(s3.bucket('vault')).not.toHaveObject('a.txt', { body: 'first' });
  expect(s3).not.toHaveReceived('PutObject', { Bucket: expect.stringMatching(/^v/) });
  // @ts-expect-error: S3 has no such operation
  expect(s3).toHaveReceived('PutObjec');
  // @ts-expect-error: a matcher of buckets
  expect(s3).toHaveObject('a.txt');
});`;

describeInstalled('the library in the process of a runtime other than Node', () => {
  const project = new Project('runtimes');
  let programs: Awaited<ReturnType<typeof installRuntimes>>;
  beforeAll(async () => {
    project.linkPackages();
    project.compileLibrary();
    programs = await installRuntimes();
    project.write('calls.mjs', calls);
  });
  afterAll(() => project.remove());

  it("the import adds the types of the matchers to bun's expect", async () => {
    const typed = new Project('runtimes-types');
    try {
      installOffline(typed, (await packLibrary()).tarball);
      typed.write('matchers.test.ts', testOfTypes);
      const compilerOptions = {
        ...{ module: 'preserve', target: 'esnext', lib: ['esnext'], strict: true, noEmit: true, skipLibCheck: true },
        ...{ types: [], typeRoots: [] },
      };
      const files = ['matchers.test.ts', programs.bunTypes];
      typed.write('tsconfig.bun.json', JSON.stringify({ compilerOptions, files }));
      const { code, stdout } = await typed.tsc('tsconfig.bun.json');
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    } finally {
      typed.remove();
    }
  });

  it('a failed test of bun shows what the mock knows, and the place of the assertion', async () => {
    const test = (name: string) => `
import { expect, test } from 'bun:test';
import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock/bun';
mockS3({ buckets: { vault: { objects: { a: 'one' } } } });
const deleted = async () => {
  const Delete = { Quiet: true, Objects: [{ Key: 'a' }] };
  return (await new S3Client({}).send(new DeleteObjectsCommand({ Bucket: 'vault', Delete }))).Deleted;
};
test.each([1])('${name} %d', async (count) => {
  expect((await deleted())?.length).toBe(count);
});
`;
    const files = ['first', 'second'].map((name) => `explained-${name}.test.mjs`);
    for (const file of files) project.write(file, test(file));
    const { code, stderr } = await project.run(['test', ...files], { NO_COLOR: '1' }, programs.bun);
    const hint =
      'DeleteObjects vault was sent with Quiet: true, which leaves Deleted out of the answer. Send it without Quiet.';
    expect({ code, shown: stderr.split(hint).length - 1 }).toEqual({ code: 1, shown: 2 });
    expect(stderr).toContain('explained-first.test.mjs:11:37)');
    expect(stderr).not.toContain('node_modules/s3-versioning-mock');
  });

  it('bun reports a test at its line, by its name, and prints the place of an error of its own', async () => {
    project.write(
      'reported.test.mjs',
      `
import { test } from 'bun:test';
import { mockS3 } from 's3-versioning-mock/bun';
mockS3();
class Parser {}
test(Parser, () => void JSON.parse('{'));
test('waits for no other object', () => ({ then() {} }));
`,
    );
    const reporter = ['--reporter=junit', '--reporter-outfile=report.xml'];
    const { stderr } = await project.run(['test', ...reporter, 'reported.test.mjs'], { NO_COLOR: '1' }, programs.bun);
    const cases = [...project.read('report.xml').matchAll(/<testcase name="([^"]*)".*? line="(\d+)"/g)];
    expect(cases.map(([, name, line]) => [name, line])).toEqual([
      ['Parser', '6'],
      ['waits for no other object', '7'],
    ]);
    expect(stderr).toContain('reported.test.mjs:6:30)');
    expect(stderr).toContain('1 fail');
    expect(stderr).not.toContain('node_modules/s3-versioning-mock');
  });

  describe.each(runtimes)('$runtime', ({ runtime, args, entry, hooks }) => {
    const environment = { NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
    const run = (files: readonly string[]): Promise<Ended> =>
      project.run([...args, ...files], environment, programs[runtime]);
    /** Writes a test that ends if `body` does not throw. */
    const write = (file: string, options: string, body: string) =>
      project.write(
        file,
        [
          "import assert from 'node:assert';",
          "import https from 'node:https';",
          "import { callAll } from './calls.mjs';",
          `import { mockS3 } from '${entry}';`,
          ...(runtime === 'bun' ? ["import { test } from 'bun:test';"] : ['const { test } = Deno;']),
          `const s3 = mockS3(${options});`,
          hooks,
          `test('${file}', async () => {${body}});`,
        ].join('\n'),
      );

    it('runs the test of the guide to runners', async () => {
      const block = blocks.find(({ page, runner }) => page === 'docs/runners.md' && runner === runtime);
      project.write(`guide-${runtime}.test.mjs`, block?.code ?? '');
      const { code, stdout, stderr } = await run([`guide-${runtime}.test.mjs`]);
      expect({ code, output: stdout + stderr }).toEqual({
        code: 0,
        output: expect.stringMatching(runners[runtime]?.passed ?? ''),
      });
    });

    it('answers all kinds of clients, in each of several files of a process', async () => {
      const files = [`first-${runtime}.test.mjs`, `second-${runtime}.test.mjs`];
      const body = `assert.deepStrictEqual(await callAll(), ${expected}); assert.strictEqual(s3.requests.length, 89);`;
      for (const file of files) write(file, '{ buckets: { vault: {} } }', body);
      const { code, stdout, stderr } = await run(files);
      expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/\b2 pass/) });
    });

    it('refuses other hosts with the guard', async () => {
      const file = `guard-${runtime}.test.mjs`;
      const body = `
        const refused = /refused by the S3 mock: example\\.test is not one of its hosts/;
        const byHttps = new Promise((_, reject) => https.get('https://example.test/', () => {}).on('error', reject));
        await assert.rejects(byHttps, refused);
        await assert.rejects(fetch('https://example.test/'), ({ cause }) => refused.test(cause.message));`;
      write(file, '{ guard: true }', body);
      const { code, stdout, stderr } = await run([file]);
      expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/\b1 pass/) });
    });

    it('answers by the references that code took before the mock, and no proxy gets a byte', async () => {
      project.write(`ways-${runtime}.mjs`, ways);
      const runs = runtime === 'bun' ? [] : ['run', ...permissions];
      const { code, stdout } = await project.run([...runs, `ways-${runtime}.mjs`], environment, programs[runtime]);
      const answered = [...waysOfBoth, ...waysOf[runtime]].map((name) => `${name}: 403`);
      expect({ code, lines: stdout.trim().split('\n') }).toEqual({ code: 0, lines: [...answered, 'proxy: 0 bytes'] });
    });

    it('ends by itself with a mock that nobody stopped, and forks no world', async () => {
      project.write(
        'left.mjs',
        `import { callAll } from './calls.mjs';
        import { mockS3 } from 's3-versioning-mock';
        const s3 = mockS3({ buckets: { vault: {} } });
        await callAll();
        await s3.fork(() => {}).catch(({ code }) => console.log(code));`,
      );
      const runs = runtime === 'bun' ? ['left.mjs'] : ['run', ...permissions, 'left.mjs'];
      const { code, stdout } = await project.run(runs, environment, programs[runtime]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'CANNOT_ATTRIBUTE\n' });
    });
  });
});
