import type { RecordedCall, RecordedCases, RecordedDetails } from '../../../src/facts/case';

const file = 'crates/s3-tests/tests/multipart.rs of justincormack/argmin';
const recorded = 'July 2026';

const key = { Bucket: 'vault', Key: 'k' };
const upload = { ...key, UploadId: '$(upload)' };
const begun: RecordedCall = ['CreateMultipartUpload', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }];
const vault = { buckets: { vault: { objects: { source: 'copy source' } } } } as const;
/** The second account of the tests, which has no right to the bucket. */
const withPartner = { ...vault, accounts: { partner: {} } };
const partner = { by: 'partner' } as const;
/** Longer than any id of an upload. */
const unknown = 'a'.repeat(1025);
const noUpload = {
  UploadId: unknown,
  Message:
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
};
const invalid = '400 InvalidArgument';

type Headers = Readonly<Record<string, string>>;

const ofPart = (number: string, id = '$(upload)') => `PUT /vault/k?partNumber=${number}&uploadId=${id}`;
const part = (headers: Headers = {}) => ({ body: 'must not become a part', headers });
const copy = (range?: string) => ({
  headers: {
    'x-amz-copy-source': 'vault/source',
    ...(range !== undefined && { 'x-amz-copy-source-range': range }),
  },
});
const ofUpload = { Method: 'PUT', ResourceType: 'UPLOAD' };
const allowing = { headers: { allow: 'DELETE, POST, GET' } } as const;
const wrongDigest = part({ 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' });
const malformedRange = {
  Message:
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
};

const named = (label: string, text: string, value: string) => ({
  Message: text,
  ArgumentName: label,
  ArgumentValue: value,
});
const noNumber = (value = '') =>
  named('partNumber', 'Part number must be an integer between 1 and 10000, inclusive', value);
const notAnInteger = (name: string, value: string) =>
  named(name, `Provided ${name} not an integer or within integer range`, value);
const negative = (name: string) => named(name, `Argument ${name} must be an integer between 0 and 2147483647`, '-1');
const noEncoding = (value: string) => named('encoding-type', 'Invalid Encoding Method specified in Request', value);
const noMarker = named('upload-id-marker', 'Invalid uploadId marker', 'invalid');

/** The parameters of a listing that S3 refuses whoever asks. */
const parametersOfParts: Readonly<Record<string, readonly [query: string, refused: object]>> = {
  'max-parts wins over part-number-marker': [
    'uploadId=$(upload)&part-number-marker=abc&max-parts=abc',
    notAnInteger('max-parts', 'abc'),
  ],
  'negative max-parts': ['uploadId=$(upload)&max-parts=-1', negative('max-parts')],
  'max-parts above signed integer range': [
    'uploadId=$(upload)&max-parts=2147483648',
    notAnInteger('max-parts', '2147483648'),
  ],
  'invalid first duplicate max-parts': [
    'uploadId=$(upload)&max-parts=abc&max-parts=1',
    notAnInteger('max-parts', 'abc'),
  ],
  'part marker precedes upload lookup': [
    'uploadId=invalid&part-number-marker=abc',
    notAnInteger('part-number-marker', 'abc'),
  ],
  'negative part-number-marker': ['uploadId=$(upload)&part-number-marker=-1', negative('part-number-marker')],
  'part-number-marker above signed integer range': [
    'uploadId=$(upload)&part-number-marker=2147483648',
    notAnInteger('part-number-marker', '2147483648'),
  ],
};
const parametersOfUploads: typeof parametersOfParts = {
  'max-uploads wins over encoding-type': [
    'uploads=&encoding-type=invalid&max-uploads=abc',
    notAnInteger('max-uploads', 'abc'),
  ],
  'negative max-uploads': ['uploads=&max-uploads=-1', negative('max-uploads')],
  'max-uploads above signed integer range': [
    'uploads=&max-uploads=2147483648',
    notAnInteger('max-uploads', '2147483648'),
  ],
  'empty encoding-type': ['uploads=&encoding-type=', noEncoding('')],
  'encoding-type wins over upload-id-marker': [
    'uploads=&key-marker=k&upload-id-marker=invalid&encoding-type=invalid',
    noEncoding('invalid'),
  ],
  'invalid first duplicate encoding-type': ['uploads=&encoding-type=invalid&encoding-type=url', noEncoding('invalid')],
  'invalid upload-id-marker with key-marker': ['uploads=&key-marker=k&upload-id-marker=invalid', noMarker],
  'invalid first duplicate upload-id-marker': [
    'uploads=&key-marker=k&upload-id-marker=invalid&upload-id-marker=$(upload)',
    noMarker,
  ],
};

function parametersFor(who: RecordedDetails = {}): readonly RecordedCall[] {
  const ask = (path: string, parameters: typeof parametersOfParts) =>
    Object.entries(parameters).map(
      ([label, [query, refused]]): RecordedCall => [label, `GET ${path}?${query}`, {}, invalid, refused, who],
    );
  return [...ask('/vault/k', parametersOfParts), ...ask('/vault', parametersOfUploads)];
}

const complete = (id = '$(upload)') => `POST /vault/k?uploadId=${id}`;
const list = (...parts: readonly string[]) => `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
const element = (number: number, etag: string, checksum = '') =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag>${checksum}</Part>`;
const xml = (body: string, headers: Headers = {}) => ({
  body,
  headers: { 'content-type': 'application/xml', ...headers },
});

/** The checksum of a hundred times the letter a. */
const ofPartBody = 'KBZZeIjkoNOja4K4MxarMmgOuPAPjNO5BNaBJG0oWg4=';
const sum = `<ChecksumSHA256>${ofPartBody}</ChecksumSHA256>`;
const first = element(1, '$(etag)', sum);
const second = element(2, '$(etag)', sum);
const beyond = element(999, '$(etag)', sum);
const wrongSum = { 'x-amz-checksum-sha256': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
const wrongTag = { 'if-match': '"wrong"' };
const twoConditions = { 'if-match': '*', 'if-none-match': '*' };
const wrongSize = { 'x-amz-mp-object-size': '999' };
const notThere = {
  Message:
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
};
const notAscending = {
  Message: 'The list of parts was not in ascending order. Parts must be ordered by part number.',
};
const noSum = {
  Message:
    'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
};
const otherSum = { Message: 'The sha256 you specified did not match the calculated checksum.' };
const tooSmall = { Message: 'Your proposed upload is smaller than the minimum allowed size' };
const notImplemented = { Message: 'A header you provided implies functionality that is not implemented' };
const badSize = { Message: "Value for x-amz-mp-object-size header is invalid: 'bad'" };
const badSum = { Message: 'Value for x-amz-checksum-sha256 header is invalid.' };

const withChecksums: readonly RecordedCall[] = [
  ['create', 'CreateMultipartUpload', { ...key, ChecksumAlgorithm: 'SHA256' }, '200', { UploadId: '$(upload)' }],
  ...[1, 2].map(
    (PartNumber): RecordedCall => [
      `part ${PartNumber}`,
      'UploadPart',
      { ...upload, PartNumber, Body: 'a'.repeat(100), ChecksumSHA256: ofPartBody },
      '200',
      { ETag: '$(etag)' },
    ],
  ),
];

/** Of "terminal replay header body". */
const ofReplay = 'qPodKc7grg5mSWdq5G0rB95NIKNHNOwQyliJPTg+Ufk=';
const replayed = xml(list(element(1, '$(etag)', `<ChecksumSHA256>${ofReplay}</ChecksumSHA256>`)));
const withHeaders = (headers: Headers) => ({ ...replayed, headers: { ...replayed.headers, ...headers } });
const again = { ETag: '$(whole)' };
const noChecksum = { absent: ['ChecksumSHA256', 'ChecksumType'] };
const noSuchValue = {
  ...notImplemented,
  Header: 'If-None-Match',
  additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
};
const partAlone = named('partNumber', 'This operation does not accept partNumber without uploadId', 'partNumber');

const page = { Bucket: 'vault', Delimiter: '/' };
const rootPage = { Uploads: [{ Key: 'a-root' }], NextKeyMarker: 'a-root', NextUploadIdMarker: '$(upload-0)' };
const ofOnePart = { Parts: [{ PartNumber: 1, ETag: '$(etag)' }] };

/** The orders of checks that the tests of argmin assert, which were run against AWS. The labels are the labels of the tests. */
// biome-ignore format: one line a call
export const orders: RecordedCases = {
  file,
  recorded,
  cases: {
    'UploadPart looks for the upload before it checks anything else': {
      fact: 'F1600',
      state: vault,
      calls: [
        ['UploadPart invalid number invalid ID authorized', ofPart('0', unknown), part(), '404 NoSuchUpload', noUpload],
        ['UploadPart nonnumeric number invalid ID authorized', ofPart('abc', unknown), part(), '404 NoSuchUpload', noUpload],
        ['UploadPart bad checksum invalid ID authorized', ofPart('1', unknown), wrongDigest, '404 NoSuchUpload', noUpload],
        ['UploadPart malformed Content-MD5 invalid ID authorized', ofPart('1', unknown), part({ 'content-md5': 'bad' }), '404 NoSuchUpload', noUpload],
        ['UploadPart malformed SHA256 checksum invalid ID authorized', ofPart('1', unknown), part({ 'x-amz-checksum-sha256': 'bad' }), '404 NoSuchUpload', noUpload],
        ['UploadPart incomplete SSE-C headers invalid ID authorized', ofPart('1', unknown), part({ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }), '404 NoSuchUpload', noUpload],
        ['UploadPartCopy invalid number invalid ID authorized', ofPart('0', unknown), copy(), '404 NoSuchUpload', noUpload],
        ['UploadPartCopy nonnumeric number invalid ID authorized', ofPart('abc', unknown), copy(), '404 NoSuchUpload', noUpload],
        ['UploadPartCopy malformed range invalid ID authorized', ofPart('1', unknown), copy('bytes=500-100'), '404 NoSuchUpload', noUpload],
        ['UploadPartCopy out-of-bounds range invalid ID authorized', ofPart('1', unknown), copy('bytes=0-9999'), '404 NoSuchUpload', noUpload],
      ],
    },
    'S3 looks for the upload before it checks the permission': {
      fact: 'F1600',
      state: withPartner,
      calls: [
        begun,
        ['UploadPart', ofPart('1'), part(), '403 AccessDenied', {}, partner],
        ['UploadPart invalid', ofPart('1', unknown), part(), '404 NoSuchUpload', noUpload, partner],
        ['UploadPart invalid number invalid ID unauthorized', ofPart('0', unknown), part(), '404 NoSuchUpload', noUpload, partner],
        ['UploadPart bad checksum invalid ID unauthorized', ofPart('1', unknown), wrongDigest, '404 NoSuchUpload', noUpload, partner],
        ['UploadPartCopy invalid number invalid ID unauthorized', ofPart('0', unknown), copy(), '404 NoSuchUpload', noUpload, partner],
        ['UploadPartCopy malformed range invalid ID unauthorized', ofPart('1', unknown), copy('bytes=500-100'), '404 NoSuchUpload', noUpload, partner],
        ['UploadPartCopy out-of-bounds range invalid ID unauthorized', ofPart('1', unknown), copy('bytes=0-9999'), '404 NoSuchUpload', noUpload, partner],
        ['CompleteMultipartUpload', complete(), xml(list(element(1, '"abc"'))), '403 AccessDenied', {}, partner],
        ['CompleteMultipartUpload invalid', complete(unknown), xml(list(element(1, '"abc"'))), '404 NoSuchUpload', noUpload, partner],
        ['ListParts', 'GET /vault/k?uploadId=$(upload)', {}, '403 AccessDenied', {}, partner],
        ['ListParts invalid', `GET /vault/k?uploadId=${unknown}`, {}, '404 NoSuchUpload', noUpload, partner],
        ['AbortMultipartUpload', 'DELETE /vault/k?uploadId=$(upload)', {}, '403 AccessDenied', {}, partner],
        ['AbortMultipartUpload invalid', `DELETE /vault/k?uploadId=${unknown}`, {}, '404 NoSuchUpload', noUpload, partner],
        ['no part', 'ListParts', upload, '200', {}, { absent: ['Parts'] }],
      ],
    },
    'a wrong part number or range is refused before other errors of UploadPartCopy': {
      fact: 'F1601',
      state: vault,
      calls: [
        begun,
        ['UploadPart invalid number active authorized', ofPart('0'), part(), invalid, noNumber('0')],
        ['UploadPart bad checksum active authorized', ofPart('1'), wrongDigest, '400 BadDigest', { Message: 'The Content-MD5 you specified did not match what we received.' }],
        ['UploadPartCopy invalid number active authorized', ofPart('0'), copy(), invalid, noNumber('0')],
        ['UploadPartCopy malformed range active authorized', ofPart('1'), copy('bytes=500-100'), invalid, malformedRange],
        ['UploadPartCopy out-of-bounds range active authorized', ofPart('1'), copy('bytes=0-9999'), invalid, named('x-amz-copy-source-range', 'Range specified is not valid for source object of size: 11', 'bytes=0-9999')],
        ['no part', 'ListParts', upload, '200', {}, { absent: ['Parts'] }],
      ],
    },
    'UploadPartCopy checks the part number and the form of the range before the permission, and digests and the source after it': {
      fact: 'F1601',
      state: withPartner,
      calls: [
        begun,
        ['UploadPart invalid number active unauthorized', ofPart('0'), part(), invalid, {}, partner],
        ['UploadPart bad checksum active unauthorized', ofPart('1'), wrongDigest, '403 AccessDenied', {}, partner],
        ['UploadPartCopy invalid number active unauthorized', ofPart('0'), copy(), invalid, {}, partner],
        ['UploadPartCopy malformed range active unauthorized', ofPart('1'), copy('bytes=500-100'), invalid, malformedRange, partner],
        ['UploadPartCopy out-of-bounds range active unauthorized', ofPart('1'), copy('bytes=0-9999'), '403 AccessDenied', {}, partner],
      ],
    },
    'a part without an upload id, or with an empty one, is refused': {
      fact: 'F192',
      state: vault,
      calls: [
        ['UploadPart missing uploadId', 'PUT /vault/k?partNumber=1', part(), invalid, partAlone],
        ['UploadPart empty uploadId', ofPart('1', ''), part(), invalid, partAlone],
        ['UploadPartCopy missing uploadId', 'PUT /vault/k?partNumber=1', copy(), invalid, partAlone],
        ['UploadPartCopy empty uploadId', ofPart('1', ''), copy(), invalid, partAlone],
        ['not published', 'HeadObject', key, '404'],
      ],
    },
    'a part number is a whole number, and may have a plus sign': {
      fact: 'F1623',
      state: vault,
      calls: [
        begun,
        ['UploadPartCopy missing partNumber', 'PUT /vault/k?uploadId=$(upload)', copy(), '405 MethodNotAllowed', ofUpload, allowing],
        ...['', 'abc', '-1', '0', '10001', '4294967296', '999999999999999999999999', '0&partNumber=4'].map(
          (number): RecordedCall => [`UploadPart ${number}`, ofPart(number), part(), invalid, noNumber(number.split('&')[0])],
        ),
        ...['', '10001', '0&partNumber=3'].map(
          (number): RecordedCall => [`UploadPartCopy ${number}`, ofPart(number), copy(), invalid, noNumber(number.split('&')[0])],
        ),
        ...['%2B1', '2&partNumber=4', '3&partNumber=0', '10000'].map(
          (number): RecordedCall => [`UploadPart ${number}`, ofPart(number), part(), '200'],
        ),
        ['stored', 'ListParts', upload, '200', { Parts: [{ PartNumber: 1 }, { PartNumber: 2 }, { PartNumber: 3 }, { PartNumber: 10_000 }] }],
        ...['%2B1', '2&partNumber=4', '10000'].map(
          (number): RecordedCall => [`UploadPartCopy ${number}`, ofPart(number), copy(), '200'],
        ),
        ['copied', 'ListParts', upload, '200', { Parts: [{ Size: 11 }, { Size: 11 }, { Size: 22 }, { Size: 11 }] }],
      ],
    },
    'listings of uploads and parts check their parameters in a fixed order': {
      fact: 'F1603',
      state: vault,
      calls: [begun, ...parametersFor()],
    },
    'listings of uploads and parts check their parameters before the permission': {
      fact: 'F1603',
      state: withPartner,
      calls: [
        begun,
        ['ListParts canary', 'GET /vault/k?uploadId=$(upload)', {}, '403 AccessDenied', {}, partner],
        ['ListMultipartUploads canary', 'GET /vault?uploads=', {}, '403 AccessDenied', {}, partner],
        ...parametersFor(partner),
      ],
    },
    'if a completion has two errors, S3 reports them in a fixed order': {
      fact: 'F1604',
      state: vault,
      calls: [
        ...withChecksums,
        ['invalid expected-size header before xml', complete(), xml('<', { 'x-amz-mp-object-size': 'bad' }), '400 InvalidRequest', badSize],
        ['invalid checksum header versus xml', complete(), xml('<', { 'x-amz-checksum-sha256': 'bad' }), '400 InvalidRequest', badSum],
        ['conflicting conditions versus xml', complete(), xml('<', twoConditions), '501 NotImplemented', notImplemented],
        ['part order versus missing part', complete(), xml(list(beyond, second)), '400 InvalidPartOrder', notAscending],
        ['part order versus object checksum', complete(), xml(list(second, first), wrongSum), '400 InvalidPartOrder', notAscending],
        ['missing part versus condition', complete(), xml(list(beyond), wrongTag), '400 InvalidPart', notThere],
        ['missing part versus object checksum', complete(), xml(list(beyond), wrongSum), '400 BadDigest', otherSum],
        ['object checksum versus etag', complete(), xml(list(element(1, '"wrong"', sum)), wrongSum), '400 InvalidPart', notThere],
        ['etag versus condition', complete(), xml(list(element(1, '"wrong"', sum)), wrongTag), '400 InvalidPart', notThere],
        ['etag versus missing checksum', complete(), xml(list(element(1, '"wrong"'))), '400 InvalidPart', notThere],
        ['missing checksum versus condition', complete(), xml(list(element(1, '$(etag)')), wrongTag), '400 InvalidRequest', noSum],
        ['missing checksum versus size', complete(), xml(list(element(1, '$(etag)'), element(2, '$(etag)'))), '400 InvalidRequest', noSum],
        ['condition versus size', complete(), xml(list(first, second), wrongTag), '400 EntityTooSmall', tooSmall],
        ['condition versus expected size', complete(), xml(list(first), { ...wrongTag, ...wrongSize }), '400 InvalidRequest', { Message: "The provided 'x-amz-mp-object-size' header value 999 does not match what was computed: 100" }],
        ['size versus expected size', complete(), xml(list(first, second), wrongSize), '400 EntityTooSmall', tooSmall],
        ['expected size versus object checksum', complete(), xml(list(first), { ...wrongSize, ...wrongSum }), '400 BadDigest', otherSum],
        ['checksum algorithm mismatch', complete(), xml(list(element(1, '$(etag)')), { 'x-amz-checksum-crc32': 'AAAAAA==' }), '400 InvalidRequest', noSum],
        ['invalid upload versus expected-size header', complete(unknown), xml('<', { 'x-amz-mp-object-size': 'bad' }), '404 NoSuchUpload', noUpload],
        ['invalid upload versus checksum header', complete(unknown), xml('<', { 'x-amz-checksum-sha256': 'bad' }), '404 NoSuchUpload', noUpload],
        ['invalid upload versus conflicting conditions', complete(unknown), xml('<', twoConditions), '501 NotImplemented', notImplemented],
        ['invalid upload versus xml', complete(unknown), xml('<'), '404 NoSuchUpload', noUpload],
        ['parts preserved', 'ListParts', upload, '200', { Parts: [{ PartNumber: 1, Size: 100 }, { PartNumber: 2, Size: 100 }] }],
        ['corrected', complete(), xml(list(first)), '200'],
        ['completed', 'GetObject', key, '200', { Body: 'a'.repeat(100) }],
      ],
    },
    'S3 checks the document of a completion before the permission': {
      fact: 'F1604',
      state: withPartner,
      calls: [
        begun,
        ['authorization canary', complete(), xml(list(element(1, '"abc"'))), '403 AccessDenied', {}, partner],
        ['malformed', complete(), xml('<'), '400 MalformedXML', {}, partner],
        ['malformed of an unknown upload', complete(unknown), xml('<'), '404 NoSuchUpload', noUpload, partner],
      ],
    },
    'a completion names at most 10,000 parts': {
      fact: 'F1605',
      state: vault,
      calls: [
        begun,
        ['at the limit', complete(), xml(manyParts(10_000)), '400 InvalidPart', { UploadId: '$(upload)', ETag: '0'.repeat(32) }],
        ['above the limit', complete(), xml(manyParts(10_001)), invalid, named('CompleteMultipartUpload', 'The CompleteMultipartUpload reqeust contains for than 10000 parts.', 'CompleteMultipartUpload')],
      ],
    },
    'a page of uploads with only a common prefix ends with empty markers, which start from the beginning': {
      fact: 'F88',
      state: vault,
      calls: [
        ...['a-root', 'dir/one', 'dir/two', 'z-root'].map(
          (Key, at): RecordedCall => [`create ${Key}`, 'CreateMultipartUpload', { Bucket: 'vault', Key }, '200', { UploadId: `$(upload-${at})` }],
        ),
        ['first', 'ListMultipartUploads', { ...page, MaxUploads: 1 }, '200', { ...rootPage, IsTruncated: true }],
        ['second', 'ListMultipartUploads', { ...page, MaxUploads: 1, KeyMarker: 'a-root', UploadIdMarker: '$(upload-0)' }, '200', { CommonPrefixes: [{ Prefix: 'dir/' }], IsTruncated: true, NextKeyMarker: '', NextUploadIdMarker: '' }],
        ['returned markers', 'GET /vault?uploads=&delimiter=/&max-uploads=1&key-marker=&upload-id-marker=', {}, '200', { KeyMarker: '', UploadIdMarker: '', IsTruncated: 'true', NextKeyMarker: 'a-root', NextUploadIdMarker: '$(upload-0)' }],
        ['third', 'ListMultipartUploads', { ...page, MaxUploads: 1, KeyMarker: 'dir/' }, '200', { Uploads: [{ Key: 'z-root' }], IsTruncated: false, NextKeyMarker: 'z-root', NextUploadIdMarker: '$(upload-3)' }],
        ['full', 'ListMultipartUploads', page, '200', { Uploads: [{ Key: 'a-root' }, { Key: 'z-root' }], CommonPrefixes: [{ Prefix: 'dir/' }], IsTruncated: false, NextKeyMarker: 'z-root' }],
        ['common prefix only', 'ListMultipartUploads', { ...page, Prefix: 'd' }, '200', { CommonPrefixes: [{ Prefix: 'dir/' }], IsTruncated: false, NextKeyMarker: '', NextUploadIdMarker: '' }],
      ],
    },
    'a completion with a condition succeeds if the version from the beginning of the upload is current again': {
      fact: 'F82',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['original', 'PutObject', { ...key, Body: 'original object' }, '200', { ETag: '$(original)', VersionId: '$(version-1)' }],
        begun,
        ['part', 'UploadPart', { ...upload, PartNumber: 1, Body: 'multipart object' }, '200', { ETag: '$(etag)' }],
        ['replacement', 'PutObject', { ...key, Body: 'replacement object' }, '200', { VersionId: '$(version-2)' }],
        ['removed', 'DeleteObject', { ...key, VersionId: '$(version-2)' }, '204'],
        ['restored', 'GetObject', key, '200', { VersionId: '$(version-1)' }],
        ['completion', 'CompleteMultipartUpload', { ...upload, IfMatch: '$(original)', MultipartUpload: ofOnePart }, '200', { VersionId: '$(version-3)' }],
        ['published', 'GetObject', key, '200', { VersionId: '$(version-3)', Body: 'multipart object' }],
      ],
    },
    'a completion with a condition fails if another delete marker has replaced the first one': {
      fact: 'F82',
      state: { buckets: { vault: { versioning: 'Suspended' } } },
      calls: [
        ['first marker', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: 'null' }],
        begun,
        ['part', 'UploadPart', { ...upload, PartNumber: 1, Body: 'multipart object' }, '200', { ETag: '$(etag)' }],
        ['second marker', 'DeleteObject', key, '204', { DeleteMarker: true, VersionId: 'null' }],
        ['completion', 'CompleteMultipartUpload', { ...upload, IfNoneMatch: '*', MultipartUpload: ofOnePart }, '409 ConditionalRequestConflict', { Key: 'k', Condition: 'If-None-Match' }],
        ['part preserved', 'ListParts', upload, '200', { Parts: [{ PartNumber: 1, ETag: '$(etag)' }] }],
      ],
    },
    'a repeated completion is not evaluated again, whatever its headers are': {
      fact: 'F86',
      state: { buckets: { vault: { versioning: 'Enabled' } } },
      calls: [
        ['create', 'CreateMultipartUpload', { ...key, ChecksumAlgorithm: 'SHA256' }, '200', { UploadId: '$(upload)' }],
        ['part', 'UploadPart', { ...upload, PartNumber: 1, Body: 'terminal replay header body', ChecksumSHA256: ofReplay }, '200', { ETag: '$(etag)' }],
        ['initial completion', complete(), replayed, '200', { ETag: '$(whole)', ChecksumSHA256: '$(sum)' }, { headers: { 'x-amz-version-id': '$(version)' } }],
        ...Object.entries<Headers>({
          'absent': {},
          'if-match current': { 'if-match': '$(whole)' },
          'if-match mismatch': wrongTag,
          'if-none-match wildcard': { 'if-none-match': '*' },
          'checksum matching': { 'x-amz-checksum-sha256': '$(sum)' },
          'checksum mismatch': { 'x-amz-checksum-sha256': `${wrongSum['x-amz-checksum-sha256']}-1` },
          'size matching': { 'x-amz-mp-object-size': '27' },
          'size mismatch': { 'x-amz-mp-object-size': '28' },
        }).map(([label, headers]): RecordedCall => [label, complete(), withHeaders(headers), '200', again, { ...noChecksum, headers: { 'x-amz-version-id': '$(version)' } }]),
        ['specific matching If-None-Match', complete(), withHeaders({ 'if-none-match': '$(whole)' }), '501 NotImplemented', noSuchValue],
        ['specific mismatched If-None-Match', complete(), withHeaders({ 'if-none-match': '"wrong"' }), '501 NotImplemented', noSuchValue],
        ['empty If-None-Match', complete(), withHeaders({ 'if-none-match': '' }), '501 NotImplemented', noSuchValue],
        ['malformed aggregate checksum', complete(), withHeaders({ 'x-amz-checksum-sha256': 'bad' }), '400 InvalidRequest', badSum],
        ['malformed expected size', complete(), withHeaders({ 'x-amz-mp-object-size': 'bad' }), '400 InvalidRequest', badSize],
        ['one version', 'ListObjectVersions', { Bucket: 'vault' }, '200', { Versions: [{ Key: 'k' }] }, { absent: ['DeleteMarkers'] }],
      ],
    },
    'a completion with an empty If-Match is refused': {
      fact: 'F1606',
      state: vault,
      calls: [
        begun,
        ['part', 'UploadPart', { ...upload, PartNumber: 1, Body: 'x' }, '200', { ETag: '$(etag)' }],
        ['completion', complete(), xml(list(element(1, '$(etag)'))), '200'],
        ['empty If-Match', complete(), xml(list(element(1, '$(etag)')), { 'if-match': '' }), invalid, { Message: 'The value provided for the If-Match query parameter cannot be empty for this API.', ArgumentName: 'If-Match' }, { absent: ['ArgumentValue'] }],
      ],
    },
  },
};

function manyParts(count: number): string {
  return list(...Array.from({ length: count }, (_, at) => element(at + 1, `"${'0'.repeat(32)}"`)));
}
