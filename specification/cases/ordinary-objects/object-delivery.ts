import type { RecordedCases } from '../../../src/facts/case';

const log = { Bucket: 'vault', Key: 'logs/a.json.gz' };

export const objectDelivery: RecordedCases = {
  file: 'owned_object_delivery.json',
  recorded: 'September 2026',
  cases: {
    'objects of a bucket without versioning can be deleted by the version id null': {
      fact: 'F53',
      state: {
        buckets: {
          vault: {
            objects: {
              'logs/': { body: '' },
              'logs/a.json.gz': {
                body: 'log',
                contentType: 'application/json',
                headers: { 'content-encoding': 'gzip' },
              },
            },
          },
        },
      },
      calls: [
        [
          'restored-download-log',
          'GetObject',
          log,
          '200',
          {
            ContentEncoding: 'gzip',
            ContentType: 'application/json',
            ServerSideEncryption: 'AES256',
            Metadata: {},
            AcceptRanges: 'bytes',
          },
          { absent: ['VersionId'] },
        ],
        [
          'cleanup-list-versions-logs',
          'ListObjectVersions',
          { Bucket: 'vault' },
          '200',
          {
            IsTruncated: false,
            KeyMarker: '',
            VersionIdMarker: '',
            Versions: [
              { Key: 'logs/', Size: 0, VersionId: 'null', IsLatest: true, Owner: { ID: '$(owner)' } },
              { Key: 'logs/a.json.gz', Size: 3, VersionId: 'null', IsLatest: true, Owner: { ID: '$(owner)' } },
            ],
          },
          { headers: { 'x-amz-bucket-region': null } },
        ],
        [
          'cleanup-delete-version',
          'DeleteObject',
          { Bucket: 'vault', Key: 'logs/', VersionId: 'null' },
          '204',
          { VersionId: 'null' },
          { absent: ['DeleteMarker'] },
        ],
        ['cleanup-delete-version', 'DeleteObject', { ...log, VersionId: 'null' }, '204', { VersionId: 'null' }],
        [
          'cleanup-list-objects-logs',
          'ListObjectsV2',
          { Bucket: 'vault' },
          '200',
          { KeyCount: 0, IsTruncated: false },
          { absent: ['Contents'], headers: { 'x-amz-bucket-region': 'us-east-1' } },
        ],
        ['cleanup-delete-bucket', 'DeleteBucket', { Bucket: 'vault' }, '204'],
        [
          'cleanup-head-bucket-absent',
          'HeadBucket',
          { Bucket: 'vault' },
          '404',
          {},
          { headers: { 'content-type': 'application/xml', 'transfer-encoding': 'chunked' } },
        ],
      ],
    },
  },
};
