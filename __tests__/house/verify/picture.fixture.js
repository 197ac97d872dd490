// The test of the picture in the README. It fails on purpose, in a jest of its own.
const { writeFileSync } = require('node:fs');
const { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } = require('@aws-sdk/client-s3');
const { deleteMarker, mockS3 } = require('s3-versioning-mock/jest');

const RetainUntilDate = '2027-01-01T00:00:00Z';
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    reports: {
      objectLock: true,
      objects: {
        'notes.txt': [{ body: 'first' }, deleteMarker],
        'q3.pdf': [
          { body: 'draft', lastModified: '2026-01-15T09:00:00Z' },
          { body: 'final', lastModified: '2026-02-01T09:00:00Z', retention: { Mode: 'COMPLIANCE', RetainUntilDate } },
        ],
      },
    },
  },
});

afterEach(() => writeFileSync(`${__dirname}/bucket.txt`, `${s3.bucket('reports')}`));

async function undo(Bucket, Key) {
  const client = new S3Client({});
  const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
  const { VersionId } = Versions.find(({ IsLatest }) => IsLatest);
  await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId })).catch(() => {});
}

test('undo brings the draft back', async () => {
  await undo('reports', 'q3.pdf');

  expect(s3.bucket('reports')).toHaveVersions('q3.pdf', [{ body: 'draft' }]);
});
