const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];
const cosReservedPrefixes = ['cosv1-', 'account-'];

/**
 * The problem with a bucket's name; undefined if S3 accepts the name.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function problemOfBucketName(name: string): string | undefined {
  const reserved =
    reservedPrefixes.find((prefix) => name.startsWith(prefix)) ??
    reservedSuffixes.find((suffix) => name.endsWith(suffix));
  return problemOfShape(name) ?? (reserved === undefined ? undefined : `S3 keeps names with ${reserved} for itself`);
}

/** Whether S3 looks a name up at all: it also looks up those that only its older rules allowed (F26). */
export function mayNameBucket(name: string): boolean {
  return problemOfBucketName(name) === undefined || /^[\w.-]{3,255}$/.test(name);
}

/**
 * The problem with a bucket's name on IBM COS; undefined if COS accepts the name (F43).
 * https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-curl
 */
export function problemOfCosBucketName(name: string): string | undefined {
  const problem = problemOfShape(name);
  if (problem !== undefined) return problem;
  if (/\.-|-\./.test(name)) return "a bucket's name on COS has no dot beside a hyphen";
  const reserved = cosReservedPrefixes.find((prefix) => name.startsWith(prefix));
  return reserved === undefined ? undefined : `COS keeps names with ${reserved} for itself`;
}

function problemOfShape(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `a bucket's name has 3 to 63 characters, not ${name.length}`;
  if (/[^a-z0-9.-]/.test(name)) return "a bucket's name has lower-case letters, digits, dots and hyphens only";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "a bucket's name begins and ends with a letter or a digit";
  if (name.includes('..')) return "a bucket's name has no two dots side by side";
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? "a bucket's name is not an IP address" : undefined;
}
