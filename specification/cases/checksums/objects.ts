import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const body = { base64: 'Y2hlY2tzdW0A/4ABDQoAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw==' };
const other = { base64: 'cmVqZWN0ZWQgcmVwbGFjZW1lbnQA/w==' };
const state = { buckets: { vault: {} }, sseC: 'allowed' } as const;

const algorithms: readonly (readonly [name: string, value: string, ofNothing?: string])[] = [
  ['XXHASH64', 'ghHyDMBTcoE=', '70bbN1HY6Zk='],
  ['XXHASH3', 'tqh8ksNCSno=', 'LQaABTjTlMI='],
  ['XXHASH128', 'cD7Hn7de9krAIQco/jZd/A==', 'maoG0wFHmNhgAcMkRo1Jfw=='],
  ['MD5', '35u1yGZPnBRwm/9lSm3eGg=='],
  ['SHA512', 'dpMqAQwPc9ddBw4eyqP9sidT3XyFwQTQDZOz8hZJogHpTNl1/QzglPjWI0tbW4Yik1SN36nRMUNmsNSbY3KxNQ=='],
  ['CRC32', '4tImtA=='],
  ['SHA256', 'oyn3HMirDUT69uVmHjsTVuGVVBChxF/VtT1qUGV2T6s='],
];
const sumOf = (wanted: string): string => algorithms.find(([name]) => name === wanted)?.[1] ?? '';

const names = 'CRC32 CRC32C CRC64NVME SHA1 SHA256 SHA512 MD5 XXHASH64 XXHASH3 XXHASH128'.split(' ');
const checksumsBut = (kept?: string) => names.filter((name) => name !== kept).map((name) => `Checksum${name}`);

const head = (label: string, Key: string, name: string, value: string, input = {}, output = {}): RecordedCall => [
  label,
  'HeadObject',
  { Bucket: 'vault', Key, ChecksumMode: 'ENABLED', ...input },
  'PartNumber' in input ? '206' : '200',
  { [`Checksum${name}`]: value, ChecksumType: 'FULL_OBJECT', ...output },
  { absent: checksumsBut(name) },
];

const put = (label: string, Key: string, Body: object | string, checksum: object, answer = '200'): RecordedCall => [
  label,
  'PutObject',
  { Bucket: 'vault', Key, Body, ...checksum },
  answer,
  answer === '200' ? { ...checksum, ChecksumType: 'FULL_OBJECT' } : {},
];

function readsOf(name: string, value: string): readonly RecordedCall[] {
  const header = `x-amz-checksum-${name.toLowerCase()}`;
  return [
    [
      `put-explicit-${name}`,
      'PutObject',
      { Bucket: 'vault', Key: 'k', Body: body, [`Checksum${name}`]: value, ChecksumAlgorithm: name },
      '200',
      { ETag: '$(etag)', [`Checksum${name}`]: value, ChecksumType: 'FULL_OBJECT' },
      { absent: checksumsBut(name) },
    ],
    [
      `get-enabled-${name}`,
      'GET /vault/k',
      { headers: { 'x-amz-checksum-mode': 'ENABLED' } },
      '200',
      {},
      { headers: { [header]: value, 'x-amz-checksum-type': 'FULL_OBJECT', 'content-length': '46', etag: '$(etag)' } },
    ],
    head(`head-enabled-${name}`, 'k', name, value, {}, { ContentLength: 46, ETag: '$(etag)' }),
    [
      `attributes-${name}`,
      'GetObjectAttributes',
      { Bucket: 'vault', Key: 'k', ObjectAttributes: ['Checksum', 'ObjectSize', 'ObjectParts'] },
      '200',
      { Checksum: { [`Checksum${name}`]: value, ChecksumType: 'FULL_OBJECT' }, ObjectSize: 46 },
      { absent: ['ObjectParts'] },
    ],
    [
      `put-value-without-algorithm-${name}`,
      'PUT /vault/inferred',
      { body, headers: { [header]: value } },
      '200',
      {},
      { headers: { [header]: value, 'x-amz-checksum-type': 'FULL_OBJECT' } },
    ],
    head(`get-inferred-${name}`, 'inferred', name, value),
    [
      `reject-mismatch-${name}`,
      'PutObject',
      { Bucket: 'vault', Key: 'k', Body: other, [`Checksum${name}`]: value, ChecksumAlgorithm: name },
      '400 BadDigest',
    ],
    head(`unchanged-after-mismatch-${name}`, 'k', name, value, {}, { ETag: '$(etag)' }),
  ];
}

function copiesOf(name: string, value: string, replacing: string): readonly RecordedCall[] {
  const replaced = sumOf(replacing);
  return [
    [
      `copy-preserve-${name}`,
      'CopyObject',
      { Bucket: 'vault', Key: 'copy', CopySource: 'vault/k' },
      '200',
      { CopyObjectResult: { [`Checksum${name}`]: value, ChecksumType: 'FULL_OBJECT' } },
    ],
    head(`get-preserved-copy-${name}`, 'copy', name, value),
    [
      `copy-replace-${name}-${replacing}`,
      'CopyObject',
      { Bucket: 'vault', Key: 'replaced', CopySource: 'vault/k', ChecksumAlgorithm: replacing },
      '200',
      { CopyObjectResult: { [`Checksum${replacing}`]: replaced, ChecksumType: 'FULL_OBJECT' } },
    ],
    head(`get-replaced-copy-${name}`, 'replaced', replacing, replaced),
  ];
}

function rangesOf(name: string, value: string, ofNothing: string): readonly RecordedCall[] {
  const absent = [...checksumsBut(), 'ChecksumType'];
  return [
    [`head-mode-omitted-${name}`, 'HeadObject', { Bucket: 'vault', Key: 'k' }, '200', {}, { absent }],
    [
      `get-range-${name}`,
      'GetObject',
      { Bucket: 'vault', Key: 'k', ChecksumMode: 'ENABLED', Range: 'bytes=3-10' },
      '206',
      { ContentRange: 'bytes 3-10/46', ContentLength: 8 },
      { absent },
    ],
    head(`head-part-one-${name}`, 'k', name, value, { PartNumber: 1 }, { ContentRange: 'bytes 0-45/46' }),
    put(`put-empty-${name}`, 'empty', { base64: '' }, { [`Checksum${name}`]: ofNothing }),
    head(`get-empty-${name}`, 'empty', name, ofNothing, {}, { ContentLength: 0 }),
  ];
}

const key = {
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  SSECustomerKeyMD5: 'tP/LI3N87DFaSk0aoqYgzg==',
};
const wide = sumOf('XXHASH128');

export const objectAlgorithms: RecordedCases = {
  file: 'checksum_algorithms_object_replay.json',
  recorded: 'September 2026',
  cases: {
    ...Object.fromEntries(
      algorithms.map(([name, value, ofNothing]) => [
        `an object and its copies have the ${name} that was sent`,
        {
          fact: 'F232',
          state,
          calls: [
            ...readsOf(name, value),
            ...(ofNothing === undefined ? [] : rangesOf(name, value, ofNothing)),
            ...(name.startsWith('CRC32') || name === 'SHA256'
              ? []
              : copiesOf(name, value, name === 'XXHASH128' ? 'SHA512' : 'XXHASH128')),
          ],
        },
      ]),
    ),
    'an object that comes without a checksum has a CRC64NVME': {
      state,
      calls: [
        [
          'put-default-no-checksum',
          'PutObject',
          { Bucket: 'vault', Key: 'k', Body: body },
          '200',
          { ChecksumCRC64NVME: '6zjOjkStjTo=', ChecksumType: 'FULL_OBJECT' },
          { absent: checksumsBut('CRC64NVME') },
        ],
        head('get-default', 'k', 'CRC64NVME', '6zjOjkStjTo='),
      ],
    },
    'two checksums are refused, and so is a checksum that differs from x-amz-sdk-checksum-algorithm': {
      fact: 'F232',
      state,
      calls: [
        put('put-explicit-XXHASH64', 'k', body, { ChecksumXXHASH64: sumOf('XXHASH64') }),
        put(
          'multiple-matching-fields',
          'k',
          body,
          {
            ...{ ChecksumXXHASH64: sumOf('XXHASH64'), ChecksumAlgorithm: 'XXHASH64' },
            ChecksumSHA256: sumOf('SHA256'),
          },
          '400 InvalidRequest',
        ),
        put(
          'multiple-mismatching-other-field',
          'k',
          body,
          {
            ...{ ChecksumXXHASH64: sumOf('XXHASH64'), ChecksumAlgorithm: 'XXHASH64' },
            ChecksumSHA256: 'ZBHioXoHFMD/qXxp9zOyG07bv1vzI7ZrwZUL/1xYSsY=',
          },
          '400 InvalidRequest',
        ),
        put(
          'algorithm-header-mismatch',
          'k',
          body,
          { ChecksumXXHASH3: sumOf('XXHASH3'), ChecksumAlgorithm: 'SHA512' },
          '400 InvalidRequest',
        ),
        head('after-multiple-matching-fields', 'k', 'XXHASH64', sumOf('XXHASH64')),
      ],
    },
    "the checksum of an object with a customer's key is shown to those who have the key": {
      state,
      calls: [
        [
          'put-ssec-xxhash128',
          'PutObject',
          { Bucket: 'vault', Key: 'k', Body: body, ChecksumXXHASH128: wide, ...key },
          '200',
          { ChecksumXXHASH128: wide, ChecksumType: 'FULL_OBJECT', SSECustomerKeyMD5: key.SSECustomerKeyMD5 },
        ],
        head('head-ssec-xxhash128', 'k', 'XXHASH128', wide, key),
        [
          'attrs-ssec-xxhash128',
          'GetObjectAttributes',
          { Bucket: 'vault', Key: 'k', ObjectAttributes: ['Checksum', 'ObjectSize'], ...key },
          '200',
          { Checksum: { ChecksumXXHASH128: wide, ChecksumType: 'FULL_OBJECT' }, ObjectSize: 46 },
        ],
        ['get-ssec-no-key', 'GetObject', { Bucket: 'vault', Key: 'k', ChecksumMode: 'ENABLED' }, '400 InvalidRequest'],
        [
          'get-ssec-no-checksum-mode',
          'GetObject',
          { Bucket: 'vault', Key: 'k', ...key },
          '200',
          { ContentLength: 46 },
          { absent: [...checksumsBut(), 'ChecksumType'] },
        ],
        [
          'copy-ssec-xxhash128',
          'CopyObject',
          {
            ...{ Bucket: 'vault', Key: 'copy', CopySource: 'vault/k', ChecksumAlgorithm: 'XXHASH3' },
            CopySourceSSECustomerAlgorithm: key.SSECustomerAlgorithm,
            CopySourceSSECustomerKey: key.SSECustomerKey,
            CopySourceSSECustomerKeyMD5: key.SSECustomerKeyMD5,
          },
          '200',
          { CopyObjectResult: { ChecksumXXHASH3: sumOf('XXHASH3'), ChecksumType: 'FULL_OBJECT' } },
        ],
        head('get-copy-ssec-xxhash128', 'copy', 'XXHASH3', sumOf('XXHASH3')),
      ],
    },
    'an object that is encrypted with KMS shows its checksum': {
      state,
      calls: [
        [
          'put-kms-xxhash128',
          'PutObject',
          { Bucket: 'vault', Key: 'k', Body: body, ChecksumXXHASH128: wide, ServerSideEncryption: 'aws:kms' },
          '200',
          { ChecksumXXHASH128: wide, ChecksumType: 'FULL_OBJECT', ServerSideEncryption: 'aws:kms' },
        ],
        head('head-kms-xxhash128', 'k', 'XXHASH128', wide, {}, { ServerSideEncryption: 'aws:kms' }),
        [
          'copy-kms-xxhash128',
          'CopyObject',
          {
            ...{ Bucket: 'vault', Key: 'copy', CopySource: 'vault/k', ChecksumAlgorithm: 'XXHASH3' },
            ServerSideEncryption: 'aws:kms',
          },
          '200',
          { CopyObjectResult: { ChecksumXXHASH3: sumOf('XXHASH3'), ChecksumType: 'FULL_OBJECT' } },
        ],
        head('get-copy-kms-xxhash128', 'copy', 'XXHASH3', sumOf('XXHASH3')),
      ],
    },
    'an empty checksum, or one that is not base64, is refused and changes nothing': {
      fact: 'F232',
      state,
      calls: [
        put('supplement-existing-object', 'k', body, { ChecksumXXHASH128: wide }),
        ...['', '%%%not-base64%%%'].flatMap((value): RecordedCall[] => {
          const label = value === '' ? 'present-empty' : 'malformed-base64';
          const headers = { 'x-amz-checksum-xxhash128': value };
          return [
            [
              `${label}-with-algorithm`,
              'PUT /vault/k',
              { body: 'other', headers: { ...headers, 'x-amz-sdk-checksum-algorithm': 'XXHASH128' } },
              '400 InvalidRequest',
            ],
            [`${label}-without-algorithm`, 'PUT /vault/k', { body: 'other', headers }, '400 InvalidRequest'],
            head(`bytes-after-${label}-without-algorithm`, 'k', 'XXHASH128', wide, {}, { ContentLength: 46 }),
          ];
        }),
      ],
    },
  },
};
