import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const sum = {
  single: 'hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=',
  first: '275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=',
  second: 'RagcEhZfZM7P3wIgm6o0g0CwPCYC8mw55YQ0kBLrbXU=',
  both: 'oBlgUl6FPf0a/Ro/UxDq5cpf1opWgKmAb3N88S93Pbs=',
  nothing: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  ofNothing: 'Xfbg4nYTWdMKgnUFjimfzAOBU0VF9Vz0PkGYP11MlFY=',
};

const state = { buckets: { vault: { versioning: 'Enabled' } } } as const;

const single: readonly RecordedCall[] = [
  [
    'put-single',
    'PutObject',
    { Bucket: 'vault', Key: 'single', Body: '0123456789', ChecksumSHA256: sum.single },
    '200',
    { ETag: '"781e5e245d69b566979b86e28d23f2c7"', ChecksumSHA256: sum.single, ChecksumType: 'FULL_OBJECT' },
  ],
];

const parts: readonly RecordedCall[] = [
  [
    'initiate-composite',
    'CreateMultipartUpload',
    { Bucket: 'vault', Key: 'parts', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
    '200',
    { UploadId: '$(upload)', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
  ],
  [
    'composite-upload-1',
    'UploadPart',
    {
      ...{ Bucket: 'vault', Key: 'parts', UploadId: '$(upload)', PartNumber: 1, ChecksumSHA256: sum.first },
      Body: { bytes: 5242880, of: 'A' },
    },
    '200',
    { ETag: '"b8fc857a25e7958868c2f003d5e0952d"', ChecksumSHA256: sum.first },
  ],
  [
    'composite-upload-2',
    'UploadPart',
    {
      ...{ Bucket: 'vault', Key: 'parts', UploadId: '$(upload)', PartNumber: 2, ChecksumSHA256: sum.second },
      Body: 'BCDEFGHIJ',
    },
    '200',
    { ETag: '"f50d9f5d0e412824eee94c2a4022b949"', ChecksumSHA256: sum.second },
  ],
  [
    'composite-complete',
    'CompleteMultipartUpload',
    {
      ...{ Bucket: 'vault', Key: 'parts', UploadId: '$(upload)', ChecksumType: 'COMPOSITE' },
      MultipartUpload: {
        Parts: [
          { PartNumber: 1, ETag: '"b8fc857a25e7958868c2f003d5e0952d"', ChecksumSHA256: sum.first },
          { PartNumber: 2, ETag: '"f50d9f5d0e412824eee94c2a4022b949"', ChecksumSHA256: sum.second },
        ],
      },
    },
    '200',
    {
      ...{ ETag: '"62c3d47eb84dbe48f0b66d5bbf7b82ef-2"', VersionId: '$(version)' },
      ...{ ChecksumSHA256: `${sum.both}-2`, ChecksumType: 'COMPOSITE' },
    },
  ],
];

const emptyPart: readonly RecordedCall[] = [
  [
    'initiate-empty-composite',
    'CreateMultipartUpload',
    { Bucket: 'vault', Key: 'empty', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
    '200',
    { UploadId: '$(empty)' },
  ],
  [
    'empty-composite-upload-1',
    'UploadPart',
    {
      Bucket: 'vault',
      Key: 'empty',
      UploadId: '$(empty)',
      PartNumber: 1,
      Body: { base64: '' },
      ChecksumSHA256: sum.nothing,
    },
    '200',
    { ETag: '"d41d8cd98f00b204e9800998ecf8427e"', ChecksumSHA256: sum.nothing },
  ],
  [
    'empty-composite-complete',
    'CompleteMultipartUpload',
    {
      ...{ Bucket: 'vault', Key: 'empty', UploadId: '$(empty)', ChecksumType: 'COMPOSITE' },
      MultipartUpload: {
        Parts: [{ PartNumber: 1, ETag: '"d41d8cd98f00b204e9800998ecf8427e"', ChecksumSHA256: sum.nothing }],
      },
    },
    '200',
    { ETag: '"59adb24ef3cdbe0297f05b395827453f-1"', ChecksumSHA256: `${sum.ofNothing}-1`, ChecksumType: 'COMPOSITE' },
  ],
];

const others = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA512', 'MD5'].map((name) => `Checksum${name}`);
const noChecksum = [...others, 'ChecksumSHA256', 'ChecksumType', 'PartsCount'];
const page = { MaxParts: 1000, PartNumberMarker: '0', IsTruncated: false, TotalPartsCount: 2 };
const listed = [
  { PartNumber: 1, Size: 5242880, ChecksumSHA256: sum.first },
  { PartNumber: 2, Size: 9, ChecksumSHA256: sum.second },
];
const allAttributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

const get = (Key: string, input: object) => ({ Bucket: 'vault', Key, ChecksumMode: 'ENABLED', ...input });
const partsOf = (input: object) => ({ Bucket: 'vault', Key: 'parts', ObjectAttributes: ['ObjectParts'], ...input });

const range = (
  label: string,
  Range: string,
  ContentRange: string,
  output: object,
  absent: readonly string[],
): RecordedCall[] => [
  [`composite-range-${label}`, 'GetObject', get('parts', { Range }), '206', { ContentRange, ...output }, { absent }],
  [
    `composite-head-range-${label}`,
    'HeadObject',
    get('parts', { Range }),
    '206',
    { ContentRange, ...output },
    { absent },
  ],
];

export const readBounds: RecordedCases = {
  file: 'multipart_read_bounds_replay.json',
  recorded: 'September 2026',
  cases: {
    'an object that was put has one part': {
      fact: 'F63',
      state,
      calls: [
        ...single,
        [
          'single-get-full',
          'GetObject',
          get('single', {}),
          '200',
          { Body: '0123456789', ContentLength: 10, ChecksumSHA256: sum.single, ChecksumType: 'FULL_OBJECT' },
          { absent: [...others, 'ContentRange', 'PartsCount'] },
        ],
        ['single-part-0', 'GetObject', get('single', { PartNumber: 0 }), '400 InvalidArgument'],
        [
          'single-part-1',
          'GetObject',
          get('single', { PartNumber: 1 }),
          '206',
          { ContentRange: 'bytes 0-9/10', ChecksumSHA256: sum.single, ChecksumType: 'FULL_OBJECT' },
          { absent: [...others, 'PartsCount'] },
        ],
        ['single-part-2', 'GetObject', get('single', { PartNumber: 2 }), '416 InvalidPartNumber'],
        ['single-part-3', 'GetObject', get('single', { PartNumber: 3 }), '416 InvalidPartNumber'],
        ['single-part-10001', 'GetObject', get('single', { PartNumber: 10001 }), '400 InvalidArgument'],
      ],
    },
    'a part number together with a range is refused, even if it is no valid part number': {
      fact: 'F63',
      state,
      calls: [
        ...single,
        ...parts,
        ...emptyPart,
        ...(['single', 'parts', 'empty'] as const).flatMap((key): RecordedCall[] => [
          [
            `${key}-range-and-part-1`,
            'GetObject',
            get(key, { PartNumber: 1, Range: 'bytes=0-2' }),
            '400 InvalidRequest',
          ],
          [
            `${key}-range-and-part-2`,
            'GetObject',
            get(key, { PartNumber: 2, Range: 'bytes=0-2' }),
            '400 InvalidRequest',
          ],
          [
            `${key}-range-and-part-0`,
            'GetObject',
            get(key, { PartNumber: 0, Range: 'bytes=0-2' }),
            '400 InvalidRequest',
          ],
        ]),
      ],
    },
    'a part number reads one part of an object that was uploaded in parts': {
      fact: 'F63',
      state,
      calls: [
        ...parts,
        [
          'composite-get-full',
          'HeadObject',
          get('parts', {}),
          '200',
          { ContentLength: 5242889, ChecksumSHA256: `${sum.both}-2`, ChecksumType: 'COMPOSITE' },
          { absent: [...others, 'ContentRange', 'PartsCount'] },
        ],
        ['composite-part-0', 'GetObject', get('parts', { PartNumber: 0 }), '400 InvalidArgument'],
        [
          'composite-part-1',
          'GetObject',
          get('parts', { PartNumber: 1 }),
          '206',
          {
            ...{ ContentRange: 'bytes 0-5242879/5242889', PartsCount: 2, ContentLength: 5242880 },
            ...{ ChecksumSHA256: sum.first, ChecksumType: 'COMPOSITE', ETag: '"62c3d47eb84dbe48f0b66d5bbf7b82ef-2"' },
          },
          { absent: others },
        ],
        [
          'composite-part-2',
          'GetObject',
          get('parts', { PartNumber: 2 }),
          '206',
          {
            ...{ ContentRange: 'bytes 5242880-5242888/5242889', PartsCount: 2, Body: 'BCDEFGHIJ' },
            ...{ ChecksumSHA256: sum.second, ChecksumType: 'COMPOSITE' },
          },
          { absent: others },
        ],
        ['composite-part-3', 'GetObject', get('parts', { PartNumber: 3 }), '416 InvalidPartNumber'],
        ['composite-part-10001', 'GetObject', get('parts', { PartNumber: 10001 }), '400 InvalidArgument'],
      ],
    },
    'a part number reads an empty part': {
      fact: 'F575',
      state,
      calls: [
        ...emptyPart,
        [
          'empty-composite-get-full',
          'GetObject',
          get('empty', {}),
          '200',
          { ContentLength: 0, ChecksumSHA256: `${sum.ofNothing}-1`, ChecksumType: 'COMPOSITE' },
          { absent: ['ContentRange', 'PartsCount'] },
        ],
        [
          'empty-composite-part-1',
          'GetObject',
          get('empty', { PartNumber: 1 }),
          '200',
          { ContentLength: 0, PartsCount: 1, ChecksumSHA256: sum.nothing, ChecksumType: 'COMPOSITE' },
          { absent: [...others, 'ContentRange'] },
        ],
        ['empty-composite-part-2', 'GetObject', get('empty', { PartNumber: 2 }), '416 InvalidPartNumber'],
      ],
    },
    'a range that is exactly one part has the checksum of that part': {
      fact: 'F63',
      state,
      calls: [
        ...parts,
        ...range(
          'exact-first',
          'bytes=0-5242879',
          'bytes 0-5242879/5242889',
          { ContentLength: 5242880, ChecksumSHA256: sum.first, ChecksumType: 'COMPOSITE' },
          [...others, 'PartsCount'],
        ),
        ...range(
          'exact-second',
          'bytes=5242880-5242888',
          'bytes 5242880-5242888/5242889',
          { ContentLength: 9, ChecksumSHA256: sum.second, ChecksumType: 'COMPOSITE' },
          [...others, 'PartsCount'],
        ),
        ...range('partial-first', 'bytes=0-2', 'bytes 0-2/5242889', {}, noChecksum),
        ...range('partial-second', 'bytes=5242881-5242883', 'bytes 5242881-5242883/5242889', {}, noChecksum),
        ...range('cross-boundary', 'bytes=5242878-5242882', 'bytes 5242878-5242882/5242889', {}, noChecksum),
        ...range(
          'entire',
          'bytes=0-5242888',
          'bytes 0-5242888/5242889',
          { ContentLength: 5242889, ChecksumSHA256: `${sum.both}-2`, ChecksumType: 'COMPOSITE' },
          [...others, 'PartsCount'],
        ),
      ],
    },
    'GetObjectAttributes returns the attributes that the request names': {
      fact: 'F75',
      state,
      calls: [
        ...single,
        ...emptyPart,
        [
          'single-attrs-ObjectParts',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'single', ObjectAttributes: ['ObjectParts'] },
          '200',
          {},
          { absent: ['ETag', 'Checksum', 'ObjectParts', 'ObjectSize', 'StorageClass'] },
        ],
        [
          'single-attrs-ETag,Checksum,ObjectParts,StorageClass,ObjectSize',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'single', ObjectAttributes: allAttributes },
          '200',
          {
            ...{ ETag: '781e5e245d69b566979b86e28d23f2c7', StorageClass: 'STANDARD', ObjectSize: 10 },
            Checksum: { ChecksumSHA256: sum.single, ChecksumType: 'FULL_OBJECT' },
          },
          { absent: ['ObjectParts'] },
        ],
        [
          'single-attrs-ETag,ETag',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'single', ObjectAttributes: ['ETag', 'ETag'] },
          '200',
          { ETag: '781e5e245d69b566979b86e28d23f2c7' },
          { absent: ['Checksum', 'ObjectParts', 'ObjectSize', 'StorageClass'] },
        ],
        [
          'single-attrs-ETag,Invalid',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'single', ObjectAttributes: ['ETag', 'Invalid'] },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-object-attributes', ArgumentValue: 'Invalid' },
        ],
        [
          'empty-composite-attrs-ETag,Checksum,ObjectParts,StorageClass,ObjectSize',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'empty', ObjectAttributes: allAttributes },
          '200',
          {
            ...{ ETag: '59adb24ef3cdbe0297f05b395827453f-1', StorageClass: 'STANDARD', ObjectSize: 0 },
            Checksum: { ChecksumSHA256: sum.ofNothing, ChecksumType: 'COMPOSITE' },
            ObjectParts: {
              ...{ ...page, TotalPartsCount: 1, NextPartNumberMarker: '1' },
              Parts: [{ PartNumber: 1, Size: 0, ChecksumSHA256: sum.nothing }],
            },
          },
        ],
      ],
    },
    'GetObjectAttributes lists parts in pages': {
      fact: 'F193',
      state,
      calls: [
        ...parts,
        [
          'composite-attrs-ObjectParts',
          'GetObjectAttributes',
          partsOf({}),
          '200',
          { VersionId: '$(version)', ObjectParts: { ...page, NextPartNumberMarker: '2', Parts: listed } },
          { absent: ['ETag', 'Checksum', 'ObjectSize', 'StorageClass'] },
        ],
        [
          'attrs-max-1',
          'GetObjectAttributes',
          partsOf({ MaxParts: 1 }),
          '200',
          {
            ObjectParts: {
              ...page,
              ...{ MaxParts: 1, IsTruncated: true, NextPartNumberMarker: '1', Parts: listed.slice(0, 1) },
            },
          },
        ],
        [
          'attrs-max-1001',
          'GetObjectAttributes',
          partsOf({ MaxParts: 1001 }),
          '200',
          { ObjectParts: { ...page, MaxParts: 1001, NextPartNumberMarker: '2', Parts: listed } },
        ],
        [
          'attrs-marker-1',
          'GetObjectAttributes',
          partsOf({ MaxParts: 1, PartNumberMarker: '1' }),
          '200',
          {
            ObjectParts: {
              ...page,
              ...{ MaxParts: 1, PartNumberMarker: '1', NextPartNumberMarker: '2', Parts: listed.slice(1) },
            },
          },
        ],
        ...(['2', '3', '10001'] as const).map(
          (marker): RecordedCall => [
            `attrs-marker-${marker}`,
            'GetObjectAttributes',
            partsOf({ MaxParts: 1, PartNumberMarker: marker }),
            '200',
            { ObjectParts: { ...page, MaxParts: 1, PartNumberMarker: marker, NextPartNumberMarker: '0' } },
          ],
        ),
      ],
    },
    'a page with max-parts 0 is the last page, and one with -1 is not': {
      fact: 'F193',
      state,
      calls: [
        ...parts,
        [
          'attrs-max-0',
          'GetObjectAttributes',
          partsOf({ MaxParts: 0 }),
          '200',
          { ObjectParts: { ...page, MaxParts: 0, NextPartNumberMarker: '0' } },
        ],
        [
          'attrs-max--1',
          'GetObjectAttributes',
          partsOf({ MaxParts: -1 }),
          '200',
          { ObjectParts: { ...page, MaxParts: -1, NextPartNumberMarker: '-1', IsTruncated: true } },
        ],
      ],
    },
    'a negative part number marker is an internal error': {
      fact: 'F193',
      state,
      calls: [
        ...parts,
        [
          'attrs-marker--1',
          'GetObjectAttributes',
          partsOf({ MaxParts: 1, PartNumberMarker: '-1' }),
          '500 InternalError',
        ],
      ],
    },
  },
};

export const rawReads: RecordedCases = {
  file: 'multipart_raw_replay.json',
  recorded: 'September 2026',
  cases: {
    'a max-parts or marker that is not a number is refused': {
      fact: 'F193',
      state,
      calls: [
        ...single,
        ...parts,
        [
          'single-part-abc',
          'GET /vault/single?partNumber=abc',
          { headers: { 'x-amz-checksum-mode': 'ENABLED' } },
          '400 InvalidArgument',
          { ArgumentName: 'partNumber', ArgumentValue: 'abc' },
        ],
        [
          'single-range-and-part-0',
          'GET /vault/single?partNumber=0',
          { headers: { Range: 'bytes=0-2', 'x-amz-checksum-mode': 'ENABLED' } },
          '400 InvalidRequest',
        ],
        [
          'attrs-max-abc',
          'GET /vault/parts?attributes',
          { headers: { 'x-amz-object-attributes': 'ObjectParts', 'x-amz-max-parts': 'abc' } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-max-parts', ArgumentValue: 'abc' },
        ],
        [
          'attrs-marker-abc',
          'GET /vault/parts?attributes',
          {
            headers: {
              ...{ 'x-amz-object-attributes': 'ObjectParts', 'x-amz-max-parts': '1' },
              'x-amz-part-number-marker': 'abc',
            },
          },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-part-number-marker', ArgumentValue: 'abc' },
        ],
      ],
    },
  },
};
