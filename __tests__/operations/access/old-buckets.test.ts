import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src';

let s3: MockS3;
const start = (options: object) => {
  s3 = mockS3(options);
};
afterEach(() => s3.stop());

const send = (command: CreateBucketCommand | PutObjectCommand) => new S3Client({}).send(command as CreateBucketCommand);
const report = new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'first', ACL: 'public-read' });
const url = 'https://vault.s3.us-east-1.amazonaws.com/report.pdf';

describe("with acls: 'allowed'", () => {
  beforeEach(() => start({ acls: 'allowed' }));

  it('a bucket that a request creates takes a public object', async () => {
    await send(new CreateBucketCommand({ Bucket: 'vault' }));
    await send(report);
    expect(await (await fetch(url)).text()).toBe('first');
  });

  it('a bucket is created with a public ACL', async () => {
    await send(new CreateBucketCommand({ Bucket: 'vault', ACL: 'public-read' }));
    expect((await fetch('https://vault.s3.us-east-1.amazonaws.com/')).status).toBe(200);
  });

  it('a request that asks for the owner alone gets it', async () => {
    const enforced = { Bucket: 'vault', ACL: 'public-read', ObjectOwnership: 'BucketOwnerEnforced' } as const;
    await expect(send(new CreateBucketCommand(enforced))).rejects.toMatchObject({
      name: 'InvalidBucketAclWithObjectOwnership',
    });
  });

  it('a fixture may be public, and one with a configuration of its own keeps it', () => {
    const own = { ownershipControls: 'BucketOwnerEnforced' } as const;
    s3.createBucket('vault', { acl: 'public-read' });
    s3.createBucket('own', own);
    expect(s3.bucket('vault')).toMatchObject({ ownershipControls: null, publicAccessBlock: null });
    expect(s3.bucket('own')).toMatchObject({ publicAccessBlock: null, ...own });
  });

  it('a bucket of IBM COS is as ever', () => {
    s3.createBucket('vault', { region: 'us-south-standard' });
    expect(s3.bucket('vault').publicAccessBlock).toBeUndefined();
  });

  it('the state as JSON makes the same mock', async () => {
    await send(new CreateBucketCommand({ Bucket: 'vault' }));
    const state = JSON.parse(JSON.stringify(s3));
    await s3.stop();
    start(state);
    expect(JSON.parse(JSON.stringify(s3))).toEqual(state);
    await send(report);
    expect(await (await fetch(url)).text()).toBe('first');
  });
});

describe('without the option', () => {
  beforeEach(() => start({}));

  it.each(['public-read', 'authenticated-read'] as const)(
    'CreateBucket with %s says which option allows it',
    async (ACL) => {
      await expect(send(new CreateBucketCommand({ Bucket: 'vault', ACL }))).rejects.toThrow();
      expect(s3.requests.last()?.why).toBe(
        `x-amz-acl is '${ACL}', and a new bucket has no ACLs; mockS3({ acls: 'allowed' }) allows ACLs on new buckets, also public ACLs`,
      );
    },
  );

  it('an object with an ACL says so as well', async () => {
    await send(new CreateBucketCommand({ Bucket: 'vault' }));
    await expect(send(report)).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
    expect(s3.requests.last()?.why).toContain(
      "ownershipControls: 'ObjectWriter', and for public ACLs also publicAccessBlock: null; mockS3({ acls: 'allowed' })",
    );
  });
});
