import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const revoked = { ...vault, Key: 'data/revoked.bin' };
const plain = { ...vault, Key: 'data/default.bin' };
const described = {
  AcceptRanges: 'bytes',
  ETag: '$(etag)',
  CacheControl: 'max-age=17',
  ContentType: 'application/octet-stream',
  ServerSideEncryption: 'AES256',
  Metadata: { probe: 'revoked', mixedcase: 'kept-value' },
};
const checksum = { ChecksumSHA256: '$(sha256)', ChecksumType: 'FULL_OBJECT' };
const ofChecksum = ['x-amz-checksum-sha256', 'x-amz-checksum-type'];
const stored = ['x-amz-server-side-encryption', 'cache-control', 'x-amz-meta-mixedcase', 'x-amz-meta-probe'];
const noSuchKey = { 'content-type': 'application/xml', 'transfer-encoding': 'chunked', 'x-amz-delete-marker': null };
const ofOwner = { Owner: { ID: '$(owner)' }, Grants: [{ Grantee: { ID: '$(owner)' }, Permission: 'FULL_CONTROL' }] };
const chunked = { 'content-type': null, 'transfer-encoding': 'chunked' };
const chunkedXml = { ...chunked, 'content-type': 'application/xml' };

function policyOfTrail(acl: string): string {
  const trail = {
    'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:$(account):trail/probe',
    'aws:SourceAccount': '$(account)',
  };
  const allow = (Action: string, Resource: string, StringEquals: object) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action,
    Resource,
    Condition: { StringEquals },
  });
  const Statement = [
    allow('s3:GetBucketAcl', 'arn:aws:s3:::vault', trail),
    allow('s3:PutObject', 'arn:aws:s3:::vault/logs/*', { ...trail, 's3:x-amz-acl': acl }),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const putPolicy = (label: string, acl: string): RecordedCall => [
  label,
  'PutBucketPolicy',
  { ...vault, Policy: policyOfTrail(acl) },
  '204',
];

export const newObjects: RecordedCases = {
  file: 'owned_object_delivery.json',
  recorded: 'September 2026',
  cases: {
    'a new bucket has the defaults of S3, and accepts the bucket policy of CloudTrail': {
      fact: 'F7',
      calls: [
        ['owned-name-preflight', 'HeadBucket', vault, '404', {}, { headers: { ...chunkedXml, connection: null } }],
        [
          'create-stackd-s3trail-4e88b522458c-source',
          'CreateBucket',
          vault,
          '200',
          { Location: '/vault', BucketArn: 'arn:aws:s3:::vault' },
          { headers: { 'content-length': '0' }, order: ['date', 'location', 'x-amz-bucket-arn', 'content-length'] },
        ],
        ['source-default-get-bucket-acl', 'GetBucketAcl', vault, '200', ofOwner, { headers: chunkedXml }],
        [
          'source-default-get-public-access-block',
          'GetPublicAccessBlock',
          vault,
          '200',
          {
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              IgnorePublicAcls: true,
              BlockPublicPolicy: true,
              RestrictPublicBuckets: true,
            },
          },
          { headers: chunked },
        ],
        [
          'source-default-get-bucket-encryption',
          'GetBucketEncryption',
          vault,
          '200',
          {
            ServerSideEncryptionConfiguration: {
              Rules: [
                {
                  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
                  BucketKeyEnabled: false,
                  BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
                },
              ],
            },
          },
          { headers: chunked },
        ],
        [
          'source-default-get-bucket-versioning',
          'GetBucketVersioning',
          vault,
          '200',
          {},
          { absent: ['Status', 'MFADelete'], headers: chunked },
        ],
        ['source-default-get-bucket-location', 'GetBucketLocation', vault, '200', {}, { headers: chunkedXml }],
        ['same-owner-repeat-create-us-east-1', 'CreateBucket', vault, '200', { Location: '/vault' }],
        ['source-acl-after-repeat', 'GetBucketAcl', vault, '200', ofOwner],
        [
          'source-bucket-private-acl-rejected',
          'PutBucketAcl',
          { ...vault, ACL: 'private' },
          '400 AccessControlListNotSupported',
          { Message: 'The bucket does not allow ACLs' },
          { headers: { connection: 'close' } },
        ],
        ['source-object-private-acl', 'PutObject', { ...plain, Body: 'default', ACL: 'private' }, '200'],
        ['source-object-acl-read', 'GetObjectAcl', plain, '200', ofOwner, { headers: chunkedXml }],
        putPolicy('log-policy-wrong-acl', 'private'),
        putPolicy('log-policy-correct', 'bucket-owner-full-control'),
      ],
    },
    'an object is read with its headers, and is missing after it is deleted': {
      fact: 'F980',
      state: { buckets: { vault: { objects: { 'data/default.bin': 'default' } } } },
      calls: [
        [
          'baseline-put',
          'PutObject',
          {
            ...revoked,
            Body: 'revoked',
            ContentType: 'application/octet-stream',
            Metadata: { probe: 'revoked', mixedcase: 'kept-value' },
            CacheControl: 'max-age=17',
            ACL: 'bucket-owner-full-control',
            ChecksumAlgorithm: 'SHA256',
          },
          '200',
          { ETag: '$(etag)', ...checksum, ServerSideEncryption: 'AES256' },
          { order: ['x-amz-server-side-encryption', 'etag', ...ofChecksum, 'content-length'] },
        ],
        [
          'baseline-head-default',
          'HeadObject',
          revoked,
          '200',
          { ...described, ContentLength: 7 },
          { absent: ['ChecksumSHA256'], order: ['etag', ...stored, 'accept-ranges', 'content-type'] },
        ],
        [
          'revoked-head-checksum',
          'HeadObject',
          { ...revoked, ChecksumMode: 'ENABLED' },
          '200',
          { ...described, ...checksum },
          { order: ['etag', ...ofChecksum, ...stored, 'accept-ranges'] },
        ],
        [
          'revoked-get',
          'GetObject',
          { ...revoked, ChecksumMode: 'ENABLED' },
          '200',
          { ...described, ...checksum, Body: 'revoked' },
          { order: ['etag', ...ofChecksum, ...stored, 'accept-ranges'] },
        ],
        [
          'revoked-range',
          'GetObject',
          { ...revoked, Range: 'bytes=0-5' },
          '206',
          { ...described, ContentLength: 6, ContentRange: 'bytes 0-5/7', Body: 'revoke' },
          { absent: ['ChecksumSHA256'], order: [...stored, 'accept-ranges', 'content-range', 'content-type'] },
        ],
        [
          'revoked-list',
          'ListObjectsV2',
          { ...vault, Prefix: 'data/' },
          '200',
          {
            Contents: [
              { Key: plain.Key, ChecksumAlgorithm: ['CRC64NVME'], ChecksumType: 'FULL_OBJECT', Size: 7 },
              { Key: revoked.Key, ChecksumAlgorithm: ['SHA256'], ChecksumType: 'FULL_OBJECT', Size: 7 },
            ],
            Prefix: 'data/',
            MaxKeys: 1000,
            KeyCount: 2,
          },
        ],
        ['revoked-delete', 'DeleteObject', revoked, '204', {}, { absent: ['VersionId', 'DeleteMarker'] }],
        ['revoked-head-missing', 'HeadObject', revoked, '404', {}, { headers: noSuchKey }],
        [
          'revoked-get-missing',
          'GetObject',
          revoked,
          '404 NoSuchKey',
          { Message: 'The specified key does not exist.' },
          { headers: noSuchKey },
        ],
        ['revoked-delete-missing', 'DeleteObject', revoked, '204', {}, { absent: ['VersionId', 'DeleteMarker'] }],
      ],
    },
  },
};
