import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const five = { bytes: 5242880, of: 'A' };
const tail = { base64: 'ZmluYWwtcGFydAD/Cg==' };
const etag = { five: '"b8fc857a25e7958868c2f003d5e0952d"', tail: '"870285a8dc91d0ae0986d99589dc8c52"' };
const allAttributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const checksums = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'].map((name) => `Checksum${name}`);
const noChecksum = [...checksums, 'ChecksumType'];

const state = { buckets: { vault: {} } };
const upload = { Bucket: 'vault', Key: 'k', UploadId: '$(upload)' };
const get = (input: object) => ({ Bucket: 'vault', Key: 'k', ChecksumMode: 'ENABLED', ...input });
const copied = (input: object) => ({ Bucket: 'vault', Key: 'copy', ChecksumMode: 'ENABLED', ...input });

/** GET and HEAD answer alike. */
const read = (
  label: string,
  input: object,
  status: string,
  output: object,
  absent: readonly string[] = [],
): RecordedCall[] => [
  [label.replace('*', 'get'), 'GetObject', input, status, output, { absent }],
  [
    label.replace('*', 'head'),
    'HeadObject',
    input,
    status.split(' ')[0] ?? '',
    status.startsWith('4') ? {} : output,
    { absent },
  ],
];

const whole = { ETag: '"41d23b536821ebefc4bdb9a1507d4b1a-2"', ContentLength: 5242893 };
const first = { ContentRange: 'bytes 0-5242879/5242893', ContentLength: 5242880 };
const second = { ContentRange: 'bytes 5242880-5242892/5242893', ContentLength: 13 };
const copy = { ETag: '"ddf784a20eb976e765af0935c4462bd1"', ChecksumType: 'FULL_OBJECT' };

const copying = (label: string, checksum: object): RecordedCall[] => [
  [
    `${label}-copy-create`,
    'CopyObject',
    { Bucket: 'vault', Key: 'copy', CopySource: 'vault/k' },
    '200',
    { CopyObjectResult: { ...copy, ...checksum } },
  ],
  [
    `${label}-copy-attributes`,
    'GetObjectAttributes',
    { Bucket: 'vault', Key: 'copy', ObjectAttributes: allAttributes },
    '200',
    { Checksum: { ChecksumType: 'FULL_OBJECT', ...checksum }, ObjectSize: 5242893 },
    { absent: ['ObjectParts'] },
  ],
  ...read(
    `${label}-copy-*-part1`,
    copied({ PartNumber: 1 }),
    '206',
    { ...copy, ...checksum, ContentRange: 'bytes 0-5242892/5242893' },
    ['PartsCount'],
  ),
  ...read(`${label}-copy-*-part2`, copied({ PartNumber: 2 }), '416 InvalidPartNumber', {}),
];

export const readers: RecordedCases = {
  file: 'multipart_readers_replay.json',
  recorded: 'September 2026',
  cases: {
    'parts are read by their position in the object, not by their numbers in the upload': {
      fact: 'F81',
      state,
      calls: [
        [
          'reader-gap-create',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k', Metadata: { origin: 'multipart' }, ContentType: 'application/x-parts' },
          '200',
          { UploadId: '$(upload)' },
        ],
        ['reader-gap-upload1', 'UploadPart', { ...upload, PartNumber: 1, Body: five }, '200', { ETag: etag.five }],
        ['reader-gap-upload3', 'UploadPart', { ...upload, PartNumber: 3, Body: tail }, '200', { ETag: etag.tail }],
        [
          'reader-gap-complete',
          'CompleteMultipartUpload',
          {
            ...upload,
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: etag.five },
                { PartNumber: 3, ETag: etag.tail },
              ],
            },
          },
          '200',
          { ETag: whole.ETag, ChecksumCRC64NVME: 'HQzKL9La9XM=', ChecksumType: 'FULL_OBJECT' },
        ],
        ...read('reader-gap-*-whole', get({}), '200', {
          ...whole,
          ...{ ContentType: 'application/x-parts', Metadata: { origin: 'multipart' } },
          ...{ ChecksumCRC64NVME: 'HQzKL9La9XM=', ChecksumType: 'FULL_OBJECT' },
        }),
        ...read('reader-gap-*-part1', get({ PartNumber: 1 }), '206', { ...first, PartsCount: 2 }, noChecksum),
        ...read('reader-gap-*-part2', get({ PartNumber: 2 }), '206', { ...second, PartsCount: 2 }, noChecksum),
        ...read('reader-gap-*-part3', get({ PartNumber: 3 }), '416 InvalidPartNumber', {}),
        [
          'reader-gap-attributes-marker1',
          'GetObjectAttributes',
          {
            ...{ Bucket: 'vault', Key: 'k', ObjectAttributes: allAttributes },
            ...{ MaxParts: 1, PartNumberMarker: '1' },
          },
          '200',
          {
            ...{ ETag: '41d23b536821ebefc4bdb9a1507d4b1a-2', ObjectParts: { TotalPartsCount: 2 } },
            Checksum: { ChecksumCRC64NVME: 'HQzKL9La9XM=', ChecksumType: 'FULL_OBJECT' },
          },
        ],
        [
          'reader-gap-get-range-aligned',
          'GetObject',
          get({ Range: 'bytes=0-5242879' }),
          '206',
          first,
          { absent: [...noChecksum, 'PartsCount'] },
        ],
        ...copying('reader-gap', { ChecksumCRC64NVME: 'HQzKL9La9XM=' }),
      ],
    },
    'an only part is part 1, whatever its number in the upload was': {
      fact: 'F81',
      state,
      calls: [
        [
          'reader-subset-create',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k' },
          '200',
          { UploadId: '$(upload)' },
        ],
        ['reader-subset-upload2', 'UploadPart', { ...upload, PartNumber: 2, Body: tail }, '200', { ETag: etag.tail }],
        [
          'reader-subset-complete',
          'CompleteMultipartUpload',
          { ...upload, MultipartUpload: { Parts: [{ PartNumber: 2, ETag: etag.tail }] } },
          '200',
          { ETag: '"3f4643b8135633e65587f6e14f78e720-1"', ChecksumCRC64NVME: 'zyl+tJxSIPg=' },
        ],
        ...read('reader-subset-*-part1', get({ PartNumber: 1 }), '206', {
          ...{ ContentRange: 'bytes 0-12/13', PartsCount: 1 },
          ...{ ChecksumCRC64NVME: 'zyl+tJxSIPg=', ChecksumType: 'FULL_OBJECT' },
        }),
        ...read('reader-subset-*-part2', get({ PartNumber: 2 }), '416 InvalidPartNumber', {}),
      ],
    },
    'the parts of a composite object have checksums of their own, and its copy has none': {
      fact: 'F63',
      state,
      calls: [
        [
          'reader-composite-create',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
          '200',
          { UploadId: '$(upload)', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
        ],
        [
          'reader-composite-upload1',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: five, ChecksumAlgorithm: 'SHA256' },
          '200',
          { ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=' },
        ],
        [
          'reader-composite-upload2',
          'UploadPart',
          { ...upload, PartNumber: 2, Body: tail, ChecksumAlgorithm: 'SHA256' },
          '200',
          { ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=' },
        ],
        [
          'reader-composite-complete',
          'CompleteMultipartUpload',
          {
            ...upload,
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: etag.five, ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=' },
                { PartNumber: 2, ETag: etag.tail, ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=' },
              ],
            },
          },
          '200',
          {
            ...{ ETag: whole.ETag, ChecksumSHA256: 'Kx1lfAJ8lSdK9d25JjtIiV3xbeDaITnoaqQktCGkbLg=-2' },
            ChecksumType: 'COMPOSITE',
          },
        ],
        ...read('reader-composite-*-part2', get({ PartNumber: 2 }), '206', {
          ...{ ...second, PartsCount: 2 },
          ...{ ChecksumSHA256: '8HgyKUMQVMOsxNVE0g+UJFrxJEBwiFw+fkCw60gaWaE=', ChecksumType: 'COMPOSITE' },
        }),
        [
          'reader-composite-get-range-aligned',
          'GetObject',
          get({ Range: 'bytes=0-5242879' }),
          '206',
          {
            ...first,
            ...{ ChecksumSHA256: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=', ChecksumType: 'COMPOSITE' },
          },
          { absent: ['PartsCount'] },
        ],
        [
          'reader-composite-get-range-unaligned',
          'GetObject',
          get({ Range: 'bytes=1-3' }),
          '206',
          { Body: 'AAA' },
          { absent: [...noChecksum, 'PartsCount'] },
        ],
        ...copying('reader-composite', { ChecksumSHA256: 'Wt4j3KNLA1DVXicRQeGZ68QNgMIRA/Z0+X5iPmd2ZOA=' }),
      ],
    },
    'the parts of an object with a checksum of all bytes have no checksums': {
      fact: 'F63',
      state,
      calls: [
        [
          'reader-full-create',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k', ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' },
          '200',
          { UploadId: '$(upload)', ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' },
        ],
        [
          'reader-full-upload1',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: five, ChecksumAlgorithm: 'CRC32' },
          '200',
          { ChecksumCRC32: 'JRTCyQ==' },
        ],
        [
          'reader-full-upload2',
          'UploadPart',
          { ...upload, PartNumber: 2, Body: tail, ChecksumAlgorithm: 'CRC32' },
          '200',
          { ChecksumCRC32: 'y0ReAw==' },
        ],
        [
          'reader-full-complete',
          'CompleteMultipartUpload',
          {
            ...upload,
            MultipartUpload: {
              Parts: [
                { PartNumber: 1, ETag: etag.five, ChecksumCRC32: 'JRTCyQ==' },
                { PartNumber: 2, ETag: etag.tail, ChecksumCRC32: 'y0ReAw==' },
              ],
            },
          },
          '200',
          { ETag: whole.ETag, ChecksumCRC32: 'WvLZBQ==', ChecksumType: 'FULL_OBJECT' },
        ],
        ...read('reader-full-*-part1', get({ PartNumber: 1 }), '206', { ...first, PartsCount: 2 }, noChecksum),
        ...read('reader-full-*-part2', get({ PartNumber: 2 }), '206', { ...second, PartsCount: 2 }, noChecksum),
        [
          'reader-full-get-range-aligned',
          'GetObject',
          get({ Range: 'bytes=0-5242879' }),
          '206',
          first,
          { absent: [...noChecksum, 'PartsCount'] },
        ],
        [
          'reader-full-attributes-page1',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'k', ObjectAttributes: allAttributes, MaxParts: 1 },
          '200',
          {
            ObjectParts: { TotalPartsCount: 2 },
            Checksum: { ChecksumCRC32: 'WvLZBQ==', ChecksumType: 'FULL_OBJECT' },
          },
        ],
        ...copying('reader-full', { ChecksumCRC32: 'WvLZBQ==' }),
      ],
    },
  },
};
