import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blocks } from '../house/readme';
import { installOffline } from '../support/offline-install';
import { packLibrary } from '../support/packed';
import { type Ended, Project } from '../support/project';
import { runners } from '../support/runners';
import { describeInstalled, installRuntimes } from './installation';

const permissions = ['--no-check', '--no-lock', '--allow-env', '--allow-read', '--allow-sys', '--allow-net=127.0.0.1'];
const runtimes = [
  { runtime: 'bun', args: ['test'], entry: 's3-versioning-mock/bun', hooks: '' },
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

  it('bun refuses the calls of its own client to S3, and lets them go to a port', async () => {
    project.write(
      'client.test.mjs',
      `import { expect, test } from 'bun:test';
      import { mockS3 } from 's3-versioning-mock/bun';
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
      test('writes a version', async () => {
        const options = { bucket: 'vault', ...s3.account.credentials };
        const refused = /refused by the S3 mock: Bun\\.S3Client connects by itself/;
        const own = new Bun.S3Client(options);
        const calls = [() => own.write('a', 'b'), () => own.list(), () => own.file('a').text(), () => Bun.S3Client.exists('a', options), async () => own.file('a').stream()];
        for (const call of calls) expect(await call().catch(({ message }) => message)).toMatch(refused);
        const { url } = await s3.listen();
        await new Bun.S3Client({ ...options, endpoint: url }).write('a.txt', 'first');
        await own.write('a.txt', 'second', { endpoint: url });
        expect(s3.bucket('vault')).toHaveVersions('a.txt', ['first', 'second']);
        expect(await Bun.file(import.meta.path).exists()).toBe(true);
      });`,
    );
    const { code, stdout, stderr } = await project.run(['test', 'client.test.mjs'], { NO_COLOR: '1' }, programs.bun);
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/\b1 pass/) });
  });

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
