import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';

let control: MockControl;
let s3: MockS3;

const pruning = {
  Rules: [{ Status: 'Enabled' as const, Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
};

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        logs: { versioning: 'Enabled', objects: { 'app.log': ['one', 'two'] } },
        pruned: { versioning: 'Enabled', objects: { 'app.log': ['one', 'two'] }, lifecycle: pruning },
        plain: {},
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

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });
  return (await client.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const write = (Bucket: string, Key: string, Body: string, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const versioning = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const listVersions = async (Bucket: string, Prefix: string) =>
  (await send('ListObjectVersions', { Bucket, Prefix })) as unknown as sdk.ListObjectVersionsOutput;

async function stopAndWrite(Bucket: string, ...bodies: readonly string[]) {
  await versioning(Bucket, 'Suspended');
  for (const body of bodies) await write(Bucket, 'app.log', body);
}
const textsOf = (bucket: string) =>
  s3
    .bucket(bucket)
    .versions('app.log')
    .map((one) => String(one.body));
const staysOf = (what: string) =>
  `The versioning of bucket 'logs' is Suspended, so PutObject logs/app.log replaces the null version alone, if there is one. The ${what}`;
const stayed = 'replaces the null version alone';

tryAll(
  'a version with an id below the null version',
  [
    {
      of: 'the version that was current',
      async test() {
        await stopAndWrite('logs', 'three', 'four');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'four']);
      },
      says: `${staysOf("version 'two' has an id, and stays")}: expect it as well, or delete it by its VersionId.`,
    },
    {
      of: 'all versions',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', [{ body: 'three' }]);
      },
      says: `${staysOf("versions 'one', 'two' have ids, and stay")}: expect them as well, or delete each by its VersionId.`,
    },
    {
      of: 'more versions than a sentence names',
      async test() {
        await write('logs', 'app.log', 'three');
        await write('logs', 'app.log', 'four');
        await stopAndWrite('logs', 'five');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['five']);
      },
      says: staysOf("versions up to 'four' have ids, and stay"),
    },
    {
      of: 'texts of a handle',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'one']);
      },
      says: staysOf("version 'two' has"),
    },
    {
      of: 'the number of versions',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs').versions('app.log')).toHaveLength(1);
      },
      says: staysOf("versions 'one', 'two' have"),
    },
    {
      of: 'the number of versions that S3 lists',
      async test() {
        await stopAndWrite('logs', 'three');
        const { Versions = [] } = await listVersions('logs', 'app.log');
        expect(Versions.length).toBe(2);
      },
      says: staysOf("version 'two' has"),
    },
  ],
  [
    {
      of: 'a rule that should have removed the versions',
      async test() {
        await stopAndWrite('pruned', 'three');
        expect(s3.bucket('pruned')).toHaveVersions('app.log', ['three']);
      },
      hides: stayed,
    },
    {
      of: 'a delete that should have removed the version',
      async test() {
        await stopAndWrite('logs', 'three');
        await send('DeleteObject', { Bucket: 'logs', Key: 'app.log', VersionId: 'null' });
        await write('logs', 'app.log', 'four');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'four']);
      },
      hides: stayed,
    },
    {
      of: 'versioning that is still Enabled',
      async test() {
        await write('logs', 'app.log', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'versioning that was enabled again',
      async test() {
        await stopAndWrite('logs', 'three');
        await versioning('logs', 'Enabled');
        await write('logs', 'app.log', 'four');
        await versioning('logs', 'Suspended');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'two', 'four']);
      },
      hides: stayed,
    },
    {
      of: 'a write that should not have come',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'two']);
      },
      hides: stayed,
    },
    {
      of: 'a version that is missing besides',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['zero', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'a text that no version has, of a handle',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'zero']);
      },
      hides: stayed,
    },
    {
      of: 'a version in the middle of the stack',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'two']);
      },
      hides: stayed,
    },
    {
      of: 'a type that differs besides',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', { body: 'three', contentType: 'text/css' }]);
      },
      hides: stayed,
    },
    {
      of: 'a write by the fixture',
      async test() {
        await versioning('logs', 'Suspended');
        s3.bucket('logs').put('app.log', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'the number of objects that a handle has',
      async test() {
        await stopAndWrite('logs', 'three');
        await write('logs', 'b', 'b');
        await write('logs', 'c', 'c');
        expect(s3.bucket('logs').keys).toHaveLength(2);
      },
      hides: stayed,
    },
    {
      of: 'another number',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs').versions('app.log')).toHaveLength(5);
      },
      hides: stayed,
    },
  ],
);
