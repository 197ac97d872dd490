import { describe, expect, it } from '@jest/globals';
import { requestAssertions } from '../../src/journal/assertions';
import { matchers } from '../../src/testing/matchers';
import { entry, journalOf, messageOf, suspended } from '../journal/entries';

const enabled = entry('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } });
const other = entry('PutBucketVersioning', { Bucket: 'scratch', VersioningConfiguration: { Status: 'Enabled' } });
const read = entry('GetBucketVersioning', { Bucket: 'vault' });
const s3 = { requests: journalOf([enabled, read]) };
const bucket = { name: 'vault', versioning: 'Enabled', mfaDelete: undefined } as const;

describe('matchers of requests', () => {
  const { toHaveReceived, toHaveReceivedTimes, toHaveReceivedNth, toHaveReceivedLast, toHaveReceivedOnly } = matchers;
  const { toHaveApplied, toHaveRefused } = matchers;
  const denied = journalOf([suspended]);

  it.each([
    [
      toHaveReceived(s3, 'PutBucketVersioning', { Bucket: 'vault' }),
      "Expected not to receive PutBucketVersioning with { Bucket: 'vault' }, but 1 matching request came.",
    ],
    [
      toHaveReceivedTimes(s3, 'PutBucketVersioning', 1),
      'Expected to receive PutBucketVersioning any number of times except 1, but that many came.',
    ],
    [toHaveReceivedNth(s3, 1, 'GetBucketVersioning'), 'Expected no GetBucketVersioning request 1, but it came.'],
    [
      toHaveReceivedNth(s3, 1, 'GetBucketVersioning', { Bucket: 'vault' }),
      "Expected no GetBucketVersioning request 1 with { Bucket: 'vault' }, but it came.",
    ],
    [
      toHaveReceivedLast(s3, 'GetBucketVersioning'),
      'Expected the last request not to be GetBucketVersioning, but it is.',
    ],
    [
      toHaveReceivedOnly(journalOf([read]), 'GetBucketVersioning'),
      'Expected to receive something other than GetBucketVersioning, but nothing else came.',
    ],
    [
      toHaveApplied(s3, 'PutBucketVersioning', { Bucket: 'vault' }),
      "Expected S3 not to apply PutBucketVersioning with { Bucket: 'vault' }, but it applied 1 matching request.",
    ],
    [
      toHaveRefused(denied, 'PutBucketVersioning', {}, { code: 'AccessDenied', status: 403 }),
      "Expected S3 not to refuse PutBucketVersioning with {} (status 403, code 'AccessDenied'), but S3 refused it with 403 AccessDenied: the code 287082 was already accepted at 12:00:05.",
    ],
  ])('hold, and say why their negation does not: %#', ({ pass, message }, headline) => {
    expect({ pass, headline: message().split('\n')[0] }).toEqual({ pass: true, headline });
  });

  it.each(Object.entries(requestAssertions))(
    "fail with the message of the journal's assertion: %s",
    (name, { method }) => {
      const given = { expectTimes: ['PutObject', 2], expectNth: [2, 'PutObject'] }[String(method)] ?? ['PutObject'];
      const { pass, message } = matchers[name as keyof typeof matchers](s3, ...given);
      const assertion = () => Reflect.apply(s3.requests[method], s3.requests, given);
      expect({ pass, message: message() }).toEqual({ pass: false, message: messageOf(assertion) });
    },
  );

  it.each([
    ['another object', { url: 'x' }, "{ url: 'x' }"],
    [
      'a bucket',
      { ...bucket, requests: s3.requests },
      "{ name: 'vault', versioning: 'Enabled', mfaDelete: undefined, requests: Journal {} }",
    ],
  ])('take no %s', (_name, given, text) => {
    expect(() => toHaveReceivedOnly(given, 'PutObject')).toThrow(
      new TypeError(
        `toHaveReceivedOnly takes the mock or its requests: expect(s3).toHaveReceivedOnly(...). It was given ${text}.`,
      ),
    );
  });
});

describe('matchers of buckets', () => {
  it.each([
    [
      true,
      matchers.toHaveVersioning(bucket, 'Enabled'),
      "Expected bucket 'vault' not to have versioning 'Enabled', but it does.",
    ],
    [
      false,
      matchers.toHaveVersioning(bucket, undefined),
      "Expected bucket 'vault' to have versioning undefined (never set), but it has 'Enabled'.",
    ],
    [
      true,
      matchers.toHaveMfaDelete(bucket, undefined),
      "Expected bucket 'vault' not to have MFA Delete undefined (never set), but it does.",
    ],
    [
      false,
      matchers.toHaveMfaDelete(bucket, 'Enabled'),
      "Expected bucket 'vault' to have MFA Delete 'Enabled', but it has undefined (never set).",
    ],
  ])('%p: %o', (pass, result, message) => {
    expect(result.pass).toBe(pass);
    expect(result.message()).toBe(message);
  });

  it('list the requests that set it', () => {
    const requests = journalOf([read, read, enabled, other], { limit: 3 });
    expect(matchers.toHaveVersioning({ ...bucket, requests }, 'Suspended').message()).toBe(
      [
        "Expected bucket 'vault' to have versioning 'Suspended', but it has 'Enabled'.",
        '',
        'The PutBucketVersioning requests for it:',
        "  3. 12:00:05.123  PutBucketVersioning  vault  200  { VersioningConfiguration: { Status: 'Enabled' } }  aws-sdk-js/3.1169.0",
      ].join('\n'),
    );
    expect(matchers.toHaveMfaDelete({ ...bucket, requests: journalOf([read]) }, 'Enabled').message()).toBe(
      "Expected bucket 'vault' to have MFA Delete 'Enabled', but it has undefined (never set).\n\nNo PutBucketVersioning request came for it.",
    );
  });

  it('refuse a state that S3 does not have', () => {
    expect(() => matchers.toHaveVersioning(bucket, 'suspended')).toThrow(
      new TypeError(
        "toHaveVersioning expects 'Enabled', 'Suspended', undefined (never set); it was given 'suspended'.",
      ),
    );
    expect(() => matchers.toHaveMfaDelete(bucket, true)).toThrow(
      new TypeError("toHaveMfaDelete expects 'Enabled', 'Disabled', undefined (never set); it was given true."),
    );
  });
});
