import { S3Error } from '../../refusals/s3-error';
import { type Context, operation } from '../operation';

/**
 * Metadata configurations. They make tables of S3 Tables, which the mock lacks, so no bucket has one (F388).
 * @module
 */

function refuse({ bucket }: Context): never {
  throw new S3Error('MetadataConfigurationNotFound', { BucketName: bucket.name });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetadataConfiguration.html */
export const getBucketMetadataConfiguration = operation('GET /{Bucket}?metadataConfiguration', {
  action: 's3:GetBucketMetadataTableConfiguration',
  dialect: 'aws',
  handle: refuse,
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetadataConfiguration.html */
export const deleteBucketMetadataConfiguration = operation('DELETE /{Bucket}?metadataConfiguration', {
  action: 's3:DeleteBucketMetadataTableConfiguration',
  dialect: 'aws',
  handle: refuse,
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetadataTableConfiguration.html */
export const getBucketMetadataTableConfiguration = operation('GET /{Bucket}?metadataTable', {
  action: 's3:GetBucketMetadataTableConfiguration',
  dialect: 'aws',
  handle({ request }): never {
    throw new S3Error('V1APIsNotAllowed', { Method: request.method });
  },
});
