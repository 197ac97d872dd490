import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { md5 } from '../../../src/formats/digests';
import { findDifferences } from '../../../src/journal/input-matching';
import { operations } from '../../../src/operations/table';
import { findWords } from '../../../src/shapes/expected-values';
import type { Shape } from '../../../src/shapes/shape';
import { compareWithSdk, type Difference, sdkOperations, wordsOfInputs } from '../sdk-types';

/** `*` is any operation. */
const inputExceptions: Readonly<Record<string, readonly string[]>> = {
  'bodies are bytes': ['PutObject.Body', 'UploadPart.Body', 'PutObjectAnnotation.AnnotationPayload'],
  'S3 reads it on every request': [
    ...['*.ExpectedBucketOwner', '*.RequestPayer', '*.ContentMD5', '*.ChecksumAlgorithm'],
    ...['*.ChecksumCRC32', '*.ChecksumCRC32C', '*.ChecksumCRC64NVME', '*.ChecksumSHA1', '*.ChecksumSHA256'],
    ...['*.ChecksumSHA512', '*.ChecksumMD5', '*.ChecksumXXHASH64', '*.ChecksumXXHASH3', '*.ChecksumXXHASH128'],
  ],
  "only IBM COS has it, and IBM's SDK names it so": [
    'CreateBucket.IBMServiceInstanceId',
    'CreateBucket.IBMSSEKPEncryptionAlgorithm',
    'CreateBucket.IBMSSEKPCustomerRootKeyCrn',
    'ListBuckets.IBMServiceInstanceId',
    ...['PutObject', 'CopyObject', 'CompleteMultipartUpload'].flatMap((name) => [
      ...[`${name}.RetentionPeriod`, `${name}.RetentionExpirationDate`, `${name}.RetentionLegalHoldId`],
    ]),
    'CopyObject.RetentionDirective',
    'PutBucketLifecycleConfiguration.LifecycleConfiguration.Rules[].Filter.TagSet',
    'PutBucketLifecycleConfiguration.LifecycleConfiguration.Rules[].Filter.And.TagSet',
  ],
  'IBM COS has words of its own': [
    'CreateBucket.CreateBucketConfiguration.LocationConstraint',
    'PutBucketLifecycleConfiguration.LifecycleConfiguration.Rules[].Transitions[].StorageClass',
    'PutBucketLifecycleConfiguration.LifecycleConfiguration.Rules[].NoncurrentVersionTransitions[].StorageClass',
    'RestoreObject.RestoreRequest.Tier',
    'RestoreObject.RestoreRequest.GlacierJobParameters.Tier',
  ],
  'S3 accepts log-delivery-write for objects, and the SDK lists it for buckets alone (F280)': [
    ...['CopyObject.ACL', 'CreateMultipartUpload.ACL', 'PutObject.ACL'],
    'RestoreObject.RestoreRequest.OutputLocation.S3.CannedACL',
  ],
  'S3 accepts the permissions of ACLs': [
    'PutBucketLogging.BucketLoggingStatus.LoggingEnabled.TargetGrants[].Permission',
  ],
  'S3 answers the names with a capital, and takes them in any case': ['Topic', 'Queue', 'LambdaFunction'].map(
    (kind) =>
      `PutBucketNotificationConfiguration.NotificationConfiguration.${kind}Configurations[].Filter.Key.FilterRules[].Name`,
  ),
  'the API reference has it, and the SDK has not (F845)': ['DeleteObjectAnnotation.BypassGovernanceRetention'],
  'the mock lacks the operation, and records its document as it came, too (F231)': ['*.Body', '*.VersionId'],
};

const outputExceptions: Readonly<Record<string, readonly string[]>> = {
  'it is the status of the answer': ['GetObject.StatusCode', 'HeadObject.StatusCode', 'RestoreObject.StatusCode'],
  'S3 answers it, and the SDK does not read it': [
    'GetBucketAcl.Grants[].Grantee.Namespace',
    'GetObjectAcl.Grants[].Grantee.Namespace',
    'GetObjectAcl.VersionId',
    'PutObjectAcl.VersionId',
    'PutObjectLegalHold.VersionId',
    'PutObjectRetention.VersionId',
    ...['PutObject.StorageClass', 'CopyObject.StorageClass', 'RestoreObject.VersionId'],
    ...['GetObject', 'HeadObject', 'UploadPart', 'UploadPartCopy'].map((name) => `${name}.SSEKMSEncryptionContext`),
    'ListObjects.BucketRegion',
    'ListObjectsV2.BucketRegion',
  ],
  'S3 answers versions and delete markers in one order, of which the SDK makes two lists': [
    'ListObjectVersions.Entries',
  ],
  "only IBM COS has it, and IBM's SDK names it so": [
    'GetBucketLifecycleConfiguration.Rules[].Filter.TagSet',
    'GetBucketLifecycleConfiguration.Rules[].Filter.And.TagSet',
    'HeadBucket.IBMSSEKPCustomerRootKeyCrn',
    ...['GetObject', 'HeadObject'].flatMap((name) => [
      ...[`${name}.RetentionPeriod`, `${name}.RetentionExpirationDate`],
      ...[`${name}.RetentionLegalHoldCount`, `${name}.RetentionPeriodSource`],
    ]),
    'HeadBucket.IBMSSEKPEnabled',
    ...['GetObject', 'HeadObject'].flatMap((name) => [
      ...[`${name}.IBMTransition`, `${name}.IBMRestoredCopyStorageClass`, `${name}.IBMArchiveTransitionTime`],
    ]),
  ],
  'the model keeps it beside a rule, and no answer has it (F120)': ['GetBucketLifecycleConfiguration.Rules[].ofWrites'],
};

const names = sdkOperations.filter((name) => Object.hasOwn(operations, name));
const { inputs, outputs, samples } = compareWithSdk(names);

const inWords = ({ member, how }: Difference) => `${member}: ${how}`;

function unexpected(differences: readonly Difference[], exceptions: Readonly<Record<string, readonly string[]>>) {
  const excepted = Object.values(exceptions).flat();
  const isExcepted = ({ member, how }: Difference) =>
    excepted.includes(member) || (how === 'not in the SDK' && excepted.includes(member.replace(/^\w+/, '*')));
  const found = differences.flatMap(({ member }) => [member, member.replace(/^\w+/, '*')]);
  return {
    differences: differences.filter((one) => !isExcepted(one)).map(inWords),
    idle: excepted.filter((one) => !found.includes(one)),
  };
}

describe(`the declarations beside those of @aws-sdk/client-s3: ${names.length} operations`, () => {
  it(`have its inputs: ${inputs.compared} members, but for the listed ones`, () => {
    expect(unexpected(inputs.differences, inputExceptions)).toEqual({ differences: [], idle: [] });
  });

  it(`have no members of outputs that it does not have, but for the listed ones (${outputs.compared} in both)`, () => {
    const strange = outputs.differences.filter(({ how }) => how === 'not in the SDK');
    expect(unexpected(strange, outputExceptions)).toEqual({ differences: [], idle: [] });
  });

  it('are read by the compiler', () => {
    expect(names.length).toBeGreaterThan(100);
    expect(inputs.compared).toBeGreaterThan(1100);
    expect(outputs.compared).toBeGreaterThan(300);
  });
});

/** The shape of a member, or of the items of a list, at `PutObject.ACL`. */
function shapeAt(path: string): Shape | undefined {
  const [name = '', ...members] = path.split('.');
  let at: Shape | undefined = { kind: 'structure', members: operations[name as keyof typeof operations].input };
  for (const member of members) {
    const within: Shape | undefined = at !== undefined && 'item' in at ? at.item : at;
    at = within?.kind === 'structure' ? within.members[member] : undefined;
  }
  return at !== undefined && 'item' in at ? at.item : at;
}

describe('the closed lists of words', () => {
  const words = wordsOfInputs(names);

  it('are in the declarations, with all words of the SDK, so that a test can expect no other', () => {
    const lacking = [...words].flatMap(([path, ofSdk]) => {
      const shape = shapeAt(path);
      const ours = shape && findWords(shape);
      const missing = ofSdk.filter((word) => ours?.includes(word) !== true);
      return missing.length === 0 ? [] : [`${path}: ${missing.join(', ')}`];
    });
    expect({ lacking }).toEqual({ lacking: [] });
  });

  it('are many', () => {
    expect(words.size).toBeGreaterThan(100);
  });
});

const key = Buffer.alloc(32, 7).toString('base64');
const keyMd5 = md5(Buffer.from(key, 'base64')).toString('base64');

/** Members whose values the SDK reads itself. */
const readBySdk: Readonly<Record<string, unknown>> = {
  Bucket: 'vault',
  Key: 'report.pdf',
  Body: 'data',
  ContentLength: 4,
  SSECustomerKey: key,
  SSECustomerKeyMD5: keyMd5,
  CopySourceSSECustomerKey: key,
  CopySourceSSECustomerKeyMD5: keyMd5,
};

describe('an input with all members', () => {
  const s3 = mockS3();
  const client = new sdk.S3Client({ maxAttempts: 1 });
  const known = new Set(Object.values(inputExceptions).flat());

  it.each(names)('of %s is recorded as it was sent', async (name) => {
    const members = Object.entries(samples.get(name) ?? {}).filter(
      ([member]) => member === 'Body' || !known.has(`${name}.${member}`),
    );
    const input = Object.fromEntries(members.map(([member, value]) => [member, readBySdk[member] ?? value]));
    const Command = Reflect.get(sdk, `${name}Command`) as new (input: object) => sdk.PutObjectCommand; // the commands differ in their types only
    // What S3 answers does not matter here.
    await client.send(new Command(input)).catch(() => undefined);
    const [entry] = s3.requests;
    expect(entry?.operation).toBe(name);
    expect(findDifferences(input, entry?.input)).toEqual([]);
  });
});
