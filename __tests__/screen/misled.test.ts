import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { readFailedErrors } from '../../src/thrown-errors';
import { makeCommand } from '../support/commands';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const RetainUntilDate = '2030-01-01T00:00:00Z';
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:index';
const notification = {
  LambdaFunctionConfigurations: [
    { LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*' as const, 's3:ObjectRemoved:*' as const] },
  ],
};

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      users: { guest: {} },
      buckets: {
        files: { objects: { 'n.json': '{"last":7}', 'names.json': '[]', 'page.txt': 'old' } },
        docs: { versioning: 'Enabled', notification, objects: { 'a.txt': ['a1', 'a2', 'a3', 'a4', 'a5'] } },
        copies: { versioning: 'Enabled' },
        archive: { objects: { 'old.csv': { body: 'a;1', storageClass: 'GLACIER' } } },
        deeds: {
          objectLock: true,
          objects: {
            'a.pdf': [
              { body: '1', versionId: 'v1' },
              { body: '2', versionId: 'v2', retention: { Mode: 'COMPLIANCE', RetainUntilDate } },
            ],
            'kept.pdf': { body: 'k', versionId: 'k1', retention: { Mode: 'COMPLIANCE', RetainUntilDate } },
          },
        },
      },
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const client = () => new sdk.S3Client({ maxAttempts: 1 });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

async function read(Key: string, Bucket = 'files') {
  const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket, Key }));
  return String(await Body?.transformToString());
}
const write = (Key: string, Body: string, more: object = {}) =>
  send('PutObject', { Bucket: 'files', Key, Body, ...more });
const fails = (call: Promise<unknown>) =>
  call.then(
    () => false,
    () => true,
  );

/** Reads an object twice, and then writes it twice. */
async function writeTwice(
  Key: string,
  [one, other]: readonly [string, string],
  between: () => unknown = () => undefined,
) {
  await read(Key);
  await read(Key);
  await write(Key, one);
  await between();
  await write(Key, other);
}

/** Uploads two parts, of 4 and 3 bytes, and completes the upload with the second one. */
async function uploadSecond() {
  const at = { Bucket: 'files', Key: 'db.tar' };
  const { UploadId } = await send('CreateMultipartUpload', at);
  await send('UploadPart', { ...at, UploadId, PartNumber: 1, Body: 'head' });
  const { ETag } = await send('UploadPart', { ...at, UploadId, PartNumber: 2, Body: 'end' });
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 2 }] };
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload });
}

/** Two pages of versions of which the second one leaves out two. */
async function skipTwo() {
  const first = (await send('ListObjectVersions', { Bucket: 'docs', MaxKeys: 3 })) as sdk.ListObjectVersionsOutput;
  await send('ListObjectVersions', { Bucket: 'docs', KeyMarker: first.NextKeyMarker });
}

async function restoreOld() {
  const at = { Bucket: 'archive', Key: 'old.csv' };
  await send('RestoreObject', { ...at, RestoreRequest: { Days: 2, GlacierJobParameters: { Tier: 'Standard' } } });
  s3.clock.advance({ hours: 8 });
  return at;
}

interface Lambda {
  readonly Records: readonly {
    readonly eventName: string;
    readonly s3: { readonly object: { readonly key: string } };
  }[];
}
const seen: string[] = [];
beforeEach(() => void seen.splice(0));
const each = (event: unknown) => (event as Lambda).Records;

const put = async (Key: string) => {
  await send('PutObject', { Bucket: 'docs', Key, Body: 'x' });
  await s3.events.settled();
};
const putAndRemove = async (Key: string) => {
  await put(Key);
  await send('DeleteObject', { Bucket: 'docs', Key });
  await s3.events.settled();
};
const log = (..._: unknown[]) => undefined;
const setVersioning = (Status: string) =>
  send('PutBucketVersioning', { Bucket: 'docs', VersioningConfiguration: { Status } });
const writeDoc = (Body: string, Key = 'b.txt') => send('PutObject', { Bucket: 'docs', Key, Body });

interface Case {
  readonly of: string;
  readonly test: () => unknown;
  readonly hides: string;
}

const cases: readonly Case[] = [
  {
    of: 'two changes, where the type of the object differs',
    async test() {
      await writeTwice('n.json', ['{"last":8}', '{"last":8}']);
      expect(s3.bucket('files')).toHaveObject('n.json', { contentType: 'application/json' });
    },
    hides: 'is lost',
  },
  {
    of: 'one change that is sent twice',
    async test() {
      await writeTwice('page.txt', ['{"theme":"dark"}', '{"theme":"dark"}']);
      expect(JSON.parse(await read('page.txt'))).toEqual({ theme: 'dark', size: 'large' });
    },
    hides: 'is lost',
  },
  {
    of: 'two independent writes, of which the test expects the first alone',
    async test() {
      await writeTwice('page.txt', ['draft one', 'final two']);
      expect(await read('page.txt')).toBe('draft one');
    },
    hides: 'is lost',
  },
  {
    of: 'a delete between two changes',
    async test() {
      await writeTwice('names.json', ['["ann"]', '["bob"]'], () =>
        send('DeleteObject', { Bucket: 'files', Key: 'names.json' }),
      );
      expect(JSON.parse(await read('names.json'))).toEqual(['ann', 'bob']);
    },
    hides: 'is lost',
  },
  {
    of: 'reads of two versions',
    async test() {
      await writeDoc('["x"]', 'n.txt');
      await read('n.txt', 'docs');
      await send('CopyObject', { Bucket: 'docs', Key: 'n.txt', CopySource: 'docs/a.txt' });
      await read('n.txt', 'docs');
      await writeDoc('["ann"]', 'n.txt');
      await writeDoc('["bob"]', 'n.txt');
      expect(['bob']).toEqual(['ann', 'bob']);
    },
    hides: 'is lost',
  },
  {
    of: 'a handler that writes a text with the name to a log',
    async test() {
      s3.deliverTo(arn, (event) => {
        log('s3:ObjectCreated:Put', 'came');
        for (const { s3: record } of each(event)) seen.push(record.object.key);
      });
      await put('plan.md');
      expect(seen).toEqual(['plan.md', 'plan.md']);
    },
    hides: 'Its source has',
  },
  {
    of: 'a handler that knows both forms of a name',
    async test() {
      s3.deliverTo(arn, (event) => {
        for (const { eventName, s3: record } of each(event))
          if (eventName.startsWith('ObjectCreated:') || eventName.startsWith('s3:ObjectCreated:'))
            seen.push(record.object.key);
      });
      await put('plan.md');
      expect(seen).toEqual(['plan.md', 'plan.md']);
    },
    hides: 'Its source has',
  },
  {
    of: 'a handler that makes the longer name elsewhere',
    async test() {
      const named = (name: string) => `s3${':'}${name}`;
      s3.deliverTo(arn, (event) => {
        for (const one of each(event))
          if (named(one.eventName) === 's3:ObjectCreated:Put') seen.push(one.s3.object.key);
      });
      await put('plan.md');
      expect(seen).toEqual(['plan.md', 'plan.md']);
    },
    hides: 'Its source has',
  },
  {
    of: 'a handler that knows both events of a delete',
    async test() {
      s3.deliverTo(arn, (event) => {
        for (const { eventName, s3: record } of each(event))
          if (eventName === 'ObjectRemoved:Delete' || eventName === 'ObjectRemoved:DeleteMarkerCreated')
            seen.push(record.object.key);
      });
      await putAndRemove('plan.md');
      expect(seen).toEqual(['plan.md', 'plan.md']);
    },
    hides: 'Its source has',
  },
  {
    of: 'a handler that sends its requests elsewhere',
    async test() {
      s3.deliverTo(arn, (event) => {
        for (const { s3: record } of each(event)) seen.push(record.object.key);
      });
      await put('plan.md');
      expect(seen).toEqual([]);
    },
    hides: 'sent no request',
  },
  {
    of: 'a handler whose request is still under way',
    async test() {
      s3.on('PutObject', { Bucket: 'copies' }).delay({ milliseconds: 60_000 });
      s3.deliverTo(arn, async () => {
        await send('PutObject', { Bucket: 'copies', Key: 'plan.html', Body: 'x' });
      });
      await send('PutObject', { Bucket: 'docs', Key: 'plan.md', Body: 'x' });
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(s3.bucket('copies')).toHaveObject('plan.html');
    },
    hides: 'The handler of',
  },
  {
    of: 'a handler that has returned before its request is answered',
    async test() {
      s3.on('PutObject', { Bucket: 'copies' }).delay({ milliseconds: 60_000 });
      s3.deliverTo(arn, async () => {
        send('PutObject', { Bucket: 'copies', Key: 'plan.html', Body: 'x' }).catch(() => undefined);
      });
      await send('PutObject', { Bucket: 'docs', Key: 'plan.md', Body: 'x' });
      await s3.events.settled();
      // The rule has met the request, and delays its answer.
      while (s3.unusedRules().length > 0) await new Promise(setImmediate);
      expect(s3.bucket('copies')).toHaveObject('plan.html');
    },
    hides: 'The handler of',
  },
  {
    of: 'a failure after which the code itself sends the request again',
    async test() {
      s3.on('PutObject').fail('InternalError', { times: 1 });
      const again = () => write('a.txt', 'a').catch(() => write('a.txt', 'a'));
      await expect(again().then(() => read('page.txt'))).rejects.toThrow();
    },
    hides: 'was refused with',
  },
  {
    of: 'an object that a user without a policy finds, where the test expects none',
    async test() {
      s3.actAs('guest');
      expect(!(await fails(send('HeadObject', { Bucket: 'files', Key: 'page.txt' })))).toBe(false);
    },
    hides: 'has no policy',
  },
  {
    of: 'another number that differs by as many as the skipped versions',
    async test() {
      await skipTwo();
      expect(['a', 'b', 'c', 'd']).toHaveLength(2);
    },
    hides: 'that no page had',
  },
  {
    of: 'the text of a replaced null version in another bucket',
    async test() {
      await setVersioning('Suspended');
      await writeDoc('step 1');
      await writeDoc('step 2');
      await read('b.txt', 'docs');
      await send('PutObject', { Bucket: 'copies', Key: 'b.txt', Body: 'other' });
      expect(s3.bucket('copies')).toHaveObject('b.txt', { body: 'step 1' });
    },
    hides: 'suspended versioning',
  },
  {
    of: 'the text of a replaced null version of another object that was read last',
    async test() {
      await setVersioning('Suspended');
      await writeDoc('step 1');
      await writeDoc('step 2');
      await read('b.txt', 'docs');
      await setVersioning('Enabled');
      expect(await read('a.txt', 'docs')).toBe('step 1');
    },
    hides: 'suspended versioning',
  },
  {
    of: 'a copy between two writes while versioning is suspended',
    async test() {
      await setVersioning('Suspended');
      await writeDoc('step 1');
      await send('CopyObject', { Bucket: 'docs', Key: 'b.txt', CopySource: 'docs/a.txt' });
      await writeDoc('step 2');
      await setVersioning('Enabled');
      expect(await read('b.txt', 'docs')).toBe('step 1');
    },
    hides: 'replaced the one with',
  },
  {
    of: 'a restore that code has waited for, and then a wrong size',
    async test() {
      const at = await restoreOld();
      await send('HeadObject', at);
      const { ContentLength } = await send('HeadObject', at);
      expect(ContentLength).toBe(9);
    },
    hides: 'a restore leaves',
  },
  {
    of: 'a restore that code has waited for, and then an error of its own',
    async test() {
      const at = await restoreOld();
      await send('HeadObject', at);
      await send('HeadObject', at);
      throw new Error('old.csv has 3 bytes, and not 9');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'a restored object that was copied with its class',
    async test() {
      const at = await restoreOld();
      await send('CopyObject', { ...at, CopySource: 'archive/old.csv', StorageClass: 'DEEP_ARCHIVE' });
      const { StorageClass } = await send('HeadObject', at);
      expect(StorageClass).toBe('STANDARD');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'another number that differs by the bytes of a part that was left out',
    async test() {
      await uploadSecond();
      expect(['a', 'b']).toHaveLength(6);
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'another text that is shorter by the bytes of a part that was left out',
    async test() {
      await uploadSecond();
      expect('plan').toBe('the plan');
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'an object that replaced the one of an upload, and is shorter by the same bytes',
    async test() {
      await uploadSecond();
      await write('db.tar', 'a');
      expect(s3.bucket('files')).toHaveObject('db.tar', { size: 5 });
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a wrong fact after a completion that answered a checksum of parts',
    async test() {
      const at = { Bucket: 'files', Key: 'film' };
      const { UploadId } = await send('CreateMultipartUpload', { ...at, ChecksumAlgorithm: 'SHA256' });
      const part = { ...at, UploadId, PartNumber: 1, Body: 'film', ChecksumAlgorithm: 'SHA256' };
      const { ETag, ChecksumSHA256 } = await send('UploadPart', part);
      const MultipartUpload = { Parts: [{ ETag, ChecksumSHA256, PartNumber: 1 }] };
      await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload });
      expect(seen.includes('film')).toBe(true);
    },
    hides: 'COMPOSITE',
  },
  {
    of: 'a legal hold that was put off',
    async test() {
      const hold = (Status: string, VersionId: string) =>
        send('PutObjectLegalHold', { Bucket: 'deeds', Key: 'a.pdf', VersionId, LegalHold: { Status } });
      await hold('ON', 'v1');
      await hold('OFF', 'v1');
      await expect(send('DeleteObject', { Bucket: 'deeds', Key: 'a.pdf', VersionId: 'v1' })).rejects.toThrow();
    },
    hides: 'a lock belongs to one version',
  },
  {
    of: 'a legal hold without a version that was put off, where a fixture has locked another one',
    async test() {
      await send('PutObjectLegalHold', { Bucket: 'deeds', Key: 'a.pdf', LegalHold: { Status: 'OFF' } });
      await expect(send('DeleteObject', { Bucket: 'deeds', Key: 'a.pdf', VersionId: 'v1' })).rejects.toThrow();
    },
    hides: 'so it locked',
  },
  {
    of: 'a delete above a locked version where the code says that it is unlocked',
    async test() {
      await send('DeleteObject', { Bucket: 'deeds', Key: 'kept.pdf' });
      expect('removed').toBe('unlocked');
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a delete above a locked version where a name of a file is missing',
    async test() {
      await send('DeleteObject', { Bucket: 'deeds', Key: 'kept.pdf' });
      expect(['a.pdf']).toEqual(['a.pdf', 'clocks/time.pdf']);
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a value of the code that differs from metadata which it has read',
    async test() {
      await write('a.txt', 'a', { Metadata: { owner: 'ann' } });
      await send('HeadObject', { Bucket: 'files', Key: 'a.txt' });
      expect('bob of the table').toBe('ann');
    },
    hides: 'as Metadata.',
  },
];

describe('a test that fails for another reason', () => {
  it.each(cases)('is not explained by $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

it('an unhandled rejection is not that of another call with the same error', async () => {
  s3.on('PutObject').fail('AccessDenied');
  const [stray] = await Promise.allSettled([write('a.txt', 'a'), write('b.txt', 'b')]);
  const [missing] = await Promise.allSettled([expect(send('ListObjectsV2', { Bucket: 'files' })).rejects.toThrow()]);
  const errors = [missing, stray].flatMap((one) =>
    one?.status === 'rejected' ? readFailedErrors([one.reason], String) : [],
  );
  const [first, second] = errors;
  const screen = screenOf(control, undefined, {
    errors: [...(first ? [first] : []), ...(second ? [{ ...second, isUnhandled: true as const }] : [])],
  });
  expect(screen).not.toContain('Nobody awaited');
});
