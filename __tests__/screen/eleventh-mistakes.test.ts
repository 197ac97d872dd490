import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { presign } from '../../src/door/presign';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const readsOnly = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::library/*' }],
} as const;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: { reader: { policy: readsOnly }, owner: {} },
    buckets: {
      queue: { objects: { 'a.json': '{}' } },
      library: { objects: { 'book.epub': 'text', 'old.epub': 'text' } },
      shelf: {
        objects: { a: '1', 'keep-b': '2', 'keep-c': '3' },
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::shelf/keep-*' },
          ],
        },
      },
      archive: { versioning: 'Enabled', objects: { 'book.epub': 'text' } },
      ledger: {
        versioning: 'Enabled',
        mfaDelete: 'Enabled',
        objects: { 'book.csv': [{ body: 'wrong', versionId: 'v1' }, 'right'] },
      },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

async function complete(...numbers: readonly number[]) {
  const at = { Bucket: 'queue', Key: 'film' };
  const { UploadId } = await send('CreateMultipartUpload', at);
  const tags = new Map<number, unknown>();
  for (const PartNumber of new Set(numbers))
    tags.set(PartNumber, (await send('UploadPart', { ...at, UploadId, PartNumber, Body: 'end' }))['ETag']);
  const Parts = numbers.map((PartNumber) => ({ PartNumber, ETag: tags.get(PartNumber) }));
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
}

tryAll(
  'the order of parts',
  [
    {
      of: 'parts in the order in which they ended',
      test: () => complete(1, 3, 2),
      says: '400 InvalidPartOrder: part 2 comes after part 3; sort Parts by PartNumber',
    },
    {
      of: 'a part that comes twice',
      test: () => complete(1, 2, 2),
      says: 'part 2 comes after part 2; name each part once',
    },
    {
      of: 'both',
      test: () => complete(2, 1, 2),
      says: 'part 1 comes after part 2; sort Parts by PartNumber, and name each part once',
    },
  ],
  [
    { of: 'a part that comes twice', test: () => complete(1, 2, 2), hides: 'sort Parts' },
    { of: 'a part that comes once', test: () => complete(1, 3, 2), hides: 'each part once' },
    { of: 'parts in order that are too small', test: () => complete(1, 2), hides: 'sort Parts' },
  ],
);

const erase = (MFA: string) => send('DeleteObject', { Bucket: 'ledger', Key: 'book.csv', VersionId: 'v1', MFA });
const inParts = 'which is s3.mfa.serial, a space, then s3.mfa.nextCode()';

tryAll(
  'the code of an MFA device',
  [
    {
      of: 'a device that nobody has',
      test: () => erase('arn:aws:iam::123456789012:mfa/root 123456'),
      says: `has no MFA device arn:aws:iam::123456789012:mfa/root; send MFA: s3.mfa.header(), ${inParts}`,
    },
  ],
  [
    { of: 'a code in front of its serial', test: () => erase(`${s3.mfa.code()} ${s3.mfa.serial}`), hides: inParts },
    { of: 'a code alone', test: () => erase(s3.mfa.code()), hides: inParts },
  ],
);

const put = (Key: string, more: sdk.S3ClientConfig = {}) =>
  send('PutObject', { Bucket: 'queue', Key, Body: 'x' }, { maxAttempts: 3, ...more }).catch(() => undefined);

/** What an assertion of the mock says, which stands above the screen. */
function messageOfCount(times: number, name: 'PutObject' | 'ListObjectsV2' = 'PutObject', input: object = {}): string {
  try {
    s3.requests.expectTimes(name, times, input);
  } catch (error) {
    return String((error as Error).message); // of the assertion
  }
  return '';
}

describe('the attempts that a matcher counts', () => {
  const ofAttempts = 'each attempt is a request';

  it('are those of calls that failed', async () => {
    s3.on('PutObject').fail('InternalError');
    await put('a');
    await put('a');
    expect(messageOfCount(2)).toContain(
      'The SDK itself sent each of the 2 calls 3 times, and each attempt is a request: expect 6, or send each call once, with new S3Client({ maxAttempts: 1 }).',
    );
    expect(messageOfCount(6)).toBe('');
    s3.requests.clear();
    await put('a', { maxAttempts: 1 });
    await put('a', { maxAttempts: 1 });
    expect(messageOfCount(2)).toBe('');
  });

  it('are those of the requests that match', async () => {
    s3.on('PutObject').fail('InternalError');
    await put('a');
    await put('b');
    expect(messageOfCount(1, 'PutObject', { Key: 'b' })).toContain('The SDK itself sent the one call 3 times');
  });

  it('are those of a call that was answered in the end', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    await put('a');
    expect(messageOfCount(1)).toContain('a call that was answered in the end is several requests, too');
  });

  it('do not explain more calls than expected', async () => {
    s3.on('PutObject').fail('InternalError');
    await put('a');
    await put('a');
    expect(messageOfCount(1)).not.toContain(ofAttempts);
  });

  it('do not explain missing requests', async () => {
    s3.on('PutObject').fail('InternalError');
    await put('a');
    expect(messageOfCount(4)).not.toContain(ofAttempts);
  });

  it('do not explain requests of a client that numbers no calls', async () => {
    s3.on('PutObject').fail('InternalError');
    await put('a');
    await fetch('https://s3.us-east-1.amazonaws.com/queue/a', { method: 'PUT', body: 'x' });
    expect(messageOfCount(1)).not.toContain(ofAttempts);
  });

  it('do not explain a call that went on in the region of its bucket', async () => {
    s3.createBucket('far', { region: 'eu-west-1' });
    await send('ListObjectsV2', { Bucket: 'far' }, { followRegionRedirects: true });
    expect(messageOfCount(1, 'ListObjectsV2')).toContain('2 matching requests came');
    expect(messageOfCount(1, 'ListObjectsV2')).not.toContain(ofAttempts);
  });
});

const attempt = (name: string, input: object) =>
  send(name, { Bucket: 'library', ...input }).then(
    () => 'done',
    ({ name: code }: Error) => (code === 'AccessDenied' ? 'forbidden' : code),
  );
const ofReader =
  "the root user sent it, who can do everything, and user reader sent no request of this test. By user reader it would have been refused: 403 AccessDenied. If the test is about that user, make it the caller: s3.actAs('reader'), or the option caller: 'reader'.";
const byReader = 'By user reader it would have been refused';
const drop = { Key: 'book.epub' };
const library = () => s3.bucket('library');

tryAll(
  'a user that sent nothing',
  [
    {
      of: 'a word of the code for the denial',
      test: async () => expect(await attempt('DeleteObject', drop)).toBe('forbidden'),
      says: `DeleteObject library/book.epub: ${ofReader}`,
    },
    {
      of: 'an object that the denial would have kept',
      test: async () => {
        await attempt('DeleteObject', drop);
        expect(library()).toHaveObject('book.epub');
      },
      says: ofReader,
    },
    {
      of: 'an object that a delete marker hides',
      test: async () => {
        await attempt('DeleteObject', { Bucket: 'archive', ...drop });
        expect(s3.bucket('archive')).toHaveObject('book.epub');
      },
      says: ofReader,
    },
    {
      of: 'an object that the denial would have kept away',
      test: async () => {
        await attempt('GetObject', drop);
        await attempt('PutObject', { Key: 'new.epub', Body: 'x' });
        expect(library()).not.toHaveObject('new.epub');
      },
      says: ofReader,
    },
  ],
  [
    {
      of: 'another word of the code',
      test: async () => expect(await attempt('DeleteObject', drop)).toBe('gone'),
      hides: byReader,
    },
    {
      of: 'a text that is about a denial',
      test: async () =>
        expect(await attempt('DeleteObject', drop)).toBe('Access was denied to the person who asked for it'),
      hides: byReader,
    },
    {
      of: 'what the user may do',
      test: async () => expect(await attempt('GetObject', drop)).toBe('forbidden'),
      hides: byReader,
    },
    {
      of: 'a request of another user before it',
      test: async () => {
        s3.actAs('owner');
        await attempt('GetObject', drop);
        s3.actAs(s3.account);
        expect(await attempt('DeleteObject', drop)).toBe('forbidden');
      },
      hides: byReader,
    },
    {
      of: 'a request without a signature before it',
      test: async () => {
        await fetch('https://library.s3.us-east-1.amazonaws.com/book.epub');
        expect(await attempt('DeleteObject', drop)).toBe('forbidden');
      },
      hides: byReader,
    },
    {
      of: 'one of several deletes',
      test: async () => {
        await attempt('DeleteObject', { Key: 'old.epub' });
        await attempt('DeleteObject', drop);
        expect(library()).toHaveObject('book.epub');
      },
      hides: byReader,
    },
    {
      of: 'an object that was not there before',
      test: async () => {
        await attempt('DeleteObject', { Key: 'none.epub' });
        expect(library()).toHaveObject('none.epub');
      },
      hides: byReader,
    },
    {
      of: 'another object than the deleted one',
      test: async () => {
        await attempt('DeleteObject', drop);
        expect(library()).toHaveObject('none.epub');
      },
      hides: byReader,
    },
    {
      of: 'an object of that name in another bucket',
      test: async () => {
        await attempt('DeleteObject', drop);
        expect(s3.bucket('queue')).toHaveObject('book.epub');
      },
      hides: byReader,
    },
    {
      of: 'a write of an object that was there before',
      test: async () => {
        await attempt('PutObject', { ...drop, Body: 'x' });
        expect(library()).not.toHaveObject('book.epub');
      },
      hides: byReader,
    },
    {
      of: 'a write of a version above another one',
      test: async () => {
        await attempt('PutObject', { Bucket: 'archive', ...drop, Body: 'x' });
        expect(s3.bucket('archive')).not.toHaveObject('book.epub');
      },
      hides: byReader,
    },
    {
      of: 'an object that the request has not written',
      test: async () => {
        await attempt('PutObject', { Key: 'new.epub', Body: 'x' });
        expect(library()).not.toHaveObject('book.epub');
      },
      hides: byReader,
    },
  ],
);

const client = () => new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });
type Signing = Parameters<typeof getSignedUrl>[2];
const sign = (Key: string, options: Signing = {}) =>
  getSignedUrl(client(), new sdk.PutObjectCommand({ Bucket: 'queue', Key, ContentType: 'image/png' }), options);
/** Signs as a client of another language does, which leaves x-id out. */
const signAlone = (key: string, query: Readonly<Record<string, string>>) =>
  presign(
    { method: 'PUT', origin: 'https://s3.us-east-1.amazonaws.com', bucket: 'queue', key, query, headers: {} },
    { keys: s3.account.credentials, region: 'us-east-1', now: new Date(), expires: 900 },
  );
const upload = (url: string, type: string | undefined, body = '<p>') =>
  fetch(url, { method: 'PUT', body, headers: type === undefined ? {} : { 'content-type': type } });
const save = async (Key: string, type: string | undefined, options: Signing = {}) =>
  (await upload(await sign(Key, options), type)).status;
const anyType = "its URL does not sign Content-Type, so S3 takes any type, also 'text/html'.";
const signsType = "getSignedUrl(client, command, { signableHeaders: new Set(['content-type']) })";
const html = 'text/html';

tryAll(
  'a type that a URL does not sign',
  [
    {
      of: 'the status of a refusal',
      test: async () => expect(await save('ann.png', html)).toBe(403),
      says: `PutObject queue/ann.png: ${anyType} If the URL should take one type alone, sign it: ${signsType}, with ContentType in the command. S3 then refuses another type: 403 SignatureDoesNotMatch.`,
    },
    {
      of: 'a key without an ending',
      test: async () => expect(await save('ann', html)).toBe(403),
      says: anyType,
    },
    {
      of: 'an upload that should reject',
      test: () =>
        expect(
          save('ann.png', html).then((status) => {
            if (status === 403) throw new Error('refused');
          }),
        ).rejects.toThrow(),
      says: anyType,
    },
    {
      of: 'code that makes true of the answer',
      test: async () => expect((await upload(await sign('ann.png'), html)).ok).toBe(false),
      says: anyType,
    },
    {
      of: 'a URL that another client signed',
      test: async () => {
        const signed = signAlone('ann.png', {});
        expect((await upload(signed, html)).status).toBe(403);
      },
      says: `sign it: content-type among the signed headers. S3`,
    },
  ],
  [
    {
      of: 'a type that fetch sends by itself',
      test: async () => expect(await save('ann.png', undefined)).toBe(403),
      hides: 'does not sign Content-Type',
    },
    {
      of: 'the type of the key',
      test: async () => expect(await save('ann.PNG', 'image/png')).toBe(403),
      hides: 'does not sign Content-Type',
    },
    {
      of: 'the type of the key under another name',
      test: async () => expect(await save('ann.jpg', 'image/jpeg; q=1')).toBe(403),
      hides: 'does not sign Content-Type',
    },
    {
      of: 'a URL that is used twice',
      test: async () => {
        const url = await sign('ann.png');
        await upload(url, html);
        expect((await upload(url, html)).status).toBe(403);
      },
      hides: 'does not sign Content-Type',
    },
    {
      of: 'another status',
      test: async () => expect(await save('ann.png', html)).toBe(415),
      hides: 'does not sign Content-Type',
    },
    {
      of: 'another request that came last',
      test: async () => {
        const status = await save('ann.png', html);
        await send('HeadObject', { Bucket: 'queue', Key: 'ann.png' });
        expect(status).toBe(403);
      },
      hides: 'does not sign Content-Type',
    },
    {
      of: 'code that makes true of a later answer',
      test: async () => {
        const isSaved = (await save('ann.png', html)) === 200;
        await send('HeadObject', { Bucket: 'queue', Key: 'ann.png' });
        expect(isSaved).toBe(false);
      },
      hides: 'does not sign Content-Type',
    },
    {
      of: 'a request that carries its own signature',
      test: async () => {
        await send('PutObject', { Bucket: 'queue', Key: 'ann.png', Body: 'x', ContentType: html });
        expect({ ok: true }.ok).toBe(false);
      },
      hides: 'does not sign Content-Type',
    },
    {
      of: 'another operation',
      test: async () => {
        const url = signAlone('a.json', { tagging: '' });
        expect((await upload(url, html, '<Tagging><TagSet></TagSet></Tagging>')).status).toBe(403);
      },
      hides: 'does not sign Content-Type',
    },
    {
      of: 'a clock that the test has moved',
      test: async () => {
        const url = await sign('ann.png', { signingDate: s3.clock.now() });
        s3.clock.advance({ minutes: 1 });
        expect((await upload(url, html)).status).toBe(403);
      },
      hides: 'does not sign Content-Type',
    },
  ],
);

it('a URL that signs its type refuses another type, as the sentence says', async () => {
  expect(await save('ann.png', html, { signableHeaders: new Set(['content-type']) })).toBe(403);
});

afterEach(() => {
  jest.useRealTimers();
});

/** All that fake timers replace beside the Date. */
const otherTimers = [
  ...([
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'requestAnimationFrame',
    'cancelAnimationFrame',
  ] as const),
  ...(['requestIdleCallback', 'cancelIdleCallback', 'setImmediate', 'clearImmediate', 'setInterval'] as const),
  ...(['clearInterval', 'setTimeout', 'clearTimeout'] as const),
];
const until = 'would have been refused after';

tryAll(
  'the end of a URL',
  [
    {
      of: 'a clock that the test has moved',
      test: async () => {
        const url = await sign('ann.png', { signingDate: s3.clock.now() });
        s3.clock.advance({ minutes: 1 });
        expect((await upload(url, 'image/png')).status).toBe(403);
      },
      says: until,
    },
    {
      of: 'a URL that was signed before',
      test: async () => {
        const url = await sign('ann.png', { signingDate: new Date(s3.clock.now().getTime() - 60_000) });
        expect((await upload(url, 'image/png')).status).toBe(403);
      },
      says: until,
    },
    {
      of: 'timers that the test has advanced, beside a clock that stands',
      test: async () => {
        const url = await sign('ann.png', { signingDate: s3.clock.now() });
        jest.useFakeTimers({ doNotFake: otherTimers });
        jest.advanceTimersByTime(60_000);
        expect((await upload(url, 'image/png')).status).toBe(403);
      },
      says: until,
    },
    {
      of: 'a few seconds, for which a test can wait',
      test: async () => expect(await save('ann.png', 'image/png', { expiresIn: 10 })).toBe(403),
      says: until,
    },
    {
      of: 'a test that names the end',
      test: async () =>
        expect({ status: await save('ann.png', 'image/png'), why: 'ok' }).toEqual({ status: 403, why: 'Expired' }),
      says: until,
    },
  ],
  [
    {
      of: 'a URL that is used at once',
      test: async () => expect(await save('ann.png', 'image/png', { expiresIn: 11 })).toBe(403),
      hides: until,
    },
  ],
);

const purge = async (...keys: readonly string[]) => {
  await send('DeleteObjects', { Bucket: 'shelf', Delete: { Objects: keys.map((Key) => ({ Key })) } });
  return keys;
};
const readErrors = '; the call is answered 200, and throws nothing: read Errors of its answer';

tryAll(
  'a batch that code takes for carried out',
  [
    {
      of: 'the number of its keys',
      test: async () => expect((await purge('a', 'keep-b', 'keep-c')).length).toBe(1),
      says: readErrors,
    },
    {
      of: 'the numbers of several batches',
      test: async () => expect((await purge('a', 'keep-b')).length + (await purge('other', 'keep-c')).length).toBe(2),
      says: readErrors,
    },
    { of: 'its keys', test: async () => expect(await purge('a', 'keep-b')).toEqual(['a']), says: readErrors },
  ],
  [
    {
      of: 'a number that is not that of the deleted keys',
      test: async () => expect((await purge('a', 'keep-b', 'keep-c')).length).toBe(2),
      hides: readErrors,
    },
    {
      of: 'a number that is not that of the keys',
      test: async () => expect((await purge('a', 'keep-b', 'keep-c')).length - 1).toBe(1),
      hides: readErrors,
    },
    {
      of: 'the keys that were refused',
      test: async () => expect((await purge('a', 'keep-b')).slice(1)).toEqual([]),
      hides: readErrors,
    },
    {
      of: 'keys of which the test expects another one as well',
      test: async () => expect(await purge('a', 'keep-b')).toEqual(['a', 'keep-b', 'd']),
      hides: readErrors,
    },
    {
      of: 'the number of Errors, if all keys were refused',
      test: async () => expect((await purge('keep-b', 'keep-c')).length).toBe(0),
      hides: readErrors,
    },
    {
      of: 'whether there are Errors',
      test: async () => expect((await purge('a', 'keep-b')).length > 1).toBe(false),
      hides: readErrors,
    },
    {
      of: 'a listing after it',
      test: async () => {
        await purge('a', 'keep-b');
        const { KeyCount } = await send('ListObjectsV2', { Bucket: 'shelf' });
        expect(KeyCount).toBe(1);
      },
      hides: readErrors,
    },
    {
      of: 'the number of calls',
      test: async () => {
        const log = jest.fn<(key: string) => void>();
        for (const key of await purge('a', 'keep-b')) log(key);
        expect(log).toHaveBeenCalledTimes(1);
      },
      hides: readErrors,
    },
  ],
);
