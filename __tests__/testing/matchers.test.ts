import { describe, expect, it } from '@jest/globals';
import { type MatcherResult, matchers } from '../../src/testing/matchers';
import { entry, journalOf, messageOf, suspended } from '../journal/entries';

const enabled = entry('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } });
const other = entry('PutBucketVersioning', { Bucket: 'scratch', VersioningConfiguration: { Status: 'Enabled' } });
const read = entry('GetBucketVersioning', { Bucket: 'vault' });
const s3 = { requests: journalOf([enabled, read]) };
const bucket = { name: 'vault', versioning: 'Enabled', mfaDelete: undefined } as const;

const headlineOf = ({ message }: MatcherResult) => message().split('\n')[0];

describe('matchers of requests', () => {
  it.each([
    [
      true,
      'toHaveReceived',
      matchers.toHaveReceived(s3, 'PutBucketVersioning', { Bucket: 'vault' }),
      "Expected not to receive PutBucketVersioning with { Bucket: 'vault' }, but 1 matching request came.",
    ],
    [
      false,
      'toHaveReceived',
      matchers.toHaveReceived(s3, 'PutBucketVersioning', { Bucket: 'x' }),
      "Expected to receive PutBucketVersioning with { Bucket: 'x' }, but the one PutBucketVersioning request differs.",
    ],
    [
      true,
      'toHaveReceivedTimes',
      matchers.toHaveReceivedTimes(s3, 'PutBucketVersioning', 1),
      'Expected to receive PutBucketVersioning any number of times except 1, but that many came.',
    ],
    [
      false,
      'toHaveReceivedTimes',
      matchers.toHaveReceivedTimes(s3, 'PutBucketVersioning', 2),
      'Expected to receive PutBucketVersioning 2 times, but 1 matching request came.',
    ],
    [
      true,
      'toHaveReceivedNth',
      matchers.toHaveReceivedNth(s3, 1, 'GetBucketVersioning'),
      'Expected no GetBucketVersioning request 1, but it came.',
    ],
    [
      true,
      'toHaveReceivedNth',
      matchers.toHaveReceivedNth(s3, 1, 'GetBucketVersioning', { Bucket: 'vault' }),
      "Expected no GetBucketVersioning request 1 with { Bucket: 'vault' }, but it came.",
    ],
    [
      false,
      'toHaveReceivedNth',
      matchers.toHaveReceivedNth(s3, 2, 'GetBucketVersioning'),
      'Expected a GetBucketVersioning request 2, but only 1 GetBucketVersioning request came.',
    ],
    [
      true,
      'toHaveReceivedLast',
      matchers.toHaveReceivedLast(s3, 'GetBucketVersioning'),
      'Expected the last request not to be GetBucketVersioning, but it is.',
    ],
    [
      false,
      'toHaveReceivedLast',
      matchers.toHaveReceivedLast(s3, 'PutBucketVersioning'),
      'Expected the last request to be PutBucketVersioning, but it is not.',
    ],
    [
      true,
      'toHaveReceivedOnly',
      matchers.toHaveReceivedOnly(journalOf([read]), 'GetBucketVersioning'),
      'Expected to receive something other than GetBucketVersioning, but nothing else came.',
    ],
    [
      false,
      'toHaveReceivedOnly',
      matchers.toHaveReceivedOnly(s3, 'GetBucketVersioning'),
      'Expected to receive only GetBucketVersioning, but 1 other request came.',
    ],
    [
      false,
      'toHaveReceivedOnly',
      matchers.toHaveReceivedOnly(journalOf([]), 'GetBucketVersioning'),
      'Expected to receive only GetBucketVersioning, but no request came at all.',
    ],
    [
      true,
      'toHaveApplied',
      matchers.toHaveApplied(s3, 'PutBucketVersioning', { Bucket: 'vault' }),
      "Expected S3 not to apply PutBucketVersioning with { Bucket: 'vault' }, but it applied 1 matching request.",
    ],
    [
      false,
      'toHaveApplied',
      matchers.toHaveApplied(journalOf([suspended]), 'PutBucketVersioning'),
      'Expected S3 to apply PutBucketVersioning, but S3 refused it with 403 AccessDenied: the code 287082 was accepted before, at 12:00:05.',
    ],
    [
      true,
      'toHaveRefused',
      matchers.toHaveRefused(journalOf([suspended]), 'PutBucketVersioning', {}, { code: 'AccessDenied', status: 403 }),
      "Expected S3 not to refuse PutBucketVersioning with {} (status 403, code 'AccessDenied'), but S3 refused it with 403 AccessDenied: the code 287082 was accepted before, at 12:00:05.",
    ],
    [
      false,
      'toHaveRefused',
      matchers.toHaveRefused(s3, 'GetBucketVersioning'),
      'Expected S3 to refuse GetBucketVersioning, but S3 applied it, with 200.',
    ],
  ])('%p: %s', (pass, _name, result, headline) => {
    expect(result.pass).toBe(pass);
    expect(headlineOf(result)).toBe(headline);
  });

  it("fail with the message of the journal's assertions", () => {
    const { message } = matchers.toHaveReceived(s3, 'PutBucketVersioning', { Bucket: 'x' });
    expect(message()).toBe(messageOf(() => s3.requests.expect('PutBucketVersioning', { Bucket: 'x' })));
  });

  it.each([
    ['nothing', undefined, 'undefined'],
    ['another object', { url: 'x' }, "{ url: 'x' }"],
    [
      'a bucket',
      { ...bucket, requests: s3.requests },
      "{ name: 'vault', versioning: 'Enabled', mfaDelete: undefined, requests: Journal {} }",
    ],
  ])('take no %s', (_name, given, text) => {
    expect(() => matchers.toHaveReceivedOnly(given, 'PutObject')).toThrow(
      new TypeError(
        `toHaveReceivedOnly takes the mock or its requests: expect(s3).toHaveReceivedOnly(...). It was given ${text}.`,
      ),
    );
  });

  it('fail, and their negations too, if requests were dropped', () => {
    const short = journalOf([enabled, read], { limit: 1 });
    const text =
      /^It is unknown whether PutBucketVersioning was received as expected: the journal no longer has all requests\./;
    expect(messageOf(() => matchers.toHaveReceived(short, 'PutBucketVersioning'))).toMatch(text);
    expect(messageOf(() => matchers.toHaveReceivedTimes(short, 'PutBucketVersioning', 0))).toMatch(text);
    expect(messageOf(() => matchers.toHaveReceivedOnly(short, 'PutBucketVersioning'))).toMatch(text);
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
      matchers.toHaveVersioning(bucket, 'Suspended'),
      "Expected bucket 'vault' to have versioning 'Suspended', but it has 'Enabled'.",
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

  it('accept only a bucket', () => {
    expect(() => matchers.toHaveVersioning('vault', 'Enabled')).toThrow(
      new TypeError(
        "toHaveVersioning takes a bucket: expect(s3.bucket('vault')).toHaveVersioning(...). It was given 'vault'.",
      ),
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
