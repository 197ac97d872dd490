import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BucketFixture } from '../../src';
import type { Version } from '../../src/model/versions/version';
import { addBucket } from '../../src/preset/bucket-fixture';
import { type PartDetails, partNames, partShapes, parts } from '../../src/preset/parts';
import { type StoreLiteral, storeLiteral } from '../../src/preset/state-json';
import { handleIn } from '../support/vault';
import { makeStore } from '../support/whole-records';

const archived = { storageClass: 'GLACIER' };
const tiered = { storageClass: 'INTELLIGENT_TIERING' };
const days = (Days: number) => ({
  retention: { Mode: 'GOVERNANCE', RetainUntilDate: `2026-04-0${Days}T00:00:00Z` } as const,
});

/** Values of each member, with what they need beside them: a member that a part is given is missed here by the compiler. */
const values: { readonly [Name in keyof PartDetails]-?: readonly PartDetails[] } = {
  metadata: [{ metadata: { author: 'ann', Title: 'Été' } }],
  contentType: [{ contentType: 'text/css' }],
  headers: [{ headers: { 'cache-control': 'no-cache', 'x-amz-website-redirect-location': '/b' } }],
  storageClass: [archived, { storageClass: 'ACCELERATED' }, { storageClass: 'GLACIER_IR' }],
  etag: [
    { etag: '8d777f385d3dfec8815d20f7496026dc-2' },
    { etag: '8d777f385d3dfec8815d20f7496026dc', encryption: 'aws:kms' },
  ],
  encryption: [
    { encryption: 'aws:kms' },
    { encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/vault', BucketKeyEnabled: true } },
    { encryption: { SSECustomerKey: Buffer.alloc(32, 'k') } },
  ],
  restore: [
    { ...archived, restore: { Days: 3 } },
    { ...archived, restore: { Days: 3, Tier: 'Bulk', ongoing: false, requested: '2026-03-30' } },
    { ...tiered, accessTier: 'DEEP_ARCHIVE_ACCESS', restore: { Tier: 'Standard' } },
  ],
  accessTier: [{ ...tiered, accessTier: 'ARCHIVE_ACCESS' }],
  lastAccessed: [{ ...tiered, lastAccessed: '2026-03-01' }],
  transitioned: [
    { ...archived, transitioned: '2026-03-02T00:00:00Z' },
    { storageClass: 'ACCELERATED', transitioned: '2026-03-03T00:00:00Z' },
  ],
  tags: [{ tags: { stage: 'test', team: '' } }],
  annotations: [{ annotations: { summary: 'A report.', 'b-2': 'Ünicode' } }],
  acl: [
    { acl: 'public-read' },
    { acl: { Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'partner' }, Permission: 'READ' }] } },
    { acl: { Owner: { ID: 'partner' }, Grants: [] } },
  ],
  retention: [
    days(3),
    { retention: { Mode: 'COMPLIANCE', EventHold: 'ON', EventHoldDuration: { Years: 1 } } },
    { retention: { ...days(5).retention, EventHold: 'OFF' } },
  ],
  legalHold: [{ legalHold: 'ON' }, { legalHold: 'OFF', ...days(4) }],
  protection: [
    { protection: { RetentionPeriod: 86_400, LegalHolds: ['case-7', { ID: 'case-8', Date: '2026-03-30' }] } },
    { protection: { RetentionPeriod: -1, RetentionPeriodSource: 'Bucket' } },
    { protection: { RetentionExpirationDate: '2026-05-01' } },
  ],
  replicationStatus: [{ replicationStatus: 'FAILED' }, { replicationStatus: 'REPLICA' }],
  replicas: [{ replicas: [{ bucket: 'other', rule: 'all', status: 'COMPLETED' }] }],
  replicaOf: [{ replicaOf: 'origin' }],
};

const policy = {
  Status: 'Retention',
  MinimumRetention: { Days: 1 },
  DefaultRetention: { Days: 10 },
  MaximumRetention: { Days: 100 },
} as const;

/** A bucket that can have a version with these members: one with a policy of IBM COS has neither versions nor locks. */
function bucketFor({ protection, storageClass }: PartDetails): BucketFixture {
  if (protection !== undefined) return { region: 'us-south-standard', protection: policy };
  if (storageClass === 'ACCELERATED') return { region: 'us-south-standard', versioning: 'Enabled' };
  return { versioning: 'Enabled', objectLock: true };
}

interface Faces {
  readonly stored: Version | undefined;
  readonly shown: object | undefined;
  readonly drawn: string;
  readonly outline: unknown;
  readonly literal: StoreLiteral;
}

function facesIn(buckets: StoreLiteral['buckets']): Faces {
  const store = makeStore();
  store.addAccount('partner');
  for (const [name, fixture] of Object.entries(buckets)) addBucket(store, name, fixture);
  const handle = handleIn(store);
  const { objects } = handle;
  return {
    stored: store.buckets.get('vault')?.versions.current('a'),
    shown: handle.current('a'),
    drawn: String(handle),
    outline: objects,
    literal: storeLiteral(store),
  };
}

function facesOf(given: PartDetails): Faces {
  const versionId = given.protection === undefined ? 'v1' : 'null';
  const objects = { a: { body: 'first', versionId, lastModified: '2026-03-29', ...given } };
  return facesIn({ vault: { ...bucketFor(given), objects } });
}

function rounded({ literal }: Faces): Faces {
  return facesIn((JSON.parse(JSON.stringify(literal)) as StoreLiteral).buckets);
}

const cases = partNames.flatMap((name) => values[name].map((given) => [name, given] as const));

describe('a part of a version', () => {
  it('has members of its own in literals and on handles', () => {
    expect(partNames.length).toBe(new Set(partNames).size);
    const shown = parts.flatMap(({ shape }) =>
      Object.entries(shape).flatMap(([name, member]) => (member?.isGivenOnly ? [] : [name])),
    );
    expect(shown.toSorted()).toEqual(Object.keys(partShapes).toSorted());
    expect(partNames.toSorted()).toEqual(Object.keys(values).toSorted());
  });

  it.each(cases)('is stored if a literal has %s: %j', (name, given) => {
    expect(facesOf(given).stored).not.toEqual(facesOf({ ...given, [name]: undefined }).stored);
  });

  it.each(cases)('stays the same in a round through JSON, given as %s: %j', (_name, given) => {
    const before = facesOf(given);
    expect(rounded(before)).toEqual(before);
  });

  it('stays the same in a round through JSON beside any others', () => {
    const oneOf = (...names: readonly (keyof PartDetails)[]) =>
      fc.constantFrom<PartDetails>({}, ...names.flatMap((name) => values[name]));
    const mixed = fc.tuple(
      oneOf('restore', 'accessTier', 'lastAccessed', 'transitioned', 'storageClass'),
      oneOf('metadata'),
      oneOf('contentType', 'headers'),
      oneOf('encryption', 'etag'),
      oneOf('tags'),
      oneOf('acl'),
      oneOf('retention', 'legalHold'),
      oneOf('replicationStatus', 'replicas', 'replicaOf'),
    );
    fc.assert(
      fc.property(mixed, (given) => {
        const asked: PartDetails = Object.assign({}, ...given);
        fc.pre(asked.storageClass !== 'ACCELERATED' || (asked.retention ?? asked.legalHold) === undefined);
        const before = facesOf(asked);
        expect(rounded(before)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});
