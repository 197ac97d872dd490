import type { RecordedCases } from '../../../src/facts/case';

const all = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
const as = (name: string, ...Action: readonly string[]) => ({
  by: {
    caller: 'role/probe',
    session: {
      name,
      policy: {
        Version: '2012-10-17',
        Statement: [all, ...(Action.length > 0 ? [{ Effect: 'Deny', Action, Resource: '*' }] : [])],
      },
    },
  },
});
const scoped = (name: string, ofParts: string, ofUploads: string) => ({
  by: {
    caller: 'role/probe',
    session: {
      name,
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:ListMultipartUploadParts', 's3:AbortMultipartUpload'], Resource: ofParts },
          { Effect: 'Allow', Action: 's3:ListBucketMultipartUploads', Resource: ofUploads },
        ],
      },
    },
  },
});
const only = (...Action: readonly string[]) => ({
  by: {
    caller: 'role/probe',
    session: {
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::vault/*' }] },
    },
  },
});
const getAndAttributes = only('s3:GetObject', 's3:GetObjectAttributes');
const versionOnly = only('s3:GetObjectVersion');
const versionAttributes = only('s3:GetObjectVersionAttributes');
const versionPair = only('s3:GetObjectVersion', 's3:GetObjectVersionAttributes');
const getAndVersionAttributes = only('s3:GetObject', 's3:GetObjectVersionAttributes');
const versionAndAttributes = only('s3:GetObjectVersion', 's3:GetObjectAttributes');
const attributes = { Bucket: 'vault', Key: 'k', ObjectAttributes: ['ETag', 'ObjectParts'] };
const ofVersion = { ...attributes, VersionId: '$(version)' };
const answered = { ETag: '781e5e245d69b566979b86e28d23f2c7', VersionId: '$(version)' };
const noParts = { absent: ['ObjectParts'] };
const full = as('full');
const noPut = as('noPut', 's3:PutObject');
const noTag = as('noTag', 's3:PutObjectTagging');
const noGet = as('noGet', 's3:GetObject');
const noVersion = as('noVersion', 's3:GetObjectVersion');
const noList = as('noList', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads');
const noSourceTag = as('noSourceTag', 's3:GetObjectTagging', 's3:GetObjectVersionTagging');
const wrongScope = scoped('scopeWrong', 'arn:aws:s3:::vault', 'arn:aws:s3:::vault/*');
const rightScope = scoped('scopeRight', 'arn:aws:s3:::vault/*', 'arn:aws:s3:::vault');

const bucket = { Bucket: 'vault' };
const key = { Bucket: 'vault', Key: 'k' };
const upload = { ...key, UploadId: '$(upload)' };
const part = { ...upload, PartNumber: 1, Body: 'multipart authority payload\n' };
const sha256 = 'ipAadz6A+tb9CS+osIZP1dsf3x+z6gaYb8K8gBYBHuc=';
const etag = '"b683a27b30d6433f345fd27437cd18ef"';
const manifest = { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: etag }] } };
const whole = {
  ETag: '"9c61fd1969114315a7962c845f734ea6-1"',
  ChecksumCRC64NVME: 'SzrS71iUdJM=',
  ChecksumType: 'FULL_OBJECT',
  ServerSideEncryption: 'AES256',
};
const initiator = { ID: 'arn:aws:sts::$(account):assumed-role/probe/full', DisplayName: 'probe/full' };
const listed = {
  UploadId: '$(upload)',
  Initiator: initiator,
  StorageClass: 'STANDARD',
  PartNumberMarker: '0',
  NextPartNumberMarker: '1',
  MaxParts: 1000,
  IsTruncated: false,
  Parts: [{ PartNumber: 1, ETag: etag, Size: 28 }],
};
const current = { ...upload, PartNumber: 1, CopySource: '/vault/source' };
const old = { ...upload, PartNumber: 1, CopySource: '/vault/source?versionId=$(old)' };
const second = {
  CopySourceVersionId: '$(new)',
  CopyPartResult: { ETag: '"8191c8202605e5d9211d472981c426a9"' },
  ServerSideEncryption: 'AES256',
};
const first = {
  CopySourceVersionId: '$(old)',
  CopyPartResult: { ETag: '"40805f7e1f617bfbaa8e4cf68948c98f"' },
  ServerSideEncryption: 'AES256',
};
const revoked = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::vault/*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/probe' } },
    },
  ],
});
const kmsKey = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000001';
const sentContext = Buffer.from('{"probe":"frozen-context"}').toString('base64');
const keptContext = Buffer.from('{"aws:s3:arn":"arn:aws:s3:::vault/k","probe":"frozen-context"}').toString('base64');
const inContext = { headers: { 'x-amz-server-side-encryption-context': keptContext } };
const noContext = { headers: { 'x-amz-server-side-encryption-context': null } };
const ofKms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey };
const attributeSets = [
  ['ETag'],
  ['ObjectSize'],
  ['StorageClass'],
  ['ETag', 'ObjectSize', 'StorageClass'],
  ['Checksum'],
  ['ObjectParts'],
  ['Checksum', 'ObjectParts'],
  ['ETag', 'ObjectSize', 'StorageClass', 'Checksum', 'ObjectParts'],
] as const;
const versionsOfKms = [
  ['current', {}],
  ['version', { VersionId: 'v1' }],
] as const;
const state = {
  roles: {
    probe: {
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'] }],
      },
    },
  },
  buckets: { vault: { versioning: 'Enabled' } },
} as const;

// biome-ignore format: one line a call
export const authority: RecordedCases = {
  file: 'multipart_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'the tags of an upload need a permission only when it begins': {
      fact: 'F520',
      state,
      calls: [
        ['no-put-create', 'CreateMultipartUpload', key, '403 AccessDenied', {}, noPut],
        ['tagged-no-tag-create', 'CreateMultipartUpload', { ...key, Tagging: 'a=b' }, '403 AccessDenied', {}, noTag],
        ['untagged-no-tag-create', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }, noTag],
        ['untagged-no-tag-part', 'UploadPart', part, '200', { ETag: etag }, noTag],
        ['untagged-no-tag-complete', 'CompleteMultipartUpload', manifest, '200', { ...whole, VersionId: '$(version)' }, noTag],
        ['untagged-readback', 'GetObject', key, '200', { VersionId: '$(version)', ContentLength: 28 }],
        ['tagged-full-create', 'CreateMultipartUpload', { ...key, Tagging: 'a=b' }, '200', { UploadId: '$(tagged)' }, full],
        ['tagged-no-tag-part', 'UploadPart', { ...part, UploadId: '$(tagged)' }, '200', { ETag: etag }, noTag],
        ['tagged-no-tag-complete', 'CompleteMultipartUpload', { ...manifest, UploadId: '$(tagged)' }, '200', { ...whole, VersionId: '$(other)' }, noTag],
        ['tagged-tags', 'GetObjectTagging', key, '200', { TagSet: [{ Key: 'a', Value: 'b' }], VersionId: '$(other)' }],
      ],
    },
    'each call of an upload is authorized anew, by the permissions of its sender': {
      fact: 'F520',
      state,
      calls: [
        ['source-put', 'PutObject', { ...bucket, Key: 'source', Body: 'source version one\n' }, '200', { ETag: '"40805f7e1f617bfbaa8e4cf68948c98f"' }],
        ['authorization-checks', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }, full],
        ['checks-part-control', 'UploadPart', part, '200', { ETag: etag }, full],
        ['no-put-part', 'UploadPart', part, '403 AccessDenied', {}, noPut],
        ['no-put-copy', 'UploadPartCopy', current, '403 AccessDenied', {}, noPut],
        ['no-put-complete', 'CompleteMultipartUpload', manifest, '403 AccessDenied', {}, noPut],
        ['no-listparts', 'ListParts', upload, '403 AccessDenied', {}, noList],
        ['no-listuploads', 'ListMultipartUploads', bucket, '403 AccessDenied', {}, noList],
        ['no-abort', 'AbortMultipartUpload', upload, '403 AccessDenied', {}, as('noAbort', 's3:AbortMultipartUpload')],
        ['failed-auth-retains-parts', 'ListParts', upload, '200', listed, full],
        ['cross-admin-listparts', 'ListParts', upload, '200', listed],
        ['cross-admin-part', 'UploadPart', part, '200', { ETag: etag }],
        ['cross-admin-complete', 'CompleteMultipartUpload', manifest, '200', { ...whole, VersionId: '$(version)' }],
      ],
    },
    'a role can continue and abort an upload of the root user': {
      fact: 'F213',
      state,
      calls: [
        ['admin-initiates', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }],
        ['role-list-admin-init', 'ListParts', upload, '200', { PartNumberMarker: '0', NextPartNumberMarker: '0', MaxParts: 1000, IsTruncated: false, StorageClass: 'STANDARD' }, full],
        ['role-listuploads-projection', 'ListMultipartUploads', bucket, '200', { KeyMarker: '', UploadIdMarker: '', NextKeyMarker: 'k', NextUploadIdMarker: '$(upload)', MaxUploads: 1000, IsTruncated: false, Uploads: [{ Key: 'k', UploadId: '$(upload)', StorageClass: 'STANDARD' }] }, full],
        ['role-part-admin-init', 'UploadPart', part, '200', { ETag: etag }, full],
        ['role-complete-admin-init', 'CompleteMultipartUpload', manifest, '200', { ...whole, VersionId: '$(version)' }, full],
        ['role-cross-readback', 'GetObject', key, '200', { VersionId: '$(version)' }],
        ['admin-init-abort', 'CreateMultipartUpload', key, '200', { UploadId: '$(other)' }],
        ['role-aborts-admin-init', 'AbortMultipartUpload', { ...key, UploadId: '$(other)' }, '204', {}, full],
      ],
    },
    'ListParts and AbortMultipartUpload need a permission for the object, and ListMultipartUploads for the bucket': {
      fact: 'F520',
      state,
      calls: [
        ['scope-check', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }, full],
        ['scope-part', 'UploadPart', part, '200', { ETag: etag }, full],
        ['wrong-scope-listparts', 'ListParts', upload, '403 AccessDenied', {}, wrongScope],
        ['wrong-scope-listuploads', 'ListMultipartUploads', bucket, '403 AccessDenied', {}, wrongScope],
        ['wrong-scope-abort', 'AbortMultipartUpload', upload, '403 AccessDenied', {}, wrongScope],
        ['right-scope-listparts', 'ListParts', upload, '200', listed, rightScope],
        ['right-scope-listuploads', 'ListMultipartUploads', bucket, '200', { NextKeyMarker: 'k', NextUploadIdMarker: '$(upload)', Uploads: [{ Key: 'k', UploadId: '$(upload)', Initiator: initiator, StorageClass: 'STANDARD' }] }, rightScope],
        ['right-scope-abort', 'AbortMultipartUpload', upload, '204', {}, rightScope],
      ],
    },
    'a new bucket policy refuses a completion before its condition is checked, and the parts stay': {
      fact: 'F84',
      state,
      calls: [
        ['policy-revocation', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }, full],
        ['before-revocation-part', 'UploadPart', part, '200', { ETag: etag }, full],
        ['conditional-existing-object', 'PutObject', { ...key, Body: 'existing destination\n' }, '200', { ETag: '"5604257e6092b263dbd6c3df721ef5bc"', VersionId: '$(put)' }, { after: { seconds: 1 } }],
        ['conditional-failure-before-revoke', 'CompleteMultipartUpload', { ...manifest, IfNoneMatch: '*' }, '412 PreconditionFailed', {}, full],
        ['conditional-retains-part', 'ListParts', upload, '200', listed, full],
        ['revoke-put-bucket-policy', 'PutBucketPolicy', { ...bucket, Policy: revoked }, '204'],
        ['revoked-part-0', 'UploadPart', part, '403 AccessDenied', {}, full],
        ['revoked-completion-and-false-condition', 'CompleteMultipartUpload', { ...manifest, IfNoneMatch: '*' }, '403 AccessDenied', {}, full],
        ['revoked-parts-retained', 'ListParts', upload, '200', listed, full],
        ['restore-put-bucket-policy', 'DeleteBucketPolicy', bucket, '204'],
        ['restored-part-0', 'UploadPart', part, '200', { ETag: etag }, full],
        ['restored-complete', 'CompleteMultipartUpload', manifest, '200', { ...whole, VersionId: '$(version)' }, full],
        ['restored-download', 'GetObject', key, '200', { ETag: '"5604257e6092b263dbd6c3df721ef5bc"', VersionId: '$(put)', ContentLength: 21 }],
        ['exact-version-readback-restored-complete', 'GetObject', { ...key, VersionId: '$(version)', ChecksumMode: 'ENABLED' }, '200', { ...whole, VersionId: '$(version)', ContentLength: 28 }],
      ],
    },
    'UploadPartCopy needs the permission to read the source as it is named, and none for tags': {
      fact: 'F521',
      state,
      calls: [
        ['source-put', 'PutObject', { ...bucket, Key: 'source', Body: 'source version one\n', Tagging: 'source=tagged' }, '200', { ETag: '"40805f7e1f617bfbaa8e4cf68948c98f"', VersionId: '$(old)' }],
        ['source-put-second', 'PutObject', { ...bucket, Key: 'source', Body: 'source version two\n', Tagging: 'source=second' }, '200', { ETag: '"8191c8202605e5d9211d472981c426a9"', VersionId: '$(new)' }],
        ['copy-permissions', 'CreateMultipartUpload', key, '200', { UploadId: '$(upload)' }, full],
        ['copy-initial-part', 'UploadPart', part, '200', { ETag: etag }, full],
        ['copy-current-deny-get', 'UploadPartCopy', current, '403 AccessDenied', {}, noGet],
        ['copy-version-deny-get', 'UploadPartCopy', old, '200', first, noGet],
        ['copy-current-deny-version', 'UploadPartCopy', current, '200', second, noVersion],
        ['copy-version-deny-version', 'UploadPartCopy', old, '403 AccessDenied', {}, noVersion],
        ['copy-no-source-tag', 'UploadPartCopy', current, '200', second, noSourceTag],
        ['copy-version-no-source-tag', 'UploadPartCopy', old, '200', first, noSourceTag],
        ['copy-source-deny-before-false-predicate', 'UploadPartCopy', { ...current, CopySourceIfMatch: '"bad"' }, '403 AccessDenied', {}, noGet],
        ['copy-dest-deny-before-false-predicate', 'UploadPartCopy', { ...current, CopySourceIfMatch: '"bad"' }, '412 PreconditionFailed', {}, noPut],
        ['copy-tagging-permission-not-required', 'UploadPartCopy', current, '200', second, noTag],
        ['copy-positive-final', 'UploadPartCopy', old, '200', first, full],
        ['copy-complete', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"40805f7e1f617bfbaa8e4cf68948c98f"' }] } }, '200', { ETag: '"1968b134b09f6b7f32e2c1c9f472bbcc-1"', ChecksumCRC64NVME: 'oW9okSelyrk=', VersionId: '$(version)' }, full],
        ['copy-readback-version-one', 'GetObject', key, '200', { ETag: '"1968b134b09f6b7f32e2c1c9f472bbcc-1"', VersionId: '$(version)', ContentLength: 19 }],
        ['copy-order-combinations', 'CreateMultipartUpload', key, '200', { UploadId: '$(other)' }, full],
        ['copy-order-abort-without-put', 'AbortMultipartUpload', { ...key, UploadId: '$(other)' }, '204', {}, noPut],
      ],
    },
    'a completion with KMS and checksums is refused inside a 200 if its condition is not met, and the parts stay': {
      fact: 'F82',
      state,
      calls: [
        ['kms-explicit-list-boundaries', 'CreateMultipartUpload', { ...key, ServerSideEncryption: 'aws:kms', ChecksumAlgorithm: 'SHA256' }, '200', { UploadId: '$(upload)', ChecksumType: 'COMPOSITE' }, full],
        ['kms-explicit-list-part', 'UploadPart', { ...part, ChecksumSHA256: sha256 }, '200', { ETag: '$(etag)', ChecksumSHA256: sha256 }, full],
        ['kms-explicit-false-condition-existing', 'PutObject', { ...key, Body: 'current object\n' }, '200', { VersionId: '$(put)' }, { after: { seconds: 1 } }],
        [
          'kms-explicit-allowed-false-condition',
          'POST /vault/k?uploadId=$(upload)',
          {
            headers: { 'if-none-match': '*' },
            body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>$(etag)</ETag><ChecksumSHA256>${sha256}</ChecksumSHA256></Part></CompleteMultipartUpload>`,
          },
          '200 PreconditionFailed',
          { Code: 'PreconditionFailed' },
        ],
        ['kms-explicit-conditional-preservation', 'ListParts', upload, '200', { StorageClass: 'STANDARD', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', Parts: [{ PartNumber: 1, ETag: '$(etag)', Size: 28, ChecksumSHA256: sha256 }] }, full],
        ['kms-explicit-complete-no-gdk', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)', ChecksumSHA256: sha256 }] } }, '200', { ChecksumSHA256: 'D8Aczy5DYWNw1Lc1ot0zaLjSz4ZS9dLP5aVN+B4Swko=-1', ChecksumType: 'COMPOSITE', VersionId: '$(version)', ServerSideEncryption: 'aws:kms' }, full],
        ['exact-version-readback-kms-explicit-complete-no-gdk', 'GetObject', { ...key, VersionId: '$(version)', ChecksumMode: 'ENABLED' }, '200', { VersionId: '$(version)', ContentLength: 28, ChecksumType: 'COMPOSITE' }],
      ],
    },
    'each call of an upload returns the encryption context with which it began, after the ARN of the object': {
      fact: 'F630',
      state,
      calls: [
        ['frozen-alias-context', 'CreateMultipartUpload', { ...key, ...ofKms, SSEKMSEncryptionContext: sentContext, BucketKeyEnabled: false }, '200', { UploadId: '$(upload)', ...ofKms, SSEKMSEncryptionContext: keptContext }, inContext],
        ['frozen-context-allowed-actor', 'UploadPart', part, '200', { ETag: '$(etag)', ...ofKms }, inContext],
        ['frozen-context-complete', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)' }] } }, '200', { VersionId: '$(version)', ...ofKms }, inContext],
        ['frozen-context-download', 'GetObject', key, '200', { VersionId: '$(version)', ContentLength: 28, ...ofKms }, inContext],
        ['exact-version-readback-frozen-context-complete', 'GetObject', { ...key, VersionId: '$(version)', ChecksumMode: 'ENABLED' }, '200', { ...ofKms, ChecksumCRC64NVME: 'SzrS71iUdJM=', ChecksumType: 'FULL_OBJECT' }, inContext],
        ['new-default-aes-control', 'CreateMultipartUpload', key, '200', { ServerSideEncryption: 'AES256' }, noContext],
      ],
    },
    'GetObjectAttributes of an object with KMS is refused while its key is disabled': {
      fact: 'F632',
      state: { kmsKeys: { [kmsKey]: 'disabled' }, buckets: { vault: { versioning: 'Enabled', objects: { k: { body: 'encrypted source bytes\n', versionId: 'v1', encryption: { ...ofKms, ServerSideEncryption: 'aws:kms' } } } } } },
      calls: versionsOfKms.flatMap(([of, version]) => attributeSets.map((ObjectAttributes) => [`key-disabled/ordinary/${of}/${ObjectAttributes}`, 'GetObjectAttributes', { ...key, ...version, ObjectAttributes }, '400 KMS.DisabledException'] as const)),
    },
    'GetObjectAttributes of an object with KMS returns its checksum and those of its parts': {
      fact: 'F632',
      state,
      calls: [
        ['kms-explicit-sha256', 'CreateMultipartUpload', { ...key, ...ofKms, BucketKeyEnabled: false, ChecksumAlgorithm: 'SHA256' }, '200', { UploadId: '$(upload)', ChecksumType: 'COMPOSITE', ...ofKms }, full],
        ['kms-explicit-part', 'UploadPart', { ...part, ChecksumSHA256: sha256 }, '200', { ETag: '$(etag)', ...ofKms }, full],
        ['kms-explicit-restored-completion', 'CompleteMultipartUpload', { ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)', ChecksumSHA256: sha256 }] } }, '200', { VersionId: '$(version)', ...ofKms }, full],
        ['owner-positive/composite/version/ETag,ObjectSize,StorageClass,Checksum,ObjectParts', 'GetObjectAttributes', { ...key, VersionId: '$(version)', ObjectAttributes: attributeSets[7] }, '200', { VersionId: '$(version)', ObjectSize: 28, Checksum: { ChecksumSHA256: 'D8Aczy5DYWNw1Lc1ot0zaLjSz4ZS9dLP5aVN+B4Swko=', ChecksumType: 'COMPOSITE' }, ObjectParts: { TotalPartsCount: 1, Parts: [{ PartNumber: 1, Size: 28, ChecksumSHA256: sha256 }] } }],
        ['key-restored/composite/current/ObjectParts', 'GetObjectAttributes', { ...key, ObjectAttributes: ['ObjectParts'] }, '200', { ObjectParts: { TotalPartsCount: 1, Parts: [{ PartNumber: 1, Size: 28, ChecksumSHA256: sha256 }] } }, { ...full, absent: ['Checksum', 'ETag', 'ObjectSize'] }],
      ],
    },
    'GetObjectAttributes also needs the permission to read the object, and with a version id both permissions for versions': {
      fact: 'F520',
      state,
      calls: [
        ['put-single', 'PutObject', { ...key, Body: '0123456789' }, '200', { ETag: '"781e5e245d69b566979b86e28d23f2c7"', VersionId: '$(version)' }],
        ['iam-get-and-attrs-current-get', 'GetObject', key, '200', { Body: '0123456789' }, getAndAttributes],
        ['iam-get-and-attrs-current-attributes', 'GetObjectAttributes', attributes, '200', answered, { ...getAndAttributes, ...noParts }],
        ['iam-get-and-attrs-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '403 AccessDenied', {}, getAndAttributes],
        ['iam-get-and-attrs-version-attributes', 'GetObjectAttributes', ofVersion, '403 AccessDenied', {}, getAndAttributes],
        ['iam-version-only-current-get', 'GetObject', key, '403 AccessDenied', {}, versionOnly],
        ['iam-version-only-current-attributes', 'GetObjectAttributes', attributes, '403 AccessDenied', {}, versionOnly],
        ['iam-version-only-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '200', { Body: '0123456789' }, versionOnly],
        ['iam-version-only-version-attributes', 'GetObjectAttributes', ofVersion, '403 AccessDenied', {}, versionOnly],
        ['iam-version-attrs-only-current-get', 'GetObject', key, '403 AccessDenied', {}, versionAttributes],
        ['iam-version-attrs-only-current-attributes', 'GetObjectAttributes', attributes, '403 AccessDenied', {}, versionAttributes],
        ['iam-version-attrs-only-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '403 AccessDenied', {}, versionAttributes],
        ['iam-version-attrs-only-version-attributes', 'GetObjectAttributes', ofVersion, '403 AccessDenied', {}, versionAttributes],
        ['iam-version-pair-current-get', 'GetObject', key, '403 AccessDenied', {}, versionPair],
        ['iam-version-pair-current-attributes', 'GetObjectAttributes', attributes, '403 AccessDenied', {}, versionPair],
        ['iam-version-pair-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '200', {}, versionPair],
        ['iam-version-pair-version-attributes', 'GetObjectAttributes', ofVersion, '200', answered, { ...versionPair, ...noParts }],
        ['iam-get-and-version-attrs-current-get', 'GetObject', key, '200', {}, getAndVersionAttributes],
        ['iam-get-and-version-attrs-current-attributes', 'GetObjectAttributes', attributes, '403 AccessDenied', {}, getAndVersionAttributes],
        ['iam-get-and-version-attrs-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '403 AccessDenied', {}, getAndVersionAttributes],
        ['iam-get-and-version-attrs-version-attributes', 'GetObjectAttributes', ofVersion, '403 AccessDenied', {}, getAndVersionAttributes],
        ['iam-version-and-current-attrs-current-get', 'GetObject', key, '403 AccessDenied', {}, versionAndAttributes],
        ['iam-version-and-current-attrs-current-attributes', 'GetObjectAttributes', attributes, '403 AccessDenied', {}, versionAndAttributes],
        ['iam-version-and-current-attrs-version-get', 'GetObject', { ...key, VersionId: '$(version)' }, '200', {}, versionAndAttributes],
        ['iam-version-and-current-attrs-version-attributes', 'GetObjectAttributes', ofVersion, '403 AccessDenied', {}, versionAndAttributes],
      ],
    },
  },
};
