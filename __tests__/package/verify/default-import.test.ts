import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VitestProject } from '../../support/vitest-project';

const project = new VitestProject('default-import');
afterAll(() => project.remove());

const refusal = (entry: string, name = 'mockS3') =>
  `TypeError: ${entry} has no default export: import { ${name} } from '${entry}'`;

const main = 's3-versioning-mock';
const matchers = 's3-versioning-mock/matchers';

describe('a program that calls an entry itself learns what to import', () => {
  it.each([
    ['an ES module', 'call.mjs', `import mockS3 from '${main}'; mockS3({});`, refusal(main)],
    ['CommonJS', 'call.cjs', `require('${main}')({});`, refusal(main)],
    ['CommonJS with new', 'new.cjs', `const S3 = require('${main}'); new S3({});`, refusal(main)],
    ['compiled CommonJS', 'old.cjs', `const s3_1 = require('${main}'); s3_1.default({});`, refusal(main)],
    ['the matchers', 'matchers.mjs', `import m from '${matchers}'; m();`, refusal(matchers, 'matchers')],
  ])('%s', async (_, file, text, expected) => {
    project.write(file, text);
    const { code, stderr } = await project.run([file]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(expected) });
  });

  it('but jest, which calls what a file of its set-up exports, can load each entry there', async () => {
    project.write('set-up/a.test.cjs', "test('a', () => { expect([]).not.toHaveReceived; });");
    const config = JSON.stringify({
      testMatch: ['**/set-up/*.test.cjs'],
      transform: {},
      setupFiles: [main, `${main}/matchers`, `${main}/guard`],
      setupFilesAfterEnv: [main, `${main}/jest`],
    });
    const { code, stderr } = await project.jest(['--no-color', '--config', config]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('1 passed') });
  });

  it('a test of jest, in CommonJS and in an ES module', async () => {
    project.write('jest/required.test.cjs', `require('${main}/jest')({});`);
    project.write('jest/imported.test.mjs', `import mockS3 from '${main}/jest'; mockS3({});`);
    const config = JSON.stringify({ testMatch: ['**/jest/*.test.*'], transform: {} });
    const { stderr } = await project.jest(['--no-color', '--config', config], {
      NODE_OPTIONS: '--experimental-vm-modules',
    });
    expect(stderr.split(refusal(`${main}/jest`))).toHaveLength(3);
  });
});

describe('under vitest', () => {
  let files: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const entry = `${main}/vitest`;
    project.write('vitest/1-called.test.mjs', `import mockS3 from '${entry}'; mockS3({});`);
    project.write('vitest/2-read.test.mjs', `import s3mock from '${entry}'; s3mock.mockS3({});`);
    project.write('vitest/3-main.test.mjs', `import mockS3 from '${main}'; mockS3({});`);
    files = (await project.vitest('vitest')).files;
  });

  it('a default import is refused when it is called or read', () => {
    expect(files).toEqual({
      '1-called': expect.stringContaining(`${main}/vitest has no default export: import { mockS3 }`),
      '2-read': expect.stringContaining(`${main}/vitest has no default export: import { mockS3 }`),
      '3-main': expect.stringContaining(`${main} has no default export: import { mockS3 }`),
    });
  });
});

describe('what goes on working', () => {
  it('is each name, and the module as the default of Node', async () => {
    project.write(
      'names.mjs',
      `import s3mock, * as all from '${main}';
       import { MockS3, S3MockError, deleteMarker, fromDirectory, fromListing, mockS3 } from '${main}';
       const names = Object.keys(all).filter((name) => name !== 'module.exports');
       console.log(JSON.stringify([names, s3mock.mockS3 === mockS3, Object.keys(s3mock), names.includes('refuseCalls')]));`,
    );
    const { stdout, stderr } = await project.run(['names.mjs']);
    const names = ['MockS3', 'S3MockError', 'deleteMarker', 'fromDirectory', 'fromListing', 'mockS3'];
    expect({ stderr, printed: stdout && JSON.parse(stdout) }).toEqual({
      stderr: '',
      printed: [[...names.slice(0, 2), 'default', ...names.slice(2)], true, names, false],
    });
  });
});
