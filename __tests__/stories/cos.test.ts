import { describe, expect, it } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';

const instance = 'crn:v1:bluemix:public:cloud-object-storage:global:a/0123:8b1f3c2e-0a7d-4b1c-9a52-3f6f0c9be0a1::';
const s3 = mockS3({
  serviceInstanceId: instance,
  buckets: { vault: { region: 'us-south-smart', versioning: 'Enabled' }, scratch: { region: 'eu-standard' } },
});

/** IBM's SDK, set up as its documentation shows. */
function connect(more: { apiKeyId?: string; serviceInstanceId?: string } = {}): CosS3 {
  const endpoint = 's3.us-south.cloud-object-storage.appdomain.cloud';
  return new CosS3({ endpoint, apiKeyId: 'an-api-key', serviceInstanceId: instance, maxRetries: 0, ...more });
}

describe('an application on IBM Cloud Object Storage', () => {
  it('gets one token with its API key, for many calls', async () => {
    const cos = connect();
    await cos.putObject({ Bucket: 'vault', Key: 'report.pdf', Body: 'first' }).promise();
    await cos.putObject({ Bucket: 'vault', Key: 'report.pdf', Body: 'second' }).promise();
    expect(s3).toHaveReceivedTimes('CreateIamToken', 1, { apikey: 'an-api-key' });
    expect(s3.bucket('vault').versions('report.pdf')).toHaveLength(2);
  });

  it('lists its buckets with their locations', async () => {
    const { Buckets } = await connect().listBucketsExtended({ MaxKeys: 10, Prefix: 'v' }).promise();
    expect(Buckets).toMatchObject([{ Name: 'vault', LocationConstraint: 'us-south-smart' }]);
    expect(s3).toHaveReceived('ListBucketsExtended', { Prefix: 'v', MaxKeys: 10, IBMServiceInstanceId: instance });
  });

  it('lists them in pages, each from the last name on', async () => {
    const cos = connect();
    const first = await cos.listBucketsExtended({ MaxKeys: 1 }).promise();
    const second = await cos.listBucketsExtended({ MaxKeys: 1, Marker: first.Buckets?.[0]?.Name ?? '' }).promise();
    expect({ first: first.IsTruncated, second: second.IsTruncated }).toEqual({ first: true, second: false });
    expect([first, second].flatMap(({ Buckets }) => Buckets?.map(({ Name }) => Name))).toEqual(['scratch', 'vault']);
  });

  it('cannot list the buckets of another instance', async () => {
    const call = connect({ serviceInstanceId: 'another' }).listBuckets().promise();
    await expect(call).rejects.toMatchObject({ code: 'InvalidArgument', message: 'Invalid Argument', statusCode: 400 });
  });

  it('is refused with an API key that was revoked', async () => {
    s3.iam.refuse('an-api-key');
    await expect(connect().listBuckets().promise()).rejects.toMatchObject({ code: 'CredentialsError' });
    expect(s3.requests.last()).toMatchObject({ operation: 'CreateIamToken', error: { code: 'BXNIM0415E' } });
  });

  it('is refused with a token that has expired, and served with a new one', async () => {
    const cos = connect();
    await cos.getBucketVersioning({ Bucket: 'vault' }).promise();
    s3.clock.advance({ minutes: 61 });
    const late = cos.getBucketVersioning({ Bucket: 'vault' }).promise();
    await expect(late).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 });
    expect((await connect().getBucketVersioning({ Bucket: 'vault' }).promise()).Status).toBe('Enabled');
  });

  it('is refused with a token that was revoked before its time', async () => {
    const cos = connect();
    await cos.getBucketVersioning({ Bucket: 'vault' }).promise();
    s3.iam.expireTokens();
    await expect(cos.getBucketVersioning({ Bucket: 'vault' }).promise()).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });
});
