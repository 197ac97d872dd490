import type { RecordedCases } from '../replay';

const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=' };
const other = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=' };
const ofKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'Xsqb0+sHwAbNQ65I395/0w==' };
const ofOther = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'i0+eoW3kvPW7/A/x6iN5NA==' };
const name = 'x-amz-server-side-encryption-customer';
const asSource = (one: typeof key) => ({
  CopySourceSSECustomerAlgorithm: one.SSECustomerAlgorithm,
  CopySourceSSECustomerKey: one.SSECustomerKey,
});
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

/** Copies, uploads, archives and tags of objects with a customer's key. */
export const data: RecordedCases = {
  file: 'customer_encryption_data_replay.json',
  recorded: 'September 2026',
  cases: {
    'a copy names the key of its source, and takes none, another or a key of KMS for itself': {
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
    'an upload without checksums needs the key for its parts alone': {
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
    'an upload with checksums needs the key for its parts, their list and its completion': {
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
    'a copied part names both keys, and an upload ends without one': {
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
    'parts of an upload that began before the block are refused, and its completion is not': {
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
    'a read judges the headers of a key before its condition': {
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
    'a whole object in an archive is refused for that before its key, and tags and restores need no key': {
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
        ['supp-archive-conditional-wrong', 'GetObject', { ...at('archive'), ...other, IfNoneMatch: '$(etag)' }, '304'],
        ['supp-archive-conditional-correct', 'GetObject', { ...at('archive'), ...key, IfNoneMatch: '$(etag)' }, '304'],
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
  },
};
