import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const five = { bytes: 5242880, of: 'A' };
const fiveTag = '"b8fc857a25e7958868c2f003d5e0952d"';
const tail = 'BCDEFGHIJ';
const tailTag = '"f50d9f5d0e412824eee94c2a4022b949"';
const sha256 = {
  five: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=',
  tail: 'RagcEhZfZM7P3wIgm6o0g0CwPCYC8mw55YQ0kBLrbXU=',
  both: 'oBlgUl6FPf0a/Ro/UxDq5cpf1opWgKmAb3N88S93Pbs=-2',
};
const text = { base64: 'b3JpZ2luYWwgbXVsdGlwYXJ0IGNoZWNrc3VtIGJ5dGVzCg==' };
const textTag = '"d2ce142480199cab298233c85b76ea67"';
const objectTag = '"d953f5020c745916c7cc1115cbba5269-1"';

const state = { buckets: { vault: {} } };
const upload = { Bucket: 'vault', Key: 'k', UploadId: '$(upload)' };
const begin = (label: string, settings: object): RecordedCall => [
  `${label}.initiate`,
  'CreateMultipartUpload',
  { Bucket: 'vault', Key: 'k', ...settings },
  '200',
  { UploadId: '$(upload)' },
];

export const gaps: RecordedCases = {
  file: 'multipart_checksums_replay.json',
  recorded: 'September 2026',
  cases: {
    'a composite checksum needs parts that count from 1 without a gap': {
      fact: 'F81',
      state,
      calls: [
        begin('gap-SHA256', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
        [
          'gap-SHA256.part1',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: five, ChecksumSHA256: sha256.five },
          '200',
          { ETag: fiveTag },
        ],
        [
          'gap-SHA256.part3',
          'UploadPart',
          { ...upload, PartNumber: 3, Body: tail, ChecksumSHA256: sha256.tail },
          '200',
          { ETag: tailTag },
        ],
        [
          'gap-SHA256.complete-gap',
          'CompleteMultipartUpload',
          {
            ...{ ...upload, ChecksumType: 'COMPOSITE', MpuObjectSize: 5242889, ChecksumSHA256: sha256.both },
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: fiveTag, ChecksumSHA256: sha256.five },
                { PartNumber: 3, ETag: tailTag, ChecksumSHA256: sha256.tail },
              ],
            },
          },
          '500 InternalError',
        ],
        [
          'gap-SHA256.post-failure.parts',
          'ListParts',
          upload,
          '200',
          {
            ...{ ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', NextPartNumberMarker: '3' },
            Parts: [
              { PartNumber: 1, Size: 5242880, ChecksumSHA256: sha256.five },
              { PartNumber: 3, Size: 9, ChecksumSHA256: sha256.tail },
            ],
          },
        ],
        ['gap-SHA256.post-failure.head', 'HeadObject', { Bucket: 'vault', Key: 'k' }, '404'],
        [
          'gap-SHA256.corrected-part2',
          'UploadPart',
          { ...upload, PartNumber: 2, Body: tail, ChecksumSHA256: sha256.tail },
          '200',
        ],
        [
          'gap-SHA256.corrected-consecutive-retry',
          'CompleteMultipartUpload',
          {
            ...{ ...upload, ChecksumType: 'COMPOSITE', MpuObjectSize: 5242889, ChecksumSHA256: sha256.both },
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: fiveTag, ChecksumSHA256: sha256.five },
                { PartNumber: 2, ETag: tailTag, ChecksumSHA256: sha256.tail },
              ],
            },
          },
          '200',
          { ChecksumSHA256: sha256.both, ChecksumType: 'COMPOSITE' },
        ],
      ],
    },
    'a checksum of all bytes allows part numbers with gaps': {
      fact: 'F81',
      state,
      calls: [
        begin('gap-CRC32', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }),
        [
          'gap-CRC32.part1',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: five, ChecksumCRC32: 'JRTCyQ==' },
          '200',
          { ETag: fiveTag },
        ],
        ['gap-CRC32.part3', 'UploadPart', { ...upload, PartNumber: 3, Body: tail }, '200', { ETag: tailTag }],
        [
          'gap-CRC32.complete-gap',
          'CompleteMultipartUpload',
          {
            ...{ ...upload, ChecksumType: 'FULL_OBJECT', MpuObjectSize: 5242889 },
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: fiveTag, ChecksumCRC32: 'JRTCyQ==' },
                { PartNumber: 3, ETag: tailTag },
              ],
            },
          },
          '200',
          { ETag: '"62c3d47eb84dbe48f0b66d5bbf7b82ef-2"', ChecksumType: 'FULL_OBJECT' },
        ],
      ],
    },
    'an upload without an algorithm stores no checksums of parts, and its object has a CRC64NVME': {
      fact: 'F83',
      state,
      calls: [
        begin('raw-default-transport-crc64-manifest', {}),
        [
          'raw-default-transport-crc64-manifest.part',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: text, ChecksumCRC64NVME: '3PNWhFLsJFg=' },
          '200',
          { ETag: textTag, ChecksumCRC64NVME: '3PNWhFLsJFg=' },
        ],
        [
          'raw-default-transport-crc64-manifest.attempt-extra-checksum',
          'CompleteMultipartUpload',
          {
            ...upload,
            MultipartUpload: { Parts: [{ PartNumber: 1, ETag: textTag, ChecksumCRC64NVME: '3PNWhFLsJFg=' }] },
          },
          '400 InvalidPart',
        ],
        [
          'raw-default-transport-crc64-manifest.post-failure.parts',
          'ListParts',
          upload,
          '200',
          { Parts: [{ PartNumber: 1, ETag: textTag, Size: 34 }] },
          { absent: ['ChecksumAlgorithm', 'ChecksumType'] },
        ],
        ['raw-default-transport-crc64-manifest.post-failure.head', 'HeadObject', { Bucket: 'vault', Key: 'k' }, '404'],
        [
          'raw-default-transport-crc64-manifest.corrected-no-manifest-checksum',
          'CompleteMultipartUpload',
          { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: textTag }] } },
          '200',
          { ETag: objectTag, ChecksumCRC64NVME: '3PNWhFLsJFg=', ChecksumType: 'FULL_OBJECT' },
        ],
      ],
    },
    'a completion may leave out the checksums of all bytes and of the parts': {
      fact: 'F83',
      state,
      calls: [
        begin('full-object-entirely-omitted-CRC32', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }),
        [
          'full-object-entirely-omitted-CRC32.part-no-checksum',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: text },
          '200',
          { ChecksumCRC32: 'CT60Ng==' },
        ],
        [
          'full-object-entirely-omitted-CRC32.state',
          'ListParts',
          upload,
          '200',
          { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT', Parts: [{ ChecksumCRC32: 'CT60Ng==' }] },
        ],
        [
          'full-object-entirely-omitted-CRC32.complete-no-checksums',
          'CompleteMultipartUpload',
          { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: textTag }] } },
          '200',
          { ETag: objectTag, ChecksumCRC32: 'CT60Ng==', ChecksumType: 'FULL_OBJECT' },
        ],
      ],
    },
  },
};
