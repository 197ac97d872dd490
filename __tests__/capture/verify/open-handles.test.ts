import { expect, it } from '@jest/globals';
import { openHandles } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('handles');

const url = 'https://vault.s3.amazonaws.com/?versioning';

const calls: readonly (readonly [client: string, code: string])[] = [
  ['https.get', `await get('${url}');`],
  ['https.get in sequence', `await get('${url}'); await get('${url}');`],
  ['https.get at once', `await Promise.all([get('${url}'), get('${url}')]);`],
  ['http.get', `await get('${url.replace('https', 'http')}');`],
  ['https with agent: false', `await get('${url}', { agent: false });`],
  ['https with a pool', `await get('${url}', { agent: new https.Agent({ keepAlive: true }) });`],
  [
    'a raw TLS socket',
    `
    const socket = require('node:tls').connect(443, 'vault.s3.amazonaws.com');
    socket.write('GET /?versioning HTTP/1.1\\r\\nHost: vault.s3.amazonaws.com\\r\\n\\r\\n');
    await new Promise((resolve) => socket.once('data', resolve));`,
  ],
  [
    'a request that is aborted',
    `
    const request = https.request('${url}', { method: 'PUT', headers: { 'Content-Length': 5 } });
    request.on('error', () => {});
    request.write('a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    request.destroy();`,
  ],
  ['fetch', `await (await fetch('${url}')).text();`],
  ['undici', `await (await require('undici').request('${url}')).body.text();`],
  [
    'undici through a proxy',
    `const { ProxyAgent, request } = require('undici');
    await (await request('${url}', { dispatcher: new ProxyAgent('http://proxy.test:3128') })).body.text();`,
  ],
  [
    'axios, through the proxy of the environment',
    `await require('axios').get('${url}', { validateStatus: () => true });`,
  ],
  [
    'SDK v3',
    `
    const { GetBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');
    await new S3Client({}).send(new GetBucketVersioningCommand({ Bucket: 'vault' }));`,
  ],
  ['SDK v2', `await new (require('aws-sdk/clients/s3'))().getBucketVersioning({ Bucket: 'vault' }).promise();`],
  [
    'minio',
    `
    const { Client } = require('minio');
    await new Client({ endPoint: 's3.amazonaws.com', accessKey: 'a', secretKey: 'b', region: 'us-east-1' }).getBucketVersioning('vault');`,
  ],
];

/** One mock that nobody stops; the result is the types of the open handles that jest reports. */
async function handlesAfter(codes: readonly string[]): Promise<readonly string[]> {
  project.write(
    'one.test.js',
    `const http = require('node:http');
     const https = require('node:https');
     const { mockS3 } = require('s3-versioning-mock');
     const get = (url, options = {}) => new Promise((resolve, reject) =>
       (url.startsWith('https') ? https : http).get(url, options, (answer) => answer.resume().on('end', resolve)).on('error', reject));
     const s3 = mockS3({ buckets: { vault: {} } });
     beforeAll(() => get('${url}'));
     ${codes.map((code, index) => `test('call ${index}', async () => { ${code} });`).join('\n')}`,
  );
  const { code, stderr } = await project.jest(['--detectOpenHandles', '--forceExit', 'one.test.js'], {
    HTTPS_PROXY: 'http://proxy.test:3128',
  });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining(`${codes.length} passed`) });
  return openHandles(stderr);
}

it('R20 a mock that is not stopped leaves no open handle for jest, whatever client called it', async () => {
  expect(await handlesAfter(calls.map(([, code]) => code))).toEqual([]);
});

it('R20 neither does a port that is not closed', async () => {
  expect(await handlesAfter([`const { url } = await s3.listen(); await get(url + '/vault');`])).toEqual([]);
});
