import { S3Error } from '../refusals/s3-error';

const longestKey = 1024;

/** What S3 says to a key that is longer than 1,024 bytes. */
export function refusalOfKey(key: string): S3Error | undefined {
  const Size = Buffer.byteLength(key);
  return Size > longestKey ? new S3Error('KeyTooLong', { Size }) : undefined;
}

/**
 * What is wrong with an object's key, in words; undefined where S3 takes it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function problemOfKey(key: string): string | undefined {
  if (/\p{Surrogate}/u.test(key))
    return 'half of a surrogate pair stands in it, and a key is text that UTF-8 can write';
  const bytes = Buffer.byteLength(key);
  return bytes === 0 || bytes > longestKey ? `it has ${bytes} bytes in UTF-8, and a key has 1 to 1,024` : undefined;
}
