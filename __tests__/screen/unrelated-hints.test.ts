import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const replication = {
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      ...({ ID: 'docs', Priority: 1, Status: 'Enabled', Filter: { Prefix: 'docs/' } } as const),
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: 'arn:aws:s3:::replica' },
    },
  ],
} as const;
const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' } as const;
const expiration = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }] } as const;

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        plain: { objects: { 'hello.txt': 'hello', 'x/1': '1', 'x/2': '2' } },
        vault: { versioning: 'Enabled', objects: { 'a.txt': ['one', 'two'], 'gone.txt': ['x', deleteMarker] } },
        locked: {
          objectLock: true,
          objects: { 'held.pdf': { body: 'x', legalHold: 'ON' }, 'kept.pdf': { body: 'y', retention } },
        },
        aged: { lifecycle: expiration, objects: { 'a.txt': 'a', 'b.txt': 'b' } },
        source: { versioning: 'Enabled', replication },
        replica: { versioning: 'Enabled' },
      },
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await s3.stop();
  control.lifetime.restoreEnvironment();
});

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await new sdk.S3Client({ maxAttempts: 1 }).send(makeCommand(name, input))) as never; // of any command
}

const put = (Bucket: string, Key: string, Body = 'x') => send('PutObject', { Bucket, Key, Body });
const keysOf = ({ Contents = [] }: sdk.ListObjectsV2Output) => Contents.map(({ Key }) => Key);
/** What the code under test has made, and which has nothing to do with S3. */
const made: { readonly hash?: string; readonly mails: readonly string[] } = { mails: [] };

interface Failure {
  readonly of: string;
  readonly test: () => unknown;
}

const others: readonly (Failure & { readonly hides: string })[] = [
  {
    of: 'a lock of another kind than the one of the older version',
    async test() {
      await put('locked', 'held.pdf', 'new');
      expect((await send('HeadObject', { Bucket: 'locked', Key: 'held.pdf' }))['ObjectLockMode']).toBe('COMPLIANCE');
    },
    hides: 'A lock belongs to one version',
  },
  {
    of: 'a legal hold where the older version is retained',
    async test() {
      await put('locked', 'kept.pdf', 'new');
      expect((await send('HeadObject', { Bucket: 'locked', Key: 'kept.pdf' }))['ObjectLockLegalHoldStatus']).toBe('ON');
    },
    hides: 'A lock belongs to one version',
  },
  {
    of: 'a mode that the older version does not have',
    async test() {
      await put('locked', 'kept.pdf', 'new');
      expect((await send('HeadObject', { Bucket: 'locked', Key: 'kept.pdf' }))['ObjectLockMode']).toBe('COMPLIANCE');
    },
    hides: 'A lock belongs to one version',
  },
  {
    of: 'the name of another refusal',
    test: () =>
      expect(send('GetObject', { Bucket: 'vault', Key: 'gone.txt' })).rejects.toMatchObject({ name: 'NotFound' }),
    hides: 'it would have been answered',
  },
  {
    of: 'the code of another refusal',
    async test() {
      const VersionId = s3.bucket('locked').newest('kept.pdf').versionId;
      const deleted = send('DeleteObject', { Bucket: 'locked', Key: 'kept.pdf', VersionId });
      await expect(deleted).rejects.toMatchObject({ name: 'InvalidRequest' });
    },
    hides: 'it would have been answered',
  },
  {
    of: 'the status of another refusal',
    async test() {
      const input = { Bucket: 'plain', Key: 'new.txt', Body: 'x', ACL: 'public-read' };
      const { $metadata } = await send('PutObject', input).catch((error: sdk.S3ServiceException) => error);
      expect($metadata?.httpStatusCode).toBe(403);
    },
    hides: 'it would have been answered',
  },
  {
    of: 'a status after a page',
    async test() {
      await send('ListObjectsV2', { Bucket: 'plain', MaxKeys: 1 });
      expect(200).toBe(404);
    },
    hides: 'only one page',
  },
  {
    of: 'a list that is longer than the page',
    async test() {
      await send('ListObjectsV2', { Bucket: 'plain', MaxKeys: 1 });
      expect(['a', 'b', 'c']).toHaveLength(4);
    },
    hides: 'only one page',
  },
  {
    of: 'a key below a prefix that is not there',
    async test() {
      const page = await send('ListObjectsV2', { Bucket: 'plain', Delimiter: '/' });
      expect(keysOf(page)).toEqual(['hello.txt', 'x/9']);
    },
    hides: 'List without a Delimiter',
  },
  {
    of: 'a key that is not there, behind itself',
    async test() {
      expect(keysOf(await send('ListObjectsV2', { Bucket: 'plain', StartAfter: 'none' }))).toEqual(['none']);
    },
    hides: 'leaves that key itself out',
  },
  {
    of: 'an MD5 after a write without a version id',
    async test() {
      await put('plain', 'new.txt');
      expect(made.hash).toBe('9dd4e461268c8034f5c8564e155c67a6');
    },
    hides: 'has no VersionId',
  },
  {
    of: 'a SHA-256 after a listing without owners',
    async test() {
      await send('ListObjectsV2', { Bucket: 'plain' });
      expect(made.hash).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    },
    hides: 'has no Owner',
  },
  {
    of: 'a text in Base64 after a read without checksums',
    async test() {
      await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
      expect(made.hash).toBe('aGVsbG8=');
    },
    hides: 'has no Checksum',
  },
  {
    of: 'a text about regions',
    async test() {
      await put('plain', 'new.txt');
      expect('sales by country').toBe('sales by region');
    },
    hides: 'AWS_REGION',
  },
  {
    of: 'the number of something else, after two writes of a key',
    async test() {
      await put('plain', 'state.json', '1');
      await put('plain', 'state.json', '2');
      expect(['mail']).toHaveLength(2);
    },
    hides: 'each write replaces',
  },
  {
    of: 'a body, after the clock was moved',
    async test() {
      s3.clock.advance({ days: 3 });
      await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
      expect('hello').toBe('something else');
    },
    hides: 'Date.now()',
  },
  {
    of: 'a member of something else, after a listing and a write',
    async test() {
      await send('ListObjectsV2', { Bucket: 'replica' });
      await put('replica', 'a.txt');
      const settings: { user?: { name: string } } = {};
      return (settings.user as { name: string }).name;
    },
    hides: 'await the write first',
  },
  {
    of: 'a value that came after a delete',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'a.txt' });
      await expect(Promise.resolve('cached')).rejects.toThrow();
    },
    hides: 'has no VersionId',
  },
];

const meant: readonly (Failure & { readonly says: string })[] = [
  {
    of: 'the mode of the older version',
    async test() {
      await put('locked', 'kept.pdf', 'new');
      expect((await send('HeadObject', { Bucket: 'locked', Key: 'kept.pdf' }))['ObjectLockMode']).toBe('GOVERNANCE');
    },
    says: 'Send ObjectLockMode and ObjectLockRetainUntilDate with the write',
  },
  {
    of: 'the id of a version without versioning',
    async test() {
      expect((await put('vault', 'a.txt'))['VersionId']).toBe('null');
    },
    says: "PutObject vault/a.txt answered the id of a version that was written while versioning was Enabled; S3 gives a version the id 'null' only while it is not.",
  },
  {
    of: 'a replica that a delete marker should hide, by a handle',
    async test() {
      await put('source', 'docs/a');
      s3.clock.advance({ minutes: 20 });
      await send('DeleteObject', { Bucket: 'source', Key: 'docs/a' });
      s3.clock.advance({ minutes: 20 });
      expect(s3.bucket('replica').keys).toEqual([]);
    },
    says: "replica/docs/a: the delete marker on source/docs/a is not copied: rule 'docs' copies no delete markers",
  },
  {
    of: 'a replica that a delete marker should hide, by a listing',
    async test() {
      await put('source', 'docs/a');
      s3.clock.advance({ minutes: 20 });
      await send('DeleteObject', { Bucket: 'source', Key: 'docs/a' });
      s3.clock.advance({ minutes: 20 });
      expect(keysOf(await send('ListObjectsV2', { Bucket: 'replica' }))).toEqual([]);
    },
    says: "replica/docs/a: the delete marker on source/docs/a is not copied: rule 'docs' copies no delete markers",
  },
  {
    of: 'several keys that a lifecycle rule has left',
    test() {
      s3.clock.advance({ days: 1 });
      expect(s3.bucket('aged').keys).toEqual([]);
    },
    says: "By lifecycle, the null version of 'a.txt' expires on 2026-04-01",
  },
  {
    of: 'the times of S3 that code has compared with another clock',
    async test() {
      s3.clock.advance({ days: 3 });
      await send('HeadObject', { Bucket: 'plain', Key: 'hello.txt' });
      expect('fresh').toBe('expired');
    },
    says: 'Date.now()',
  },
];

describe('a failure that has nothing to do with a hint', () => {
  it.each(others)('of $of does not show it', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

describe('a failure that a hint explains', () => {
  it.each(meant)('of $of shows it', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
});
