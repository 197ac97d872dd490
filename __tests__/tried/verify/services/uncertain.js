/** Tests of which the command cannot know for certain what a way has done to them. */
const { readdirSync } = require('node:fs');
const { dirname } = require('node:path');
const { put } = require('./planted');

/** The number of the run: each has a folder of its own. */
const runs = () => readdirSync(dirname(process.env.S3_VERSIONING_MOCK_TRIED)).length;

exports.define = (mockS3) => {
  const s3 = mockS3({ buckets: { reports: {} } });
  beforeEach(() => put('of-a-hook', 'x'));
  test('random keys', async () => {
    await put(`${Math.random()}`, 'x');
    expect(s3.bucket('reports').keys).toHaveLength(2);
  });
  test('other requests in each run', async () => {
    if (runs() % 2 === 1) await put('more', 'x');
    await put('a', 'x');
  });
  // Both plain runs leave the object, and then chance is against it.
  test('other state in later runs', async () => {
    await put('b', 'x').catch(() => {});
    if (runs() > 2) s3.bucket('reports').delete('b');
  });
  test.concurrent('concurrent one', () => put('c1', 'x'));
  test.concurrent('concurrent two', () => put('c2', 'x'));
  describe('fake timers', () => {
    beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
    afterEach(() => jest.useRealTimers());
    test('of jest', () => put('faked', 'x'));
  });
  test('with a rule', async () => {
    s3.on('PutObject', { Key: 'ruled' }).fail('AccessDenied', { times: 1 });
    await expect(put('ruled', 'x')).rejects.toThrow('Access Denied');
  });
  test('done (or | not)', (done) => {
    put('done', 'x').then(() => done(), done);
  });
  test('in a world', () =>
    s3.fork(async (world) => {
      await put('world', 'x');
      expect(world.bucket('reports')).toHaveObject('world');
    }));
  describe('share a variable', () => {
    let key;
    test('first', async () => {
      await put('a', 'x');
      key = 'a';
    });
    test('second', async () => {
      expect(key).toBe('a');
      await put('b', 'x');
    });
  });
};
