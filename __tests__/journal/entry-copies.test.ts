import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';

const s3 = mockS3({
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'first' } } },
  credentials: false,
});
afterAll(() => s3.stop());
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const client = new S3Client({ region: 'us-east-1', credentials, maxAttempts: 1 });
const place = { Bucket: 'vault', Key: 'report.pdf' };

/** Entries of three kinds: most are like the first, the second has a member that few have, and the third is refused. */
async function makeEntries() {
  s3.reset();
  await client.send(new PutObjectCommand({ ...place, Body: 'second', Metadata: { author: 'ann' } }));
  s3.on('GetObject').delay({ milliseconds: 1, times: 1 });
  await client.send(new GetObjectCommand(place)).then(({ Body }) => Body?.transformToString());
  await client.send(new GetObjectCommand({ ...place, Key: 'missing.pdf' })).catch(() => {});
  const [put, delayed, refused] = s3.requests;
  if (put === undefined || delayed === undefined || refused === undefined) throw new TypeError('three calls were made');
  return { put, delayed, refused };
}

it('is the same each time it is read, wherever it is read', async () => {
  const { put, delayed } = await makeEntries();
  expect(s3.requests.at(0)).toBe(put);
  expect(s3.requests.filter(({ key }) => key === 'report.pdf')).toEqual([put, delayed]);
  expect(s3.requests.find((entry) => entry === put)).toBe(put);
  expect(s3.requests.map((entry) => entry)[0]).toBe(put);
  expect(put.input).toBe(put.input);
  expect(put.time).toBe(put.time);
});

it('has members of the test file’s own classes', async () => {
  const { put, delayed, refused } = await makeEntries();
  for (const entry of [put, delayed, refused]) {
    expect(entry.constructor).toBe(Object);
    expect(entry.input).toBeInstanceOf(Object);
    expect(entry.headers).toBeInstanceOf(Object);
    expect(entry.caller).toBeInstanceOf(Object);
    expect(entry.time).toBeInstanceOf(Date);
    expect(entry.notes).toBeInstanceOf(Array);
  }
  expect(put.input).toStrictEqual({
    ...place,
    Body: Buffer.from('second'),
    Metadata: { author: 'ann' },
    ContentLength: 6,
    ContentType: 'application/octet-stream',
    ChecksumAlgorithm: 'CRC32',
    ChecksumCRC32: expect.any(String),
  });
  expect((put.input as { readonly Metadata: object }).Metadata).toBeInstanceOf(Object);
  expect(put.body).toBeInstanceOf(Uint8Array);
  expect(refused.error).toEqual({ code: 'NoSuchKey', message: expect.any(String) });
  expect(refused.error).toBeInstanceOf(Object);
  expect(delayed.output).toMatchObject({ LastModified: expect.any(Date) });
});

it('is frozen, and has no member of another name', async () => {
  const { put, delayed } = await makeEntries();
  expect(Object.getPrototypeOf(put)).toBe(Object.getPrototypeOf(delayed));
  expect([put, delayed].map((entry) => Object.hasOwn(entry, 'failure'))).toEqual([false, true]);
  for (const entry of [put, delayed]) {
    expect(Object.isFrozen(entry)).toBe(true);
    expect(Reflect.get(entry, 'statusCode')).toBeUndefined();
  }
});

it('is compared, copied, printed and serialized as an ordinary object', async () => {
  const { put } = await makeEntries();
  const members = { ...put };
  expect(put).toEqual(members);
  expect(structuredClone(put)).toMatchObject({ operation: 'PutObject', key: 'report.pdf', notes: [], time: put.time });
  expect(serialize(put).length).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(put))).toMatchObject({ operation: 'PutObject', notes: [] });
  expect(inspect(put)).toBe(inspect(members));
  expect(Object.keys(put).slice(0, 4)).toEqual(['service', 'operation', 'input', 'bucket']);
  deepStrictEqual(put.input, members.input);
  deepStrictEqual(put.headers, { ...put.headers });
});
