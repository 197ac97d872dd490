import { S3Error } from '../refusals/s3-error';

const longestKey = 1024;

/** What S3 says to a key that is longer than 1,024 bytes. */
export function refuseKey(key: string): S3Error | undefined {
  const Size = Buffer.byteLength(key);
  return Size > longestKey ? new S3Error('KeyTooLong', { Size }) : undefined;
}

const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];
const cosReservedPrefixes = ['cosv1-', 'account-'];

/**
 * What is wrong with a bucket's name, in words; undefined where S3 takes it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameFault(name: string): string | undefined {
  const reserved =
    reservedPrefixes.find((prefix) => name.startsWith(prefix)) ??
    reservedSuffixes.find((suffix) => name.endsWith(suffix));
  return shapeFault(name) ?? (reserved === undefined ? undefined : `S3 keeps names with ${reserved} for itself`);
}

/**
 * What is wrong with a bucket's name on IBM COS (F43).
 * https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-curl
 */
export function cosBucketNameFault(name: string): string | undefined {
  const fault = shapeFault(name);
  if (fault !== undefined) return fault;
  if (/\.-|-\./.test(name)) return "a bucket's name on COS has no dot beside a hyphen";
  const reserved = cosReservedPrefixes.find((prefix) => name.startsWith(prefix));
  return reserved === undefined ? undefined : `COS keeps names with ${reserved} for itself`;
}

function shapeFault(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `it has ${name.length} characters, and a bucket's name has 3 to 63`;
  if (/[^a-z0-9.-]/.test(name)) return "a bucket's name has lower-case letters, digits, dots and hyphens only";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "a bucket's name begins and ends with a letter or a digit";
  if (name.includes('..')) return "a bucket's name has no two dots side by side";
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? "a bucket's name is no IP address" : undefined;
}

/**
 * What is wrong with an object's key, in words; undefined where S3 takes it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function keyFault(key: string): string | undefined {
  if (/\p{Surrogate}/u.test(key))
    return 'half of a surrogate pair stands in it, and a key is text that UTF-8 can write';
  const bytes = Buffer.byteLength(key);
  return bytes === 0 || bytes > longestKey ? `it has ${bytes} bytes in UTF-8, and a key has 1 to 1,024` : undefined;
}
