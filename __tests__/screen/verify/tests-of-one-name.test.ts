import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

// A test of the fixture fails on purpose, in a runner of its own.
const project = libraryProject('tests-of-one-name');
const write = (entry: string, functions: string) => `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
${functions}
import { mockS3 } from '${entry}';

mockS3({ buckets: { vault: {} } });
const client = new S3Client({});
const put = (Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'body' }));
const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

describe('the vault', () => {
  test('gets a file', () => { setTimeout(() => put('first.txt'), 20); });
  test('gets a file', async () => { await pause(); await put('own.txt'); setTimeout(() => put('second.txt'), 20); expect(1).toBe(2); });
  test('gets another file', async () => { await pause(); setTimeout(() => put('third.txt'), 20); });
});
test('takes its time', pause);
`;

describe.each([
  ['jest', 's3-versioning-mock/jest', "import { describe, expect, test } from '@jest/globals';"],
  ['vitest', 's3-versioning-mock/vitest', "import { describe, expect, test } from 'vitest';"],
] as const)('tests of one name under %s', (runner, entry, functions) => {
  it('are told apart by their numbers in what is said of their late calls', async () => {
    const isJest = runner === 'jest';
    const file = isJest ? 'names.test.js' : 'names.test.mjs';
    const text = write(entry, functions);
    project.write(file, isJest ? text.replaceAll(/^import (.*) from (.*);$/gm, 'const $1 = require($2);') : text);
    const { stdout, stderr } = isJest
      ? await project.jest([file])
      : await project.run(['node_modules/vitest/vitest.mjs', 'run', file], { NO_COLOR: '1' });
    const output = stdout + stderr;
    const warned = [...output.matchAll(/\/(\w+)\.txt\S* was answered after its test '([^']*)' had ended/g)];
    expect(warned.map(([, key, test]) => `${key}: ${test}`)).toEqual([
      'first: the vault gets a file (number 1 of 2 tests of this name)',
      'second: the vault gets a file (number 2 of 2 tests of this name)',
      'third: the vault gets another file',
    ]);
    expect(output).toContain(
      "The test 'the vault gets a file (number 1 of 2 tests of this name)' had ended when 1 of its requests was answered",
    );
  });
});
