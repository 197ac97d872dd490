import { CreateBucketCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { thrownBy } from '../support/thrown';

let s3: MockS3;

beforeEach(() => {
  const objects = { 'a.txt': 'first', 'b.txt': ['first', deleteMarker], 'c.txt': 'first' };
  s3 = mockS3({
    buckets: { vault: { versioning: 'Enabled', objects }, plain: { objects: { 'a.txt': '', 'b.txt': '' } } },
  });
});
afterEach(async () => {
  await s3.stop();
});

const messageOf = (act: () => unknown) => String(Reflect.get(Object(thrownBy(act)), 'message'));
const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const untyped = (): Record<string, (...given: unknown[]) => unknown> => Object(s3);
const handler = () => undefined;

async function whyRefused(LocationConstraint: string, region = 'us-east-1') {
  const CreateBucketConfiguration = { LocationConstraint: LocationConstraint as 'eu-west-1' }; // of any text
  const created = new S3Client({ region }).send(new CreateBucketCommand({ Bucket: 'new', CreateBucketConfiguration }));
  await expect(created).rejects.toMatchObject({ name: 'InvalidLocationConstraint' });
  return s3.requests.last()?.why;
}

describe('a hint is what would work', () => {
  it.each(['us-east-1', 'us-east1'])('for the location %s', async (constraint) => {
    expect(await whyRefused(constraint)).toBe(
      `LocationConstraint is '${constraint}'. S3 creates a bucket in us-east-1 if there is no LocationConstraint: leave it out`,
    );
  });

  it('for a misspelt location', async () => {
    expect(await whyRefused('eu-west1')).toBe("LocationConstraint is 'eu-west1'. Did you mean eu-west-1?");
  });

  const ofEvents = (event: string) => () => {
    const configuration = { QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', Events: [event] };
    Object.assign(s3.bucket('vault'), { notification: { QueueConfigurations: [configuration] } });
  };
  const cases: readonly (readonly [title: string, act: () => unknown, hint: string])[] = [
    ['an event of another word', ofEvents('s3:ObjectDeleted:*'), 'Did you mean s3:ObjectRemoved:*?'],
    ['an event of the log', () => Object(s3.events).of('ObjectDeleted:*'), 'Did you mean ObjectRemoved:*?'],
    ['an action', () => Object(s3.account).may('s3:RemoveObject', 'vault/a'), 'Did you mean s3:DeleteObject?'],
    [
      'JSON as a version',
      () => untyped()['createBucket']?.('new', { objects: { 'a.json': { a: 1 } } }),
      'JSON.stringify(value)',
    ],
    ['JSON as a body', () => Object(s3.bucket('vault')).put('a.json', { name: 'ann' }), 'JSON.stringify(value)'],
    ['a list as a body', () => Object(s3.bucket('vault')).put('a.json', ['ann']), 'JSON.stringify(value)'],
    [
      'a misspelt member of a version',
      () => untyped()['createBucket']?.('new', { objects: { a: { bdy: '' } } }),
      'Did you mean body?',
    ],
    [
      'an option that a handler does not have',
      () => untyped()['deliverTo']?.(thumbnail, { handler, onFailure: handler }),
      "there is no option 'onFailure'",
    ],
    [
      'a value beside a handler',
      () => untyped()['deliverTo']?.(thumbnail, { handler, batchSize: 3 }),
      "there is no option 'batchSize'",
    ],
    [
      'a module with a handler',
      () => untyped()['deliverTo']?.(thumbnail, { handler, resize: handler }),
      'Did you mean its member handler?',
    ],
    ['a mock that passes for a spy', () => Object(s3).calls, "write expect(s3).toHaveReceived('PutObject')"],
    ['requests that pass for a spy', () => Object(s3.requests).calls, "write expect(s3).toHaveReceived('PutObject')"],
    [
      'null as a version',
      () => matchers.toHaveVersions(s3.bucket('vault'), 'b.txt', ['first', null]),
      'the constant deleteMarker',
    ],
  ];
  it.each(cases)('for %s', (_title, act, hint) => {
    expect(messageOf(act)).toContain(hint);
  });

  it("for 'deleteMarker' as a text", () => {
    const result = matchers.toHaveVersions(s3.bucket('vault'), 'b.txt', ['first', 'deleteMarker']);
    expect(result.message()).toContain('Write the constant deleteMarker for a delete marker');
  });
});

describe('a reset is named as the reason', () => {
  it('for a bucket that it removed, and for no other', () => {
    s3.createBucket('mine');
    s3.reset();
    expect(messageOf(() => s3.bucket('mine'))).toContain('The mock was reset');
    expect(messageOf(() => s3.bucket('hers'))).toBe("there is no bucket 'hers'. The buckets are: 'vault', 'plain'.");
    expect(messageOf(() => Object(s3).bucket(undefined))).toContain("Give the name of a bucket, such as 'vault'.");
  });
});

describe('a key without an object', () => {
  const absent = (bucket: string, key: string) =>
    ` If it should not exist, write s3.bucket('${bucket}').current('${key}') === undefined, or with the matchers of this library expect(s3.bucket('${bucket}')).not.toHaveObject('${key}').`;

  it('may be misspelt', () => {
    expect(messageOf(() => s3.bucket('vault').object('d.txt'))).toBe(
      `there is no object 'd.txt' in bucket 'vault'. The keys are: 'a.txt', 'c.txt'. Did you mean a.txt?${absent('vault', 'd.txt')}`,
    );
  });

  it('is spelt right if its delete marker is there', () => {
    expect(messageOf(() => s3.bucket('vault').object('b.txt'))).toBe(
      `there is no object 'b.txt' in bucket 'vault': its current version is a delete marker. The keys are: 'a.txt', 'c.txt'.${absent('vault', 'b.txt')}`,
    );
  });

  it('is spelt right if a request named it', async () => {
    await new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a.txt' }));
    expect(messageOf(() => s3.bucket('plain').object('a.txt'))).toBe(
      `there is no object 'a.txt' in bucket 'plain'. The keys are: 'b.txt'.${absent('plain', 'a.txt')}`,
    );
  });
});
