import https from 'node:https';
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import axios from 'axios';
import { Client as Minio } from 'minio';
import { type MockS3, mockS3 } from 's3-versioning-mock';
import { Agent, interceptors, Pool, request, Client as UndiciClient, fetch as undiciFetch } from 'undici';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

/** A client that all worlds share, with its connections. */
interface SharedClient {
  readonly put: (key: string) => Promise<unknown>;
  readonly close?: () => unknown;
}

interface Kind {
  readonly name: string;
  readonly open: () => SharedClient;
  /** What each world lets fail at first. */
  readonly trouble?: (world: MockS3) => unknown;
  /** The number of objects that each world puts. Default: 12. */
  readonly count?: number;
}

const host = 'vault.s3.amazonaws.com';
const urlOf = (key: string) => `https://${host}/${key}`;
/** A request without a signature would come from nobody. */
const headers = { authorization: 'AWS AKIDEXAMPLE:c2ln' };
const pooled = (maxSockets: number) => new https.Agent({ keepAlive: true, maxSockets });

function sdkV3(agent: https.Agent | undefined): SharedClient {
  const client = new S3Client(agent ? { requestHandler: { httpsAgent: agent } } : {});
  return {
    put: (Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: Key })),
    close: () => client.destroy(),
  };
}

function sdkV2(): SharedClient {
  const agent = pooled(2);
  const client = new AwsS3({ httpOptions: { agent }, retryDelayOptions: { base: 5 } });
  return {
    put: (Key) =>
      new Promise((resolve, reject) => {
        client.putObject({ Bucket: 'vault', Key, Body: Key }, (error, data) => (error ? reject(error) : resolve(data)));
      }),
    close: () => agent.destroy(),
  };
}

function streams(): SharedClient {
  const agent = pooled(1);
  return {
    put: (key) =>
      new Promise((resolve, reject) => {
        const sent = { ...headers, 'Content-Length': 20_000 };
        const sending = https.request(urlOf(key), { method: 'PUT', agent, headers: sent }, (response) => {
          response.resume().on('end', resolve);
        });
        sending.on('error', reject);
        Readable.from([Buffer.alloc(10_000), Buffer.alloc(10_000)]).pipe(sending);
      }),
    close: () => agent.destroy(),
  };
}

/** A client that tries again in the listener of an error. */
function callbacks(): SharedClient {
  const agent = pooled(2);
  const put = (key: string, done: (error?: Error) => void, attempts = 5): void => {
    const sending = https.request(urlOf(key), { method: 'PUT', agent, headers }, (response) => {
      response.resume().on('end', () => done());
    });
    sending.on('error', (error) => (attempts > 1 ? put(key, done, attempts - 1) : done(error)));
    sending.end(key);
  };
  return {
    put: (key) => new Promise<void>((resolve, reject) => put(key, (error) => (error ? reject(error) : resolve()))),
    close: () => agent.destroy(),
  };
}

function upload(): SharedClient {
  const client = new S3Client({ requestHandler: { httpsAgent: pooled(3) } });
  return {
    put: (Key) => new Upload({ client, params: { Bucket: 'vault', Key, Body: Buffer.alloc(6 * 1024 * 1024) } }).done(),
    close: () => client.destroy(),
  };
}

function dispatcher(open: () => Pool | UndiciClient): SharedClient {
  const shared = open();
  return {
    put: async (key) => {
      const { body } = await shared.request({ path: `/${key}`, method: 'PUT', headers, body: key });
      await body.text();
    },
    close: () => shared.close(),
  };
}

function fetchBy(
  put: (
    url: string,
    init: { method: string; headers: { authorization: string }; body: string },
  ) => Promise<{ text(): Promise<string> }>,
) {
  return { put: async (key: string) => (await put(urlOf(key), { method: 'PUT', headers, body: key })).text() };
}

function retrying(): SharedClient {
  const agent = new Agent().compose(interceptors.retry({ minTimeout: 5, methods: ['PUT'] }));
  return {
    put: async (key) => {
      const { body } = await request(urlOf(key), { method: 'PUT', headers, body: key, dispatcher: agent });
      await body.text();
    },
    close: () => agent.close(),
  };
}

function minio(): SharedClient {
  const client = new Minio({ endPoint: 's3.amazonaws.com', accessKey: 'AKIDEXAMPLE', secretKey: 'secret' });
  return { put: (key) => client.putObject('vault', key, key) };
}

function axiosBy(adapter: 'http' | 'fetch'): SharedClient {
  const agent = pooled(2);
  const client = axios.create({ adapter, httpsAgent: agent });
  return { put: (key) => client.put(urlOf(key), key, { headers }), close: () => agent.destroy() };
}

const slowDown = (world: MockS3) => world.on('PutObject').fail('SlowDown', { times: 2 });
const disconnect = (world: MockS3) => world.on('PutObject').disconnect({ when: 'before', times: 2 });

const kinds: readonly Kind[] = [
  { name: 'SDK v3', open: () => sdkV3(undefined) },
  { name: 'SDK v3 with two connections', open: () => sdkV3(pooled(2)) },
  { name: 'SDK v3 that repeats after SlowDown', open: () => sdkV3(pooled(2)), trouble: slowDown },
  { name: 'SDK v3 that repeats after a lost connection', open: () => sdkV3(pooled(2)), trouble: disconnect },
  { name: 'SDK v2 with callbacks', open: sdkV2 },
  { name: 'SDK v2 that repeats after SlowDown', open: sdkV2, trouble: slowDown },
  { name: 'SDK v2 that repeats after a lost connection', open: sdkV2, trouble: disconnect },
  { name: 'lib-storage', open: upload, count: 2 },
  { name: 'fetch', open: () => fetchBy(fetch) },
  { name: 'fetch of undici', open: () => fetchBy(undiciFetch) },
  { name: 'undici that repeats after SlowDown', open: retrying, trouble: slowDown },
  { name: 'a pool of undici', open: () => dispatcher(() => new Pool(`https://${host}`, { connections: 2 })) },
  {
    name: 'undici with pipelining',
    open: () => dispatcher(() => new UndiciClient(`https://${host}`, { pipelining: 6 })),
  },
  {
    name: 'a pool of undici with pipelining',
    open: () => dispatcher(() => new Pool(`https://${host}`, { connections: 2, pipelining: 3 })),
  },
  { name: 'axios', open: () => axiosBy('http') },
  { name: 'axios with fetch', open: () => axiosBy('fetch') },
  { name: 'minio', open: minio },
  { name: 'streams over one connection', open: streams },
  { name: 'a client that repeats in a listener', open: callbacks, trouble: disconnect },
];

describe('two worlds and code outside of them, with one client at the same time', () => {
  let s3: MockS3;

  beforeEach(() => {
    s3 = mockS3({ buckets: { vault: {} } });
  });

  afterEach(() => s3.stop());

  it.each(kinds)('$name: each request reaches its own world', async ({ open, trouble, count = 12 }) => {
    const { put, close } = open();
    const namesOf = (name: string) => Array.from({ length: count }, (_, index) => `${name}-${index + 10}`);
    const putAll = (name: string) => Promise.all(namesOf(name).map(put));
    const runIn = (name: string) =>
      s3.fork(async (world) => {
        trouble?.(world);
        await putAll(name);
        return world.bucket('vault').keys;
      });
    const [first, , second] = await Promise.all([runIn('first'), putAll('outside'), runIn('second')]);
    await close?.();
    expect({ first, second, outside: s3.bucket('vault').keys }).toEqual({
      first: namesOf('first'),
      second: namesOf('second'),
      outside: namesOf('outside'),
    });
  });
});
