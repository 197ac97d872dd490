import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import type { MockS3 } from '../../../src';
import { allUsers, putAcl, withAcls } from '../../support/acl';
import { markDeleted, put } from '../../support/objects';
import { copiesOf, toReplica } from '../../support/replication';

const policy = {
  Statement: {
    Effect: 'Allow',
    Principal: '*',
    Action: ['s3:Replicate*', 's3:ObjectOwnerOverrideToBucketOwner', 's3:PutObjectAcl'],
    Resource: 'arn:aws:s3:::replica/*',
  },
} as const;
const versioned = { versioning: 'Enabled', ...withAcls } as const;
const s3 = mockS3({
  accounts: { partner: {} },
  buckets: {
    vault: { ...versioned, replication: toReplica() },
    replica: { ...versioned, owner: 'partner', policy },
  },
});

const override = () =>
  toReplica({
    Destination: { Account: s3.bucket('replica').owner, AccessControlTranslation: { Owner: 'Destination' } },
  });
const publicRead = { 'x-amz-acl': 'public-read' };
const aclOfReplica = () => {
  const current = s3.bucket('replica').current('k');
  if (current === undefined || !('acl' in current)) throw new Error('there is no replica');
  return current.acl;
};
const markerIn = ({ toJSON }: Pick<MockS3, 'toJSON'>) => {
  const { objects } = Object(toJSON.call(s3).buckets?.['replica']);
  return Object(objects).k.at(-1);
};

const ofOwner = { ID: s3.account.canonicalId };
const full = { Grantee: { Type: 'CanonicalUser', ID: s3.account.canonicalId }, Permission: 'FULL_CONTROL' };
const read = { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' };

// F882
describe('a replica in a bucket of another account', () => {
  it('has the owner and the ACL of its source', async () => {
    await put('/vault/k', 'data', publicRead);
    expect(aclOfReplica()).toEqual({ Owner: ofOwner, Grants: [full, read] });
  });

  it('gets the ACL that its source is given later', async () => {
    await put('/vault/k', 'data', publicRead);
    await putAcl('/vault/k?acl', { 'x-amz-acl': 'private' });
    expect(aclOfReplica()).toEqual({ Owner: ofOwner, Grants: [full] });
  });

  it("keeps its ACL if the destination's owner has it, even after the rule says no more that it shall", async () => {
    s3.bucket('vault').replication = override();
    await put('/vault/k');
    await putAcl('/vault/k?acl', publicRead);
    expect(aclOfReplica()).toBeUndefined();
    s3.bucket('vault').replication = toReplica();
    await putAcl('/vault/k?acl', publicRead);
    expect(aclOfReplica()).toBeUndefined();
  });

  it('gets later ACLs even after the rule says that new replicas have another owner', async () => {
    await put('/vault/k', 'data', publicRead);
    s3.bucket('vault').replication = override();
    await putAcl('/vault/k?acl', { 'x-amz-acl': 'private' });
    expect(aclOfReplica()).toEqual({ Owner: ofOwner, Grants: [full] });
  });

  it.each([
    ['that of its source', toReplica, { owner: 'default' }],
    ["the destination's, if the rule says so", override, {}],
  ])('has an owner of a delete marker: %s', async (_name, replication, owner) => {
    s3.bucket('vault').replication = replication();
    await put('/vault/k');
    await markDeleted('/vault/k');
    expect(markerIn(s3)).toEqual({
      deleteMarker: true,
      versionId: expect.any(String),
      lastModified: expect.any(String),
      replicationStatus: 'REPLICA',
      replicaOf: 'vault',
      ...owner,
    });
  });
});

describe('a replica in a bucket of the same account', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-change-owner.html
  it('that was made with the override keeps its ACL after the override is gone, and gets no later ACL', async () => {
    s3.createBucket('mine', versioned);
    const Destination = { Bucket: 'arn:aws:s3:::mine' };
    const AccessControlTranslation = { Owner: 'Destination' } as const;
    s3.bucket('vault').replication = toReplica({
      Destination: { ...Destination, Account: s3.account.id, AccessControlTranslation },
    });
    await put('/vault/k');
    s3.bucket('vault').replication = toReplica({ Destination });
    await putAcl('/vault/k?acl', publicRead);
    expect(s3.bucket('mine').current('k')).toMatchObject({ acl: undefined });
    expect(copiesOf(s3)).toEqual(['object COMPLETED']);
  });

  it('has the ACL of its source, unless the rule or the bucket says otherwise', async () => {
    s3.createBucket('mine', versioned);
    const rule = { Destination: { Bucket: 'arn:aws:s3:::mine' } };
    s3.bucket('vault').replication = toReplica(rule);
    await put('/vault/k', 'data', publicRead);
    expect(s3.bucket('mine').current('k')).toMatchObject({ acl: 'public-read' });
    s3.bucket('mine').ownershipControls = 'BucketOwnerEnforced';
    await put('/vault/k', 'data', publicRead);
    expect(s3.bucket('mine').current('k')).toMatchObject({ acl: undefined });
    expect(copiesOf(s3)).toEqual(['object COMPLETED', 'object COMPLETED']);
  });
});
