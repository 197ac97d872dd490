import net from 'node:net';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sharedRegistry } from '../../src/capture/registry';
import { ask, closedNetwork, startScene, stopScenes } from './scene';

const lookups = closedNetwork();
let before = 0;
// Code of another file that hangs for ever is refused for ever.
beforeAll(() => {
  before = sharedRegistry().patches.length;
});
afterEach(() => {
  const { captures, patches } = sharedRegistry();
  expect({ captures: captures.length, patches: patches.length - before }).toEqual({ captures: 0, patches: 0 });
});

const refused = (host: string) => ({ code: 'ERR_S3_MOCK_REFUSED', address: host });

describe('a second capture of the same hosts', () => {
  it('from the same file throws, and the error names both call sites', () => {
    startScene({ place: 'a.test.ts:3:10' });
    const second = () => startScene({ place: 'a.test.ts:9:1' });
    expect(second).toThrow(
      expect.objectContaining({
        name: 'S3MockError',
        code: 'HOSTS_TAKEN',
        message:
          'the mock started at a.test.ts:3:10 already answers hosts of the mock started at a.test.ts:9:1: ' +
          "stop it first, or give each mock its own hosts, such as hosts: { only: ['first.test'] }",
      }),
    );
  });

  it("says to use the first, if a runner's hooks stop that", () => {
    startScene({ place: 'a.test.ts:3:10', endsWithFile: true });
    expect(() => startScene({ place: 'a.test.ts:9:1' })).toThrow(
      'the mock started at a.test.ts:3:10 already answers hosts of the mock started at a.test.ts:9:1: it runs until its describe or its ' +
        "file ends, so use it here: s3.createBucket('vault') in a test or a beforeEach lasts for that test. Or start the two " +
        "mocks in two describes beside each other, or give each mock its own hosts, such as hosts: { only: ['first.test'] }",
    );
  });

  it('from another file throws if the first may still run, and the error says where to call mockS3', () => {
    startScene({ place: 'a.test.ts:3:10' });
    expect(() => startScene({ place: 'b.test.ts:1:1' })).toThrow(
      expect.objectContaining({
        code: 'HOSTS_TAKEN',
        message: expect.stringMatching(
          /^the mock started at a\.test\.ts:3:10 already answers .* as mocha, load all files .* a before hook of a describe, as in docs\/runners\.md#mocha$/,
        ),
      }),
    );
  });

  it('from another file replaces that of a file that has ended, with a warning that names the file', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const first = startScene({ place: 'a.test.ts:3:10', fileIsOver: () => true });
    const second = startScene({ place: 'b.test.ts:1:1' });
    await ask('https://vault.s3.amazonaws.com/');
    expect({ first: first.requests.length, second: second.requests.length }).toEqual({ first: 0, second: 1 });
    expect(warn.mock.calls).toEqual([
      [
        'a.test.ts left its S3 mock running (started at a.test.ts:3:10); it was stopped, because b.test.ts starts a mock, too',
        'S3MockWarning',
      ],
    ]);
    second.stop();
    await expect(ask('https://vault.s3.amazonaws.com/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('from an earlier run of the same file is replaced too', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const place = 'a.test.ts:3:10';
    const left = startScene({ place });
    const [entry] = sharedRegistry().captures;
    // jest --watch evaluates a file anew in the same process, with a new global object.
    Object.assign(entry ?? {}, { realm: {} });
    startScene({ place });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(() => left.stop()).not.toThrow();
  });

  it('may start once the first has stopped', () => {
    startScene().stop();
    expect(() => startScene()).not.toThrow();
  });
});

describe('captures of different hosts', () => {
  it.each([
    ['first', 0],
    ['second', 1],
  ])('run side by side, whichever stops first: the %s', async (_, index) => {
    const original = net.connect;
    const scenes = [startScene({ hosts: { only: ['a.test'] } }), startScene({ hosts: { only: ['b.test'] } })];
    await Promise.all([ask('https://a.test/'), ask('http://v.a.test/'), ask('https://b.test/')]);
    expect(scenes.map(({ requests }) => requests.length)).toEqual([2, 1]);

    const rest = index === 0 ? 'b.test' : 'a.test';
    const gone = index === 0 ? 'a.test' : 'b.test';
    scenes[index]?.stop();
    await ask(`https://${rest}/`);
    await expect(ask(`https://${gone}/`)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(lookups).toEqual([gone]);
    stopScenes();
    expect(net.connect).toBe(original);
  });

  it("do not fail each other's connections, whichever has the guard", async () => {
    const only = (host: string) => ({ hosts: { only: [host] }, guard: true });
    startScene(only('a.test'));
    startScene({ hosts: { only: ['b.test'] } });
    startScene(only('c.test'));
    for (const host of ['a.test', 'b.test', 'c.test']) {
      expect((await ask(`https://${host}/`)).status).toBe(200);
      expect((await fetch(`https://${host}/`)).status).toBe(200);
    }
    await expect(ask('https://d.test/')).rejects.toMatchObject(refused('d.test'));
  });

  it('answer a request on their connections by their own endpoint, even if its Host header names the other', async () => {
    const first = startScene({ hosts: { only: ['a.test'] } });
    startScene({ hosts: { only: ['b.test'] } });
    await ask('https://a.test/', { headers: { Host: 'b.test' } });
    expect(first.requests[0]).toMatchObject({ host: 'b.test', endpoint: { base: 'a.test' } });
  });
});

describe('copies of this module', () => {
  it('find each other through a core module', async () => {
    startScene({ hosts: { only: ['a.test'] }, guard: true });
    await jest.isolateModulesAsync(async () => {
      const copy: typeof import('./scene') = require('./scene');
      const other = copy.startScene({ hosts: { only: ['b.test'] }, guard: true });
      expect((await ask('https://a.test/')).status).toBe(200);
      expect((await ask('https://b.test/')).status).toBe(200);
      expect(other.requests).toHaveLength(1);
      expect(() => copy.startScene({ hosts: { only: ['a.test'] } })).toThrow(
        expect.objectContaining({ code: 'HOSTS_TAKEN' }),
      );
      copy.stopScenes();
    });
    await expect(ask('https://b.test/')).rejects.toMatchObject(refused('b.test'));
  });
});
