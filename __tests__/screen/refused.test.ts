import { describe, expect, it } from '@jest/globals';
import { writeRefused } from '../../src/screen/refused';
import { entry, refused } from '../journal/entries';
import { failedError } from '../support/failed-tests';

const missing = (Key: string, facts: object = {}) =>
  entry(
    'GetObject',
    { Bucket: 'vault', Key },
    { ...refused(404, 'NoSuchKey', 'No such key.', 'it was deleted'), ...facts },
  );
const attempt = (facts: object = {}, headers: object = {}) =>
  put({ ...refused(503, 'SlowDown', 'Slow down.'), headers, ...facts });
const get = (facts: object) => entry('GetObject', { Bucket: 'vault', Key: 'k' }, facts);
const put = (facts: object) => entry('PutObject', { Bucket: 'vault', Key: 'k' }, facts);
const failed = (kind: string, what: string, facts: object = {}) => ({
  ...facts,
  failure: { kind, what, applied: true },
});
const batch = (keys: readonly string[], Message: string, why?: string) => {
  const Errors = keys.map((Key) => ({ Key, Code: 'AccessDenied', Message }));
  return entry('DeleteObjects', { Bucket: 'vault' }, { why, output: { Errors } });
};
const sdk = (call: string) => ({ 'amz-sdk-invocation-id': call });

describe('the lines on refused requests', () => {
  it.each([
    ['no request', [], undefined],
    [
      'answers and 304',
      [entry('GetObject'), entry('GetObject', { IfNoneMatch: 'x' }, { status: 304 })],
      'GetObject was answered 304, since its ETag is that of IfNoneMatch: the SDK v3 throws every answer but 2xx; catch it, and read error.$metadata.httpStatusCode === 304',
    ],
    ...[
      [
        'aws-sdk-nodejs/2.1692.0',
        'this SDK gives every answer but 2xx as an error; catch it, and read error.statusCode === 304',
      ],
      ['MinIO', 'minio throws every answer but 2xx; catch it, and read error.code'],
      ['axios/1.21.1', 'axios throws every answer but 2xx; catch it, and read error.response.status === 304'],
      ['node', 'fetch resolves also with a 304: compare answer.status'],
    ].map(([client, cure]): [string, ReturnType<typeof entry>[], string] => [
      `a 304 to ${client}`,
      [{ ...entry('HeadObject', { IfModifiedSince: new Date(0) }, { status: 304 }), client }],
      `HeadObject was answered 304, since it was not modified after IfModifiedSince, 1970-01-01T00:00:00.000Z: ${cure}`,
    ]),
    [
      'a refusal that fetch does not throw',
      [missing('a', { client: 'node' })],
      'S3 refused 1 request of this test: GetObject vault/a 404 NoSuchKey: it was deleted; fetch resolves also with a 404: compare answer.status',
    ],
    [
      'a rule without an end, which the client met three times',
      [1, 2, 3].map(() =>
        put({
          ...failed('disconnect', 'connection lost', { status: 0 }),
          failure: {
            kind: 'disconnect',
            what: 'connection lost',
            applied: false,
            endless: "s3.on('PutObject').disconnect()",
          },
        }),
      ),
      "S3 refused, or did not fully answer, 3 requests of this test: PutObject vault/k without an answer (3 attempts) (on purpose: s3.on('PutObject').disconnect() disconnects every request: write { times: 1 } if a retry should succeed)",
    ],
    ['a refusal', [missing('a')], 'S3 refused 1 request of this test: GetObject vault/a 404 NoSuchKey: it was deleted'],
    [
      'the refusal of a version',
      [
        entry(
          'DeleteObject',
          { Bucket: 'vault', Key: 'a', VersionId: 'v2' },
          refused(403, 'AccessDenied', 'Access Denied'),
        ),
      ],
      'S3 refused 1 request of this test: DeleteObject vault/a?versionId=v2 403 AccessDenied: Access Denied',
    ],
    [
      'a request that is none of S3',
      [entry(undefined, {}, refused(405, 'MethodNotAllowed', 'Not allowed.'))],
      'S3 refused 1 request of this test: PUT https://s3.amazonaws.com/ 405 MethodNotAllowed: Not allowed.',
    ],
    [
      'two refusals',
      [missing('a'), missing('b')],
      'S3 refused 2 requests of this test:\n  GetObject vault/a 404 NoSuchKey: it was deleted\n  GetObject vault/b 404 NoSuchKey: it was deleted',
    ],
    [
      'attempts of one call of an SDK, others between them',
      [attempt({}, sdk('1')), missing('a'), attempt({}, sdk('1')), attempt({}, sdk('2'))],
      'S3 refused 4 requests of this test:\n  GetObject vault/a 404 NoSuchKey: it was deleted\n  PutObject vault/k 503 SlowDown (2 attempts): Slow down.\n  PutObject vault/k 503 SlowDown: Slow down.',
    ],
    [
      'attempts without an id of the call',
      [attempt(), attempt(), attempt()],
      'S3 refused 3 requests of this test: PutObject vault/k 503 SlowDown (3 attempts): Slow down.',
    ],
    [
      'the refusals of a loop that tries again',
      [missing('b'), ...Array.from({ length: 1200 }, () => missing('a'))],
      'S3 refused 1,201 requests of this test; the last 1:\n  GetObject vault/a 404 NoSuchKey: it was deleted (1,000 times)',
    ],
    [
      'equal refusals between others',
      [missing('a'), missing('b'), missing('a')],
      'S3 refused 3 requests of this test:\n  GetObject vault/b 404 NoSuchKey: it was deleted\n  GetObject vault/a 404 NoSuchKey: it was deleted (2 times)',
    ],
    ['the same final refusal twice', [missing('a'), missing('a')], expect.stringMatching(/^S3 refused 2 requests/)],
    [
      'entries of a batch',
      [batch(['a', 'b', 'c'], 'It is locked.')],
      'S3 refused entries of 1 request of this test: DeleteObjects vault 200, with AccessDenied in its Errors and 2 more: a: It is locked.',
    ],
    [
      'entries of a batch, with their reasons',
      [batch(['a', 'b'], 'Access Denied', 'a: denied by statement A; b: it is locked')],
      'S3 refused entries of 1 request of this test: DeleteObjects vault 200, with AccessDenied in its Errors for 2 of its entries: a: denied by statement A; b: it is locked',
    ],
    [
      'a lost connection',
      [put(failed('disconnect', 'connection lost before any answer', { status: 0 }))],
      'S3 refused, or did not fully answer, 1 request of this test: PutObject vault/k without an answer (on purpose: connection lost before any answer)',
    ],
    [
      'a damaged answer',
      [get(failed('corrupt', 'answer truncated'))],
      'S3 refused, or did not fully answer, 1 request of this test: GetObject vault/k 200 (on purpose: answer truncated)',
    ],
    [
      'a stalled answer',
      [get(failed('stall', 'answer stalled after its head'))],
      'S3 refused, or did not fully answer, 1 request of this test: GetObject vault/k 200 (on purpose: answer stalled after its head)',
    ],
    [
      'a redirection to another region',
      [get(refused(301, 'PermanentRedirect', 'Elsewhere.'))],
      'S3 refused 1 request of this test: GetObject vault/k 301 PermanentRedirect: Elsewhere.',
    ],
    [
      'an error within a 200',
      [get(refused(200, 'InternalError', 'Try again.'))],
      'S3 refused 1 request of this test: GetObject vault/k 200 InternalError: Try again.',
    ],
    [
      'a reply of the test',
      [put(failed('reply', "answered 503 instead of S3's answer", { status: 503 }))],
      "The test replied with an error to 1 request of this test: PutObject vault/k 503 (on purpose: answered 503 instead of S3's answer)",
    ],
    [
      'the stack of a bug',
      [missing('a', { why: 'Error: broken\n    at f (file.js:1:1)' })],
      expect.stringMatching(/NoSuchKey: Error: broken$/),
    ],
  ])('of %s', (_of, entries, text) => expect(writeRefused(entries, 'this test')).toEqual(text));
});

describe('the explanation below an error', () => {
  const slowDown = failedError({ name: 'SlowDown', message: 'Slow down.' });
  it.each([
    ["S3's message, which is all that is known", slowDown, attempt(), 'PutObject vault/k 503 SlowDown'],
    [
      "S3's message, and the mock knows more",
      slowDown,
      attempt({ why: 'the bucket is busy' }),
      'PutObject vault/k 503 SlowDown: the bucket is busy',
    ],
    ['another message', failedError('it failed'), attempt(), 'PutObject vault/k 503 SlowDown: Slow down.'],
    [
      'the message without the code',
      failedError('Slow down.'),
      attempt(),
      'PutObject vault/k 503 SlowDown: Slow down.',
    ],
  ])('does not repeat its message: %s', (_what, error, entry, text) => {
    expect(writeRefused([entry], 'this test', { errors: [error] })).toBe(`S3 refused 1 request of this test: ${text}`);
  });

  it('leaves out a refusal of the mock, whose message is complete, and what an assertion has written', () => {
    const lacking = put(refused(501, 'S3MockNotImplemented', 'GetBucketX is not implemented.'));
    const error = failedError({ message: 'GetBucketX is not implemented.', code: 'S3MockNotImplemented' });
    const [one, other] = [missing('a'), missing('b')];
    expect({
      ofMock: writeRefused([lacking], 'this test', { errors: [error] }),
      written: writeRefused([one, other], 'this test', { isWritten: (entry) => entry === one }),
    }).toEqual({
      ofMock: undefined,
      written: 'S3 refused 1 more request of this test: GetObject vault/b 404 NoSuchKey: it was deleted',
    });
  });
});

it('10,000 refused requests are all counted, and those of a call are one line, of which the last five are printed', () => {
  const denied = refused(403, 'AccessDenied', 'Access Denied', 'the caller may not');
  const entries = Array.from({ length: 10_000 }, (_, index) =>
    entry(
      'GetObject',
      { Bucket: 'vault', Key: `${index}` },
      { ...denied, headers: { 'amz-sdk-invocation-id': `${index % 5_000}` } },
    ),
  );
  const text = writeRefused(entries, 'this test');
  expect(text).toContain('S3 refused 10,000 requests of this test; the last 5:');
  expect(text).toContain('GetObject vault/9999 403 AccessDenied (2 attempts): the caller may not');
});

it('attempts of a call with other answers are other lines', () => {
  const attempt = (status: number, code: string) =>
    entry(
      'GetObject',
      { Bucket: 'vault', Key: 'a' },
      {
        ...refused(status, code, code),
        headers: { 'amz-sdk-invocation-id': 'one' },
      },
    );
  const attempts = [attempt(503, 'SlowDown'), attempt(403, 'AccessDenied'), attempt(503, 'SlowDown')];
  expect(writeRefused(attempts, 'this test')?.split('\n')).toEqual([
    'S3 refused 3 requests of this test:',
    '  GetObject vault/a 403 AccessDenied: AccessDenied',
    '  GetObject vault/a 503 SlowDown (2 attempts): SlowDown',
  ]);
});
