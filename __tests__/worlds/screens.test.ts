import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Exploration, type MockS3, mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { OperationName, RequestEntry } from '../../src/journal/entry';
import type { MockControl } from '../../src/mock/create-mock';
import { writeFailures } from '../../src/worlds/failure-text';
import type { SentRequest } from '../../src/worlds/run-of-code';
import { writeWay } from '../../src/worlds/screen';
import type { Happening, Stop, WayReport } from '../../src/worlds/way-run';
import type { PlannedFailure } from '../../src/worlds/ways';
import { screenOf } from '../support/failed-tests';
import { send } from '../support/wire-client';
import { client } from './programs/program';

// A way takes milliseconds, and on a busy machine a hundred times as long.
jest.setTimeout(60_000);

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  control = createMock(
    { buckets: { vault: {}, bkt: { versioning: 'Enabled', objects: { k: ['v1', 'v2'] } } } },
    mockS3,
  );
  control.lifetime.setRunner({ testIsRunning: () => true });
  control.lifetime.start();
  control.lifetime.beginTest();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const put = (key: string) => send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body: 'data' });
const compared = 'expect(received).toBe(expected)\n\nExpected: 1\nReceived: 2';
const fails = () => Promise.reject(new Error(compared));
const outcome = (key: string) => `  1. PutObject  vault/${key}  200  { Body: 'data' }`;

describe('the screen of a test', () => {
  it('shows the requests of its world, if the function of the world has failed', async () => {
    const forked = s3.fork(async () => {
      await put('inside');
      return fails();
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)).toBe(`The request of its world, which was not refused:\n${outcome('inside')}`);
  });

  it('says how many requests went to the mock outside, and shows them', async () => {
    const outside = { put };
    const begun = { go: () => {} };
    const isBegun = new Promise<void>((resolve) => {
      begun.go = resolve;
    });
    const lost = isBegun.then(() => outside.put('outside'));
    const forked = s3.fork(async () => {
      begun.go();
      await lost;
      return fails();
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)?.split('\n\n')).toEqual([
      'While its world ran, one request came from code that belongs to no world, and the mock outside answered it. ' +
        'Code loses its world in a queue that was made outside and calls back. docs/limits.md has examples.',
      `The request of this test, which was not refused:\n${outcome('outside')}`,
    ]);
  });

  it('leaves out the world of another test, whose error is another one', async () => {
    const forked = s3.fork(async () => {
      await put('inside');
      throw new Error('of another test');
    });
    await forked.catch(() => {});
    expect(screenOf(control, compared)).toBeUndefined();
  });

  it('shows a world that still runs, if the test has timed out', async () => {
    const held: { end?: () => void } = {};
    const forked = s3.fork(async (world) => {
      world.on('PutObject').fail('SlowDown', { times: 1 });
      await put('inside');
      await new Promise<void>((resolve) => {
        held.end = resolve;
      });
    });
    while (held.end === undefined) await put('meanwhile');
    expect(screenOf(control, 'timed out', { isTimedOut: true })).toContain('1 request of its world');
    held.end();
    await forked;
  });
});

/** Returns the message of an exploration that fails. */
async function failureOf(exploration: Exploration): Promise<string> {
  const error: unknown = await s3
    .explore({ timeout: 60_000, all: true, ...exploration })
    .catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

const object = { Bucket: 'bkt', Key: 'k' };

describe('an assertion on the mock outside', () => {
  const put = () => client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  const failed = () => {
    try {
      s3.requests.expect('PutObject', { Key: 'a' });
    } catch (error) {
      return String(Reflect.get(error as object, 'message'))
        .split('\n\n')
        .slice(1);
    }
    return [];
  };

  it('says that the requests were those of ways', async () => {
    await s3.explore({ run: put, checkFailed: () => {}, failures: ['deny', 'crash before'], timeout: 60_000 });
    expect(failed()).toEqual([
      'The ways of s3.explore sent 3 matching requests. The requests of a way go to its world, and not to this mock. ' +
        'Assert on the world: s3.explore({ …, check: ({ world }) => { world.requests.expect(...); } }).',
    ]);
    s3.reset();
    expect(failed().join()).not.toContain('s3.explore');
  });

  it('says that the request was that of a fork, also of a fork in a fork', async () => {
    await s3.fork((world) => world.fork(put));
    expect(failed()).toEqual([
      'The functions of s3.fork sent 1 matching request. The requests of such a function go to its world, and not to this mock. ' +
        'Assert on the world: s3.fork(async (world) => { …; world.requests.expect(...); }).',
    ]);
  });
});

describe('a plain matcher that counts the requests of the mock outside', () => {
  const explore = () => s3.explore({ run: () => put('a'), check: () => {}, failures: ['deny'], timeout: 60_000 });
  const note =
    'The ways of s3.explore sent 3 requests. The requests of a way go to its world, and not to this mock. ' +
    'Assert on the world: s3.explore({ …, check: ({ world }) => { world.requests.expect(...); } }).';
  const length =
    'expect(received).toHaveLength(expected)\n\nExpected length: 1\nReceived length: 0\nReceived array:  []';

  it.each<readonly [string, string | undefined]>([
    [length, note],
    ['expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 0', note],
    [compared, undefined],
  ])('%j', async (error, text) => {
    await explore();
    expect(screenOf(control, error)).toBe(text);
  });

  it('gets no note if a way has failed, or the mock itself got a request', async () => {
    await explore();
    expect(screenOf(control, { message: length, code: 'WAY_FAILED' })).toBeUndefined();
    await put('b');
    expect(screenOf(control, length)).not.toContain('s3.explore');
  });
});

describe('the requests of a way', () => {
  it('show the number of a part', async () => {
    const run = async () => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
      const upload = (PartNumber: number) =>
        client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body: 'x' }));
      for (const number of [1, 2, 3]) await upload(number);
    };
    const checkFailed = () => {
      throw new Error('parts are left');
    };
    expect(await failureOf({ run, checkFailed, only: 'UploadPart bkt/k (2), fail' })).toBe(
      [
        'The code does not survive this: UploadPart bkt/k (2) fails with InternalError',
        '  1. CreateMultipartUpload  bkt/k          200',
        '  2. UploadPart             bkt/k  part 1  200',
        '  3. UploadPart             bkt/k  part 2  500 InternalError',
        '  The run failed: InternalError: We encountered an internal error. Please try again.',
        '  parts are left',
        "0 of 1 way hold. This way alone: s3.explore({ …, only: 'UploadPart bkt/k (2), fail' })",
      ].join('\n'),
    );
  });

  it('show the version', async () => {
    const run = async () => {
      const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'bkt' }));
      for (const { VersionId } of Versions) await client.send(new DeleteObjectCommand({ ...object, VersionId }));
    };
    const checkFailed = () => {
      throw new Error('the old version is current');
    };
    const screen = await failureOf({ run, checkFailed, of: 'DeleteObject', failures: ['crash before'] });
    expect(screen).toMatch(/\n {2}2\. DeleteObject {8}bkt\/k {2}version \w{11}… {2}not applied: the process ended\n/);
    const second = await failureOf({ run, checkFailed, only: 'DeleteObject bkt/k (2), fail' });
    const [first, last] = second.match(/(?<= version )\S+/g) ?? [];
    expect({ first, isAnother: first !== last }).toEqual({ first: expect.stringMatching(/…$/), isAnother: true });
  });

  it('show conditions and what is written, in a column for each caller', async () => {
    const casual = async () => {
      const { Body, ETag } = await client.send(new GetObjectCommand(object));
      const text = `${await Body?.transformToString()}+`;
      const put = (more: object) => client.send(new PutObjectCommand({ ...object, Body: text, ...more }));
      await put({ IfMatch: ETag }).catch(() => put({}));
    };
    const check = () => {
      const count = calls.next().value;
      if (count === 3) throw new Error('an update is lost');
    };
    const calls = [1, 2, 3][Symbol.iterator]();
    expect(await failureOf({ run: { a: casual, b: casual }, check, only: 'a > b > a > b*2' })).toBe(
      [
        'a beside b does not hold in this order of 5 requests',
        '  a                              b',
        '  1. GetObject  bkt/k                          200',
        '                                 2. GetObject  bkt/k                          200',
        '  3. PutObject  bkt/k  IfMatch "1b267619c48…"  200',
        '                                 4. PutObject  bkt/k  IfMatch "1b267619c48…"  412 PreconditionFailed',
        '                                 5. PutObject  bkt/k                          200',
        '  an update is lost',
        "0 of 1 order hold. This order alone: s3.explore({ …, only: 'a > b > a > b*2' })",
      ].join('\n'),
    );
  });
});

type Sent = readonly [operation: OperationName | undefined, input: object, facts?: Partial<SentRequest>];

function sentRequest([operation, input, facts]: Sent): SentRequest {
  const entry = {
    status: 200,
    method: 'OPTIONS',
    url: 'https://vault.s3.amazonaws.com/a?X-Amz-Signature=5ec2e7',
  } as RequestEntry; // what a screen reads
  const known = { caller: 'run', service: 's3', callId: undefined, attempts: 1, entry } as const;
  return { ...known, id: JSON.stringify(input), operation, input, ...facts };
}

function reportOf(happenings: readonly (Sent | Happening)[]): WayReport {
  const isHappening = (one: Sent | Happening): one is Happening => 'kind' in one;
  return {
    plan: { name: '', failures: [], hasToResolve: true },
    happenings: happenings.map((one) => (isHappening(one) ? one : { kind: 'request', request: sentRequest(one) })),
    ...{
      steps: [],
      requests: [],
      problem: undefined,
      isTried: true,
      isVoid: false,
      isClockCut: false,
      isJudged: true,
      slowest: 0,
      late: [],
    },
  };
}

function screenOfWay(happenings: readonly (Sent | Happening)[], callers: readonly string[] = []): readonly string[] {
  return writeWay(reportOf(happenings), { subject: 'The code', callers });
}

const bytes = (text: string) => Buffer.from(text);
const Bucket = 'vault';
const a = { Bucket, Key: 'a' };
const etag = '"9a0364b9e99bb480dd25e1f0284c8555"';
const tag = (Key: string, Value: string) => ({ Key, Value });
const until = (day: number) => ({ RetainUntilDate: new Date(Date.UTC(2030, 0, day)) });
const batch = (keys: readonly string[]) => ({
  ...{ Bucket, Delete: { Objects: keys.map((Key) => ({ Key, VersionId: 'v1' })) } },
});
const numbered = (first: number, count: number) => Array.from({ length: count }, (_, index) => `${first + index}`);
const parts = (etags: readonly string[]) => ({
  Parts: etags.map((text, index) => ({ PartNumber: index + 1, ETag: `"${text}"` })),
});

describe('requests of the same operation and subject', () => {
  it.each<{ readonly by: string; readonly sent: readonly Sent[]; readonly lines: readonly string[] }>([
    {
      by: 'short bodies',
      sent: ['one', 'two words'].map((text) => ['PutObject', { ...a, Body: bytes(text), ACL: 'private' }]),
      lines: ["1. PutObject  vault/a  Body 'one'        200", "2. PutObject  vault/a  Body 'two words'  200"],
    },
    {
      by: 'the sizes of bodies',
      sent: [5000, 500].map((size) => ['PutObject', { ...a, Body: bytes('x'.repeat(size)) }]),
      lines: ['1. PutObject  vault/a  Body 5,000 bytes  200', '2. PutObject  vault/a  Body 500 bytes    200'],
    },
    {
      by: 'bodies of the same size',
      sent: ['x', 'y'].map((letter) => ['PutObject', { ...a, Body: bytes(letter.repeat(500)) }]),
      lines: ['1. PutObject  vault/a  Body md5 86c489dfa7e…  200', '2. PutObject  vault/a  Body md5 0244f7b1811…  200'],
    },
    {
      by: 'bytes that are no text',
      sent: [1, 2].map((byte) => ['PutObject', { ...a, Body: Buffer.from([byte, 255]) }]),
      lines: ['1. PutObject  vault/a  Body base64 Af8=  200', '2. PutObject  vault/a  Body base64 Av8=  200'],
    },
    {
      by: 'the ends of texts',
      sent: ['one', 'two'].map((end) => ['PutObject', { ...a, Body: bytes(`${'begin'.repeat(20)}${end}`) }]),
      lines: [
        "1. PutObject  vault/a  Body 'beginbegin…nbeginone'  200",
        "2. PutObject  vault/a  Body 'beginbegin…nbegintwo'  200",
      ],
    },
    {
      by: 'texts with characters that move the cursor',
      sent: ['one', 'two'].map((end) => ['PutObject', { ...a, Body: bytes(`a\n\u001b[2J${end}`) }]),
      lines: [
        String.raw`1. PutObject  vault/a  Body 'a\n\u{1b}[2Jone'  200`,
        String.raw`2. PutObject  vault/a  Body 'a\n\u{1b}[2Jtwo'  200`,
      ],
    },
    {
      by: 'the source of a copy, with the condition that both have',
      sent: ['vault/b', 'vault/c'].map((CopySource) => ['CopyObject', { ...a, CopySource, CopySourceIfMatch: etag }]),
      lines: [
        '1. CopyObject  vault/a  CopySourceIfMatch "9a0364b9e99…", CopySource vault/b  200',
        '2. CopyObject  vault/a  CopySourceIfMatch "9a0364b9e99…", CopySource vault/c  200',
      ],
    },
    {
      by: 'tags',
      sent: ['red', 'blue'].map((color) => ['PutObjectTagging', { ...a, Tagging: { TagSet: [tag('color', color)] } }]),
      lines: [
        '1. PutObjectTagging  vault/a  TagSet [color=red]   200',
        '2. PutObjectTagging  vault/a  TagSet [color=blue]  200',
      ],
    },
    {
      by: 'retention',
      sent: [1, 2].map((day) => ['PutObjectRetention', { ...a, Retention: { Mode: 'GOVERNANCE', ...until(day) } }]),
      lines: [
        '1. PutObjectRetention  vault/a  RetainUntilDate 2030-01-01T00:00:00.000Z  200',
        '2. PutObjectRetention  vault/a  RetainUntilDate 2030-01-02T00:00:00.000Z  200',
      ],
    },
    {
      by: 'the entries of batches',
      sent: [['b', 'c'], ['d', 'b'], ['b']].map((keys) => ['DeleteObjects', batch(keys)]),
      lines: [
        '1. DeleteObjects  vault  Objects [b v1, c v1]  200',
        '2. DeleteObjects  vault  Objects [d v1, b v1]  200',
        '3. DeleteObjects  vault  Objects [b v1]        200',
      ],
    },
    {
      by: 'the entries of large batches that others do not have',
      sent: [0, 998].map((first) => ['DeleteObjects', batch(numbered(first, 1000))]),
      lines: [
        '1. DeleteObjects  vault  Objects [0 v1, 1 v1, 2 v1, 3 v1, 4 v1…, … 2 more]   200',
        '2. DeleteObjects  vault  Objects [1000 v1, 1001 v1, 1002 v1, 10…, … 2 more]  200',
      ],
    },
    {
      by: 'the order of entries',
      sent: [
        ['b', 'c'],
        ['c', 'b'],
      ].map((keys) => ['DeleteObjects', batch(keys)]),
      lines: [
        '1. DeleteObjects  vault  Objects [b v1, c v1]  200',
        '2. DeleteObjects  vault  Objects [c v1, b v1]  200',
      ],
    },
    {
      by: 'the parts of an upload',
      sent: [
        ['x', 'y'],
        ['x', 'z'],
      ].map((etags) => ['CompleteMultipartUpload', { ...a, MultipartUpload: parts(etags) }]),
      lines: [
        '1. CompleteMultipartUpload  vault/a  Parts [1 "x", 2 "y"]  200',
        '2. CompleteMultipartUpload  vault/a  Parts [1 "x", 2 "z"]  200',
      ],
    },
    {
      by: 'pages',
      sent: [undefined, 'token-one'].map((ContinuationToken) => [
        'ListObjectsV2',
        { Bucket, Prefix: 'p/', ContinuationToken },
      ]),
      lines: [
        '1. ListObjectsV2  vault/p/                               200',
        '2. ListObjectsV2  vault/p/  ContinuationToken token-one  200',
      ],
    },
    {
      by: 'roles of STS, without the code of a device',
      sent: ['one', 'two'].map((role) => [
        'AssumeRole',
        { RoleArn: `arn:aws:iam::000000000000:role/${role}`, TokenCode: role },
      ]),
      lines: ['1. AssumeRole  RoleArn arn:aws:ia…:role/one  200', '2. AssumeRole  RoleArn arn:aws:ia…:role/two  200'],
    },
    {
      by: 'names of S3 Control',
      sent: ['one', 'two'].map((Name) => ['CreateAccessPoint', { AccountId: '000000000000', Name, Bucket }]),
      lines: ['1. CreateAccessPoint  vault  Name one  200', '2. CreateAccessPoint  vault  Name two  200'],
    },
    {
      by: 'nothing, if only the code of a device differs',
      sent: [1, 2].map((code) => ['DeleteObject', { ...a, VersionId: 'v1', MFA: `arn 12345${code}` }]),
      lines: ['1. DeleteObject  vault/a  version v1  200', '2. DeleteObject  vault/a  version v1  200'],
    },
    {
      by: 'the digest of a key, which is a secret itself',
      sent: ['one', 'two'].map((key) => ['GetObject', { ...a, SSECustomerKey: key, SSECustomerKeyMD5: `md5-${key}` }]),
      lines: [
        '1. GetObject  vault/a  SSECustomerKeyMD5 md5-one  200',
        '2. GetObject  vault/a  SSECustomerKeyMD5 md5-two  200',
      ],
    },
    {
      by: 'metadata',
      sent: ['one', 'two'].map((owner) => [
        'PutObject',
        { ...a, Metadata: { ['owner'.repeat(20)]: owner, same: 'x' } },
      ]),
      lines: [
        '1. PutObject  vault/a  Metadata.ownerownerownerowner… one  200',
        '2. PutObject  vault/a  Metadata.ownerownerownerowner… two  200',
      ],
    },
    {
      by: 'policies',
      sent: ['one', 'two'].map((Sid) => [
        'PutBucketPolicy',
        { Bucket, Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Sid }] }) },
      ]),
      lines: [
        `1. PutBucketPolicy  vault  Policy '{"Statemen…Sid":"one"}]}'  200`,
        `2. PutBucketPolicy  vault  Policy '{"Statemen…Sid":"two"}]}'  200`,
      ],
    },
    {
      by: 'two of many members, if these are enough',
      sent: [1, 2].map((n) => [
        'CreateMultipartUpload',
        { ...a, ContentType: `t/${n}`, CacheControl: `c${n}`, StorageClass: `s${n}` },
      ]),
      lines: [
        '1. CreateMultipartUpload  vault/a  ContentType t/1, CacheControl c1  200',
        '2. CreateMultipartUpload  vault/a  ContentType t/2, CacheControl c2  200',
      ],
    },
    {
      by: 'members that only together tell them apart',
      sent: [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ].map(([x, y]) => ['PutObject', { ...a, ACL: 'private', StorageClass: `s${x}`, CacheControl: `c${y}` }]),
      lines: [
        '1. PutObject  vault/a  StorageClass s1, CacheControl c1  200',
        '2. PutObject  vault/a  StorageClass s1, CacheControl c2  200',
        '3. PutObject  vault/a  StorageClass s2, CacheControl c1  200',
        '4. PutObject  vault/a  StorageClass s2, CacheControl c2  200',
      ],
    },
  ])('differ by $by', ({ sent, lines }) => {
    expect(screenOfWay(sent)).toEqual(lines);
  });

  it('show versions, parts and conditions also if no other request is like theirs', () => {
    expect(
      screenOfWay([
        ['GetObject', { ...a, IfModifiedSince: new Date(0), IfNoneMatch: '*' }],
        ['GetObject', { Bucket, Key: 'b', VersionId: '3HL4kqCxf3vjVBH40Nrjfkd', PartNumber: 2 }],
        ['PutObject', { ...a, Body: bytes('one'), Metadata: { owner: 'x' } }],
      ]),
    ).toEqual([
      '1. GetObject  vault/a  IfModifiedSince 1970-01-01T00:00:00.000Z, IfNoneMatch *  200',
      '2. GetObject  vault/b  version 3HL4kqCxf3v…, part 2                             200',
      '3. PutObject  vault/a                                                           200',
    ]);
  });
});

describe('the lines of a way', () => {
  const put = (caller: string, Body = caller): Sent => ['PutObject', { ...a, Body: bytes(Body) }, { caller }];
  const crashed = { outcome: 'crashed' } as const;
  const again = (...ends: Stop['ends']): Stop => ({ kind: 'stop', ends, restart: { result: { outcome: 'resolved' } } });

  it('are short for long keys, and show where the keys differ', () => {
    const keys = [`${'k'.repeat(1000)}1`, `${'k'.repeat(1000)}2`, 'a\n漢字'];
    expect(screenOfWay(keys.map((Key) => ['HeadObject', { Bucket, Key }]))).toEqual([
      `1. HeadObject  vault/${'k'.repeat(14)}…kkkkkk1  200`,
      `2. HeadObject  vault/${'k'.repeat(14)}…kkkkkk2  200`,
      `3. HeadObject  vault/a\\n漢字${' '.repeat(17)}  200`,
    ]);
  });

  it('are the last ones of many', () => {
    const lines = screenOfWay(Array.from({ length: 60 }, (_, index) => put('run', `${index + 1}`)));
    expect(lines).toEqual([
      '(36 requests before these)',
      ...Array.from({ length: 24 }, (_, index) => `${index + 37}. PutObject  vault/a  Body '${index + 37}'  200`),
    ]);
  });

  it('show the target of a request that is no operation', () => {
    const url = 'https://vault.s3.amazonaws.com/a?X-Amz-Signature=<s…';
    expect(screenOfWay([[undefined, {}]])).toEqual([`1. (no operation)  OPTIONS ${url}  200`]);
  });

  it('stand below the names of the callers, also of those that sent nothing', () => {
    const callers = ['one', 'two', 'three', 'four', 'five'];
    const ends = again(['two', crashed], ['three', { outcome: 'rejected', error: new Error('too late') }]);
    const restarted = (caller: string) => put(`${caller} again`, caller);
    const first = [put('one'), put('two'), put('three'), put('five')];
    const sent = [...first, ends, restarted('two'), again(), restarted('three'), restarted('two')];
    expect(screenOfWay(sent, callers)).toEqual([
      'one           two           three         four          five',
      "1. PutObject  vault/a  Body 'one'    200",
      "              2. PutObject  vault/a  Body 'two'    200",
      "                            3. PutObject  vault/a  Body 'three'  200",
      "                                                        4. PutObject  vault/a  Body 'five'   200",
      'The process of two ended. three failed: Error: too late. two ran again, and succeeded:',
      '              two again',
      "              5. PutObject  vault/a  Body 'two'    200",
      'three ran again, and succeeded:',
      '                            three again',
      "                            6. PutObject  vault/a  Body 'three'  200",
      "              7. PutObject  vault/a  Body 'two'    200",
    ]);
  });

  it('stand below each other if the names of the callers are long', () => {
    const callers = ['the first of the callers', 'the second\n', 'third', 'fourth', 'fifth'];
    expect(screenOfWay([put('third'), again(['third', crashed]), put('again again', 'of the test')], callers)).toEqual([
      'the first of the callers',
      '             the second\\n',
      '                          third',
      '                                       fourth',
      '                                                    fifth',
      "                          1. PutObject  vault/a  Body 'third'        200",
      'The process of third ended. It ran again, and succeeded:',
      'again',
      "2. PutObject  vault/a  Body 'of the test'  200",
    ]);
  });
});

describe('the words for a failure', () => {
  const failing = (kind: PlannedFailure['kind'], sent: Sent, name: string): PlannedFailure => ({
    ...{ kind, name: `${name}, ${kind}`, id: name, code: 'InternalError' },
    request: sentRequest(sent),
  });
  const put: Sent = ['PutObject', a];

  it.each<readonly [PlannedFailure['kind'], string]>([
    ['no answer before', 'S3 never answers PutObject vault/a, and did not apply it'],
    ['no answer after', 'S3 applied PutObject vault/a, and never answers'],
    ['late', 'the answer to PutObject vault/a comes after the code has given up waiting'],
    ['lasting', 'PutObject vault/a fails with InternalError, and so does each later PutObject of that key'],
  ])('%s', (kind, words) => {
    expect(writeFailures([failing(kind, put, 'PutObject vault/a')])).toBe(words);
  });

  it.each<readonly [Sent, string]>([
    [['ListObjectsV2', { Bucket, Prefix: 'p/' }], 'ListObjectsV2 of that bucket'],
    [['CreateBucket', { Bucket }], 'CreateBucket of that bucket'],
    [['GetCallerIdentity', {}, { service: 'sts' }], 'GetCallerIdentity'],
    [[undefined, {}], 'request that is no operation'],
  ])('that lasts: %j', (sent, later) => {
    expect(writeFailures([failing('lasting', sent, 'X')])).toBe(
      `X fails with InternalError, and so does each later ${later}`,
    );
  });

  it('name the second of two failures behind the first', () => {
    const failures = [
      failing('late', put, 'PutObject vault/a'),
      failing('fail', ['GetObject', a], 'GetObject vault/a'),
    ];
    expect(writeFailures(failures)).toBe(
      'the answer to PutObject vault/a comes after the code has given up waiting, and then GetObject vault/a fails with InternalError',
    );
  });
});

describe('the second run without a failure', () => {
  const keeps =
    'Both runs began with the same state of S3, so the code keeps something from its first run, such as a value in memory, a cache or a client.';
  const write = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));

  it('shows what only the first run sent, and names restart', async () => {
    let isDone = false;
    const save = async () => {
      if (isDone) return;
      await write('a', 'one');
      await write('a', 'two');
      isDone = true;
    };
    const check: Exploration['check'] = ({ world }) => {
      if (!world.bucket(Bucket).keys.includes('a')) throw new Error('a is missing');
    };
    expect(await failureOf({ run: save, check })).toBe(
      [
        'save() holds in its first run without a failure, but not in its second, so nothing was tried',
        '  The second run sent no request.',
        '  a is missing',
        '  Only the first run sent:',
        "    PutObject  vault/a  Body 'one'  200",
        "    PutObject  vault/a  Body 'two'  200",
        keeps,
        'Reset it in restart: s3.explore({ …, restart: () => { … } }).',
      ].join('\n'),
    );
  });

  it('shows its own requests, and does not list what only has another date', async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (runs === 1) await write('lock', 'x');
      await write(`report-${runs}`, 'x');
      if (runs === 2) throw new Error('there is no lock');
    };
    expect(await failureOf({ run, again: true, restart: () => {} })).toBe(
      [
        'The code holds in its first run without a failure, but not in its second, so nothing was tried',
        '  1. PutObject  vault/report-2  200',
        '  The run failed: Error: there is no lock.',
        '  The run has to resolve.',
        '  Only the first run sent:',
        '    PutObject  vault/lock  200',
        keeps,
        'The function restart does not reset it.',
      ].join('\n'),
    );
  });

  it('names the callers', async () => {
    let isDone = false;
    const once = async () => {
      if (!isDone) await write('a', 'x');
      else throw new Error('it has run before');
      isDone = true;
    };
    expect(await failureOf({ run: { once, always: () => write('b', 'x') } })).toBe(
      [
        'once beside always holds in its first run without a failure, but not in its second, so nothing was tried',
        '  once                           always',
        '                                 1. PutObject  vault/b  200',
        '  once failed: Error: it has run before.',
        '  The run has to resolve.',
        '  Only the first run sent:',
        '    once: PutObject  vault/a  200',
        keeps,
        'Reset it in restart: s3.explore({ …, restart: () => { … } }).',
      ].join('\n'),
    );
  });
});
