import { GetObjectCommand, HeadObjectCommand, RestoreObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { S3 as CosS3 } from 'ibm-cos-sdk';
import { mockS3 } from 's3-versioning-mock/jest';
import { md5Of } from '../support/objects';

const queue = 'arn:aws:sqs:us-east-1:000000000000:restores';
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        'old.pdf': [
          { body: 'first', versionId: 'v1', storageClass: 'GLACIER' },
          { body: 'second', versionId: 'v2' },
        ],
      },
      notification: { QueueConfigurations: [{ Id: 'restores', QueueArn: queue, Events: ['s3:ObjectRestore:*'] }] },
    },
    cos: { region: 'us-south-standard', objects: { 'old.pdf': { body: 'old', storageClass: 'ACCELERATED' } } },
  },
});
const object = { Bucket: 'vault', Key: 'old.pdf', VersionId: 'v1' };

describe('a job that restores a version of an archive', () => {
  it('reads the object with the SDK v3 after its event has come', async () => {
    const client = new S3Client({});
    await client.send(new RestoreObjectCommand({ ...object, RestoreRequest: { Days: 1 } }));
    s3.clock.advance({ hours: 5 });
    const names = s3.events.of('ObjectRestore:Completed').map(({ key, versionId }) => `${key} ${versionId}`);
    const { Body } = await client.send(new GetObjectCommand(object));
    expect({ names, text: await Body?.transformToString() }).toEqual({ names: ['old.pdf v1'], text: 'first' });
    const { Restore } = await client.send(new HeadObjectCommand(object));
    expect(Restore).toBe('ongoing-request="false", expiry-date="Tue, 03 Mar 2026 00:00:00 GMT"');
  });

  it('has its events in the order of their times, each with what S3 did', () => {
    s3.bucket('vault').put('two.pdf', 'two', { storageClass: 'GLACIER', restore: { Days: 1 } });
    s3.clock.advance({ days: 5 });
    const events = s3.events.map(({ name, key, time, cause }) => ({
      event: `${name} ${key}`,
      time: time.toISOString(),
      action: cause !== undefined && 'action' in cause && cause.action,
    }));
    expect(events).toEqual([
      { event: 'ObjectRestore:Completed two.pdf', time: '2026-03-01T17:00:00.000Z', action: 'restore' },
      { event: 'ObjectRestore:Delete two.pdf', time: '2026-03-03T00:00:00.000Z', action: 'discard' },
    ]);
  });

  it('asks for the restore with the SDK v2 and the SDK of IBM', async () => {
    const aws = new AwsS3({ region: 'us-east-1' });
    await aws
      .restoreObject({ ...object, RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: 'Bulk' } } })
      .promise();
    const cos = new CosS3({
      endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
      credentials: { accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
    });
    const RestoreRequest = { Days: 1, GlacierJobParameters: { Tier: 'Accelerated' } };
    const asked = cos.restoreObject({ Bucket: 'cos', Key: 'old.pdf', RestoreRequest });
    // IBM COS requires a digest, which its SDK does not send (F813).
    // Its types lack the request of this event.
    asked.on('afterBuild', (({ httpRequest }: Pick<typeof asked, 'httpRequest'>) => {
      httpRequest.headers['Content-MD5'] = md5Of(String(httpRequest.body));
    }) as () => void);
    await asked.promise();
    s3.clock.advance({ hours: 12 });
    const heads = [
      (await aws.headObject(object).promise()).Restore,
      (await cos.headObject({ Bucket: 'cos', Key: 'old.pdf' }).promise()).Restore,
    ];
    expect(heads).toEqual([
      'ongoing-request="false", expiry-date="Tue, 03 Mar 2026 00:00:00 GMT"',
      'ongoing-request="false", expiry-date="Mon, 02 Mar 2026 14:00:00 GMT"',
    ]);
  });
});
