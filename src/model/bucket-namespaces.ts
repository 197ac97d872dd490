import { S3Error } from '../refusals/s3-error';

interface NewBucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly namespace: string | undefined;
}

/** The regions without account regional namespaces: Bahrain and the United Arab Emirates. */
const regionsWithout: readonly string[] = ['me-south-1', 'me-central-1'];

/**
 * Throws unless a new bucket's name belongs to the namespace that its request names (F601).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
 */
export function checkNamespace(bucket: NewBucket): void {
  const { name, namespace } = bucket;
  if (namespace !== undefined && namespace !== 'global' && namespace !== 'account-regional')
    throw new S3Error('BucketNamespaceInvalid', { value: namespace });
  const suffix = readSuffix(name);
  if (namespace === 'account-regional') checkSuffix(suffix, bucket);
  else if (suffix !== undefined) throw refusalForNamespace(namespace, suffix);
  else if (name.endsWith('-an'))
    throw new S3Error(
      'InvalidBucketName',
      { BucketName: name },
      'S3 keeps names with -an for account regional namespaces',
    );
}

/** The account and the region in a name such as `vault-111122223333-eu-west-1-an`. */
interface Suffix {
  readonly accountId: string;
  readonly region: string;
}

function readSuffix(name: string): Suffix | undefined {
  const [, accountId, region] = /^.+-(\d{12})-([^.]+)-an$/.exec(name) ?? [];
  return accountId === undefined || region === undefined ? undefined : { accountId, region };
}

function checkSuffix(suffix: Suffix | undefined, { name, accountId, region }: NewBucket): void {
  if (regionsWithout.includes(region))
    throw new S3Error('BucketNamespaceUnsupported', {}, `${region} has no account regional namespaces`);
  if (suffix === undefined) throw new S3Error('BucketNamespaceSuffixMissing', { suffix: `-${accountId}-${region}-an` });
  if (suffix.accountId !== accountId)
    throw new S3Error('BucketNamespaceOfAnotherAccount', { requested: suffix.accountId, caller: accountId, name });
  if (suffix.region !== region)
    throw new S3Error('BucketNamespaceOfAnotherRegion', { requested: suffix.region, current: region, name });
}

function refusalForNamespace(namespace: 'global' | undefined, { accountId, region }: Suffix): S3Error {
  const why = `the name ends with -${accountId}-${region}-an`;
  return namespace === undefined
    ? new S3Error('MissingNamespaceHeader', {}, why)
    : new S3Error('BucketNamespaceIsGlobal', {}, why);
}
