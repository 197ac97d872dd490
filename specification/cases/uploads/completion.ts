import type { RecordedCases } from '../../../src/facts/case';

const key = { Bucket: 'vault', Key: 'k' };
const listed = { Bucket: 'vault', Prefix: 'k' };
const wrong = '"00000000000000000000000000000000"';
const part = (PartNumber: number, ETag: string) => ({ MultipartUpload: { Parts: [{ PartNumber, ETag }] } });
const upload = { ...key, UploadId: '$(upload)' };
const manifest = { ...upload, ...part(1, '$(part-1)') };
const older = { ...key, UploadId: '$(older)' };
const newer = { ...key, UploadId: '$(newer)' };

const whole = { ETag: '$(whole)', ServerSideEncryption: 'AES256' };
const firstAnswer = {
  Bucket: 'vault',
  Key: 'k',
  ...whole,
  ChecksumCRC64NVME: '$(checksum)',
  ChecksumType: 'FULL_OBJECT',
};
const again = { Bucket: 'vault', Key: 'k', ...whole };
const noVersion = { absent: ['VersionId', 'ChecksumCRC32', 'ChecksumSHA256'] };
const repeated = { absent: ['ChecksumCRC64NVME', 'ChecksumType'] };
const repeatedNull = { absent: ['VersionId', 'ChecksumCRC64NVME', 'ChecksumType'] };
const second = { after: { seconds: 1 } };
const ofParts = { ChecksumAlgorithm: ['CRC64NVME'], ChecksumType: 'FULL_OBJECT', StorageClass: 'STANDARD' };
const nothing = { Versions: null, DeleteMarkers: null };
const gone = { UploadId: '$(upload)' };

// biome-ignore format: one line a call
export const repeatedCompletions: RecordedCases = {
  file: 'multipart_completion_replay.json',
  recorded: 'September 2026',
  cases: {
    'a completion of a bucket without versioning is repeated until its object is overwritten': {
      fact: 'F86',
      state: { now: '2026-09-20T07:38:16Z', buckets: { vault: {} } },
      calls: [
        ['never/receipt/init', 'CreateMultipartUpload', key, '200', { ...key, UploadId: '$(upload)', ServerSideEncryption: 'AES256' }],
        ['never/receipt/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'never/receipt/part-1' }, '200', { ETag: '"01d6811ac3efd529a1931edb0d76011f"', ServerSideEncryption: 'AES256' }],
        ['never/receipt/part-2', 'UploadPart', { ...upload, PartNumber: 2, Body: 'never/receipt/part-2' }, '200', { ETag: '"d1157df9447904fa913eb285886ac4db"' }, second],
        ['never/receipt/first', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"') }, '200', { ...firstAnswer, ETag: '"d98eac19a3cbd845f42bae8a46e1a6e9-1"', ChecksumCRC64NVME: 'EkQwNpOwey0=' }, { ...noVersion, ...second }],
        ['never/receipt/first-state/current', 'GetObject', key, '200', { ...whole, AcceptRanges: 'bytes', ContentType: 'binary/octet-stream', ContentLength: 20, Body: 'never/receipt/part-1' }, repeatedNull],
        ['never/receipt/first-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ Key: 'k', VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:38:16Z', ETag: '$(whole)', ...ofParts, Size: 20 }], DeleteMarkers: null }],
        ['never/receipt/first-state/version/null', 'GetObject', { ...key, VersionId: 'null' }, '200', { ...whole, ContentLength: 20 }, repeatedNull],
        ['never/receipt/first-state/never/receipt/parts', 'ListParts', upload, '404 NoSuchUpload', gone],
        ['never/receipt/same', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"') }, '200', again, repeatedNull],
        ['never/receipt/other-uploaded-part', 'CompleteMultipartUpload', { ...upload, ...part(2, '"d1157df9447904fa913eb285886ac4db"') }, '404 NoSuchUpload'],
        ['never/receipt/wrong-etag', 'CompleteMultipartUpload', { ...upload, ...part(1, wrong) }, '404 NoSuchUpload'],
        ['never/receipt/empty-manifest', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [] } }, '400 MalformedXML'],
        ['never/receipt/none-star', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"'), IfNoneMatch: '*' }, '200', again, repeatedNull],
        ['never/receipt/match-current', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"'), IfMatch: '$(whole)' }, '200', again, repeatedNull],
        ['never/receipt/match-wrong', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"'), IfMatch: wrong }, '200', again, repeatedNull],
        ['never/receipt/match-star', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"'), IfMatch: '*' }, '501 NotImplemented'],
        ['never/receipt/both-current-star', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"'), IfMatch: '$(whole)', IfNoneMatch: '*' }, '501 NotImplemented'],
        ['never/receipt/abort-success', 'AbortMultipartUpload', upload, '204'],
        ['never/receipt/after-abort', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"') }, '200', again, repeatedNull],
        ['never/receipt/repeated-abort', 'AbortMultipartUpload', upload, '204'],
        ['never/receipt/after-abort-state/current', 'GetObject', key, '200', { ...whole, Body: 'never/receipt/part-1' }],
        ['never/receipt/after-abort-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:38:16Z', ETag: '$(whole)', Size: 20 }] }],
        ['never/receipt/after-abort-state/never/receipt/parts', 'ListParts', upload, '404 NoSuchUpload'],
        ['never/receipt/ordinary-overwrite', 'PutObject', { ...key, Body: 'overwrite' }, '200', { ETag: '$(put)', ChecksumType: 'FULL_OBJECT' }, second],
        ['never/receipt/after-overwrite', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"') }, '404 NoSuchUpload', gone],
        ['never/receipt/after-overwrite-state/current', 'GetObject', key, '200', { ETag: '$(put)', Body: 'overwrite' }],
        ['never/receipt/after-overwrite-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, ETag: '$(put)' }] }],
        ['never/receipt/delete-current', 'DeleteObject', key, '204', {}, { absent: ['VersionId', 'DeleteMarker'] }],
        ['never/receipt/after-delete-current', 'CompleteMultipartUpload', { ...upload, ...part(1, '"01d6811ac3efd529a1931edb0d76011f"') }, '404 NoSuchUpload'],
        ['never/receipt/after-delete-current-state/current', 'GetObject', key, '404 NoSuchKey'],
        ['never/receipt/after-delete-current-state/versions', 'ListObjectVersions', listed, '200', nothing],
      ],
    },
    'a completion of a bucket with versioning is repeated below other versions until its own is deleted': {
      fact: 'F86',
      state: { now: '2026-09-20T07:40:47Z', buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['enabled/receipt/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['enabled/receipt/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'part 1' }, '200', { ETag: '$(part-1)' }],
        ['enabled/receipt/part-2', 'UploadPart', { ...upload, PartNumber: 2, Body: 'part 2' }, '200', { ETag: '$(part-2)' }, second],
        ['enabled/receipt/first', 'CompleteMultipartUpload', manifest, '200', { ...firstAnswer, VersionId: '$(version)' }, second],
        ['enabled/receipt/first-state/current', 'GetObject', key, '200', { ...whole, VersionId: '$(version)', Body: 'part 1' }, repeated],
        ['enabled/receipt/first-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(version)', IsLatest: true, LastModified: '2026-09-20T07:40:47Z', ETag: '$(whole)', ...ofParts }], DeleteMarkers: null }],
        ['enabled/receipt/first-state/enabled/receipt/parts', 'ListParts', upload, '404 NoSuchUpload'],
        ['enabled/receipt/same', 'CompleteMultipartUpload', manifest, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/other-uploaded-part', 'CompleteMultipartUpload', { ...upload, ...part(2, '$(part-2)') }, '404 NoSuchUpload'],
        ['enabled/receipt/wrong-etag', 'CompleteMultipartUpload', { ...upload, ...part(1, wrong) }, '404 NoSuchUpload'],
        ['enabled/receipt/empty-manifest', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [] } }, '400 MalformedXML'],
        ['enabled/receipt/none-star', 'CompleteMultipartUpload', { ...manifest, IfNoneMatch: '*' }, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/match-current', 'CompleteMultipartUpload', { ...manifest, IfMatch: '$(whole)' }, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/match-wrong', 'CompleteMultipartUpload', { ...manifest, IfMatch: wrong }, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/match-star', 'CompleteMultipartUpload', { ...manifest, IfMatch: '*' }, '501 NotImplemented'],
        ['enabled/receipt/both-current-star', 'CompleteMultipartUpload', { ...manifest, IfMatch: '$(whole)', IfNoneMatch: '*' }, '501 NotImplemented'],
        ['enabled/receipt/abort-success', 'AbortMultipartUpload', upload, '204'],
        ['enabled/receipt/after-abort', 'CompleteMultipartUpload', manifest, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/repeated-abort', 'AbortMultipartUpload', upload, '204'],
        ['enabled/receipt/after-abort-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(version)', IsLatest: true, LastModified: '2026-09-20T07:40:47Z' }] }],
        ['enabled/receipt/after-abort-state/enabled/receipt/parts', 'ListParts', upload, '404 NoSuchUpload'],
        ['enabled/receipt/ordinary-overwrite', 'PutObject', { ...key, Body: 'overwrite' }, '200', { VersionId: '$(put)', ETag: '$(put-etag)' }, second],
        ['enabled/receipt/after-overwrite', 'CompleteMultipartUpload', manifest, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/after-overwrite-state/current', 'GetObject', key, '200', { VersionId: '$(put)', Body: 'overwrite' }],
        ['enabled/receipt/after-overwrite-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(put)', IsLatest: true }, { VersionId: '$(version)', IsLatest: false, LastModified: '2026-09-20T07:40:47Z' }] }],
        ['enabled/receipt/after-overwrite-state/version/completed', 'GetObject', { ...key, VersionId: '$(version)' }, '200', { ...whole, VersionId: '$(version)', Body: 'part 1' }],
        ['enabled/receipt/delete-current', 'DeleteObject', key, '204', { VersionId: '$(marker)', DeleteMarker: true }, second],
        ['enabled/receipt/after-delete-current', 'CompleteMultipartUpload', manifest, '200', { ...again, VersionId: '$(version)' }, repeated],
        ['enabled/receipt/after-delete-current-state/current', 'GetObject', key, '404 NoSuchKey'],
        ['enabled/receipt/after-delete-current-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(put)', IsLatest: false }, { VersionId: '$(version)', IsLatest: false }], DeleteMarkers: [{ VersionId: '$(marker)', IsLatest: true }] }],
        ['enabled/receipt/delete-completed-exact-version', 'DeleteObject', { ...key, VersionId: '$(version)' }, '204', { VersionId: '$(version)' }],
        ['enabled/receipt/after-delete-exact-version', 'CompleteMultipartUpload', manifest, '404 NoSuchUpload', gone],
        ['enabled/receipt/after-delete-exact-state/current', 'GetObject', key, '404 NoSuchKey'],
        ['enabled/receipt/after-delete-exact-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(put)', IsLatest: false }], DeleteMarkers: [{ VersionId: '$(marker)', IsLatest: true }] }],
        ['enabled/receipt/after-delete-exact-state/enabled/receipt/parts', 'ListParts', upload, '404 NoSuchUpload'],
      ],
    },
    'a completion of a bucket with suspended versioning is repeated until its null version is overwritten': {
      fact: 'F86',
      state: { now: '2026-09-20T07:42:43Z', buckets: { vault: { versioning: 'Suspended' } } },
      calls: [
        ['suspended/receipt/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['suspended/receipt/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'part 1' }, '200', { ETag: '$(part-1)' }],
        ['suspended/receipt/first', 'CompleteMultipartUpload', manifest, '200', firstAnswer, { ...noVersion, ...second }],
        ['suspended/receipt/first-state/current', 'GetObject', key, '200', { ...whole, VersionId: 'null', Body: 'part 1' }, repeated],
        ['suspended/receipt/first-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:42:43Z', ETag: '$(whole)', ...ofParts }], DeleteMarkers: null }],
        ['suspended/receipt/same', 'CompleteMultipartUpload', manifest, '200', again, repeatedNull],
        ['suspended/receipt/wrong-etag', 'CompleteMultipartUpload', { ...upload, ...part(1, wrong) }, '404 NoSuchUpload'],
        ['suspended/receipt/empty-manifest', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [] } }, '400 MalformedXML'],
        ['suspended/receipt/none-star', 'CompleteMultipartUpload', { ...manifest, IfNoneMatch: '*' }, '200', again, repeatedNull],
        ['suspended/receipt/match-wrong', 'CompleteMultipartUpload', { ...manifest, IfMatch: wrong }, '200', again, repeatedNull],
        ['suspended/receipt/match-star', 'CompleteMultipartUpload', { ...manifest, IfMatch: '*' }, '501 NotImplemented'],
        ['suspended/receipt/both-current-star', 'CompleteMultipartUpload', { ...manifest, IfMatch: '$(whole)', IfNoneMatch: '*' }, '501 NotImplemented'],
        ['suspended/receipt/abort-success', 'AbortMultipartUpload', upload, '204'],
        ['suspended/receipt/after-abort', 'CompleteMultipartUpload', manifest, '200', again, repeatedNull],
        ['suspended/receipt/repeated-abort', 'AbortMultipartUpload', upload, '204'],
        ['suspended/receipt/ordinary-overwrite', 'PutObject', { ...key, Body: 'overwrite' }, '200', { ETag: '$(put)' }, { absent: ['VersionId'], ...second }],
        ['suspended/receipt/after-overwrite', 'CompleteMultipartUpload', manifest, '404 NoSuchUpload', gone],
        ['suspended/receipt/after-overwrite-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, ETag: '$(put)' }] }],
        ['suspended/receipt/delete-current', 'DeleteObject', key, '204', { VersionId: 'null' }, second],
        ['suspended/receipt/after-delete-current', 'CompleteMultipartUpload', manifest, '404 NoSuchUpload'],
        ['suspended/receipt/after-delete-current-state/current', 'GetObject', key, '404 NoSuchKey'],
        ['suspended/receipt/after-delete-current-state/versions', 'ListObjectVersions', listed, '200', { Versions: null, DeleteMarkers: [{ VersionId: 'null', IsLatest: true }] }],
      ],
    },
  },
};

/** The place of a completed upload among the versions that were written since it began. */
// biome-ignore format: one line a call
export const places: RecordedCases = {
  file: 'multipart_completion_replay.json',
  recorded: 'September 2026',
  cases: {
    'without versioning the completion of the older of two uploads succeeds, but its object is not kept': {
      fact: 'F84',
      state: { now: '2026-09-20T07:39:32Z', buckets: { vault: {} } },
      calls: [
        ['never/reverse/older/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(older)' }],
        ['never/reverse/older/part-1', 'UploadPart', { ...older, PartNumber: 1, Body: 'older' }, '200', { ETag: '$(part-o)' }],
        ['never/reverse/newer/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(newer)' }, { after: { seconds: 2 } }],
        ['never/reverse/newer/part-1', 'UploadPart', { ...newer, PartNumber: 1, Body: 'newer' }, '200', { ETag: '$(part-n)' }],
        ['never/reverse/newer-complete', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)', ChecksumType: 'FULL_OBJECT' }, second],
        ['never/reverse/newer-state/current', 'GetObject', key, '200', { ETag: '$(etag-n)', Body: 'newer' }],
        ['never/reverse/newer-state/never/reverse/older/parts', 'ListParts', older, '200', { ...older, StorageClass: 'STANDARD', NextPartNumberMarker: '1', MaxParts: 1000, IsTruncated: false, Parts: [{ PartNumber: 1, LastModified: '2026-09-20T07:39:32Z', ETag: '$(part-o)', Size: 5 }] }],
        ['never/reverse/newer-state/never/reverse/newer/parts', 'ListParts', newer, '404 NoSuchUpload'],
        ['never/reverse/older-complete', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '200', { ETag: '$(etag-o)', ChecksumCRC64NVME: '$(any)', ChecksumType: 'FULL_OBJECT' }, second],
        ['never/reverse/final-state/current', 'GetObject', key, '200', { ETag: '$(etag-n)', Body: 'newer' }],
        ['never/reverse/final-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:39:34Z', ETag: '$(etag-n)' }], DeleteMarkers: null }],
        ['never/reverse/final-state/never/reverse/older/parts', 'ListParts', older, '404 NoSuchUpload'],
        ['never/reverse/newer-repeat', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)' }, repeated],
        ['never/reverse/older-repeat', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '404 NoSuchUpload'],
      ],
    },
    'with versioning the older of two uploads is listed below the newer one, even if it is completed later': {
      fact: 'F84',
      state: { now: '2026-09-20T07:41:16Z', buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['enabled/reverse/older/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(older)' }],
        ['enabled/reverse/older/part-1', 'UploadPart', { ...older, PartNumber: 1, Body: 'older' }, '200', { ETag: '$(part-o)' }],
        ['enabled/reverse/newer/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(newer)' }, { after: { seconds: 2 } }],
        ['enabled/reverse/newer/part-1', 'UploadPart', { ...newer, PartNumber: 1, Body: 'newer' }, '200', { ETag: '$(part-n)' }],
        ['enabled/reverse/newer-complete', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)', VersionId: '$(version-n)' }, second],
        ['enabled/reverse/newer-state/enabled/reverse/older/parts', 'ListParts', older, '200', { Parts: [{ PartNumber: 1, ETag: '$(part-o)' }] }],
        ['enabled/reverse/older-complete', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '200', { ETag: '$(etag-o)', VersionId: '$(version-o)', ChecksumType: 'FULL_OBJECT' }, second],
        ['enabled/reverse/final-state/current', 'GetObject', key, '200', { VersionId: '$(version-n)', Body: 'newer' }],
        ['enabled/reverse/final-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(version-n)', IsLatest: true, LastModified: '2026-09-20T07:41:18Z', ETag: '$(etag-n)' }, { VersionId: '$(version-o)', IsLatest: false, LastModified: '2026-09-20T07:41:16Z', ETag: '$(etag-o)' }], DeleteMarkers: null }],
        ['enabled/reverse/final-state/version/older', 'GetObject', { ...key, VersionId: '$(version-o)' }, '200', { ETag: '$(etag-o)', VersionId: '$(version-o)', Body: 'older' }],
        ['enabled/reverse/newer-repeat', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)', VersionId: '$(version-n)' }, repeated],
        ['enabled/reverse/older-repeat', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '200', { ETag: '$(etag-o)', VersionId: '$(version-o)' }, repeated],
      ],
    },
    'while versioning is suspended the completion of the older of two uploads succeeds, but its object is not kept': {
      fact: 'F84',
      state: { now: '2026-09-20T07:43:09Z', buckets: { vault: { versioning: 'Suspended' } } },
      calls: [
        ['suspended/reverse/older/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(older)' }],
        ['suspended/reverse/older/part-1', 'UploadPart', { ...older, PartNumber: 1, Body: 'older' }, '200', { ETag: '$(part-o)' }],
        ['suspended/reverse/newer/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(newer)' }, { after: { seconds: 2 } }],
        ['suspended/reverse/newer/part-1', 'UploadPart', { ...newer, PartNumber: 1, Body: 'newer' }, '200', { ETag: '$(part-n)' }],
        ['suspended/reverse/newer-complete', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)' }, { ...noVersion, ...second }],
        ['suspended/reverse/older-complete', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '200', { ETag: '$(etag-o)', ChecksumType: 'FULL_OBJECT' }, { ...noVersion, ...second }],
        ['suspended/reverse/final-state/current', 'GetObject', key, '200', { VersionId: 'null', ETag: '$(etag-n)', Body: 'newer' }],
        ['suspended/reverse/final-state/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:43:11Z', ETag: '$(etag-n)' }], DeleteMarkers: null }],
        ['suspended/reverse/newer-repeat', 'CompleteMultipartUpload', { ...newer, ...part(1, '$(part-n)') }, '200', { ETag: '$(etag-n)' }, repeatedNull],
        ['suspended/reverse/older-repeat', 'CompleteMultipartUpload', { ...older, ...part(1, '$(part-o)') }, '404 NoSuchUpload'],
      ],
    },
    'without versioning a put stays when an upload that began earlier is completed, and the object of the upload is not kept': {
      fact: 'F84',
      state: { now: '2026-09-20T07:39:40Z', buckets: { vault: {} } },
      calls: [
        ['never/intervening-put/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['never/intervening-put/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'part' }, '200', { ETag: '$(part-1)' }],
        ['never/intervening-put/put', 'PutObject', { ...key, Body: 'put' }, '200', { ETag: '$(put)' }, { after: { seconds: 2 } }],
        ['never/intervening-put/before-complete/current', 'GetObject', key, '200', { ETag: '$(put)', Body: 'put' }],
        ['never/intervening-put/before-complete/never/intervening-put/parts', 'ListParts', upload, '200', { Parts: [{ PartNumber: 1, LastModified: '2026-09-20T07:39:40Z' }] }],
        ['never/intervening-put/complete', 'CompleteMultipartUpload', manifest, '200', firstAnswer, { ...noVersion, ...second }],
        ['never/intervening-put/final/current', 'GetObject', key, '200', { ETag: '$(put)', Body: 'put' }],
        ['never/intervening-put/final/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:39:42Z', ETag: '$(put)' }], DeleteMarkers: null }],
        ['never/intervening-put/final/never/intervening-put/parts', 'ListParts', upload, '404 NoSuchUpload'],
      ],
    },
    'with versioning a put stays the current version when an upload that began earlier is completed': {
      fact: 'F84',
      state: { now: '2026-09-20T07:41:25Z', buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['enabled/intervening-put/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['enabled/intervening-put/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'part' }, '200', { ETag: '$(part-1)' }],
        ['enabled/intervening-put/put', 'PutObject', { ...key, Body: 'put' }, '200', { VersionId: '$(put)' }, { after: { seconds: 2 } }],
        ['enabled/intervening-put/before-complete/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(put)', IsLatest: true, LastModified: '2026-09-20T07:41:27Z' }] }],
        ['enabled/intervening-put/complete', 'CompleteMultipartUpload', manifest, '200', { ...firstAnswer, VersionId: '$(version)' }, second],
        ['enabled/intervening-put/final/current', 'GetObject', key, '200', { VersionId: '$(put)', Body: 'put' }],
        ['enabled/intervening-put/final/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: '$(put)', IsLatest: true, LastModified: '2026-09-20T07:41:27Z' }, { VersionId: '$(version)', IsLatest: false, LastModified: '2026-09-20T07:41:25Z', ETag: '$(whole)', ...ofParts }], DeleteMarkers: null }],
        ['enabled/intervening-put/final/version/completed', 'GetObject', { ...key, VersionId: '$(version)' }, '200', { ...whole, VersionId: '$(version)', Body: 'part' }],
        ['enabled/intervening-put/final/enabled/intervening-put/parts', 'ListParts', upload, '404 NoSuchUpload'],
      ],
    },
    'while versioning is suspended a null version stays when an upload that began earlier is completed': {
      fact: 'F84',
      state: { now: '2026-09-20T07:43:18Z', buckets: { vault: { versioning: 'Suspended' } } },
      calls: [
        ['suspended/intervening-put/init', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['suspended/intervening-put/part-1', 'UploadPart', { ...upload, PartNumber: 1, Body: 'part' }, '200', { ETag: '$(part-1)' }],
        ['suspended/intervening-put/put', 'PutObject', { ...key, Body: 'put' }, '200', { ETag: '$(put)' }, { after: { seconds: 2 } }],
        ['suspended/intervening-put/complete', 'CompleteMultipartUpload', manifest, '200', firstAnswer, { ...noVersion, ...second }],
        ['suspended/intervening-put/final/current', 'GetObject', key, '200', { VersionId: 'null', ETag: '$(put)', Body: 'put' }],
        ['suspended/intervening-put/final/versions', 'ListObjectVersions', listed, '200', { Versions: [{ VersionId: 'null', IsLatest: true, LastModified: '2026-09-20T07:43:20Z', ETag: '$(put)' }], DeleteMarkers: null }],
        ['suspended/intervening-put/final/suspended/intervening-put/parts', 'ListParts', upload, '404 NoSuchUpload'],
      ],
    },
  },
};
