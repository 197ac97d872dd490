import type { RecordedCases } from '../../../src/facts/case';

const binary = { Bucket: 'vault', Key: 'binary.bin' };
const Body = { base64: 'YmluYXJ5IGRhdGEA/w==' };
const described = {
  ETag: '$(etag)',
  AcceptRanges: 'bytes',
  ContentDisposition: 'attachment; filename="owned.bin"',
  ContentType: 'application/octet-stream',
  ServerSideEncryption: 'AES256',
  Metadata: { mixedcase: 'value', probe: 'binary' },
};
const checksum = { ChecksumSHA256: '$(sha256)', ChecksumType: 'FULL_OBJECT' };

const order = [
  'last-modified',
  'etag',
  'x-amz-checksum-sha256',
  'x-amz-checksum-type',
  'x-amz-server-side-encryption',
  'x-amz-meta-mixedcase',
  'content-disposition',
  'x-amz-meta-probe',
  'accept-ranges',
  'content-range',
  'content-type',
  'content-length',
  'server',
];
const orderWithout = (...names: readonly string[]) => order.filter((name) => !names.includes(name));
const noChecksum = ['x-amz-checksum-sha256', 'x-amz-checksum-type'];

export const binaryHeaders: RecordedCases = {
  file: 'owned_binary_headers.json',
  recorded: 'September 2026',
  cases: {
    'a read returns the headers of an object, and its checksum if the request asks for it': {
      fact: 'F980',
      state: { buckets: { vault: {} } },
      calls: [
        [
          'ownership-after-repeated-create',
          'GetBucketOwnershipControls',
          { Bucket: 'vault' },
          '200',
          { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
        ],
        [
          'binary-put-sha256',
          'PutObject',
          {
            ...binary,
            Body,
            ChecksumAlgorithm: 'SHA256',
            Metadata: { MixedCase: 'value', probe: 'binary' },
            ContentType: 'application/octet-stream',
            ContentDisposition: 'attachment; filename="owned.bin"',
          },
          '200',
          { ETag: '$(etag)', ...checksum, ServerSideEncryption: 'AES256' },
        ],
        [
          'binary-head-default',
          'HeadObject',
          binary,
          '200',
          { ...described, ContentLength: 13 },
          {
            absent: ['ChecksumSHA256', 'ChecksumType', 'VersionId'],
            order: orderWithout('content-range', ...noChecksum),
          },
        ],
        [
          'binary-head-enabled',
          'HeadObject',
          { ...binary, ChecksumMode: 'ENABLED' },
          '200',
          { ...described, ...checksum },
          { order: orderWithout('content-range') },
        ],
        [
          'binary-get-enabled',
          'GetObject',
          { ...binary, ChecksumMode: 'ENABLED' },
          '200',
          { ...described, ...checksum },
          { order: orderWithout('content-range') },
        ],
        [
          'binary-range-head',
          'HeadObject',
          { ...binary, Range: 'bytes=0-5' },
          '206',
          { ...described, ContentLength: 6, ContentRange: 'bytes 0-5/13' },
          { absent: ['ChecksumSHA256'], order: orderWithout(...noChecksum) },
        ],
        [
          'binary-invalid-range-get',
          'GetObject',
          { ...binary, Range: 'bytes=999-1000' },
          '416 InvalidRange',
          { Message: 'The requested range is not satisfiable' },
          { headers: { connection: null } },
        ],
        [
          'binary-get-if-match-fails',
          'GetObject',
          { ...binary, IfMatch: '"wrong"' },
          '412 PreconditionFailed',
          { Message: 'At least one of the pre-conditions you specified did not hold' },
        ],
        [
          'binary-put-invalid-md5',
          'PutObject',
          { Bucket: 'vault', Key: 'bad.bin', Body, ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' },
          '400 BadDigest',
          { Message: 'The Content-MD5 you specified did not match what we received.' },
          { headers: { connection: 'close' } },
        ],
        [
          'private-acl-transmitted-header',
          'PutObject',
          { Bucket: 'vault', Key: 'private.bin', Body, ACL: 'private' },
          '200',
          { ETag: '$(etag)', ChecksumCRC64NVME: '$(any)', ChecksumType: 'FULL_OBJECT' },
        ],
        [
          'binary-list-metadata',
          'ListObjectsV2',
          { Bucket: 'vault' },
          '200',
          {
            KeyCount: 2,
            MaxKeys: 1000,
            Contents: [
              {
                Key: 'binary.bin',
                ChecksumAlgorithm: ['SHA256'],
                ChecksumType: 'FULL_OBJECT',
                StorageClass: 'STANDARD',
              },
              { Key: 'private.bin', ChecksumAlgorithm: ['CRC64NVME'], ChecksumType: 'FULL_OBJECT', Size: 13 },
            ],
          },
          { headers: { 'x-amz-bucket-region': 'us-east-1' } },
        ],
        [
          'cleanup-delete-owned-key',
          'DeleteObject',
          { Bucket: 'vault', Key: 'bad.bin' },
          '204',
          {},
          { absent: ['VersionId'] },
        ],
      ],
    },
  },
};
