import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeletePublicAccessBlockCommand as DeleteOfBucket,
  GetBucketAclCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand as GetOfBucket,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand,
  NoSuchPublicAccessBlockConfiguration,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src';
import { toHaveConfiguration } from '../../../src/matchers/bucket-matchers';

const AccountId = '111122223333';
const everySwitch = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const publicPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }],
});

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    account: AccountId,
    buckets: { vault: { publicAccessBlock: null, ownershipControls: 'ObjectWriter', objects: { a: 'a' } } },
  });
});
afterEach(() => s3.stop());

const control = (region = 'us-east-1') => new S3ControlClient({ region });
const client = () => new S3Client({});
const put = (PublicAccessBlockConfiguration: object) =>
  control().send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));

describe("the account's public access block", () => {
  it('is missing at first, and the error names the account', async () => {
    const error = await control()
      .send(new GetPublicAccessBlockCommand({ AccountId }))
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NoSuchPublicAccessBlockConfiguration);
    expect(error).toMatchObject({
      message: 'The public access block configuration was not found',
      AccountId,
      $metadata: { httpStatusCode: 404, requestId: expect.any(String), extendedRequestId: expect.any(String) },
    });
  });

  it('is told with the switch that the document left out, in every region', async () => {
    const { RestrictPublicBuckets: _left, ...others } = everySwitch;
    await put(others);
    const { PublicAccessBlockConfiguration } = await control('eu-west-1').send(
      new GetPublicAccessBlockCommand({ AccountId }),
    );
    expect(PublicAccessBlockConfiguration).toEqual({ ...others, RestrictPublicBuckets: false });
    expect(s3.account.publicAccessBlock).toEqual(PublicAccessBlockConfiguration);
  });

  it('refuses a public policy of a bucket that blocks nothing itself', async () => {
    await put(everySwitch);
    await expect(
      client().send(new PutBucketPolicyCommand({ Bucket: 'vault', Policy: publicPolicy })),
    ).rejects.toMatchObject({
      message: `User: arn:aws:iam::${AccountId}:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::vault" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    });
    expect(s3.requests.last()?.why).toBe("statement 1 is public, and the bucket's account has BlockPublicPolicy");
  });

  it('of the caller does not count for the bucket of another account', async () => {
    const { credentials } = s3.createAccount('partner', { publicAccessBlock: everySwitch });
    s3.bucket('vault').policy = publicPolicy;
    const partner = new S3Client({ credentials });
    await expect(partner.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a' }))).resolves.toBeDefined();
    s3.account.publicAccessBlock = { RestrictPublicBuckets: true };
    await expect(partner.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('leaves the status of a policy as it is', async () => {
    s3.bucket('vault').policy = publicPolicy;
    s3.account.publicAccessBlock = everySwitch;
    const { PolicyStatus } = await client().send(new GetBucketPolicyStatusCommand({ Bucket: 'vault' }));
    expect(PolicyStatus).toEqual({ IsPublic: true });
  });

  const ACL = 'public-read';
  const object = { Bucket: 'vault', Key: 'a', ACL } as const;
  it.each([
    ['PutBucketAcl', () => client().send(new PutBucketAclCommand({ Bucket: 'vault', ACL }))],
    ['PutObjectAcl', () => client().send(new PutObjectAclCommand(object))],
    ['PutObject', () => client().send(new PutObjectCommand(object))],
    ['CopyObject', () => client().send(new CopyObjectCommand({ ...object, Key: 'b', CopySource: 'vault/a' }))],
    ['CreateMultipartUpload', () => client().send(new CreateMultipartUploadCommand(object))],
  ])('refuses the public ACL of a %s', async (_operation, send) => {
    s3.account.publicAccessBlock = { BlockPublicAcls: true };
    await expect(send()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because public ACLs are prevented by the BlockPublicAcls setting'),
    });
    expect(s3.requests.last()?.why).toBe("the ACL is public, and the bucket's account has BlockPublicAcls");
  });

  it('refuses a new bucket with a public ACL', async () => {
    s3.account.publicAccessBlock = { BlockPublicAcls: true };
    const ObjectOwnership = 'ObjectWriter';
    await expect(
      client().send(new CreateBucketCommand({ Bucket: 'other', ACL: 'public-read', ObjectOwnership })),
    ).rejects.toMatchObject({ name: 'InvalidBucketAclWithBlockPublicAccessError' });
  });

  it('takes what a public ACL gives until it is gone', async () => {
    await client().send(new PutObjectAclCommand({ Bucket: 'vault', Key: 'a', ACL: 'public-read' }));
    await client().send(new PutBucketAclCommand({ Bucket: 'vault', ACL: 'public-read' }));
    const seen = async () => {
      const { status } = await fetch('https://vault.s3.us-east-1.amazonaws.com/a');
      const { Grants } = await client().send(new GetBucketAclCommand({ Bucket: 'vault' }));
      return [status, Grants?.length];
    };
    expect(await seen()).toEqual([200, 2]);
    s3.account.publicAccessBlock = { IgnorePublicAcls: true };
    expect(await seen()).toEqual([403, 1]);
    s3.account.publicAccessBlock = undefined;
    expect(await seen()).toEqual([200, 2]);
  });

  it('is kept apart from that of a bucket', async () => {
    s3.account.publicAccessBlock = everySwitch;
    await client().send(new DeleteOfBucket({ Bucket: 'vault' }));
    await expect(client().send(new GetOfBucket({ Bucket: 'vault' }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
      BucketName: 'vault',
    });
  });

  it('keeps a public policy in force from strangers until it is gone', async () => {
    s3.bucket('vault').policy = publicPolicy;
    const read = () => fetch('https://vault.s3.us-east-1.amazonaws.com/a').then(({ status }) => status);
    expect(await read()).toBe(200);
    s3.account.publicAccessBlock = { RestrictPublicBuckets: true };
    expect(await read()).toBe(403);
    await expect(client().send(new GetObjectCommand({ Bucket: 'vault', Key: 'a' }))).resolves.toBeDefined();
    s3.account.publicAccessBlock = undefined;
    expect(await read()).toBe(200);
  });

  it('is compared by toHaveConfiguration', () => {
    const compare = (expected?: object) => toHaveConfiguration(s3.account, 'publicAccessBlock', expected);
    expect(compare().message()).toBe(
      "Expected account 'default' to have the configuration publicAccessBlock, but it has none.",
    );
    s3.account.publicAccessBlock = { BlockPublicAcls: true };
    expect(compare({ BlockPublicAcls: true }).pass).toBe(true);
    expect(compare({ BlockPublicPolicy: true }).message()).toContain(
      "Expected account 'default' to have the configuration publicAccessBlock { BlockPublicPolicy: true }, but it has",
    );
    expect(() => toHaveConfiguration(s3.account, 'policy')).toThrow(
      "toHaveConfiguration: an account has one configuration, publicAccessBlock, and no policy. Take a bucket: expect(s3.bucket('vault')).",
    );
  });
});
