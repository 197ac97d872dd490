import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../house/files';
import { blocks, extensionOf, firstTest } from '../../house/readme';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { type Ended, Project } from '../../support/project';

const project = new Project('user');

beforeAll(async () => {
  const { tarball } = await packLibrary();
  installOffline(project, tarball);
  // A user has these beside it: jest, the compiler, an SDK.
  project.linkPackages();
});

afterAll(() => project.remove());

describe('the packed library', () => {
  it('is one instance, whether it is imported or required', async () => {
    project.write(
      'one.test.mjs',
      `import { createRequire } from 'node:module';
       import * as imported from 's3-versioning-mock';
       import * as subpath from 's3-versioning-mock/jest';
       const required = createRequire(import.meta.url)('s3-versioning-mock');
       test('one instance', () => {
         expect(imported.MockS3).toBe(required.MockS3);
         expect(subpath.MockS3).toBe(required.MockS3);
         expect(subpath.S3MockError).toBe(imported.S3MockError);
       });`,
    );
    const run = await runJest(['one.test.mjs'], esModules);
    expect(run).toMatchObject({ code: 0 });
    project.write(
      'one.mjs',
      `import { createRequire } from 'node:module';
       import { MockS3, mockS3, S3MockError } from 's3-versioning-mock';
       const required = createRequire(import.meta.url)('s3-versioning-mock');
       console.log(MockS3 === required.MockS3, mockS3 === required.mockS3, S3MockError === required.S3MockError);`,
    );
    expect(await project.run(['one.mjs'])).toEqual({ code: 0, stdout: 'true true true\n', stderr: '' });
  });
});

it('the document of the door is served, and has the version of the package', async () => {
  project.write(
    'document.cjs',
    `const { mockS3 } = require('s3-versioning-mock');
     (async () => {
       const s3 = mockS3();
       const { url } = await s3.listen();
       const answer = await fetch(url + '/_mock/openapi.json');
       const { openapi, info, paths } = await answer.json();
       console.log(JSON.stringify({ status: answer.status, openapi, version: info.version, clock: '/clock' in paths }));
       await s3.stop();
     })();`,
  );
  const { code, stdout } = await project.run(['document.cjs']);
  const { version } = JSON.parse(textOf('package.json'));
  expect({ code, served: JSON.parse(stdout) }).toEqual({
    code: 0,
    served: { status: 200, openapi: '3.1.0', version, clock: true },
  });
});

describe('the first test passes', () => {
  it.each((['ts', 'js', 'mjs'] as const).map(firstTest))('as $language, from line $line of $page', async (block) => {
    const extension = extensionOf(block);
    const file = `first-${extension}.test.${extension}`;
    project.write(file, block.code);
    const { code, stderr } = await runJest([file], extension === 'mjs' ? esModules : {});
    expect({ code, passed: /^Tests: +1 passed, 1 total$/m.test(stderr), stderr }).toMatchObject({
      code: 0,
      passed: true,
    });
  });
});

it('the first test of the README passes under vitest without a configuration, and prints what the README says', async () => {
  const first = blocks.find(({ page, runner }) => page === 'README.md' && runner === 'vitest');
  project.write('publish.test.ts', first?.code ?? '');
  const { code, stdout, stderr } = await project.run(['node_modules/vitest/vitest.mjs', 'run', 'publish.test.ts'], {
    NO_COLOR: '1',
  });
  expect({ code, stdout, stderr }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('✓ publish.test.ts (1 test)'),
  });
});

describe('jest ends by itself, without open handles, with', () => {
  it.each([
    ['stop called', 'afterAll(() => s3.stop());', 'client.destroy();'],
    ['stop forgotten', '', 'client.destroy();'],
    ['connections idle', 'afterAll(() => s3.stop());', ''],
    ['stop forgotten and connections idle', '', ''],
  ])('%s', async (name, stop, destroy) => {
    const file = `${name.replaceAll(' ', '-')}.test.js`;
    project.write(
      file,
      `const https = require('node:https');
       const { GetBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');
       const { mockS3 } = require('s3-versioning-mock');
       const s3 = mockS3({ buckets: { vault: {} } });
       ${stop}
       test('calls', async () => {
         const client = new S3Client({});
         await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
         await (await fetch('https://vault.s3.amazonaws.com/?versioning')).text();
         const agent = new https.Agent({ keepAlive: true });
         await new Promise((resolve) => https.get('https://vault.s3.amazonaws.com/?versioning', { agent }, (answer) => answer.resume().on('end', resolve)));
         expect(s3.requests.length).toBe(3);
         ${destroy}
       });`,
    );
    const { code, stderr } = await runJest(['--detectOpenHandles', file]);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/open handle|did not exit/i) });
  });
});

describe('the types of the package are found', () => {
  const code = `
    import { mockS3, type MockS3Options } from 's3-versioning-mock';
    import { mockS3 as forJest } from 's3-versioning-mock/jest';
    import { expect } from '@jest/globals';
    const options: MockS3Options = { buckets: { vault: { versioning: 'Enabled' } } };
    expect(mockS3(options)).toHaveReceived('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } });
    expect(forJest(options).bucket('vault')).toHaveVersioning('Suspended');
    // @ts-expect-error a state that there is not
    expect(forJest(options).bucket('vault')).toHaveVersioning('Disabled');
    // @ts-expect-error an operation that there is not
    expect(mockS3(options)).toHaveReceived('PutBucketVersionning');
  `;

  it.each([
    ['node16', { module: 'node16', moduleResolution: 'node16' }, 'ts'],
    ['node16, from an ES module', { module: 'node16', moduleResolution: 'node16' }, 'mts'],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }, 'ts'],
    ['node10', { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' }, 'ts'],
  ])('under %s', async (name, resolution, extension) => {
    await compile(`types-${name.replaceAll(/\W+/g, '-')}`, { [`use.${extension}`]: code }, resolution);
  });

  it('for an expect that merges S3Matchers into its own', async () => {
    await compile('types-matchers', {
      'use.ts': `import { expect } from 'expect';
       import { mockS3 } from 's3-versioning-mock';
       import { matchers, type S3Matchers } from 's3-versioning-mock/matchers';
       declare module 'expect' {
         interface Matchers<R extends void | Promise<void>, T = unknown> extends S3Matchers<R, T> {}
       }
       expect.extend(matchers);
       const s3 = mockS3();
       expect(s3).toHaveReceived('PutObject', { Key: expect.stringContaining('.pdf') });
       expect(s3.bucket('vault')).not.toHaveVersioning('Enabled');
       // @ts-expect-error a wrong subject
       expect(5).toHaveReceived('PutObject');
       // @ts-expect-error a misspelt member
       expect(s3).toHaveReceived('PutObject', { Buket: 'vault' });`,
    });
  });

  it('for the expect of the package expect by a line of tsconfig.json', async () => {
    const code = `import { expect } from 'expect';
       import { mockS3 } from 's3-versioning-mock';
       expect(mockS3()).toHaveReceived('PutObject', { Key: expect.stringContaining('.pdf') });
       // @ts-expect-error a wrong subject
       expect(5).toHaveReceived('PutObject');`;
    await compile('types-expect', { 'use.ts': code }, { types: ['node', 's3-versioning-mock/jest'] });
  });
});

describe('the declarations of the package, checked themselves too', () => {
  const subjects = `
    import { mockS3 } from 's3-versioning-mock/jest';
    const s3 = mockS3();
    expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Body: 'first', Metadata: { author: 'ann' } });
    expect(s3.bucket('vault')).not.toHaveVersions('report.pdf', ['first']);
    // @ts-expect-error a wrong subject
    expect(5).toHaveReceived('PutObject');
    // @ts-expect-error a wrong subject
    expect(s3).toHaveVersioning('Enabled');
    // @ts-expect-error a misspelt member
    expect(s3).toHaveReceived('PutObject', { Buket: 'vault' });
  `;
  const files = {
    'global.ts': `/// <reference types="jest" />\n${subjects}`,
    'imported.ts': `import { expect } from '@jest/globals';\n${subjects}`,
    'main.ts': `
      import 's3-versioning-mock/guard';
      import { fromListing, mockS3, MockS3, type BucketHandle, type Journal } from 's3-versioning-mock';
      const s3: MockS3 = mockS3({ buckets: { vault: { objects: fromListing({ Versions: [] }) } } });
      for (const entry of s3.requests) if (entry.operation === 'PutObject') entry.input.Body satisfies Uint8Array | undefined;
      s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 });
      // @ts-expect-error a misspelt code
      s3.on('PutObject').fail('SlowDwon');
      // @ts-expect-error mockS3 makes it
      new MockS3();
      // @ts-expect-error an internal member
      s3.requests.append satisfies unknown;
      // @ts-expect-error an internal member
      s3.requests.known satisfies unknown;
      // @ts-expect-error an internal member
      s3.bucket('vault').requests satisfies unknown;
      // @ts-expect-error an internal member
      s3.bucket('vault').now satisfies unknown;
      export type Types = [BucketHandle, Journal];
    `,
  };

  it('give the matchers to the expect of vitest', async () => {
    const code = `import { expect, test } from 'vitest';
       import { mockS3 } from 's3-versioning-mock/vitest';
       const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
       test('types', async ({ expect: local }) => {
         expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Body: 'first' });
         expect(s3).not.toHaveReceived('PutObject');
         expect.soft(s3.bucket('vault')).toHaveVersioning('Suspended');
         local(s3.account).toAllow('s3:PutObject', 'vault/report.pdf');
         await expect(Promise.resolve(s3)).resolves.toHaveReceived('PutObject', { Bucket: 'vault' });
         await expect.poll(() => s3.requests).toHaveReceived('PutObject');
         // @ts-expect-error a misspelt member
         expect(s3).toHaveReceived('PutObject', { Buket: 'vault' });
         // @ts-expect-error a wrong subject
         expect(5).toHaveReceived('PutObject');
         // @ts-expect-error a wrong subject
         expect(s3).toHaveVersioning('Enabled');
       });`;
    await compile('declarations-vitest', { 'use.mts': code }, { skipLibCheck: false });
  });

  it('give the matchers to the expect of vitest 5 by a line of tsconfig.json', async () => {
    // vitest 5 refuses the oldest Node, so it is not installed. Its types are like these where they differ from those of vitest 4.
    project.write(
      'declarations-vitest-5/node_modules/vitest/package.json',
      JSON.stringify({ name: 'vitest', type: 'module', exports: { '.': { types: './index.d.ts' } } }),
    );
    project.write(
      'declarations-vitest-5/node_modules/vitest/index.d.ts',
      `export interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {}
       export interface Assertion<R extends void | Promise<void> = void, T = unknown> extends Matchers<R, T> {
         not: Assertion<R, T>;
         resolves: Assertion<Promise<void>, T>;
       }
       export declare function expect<T>(actual: T): Assertion<void, T>;`,
    );
    // A package finds vitest from its own place.
    cpSync(
      join(project.folder, 'node_modules/s3-versioning-mock'),
      join(project.folder, 'declarations-vitest-5/node_modules/s3-versioning-mock'),
      { recursive: true },
    );
    const code = `import { expect } from 'vitest';
       import { mockS3 } from 's3-versioning-mock';
       const s3 = mockS3();
       expect(s3).not.toHaveReceived('PutObject', { Bucket: 'vault', Body: 'first' });
       export const settled: Promise<void> = expect(Promise.resolve(s3)).resolves.toHaveReceived('PutObject');
       expect(s3.bucket('vault')).toHaveVersioning('Suspended');
       // @ts-expect-error a misspelt member
       expect(s3).toHaveReceived('PutObject', { Buket: 'vault' });
       // @ts-expect-error a wrong subject
       expect(5).toHaveReceived('PutObject');`;
    const types = ['node', 's3-versioning-mock/vitest-types'];
    await compile('declarations-vitest-5', { 'use.mts': code }, { types, skipLibCheck: false });
  });

  it.each([['typescript'], ['typescript-5.4'], ['typescript-5.9'], ['typescript-7']])('are read by %s', (compiler) =>
    compile(`declarations-${compiler}`, files, { skipLibCheck: false }, compiler),
  );
});

/** Compiles files in a folder of the project. They have no errors but those that they expect; the declarations are not checked by default. */
async function compile(
  folder: string,
  code: Readonly<Record<string, string>>,
  options: object = {},
  compiler?: string,
): Promise<void> {
  for (const [file, text] of Object.entries(code)) project.write(`${folder}/${file}`, text);
  const standard = { target: 'es2022', module: 'node16', strict: true, noEmit: true, skipLibCheck: true };
  const compilerOptions = { ...standard, types: ['node'], ...options };
  project.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: Object.keys(code) }));
  expect(await project.tsc(folder, compiler)).toMatchObject({ code: 0, stdout: '' });
}

const esModules = { NODE_OPTIONS: '--experimental-vm-modules' };

function runJest(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const isolated = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
  const config = { testMatch: ['**/*.test.?(m)[jt]s'], transform: { '\\.ts$': ['ts-jest', { tsconfig: isolated }] } };
  return project.jest(['--config', JSON.stringify(config), ...args], environment);
}
