const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/**
 * What is wrong with a bucket's name, in words; undefined where S3 takes it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameFault(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `it has ${name.length} characters, and a bucket's name has 3 to 63`;
  if (/[^a-z0-9.-]/.test(name)) return "a bucket's name has lower-case letters, digits, dots and hyphens only";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "a bucket's name begins and ends with a letter or a digit";
  if (name.includes('..')) return "a bucket's name has no two dots side by side";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "a bucket's name is no IP address";
  const reserved =
    reservedPrefixes.find((prefix) => name.startsWith(prefix)) ??
    reservedSuffixes.find((suffix) => name.endsWith(suffix));
  return reserved === undefined ? undefined : `S3 keeps names with ${reserved} for itself`;
}
