import assert from 'node:assert';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { readFailedErrors } from '../../src/thrown-errors';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const allow = (Action: 's3:PutObject' | 's3:GetObject') => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Action, Resource: 'arn:aws:s3:::site/*' as const }],
});

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      users: { editor: { policy: allow('s3:PutObject') }, reader: { policy: allow('s3:GetObject') }, guest: {} },
      buckets: {
        site: { objects: { 'index.html': '<h1>' } },
        spare: {},
        gallery: { objects: { 'pets/a.jpg': 'a', 'pets/b.jpg': 'b' } },
      },
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const once = () => new sdk.S3Client({ maxAttempts: 1 });
const patient = () => new sdk.S3Client({ maxAttempts: 2, logger });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object, client = once()): Promise<Record<string, never>> {
  const commands = new Map<string, unknown>(Object.entries(sdk));
  const Made = commands.get(`${name}Command`) as new (input: object) => sdk.GetObjectCommand;
  return (await client.send(new Made(input))) as never; // of any command
}

interface Mistake {
  readonly of: string;
  readonly test: () => unknown;
  readonly says: string;
}

type Other = Omit<Mistake, 'says'> & { readonly hides: string };

function tryAll(title: string, mistakes: readonly Mistake[], others: readonly Other[]): void {
  describe(title, () => {
    it.each(mistakes)('is explained: $of', async ({ test, says }) => {
      expect(await screenOfTest(control, test)).toContain(says);
    });
    it.each(others)('is not the reason: $of', async ({ test, hides }) => {
      expect(await screenOfTest(control, test)).not.toContain(hides);
    });
  });
}

/** Deletes an album, and keeps the errors to itself. */
async function removeAlbum(keys: readonly string[], client = once()) {
  for (const Key of keys) await send('DeleteObject', { Bucket: 'gallery', Key }, client).catch(() => undefined);
}
async function storeOnce(Key: string) {
  const at = { Bucket: 'site', Key, Body: 'x' };
  await send('PutObject', { ...at, IfNoneMatch: '*' }).catch(() => send('PutObject', { ...at, Key: `${Key}.1` }));
}
async function exists(Key: string) {
  return send('HeadObject', { Bucket: 'site', Key }).then(
    () => true,
    () => false,
  );
}
const wasRefused = (call: string, name: string) =>
  `The promise resolved, although ${call} was refused with ${name}. If the test waits for that error, the code caught it, or did not await the call: throw it again in the catch, or await the call, in for…of or in Promise.all, since forEach does not wait for an async function.`;

tryAll(
  'an error that the code keeps',
  [
    {
      of: 'of the last request',
      async test() {
        await expect(removeAlbum(['pets/a.jpg', 'pets/c.jpg']).then(() => exists('none'))).rejects.toThrow('NotFound');
      },
      says: wasRefused('HeadObject site/none', 'NotFound'),
    },
    {
      of: 'that the test ordered, before others',
      async test() {
        s3.on('DeleteObject', { Key: 'pets/a.jpg' }).fail('AccessDenied');
        await assert.rejects(removeAlbum(['pets/a.jpg', 'pets/b.jpg']));
      },
      says: wasRefused('DeleteObject gallery/pets/a.jpg', 'AccessDenied'),
    },
    {
      of: 'of an outage, whose attempts are all refused',
      async test() {
        s3.on('DeleteObject').fail('InternalError');
        await expect(removeAlbum(['pets/a.jpg'], patient())).rejects.toThrow();
      },
      says: wasRefused('DeleteObject gallery/pets/a.jpg', 'InternalError'),
    },
  ],
  [
    {
      of: 'a refusal after which the code goes on',
      test: () => expect(storeOnce('index.html')).rejects.toThrow(),
      hides: 'was refused with',
    },
    {
      of: 'a failure after which the client tries again',
      async test() {
        s3.on('DeleteObject').fail('InternalError', { times: 1 });
        await expect(removeAlbum(['pets/a.jpg'], patient())).rejects.toThrow();
      },
      hides: 'was refused with',
    },
    {
      of: 'an answer of fetch, which is no error',
      async test() {
        await expect(fetch('https://site.s3.us-east-1.amazonaws.com/none')).rejects.toThrow();
      },
      hides: 'was refused with',
    },
    {
      of: 'a comparison',
      async test() {
        expect(await exists('none')).toBe(true);
      },
      hides: 'was refused with',
    },
  ],
);

describe('an error that nobody awaits', () => {
  const forEach = async () => {
    s3.on('PutObject', { Key: 'a.html' }).fail('AccessDenied');
    const all = ['a.html', 'b.html'].map(async (Key) => send('PutObject', { Bucket: 'site', Key, Body: 'x' }));
    const [refused] = await Promise.allSettled(all);
    return refused?.status === 'rejected' ? (refused.reason as unknown) : undefined;
  };
  const resolved = async (call: Promise<unknown>) => {
    const [outcome] = await Promise.allSettled([expect(call).rejects.toThrow()]);
    return outcome.status === 'rejected' ? (outcome.reason as unknown) : undefined;
  };
  const screen = (...thrown: readonly unknown[]) =>
    screenOf(control, undefined, { errors: readFailedErrors(thrown, String) });

  it('is named, if the runner reports it beside the promise that resolved', async () => {
    const stray = await forEach();
    const missing = await resolved(send('ListObjectsV2', { Bucket: 'site' }));
    expect(screen(missing, stray)).toContain(
      'Nobody awaited PutObject site/a.html: its error, AccessDenied, was an unhandled rejection, and the promise resolved without it. Await each call, in for…of or in Promise.all(list.map(…)): forEach does not wait for an async function.',
    );
    expect(screen(missing)).not.toContain('Nobody awaited');
    expect(screen(missing, new Error('the test is not right'))).not.toContain('Nobody awaited');
  });

  it('is not named, if it is that of the last request, which a hook can have sent', async () => {
    const missing = await resolved(send('ListObjectsV2', { Bucket: 'site' }));
    const [late] = await Promise.allSettled([send('GetObject', { Bucket: 'site', Key: 'none' })]);
    expect(screen(missing, late.status === 'rejected' && late.reason)).not.toContain('Nobody awaited');
  });
});

/** Stores in the second bucket if the first is too busy. */
async function store(client: sdk.S3Client, Body = 'x') {
  try {
    await send('PutObject', { Bucket: 'site', Key: 'q1.pdf', Body }, client);
    return 'site';
  } catch {
    await send('PutObject', { Bucket: 'spare', Key: 'q1.pdf', Body }, client);
    return 'spare';
  }
}
const sentAgain =
  '(on purpose: failed with InternalError); the client sent it again, and was answered 200, so the call did not fail. If it should fail, let the rule fail each attempt, without times, or give the client maxAttempts: 1';

tryAll(
  'a call that the client repeats',
  [
    {
      of: 'where the test expects what the code does after an error',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError', { times: 1 });
        expect(await store(patient())).toBe('spare');
      },
      says: sentAgain,
    },
    {
      of: 'where the test expects an object',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError', { times: 1 });
        await store(patient());
        expect(s3.bucket('spare')).toHaveObject('q1.pdf');
      },
      says: sentAgain,
    },
  ],
  [
    {
      of: 'a rule without an end',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError');
        expect(await store(patient())).toBe('site');
      },
      hides: 'the client sent it again',
    },
    {
      of: 'another call for the same object, by the code',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError', { times: 1 });
        await store(once());
        expect(await store(once())).toBe('spare');
      },
      hides: 'the client sent it again',
    },
    {
      of: 'an error of the test',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError', { times: 1 });
        await store(patient());
        throw new Error('no');
      },
      hides: 'the client sent it again',
    },
    {
      of: 'a promise that should reject, which has its own sentence',
      async test() {
        s3.on('PutObject', { Bucket: 'site' }).fail('InternalError', { times: 1 });
        await expect(store(patient())).rejects.toThrow();
      },
      hides: 'the client sent it again',
    },
  ],
);

async function publish(Key: string) {
  return send('PutObject', { Bucket: 'site', Key, Body: 'x' }).then(
    () => true,
    () => false,
  );
}
const isFree =
  "PutObject site/a.html: user guest sent it, and has no policy in this mock, so it can do everything that its account can. With policy: { Version: '2012-10-17', Statement: [] } it would have been refused: 403 AccessDenied.";

tryAll(
  'a user without a policy',
  [
    {
      of: 'where the test expects false',
      async test() {
        s3.actAs('guest');
        expect(await publish('a.html')).toBe(false);
      },
      says: isFree,
    },
    {
      of: 'where the test expects a rejection',
      async test() {
        s3.actAs('guest');
        await expect(send('PutObject', { Bucket: 'site', Key: 'a.html', Body: 'x' })).rejects.toThrow('Access Denied');
      },
      says: isFree,
    },
    {
      of: 'where node:assert expects false',
      async test() {
        s3.actAs('guest');
        assert.strictEqual(await publish('a.html'), false);
      },
      says: isFree,
    },
  ],
  [
    {
      of: 'a user whom a policy allows it',
      async test() {
        s3.actAs('editor');
        expect(await publish('a.html')).toBe(false);
      },
      hides: 'has no policy',
    },
    {
      of: 'the account itself',
      async test() {
        expect(await publish('a.html')).toBe(false);
      },
      hides: 'has no policy',
    },
    {
      of: 'a user who was not declared',
      async test() {
        s3.actAs(s3.account.user('other'));
        expect(await publish('a.html')).toBe(false);
      },
      hides: 'has no policy',
    },
    {
      of: 'a request before the last',
      async test() {
        s3.actAs('guest');
        await publish('a.html');
        s3.actAs(s3.account);
        expect(await exists('index.html')).toBe(false);
      },
      hides: 'has no policy',
    },
    {
      of: 'another value',
      async test() {
        s3.actAs('guest');
        expect(await publish('a.html')).toBe('a.html');
      },
      hides: 'has no policy',
    },
    {
      of: 'a call that was refused',
      async test() {
        s3.actAs('guest');
        expect(await exists('none')).toBe(true);
      },
      hides: 'has no policy',
    },
    {
      of: 'a user whom the policy of the bucket allows it, with whatever policy of its own',
      async test() {
        const Principal = { AWS: s3.account.user('guest').arn };
        s3.bucket('site').policy = {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: 'arn:aws:s3:::site/*' }],
        };
        s3.actAs('guest');
        expect(await publish('a.html')).toBe(false);
      },
      hides: 'has no policy',
    },
  ],
);
