import type { RecordedCases } from '../../../src/facts/case';

const scope = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY%2F20260913%2Fus-east-1%2Fs3%2Faws4_request';
const url = `/vault/k?${scope}&X-Amz-Date=20260913T190539Z&X-Amz-Expires=900&X-Amz-Signature=00`;
const read = (signedHeaders: string, more = '') => `GET ${url}&X-Amz-SignedHeaders=${signedHeaders}${more}`;
const owner = '&x-amz-expected-bucket-owner=000000000000';
const both = 'Expected bucket owner must be provided as either a header or parameter, not both';
const none = { 'x-amz-checksum-sha256': null, 'x-amz-checksum-type': null };
const answered = { 'x-amz-checksum-sha256': '$(checksum)', 'x-amz-checksum-type': 'FULL_OBJECT' };
const by = 'anonymous'; // the URL is signed

export const presignedHeaders: RecordedCases = {
  file: 'presigned_headers.json',
  recorded: 'September 2026',
  cases: {
    'S3 checks the expected owner in the query of a presigned URL, and ignores a checksum mode there': {
      fact: 'F217',
      state: { now: '2026-09-13T19:05:40Z', buckets: { vault: {} } },
      calls: [
        ['put', 'PutObject', { Bucket: 'vault', Key: 'k', Body: 'data', ChecksumAlgorithm: 'SHA256' }, '200'],
        [
          'owner-query-correct',
          read('host', `${owner}&x-amz-checksum-mode=ENABLED`),
          {},
          '200',
          {},
          { by, headers: none },
        ],
        [
          'owner-query-wrong',
          read('host', '&x-amz-expected-bucket-owner=999999999999'),
          {},
          '403 AccessDenied',
          {},
          { by },
        ],
        [
          'owner-query-header-conflict',
          read('host;x-amz-expected-bucket-owner', owner),
          { headers: { 'x-amz-expected-bucket-owner': '999999999999' } },
          '400 InvalidBucketOwnerAWSAccountID',
          { Message: both },
          { by },
        ],
        [
          'owner-query-header-same',
          read('host;x-amz-expected-bucket-owner', owner),
          { headers: { 'x-amz-expected-bucket-owner': '000000000000' } },
          '400 InvalidBucketOwnerAWSAccountID',
          { Message: both },
          { by },
        ],
        [
          'checksum-query-header-same',
          read('host;x-amz-checksum-mode', '&x-amz-checksum-mode=ENABLED'),
          { headers: { 'x-amz-checksum-mode': 'ENABLED' } },
          '200',
          {},
          { by, headers: answered },
        ],
        [
          'checksum-header-only',
          read('host;x-amz-checksum-mode'),
          { headers: { 'x-amz-checksum-mode': 'ENABLED' } },
          '200',
          {},
          { by, headers: answered },
        ],
        [
          'checksum-query-capitalized',
          read('host', '&X-Amz-Checksum-Mode=ENABLED'),
          {},
          '200',
          {},
          { by, headers: none },
        ],
      ],
    },
  },
};
