import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=' };
const other = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=' };
const ofKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'Xsqb0+sHwAbNQ65I395/0w==' };
const ofOther = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'i0+eoW3kvPW7/A/x6iN5NA==' };
const name = 'x-amz-server-side-encryption-customer';
const asSource = (one: typeof key) => ({
  CopySourceSSECustomerAlgorithm: one.SSECustomerAlgorithm,
  CopySourceSSECustomerKey: one.SSECustomerKey,
});
const keyOnly = { [`${name}-algorithm`]: 'AES256', [`${name}-key`]: key.SSECustomerKey };
const source = 'x-amz-copy-source-server-side-encryption-customer';
const keyOfSource = { [`${source}-algorithm`]: 'AES256', [`${source}-key`]: key.SSECustomerKey };
const keyDigest = { [`${source}-key-md5`]: ofKey.SSECustomerKeyMD5 };
const at = (Key: string) => ({ Bucket: 'vault', Key });
const from = (source: string) => ({ CopySource: `vault/${source}` });
const Body = 'synthetic customer payload';
const unencrypted = { absent: ['ServerSideEncryption', 'SSEKMSKeyId'] };
const withoutDigest = { headers: { [`${name}-algorithm`]: 'AES256', [`${name}-key-md5`]: null } };
const withDigest = { headers: { [`${name}-algorithm`]: 'AES256', [`${name}-key-md5`]: ofKey.SSECustomerKeyMD5 } };
const byDefault = (SSEAlgorithm: string, type: string) => ({
  Bucket: 'vault',
  ServerSideEncryptionConfiguration: {
    Rules: [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BlockedEncryptionTypes: { EncryptionType: [type] } },
    ],
  },
});
const part = (Key: string, UploadId: string) => ({ ...at(Key), UploadId, PartNumber: 1 });
const completion = (Key: string, UploadId: string, more: object = {}) => ({
  ...at(Key),
  UploadId,
  MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(part)', ...more }] },
});
const state = { sseC: 'allowed', buckets: { vault: { versioning: 'Enabled' } } } as const;

export const data: RecordedCases = {
  file: 'customer_encryption_data_replay.json',
  recorded: 'September 2026',
  cases: {
    "a copy names the customer's key of its source, and may use no key, another key or a KMS key for itself": {
      fact: 'F611',
      state,
      calls: [
        ['same', 'PutObject', { ...at('same'), Body, ...key }, '200', { VersionId: '$(same)', ...ofKey }],
        [
          'plain-source',
          'PutObject',
          { ...at('plain'), Body },
          '200',
          { VersionId: '$(plain)', ETag: '$(md5)', ServerSideEncryption: 'AES256' },
        ],
        ['copy-customer-missing-source', 'CopyObject', { ...at('copy'), ...from('same') }, '400 InvalidRequest'],
        [
          'copy-customer-wrong-source',
          'CopyObject',
          { ...at('copy'), ...from('same'), ...asSource(other) },
          '400 InvalidRequest',
        ],
        [
          'copy-customer-to-plain',
          'CopyObject',
          { ...at('to-plain'), ...from('same'), ...asSource(key) },
          '200',
          {
            CopySourceVersionId: '$(same)',
            ServerSideEncryption: 'AES256',
            CopyObjectResult: { ETag: '$(md5)', ChecksumType: 'FULL_OBJECT' },
          },
        ],
        ['read-copy-customer-to-plain', 'GetObject', at('to-plain'), '200', { Body, ETag: '$(md5)' }],
        [
          'copy-plain-to-customer',
          'CopyObject',
          { ...at('to-customer'), ...from('plain'), ...key },
          '200',
          { CopySourceVersionId: '$(plain)', CopyObjectResult: { ETag: '$(etag)' }, ...ofKey },
          unencrypted,
        ],
        [
          'read-copy-plain-to-customer',
          'GetObject',
          { ...at('to-customer'), ...key },
          '200',
          { Body, ETag: '$(etag)', ...ofKey },
          unencrypted,
        ],
        [
          'copy-customer-rekey',
          'CopyObject',
          { ...at('rekey'), ...from('same'), ...asSource(key), ...other },
          '200',
          ofOther,
          unencrypted,
        ],
        ['read-copy-customer-rekey', 'GetObject', { ...at('rekey'), ...other }, '200', { Body, ...ofOther }],
        [
          'copy-plain-with-source-key',
          'CopyObject',
          { ...at('copy'), ...from('plain'), ...asSource(key), ...key },
          '400 InvalidRequest',
        ],
        [
          'self-rekey',
          'CopyObject',
          { ...at('same'), ...from('same'), ...asSource(key), ...other },
          '200',
          { CopySourceVersionId: '$(same)', VersionId: '$(rekeyed)', ...ofOther },
          unencrypted,
        ],
        [
          'self-rekey-read',
          'GetObject',
          { ...at('same'), ...other },
          '200',
          { VersionId: '$(rekeyed)', Body, ...ofOther },
        ],
        ['kms-default', 'PutBucketEncryption', byDefault('aws:kms', 'NONE'), '200'],
        [
          'customer-to-kms-default',
          'CopyObject',
          { ...at('kms'), ...from('same'), ...asSource(other) },
          '200',
          { ServerSideEncryption: 'aws:kms' },
        ],
        ['kms-to-customer', 'CopyObject', { ...at('from-kms'), ...from('kms'), ...key }, '200', ofKey, unencrypted],
        ['read-from-kms', 'GetObject', { ...at('from-kms'), ...key }, '200', { Body, ...ofKey }, unencrypted],
      ],
    },
    "an upload without checksums needs the customer's key for its parts only": {
      fact: 'F612',
      state,
      calls: [
        [
          'init-basic',
          'CreateMultipartUpload',
          { ...at('basic'), ...key },
          '200',
          { UploadId: '$(upload)', ...ofKey },
          unencrypted,
        ],
        ['part-basic-missing', 'UploadPart', { ...part('basic', '$(upload)'), Body }, '400 InvalidRequest'],
        ['part-basic-wrong', 'UploadPart', { ...part('basic', '$(upload)'), Body, ...other }, '400 InvalidRequest'],
        [
          'part-basic-correct',
          'UploadPart',
          { ...part('basic', '$(upload)'), Body, ...key },
          '200',
          { ETag: '$(part)', ...ofKey },
          unencrypted,
        ],
        [
          'list-parts-basic-missing',
          'ListParts',
          { ...at('basic'), UploadId: '$(upload)' },
          '200',
          { Parts: [{ PartNumber: 1, ETag: '$(part)', Size: 26 }] },
        ],
        [
          'list-parts-basic-wrong',
          'ListParts',
          { ...at('basic'), UploadId: '$(upload)', ...other },
          '200',
          { Parts: [{ PartNumber: 1 }] },
        ],
        [
          'list-parts-basic-correct',
          'ListParts',
          { ...at('basic'), UploadId: '$(upload)', ...key },
          '200',
          { Parts: [{ PartNumber: 1 }] },
        ],
        [
          'complete-basic-missing',
          'CompleteMultipartUpload',
          completion('basic', '$(upload)'),
          '200',
          { ETag: '$(whole)' },
          withoutDigest,
        ],
        [
          'get-multipart-basic',
          'GetObject',
          { ...at('basic'), ...key, ChecksumMode: 'ENABLED' },
          '200',
          { Body, ETag: '$(whole)', ChecksumType: 'FULL_OBJECT', ...ofKey },
        ],
      ],
    },
    "an upload with checksums needs the customer's key for its parts, for ListParts and for its completion": {
      fact: 'F612',
      state,
      calls: [
        [
          'init-checksum',
          'CreateMultipartUpload',
          { ...at('checksum'), ...key, ChecksumAlgorithm: 'SHA256' },
          '200',
          { UploadId: '$(upload)', ChecksumType: 'COMPOSITE', ...ofKey },
        ],
        [
          'part-checksum-missing',
          'UploadPart',
          { ...part('checksum', '$(upload)'), Body, ChecksumAlgorithm: 'SHA256' },
          '400 InvalidRequest',
        ],
        [
          'part-checksum-wrong',
          'UploadPart',
          { ...part('checksum', '$(upload)'), Body, ChecksumAlgorithm: 'SHA256', ...other },
          '400 InvalidRequest',
        ],
        [
          'part-checksum-correct',
          'UploadPart',
          { ...part('checksum', '$(upload)'), Body, ChecksumAlgorithm: 'SHA256', ...key },
          '200',
          { ETag: '$(part)', ChecksumSHA256: '$(sha256)', ...ofKey },
        ],
        [
          'list-parts-checksum-missing',
          'ListParts',
          { ...at('checksum'), UploadId: '$(upload)' },
          '400 InvalidRequest',
        ],
        [
          'list-parts-checksum-wrong',
          'ListParts',
          { ...at('checksum'), UploadId: '$(upload)', ...other },
          '400 InvalidRequest',
        ],
        [
          'list-parts-checksum-correct',
          'ListParts',
          { ...at('checksum'), UploadId: '$(upload)', ...key },
          '200',
          {
            ChecksumAlgorithm: 'SHA256',
            ChecksumType: 'COMPOSITE',
            Parts: [{ PartNumber: 1, ChecksumSHA256: '$(sha256)' }],
          },
        ],
        [
          'complete-checksum-missing',
          'CompleteMultipartUpload',
          completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }),
          '400 InvalidRequest',
        ],
        [
          'complete-checksum-wrong',
          'CompleteMultipartUpload',
          { ...completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...other },
          '400 InvalidRequest',
        ],
        [
          'complete-checksum-correct',
          'CompleteMultipartUpload',
          { ...completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...key },
          '200',
          { ChecksumSHA256: '$(composite)', ChecksumType: 'COMPOSITE' },
          withDigest,
        ],
        [
          'get-multipart-checksum',
          'GetObject',
          { ...at('checksum'), ...key, ChecksumMode: 'ENABLED' },
          '200',
          { Body, ChecksumSHA256: '$(composite)', ChecksumType: 'COMPOSITE', ...ofKey },
        ],
      ],
    },
    'UploadPartCopy names the keys of source and upload, and the upload is completed without a key': {
      fact: 'F611',
      state,
      calls: [
        ['same', 'PutObject', { ...at('same'), Body, ...other }, '200', { VersionId: '$(same)' }],
        ['init-copy', 'CreateMultipartUpload', { ...at('copy'), ...key }, '200', { UploadId: '$(upload)' }],
        [
          'part-copy-neither',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same') },
          '400 InvalidRequest',
        ],
        [
          'part-copy-source-only',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same'), ...asSource(other) },
          '400 InvalidRequest',
        ],
        [
          'part-copy-dest-only',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same'), ...key },
          '400 InvalidRequest',
        ],
        [
          'part-copy-wrong-source',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same'), ...asSource(key), ...key },
          '400 InvalidRequest',
        ],
        [
          'part-copy-wrong-dest',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same'), ...asSource(other), ...other },
          '400 InvalidRequest',
        ],
        [
          'part-copy-correct',
          'UploadPartCopy',
          { ...part('copy', '$(upload)'), ...from('same'), ...asSource(other), ...key },
          '200',
          { CopySourceVersionId: '$(same)', CopyPartResult: { ETag: '$(part)' }, ...ofKey },
          unencrypted,
        ],
        [
          'complete-part-copy-no-key',
          'CompleteMultipartUpload',
          completion('copy', '$(upload)'),
          '200',
          {},
          withoutDigest,
        ],
        ['abort-copy-no-key', 'AbortMultipartUpload', { ...at('copy'), UploadId: '$(upload)' }, '204'],
      ],
    },
    'if a bucket blocks SSE-C after an upload began, its parts are refused and its completion succeeds': {
      fact: 'F322',
      state,
      calls: [
        ['from-kms', 'PutObject', { ...at('object'), Body, ...key }, '200'],
        ['init-before-block', 'CreateMultipartUpload', { ...at('pending'), ...key }, '200', { UploadId: '$(upload)' }],
        [
          'part-before-block',
          'UploadPart',
          { ...part('pending', '$(upload)'), Body, ...key },
          '200',
          { ETag: '$(part)' },
        ],
        ['block-ssec', 'PutBucketEncryption', byDefault('AES256', 'SSE-C'), '200'],
        ['read-retained-blocked', 'GetObject', { ...at('object'), ...key }, '200', { Body, ...ofKey }],
        [
          'part-after-block',
          'UploadPart',
          { ...part('pending', '$(upload)'), PartNumber: 2, Body, ...key },
          '403 AccessDenied',
        ],
        [
          'complete-after-block',
          'CompleteMultipartUpload',
          { ...completion('pending', '$(upload)'), ...key },
          '200',
          { ChecksumType: 'FULL_OBJECT' },
          withDigest,
        ],
        ['abort-after-block-no-key', 'AbortMultipartUpload', { ...at('pending'), UploadId: '$(upload)' }, '204'],
      ],
    },
    "a read checks the headers of a customer's key before its condition": {
      fact: 'F610',
      state,
      calls: [
        ['supp-put', 'PutObject', { ...at('object'), Body, ...key }, '200', { ETag: '$(etag)' }],
        [
          'supp-get-algorithm-only',
          'GET /vault/object',
          { headers: { [`${name}-algorithm`]: 'AES256' } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        [
          'supp-get-key-only',
          'GET /vault/object',
          { headers: { [`${name}-key`]: key.SSECustomerKey } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        [
          'supp-get-wrong-algorithm',
          'GET /vault/object',
          {
            headers: {
              [`${name}-algorithm`]: 'AES128',
              [`${name}-key`]: key.SSECustomerKey,
              [`${name}-key-md5`]: ofKey.SSECustomerKeyMD5,
            },
          },
          '400 InvalidEncryptionAlgorithmError',
          { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: 'AES128' },
        ],
        [
          'supp-get-bad-base64',
          'GET /vault/object',
          {
            headers: {
              [`${name}-algorithm`]: 'AES256',
              [`${name}-key`]: '!!!',
              [`${name}-key-md5`]: ofKey.SSECustomerKeyMD5,
            },
          },
          '400 InvalidArgument',
          { ArgumentValue: '!!!' },
        ],
        ['supp-conditional-missing', 'GetObject', { ...at('object'), IfNoneMatch: '$(etag)' }, '400 InvalidRequest'],
        [
          'supp-conditional-algorithm-only',
          'GET /vault/object',
          { headers: { [`${name}-algorithm`]: 'AES256', 'If-None-Match': '$(etag)' } },
          '400 InvalidArgument',
        ],
        [
          'supp-conditional-key-only',
          'GET /vault/object',
          { headers: { [`${name}-key`]: key.SSECustomerKey, 'If-None-Match': '$(etag)' } },
          '400 InvalidArgument',
        ],
        [
          'supp-conditional-bad-md5',
          'GET /vault/object',
          {
            headers: {
              [`${name}-algorithm`]: 'AES256',
              [`${name}-key`]: key.SSECustomerKey,
              [`${name}-key-md5`]: 'AAAAAAAAAAAAAAAAAAAAAA==',
              'If-None-Match': '$(etag)',
            },
          },
          '400 InvalidArgument',
        ],
        ['get-conditional-wrong-key', 'GetObject', { ...at('object'), ...other, IfNoneMatch: '$(etag)' }, '304'],
      ],
    },
    'a read of an archived object is refused for the archive before its key is checked, and tags and restores need no key':
      {
        fact: 'F611',
        state,
        calls: [
          [
            'put-archive-customer',
            'PutObject',
            { ...at('archive'), Body, ...key, StorageClass: 'GLACIER' },
            '200',
            { VersionId: '$(version)', ETag: '$(etag)', ...ofKey },
            unencrypted,
          ],
          ['archive-get-missing', 'GetObject', at('archive'), '403 InvalidObjectState'],
          ['archive-get-wrong', 'GetObject', { ...at('archive'), ...other }, '403 InvalidObjectState'],
          ['archive-get-correct', 'GetObject', { ...at('archive'), ...key }, '403 InvalidObjectState'],
          [
            'supp-archive-conditional-missing',
            'GetObject',
            { ...at('archive'), IfNoneMatch: '$(etag)' },
            '400 InvalidRequest',
          ],
          [
            'supp-archive-conditional-wrong',
            'GetObject',
            { ...at('archive'), ...other, IfNoneMatch: '$(etag)' },
            '304',
          ],
          [
            'supp-archive-conditional-correct',
            'GetObject',
            { ...at('archive'), ...key, IfNoneMatch: '$(etag)' },
            '304',
          ],
          ['supp-archive-head-missing', 'HeadObject', at('archive'), '400'],
          ['supp-archive-head-wrong', 'HeadObject', { ...at('archive'), ...other }, '403'],
          [
            'archive-restore-no-key',
            'RestoreObject',
            { ...at('archive'), RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: 'Bulk' } } },
            '202',
          ],
          [
            'archive-head-restore',
            'HeadObject',
            { ...at('archive'), ...key },
            '200',
            {
              Restore: 'ongoing-request="true"',
              ETag: '$(etag)',
              StorageClass: 'GLACIER',
              VersionId: '$(version)',
              ...ofKey,
            },
          ],
          [
            'tag-without-key',
            'PutObjectTagging',
            { ...at('archive'), Tagging: { TagSet: [{ Key: 'kind', Value: 'customer' }] } },
            '200',
            { VersionId: '$(version)' },
          ],
          [
            'get-tag-without-key',
            'GetObjectTagging',
            at('archive'),
            '200',
            { TagSet: [{ Key: 'kind', Value: 'customer' }] },
          ],
          [
            'intelligent-put',
            'PutObject',
            { ...at('intelligent'), Body, ...key, StorageClass: 'INTELLIGENT_TIERING' },
            '200',
            ofKey,
          ],
          [
            'intelligent-read',
            'GetObject',
            { ...at('intelligent'), ...key },
            '200',
            { Body, StorageClass: 'INTELLIGENT_TIERING', ...ofKey },
          ],
          [
            'supp-HeadObject-missing-md5',
            'HEAD /vault/intelligent',
            { headers: { [`${name}-algorithm`]: 'AES256', [`${name}-key`]: key.SSECustomerKey } },
            '200',
            {},
            withDigest,
          ],
        ],
      },
    "a new object needs all headers of a customer's key, and the source of a copy does not need the digest": {
      fact: 'F610',
      state,
      calls: [
        ['final-source', 'PutObject', { ...at('source'), Body, ...key }, '200', ofKey, unencrypted],
        [
          'supp-copy-destination-missing-md5',
          'PUT /vault/copy',
          { headers: { 'x-amz-copy-source': '/vault/source', ...keyOfSource, ...keyDigest, ...keyOnly } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        ['final-init-copy', 'CreateMultipartUpload', { ...at('copy'), ...key }, '200', { UploadId: '$(upload)' }],
        [
          'supp-part-missing-md5-wrong',
          'PUT /vault/copy?uploadId=$(upload)&partNumber=1',
          { headers: keyOnly, body: Body },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        [
          'final-copy-part-dest-missing-md5',
          'PUT /vault/copy?uploadId=$(upload)&partNumber=1',
          { headers: { 'x-amz-copy-source': '/vault/source', ...keyOfSource, ...keyDigest, ...keyOnly } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        [
          'final-copy-part-source-missing-md5',
          'PUT /vault/copy?uploadId=$(upload)&partNumber=1',
          {
            headers: {
              'x-amz-copy-source': '/vault/source',
              ...keyOfSource,
              ...keyOnly,
              [`${name}-key-md5`]: ofKey.SSECustomerKeyMD5,
            },
          },
          '200',
          {},
          withDigest,
        ],
      ],
    },
    "a wrong customer's key fails every completion, and ListParts of an upload without checksums accepts any key": {
      fact: 'F612',
      state,
      calls: [
        ['supp-init-wrong', 'CreateMultipartUpload', { ...at('wrong'), ...key }, '200', { UploadId: '$(upload)' }],
        [
          'supp-part-wrong',
          'UploadPart',
          { ...part('wrong', '$(upload)'), Body, ...key },
          '200',
          { ETag: '$(part)', ...ofKey },
        ],
        [
          'supp-list-algorithm-only-wrong',
          'GET /vault/wrong?uploadId=$(upload)',
          { headers: { [`${name}-algorithm`]: 'AES256' } },
          '200',
          { Part: { PartNumber: '1', Size: '26' } },
        ],
        [
          'supp-complete-wrong',
          'CompleteMultipartUpload',
          { ...completion('wrong', '$(upload)'), ...other },
          '400 InvalidRequest',
        ],
        ['supp-read-completed-wrong', 'GetObject', { ...at('wrong'), ...key }, '404 NoSuchKey'],
        [
          'supp-complete-correct',
          'CompleteMultipartUpload',
          { ...completion('wrong', '$(upload)'), ...key },
          '200',
          { ETag: '$(whole)', ChecksumCRC64NVME: '$(crc64)', ChecksumType: 'FULL_OBJECT' },
          withDigest,
        ],
        [
          'crc64-complete-implicit-wrong',
          'CompleteMultipartUpload',
          { ...completion('wrong', '$(upload)'), ...other },
          '400 InvalidRequest',
        ],
        [
          'crc64-complete-implicit-retry-missing',
          'CompleteMultipartUpload',
          completion('wrong', '$(upload)'),
          '200',
          { ETag: '$(whole)' },
          { headers: { [`${name}-algorithm`]: 'AES256' } },
        ],
        [
          'crc64-complete-implicit-retry-correct',
          'CompleteMultipartUpload',
          { ...completion('wrong', '$(upload)'), ...key },
          '200',
          { ETag: '$(whole)' },
          withDigest,
        ],
        [
          'crc64-get-implicit',
          'GetObject',
          { ...at('wrong'), ...key, ChecksumMode: 'ENABLED' },
          '200',
          { Body, ETag: '$(whole)', ChecksumCRC64NVME: '$(crc64)', ChecksumType: 'FULL_OBJECT', ...ofKey },
          unencrypted,
        ],
      ],
    },
    "a completion of an upload with checksums needs the customer's key, also when it is repeated": {
      fact: 'F612',
      state,
      calls: [
        [
          'supp-init-checksum-without-parts-checksums',
          'CreateMultipartUpload',
          { ...at('checksum'), ...key, ChecksumAlgorithm: 'SHA256' },
          '200',
          { UploadId: '$(upload)', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', ...ofKey },
        ],
        [
          'supp-part-checksum-without-parts-checksums',
          'UploadPart',
          { ...part('checksum', '$(upload)'), Body, ChecksumAlgorithm: 'SHA256', ...key },
          '200',
          { ETag: '$(part)', ChecksumSHA256: '$(sha256)' },
        ],
        [
          'supp-list-algorithm-only-checksum-without-parts-checksums',
          'GET /vault/checksum?uploadId=$(upload)',
          { headers: { [`${name}-algorithm`]: 'AES256' } },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-server-side-encryption' },
        ],
        [
          'supp-complete-checksum-without-parts-checksums',
          'CompleteMultipartUpload',
          completion('checksum', '$(upload)'),
          '400 InvalidRequest',
        ],
        [
          'supp-read-completed-checksum-without-parts-checksums',
          'GetObject',
          { ...at('checksum'), ...key },
          '404 NoSuchKey',
        ],
        [
          'final-first-complete',
          'CompleteMultipartUpload',
          { ...completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...key },
          '200',
          { ETag: '$(whole)', ChecksumType: 'COMPOSITE' },
          withDigest,
        ],
        ...(['missing', 'wrong'] as const).map(
          (retry) =>
            [
              `final-retry-${retry}`,
              'CompleteMultipartUpload',
              {
                ...completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }),
                ...(retry === 'wrong' && other),
              },
              '400 InvalidRequest',
            ] as const,
        ),
        [
          'final-retry-correct',
          'CompleteMultipartUpload',
          { ...completion('checksum', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...key },
          '200',
          { ETag: '$(whole)' },
          withDigest,
        ],
      ],
    },
    "a completion of an upload with a checksum of all bytes needs the customer's key, whether it names the checksum or not":
      {
        fact: 'F612',
        state,
        calls: ['supplied', 'omitted'].flatMap((kind): readonly RecordedCall[] => {
          const Key = `explicit-full-${kind}`;
          const crc64 = { ChecksumCRC64NVME: '$(crc64)' };
          const whole = kind === 'supplied' ? { ...crc64, ChecksumType: 'FULL_OBJECT' } : {};
          const input = { ...completion(Key, `$(${kind})`, crc64), ...whole };
          const label = `crc64-complete-${Key}`;
          return [
            [
              `crc64-init-${Key}`,
              'CreateMultipartUpload',
              { ...at(Key), ...key, ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' },
              '200',
              { UploadId: `$(${kind})`, ChecksumType: 'FULL_OBJECT', ...ofKey },
            ],
            [
              `crc64-part-${Key}`,
              'UploadPart',
              { ...part(Key, `$(${kind})`), Body, ...key },
              '200',
              { ETag: kind === 'supplied' ? '$(part)' : '$(second)', ...crc64, ...ofKey },
            ],
            ...(['', '-retry'] as const).flatMap((retry): readonly RecordedCall[] => {
              const sent =
                kind === 'supplied'
                  ? input
                  : { ...input, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(second)', ...crc64 }] } };
              return [
                [`${label}${retry}-missing`, 'CompleteMultipartUpload', sent, '400 InvalidRequest'],
                [`${label}${retry}-wrong`, 'CompleteMultipartUpload', { ...sent, ...other }, '400 InvalidRequest'],
                [
                  `${label}${retry}-correct`,
                  'CompleteMultipartUpload',
                  { ...sent, ...key },
                  '200',
                  { ETag: `$(whole-${kind})`, ...(retry === '' && { ...crc64, ChecksumType: 'FULL_OBJECT' }) },
                  withDigest,
                ],
              ];
            }),
            [
              `crc64-get-${Key}`,
              'GetObject',
              { ...at(Key), ...key, ChecksumMode: 'ENABLED' },
              '200',
              { Body, ETag: `$(whole-${kind})`, ...crc64, ChecksumType: 'FULL_OBJECT', ...ofKey },
            ],
          ];
        }),
      },
    'a completion with a checksum that the upload does not have is refused for its key first, and then for its part': {
      fact: 'F612',
      state,
      calls: [
        ['final-init-basic', 'CreateMultipartUpload', { ...at('basic'), ...key }, '200', { UploadId: '$(upload)' }],
        [
          'final-part-explicit-checksum',
          'UploadPart',
          { ...part('basic', '$(upload)'), Body, ChecksumAlgorithm: 'SHA256', ...key },
          '200',
          { ETag: '$(part)', ChecksumSHA256: '$(sha256)', ...ofKey },
        ],
        [
          'final-basic-complete-checksum-missing',
          'CompleteMultipartUpload',
          completion('basic', '$(upload)', { ChecksumSHA256: '$(sha256)' }),
          '400 InvalidPart',
        ],
        [
          'final-basic-complete-checksum-wrong',
          'CompleteMultipartUpload',
          { ...completion('basic', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...other },
          '400 InvalidRequest',
        ],
        [
          'final-basic-complete-checksum-correct',
          'CompleteMultipartUpload',
          { ...completion('basic', '$(upload)', { ChecksumSHA256: '$(sha256)' }), ...key },
          '400 InvalidPart',
        ],
      ],
    },
    'a bucket that blocks SSE-C refuses new uploads and copied parts, and completes an upload without the key': {
      fact: 'F322',
      state,
      calls: [
        ['supp-put', 'PutObject', { ...at('object'), Body, ...key }, '200'],
        ['supp-init-block', 'CreateMultipartUpload', { ...at('block'), ...key }, '200', { UploadId: '$(upload)' }],
        ['supp-part-block', 'UploadPart', { ...part('block', '$(upload)'), Body, ...key }, '200', { ETag: '$(part)' }],
        ['supp-block', 'PutBucketEncryption', byDefault('AES256', 'SSE-C'), '200'],
        [
          'supp-part-copy-block',
          'UploadPartCopy',
          { ...part('block', '$(upload)'), ...from('object'), ...asSource(key), ...key },
          '403 AccessDenied',
        ],
        [
          'supp-complete-block-missing',
          'CompleteMultipartUpload',
          completion('block', '$(upload)'),
          '200',
          { ETag: '$(whole)' },
          withoutDigest,
        ],
        ['supp-read-complete-block', 'GetObject', { ...at('block'), ...key }, '200', { Body, ETag: '$(whole)' }],
        ['supp-init-blocked', 'CreateMultipartUpload', { ...at('other'), ...key }, '403 AccessDenied'],
      ],
    },
  },
};
