import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Project } from '../../support/project';

const project = new Project('late');
beforeAll(() => {
  project.linkPackages();
  project.compileLibrary();
  project.write('jest.config.json', JSON.stringify({ testEnvironment: 'node' }));
});
afterAll(() => project.remove());

const request = `
  const get = (path) => new Promise((resolve, reject) => {
    require('node:https').get('https://vault.s3.amazonaws.com' + path, { headers: { authorization: 'AWS KEY:SIG' } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    }).on('error', reject);
  });`;

/** The code of a mock is loaded with the first mock, so that a test can change what modules are before that. */
describe('the first mock of a test file works', () => {
  it.each([
    [
      'after jest.resetModules(), with the classes and matchers of the entries that were imported before',
      `const { S3MockError, deleteMarker } = require('s3-versioning-mock');
       const { mockS3 } = require('s3-versioning-mock/jest');
       jest.resetModules();
       const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { a: ['x', deleteMarker] } } } });
       beforeEach(() => jest.resetModules());
       test('a', async () => {
         expect(() => s3.createBucket('vault')).toThrow(S3MockError);
         expect(await get('/?versioning')).toBe(200);
         expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
         expect(s3.bucket('vault')).toHaveDeleteMarker('a');
         // A library loaded anew has a guard and a class of its own.
         expect(require('s3-versioning-mock').S3MockError).not.toBe(S3MockError);
       });`,
    ],
    [
      'while the modules of Node for files are mocked',
      `jest.mock('fs');
       jest.mock('node:fs');
       const { mockS3 } = require('s3-versioning-mock/jest');
       const s3 = mockS3({ buckets: { vault: {} } });
       test('a', async () => {
         expect(await get('/?versioning')).toBe(200);
         expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
       });`,
    ],
    [
      'while timers are faked, which its waits do not notice',
      `const { mockS3 } = require('s3-versioning-mock/jest');
       const timers = require('node:timers');
       const { setTimeout } = timers;
       timers.setTimeout = () => { throw new Error('a faked timer was set'); };
       jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
       const s3 = mockS3({ buckets: { vault: {} } });
       timers.setTimeout = setTimeout;
       test('a', async () => {
         await expect(s3.requests.waitFor('PutObject', undefined, { timeout: 20 })).rejects.toThrow('PutObject');
       });`,
    ],
    [
      'while V8 may not compile texts, as the file is then required',
      `const { mockS3 } = require('s3-versioning-mock/jest');
       globalThis.eval = () => { throw new EvalError('no texts'); };
       const s3 = mockS3({ buckets: { vault: {} } });
       test('a', async () => {
         expect(await get('/?versioning')).toBe(200);
         expect(Array.isArray(s3.buckets) && s3.buckets instanceof Array).toBe(true);
       });`,
    ],
    [
      'as code of the sandbox that is strict, and whose stacks lead to lines of its files',
      `const { mockS3 } = require('s3-versioning-mock/jest');
       const s3 = mockS3({ buckets: { vault: {} } });
       test('a', () => {
         expect(s3.buckets instanceof Array).toBe(true);
         // A function that is not strict has a caller.
         expect(Object.hasOwn(require('s3-versioning-mock').fromListing, 'caller')).toBe(false);
         let stack;
         try { s3.createBucket('other', { versioning: 'On' }); } catch (error) { stack = error.stack; }
         const [, file, line] = /at checkVersioning \\((.*library\\.js):(\\d+):\\d+\\)/.exec(stack);
         const lines = require('node:fs').readFileSync(file, 'utf8').split('\\n').slice(0, Number(line));
         expect(lines.findLast((one) => one.startsWith('function '))).toMatch(/^function checkVersioning\\(/);
       });`,
    ],
    [
      'in a registry of its own, which has a library of its own',
      `const { mockS3 } = require('s3-versioning-mock/jest');
       let other;
       jest.isolateModules(() => { other = require('s3-versioning-mock'); });
       mockS3({ buckets: { vault: {} } });
       test('a', async () => {
         expect(() => other.mockS3({ buckets: { vault: { versioning: 'On' } } })).toThrow(TypeError);
         expect(await get('/?versioning')).toBe(200);
       });`,
    ],
  ])('%s', async (title, code) => {
    const file = `${title.replaceAll(/\W+/g, '-')}.test.js`;
    project.write(file, `${request}\n${code}`);
    const { code: ended, stderr } = await project.jest(['--config', 'jest.config.json', file]);
    expect({ ended, stderr }).toEqual({ ended: 0, stderr: expect.stringContaining('1 passed') });
    expect(stderr).not.toMatch(/torn down|did not exit/);
  });

  it('when its files can no longer be read, as in a mocked file system', async () => {
    project.write(
      'unread.cjs',
      `const { renameSync } = require('node:fs');
       const { mockS3 } = require('s3-versioning-mock');
       const { matchers } = require('s3-versioning-mock/matchers');
       const dist = require.resolve('s3-versioning-mock').replace(/index\\.js$/, '');
       const files = ['library.js', 'mock-parts.js', 'matcher-functions.js'];
       for (const file of files) renameSync(dist + file, dist + file + '.away');
       try {
         const s3 = mockS3();
         console.log(matchers.toHaveReceived(s3, 'GetObject').pass);
         s3.stop();
       } finally {
         for (const file of files) renameSync(dist + file + '.away', dist + file);
       }`,
    );
    expect(await project.run(['unread.cjs'])).toEqual({ code: 0, stdout: 'false\n', stderr: '' });
  });

  it('in another working directory', async () => {
    project.write(
      'elsewhere.cjs',
      `const { mockS3 } = require('s3-versioning-mock');
       const { matchers } = require('s3-versioning-mock/matchers');
       process.chdir(require('node:os').tmpdir());
       const s3 = mockS3();
       console.log(matchers.toHaveReceived(s3, 'GetObject').pass);
       s3.stop();`,
    );
    expect(await project.run(['elsewhere.cjs'])).toEqual({ code: 0, stdout: 'false\n', stderr: '' });
  });
});
