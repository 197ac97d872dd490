import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowedTo, type NamedCalls, type Sender, sendAs, sendersOf } from '../../support/access';
import { allUsers } from '../../support/acl';
import { cosHost } from '../../support/clients/story-client';
import { textsOf } from '../../support/documents';
import { md5Of } from '../../support/objects';
import type { WireCall } from '../../support/wire-client';

const s3 = mockS3({
  buckets: { vault: { versioning: 'Enabled', objects: { k: 'data' }, publicAccessBlock: null } },
});
const partner = s3.createAccount('partner');
const senders = sendersOf(s3.account, partner, s3.createAccount('third'));

const atCos = (call: WireCall): WireCall => ({ ...call, host: cosHost });
const asOwner = (call: WireCall) => sendAs(senders.owner, atCos(call));
const canned = (acl: string) => ({ 'x-amz-acl': acl });
const all = (calls: NamedCalls): NamedCalls =>
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, atCos(call)]));
const bare = /<Code>AccessDenied<\/Code><Message>Access Denied<\/Message>/;

async function isRefused(sender: Sender, call: WireCall): Promise<boolean> {
  const { status, body } = await sendAs(sender, atCos(call));
  return status === 403 && bare.test(body);
}

const calls: NamedCalls = all({
  get: { path: '/vault/k' },
  head: { method: 'HEAD', path: '/vault/k' },
  range: { path: '/vault/k', headers: { Range: 'bytes=0-1' } },
  acl: { path: '/vault/k?acl' },
  tags: { path: '/vault/k?tagging' },
  list: { path: '/vault' },
  put: { method: 'PUT', path: '/vault/new', body: 'data' },
  delete: { method: 'DELETE', path: '/vault/k' },
});

// ibm-cloud-docs, public-access.md. F541
describe('an object that is public-read on IBM COS', () => {
  it.each<[way: string, call: WireCall]>([
    ['PutObject', { method: 'PUT', path: '/vault/k', body: 'data', headers: canned('public-read') }],
    ['PutObjectAcl', { method: 'PUT', path: '/vault/k?acl', headers: canned('public-read') }],
  ])('by %s is read by everyone', async (_way, call) => {
    expect((await asOwner(call)).status).toBe(200);
    for (const sender of [senders.anonymous, senders.partner])
      expect(await allowedTo(sender, calls)).toEqual(['get', 'head', 'range']);
  });

  it.each(['', 'private'])('is private again after x-amz-acl: %j', async (word) => {
    await asOwner({ method: 'PUT', path: '/vault/k?acl', headers: canned('public-read') });
    await asOwner({ method: 'PUT', path: '/vault/k?acl', headers: canned(word) });
    expect(await allowedTo(senders.anonymous, calls)).toEqual([]);
    expect(await isRefused(senders.anonymous, { path: '/vault/k' })).toBe(true);
  });

  it('is one version of it', async () => {
    const { versionId } = s3.bucket('vault').put('k', 'old', { acl: 'public-read' });
    s3.bucket('vault').put('k', 'present');
    const versions = all({ current: { path: '/vault/k' }, old: { path: `/vault/k?versionId=${versionId}` } });
    expect(await allowedTo(senders.anonymous, versions)).toEqual(['old']);
  });
});

// ibm-cloud-docs, credentials.md: "ACLs (other than public-read) are unsupported". F541
describe('any other right on IBM COS', () => {
  it.each(['authenticated-read', 'aws-exec-read', 'bucket-owner-read', 'private'] as const)(
    'of an object is without effect: %s',
    async (acl) => {
      s3.bucket('vault').put('k', 'data', { acl });
      for (const sender of [senders.anonymous, senders.partner]) expect(await allowedTo(sender, calls)).toEqual([]);
    },
  );

  it('of an object to an account, or of its ACL to everyone, is without effect', async () => {
    const everyone = { Type: 'Group', URI: allUsers } as const;
    s3.bucket('vault').put('k', 'data', {
      acl: {
        Grants: [
          { Grantee: { Type: 'CanonicalUser', ID: 'partner' }, Permission: 'FULL_CONTROL' },
          { Grantee: everyone, Permission: 'READ_ACP' },
          { Grantee: everyone, Permission: 'WRITE_ACP' },
        ],
      },
    });
    for (const sender of [senders.anonymous, senders.partner]) expect(await allowedTo(sender, calls)).toEqual([]);
  });

  it('of a bucket is without effect', async () => {
    expect((await asOwner({ method: 'PUT', path: '/vault?acl', headers: canned('public-read-write') })).status).toBe(
      200,
    );
    for (const sender of [senders.anonymous, senders.partner]) expect(await allowedTo(sender, calls)).toEqual([]);
  });
});

// F522, F540, F541: nobody else may list, write or delete, whatever the bucket's ACL says.
describe('a bucket of IBM COS', () => {
  const body = '<Delete><Object><Key>k</Key></Object><Object><Key>none</Key></Object></Delete>';
  const closed: NamedCalls = all({
    list: { path: '/vault' },
    listV2: { path: '/vault?list-type=2' },
    versions: { path: '/vault?versions' },
    uploads: { path: '/vault?uploads' },
    head: { method: 'HEAD', path: '/vault' },
    location: { path: '/vault?location' },
    block: { path: '/vault?publicAccessBlock' },
    put: { method: 'PUT', path: '/vault/new', body: 'data' },
    overwrite: { method: 'PUT', path: '/vault/k', body: 'data' },
    copy: { method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': '/vault/k' } },
    upload: { method: 'POST', path: '/vault/k?uploads' },
    putAcl: { method: 'PUT', path: '/vault/k?acl', headers: canned('private') },
    delete: { method: 'DELETE', path: '/vault/k' },
    none: { path: '/vault/none' },
  });

  beforeEach(async () => {
    await asOwner({ method: 'PUT', path: '/vault?acl', headers: canned('public-read-write') });
    await asOwner({ method: 'PUT', path: '/vault/k?acl', headers: canned('public-read') });
  });

  it.each(['anonymous', 'partner', 'limited user of the partner'] as const)('is closed to %s', async (name) => {
    expect(await allowedTo(senders[name], closed)).toEqual([]);
    for (const call of Object.values(closed).filter(({ method }) => method !== 'HEAD'))
      expect({ path: call.path, isRefused: await isRefused(senders[name], call) }).toEqual({
        path: call.path,
        isRefused: true,
      });
    const { status, body: answer } = await sendAs(senders[name], {
      ...atCos({ method: 'POST', path: '/vault?delete', body, headers: { 'Content-MD5': md5Of(body) } }),
    });
    const refused = (key: string) => `<Key>${key}</Key><Code>AccessDenied</Code><Message>Access Denied</Message>`;
    expect({
      status,
      deleted: textsOf('Deleted', { body: answer }),
      error: textsOf('Error', { body: answer }),
    }).toEqual({
      status: 200,
      deleted: [],
      error: [refused('k'), refused('none')],
    });
    expect(
      s3
        .bucket('vault')
        .versions()
        .map(({ key, deleteMarker }) => [key, deleteMarker]),
    ).toEqual([['k', false]]);
  });

  it('is open to users of its account, by HMAC keys and by tokens', async () => {
    const { none, ...rest } = closed;
    const tokens = { Authorization: 'Bearer a.b.c' };
    for (const sender of [senders['user of the owner'], tokens.Authorization]) {
      s3.reset();
      const open = await allowedTo(sender, rest);
      expect(open).toEqual(Object.keys(rest));
      expect((await sendAs(sender, none ?? { path: '' })).status).toBe(404);
    }
  });
});

// F542
describe('the public access block of IBM COS', () => {
  it('refuses new public ACLs without a reason, and leaves those that are there', async () => {
    s3.bucket('vault').put('k', 'data', { acl: 'public-read' });
    s3.bucket('vault').publicAccessBlock = { BlockPublicAcls: true };
    expect(
      await isRefused(senders.owner, { method: 'PUT', path: '/vault/k?acl', headers: canned('public-read') }),
    ).toBe(true);
    expect(await allowedTo(senders.anonymous, calls)).toEqual(['get', 'head', 'range']);
  });

  it('ignores public ACLs while IgnorePublicAcls is on', async () => {
    s3.bucket('vault').put('k', 'data', { acl: 'public-read' });
    s3.bucket('vault').publicAccessBlock = { IgnorePublicAcls: true };
    expect(await allowedTo(senders.anonymous, calls)).toEqual([]);
    s3.bucket('vault').publicAccessBlock = { IgnorePublicAcls: false };
    expect(await allowedTo(senders.anonymous, calls)).toEqual(['get', 'head', 'range']);
  });
});

// F540
describe('policies', () => {
  const Resource = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];

  it('of buckets and users are not applied by IBM COS, at whose hosts only the account counts', async () => {
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: { AWS: s3.account.id }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' },
        { Effect: 'Allow', Principal: { AWS: partner.id }, Action: 's3:*', Resource },
      ],
    };
    const reads: NamedCalls = { get: { path: '/vault/k' }, list: { path: '/vault' } };
    expect(await allowedTo(senders.owner, reads)).toEqual(['list']);
    expect(await allowedTo(senders['user of the owner'], reads)).toEqual([]);
    expect(await allowedTo(senders.partner, reads)).toEqual(['get', 'list']);
    expect(await allowedTo(senders.owner, all(reads))).toEqual(['get', 'list']);
    expect(await allowedTo(senders['user of the owner'], all(reads))).toEqual(['get', 'list']);
    expect(await allowedTo(senders.partner, all(reads))).toEqual([]);
    expect(await isRefused(senders.partner, { path: '/vault/k' })).toBe(true);
  });
});
