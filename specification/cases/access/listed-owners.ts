import type { RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const listed = { Key: 'my-content', ETag: '"437b930db84b8079c2dd804a71936b5f"', Size: 9, StorageClass: 'STANDARD' };
const anonymously = { by: 'anonymous', absent: ['Contents.0.Owner'] };

/** The recording sends the second call to the host of the bucket too. The checksum of its object is that of the client that put it. */
export const listedOwners: RecordedCases = {
  file: 'tests/aws/services/s3/test_s3.snapshot.json of localstack',
  recorded: 'February 2026',
  cases: {
    'a listing of a public bucket names the owner of a private object to the owner of the bucket, and not to the anonymous':
      {
        fact: 'F625',
        state: {
          acls: 'allowed',
          buckets: { vault: { acl: 'public-read', objects: { 'my-content': 'something' } } },
        },
        calls: [
          ['list-objects', 'ListObjects', vault, '200', { Contents: [{ ...listed, Owner: { ID: '$(owner)' } }] }],
          ['request-vhost-url-content', 'ListObjects', vault, '200', { Contents: [listed] }, anonymously],
          ['request-path-url-content', 'ListObjects', vault, '200', { Contents: [listed] }, anonymously],
        ],
      },
  },
};
