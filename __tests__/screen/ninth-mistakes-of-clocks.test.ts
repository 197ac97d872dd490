import * as sdk from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE') => ({
  body: '{}',
  versionId: `of-${Mode}`,
  retention: { Mode, RetainUntilDate: '2027-03-01T00:00:00Z' },
});
const held = { body: '{}', versionId: 'of-hold', legalHold: 'ON' as const };
const writer = {
  policy: {
    Version: '2012-10-17' as const,
    Statement: [{ Effect: 'Allow' as const, Action: 's3:PutObject', Resource: 'arn:aws:s3:::metrics/*' }],
  },
};

function start(now: string | undefined): void {
  const options = {
    buckets: {
      archive: { objects: { '2019.csv': { body: 'id', storageClass: 'GLACIER' as const }, 'b.csv': 'b' } },
      ledger: { objectLock: true as const, objects: { a: retain('COMPLIANCE'), b: retain('GOVERNANCE'), c: held } },
      metrics: {},
      avatars: {},
      uploads: {
        objects: {
          'old.tmp': { body: 'x', lastModified: '2026-02-01T12:00:00Z' },
          'new.tmp': { body: 'y', lastModified: '2026-03-01T10:00:00Z' },
        },
      },
    },
    roles: { writer },
  };
  control = createMock(now === undefined ? options : { ...options, now }, mockS3);
  control.lifetime.start();
  s3 = control.mock;
}

beforeEach(() => start('2026-03-01T12:00:00Z'));
afterEach(stop);

async function stop(): Promise<void> {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
}

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object, more: sdk.S3ClientConfig = {}): Promise<Record<string, never>> {
  const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1', ...more });
  return (await client.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const cold = { Bucket: 'archive', Key: '2019.csv' };
const restore = (of: object = cold) =>
  send('RestoreObject', { ...of, RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: 'Expedited' } } });
const askLater =
  'came at once. In the code, read later: ask HeadObject until its Restore says ongoing-request="false". In the test, call s3.clock.advance between both.';

tryAll(
  'a read right after the restore',
  [
    {
      of: 'by GetObject',
      async test() {
        await restore();
        await send('GetObject', cold);
      },
      says: `RestoreObject archive/2019.csv only asks for the restore, and GetObject archive/2019.csv ${askLater}`,
    },
    {
      of: 'by a copy',
      async test() {
        await restore();
        await send('CopyObject', { Bucket: 'avatars', Key: 'copy', CopySource: 'archive/2019.csv' });
      },
      says: `and CopyObject avatars/copy ${askLater}`,
    },
  ],
  [
    {
      of: 'a read without a restore',
      async test() {
        await send('GetObject', cold);
      },
      hides: askLater,
    },
    {
      of: 'a clock that was moved too little',
      async test() {
        await restore();
        s3.clock.advance({ minutes: 1 });
        await send('GetObject', cold);
      },
      hides: askLater,
    },
    {
      of: 'a refusal that the test has expected',
      async test() {
        await restore();
        await expect(send('GetObject', cold)).rejects.toThrow();
        expect(1).toBe(2);
      },
      hides: askLater,
    },
    {
      of: 'a restore of another version',
      async test() {
        await send('PutBucketVersioning', { Bucket: 'archive', VersioningConfiguration: { Status: 'Enabled' } });
        await send('PutObject', { ...cold, Body: 'x', StorageClass: 'GLACIER' });
        await restore({ ...cold, VersionId: 'null' });
        await send('GetObject', cold);
      },
      hides: askLater,
    },
    {
      of: 'a restore after the read',
      async test() {
        const refusal = await send('GetObject', cold).catch((error: unknown) => error);
        await restore();
        throw refusal;
      },
      hides: askLater,
    },
  ],
);

const forever =
  "Nobody can shorten or end a retention in COMPLIANCE mode before its date. If somebody has to be able to, lock the version with Mode: 'GOVERNANCE'.";
const pastRetention = 's3.clock.advance moves it past the retention';
const locked = { Bucket: 'ledger', Key: 'a', VersionId: 'of-COMPLIANCE' };
const shorter = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2026-04-01') };

tryAll(
  'a lock that nobody lifts',
  [
    {
      of: 'a delete with the bypass',
      test: () => send('DeleteObject', { ...locked, BypassGovernanceRetention: true }),
      says: forever,
    },
    {
      of: 'a shorter retention with the bypass',
      test: () => send('PutObjectRetention', { ...locked, Retention: shorter, BypassGovernanceRetention: true }),
      says: forever,
    },
    {
      of: 'an entry of a batch with the bypass',
      async test() {
        const Objects = [{ Key: 'a', VersionId: 'of-COMPLIANCE' }];
        await send('DeleteObjects', { Bucket: 'ledger', Delete: { Objects }, BypassGovernanceRetention: true });
        expect(s3.bucket('ledger').versions('a')).toHaveLength(0);
      },
      says: forever,
    },
    {
      of: 'a delete that waits for the end',
      test: () => send('DeleteObject', locked),
      says: pastRetention,
    },
  ],
  [
    {
      of: 'the end of the retention, with the bypass',
      test: () => send('DeleteObject', { ...locked, BypassGovernanceRetention: true }),
      hides: pastRetention,
    },
    {
      of: 'no bypass',
      test: () => send('DeleteObject', locked),
      hides: forever,
    },
    {
      of: 'a clock that was moved',
      async test() {
        s3.clock.advance({ days: 30 });
        await send('DeleteObject', { ...locked, BypassGovernanceRetention: true });
      },
      hides: forever,
    },
    {
      of: 'a legal hold',
      test: () =>
        send('DeleteObject', {
          ...{ Bucket: 'ledger', Key: 'c', VersionId: 'of-hold' },
          BypassGovernanceRetention: true,
        }),
      hides: forever,
    },
    {
      of: 'another mode',
      test: () => send('DeleteObject', { Bucket: 'ledger', Key: 'b', VersionId: 'of-GOVERNANCE' }),
      hides: forever,
    },
  ],
);

const RoleArn = 'arn:aws:iam::000000000000:role/writer';

async function assumeRole() {
  const client = new STSClient({ region: 'us-east-1' });
  const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'metrics' }));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}
const measure = (credentials: sdk.S3ClientConfig['credentials'] = { accessKeyId: '', secretAccessKey: '' }) =>
  send('PutObject', { Bucket: 'metrics', Key: '1.json', Body: '1' }, { credentials });
const copied =
  'PutObject metrics/1.json was signed with the keys of an earlier AssumeRole. If the code has copied them, they end with their session: give the client a provider, which asks again';

tryAll(
  'the keys of a session that has ended',
  [
    {
      of: 'keys of an AssumeRole of the test',
      async test() {
        const keys = await assumeRole();
        s3.clock.advance({ hours: 2 });
        await measure(keys);
      },
      says: `${copied}, such as fromTemporaryCredentials of @aws-sdk/credential-providers. A provider asks again by Date, which s3.clock.advance does not move: without the option now, the clock of the mock follows a faked Date, so move that instead.`,
    },
    {
      of: 'keys of a session of the account',
      async test() {
        const { Credentials: keys } = await new STSClient({ region: 'us-east-1' }).send(new GetSessionTokenCommand({}));
        s3.clock.advance({ days: 2 });
        await measure({
          accessKeyId: keys?.AccessKeyId ?? '',
          secretAccessKey: keys?.SecretAccessKey ?? '',
          sessionToken: keys?.SessionToken ?? '',
        });
      },
      says: 'an earlier GetSessionToken. If the code has copied them, they end with their session: give the client a provider, which calls GetSessionToken again.',
    },
  ],
  [
    {
      of: 'a session that goes on',
      async test() {
        await measure(await assumeRole());
        expect(1).toBe(2);
      },
      hides: 'If the code has copied them',
    },
    {
      of: 'an end that the test has expected',
      async test() {
        const keys = await assumeRole();
        s3.clock.advance({ hours: 2 });
        await expect(measure(keys)).rejects.toThrow();
        expect(1).toBe(2);
      },
      hides: 'If the code has copied them',
    },
    {
      of: 'keys of another session',
      async test() {
        const keys = await assumeRole();
        s3.requests.clear();
        s3.clock.advance({ hours: 2 });
        await assumeRole();
        await measure(keys);
      },
      hides: 'If the code has copied them',
    },
    {
      of: 'keys of no request',
      async test() {
        const keys = await assumeRole();
        s3.requests.clear();
        s3.clock.advance({ hours: 2 });
        await measure(keys);
      },
      hides: 'If the code has copied them',
    },
  ],
);

const byDate = 'for code that compares LastModified with Date.now()';
const tidy = async (keys: readonly string[]) => {
  await send('ListObjectsV2', { Bucket: 'uploads' });
  for (const Key of keys) await send('DeleteObject', { Bucket: 'uploads', Key });
};
const tidyAll = () => tidy(['new.tmp', 'old.tmp']);

tryAll(
  'objects that were deleted by their age',
  [
    {
      of: 'one by one',
      async test() {
        await tidyAll();
        expect(s3.bucket('uploads')).toHaveObject('new.tmp');
      },
      says: "also 'new.tmp'. The code deleted all of them: if it chose them by their age, set the system time of the runner's fake timers",
    },
    {
      of: 'in a batch',
      async test() {
        await tidy([]);
        const Objects = [{ Key: 'new.tmp' }, { Key: 'old.tmp' }];
        await send('DeleteObjects', { Bucket: 'uploads', Delete: { Objects } });
        expect(s3.bucket('uploads')).toHaveObject('new.tmp', { body: 'y' });
      },
      says: byDate,
    },
  ],
  [
    {
      of: 'the oldest object',
      async test() {
        await tidyAll();
        expect(s3.bucket('uploads')).toHaveObject('old.tmp');
      },
      hides: byDate,
    },
    {
      of: 'some of the objects',
      async test() {
        await tidy(['new.tmp']);
        expect(s3.bucket('uploads')).toHaveObject('new.tmp');
      },
      hides: byDate,
    },
    {
      of: 'objects that nobody has listed',
      async test() {
        for (const Key of ['new.tmp', 'old.tmp']) await send('DeleteObject', { Bucket: 'uploads', Key });
        expect(s3.bucket('uploads')).toHaveObject('new.tmp');
      },
      hides: byDate,
    },
    {
      of: 'a clock that was moved',
      async test() {
        const Rules = [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: 'x' }, Expiration: { Days: 9 } }];
        await send('PutBucketLifecycleConfiguration', { Bucket: 'uploads', LifecycleConfiguration: { Rules } });
        s3.clock.advance({ hours: 1 });
        await tidyAll();
        expect(s3.bucket('uploads')).toHaveObject('new.tmp');
      },
      hides: 'The code deleted all of them',
    },
    {
      of: 'a listing of another bucket',
      async test() {
        for (const Key of ['new.tmp', 'old.tmp']) await send('PutObject', { Bucket: 'avatars', Key, Body: 'z' });
        await tidy([]);
        for (const Key of ['new.tmp', 'old.tmp']) await send('DeleteObject', { Bucket: 'avatars', Key });
        expect(s3.bucket('avatars')).toHaveObject('new.tmp');
      },
      hides: byDate,
    },
    {
      of: 'a key that is missing elsewhere',
      async test() {
        await tidyAll();
        expect(s3.bucket('avatars')).toHaveObject('new.tmp');
      },
      hides: byDate,
    },
  ],
);

it('objects that are not older by Date than the oldest one are not explained by Date', async () => {
  await stop();
  start(new Date(Date.now() - 3_600_000).toISOString());
  const screen = await screenOfTest(control, async () => {
    await tidyAll();
    expect(s3.bucket('uploads')).toHaveObject('new.tmp');
  });
  expect(screen).not.toContain(byDate);
});

it('objects that are young by the clock of the process are not old by it', async () => {
  await stop();
  start(undefined);
  for (const Key of ['new.tmp', 'old.tmp']) await send('PutObject', { Bucket: 'uploads', Key, Body: 'z' });
  const screen = await screenOfTest(control, async () => {
    await tidyAll();
    expect(s3.bucket('uploads')).toHaveObject('new.tmp');
  });
  expect(screen).not.toContain(byDate);
});
