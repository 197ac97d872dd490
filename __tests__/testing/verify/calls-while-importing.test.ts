import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VitestProject } from '../../support/vitest-project';

const project = new VitestProject('calls-while-importing');
let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.write('package.json', JSON.stringify({ type: 'module' }));
  project.write(
    'settings.js',
    `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
     const credentials = { accessKeyId: 'AKIDREAL', secretAccessKey: 'secret' };
     const client = new S3Client({ region: 'eu-west-1', credentials, maxAttempts: 1 });
     await client.send(new GetObjectCommand({ Bucket: 'settings', Key: 'app.json' }));`,
  );
  const { port } = server.address() as AddressInfo; // it listens
  project.write('emulator.js', `await fetch('http://127.0.0.1:${port}/settings/app.json');`);
});
afterAll(async () => {
  project.remove();
  await new Promise((resolve) => server.close(resolve));
});

const main = 's3-versioning-mock';
const jestArguments = ['node_modules/jest/bin/jest.js', '--rootDir', '.', '--no-color', '--testMatch'];
const mocha = 'node_modules/mocha/bin/mocha.js';

interface Runner {
  readonly entry: string;
  readonly file: string;
  /** Declares the functions of the runner. */
  readonly imports?: string;
  readonly setUp: string;
  readonly args: (file: string) => readonly string[];
}

const vitest: Omit<Runner, 'entry' | 'file'> = {
  imports: "import { test } from 'vitest';",
  setUp: 'setupFiles',
  args: (file) => ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.config.mjs', file],
};
const ofJest = { setUp: 'setupFilesAfterEnv', args: (file: string) => [...jestArguments, `**/${file}`] };

const runners: Readonly<Record<string, Runner>> = {
  jest: { entry: `${main}/jest`, file: 'a.jest.js', ...ofJest },
  'jest, with the main entry': { entry: main, file: 'b.jest.js', ...ofJest },
  vitest: { entry: `${main}/vitest`, file: 'a.test.js', ...vitest },
  'vitest, with the main entry': { entry: main, file: 'b.test.js', ...vitest },
  'node:test': {
    entry: main,
    file: 'a.node.js',
    imports: "import { test } from 'node:test';",
    setUp: 'node --import',
    args: (file) => ['--test', file],
  },
  mocha: {
    entry: main,
    file: 'a.mocha.js',
    imports: 'const test = it;',
    setUp: 'mocha --require',
    args: (file) => [mocha, file],
  },
};

async function run({ args, file, imports = '' }: Runner, ...lines: readonly string[]): Promise<string> {
  project.write(file, [imports, ...lines].join('\n'));
  const environment = { NODE_OPTIONS: '--experimental-vm-modules', NODE_NO_WARNINGS: '1', NO_COLOR: '1' };
  const { code, stdout, stderr } = await project.run(args(file), environment);
  return `${code}\n${stdout}${stderr}`;
}

describe.each(Object.entries(runners))('%s', (_, runner) => {
  const { entry, setUp } = runner;

  it('refuses the call of a module that a test file imports before it calls mockS3', async () => {
    const screen = await run(
      runner,
      `import { mockS3 } from '${entry}';`,
      "import './settings.js';",
      "mockS3({ buckets: { settings: { objects: { 'app.json': '{}' } } } });",
      "test('a', () => {});",
    );
    expect(screen).toMatch(/^[1-9]/);
    expect(screen).toContain(
      'connect ENETUNREACH settings.s3.eu-west-1.amazonaws.com:443 - refused by the S3 mock: S3 was called while the file was importing its ' +
        `modules, before mockS3() was called: call mockS3() in a file of ${setUp}, or import the module in the test (await import); called from `,
    );
    expect(screen).toMatch(/settings\.js:4:\d+/);
  });

  it('lets the module be imported in a test, and lets an emulator of this machine answer before', async () => {
    const screen = await run(
      runner,
      `import { mockS3 } from '${entry}';`,
      "import './emulator.js';",
      "const s3 = mockS3({ buckets: { settings: { objects: { 'app.json': '{}' } } } });",
      "test('a', async () => { await import('./settings.js'); s3.requests.expect('GetObject'); await s3.stop(); });",
    );
    expect(screen).toMatch(/^0/);
  });

  it('says nothing of a call in a test of a file without a mock', async () => {
    const screen = await run(
      runner,
      `import { mockS3 } from '${entry}';`,
      "import net from 'node:net';",
      // A name that no DNS has is as far as a test may go.
      `test('a', async () => {
         const error = await new Promise((resolve) => net.connect({ host: 'vault.s3.amazonaws.com', port: 443, lookup: (name, options, done) => done(new Error('looked up')) }).on('error', resolve));
         if (error.message !== 'looked up') throw error;
       });`,
    );
    expect(screen).toMatch(/^0/);
  });
});
