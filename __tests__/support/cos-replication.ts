import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { askCos } from './protection';

export const crnOf = (bucket: string): string =>
  `crn:v1:bluemix:public:cloud-object-storage:global:a/3bf0d9003abfb5d29761c3e97696b71c:d6f04d83-6c4f-4a62-a165-696756d63903:bucket:${bucket}`;

/** A rule of IBM COS that copies all of a bucket, with its delete markers, and what the rule has instead. */
export const ruleTo = (bucket: string, instead: object = {}) => ({
  ID: 'all',
  Priority: 1,
  Status: 'Enabled' as const,
  Filter: {},
  DeleteMarkerReplication: { Status: 'Enabled' as const },
  Destination: { Bucket: crnOf(bucket) },
  ...instead,
});

export const ofCos = { region: 'us-south-standard', versioning: 'Enabled' } as const satisfies BucketFixture;

export const copiedBuckets = {
  vault: { ...ofCos, replication: { Rules: [ruleTo('replica')] } },
  replica: ofCos,
} as const satisfies Readonly<Record<string, BucketFixture>>;

export const setVersioning = (bucket: string, status: 'Enabled' | 'Suspended') =>
  askCos(`PUT /${bucket}?versioning`, {
    body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
  });

export interface ListedFailure {
  readonly key: string | undefined;
  readonly type: string | undefined;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly cause: string | undefined;
}

export function failuresIn(body: string): readonly ListedFailure[] {
  return [...body.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = '']) => {
    const textIn = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(entry)?.[1];
    return {
      key: textIn('Key'),
      type: textIn('SyncType'),
      first: textIn('FirstSyncAttempted'),
      last: textIn('LastSyncAttempted'),
      cause: textIn('SyncFailureCause'),
    };
  });
}

export async function listedFailures(query = ''): Promise<readonly ListedFailure[]> {
  return failuresIn((await askCos(`GET /vault?ibm-replication-failures${query}`)).body);
}
