import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const header = 'x-amz-storage-class';
const answered = (storageClass: string | null) => ({ headers: { [header]: storageClass } });
const attributes = (Key: string) => ({
  Bucket,
  Key,
  ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
});
const state = {
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        ia: [{ body: 'ia', storageClass: 'STANDARD_IA', versionId: 'v1' }],
        instant: [{ body: 'instant', storageClass: 'GLACIER_IR', versionId: 'v2' }],
        old: [{ body: 'old', storageClass: 'GLACIER', versionId: 'v3' }],
        deep: [{ body: 'deep', storageClass: 'DEEP_ARCHIVE', versionId: 'v4' }],
      },
    },
  },
} as const;

export const storageClasses: RecordedCases = {
  file: 'storage_class_replay.json',
  recorded: 'September 2026',
  cases: {
    'PutObject and reads return the storage class unless it is STANDARD': {
      fact: 'F950',
      state,
      calls: [
        ['put/omitted', 'PutObject', { Bucket, Key: 'k', Body: 'k' }, '200', {}, answered(null)],
        [
          'put/STANDARD',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'STANDARD' },
          '200',
          {},
          answered(null),
        ],
        ['head put/STANDARD', 'HeadObject', { Bucket, Key: 'k' }, '200', {}, answered(null)],
        ['attributes put/STANDARD', 'GetObjectAttributes', attributes('k'), '200', { StorageClass: 'STANDARD' }],
        [
          'put/STANDARD_IA',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'STANDARD_IA' },
          '200',
          {},
          answered('STANDARD_IA'),
        ],
        ['get put/STANDARD_IA', 'GetObject', { Bucket, Key: 'k' }, '200', { StorageClass: 'STANDARD_IA' }],
        ['attributes put/STANDARD_IA', 'GetObjectAttributes', attributes('k'), '200', { StorageClass: 'STANDARD_IA' }],
        [
          'put/REDUCED_REDUNDANCY',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'REDUCED_REDUNDANCY' },
          '200',
          {},
          answered('REDUCED_REDUNDANCY'),
        ],
      ],
    },
    'storage classes that general purpose buckets lack are refused, and those of Amazon FSx with another code': {
      fact: 'F951',
      state,
      calls: [
        [
          'invalid/put-object/OUTPOSTS',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'OUTPOSTS' },
          '400 InvalidStorageClass',
          { StorageClassRequested: 'OUTPOSTS' },
        ],
        [
          'invalid/create-multipart-upload/SNOW',
          'CreateMultipartUpload',
          { Bucket, Key: 'k', StorageClass: 'SNOW' },
          '400 InvalidStorageClass',
          { StorageClassRequested: 'SNOW' },
        ],
        [
          'invalid/put-object/FSX_OPENZFS',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'FSX_OPENZFS' },
          '400 InvalidArgument',
          { ArgumentName: header, ArgumentValue: 'FSX_OPENZFS' },
        ],
        [
          'invalid/create-multipart-upload/FSX_OPENZFS',
          'CreateMultipartUpload',
          { Bucket, Key: 'k', StorageClass: 'FSX_OPENZFS' },
          '400 InvalidArgument',
          { ArgumentName: header, ArgumentValue: 'FSX_OPENZFS' },
        ],
        [
          'invalid/put-object/standard',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'standard' },
          '400 InvalidStorageClass',
          { StorageClassRequested: 'standard' },
        ],
        [
          'invalid/put-object/empty',
          'PUT /vault/k',
          { headers: { [header]: '' }, body: 'k' },
          '400 InvalidStorageClass',
          { StorageClassRequested: '' },
        ],
        [
          'invalid/create-multipart-upload/empty',
          'POST /vault/k?uploads',
          { headers: { [header]: '' } },
          '400 InvalidStorageClass',
          { StorageClassRequested: '' },
        ],
        [
          'ordering/missing-source',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/missing', StorageClass: 'INVALID_CLASS' },
          '400 InvalidStorageClass',
          { StorageClassRequested: 'INVALID_CLASS' },
        ],
      ],
    },
    'a copy is STANDARD unless it names a class, also of an object onto itself': {
      fact: 'F94',
      state,
      calls: [
        [
          'copy/default-from-ia',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/ia?versionId=v1' },
          '200',
          { CopySourceVersionId: 'v1' },
          answered(null),
        ],
        [
          'attributes copy/default-from-ia',
          'GetObjectAttributes',
          attributes('copy'),
          '200',
          { StorageClass: 'STANDARD' },
        ],
        [
          'copy/ONEZONE_IA',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/ia?versionId=v1', StorageClass: 'ONEZONE_IA' },
          '200',
          {},
          answered('ONEZONE_IA'),
        ],
        [
          'copy/GLACIER',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/ia?versionId=v1', StorageClass: 'GLACIER' },
          '200',
          {},
          answered('GLACIER'),
        ],
        [
          'get copy/GLACIER',
          'GetObject',
          { Bucket, Key: 'copy' },
          '403 InvalidObjectState',
          { StorageClass: 'GLACIER' },
        ],
        [
          '66',
          'CopyObject',
          { Bucket, Key: 'ia', CopySource: 'vault/ia' },
          '200',
          { CopySourceVersionId: 'v1', VersionId: '$(standard)' },
          answered(null),
        ],
        ['68', 'GetObjectAttributes', attributes('ia'), '200', { StorageClass: 'STANDARD', VersionId: '$(standard)' }],
        [
          '69',
          'CopyObject',
          { Bucket, Key: 'ia', CopySource: 'vault/ia', StorageClass: 'STANDARD_IA' },
          '200',
          { CopySourceVersionId: '$(standard)' },
          answered('STANDARD_IA'),
        ],
        [
          '72',
          'CopyObject',
          { Bucket, Key: 'instant', CopySource: 'vault/instant', StorageClass: 'ONEZONE_IA' },
          '200',
          { CopySourceVersionId: 'v2' },
          answered('ONEZONE_IA'),
        ],
      ],
    },
    'an archived object cannot be copied, but its tags and its ACL can be read': {
      fact: 'F800',
      state,
      calls: [
        [
          'denied-copy/DEEP_ARCHIVE/default',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/deep?versionId=v4' },
          '403 InvalidObjectState',
        ],
        [
          'denied-copy/DEEP_ARCHIVE/INVALID_CLASS',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/deep?versionId=v4', StorageClass: 'INVALID_CLASS' },
          '400 InvalidStorageClass',
        ],
        [
          '85',
          'CopyObject',
          { Bucket, Key: 'deep', CopySource: 'vault/deep', StorageClass: 'STANDARD' },
          '403 InvalidObjectState',
        ],
        [
          'get-object-tagging-put/GLACIER',
          'GetObjectTagging',
          { Bucket, Key: 'old', VersionId: 'v3' },
          '200',
          { TagSet: [], VersionId: 'v3' },
        ],
        [
          'get-object-acl-put/GLACIER',
          'GetObjectAcl',
          { Bucket, Key: 'old', VersionId: 'v3' },
          '200',
          { Grants: [{ Permission: 'FULL_CONTROL' }] },
        ],
      ],
    },
    'listings show the storage class of an upload, and the answers that begin and complete it do not': {
      fact: 'F950',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        [
          'multipart/STANDARD',
          'CreateMultipartUpload',
          { Bucket, Key: 'k', ChecksumAlgorithm: 'SHA256', StorageClass: 'ONEZONE_IA' },
          '200',
          { UploadId: '$(upload)', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
          answered(null),
        ],
        [
          'upload-part-multipart/omitted',
          'UploadPart',
          { Bucket, Key: 'k', UploadId: '$(upload)', PartNumber: 1, Body: 'k', ChecksumAlgorithm: 'SHA256' },
          '200',
          { ETag: '$(etag)', ChecksumSHA256: '$(part)' },
        ],
        [
          'list-parts-multipart/omitted',
          'ListParts',
          { Bucket, Key: 'k', UploadId: '$(upload)' },
          '200',
          {
            StorageClass: 'ONEZONE_IA',
            PartNumberMarker: '0',
            NextPartNumberMarker: '1',
            Parts: [{ PartNumber: 1, Size: 1, ChecksumSHA256: '$(part)' }],
          },
        ],
        [
          'list-multipart-uploads-92',
          'ListMultipartUploads',
          { Bucket },
          '200',
          {
            NextKeyMarker: 'k',
            NextUploadIdMarker: '$(upload)',
            Uploads: [{ Key: 'k', StorageClass: 'ONEZONE_IA', ChecksumType: 'COMPOSITE' }],
          },
        ],
        [
          'complete-multipart-upload-multipart/omitted',
          'CompleteMultipartUpload',
          {
            Bucket,
            Key: 'k',
            UploadId: '$(upload)',
            MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)', ChecksumSHA256: '$(part)' }] },
          },
          '200',
          { ChecksumSHA256: '$(whole)-1', ChecksumType: 'COMPOSITE' },
          answered(null),
        ],
        [
          'get-object-attributes-multipart/omitted',
          'GetObjectAttributes',
          attributes('k'),
          '200',
          {
            Checksum: { ChecksumSHA256: '$(whole)', ChecksumType: 'COMPOSITE' },
            StorageClass: 'ONEZONE_IA',
            ObjectParts: { TotalPartsCount: 1, Parts: [{ PartNumber: 1, Size: 1, ChecksumSHA256: '$(part)' }] },
          },
        ],
        [
          'list-objects-v2-129',
          'ListObjectsV2',
          { Bucket },
          '200',
          {
            Contents: [
              { Key: 'k', ChecksumAlgorithm: ['SHA256'], ChecksumType: 'COMPOSITE', StorageClass: 'ONEZONE_IA' },
            ],
          },
        ],
      ],
    },
    'a policy with a storage class condition allows only writes of that class': {
      fact: 'F486',
      state: {
        roles: {
          conditioned: {
            policy: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::vault/*' },
                {
                  Effect: 'Allow',
                  Action: 's3:PutObject',
                  Resource: 'arn:aws:s3:::vault/iam/*',
                  Condition: { StringEquals: { 's3:x-amz-storage-class': 'STANDARD_IA' } },
                },
              ],
            },
          },
        },
        buckets: { vault: { versioning: 'Enabled', objects: { source: 'source' } } },
      },
      calls: [undefined, 'STANDARD', 'STANDARD_IA', 'GLACIER'].flatMap((StorageClass) =>
        (
          [
            ['put-object', 'PutObject', { Body: 'k' }, answered('STANDARD_IA')],
            ['copy-object', 'CopyObject', { CopySource: 'vault/source' }, answered('STANDARD_IA')],
            ['create-multipart-upload', 'CreateMultipartUpload', {}, answered(null)],
          ] as const
        ).map(([name, operation, input, answer]): RecordedCall => {
          const isAllowed = StorageClass === 'STANDARD_IA';
          return [
            `${name}-iam/${name}/${StorageClass ?? 'omitted'}`,
            operation,
            { Bucket, Key: `iam/${name}`, ...input, ...(StorageClass && { StorageClass }) },
            isAllowed ? '200' : '403 AccessDenied',
            {},
            { by: 'role/conditioned', ...(isAllowed && answer) },
          ];
        }),
      ),
    },
    'an object can be copied onto itself with any storage class, even its own, but a STANDARD object not without one': {
      fact: 'F94',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        [
          'put-object-STANDARD',
          'PutObject',
          { Bucket, Key: 'k', Body: 'k', StorageClass: 'STANDARD', Metadata: { original: 'yes' } },
          '200',
          { VersionId: '$(first)' },
          answered(null),
        ],
        ['copy-object-STANDARD', 'CopyObject', { Bucket, Key: 'k', CopySource: 'vault/k' }, '400 InvalidRequest'],
        ['head-object-STANDARD', 'HeadObject', { Bucket, Key: 'k' }, '200', { VersionId: '$(first)' }],
        [
          'copy-object-STANDARD',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/k', StorageClass: 'STANDARD' },
          '200',
          { CopySourceVersionId: '$(first)', VersionId: '$(second)' },
          answered(null),
        ],
        [
          'head-object-STANDARD',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { VersionId: '$(second)', Metadata: { original: 'yes' } },
          answered(null),
        ],
        [
          'set-up STANDARD_IA',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/k', StorageClass: 'STANDARD_IA' },
          '200',
          { VersionId: '$(third)' },
        ],
        [
          'copy-object-STANDARD_IA',
          'CopyObject',
          { Bucket, Key: 'k', CopySource: 'vault/k', StorageClass: 'STANDARD_IA' },
          '200',
          { CopySourceVersionId: '$(third)', VersionId: '$(fourth)' },
          answered('STANDARD_IA'),
        ],
        [
          'copy-object-STANDARD_IA',
          'CopyObject',
          {
            Bucket,
            Key: 'k',
            CopySource: 'vault/k',
            StorageClass: 'STANDARD_IA',
            MetadataDirective: 'REPLACE',
            Metadata: { changed: 'yes' },
          },
          '200',
          { CopySourceVersionId: '$(fourth)', VersionId: '$(fifth)' },
          answered('STANDARD_IA'),
        ],
        [
          'head-object-STANDARD_IA',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { VersionId: '$(fifth)', Metadata: { changed: 'yes' }, StorageClass: 'STANDARD_IA' },
        ],
      ],
    },
    'a copy with an unknown storage class is refused as a PUT is': {
      fact: 'F951',
      state: { buckets: { vault: { objects: { source: 'source' } } } },
      calls: [
        ...['EXPRESS_ONEZONE', 'OUTPOSTS', 'SNOW', 'INVALID_CLASS', 'standard', ''].map(
          (StorageClass): RecordedCall => [
            `copy-object-invalid/${StorageClass === '' ? 'empty' : StorageClass}`,
            'PUT /vault/copy',
            { headers: { [header]: StorageClass, 'x-amz-copy-source': 'vault/source' } },
            '400 InvalidStorageClass',
            { StorageClassRequested: StorageClass },
          ],
        ),
        [
          'copy-object-invalid/FSX_OPENZFS',
          'CopyObject',
          { Bucket, Key: 'copy', CopySource: 'vault/source', StorageClass: 'FSX_OPENZFS' },
          '400 InvalidArgument',
          { ArgumentName: header, ArgumentValue: 'FSX_OPENZFS' },
        ],
      ],
    },
    'UploadPartCopy from an archived object is refused, and the upload stays empty': {
      fact: 'F800',
      state,
      calls: [
        [
          'create-multipart-upload-copy-parts',
          'CreateMultipartUpload',
          { Bucket, Key: 'parts', StorageClass: 'STANDARD_IA' },
          '200',
          { UploadId: '$(upload)' },
          answered(null),
        ],
        ...(['old', 'deep'] as const).flatMap((key): readonly RecordedCall[] => {
          const StorageClass = key === 'old' ? 'GLACIER' : 'DEEP_ARCHIVE';
          const refused = ['403 InvalidObjectState', { StorageClass }] as const;
          const from = { CopySource: `vault/${key}` };
          const part = { Bucket, Key: 'parts', UploadId: '$(upload)', PartNumber: 1 };
          return [
            [`copy-object-denied/${StorageClass}`, 'CopyObject', { Bucket, Key: 'copy', ...from }, ...refused],
            ['upload-part-copy-copy-parts', 'UploadPartCopy', { ...part, ...from }, ...refused],
          ];
        }),
        [
          'list-parts-copy-parts',
          'ListParts',
          { Bucket, Key: 'parts', UploadId: '$(upload)' },
          '200',
          { PartNumberMarker: '0', NextPartNumberMarker: '0', IsTruncated: false, StorageClass: 'STANDARD_IA' },
          { absent: ['Parts'] },
        ],
      ],
    },
    'S3 checks the conditions and the range of a read before the archive': {
      fact: 'F611',
      state: { buckets: { vault: {} } },
      calls: ['STANDARD', 'GLACIER'].flatMap((StorageClass): readonly RecordedCall[] => {
        const at = { Bucket, Key: StorageClass };
        const [head, read] = [`head-object-${StorageClass}`, `get-object-${StorageClass}`];
        const later = { ...at, IfModifiedSince: '2030-01-01T00:00:00Z' };
        return [
          [`put-object-${StorageClass}`, 'PutObject', { ...at, Body: 'k', StorageClass }, '200', { ETag: '$(etag)' }],
          [head, 'HeadObject', { ...at, IfMatch: '"not-an-etag"' }, '412'],
          [read, 'GetObject', { ...at, IfMatch: '"not-an-etag"' }, '412 PreconditionFailed'],
          [head, 'HeadObject', { ...at, IfNoneMatch: '$(etag)' }, '304'],
          [read, 'GetObject', { ...at, IfNoneMatch: '$(etag)' }, '304'],
          [head, 'HeadObject', { ...at, Range: 'bytes=999-1000' }, '416'],
          [read, 'GetObject', { ...at, Range: 'bytes=999-1000' }, '416 InvalidRange'],
          [head, 'HeadObject', later, '200', { ETag: '$(etag)' }],
          StorageClass === 'GLACIER'
            ? [read, 'GetObject', later, '403 InvalidObjectState', { StorageClass }]
            : [read, 'GetObject', { ...later, ChecksumMode: 'ENABLED' }, '200', { ChecksumType: 'FULL_OBJECT' }],
        ];
      }),
    },
  },
};
