import type { RecordedCases } from '../../../src/facts/case';

const Bucket = 'logs';
const get = 'GetBucketLifecycleConfiguration';
const put = 'PutBucketLifecycleConfiguration';
const remove = 'DeleteBucketLifecycle';
const now = '2026-09-21T16:42:00Z';

const rule = (ID: string, Days: number) =>
  ({ ID, Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days } }) as const;
const rules = (ID: string, Days: number, more: object = {}) => ({
  Bucket,
  LifecycleConfiguration: { Rules: [rule(ID, Days)] },
  ...more,
});
const head = (date: string, id: string) => ({ Expiration: `expiry-date="${date} 00:00:00 GMT", rule-id="${id}"` });

const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' } as const;
const actions = ['s3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'];
const owned = ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'];
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

const session = (...Action: readonly string[]) => ({
  caller: 'role/probe',
  session: { policy: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
});
const dataOnly = session('s3:GetObject');
const getOnly = session('s3:GetLifecycleConfiguration', 's3:GetObject');
const putOnly = session('s3:PutLifecycleConfiguration', 's3:GetObject');

export const lifecycleAuthority: RecordedCases = {
  file: 'lifecycle_header_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'a lifecycle request that expects another owner is refused': {
      state: {
        now,
        accounts: { other: {} },
        buckets: { logs: { objects: { k: 'k' }, lifecycle: { Rules: [rule('authority', 30)] } } },
      },
      calls: [
        ['authority-positive-0', 'HeadObject', { Bucket, Key: 'k' }, '200', head('Thu, 22 Oct 2026', 'authority')],
        [
          'wrong-owner-get-bucket-lifecycle-configuration',
          get,
          { Bucket, ExpectedBucketOwner: '$(account:other)' },
          '403 AccessDenied',
        ],
        [
          'wrong-owner-put-bucket-lifecycle-configuration',
          put,
          rules('wrong-owner', 10, { ExpectedBucketOwner: '$(account:other)' }),
          '403 AccessDenied',
        ],
        [
          'wrong-owner-delete-bucket-lifecycle',
          remove,
          { Bucket, ExpectedBucketOwner: '$(account:other)' },
          '403 AccessDenied',
        ],
        [
          'correct-owner-get',
          get,
          { Bucket, ExpectedBucketOwner: '$(account)' },
          '200',
          { Rules: [{ ID: 'authority' }] },
        ],
      ],
    },
    'a lifecycle configuration is read with s3:GetLifecycleConfiguration, and written and deleted with s3:PutLifecycleConfiguration':
      {
        state: {
          now,
          roles: { probe: { policy: { Statement: [all] } } },
          buckets: { logs: { objects: { k: 'k' }, lifecycle: { Rules: [rule('authority', 30)] } } },
        },
        calls: [
          [
            'data-only-read-positive-0',
            'GetObject',
            { Bucket, Key: 'k' },
            '200',
            head('Thu, 22 Oct 2026', 'authority'),
            { by: dataOnly },
          ],
          ['data-only-get-control', get, { Bucket }, '403 AccessDenied', {}, { by: dataOnly }],
          ['data-only-put-control', put, rules('authority', 30), '403 AccessDenied', {}, { by: dataOnly }],
          ['data-only-delete-control', remove, { Bucket }, '403 AccessDenied', {}, { by: dataOnly }],
          ['get-only-get-control', get, { Bucket }, '200', { Rules: [{ ID: 'authority' }] }, { by: getOnly }],
          ['get-only-put-control', put, rules('authority', 30), '403 AccessDenied', {}, { by: getOnly }],
          ['get-only-delete-control', remove, { Bucket }, '403 AccessDenied', {}, { by: getOnly }],
          ['put-only-get-control', get, { Bucket }, '403 AccessDenied', {}, { by: putOnly }],
          ['put-only-put-control', put, rules('authority', 30), '200', {}, { by: putOnly }],
          ['put-only-delete-control', remove, { Bucket }, '204', {}, { by: putOnly }],
        ],
      },
    'another account needs the permission of the bucket for lifecycle, and a Deny applies to the owner': {
      state: {
        now,
        accounts: { other: { roles: { member: { policy: { Statement: [all] } } } } },
        buckets: { logs: { objects: { k: 'k' }, lifecycle: { Rules: [rule('owner-before', 20)] } } },
      },
      calls: [
        ['member-without-policy-get', get, { Bucket }, '403 AccessDenied', {}, { by: 'other:role/member' }],
        ['member-without-policy-put', put, rules('ungranted', 21), '403 AccessDenied', {}, { by: 'other:role/member' }],
        ['member-without-policy-delete', remove, { Bucket }, '403 AccessDenied', {}, { by: 'other:role/member' }],
        [
          'cross-account-bucket-policy',
          'PutBucketPolicy',
          {
            Bucket,
            Policy: policy({
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::$(account:other):role/member' },
              Action: ['s3:GetObject', ...actions],
              Resource: owned,
            }),
          },
          '204',
        ],
        ['member-stateful-put', put, rules('member-positive', 21), '200', {}, { by: 'other:role/member' }],
        ['owner-after-member-put-0', get, { Bucket }, '200', { Rules: [{ ID: 'member-positive' }] }],
        [
          'member-data-positive-0',
          'GetObject',
          { Bucket, Key: 'k' },
          '200',
          head('Tue, 13 Oct 2026', 'member-positive'),
          { by: 'other:role/member' },
        ],
        ['member-stateful-delete', remove, { Bucket }, '204', {}, { by: 'other:role/member' }],
        ['owner-after-member-delete-0', get, { Bucket }, '404 NoSuchLifecycleConfiguration'],
        ['header-after-member-delete', 'HeadObject', { Bucket, Key: 'k' }, '200', {}, { absent: ['Expiration'] }],
        ['owner-restores-config', put, rules('owner-deny-test', 22), '200'],
        [
          'owner-explicit-deny-policy',
          'PutBucketPolicy',
          {
            Bucket,
            Policy: policy({
              Effect: 'Deny',
              Principal: { AWS: 'arn:aws:iam::$(account):root' },
              Action: actions,
              Resource: 'arn:aws:s3:::logs',
            }),
          },
          '204',
        ],
        ['owner-explicit-deny-get', get, { Bucket }, '403 AccessDenied'],
        ['owner-explicit-deny-put', put, rules('denied', 23), '403 AccessDenied'],
        ['owner-explicit-deny-delete', remove, { Bucket }, '403 AccessDenied'],
        [
          'owner-explicit-deny-object-get',
          'GetObject',
          { Bucket, Key: 'k' },
          '200',
          head('Wed, 14 Oct 2026', 'owner-deny-test'),
        ],
        ['owner-remove-deny', 'DeleteBucketPolicy', { Bucket }, '204'],
        ['owner-repaired-get', get, { Bucket }, '200', { Rules: [{ ID: 'owner-deny-test' }] }],
      ],
    },
  },
};
