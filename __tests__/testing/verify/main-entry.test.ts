import { afterAll, describe, expect, it } from '@jest/globals';
import { VitestProject } from '../../support/vitest-project';

const project = new VitestProject('main-entry');
afterAll(() => project.remove());

const config = (environment: string) =>
  JSON.stringify({ testMatch: ['**/*.jest.cjs'], transform: {}, testEnvironment: environment });

async function jest(environment: string, ...lines: readonly string[]): Promise<string> {
  project.write('a.jest.cjs', lines.join('\n'));
  const { code, stdout, stderr } = await project.jest(['--no-color', '--config', config(environment)]);
  return `${code}\n${stdout}${stderr}`;
}

const main = "const { mockS3 } = require('s3-versioning-mock');";
const mock = 'mockS3({ buckets: { vault: {} } });';
const cure = 'import s3-versioning-mock/jest, which has matchers and hooks';

describe('mockS3 of the main entry under jest', () => {
  it('at the top of a file says at a matcher that there are none', async () => {
    const uses = "test('a', () => { expect(s3).toHaveReceived('PutObject'); });";
    expect(await jest('node', main, `const s3 = ${mock}`, uses)).toContain(
      `TypeError: expect(…).toHaveReceived is a matcher, and there are no matchers: mockS3 of the main entry at the top of a test file of jest: ${cure}`,
    );
  });

  it('in a describe that nobody resets says so at a failed test', async () => {
    const screen = await jest(
      'node',
      main,
      `describe('d', () => { const s3 = ${mock}`,
      "test('a', () => { s3.createBucket('scratch'); });",
      "test('b', () => { expect(s3.buckets.length).toBe(1); }); });",
    );
    expect(screen).toContain(
      `mockS3 of the main entry was called in a describe of jest: nothing has reset the mock since then, so a failed test began with what the tests before it had left: ${cure}`,
    );
  });

  it.each([
    ['with hooks of its own', 'beforeEach(s3.reset); afterAll(s3.stop);', 'expect(1).toBe(2)'],
    ['that passes', 'afterAll(s3.stop);', 'expect(1).toBe(1)'],
  ])('says nothing of a mock %s', async (_, hooks, last) => {
    const tests = `test('a', () => {}); test('b', () => { ${last}; });`;
    expect(await jest('node', main, `const s3 = ${mock}`, hooks, tests)).not.toContain('main entry');
  });

  it('leaves the matchers of s3-versioning-mock/matchers, before and after', async () => {
    const extend = "expect.extend(require('s3-versioning-mock/matchers').matchers);";
    const test = "test('a', () => { expect(s3.bucket('vault')).not.toHaveObject('a'); });";
    for (const lines of [
      [extend, `const s3 = ${mock}`],
      [`const s3 = ${mock}`, extend],
    ])
      expect(await jest('node', main, ...lines, 'afterAll(s3.stop);', test)).toMatch(/^0/);
  });
});

it('mockS3 of the main entry under vitest says at a matcher that there are none', async () => {
  project.write(
    'vitest/a.test.mjs',
    `import { mockS3 } from 's3-versioning-mock';
     import { expect, test } from 'vitest';
     const s3 = ${mock}
     test('a', () => { expect(s3.bucket('vault')).not.toHaveObject('a'); });`,
  );
  const { tests } = await project.vitest('vitest');
  expect(tests['a: a']?.message).toContain(
    'mockS3 of the main entry at the top of a test file of vitest: import s3-versioning-mock/vitest, which has matchers and hooks',
  );
});

describe('under jest with jsdom', () => {
  const entry = "const { mockS3 } = require('s3-versioning-mock/jest');";
  const load = "require('@aws-sdk/client-s3');";
  const sentence =
    'the environment is jsdom, in which @aws-sdk/client-s3 does not load: begin the file with /** @jest-environment node */, or use jest-fixed-jsdom';

  it.each([
    ['a file that loads the SDK', [load]],
    ['a test that loads the SDK', [`mockS3(); test('a', () => { ${load} });`]],
  ])('%s says how it loads', async (_, lines) => {
    expect(await jest('jsdom', entry, ...lines)).toContain(sentence);
  });

  it.each([
    ['without the SDK', 'jsdom', "test('a', () => { document.title; });"],
    ['without the SDK, that fails', 'jsdom', "test('a', () => { throw new Error('TextEncoder is not defined'); });"],
    ['with jest-fixed-jsdom', 'jest-fixed-jsdom', `${load} test('a', () => {});`],
  ])('a file %s says nothing', async (_, environment, lines) => {
    expect(await jest(environment, entry, 'mockS3();', lines)).not.toContain('the environment is');
  });
});
