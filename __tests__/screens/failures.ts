import { inspect } from 'node:util';
import type { MockS3 } from '../../src';
import type { MockControl } from '../../src/mock/create-mock';
import { type MatcherResult, matchers } from '../../src/testing/matchers';
import { readFailedErrors } from '../../src/thrown-errors';
import { askedKey, keyOf } from './scenes';

interface Failed {
  readonly control: MockControl;
  readonly count: number;
}

/**
 * Returns a function that writes what a mock adds to a failure: the screen of a test, or the text of a matcher. What the test and its
 * runner do for the failure is done before.
 */
export type Failure = (failed: Failed) => () => unknown;

const assertion = (message: string, compared: object) =>
  Object.assign(new Error(message), { name: 'AssertionError', ...compared });

/** jest keeps the values of an assertion in the result of the matcher. */
function ofJest(expected: unknown, received: unknown, matcher = 'toEqual'): Error {
  const [left, right] = [expected, received].map((one) =>
    inspect(one, { maxArrayLength: 50, maxStringLength: 10_000 }),
  );
  const message = `expect(received).${matcher}(expected)\n\nExpected: ${left}\nReceived: ${right}`;
  return Object.assign(new Error(message), { matcherResult: { expected, actual: received } });
}

/** vitest passes the printed form of objects. */
function ofVitest(expected: unknown, received: unknown): Error {
  const [left, right] = [expected, received].map((one) =>
    typeof one === 'object' ? `${JSON.stringify(one, undefined, 2)}` : one,
  );
  return assertion(`expected ${String(right).slice(0, 40)} to deeply equal ${String(left).slice(0, 40)}`, {
    expected: left,
    actual: right,
  });
}

type Thrown = (s3: MockS3, count: number) => unknown;

const lastOutput = (s3: MockS3): unknown => s3.requests.at(-1)?.output;
const texts = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index));

/** The errors with which a test can fail, as its runner throws them. */
const errors: Readonly<Record<string, Thrown>> = {
  'two numbers': (_s3, count) => ofJest(count + 1, count, 'toBe'),
  'a number and the writes': (_s3, count) => ofJest(count, 1, 'toBe'),
  'two keys': () => ofJest(askedKey, keyOf(0), 'toBe'),
  'a key and a version id': (s3) => ofJest('v1', s3.requests.at(-1)?.versionId ?? 'id0', 'toBe'),
  'two unknown texts': () => ofJest('something', 'other', 'toBe'),
  'the last answer': (s3) => ofJest({ VersionId: 'v1' }, lastOutput(s3)),
  'the last answer of vitest': (s3) => ofVitest({ VersionId: 'v1' }, lastOutput(s3)),
  'all keys': (_s3, count) =>
    ofJest(
      texts(count, keyOf),
      texts(count, (index) => `other-${keyOf(index)}`),
    ),
  'all keys of vitest': (_s3, count) =>
    ofVitest(
      texts(count, keyOf),
      texts(count, (index) => `other-${keyOf(index)}`),
    ),
  'texts beyond ASCII': (_s3, count) =>
    ofJest(
      texts(count, (index) => `Ä+ &%${keyOf(index)}`),
      texts(count, (index) => `=?UTF-8?B?${Buffer.from(`Ö${keyOf(index)}`).toString('base64')}?=`),
    ),
  'all versions': (s3, count) =>
    ofJest(
      texts(count, (index) => `${10_000 + index}`),
      findVault(s3)?.versions(askedKey),
    ),
  'all versions of vitest': (s3, count) =>
    ofVitest(
      texts(count, (index) => `${10_000 + index}`),
      findVault(s3)?.versions(askedKey),
    ),
  'all requests': (s3) =>
    ofJest(
      [],
      s3.requests.map(({ input }) => input),
    ),
  'a long text': (s3, count) =>
    ofJest('line of a text\n'.repeat(70 * count), findVault(s3)?.current(askedKey)?.body, 'toBe'),
  'two long texts': (_s3, count) =>
    ofJest('line of a text\n'.repeat(70 * count), 'another line\n'.repeat(80 * count), 'toBe'),
  'a state': () => ofJest('PENDING', 'COMPLETED', 'toBe'),
  'a state that was received': () => ofJest(['COMPLETED', 'over'], ['PENDING', 'ongoing-request="true"']),
  'a storage class': () => ofJest('GLACIER', 'STANDARD', 'toBe'),
  'a length': (_s3, count) =>
    new Error(
      `expect(received).toHaveLength(expected)\n\nExpected length: ${count + 1}\nReceived length: ${count}\nReceived array: [${'"key", '.repeat(count)}]`,
    ),
  'no error': () =>
    new Error(
      'expect(received).rejects.toThrow()\n\nReceived promise resolved instead of rejected\nResolved to value: {"DeleteMarker": true}',
    ),
  'a code': () =>
    new Error(
      'expect(received).rejects.toThrow(expected)\n\nExpected substring: "NoSuchKey"\nReceived message: "The specified key does not exist."',
    ),
  'an undefined list': () => new TypeError("Cannot read properties of undefined (reading 'map')"),
  'an undefined value': () =>
    new Error(`expect(received).toBe(expected) // Object.is equality\n\nExpected: "${askedKey}"\nReceived: undefined`),
  "S3's error": () => Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey' }),
  'an error of a connection': () =>
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:443'), { code: 'ECONNREFUSED' }),
  'a matcher of others': () => new TypeError('expect(...).toHaveReceivedCommandTimes is not a function'),
  'a matcher of spies': (s3) =>
    new Error(
      `expect(received).toHaveBeenCalled()\n\nMatcher error: received value must be a mock or spy function\n\nReceived has value: ${JSON.stringify(s3.requests.map(({ operation }) => operation))}`,
    ),
};

function findVault(s3: MockS3) {
  return s3.buckets.some(({ name }) => name === 'vault') ? s3.bucket('vault') : undefined;
}

const ofTimeOut: Thrown = () => new Error('Exceeded timeout of 5000 ms for a test.');

function screenOf(
  thrown: Thrown,
  facts: { readonly isTimedOut?: boolean; readonly isConcurrent?: boolean } = {},
): Failure {
  return ({ control, count }) => {
    const error = thrown(control.mock, count);
    return () =>
      control.lifetime.explain({
        errors: readFailedErrors([error], String),
        isTimedOut: false,
        isConcurrent: false,
        ...facts,
      });
  };
}

type Matcher = keyof typeof matchers;
type Asked = readonly [
  matcher: Matcher,
  subject: 'mock' | 'bucket' | 'user',
  values: (count: number) => readonly unknown[],
  isNot?: boolean,
];

const asymmetric = { asymmetricMatch: () => false, toString: () => 'Never' };

const asked: Readonly<Record<string, Asked>> = {
  toHaveReceived: ['toHaveReceived', 'mock', () => ['PutObject', { Bucket: 'vault', Key: 'no-such-key' }]],
  'toHaveReceived of another operation': [
    'toHaveReceived',
    'mock',
    () => ['ListParts', { Bucket: 'vault', Key: askedKey }],
  ],
  'toHaveReceived with a matcher': ['toHaveReceived', 'mock', () => ['PutObject', { Key: asymmetric }]],
  'toHaveReceived with a long body': [
    'toHaveReceived',
    'mock',
    (count) => ['PutObject', { Body: 'line of a text\n'.repeat(70 * count) }],
  ],
  'toHaveReceived with all keys of a batch': [
    'toHaveReceived',
    'mock',
    (count) => [
      'DeleteObjects',
      { Delete: { Objects: texts(count, (index) => `kye-${10_000 + index}`).map((Key) => ({ Key })) } },
    ],
  ],
  'not.toHaveReceived': ['toHaveReceived', 'mock', () => ['PutObject'], true],
  'not.toHaveReceived of another bucket': [
    'toHaveReceived',
    'mock',
    () => ['PutObject', { Bucket: 'bucket-name' }],
    true,
  ],
  'not.toHaveReceived of a near bucket': ['toHaveReceived', 'mock', () => ['PutObject', { Bucket: 'vualt' }], true],
  toHaveReceivedTimes: ['toHaveReceivedTimes', 'mock', () => ['PutObject', 3, { Bucket: 'vault' }]],
  'toHaveReceivedTimes of too many': ['toHaveReceivedTimes', 'mock', () => ['GetObject', 1_000_000]],
  toHaveReceivedNth: ['toHaveReceivedNth', 'mock', () => [2, 'PutObject', { Key: 'no-such-key' }]],
  'toHaveReceivedNth of too few': ['toHaveReceivedNth', 'mock', () => [1_000_000, 'PutObject', { Key: 'no-such-key' }]],
  toHaveReceivedLast: ['toHaveReceivedLast', 'mock', () => ['PutObject', { Key: 'no-such-key' }]],
  toHaveReceivedOnly: ['toHaveReceivedOnly', 'mock', () => ['GetObject', { Key: askedKey }]],
  toHaveApplied: ['toHaveApplied', 'mock', () => ['PutObject', { Key: 'no-such-key' }]],
  'toHaveApplied for refused': ['toHaveApplied', 'mock', () => ['GetObject']],
  'toHaveApplied for a batch': [
    'toHaveApplied',
    'mock',
    (count) => ['DeleteObjects', { Delete: { Objects: texts(Math.min(count, 1000), keyOf).map((Key) => ({ Key })) } }],
  ],
  toHaveRefused: ['toHaveRefused', 'mock', () => ['GetObject', undefined, { code: 'AccessDenied' }]],
  'toHaveRefused for a batch': [
    'toHaveRefused',
    'mock',
    (count) => ['DeleteObjects', { Delete: { Objects: texts(Math.min(count, 1000), keyOf).map((Key) => ({ Key })) } }],
  ],
  toHaveSent: ['toHaveSent', 'mock', () => ['ObjectRemoved:Delete', { bucket: 'vault', key: askedKey }]],
  'toHaveSent of a key': ['toHaveSent', 'mock', () => ['ObjectCreated:Put', { bucket: 'vault', key: 'no-such-key' }]],
  'toHaveSent of an outcome': ['toHaveSent', 'bucket', () => ['Replication:*']],
  toHaveSentTimes: ['toHaveSentTimes', 'bucket', () => ['ObjectCreated:*', 2]],
  toHaveVersioning: ['toHaveVersioning', 'bucket', () => ['Suspended']],
  toHaveMfaDelete: ['toHaveMfaDelete', 'bucket', () => ['Enabled']],
  toHaveObject: ['toHaveObject', 'bucket', () => [askedKey, { body: 'no such body' }]],
  'toHaveObject of a missing key': ['toHaveObject', 'bucket', () => ['no-such-key']],
  'toHaveObject of a near key': ['toHaveObject', 'bucket', () => [askedKey.toUpperCase()]],
  'toHaveObject of a long body': [
    'toHaveObject',
    'bucket',
    (count) => [askedKey, { body: 'lines of a text\n'.repeat(70 * count) }],
  ],
  'toHaveObject of a storage class': ['toHaveObject', 'bucket', () => [askedKey, { storageClass: 'GLACIER' }]],
  'not.toHaveObject': ['toHaveObject', 'bucket', () => [askedKey], true],
  toHaveVersions: [
    'toHaveVersions',
    'bucket',
    (count) => [askedKey, texts(count + 1, (index) => `body-of-${keyOf(index)}`)],
  ],
  'toHaveVersions by members': [
    'toHaveVersions',
    'bucket',
    (count) => [askedKey, texts(count, (index) => `${10_000 + index}`).map((body) => ({ body: `x${body}` }))],
  ],
  'toHaveVersions of a missing key': ['toHaveVersions', 'bucket', () => ['no-such-key', ['x']]],
  toHaveDeleteMarker: ['toHaveDeleteMarker', 'bucket', () => [askedKey]],
  toHaveReplicated: ['toHaveReplicated', 'bucket', () => [askedKey, { to: 'replica' }]],
  'not.toHaveReplicated': ['toHaveReplicated', 'bucket', () => ['no-such-key', { to: 'replica' }], true],
  toBeLocked: ['toBeLocked', 'bucket', () => [askedKey]],
  'not.toBeLocked of a missing key': ['toBeLocked', 'bucket', () => ['no-such-key'], true],
  'not.toBeLocked of a missing version': ['toBeLocked', 'bucket', () => [askedKey, 'no-such-version'], true],
  toHaveUsage: ['toHaveUsage', 'bucket', () => [{ current: { count: 1_000_000 } }]],
  toHaveConfiguration: ['toHaveConfiguration', 'bucket', () => ['cors']],
  toAllow: ['toAllow', 'user', () => ['s3:PutObject', 'vault/report']],
};

function textOf([matcher, subject, values, isNot = false]: Asked): Failure {
  return ({ control: { mock }, count }) => {
    const match = matchers[matcher] as unknown as (
      this: object,
      subject: unknown,
      ...values: readonly unknown[]
    ) => MatcherResult; // each has its own parameters
    const vault = findVault(mock);
    if (vault === undefined && subject === 'bucket') return () => undefined;
    const subjects = { mock, bucket: vault, user: mock.account.user('somebody') };
    const given = values(count);
    return () => {
      try {
        const result: MatcherResult & { readonly expected?: unknown; readonly actual?: unknown } = match.call(
          { isNot },
          subjects[subject],
          ...given,
        );
        return [result.message(), result.expected, result.actual];
      } catch (error) {
        return error;
      }
    };
  };
}

export const failures: Readonly<Record<string, Failure>> = {
  ...Object.fromEntries(Object.entries(errors).map(([name, thrown]) => [`test: ${name}`, screenOf(thrown)])),
  'test: the time is over': screenOf(ofTimeOut, { isTimedOut: true }),
  'test: concurrent': screenOf((_s3, count) => ofJest(count + 1, count, 'toBe'), { isConcurrent: true }),
  ...Object.fromEntries(Object.entries(asked).map(([name, one]) => [name, textOf(one)])),
  'requests.explain()':
    ({ control: { mock } }) =>
    () =>
      mock.requests.explain(),
  'requests, printed':
    ({ control: { mock } }) =>
    () =>
      String(mock.requests),
  'events, printed':
    ({ control: { mock } }) =>
    () =>
      String(mock.events),
  'the mock, printed':
    ({ control: { mock } }) =>
    () =>
      inspect(mock),
  'unusedRules()':
    ({ control: { mock } }) =>
    () =>
      mock.unusedRules(),
};
