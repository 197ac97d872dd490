import { describe, expect, it } from '@jest/globals';
import { findAccessGrant, isUpToObjectOwner, withCountingGrants } from '../../../src/model/access/acl-access';
import { actions } from '../../../src/model/access/actions';
import { type Acl, awsAccounts, type Grantee, groups, type Permission } from '../../../src/model/access/grants';
import { anonymous, makeRootCaller } from '../../../src/model/identity/caller';
import { Store } from '../../../src/model/store';

const store = new Store({ accountId: '123456789012', seed: 'seed', realNow: () => 0, start: 0 });
const owner = store.defaultAccount;
const partner = store.addAccount('partner');
const caller = makeRootCaller(partner);

const aclOf = (grantee: Grantee, permission: Permission): Acl => ({ owner, grants: [{ grantee, permission }] });
const actionNames = actions.map(({ name }) => name);
const none: Acl = { owner, grants: [] };

const allowedBy = (acls: Partial<Parameters<typeof findAccessGrant>[2]>) =>
  actionNames.filter((action) =>
    findAccessGrant(caller, action, { bucket: none, object: undefined, ownerOfVersion: undefined, ...acls }),
  );

// F500
describe('the rights of an ACL', () => {
  it.each<[Permission, readonly string[]]>([
    ['READ', ['s3:GetObject', 's3:GetObjectVersion']],
    ['WRITE', []],
    ['READ_ACP', ['s3:GetObjectAcl', 's3:GetObjectVersionAcl']],
    ['WRITE_ACP', ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']],
  ])('of an object: %s allows %j', (permission, actions) => {
    const allowed = allowedBy({ object: aclOf(partner, permission), ownerOfVersion: owner });
    expect([...allowed].sort()).toEqual(actions);
  });

  it.each<[Permission, readonly string[]]>([
    ['READ', ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions']],
    ['WRITE', []],
    ['READ_ACP', ['s3:GetBucketAcl']],
    ['WRITE_ACP', ['s3:PutBucketAcl']],
  ])("of a bucket, beside another's object: %s allows %j", (permission, actions) => {
    const allowed = allowedBy({ bucket: aclOf(partner, permission), object: none, ownerOfVersion: owner });
    expect([...allowed].sort()).toEqual(actions);
  });

  it('of a bucket to write allows to write, delete and overwrite what the caller owns', () => {
    const writes = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'];
    const bucket = aclOf(partner, 'WRITE');
    expect([...allowedBy({ bucket, object: none, ownerOfVersion: partner })].sort()).toEqual(writes);
  });

  it('of a bucket where the key has no object allow to learn that, and to give a new object an ACL', () => {
    expect(allowedBy({ bucket: aclOf(partner, 'READ') })).toEqual(
      expect.arrayContaining(['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectVersion']),
    );
    expect(allowedBy({ bucket: aclOf(partner, 'READ') })).not.toContain('s3:PutObjectAcl');
    expect(allowedBy({ bucket: aclOf(partner, 'WRITE') })).toEqual(
      expect.arrayContaining(['s3:PutObject', 's3:PutObjectAcl']),
    );
    expect(allowedBy({ bucket: aclOf(partner, 'WRITE') })).not.toContain('s3:GetObject');
  });

  it('may be of a group, of an account, or of the anonymous account', () => {
    const mayRead = (grantee: Grantee) =>
      [caller, anonymous].map(
        (one) =>
          findAccessGrant(one, 's3:GetObject', {
            bucket: none,
            object: aclOf(grantee, 'READ'),
            ownerOfVersion: owner,
          }) !== undefined,
      );
    expect(mayRead(groups.allUsers)).toEqual([true, true]);
    expect(mayRead(groups.authenticatedUsers)).toEqual([true, false]);
    expect(mayRead(groups.logDelivery)).toEqual([false, false]);
    expect(mayRead(partner)).toEqual([true, false]);
    expect(mayRead(owner)).toEqual([false, false]);
    expect(mayRead(awsAccounts.anonymous)).toEqual([false, true]);
  });

  it('name the grant of a group before that of an account', () => {
    const everyone = { grantee: groups.allUsers, permission: 'READ' } as const;
    const object: Acl = { owner, grants: [{ grantee: partner, permission: 'FULL_CONTROL' }, everyone] };
    expect(findAccessGrant(caller, 's3:GetObject', { bucket: none, object, ownerOfVersion: owner })).toEqual({
      kind: 'grant',
      grant: everyone,
      of: 'object',
    });
  });
});

// F501
it('only reading an object, its ACL and the change of that are up to its owner', () => {
  expect(actionNames.filter(isUpToObjectOwner).sort()).toEqual([
    's3:GetObject',
    's3:GetObjectAcl',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:PutObjectAcl',
    's3:PutObjectVersionAcl',
  ]);
});

// F541
it('a service without rights of ACLs knows public objects all the same', () => {
  const publicRead = { grantee: groups.allUsers, permission: 'READ' } as const;
  const acl: Acl = {
    owner,
    grants: [
      publicRead,
      { grantee: groups.allUsers, permission: 'WRITE' },
      { grantee: groups.authenticatedUsers, permission: 'READ' },
      { grantee: partner, permission: 'READ' },
    ],
  };
  expect(withCountingGrants(acl, 'object', 'public reads of objects')).toEqual({ owner, grants: [publicRead] });
  expect(withCountingGrants(acl, 'bucket', 'public reads of objects')).toEqual({ owner, grants: [] });
  expect(withCountingGrants(acl, 'bucket', 'all')).toBe(acl);
});
