import { arnOf, type Bucket } from '../bucket';
import type { Encryption } from './version';

/** Whether a text is an encryption context as S3 reads it: base64 of UTF-8 JSON, an object whose values are strings (F630). */
export function isEncryptionContext(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  const json = bytes.toString();
  if (bytes.toString('base64') !== text || !Buffer.from(json).equals(bytes)) return false;
  const value = readJson(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An encryption with the context that a write named, if it named one. S3 puts the ARN of the object before it, or that of the bucket if the
 * object uses the bucket's key; an ARN of the write's own stays (F630).
 */
export function withContext(
  encryption: Encryption,
  named: string | undefined,
  bucket: Bucket,
  key: string,
): Encryption {
  if (named === undefined) return encryption;
  const arn = arnOf(bucket, encryption.BucketKeyEnabled ? undefined : key);
  const context = { 'aws:s3:arn': arn, ...JSON.parse(Buffer.from(named, 'base64').toString()) };
  return { ...encryption, SSEKMSEncryptionContext: Buffer.from(JSON.stringify(context)).toString('base64') };
}
