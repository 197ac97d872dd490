// A user of vitest writes this test. It has no client, since clients have demands of their own on vitest.
import { mockS3 } from 's3-versioning-mock/vitest';
import { expect, test } from 'vitest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

test('reads the versioning', async () => {
  const headers = { Authorization: 'AWS AKIA:c2lnbmF0dXJl' };
  const answer = await fetch('https://vault.s3.amazonaws.com/?versioning', { headers });
  expect(await answer.text()).toContain('<Status>Enabled</Status>');
  expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
  expect(s3.bucket('vault')).toHaveVersioning('Enabled');
});
