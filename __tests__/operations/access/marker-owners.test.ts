import { describe, expect, it } from '@jest/globals';
import { mockS3 as startMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowedTo, sendAs, sendersOf } from '../../support/access';
import { allUsers, withAcls } from '../../support/acl';
import { textOf, textsOf } from '../../support/documents';
import { deleteMany } from '../../support/objects';

const everyone = { Type: 'Group', URI: allUsers } as const;
const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    inbox: { ...withAcls, versioning: 'Enabled', acl: 'public-read-write' },
    preferred: { ownershipControls: 'BucketOwnerPreferred', publicAccessBlock: null, versioning: 'Enabled' },
    enforced: { publicAccessBlock: null, versioning: 'Enabled' },
    paused: { ...withAcls, versioning: 'Suspended', acl: 'public-read-write' },
  },
});
const partner = s3.createAccount('partner');
const senders = sendersOf(s3.account, partner, s3.createAccount('third'));
/** The account that callers without credentials have in ACLs. */
const nobody = '65a011a29cdf8ec533ec3d1ccaae921c';
const owners = { owner: s3.account.canonicalId, partner: partner.canonicalId, anonymous: nobody } as const;
type Name = keyof typeof owners;

const remove = async (name: keyof typeof senders, path: string) => {
  const { header } = await sendAs(senders[name], { method: 'DELETE', path });
  return header('x-amz-version-id');
};
async function markerOwners(bucket: string): Promise<readonly (string | undefined)[]> {
  const { body } = await sendAs(senders.owner, { path: `/${bucket}?versions` });
  return textsOf('DeleteMarker', { body }).map((marker) => textOf('ID', { body: marker }));
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteMarkerEntry.html. F544
describe('the owner of a delete marker', () => {
  it.each<Name>(['owner', 'partner', 'anonymous'])('is the account that made it: %s', async (name) => {
    for (const bucket of ['inbox', 'paused']) {
      await remove(name, `/${bucket}/k`);
      expect(await markerOwners(bucket)).toEqual([owners[name]]);
    }
  });

  it('is the account of the user that made it', async () => {
    await remove('user of the partner', '/inbox/k');
    expect(await markerOwners('inbox')).toEqual([owners.partner]);
  });

  it('is kept for each entry of a batch', async () => {
    await deleteMany('inbox', '<Object><Key>a</Key></Object>', { Authorization: senders.partner });
    await deleteMany('inbox', '<Object><Key>b</Key></Object>', { Authorization: undefined });
    expect(await markerOwners('inbox')).toEqual([owners.partner, nobody]);
  });

  it.each([
    ['preferred', owners.partner],
    ['enforced', owners.owner],
  ])('by the policy of the bucket %s is %s', async (bucket, expected) => {
    const Resource = `arn:aws:s3:::${bucket}/*`;
    const statement = { Effect: 'Allow', Principal: { AWS: partner.id }, Action: 's3:DeleteObject', Resource } as const;
    s3.bucket(bucket).policy = { Version: '2012-10-17', Statement: [statement] };
    await remove('partner', `/${bucket}/k`);
    expect(await markerOwners(bucket)).toEqual([expected]);
    s3.bucket(bucket).ownershipControls = 'ObjectWriter';
    expect(await markerOwners(bucket)).toEqual([expected]);
  });

  it("is the bucket's while that owns all objects, and the stored one again after that", async () => {
    await remove('partner', '/inbox/k');
    s3.bucket('inbox').acl = 'private';
    s3.bucket('inbox').ownershipControls = 'BucketOwnerEnforced';
    expect(await markerOwners('inbox')).toEqual([owners.owner]);
    s3.bucket('inbox').ownershipControls = 'BucketOwnerPreferred';
    expect(await markerOwners('inbox')).toEqual([owners.partner]);
  });

  it('is the bucket owner if lifecycle made it', async () => {
    await sendAs(undefined, { method: 'PUT', path: '/inbox/k', body: 'theirs' });
    s3.bucket('inbox').lifecycle = { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] };
    s3.clock.advance({ days: 3 });
    expect(await markerOwners('inbox')).toEqual([owners.owner]);
  });

  it('may remove it with the right to write; others with that right may not', async () => {
    const id = await remove('partner', '/inbox/k');
    const call = { marker: { method: 'DELETE', path: `/inbox/k?versionId=${id}` } };
    for (const name of ['third', 'anonymous', 'limited user of the partner'] as const)
      expect(await allowedTo(senders[name], call)).toEqual([]);
    expect(await allowedTo(senders.partner, call)).toEqual(['marker']);
    expect(await markerOwners('inbox')).toEqual([]);
  });

  it("lets the bucket's owner remove it", async () => {
    const id = await remove('anonymous', '/inbox/k');
    expect(await remove('owner', `/inbox/k?versionId=${id}`)).toBe(id);
    expect(await markerOwners('inbox')).toEqual([]);
  });

  it('gets no rights by it to what is below', async () => {
    s3.bucket('inbox').put('k', 'data', { acl: { Grants: [{ Grantee: everyone, Permission: 'READ' }] } });
    expect(await allowedTo(senders.partner, { plain: { method: 'DELETE', path: '/inbox/k' } })).toEqual([]);
    s3.bucket('inbox').delete('k');
    await remove('partner', '/inbox/k');
    expect(await markerOwners('inbox')).toEqual([owners.partner, owners.owner]);
  });
});

describe('a fixture', () => {
  it('has the owner of a delete marker, and so has a mock as JSON', async () => {
    await remove('partner', '/inbox/a');
    await remove('anonymous', '/inbox/b');
    await remove('owner', '/inbox/c');
    const snapshot = s3.snapshot();
    const { buckets } = s3.toJSON();
    const objects = {
      a: [{ deleteMarker: true, owner: 'partner' }],
      b: [{ deleteMarker: true, owner: nobody }],
      c: [{ deleteMarker: true }],
    };
    expect(buckets).toMatchObject({ inbox: { objects } });
    expect(JSON.stringify(buckets).split('"owner"')).toHaveLength(3);
    s3.bucket('inbox').delete('d');
    s3.restore(snapshot);
    expect(await markerOwners('inbox')).toEqual([owners.partner, nobody, owners.owner]);
    const copy = startMock({ ...s3.toJSON(), hosts: { only: ['copy.test'] } });
    expect(copy.toJSON().buckets).toEqual(buckets);
    await copy.stop();
  });

  it('is refused if an object has the member, or no account has the name', () => {
    const create = (fixture: object) => () => s3.createBucket('other', { objects: { k: [fixture] } });
    expect(create({ body: 'data', owner: 'partner' })).toThrow(
      "bucket 'other', key 'k': only a delete marker has the option owner. Give an object acl: { Owner, Grants }.",
    );
    expect(create({ deleteMarker: true, owner: 'nobody' })).toThrow("there is no account 'nobody'");
  });
});
