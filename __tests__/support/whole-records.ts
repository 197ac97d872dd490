import { actions } from '../../src/model/access/actions';
import { awsAccounts, groups } from '../../src/model/access/grants';
import type { BucketIdentity, BucketSettings } from '../../src/model/bucket';
import { makeTaskId, type ReplicationTask } from '../../src/model/replication/replication-task';
import { Store } from '../../src/model/store';
import type { CompletedUpload, Upload } from '../../src/model/uploads/upload';
import type { ObjectContent, ObjectPart, Version } from '../../src/model/versions/version';
import { configurationValues } from './configurations';

/** A record with every member of a type and no undefined among them: if the type gets a member, this file does not compile. */
export type Whole<T> = { readonly [Name in keyof T]-?: Exclude<T[Name], undefined> };

export const start = Date.UTC(2026, 2, 31, 7, 35, 5);

export const makeStore = () =>
  new Store({ accountId: '000000000000', seed: 'seed', realNow: () => start, start: undefined });

const checksum = { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'rfPzYw==' } as const;
const lock = {
  retention: { Mode: 'GOVERNANCE', until: start + 1, eventHold: { Status: 'ON', duration: { Days: 1 } } },
  legalHold: 'ON',
} as const;
const tags = [{ Key: 'stage', Value: 'test' }];
const acl = { owner: awsAccounts.logs, grants: [{ grantee: groups.allUsers, permission: 'READ' }] } as const;
const rule = { ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 30 } } as const;

export function identityOf(store: Store): Whole<BucketIdentity> {
  return {
    name: 'vault',
    owner: store.addAccount('partner'),
    region: 'eu-west-1',
    location: 'EU',
    created: start,
    rootKeyCrn: 'crn:v1:bluemix:public:kms:us-south:a/1:2:key:3',
  };
}

export const settings: Whole<BucketSettings> = {
  versioning: { Status: 'Enabled', MFADelete: 'Disabled' },
  firstEnabled: { at: start, sequence: 1 },
  suspendedFirst: false,
  objectLock: true,
  defaultRetention: { Mode: 'COMPLIANCE', Days: 1, DefaultEventHold: { Years: 1 } },
  tags,
  acl: acl.grants,
  policy: {
    text: '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::vault"}]}',
    document: {
      version: '2008-10-17',
      id: undefined,
      statements: [
        {
          number: 1,
          sid: undefined,
          effect: 'Deny',
          principals: { inverted: false, of: [{ kind: 'everyone' }] },
          actions: { inverted: false, of: ['s3:*'] },
          covered: new Set(actions.map(({ name }) => name)),
          resources: {
            inverted: false,
            of: [{ kind: 'bucket', arn: 'arn:aws:s3:::vault', matches: () => true }],
          },
          conditions: [],
        },
      ],
      statementsFor: () => [],
    },
    isPublic: false,
  },
  accessPoints: [
    {
      name: 'reports',
      account: makeStore().defaultAccount,
      region: 'eu-west-1',
      alias: 'reports-a1b2-s3alias',
      vpcId: 'vpc-1',
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: false,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: true,
      },
      created: start,
      tags,
      policy: undefined,
    },
  ],
  lifecycle: { Rules: [rule], TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
  actingLifecycle: { Rules: [rule], TransitionDefaultMinimumObjectSize: undefined },
  ...configurationValues,
};

const part: Whole<ObjectPart> = { number: 1, size: 4, checksum };

// An object has one key, AWS's or the customer's, so no encryption has all members.
const content: Whole<Omit<ObjectContent, 'encryption'>> & Pick<ObjectContent, 'encryption'> = {
  body: Buffer.from('data'),
  etag: '8d777f385d3dfec8815d20f7496026dc-1',
  checksum,
  metadata: { title: 'report' },
  headers: { 'content-type': 'text/plain' },
  encryption: {
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: 'arn:aws:kms:eu-west-1:000000000000:key/k',
    BucketKeyEnabled: true,
  },
  storageClass: 'INTELLIGENT_TIERING',
  parts: [part],
};

/** It has no protection: a bucket with a retention policy has neither versions nor locks. */
export const version: Whole<Omit<Version, 'content' | 'protection'>> & { readonly content: ObjectContent } = {
  key: 'k',
  sortKey: 'k',
  sequence: 7,
  created: start,
  explicitId: 'v1',
  content,
  tags,
  lock,
  acl,
  annotations: [{ name: 'summary', body: Buffer.from('A report.'), etag: 'e', checksum, modified: start }],
  restore: {
    tier: 'Bulk',
    days: undefined,
    requested: start - 1,
    ready: start + 1,
    expires: undefined,
    isOngoing: true,
  },
  accessTier: 'ARCHIVE_ACCESS',
  accessed: start,
  moved: start,
  copyEnded: start,
  replication: {
    status: 'PENDING',
    source: 'vault',
    copies: [{ destination: 'replica', rule: 'all', status: 'PENDING' }],
  },
};

const copy = { key: 'k', versionId: 'v1', part: 'object', destination: 'replica' } as const;

export const task: Whole<ReplicationTask> = {
  ...copy,
  id: makeTaskId(copy),
  sequence: 7,
  rule: 'all',
  terms: {
    rule: { ID: 'all', Prefix: '', Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::replica' } },
    role: 'arn:aws:iam::111122223333:role/former',
  },
  operation: 'CopyObject',
  sender: {},
  begun: start - 2,
  at: start + 1,
  size: 4,
  etag: '8d777f385d3dfec8815d20f7496026dc-1',
  isLate: true,
  failed: { last: start, count: 2, reason: 'SlowDown', isDaily: true },
  isGivenUp: true,
};

export const taskOfNone: Whole<ReplicationTask> = {
  ...task,
  versionId: 'v0',
  id: makeTaskId({ ...copy, versionId: 'v0' }),
  sequence: 5,
  at: start + 2,
};

export function uploadOf({ defaultAccount: account }: Store): Whole<Upload> {
  const completion: Whole<CompletedUpload['completion']> = { parts: '1 e', etag: 'e', versionId: 'v1' };
  return {
    id: 'upload',
    key: 'k',
    initiator: { account, user: 'deploy', accessKeyId: 'AKIA' },
    initiated: start,
    sequence: 3,
    currentAtBegin: 2,
    isNullDeleted: true,
    isAborted: true,
    parts: new Map([[1, { number: 1, body: content.body, etag: 'e', checksum: 'rfPzYw==', created: start }]]),
    completion,
    metadata: content.metadata,
    headers: content.headers,
    encryption: content.encryption,
    namedEncryption: { ServerSideEncryption: 'AES256', SSEKMSKeyId: 'k', BucketKeyEnabled: true },
    storageClass: content.storageClass,
    tags,
    lock,
    acl,
    checksumAlgorithm: 'CRC32',
    checksumType: 'COMPOSITE',
  };
}
