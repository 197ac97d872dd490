import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';
import { root } from '../files';
import { mendedBy } from '../mended-by';
import { type Block, blocks, extensionOf, firstTest, nameOf } from '../readme';
import { codeWithMistakes, fileOf, type Mistake, mistakes, mistakesIn, screensOf, writeScreens } from '../screens';

describe('the code of the README, the guides and the reference', () => {
  const project = libraryProject('readme');
  const tests = [...blocks, firstTest('mjs')].filter(
    ({ language, isFragment, runner }) => /^(?:js|ts)$/.test(language) && !isFragment && runner === 'jest',
  );
  const alone = mistakes.flatMap(({ block, context }) => (context === undefined ? [block] : []));
  const typed = blocks.filter((one) => one.language === 'ts' && (!one.isMistake || alone.includes(one)));
  let runs: readonly Ended[] = [];
  let compiled: Ended | undefined;

  beforeAll(async () => {
    for (const block of [...tests, ...alone])
      project.write(`tests/${nameOf(block)}.test.${extensionOf(block)}`, codeWithMistakes(block));
    // vitest is an ES module.
    const extension = ({ runner }: Block) => (runner === 'vitest' ? 'mts' : 'ts');
    for (const block of typed) project.write(`types/${nameOf(block)}.${extension(block)}`, typedCode(block));
    project.write('tsconfig.json', JSON.stringify(checking));
    const testTimeout = 120_000; // three runs share the machine
    const transform = { '\\.ts$': ['ts-jest', { tsconfig: transpiling }] };
    const asCommonJs = { transform, testTimeout, testMatch: ['**/*.test.?s'] };
    const asEsModule = { transform: {}, testTimeout, testMatch: ['**/*.test.mjs'] };
    [compiled, ...runs] = await Promise.all([
      project.tsc('tsconfig.json'),
      project.jest(['--json', '--config', JSON.stringify(asCommonJs)]),
      project.jest(['--json', '--config', JSON.stringify(asEsModule)], { NODE_OPTIONS: '--experimental-vm-modules' }),
    ]);
    if (process.env['WRITE_SCREENS']) writeScreens(screenOf);
  });

  const resultOf = (name: string) =>
    runs
      .flatMap(({ stdout, stderr }) => resultsOf(stdout, stderr))
      .find((result) => result.name.includes(`/${name}.test.`));
  const screenOf = (mistake: Mistake) =>
    screensOf(resultOf(fileOf(mistake))?.message ?? '').get(mistake.title) ?? 'The test does not fail.';

  it('has every form: TypeScript, CommonJS, ES module', () => {
    expect(new Set(tests.map(extensionOf))).toEqual(new Set(['ts', 'js', 'mjs']));
  });

  it('compiles', () => {
    const errors = compiled?.stdout.split('\n').filter((line) => line.startsWith('types/'));
    expect({ code: compiled?.code, errors }).toEqual({ code: 0, errors: [] });
  });

  it.each(tests)('runs: $page, line $line', (block) => {
    const result = resultOf(nameOf(block));
    const titles = mistakesIn(block).map(({ title }) => title);
    const own = (result?.assertionResults ?? []).filter(({ title }) => !titles.includes(title));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ status }) => status !== 'passed')).toEqual([]);
    if (titles.length === 0) expect(result).toMatchObject({ status: 'passed', message: '' });
  });

  it.each(mistakes)('fails as its guide says: $block.page, line $block.line', (mistake) => {
    mendedBy('npm run generate screens', () => expect(screenOf(mistake)).toBe(mistake.screen));
  });
});

const transpiling = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
const checking = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    typeRoots: [join(root, 'node_modules/@types')],
    paths: {
      's3-versioning-mock': [join(root, 'src/index.ts')],
      's3-versioning-mock/vitest': [join(root, 'src/testing/vitest.mts')],
      's3-versioning-mock/*': [join(root, 'src/testing/*.ts')],
    },
  },
  include: ['types'],
};

interface JestResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

function resultsOf(stdout: string, stderr: string): readonly JestResult[] {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).testResults;
}

const scope = `
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { DeleteObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from '@jest/globals';
import { http, passthrough } from 'msw';
import { MockAgent } from 'undici';
import type { S3Event, S3Handler, SQSHandler } from 'aws-lambda';
import {
  type AccountHandle, type Bytes, type DirectoryManifest, type Expected, type MockS3, type ObjectFixtures,
  type PolicyLiteral, type QueueEvent, type S3Notification, type SessionHandle, type TrustPolicyLiteral, deleteMarker, fromDirectory, fromListing, mockS3, S3MockError,
} from 's3-versioning-mock/jest';
import { matchers } from 's3-versioning-mock/matchers';
declare const mockAgent: MockAgent;
declare const client: S3Client;
declare const partner: AccountHandle;
declare const session: SessionHandle;
declare const policy: { Version: string; Statement: object[] };
declare const Bucket: string;
declare const VersioningConfiguration: { Status: 'Suspended' };
declare function archive(bucket: string): Promise<void>;
declare function move(from: string, to: string): Promise<void>;
declare function codeUnderTest(): Promise<void>;
declare function stopTheOther(): void;
declare function upload(key: string): Promise<void>;
declare function uploadInBackground(key: string): void;
declare function handler(event: S3Event): Promise<void>;
declare const thumbnail: S3Handler;
declare const audit: SQSHandler;
declare const queueArn: string;
`;

/** A test is compiled with its mistakes. A fragment uses a mock, clients and functions that another block declares. */
function typedCode(block: Block): string {
  const { code, isFragment, isMistake } = block;
  if (!isFragment || isMistake) return codeWithMistakes(block);
  return `${scope}export async function fragment(s3: MockS3) {{\n${code.replace(/^import .*\n/gm, '')}}}\n`;
}
