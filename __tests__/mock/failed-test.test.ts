import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { matchers } from '../../src/testing/matchers';
import { readFailedErrors } from '../../src/thrown-errors';
import { failedError, screenOf } from '../support/failed-tests';
import { thrownBy } from '../support/thrown';

let control: MockControl;
const held = { body: 'first', versionId: 'v1', legalHold: 'ON' } as const;
const locked = { objectLock: true, objects: { a: [held] } } as const;

const start = (options = {}) => {
  control = createMock(
    { now: '2026-03-01T12:00:00Z', buckets: { vault: { objects: { 'n/1': 'first' } }, locked }, ...options },
    mockS3,
  );
  control.lifetime.start();
};
beforeEach(() => start());
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const command = (Key: string) => new GetObjectCommand({ Bucket: 'vault', Key });
const read = async (Key = 'n/1') => (await new S3Client({}).send(command(Key))).Body?.transformToString();
const write = (Key: string, Body: string) =>
  new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const repeat = async (times: number, act: (index: number) => Promise<unknown>) => {
  for (let index = 1; index <= times; index += 1) await act(index);
};
const screen = (error: Parameters<typeof screenOf>[1]) => screenOf(control, error);
/** The error of a matcher of jest that has only a text. */
const compared = (expected: unknown, received: unknown) =>
  `expect(received).toBe(expected)\n\nExpected: ${JSON.stringify(expected)}\nReceived: ${JSON.stringify(received)}`;
/** What a matcher of the library writes if it fails. */
const written = (matcher: 'toHaveReceived' | 'toHaveReceivedOnly', operation: string) =>
  matchers[matcher](control.mock, operation).message();

describe('an assertion of the runner that fails', () => {
  it('is followed by the requests of its test, if they are five at most', async () => {
    await read();
    expect(screen(compared(1, 2))).toBe(
      'The request of this test, which was not refused:\n  1. GetObject  vault/n/1  200',
    );
    await write('n/2', 'second');
    expect(screen(compared(1, 2))).toBe(
      [
        'The 2 requests of this test, none of which was refused:',
        '  1. GetObject  vault/n/1  200',
        "  2. PutObject  vault/n/2  200  { ContentType: 'application/octet-stream', Body: 'second' }",
      ].join('\n'),
    );
  });

  it('is followed by none of more, unless one returned or wrote what was compared', async () => {
    await repeat(6, (index) => write(`key-${index}`, `body ${index}`));
    expect(screen(compared(true, false))).toBeUndefined();
    expect(screen(compared('body 7', 'body 3'))).toBe(
      "Of the 6 requests of this test, those with a value that was compared:\n  1. PutObject  vault/key-3  200  { ContentType: 'application/octet-stream', Body: 'body 3' }",
    );
    await repeat(6, () => read());
    expect(screen(compared('n/1', 'n/2'))?.split('\n')).toEqual([
      'Of the 12 requests of this test, the last 5 with a value that was compared:',
      '  1. GetObject  vault/n/1  200',
      '     and 4 times the same, up to 5.',
    ]);
  });

  it('is read without its colours', async () => {
    await repeat(6, () => read());
    const received = (text: string) =>
      `\u001B[2mexpect(\u001B[22m\u001B[31mreceived\u001B[39m)\n\nReceived: \u001B[31m${text}\u001B[39m`;
    expect(screen(received('"n/\u001B[7m1\u001B[27m"'))).toContain('the last 5 with a value that was compared');
    expect(screen(received('200'))).toBeUndefined();
  });

  it('is read by its values, if it has them', async () => {
    await repeat(6, () => read());
    const differing = (value: string | number) =>
      failedError({
        name: 'AssertionError',
        message: 'they differ',
        compared: { expected: [{ name: '', value }], received: [{ name: '', value: 'other' }] },
      });
    expect(screen(differing('n/1'))).toContain('the last 5 with a value that was compared');
    expect(screen(differing(200))).toBeUndefined();
  });

  it('is followed by nothing if its test sent nothing', () => {
    control.mock.on('GetObject').fail('SlowDown');
    expect(screen(compared(1, 2))).toBeUndefined();
  });

  it('does not repeat what a matcher or an assertion of the library has written', async () => {
    await read();
    await read('none').catch(() => undefined);
    const error = thrownBy(() => control.mock.requests.expect('PutObject')) as Error;
    expect({
      matcher: screen(written('toHaveReceived', 'CopyObject')),
      withMessageOfTest: screen(`it copies: ${written('toHaveReceived', 'CopyObject')}`),
      assertion: screen({ name: 'AssertionError', message: error.message }),
      other: screen('it failed'),
    }).toEqual({
      other: 'S3 refused 1 request of this test: GetObject vault/none 404 NoSuchKey: the key has no versions',
    });
  });

  it('repeats no request that a matcher of a bucket has written, batches included', async () => {
    await new S3Client({}).send(
      new DeleteObjectsCommand({ Bucket: 'locked', Delete: { Objects: [{ Key: 'a', VersionId: 'v1' }] } }),
    );
    const text = matchers.toHaveVersions(control.mock.bucket('locked'), 'a', []).message();
    expect({ text, screen: screen(text) }).toEqual({ text: expect.stringContaining('why: '), screen: undefined });
    expect(screen('it failed')).toContain(
      'S3 refused entries of 1 request of this test: DeleteObjects locked 200, with AccessDenied in its Errors: a: ',
    );
  });

  it('is followed by the refusal alone if S3 refused a request', async () => {
    await read();
    await read('none').catch(() => undefined);
    expect(screen(compared(1, 2))).toBe(
      'S3 refused 1 request of this test: GetObject vault/none 404 NoSuchKey: the key has no versions',
    );
  });

  it('is none if a call of the library was wrong', async () => {
    await read();
    const message = 'toHaveReceived takes the mock: expect(s3).toHaveReceived(...)';
    expect(screen({ name: 'TypeError', message })).toBeUndefined();
  });

  it('is followed by nothing with explain: false', async () => {
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    start({ explain: false });
    await read();
    expect(screen(compared(1, 2))).toBeUndefined();
  });
});

describe('an error of the code under test', () => {
  const missing = { name: 'Error', message: 'there is no such report' };

  it('is followed by the requests of its test, the last five of more', async () => {
    await read();
    expect(screen(missing)).toBe('The request of this test, which was not refused:\n  1. GetObject  vault/n/1  200');
    await repeat(6, (index) => write(`key-${index}`, `body ${index}`));
    expect(screen(missing)?.split('\n')).toEqual([
      'Of the 7 requests of this test, none of which was refused, the last 5:',
      "  1. PutObject  vault/key-2  200  { ContentType: 'application/octet-stream', Body: 'body 2' }",
      ...[3, 4, 5, 6].map((index) => expect.stringContaining(`PutObject  vault/key-${index}  200`)),
    ]);
  });

  it('is followed by the refusal alone, or by what else explains it', async () => {
    await read();
    control.mock.on('CopyObject').fail('SlowDown');
    expect(screen(missing)).toBe(
      "Rules that no request met:\n  on('CopyObject').fail('SlowDown'): no CopyObject request came",
    );
    await read('none').catch(() => undefined);
    expect(screen(missing)).toMatch(
      /^S3 refused 1 request of this test: GetObject vault\/none 404 [^\n]*\n\nRules that/,
    );
  });

  it('is not followed by requests if an error that explains itself has it as its cause', async () => {
    await read();
    const handler = Object.assign(new Error('the handler failed'), {
      name: 'S3MockError',
      cause: new Error('no image'),
    });
    const errors = readFailedErrors([handler], String);
    expect(control.lifetime.explain({ errors, isConcurrent: false, isTimedOut: false })).toEqual([]);
  });

  it('is not followed by requests of other tests, by none, or by those of a test that waited too long', async () => {
    expect(screen(missing)).toBeUndefined();
    await read();
    expect(screenOf(control, missing, { isConcurrent: true })).toBeUndefined();
    expect(screenOf(control, missing, { isTimedOut: true })).toBeUndefined();
  });
});

describe('any test that fails', () => {
  it('shows the notes of its requests', async () => {
    control.mock.clock.advance({ minutes: 2 });
    // A URL of version 2 does not say when it was signed.
    const expires = Math.ceil(Date.now() / 1000) + 60;
    const url = `https://vault.s3.amazonaws.com/n/1?AWSAccessKeyId=AKIA&Expires=${expires}&Signature=0`;
    await repeat(2, () => fetch(url));
    expect(screen('Error: other')).toMatch(
      /^GetObject vault\/n\/1: a url of version 2 does not say when it was signed, .* mockS3\(\{ verifySignatures: true \}\) takes it for signed before \(2 times\)$/,
    );
  });

  it('shows its rules that no request met, with the nearest request', async () => {
    control.mock.on('GetObject', { Bucket: 'vault', Key: 'n/2' }).fail('SlowDown');
    control.mock.on('CopyObject').fail('SlowDown');
    await repeat(2, (index) => read(index === 1 ? 'n/1' : 'none').catch(() => undefined));
    expect(screen('it failed')).toBe(
      [
        'S3 refused 1 request of this test: GetObject vault/none 404 NoSuchKey: the key has no versions',
        '',
        'Rules that no request met:',
        "  on('GetObject', { Bucket: 'vault', Key: 'n/2' }).fail('SlowDown'): no request matched; the nearest, GetObject vault/none, differs in Key: expected 'n/2', received 'none'",
        "  on('CopyObject').fail('SlowDown'): no CopyObject request came",
      ].join('\n'),
    );
  });

  it('shows a rule that all tests have only if a request of its operation came', async () => {
    control.mock.on('HeadBucket').fail('SlowDown');
    control.mock.on('GetObject', { Key: 'n/2' }).fail('SlowDown');
    control.lifetime.beginTest();
    await read();
    expect(screen('Error: other')).toBe(
      "Rules that no request met:\n  on('GetObject', { Key: 'n/2' }).fail('SlowDown'): no request matched; the nearest, GetObject vault/n/1, differs in Key: expected 'n/2', received 'n/1'",
    );
  });

  it('shows a rule without a step only if a request of its operation came', async () => {
    const rule = control.mock.on('GetObject', { Key: 'n/2' });
    expect(screen('it failed')).toBeUndefined();
    await read();
    expect(screen('it failed')).toBe(
      "Rules that no request met:\n  on('GetObject', { Key: 'n/2' }): it has no step, so it changes nothing",
    );
    rule.fail('SlowDown');
  });

  it('shows a rule whose matcher throws without the nearest request', async () => {
    const asymmetricMatch = (key: unknown) => {
      if (key === 'n/1') throw new RangeError('thrown by the test');
      return false;
    };
    const Key = { asymmetricMatch, $$typeof: Symbol.for('jest.asymmetricMatcher') };
    await read();
    control.mock.on('GetObject', { Key }).fail('SlowDown');
    expect(screen('Error: other')).toMatch(/fail\('SlowDown'\): no request matched$/);
  });

  it('prints no secret of a request that it lists', async () => {
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    start({ sseC: 'allowed' });
    const key = Buffer.alloc(32, 7).toString('base64');
    await new S3Client({}).send(
      new PutObjectCommand({
        Bucket: 'vault',
        Key: 'k',
        Body: 'b',
        SSECustomerAlgorithm: 'AES256',
        SSECustomerKey: key,
      }),
    );
    expect(screen(compared('k', 'l'))).toContain('PutObject  vault/k  200');
    expect(screen(compared('k', 'l'))).not.toContain(key);
  });
});

describe('a failure of another library', () => {
  it.each<[Parameters<typeof screenOf>[1], string]>([
    [
      'TypeError: expect(...).toHaveReceivedCommandWith is not a function',
      "for GetObjectCommand expect(s3).toHaveReceived('GetObject', { … }).",
    ],
    [
      'Invalid Chai property: toHaveReceivedCommandTimes',
      "for GetObjectCommand expect(s3).toHaveReceivedTimes('GetObject', 1).",
    ],
    [
      'TypeError: expect(...).not.toHaveReceivedNthCommandWith is not a function',
      "toHaveReceivedNth(1, 'GetObject', { … }).",
    ],
    ['TypeError: expect(...).toHaveRecieved is not a function', 'Did you mean toHaveReceived?'],
    [{ name: 'MockNotMatchedError', message: 'no' }, 'agent.enableNetConnect(/amazonaws\\.com/)'],
    ['Error: Nock: Disallowed net connect for "vault"', 'give nock to the mock, mockS3({ nock })'],
  ])('%s has a cure', async (error, cure) => {
    await read();
    expect(screen(error)).toContain(cure);
  });

  it('is unknown if no matcher is near', () => {
    expect(screen('TypeError: expect(...).toBeAwesome is not a function')).toBeUndefined();
  });
});

describe('what an earlier test wrote', () => {
  const missing = () => read('new').catch(() => {});
  const lost = 'A request before the last reset wrote vault/new, perhaps in an earlier test';

  it('is named if this one misses it', async () => {
    await write('new', 'first');
    control.mock.reset();
    await missing();
    expect(screen('NoSuchKey')).toContain(lost);
  });

  it('is not named without a reset, or if this test wrote it as well', async () => {
    await missing();
    expect(screen('NoSuchKey')).not.toContain('before the last reset');
    await write('new', 'first');
    control.mock.reset();
    await missing();
    await write('new', 'second');
    expect(screen('NoSuchKey')).not.toContain('before the last reset');
  });
});

describe('the end of a retention', () => {
  const moves = 'The clock of the mock is at 2026-03-01T12:00:00.000Z; s3.clock.advance moves it past the retention.';
  const bypasses = 'DeleteObject vault/a: it would have been answered with BypassGovernanceRetention: true.';

  it('is to be reached by the clock', async () => {
    const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-05' } as const;
    const retained = { objectLock: true, objects: { a: [{ body: 'first', versionId: 'v1', retention }] } };
    await control.mock.stop();
    start({ buckets: { vault: retained } });
    const remove = new DeleteObjectCommand({ Bucket: 'vault', Key: 'a', VersionId: 'v1' });
    await expect(new S3Client({}).send(remove)).rejects.toThrow();
    expect(screen('AccessDenied')).toContain(moves);
    expect(screen('AccessDenied')).toContain(bypasses);
    control.mock.clock.advance({ days: 5 });
    expect(screen('AccessDenied')).not.toContain('moves it past');
  });

  it('is not what a policy waits for that denies the deletion of a retained version', async () => {
    const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-05' } as const;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::vault/*' };
    const policy = { Version: '2012-10-17', Statement: [deny] } as const;
    await control.mock.stop();
    start({
      buckets: { vault: { objectLock: true, policy, objects: { a: [{ body: 'first', versionId: 'v1', retention }] } } },
    });
    const remove = new DeleteObjectCommand({ Bucket: 'vault', Key: 'a', VersionId: 'v1' });
    await expect(new S3Client({}).send(remove)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(screen('AccessDenied')).not.toContain('moves it past');
  });
});

describe('tests that share the mock', () => {
  const shared = 'Tests of test.concurrent share the mock';
  const explain = (message: string, isConcurrent: boolean) => screenOf(control, message, { isConcurrent });

  it('are named beside any assertion of a concurrent test', async () => {
    await read();
    expect(explain(written('toHaveReceivedOnly', 'PutObject'), true)).toContain(shared);
    expect(explain(written('toHaveReceived', 'PutObject'), true)).toContain(shared);
    expect(explain(compared(1, 2), true)).toContain(shared);
    expect(explain(written('toHaveReceivedOnly', 'PutObject'), false)).toBeUndefined();
  });

  it('are not named beside an error that says by itself what went wrong', async () => {
    await read();
    expect(explain('out of memory', true)).toBeUndefined();
  });
});

describe('a member that a test calls, although it is a value,', () => {
  it.each([
    ['s3.bucket(...).keys is not a function', "write s3.bucket('vault').keys, without ()"],
    ['vault.keys is not a function', "write s3.bucket('vault').keys, without ()"],
    [
      "s3.bucket('a').keys is not a function. (In 's3.bucket('a').keys()')",
      "write s3.bucket('vault').keys, without ()",
    ],
    [
      's3.bucket(...).objects is not a function',
      "The member objects of a bucket is a property, not a method: write s3.bucket('vault').objects, without (). It has the versions of each key, and s3.bucket('vault').keys is the list of keys.",
    ],
    ['s3.bucket("a").policy is not a function', "write s3.bucket('vault').policy, without ()."],
    [
      's3.bucket(...).object(...).size is not a function',
      "The size of an object is a property, not a method: write s3.bucket('vault').object('report.pdf').size, without ().",
    ],
    ["s3.bucket('a').object('b').etag is not a function. (In 'etag()')", 'The etag of an object is a property'],
    ['s3.requests is not a function', "write s3.requests.of('PutObject')"],
    ['s3.account is not a function', "write s3.accounts.find(({ name }) => name === 'partner')"],
  ])('is named for %j', (message, cure) => {
    expect(screen({ name: 'TypeError', message })).toContain(cure);
  });

  it('is not guessed for what is not of the library', () => {
    expect(screen({ name: 'TypeError', message: 'cache.keys is not a function' })).toBeUndefined();
    expect(screen({ name: 'TypeError', message: 'cache.objects is not a function' })).toBeUndefined();
    expect(screen({ name: 'TypeError', message: 's3.bucket(...).upload is not a function' })).toBeUndefined();
    expect(screen({ name: 'TypeError', message: 's3.bucket(...).object(...).save is not a function' })).toBeUndefined();
    expect(screen({ name: 'TypeError', message: 's3.bucket(...).policy is not a function' })).not.toContain('keys');
  });
});

describe('a body or versions that a plain matcher compared with texts', () => {
  const bytes = (value: string, name = '') => ({ name, value, isBytes: true as const });
  const texts = (...values: string[]) => values.map((value) => ({ name: '', value }));
  const explain = (expected: readonly object[], received: readonly object[]) =>
    screen({ message: 'expect(received).toEqual(expected)', compared: { expected, received } as never });

  it('the cure is toString(), if the bytes are those of the text', () => {
    expect(explain(texts('first'), [bytes('first')])).toBe(
      'A body is bytes, which equal no text: compare body.toString().',
    );
    expect(explain(texts('first'), [bytes('second')])).toBeUndefined();
  });

  it('the cure is the same for what vitest prints', () => {
    const list = (text: string) => [{ name: '', value: text }];
    expect(explain(texts('hi'), list('Buffer [\n  104,\n  105,\n]'))).toContain('A body is bytes');
    control.mock.bucket('vault').put('a', 'hi', { versionId: 'null' });
    const version =
      '[\n  {\n    "body": {\n      "data": [\n        104,\n        105,\n      ],\n      "type": "Buffer",\n    },\n    "key": "a",\n    "versionId": "null",\n  },\n]';
    expect(explain(list('[\n  "hi",\n]'), list(version))).toContain("toHaveVersions('a', ['hi'])");
  });

  it('the cure is toHaveVersions with the line to write, if the bodies are those of the texts', () => {
    const shown = (id: string, body: string) => [
      { name: 'key', value: 'a' },
      { name: 'versionId', value: id },
      bytes(body, 'body'),
    ];
    const received = shown('v9', 'first');
    expect(explain(texts('first'), received)).not.toContain('toHaveVersions');
    control.mock.bucket('vault').put('a', 'first', { versionId: 'null' });
    expect(explain(texts('first'), shown('null', 'first'))).toBe(
      "versions() returns objects with bytes as bodies, newest first. To compare with texts, oldest first, write expect(s3.bucket('vault')).toHaveVersions('a', ['first']).",
    );
    expect(explain(texts('other'), shown('null', 'first'))).toBeUndefined();
  });
});

it('a module of Node that the test file mocks is named, if no request came', async () => {
  const facts = { mockedModules: ['node:https'] };
  const error = { name: 'TypeError', message: "Cannot read properties of undefined (reading 'on')" };
  expect(screenOf(control, error, facts)).toMatch(
    /^jest\.mock\('node:https'\) replaces the functions by which clients connect, so no request can come: remove it\./,
  );
  await read();
  expect(screenOf(control, error, facts)).not.toContain('jest.mock');
});
