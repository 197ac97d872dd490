import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowedTo, type NamedCalls, sendAs, sendersOf } from '../../support/access';
import { allUsers, authenticatedUsers, logDelivery, withAcls } from '../../support/acl';
import { answered, refusal } from '../../support/objects';

const s3 = mockS3({
  buckets: {
    open: { ...withAcls, objects: { k: 'data' } },
    vault: { ...withAcls, versioning: 'Enabled' },
    enforced: { publicAccessBlock: null },
  },
});
const partner = s3.createAccount('partner');
const senders = sendersOf(s3.account, partner, s3.createAccount('third'));
type SenderName = keyof typeof senders;

const canned = (acl: string) => ({ 'x-amz-acl': acl });
const tags = '<Tagging><TagSet/></Tagging>';

const onBucket: NamedCalls = {
  list: { path: '/open' },
  listV2: { path: '/open?list-type=2' },
  head: { method: 'HEAD', path: '/open' },
  versions: { path: '/open?versions' },
  uploads: { path: '/open?uploads' },
  readNothing: { path: '/open/none' },
  read: { path: '/open/k' },
  acl: { path: '/open?acl' },
  versioning: { path: '/open?versioning' },
  location: { path: '/open?location' },
  policy: { path: '/open?policy' },
  lifecycle: { path: '/open?lifecycle' },
  ownership: { path: '/open?ownershipControls' },
  putVersioning: { method: 'PUT', path: '/open?versioning' },
  deleteTags: { method: 'DELETE', path: '/open?tagging' },
  overwrite: { method: 'PUT', path: '/open/k', body: 'mine' },
  delete: { method: 'DELETE', path: '/open/k' },
  deleteNothing: { method: 'DELETE', path: '/open/none' },
  put: { method: 'PUT', path: '/open/new', body: 'mine' },
  overwriteOwn: { method: 'PUT', path: '/open/new', body: 'mine, too' },
  deleteOwn: { method: 'DELETE', path: '/open/new' },
  putAcl: { method: 'PUT', path: '/open?acl', headers: canned('private') },
};
const reads = ['list', 'listV2', 'head', 'versions', 'uploads', 'readNothing'];
const writes = ['deleteNothing', 'put', 'overwriteOwn', 'deleteOwn'];

const onObject: NamedCalls = {
  get: { path: '/open/k' },
  head: { method: 'HEAD', path: '/open/k' },
  version: { path: '/open/k?versionId=null' },
  range: { path: '/open/k', headers: { Range: 'bytes=0-1' } },
  acl: { path: '/open/k?acl' },
  aclOfVersion: { path: '/open/k?acl&versionId=null' },
  tags: { path: '/open/k?tagging' },
  attributes: { path: '/open/k?attributes', headers: { 'x-amz-object-attributes': 'ETag' } },
  retention: { path: '/open/k?retention' },
  legalHold: { path: '/open/k?legal-hold' },
  putTags: { method: 'PUT', path: '/open/k?tagging', body: tags },
  list: { path: '/open' },
  overwrite: { method: 'PUT', path: '/open/k', body: 'mine' },
  delete: { method: 'DELETE', path: '/open/k' },
  deleteVersion: { method: 'DELETE', path: '/open/k?versionId=null' },
  putAcl: { method: 'PUT', path: '/open/k?acl', headers: canned('private') },
};
const readsOfObject = ['get', 'head', 'version', 'range'];
const readsOfAcl = ['acl', 'aclOfVersion'];

type Permission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
const byId = (ID: string) => ({ Type: 'CanonicalUser', ID }) as const;
const group = (URI: string) => ({ Type: 'Group', URI }) as const;
const grantees = {
  owner: byId(s3.account.canonicalId),
  partner: byId(partner.canonicalId),
  AllUsers: group(allUsers),
  AuthenticatedUsers: group(authenticatedUsers),
  LogDelivery: group(logDelivery),
} as const;
const granting = (grantee: keyof typeof grantees, Permission: Permission) =>
  ({ Grants: [{ Grantee: grantees[grantee], Permission }] }) as const;

// justincormack/argmin crates/s3-tests/tests: access_matrix.rs, bucket_acl.rs, public_access_acl_matrix.rs. F500
describe('a right of another account', () => {
  it.each<[Permission, readonly string[]]>([
    ['READ', reads],
    ['WRITE', writes],
    ['READ_ACP', ['acl']],
    ['WRITE_ACP', ['putAcl']],
    ['FULL_CONTROL', [...reads, 'acl', ...writes, 'putAcl']],
  ])('on a bucket, %s, allows %j and nothing else', async (permission, allowed) => {
    s3.bucket('open').acl = granting('partner', permission);
    expect(await allowedTo(senders.partner, onBucket)).toEqual(allowed);
  });

  it.each<[Permission, readonly string[]]>([
    ['READ', readsOfObject],
    ['WRITE', []],
    ['READ_ACP', readsOfAcl],
    ['WRITE_ACP', ['putAcl']],
    ['FULL_CONTROL', [...readsOfObject, ...readsOfAcl, 'putAcl']],
  ])('on an object, %s, allows %j and nothing else', async (permission, allowed) => {
    s3.bucket('open').put('k', 'data', { acl: granting('partner', permission) });
    expect(await allowedTo(senders.partner, onObject)).toEqual(allowed);
  });
});

const settings = ['ObjectWriter', 'BucketOwnerPreferred', null] as const;
const signed: readonly SenderName[] = ['user of the owner', 'partner', 'user of the partner', 'third'];

// An account gives its users no right of its own by an ACL; a group gives it to them at once. F506, F508
describe.each(settings)('a grant under the ownership %j', (ownershipControls) => {
  beforeEach(() => {
    s3.bucket('open').ownershipControls = ownershipControls;
  });

  it.each<[keyof typeof grantees, senders: readonly SenderName[], whileIgnored: readonly SenderName[]]>([
    ['owner', [], []],
    ['partner', ['partner', 'user of the partner'], ['partner', 'user of the partner']],
    ['AllUsers', [...signed, 'anonymous'], []],
    ['AuthenticatedUsers', signed, []],
    ['LogDelivery', [], []],
  ])('to %s is for %j', async (grantee, expected, whileIgnored) => {
    s3.bucket('open').acl = granting(grantee, 'READ');
    s3.bucket('open').put('k', 'data', { acl: granting(grantee, 'READ') });
    const all = Object.keys(senders).filter((name): name is SenderName => name !== 'owner');
    const readers = async (path: string) => {
      const answers = await Promise.all(all.map((name) => sendAs(senders[name], { path })));
      return all.filter((_name, index) => answers[index]?.status === 200);
    };
    for (const path of ['/open?list-type=2', '/open/k'])
      expect({ path, readers: await readers(path) }).toEqual({ path, readers: expected });
    s3.bucket('open').publicAccessBlock = { IgnorePublicAcls: true };
    for (const path of ['/open?list-type=2', '/open/k'])
      expect({ path, readers: await readers(path) }).toEqual({ path, readers: whileIgnored });
  });

  it("to everyone lets a user of the owner's account in, although the owner's own grant comes first", async () => {
    s3.bucket('open').acl = 'public-read';
    s3.bucket('open').put('k', 'data', { acl: 'authenticated-read' });
    const calls = { list: { path: '/open' }, get: { path: '/open/k' } };
    expect(await allowedTo(senders['user of the owner'], calls)).toEqual(['list', 'get']);
    s3.bucket('open').acl = 'private';
    s3.bucket('open').put('k', 'data');
    expect(await allowedTo(senders['user of the owner'], calls)).toEqual([]);
  });

  it('of the right to write makes a new object that its writer owns', async () => {
    s3.bucket('open').acl = granting('AllUsers', 'WRITE');
    await sendAs(senders['user of the partner'], { method: 'PUT', path: '/open/new', body: 'theirs' });
    const owned = await allowedTo(senders.partner, { get: { path: '/open/new' }, acl: { path: '/open/new?acl' } });
    expect(owned).toEqual(['get', 'acl']);
    for (const sender of [senders.third, senders.anonymous])
      expect((await sendAs(sender, { method: 'PUT', path: '/open/new', body: 'mine' })).status).toBe(403);
    expect((await sendAs(senders.partner, { path: '/open/new' })).body).toBe('theirs');
  });
});

// Measured: justincormack/argmin crates/s3-tests/tests/ownership.rs. F501
describe('an object of another account', () => {
  const theirs = { Owner: { ID: 'partner' }, ...granting('partner', 'FULL_CONTROL') };
  const ofBucketOwner = ['tags', 'attributes', 'retention', 'legalHold', 'putTags', 'list'];

  beforeEach(() => {
    s3.bucket('open').put('k', 'theirs', { acl: theirs });
  });

  it('is read by its owner, and deleted, replaced and tagged by the owner of the bucket', async () => {
    const { attributes, ...calls } = onObject;
    expect(await allowedTo(senders.partner, calls)).toEqual([...readsOfObject, ...readsOfAcl, 'putAcl']);
    s3.bucket('open').put('k', 'theirs', { acl: theirs });
    const { overwrite, delete: plain, deleteVersion, ...changes } = calls;
    expect(await allowedTo(senders.owner, changes)).toEqual(ofBucketOwner.filter((name) => name !== 'attributes'));
    expect(await allowedTo(senders.owner, { attributes: attributes ?? { path: '' } })).toEqual([]);
    for (const call of [overwrite, plain, deleteVersion]) {
      s3.bucket('open').put('k', 'theirs', { acl: theirs });
      expect((await sendAs(senders.owner, call ?? { path: '' })).status).toBeLessThan(300);
    }
  });

  it.each(['s3:GetObject', 's3:PutObjectAcl'])(
    'is not opened by the policy of its bucket, which names the action to its owner: %s',
    async (action) => {
      const Principal = { AWS: [s3.account.id, partner.id] };
      const Statement = [{ Effect: 'Allow', Principal, Action: 's3:*', Resource: 'arn:aws:s3:::open/*' }] as const;
      s3.bucket('open').policy = { Version: '2012-10-17', Statement };
      const call = action === 's3:GetObject' ? onObject['get'] : onObject['putAcl'];
      expect(await answered(sendAs(senders.owner, call ?? { path: '' }))).toEqual(
        refusal(
          403,
          'AccessDenied',
          `User: arn:aws:iam::000000000000:root is not authorized to perform: ${action} on resource: "arn:aws:s3:::open/k" because no resource-based policy allows the ${action} action`,
        ),
      );
      // The rest is the bucket owner's to give.
      expect(await allowedTo(senders.partner, { tags: { path: '/open/k?tagging' } })).toEqual(['tags']);
    },
  );

  it('is open to its owner whatever its ACL says, and to the users whose policies allow it', async () => {
    s3.bucket('open').put('k', 'theirs', { acl: { Owner: { ID: 'partner' }, Grants: [] } });
    const calls: NamedCalls = {
      get: { path: '/open/k' },
      acl: { path: '/open/k?acl' },
      tags: { path: '/open/k?tagging' },
    };
    expect(await allowedTo(senders.partner, calls)).toEqual(['get', 'acl']);
    expect(await allowedTo(senders['user of the partner'], calls)).toEqual(['get', 'acl']);
    expect(await allowedTo(senders['limited user of the partner'], calls)).toEqual([]);
    expect(await allowedTo(senders.owner, calls)).toEqual(['tags']);
  });
});

// Measured: justincormack/argmin crates/s3-tests/tests/ownership.rs, "disables" and "restores legacy explicit grantee". F507
describe('BucketOwnerEnforced', () => {
  it('stops grants and owners while it lasts', async () => {
    const bucket = s3.bucket('open');
    bucket.put('theirs', 'data', { acl: { Owner: { ID: 'partner' }, ...granting('partner', 'FULL_CONTROL') } });
    bucket.put('granted', 'data', { acl: granting('partner', 'READ') });
    bucket.put('public', 'data', { acl: 'public-read' });
    const calls = Object.fromEntries(
      ['theirs', 'granted', 'public'].map((key): [string, { path: string }] => [key, { path: `/open/${key}` }]),
    );
    const readers = async () => [
      await allowedTo(senders.owner, calls),
      await allowedTo(senders.partner, calls),
      await allowedTo(senders.anonymous, calls),
    ];
    const before = [['granted', 'public'], ['theirs', 'granted', 'public'], ['public']];
    expect(await readers()).toEqual(before);
    bucket.ownershipControls = 'BucketOwnerEnforced';
    expect(await readers()).toEqual([['theirs', 'granted', 'public'], [], []]);
    bucket.ownershipControls = null;
    expect(await readers()).toEqual(before);
  });
});

// Measured: justincormack/argmin crates/s3-tests/tests/versioning_acl.rs. F505
describe('a version', () => {
  it('is opened by its own ACL alone', async () => {
    const [v1, v2] = [
      s3.bucket('vault').put('k', 'one', { acl: 'public-read' }),
      s3.bucket('vault').put('k', 'two'),
    ].map(({ versionId }) => versionId);
    const calls: NamedCalls = {
      current: { path: '/vault/k' },
      first: { path: `/vault/k?versionId=${v1}` },
      headOfFirst: { method: 'HEAD', path: `/vault/k?versionId=${v1}` },
      second: { path: `/vault/k?versionId=${v2}` },
    };
    expect(await allowedTo(senders.anonymous, calls)).toEqual(['first', 'headOfFirst']);
    await sendAs(senders.owner, { method: 'PUT', path: '/vault/k?acl', headers: canned('public-read') });
    await sendAs(senders.owner, { method: 'PUT', path: `/vault/k?acl&versionId=${v1}`, headers: canned('private') });
    expect(await allowedTo(senders.anonymous, calls)).toEqual(['current', 'second']);
  });

  it('of another is not removed by the right to write, nor is a delete marker', async () => {
    s3.bucket('vault').acl = granting('partner', 'WRITE');
    const own = await sendAs(senders.partner, { method: 'PUT', path: '/vault/own', body: 'mine' });
    const { versionId } = s3.bucket('vault').put('k', 'data');
    const marker = s3.bucket('vault').delete('gone');
    expect(
      await allowedTo(senders.partner, {
        version: { method: 'DELETE', path: `/vault/k?versionId=${versionId}` },
        plain: { method: 'DELETE', path: '/vault/k' },
        marker: { method: 'DELETE', path: `/vault/gone?versionId=${marker?.versionId}` },
        putOverMarker: { method: 'PUT', path: '/vault/gone', body: 'new' },
        own: { method: 'DELETE', path: `/vault/own?versionId=${own.header('x-amz-version-id')}` },
      }),
    ).toEqual(['putOverMarker', 'own']);
  });

  it.each(['below a delete marker', 'below their own version'])(
    'of another is not replaced while versioning is suspended: %s',
    async (where) => {
      const bucket = s3.bucket('vault');
      bucket.acl = granting('partner', 'WRITE');
      bucket.put('k', 'data', { versionId: 'null' });
      const theirs = { Owner: { ID: 'partner' }, ...granting('partner', 'FULL_CONTROL') };
      if (where === 'below a delete marker') bucket.delete('k');
      else bucket.put('k', 'theirs', { acl: theirs });
      const calls: NamedCalls = {
        delete: { method: 'DELETE', path: '/vault/k' },
        overwrite: { method: 'PUT', path: '/vault/k', body: 'mine' },
      };
      bucket.versioning = 'Suspended';
      expect(await allowedTo(senders.partner, calls)).toEqual([]);
      bucket.versioning = 'Enabled';
      expect(await allowedTo(senders.partner, calls)).toEqual(['delete', 'overwrite']);
      bucket.versioning = 'Suspended';
      expect((await sendAs(senders.owner, calls['delete'] ?? { path: '' })).status).toBe(204);
      expect(await allowedTo(senders.partner, calls)).toEqual(['delete', 'overwrite']);
    },
  );
});
