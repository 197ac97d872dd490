import type { RecordedCases } from '../../../src/facts/case';

const key = { Bucket: 'vault', Key: 'k' };
const upload = { ...key, UploadId: '$(upload)' };
const plain = { Bucket: 'plain', Key: 'k' };
const ofPlain = { ...plain, UploadId: '$(upload)' };
const bytes = (of: string) => ({ bytes: 5242880, of });
const tail = { base64: 'ZmluYWwtcGFydAD/Cg==' };
const parts = (...named: readonly (readonly [PartNumber: number, ETag: string])[]) => ({
  MultipartUpload: { Parts: named.map(([PartNumber, ETag]) => ({ PartNumber, ETag })) },
});
const ofA = '"b8fc857a25e7958868c2f003d5e0952d"';
const ofB = '"ba8c3fac0e224c9b79a8e74bebd54654"';
const ofTail = '"870285a8dc91d0ae0986d99589dc8c52"';
const ofTiny = '"d60cadf1a41c651e1f0ade50136bad43"';
const encrypted = { ServerSideEncryption: 'AES256' };
const both = {
  PartNumberMarker: '0',
  NextPartNumberMarker: '2',
  MaxParts: 1000,
  IsTruncated: false,
  StorageClass: 'STANDARD',
  Parts: [
    { PartNumber: 1, ETag: ofB, Size: 5242880 },
    { PartNumber: 2, ETag: ofTail, Size: 13 },
  ],
};
const old = {
  ETag: '"7ba090855486a87f0f00334da08b19c0"',
  ChecksumCRC32: '4t3MTQ==',
  ChecksumType: 'FULL_OBJECT',
  VersionId: '$(old)',
  ContentType: 'text/plain',
  Metadata: { phase: 'old' },
  Body: 'previous-visible-version',
};
const made = { ETag: '"e1cbd78373e702a76ebeb3afba939912-2"', VersionId: '$(version)' };
const described = {
  CacheControl: 'max-age=7',
  ContentType: 'application/x-multipart',
  Metadata: { mixed: 'Case preserved value', phase: 'completed' },
  TagCount: 2,
};
const whole = (ETag: string, ChecksumCRC64NVME: string) => ({
  ETag,
  ChecksumCRC64NVME,
  ChecksumType: 'FULL_OBJECT',
  ServerSideEncryption: 'AES256',
});
const noChecksum = { absent: ['ChecksumCRC64NVME', 'ChecksumType'] };
const partly = { absent: ['PartsCount', 'ContentRange'] };

const listing = { Bucket: 'plain', Prefix: 'listing/' };
const begin = (Key: string) => ({ Bucket: 'plain', Key: `listing/${Key}` });
const entry = (Key: string, UploadId: string) => ({ Key: `listing/${Key}`, UploadId, StorageClass: 'STANDARD' });
const first = { ...begin('a'), UploadId: '$(first)' };
const second = { ...begin('a'), UploadId: '$(second)' };
const third = { ...begin('z'), UploadId: '$(z)' };

const copied = { ...plain, UploadId: '$(upload)', CopySource: 'vault/source?versionId=$(old)' };
const copiedOld = {
  CopySourceVersionId: '$(old)',
  ServerSideEncryption: 'AES256',
  CopyPartResult: { ETag: '$(source)' },
};
const start = { bytes: 5242890, of: 's' };

// biome-ignore format: one line a call
export const controls: RecordedCases = {
  file: 'multipart_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'a completed upload is a version of the parts that the completion names, in order': {
      fact: 'F81',
      state: { now: '2026-09-20T06:53:38Z', buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['previous-object', 'PutObject', { ...key, Body: 'previous-visible-version', Metadata: { phase: 'old' }, ContentType: 'text/plain', ChecksumCRC32: '4t3MTQ==' }, '200', { ETag: '"7ba090855486a87f0f00334da08b19c0"', ChecksumCRC32: '4t3MTQ==', VersionId: '$(old)' }],
        ['baseline-create', 'CreateMultipartUpload', { ...key, ContentType: 'application/x-multipart', Metadata: { phase: 'completed', mixed: 'Case preserved value' }, Tagging: 'kind=multipart&space=a%20b', CacheControl: 'max-age=7' }, '200', { ...key, ...encrypted, UploadId: '$(upload)' }, { after: { seconds: 1 } }],
        ['previous-visible-after-create', 'GetObject', { ...key, ChecksumMode: 'ENABLED' }, '200', { ...old, LastModified: '2026-09-20T06:53:38Z' }, partly],
        ['baseline-part2-first', 'UploadPart', { ...upload, PartNumber: 2, Body: tail, ChecksumCRC32: 'y0ReAw==' }, '200', { ...encrypted, ETag: ofTail, ChecksumCRC32: 'y0ReAw==' }],
        ['baseline-part1-old', 'UploadPart', { ...upload, PartNumber: 1, Body: bytes('A'), ChecksumCRC32: 'JRTCyQ==' }, '200', { ETag: ofA, ChecksumCRC32: 'JRTCyQ==' }],
        ['baseline-part1-replacement', 'UploadPart', { ...upload, PartNumber: 1, Body: bytes('B'), ChecksumCRC32: 'QoZTGg==' }, '200', { ETag: ofB }, { after: { seconds: 3 } }],
        ['baseline-list-page1', 'ListParts', { ...upload, MaxParts: 1 }, '200', { PartNumberMarker: '0', NextPartNumberMarker: '1', MaxParts: 1, IsTruncated: true, Parts: [{ PartNumber: 1, LastModified: '2026-09-20T06:53:42Z', ETag: ofB, Size: 5242880 }] }],
        ['baseline-list-page2', 'ListParts', { ...upload, MaxParts: 1, PartNumberMarker: '1' }, '200', { PartNumberMarker: '1', NextPartNumberMarker: '2', IsTruncated: false, Parts: [{ PartNumber: 2, LastModified: '2026-09-20T06:53:39Z', ETag: ofTail, Size: 13 }] }],
        ['previous-visible-after-parts', 'GetObject', { ...key, ChecksumMode: 'ENABLED' }, '200', old],
        ['baseline-complete-unsorted', 'CompleteMultipartUpload', { ...upload, ...parts([2, ofTail], [1, ofB]) }, '400 InvalidPartOrder'],
        ['baseline-state-after-unsorted', 'ListParts', upload, '200', both],
        ['baseline-complete-missing-part', 'CompleteMultipartUpload', { ...upload, ...parts([1, ofB], [3, ofTail]) }, '400 InvalidPart'],
        ['baseline-complete-old-etag', 'CompleteMultipartUpload', { ...upload, ...parts([1, ofA], [2, ofTail]) }, '400 InvalidPart'],
        ['baseline-state-after-old-etag', 'ListParts', upload, '200', both],
        ['baseline-complete-sorted', 'CompleteMultipartUpload', { ...upload, ...parts([1, ofB], [2, ofTail]) }, '200', { ...made, ...whole('"e1cbd78373e702a76ebeb3afba939912-2"', 'kXn25MjY4hQ='), ...key }, { absent: ['ChecksumCRC32', 'ChecksumSHA256'] }],
        ['baseline-old-version-download', 'GetObject', { ...key, ChecksumMode: 'ENABLED', VersionId: '$(old)' }, '200', old],
        ['baseline-head', 'HeadObject', { ...key, ChecksumMode: 'ENABLED' }, '200', { ...made, ...described, ContentLength: 5242893, LastModified: '2026-09-20T06:53:39Z', ChecksumCRC64NVME: 'kXn25MjY4hQ=' }, partly],
        ['baseline-tags', 'GetObjectTagging', key, '200', { VersionId: '$(version)', TagSet: [{ Key: 'kind', Value: 'multipart' }, { Key: 'space', Value: 'a b' }] }],
        ['baseline-complete-repeated', 'CompleteMultipartUpload', { ...upload, ...parts([1, ofB], [2, ofTail]) }, '200', { ...made, ...key, ...encrypted }, noChecksum],
        ['baseline-list-after-complete', 'ListParts', upload, '404 NoSuchUpload'],
        ['baseline-abort-after-complete', 'AbortMultipartUpload', upload, '204'],
      ],
    },
    'a completion that names a part twice is refused, and the upload stays': {
      fact: 'F81',
      state: { buckets: { plain: {} } },
      calls: [
        ['duplicate-create', 'CreateMultipartUpload', plain, '200', { UploadId: '$(upload)' }],
        ['invisible-head', 'HeadObject', plain, '404'],
        ['invisible-list', 'ListObjectsV2', { Bucket: 'plain', EncodingType: 'url' }, '200', { IsTruncated: false, Prefix: '', MaxKeys: 1000, EncodingType: 'url', KeyCount: 0 }],
        ['duplicate-part1', 'UploadPart', { ...ofPlain, PartNumber: 1, Body: bytes('A') }, '200', { ETag: ofA }],
        ['duplicate-part2', 'UploadPart', { ...ofPlain, PartNumber: 2, Body: tail }, '200', { ETag: ofTail }],
        ['duplicate-complete', 'CompleteMultipartUpload', { ...ofPlain, ...parts([1, ofA], [1, ofA]) }, '400 InvalidPartOrder'],
        ['duplicate-state', 'ListParts', ofPlain, '200', { Parts: [{ PartNumber: 1, ETag: ofA }, { PartNumber: 2, ETag: ofTail }] }],
        ['duplicate-download', 'GetObject', plain, '404 NoSuchKey'],
      ],
    },
    'a completion may leave out parts, even the first, and only the last part may be small': {
      fact: 'F81',
      state: { buckets: { plain: {} } },
      calls: [
        ['subset-create', 'CreateMultipartUpload', plain, '200', { UploadId: '$(upload)' }],
        ['subset-part1', 'UploadPart', { ...ofPlain, PartNumber: 1, Body: 'tiny', ChecksumCRC32: 'ULiXyQ==' }, '200', { ETag: ofTiny, ChecksumCRC32: 'ULiXyQ==' }],
        ['subset-part2', 'UploadPart', { ...ofPlain, PartNumber: 2, Body: tail }, '200', { ETag: ofTail }],
        ['undersized-complete', 'CompleteMultipartUpload', { ...ofPlain, ...parts([1, ofTiny], [2, ofTail]) }, '400 EntityTooSmall'],
        ['undersized-state', 'ListParts', ofPlain, '200', { NextPartNumberMarker: '2', Parts: [{ PartNumber: 1, Size: 4 }, { PartNumber: 2, Size: 13 }] }],
        ['subset-complete', 'CompleteMultipartUpload', { ...ofPlain, ...parts([2, ofTail]) }, '200', whole('"3f4643b8135633e65587f6e14f78e720-1"', 'zyl+tJxSIPg=')],
        ['subset-state', 'ListParts', ofPlain, '404 NoSuchUpload'],
        ['subset-download', 'HeadObject', { ...plain, ChecksumMode: 'ENABLED' }, '200', { ContentLength: 13, ...whole('"3f4643b8135633e65587f6e14f78e720-1"', 'zyl+tJxSIPg='), ContentType: 'binary/octet-stream' }, partly],
        ['no-checksum-create', 'CreateMultipartUpload', plain, '200', { UploadId: '$(other)' }],
        ['no-checksum-upload', 'UploadPart', { ...plain, UploadId: '$(other)', PartNumber: 1, Body: 'tiny' }, '200', { ETag: ofTiny }, { absent: ['ChecksumCRC32', 'ChecksumCRC64NVME'] }],
        ['no-checksum-complete', 'CompleteMultipartUpload', { ...plain, UploadId: '$(other)', ...parts([1, ofTiny]) }, '200', whole('"591b9d182a82cad6b0329067fb42572b-1"', 'wrGHnUOm1jg=')],
        ['no-checksum-download', 'GetObject', { ...plain, ChecksumMode: 'ENABLED' }, '200', { ...whole('"591b9d182a82cad6b0329067fb42572b-1"', 'wrGHnUOm1jg='), Body: 'tiny' }],
      ],
    },
    'uploads of one key are listed by the time when they began, and the one that began later wins within a second': {
      fact: 'F88',
      state: { buckets: { plain: {} } },
      calls: [
        ['listing-create-0', 'CreateMultipartUpload', begin('z'), '200', { UploadId: '$(z)' }],
        ['listing-create-1', 'CreateMultipartUpload', begin('a'), '200', { UploadId: '$(first)' }],
        ['listing-create-2', 'CreateMultipartUpload', begin('a'), '200', { UploadId: '$(second)' }],
        ['listing-create-3', 'CreateMultipartUpload', begin('folder/x'), '200', { UploadId: '$(x)' }],
        ['listing-part-1', 'UploadPart', { ...first, PartNumber: 1, Body: 'B' }, '200', { ETag: '"9d5ed678fe57bcca610140957afab571"' }],
        ['listing-part-2', 'UploadPart', { ...second, PartNumber: 1, Body: 'C' }, '200', { ETag: '"0d61f8370cad1d412f80b84d143e1257"' }],
        ['uploads-page1', 'ListMultipartUploads', { ...listing, MaxUploads: 1 }, '200', { KeyMarker: '', UploadIdMarker: '', NextKeyMarker: 'listing/a', Prefix: 'listing/', NextUploadIdMarker: '$(first)', MaxUploads: 1, IsTruncated: true, Uploads: [entry('a', '$(first)')] }],
        ['uploads-page2', 'ListMultipartUploads', { ...listing, MaxUploads: 1, KeyMarker: 'listing/a', UploadIdMarker: '$(first)' }, '200', { KeyMarker: 'listing/a', UploadIdMarker: '$(first)', NextKeyMarker: 'listing/a', NextUploadIdMarker: '$(second)', IsTruncated: true, Uploads: [entry('a', '$(second)')] }],
        ['uploads-page3', 'ListMultipartUploads', { ...listing, MaxUploads: 1, KeyMarker: 'listing/a', UploadIdMarker: '$(second)' }, '200', { NextKeyMarker: 'listing/folder/x', NextUploadIdMarker: '$(x)', IsTruncated: true, Uploads: [entry('folder/x', '$(x)')] }],
        ['uploads-page4', 'ListMultipartUploads', { ...listing, MaxUploads: 1, KeyMarker: 'listing/folder/x', UploadIdMarker: '$(x)' }, '200', { NextKeyMarker: 'listing/z', NextUploadIdMarker: '$(z)', IsTruncated: false, Uploads: [entry('z', '$(z)')] }],
        ['uploads-key-marker-only', 'ListMultipartUploads', { ...listing, KeyMarker: 'listing/a' }, '200', { KeyMarker: 'listing/a', UploadIdMarker: '', NextKeyMarker: 'listing/z', NextUploadIdMarker: '$(z)', MaxUploads: 1000, IsTruncated: false, Uploads: [entry('folder/x', '$(x)'), entry('z', '$(z)')] }],
        ['uploads-delimiter', 'ListMultipartUploads', { ...listing, Delimiter: '/' }, '200', { NextKeyMarker: 'listing/z', Delimiter: '/', NextUploadIdMarker: '$(z)', IsTruncated: false, Uploads: [entry('a', '$(first)'), entry('a', '$(second)'), entry('z', '$(z)')], CommonPrefixes: [{ Prefix: 'listing/folder/' }] }],
        ['independent-first-parts', 'ListParts', first, '200', { Parts: [{ PartNumber: 1, ETag: '"9d5ed678fe57bcca610140957afab571"', Size: 1 }] }],
        ['independent-second-parts', 'ListParts', second, '200', { Parts: [{ PartNumber: 1, ETag: '"0d61f8370cad1d412f80b84d143e1257"', Size: 1 }] }],
        ['independent-first-complete', 'CompleteMultipartUpload', { ...first, ...parts([1, '"9d5ed678fe57bcca610140957afab571"']) }, '200', whole('"5c9e6fc724b08950b73fce676094572a-1"', '/F1ravXpuLU=')],
        ['independent-first-download', 'GetObject', begin('a'), '200', { Body: 'B' }],
        ['independent-second-still-active', 'ListParts', second, '200', { Parts: [{ PartNumber: 1 }] }],
        ['independent-second-complete', 'CompleteMultipartUpload', { ...second, ...parts([1, '"0d61f8370cad1d412f80b84d143e1257"']) }, '200', whole('"4dfb2b65a8228ecb2b4e2ea369af9aab-1"', 'gzObosXcMcw=')],
        ['independent-second-download', 'GetObject', begin('a'), '200', { Body: 'C' }],
        ['abort-existing', 'AbortMultipartUpload', third, '204'],
        ['abort-repeated', 'AbortMultipartUpload', third, '204'],
        ['list-after-abort', 'ListParts', third, '404 NoSuchUpload'],
        ['upload-after-abort', 'UploadPart', { ...third, PartNumber: 1, Body: 'tiny' }, '404 NoSuchUpload'],
        ['complete-after-abort', 'CompleteMultipartUpload', { ...third, ...parts([1, '"9d5ed678fe57bcca610140957afab571"']) }, '404 NoSuchUpload'],
      ],
    },
    'a part can be copied from a version, with conditions on the version': {
      fact: 'F92',
      state: { now: '2026-09-20T06:54:09Z', buckets: { plain: {}, vault: { versioning: 'Enabled' } } },
      calls: [
        ['copy-source-old', 'PutObject', { Bucket: 'vault', Key: 'source', Body: start, Metadata: { 'source-only': 'not-inherited' }, ContentType: 'text/source' }, '200', { ETag: '$(source)', VersionId: '$(old)' }],
        ['copy-source-new', 'PutObject', { Bucket: 'vault', Key: 'source', Body: 'new-source' }, '200', { ETag: '"9928b789a35be0667a4bee0461646496"', VersionId: '$(new)' }],
        ['copy-create', 'CreateMultipartUpload', { ...plain, Metadata: { dest: 'yes' }, ContentType: 'application/destination' }, '200', { UploadId: '$(upload)' }],
        ['copy-full-version', 'UploadPartCopy', { ...copied, PartNumber: 1 }, '200', { ...copiedOld, CopyPartResult: { ETag: '$(source)', LastModified: '2026-09-20T06:54:09Z' } }],
        ['copy-range', 'UploadPartCopy', { ...copied, PartNumber: 2, CopySourceRange: 'bytes=0-9' }, '200', { CopySourceVersionId: '$(old)', CopyPartResult: { ETag: '$(range)' } }],
        ['copy-ifmatch-false', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfMatch: '"00000000000000000000000000000000"' }, '412 PreconditionFailed'],
        ['copy-ifnone-false', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfNoneMatch: '$(source)' }, '412 PreconditionFailed'],
        ['copy-unmodified-false', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfUnmodifiedSince: '2000-01-01T00:00:00Z' }, '412 PreconditionFailed'],
        ['copy-modified-false', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfModifiedSince: '2099-01-01T00:00:00Z' }, '200', copiedOld],
        ['copy-match-overrides-date', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfMatch: '$(source)', CopySourceIfUnmodifiedSince: '2000-01-01T00:00:00Z' }, '200', copiedOld],
        ['copy-none-overrides-date', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceIfNoneMatch: '$(source)', CopySourceIfModifiedSince: '2000-01-01T00:00:00Z' }, '412 PreconditionFailed'],
        ['copy-range-outside', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceRange: 'bytes=9999999-10000000' }, '400 InvalidRequest'],
        ['copy-range-reversed', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySourceRange: 'bytes=9-0' }, '400 InvalidArgument'],
        ['copy-missing-source', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySource: 'vault/missing' }, '404 NoSuchKey'],
        ['copy-missing-version', 'UploadPartCopy', { ...copied, PartNumber: 3, CopySource: 'vault/source?versionId=null' }, '404 NoSuchVersion'],
        ['copy-small-source-range', 'UploadPartCopy', { ...copied, PartNumber: 4, CopySource: 'vault/source', CopySourceRange: 'bytes=0-2' }, '200', { CopySourceVersionId: '$(new)', CopyPartResult: { ETag: '"22af645d1859cb5ca6da0c484f1f37ea"' } }],
        ['copy-list-parts', 'ListParts', ofPlain, '200', { NextPartNumberMarker: '4', Parts: [{ PartNumber: 1, ETag: '$(source)', Size: 5242890 }, { PartNumber: 2, ETag: '$(range)', Size: 10 }, { PartNumber: 3, ETag: '$(source)' }, { PartNumber: 4, Size: 3 }] }],
        ['copy-complete', 'CompleteMultipartUpload', { ...ofPlain, ...parts([1, '$(source)'], [2, '$(range)']) }, '200', { ETag: '$(whole)', ChecksumType: 'FULL_OBJECT' }],
        ['copy-download', 'HeadObject', { ...plain, ChecksumMode: 'ENABLED' }, '200', { ETag: '$(whole)', ContentLength: 5242900, ContentType: 'application/destination', Metadata: { dest: 'yes' } }, partly],
        ['copy-tags', 'GetObjectTagging', plain, '200', { TagSet: [] }],
      ],
    },
    'the checksum of an uploaded object is that of all bytes, or is composed of those of its parts': {
      fact: 'F83',
      state: { buckets: { plain: {} } },
      calls: [
        ['checksum-CRC32-create', 'CreateMultipartUpload', { ...plain, ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }, '200', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT', UploadId: '$(upload)' }],
        ['checksum-CRC32-part1', 'UploadPart', { ...ofPlain, PartNumber: 1, Body: bytes('A'), ChecksumAlgorithm: 'CRC32' }, '200', { ETag: ofA, ChecksumCRC32: 'JRTCyQ==' }],
        ['checksum-CRC32-part2', 'UploadPart', { ...ofPlain, PartNumber: 2, Body: tail, ChecksumAlgorithm: 'CRC32' }, '200', { ETag: ofTail, ChecksumCRC32: 'y0ReAw==' }],
        ['checksum-CRC32-list', 'ListParts', ofPlain, '200', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT', Parts: [{ PartNumber: 1, ChecksumCRC32: 'JRTCyQ==' }, { PartNumber: 2, ChecksumCRC32: 'y0ReAw==' }] }],
        ['checksum-CRC32-complete', 'CompleteMultipartUpload', { ...ofPlain, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: ofA, ChecksumCRC32: 'JRTCyQ==' }, { PartNumber: 2, ETag: ofTail, ChecksumCRC32: 'y0ReAw==' }] }, ChecksumType: 'FULL_OBJECT', ChecksumCRC32: 'WvLZBQ==' }, '200', { ETag: '"41d23b536821ebefc4bdb9a1507d4b1a-2"', ChecksumCRC32: 'WvLZBQ==', ChecksumType: 'FULL_OBJECT' }, { absent: ['ChecksumCRC64NVME'] }],
        ['checksum-CRC32-download', 'HeadObject', { ...plain, ChecksumMode: 'ENABLED' }, '200', { ETag: '"41d23b536821ebefc4bdb9a1507d4b1a-2"', ChecksumCRC32: 'WvLZBQ==', ChecksumType: 'FULL_OBJECT' }, { absent: ['ChecksumCRC64NVME', 'PartsCount'] }],
        ['checksum-SHA256-create', 'CreateMultipartUpload', { ...plain, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }, '200', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', UploadId: '$(other)' }],
        ['checksum-SHA256-part1', 'UploadPart', { ...plain, UploadId: '$(other)', PartNumber: 1, Body: bytes('A'), ChecksumAlgorithm: 'SHA256' }, '200', { ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=' }],
        ['checksum-SHA256-part2', 'UploadPart', { ...plain, UploadId: '$(other)', PartNumber: 2, Body: tail, ChecksumAlgorithm: 'SHA256' }, '200', { ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=' }],
        ['checksum-SHA256-list', 'ListParts', { ...plain, UploadId: '$(other)' }, '200', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', Parts: [{ PartNumber: 1, ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=' }, { PartNumber: 2, ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=' }] }],
        ['checksum-SHA256-complete', 'CompleteMultipartUpload', { ...plain, UploadId: '$(other)', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: ofA, ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=' }, { PartNumber: 2, ETag: ofTail, ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=' }] }, ChecksumType: 'COMPOSITE', ChecksumSHA256: 'Kx1lfAJ8lSdK9d25JjtIiV3xbeDaITnoaqQktCGkbLg=-2' }, '200', { ChecksumSHA256: 'Kx1lfAJ8lSdK9d25JjtIiV3xbeDaITnoaqQktCGkbLg=-2', ChecksumType: 'COMPOSITE' }],
        ['checksum-SHA256-download', 'HeadObject', { ...plain, ChecksumMode: 'ENABLED' }, '200', { ChecksumSHA256: 'Kx1lfAJ8lSdK9d25JjtIiV3xbeDaITnoaqQktCGkbLg=-2', ChecksumType: 'COMPOSITE' }],
      ],
    },
  },
};
