import assert from 'node:assert';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { readFailedErrors } from '../../src/thrown-errors';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const allow = (Action: 's3:PutObject' | 's3:GetObject') => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Action, Resource: 'arn:aws:s3:::site/*' as const }],
});

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const notifies = (name: string) => ({
  LambdaFunctionConfigurations: [
    { LambdaFunctionArn: arnOf(name), Events: ['s3:ObjectCreated:*' as const, 's3:ObjectRemoved:*' as const] },
  ],
});

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      users: { editor: { policy: allow('s3:PutObject') }, reader: { policy: allow('s3:GetObject') }, guest: {} },
      buckets: {
        site: { objects: { 'index.html': '<h1>' } },
        spare: {},
        counters: { objects: { 'n.json': '{"last":7}', 'names.json': '[]', 'other.json': '{"last":7}' } },
        docs: { versioning: 'Enabled', notification: notifies('index') },
        texts: { notification: notifies('length') },
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
  return (await client.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

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
  const screen = (missing: unknown, stray?: unknown, isUnhandled?: true) => {
    const [first = { name: '', message: '' }] = readFailedErrors([missing], String);
    const others = stray === undefined ? [] : readFailedErrors([stray], String);
    return screenOf(control, undefined, {
      errors: [first, ...others.map((error) => (isUnhandled ? { ...error, isUnhandled } : error))],
    });
  };

  it('is named, if the runner reports it beside the promise that resolved', async () => {
    const stray = await forEach();
    const missing = await resolved(send('ListObjectsV2', { Bucket: 'site' }));
    expect(screen(missing, stray, true)).toContain(
      'Nobody awaited PutObject site/a.html: its error, AccessDenied, was an unhandled rejection, and the promise resolved without it. Await each call, in for…of or in Promise.all(list.map(…)): forEach does not wait for an async function.',
    );
    expect(screen(missing)).not.toContain('Nobody awaited');
    expect(screen(missing, new Error('the test is not right'), true)).not.toContain('Nobody awaited');
  });

  it('is not named, if a hook threw it', async () => {
    const missing = await resolved(send('ListObjectsV2', { Bucket: 'site' }));
    expect(screen(missing, await forEach())).not.toContain('Nobody awaited');
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
  "PutObject site/a.html: user guest sent it, and has no policy in this mock, so it can do everything that its account can. If it should have no rights, give it policy: { Version: '2012-10-17', Statement: [] }, with which it would have been refused: 403 AccessDenied.";

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

const counter = { Bucket: 'counters', Key: 'n.json' };
async function read(at = counter) {
  const { Body, ETag } = await once().send(new sdk.GetObjectCommand(at));
  return { value: JSON.parse(String(await Body?.transformToString())), ETag };
}
const headTag = async () => (await send('HeadObject', counter))['ETag'];
const write = (value: unknown, more: object = {}, at = counter) =>
  send('PutObject', { ...at, Body: JSON.stringify(value), ...more });

/** Two writers read one version; each sends the ETag that the present version has. */
async function countTwice(tag: () => Promise<object>) {
  const [{ value: one }, { value: other }] = [await read(), await read()];
  for (const { last } of [one, other]) await write({ last: last + 1 }, await tag());
  return [one.last + 1, other.last + 1];
}
async function addBoth(between: () => unknown = () => undefined) {
  const names = { ...counter, Key: 'names.json' };
  const [{ value: one }, { value: other }] = [await read(names), await read(names)];
  await write([...one, 'ann'], {}, names);
  await between();
  await write([...other, 'bob'], {}, names);
  return (await read(names)).value;
}
const ofHead =
  /^PutObject counters\/n\.json named IfMatch '[^']+', the ETag of HeadObject counters\/n\.json\. No GetObject had read that version, so what it had is lost\. Send the ETag of the GetObject whose body was changed\.$/m;
const replaced =
  ', which was read twice and changed twice: the first change is lost. Send the ETag of the GetObject whose body was changed as IfMatch, and after a 412 read it again.';

tryAll(
  'a lost update',
  [
    {
      of: 'of numbers, without a condition',
      test: async () => expect(await countTwice(async () => ({}))).toEqual([8, 9]),
      says: replaced,
    },
    {
      of: 'of a list',
      test: async () => expect(await addBoth()).toEqual(['ann', 'bob']),
      says: replaced,
    },
    {
      of: 'of an object',
      async test() {
        await countTwice(async () => ({}));
        expect(s3.bucket('counters')).toHaveObject('n.json', { body: '{"last":9}' });
      },
      says: replaced,
    },
    {
      of: 'with the ETag of a HEAD',
      test: async () => expect(await countTwice(async () => ({ IfMatch: await headTag() }))).toEqual([8, 9]),
      says: 'No GetObject had read that version, so what it had is lost.',
    },
  ],
  [
    {
      of: 'a read between the writes',
      test: async () => expect(await addBoth(() => read({ ...counter, Key: 'names.json' }))).toEqual(['ann', 'bob']),
      hides: 'is lost',
    },
    {
      of: 'one read alone',
      async test() {
        const { value } = await read();
        await write({ last: value.last + 1 });
        await write({ last: value.last + 1 });
        expect([8, 8]).toEqual([8, 9]);
      },
      hides: 'is lost',
    },
    {
      of: 'another object',
      async test() {
        await countTwice(async () => ({}));
        expect(s3.bucket('counters')).toHaveObject('other.json', { body: '{"last":9}' });
      },
      hides: 'is lost',
    },
    {
      of: 'a comparison of something else',
      async test() {
        await countTwice(async () => ({}));
        expect('one').toBe('two');
      },
      hides: 'is lost',
    },
    {
      of: 'what the last write has, and is not received',
      async test() {
        await addBoth();
        expect(['bob']).toEqual(['bob', 'carl']);
      },
      hides: 'is lost',
    },
    {
      of: 'a write of something that the test expects to be there already',
      async test() {
        await countTwice(async () => ({ IfMatch: (await read()).ETag }));
        expect([8, 8]).toEqual([8, 9]);
      },
      hides: 'is lost',
    },
  ],
);

it('a lost update names the HEAD whose ETag the write sent', async () => {
  const test = async () => expect(await countTwice(async () => ({ IfMatch: await headTag() }))).toEqual([8, 9]);
  expect(await screenOfTest(control, test)).toMatch(ofHead);
});

interface Lambda {
  readonly Records: readonly {
    readonly eventName: string;
    readonly s3: { readonly object: { readonly key: string } };
  }[];
}
const found = new Set<string>();
const put = async (Bucket: string, Key: string) => {
  await send('PutObject', { Bucket, Key, Body: 'hello' });
  await s3.events.settled();
};
const removeDoc = async (Key: string) => {
  await send('DeleteObject', { Bucket: 'docs', Key });
  await s3.events.settled();
};
const listen = (name: string, handler: (event: Lambda) => unknown) =>
  s3.deliverTo(arnOf(name), (event: unknown) => handler(event as Lambda)); // as S3 sends it
beforeEach(() => found.clear());

const index =
  (add: (key: string) => unknown = () => undefined) =>
  async (event: unknown) => {
    for (const { eventName, s3: record } of (event as Lambda).Records) {
      const key = decodeURIComponent(record.object.key.replaceAll('+', ' '));
      if (eventName.startsWith('ObjectCreated:')) found.add(key);
      else if (eventName === 'ObjectRemoved:Delete') found.delete(key);
      await add(key);
    }
  };
const measure = async (event: unknown) => {
  for (const { eventName, s3: record } of (event as Lambda).Records)
    if (eventName.startsWith('s3:ObjectCreated:')) await put('spare', record.object.key);
};
const ofIndex = `The handler of '${arnOf('index')}' got ObjectCreated:Put of 'docs/plan 1.md', then ObjectRemoved:DeleteMarkerCreated of 'docs/plan 1.md', and sent S3 no request.`;
const ofDelete =
  "Its source has 'ObjectRemoved:Delete', the event of a delete of a version; in a bucket with versioning, a delete without VersionId is ObjectRemoved:DeleteMarkerCreated: compare eventName.startsWith('ObjectRemoved:').";
const planRemoved = async (handler: (event: unknown) => unknown) => {
  s3.deliverTo(arnOf('index'), handler);
  await put('docs', 'plan 1.md');
  await removeDoc('plan 1.md');
};

tryAll(
  'a handler that sends no request',
  [
    {
      of: 'for the event of a marker',
      async test() {
        await planRemoved(index());
        expect([...found]).toEqual([]);
      },
      says: `${ofIndex} ${ofDelete}`,
    },
    {
      of: 'for a name with s3: before it',
      async test() {
        s3.deliverTo(arnOf('length'), measure);
        await put('texts', 'in/a.txt');
        expect(s3.bucket('spare')).toHaveObject('a.json', { body: '5' });
      },
      says: `The handler of '${arnOf('length')}' got ObjectCreated:Put of 'texts/in/a.txt', and sent S3 no request. Its source has 's3:ObjectCreated:', and eventName in a record begins without s3:, as 'ObjectCreated:Put' does: leave s3: out.`,
    },
    {
      of: 'for the last of its events alone',
      async test() {
        s3.deliverTo(
          arnOf('index'),
          index((key) => key === 'a.md' && exists('index.html')),
        );
        await put('docs', 'a.md');
        await put('docs', 'b.md');
        expect(s3.bucket('spare')).toHaveObject('b.html');
      },
      says: "'docs/b.md', and sent S3 no request for the last one.",
    },
  ],
  [
    {
      of: 'a handler that has sent one',
      async test() {
        await planRemoved(index(() => exists('index.html')));
        expect([...found]).toEqual([]);
      },
      hides: 'sent S3 no request',
    },
    {
      of: 'a comparison of another key',
      async test() {
        await planRemoved(index());
        expect(['other.md']).toEqual([]);
      },
      hides: 'sent S3 no request',
    },
    {
      of: 'an object of another name',
      async test() {
        await planRemoved(index());
        expect(s3.bucket('spare')).toHaveObject('other.md');
      },
      hides: 'sent S3 no request',
    },
    {
      of: 'a function around the handler, whose source has no name',
      async test() {
        listen('index', (event) => index()(event));
        await put('docs', 'plan 1.md');
        await removeDoc('plan 1.md');
        expect([...found]).toEqual([]);
      },
      hides: 'Its source has',
    },
    {
      of: 'a name that has come',
      async test() {
        const { VersionId } = await send('PutObject', { Bucket: 'docs', Key: 'plan 1.md', Body: 'x' });
        await planRemoved(index());
        await send('DeleteObject', { Bucket: 'docs', Key: 'plan 1.md', VersionId });
        await s3.events.settled();
        expect(['plan 1.md']).toEqual([]);
      },
      hides: 'Its source has',
    },
    {
      of: 'a handler that writes s3: before the name itself',
      async test() {
        s3.deliverTo(arnOf('length'), (event: unknown) => {
          for (const { eventName } of (event as Lambda).Records)
            if (`s3:${eventName}` === 's3:ObjectCreated:Post') found.add(eventName);
        });
        await put('texts', 'a.txt');
        expect(s3.bucket('spare')).toHaveObject('a.txt');
      },
      hides: 'Its source has',
    },
    {
      of: 'a comment of the handler',
      async test() {
        s3.deliverTo(arnOf('length'), () => {
          /* of 's3:ObjectCreated:Put' */
        });
        await put('texts', 'a.txt');
        expect(s3.bucket('spare')).toHaveObject('a.txt');
      },
      hides: 'Its source has',
    },
  ],
);

const tagged = { Bucket: 'spare', Key: 'plan.md' };
const upload = (more: object = { uploadedBy: 'ann' }) => send('PutObject', { ...tagged, Body: 'text', Metadata: more });
async function metadataOf(at = tagged): Promise<Record<string, string>> {
  return (await send('HeadObject', at))['Metadata'] ?? {};
}
const ofMetadata =
  "The answer to HeadObject spare/plan.md has 'ann' as Metadata.uploadedby: S3 stores the names of metadata in lower case, and SDKs leave x-amz-meta- out.";

tryAll(
  'metadata under another name',
  [
    {
      of: 'in place of which the code has a value of its own',
      async test() {
        await upload();
        expect((await metadataOf())['uploadedBy'] ?? 'unknown').toBe('ann');
      },
      says: ofMetadata,
    },
    {
      of: 'that is undefined',
      async test() {
        await upload();
        expect((await metadataOf())['uploadedBy']).toBe('ann');
      },
      says: ofMetadata,
    },
  ],
  [
    {
      of: 'another member that the code has read',
      async test() {
        await upload({ uploadedBy: 'ann', approvedBy: 'bob' });
        expect((await metadataOf())['approvedby']).toBe('ann');
      },
      hides: 'as Metadata.',
    },
    {
      of: 'the key, which the code returned',
      async test() {
        await upload({ title: 'plan' });
        await metadataOf();
        expect(tagged.Key).toBe('plan');
      },
      hides: 'as Metadata.',
    },
    {
      of: 'the body, which the code returned',
      async test() {
        await upload({ title: 'plan' });
        await metadataOf();
        expect('text').toBe('plan');
      },
      hides: 'as Metadata.',
    },
    {
      of: 'the value in another case',
      async test() {
        await upload();
        expect((await metadataOf())['uploadedby']?.toUpperCase()).toBe('ann');
      },
      hides: 'as Metadata.',
    },
    {
      of: 'a short value',
      async test() {
        await upload({ part: '7' });
        await metadataOf();
        expect('no part').toBe('7');
      },
      hides: 'as Metadata.',
    },
    {
      of: 'a value that is no metadata',
      async test() {
        await upload();
        const { ContentLength } = await send('HeadObject', { Bucket: 'gallery', Key: 'pets/a.jpg' });
        expect(`${ContentLength} byte`).toBe('application/octet-stream');
      },
      hides: 'The answer to',
    },
  ],
);
