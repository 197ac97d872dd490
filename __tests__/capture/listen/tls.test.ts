import https from 'node:https';
import { GetBucketVersioningCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ListenOptions, type MockS3, mockS3 } from '../../../src/index';
import { textOf } from '../../house/files';
import { makeSelfSigned } from '../../support/self-signed';
import { event } from '../scene';

const tls = makeSelfSigned('localhost', 's3.test', '*.s3.test');
const agent = new https.Agent({ ca: tls.cert });

const running: MockS3[] = [];

function start(): MockS3 {
  const s3 = mockS3({
    hosts: { only: [] },
    buckets: {
      vault: {
        versioning: 'Enabled',
        objects: { 'a.txt': 'data' },
        policy: {
          Statement: {
            ...{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        },
      },
    },
  });
  running.push(s3);
  return s3;
}

function clientOf(s3: MockS3, endpoint: string): S3Client {
  return new S3Client({
    ...{ endpoint, region: 'us-east-1', credentials: s3.account.credentials, forcePathStyle: true },
    requestHandler: { httpsAgent: agent },
  });
}

afterEach(async () => {
  agent.destroy();
  for (const s3 of running.splice(0)) await s3.stop();
});

describe('a port with a certificate', () => {
  it('speaks HTTPS, and its requests are secure', async () => {
    const s3 = start();
    const { url, port } = await s3.listen({ tls, hostname: 'localhost' });
    expect(url).toBe(`https://localhost:${port}`);
    const client = clientOf(s3, url);
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    expect({ Status, body: await Body?.transformToString() }).toEqual({ Status: 'Enabled', body: 'data' });
    expect(s3.requests.last()?.url).toBe(`${url}/vault/a.txt?x-id=GetObject`);
    const plain = await s3.listen({ hostname: 'localhost' });
    const refused = clientOf(s3, plain.url).send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    await expect(refused).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('reads the bucket from a host name of its own', async () => {
    const s3 = start();
    const { port } = await s3.listen({ tls, base: 's3.test' });
    const options = { host: '127.0.0.1', port, servername: 'vault.s3.test', ca: tls.cert };
    const request = https.get({ ...options, path: '/?versioning', headers: { Host: `vault.s3.test:${port}` } });
    const [response] = await event(request, 'response');
    (response as NodeJS.ReadableStream).resume(); // of node:https
    expect(s3.requests.last()).toMatchObject({ operation: 'GetBucketVersioning', bucket: 'vault' });
  });

  it('is trusted at the host of a bucket with a certificate of the names in the guide', async () => {
    const guide = textOf('docs/guides/serve.md');
    const names = [...guide.matchAll(/\bDNS:([\w.*-]+)/g)].map(([, name = '']) => name);
    const [, base = ''] = /--host (\S+) \\\n +--tls-cert/.exec(guide) ?? [];
    const certificate = makeSelfSigned(...names);
    const s3 = start();
    const { port } = await s3.listen({ tls: certificate, base });
    for (const host of [base, `vault.${base}`]) {
      const request = https.get({ host: '127.0.0.1', port, servername: host, ca: certificate.cert, agent: false });
      const [response] = await event(request, 'response');
      (response as NodeJS.ReadableStream).resume(); // of node:https
    }
    expect({ names, hosts: s3.requests.length }).toEqual({ names: [base, `*.${base}`], hosts: 2 });
  });

  it('ends a connection that speaks no TLS, and goes on', async () => {
    const s3 = start();
    const { url, port } = await s3.listen({ tls, hostname: 'localhost' });
    await expect(fetch(`http://localhost:${port}/vault`)).rejects.toThrow('fetch failed');
    const Bucket = 'vault';
    await expect(clientOf(s3, url).send(new GetBucketVersioningCommand({ Bucket }))).resolves.toMatchObject({
      Status: 'Enabled',
    });
    expect(s3.requests).toHaveLength(1);
  });

  it.each<[text: string, given: unknown, message: RegExp]>([
    [
      'has no key',
      { cert: tls.cert },
      /^listen: tls: key is missing\. Give the certificate and its key, both as PEM\.$/,
    ],
    ['is a path', { ...tls, cert: 'cert.pem' }, /^listen: tls: cert is no PEM\. Give a text that contains -----BEGIN/],
    [
      'has the key of another',
      { ...tls, key: makeSelfSigned('localhost').key },
      /^listen: tls: cert and key do not fit/,
    ],
    ['has another member', { ...tls, ca: tls.cert }, /^listen: tls: there is no option 'ca'/],
  ])('is refused if it %s', async (_text, given, message) => {
    await expect(start().listen({ tls: given } as ListenOptions)).rejects.toThrow(message);
  });
});
