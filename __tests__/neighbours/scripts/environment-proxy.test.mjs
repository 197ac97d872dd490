// Calls S3 while the environment names a proxy whose port is closed. PROXY_IN_FORCE: this Node uses it by itself.
import assert from 'node:assert';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import test from 'node:test';

const require = createRequire(import.meta.url);
const { GetBucketVersioningCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock');

const statusOf = (url) =>
  new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const request = client.get(url, { agent: client.globalAgent }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });

test('S3 is answered, and the proxy is asked for other hosts only', async () => {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
  const client = new S3Client({});
  assert.strictEqual((await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).Status, 'Enabled');
  await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: Buffer.alloc(3_000_000) }));
  assert.strictEqual(await statusOf('https://vault.s3.amazonaws.com/'), 403);
  assert.strictEqual(await statusOf('http://vault.s3.amazonaws.com/'), 403);
  assert.strictEqual((await fetch('https://vault.s3.amazonaws.com/')).status, 403);
  assert.strictEqual((await fetch('http://vault.s3.amazonaws.com/')).status, 403);
  assert.strictEqual(s3.requests.length, 6);
  const other = await fetch('http://api.example.test/').then(
    ({ status }) => status,
    ({ cause }) => cause.code,
  );
  // The proxy refuses the connection. Without NODE_USE_ENV_PROXY, fetch looks the host up.
  if (process.env.PROXY_IN_FORCE) assert.strictEqual(other, 'ECONNREFUSED');
  await s3.stop();
});
