import {
  DeletePublicAccessBlockCommand,
  GetObjectAclCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';
import { allUsers, putAcl } from '../../support/acl';
import { cosHost } from '../../support/clients/story-client';
import { signedBy, textOf, textsOf } from '../../support/documents';
import { get } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const partner = s3.createAccount('partner');
const owner = { Type: 'CanonicalUser', ID: s3.account.canonicalId } as const;
const fullControl = { Grantee: owner, Permission: 'FULL_CONTROL' } as const;
const publicRead = { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' } as const;

const client = new S3Client({ maxAttempts: 1 });
afterEach(() => client.destroy());

async function open(Bucket: string): Promise<void> {
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
  await client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
}

describe("AWS's SDK", () => {
  it('shares one version with another account, by a document made of the present one', async () => {
    await open('vault');
    const where = { Bucket: 'vault', Key: 'report.pdf' };
    const { VersionId } = await client.send(new PutObjectCommand({ ...where, Body: 'first' }));
    await client.send(new PutObjectCommand({ ...where, Body: 'second' }));
    const { Owner, Grants = [] } = await client.send(new GetObjectAclCommand({ ...where, VersionId }));
    const share = { Grantee: { Type: 'CanonicalUser', ID: partner.canonicalId }, Permission: 'READ' } as const;
    const AccessControlPolicy = { Owner, Grants: [...Grants, share] };
    await client.send(new PutObjectAclCommand({ ...where, VersionId, AccessControlPolicy }));
    const acls = s3
      .bucket('vault')
      .versions('report.pdf')
      .map(({ acl }) => acl);
    expect(acls).toEqual([undefined, { Grants: [fullControl, share] }]);
    expect(s3).toHaveReceived('PutObjectAcl', { AccessControlPolicy });
  });

  it('reports which setting of a new bucket is in the way', async () => {
    const change = () => client.send(new PutBucketAclCommand({ Bucket: 'vault', ACL: 'public-read' }));
    await expect(change()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('prevented by the BlockPublicAcls setting'),
    });
    await client.send(new DeletePublicAccessBlockCommand({ Bucket: 'vault' }));
    await expect(change()).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
    await open('vault');
    await change();
    expect(s3.bucket('vault').acl).toBe('public-read');
  });
});

describe('ACLs on IBM COS', () => {
  const connect = () => {
    const endpoint = 's3.us-south.cloud-object-storage.appdomain.cloud';
    return new CosS3({ endpoint, apiKeyId: 'an-api-key', serviceInstanceId: 'instance', maxRetries: 0 });
  };
  const cosOwner = { ID: '000000000000', DisplayName: '000000000000' };

  it('are set on a new bucket and its objects, which COS does not restrict', async () => {
    const cos = connect();
    await cos.createBucket({ Bucket: 'cos-bucket', ACL: 'public-read' }).promise();
    await cos.putObject({ Bucket: 'cos-bucket', Key: 'k', Body: 'data', ACL: 'public-read' }).promise();
    const { Owner, Grants } = await cos.getObjectAcl({ Bucket: 'cos-bucket', Key: 'k' }).promise();
    expect({ Owner, Grants }).toEqual({ Owner: cosOwner, Grants: [publicRead] });
    expect((await cos.getBucketAcl({ Bucket: 'cos-bucket' }).promise()).Grants).toEqual([publicRead]);
    await cos.putObjectAcl({ Bucket: 'cos-bucket', Key: 'k', ACL: 'private' }).promise();
    await cos.putBucketAcl({ Bucket: 'cos-bucket', ACL: 'authenticated-read' }).promise();
    expect(s3.bucket('cos-bucket').object('k').acl).toBeUndefined();
    expect(s3.bucket('cos-bucket').acl).toBe('authenticated-read');
  });

  it('are set by a document that names accounts as COS does', async () => {
    const cos = connect();
    await cos.putObject({ Bucket: 'vault', Key: 'k', Body: 'data' }).promise();
    const share = { Grantee: { Type: 'CanonicalUser', ID: partner.id }, Permission: 'READ' };
    const AccessControlPolicy = { Owner: cosOwner, Grants: [share] };
    await cos.putObjectAcl({ Bucket: 'vault', Key: 'k', AccessControlPolicy }).promise();
    const { Grants } = await cos.getObjectAcl({ Bucket: 'vault', Key: 'k' }).promise();
    expect(Grants).toEqual([{ ...share, Grantee: { ...share.Grantee, DisplayName: partner.id } }]);
  });

  // public-access.md in ibm-cloud-docs/cloud-object-storage. F286
  it('end with an empty x-amz-acl, and an unknown word is ignored', async () => {
    const bearer = { Authorization: 'Bearer a.b.c' };
    await send({
      method: 'PUT',
      host: cosHost,
      path: '/vault/k',
      body: 'data',
      headers: { ...bearer, 'x-amz-acl': 'public-read' },
    });
    expect(s3.bucket('vault').object('k').acl).toBe('public-read');
    const ended = await putAcl('/vault/k?acl', { ...bearer, 'x-amz-acl': '' }, { host: cosHost });
    expect({ status: ended.status, acl: s3.bucket('vault').object('k').acl }).toEqual({ status: 200, acl: undefined });
    expect((await putAcl('/vault?acl', { ...bearer, 'x-amz-acl': 'mine' }, { host: cosHost })).status).toBe(200);
  });

  it('are refused without a word about the reason if the bucket blocks public ones', async () => {
    s3.bucket('vault').publicAccessBlock = { BlockPublicAcls: true };
    const headers = { Authorization: 'Bearer a.b.c', 'x-amz-acl': 'public-read' };
    const answer = await putAcl('/vault?acl', headers, { host: cosHost });
    expect({ status: answer.status, code: textOf('Code', answer), message: textOf('Message', answer) }).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Access Denied',
    });
    expect(s3.requests.last()?.why).toBe('the ACL is public, and the bucket has BlockPublicAcls');
  });

  it('that were set there are seen through AWS, by its rules', async () => {
    const headers = { Authorization: 'Bearer a.b.c', 'x-amz-acl': 'public-read' };
    await putAcl('/vault?acl', headers, { host: cosHost });
    expect(textsOf('Grant', await get('/vault?acl'))).toHaveLength(1);
    s3.bucket('vault').publicAccessBlock = null;
    s3.bucket('vault').ownershipControls = null;
    expect(textsOf('Grant', await get('/vault?acl', { Authorization: signedBy(s3.account) }))).toHaveLength(2);
  });
});
