import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listTests, VitestProject, type VitestRun } from '../../support/vitest-project';

// Each run is a vitest of its own. Without isolation, and in the vm pools, files share the core modules of Node.
// A guard of the house finds tests of our own that are skipped.
const skip = 'skip';
const entry =
  "import { mockS3 } from 's3-versioning-mock/vitest';\nimport { afterAll, beforeAll, describe, expect, test } from 'vitest';\nimport { ask } from './ask.mjs';";
const outside = `import { expect, test } from 'vitest';\nimport { ask } from './ask.mjs';
test('outside', async () => { expect(await ask()).toBe('looked up vault.s3.amazonaws.com'); });`;

const files: Readonly<Record<string, string>> = {
  // Resolves with the code of an answer, or with the error. A look-up is where a request would leave the process.
  'ask.mjs': `
import https from 'node:https';
const lookup = (host, { all }, done) => (all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4));
export const ask = (host = 'vault.s3.amazonaws.com') => new Promise((resolve) => {
  https.get({ host, path: '/?versioning', lookup, agent: false }, (response) => {
    let body = '';
    response.on('data', (chunk) => (body += chunk)).on('end', () => resolve(/<Code>(.*)<.Code>/.exec(body)?.[1] ?? response.statusCode));
  }).on('error', (error) => resolve(error.code === 'ECONNREFUSED' ? 'looked up ' + host : error.message));
});`,
  '10-skipped.test.mjs': `${entry}\nmockS3({ buckets: { vault: {} } });\ntest.${skip}('never runs', () => {});`,
  '11-after-skipped.test.mjs': outside,
  '20-file.test.mjs': `${entry}
const s3 = mockS3({ buckets: { vault: {} } });
const early = await ask();
beforeAll(async () => { expect(await ask()).toBe('AccessDenied'); });
afterAll(async () => { expect(await ask()).toBe('AccessDenied'); });
test('answers from the call to the last afterAll', async () => {
  expect(early).toBe('AccessDenied');
  expect(await ask()).toBe('AccessDenied');
  expect(s3).toHaveReceivedTimes('GetBucketVersioning', 1);
});`,
  '21-after-file.test.mjs': outside,
  '30-describes.test.mjs': `${entry}
describe('one', () => {
  beforeAll(async () => { expect(await ask()).toBe('AccessDenied'); });
  const s3 = mockS3({ buckets: { vault: {} } });
  beforeAll(() => { s3.createBucket('made'); });
  afterAll(async () => { expect(await ask()).toBe('AccessDenied'); });
  test('answers', async () => { expect(await ask()).toBe('AccessDenied'); s3.createBucket('gone'); });
  test('resets', () => { expect(s3.buckets.map(({ name }) => name)).toEqual(['made', 'vault']); });
});
describe('two', () => {
  mockS3({ buckets: { safe: {} } });
  test('has buckets of its own', async () => { expect(await ask()).toBe('NoSuchBucket'); });
});
test('between', async () => { expect(await ask()).toMatch(/refused by the S3 mock: no running mock answers it/); });`,
  '31-after-describes.test.mjs': outside,
  '40-failing-hooks.test.mjs': `${entry}
describe('whose beforeAll fails', () => {
  mockS3({ buckets: { vault: {} } });
  beforeAll(() => { throw new Error('before'); });
  test('is not run', () => {});
});
describe('whose afterAll fails', () => {
  mockS3({ buckets: { vault: {} } });
  afterAll(() => { throw new Error('after'); });
  test('is run', async () => { expect(await ask()).toBe('AccessDenied'); });
});
describe('the next', () => {
  mockS3({ buckets: {} });
  test('has buckets of its own after both', async () => { expect(await ask()).toBe('NoSuchBucket'); });
});`,
  '41-after-failing-hooks.test.mjs': outside,
  '50-throws.test.mjs': `${entry}\nmockS3({ buckets: { vault: {} } });\nthrow new Error('at load');`,
  '51-after-throws.test.mjs': outside,
  '60-globals.test.mjs': `import { mockS3 } from 's3-versioning-mock/vitest';
const s3 = mockS3({ buckets: { vault: {} } });
test('has the matchers on the global expect', () => { expect(s3.bucket('vault')).toHaveVersioning(undefined); });`,
};

const project = new VitestProject('vitest-files');
beforeAll(() => {
  for (const [name, text] of Object.entries(files)) project.write(`files/${name}`, text);
});
afterAll(() => project.remove());

describe.each([
  ['forks', ['--pool=forks']],
  ['threads without isolation', ['--pool=threads', '--no-isolate']],
  [
    'forks without isolation, hooks in the order of the source',
    ['--pool=forks', '--no-isolate', '--sequence.hooks=list'],
  ],
  ['vm threads', ['--pool=vmThreads']],
  ['vm forks', ['--pool=vmForks']],
])('in the pool of %s', (_, pool) => {
  let run: VitestRun;
  beforeAll(async () => {
    run = await project.vitest('files', ['--globals', ...pool]);
  });

  it('a mock answers in its file or describe, and nowhere else', () => {
    expect(listTests(run)).toEqual([
      'skipped 10-skipped: never runs',
      'passed 11-after-skipped: outside',
      'passed 20-file: answers from the call to the last afterAll',
      'passed 21-after-file: outside',
      'passed 30-describes: answers',
      'passed 30-describes: resets',
      'passed 30-describes: has buckets of its own',
      'passed 30-describes: between',
      'passed 31-after-describes: outside',
      'skipped 40-failing-hooks: is not run',
      'passed 40-failing-hooks: is run',
      'passed 40-failing-hooks: has buckets of its own after both',
      'passed 41-after-failing-hooks: outside',
      'passed 51-after-throws: outside',
      'passed 60-globals: has the matchers on the global expect',
    ]);
  });

  it('only what was made to fail has failed, and no warning was printed', () => {
    expect(run.files).toMatchObject({ '20-file': '', '30-describes': '', '50-throws': 'at load' });
    expect(run.printed).not.toContain('S3MockWarning');
  });
});
