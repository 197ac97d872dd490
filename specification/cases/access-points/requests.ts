import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const AccountId = '123456789012';
const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/reports`;
const alias = 'reports-alias-s3alias';
const state = { account: AccountId, users: { ann: {} }, buckets: { vault: { accessPoints: { reports: { alias } } } } };
const owner = { ID: '$(owner)' };
const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OwnedBucketProjection',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${AccountId}:root` },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::vault/*',
    },
  ],
});

function reads(by: string, Bucket: string, AccessPointAlias: boolean): readonly RecordedCall[] {
  return [
    [
      `${by}-get_bucket_acl`,
      'GetBucketAcl',
      { Bucket },
      '200',
      { Owner: owner, Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] },
    ],
    [`${by}-get_bucket_cors`, 'GetBucketCors', { Bucket }, '404 NoSuchCORSConfiguration'],
    [`${by}-get_bucket_notification_configuration`, 'GetBucketNotificationConfiguration', { Bucket }, '200'],
    [`${by}-get_bucket_policy`, 'GetBucketPolicy', { Bucket }, '200', { Policy }],
    [
      `${by}-head_bucket`,
      'HeadBucket',
      { Bucket },
      '200',
      { BucketArn: 'arn:aws:s3:::vault', BucketRegion: 'us-east-1', AccessPointAlias },
    ],
  ];
}

const CORSConfiguration = {
  CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://example.invalid'] }],
};
const unsupported = (label: string, Bucket: string): RecordedCall => [
  label,
  'PutBucketCors',
  { Bucket, CORSConfiguration },
  '403 AccessDenied',
  {
    Message: `User: arn:aws:iam::${AccountId}:user/ann is not authorized to perform: s3:PutBucketCORS on resource: "${arn}" with an explicit deny in a resource-based policy`,
  },
  { by: 'ann' },
];

export const audit: RecordedCases = {
  file: 'testdata/aws/s3control/access_point_audit_replay.json',
  recorded: '2026-09',
  cases: {
    'reads of a bucket are answered through an access point': {
      fact: 'F1112',
      state,
      calls: [
        ['set-bucket-policy', 'PutBucketPolicy', { Bucket: 'vault', Policy }, '204'],
        ...reads('bucket', 'vault', false),
        ...reads('arn', arn, false),
        ...reads('alias', alias, true),
      ],
    },
    'GetBucketLocation is answered by an alias, and not at the host of an access point': {
      fact: 'F1112',
      state,
      calls: [
        ['alias-get_bucket_location', 'GetBucketLocation', { Bucket: alias }, '200'],
        ['regional-alias-virtual', 'GET /?location', { host: `${alias}.s3.us-east-1.amazonaws.com` }, '200'],
        [
          'raw-arn-location',
          'GetBucketLocation',
          { Bucket: arn },
          '405 MethodNotAllowed',
          {
            Method: 'GET',
            ResourceType: 'ACCESSPOINT',
            Message: 'The specified method is not allowed against this resource.',
          },
        ],
      ],
    },
    'an access point denies operations that it does not support, and names itself in the refusal': {
      fact: 'F1112',
      state,
      calls: [
        unsupported('arn-unsupported-put-cors', arn),
        unsupported('alias-unsupported-put-cors', alias),
        ['verify-source-cors-after-ap-attempts', 'GetBucketCors', { Bucket: 'vault' }, '404 NoSuchCORSConfiguration'],
      ],
    },
  },
};

const uploaded = { bytes: 36, of: 'u' };
const upload = { Bucket: 'vault', Key: 'b-uploaded', UploadId: '$(upload-4)' };
const parts = { IsTruncated: false, Parts: [{ PartNumber: 1, ETag: '$(part)', Size: 36 }] };
const listParts = (by: string, Bucket: string): RecordedCall => [
  `list-parts-${by}`,
  'ListParts',
  { ...upload, Bucket },
  '200',
  { ...upload, ...parts },
];
const listUploads = (by: string, Bucket: string): RecordedCall => [
  `list-uploads-${by}`,
  'ListMultipartUploads',
  { Bucket },
  '200',
  { Bucket: 'vault', IsTruncated: false, Uploads: [{ UploadId: '$(upload-4)', Key: 'b-uploaded' }] },
];
const page = (label: string, Bucket: string, more: object, Key: string, output: object = {}): RecordedCall => [
  label,
  'ListObjectsV2',
  { Bucket, MaxKeys: 1, ...more },
  '200',
  { Name: 'vault', IsTruncated: true, KeyCount: 1, MaxKeys: 1, Contents: [{ Key }], ...output },
];
const versions = (by: string, Bucket: string): RecordedCall => [
  `list-versions-${by}`,
  'ListObjectVersions',
  { Bucket },
  '200',
  {
    Name: 'vault',
    IsTruncated: false,
    Versions: ['a-source', 'b-uploaded', 'c-copied'].map((Key) => ({ Key, VersionId: 'null', IsLatest: true })),
  },
];
const complete = (label: string, Bucket: string, more: object, Location: string, ETag: string): RecordedCall => [
  label,
  'CompleteMultipartUpload',
  { Bucket, ...more, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } },
  '200',
  { Bucket: 'vault', Location },
];
const denied = '403 AccessDenied';

export const multipart: RecordedCases = {
  file: 'testdata/aws/s3control/access_point_multipart_replay.json',
  recorded: '2026-09',
  cases: {
    'uploads, copies, pages and versions are those of the bucket, whether it is named by ARN, alias or name': {
      fact: 'F1146',
      state,
      calls: [
        ['seed-source-direct', 'PutObject', { Bucket: 'vault', Key: 'a-source', Body: 'source' }, '200'],
        [
          'initiate-arn',
          'CreateMultipartUpload',
          { Bucket: arn, Key: 'b-uploaded' },
          '200',
          { Bucket: 'vault', Key: 'b-uploaded', UploadId: '$(upload-4)' },
        ],
        [
          'upload-part-alias',
          'UploadPart',
          { ...upload, Bucket: alias, PartNumber: 1, Body: uploaded },
          '200',
          { ETag: '$(part)' },
        ],
        listParts('arn', arn),
        listUploads('arn', arn),
        listParts('alias', alias),
        listUploads('alias', alias),
        listParts('direct', 'vault'),
        listUploads('direct', 'vault'),
        [
          'complete-alias',
          'CompleteMultipartUpload',
          { ...upload, Bucket: alias, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(part)' }] } },
          '200',
          { Bucket: 'vault', Key: 'b-uploaded' },
        ],
        [
          'initiate-copy-direct',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'c-copied' },
          '200',
          { Bucket: 'vault', UploadId: '$(upload-14)' },
        ],
        [
          'copy-part-ap-source-alias-destination',
          'UploadPartCopy',
          {
            Bucket: alias,
            Key: 'c-copied',
            UploadId: '$(upload-14)',
            PartNumber: 1,
            CopySource: `${arn}/object/a-source`,
          },
          '200',
          { CopyPartResult: { ETag: '$(copied)' } },
        ],
        complete('complete-copy-alias', alias, { Key: 'c-copied', UploadId: '$(upload-14)' }, '$(any)', '$(copied)'),
        ['read-copied-direct', 'GetObject', { Bucket: 'vault', Key: 'c-copied' }, '200', { Body: 'source' }],
        page('list-v2-page1-arn', arn, {}, 'a-source', { NextContinuationToken: '$(token-19)' }),
        page('list-v2-page2-same-arn', arn, { ContinuationToken: '$(token-19)' }, 'b-uploaded'),
        page('list-v2-page2-cross-arn', alias, { ContinuationToken: '$(token-19)' }, 'b-uploaded'),
        page('list-v2-page1-alias', alias, {}, 'a-source', { NextContinuationToken: '$(token-23)' }),
        page('list-v2-page2-cross-alias', arn, { ContinuationToken: '$(token-23)' }, 'b-uploaded'),
        [
          'enable-owned-versioning',
          'PutBucketVersioning',
          { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } },
          '200',
        ],
        versions('arn', arn),
        versions('alias', alias),
        versions('direct', 'vault'),
        [
          'initiate-deny-probe-direct',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'd-deny-probe' },
          '200',
          { UploadId: '$(upload-31)' },
        ],
        [
          'deny-ap-source-read',
          'PutAccessPointPolicy',
          {
            AccountId,
            Name: 'reports',
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/object/a-source` },
              ],
            }),
          },
          '204',
        ],
        ['denied-source-get-arn', 'GetObject', { Bucket: arn, Key: 'a-source' }, denied],
        [
          'denied-copy-ap-source',
          'UploadPartCopy',
          {
            Bucket: alias,
            Key: 'd-deny-probe',
            UploadId: '$(upload-31)',
            PartNumber: 1,
            CopySource: `${arn}/object/a-source`,
          },
          denied,
        ],
        [
          'allowed-copy-direct-source',
          'UploadPartCopy',
          {
            Bucket: alias,
            Key: 'd-deny-probe',
            UploadId: '$(upload-31)',
            PartNumber: 1,
            CopySource: 'vault/a-source',
          },
          '200',
        ],
      ],
    },
    'the Location of a completed upload is at the host to which the request was sent': {
      fact: 'F1146',
      state,
      calls: [
        [
          'arn-completion-initiate',
          'CreateMultipartUpload',
          { Bucket: arn, Key: 'completed' },
          '200',
          { Bucket: 'vault', UploadId: '$(upload-1)' },
        ],
        [
          'arn-completion-part',
          'UploadPart',
          { Bucket: arn, Key: 'completed', UploadId: '$(upload-1)', PartNumber: 1, Body: 'part' },
          '200',
          { ETag: '$(part)' },
        ],
        complete(
          'arn-completion-location',
          arn,
          { Key: 'completed', UploadId: '$(upload-1)' },
          `https://reports-${AccountId}.s3-accesspoint.us-east-1.amazonaws.com/completed`,
          '$(part)',
        ),
        ['initiate', 'CreateMultipartUpload', { Bucket: 'vault', Key: 'copied' }, '200', { UploadId: '$(upload-2)' }],
        [
          'part',
          'UploadPart',
          { Bucket: 'vault', Key: 'copied', UploadId: '$(upload-2)', PartNumber: 1, Body: 'part' },
          '200',
          { ETag: '$(part)' },
        ],
        [
          'complete-copy-alias',
          'POST /copied?uploadId=$(upload-2)',
          {
            host: `${alias}.s3.amazonaws.com`,
            body: '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>$(part)</ETag></Part></CompleteMultipartUpload>',
          },
          '200',
          { Bucket: 'vault', Location: `https://${alias}.s3.amazonaws.com/copied` },
        ],
      ],
    },
  },
};

const west = { region: 'us-west-2' };
const westArn = `arn:aws:s3:us-west-2:${AccountId}:accesspoint/region`;
const regional = {
  verifySignatures: true,
  account: AccountId,
  buckets: {
    vault: {
      region: 'us-west-2',
      objects: { source: 'region copy source' },
      accessPoints: { region: { alias: 'region-alias-s3alias' } },
    },
    east: { region: 'us-east-1', objects: { source: 'region copy source' } },
  },
};
const pointHost = `region-${AccountId}.s3-accesspoint.us-west-2.amazonaws.com`;
const aliasHost = 'region-alias-s3alias.s3.us-west-2.amazonaws.com';
const line = 'GET /?list-type=2&max-keys=1';
const wrongRegion: RecordedDetails = { headers: { 'x-amz-bucket-region': 'us-west-2' } };
const redirected = {
  Endpoint: 'region-alias-s3alias.s3-us-west-2.amazonaws.com',
  Bucket: 'region-alias-s3alias',
};
const copy = (label: string, host: string, source: string, answer: string, details: RecordedDetails = {}) =>
  [
    label,
    'PUT /copied',
    { host, headers: { 'x-amz-copy-source': source } },
    answer,
    {},
    details,
  ] satisfies RecordedCall;
const fromPoint = { absent: ['Region', 'Endpoint'] };

export const regions: RecordedCases = {
  file: 'testdata/aws/s3control/access_point_region_replay.json',
  recorded: '2026-09',
  cases: {
    'an access point is found in its region only, and its alias redirects elsewhere': {
      fact: 'F1147',
      state: regional,
      calls: [
        ['ap-host-us-west-2-header', line, { host: pointHost }, '200', { Name: 'vault' }, west],
        [
          'ap-host-us-east-1-header',
          line,
          { host: pointHost },
          '400 AuthorizationHeaderMalformed',
          { Region: 'us-west-2' },
          wrongRegion,
        ],
        ['alias-west-host-us-west-2-header', line, { host: aliasHost }, '200', { Name: 'vault' }, west],
        [
          'alias-west-host-us-east-1-header',
          line,
          { host: aliasHost },
          '400 AuthorizationHeaderMalformed',
          { Region: 'us-west-2' },
          wrongRegion,
        ],
        [
          'alias-path-us-west-2-header',
          'GET /region-alias-s3alias?list-type=2&max-keys=1',
          { host: 's3.us-west-2.amazonaws.com' },
          '200',
          { Name: 'vault' },
          west,
        ],
        [
          'alias-path-us-east-1-header',
          'GET /region-alias-s3alias?list-type=2&max-keys=1',
          { host: 's3.us-east-1.amazonaws.com' },
          '301 PermanentRedirect',
          redirected,
          { absent: ['Region'], ...wrongRegion },
        ],
        [
          'alias-east-host-east-header',
          line,
          { host: 'region-alias-s3alias.s3.us-east-1.amazonaws.com' },
          '301 PermanentRedirect',
          redirected,
          wrongRegion,
        ],
      ],
    },
    'the source of a copy through an access point has to be in the region of the copy': {
      fact: 'F1147',
      state: regional,
      calls: [
        copy(
          'copy-cross-region-arn',
          'east.s3.us-east-1.amazonaws.com',
          `${westArn}/object/source`,
          '403 AccessDenied',
          fromPoint,
        ),
        copy(
          'copy-cross-region-alias',
          'east.s3.us-east-1.amazonaws.com',
          'region-alias-s3alias/source',
          '403 AccessDenied',
          fromPoint,
        ),
        copy(
          'copy-source-only-wrong-header',
          'vault.s3.us-west-2.amazonaws.com',
          `${westArn}/object/source`,
          '400 AuthorizationHeaderMalformed',
          wrongRegion,
        ),
        copy('copy-matching-region', 'vault.s3.us-west-2.amazonaws.com', `${westArn}/object/source`, '200', west),
        [
          'read-whole-copy',
          'GET /copied',
          { host: 'vault.s3.us-west-2.amazonaws.com' },
          '200',
          { Body: 'region copy source' },
          west,
        ],
      ],
    },
    'an object of a bucket of another region is copied to an access point': {
      fact: 'F1147',
      state: regional,
      calls: [
        copy('copy-destination-ap-cross-region-arn', pointHost, 'east/source', '200', west),
        copy('copy-destination-ap-cross-region-alias', aliasHost, 'east/source', '200', west),
        copy('copy-direct-cross-region', 'vault.s3.us-west-2.amazonaws.com', 'east/source', '200', west),
        [
          'read-whole-copy',
          'GET /copied',
          { host: 'vault.s3.us-west-2.amazonaws.com' },
          '200',
          { Body: 'region copy source' },
          west,
        ],
      ],
    },
  },
};
