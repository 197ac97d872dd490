import type { RecordedCases } from '../../../src/facts/case';

const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' };
const other = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=' };
const ofKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'hRasmdxgYDKV3nvbahU1MA==' };
const arn = 'arn:aws:s3:::';
const open = { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] } as const;
const source = { Bucket: 'vault', Key: 'k', VersionId: '$(version)' };
const replica = { Bucket: 'replica', Key: 'k', VersionId: '$(version)' };
const late = { after: { seconds: 20 } };

/** Objects with a customer's key are copied as they are, unless the destination blocks such keys. */
export const replication: RecordedCases = {
  file: 'customer_encryption_replication_replay.json',
  recorded: 'September 2026',
  cases: {
    "a replica has the customer's key of its source, and a destination that blocks SSE-C gets no replica": {
      fact: 'F880',
      state: {
        replicationDelay: { seconds: 15 },
        roles: {
          copier: {
            trust: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
            },
            policy: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
                  Resource: `${arn}vault`,
                },
                {
                  Effect: 'Allow',
                  Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
                  Resource: `${arn}vault/*`,
                },
                { Effect: 'Allow', Action: ['s3:ReplicateObject', 's3:ReplicateTags'], Resource: `${arn}replica/*` },
              ],
            },
          },
        },
        buckets: {
          vault: { versioning: 'Enabled', encryption: open },
          replica: { versioning: 'Enabled', encryption: open },
        },
      },
      calls: [
        [
          'configure',
          'PutBucketReplication',
          {
            Bucket: 'vault',
            ReplicationConfiguration: {
              Role: 'arn:aws:iam::$(account):role/copier',
              Rules: [
                {
                  ID: 'all',
                  Status: 'Enabled',
                  Priority: 1,
                  Filter: { Prefix: '' },
                  DeleteMarkerReplication: { Status: 'Disabled' },
                  Destination: { Bucket: `${arn}replica` },
                },
              ],
            },
          },
          '200',
        ],
        [
          'put-unblocked',
          'PutObject',
          { Bucket: 'vault', Key: 'k', Body: 'payload', ...key },
          '200',
          { VersionId: '$(version)', ETag: '$(etag)', ...ofKey },
        ],
        [
          'poll-unblocked',
          'HeadObject',
          { ...source, ...key },
          '200',
          { ETag: '$(etag)', ReplicationStatus: 'PENDING', ...ofKey },
        ],
        [
          'poll-unblocked',
          'HeadObject',
          { ...source, ...key },
          '200',
          { ETag: '$(etag)', ReplicationStatus: 'COMPLETED' },
          late,
        ],
        [
          'replica-matching-key',
          'GetObject',
          { ...replica, ...key },
          '200',
          { ETag: '$(etag)', Body: 'payload', ReplicationStatus: 'REPLICA', ...ofKey },
        ],
        ['replica-missing-key', 'GetObject', replica, '400 InvalidRequest'],
        ['replica-wrong-key', 'GetObject', { ...replica, ...other }, '403 AccessDenied'],
        [
          'block-destination',
          'PutBucketEncryption',
          {
            Bucket: 'replica',
            ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }] },
          },
          '200',
        ],
        [
          'existing-replica-after-block',
          'GetObject',
          { ...replica, ...key },
          '200',
          { Body: 'payload', ReplicationStatus: 'REPLICA' },
        ],
        [
          'metadata-after-block',
          'PutObjectTagging',
          { ...source, Tagging: { TagSet: [{ Key: 'after', Value: 'block' }] } },
          '200',
          { VersionId: '$(version)' },
        ],
        ['poll-metadata-after-block', 'GetObjectTagging', replica, '200', { TagSet: [] }],
        [
          'poll-metadata-after-block',
          'GetObjectTagging',
          replica,
          '200',
          { TagSet: [{ Key: 'after', Value: 'block' }] },
          late,
        ],
        [
          'put-blocked-destination',
          'PutObject',
          { Bucket: 'vault', Key: 'blocked', Body: 'payload', ...key },
          '200',
          { VersionId: '$(blocked)' },
        ],
        [
          'poll-blocked',
          'HeadObject',
          { Bucket: 'vault', Key: 'blocked', ...key },
          '200',
          { ReplicationStatus: 'PENDING' },
        ],
        [
          'poll-blocked',
          'HeadObject',
          { Bucket: 'vault', Key: 'blocked', ...key },
          '200',
          { ReplicationStatus: 'FAILED' },
          late,
        ],
        [
          'blocked-destination-absence',
          'GetObject',
          { Bucket: 'replica', Key: 'blocked', VersionId: '$(blocked)', ...key },
          '404 NoSuchVersion',
        ],
        [
          'blocked-source-readable',
          'GetObject',
          { Bucket: 'vault', Key: 'blocked', VersionId: '$(blocked)', ...key },
          '200',
          { Body: 'payload', ReplicationStatus: 'FAILED' },
        ],
      ],
    },
  },
};
