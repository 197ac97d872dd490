import { S3Error } from '../refusals/s3-error';
import { counted } from '../text/counts';

const longestKey = 1024;

export function refusalOfKey(key: string): S3Error | undefined {
  const Size = Buffer.byteLength(key);
  if (Size <= longestKey) return undefined;
  const why = `the key has ${counted(Size, 'byte')} of UTF-8, and a key has 1,024 at most: write a shorter one`;
  return new S3Error('KeyTooLong', { Size }, why);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export function problemOfKey(key: string): string | undefined {
  if (/\p{Surrogate}/u.test(key))
    return 'it contains half of a surrogate pair, and a key is a text that UTF-8 can write';
  const bytes = Buffer.byteLength(key);
  return bytes === 0 || bytes > longestKey
    ? `it has ${counted(bytes, 'byte')} in UTF-8, and a key has 1 to 1,024`
    : undefined;
}
