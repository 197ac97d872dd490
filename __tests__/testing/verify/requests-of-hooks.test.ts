import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

// The tests of the fixture fail on purpose, in a runner of their own.
const project = libraryProject('requests-of-hooks');
const write = (entry: string, functions: string) => `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
${functions}
import { mockS3 } from '${entry}';

const s3 = mockS3({ buckets: { vault: {} } });
const client = new S3Client({});
const put = (Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'body' }));
const expectOne = () => expect(s3).toHaveReceivedTimes('PutObject', 1);

describe('a hook that uploads', () => {
  beforeEach(() => put('seed.txt'));
  test('counts both', async () => { await put('a.txt'); expectOne(); });
  test('counts both, a second time', async () => { await put('a.txt'); expect(s3.requests.length).toBe(1); });
  test('has sent too many itself', async () => { await put('a.txt'); await put('b.txt'); expectOne(); });
});
describe('a hook that clears', () => {
  beforeEach(async () => { await put('seed.txt'); s3.requests.clear(); });
  test('passes', async () => { await put('a.txt'); expectOne(); });
});
describe('a hook that writes by a handle', () => {
  beforeEach(() => { s3.bucket('vault').put('seed.txt', 'body'); });
  test('passes as well', async () => { await put('a.txt'); expectOne(); });
});
describe('other hooks', () => {
  beforeAll(() => put('all.txt'));
  afterEach(() => put('after.txt'));
  test('are none of beforeEach', async () => { await put('a.txt'); await put('b.txt'); expectOne(); });
});
describe('concurrent tests', () => {
  beforeEach(() => put('seed.txt'));
  test.concurrent('share the requests', async () => { await put('a.txt'); expectOne(); });
});
`;

const said =
  "1 of the 2 requests was sent by beforeEach: PutObject vault/seed.txt. End that beforeEach with s3.requests.clear(), or write there by a handle, which sends none: s3.bucket('vault').put('seed.txt', …).";

const names = 'afterEach, beforeAll, beforeEach, describe, expect, test';

describe.each([
  ['jest', 's3-versioning-mock/jest', `import { ${names} } from '@jest/globals';`],
  ['vitest', 's3-versioning-mock/vitest', `import { ${names} } from 'vitest';`],
] as const)('requests of beforeEach under %s', (runner, entry, functions) => {
  it('are named if the count would hold without them, and the cures let the tests pass', async () => {
    const isJest = runner === 'jest';
    const file = isJest ? 'hooks.test.js' : 'hooks.test.mjs';
    const text = write(entry, functions);
    project.write(file, isJest ? text.replaceAll(/^import (.*) from (.*);$/gm, 'const $1 = require($2);') : text);
    const { stdout, stderr } = isJest
      ? await project.jest([file])
      : await project.run(['node_modules/vitest/vitest.mjs', 'run', file], { NO_COLOR: '1' });
    const failures = (stdout + stderr)
      .split(isJest ? /^ *● /m : /^ *FAIL {2}/m)
      .slice(1)
      .map((one) => ({ title: /[›>] ([^›>\n]*)$/m.exec(one)?.[1]?.trim(), isSaid: one.includes(said) }));
    const titles = failures.map(({ title }) => title);
    expect({ titles, said: failures.filter(({ isSaid }) => isSaid).map(({ title }) => title) }).toEqual({
      titles: expect.arrayContaining(['has sent too many itself', 'are none of beforeEach']),
      said: ['counts both', 'counts both, a second time'],
    });
    expect(titles.join()).not.toContain('passes');
  });
});
