import { once } from 'node:events';
import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { AwsClient } from 'aws4fetch';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { Client as Minio } from 'minio';
import { type Credentials, mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { unescaped } from '../../support/clients/wire-xml';

interface ObjectClient {
  readonly name: string;
  readonly host?: string;
  open(credentials: Credentials): {
    put(key: string, body: string): Promise<unknown>;
    get(key: string): Promise<string | undefined>;
    list(prefix: string): Promise<readonly (string | undefined)[]>;
    presign?(method: 'GET' | 'PUT', key: string): Promise<string>;
    close?(): void;
  };
}

const Bucket = 'vault';

function sdkV3(
  name: string,
  config: object,
  body: (text: string) => { Body: string | Readable; ContentLength?: number },
): ObjectClient {
  return {
    name,
    open: (credentials) => {
      const client = new S3Client({ region: 'us-east-1', credentials, ...config });
      return {
        put: (Key, text) => client.send(new PutObjectCommand({ Bucket, Key, ...body(text) })),
        get: async (Key) => (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString(),
        list: async (Prefix) =>
          (await client.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents?.map(({ Key }) => Key) ?? [],
        presign: (method, Key) =>
          getSignedUrl(
            client,
            method === 'GET' ? new GetObjectCommand({ Bucket, Key }) : new PutObjectCommand({ Bucket, Key }),
          ),
        close: () => client.destroy(),
      };
    },
  };
}

function sdkV2(name: string, make: (credentials: Credentials) => AwsS3 | CosS3): ObjectClient {
  return {
    name,
    open: (credentials) => {
      const client = make(credentials) as AwsS3; // IBM's SDK is made from it
      return {
        put: (Key, Body) => client.putObject({ Bucket, Key, Body }).promise(),
        get: async (Key) => String((await client.getObject({ Bucket, Key }).promise()).Body),
        list: async (Prefix) =>
          (await client.listObjectsV2({ Bucket, Prefix }).promise()).Contents?.map(({ Key }) => Key) ?? [],
        presign: (method, Key) =>
          client.getSignedUrlPromise(method === 'GET' ? 'getObject' : 'putObject', { Bucket, Key }),
      };
    },
  };
}

const text = (body: string) => ({ Body: body });
// The SDK warns of every refused stream.
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const objectClients: readonly ObjectClient[] = [
  sdkV3('SDK v3', {}, text),
  sdkV3('SDK v3, forcePathStyle', { forcePathStyle: true }, text),
  sdkV3('SDK v3, a stream', { logger: silent }, (body) => ({
    Body: Readable.from([body]),
    ContentLength: Buffer.byteLength(body),
  })),
  sdkV3('SDK v3, an endpoint with a port', { endpoint: 'http://localhost:9000', forcePathStyle: true }, text),
  sdkV2('aws-sdk 2, SigV4', (credentials) => new AwsS3({ credentials, region: 'us-east-1', signatureVersion: 'v4' })),
  sdkV2(
    'aws-sdk 2, SigV4, unsigned bodies',
    (credentials) =>
      new AwsS3({ credentials, region: 'us-east-1', signatureVersion: 'v4', s3DisableBodySigning: true }),
  ),
  sdkV2('aws-sdk 2, SigV2', (credentials) => new AwsS3({ credentials, region: 'us-east-1', signatureVersion: 's3' })),
  sdkV2(
    'aws-sdk 2, SigV2, path style',
    (credentials) => new AwsS3({ credentials, region: 'us-east-1', signatureVersion: 's3', s3ForcePathStyle: true }),
  ),
  sdkV2('ibm-cos-sdk, HMAC', (credentials) => new CosS3({ credentials, endpoint: cosHost, region: 'us-south' })),
  {
    name: 'minio',
    open: ({ accessKeyId, secretAccessKey }) => {
      const client = new Minio({ endPoint: 's3.amazonaws.com', accessKey: accessKeyId, secretKey: secretAccessKey });
      return {
        put: (key, body) => client.putObject(Bucket, key, body),
        get: async (key) => Buffer.concat(await (await client.getObject(Bucket, key)).toArray()).toString(),
        list: async (prefix) => {
          const names: (string | undefined)[] = [];
          const listing = client.listObjectsV2(Bucket, prefix, true).on('data', ({ name }) => names.push(name));
          await once(listing, 'end');
          return names;
        },
        presign: (method, key) => client.presignedUrl(method, Bucket, key, 900),
      };
    },
  },
  {
    name: 'aws4fetch',
    open: (credentials) => {
      const client = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' });
      const root = `https://${Bucket}.s3.amazonaws.com/`;
      const urlOf = (key: string) => root + key.split('/').map(encodeURIComponent).join('/');
      return {
        put: (key, body) => client.fetch(urlOf(key), { method: 'PUT', body }),
        get: async (key) => (await client.fetch(urlOf(key))).text(),
        list: async (prefix) => {
          const xml = await (await client.fetch(`${root}?list-type=2&prefix=${encodeURIComponent(prefix)}`)).text();
          return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescaped(key));
        },
        presign: async (method, key) => {
          const url = `${urlOf(key)}?X-Amz-Expires=900`;
          return (await client.sign(url, { method, aws: { signQuery: true } })).url;
        },
      };
    },
  },
];

const keys = ['plain.txt', 'a b/c  d', 'ü/日本/🙂', "a+b&c=d?e#f%g~h!i*j(k)l'm", 'x//y', '/leading', '%2F', '$@,;:'];

describe.each(objectClients)('objects of any name, with signatures checked: $name', ({ open }) => {
  const s3 = mockS3({
    verifySignatures: true,
    buckets: { vault: { versioning: 'Enabled' } },
    hosts: ['http://localhost:9000'],
  });

  it.each(keys)('%s', async (key) => {
    const client = open(s3.account.credentials);
    await client.put(key, `the body of ${key}`);
    expect(await client.get(key)).toBe(`the body of ${key}`);
    expect(await client.list(key)).toEqual([key]);
    expect(s3.requests.last()).toMatchObject({ caller: { account: s3.account.id }, status: 200 });
    client.close?.();
  });

  it.each(keys)('presigned, %s', async (key) => {
    const client = open(s3.account.credentials);
    await use('PUT', await client.presign?.('PUT', key), 'by url');
    expect(await client.get(key)).toBe('by url');
    expect(await use('GET', await client.presign?.('GET', key))).toBe('by url');
    client.close?.();
  });

  it('is refused with another secret', async () => {
    const client = open({ ...s3.account.credentials, secretAccessKey: 'another' });
    await client.put('plain.txt', 'x').catch(() => {});
    expect(s3.requests.last()).toMatchObject({ status: 403, error: { code: 'SignatureDoesNotMatch' } });
    expect(s3.bucket('vault').current('plain.txt')).toBeUndefined();
    client.close?.();
  });

  it('is refused with an unknown access key', async () => {
    const client = open({ accessKeyId: 'AKIANOBODYSKEY000000', secretAccessKey: 'another' });
    await client.put('plain.txt', 'x').catch(() => {});
    expect(s3.requests.last()).toMatchObject({ status: 403, error: { code: 'InvalidAccessKeyId' } });
    client.close?.();
  });
});

/** The body is bytes, because text would send a type that was not signed. */
async function use(method: 'GET' | 'PUT', url: string | undefined, body?: string): Promise<string> {
  const answer = await fetch(url ?? '', { method, ...(body !== undefined && { body: Buffer.from(body) }) });
  const text = await answer.text();
  expect({ status: answer.status, text: answer.ok ? '' : text }).toEqual({ status: 200, text: '' });
  return text;
}
