import { PutBucketVersioningCommand, PutBucketWebsiteCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/faces/main';
import type { Journal } from '../../src/journal/journal';
import { readOperationName } from '../../src/journal/operation-names';
import { matchers } from '../../src/testing/matchers';
import { journalOf, known, messageOf } from './entries';

const Name = PutBucketVersioningCommand as never;
const input = { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' as const } };

describe('a command of the AWS SDK in place of the name of an operation', () => {
  const ofClass =
    "An operation is given by its name. It was given PutBucketVersioningCommand. Give the name 'PutBucketVersioning'.";

  it.each<[string, (journal: Journal) => unknown]>([
    ['of', (journal) => journal.of(Name)],
    ['expect', (journal) => journal.expect(Name)],
    ['expectTimes', (journal) => journal.expectTimes(Name, 1)],
    ['expectNth', (journal) => journal.expectNth(1, Name)],
    ['expectLast', (journal) => journal.expectLast(Name)],
    ['expectOnly', (journal) => journal.expectOnly(Name)],
    ['expectNone', (journal) => journal.expectNone(Name)],
    ['toHaveReceived', (journal) => matchers.toHaveReceived(journal, Name)],
    ['toHaveReceivedTimes', (journal) => matchers.toHaveReceivedTimes(journal, Name, 1)],
    ['toHaveReceivedNth', (journal) => matchers.toHaveReceivedNth(journal, 1, Name)],
    ['toHaveReceivedLast', (journal) => matchers.toHaveReceivedLast(journal, Name)],
    ['toHaveReceivedOnly', (journal) => matchers.toHaveReceivedOnly(journal, Name)],
  ])('makes %s say which string to write', (_name, act) => {
    expect(messageOf(() => act(journalOf([])))).toBe(ofClass);
  });

  it('makes on say so too', async () => {
    await using s3 = mockS3({ hosts: { only: [] } });
    expect(messageOf(() => s3.on(Name))).toBe(
      `${ofClass} Without a rule, S3 answers from its buckets: put what it should answer into the fixture.`,
    );
  });

  it.each<[string, unknown, string]>([
    [
      'an instance',
      new PutBucketVersioningCommand(input),
      "An operation is given by its name. It was given PutBucketVersioningCommand. Give the name 'PutBucketVersioning', and the input as an argument of its own.",
    ],
    [
      'the name of the class',
      'PutBucketVersioningCommand',
      "An operation is given by its name. 'PutBucketVersioningCommand' is a class of the AWS SDK. Give the name 'PutBucketVersioning'.",
    ],
    [
      'the class as older builds of the SDK name it',
      class _PutBucketVersioningCommand {},
      "An operation is given by its name. It was given PutBucketVersioningCommand. Give the name 'PutBucketVersioning'.",
    ],
    [
      'the class of an operation with an older name',
      class PutBucketLifecycleCommand {},
      "An operation is given by its name. It was given PutBucketLifecycleCommand. Give the name 'PutBucketLifecycle'.",
    ],
    [
      'the class of no operation of the table',
      class PutItemCommand {},
      "S3, STS and S3 Control have no operation [class PutItemCommand]. Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.",
    ],
    [
      'a symbol',
      Symbol('PutObject'),
      "S3, STS and S3 Control have no operation Symbol(PutObject). Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.",
    ],
    [
      'null',
      null,
      "S3, STS and S3 Control have no operation null. Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.",
    ],
    [
      'an object without a prototype',
      Object.create(null),
      "S3, STS and S3 Control have no operation {}. Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.",
    ],
  ])('is recognized as %s', (_name, given, message) => {
    expect(messageOf(() => readOperationName(known, given))).toBe(message);
  });

  it('is a command that the table has, whichever it is', async () => {
    await using s3 = mockS3({ hosts: { only: [] } });
    expect(messageOf(() => s3.on(PutBucketWebsiteCommand as never))).toMatch(
      /Give the name 'PutBucketWebsite'\. Without a rule, S3 answers from its buckets: put what it should answer into the fixture\.$/,
    );
  });
});

it('the name by which s3.on makes replication fail is not a request, and the error says where the copies are', () => {
  expect(messageOf(() => readOperationName(known, 'ReplicateObject'))).toBe(
    "'ReplicateObject' is not a request: S3 copies by itself. Its copies are in s3.requests.serviceActions, and expect(s3.bucket('vault')).toHaveReplicated('report.pdf') checks for a copy.",
  );
});

it.each([
  ['statObject', 'HeadObject'],
  ['fPutObject', 'PutObject'],
  ['upload_file', 'PutObject'],
  ['put_object', 'PutObject'],
  ['removeObjects', 'DeleteObjects'],
])('the method %s of a client is %s', (method, operation) => {
  expect(() => readOperationName({ ...known, names: [...known.names, 'HeadObject'] }, method)).toThrow(
    `Did you mean ${operation}?`,
  );
});
