import type { RecordedCases } from '../replay';

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
    'a PUT answers its storage class, and so do reads, unless it is STANDARD': {
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
    'classes that general purpose buckets lack are refused, those of Amazon FSx by another code': {
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
    'an archived object is not copied, and its tags and its ACL are read': {
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
    'an upload has its class in listings, and not in the answers that begin and end it': {
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
  },
};
