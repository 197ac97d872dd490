import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  accounts: { partner: {} },
  buckets: {
    vault: {
      versioning: 'Enabled',
      mfaDelete: 'Enabled',
      objects: { 'report.pdf': { body: 'first', versionId: 'v1' } },
    },
    'partners-data': { owner: 'partner', versioning: 'Enabled', objects: { 'data.csv': 'a,b' } },
  },
});
const partner = s3.createAccount('second partner');

const clients: S3Client[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

function clientOf(credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): S3Client {
  const client = new S3Client(credentials ? { credentials } : {});
  clients.push(client);
  return client;
}

function anonymous(): S3Client {
  const client = new S3Client({ signer: { sign: async (request) => request } });
  clients.push(client);
  return client;
}

const denied = { name: 'AccessDenied', message: 'Access Denied', $metadata: { httpStatusCode: 403 } };

describe("another account's bucket", () => {
  test('cannot be read or written', async () => {
    const theirs = clientOf(partner.credentials);
    const where = { Bucket: 'vault', Key: 'report.pdf' };
    await expect(theirs.send(new GetObjectCommand(where))).rejects.toMatchObject(denied);
    await expect(theirs.send(new PutObjectCommand({ ...where, Body: 'other' }))).rejects.toMatchObject(denied);
    await expect(theirs.send(new DeleteObjectCommand(where))).rejects.toMatchObject(denied);
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first']);
    expect(s3.requests.last()?.why).toBe(
      `account 'second partner' (${partner.id}) does not own the bucket; account 000000000000 does`,
    );
  });

  test('records the caller with the request', async () => {
    const { credentials } = partner.user('bob');
    await expect(clientOf(credentials).send(new HeadBucketCommand({ Bucket: 'vault' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(s3.requests.last()?.caller).toEqual({
      account: partner.id,
      user: 'bob',
      accessKeyId: credentials.accessKeyId,
    });
  });

  test('refuses anonymous callers', async () => {
    const where = { Bucket: 'vault', Key: 'report.pdf' };
    await expect(anonymous().send(new GetObjectCommand(where))).rejects.toMatchObject(denied);
    expect(s3.requests.last()?.caller).toBe('anonymous');
  });

  test('cannot be the source of a copy', async () => {
    const copy = new CopyObjectCommand({ Bucket: 'vault', Key: 'data.csv', CopySource: 'partners-data/data.csv' });
    await expect(clientOf().send(copy)).rejects.toMatchObject(denied);
  });

  test('has a name that nobody else can use', async () => {
    const create = (name: string) => clientOf().send(new CreateBucketCommand({ Bucket: name }));
    await expect(create('partners-data')).rejects.toMatchObject({ name: 'BucketAlreadyExists' });
    // In the first region, S3 answers the owner as if the bucket were new.
    expect(await create('vault')).toMatchObject({ Location: '/vault' });
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });
});

describe('the owner that a program expects', () => {
  const read = (ExpectedBucketOwner: string) =>
    clientOf().send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf', ExpectedBucketOwner }));

  test('must be the account id of the owner', async () => {
    expect((await read(s3.account.id)).VersionId).toBe('v1');
    await expect(read(partner.id)).rejects.toMatchObject(denied);
    await expect(read('my-account')).rejects.toMatchObject({
      name: 'InvalidBucketOwnerAWSAccountID',
      message: 'The value of the expected bucket owner parameter must be an AWS Account ID... [my-account]',
    });
    expect(s3).toHaveReceivedTimes('GetObject', 1, { ExpectedBucketOwner: s3.account.id });
  });

  test('is checked for both sides of a copy', async () => {
    const copy = (owners: { ExpectedBucketOwner?: string; ExpectedSourceBucketOwner?: string }) =>
      clientOf().send(
        new CopyObjectCommand({ Bucket: 'vault', Key: 'copy.pdf', CopySource: 'vault/report.pdf', ...owners }),
      );
    await expect(copy({ ExpectedSourceBucketOwner: partner.id })).rejects.toMatchObject(denied);
    await expect(copy({ ExpectedBucketOwner: partner.id })).rejects.toMatchObject(denied);
    await copy({ ExpectedBucketOwner: s3.account.id, ExpectedSourceBucketOwner: s3.account.id });
    expect(s3.bucket('vault')).toHaveObject('copy.pdf', { body: 'first' });
  });
});

describe('root and the other users of an account', () => {
  const suspend = (client: S3Client, MFA?: string) =>
    client.send(
      new PutBucketVersioningCommand({
        Bucket: 'vault',
        MFA,
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    );

  test('read and write equally', async () => {
    const ann = clientOf(s3.account.user('ann').credentials);
    await ann.send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'second' }));
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });

  test('differ if MFA Delete requires the root user', async () => {
    const ann = clientOf(s3.account.user('ann').credentials);
    await expect(suspend(ann, s3.mfa.header())).rejects.toMatchObject({
      message: 'This operation may only be performed by the bucket owner',
    });
    const forGood = new DeleteObjectCommand({
      Bucket: 'vault',
      Key: 'report.pdf',
      VersionId: 'v1',
      MFA: s3.mfa.header(),
    });
    await expect(ann.send(forGood)).rejects.toMatchObject({
      ...denied,
      message: 'This operation may only be performed by the bucket owner',
    });
    await suspend(clientOf(), s3.mfa.header());
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
  });

  // F200
  test('do not change versioning with temporary keys, not even those of the root user', async () => {
    const temporary = clientOf({ ...s3.account.credentials, sessionToken: 'FwoGZXIvYXdzEXAMPLE' });
    const mfa = s3.mfa.header();
    await expect(suspend(temporary, mfa)).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'DevPay and Mfa are mutually exclusive authorization methods.',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(s3.requests.last()?.why).toContain('AWS_SESSION_TOKEN');
    await suspend(clientOf(), mfa);
  });
});

test('each account lists only its own buckets, under its canonical id', async () => {
  const theirs = clientOf(partner.credentials);
  await theirs.send(new CreateBucketCommand({ Bucket: 'of-the-partner' }));
  const { Buckets, Owner } = await theirs.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['of-the-partner']);
  expect(Owner?.ID).toBe(partner.canonicalId);
  const { Grants } = await theirs.send(new GetBucketAclCommand({ Bucket: 'of-the-partner' }));
  expect(Grants).toMatchObject([{ Grantee: { ID: partner.canonicalId }, Permission: 'FULL_CONTROL' }]);
  expect(s3.bucket('of-the-partner').owner).toBe(partner.id);
});
