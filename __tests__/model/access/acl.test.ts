import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aws } from '../../../src/dialects/aws';
import { ibmCos } from '../../../src/dialects/ibm-cos';
import {
  type AclRules,
  effectiveAcl,
  makeAclRules,
  makeMarkerAcl,
  makeObjectAcl,
  makeStoredAcl,
  type ObjectOwnership,
} from '../../../src/model/access/acl';
import {
  bucketAclWords,
  findBucketAclWord,
  findObjectAclWord,
  makeBucketGrants,
  makeObjectGrants,
  objectAclWords,
} from '../../../src/model/access/canned-acl';
import {
  areSameGrants,
  awsAccounts,
  type Grant,
  groups,
  isPublic,
  makeOwnersGrants,
  permissions,
} from '../../../src/model/access/grants';
import { Bucket, type BucketSettings } from '../../../src/model/bucket';
import { makeStore, start } from '../../support/whole-records';

const store = makeStore();
const bucketOwner = store.defaultAccount;
const writer = store.addAccount('writer');

const bucketWith = (settings: BucketSettings) =>
  new Bucket({ name: 'vault', owner: bucketOwner, region: undefined, location: undefined, created: start }, settings);
const ownership = (ObjectOwnership: ObjectOwnership) => ({ ownershipControls: { Rules: [{ ObjectOwnership }] } });
const rules = (given: Partial<AclRules>): AclRules => ({
  ownership: 'ObjectWriter',
  aclBlocker: undefined,
  ignoresPublicAcls: false,
  ...given,
});
const read = (grantee: Grant['grantee']): Grant => ({ grantee, permission: 'READ' });

// F284
describe('the settings that decide about ACLs', () => {
  const cases: readonly (readonly [what: string, settings: BucketSettings, aws: AclRules, cos: AclRules])[] = [
    [
      'of a new bucket',
      {},
      rules({ ownership: 'BucketOwnerEnforced', aclBlocker: 'the bucket', ignoresPublicAcls: true }),
      rules({}),
    ],
    ['after both were deleted', { ownershipControls: null, publicAccessBlock: null }, rules({}), rules({})],
    [
      'that were put',
      { ...ownership('BucketOwnerPreferred'), publicAccessBlock: { BlockPublicAcls: false, IgnorePublicAcls: true } },
      rules({ ownership: 'BucketOwnerPreferred', ignoresPublicAcls: true }),
      rules({ ignoresPublicAcls: true }),
    ],
  ];

  it.each(cases)('%s', (_what, settings, ofAws, ofCos) => {
    expect(makeAclRules(bucketWith(settings), aws.configurations)).toEqual(ofAws);
    expect(makeAclRules(bucketWith(settings), ibmCos.configurations)).toEqual(ofCos);
  });
});

// F281
describe('the ACL of a new object', () => {
  const byOwner = { writer: bucketOwner, bucketOwner };
  const none = { word: undefined, grants: undefined };

  it('is not kept if it is what the bucket owner has anyway', () => {
    for (const word of [undefined, 'private', 'bucket-owner-read', 'bucket-owner-full-control'] as const)
      expect(makeObjectAcl({ ...none, word }, byOwner, rules({}))).toBeUndefined();
    expect(makeStoredAcl({ owner: bucketOwner, grants: [] }, bucketOwner)).toEqual({ owner: bucketOwner, grants: [] });
  });

  it('leaves the object to its writer, whomever it gives rights', () => {
    const grants = makeOwnersGrants(bucketOwner);
    const byWriter = { writer, bucketOwner };
    expect(makeObjectAcl({ ...none, grants }, byWriter, rules({ ownership: 'ObjectWriter' }))).toEqual({
      owner: writer,
      grants,
    });
  });

  // F544
  it('gives nobody rights to a delete marker', () => {
    const byWriter = { writer, bucketOwner };
    expect(makeMarkerAcl(byWriter, rules({ ownership: 'ObjectWriter' }))).toEqual({ owner: writer, grants: [] });
    expect(makeMarkerAcl(byWriter, rules({ ownership: 'BucketOwnerEnforced' }))).toBeUndefined();
    expect(makeMarkerAcl(byOwner, rules({ ownership: 'ObjectWriter' }))).toBeUndefined();
  });
});

// F284
describe('the ACL that counts', () => {
  const acl = { owner: writer, grants: [read(groups.allUsers), read(writer), read(groups.logDelivery)] };
  const bucket = bucketWith({});

  it('is the stored one if the bucket has ACLs', () => {
    expect(effectiveAcl(acl, bucket, rules({ aclBlocker: 'the bucket' }))).toBe(acl);
  });

  it('has no public grants if the bucket ignores them', () => {
    const grants = [read(writer), read(groups.logDelivery)];
    expect(effectiveAcl(acl, bucket, rules({ ignoresPublicAcls: true }))).toEqual({ owner: writer, grants });
  });
});

describe('a grant', () => {
  it.each([
    [groups.allUsers, true],
    [groups.authenticatedUsers, true],
    [groups.logDelivery, false],
    [writer, false],
    [awsAccounts.exec, false],
  ])('to %j is public: %s', (grantee, expected) => {
    expect(permissions.map((permission) => isPublic({ grantee, permission }))).toEqual(permissions.map(() => expected));
  });
});

describe('canned ACLs', () => {
  it('are found by their grants, and by nothing else', () => {
    const granteeOf = fc.constantFrom(bucketOwner, writer, ...Object.values(groups), ...Object.values(awsAccounts));
    const grant = fc.record({ grantee: granteeOf, permission: fc.constantFrom(...permissions) });
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), (grants) => {
        const bucketWord = findBucketAclWord(grants, bucketOwner);
        if (bucketWord !== undefined)
          expect(areSameGrants(makeBucketGrants(bucketWord, bucketOwner), grants)).toBe(true);
        const parties = { owner: writer, bucketOwner };
        const objectWord = findObjectAclWord(grants, parties);
        if (objectWord !== undefined) expect(areSameGrants(makeObjectGrants(objectWord, parties), grants)).toBe(true);
      }),
    );
    for (const word of objectAclWords) {
      const parties = { owner: writer, bucketOwner };
      expect(findObjectAclWord(makeObjectGrants(word, parties), parties)).toBe(word);
    }
  });

  it.each(bucketAclWords)('%s of a bucket begins with the right of its owner', (word) => {
    expect(makeBucketGrants(word, bucketOwner)[0]).toEqual({ grantee: bucketOwner, permission: 'FULL_CONTROL' });
    const found = findBucketAclWord(makeBucketGrants(word, bucketOwner), bucketOwner);
    expect(found).toBe(/^bucket-owner/.test(word) ? 'private' : word);
  });
});
