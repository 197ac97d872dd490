import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, undeclared } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

const documents = {
  analytics: (bucket: string) =>
    `<AnalyticsConfiguration><Id>a</Id><StorageClassAnalysis><DataExport><OutputSchemaVersion>V_1</OutputSchemaVersion><Destination><S3BucketDestination><Format>CSV</Format><Bucket>${bucket}</Bucket></S3BucketDestination></Destination></DataExport></StorageClassAnalysis></AnalyticsConfiguration>`,
  inventory: (bucket: string) =>
    `<InventoryConfiguration><Destination><S3BucketDestination><Bucket>${bucket}</Bucket><Format>CSV</Format></S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>a</Id><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>`,
};

const refusals = {
  analytics: () => errorDocument('InvalidDestination', 'Invalid bucket ARN.'),
  inventory: (problem: string) => undeclared(errorDocument('InvalidS3DestinationBucket', problem)),
};

// F385
describe.each(['analytics', 'inventory'] as const)('the destination of %s', (query) => {
  const document = documents[query];
  const put = (bucket: string, id = 'a') =>
    send({ method: 'PUT', path: `/vault?${query}&id=${id}`, body: document(bucket) });

  it('may be of another partition', async () => {
    expect((await put('arn:aws-cn:s3:::reports')).status).toBe(204);
  });

  it.each([
    ['reports', 'Invalid bucket ARN.'],
    ['arn:aws:s3:::', 'Invalid bucket ARN.'],
    ['arn:aws:s3::123456789012:reports', 'Invalid bucket ARN.'],
    ['arn:aws:s3:::reports/lists', 'Invalid Bucket Name: reports/lists'],
    ['arn:aws:sqs:::reports', 'Bucket ARN must have the s3 service.'],
    ['arn:aws:s3:us-east-1:123456789012:reports', 'Bucket ARN should not specify a region.'],
  ])('may not be %j', async (bucket, problem) => {
    expect(await answered(put(bucket))).toEqual({ status: 400, text: refusals[query](problem) });
    expect(s3.requests.at(-1)?.why).toContain(
      query === 'analytics' ? `Bucket is '${bucket}'` : `Bucket '${bucket}' is not of the form arn:aws:s3:::BUCKET`,
    );
  });

  it('is looked at after the id', async () => {
    expect((await put('reports', 'b')).text).not.toMatch(/InvalidS3DestinationBucket|InvalidDestination/);
  });
});
