import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const project = libraryProject('in-flight');

interface Cell {
  readonly overtakenBy: 'reset' | 'stop';
  readonly isAwaited: boolean;
  readonly succeeds: boolean;
}

interface TestRunner {
  readonly extension: string;
  readonly run: (file: string) => Promise<Ended>;
  readonly write: (first: string, next: string) => string;
  /** The assertion that a call fails. */
  readonly rejects: (call: string) => string;
  /** Whether an assertion that fails after its test passes, whatever the mock does. */
  readonly isBlind?: true;
  /** What stands before "had ended" in the line about the call; undefined if the runner itself waits for the assertion. */
  readonly told: string | undefined;
}

const byExpect = (call: string) => `expect(${call}).rejects.toThrow()`;
const byAssert = (call: string) => `assert.rejects(${call})`;
const options = "{ buckets: { vault: { objects: { a: 'x' } } } }";

/** The first call of a client loads a hundred files, which can take longer than a stop waits. */
const client = `
const client = new S3Client({});
const get = (Key) => client.send(new GetObjectCommand({ Bucket: 'vault', Key }));
const warm = () => get('a');`;

const asCommonJs = (entry: string, tests: string) => `
const { GetObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const assert = require('node:assert');
const { mockS3 } = require('${entry}');
const s3 = mockS3(${options});
${client}
${tests}`;

const asModule = (entry: string, tests: string) => `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import assert from 'node:assert';
import { mockS3 } from '${entry}';
const s3 = mockS3(${options});
${client}
${tests}`;

const testRunners: Readonly<Record<string, TestRunner>> = {
  jest: {
    extension: 'test.cjs',
    run: (file) => project.jest([file, '--testMatch', '**/*.test.cjs']),
    write: (first, next) =>
      asCommonJs('s3-versioning-mock/jest', `beforeAll(warm);\ntest('first', ${first});\n${next}`),
    rejects: byExpect,
    told: "its test 'first'",
  },
  vitest: {
    extension: 'test.mjs',
    run: (file) => project.run(['node_modules/vitest/vitest.mjs', 'run', file], { NO_COLOR: '1' }),
    write: (first, next) =>
      `import { beforeAll, expect, test } from 'vitest';${asModule('s3-versioning-mock/vitest', `beforeAll(warm);\ntest('first', ${first});\n${next}`)}`,
    rejects: byExpect,
    told: undefined,
  },
  'node:test': {
    extension: 'node.mjs',
    run: (file) => project.run(['--test', file]),
    write: (first, next) =>
      `import { after, before, beforeEach, test } from 'node:test';${asModule('s3-versioning-mock', `before(warm);\nbeforeEach(() => s3.reset());\nafter(() => s3.stop());\ntest('first', ${first});\n${next}`)}`,
    rejects: byAssert,
    told: 'its test',
  },
  mocha: {
    extension: 'spec.cjs',
    isBlind: true,
    run: (file) => project.run(['node_modules/mocha/bin/mocha.js', file]),
    write: (first, next) =>
      asCommonJs(
        's3-versioning-mock',
        `const test = it;\nbefore(warm);\nbeforeEach(() => s3.reset());\nafter(() => s3.stop());\ntest('first', ${first});\n${next}`,
      ),
    rejects: byAssert,
    told: 'its test',
  },
};

const cells = (['reset', 'stop'] as const).flatMap((overtakenBy) =>
  [true, false].flatMap((isAwaited) => [true, false].map((succeeds): Cell => ({ overtakenBy, isAwaited, succeeds }))),
);

function nameOf({ overtakenBy, isAwaited, succeeds }: Cell): string {
  return [overtakenBy, isAwaited ? 'awaited' : 'not awaited', succeeds ? 'succeeds' : 'fails'].join(', ');
}

describe.each(Object.entries(testRunners))('%s: an assertion that a call fails', (name, runner) => {
  it.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', async (cellName, cell) => {
    const { overtakenBy, isAwaited, succeeds } = cell;
    const call = `get('${succeeds ? 'a' : 'missing'}')`;
    const first = `async () => { ${isAwaited ? 'await ' : ''}${runner.rejects(call)}; }`;
    const next = overtakenBy === 'reset' ? "test('next', () => {});" : '';
    const file = `${`${name} ${cellName}`.replaceAll(/\W+/g, '-')}.${runner.extension}`;
    project.write(file, runner.write(first, next));
    const { code, stdout, stderr } = await runner.run(file);
    const output = stdout + stderr;
    expect({ isGreen: code === 0, output }).toEqual({
      isGreen: !succeeds || (runner.isBlind === true && !isAwaited),
      output: expect.not.stringContaining('JEST-01'),
    });
    // The runners print it each in their way, perhaps in several lines.
    const line = new RegExp(
      `GET https://vault\\.s3\\.[^ ]* was answered after ${runner.told ?? 'its test.*'}.* had ended`,
    );
    // mocha goes on in so few turns that the call can be answered before its test ends.
    if (runner.isBlind && !isAwaited) return;
    const isTold = !isAwaited && runner.told !== undefined;
    expect({ isTold: line.test(output), output }).toEqual({ isTold, output });
  });
});
