import type { RecordedCases } from '../../../src/facts/case';

const item = 'arn:aws:s3:::vault/item';
const control = 'arn:aws:s3:::vault/control';

const state = {
  users: {
    ann: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
  },
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        item: [
          { body: 'item', versionId: 'v1' },
          { deleteMarker: true, versionId: 'm1' },
        ],
        control: [{ body: 'control', versionId: 'v2' }],
      },
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DenyReads',
            Effect: 'Deny',
            Principal: '*',
            Action: ['s3:GetObject', 's3:GetObjectVersion'],
            Resource: [item, control],
          },
        ],
      },
    },
  },
} as const;

const by = 'ann';
const denied = (action: string, resource: string) => ({
  Message: `User: arn:aws:iam::$(account):user/ann is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a resource-based policy`,
});

export const markerPolicy: RecordedCases = {
  file: 'marker_policy.json',
  recorded: 'September 2026',
  cases: {
    'a read finds the delete marker before it evaluates a Deny of the bucket policy': {
      fact: 'F524',
      state,
      calls: [
        [
          'policy-applied-control-0',
          'GetObject',
          { Bucket: 'vault', Key: 'control' },
          '403 AccessDenied',
          denied('s3:GetObject', control),
          { by },
        ],
        [
          'denied-current-marker-get-object',
          'GetObject',
          { Bucket: 'vault', Key: 'item' },
          '404 NoSuchKey',
          { Message: 'The specified key does not exist.' },
          { by },
        ],
        [
          'denied-explicit-marker-get-object',
          'GetObject',
          { Bucket: 'vault', Key: 'item', VersionId: 'm1' },
          '405 MethodNotAllowed',
          { Message: 'The specified method is not allowed against this resource.' },
          { by },
        ],
        [
          'denied-normal-version-get-object',
          'GetObject',
          { Bucket: 'vault', Key: 'item', VersionId: 'v1' },
          '403 AccessDenied',
          denied('s3:GetObjectVersion', item),
          { by },
        ],
        ['denied-current-marker-head-object', 'HeadObject', { Bucket: 'vault', Key: 'item' }, '404', {}, { by }],
        [
          'denied-explicit-marker-head-object',
          'HeadObject',
          { Bucket: 'vault', Key: 'item', VersionId: 'm1' },
          '405',
          {},
          { by },
        ],
        [
          'denied-normal-version-head-object',
          'HeadObject',
          { Bucket: 'vault', Key: 'item', VersionId: 'v1' },
          '403',
          {},
          { by },
        ],
      ],
    },
  },
};
