import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

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

/** An algorithm and the requested type, with the type of the upload, the checksum of the part and the checksum of the object. */
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

/** An algorithm of all bytes, its checksums of both texts, and a checksum of another algorithm. */
const whole = [
  ['CRC32', 'CT60Ng==', 'tirjWA==', { ChecksumSHA256: sha256.other }],
  ['CRC64NVME', '3PNWhFLsJFg=', 'VL/TFmUk6PI=', { ChecksumCRC32: 'tirjWA==' }],
] as const;

function boundaries(
  ChecksumAlgorithm: string,
  ofText: string,
  ofOther: string,
  ofAnother: object,
): RecordedCases['cases'] {
  const checksum = (value: string) => ({ [`Checksum${ChecksumAlgorithm}`]: value });
  const parts = `part-boundaries-${ChecksumAlgorithm}`;
  const completions = `complete-${ChecksumAlgorithm}`;
  const settings = { ChecksumAlgorithm, ChecksumType: 'FULL_OBJECT' };
  const right = checksum(ofText);
  const object = { ETag: objectTag, ...right, ChecksumType: 'FULL_OBJECT' };
  return {
    [`a part may leave out the ${ChecksumAlgorithm} of an upload that is of all bytes, and a refused part changes nothing`]:
      {
        fact: 'F83',
        state,
        calls: [
          begin(parts, settings),
          part(`${parts}.baseline`, text, right, '200', { ETag: textTag }),
          part(`${parts}.omitted`, other, {}, '200', { ETag: otherTag, ...checksum(ofOther) }),
          listed(`${parts}.omitted.state`, { ETag: otherTag, Size: 37, ...checksum(ofOther) }),
          part(`${parts}.omitted.restore`, text, right, '200'),
          part(`${parts}.mismatched-algorithm`, other, ofAnother, '400 InvalidRequest'),
          part(`${parts}.incorrect-digest`, other, right, '400 BadDigest'),
          listed(`${parts}.incorrect-digest.state`, { ETag: textTag, ...right }),
          complete(`${parts}.complete-preserved-baseline`, right, {}, '200', object),
        ],
      },
    [`a completion with wrong checksums of an upload with a ${ChecksumAlgorithm} of all bytes is refused, and a right one succeeds afterwards`]:
      {
        fact: 'F83',
        state,
        calls: [
          begin(completions, settings),
          part(`${completions}.part`, text, right, '200', { ETag: textTag }),
          complete(`${completions}-wrong-part-checksum.attempt`, checksum(ofOther), {}, '400 InvalidPart'),
          complete(
            `${completions}-wrong-object-checksum.attempt`,
            right,
            { ...checksum(ofOther), ChecksumType: 'FULL_OBJECT', MpuObjectSize: 34 },
            '400 BadDigest',
          ),
          complete(
            `${completions}-object-size-mismatch.attempt`,
            right,
            { ...right, ChecksumType: 'FULL_OBJECT', MpuObjectSize: 35 },
            '400 InvalidRequest',
          ),
          complete(
            `${completions}-wrong-checksum-type.attempt`,
            right,
            { ...right, ChecksumType: 'COMPOSITE', MpuObjectSize: 34 },
            '400 InvalidRequest',
          ),
          listed(`${completions}-wrong-checksum-type.post-failure.parts`, { ...right, Size: 34 }),
          complete(`${completions}-missing-part-checksum.attempt`, {}, {}, '200', object),
        ],
      },
  };
}

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
          `an upload with ${ChecksumAlgorithm} and ${asked === undefined ? 'no type' : `the type ${asked}`} is ${ChecksumType}`,
          { fact: 'F87', state, calls },
        ];
      }),
    ),
    'a checksum type without an algorithm, or one that the algorithm does not support, is refused': {
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
    ...Object.fromEntries(
      whole.flatMap(([name, ofText, ofOther, ofAnother]) =>
        Object.entries(boundaries(name, ofText, ofOther, ofAnother)),
      ),
    ),
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
    // In the recording each attempt has an upload of its own, and only the one with the wrong type is completed afterwards. Here one upload takes them all.
    'a completion of a composite upload with wrong checksums is refused, and a right one succeeds afterwards': {
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
