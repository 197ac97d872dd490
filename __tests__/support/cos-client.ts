import CosS3 from 'ibm-cos-sdk/clients/s3';

/** IBM's SDK with HMAC keys, which no clock ends. */
export function cosClient(): CosS3 {
  return new CosS3({
    endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
    signatureVersion: 'v4',
    region: 'us-south',
    maxRetries: 0,
  } as never); // its types know API keys only
}
