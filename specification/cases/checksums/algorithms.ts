import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const five = { bytes: 5242880, of: 'A' };
const fiveTag = '"b8fc857a25e7958868c2f003d5e0952d"';
const tail = 'checksum final part\n';
const tailTag = '"2749bb8427091bd65fef0c1c038e5fb9"';
const objectTag = '"7f9dd28a166bf2b6593b3ad5ea8e422a-2"';
const tailObjectTag = '"891651d1bc23b3ce631bfa105ffe0bc7-1"';

const state = { buckets: { vault: {} }, sseC: 'allowed' } as const;
const upload = { Bucket: 'vault', Key: 'k', UploadId: '$(upload)' };
const object = { Bucket: 'vault', Key: 'k', ChecksumMode: 'ENABLED' };

interface Algorithm {
  readonly name: string;
  readonly five: string;
  readonly tail: string;
  readonly both: string;
  readonly one: string;
}

const algorithms: readonly Algorithm[] = [
  {
    name: 'MD5',
    five: 'uPyFeiXnlYhowvAD1eCVLQ==',
    tail: 'J0m7hCcJG9Zf7wwcA45fuQ==',
    both: 'f53SihZr8rZZOzrV6o5CKg==',
    one: 'iRZR0bwjs85jG/oQX/4Lxw==',
  },
  {
    name: 'SHA512',
    five: 'bSuHg8pnhOy8f0iO1MWr/KsuUF6BO+ZoH4501A8Nq+/BV2qW99WyckU3tppblsNZMRrOS59lvtK2cFlHD8h7CQ==',
    tail: 'FXPOCHvDBOB1Pq7gFl3v8h/+Zev3xi/wDUVZ2xDjQ7olr+MdDzmCXXf6kKkjwPZa7NWJF0Eki2KevlaVKumk7A==',
    both: 'hw4mWHqzbym72bHeM/JWIEs2xJCJ9IB/QvT7q5mrKS1ZYmChyIgBlPjIgUTVxPMRuSmcu/Mi56kuKPvfy9LPwg==',
    one: '8zoypz3XGKmo0afyr2JSbiGQ4ki6xrwTIPVcuVqfvmIZ/BIxBjJxYtQBks0T2YCnurrYbo/WDu8S6Q+1Entdbw==',
  },
  { name: 'XXHASH64', five: 'uXYKj9tQzeE=', tail: 'jK1xj1zFlFU=', both: 'gKfpg4EM1FI=', one: 'KiWu4viDM7g=' },
  { name: 'XXHASH3', five: 'Ywl+52vpzqE=', tail: 'pCyuonQS5fs=', both: 'ZCORpDFrcxY=', one: '7Xu7BYkHbO8=' },
  {
    name: 'XXHASH128',
    five: '/ua/PkXRaphjCX7na+nOoQ==',
    tail: '9Bw/3sBdB1fI1cZzjBhuFw==',
    both: 'mpzpV7nvhq6pro693x+oDw==',
    one: 'PToYZx3+apwVK9ojSfWLFA==',
  },
];

const allNames = 'CRC32 CRC32C CRC64NVME SHA1 SHA256 SHA512 MD5 XXHASH64 XXHASH3 XXHASH128'.split(' ');
const checksums = allNames.map((name) => `Checksum${name}`);

function compositeOf({ name, five: fiveSum, tail: tailSum, both }: Algorithm): readonly RecordedCall[] {
  const member = `Checksum${name}`;
  const absent = checksums.filter((one) => one !== member);
  const completion = {
    ...{ ...upload, [member]: `${both}-2`, ChecksumType: 'COMPOSITE' },
    MultipartUpload: {
      Parts: [
        { PartNumber: 1, ETag: fiveTag, [member]: fiveSum },
        { PartNumber: 2, ETag: tailTag, [member]: tailSum },
      ],
    },
  };
  return [
    [
      `${name}.reject-full-object`,
      'CreateMultipartUpload',
      { Bucket: 'vault', Key: 'full', ChecksumAlgorithm: name, ChecksumType: 'FULL_OBJECT' },
      '400 InvalidRequest',
    ],
    [
      `${name}-composite.init`,
      'CreateMultipartUpload',
      { Bucket: 'vault', Key: 'k', ChecksumAlgorithm: name },
      '200',
      { UploadId: '$(upload)', ChecksumAlgorithm: name, ChecksumType: 'COMPOSITE' },
    ],
    [
      `${name}.source`,
      'PutObject',
      { Bucket: 'vault', Key: 'source', Body: five },
      '200',
      { ChecksumCRC64NVME: 'L/E4WYn8v98=', ChecksumType: 'FULL_OBJECT' },
    ],
    [
      `${name}.copy-first-part`,
      'UploadPartCopy',
      { ...upload, PartNumber: 1, CopySource: 'vault/source' },
      '200',
      { CopyPartResult: { ETag: fiveTag, [member]: fiveSum } },
    ],
    [
      `${name}.upload-final-part`,
      'UploadPart',
      { ...upload, PartNumber: 2, Body: tail, [member]: tailSum },
      '200',
      { ETag: tailTag, [member]: tailSum },
    ],
    [
      `${name}.list-parts`,
      'ListParts',
      upload,
      '200',
      {
        ...{ ChecksumAlgorithm: name, ChecksumType: 'COMPOSITE' },
        Parts: [
          { PartNumber: 1, ETag: fiveTag, Size: 5242880, [member]: fiveSum },
          { PartNumber: 2, ETag: tailTag, Size: 20, [member]: tailSum },
        ],
      },
    ],
    [
      `${name}.complete`,
      'CompleteMultipartUpload',
      completion,
      '200',
      { ETag: objectTag, [member]: `${both}-2`, ChecksumType: 'COMPOSITE' },
      { absent },
    ],
    [
      `${name}.exact-completion-retry`,
      'CompleteMultipartUpload',
      completion,
      '200',
      { ETag: objectTag },
      { absent: [...checksums, 'ChecksumType'] },
    ],
    ...(['GetObject', 'HeadObject'] as const).map(
      (operation): RecordedCall => [
        `${name}.${operation === 'GetObject' ? 'retained-get' : 'head'}`,
        operation,
        object,
        '200',
        { ContentLength: 5242900, ETag: objectTag, [member]: `${both}-2`, ChecksumType: 'COMPOSITE' },
        { absent },
      ],
    ),
    [
      `${name}.attributes`,
      'GetObjectAttributes',
      { Bucket: 'vault', Key: 'k', ObjectAttributes: ['Checksum', 'ObjectParts', 'ObjectSize', 'ETag'] },
      '200',
      {
        ...{ Checksum: { [member]: both, ChecksumType: 'COMPOSITE' }, ObjectSize: 5242900 },
        ObjectParts: {
          ...{ TotalPartsCount: 2, PartNumberMarker: '0', NextPartNumberMarker: '2', MaxParts: 1000 },
          Parts: [
            { PartNumber: 1, Size: 5242880, [member]: fiveSum },
            { PartNumber: 2, Size: 20, [member]: tailSum },
          ],
        },
      },
    ],
    // The SDK compares the checksum of a part, and lacks these algorithms.
    [
      `${name}.part-two-get`,
      'GET /vault/k?partNumber=2',
      { headers: { 'x-amz-checksum-mode': 'ENABLED' } },
      '206',
      {},
      {
        headers: {
          ...{ 'content-range': 'bytes 5242880-5242899/5242900', 'content-length': '20', 'x-amz-mp-parts-count': '2' },
          ...{ [`x-amz-checksum-${name.toLowerCase()}`]: tailSum, 'x-amz-checksum-type': 'COMPOSITE' },
        },
      },
    ],
    [`${name}.parts-after-completion`, 'ListParts', upload, '404 NoSuchUpload'],
  ];
}

const begun: RecordedCall = [
  'omitted-init.init',
  'CreateMultipartUpload',
  { Bucket: 'vault', Key: 'k' },
  '200',
  { UploadId: '$(upload)' },
  { absent: ['ChecksumAlgorithm', 'ChecksumType'] },
];

const oneTail = { Parts: [{ PartNumber: 1, ETag: tailTag }] };

function headerOf(name: string, value: string, answer: string, output: object): readonly RecordedCall[] {
  return [
    begun,
    [`${name}.part`, 'UploadPart', { ...upload, PartNumber: 1, Body: tail }, '200', { ETag: tailTag }],
    [
      `${name}.completion-header`,
      'CompleteMultipartUpload',
      { ...upload, [`Checksum${name}`]: `${value}-1`, MultipartUpload: oneTail },
      answer,
      output,
    ],
  ];
}

const older = [
  ['CRC32', 'p2d4Kg=='],
  ['CRC32C', 'yAMD5A=='],
  ['SHA1', 'JPcU132AcwCxDZl7vAaHMFaBFlc='],
  ['SHA256', 'sLjjYXnP/alJvFnpsu4YClmLp0BUTwQAzRaEqyxDGYw='],
] as const;

const parts = [
  ...algorithms.map(({ name, tail: value }) => [name, value] as const),
  ['CRC32', 'VfCdzw=='] as const,
  ['SHA256', '1rMkpJlMTGdCswWSGBbrRIY9wD7JB+S4b7EvCWlH3xA='] as const,
];

const key = {
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: 'Y2hlY2tzdW0tbXVsdGlwYXJ0LW5hdGl2ZS1rZXktMzI=',
  SSECustomerKeyMD5: 'cY/pshC6SFnSS7noOzr7ZA==',
};

const wide = { tail: '9Bw/3sBdB1fI1cZzjBhuFw==', one: 'PToYZx3+apwVK9ojSfWLFA==-1' };
const wideUpload: RecordedCall = [
  'XXHASH128-composite.init',
  'CreateMultipartUpload',
  { Bucket: 'vault', Key: 'k', ChecksumAlgorithm: 'XXHASH128' },
  '200',
  { UploadId: '$(upload)', ChecksumAlgorithm: 'XXHASH128', ChecksumType: 'COMPOSITE' },
];
const widePart: RecordedCall = [
  'XXHASH128.part',
  'UploadPart',
  { ...upload, PartNumber: 1, Body: tail, ChecksumXXHASH128: wide.tail },
  '200',
  { ETag: tailTag, ChecksumXXHASH128: wide.tail },
];
const wideList = { Parts: [{ PartNumber: 1, ETag: tailTag, ChecksumXXHASH128: wide.tail }] };

export const multipartAlgorithms: RecordedCases = {
  file: 'checksum_algorithms_multipart_replay.json',
  recorded: 'September 2026',
  cases: {
    ...Object.fromEntries(
      algorithms.map((algorithm) => [
        `the checksum of an upload with ${algorithm.name} is composed of the checksums of its parts`,
        { fact: 'F232', state, calls: compositeOf(algorithm) },
      ]),
    ),
    ...Object.fromEntries(
      algorithms.map(({ name, one }) => [
        `a completion of an upload without an algorithm is refused with the ${name} of the object`,
        { fact: 'F83', state, calls: headerOf(name, one, '400 InvalidRequest', {}) },
      ]),
    ),
    ...Object.fromEntries(
      older.map(([name, value]) => [
        `the object's ${name} in a completion of an upload without an algorithm has no effect`,
        {
          fact: 'F83',
          state,
          calls: [
            ...headerOf(name, value, '200', {
              ...{ ETag: tailObjectTag, ChecksumCRC64NVME: 'ZskM+TTZrZU=', ChecksumType: 'FULL_OBJECT' },
            }),
            [
              `${name}.header-retained-get`,
              'GetObject',
              object,
              '200',
              { Body: tail, ChecksumCRC64NVME: 'ZskM+TTZrZU=', ChecksumType: 'FULL_OBJECT' },
              { absent: checksums.filter((one) => one !== 'ChecksumCRC64NVME') },
            ],
          ],
        },
      ]),
    ),
    ...Object.fromEntries(
      parts.map(([name, value]) => [
        `an upload without an algorithm returns the ${name} of a part and does not store it`,
        {
          fact: 'F83',
          state,
          calls: [
            begun,
            [
              `${name}.explicit-part`,
              'UploadPart',
              { ...upload, PartNumber: 1, Body: tail, [`Checksum${name}`]: value },
              '200',
              { ETag: tailTag, [`Checksum${name}`]: value },
            ],
            [
              `${name}.explicit-part-list`,
              'ListParts',
              upload,
              '200',
              { Parts: [{ PartNumber: 1, ETag: tailTag, Size: 20 }] },
              { absent: ['ChecksumAlgorithm', 'ChecksumType'] },
            ],
            [
              `${name}.explicit-part-xml-complete`,
              'CompleteMultipartUpload',
              {
                ...upload,
                MultipartUpload: { Parts: [{ PartNumber: 1, ETag: tailTag, [`Checksum${name}`]: value }] },
              },
              '400 InvalidPart',
            ],
            [`${name}.explicit-part-abort`, 'AbortMultipartUpload', upload, '204'],
          ],
        },
      ]),
    ),
    'a part of an upload with XXHASH128 needs that checksum and takes no other': {
      fact: 'F83',
      state,
      calls: [
        wideUpload,
        [
          'XXHASH128.missing-checksum',
          'PUT /vault/k?partNumber=3&uploadId=$(upload)',
          { body: tail },
          '400 InvalidRequest',
        ],
        [
          'XXHASH128.algorithm-without-checksum',
          'PUT /vault/k?partNumber=3&uploadId=$(upload)',
          { body: tail, headers: { 'x-amz-sdk-checksum-algorithm': 'XXHASH128' } },
          '400 InvalidRequest',
        ],
        [
          'XXHASH128.mismatched-algorithm',
          'PUT /vault/k?partNumber=3&uploadId=$(upload)',
          {
            body: tail,
            headers: { 'x-amz-sdk-checksum-algorithm': 'SHA256', 'x-amz-checksum-xxhash128': wide.tail },
          },
          '400 InvalidRequest',
        ],
        [
          'XXHASH128.wrong-checksum',
          'PUT /vault/k?partNumber=3&uploadId=$(upload)',
          { body: tail, headers: { 'x-amz-checksum-xxhash128': 'AAAAAAAAAAAAAAAAAAAAAA==' } },
          '400 BadDigest',
        ],
      ],
    },
    'a completion of an upload with XXHASH128 needs the checksums of the parts, and may have that of the object': {
      fact: 'F83',
      state,
      calls: [
        wideUpload,
        widePart,
        [
          'XXHASH128.omit-part-checksum',
          'CompleteMultipartUpload',
          { ...upload, MultipartUpload: oneTail },
          '400 InvalidRequest',
        ],
        [
          'XXHASH128.wrong-part-checksum',
          'CompleteMultipartUpload',
          {
            ...upload,
            MultipartUpload: {
              Parts: [{ PartNumber: 1, ETag: tailTag, ChecksumXXHASH128: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
            },
          },
          '400 InvalidPart',
        ],
        ...(
          [
            ['XXHASH128.raw-full-object', wide.tail],
            ['XXHASH128.wrong-part-count', 'PToYZx3+apwVK9ojSfWLFA==-2'],
            ['XXHASH128.wrong-composite', 'AAAAAAAAAAAAAAAAAAAAAA==-1'],
          ] as const
        ).map(
          ([label, ChecksumXXHASH128]): RecordedCall => [
            label,
            'CompleteMultipartUpload',
            { ...upload, ChecksumXXHASH128, ChecksumType: 'COMPOSITE', MultipartUpload: wideList },
            '400 BadDigest',
          ],
        ),
        [
          'mismatch.completion-sha256-header',
          'CompleteMultipartUpload',
          {
            ...{ ...upload, ChecksumSHA256: 'sLjjYXnP/alJvFnpsu4YClmLp0BUTwQAzRaEqyxDGYw=-1' },
            MultipartUpload: wideList,
          },
          '400 BadDigest',
        ],
        [
          'mismatch.complete-correct',
          'CompleteMultipartUpload',
          { ...upload, MultipartUpload: wideList },
          '200',
          { ETag: tailObjectTag, ChecksumXXHASH128: wide.one, ChecksumType: 'COMPOSITE' },
        ],
        [
          'mismatch.retained-get',
          'GetObject',
          object,
          '200',
          { Body: tail, ChecksumXXHASH128: wide.one, ChecksumType: 'COMPOSITE' },
        ],
      ],
    },
    "an upload with XXHASH128 and a customer's key needs the key for its parts": {
      fact: 'F612',
      state,
      calls: [
        [
          'XXHASH128.ssec-init',
          'CreateMultipartUpload',
          { Bucket: 'vault', Key: 'k', ChecksumAlgorithm: 'XXHASH128', ...key },
          '200',
          { UploadId: '$(upload)', ChecksumAlgorithm: 'XXHASH128', SSECustomerKeyMD5: key.SSECustomerKeyMD5 },
        ],
        [
          'XXHASH128.ssec-no-key-part',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: tail, ChecksumXXHASH128: wide.tail },
          '400 InvalidRequest',
        ],
        [
          'XXHASH128.ssec-explicit-part',
          'UploadPart',
          { ...upload, PartNumber: 1, Body: tail, ChecksumXXHASH128: wide.tail, ...key },
          '200',
          { ETag: '$(part)', ChecksumXXHASH128: wide.tail, SSECustomerKeyMD5: key.SSECustomerKeyMD5 },
        ],
        [
          'XXHASH128.ssec-complete',
          'CompleteMultipartUpload',
          {
            ...{ ...upload, ...key },
            MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(part)', ChecksumXXHASH128: wide.tail }] },
          },
          '200',
          { ETag: '$(object)', ChecksumXXHASH128: wide.one, ChecksumType: 'COMPOSITE' },
        ],
        [
          'XXHASH128.ssec-retained-get',
          'GetObject',
          { ...object, ...key },
          '200',
          { ETag: '$(object)', Body: tail, ChecksumXXHASH128: wide.one, ChecksumType: 'COMPOSITE' },
        ],
        ['XXHASH128.ssec-list-parts-after-completion', 'ListParts', upload, '404 NoSuchUpload'],
      ],
    },
  },
};
