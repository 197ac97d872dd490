import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const state = { buckets: { vault: { objects: { k: 'data' } } } };
const otherHash = 'd9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa';
const claims = { 'x-amz-content-sha256': otherHash, 'content-md5': 'BVqYOB5RXsTYeJLVyZZ1zw==' };

const read = (label: string, target: string): RecordedCall => [label, target, { headers: claims }, '200'];

/** Tests of Swift that its authors say to pass against S3. */
export const bodyClaims: RecordedCases = {
  file: 'test/s3api/test_input_errors.py of openstack/swift',
  recorded: 'July 2026',
  cases: {
    'the Content-Encoding of a body in one piece keeps aws-chunked': {
      fact: 'F576',
      state,
      calls: [
        [
          'test_no_md5_good_sha_chunk_encoding_declared_ok',
          'PutObject',
          { Bucket: 'vault', Key: 'k', Body: 'data', ContentEncoding: 'aws-chunked' },
          '200',
        ],
        ['its read', 'GetObject', { Bucket: 'vault', Key: 'k' }, '200', { ContentEncoding: 'aws-chunked' }],
      ],
    },
    'GetObject and HeadObject ignore Content-MD5': {
      fact: 'F1693',
      state,
      calls: [
        read('test_get_bucket_good_md5_good_sha', 'GET /vault'),
        read('test_head_bucket_good_md5_good_sha', 'HEAD /vault'),
        read('test_get_object_bad_sha', 'GET /vault/k'),
        read('test_head_object_bad_sha', 'HEAD /vault/k'),
      ],
    },
  },
};
