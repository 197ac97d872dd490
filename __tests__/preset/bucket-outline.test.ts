import { describe, expect, it } from '@jest/globals';
import { deleteMarker } from '../../src';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const at = '2026-01-31T10:00:00Z';

describe('the handle of a bucket', () => {
  it('is its fixture as JSON, without the times of writes', () => {
    const objects = {
      'report.pdf': [
        { body: 'first', versionId: 'v1' },
        { body: 'second', versionId: 'v2', metadata: { author: 'ann' } },
      ],
    };
    const s3 = start({
      buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled', region: 'eu-west-1', objects } },
    });
    expect(s3.bucket('vault').toJSON()).toEqual({
      versioning: 'Enabled',
      mfaDelete: 'Enabled',
      region: 'eu-west-1',
      objects,
    });
    expect(
      start({ hosts: { only: [] } })
        .createBucket('scratch')
        .toJSON(),
    ).toEqual({});
  });

  it('is the same at any time, and makes the same bucket again', () => {
    const fixture = {
      versioning: 'Suspended',
      objects: { a: ['first', deleteMarker, { body: 'x', versionId: 'null' }] },
    } as const;
    const [one, other] = [at, '2026-02-03T04:05:06Z'].map((now) =>
      start({ now, hosts: { only: [] }, buckets: { vault: fixture } }).bucket('vault'),
    );
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    const literal = JSON.parse(JSON.stringify(one));
    const again = start({ hosts: { only: [] }, buckets: { vault: literal } }).bucket('vault');
    expect(JSON.stringify(again)).toBe(JSON.stringify(one));
  });

  it('has a long body as its length and MD5, which no fixture takes', () => {
    const s3 = start({ buckets: { vault: { objects: { a: 'a'.repeat(1000) } } } });
    expect(s3.bucket('vault').objects).toEqual({
      a: [{ body: { bytes: 1000, md5: 'cabe45dcc9ae5b66ba86600cca6b8ba8' }, versionId: 'null' }],
    });
    const literal = JSON.parse(JSON.stringify(s3.bucket('vault')));
    expect(() => s3.createBucket('copy', literal)).toThrow(/there is no option 'bytes'/);
  });

  it('has a default retention as days, and another one as its date', () => {
    const s3 = start({
      now: at,
      buckets: { vault: { objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } } },
    });
    const vault = s3.bucket('vault');
    vault.put('a', 'x', { versionId: 'v1' });
    vault.put('b', 'x', {
      versionId: 'v2',
      retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2027-01-01T00:00:00Z' },
      legalHold: 'ON',
    });
    expect(vault.objects).toEqual({
      a: [{ body: 'x', versionId: 'v1', retention: { Mode: 'GOVERNANCE', Days: 30 } }],
      b: [
        {
          body: 'x',
          versionId: 'v2',
          retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2027-01-01T00:00:00.000Z' },
          legalHold: 'ON',
        },
      ],
    });
  });

  it('equals what its members are, and nothing else', () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled', objects: { a: { body: 'x', versionId: 'v1' } } } } });
    const vault = s3.bucket('vault');
    const same = {
      name: 'vault',
      versioning: 'Enabled',
      owner: '000000000000',
      objectLock: false,
      objects: { a: [{ body: 'x', versionId: 'v1' }] },
    };
    expect(vault).toEqual(same);
    expect(vault).toMatchObject({ versioning: 'Enabled', objects: { a: [{ body: 'x' }] } });
    expect(vault).not.toEqual({ ...same, versioning: 'Suspended' });
    expect(vault).not.toEqual({ ...same, objects: {} });
    expect(vault).not.toEqual({ name: 'vault' });
    expect(vault).not.toEqual({});
    expect(vault).toEqual(s3.bucket('vault'));
    expect(vault).not.toEqual(s3.createBucket('scratch'));
  });

  it('has as own members all that a test reads of it', () => {
    const handle = start({ buckets: { vault: {} } }).bucket('vault');
    const members = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(handle)));
    const read = members.flatMap(([name, { get }]) => (get === undefined ? [] : [name]));
    // The internal ones are the journal, the events and the time, which matchers read. Keys follow from the objects.
    expect(Object.keys(handle).toSorted()).toEqual(
      ['name', ...read].filter((name) => !['requests', 'events', 'now', 'keys'].includes(name)).toSorted(),
    );
  });

  it.each([
    ['versioning', () => ({ versioning: 'Suspended' })],
    ['an object', () => ({ objects: { a: 'y' } })],
    ['lifecycle', () => ({ lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } })],
    ['the region', () => ({ region: 'eu-west-1' })],
  ] as const)('differs from that of a bucket that differs in %s', (_name, change) => {
    const vaultWith = (fixture: object) =>
      start({ hosts: { only: [] }, buckets: { vault: { versioning: 'Enabled', ...fixture } } }).bucket('vault');
    expect(vaultWith(change())).not.toEqual(vaultWith({}));
    expect(JSON.stringify(vaultWith(change()))).not.toBe(JSON.stringify(vaultWith({})));
  });

  it('throws once its bucket is gone, except in a copy that a runner keeps of a failed comparison', () => {
    const s3 = start();
    const vault = s3.createBucket('vault', { versioning: 'Enabled' });
    const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(vault));
    expect({ ...vault }).toMatchObject({ name: 'vault', versioning: 'Enabled' });
    s3.reset();
    expect(copy).toEqual({ name: 'vault' });
    expect(vault.toJSON()).toBeNull();
    expect(() => vault.versioning).toThrow(expect.objectContaining({ code: 'NO_SUCH_BUCKET' }));
    expect(() => expect(vault).toEqual({})).toThrow(expect.objectContaining({ code: 'NO_SUCH_BUCKET' }));
  });

  it('is still set by its members', () => {
    const vault = start({ buckets: { vault: { versioning: 'Enabled' } } }).bucket('vault');
    vault.versioning = 'Suspended';
    expect(vault.versioning).toBe('Suspended');
    expect(vault.toJSON()).toEqual({ versioning: 'Suspended' });
  });
});

describe('the handle of an account', () => {
  it('is its ids, users, roles and devices as JSON, without keys', () => {
    const s3 = start();
    const partner = s3.createAccount('partner');
    partner.user('ann');
    partner.role('deployer');
    const { serial, secret } = partner.mfa;
    expect(JSON.parse(JSON.stringify(partner))).toEqual({
      id: partner.id,
      name: 'partner',
      canonicalId: partner.canonicalId,
      users: ['ann'],
      roles: ['deployer'],
      mfaDevices: [{ serial, secret, digits: 6, period: 30, active: true }],
    });
    expect(partner).not.toEqual(s3.account);
  });
});

describe('the handle of an MFA device', () => {
  it('is its options as JSON, and whether it is active', () => {
    const { mfa } = start();
    const { serial, secret } = mfa;
    const device = { serial, secret, digits: 6, period: 30, active: true };
    expect(mfa.toJSON()).toEqual(device);
    expect(mfa).toEqual(expect.objectContaining(device));
    mfa.deactivate();
    expect(mfa.toJSON()).toEqual({ ...device, active: false });
    expect(mfa).not.toEqual(expect.objectContaining(device));
    mfa.activate();
    expect(mfa.active).toBe(true);
  });
});
