import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import { writeBatchCure } from '../../src/screen/thrown-answers';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      inbox: { objects: { 'new/1.eml': 'hello', 'done/2.eml': 'other' } },
      logs: { objects: { 'app/1.log': 'x' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

async function move(from: string, to: string, more: object = {}) {
  const { ETag } = await send('HeadObject', { Bucket: 'inbox', Key: from });
  await send('CopyObject', { Bucket: 'inbox', Key: to, CopySource: `inbox/${from}`, IfMatch: ETag, ...more });
}
const ofDestination = 'IfMatch is about the object that the copy replaces';

tryAll(
  'the ETag of the source in the condition of a copy',
  [
    {
      of: 'a key without an object',
      test: () => move('new/1.eml', 'done/1.eml'),
      says: 'CopyObject inbox/done/1.eml: IfMatch is about the object that the copy replaces, inbox/done/1.eml, and the code sent the ETag of the source. With CopySourceIfMatch in place of IfMatch it would have been answered.',
    },
    { of: 'a key with another object', test: () => move('new/1.eml', 'done/2.eml'), says: ofDestination },
  ],
  [
    {
      of: 'an ETag that is not the one of the source',
      test: () => move('new/1.eml', 'done/1.eml', { IfMatch: '"0123456789abcdef0123456789abcdef"' }),
      hides: ofDestination,
    },
    {
      of: 'a condition on the source that failed',
      test: () => move('new/1.eml', 'done/1.eml', { IfMatch: undefined, CopySourceIfMatch: '"none"' }),
      hides: ofDestination,
    },
  ],
);

const limit = (Filter: object) =>
  send('PutBucketLifecycleConfiguration', {
    Bucket: 'logs',
    LifecycleConfiguration: { Rules: [{ ID: 'old', Status: 'Enabled', Filter, Expiration: { Days: 10 } }] },
  });
const tag = { Key: 'keep', Value: 'no' };

tryAll(
  'several conditions of a filter',
  [
    {
      of: 'a rule of lifecycle',
      test: () => limit({ Prefix: 'app/', Tag: tag }),
      says: "put them into And; write Filter: { And: { Prefix: 'app/', Tags: [{ Key: 'keep', Value: 'no' }] } }",
    },
    {
      of: 'an And with a Tag, which the SDK leaves out',
      test: () => limit({ And: { Prefix: 'app/', Tag: tag } }),
      says: 'an And needs two conditions or more: one alone stands in Filter itself; the tags of an And are a list, Tags, and the SDK v3 leaves out a Tag there',
    },
    {
      of: 'an And beside another condition',
      test: () => limit({ ObjectSizeGreaterThan: 1, And: { Prefix: 'app/', Tags: [tag] } }),
      says: "write Filter: { And: { ObjectSizeGreaterThan: 1, Prefix: 'app/', Tags: [{ Key: 'keep', Value: 'no' }] } }",
    },
  ],
  [{ of: 'a filter that S3 takes', test: () => limit({}).then(() => expect(1).toBe(2)), hides: 'write Filter' }],
);

async function upload(Parts: (tags: readonly unknown[]) => readonly object[]) {
  const at = { Bucket: 'logs', Key: 'film' };
  const { UploadId } = await send('CreateMultipartUpload', at);
  const { ETag } = await send('UploadPart', { ...at, UploadId, PartNumber: 1, Body: 'end' });
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts: Parts([ETag]) } });
}
const withETags = 'if each of Parts had the ETag';

tryAll(
  'parts without ETags',
  [
    {
      of: 'a part that was uploaded',
      test: () => upload(() => [{ PartNumber: 1 }]),
      says: 'CompleteMultipartUpload logs/film: it would have been answered if each of Parts had the ETag that UploadPart answered, such as { PartNumber: 1, ETag: \'"7f021a1415b86f2d013b2618fb31ae53"\' }.',
    },
  ],
  [
    { of: 'a part that nobody uploaded', test: () => upload(() => [{ PartNumber: 2 }]), hides: withETags },
    { of: 'no parts', test: () => upload(() => []), hides: withETags },
    {
      of: 'another ETag than the one of the part',
      test: () => upload(() => [{ PartNumber: 1, ETag: '"7f021a1415b86f2d013b2618fb31ae54"' }]),
      hides: withETags,
    },
  ],
);

const removeAll = (count: number, more: object = {}) =>
  send('DeleteObjects', {
    Bucket: 'logs',
    Delete: { Objects: Array.from({ length: count }, (_, at) => ({ Key: `tmp/${at}`, ...more })) },
  });

tryAll(
  'a batch of too many keys',
  [
    {
      of: 'more than a thousand',
      test: () => removeAll(1200),
      says: 'Object comes 1,200 times, and a request has 1 to 1,000; send 2 requests, each with 1,000 of the keys at most',
    },
  ],
  [{ of: 'no keys', test: () => removeAll(0), hides: 'of the keys at most' }],
);

async function uploadWithCrc(more: object = {}) {
  const at = { Bucket: 'logs', Key: 'film' };
  const algorithm = { ChecksumAlgorithm: 'CRC32' };
  const { UploadId } = await send('CreateMultipartUpload', { ...at, ...algorithm, ...more });
  const part = { ...at, ...algorithm, UploadId, PartNumber: 1, Body: 'end' };
  const { ETag, ChecksumCRC32 } = await send('UploadPart', part);
  const Parts = [{ PartNumber: 1, ETag, ChecksumCRC32 }];
  const made = await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
  return { ofPart: ChecksumCRC32, ofObject: made['ChecksumCRC32'] };
}

tryAll(
  'a cyclic redundancy check of an upload in parts',
  [
    {
      of: 'one of the parts',
      async test() {
        const { ofPart, ofObject } = await uploadWithCrc();
        expect(ofObject).toBe(ofPart);
      },
      says: "and not of the whole bytes. For one of the whole bytes, begin the upload with ChecksumAlgorithm: 'CRC32' and ChecksumType: 'FULL_OBJECT'.",
    },
  ],
  [
    {
      of: 'one of the whole bytes, of other bytes than the test expects',
      async test() {
        const { ofObject } = await uploadWithCrc({ ChecksumType: 'FULL_OBJECT' });
        expect(ofObject).toBe('AAAAAA==');
      },
      hides: 'of the whole bytes',
    },
  ],
);

it('has one check of the whole bytes with ChecksumType FULL_OBJECT', async () => {
  const { ofPart, ofObject } = await uploadWithCrc({ ChecksumType: 'FULL_OBJECT' });
  expect(ofObject).toBe(ofPart);
});

const open = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] };
const own = { AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['PUT'] };
const share = (...CORSRules: readonly object[]) =>
  send('PutBucketCors', { Bucket: 'logs', CORSConfiguration: { CORSRules } });
const expectRules = (...CORSRules: (typeof open)[]) =>
  expect(s3.bucket('logs')).toHaveConfiguration('cors', { CORSRules });
const ofPlaces = 'Two lists are equal';

async function messageOf(test: () => Promise<unknown>): Promise<string> {
  const error = await test().then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return String(error?.message);
}

describe('a list of a configuration that has the expected items', () => {
  it('names the place of a rule, and no difference to another one', async () => {
    const message = await messageOf(async () => {
      await share(own, open);
      expectRules(open);
    });
    expect(message).toContain(
      "CORSRules[1] is the expected CORSRules[0]. Two lists are equal if they have the same length, here 2, and the same order: expect all, or write CORSRules: expect.arrayContaining([expect.objectContaining({ AllowedOrigins: ['*'], AllowedMethods: ['GET'] })]).",
    );
    expect(message).not.toContain('CORSRules[0].AllowedOrigins');
  });

  it('has a cure that passes', async () => {
    await share(own, open);
    expect(s3.bucket('logs')).toHaveConfiguration('cors', {
      CORSRules: expect.arrayContaining([expect.objectContaining(open)]),
    } as never);
  });

  it.each([
    ['a rule that is not there', [{ ...open, AllowedMethods: ['HEAD'] }]],
    ['one of two rules that is not there', [open, { ...open, AllowedMethods: ['HEAD'] }]],
  ])('compares each line of %s', async (_, rules) => {
    const message = await messageOf(async () => {
      await share(own, open);
      expectRules(...rules);
    });
    expect(message).not.toContain(ofPlaces);
    expect(message).toContain('CORSRules[0].AllowedOrigins[0]: expected');
  });

  it('shows the rules that the test gave in the cure for lifecycle, which passes', async () => {
    await limit({});
    const Rules = [{ Expiration: { Days: 10 } }];
    const message = await messageOf(async () =>
      expect(s3.bucket('logs')).toHaveConfiguration('lifecycle' as never, { Rules } as never),
    );
    expect(message).toBe(
      "toHaveConfiguration: there is no configuration 'lifecycle'. Write expect(s3.bucket('logs').lifecycle).toMatchObject({ Rules: expect.arrayContaining([expect.objectContaining({ Expiration: { Days: 10 } })]) }).",
    );
    expect(s3.bucket('logs').lifecycle).toMatchObject({
      Rules: expect.arrayContaining([expect.objectContaining({ Expiration: { Days: 10 } })]),
    });
  });
});

it('says that botocore raises nothing for a batch that is refused in part', () => {
  const batch = { operation: 'DeleteObjects', output: { Errors: [{ Key: '1.pdf' }] } };
  const cureOf = (more: object, message?: string) =>
    writeBatchCure({ ...batch, ...more } as never, message === undefined ? [] : [{ name: 'Error', message }]); // as much as it reads
  const client = 'Boto3/1.43.11 md/Botocore#1.43.11';
  expect(cureOf({ client })).toBe('; the call is answered 200, and botocore raises nothing: read Errors of its answer');
  expect(cureOf({ client }, 'something else')).toBe('');
  expect(cureOf({ client: 'aws-sdk-js/3.1' })).toBe('');
  expect(cureOf({ client, output: {} })).toBe('');
  expect(cureOf({ client, error: { code: 'AccessDenied' } })).toBe('');
});
