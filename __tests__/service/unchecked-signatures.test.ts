import { inspect } from 'node:util';
import {
  DeleteBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MockS3 } from '../../src';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const object = { Bucket: 'vault', Key: 'a' };
const foreign = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'of-nobody' };
const timers = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'setTimeout'] as const;
const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);
const ends = 'mockS3({ verifySignatures: true }) checks it';

let s3: MockS3;
beforeEach(() => {
  s3 = start({ verifySignatures: false, buckets: { vault: { objects: { a: 'first' } } }, users: { ann: {} } });
});

const clientOf = (options: object = {}) => new S3Client({ region: 'us-east-1', maxAttempts: 1, ...options });
const last = () => {
  const { status, notes = [] } = s3.requests.last() ?? {};
  return { status, notes };
};
const get = (options: object = {}) => clientOf(options).send(new GetObjectCommand(object));
const presigned = (options: object = {}, client = clientOf()) =>
  getSignedUrl(client, new GetObjectCommand(object), { expiresIn: 60, ...options });
const read = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).text();

describe('a mock that does not check signatures', () => {
  it('answers an expired URL, and notes what S3 would have answered', async () => {
    await read(await presigned({ signingDate: minutesAgo(10) }));
    expect(last()).toEqual({
      status: 200,
      notes: [
        expect.stringMatching(
          /^S3 would answer 403 AccessDenied, Request has expired: the url was signed at \S+Z for 60 seconds; mockS3\(\{ verifySignatures: true \}\) checks it$/,
        ),
      ],
    });
    expect(String(s3.requests)).toContain('note: S3 would answer 403 AccessDenied, Request has expired');
  });

  it('notes a URL that the move of the clock made too old', async () => {
    const url = await presigned();
    s3.clock.advance({ minutes: 5 });
    await read(url);
    expect(last()).toMatchObject({ status: 200, notes: [expect.stringContaining('Request has expired')] });
  });

  it.each<[what: string, act: () => Promise<unknown>, answer: string]>([
    [
      'of a URL that is not valid yet',
      async () => read(await presigned({ signingDate: minutesAgo(-60) })),
      '403 AccessDenied, Request is not yet valid',
    ],
    [
      'of a URL for too long',
      async () => read((await presigned()).replace('X-Amz-Expires=60', 'X-Amz-Expires=999999')),
      '400 AuthorizationQueryParametersError, X-Amz-Expires must be less than a week',
    ],
    [
      'of a URL with a header that was not signed',
      async () => read(await presigned(), { 'x-amz-acl': 'private' }),
      '403 AccessDenied, There were headers present in the request which were not signed',
    ],
    ['of a URL that was changed', async () => read(`${await presigned()}&versionId=null`), '403 SignatureDoesNotMatch'],
    [
      'of a URL for another method',
      async () => fetch(await presigned(), { method: 'HEAD' }),
      '403 SignatureDoesNotMatch',
    ],
    [
      'for another region',
      () => get({ region: 'eu-west-1', endpoint: 'https://s3.us-east-1.amazonaws.com' }),
      '400 AuthorizationHeaderMalformed',
    ],
    [
      'that is too late',
      () => clientOf({ systemClockOffset: -3_600_000 }).send(new PutObjectCommand({ ...object, Body: 'b' })),
      '403 RequestTimeTooSkewed',
    ],
    [
      'with the key of a user and another secret',
      () => get({ credentials: { ...s3.account.user('ann').credentials, secretAccessKey: 'wrong' } }),
      '403 SignatureDoesNotMatch',
    ],
  ])('carries out a request %s, and notes it', async (_what, act, answer) => {
    await act();
    const { status, notes } = last();
    expect({ status, notes }).toEqual({ status: 200, notes: [expect.stringContaining(`S3 would answer ${answer}`)] });
    expect(notes[0]?.endsWith(ends)).toBe(true);
  });

  it.each<{ what: string; act: () => Promise<unknown> }>`
    what                                           | act
    ${'the keys of the environment'}               | ${() => get()}
    ${'the keys of a user'}                        | ${() => get({ credentials: s3.account.user('ann').credentials })}
    ${'the keys of a session'}                     | ${() => get({ credentials: s3.account.session() })}
    ${'keys that the mock does not know'}          | ${() => get({ credentials: foreign })}
    ${'a URL that is in time'}                     | ${async () => read(await presigned())}
    ${'a URL of keys that the mock does not know'} | ${async () => read(await presigned({}, clientOf({ credentials: foreign })))}
    ${'no signature'}                              | ${async () => (await fetch('https://vault.s3.us-east-1.amazonaws.com/a')).text()}
  `('notes nothing of a request with $what', async ({ act }) => {
    await act();
    expect(last().notes).toEqual([]);
  });

  it('notes nothing of what it refuses with', async () => {
    await fetch('https://vault.s3.us-east-1.amazonaws.com/a', { headers: { authorization: 'AWS4-HMAC-SHA256 none' } });
    expect(last()).toMatchObject({ status: 400, notes: [] });
  });
});

describe('a note that is read late', () => {
  it('is by the clock of the request, whatever moved it since', async () => {
    await read(await presigned());
    await read(await presigned({ signingDate: minutesAgo(10) }));
    s3.clock.advance({ days: 3 });
    expect(s3.requests.map(({ notes }) => notes)).toEqual([[], [expect.stringContaining('for 60 seconds')]]);
  });

  it('is by the keys as they were', async () => {
    const own = { ...s3.account.user('bob', {}).credentials };
    await get({ credentials: own });
    await get({ credentials: { ...own, secretAccessKey: 'wrong' } });
    await get({ credentials: { ...s3.account.credentials, secretAccessKey: 'wrong' } });
    await get({ credentials: foreign });
    const held = [...s3.requests];
    s3.reset(); // no key of bob is there any more
    const wrong = [expect.stringContaining('SignatureDoesNotMatch')];
    expect(held.map(({ notes }) => notes)).toEqual([[], wrong, wrong, []]);
  });

  it('is by what holds for its own request, whatever held for the one before it', async () => {
    const url = await presigned();
    await read(url);
    s3.clock.advance({ minutes: 5 });
    await read(url);
    await get();
    await get({ endpoint: 'http://s3.us-east-1.amazonaws.com' });
    const expired = [expect.stringContaining('Request has expired')];
    expect(s3.requests.map(({ notes }) => notes)).toEqual([[], expired, [], []]);
  });

  it('is by the region in which its bucket was', async () => {
    const global = (region: string) => ({ region, endpoint: 'https://s3.amazonaws.com' });
    const Bucket = 'moved';
    for (const region of ['us-east-1', 'eu-west-1']) {
      s3.createBucket(Bucket, { region });
      await clientOf(global(region)).send(new HeadBucketCommand({ Bucket }));
      await clientOf(global(region)).send(new DeleteBucketCommand({ Bucket }));
    }
    expect(s3.requests.map(({ status, notes }) => ({ status, notes }))).toEqual(
      [200, 204, 200, 204].map((status) => ({ status, notes: [] })),
    );
  });

  it('is by the time of the process, though the clock of the mock stands still', async () => {
    await s3.stop();
    s3 = start({
      now: '2026-03-31T07:35:05Z',
      verifySignatures: false,
      buckets: { vault: { objects: { a: 'first' } } },
    });
    jest.useFakeTimers({ doNotFake: [...timers] });
    try {
      await get();
      jest.setSystemTime(Date.now() + 3_600_000);
      await get();
    } finally {
      jest.useRealTimers();
    }
    expect(s3.requests.map(({ notes }) => notes)).toEqual([[], []]);
  });

  it('is of the bytes that came, though the client uses its buffer again', async () => {
    const Body = Buffer.from('first');
    await clientOf().send(new PutObjectCommand({ ...object, Body }));
    Body.fill(0);
    expect(last()).toEqual({ status: 200, notes: [] });
    expect(String(s3.requests.last()?.body)).toBe('first');
  });

  it('stays in an entry that the test holds after a reset', async () => {
    await read(await presigned({ signingDate: minutesAgo(10) }));
    const held = s3.requests.last();
    s3.reset();
    s3.clock.advance({ days: 1 });
    expect(held?.notes).toEqual([expect.stringContaining('Request has expired')]);
  });

  it('is a member of the entry like all others', async () => {
    await read(await presigned({ signingDate: minutesAgo(10) }));
    const entry = s3.requests.last();
    const notes = [expect.stringContaining('Request has expired')];
    expect(entry).toMatchObject({ notes });
    expect({ ...entry }).toMatchObject({ notes });
    expect(JSON.parse(JSON.stringify(entry))).toMatchObject({ notes });
    expect(Object.keys(entry ?? {})).toContain('notes');
    expect(inspect(entry)).toMatch(/notes: \[\n/);
    // jest copies the getters of an object that it reports from a worker.
    const copy = Object.create({}, Object.getOwnPropertyDescriptors(entry ?? {}));
    expect(copy.notes).toEqual(notes);
  });
});

describe('STS in a mock that does not check signatures', () => {
  const ask = (options: object) =>
    new STSClient({ region: 'us-east-1', maxAttempts: 1, ...options }).send(new GetCallerIdentityCommand({}));

  it.each<[what: string, options: () => object, note: RegExp]>([
    [
      'is too late',
      () => ({ systemClockOffset: -3_600_000 }),
      /^STS would answer 403 SignatureDoesNotMatch, Signature expired: /,
    ],
    [
      'is signed for another region',
      () => ({ region: 'eu-west-1', endpoint: 'https://sts.us-east-1.amazonaws.com' }),
      /^STS would answer 403 SignatureDoesNotMatch, Credential should be scoped to a valid region/,
    ],
    [
      'has the key of a user and another secret',
      () => ({ credentials: { ...s3.account.user('ann').credentials, secretAccessKey: 'wrong' } }),
      /^STS would answer 403 SignatureDoesNotMatch/,
    ],
  ])('answers a request that %s, and notes it', async (_what, options, note) => {
    await ask(options());
    expect(last()).toEqual({ status: 200, notes: [expect.stringMatching(note)] });
  });

  it('notes nothing of a request that is right, or of an unknown key', async () => {
    await ask({});
    await ask({ credentials: foreign });
    expect(s3.requests.map(({ notes }) => notes)).toEqual([[], []]);
  });
});
