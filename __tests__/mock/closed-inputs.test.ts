import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { mockS3 } from '../../src/testing/jest';

const s3 = mockS3({ buckets: { vault: {} } });

/** As plain JavaScript calls it. */
type Call = (s3: MockS3, operation: string, input: object) => unknown;
type Matcher = (...given: readonly unknown[]) => void;
type Matchers = Readonly<Record<string, Matcher>>;
const matchersOf = (given: MockS3, negated = false): Matchers => {
  const { not, ...matchers } = expect(given) as unknown as Matchers & { readonly not: Matchers }; // called with wrong values on purpose
  return negated ? not : matchers;
};
const untyped = (given: object) =>
  given as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>; // as above

const calls: readonly (readonly [name: string, call: Call])[] = [
  ['toHaveReceived', (mock, operation, input) => matchersOf(mock)['toHaveReceived']?.(operation, input)],
  ['toHaveReceived', (mock, operation, input) => matchersOf(mock, true)['toHaveReceived']?.(operation, input)],
  ['toHaveReceivedTimes', (mock, operation, input) => matchersOf(mock)['toHaveReceivedTimes']?.(operation, 0, input)],
  ['toHaveReceivedNth', (mock, operation, input) => matchersOf(mock)['toHaveReceivedNth']?.(1, operation, input)],
  ['toHaveReceivedLast', (mock, operation, input) => matchersOf(mock, true)['toHaveReceivedLast']?.(operation, input)],
  ['toHaveReceivedOnly', (mock, operation, input) => matchersOf(mock, true)['toHaveReceivedOnly']?.(operation, input)],
  ['toHaveApplied', (mock, operation, input) => matchersOf(mock)['toHaveApplied']?.(operation, input)],
  ['toHaveApplied', (mock, operation, input) => matchersOf(mock, true)['toHaveApplied']?.(operation, input)],
  ['toHaveRefused', (mock, operation, input) => matchersOf(mock)['toHaveRefused']?.(operation, input)],
  ['toHaveRefused', (mock, operation, input) => matchersOf(mock, true)['toHaveRefused']?.(operation, input, {})],
  ['s3.requests.of', ({ requests }, operation, input) => untyped(requests)['of']?.call(requests, operation, input)],
  [
    's3.requests.of',
    ({ requests }, operation, input) => untyped(requests)['of']?.call(requests, operation, input, { applied: true }),
  ],
  ...['expect', 'expectLast', 'expectOnly', 'expectNone', 'expectApplied', 'expectRefused'].map(
    (name): readonly [string, Call] => [
      `s3.requests.${name}`,
      ({ requests }, operation, input) => untyped(requests)[name]?.call(requests, operation, input),
    ],
  ),
  [
    's3.requests.expectTimes',
    ({ requests }, operation, input) => untyped(requests)['expectTimes']?.call(requests, operation, 0, input),
  ],
  [
    's3.requests.expectNth',
    ({ requests }, operation, input) => untyped(requests)['expectNth']?.call(requests, 1, operation, input),
  ],
  ['s3.on', (mock, operation, input) => untyped(mock)['on']?.call(mock, operation, input)],
];

describe.each(calls)('%s', (name, call) => {
  it('refuses a member that the input does not have', () => {
    expect(() => call(s3, 'PutObject', { Buket: 'vault' })).toThrow(
      new TypeError(`${name}: the input of PutObject has no Buket. Did you mean Bucket?`),
    );
  });

  it('refuses such a member within a structure and in an item of a list', () => {
    expect(() => call(s3, 'PutBucketVersioning', { VersioningConfiguration: { Staus: 'Enabled' } })).toThrow(
      new TypeError(
        `${name}: the input of PutBucketVersioning has no VersioningConfiguration.Staus. Did you mean Status? VersioningConfiguration has: Status, MFADelete.`,
      ),
    );
    expect(() => call(s3, 'DeleteObjects', { Delete: { Objects: [{ Kay: 'a' }] } })).toThrow(
      /^\S+: the input of DeleteObjects has no Delete\.Objects\[0\]\.Kay\. Did you mean Key\?/,
    );
  });

  it('refuses such a member under an older name of the operation', () => {
    expect(() => call(s3, 'PutBucketLifecycle', { Colour: 'red' })).toThrow(
      new TypeError(
        `${name}: the input of PutBucketLifecycleConfiguration has no Colour. Its members are the members of the AWS SDK's PutBucketLifecycleConfigurationCommandInput.`,
      ),
    );
  });
});

describe('s3.requests.waitFor', () => {
  it('refuses a member that the input does not have', async () => {
    await expect(untyped(s3.requests)['waitFor']?.call(s3.requests, 'PutObject', { Buket: 'vault' })).rejects.toThrow(
      new TypeError('s3.requests.waitFor: the input of PutObject has no Buket. Did you mean Bucket?'),
    );
  });
});

describe('an expected input', () => {
  it('may have any names in metadata and in an asymmetric matcher', () => {
    s3.requests.expectNone('PutObject', { Metadata: { colour: 'red' } });
    s3.requests.expectNone('PutObject', expect.objectContaining({ Buket: 'vault' }));
    s3.requests.expectNone('PutBucketVersioning', { VersioningConfiguration: expect.objectContaining({ Staus: '' }) });
    expect(() =>
      s3.on('PutObject', { Metadata: { colour: 'red' }, Body: expect.anything() }).fail('SlowDown'),
    ).not.toThrow();
  });
});
