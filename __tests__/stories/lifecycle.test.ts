import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const client = new S3Client({ region: 'us-east-1' });
const put = (Key: string, Body = 'data') => client.send(new PutObjectCommand({ Bucket: 'logs', Key, Body }));
const setRules = (...Rules: LifecycleRule[]) =>
  client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: 'logs', LifecycleConfiguration: { Rules } }));
const enableVersioning = () =>
  client.send(new PutBucketVersioningCommand({ Bucket: 'logs', VersioningConfiguration: { Status: 'Enabled' } }));

async function seen(): Promise<{ listed: number; stored: number }> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'logs' }));
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'logs' }));
  return { listed: Contents.length, stored: Versions.length + DeleteMarkers.length };
}

const expireAfter30: LifecycleRule = { ID: 'expire', Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } };
const removeNoncurrent: LifecycleRule = {
  ID: 'noncurrent',
  Status: 'Enabled',
  Filter: {},
  NoncurrentVersionExpiration: { NoncurrentDays: 7 },
};

const s3 = mockS3({ now: '2026-01-15T10:30:00Z', buckets: { logs: {} } });

describe('a bucket whose logs expire', () => {
  it('is empty after 30 days if versioning was never set', async () => {
    await setRules(expireAfter30);
    for (const day of [1, 2, 3]) await put(`day-${day}.log`);
    s3.clock.advance({ days: 31 });
    expect(await seen()).toEqual({ listed: 0, stored: 0 });
  });

  it('collects noncurrent versions once versioning is enabled, until it has a noncurrent rule', async () => {
    await setRules(expireAfter30);
    await put('before.log');
    await enableVersioning();
    await put('app.log', 'first');
    await put('app.log', 'second');

    s3.clock.advance({ days: 31 });
    expect(await seen()).toEqual({ listed: 0, stored: 5 });
    s3.clock.advance({ days: 365 });
    expect(await seen()).toEqual({ listed: 0, stored: 5 });

    await setRules(expireAfter30, removeNoncurrent);
    s3.clock.advance({ days: 1 });
    // The delete markers have no versions any more, long after their 30 days; the next midnight removes them, too.
    expect(await seen()).toEqual({ listed: 0, stored: 2 });
    s3.clock.advance({ days: 1 });
    expect(await seen()).toEqual({ listed: 0, stored: 0 });
  });

  it('names in every answer the time at which an object expires, and the rule', async () => {
    await setRules(expireAfter30);
    const told = 'expiry-date="Sun, 15 Feb 2026 00:00:00 GMT", rule-id="expire"';
    expect((await put('app.log')).Expiration).toBe(told);
    const { Expiration } = await client.send(new HeadObjectCommand({ Bucket: 'logs', Key: 'app.log' }));
    expect(Expiration).toBe(told);

    s3.clock.set('2026-02-14T23:59:59Z');
    expect(await seen()).toEqual({ listed: 1, stored: 1 });
    s3.clock.set('2026-02-15T00:00:00Z');
    expect(await seen()).toEqual({ listed: 0, stored: 0 });
  });
});

describe('a bucket that keeps two old versions', () => {
  beforeEach(async () => {
    await enableVersioning();
    await setRules(
      {
        ID: 'keep two',
        Status: 'Enabled',
        Filter: { Prefix: 'report' },
        NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 },
      },
      { ID: 'markers', Status: 'Enabled', Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } },
    );
  });

  it('loses only the older ones', async () => {
    for (const body of ['first', 'second', 'third', 'fourth', 'fifth']) await put('report.pdf', body);
    s3.clock.advance({ days: 30 });
    const bodies = s3
      .bucket('logs')
      .versions('report.pdf')
      .map(({ body }) => String(body));
    expect(bodies).toEqual(['fifth', 'fourth', 'third']);
  });

  it('keeps the last two versions of a deleted report, and removes delete markers without versions', async () => {
    await put('report.pdf', 'first');
    await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key: 'report.pdf' }));
    await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key: 'never-there' }));
    s3.clock.advance({ days: 30 });
    expect(
      s3
        .bucket('logs')
        .versions()
        .map(({ key, deleteMarker }) => [key, deleteMarker]),
    ).toEqual([
      ['report.pdf', true],
      ['report.pdf', false],
    ]);
  });
});

describe('the lifecycle of a mock reports', () => {
  it('its plan, before anything happens', async () => {
    await enableVersioning();
    await setRules(expireAfter30, removeNoncurrent);
    const { VersionId } = await put('app.log');
    const plan = s3.lifecycle.plan();
    expect(plan.map(({ at, action, rule }) => `${at.toISOString().slice(0, 10)} ${action} by ${rule}`)).toEqual([
      '2026-02-15 expire by expire',
      '2026-02-22 remove by noncurrent',
      '2026-03-17 remove by expire',
    ]);
    expect(plan[0]).toMatchObject({ bucket: 'logs', key: 'app.log', versionId: VersionId });
    expect(await seen()).toEqual({ listed: 1, stored: 1 });
  });

  it('its actions, apart from the requests', async () => {
    await setRules(expireAfter30);
    await put('app.log');
    s3.clock.advance({ days: 31 });
    await client.send(new ListObjectsV2Command({ Bucket: 'logs' }));

    expect(s3.requests.serviceActions).toMatchObject([{ action: 'expire', key: 'app.log', rule: 'expire' }]);
    s3.requests.expectNone('DeleteObject');
    expect(s3.requests).toHaveLength(3);
    expect(String(s3.requests)).toMatch(
      /PutObject .*\n +2026-02-15 00:00 {2}S3\.EXPIRE\.OBJECT {2}logs\/app\.log .*\n .*ListObjectsV2/,
    );
  });

  it('its rules as S3 stores them, whether a client or a test set them', async () => {
    const rules: LifecycleRule[] = [expireAfter30, { ...removeNoncurrent, Status: 'Disabled' }];
    s3.bucket('logs').lifecycle = { Rules: rules };
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'logs' }));
    expect(Rules).toEqual(rules);
    s3.requests.clear();
    await setRules(removeNoncurrent);
    s3.requests.expect('PutBucketLifecycleConfiguration', {
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 7 } }] },
    });
    expect(s3.bucket('logs').lifecycle).toEqual({ Rules: [removeNoncurrent] });
  });
});

it('an upload that nobody completes is aborted', async () => {
  await setRules({
    ID: 'tidy',
    Status: 'Enabled',
    Filter: {},
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  });
  const { AbortDate, AbortRuleId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket: 'logs', Key: 'big.bin' }),
  );
  expect({ AbortDate, AbortRuleId }).toEqual({ AbortDate: new Date('2026-01-23'), AbortRuleId: 'tidy' });
  const open = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket: 'logs' }))).Uploads ?? [];
  s3.clock.set('2026-01-22T23:00:00Z');
  expect(await open()).toHaveLength(1);
  s3.clock.advance({ hours: 1 });
  expect(await open()).toHaveLength(0);
});

it('a version under retention expires after the retention', () => {
  const vault = s3.createBucket('vault', {
    objectLock: true,
    lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }] },
  });
  vault.put('ledger', 'first', { retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2026-03-01T12:00:00Z' } });
  vault.put('ledger', 'second');
  s3.clock.set('2026-03-01T23:59:59Z');
  expect(vault.versions('ledger')).toHaveLength(2);
  s3.clock.set('2026-03-02T00:00:00Z');
  expect(vault.versions('ledger').map(({ body }) => String(body))).toEqual(['second']);
});

describe('older clients', () => {
  it("SDK v2's PutBucketLifecycle sets rules that have their own prefix", async () => {
    const old = new AwsS3({ region: 'us-east-1' });
    const Rules = [{ ID: 'old', Prefix: 'tmp/', Status: 'Enabled' as const, Expiration: { Days: 1 } }];
    await old.putBucketLifecycle({ Bucket: 'logs', LifecycleConfiguration: { Rules } }).promise();
    expect((await old.getBucketLifecycle({ Bucket: 'logs' }).promise()).Rules).toEqual(Rules);
    s3.requests.expect('PutBucketLifecycle', { LifecycleConfiguration: { Rules } });
    await put('tmp/a');
    await put('kept');
    s3.clock.advance({ days: 2 });
    expect(
      s3
        .bucket('logs')
        .versions()
        .map(({ key }) => key),
    ).toEqual(['kept']);
  });

  it("IBM's SDK sets rules on COS, which archives each version by its own age", async () => {
    const cos = new CosS3({
      endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
      credentials: { accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
    });
    const Rules = [
      { ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 5, StorageClass: 'ACCELERATED' }] },
    ];
    await cos.putBucketLifecycleConfiguration({ Bucket: 'logs', LifecycleConfiguration: { Rules } }).promise();
    expect((await cos.getBucketLifecycleConfiguration({ Bucket: 'logs' }).promise()).Rules).toEqual(Rules);
    await enableVersioning();
    await put('report.pdf', 'first');
    s3.clock.advance({ days: 3 });
    await put('report.pdf', 'second');
    s3.clock.advance({ days: 3 });
    expect(
      s3
        .bucket('logs')
        .versions()
        .map(({ storageClass }) => storageClass),
    ).toEqual(['STANDARD', 'ACCELERATED']);
  });
});
