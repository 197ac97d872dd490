import type { BucketFixture, MockS3Options } from '../../src';

type Rule = NonNullable<NonNullable<BucketFixture['replication']>['Rules']>[number];

/** A rule by which all that requests make in a bucket is copied to another one, delete markers as well. */
export function ruleTo(destination: string, changed: Partial<Rule> = {}): Rule {
  return {
    ID: 'all',
    Status: 'Enabled',
    Priority: 1,
    Filter: { Prefix: '' },
    DeleteMarkerReplication: { Status: 'Enabled' },
    Destination: { Bucket: `arn:aws:s3:::${destination}` },
    ...changed,
  };
}

export function replication(...Rules: readonly Rule[]): NonNullable<BucketFixture['replication']> {
  return { Role: 'arn:aws:iam::000000000000:role/replication', Rules };
}

export const replicatedPair: MockS3Options = {
  now: '2026-03-31T12:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', replication: replication(ruleTo('replica')) },
    replica: { versioning: 'Enabled' },
  },
};
