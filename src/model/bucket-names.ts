const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
/** What has names that end so, beside buckets. */
const reservedSuffixes = {
  '-s3alias': 'the alias of an access point',
  '--ol-s3': 'the alias of an Object Lambda access point',
  '.mrap': 'the alias of a Multi-Region Access Point',
  '--x-s3': 'the name of a directory bucket',
  '--table-s3': 'the name of a table bucket',
};
const cosReservedPrefixes = ['cosv1-', 'account-'];

/**
 * The problem with a bucket's name; undefined if S3 accepts the name.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function problemOfBucketName(name: string): string | undefined {
  const reserved =
    reservedPrefixes.find((prefix) => name.startsWith(prefix)) ??
    Object.keys(reservedSuffixes).find((suffix) => name.endsWith(suffix));
  return problemOfShape(name) ?? (reserved === undefined ? undefined : `S3 keeps names with ${reserved} for itself`);
}

/** What a name is that a client may give as a bucket's, in words; undefined if it is not known to be anything else. */
export function whatBucketNameIs(name: string): string | undefined {
  return Object.entries(reservedSuffixes).find(([suffix]) => name.endsWith(suffix))?.[1];
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
