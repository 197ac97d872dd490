import http from 'node:http';
import { GetBucketVersioningCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buffersUsed, heapUsed } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

// Code that V8 compiles later would count as memory of requests: up to 200 bytes each after 1,000 calls.
const warming = 5000;
const calls = 5000;
const many = 100_000;
const body = Buffer.alloc(1024, 'x');
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/**
 * The bytes of the heap that a request takes in the journal, for calls of SDK v3: a GetBucketVersioning, and a PutObject and a GetObject of
 * 1 KB. The bytes of bodies are outside of the heap; a PutObject includes the version that it makes. Then the megabytes of heap and of
 * buffers after 100,000 uploads of 1 KB over one key: the journal has a limit for bodies, and the bucket, without versioning, keeps one.
 */
export async function measure() {
  const s3 = loadLibrary().mockS3({
    buckets: { vault: { versioning: 'Enabled' }, plain: {} },
    credentials: false,
    journal: { limit: many },
  });
  const client = new S3Client({ region: 'us-east-1', credentials, maxAttempts: 1 });
  const object = { Bucket: 'vault', Key: 'file.txt' };
  const request = await bytesOf(() => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' })));
  const put = await bytesOf(() => client.send(new PutObjectCommand({ ...object, Body: body })));
  const get = await bytesOf(async () => {
    const { Body } = await client.send(new GetObjectCommand(object));
    await Body.transformToByteArray();
  });
  s3.reset();
  return { request, put, get, ...(await afterMany()) };
}

async function bytesOf(call) {
  for (let index = 0; index < warming; index += 1) await call();
  const before = heapUsed();
  for (let index = 0; index < calls; index += 1) await call();
  return (heapUsed() - before) / calls;
}

async function afterMany() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const [heapBefore, buffersBefore] = [heapUsed(), buffersUsed()];
  for (let index = 0; index < many; index += 1)
    await send(agent, { method: 'PUT', path: '/file.txt', bucket: 'plain', body });
  return { heap: (heapUsed() - heapBefore) / 1e6, buffers: (buffersUsed() - buffersBefore) / 1e6 };
}
