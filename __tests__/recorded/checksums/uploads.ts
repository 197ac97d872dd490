import type { RecordedCall, RecordedCases } from '../replay';

const text = { base64: 'b3JpZ2luYWwgbXVsdGlwYXJ0IGNoZWNrc3VtIGJ5dGVzCg==' };
const textTag = '"d2ce142480199cab298233c85b76ea67"';
const other = { base64: 'cmVwbGFjZW1lbnQgbXVsdGlwYXJ0IGNoZWNrc3VtIGJ5dGVzCg==' };
const otherTag = '"91ab81739bec61fc3f7e1625b92fec3f"';
const objectTag = '"d953f5020c745916c7cc1115cbba5269-1"';
const sha256 = {
  text: 'M0gCMF3MUcfElfg4c4UvpgV8u7AteipVMo+Pi8mCE9M=',
  other: 'V5uOzHaLiK31niiVEHcL0PCdwFcixJCRatOLIvTo8JU=',
  object: '9AuRjLTbsiPKqvcuc1gMiuOiJbE4gbr1mcLijBhc/dw=-1',
};

const sha512 = {
  text: '223H5fjdHiLDOKmGEsdCYhHsxGUZuSyHen8ko4IM1Cjruz7gddqS4nDHJ6lDFqcKtJHHoFTZHIJEKsYsH1RXLw==',
  object: 'k9NfjWJZ3trSPgFgnHVRVIM1MGtukjH70+9slirvkvXp9RQGkwLbLSE/we8RYrkynvAX2p7XXvzPdvMkJv+A5w==-1',
};

const state = { buckets: { vault: {} } };
const upload = { Bucket: 'vault', Key: 'k', UploadId: '$(upload)' };
const begin = (label: string, settings: object, answer = '200', output = {}): RecordedCall => [
  `${label}.initiate`,
  'CreateMultipartUpload',
  { Bucket: 'vault', Key: 'k', ...settings },
  answer,
  answer === '200' ? { UploadId: '$(upload)', ...output } : {},
];
const part = (label: string, Body: object, checksum: object, answer: string, output = {}): RecordedCall => [
  label,
  'UploadPart',
  { ...upload, PartNumber: 1, Body, ...checksum },
  answer,
  output,
];
const listed = (label: string, one: object): RecordedCall => [label, 'ListParts', upload, '200', { Parts: [one] }];
const complete = (label: string, one: object, input: object, answer: string, output = {}): RecordedCall => [
  label,
  'CompleteMultipartUpload',
  { ...upload, ...input, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: textTag, ...one }] } },
  answer,
  output,
];

/** An algorithm and the type that is asked for, with the type of the upload, the checksum of the part and that of the object. */
const begun = [
  ['CRC32', undefined, 'COMPOSITE', 'CT60Ng==', 'PaqmKQ==-1'],
  ['CRC32', 'COMPOSITE', 'COMPOSITE', 'CT60Ng==', 'PaqmKQ==-1'],
  ['CRC32', 'FULL_OBJECT', 'FULL_OBJECT', 'CT60Ng==', 'CT60Ng=='],
  ['CRC32C', undefined, 'COMPOSITE', 'EIIH2w==', 'VXxcYQ==-1'],
  ['CRC32C', 'COMPOSITE', 'COMPOSITE', 'EIIH2w==', 'VXxcYQ==-1'],
  ['CRC32C', 'FULL_OBJECT', 'FULL_OBJECT', 'EIIH2w==', 'EIIH2w=='],
  ['CRC64NVME', undefined, 'FULL_OBJECT', '3PNWhFLsJFg=', '3PNWhFLsJFg='],
  ['CRC64NVME', 'FULL_OBJECT', 'FULL_OBJECT', '3PNWhFLsJFg=', '3PNWhFLsJFg='],
  ['SHA1', undefined, 'COMPOSITE', 'neT7YI0xgTvPslytAFBaVqFoMdQ=', 'zUjCkUNevLZlTqepyjPhQWtD8o4=-1'],
  ['SHA1', 'COMPOSITE', 'COMPOSITE', 'neT7YI0xgTvPslytAFBaVqFoMdQ=', 'zUjCkUNevLZlTqepyjPhQWtD8o4=-1'],
  ['SHA256', undefined, 'COMPOSITE', sha256.text, sha256.object],
  ['SHA256', 'COMPOSITE', 'COMPOSITE', sha256.text, sha256.object],
  ['MD5', undefined, 'COMPOSITE', '0s4UJIAZnKspgjPIW3bqZw==', '2VP1Agx0WRbHzBEVy7pSaQ==-1'],
  ['MD5', 'COMPOSITE', 'COMPOSITE', '0s4UJIAZnKspgjPIW3bqZw==', '2VP1Agx0WRbHzBEVy7pSaQ==-1'],
  ['SHA512', undefined, 'COMPOSITE', sha512.text, sha512.object],
  ['SHA512', 'COMPOSITE', 'COMPOSITE', sha512.text, sha512.object],
] as const;

export const uploads: RecordedCases = {
  file: 'multipart_checksums_replay.json',
  recorded: 'September 2026',
  cases: {
    ...Object.fromEntries(
      begun.map(([ChecksumAlgorithm, asked, ChecksumType, ofPart, ofObject]) => {
        const label = `init-${ChecksumAlgorithm}-${asked ?? 'None'}`;
        const member = `Checksum${ChecksumAlgorithm}`;
        const settings = asked === undefined ? {} : { ChecksumType: asked };
        const calls: readonly RecordedCall[] = [
          begin(label, { ChecksumAlgorithm, ...settings }, '200', { ChecksumType }),
          part(`${label}.part`, text, { [member]: ofPart }, '200', { ETag: textTag, [member]: ofPart }),
          complete(`${label}.complete`, { [member]: ofPart }, {}, '200', {
            ...{ ETag: objectTag, [member]: ofObject, ChecksumType },
          }),
          [
            `${label}.download`,
            'GetObject',
            { Bucket: 'vault', Key: 'k', ChecksumMode: 'ENABLED' },
            '200',
            { ETag: objectTag, ContentLength: 34, [member]: ofObject, ChecksumType },
          ],
        ];
        return [
          `an upload with ${ChecksumAlgorithm}, ${asked ?? 'of no type'}, is ${ChecksumType}`,
          { fact: 'F87', state, calls },
        ];
      }),
    ),
    'a type without an algorithm, and one that the algorithm does not have, are refused': {
      fact: 'F87',
      state,
      calls: [
        begin('init-None-COMPOSITE', { ChecksumType: 'COMPOSITE' }, '400 InvalidRequest'),
        begin('init-None-FULL_OBJECT', { ChecksumType: 'FULL_OBJECT' }, '400 InvalidRequest'),
        begin(
          'init-CRC64NVME-COMPOSITE',
          { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' },
          '400 InvalidRequest',
        ),
        ...['SHA1', 'SHA256', 'MD5', 'SHA512'].map((ChecksumAlgorithm) =>
          begin(
            `init-${ChecksumAlgorithm}-FULL_OBJECT`,
            { ChecksumAlgorithm, ChecksumType: 'FULL_OBJECT' },
            '400 InvalidRequest',
          ),
        ),
      ],
    },
    'a part may leave out the checksum of an upload that is of all bytes, and a refused part changes nothing': {
      fact: 'F83',
      state,
      calls: [
        begin('part-boundaries-CRC32', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }),
        part('part-boundaries-CRC32.baseline', text, { ChecksumCRC32: 'CT60Ng==' }, '200', { ETag: textTag }),
        part('part-boundaries-CRC32.omitted', other, {}, '200', { ETag: otherTag, ChecksumCRC32: 'tirjWA==' }),
        listed('part-boundaries-CRC32.omitted.state', { ETag: otherTag, Size: 37, ChecksumCRC32: 'tirjWA==' }),
        part('part-boundaries-CRC32.omitted.restore', text, { ChecksumCRC32: 'CT60Ng==' }, '200'),
        part(
          'part-boundaries-CRC32.mismatched-algorithm',
          other,
          { ChecksumSHA256: sha256.other },
          '400 InvalidRequest',
        ),
        part('part-boundaries-CRC32.incorrect-digest', other, { ChecksumCRC32: 'CT60Ng==' }, '400 BadDigest'),
        listed('part-boundaries-CRC32.incorrect-digest.state', { ETag: textTag, ChecksumCRC32: 'CT60Ng==' }),
        complete('part-boundaries-CRC32.complete-preserved-baseline', { ChecksumCRC32: 'CT60Ng==' }, {}, '200', {
          ETag: objectTag,
          ChecksumCRC32: 'CT60Ng==',
          ChecksumType: 'FULL_OBJECT',
        }),
      ],
    },
    'each part of a composite upload has its checksum, and a refused part changes nothing': {
      fact: 'F83',
      state,
      calls: [
        begin('part-boundaries-SHA256', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
        part('part-boundaries-SHA256.baseline', text, { ChecksumSHA256: sha256.text }, '200', { ETag: textTag }),
        part('part-boundaries-SHA256.omitted', other, {}, '400 InvalidRequest'),
        listed('part-boundaries-SHA256.omitted.state', { ETag: textTag, Size: 34, ChecksumSHA256: sha256.text }),
        part('part-boundaries-SHA256.matching', other, { ChecksumSHA256: sha256.other }, '200', { ETag: otherTag }),
        listed('part-boundaries-SHA256.matching.state', { ETag: otherTag, Size: 37, ChecksumSHA256: sha256.other }),
        part('part-boundaries-SHA256.matching.restore', text, { ChecksumSHA256: sha256.text }, '200'),
        part('part-boundaries-SHA256.mismatched-algorithm', other, { ChecksumCRC32: 'tirjWA==' }, '400 InvalidRequest'),
        part('part-boundaries-SHA256.incorrect-digest', other, { ChecksumSHA256: sha256.text }, '400 BadDigest'),
        listed('part-boundaries-SHA256.incorrect-digest.state', { ETag: textTag, ChecksumSHA256: sha256.text }),
        complete('part-boundaries-SHA256.complete-preserved-baseline', { ChecksumSHA256: sha256.text }, {}, '200', {
          ETag: objectTag,
          ChecksumSHA256: sha256.object,
          ChecksumType: 'COMPOSITE',
        }),
      ],
    },
    'a completion of an upload that is of all bytes is refused for what is wrong with its checksums, and succeeds afterwards':
      {
        fact: 'F83',
        state,
        calls: [
          begin('complete-CRC32', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }),
          part('complete-CRC32.part', text, { ChecksumCRC32: 'CT60Ng==' }, '200', { ETag: textTag }),
          complete('complete-CRC32-wrong-part-checksum.attempt', { ChecksumCRC32: 'tirjWA==' }, {}, '400 InvalidPart'),
          complete(
            'complete-CRC32-wrong-object-checksum.attempt',
            { ChecksumCRC32: 'CT60Ng==' },
            { ChecksumCRC32: 'tirjWA==', ChecksumType: 'FULL_OBJECT', MpuObjectSize: 34 },
            '400 BadDigest',
          ),
          complete(
            'complete-CRC32-object-size-mismatch.attempt',
            { ChecksumCRC32: 'CT60Ng==' },
            { ChecksumCRC32: 'CT60Ng==', ChecksumType: 'FULL_OBJECT', MpuObjectSize: 35 },
            '400 InvalidRequest',
          ),
          complete(
            'complete-CRC32-wrong-checksum-type.attempt',
            { ChecksumCRC32: 'CT60Ng==' },
            { ChecksumCRC32: 'CT60Ng==', ChecksumType: 'COMPOSITE', MpuObjectSize: 34 },
            '400 InvalidRequest',
          ),
          listed('complete-CRC32-wrong-checksum-type.post-failure.parts', { ChecksumCRC32: 'CT60Ng==', Size: 34 }),
          complete('complete-CRC32-missing-part-checksum.attempt', {}, {}, '200', {
            ETag: objectTag,
            ChecksumCRC32: 'CT60Ng==',
            ChecksumType: 'FULL_OBJECT',
          }),
        ],
      },
    'a completion of a composite upload is refused for what is wrong with its checksums, and succeeds afterwards': {
      fact: 'F83',
      state,
      calls: [
        begin('complete-SHA256', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
        part('complete-SHA256.part', text, { ChecksumSHA256: sha256.text }, '200', { ETag: textTag }),
        complete('complete-SHA256-missing-part-checksum.attempt', {}, {}, '400 InvalidRequest'),
        complete(
          'complete-SHA256-wrong-part-checksum.attempt',
          { ChecksumSHA256: sha256.other },
          {},
          '400 InvalidPart',
        ),
        complete(
          'complete-SHA256-wrong-object-checksum.attempt',
          { ChecksumSHA256: sha256.text },
          { ChecksumSHA256: `${sha256.other}-1`, ChecksumType: 'COMPOSITE', MpuObjectSize: 34 },
          '400 BadDigest',
        ),
        complete(
          'complete-SHA256-object-size-mismatch.attempt',
          { ChecksumSHA256: sha256.text },
          { ChecksumSHA256: sha256.object, ChecksumType: 'COMPOSITE', MpuObjectSize: 35 },
          '400 InvalidRequest',
        ),
        complete(
          'complete-SHA256-wrong-checksum-type.attempt',
          { ChecksumSHA256: sha256.text },
          { ChecksumSHA256: sha256.object, ChecksumType: 'FULL_OBJECT', MpuObjectSize: 34 },
          '400 InvalidRequest',
        ),
        listed('complete-SHA256-wrong-checksum-type.post-failure.parts', { ChecksumSHA256: sha256.text, Size: 34 }),
        ['complete-SHA256-wrong-checksum-type.post-failure.head', 'HeadObject', { Bucket: 'vault', Key: 'k' }, '404'],
        complete(
          'complete-SHA256-wrong-checksum-type.corrected-retry',
          { ChecksumSHA256: sha256.text },
          { ChecksumSHA256: sha256.object, ChecksumType: 'COMPOSITE', MpuObjectSize: 34 },
          '200',
          { ETag: objectTag, ChecksumSHA256: sha256.object, ChecksumType: 'COMPOSITE' },
        ),
      ],
    },
  },
};
