import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** The SDK v3 as code under test sets it up that signs with keys of its own. */
export function createClient(settings: S3ClientConfig = {}): S3Client {
  return new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, ...settings });
}
