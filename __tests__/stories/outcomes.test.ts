import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it, jest } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { lackingCall } from '../support/lacking';
import { send } from '../support/wire-client';

const held = { body: 'held', versionId: 'v1', legalHold: 'ON' } as const;
const s3 = mockS3({
  buckets: { vault: { objectLock: true, objects: { held, free: { body: 'x', versionId: 'v2' } } } },
});
const client = new S3Client({ maxAttempts: 1 });
const settled = (sent: Promise<unknown>) => sent.catch(() => {});
const draft = { Bucket: 'vault', Key: 'draft.txt' };
const put = () => settled(client.send(new PutObjectCommand({ ...draft, Body: 'a draft' })));

it('a refused request was received, and not applied', async () => {
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await settled(client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration })));
  expect(s3).toHaveReceived('PutBucketVersioning', { VersioningConfiguration });
  expect(s3).not.toHaveApplied('PutBucketVersioning', { VersioningConfiguration });
  expect(s3).toHaveRefused(
    'PutBucketVersioning',
    { VersioningConfiguration },
    { code: 'InvalidBucketState', status: 409 },
  );
  expect(s3).not.toHaveRefused('PutBucketVersioning', {}, { code: 'AccessDenied' });
});

it('a write whose answer was lost was applied', async () => {
  s3.on('PutObject').disconnect({ when: 'after', times: 1 });
  await put();
  expect(s3).toHaveApplied('PutObject', draft);
  expect(s3.bucket('vault')).toHaveObject('draft.txt');
});

it('a write whose connection was lost before was neither applied nor refused', async () => {
  s3.on('PutObject').disconnect({ when: 'before', times: 1 });
  await put();
  expect(s3).not.toHaveApplied('PutObject');
  expect(s3).not.toHaveRefused('PutObject');
});

it('a reply of the test says nothing about S3, whatever its status is', async () => {
  s3.on('PutObject').reply({ status: 200 }, { times: 1 }).reply({ status: 403 });
  await put();
  await put();
  expect(s3).not.toHaveApplied('PutObject');
  expect(s3).not.toHaveRefused('PutObject');
  expect(s3.requests.of('PutObject', draft, { status: 403 })).toHaveLength(1);
});

it('a failure that the test asked for is a refusal; a retry after it is applied', async () => {
  s3.on('PutObject').fail('SlowDown', { times: 1, retryAfter: 0 });
  await new S3Client({}).send(new PutObjectCommand({ ...draft, Body: 'a draft' }));
  expect(s3).toHaveRefused('PutObject', draft, { code: 'SlowDown' });
  expect(s3).toHaveApplied('PutObject', draft);
  expect(s3.requests.of('PutObject', draft, { applied: true })).toHaveLength(1);
});

it('an unchanged object is an answer, not a refusal', async () => {
  const [{ etag } = {}] = s3.bucket('vault').versions('free');
  await settled(client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'free', IfNoneMatch: etag })));
  expect(s3.requests.last()?.status).toBe(304);
  expect(s3).toHaveApplied('GetObject', { Key: 'free' });
  expect(s3).not.toHaveRefused('GetObject');
});

it('an operation that the mock lacks is neither applied nor refused by S3', async () => {
  await send(lackingCall);
  expect(s3).not.toHaveApplied(lackingCall.name);
  expect(s3).not.toHaveRefused(lackingCall.name);
  expect(s3).toHaveRefused(lackingCall.name, {}, { code: 'S3MockNotImplemented' });
});

it.each([false, true])('a batch delete is judged by entry (Quiet: %p)', async (Quiet) => {
  const [heldVersion, freeVersion] = [
    { Key: 'held', VersionId: 'v1' },
    { Key: 'free', VersionId: 'v2' },
  ];
  await client.send(
    new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Quiet, Objects: [heldVersion, freeVersion] } }),
  );
  expect(s3.requests.last()?.status).toBe(200);
  expect(s3).toHaveApplied('DeleteObjects', { Delete: { Objects: [freeVersion] } });
  expect(s3).not.toHaveApplied('DeleteObjects', { Delete: { Objects: [heldVersion] } });
  expect(s3).not.toHaveApplied('DeleteObjects');
  expect(s3).toHaveRefused('DeleteObjects', { Delete: { Objects: [heldVersion] } }, { code: 'AccessDenied' });
  expect(s3).not.toHaveRefused('DeleteObjects', { Delete: { Objects: [freeVersion] } });
  expect(() => s3.requests.expectApplied('DeleteObjects', { Delete: { Objects: [heldVersion] } })).toThrow(
    /but S3 refused 1 entry: \{ Key: 'held', VersionId: 'v1' \} with AccessDenied: Access Denied/,
  );
});

it('code that is not awaited is waited for, with fake timers too', async () => {
  jest.useFakeTimers();
  try {
    void put();
    const { input, status } = await s3.requests.waitFor('PutObject', draft);
    expect({ Key: input.Key, status }).toEqual({ Key: 'draft.txt', status: 200 });
    expect(s3.bucket('vault')).toHaveObject('draft.txt');
    await expect(s3.requests.waitFor('GetObject', draft, { timeout: 5 })).rejects.toThrow(
      /^Expected to receive GetObject with .*, but the only request that came is of another operation\.\n/,
    );
  } finally {
    jest.useRealTimers();
  }
});

it('the journal compares with an array, and the handle with its members', async () => {
  await put();
  expect(s3.requests).toMatchObject([{ operation: 'PutObject', input: draft, status: 200 }]);
  expect(s3.requests).not.toMatchObject([{ operation: 'PutObject', status: 403 }]);
  expect(s3.requests).not.toEqual([]);
  expect(s3.requests[0]?.operation).toBe('PutObject');
  expect(s3.bucket('vault')).toMatchObject({ objects: { held: [held] } });
  expect(s3.bucket('vault')).not.toMatchObject({ objects: { held: [{ body: 'other' }] } });
});
