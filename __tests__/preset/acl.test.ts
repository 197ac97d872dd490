import { describe, expect, it } from '@jest/globals';
import { type BucketFixture, mockS3 } from 's3-versioning-mock/jest';
import { aclContent, allUsers, authenticatedUsers, grant, logDelivery, putAcl } from '../support/acl';
import { cosHost } from '../support/clients/story-client';
import { answerDocument, signedBy } from '../support/documents';
import { get, put } from '../support/objects';

const keys = { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'secret' };
const s3 = mockS3({
  accounts: { partner: { credentials: keys } },
  buckets: {
    site: {
      versioning: 'Enabled',
      ownershipControls: 'ObjectWriter',
      publicAccessBlock: { BlockPublicAcls: false },
      acl: 'public-read',
      objects: {
        'index.html': [
          { body: 'old', versionId: 'v1' },
          { body: 'new', versionId: 'v2', acl: 'public-read' },
        ],
        'theirs.txt': {
          body: 'data',
          acl: {
            Owner: { ID: 'partner' },
            Grants: [{ Grantee: { Type: 'Group', URI: authenticatedUsers }, Permission: 'READ' }],
          },
        },
      },
    },
    vault: {},
  },
});
const owner = s3.account.canonicalId;
const partner = () => JSON.parse(JSON.stringify(s3.bucket('site').object('theirs.txt').acl)).Owner.ID as string;

const policy = (...grants: readonly string[]) => answerDocument('AccessControlPolicy', aclContent(owner, ...grants));
const toPartner = { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'partner' }, Permission: 'READ' }] } as const;

describe('the ACL of a fixture', () => {
  it('is answered by S3', async () => {
    const published = policy(grant(owner, 'FULL_CONTROL'), grant(allUsers, 'READ'));
    expect((await get('/site?acl')).text).toBe(published);
    expect((await get('/site/index.html?acl')).text).toBe(published);
    expect((await get('/site/index.html?acl&versionId=v1')).text).toBe(policy(grant(owner, 'FULL_CONTROL')));
    const asPartner = { Authorization: signedBy({ credentials: keys }) };
    expect((await get('/site/theirs.txt?acl', asPartner)).text).toBe(
      answerDocument('AccessControlPolicy', aclContent(partner(), grant(authenticatedUsers, 'READ'))),
    );
  });

  it('names accounts by canonical id, account id or name', () => {
    const ids = s3.createAccount('third');
    for (const ID of [ids.canonicalId, ids.id, ids.name]) {
      const Grants = [{ Grantee: { Type: 'CanonicalUser' as const, ID }, Permission: 'READ' as const }];
      s3.bucket('site').acl = { Grants };
      expect(s3.bucket('site').acl).toEqual({
        Grants: [{ Grantee: { Type: 'CanonicalUser', ID: ids.canonicalId }, Permission: 'READ' }],
      });
    }
  });

  it('may be the private one', () => {
    s3.createBucket('plain', { acl: 'private', objects: { k: { body: '1', acl: 'bucket-owner-full-control' } } });
    expect({ bucket: s3.bucket('plain').acl, object: s3.bucket('plain').object('k').acl }).toEqual({
      bucket: undefined,
      object: undefined,
    });
  });

  it('may share a bucket of IBM COS, which has no ownership controls', () => {
    s3.createBucket('cos', { region: 'us-south-standard', acl: 'public-read' });
    expect(s3.bucket('cos').acl).toBe('public-read');
  });

  it('belongs to an object also in a bucket without ACLs, which may have had some', async () => {
    s3.bucket('vault').put('k', 'data', { acl: 'public-read' });
    expect(s3.bucket('vault').current('k')?.acl).toBe('public-read');
    expect((await get('/vault/k?acl')).text).toBe(policy(grant(owner, 'FULL_CONTROL')));
  });

  it.each<[fixture: BucketFixture, message: string]>([
    [
      { acl: 'public-read' },
      "bucket 'new': acl is 'public-read', but its ownership is 'BucketOwnerEnforced', and S3 then allows only FULL_CONTROL for the owner. Also give ownershipControls 'ObjectWriter' or 'BucketOwnerPreferred', and for a public ACL publicAccessBlock: null.",
    ],
    [
      { ownershipControls: 'BucketOwnerEnforced', acl: 'log-delivery-write' },
      "bucket 'new': acl is 'log-delivery-write', but its ownership is 'BucketOwnerEnforced'",
    ],
    [
      { acl: 'publik-read' as 'public-read' },
      "bucket 'new': invalid acl 'publik-read'; expected one of private, public-read, public-read-write, authenticated-read, aws-exec-read, log-delivery-write, bucket-owner-read, bucket-owner-full-control, or { Grants }. Did you mean public-read?",
    ],
    [{ acl: { Grants: {} as [] } }, "bucket 'new', acl, Grants: invalid value {}; expected a list"],
    [{ acl: { Grants: Array(101).fill({}) } }, "bucket 'new', acl, Grants has 101 items; expected 0 to 100"],
    [{ acl: { Owner: {} } as object }, "bucket 'new', acl: there is no option 'Owner'. The options are: Grants."],
    [
      { acl: { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'nobody' }, Permission: 'READ' }] } },
      "bucket 'new', acl, Grants 1, Grantee: there is no account 'nobody'. The accounts are: default (",
    ],
    [
      { acl: { Grants: [{ Grantee: { Type: 'Group', URI: 'all' }, Permission: 'READ' }] } },
      `bucket 'new', acl, Grants 1, Grantee: invalid URI 'all'; expected one of ${allUsers}, ${authenticatedUsers}, ${logDelivery}`,
    ],
    [
      { acl: { Grants: [{ Grantee: { Type: 'AmazonCustomerByEmail' }, Permission: 'READ' }] } },
      "bucket 'new', acl, Grants 1, Grantee, Type: invalid value 'AmazonCustomerByEmail'; expected 'CanonicalUser' or 'Group'",
    ],
    [
      { acl: { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'default' }, Permission: 'ALL' as 'READ' }] } },
      "bucket 'new', acl, Grants 1, Permission: invalid value 'ALL'; expected 'FULL_CONTROL' or 'WRITE' or 'WRITE_ACP' or 'READ' or 'READ_ACP'",
    ],
    [
      { acl: { Grants: [null as unknown as object] } },
      "bucket 'new', acl, Grants 1: invalid value null; expected an object with members such as Grantee",
    ],
    [{ acl: { Grants: [{ Permission: 'READ' }] } }, "bucket 'new', acl, Grants 1 has no Grantee, which is required"],
    [
      { objects: { k: { body: '1', acl: 'log-delivery' as 'private' } } },
      "bucket 'new', key 'k': invalid acl 'log-delivery'; expected one of private, public-read, public-read-write, authenticated-read, aws-exec-read, log-delivery-write, bucket-owner-read, bucket-owner-full-control, or { Grants }. Did you mean log-delivery-write?",
    ],
    [
      { versioning: 'Enabled', objects: { k: { deleteMarker: true, acl: 'private' } } },
      "bucket 'new', key 'k': a delete marker has no acl; it has only a versionId, a lastModified, an owner and a replicationStatus",
    ],
  ])('is refused: %j', (fixture, message) => {
    expect(() => s3.createBucket('new', fixture)).toThrow(new RegExp(`^${escaped(message)}`));
    expect(s3.buckets.map(({ name }) => name)).not.toContain('new');
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

describe('the ACL of a handle', () => {
  it('is read and set without a request', async () => {
    const site = s3.bucket('site');
    expect(site.acl).toBe('public-read');
    site.acl = { Grants: [] };
    expect((await get('/site?acl')).text).toBe(policy());
    expect(site.acl).toEqual({ Grants: [] });
    site.acl = undefined;
    expect((await get('/site?acl')).text).toBe(policy(grant(owner, 'FULL_CONTROL')));
    expect(s3.requests.map(({ operation }) => operation)).toEqual(['GetBucketAcl', 'GetBucketAcl']);
  });

  it('is the one that is stored, though S3 ignores it', () => {
    s3.bucket('site').publicAccessBlock = { IgnorePublicAcls: true };
    expect(s3.bucket('site').acl).toBe('public-read');
  });

  it('keeps the ownership from ending it', () => {
    expect(() => {
      s3.bucket('site').ownershipControls = 'BucketOwnerEnforced';
    }).toThrow(
      new TypeError(
        "bucket 'site': ownershipControls: Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting (the bucket's ACL must grant FULL_CONTROL to the owner and nothing else; make the ACL private first)",
      ),
    );
  });

  it('shows the grants of versions, and none of a delete marker', () => {
    s3.bucket('site').delete('index.html');
    expect(
      s3
        .bucket('site')
        .versions('index.html')
        .map(({ acl }) => acl),
    ).toEqual([undefined, 'public-read', undefined]);
  });

  it('is frozen', () => {
    s3.bucket('site').acl = toPartner;
    const { acl } = s3.bucket('site');
    expect({ acl: Object.isFrozen(acl), grants: typeof acl === 'object' && Object.isFrozen(acl.Grants) }).toEqual({
      acl: true,
      grants: true,
    });
  });

  it('is in the headline of a picture', () => {
    expect(String(s3.bucket('site'))).toContain('ACL');
    expect(String(s3.bucket('vault'))).not.toContain('ACL');
  });
});

describe('ACLs through JSON', () => {
  it('are kept, with the names of accounts in place of ids that differ from seed to seed', async () => {
    s3.bucket('site').acl = toPartner;
    s3.bucket('site').put('k', 'data', { acl: toPartner });
    const { buckets } = JSON.parse(JSON.stringify(s3));
    expect(buckets.site.acl).toEqual(toPartner);
    expect(buckets.site.objects['index.html'].map(({ acl }: { acl?: unknown }) => acl)).toEqual([
      undefined,
      'public-read',
    ]);
    expect(buckets.site.objects.k[0].acl).toEqual(toPartner);
    expect(buckets.site.objects['theirs.txt'][0].acl).toEqual({
      Owner: { ID: 'partner' },
      Grants: [{ Grantee: { Type: 'Group', URI: authenticatedUsers }, Permission: 'READ' }],
    });
    expect(buckets.vault).not.toHaveProperty('acl');
    s3.createBucket('copy', buckets.site);
    expect(s3.bucket('copy').acl).toEqual(s3.bucket('site').acl);
    expect(JSON.parse(JSON.stringify(s3)).buckets.copy).toEqual(buckets.site);
    expect(s3.bucket('copy').toJSON()).toEqual(s3.bucket('site').toJSON());
  });

  it('are kept for a bucket that IBM COS shared, which has no ownership setting', async () => {
    const headers = { Authorization: 'Bearer a.b.c', 'x-amz-acl': 'public-read' };
    expect((await putAcl('/vault?acl', headers, { host: cosHost })).status).toBe(200);
    const { buckets } = JSON.parse(JSON.stringify(s3));
    expect(s3.createBucket('copy', buckets.vault).acl).toBe('public-read');
  });

  it('come back with a snapshot and a reset', async () => {
    const snapshot = s3.snapshot();
    s3.bucket('site').acl = 'authenticated-read';
    await put('/site/index.html', 'newest');
    s3.restore(snapshot);
    expect({ bucket: s3.bucket('site').acl, object: s3.bucket('site').object('index.html').acl }).toEqual({
      bucket: 'public-read',
      object: 'public-read',
    });
    s3.bucket('site').acl = undefined;
    s3.reset();
    expect(s3.bucket('site').acl).toBe('public-read');
  });
});
