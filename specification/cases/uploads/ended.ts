import type { RecordedCases } from '../../../src/facts/case';

const key = { Bucket: 'vault', Key: 'k' };
const upload = { ...key, UploadId: '$(upload)' };
const gone = { UploadId: '$(upload)' };
const wrong = '"00000000000000000000000000000000"';
const same = { Bucket: 'vault', Key: 'a same' };
const begun = { ...same, ServerSideEncryption: 'AES256' };
const entry = (Key: string, UploadId: string) => ({ Key, UploadId, StorageClass: 'STANDARD' });
const behindSecond = {
  Bucket: 'vault',
  KeyMarker: 'a same',
  UploadIdMarker: '$(second)',
  NextKeyMarker: 'z last',
  NextUploadIdMarker: '$(last)',
  MaxUploads: 1000,
  IsTruncated: false,
  Uploads: [
    entry('a same', '$(third)'),
    entry('dir space/nested/leaf', '$(leaf)'),
    entry('dir space/plus+name', '$(plus)'),
    entry('dir space/ü雪', '$(snow)'),
    entry('z last', '$(last)'),
  ],
  CommonPrefixes: null,
};

// biome-ignore format: one line a call
export const endedUploads: RecordedCases = {
  file: 'multipart_events_replay.json',
  recorded: 'September 2026',
  cases: {
    'a completed upload accepts no parts, and its object keeps the headers with which the upload began': {
      fact: 'F80',
      state: { buckets: { vault: { objects: { source: 'part-copy-source-0123456789\n' } } } },
      calls: [
        ['CreateMultipartUpload', 'POST /vault/k?uploads=', { headers: { 'x-amz-tagging': 'purpose=multipart', 'x-amz-meta-note': 'noted', 'content-type': 'application/x-multipart' } }, '200', { UploadId: '$(upload)' }],
        ['part-one-original', 'UploadPart', { ...upload, PartNumber: 1, Body: { bytes: 5242880, of: 'A' } }, '200', { ETag: '"b8fc857a25e7958868c2f003d5e0952d"' }],
        ['part-one-replacement', 'UploadPart', { ...upload, PartNumber: 1, Body: { bytes: 5242880, of: 'B' } }, '200', { ETag: '"ba8c3fac0e224c9b79a8e74bebd54654"' }],
        ['part-two-copy', 'UploadPartCopy', { ...upload, PartNumber: 2, CopySource: '/vault/source' }, '200', { CopyPartResult: { ETag: '"9e669160e725df19b5359b8a3fbda32e"' } }],
        ['ListParts', 'ListParts', upload, '200', { Parts: [{ PartNumber: 1 }, { PartNumber: 2 }] }],
        ['complete-invalid-part', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: wrong }, { PartNumber: 2, ETag: '"9e669160e725df19b5359b8a3fbda32e"' }] } }, '400 InvalidPart'],
        ['visibility-before-complete', 'HeadObject', key, '404'],
        ['complete-success', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"ba8c3fac0e224c9b79a8e74bebd54654"' }, { PartNumber: 2, ETag: '"9e669160e725df19b5359b8a3fbda32e"' }] } }, '200', { ETag: '"6cb92e0907f0c91edaec8daa44ee827d-2"' }],
        ['complete-repeat', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"ba8c3fac0e224c9b79a8e74bebd54654"' }, { PartNumber: 2, ETag: '"9e669160e725df19b5359b8a3fbda32e"' }] } }, '200', { ETag: '"6cb92e0907f0c91edaec8daa44ee827d-2"' }],
        ['completion-metadata', 'HeadObject', key, '200', { Metadata: { note: 'noted' }, ContentType: 'application/x-multipart', ContentLength: 5242908 }],
        ['completion-tags', 'GetObjectTagging', key, '200', { TagSet: [{ Key: 'purpose', Value: 'multipart' }] }],
        ['replacement-and-copy-range', 'GetObject', { ...key, Range: 'bytes=5242878-5242910' }, '206', { ContentLength: 30, Body: 'BBpart-copy-source-0123456789\n' }],
        ['list-completed-upload', 'ListParts', upload, '404 NoSuchUpload', gone],
        ['upload-after-complete', 'UploadPart', { ...upload, PartNumber: 3, Body: 'late' }, '404 NoSuchUpload', gone],
      ],
    },
    'an upload that was aborted can be aborted again, and every other call does not find it': {
      fact: 'F80',
      state: { buckets: { vault: { objects: { source: 'source' } } } },
      calls: [
        ['CreateMultipartUpload', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['UploadPart', 'UploadPart', { ...upload, PartNumber: 1, Body: 'abort-data' }, '200', { ETag: '"7a7407c742cce572d88aa6004fb1e706"' }],
        ['abort-success', 'AbortMultipartUpload', upload, '204'],
        ['abort-repeat', 'AbortMultipartUpload', upload, '204'],
        ['list-aborted-upload', 'ListParts', upload, '404 NoSuchUpload', gone],
        ['copy-aborted-upload', 'UploadPartCopy', { ...upload, PartNumber: 1, CopySource: '/vault/source' }, '404 NoSuchUpload', gone],
        ['complete-aborted-upload', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: wrong }] } }, '404 NoSuchUpload', gone],
        ['aborted-object-invisible', 'HeadObject', key, '404'],
        ['uploads-after-sequence', 'ListMultipartUploads', { Bucket: 'vault' }, '200', { Uploads: null }],
      ],
    },
    'an upload that began before its key was deleted is completed without an error, and creates no object': {
      fact: 'F84',
      state: { buckets: { vault: {} } },
      calls: [
        ['PutObject', 'PutObject', { ...key, Body: 'old-visible-object' }, '200', { ETag: '"0e13083992093125c070cbe336fc507b"' }],
        ['CreateMultipartUpload', 'CreateMultipartUpload', { ...key, Tagging: 'purpose=delete-control' }, '200', { UploadId: '$(upload)' }],
        ['UploadPart', 'UploadPart', { ...upload, PartNumber: 1, Body: 'completed-after-delete' }, '200', { ETag: '"646be27b82a2d95d69a564e3b6a033b4"' }],
        ['delete-after-initiation', 'DeleteObject', key, '204', {}, { after: { seconds: 1 } }],
        ['visibility-after-delete', 'HeadObject', key, '404'],
        ['complete-after-delete', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"646be27b82a2d95d69a564e3b6a033b4"' }] } }, '200', { ETag: '"414f9e9e79c8fa7e07e152ac6da115ce-1"' }, { after: { seconds: 1 } }],
        ['visibility-after-delete-complete', 'HeadObject', key, '404'],
        ['get-after-delete-complete', 'GetObject', key, '404 NoSuchKey'],
        ['tags-after-delete-complete', 'GetObjectTagging', key, '404 NoSuchKey'],
      ],
    },
  },
};

// biome-ignore format: one line a call
export const listings: RecordedCases = {
  file: 'multipart_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    'a listing of uploads continues after a marker whose upload was aborted': {
      fact: 'F88',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['initiate-a same (4)', 'CreateMultipartUpload', same, '200', { ...begun, UploadId: '$(first)' }],
        ['initiate-a same (5)', 'CreateMultipartUpload', same, '200', { ...begun, UploadId: '$(second)' }],
        ['initiate-a same (6)', 'CreateMultipartUpload', same, '200', { ...begun, UploadId: '$(third)' }],
        ['initiate-dir space/plus+name', 'CreateMultipartUpload', { Bucket: 'vault', Key: 'dir space/plus+name' }, '200', { UploadId: '$(plus)', Key: 'dir space/plus+name' }],
        ['initiate-dir space/ü雪', 'CreateMultipartUpload', { Bucket: 'vault', Key: 'dir space/ü雪' }, '200', { UploadId: '$(snow)', Key: 'dir space/ü雪' }],
        ['initiate-dir space/nested/leaf', 'CreateMultipartUpload', { Bucket: 'vault', Key: 'dir space/nested/leaf' }, '200', { UploadId: '$(leaf)' }],
        ['initiate-z last', 'CreateMultipartUpload', { Bucket: 'vault', Key: 'z last' }, '200', { UploadId: '$(last)' }],
        ['uploads-max-abc', 'GET /vault?uploads=&max-uploads=abc', {}, '400 InvalidArgument', { ArgumentName: 'max-uploads', ArgumentValue: 'abc' }],
        ['parts-max-abc', 'GET /vault/a%20same?uploadId=$(first)&max-parts=abc', {}, '400 InvalidArgument', { ArgumentName: 'max-parts', ArgumentValue: 'abc' }],
        ['parts-marker-abc', 'GET /vault/a%20same?uploadId=$(first)&part-number-marker=abc', {}, '400 InvalidArgument', { ArgumentName: 'part-number-marker', ArgumentValue: 'abc' }],
        ['upload-marker-1', 'ListMultipartUploads', { Bucket: 'vault', KeyMarker: 'a same', UploadIdMarker: '$(second)' }, '200', behindSecond],
        ['abort-middle-upload', 'AbortMultipartUpload', { ...same, UploadId: '$(second)' }, '204'],
        ['upload-marker-deleted', 'ListMultipartUploads', { Bucket: 'vault', KeyMarker: 'a same', UploadIdMarker: '$(second)' }, '200', behindSecond],
      ],
    },
  },
};
