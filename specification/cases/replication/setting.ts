import type { MockS3Options } from '../../../src/mock/options';

type Roles = NonNullable<MockS3Options['roles']>;

export const arn = 'arn:aws:s3:::';
export const versioned = { versioning: 'Enabled' } as const;
export const role = 'arn:aws:iam::$(account):role/copier';
export const late = { after: { seconds: 30 } };

export const statement = (
  Effect: 'Allow' | 'Deny',
  Action: string | readonly string[],
  Resource: string | readonly string[],
) => ({ Effect, Action, Resource });

export const policyOf = (Bucket: string, ...statements: readonly object[]) => ({
  Bucket,
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Principal: { AWS: role }, ...one })),
  }),
});

export const trust = (Condition?: object) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow' as const,
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sts:AssumeRole',
      ...(Condition && { Condition }),
    },
  ],
});

export const grants = (destinations: readonly string[], ...more: readonly ReturnType<typeof statement>[]) => ({
  Version: '2012-10-17',
  Statement: [
    statement('Allow', ['s3:GetReplicationConfiguration', 's3:ListBucket'], `${arn}vault`),
    statement(
      'Allow',
      [
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
        's3:GetObjectRetention',
        's3:GetObjectLegalHold',
      ],
      `${arn}vault/*`,
    ),
    statement(
      'Allow',
      ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
      destinations.map((bucket) => `${arn}${bucket}/*`),
    ),
    ...more,
  ],
});

export const copier = (
  destinations: readonly string[],
  ...more: readonly ReturnType<typeof statement>[]
): Readonly<{ copier: Roles[string] }> => ({ copier: { trust: trust(), policy: grants(destinations, ...more) } });

export const rule = (ID: string, bucket: string, Priority = 1, more: object = {}, destination: object = {}) => ({
  ID,
  Priority,
  Filter: { Prefix: '' },
  Status: 'Enabled',
  DeleteMarkerReplication: { Status: 'Enabled' },
  ...more,
  Destination: { Bucket: `${arn}${bucket}`, ...destination },
});

export const configuration = (Rules: readonly object[], Role = role) => ({
  Bucket: 'vault',
  ReplicationConfiguration: { Role, Rules },
});
