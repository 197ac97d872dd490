import type { RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const key = { Bucket: 'vault', Key: 'k' };
const put = (Body: string) => ({ ...key, Body, Metadata: { marker: Body }, ChecksumAlgorithm: 'CRC32' });
const read = (VersionId?: string) => ({ ...key, ChecksumMode: 'ENABLED', ...(VersionId && { VersionId }) });
const shown = { AcceptRanges: 'bytes', ServerSideEncryption: 'AES256' };
const stored = { ChecksumType: 'FULL_OBJECT', ServerSideEncryption: 'AES256' };
const first = {
  ...shown,
  ContentLength: 17,
  ETag: '"13dfba16cf460eaec65b5d934be1e068"',
  Metadata: { marker: 'before-versioning' },
};
const firstRead = { ...first, ChecksumCRC32: '7mrNAA==', ChecksumType: 'FULL_OBJECT', Body: 'before-versioning' };
const one = {
  ...shown,
  ContentLength: 11,
  ETag: '"e64e9fa0d6d2c03a8f1a51cc041afa23"',
  Body: 'version-one',
  VersionId: '$(v1)',
};
const entry = {
  ChecksumAlgorithm: ['CRC32'],
  ChecksumType: 'FULL_OBJECT',
  StorageClass: 'STANDARD',
  Owner: { ID: '$(owner)' },
};
const version = (Key: string, VersionId: string, IsLatest: boolean) => ({ ...entry, Key, VersionId, IsLatest });
const marker = (VersionId: string, IsLatest: boolean) => ({ Owner: { ID: '$(owner)' }, Key: 'k', VersionId, IsLatest });
const page = { ...vault, MaxKeys: 1 };
const noId = { absent: ['VersionId'] };
const noChecksum = { absent: ['VersionId', 'ChecksumCRC32', 'ChecksumType'] };
const badId = (ArgumentName: string, ArgumentValue: string) => ({
  Message: 'Invalid version id specified',
  ArgumentName,
  ArgumentValue,
});
const markerHeaders = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': '$(marker)' };
const notAllowed = {
  Message: 'The specified method is not allowed against this resource.',
  Method: 'GET',
  ResourceType: 'DeleteMarker',
};

// biome-ignore format: one line a call
export const stacks: RecordedCases = {
  file: 'versioning.json',
  recorded: 'September 2026',
  cases: {
    'the state of versioning decides whether a write or a deletion creates a version, a delete marker or the null version': {
      fact: 'F51',
      state: { now: '2026-09-15T01:10:25Z', buckets: { vault: {} } },
      calls: [
        ['initial-versioning', 'GetBucketVersioning', vault, '200', {}, { absent: ['Status', 'MFADelete'] }],
        ['put-original-null', 'PutObject', put('before-versioning'), '200', { ...stored, ETag: '"13dfba16cf460eaec65b5d934be1e068"', ChecksumCRC32: '7mrNAA==' }, noId],
        ['get-original-current', 'GetObject', read(), '200', { ...firstRead, LastModified: '2026-09-15T01:10:25Z' }, noId],
        ['get-original-null', 'GetObject', read('null'), '200', firstRead, { ...noId, headers: { 'x-amz-version-id': null } }],
        ['list-unversioned', 'ListObjectVersions', vault, '200', { IsTruncated: false, KeyMarker: '', VersionIdMarker: '', Versions: [{ ...version('k', 'null', true), Size: 17, LastModified: '2026-09-15T01:10:25Z' }], Name: 'vault', Prefix: '', MaxKeys: 1000 }, { absent: ['DeleteMarkers', 'NextKeyMarker'] }],
        ['empty-versioning-configuration', 'PutBucketVersioning', { ...vault, VersioningConfiguration: {} }, '400 IllegalVersioningConfigurationException', { Message: 'The Versioning element must be specified' }],
        ['read-after-empty-configuration', 'GetBucketVersioning', vault, '200', {}, { absent: ['Status'] }],
        ['enable-versioning', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Enabled' } }, '200'],
        ['enabled-readback', 'GetBucketVersioning', vault, '200', { Status: 'Enabled' }, { absent: ['MFADelete'] }],
        ['get-null-after-enable', 'GetObject', read(), '200', { ...firstRead, VersionId: 'null' }, { headers: { 'x-amz-version-id': 'null' } }],
        ['put-v1', 'PutObject', put('version-one'), '200', { ...stored, ETag: '"e64e9fa0d6d2c03a8f1a51cc041afa23"', ChecksumCRC32: 'oK/O3Q==', VersionId: '$(v1)' }, { after: { seconds: 1 } }],
        ['put-v2', 'PutObject', put('version-two'), '200', { ...stored, ETag: '"d1a54ef28a983aaef7d697fadf883de2"', VersionId: '$(v2)' }],
        ['list-enabled', 'ListObjectVersions', vault, '200', { Versions: [version('k', '$(v2)', true), version('k', '$(v1)', false), version('k', 'null', false)], DeleteMarkers: null }],
        ['get-v1', 'GetObject', read('$(v1)'), '200', { ...one, ChecksumCRC32: 'oK/O3Q==' }],
        ['delete-current-enabled', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: '$(marker)' }, { headers: { 'x-amz-delete-marker': 'true' }, after: { seconds: 1 } }],
        ['head-current-marker', 'HeadObject', key, '404', {}, { headers: { ...markerHeaders, 'content-type': 'application/xml' } }],
        ['get-current-marker', 'GetObject', key, '404 NoSuchKey', { Message: 'The specified key does not exist.', Key: 'k' }, { headers: markerHeaders }],
        ['get-explicit-marker', 'GetObject', read('$(marker)'), '405 MethodNotAllowed', notAllowed, { headers: { ...markerHeaders, 'last-modified': 'Tue, 15 Sep 2026 01:10:27 GMT' } }],
        ['head-explicit-marker', 'HeadObject', { ...key, VersionId: '$(marker)' }, '405', {}, { headers: { ...markerHeaders, 'last-modified': 'Tue, 15 Sep 2026 01:10:27 GMT' } }],
        ['get-v1-below-marker', 'GetObject', read('$(v1)'), '200', one],
        ['get-missing-version', 'GetObject', read('not-a-version'), '400 InvalidArgument', badId('versionId', 'not-a-version')],
        ['delete-missing-version', 'DeleteObject', { ...key, VersionId: 'not-a-version' }, '400 InvalidArgument', badId('versionId', 'not-a-version')],
        ['list-with-marker', 'ListObjectVersions', vault, '200', { Versions: [version('k', '$(v2)', false), version('k', '$(v1)', false), version('k', 'null', false)], DeleteMarkers: [{ ...marker('$(marker)', true), LastModified: '2026-09-15T01:10:27Z' }] }],
        ['remove-enabled-marker', 'DeleteObject', { ...key, VersionId: '$(marker)' }, '204', { DeleteMarker: true, VersionId: '$(marker)' }],
        ['get-restored-v2', 'GetObject', read(), '200', { VersionId: '$(v2)', Body: 'version-two', ChecksumCRC32: 'ywnCSg==' }],
        ['delete-v2', 'DeleteObject', { ...key, VersionId: '$(v2)' }, '204', { VersionId: '$(v2)' }, { absent: ['DeleteMarker'] }],
        ['get-restored-v1', 'GetObject', read(), '200', one],
        ['suspend-versioning', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Suspended' } }, '200'],
        ['suspended-readback', 'GetBucketVersioning', vault, '200', { Status: 'Suspended' }],
        ['replace-null-first', 'PutObject', put('suspended-first'), '200', { ...stored, ETag: '"dbe6a52b615c9308c9645b5a2e8f21b5"' }, { ...noId, headers: { 'x-amz-version-id': null } }],
        ['replace-null-second', 'PutObject', put('suspended-second'), '200', { ETag: '"1271cf5453ab41d52fc5fd21f4155bf0"' }, noId],
        ['list-suspended-null', 'ListObjectVersions', vault, '200', { Versions: [{ ...version('k', 'null', true), Size: 16 }, version('k', '$(v1)', false)], DeleteMarkers: null }],
        ['get-surviving-v1', 'GetObject', read('$(v1)'), '200', one],
        ['delete-current-suspended', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: 'null' }, { headers: { 'x-amz-version-id': 'null', 'x-amz-delete-marker': 'true' } }],
        ['get-null-marker', 'GetObject', read('null'), '405 MethodNotAllowed', notAllowed, { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'null' } }],
        ['repeat-delete-suspended', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: 'null' }],
        ['list-suspended-marker', 'ListObjectVersions', vault, '200', { Versions: [version('k', '$(v1)', false)], DeleteMarkers: [marker('null', true)] }],
        ['remove-null-marker', 'DeleteObject', { ...key, VersionId: 'null' }, '204', { DeleteMarker: true, VersionId: 'null' }],
        ['get-v1-after-null-removal', 'GetObject', read(), '200', one],
        ['reenable-versioning', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Enabled' } }, '200'],
        ['put-v3', 'PutObject', put('version-three'), '200', { VersionId: '$(v3)' }],
        ['delete-current-again', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: '$(second)' }],
        ['list-current-hidden-by-marker', 'ListObjectsV2', vault, '200', { IsTruncated: false, KeyCount: 0, MaxKeys: 1000, Name: 'vault', Prefix: '' }, { absent: ['Contents'] }],
        ['delete-bucket-with-history', 'DeleteBucket', vault, '409 BucketNotEmpty', { Message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.', BucketName: 'vault' }],
        ['invalid-versioning-state', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Disabled' } }, '400 MalformedXML', { Message: 'The XML you provided was not well-formed or did not validate against our published schema' }],
        ['read-after-invalid-state', 'GetBucketVersioning', vault, '200', { Status: 'Enabled' }],
      ],
    },
    'ListObjectVersions continues from version to version, and refuses wrong markers': {
      fact: 'F60',
      state: { now: '2026-09-15T01:10:31Z', buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['put-v1', 'PutObject', put('version-one'), '200', { VersionId: '$(v1)' }],
        ['put-v3', 'PutObject', put('version-three'), '200', { VersionId: '$(v3)' }],
        ['delete-current-again', 'DeleteObject', key, '204', { VersionId: '$(marker)' }],
        ['put-a-first', 'PutObject', { ...put('a-first'), Key: 'a/file.txt' }, '200', { ETag: '"bbff5c763a45cec474fd7db07c115be7"', VersionId: '$(a1)' }],
        ['put-a-second', 'PutObject', { ...put('a-second'), Key: 'a/file.txt' }, '200', { VersionId: '$(a2)' }],
        ['put-b', 'PutObject', { ...put('b'), Key: 'b/file.txt' }, '200', { VersionId: '$(b)' }],
        ['put-encoded-key', 'PutObject', { ...put('encoded'), Key: 'space +/#é' }, '200', { VersionId: '$(space)' }],
        ['page-0', 'ListObjectVersions', page, '200', { IsTruncated: true, KeyMarker: '', VersionIdMarker: '', NextKeyMarker: 'a/file.txt', NextVersionIdMarker: '$(a2)', Versions: [{ ...version('a/file.txt', '$(a2)', true), Size: 8 }], MaxKeys: 1 }],
        ['page-1', 'ListObjectVersions', { ...page, KeyMarker: 'a/file.txt', VersionIdMarker: '$(a2)' }, '200', { IsTruncated: true, KeyMarker: 'a/file.txt', VersionIdMarker: '$(a2)', NextKeyMarker: 'a/file.txt', NextVersionIdMarker: '$(a1)', Versions: [version('a/file.txt', '$(a1)', false)] }],
        ['page-2', 'ListObjectVersions', { ...page, KeyMarker: 'a/file.txt', VersionIdMarker: '$(a1)' }, '200', { IsTruncated: true, NextKeyMarker: 'b/file.txt', NextVersionIdMarker: '$(b)', Versions: [version('b/file.txt', '$(b)', true)] }],
        ['page-3', 'ListObjectVersions', { ...page, KeyMarker: 'b/file.txt', VersionIdMarker: '$(b)' }, '200', { IsTruncated: true, NextKeyMarker: 'k', NextVersionIdMarker: '$(marker)', DeleteMarkers: [marker('$(marker)', true)] }, { absent: ['Versions'] }],
        ['page-4', 'ListObjectVersions', { ...page, KeyMarker: 'k', VersionIdMarker: '$(marker)' }, '200', { IsTruncated: true, NextVersionIdMarker: '$(v3)', Versions: [version('k', '$(v3)', false)] }],
        ['page-5', 'ListObjectVersions', { ...page, KeyMarker: 'k', VersionIdMarker: '$(v3)' }, '200', { IsTruncated: true, NextVersionIdMarker: '$(v1)', Versions: [version('k', '$(v1)', false)] }],
        ['page-6', 'ListObjectVersions', { ...page, KeyMarker: 'k', VersionIdMarker: '$(v1)' }, '200', { IsTruncated: false, Versions: [version('space +/#é', '$(space)', true)] }, { absent: ['NextKeyMarker', 'NextVersionIdMarker'] }],
        ['delimiter-pages', 'ListObjectVersions', { ...vault, Delimiter: '/', MaxKeys: 2 }, '200', { IsTruncated: true, NextKeyMarker: 'b/', Delimiter: '/', CommonPrefixes: [{ Prefix: 'a/' }, { Prefix: 'b/' }] }, { absent: ['NextVersionIdMarker', 'Versions'] }],
        ['encoded-versions', 'ListObjectVersions', { ...vault, EncodingType: 'url' }, '200', { EncodingType: 'url', Versions: [version('a/file.txt', '$(a2)', true), version('a/file.txt', '$(a1)', false), version('b/file.txt', '$(b)', true), version('k', '$(v3)', false), version('k', '$(v1)', false), version('space+%2B/%23%C3%A9', '$(space)', true)], DeleteMarkers: [marker('$(marker)', true)] }],
        ['orphan-version-marker', 'ListObjectVersions', { ...vault, VersionIdMarker: '$(v1)' }, '400 InvalidArgument', { Message: 'A version-id marker cannot be specified without a key marker.', ArgumentName: 'version-id-marker', ArgumentValue: '$(v1)' }],
        ['unknown-version-marker', 'ListObjectVersions', { ...vault, KeyMarker: 'k', VersionIdMarker: 'not-a-version' }, '400 InvalidArgument', badId('version-id-marker', 'not-a-version')],
        ['zero-max-keys', 'ListObjectVersions', { ...vault, MaxKeys: 0 }, '200', { IsTruncated: false, MaxKeys: 0 }, { absent: ['Versions', 'DeleteMarkers', 'NextKeyMarker'] }],
        ['negative-max-keys', 'ListObjectVersions', { ...vault, MaxKeys: -1 }, '400 InvalidArgument', { Message: 'max-keys cannot be negative', ArgumentName: 'max-keys' }],
        ['cleanup-versions-0', 'DeleteObjects', { ...vault, Delete: { Objects: [{ Key: 'k', VersionId: '$(marker)' }], Quiet: false } }, '200', { Deleted: [{ Key: 'k', VersionId: '$(marker)', DeleteMarker: true, DeleteMarkerVersionId: '$(marker)' }] }],
      ],
    },
  },
};

// biome-ignore format: one line a call
export const nulls: RecordedCases = {
  file: 'versioning_null.json',
  recorded: 'September 2026',
  cases: {
    'reads return the version id null once versioning was enabled, and writes return none while it is suspended': {
      fact: 'F53',
      state: { now: '2026-09-15T01:14:10Z', buckets: { vault: {} } },
      calls: [
        ['put-original-null', 'PutObject', put('before-versioning'), '200', { ...stored, ChecksumCRC32: '7mrNAA==' }, noId],
        ['unversioned-current-get-object', 'GetObject', read(), '200', firstRead, { ...noId, headers: { 'last-modified': 'Tue, 15 Sep 2026 01:14:10 GMT', 'content-length': '17', 'x-amz-version-id': null } }],
        ['unversioned-explicit-null-get-object', 'GetObject', read('null'), '200', firstRead, noId],
        ['unversioned-current-head-object', 'HeadObject', key, '200', first, noChecksum],
        ['unversioned-explicit-null-head-object', 'HeadObject', { ...key, VersionId: 'null' }, '200', first, noChecksum],
        ['enable-versioning', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Enabled' } }, '200'],
        ['enabled-current-null-get-object', 'GetObject', read(), '200', { ...firstRead, VersionId: 'null' }],
        ['enabled-explicit-null-get-object', 'GetObject', read('null'), '200', { ...firstRead, VersionId: 'null' }],
        ['enabled-current-null-head-object', 'HeadObject', key, '200', { ...first, VersionId: 'null' }],
        ['enabled-explicit-null-head-object', 'HeadObject', { ...key, VersionId: 'null' }, '200', { ...first, VersionId: 'null' }],
        ['put-v1', 'PutObject', put('version-one'), '200', { VersionId: '$(v1)' }],
        ['delete-valid-version', 'DeleteObject', { ...key, VersionId: '$(v1)' }, '204', { VersionId: '$(v1)' }],
        ['get-deleted-valid-version', 'GetObject', read('$(v1)'), '404 NoSuchVersion', { Message: 'The specified version does not exist.', Key: 'k', VersionId: '$(v1)' }],
        ['head-deleted-valid-version', 'HeadObject', { ...key, VersionId: '$(v1)' }, '404', {}, { headers: { 'content-type': 'application/xml' } }],
        ['repeat-delete-valid-version', 'DeleteObject', { ...key, VersionId: '$(v1)' }, '204', { VersionId: '$(v1)' }],
        ['get-unknown-32-A', 'GetObject', read('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'), '400 InvalidArgument', badId('versionId', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')],
        ['delete-unknown-32-A', 'DeleteObject', { ...key, VersionId: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, '400 InvalidArgument', badId('versionId', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')],
        ['get-unknown-32-0', 'GetObject', read('00000000000000000000000000000000'), '400 InvalidArgument', badId('versionId', '00000000000000000000000000000000')],
        ['delete-unknown-32-0', 'DeleteObject', { ...key, VersionId: '00000000000000000000000000000000' }, '400 InvalidArgument', badId('versionId', '00000000000000000000000000000000')],
        ['suspend-versioning', 'PutBucketVersioning', { ...vault, VersioningConfiguration: { Status: 'Suspended' } }, '200'],
        ['put-suspended-null', 'PutObject', put('after-suspension'), '200', { ...stored, ETag: '"76756fab38beef89669b7e1230269e52"', ChecksumCRC32: 'HxUjjA==' }, { ...noId, headers: { 'x-amz-version-id': null } }],
        ['suspended-current-null-get-object', 'GetObject', read(), '200', { VersionId: 'null', Body: 'after-suspension', ContentLength: 16 }],
        ['suspended-explicit-null-get-object', 'GetObject', read('null'), '200', { VersionId: 'null', Body: 'after-suspension' }],
        ['suspended-current-null-head-object', 'HeadObject', key, '200', { VersionId: 'null', ContentLength: 16 }],
        ['suspended-explicit-null-head-object', 'HeadObject', { ...key, VersionId: 'null' }, '200', { VersionId: 'null' }],
        ['null-last-current', 'ListObjectVersions', vault, '200', { Versions: [{ ...version('k', 'null', true), Size: 16 }] }],
        ['cleanup-versions-0', 'DeleteObjects', { ...vault, Delete: { Objects: [{ Key: 'k', VersionId: 'null' }], Quiet: false } }, '200', { Deleted: [{ Key: 'k', VersionId: 'null' }] }],
        ['cleanup-inventory-1', 'ListObjectVersions', vault, '200', { IsTruncated: false }, { absent: ['Versions', 'DeleteMarkers'] }],
        ['cleanup-bucket', 'DeleteBucket', vault, '204'],
        ['cleanup-bucket-absence', 'HeadBucket', vault, '404', {}, { headers: { 'content-type': 'application/xml' } }],
      ],
    },
  },
};
