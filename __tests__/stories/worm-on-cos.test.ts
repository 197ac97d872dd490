import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosClient } from '../support/cos-client';
import { policy, secondsOf } from '../support/protection';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: { region: 'us-south-smart', protection: policy },
    empty: { region: 'us-south-smart' },
    versioned: { region: 'us-south-smart', versioning: 'Enabled' },
  },
});

const cos = cosClient();

const record = { Bucket: 'vault', Key: 'record.json' };
const denied = { code: 'AccessDenied', statusCode: 403, message: 'Access Denied' };
const refused = (call: { promise(): Promise<unknown> }) => expect(call.promise()).rejects;

describe("an archive of IBM COS as IBM's SDK uses it", () => {
  it('puts a policy on a bucket and reads it', async () => {
    await cos.putBucketProtectionConfiguration({ Bucket: 'empty', ProtectionConfiguration: policy }).promise();
    expect(await cos.getBucketProtectionConfiguration({ Bucket: 'empty' }).promise()).toEqual(policy);
    expect(s3).toHaveReceived('PutBucketProtectionConfiguration', { ProtectionConfiguration: policy });
  });

  it('reads Disabled without one', async () => {
    const answer = await cos.getBucketProtectionConfiguration({ Bucket: 'versioned' }).promise();
    expect(answer).toEqual({ Status: 'Disabled' });
  });

  it('writes with its own digest, and reads the retention', async () => {
    await cos.putObject({ ...record, Body: '{}', RetentionPeriod: secondsOf(2) }).promise();
    const expected = {
      RetentionPeriod: secondsOf(2),
      RetentionExpirationDate: new Date('2026-03-03T12:00:00Z'),
      RetentionPeriodSource: 'Object',
    };
    expect(await cos.headObject(record).promise()).toMatchObject(expected);
    expect(await cos.getObject(record).promise()).toMatchObject(expected);
  });

  it('cannot delete or overwrite until the retention is over', async () => {
    await cos.putObject({ ...record, Body: '{}', RetentionExpirationDate: new Date('2026-03-04T00:00:00Z') }).promise();
    await refused(cos.deleteObject(record)).toMatchObject(denied);
    await refused(cos.putObject({ ...record, Body: '[]' })).toMatchObject(denied);
    const { Errors } = await cos
      .deleteObjects({ Bucket: 'vault', Delete: { Objects: [{ Key: record.Key }] } })
      .promise();
    expect(Errors).toEqual([{ Key: record.Key, Code: 'AccessDenied', Message: 'Access Denied' }]);
    s3.clock.set('2026-03-04T00:00:00Z');
    await cos.deleteObject(record).promise();
    expect(s3.bucket('vault').versions()).toEqual([]);
  });

  it('adds, lists and removes legal holds', async () => {
    await cos.putObject({ ...record, Body: '{}', RetentionLegalHoldId: 'case-7' }).promise();
    s3.clock.advance({ hours: 1 });
    await cos.addLegalHold({ ...record, RetentionLegalHoldId: 'case-8' }).promise();
    expect(await cos.listLegalHolds(record).promise()).toEqual({
      CreateTime: new Date('2026-03-01T12:00:00Z'),
      RetentionPeriod: secondsOf(10),
      RetentionPeriodExpirationDate: new Date('2026-03-11T12:00:00Z'),
      LegalHolds: [
        { ID: 'case-7', Date: new Date('2026-03-01T12:00:00Z') },
        { ID: 'case-8', Date: new Date('2026-03-01T13:00:00Z') },
      ],
    });
    await cos.deleteLegalHold({ ...record, RetentionLegalHoldId: 'case-7' }).promise();
    expect((await cos.headObject(record).promise()).RetentionLegalHoldCount).toBe(1);
    await refused(cos.addLegalHold({ ...record, RetentionLegalHoldId: 'case-8' })).toMatchObject({ statusCode: 409 });
  });

  it('lists no legal holds as an empty list', async () => {
    await cos.putObject({ ...record, Body: '{}' }).promise();
    expect((await cos.listLegalHolds(record).promise()).LegalHolds).toEqual([]);
  });

  it.each([
    [{ AdditionalRetentionPeriod: secondsOf(5) }, 15],
    [{ NewRetentionPeriod: secondsOf(12) }, 12],
    [{ NewRetentionExpirationDate: new Date('2026-03-21T12:00:00Z') }, 20],
    [{ ExtendRetentionFromCurrentTime: secondsOf(30) }, 30],
  ])('extends a retention by %j', async (extension, days) => {
    await cos.putObject({ ...record, Body: '{}' }).promise();
    await cos.extendObjectRetention({ ...record, ...extension }).promise();
    expect((await cos.headObject(record).promise()).RetentionPeriod).toBe(secondsOf(days));
    expect(s3).toHaveReceived('ExtendObjectRetention', extension);
  });

  it('copies a retention, or leaves it to the bucket', async () => {
    await cos.putObject({ ...record, Body: '{}', RetentionPeriod: secondsOf(20) }).promise();
    const copy = (Key: string, RetentionDirective: string) =>
      cos.copyObject({ Bucket: 'vault', Key, CopySource: 'vault/record.json', RetentionDirective }).promise();
    await copy('same.json', 'COPY');
    await copy('other.json', 'REPLACE');
    const periods = ['same.json', 'other.json'].map(
      (key) => s3.bucket('vault').object(key).protection?.RetentionPeriod,
    );
    expect(periods).toEqual([secondsOf(20), secondsOf(10)]);
  });

  it('retains a multipart upload as its completion says', async () => {
    const { UploadId = '' } = await cos.createMultipartUpload(record).promise();
    const { ETag } = await cos.uploadPart({ ...record, UploadId, PartNumber: 1, Body: '{}' }).promise();
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: ETag ?? '' }] };
    const retention = { RetentionPeriod: -1, RetentionLegalHoldId: 'case-7' };
    await cos.completeMultipartUpload({ ...record, UploadId, MultipartUpload, ...retention }).promise();
    expect(s3.bucket('vault').object('record.json').protection).toMatchObject({
      RetentionPeriod: -1,
      LegalHolds: [{ ID: 'case-7' }],
    });
  });

  it('has either a policy or versioning', async () => {
    const state = { code: 'InvalidBucketState', statusCode: 409 };
    const ProtectionConfiguration = policy;
    await refused(cos.putBucketProtectionConfiguration({ Bucket: 'versioned', ProtectionConfiguration })).toMatchObject(
      state,
    );
    const VersioningConfiguration = { Status: 'Enabled' };
    await refused(cos.putBucketVersioning({ Bucket: 'vault', VersioningConfiguration })).toMatchObject(state);
  });

  it('stores a form with the retention that its fields say', async () => {
    const Fields = {
      key: 'record.json',
      'Retention-Period': String(secondsOf(3)),
      'Content-MD5': 'mZFLkyvTelC5g8XnyQrpOw==',
    };
    const made = (cos as unknown as PresigningClient).createPresignedPost({
      Bucket: 'vault',
      Fields,
      Conditions: [
        ['starts-with', '$Retention-Period', ''],
        ['starts-with', '$Content-MD5', ''],
      ],
    });
    const form = new FormData();
    for (const [name, value] of Object.entries(made.fields)) form.append(name, value);
    form.append('file', '{}');
    const { status } = await fetch(made.url, { method: 'POST', body: form });
    expect(status).toBe(204);
    expect(s3.bucket('vault').object('record.json').protection?.RetentionPeriod).toBe(secondsOf(3));
  });
});

/** IBM's types lack the function, which it has of the SDK that it began as. */
interface PresigningClient {
  createPresignedPost(params: {
    readonly Bucket: string;
    readonly Fields: Readonly<Record<string, string>>;
    readonly Conditions: readonly (readonly string[])[];
  }): { readonly url: string; readonly fields: Readonly<Record<string, string>> };
}
