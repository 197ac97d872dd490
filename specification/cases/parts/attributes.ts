import type { RecordedCases } from '../../../src/facts/case';

const ObjectAttributes = ['Checksum', 'ObjectParts', 'ETag', 'ObjectSize', 'StorageClass'];

/** The answers of the requests themselves; the records of CloudTrail beside them are left out. */
export const attributesOfMarkers: RecordedCases = {
  file: 'multipart_attributes_audit_replay.json',
  recorded: 'September 2026',
  cases: {
    'GetObjectAttributes of a delete marker is 404 without a version id, and 405 with it': {
      fact: 'F75',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['put-marker-predecessor', 'PutObject', { Bucket: 'vault', Key: 'deleted', Body: 'data' }, '200'],
        [
          'create-current-delete-marker',
          'DeleteObject',
          { Bucket: 'vault', Key: 'deleted' },
          '204',
          { DeleteMarker: true, VersionId: '$(marker)' },
        ],
        [
          'case-missing',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'missing', ObjectAttributes },
          '404 NoSuchKey',
          {},
          { headers: { 'x-amz-delete-marker': null } },
        ],
        [
          'case-current-delete-marker',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'deleted', ObjectAttributes },
          '404 NoSuchKey',
          {},
          { headers: { 'x-amz-delete-marker': 'true' } },
        ],
        [
          'case-explicit-delete-marker',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'deleted', VersionId: '$(marker)', ObjectAttributes },
          '405 MethodNotAllowed',
          { Message: 'The specified method is not allowed against this resource.' },
          { headers: { 'x-amz-delete-marker': 'true' } },
        ],
      ],
    },
    'a refused completion names no version, keeps the upload, and creates no version': {
      fact: 'F81',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        [
          'admit-invalid-completion-upload',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k' },
          '200',
          { UploadId: '$(upload)' },
        ],
        [
          'admit-invalid-completion-part',
          'UploadPart',
          { Bucket: 'vault', Key: 'k', UploadId: '$(upload)', PartNumber: 1, Body: 'owned admitted part' },
          '200',
          { ETag: '"d5ebeecc7430ca43644a696dd1732270"' },
        ],
        [
          'case-invalid-completion',
          'CompleteMultipartUpload',
          {
            ...{ Bucket: 'vault', Key: 'k', UploadId: '$(upload)' },
            MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"00000000000000000000000000000000"' }] },
          },
          '400 InvalidPart',
          {},
          { headers: { 'x-amz-version-id': null } },
        ],
        [
          'confirm-invalid-completion-upload-retained',
          'ListParts',
          { Bucket: 'vault', Key: 'k', UploadId: '$(upload)' },
          '200',
          { IsTruncated: false, Parts: [{ PartNumber: 1, Size: 19, ETag: '"d5ebeecc7430ca43644a696dd1732270"' }] },
        ],
        [
          'invalid-completion-created-no-version',
          'ListObjectVersions',
          { Bucket: 'vault' },
          '200',
          { IsTruncated: false },
          { absent: ['Versions', 'DeleteMarkers'] },
        ],
      ],
    },
  },
};
