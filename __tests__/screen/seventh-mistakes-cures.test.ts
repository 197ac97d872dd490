import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import '../../src/testing/jest';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

function start(options: MockS3Options = {}): void {
  control = createMock(
    {
      buckets: {
        jobs: { objects: { log: 'first\nsecond\n' } },
        archive: { objects: { 'a.pdf': { body: 'pdf', storageClass: 'GLACIER' } } },
        invoices: { objectLock: true },
        site: { versioning: 'Enabled', objects: { 'index.html': ['old', 'new'] } },
      },
      ...options,
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
}
beforeEach(() => start());
afterEach(async () => {
  jest.useRealTimers();
  await s3.stop();
  control.lifetime.restoreEnvironment();
});
async function restart(options: MockS3Options): Promise<void> {
  await s3.stop();
  control.lifetime.restoreEnvironment();
  start(options);
}

const client = () => new sdk.S3Client({ maxAttempts: 1 });

it('a write of the first object with IfMatch: * is told of IfNoneMatch', async () => {
  const write = (condition: object) =>
    client().send(new sdk.PutObjectCommand({ Bucket: 'jobs', Key: 'counter', Body: '1', ...condition }));
  const screen = await screenOfTest(control, () => write({ IfMatch: '*' }));
  expect(screen).toContain("to write only where the key has no object, send IfNoneMatch: '*'");
  await write({ IfNoneMatch: '*' });
});

describe('a range that S3 ignored', () => {
  it.each([
    ['bytes=6', 'bytes=6-'],
    ['6', 'bytes=6-'],
    ['bytes 0-4', 'bytes=0-4'],
    ['bytes=9-4', 'bytes=0-99'],
    ['lines=six', 'bytes=0-99'],
  ])('%s is written as %s', async (Range, written) => {
    const test = async () => {
      const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket: 'jobs', Key: 'log', Range }));
      expect(await Body?.transformToString()).toBe('second\n');
    };
    expect(await screenOfTest(control, test)).toContain(`send it as ${written};`);
  });
});

describe('a restore that a test waited for', () => {
  const restore = (Tier: sdk.Tier) =>
    client().send(
      new sdk.RestoreObjectCommand({
        Bucket: 'archive',
        Key: 'a.pdf',
        RestoreRequest: { Days: 1, GlacierJobParameters: { Tier } },
      }),
    );
  const look = () => client().send(new sdk.HeadObjectCommand({ Bucket: 'archive', Key: 'a.pdf' }));
  const timedOut = () => screenOf(control, 'Exceeded timeout of 5000 ms for a test.', { isTimedOut: true });
  const timers = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'setTimeout'] as const;

  it('is told how long S3 takes from the request on, if the clock follows the time', async () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    jest.useFakeTimers({ now, doNotFake: [...timers, 'clearTimeout', 'clearInterval', 'performance', 'hrtime'] });
    await restart({ buckets: { archive: { objects: { 'a.pdf': { body: 'pdf', storageClass: 'GLACIER' } } } } });
    await restore('Expedited');
    jest.setSystemTime(now + 4000);
    await look();
    expect(timedOut()).toContain('2026-03-01T12:05:00.000Z, after s3.clock.advance({ minutes: 5 })');
  });

  it('is told what is left, if the test moves the clock', async () => {
    await restart({
      now: '2026-03-01T12:00:00Z',
      buckets: { archive: { objects: { 'a.pdf': { body: 'pdf', storageClass: 'GLACIER' } } } },
    });
    await restore('Expedited');
    s3.clock.advance({ minutes: 2 });
    await look();
    expect(timedOut()).toContain('2026-03-01T12:05:00.000Z, after s3.clock.advance({ minutes: 3 })');
  });
});

describe('a retention in the past of the mock', () => {
  const lock = (until: number) =>
    client().send(
      new sdk.PutObjectCommand({
        Bucket: 'invoices',
        Key: '1.pdf',
        Body: 'pdf',
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: new Date(until),
      }),
    );
  const day = 86_400_000;
  const cure = "set the system time of the runner's fake timers to s3.clock.now(), or leave out the option now";

  it('is in the future by Date', async () => {
    await restart({ now: '2100-01-01T00:00:00Z', buckets: { invoices: { objectLock: true } } });
    expect(await screenOfTest(control, () => lock(Date.now() + day))).toContain(cure);
  });

  it('is not the reason if S3 refused the mode', async () => {
    const test = () =>
      client().send(
        new sdk.PutObjectCommand({
          Bucket: 'invoices',
          Key: '1.pdf',
          Body: 'pdf',
          ObjectLockMode: 'STRICT' as sdk.ObjectLockMode,
          ObjectLockRetainUntilDate: new Date(Date.now() + day),
        }),
      );
    expect(await screenOfTest(control, test)).not.toContain(cure);
  });

  it('is in the past by Date as well', async () => {
    expect(await screenOfTest(control, () => lock(Date.now() - day))).not.toContain(cure);
  });
});

it('a source whose version id is encoded is told how to write it in a CopySource', async () => {
  const [oldest] = s3.bucket('site').versions('index.html');
  const source = `site/index.html?versionId=${oldest?.versionId}`;
  const copy = (CopySource: string) =>
    client().send(new sdk.CopyObjectCommand({ Bucket: 'site', Key: 'index.html', CopySource }));
  const screen = await screenOfTest(control, () => copy(encodeURIComponent(source)));
  expect(screen).toContain('in a CopySource, encode the key alone, and write ?versionId= behind it');
  await copy(source);
});

it('a copy between two regions of IBM COS is told to read in one and to write in the other', async () => {
  const regions = { 'backup-us': 'us-south-standard', 'backup-eu': 'eu-de-standard' };
  const [[us, south], [eu, de]] = Object.entries(regions) as [[string, string], [string, string]];
  await restart({ buckets: { [us]: { region: south, objects: { 'db.tar': 'tar' } }, [eu]: { region: de } } });
  const endpoint = 'https://s3.eu-de.cloud-object-storage.appdomain.cloud';
  const cos = new sdk.S3Client({ maxAttempts: 1, endpoint, forcePathStyle: true });
  const copy = new sdk.CopyObjectCommand({ Bucket: eu, Key: 'db.tar', CopySource: `${us}/db.tar` });
  expect(await screenOfTest(control, () => cos.send(copy))).toContain(
    'read the object with a client of us-south, and write it with one of eu-de',
  );
  const read = new sdk.GetObjectCommand({ Bucket: us, Key: 'db.tar' });
  expect(await screenOfTest(control, () => cos.send(read))).toContain('give the client a host of us-south');
});
