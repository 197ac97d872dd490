import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('engine');
beforeAll(() => {
  project.write('jest.config.json', JSON.stringify({ testEnvironment: 'node' }));
});

const begin = `
  const get = (path) => new Promise((resolve, reject) => {
    require('node:https').get('https://vault.s3.amazonaws.com' + path, { headers: { authorization: 'AWS KEY:SIG' } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    }).on('error', reject);
  });
  const outside = process.getBuiltinModule('node:vm').runInThisContext('globalThis');
  const { cache } = outside.process.getBuiltinModule('node:module').createRequire(__filename);
  const isBeyond = () => Object.keys(cache).some((file) => /dist.engine\\.js$/.test(file));`;

const works = `
  test('a', async () => {
    expect(await get('/?versioning')).toBe(200);
    expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
    expect(s3.buckets instanceof Array).toBe(true);
    expect(s3.requests.last().input).toStrictEqual({ Bucket: 'vault' });
    expect(s3.requests.last().time).toBeInstanceOf(Date);
    expect(() => s3.createBucket('vault')).toThrow(require('s3-versioning-mock').S3MockError);
    expect(() => s3.createBucket('other', { versioning: 'On' })).toThrow(TypeError);
  });`;

const mocked = ['crypto', 'http', 'https', 'timers', 'util', 'fs', 'zlib', 'events', 'stream'];

const files: readonly (readonly [title: string, isBeyond: boolean, code: string])[] = [
  [
    'after jest.resetModules(), with the classes and matchers of the entries that were imported before',
    true,
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
       // Entries that are loaded anew have a class of their own, and know the mocks of the others.
       const { matchers } = require('s3-versioning-mock/matchers');
       expect(matchers.toHaveReceived(s3, 'GetBucketVersioning', { Bucket: 'vault' }).pass).toBe(true);
       expect(matchers.toHaveDeleteMarker(s3.bucket('vault'), 'a').pass).toBe(true);
       expect(require('s3-versioning-mock').S3MockError).not.toBe(S3MockError);
     });`,
  ],
  [
    'in a registry of its own',
    true,
    `const { mockS3 } = require('s3-versioning-mock/jest');
     let other;
     jest.isolateModules(() => { other = require('s3-versioning-mock'); });
     mockS3({ buckets: { vault: {} } });
     test('a', async () => {
       expect(() => other.mockS3({ buckets: { vault: { versioning: 'On' } } })).toThrow(TypeError);
       expect(await get('/?versioning')).toBe(200);
       expect(() => other.mockS3()).toThrow(other.S3MockError);
     });`,
  ],
  [
    'while modules of Node are mocked, which only the test sees',
    true,
    `${mocked.map((name) => `jest.mock('node:${name}'); jest.mock('${name}');`).join(' ')}
     const { mockS3 } = require('s3-versioning-mock');
     test('a', async () => {
       const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' } } });
       expect(s3.mfa.code()).toMatch(/^\\d{6}$/);
       const { status, ok } = await fetch('https://vault.s3.amazonaws.com/?versioning', { headers: { authorization: 'AWS KEY:SIG' } });
       expect({ status, ok }).toEqual({ status: 200, ok: true });
       await s3.stop();
     });`,
  ],
  [
    'while the packages of the library are mocked',
    true,
    `jest.mock('xml2js'); jest.mock('otplib'); jest.mock('sorted-btree');
     const s3 = require('s3-versioning-mock/jest').mockS3({ buckets: { vault: {} } });${works}`,
  ],
  [
    'while timers of the test and of Node are faked, which its waits do not notice',
    true,
    `const { mockS3 } = require('s3-versioning-mock/jest');
     const timers = require('node:timers');
     const { setTimeout } = timers;
     timers.setTimeout = () => { throw new Error('a faked timer was set'); };
     jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
     const s3 = mockS3({ buckets: { vault: {} } });
     timers.setTimeout = setTimeout;
     test('a', async () => {
       await expect(s3.requests.waitFor('PutObject', undefined, { timeout: 20 })).rejects.toThrow('PutObject');
       expect(s3.clock.now()).toEqual(new Date(0));
       jest.setSystemTime(5000);
       expect(s3.clock.now()).toEqual(new Date(5000));
     });`,
  ],
  [
    'while eval is replaced',
    true,
    `globalThis.eval = jest.fn();
     const s3 = require('s3-versioning-mock/jest').mockS3({ buckets: { vault: {} } });${works}`,
  ],
  [
    'in the engine of the process, though the test mocks node:vm',
    true,
    `jest.mock('node:vm');
     const s3 = require('s3-versioning-mock/jest').mockS3({ buckets: { vault: {} } });${works}`,
  ],
  [
    'in place, if the environment asks for it',
    false,
    `process.env.S3_VERSIONING_MOCK_IN_PLACE = '1';
     const s3 = require('s3-versioning-mock/jest').mockS3({ buckets: { vault: {} } });${works}`,
  ],
];

describe('a test file works', () => {
  it.each(files)('%s', async (title, isBeyond, code) => {
    const file = `${title.replaceAll(/\W+/g, '-')}.test.js`;
    project.write(file, `${begin}\n${code}\nafterAll(() => expect(isBeyond()).toBe(${isBeyond}));`);
    const { code: ended, stderr } = await project.jest(['--config', 'jest.config.json', file]);
    expect({ ended, stderr }).toEqual({ ended: 0, stderr: expect.stringContaining('1 passed') });
    expect(stderr).not.toMatch(/torn down|did not exit/);
  });

  it('beside others of its process, whose engine is the same one, and which leave it nothing', async () => {
    const code = (name: string) => `${begin}
      const { mockS3 } = require('s3-versioning-mock/jest');
      const s3 = mockS3({ buckets: { vault: {} } });
      test('a', async () => {
        const engine = Object.values(cache).find(({ filename }) => /dist.engine\\.js$/.test(filename));
        engine.users = [...(engine.users ?? []), '${name}'];
        expect(s3.requests).toHaveLength(0);
        expect(await get('/?versioning')).toBe(200);
        console.log('users ' + engine.users.length);
      });`;
    for (const name of ['one', 'two', 'three']) project.write(`beside-${name}.test.js`, code(name));
    // It crashes while its mock runs.
    project.write('beside-crash.test.js', `require('s3-versioning-mock').mockS3(); throw new Error('crashed');`);
    const { stdout, stderr } = await project.jest(['--config', 'jest.config.json', '-i', 'beside-']);
    expect(stderr).toContain('3 passed, 3 total');
    const printed = [...`${stdout}${stderr}`.matchAll(/users (\d)/g)].map(([, count]) => count);
    expect(printed.toSorted()).toEqual(['1', '2', '3']);
  });

  it('with errors that have its own frames alone', async () => {
    project.write(
      'frames.test.js',
      `const { mockS3 } = require('s3-versioning-mock');
       const framesIn = ({ stack }) => stack.split('\\n').filter((line) => /^ {4}at /.test(line));
       const thrownBy = (act) => { try { act(); } catch (error) { return framesIn(error); } };
       test('a', async () => {
         const s3 = mockS3();
         expect(thrownBy(() => s3.bucket('missing'))[0]).toContain('frames.test.js');
         expect(thrownBy(() => s3.bucket('missing')).filter((line) => line.includes('versioning-mock/dist'))).toEqual([]);
         expect(thrownBy(() => mockS3({ bucket: {} }))[0]).toContain('frames.test.js');
         expect(thrownBy(() => { s3.requests = []; })[0]).toContain('frames.test.js');
         const late = await s3.requests.waitFor('PutObject', undefined, { timeout: 1 }).catch((error) => error);
         expect(framesIn(late)[0]).toContain('frames.test.js');
         await s3.stop();
       });`,
    );
    const { code, stderr } = await project.jest(['--config', 'jest.config.json', 'frames.test.js']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('1 passed') });
  });
});

describe('in plain Node a mock is made', () => {
  it('when the files of the library can no longer be read, as in a mocked file system', async () => {
    project.write(
      'unread.cjs',
      `const { renameSync } = require('node:fs');
       const { mockS3 } = require('s3-versioning-mock');
       const { matchers } = require('s3-versioning-mock/matchers');
       const dist = require.resolve('s3-versioning-mock').replace(/.index\\.js$/, '');
       renameSync(dist, dist + '-away');
       try {
         const s3 = mockS3();
         console.log(matchers.toHaveReceived(s3, 'GetObject').pass);
         s3.stop();
       } finally {
         renameSync(dist + '-away', dist);
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
