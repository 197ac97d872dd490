import { S3Error } from '../refusals/s3-error';

const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = {
  '-s3alias': 'the alias of an access point',
  '--ol-s3': 'the alias of an Object Lambda access point',
  '.mrap': 'the alias of a Multi-Region Access Point',
  '--x-s3': 'the name of a directory bucket',
  '--table-s3': 'the name of a table bucket',
};
const cosReservedPrefixes = ['cosv1-', 'account-'];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function problemOfBucketName(name: string): string | undefined {
  const reserved =
    reservedPrefixes.find((prefix) => name.startsWith(prefix)) ??
    Object.keys(reservedSuffixes).find((suffix) => name.endsWith(suffix));
  return problemOfShape(name) ?? (reserved === undefined ? undefined : `S3 keeps names with ${reserved} for itself`);
}

export function findReservedKind(name: string): string | undefined {
  return Object.entries(reservedSuffixes).find(([suffix]) => name.endsWith(suffix))?.[1];
}

/** S3 also looks up the names that only its older rules allowed (F26). */
export function mayNameBucket(name: string): boolean {
  return /^[\w.-]{3,255}$/.test(name);
}

/** F43 */
export function problemOfCosBucketName(name: string): string | undefined {
  const problem = problemOfShape(name);
  if (problem !== undefined) return problem;
  if (/[.-]{2}/.test(name)) return "a bucket's name on COS has no two dots or hyphens side by side";
  const reserved = cosReservedPrefixes.find((prefix) => name.startsWith(prefix));
  return reserved === undefined ? undefined : `COS keeps names with ${reserved} for itself`;
}

/** An ARN, or a CRN of IBM COS, in the place of a name. In a path, a CRN ends at its first slash. */
function problemOfResourceName(name: string): string | undefined {
  const [, kind] = /^(arn|crn):/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const what = kind === 'arn' ? 'an ARN' : 'a CRN';
  const [, last] = /(?::::|:bucket:)([a-z0-9][a-z0-9.-]+)$/.exec(name) ?? [];
  const cure = last === undefined ? '' : `, '${last}'`;
  return `it is ${what}, and a bucket is named by its name: write the last part of the ${kind.toUpperCase()}${cure}`;
}

function problemOfShape(name: string): string | undefined {
  const ofResource = problemOfResourceName(name);
  if (ofResource !== undefined) return ofResource;
  if (name.length < 3 || name.length > 63) return `a bucket's name has 3 to 63 characters, not ${name.length}`;
  if (/[^a-z0-9.-]/.test(name)) return "a bucket's name has lower-case letters, digits, dots and hyphens only";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "a bucket's name begins and ends with a letter or a digit";
  if (name.includes('..')) return "a bucket's name has no two dots side by side";
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? "a bucket's name is not an IP address" : undefined;
}

interface NewBucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly namespace: string | undefined;
}

const regionsWithoutNamespaces: readonly string[] = ['me-south-1', 'me-central-1'];

/** F601. https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html */
export function checkNamespace(bucket: NewBucket): void {
  const { name, namespace } = bucket;
  if (namespace !== undefined && namespace !== 'global' && namespace !== 'account-regional')
    throw new S3Error('BucketNamespaceInvalid', { value: namespace });
  const suffix = readSuffix(name);
  if (namespace === 'account-regional') checkSuffix(suffix, bucket);
  else if (suffix !== undefined) throw refusalForNamespace(bucket, suffix);
  else if (name.endsWith('-an'))
    throw new S3Error(
      'InvalidBucketName',
      { BucketName: name },
      'S3 keeps names with -an for account regional namespaces',
    );
}

export interface Suffix {
  readonly accountId: string;
  readonly region: string;
}

/** The account and the region of a name of an account regional namespace. */
export function readSuffix(name: string): Suffix | undefined {
  const [, accountId, region] = /^.+-(\d{12})-([^.]{1,40})-an$/.exec(name) ?? [];
  return accountId === undefined || region === undefined ? undefined : { accountId, region };
}

function checkSuffix(suffix: Suffix | undefined, { name, accountId, region }: NewBucket): void {
  if (regionsWithoutNamespaces.includes(region))
    throw new S3Error('BucketNamespaceUnsupported', {}, `${region} has no account regional namespaces`);
  if (suffix === undefined)
    throw new S3Error(
      'BucketNamespaceSuffixMissing',
      { Header: name },
      `a name would end with -${accountId}-${region}-an`,
    );
  if (suffix.accountId !== accountId)
    throw new S3Error('BucketNamespaceOfAnotherAccount', { requested: suffix.accountId, caller: accountId, name });
  if (suffix.region !== region)
    throw new S3Error('BucketNamespaceOfAnotherRegion', { requested: suffix.region, current: region, name });
}

function refusalForNamespace({ name, namespace }: NewBucket, { accountId, region }: Suffix): S3Error {
  const why = `the name ends with -${accountId}-${region}-an`;
  return namespace === undefined
    ? new S3Error('MissingNamespaceHeader', {}, why)
    : new S3Error('BucketNamespaceIsGlobal', { HeaderValue: name }, why);
}
