import { setImmediate as turn } from 'node:timers/promises';
import { DeleteObjectsCommand, type ObjectIdentifier, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3Options } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { S3MockError } from '../../src/index';
import { cosHost } from '../support/clients/story-client';
import { declaration, mfaRequired, signedBy } from '../support/documents';
import { answered, deleteMany, md5Of } from '../support/objects';
import { send } from '../support/wire-client';

const versions = [
  { body: 'first', versionId: 'v1' },
  { body: 'second', versionId: 'v2' },
];
const options: MockS3Options = {
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'a.pdf': versions, 'b.pdf': 'text', 'c.log': 'text' } },
    guarded: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { 'a.pdf': versions } },
    locked: { objectLock: true, objects: { 'a.pdf': [{ body: 'first', versionId: 'v1', legalHold: 'ON' }] } },
  },
};
const s3 = mockS3(options);
const vault = s3.bucket('vault');
const client = new S3Client({});

const remove = async (Objects: readonly ObjectIdentifier[], Bucket = 'vault', Quiet = true) => {
  const { Errors = [], Deleted = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...Objects], Quiet } }),
  );
  return { Errors, Deleted };
};
const failedOf = async (...Objects: readonly ObjectIdentifier[]) =>
  (await remove(Objects)).Errors.map(({ Key, VersionId }) => (VersionId === undefined ? Key : `${Key} ${VersionId}`));
const [a, b, c] = [{ Key: 'a.pdf' }, { Key: 'b.pdf' }, { Key: 'c.log' }];
const [first, second] = [
  { ...a, VersionId: 'v1' },
  { ...a, VersionId: 'v2' },
];

const internalError = { Code: 'InternalError', Message: 'We encountered an internal error. Please try again.' };

describe('failEntries', () => {
  it.each([true, false])(
    'fails an entry that it names, and S3 carries out the others, with Quiet %s',
    async (quiet) => {
      s3.on('DeleteObjects').failEntries(first, 'InternalError', { times: 1 });
      const { Errors, Deleted } = await remove([first, b], 'vault', quiet);
      expect(Errors).toEqual([{ ...first, ...internalError }]);
      expect(Deleted.map(({ Key }) => Key)).toEqual(quiet ? [] : ['b.pdf']);
      expect(vault).toHaveVersions('a.pdf', ['first', 'second']);
      expect(vault).toHaveVersions('b.pdf', ['text', deleteMarker]);
    },
  );

  // F671
  it('writes the entry as S3 writes one that it refused', async () => {
    s3.on('DeleteObjects').failEntries({ Key: 'a.pdf' }, 'SlowDown');
    expect(
      await answered(
        deleteMany(
          'vault',
          '<Quiet>true</Quiet><Object><Key>a.pdf</Key><VersionId>v1</VersionId></Object><Object><Key>c.log</Key></Object>',
        ),
      ),
    ).toEqual({
      status: 200,
      text: `${declaration}<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Error><Key>a.pdf</Key><VersionId>v1</VersionId><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error></DeleteResult>`,
    });
  });

  it('answers in the words of IBM COS', async () => {
    s3.on('DeleteObjects').failEntries({ Key: 'a.pdf' }, 'SlowDown');
    const body = '<Delete><Object><Key>a.pdf</Key></Object></Delete>';
    const headers = { 'Content-MD5': md5Of(body), Authorization: signedBy(s3.account) };
    const { text } = await send({ method: 'POST', path: '/vault?delete', body, headers, host: cosHost });
    expect(text).toContain(
      '<Error><Key>a.pdf</Key><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>',
    );
  });

  it('takes an error of the test, which needs no code of S3', async () => {
    const error = { code: 'Teapot', status: 418, message: 'Short and stout' };
    s3.on('DeleteObjects').failEntries({ Key: 'a.pdf' }, error);
    expect((await remove([a])).Errors).toEqual([{ ...a, Code: 'Teapot', Message: 'Short and stout' }]);
  });

  it.each([
    ['a key, whatever the version', a, ['a.pdf', 'a.pdf v1', 'a.pdf v2']],
    ['a version', second, ['a.pdf v2']],
    ['an entry without a version', { ...a, VersionId: undefined }, ['a.pdf']],
    ['an asymmetric matcher', { Key: expect.stringMatching(/pdf$/) }, ['a.pdf', 'a.pdf v1', 'a.pdf v2', 'b.pdf']],
    ['a matcher of the whole entry', expect.objectContaining({ VersionId: 'v1' }), ['a.pdf v1']],
    ['one of a list', [first, c], ['a.pdf v1', 'c.log']],
    ['each entry by {}', {}, ['a.pdf', 'a.pdf v1', 'a.pdf v2', 'b.pdf', 'c.log']],
  ])('matches %s', async (_name, entries, failed) => {
    s3.on('DeleteObjects').failEntries(entries, 'InternalError');
    expect(await failedOf(a, first, second, b, c)).toEqual(failed);
  });

  it('comes in place of an answer by which S3 would have refused the entry', async () => {
    s3.on('DeleteObjects').failEntries(first, 'InternalError', { times: 1 });
    const codes = async () => (await remove([first], 'locked')).Errors.map(({ Code }) => Code);
    expect({ failed: await codes(), refused: await codes() }).toEqual({
      failed: ['InternalError'],
      refused: ['AccessDenied'],
    });
  });

  it('leaves a request alone that S3 refuses as a whole, and is not used up by it', async () => {
    const rule = s3.on('DeleteObjects').failEntries(first, 'InternalError', { times: 1 });
    const content = '<Object><Key>a.pdf</Key><VersionId>v1</VersionId></Object>';
    const { status, text } = await deleteMany('guarded', content);
    expect({ status, text, used: rule.used }).toEqual({ status: 403, text: mfaRequired, used: 0 });
    expect(await failedOf(first)).toEqual(['a.pdf v1']);
  });
});

describe('times of failEntries', () => {
  it('counts the requests in which an entry failed, so that the retry of the failed entries passes', async () => {
    const rule = s3.on('DeleteObjects').failEntries({ Key: expect.stringMatching(/pdf$/) }, 'SlowDown', { times: 1 });
    const { Errors } = await remove([a, b, c]);
    expect(Errors.map(({ Key }) => Key)).toEqual(['a.pdf', 'b.pdf']);
    expect(await remove(Errors.map(({ Key }) => ({ Key })))).toEqual({ Errors: [], Deleted: [] });
    expect(rule.used).toBe(1);
  });

  it('does not count a request without a matching entry', async () => {
    const rule = s3.on('DeleteObjects').failEntries(a, 'SlowDown', { times: 1 });
    const state = async (entry: ObjectIdentifier) => {
      const failed = await failedOf(entry);
      return { failed, used: rule.used, unused: s3.unusedRules().length };
    };
    expect(await state(b)).toEqual({ failed: [], used: 0, unused: 1 });
    expect(await state(a)).toEqual({ failed: ['a.pdf'], used: 1, unused: 0 });
    expect(await failedOf(a)).toEqual([]);
  });

  it('has no end if it is left out', async () => {
    s3.on('DeleteObjects').failEntries(a, 'SlowDown');
    for (const _ of [1, 2, 3]) expect(await failedOf(a)).toEqual(['a.pdf']);
  });
});

describe('steps and rules', () => {
  it('run one after another, entries and whole requests mixed', async () => {
    const rule = s3
      .on('DeleteObjects')
      .failEntries(a, 'InternalError', { times: 1 })
      .fail('SlowDown', { times: 1 })
      .failEntries(b, 'InternalError', { times: 1 });
    expect(await failedOf(a, b)).toEqual(['a.pdf']);
    expect(await failedOf(a, b)).toEqual(['b.pdf']); // the SDK repeated the request that failed as a whole
    expect(s3.requests.map(({ status }) => status)).toEqual([200, 503, 200]);
    expect(await failedOf(a, b)).toEqual([]);
    expect(rule.used).toBe(3);
  });

  it('do not begin with the request that used up the step before', async () => {
    s3.on('DeleteObjects').delay({ milliseconds: 1, times: 1 }).failEntries(a, 'InternalError', { times: 1 });
    expect({ first: await failedOf(a), second: await failedOf(a), third: await failedOf(a) }).toEqual({
      first: [],
      second: ['a.pdf'],
      third: [],
    });
  });

  it('apply together if several rules name entries, and the latest decides of an entry', async () => {
    s3.on('DeleteObjects').failEntries({}, 'InternalError', { times: 1 });
    s3.on('DeleteObjects').failEntries(b, 'SlowDown', { times: 1 });
    const { Errors } = await remove([a, b]);
    expect(Errors.map(({ Key, Code }) => [Key, Code])).toEqual([
      ['a.pdf', 'InternalError'],
      ['b.pdf', 'SlowDown'],
    ]);
  });

  it('apply beside a rule for the request as a whole', async () => {
    s3.on('DeleteObjects').failEntries(a, 'InternalError', { times: 1 });
    s3.on('DeleteObjects').delay({ milliseconds: 5, times: 1 });
    expect(await failedOf(a, b)).toEqual(['a.pdf']);
    expect(s3.requests.last()?.failure).toMatchObject({
      kind: 'delay',
      what: "delayed by 5 ms; failed { Key: 'a.pdf' } with InternalError",
      applied: true,
      entries: [{ entry: a, code: 'InternalError' }],
    });
  });

  it('keep a step of entries for the next request if another rule fails this one as a whole', async () => {
    s3.on('DeleteObjects').failEntries(a, 'InternalError', { times: 1 });
    s3.on('DeleteObjects').fail('SlowDown', { times: 1 });
    expect(await failedOf(a)).toEqual(['a.pdf']);
    expect(s3.requests.map(({ status }) => status)).toEqual([503, 200]);
  });

  it('do not use a step up twice for two requests that wait at the same time', async () => {
    s3.on('DeleteObjects').failEntries(a, 'InternalError', { times: 1 });
    s3.on('DeleteObjects').delay({ milliseconds: 5 });
    expect((await Promise.all([failedOf(a), failedOf(a)])).flat()).toEqual(['a.pdf']);
  });

  it('do not fail the entries of a request that waited until the rule was removed', async () => {
    const rule = s3.on('DeleteObjects').failEntries(a, 'InternalError');
    const delay = s3.on('DeleteObjects').delay({ milliseconds: 5 });
    const waiting = failedOf(a);
    while (delay.used === 0) await turn();
    rule.remove();
    expect(await waiting).toEqual([]);
  });

  it('count only requests whose input matches', async () => {
    s3.on('DeleteObjects', { Bucket: 'locked' }).failEntries({}, 'InternalError');
    expect(await failedOf(a)).toEqual([]);
    expect((await remove([a], 'locked')).Errors).toHaveLength(1);
  });

  it('draw for each entry from the seed whether it fails', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => ({ Key: `${index}` }));
    const failed = async () => {
      s3.on('DeleteObjects').failEntries({}, 'SlowDown', { probability: 0.1, times: 1 });
      const found = await failedOf(...keys);
      s3.reset();
      return found;
    };
    const found = await failed();
    expect(found.length).toBeGreaterThan(8);
    expect(found.length).toBeLessThan(40);
    expect(await failed()).toEqual(found);
  });

  it('are written as they were made, and end with remove()', async () => {
    const rule = s3
      .on('DeleteObjects')
      .failEntries({}, 'SlowDown', { times: 2 })
      .failEntries([a, b], 'InternalError', { probability: 0.5 });
    expect(`${rule}`).toBe(
      "on('DeleteObjects').failEntries({}, 'SlowDown', { times: 2 }).failEntries([{ Key: 'a.pdf' }, { Key: 'b.pdf' }], 'InternalError', { probability: 0.5 }): used for 0 requests",
    );
    rule.remove();
    expect(await failedOf(a)).toEqual([]);
    expect(() => rule.failEntries(a, 'SlowDown')).toThrow(S3MockError);
  });
});

describe('a failed entry in the journal', () => {
  it('has the code and the rule, and is refused to matchers', async () => {
    s3.on('DeleteObjects').failEntries(first, 'InternalError', { times: 1 });
    await remove([first, b]);
    expect(s3.requests.last()).toMatchObject({
      status: 200,
      error: undefined,
      why: 'a.pdf: We encountered an internal error. Please try again.',
      failure: {
        kind: 'failEntries',
        what: "failed { Key: 'a.pdf', VersionId: 'v1' } with InternalError",
        applied: true,
        entries: [
          {
            entry: first,
            code: 'InternalError',
            rule: "on('DeleteObjects').failEntries({ Key: 'a.pdf', VersionId: 'v1' }, 'InternalError', { times: 1 })",
          },
        ],
      },
    });
    expect(s3).toHaveRefused('DeleteObjects', { Delete: { Objects: [first] } }, { code: 'InternalError' });
    expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [b] } });
    expect(() => expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [first] } })).toThrow(
      'InternalError: We encountered an internal error. Please try again, a failure that the test asked for',
    );
  });

  it('quotes the key and the version of the entry, as the refusal of S3 does', async () => {
    s3.on('DeleteObjects').failEntries({ Key: 'x', VersionId: 'v9' }, 'NoSuchVersion');
    s3.on('DeleteObjects').failEntries({ Key: 'y' }, 'NoSuchKey');
    await remove([{ Key: 'x', VersionId: 'v9' }, { Key: 'y' }]);
    expect(s3.requests.last()?.why).toBe(
      "x: The specified version does not exist; Key is 'x', VersionId is 'v9'; y: The specified key does not exist; Key is 'y'",
    );
  });

  it('has the reasons of five entries, and the number of the others', async () => {
    s3.on('DeleteObjects').failEntries({}, 'SlowDown');
    const whyOf = async (count: number) => {
      await remove(Array.from({ length: count }, (_, index) => ({ Key: `${index}` })));
      return s3.requests.last()?.why?.split('; ').at(-1);
    };
    const last = '4: Please reduce your request rate';
    expect({ five: await whyOf(5), seven: await whyOf(7) }).toEqual({ five: `${last}.`, seven: 'and 2 more' });
  });

  it('has the code of a condition that the request did not send', async () => {
    s3.on('DeleteObjects').failEntries(a, 'PreconditionFailed');
    expect((await remove([a])).Errors).toMatchObject([{ Key: 'a.pdf', Code: 'PreconditionFailed' }]);
  });

  it('is printed with each rule that made it fail', async () => {
    s3.on('DeleteObjects').failEntries(a, 'InternalError');
    s3.on('DeleteObjects').failEntries([b, c], 'SlowDown');
    await remove([a, b, c]);
    expect(`${s3.requests}`.split('\n').slice(2)).toEqual([
      '     why: a.pdf: We encountered an internal error. Please try again; b.pdf: Please reduce your request rate; c.log: Please reduce your request rate.',
      '     on purpose: failed 3 entries with InternalError and SlowDown; the other entries were carried out',
      "     rule: on('DeleteObjects').failEntries({ Key: 'a.pdf' }, 'InternalError')",
      "     rule: on('DeleteObjects').failEntries([{ Key: 'b.pdf' }, { Key: 'c.log' }], 'SlowDown')",
    ]);
    expect(s3.requests.explain()).toContain(
      'DeleteObjects vault 200, with InternalError, SlowDown in its Errors for 3 of its entries: a.pdf: ',
    );
  });
});

describe('failEntries refuses', () => {
  // The casts are of what JavaScript may give.
  it.each<[name: string, call: () => unknown, message: string]>([
    [
      'an operation without entries',
      () => s3.on('PutObject').failEntries({}, 'SlowDown'),
      "failEntries: invalid operation 'PutObject'; expected one with entries: DeleteObjects",
    ],
    [
      'a member that entries do not have',
      () => s3.on('DeleteObjects').failEntries([{ Kye: 'a' } as never], 'SlowDown'),
      'failEntries: an entry of DeleteObjects has no [0].Kye. Did you mean Key? [0] has: Key, VersionId, ETag, LastModifiedTime, Size.',
    ],
    [
      'a text in place of an entry',
      () => s3.on('DeleteObjects').failEntries('a' as never, 'SlowDown'),
      "failEntries: invalid entries 'a'; expected an object such as { Key: 'a.pdf' }, a list of such objects, or {} for all entries",
    ],
    [
      'an empty list',
      () => s3.on('DeleteObjects').failEntries([], 'SlowDown'),
      "failEntries: invalid entries []; expected an object such as { Key: 'a.pdf' }, a list of such objects, or {} for all entries",
    ],
    [
      'a code that S3 does not have',
      () => s3.on('DeleteObjects').failEntries({}, 'Slowdown' as never),
      "failEntries: 'Slowdown' is not an error code of S3. Did you mean SlowDown?",
    ],
    [
      'an option of fail',
      () => s3.on('DeleteObjects').failEntries({}, 'SlowDown', { retryAfter: 1 } as never),
      "failEntries: there is no option 'retryAfter'. The options are: times, probability.",
    ],
    [
      'a probability of 0',
      () => s3.on('DeleteObjects').failEntries({}, 'SlowDown', { probability: 0 }),
      'failEntries: invalid probability 0; expected a number above 0 and up to 1',
    ],
  ])('%s', (_name, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });
});
