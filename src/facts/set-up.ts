import type { BucketFixture } from '../preset/bucket-fixture';
import type { RecordedCase } from './case';

export interface Step {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The name that a fixture gives to the version that the step writes. */
  readonly versionId?: string | undefined;
  /** It asks for what a service without the operation does by itself, so that a refusal takes nothing from the state. */
  readonly mayBeRefused?: true;
}

type Fixture = Readonly<Record<string, unknown>>;

const puts: Readonly<Record<string, (Bucket: string, value: unknown) => Step>> = {
  versioning: (Bucket, Status) => ({
    operation: 'PutBucketVersioning',
    input: { Bucket, VersioningConfiguration: { Status } },
  }),
  ownershipControls: (Bucket, ownership) => ({
    operation: 'PutBucketOwnershipControls',
    input: {
      Bucket,
      OwnershipControls: typeof ownership === 'string' ? { Rules: [{ ObjectOwnership: ownership }] } : ownership,
    },
  }),
  publicAccessBlock: (Bucket, PublicAccessBlockConfiguration) => ({
    operation: 'PutPublicAccessBlock',
    input: { Bucket, PublicAccessBlockConfiguration },
  }),
  tags: (Bucket, tags) => ({
    operation: 'PutBucketTagging',
    input: { Bucket, Tagging: { TagSet: Object.entries(Object(tags)).map(([Key, Value]) => ({ Key, Value })) } },
  }),
  policy: (Bucket, policy) => ({
    operation: 'PutBucketPolicy',
    input: { Bucket, Policy: typeof policy === 'string' ? policy : JSON.stringify(policy) },
  }),
  lifecycle: (Bucket, LifecycleConfiguration) => ({
    operation: 'PutBucketLifecycleConfiguration',
    input: { Bucket, LifecycleConfiguration },
  }),
  requestPayment: (Bucket, Payer) => ({
    operation: 'PutBucketRequestPayment',
    input: { Bucket, RequestPaymentConfiguration: { Payer } },
  }),
  accelerate: (Bucket, Status) => ({
    operation: 'PutBucketAccelerateConfiguration',
    input: { Bucket, AccelerateConfiguration: { Status } },
  }),
  cors: (Bucket, CORSConfiguration) => ({ operation: 'PutBucketCors', input: { Bucket, CORSConfiguration } }),
  encryption: (Bucket, ServerSideEncryptionConfiguration) => ({
    operation: 'PutBucketEncryption',
    input: { Bucket, ServerSideEncryptionConfiguration },
  }),
  abac: (Bucket, Status) => ({ operation: 'PutBucketAbac', input: { Bucket, AbacStatus: { Status } } }),
  website: (Bucket, WebsiteConfiguration) => ({
    operation: 'PutBucketWebsite',
    input: { Bucket, WebsiteConfiguration },
  }),
};

const others = new Set(['objectLock', 'objects']);
const ofVersions = new Set(['body', 'versionId', 'storageClass', 'deleteMarker', 'contentType']);

/** The calls that need users or roles are left out, where calls can be left out. */
const ofCallers = new Set(['users', 'roles']);

/** The names of further accounts, if a case needs nothing but their keys. */
export function plainAccounts({ state = {} }: Pick<RecordedCase, 'state'>): readonly string[] {
  const accounts = Object.entries(state.accounts ?? {});
  return accounts.every(([, fixture]) => Object.keys(fixture).length === 0) ? accounts.map(([name]) => name) : [];
}

export function whyNotMade({ state = {}, mayLackCalls }: RecordedCase): string | undefined {
  const { buckets = {}, now: _now, sseC: _sseC, ...rest } = state;
  const plain = plainAccounts({ state });
  const [member] = Object.keys(rest).filter(
    (name) => !(mayLackCalls && ofCallers.has(name)) && !(name === 'accounts' && plain.length > 0),
  );
  if (member !== undefined) return `it needs ${member} of its own`;
  for (const fixture of Object.values(buckets as Readonly<Record<string, Fixture>>)) {
    const strange = Object.keys(fixture).find((name) => puts[name] === undefined && !others.has(name));
    if (strange !== undefined) return `it begins with a bucket that has ${strange}`;
    if (typeof fixture['objectLock'] === 'object') return 'it begins with a default retention';
    const versions = Object.values(Object(fixture['objects'])).flat() as readonly Fixture[];
    if (fixture['versioning'] === 'Suspended' && versions.length > 0)
      return 'it begins with versions in a suspended bucket';
    if (fixture['versioning'] === 'Enabled' && versions.some(({ versionId }) => versionId === 'null'))
      return 'it begins with a null version below others';
    const part = versions
      .flatMap((one) => (typeof one === 'string' ? [] : Object.keys(one)))
      .find((name) => !ofVersions.has(name));
    if (part !== undefined) return `it begins with a version that has ${part}`;
  }
  return undefined;
}

/** The requests that make the buckets of a case, as far as `whyNotMade` finds nothing. */
export function makeSteps({ state = {} }: RecordedCase, region: string): readonly Step[] {
  const created = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  return Object.entries(state.buckets ?? {}).flatMap(([Bucket, fixture]) => [
    {
      operation: 'CreateBucket',
      input: { Bucket, ...created, ...(fixture.objectLock && { ObjectLockEnabledForBucket: true }) },
    },
    ...(state.sseC === 'allowed' ? [allowingCustomerKeys(Bucket)] : []),
    ...bucketSteps(Bucket, fixture),
  ]);
}

/** New buckets of AWS refuse keys of the customer since April 2026; other services take them, or have none. */
function allowingCustomerKeys(Bucket: string): Step {
  const BlockedEncryptionTypes = { EncryptionType: ['NONE'] };
  const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BlockedEncryptionTypes }];
  const input = { Bucket, ServerSideEncryptionConfiguration: { Rules } };
  return { operation: 'PutBucketEncryption', input, mayBeRefused: true };
}

function bucketSteps(Bucket: string, fixture: BucketFixture): readonly Step[] {
  const { objectLock: _objectLock, objects = {}, ...members } = fixture;
  return [
    ...Object.entries(members).flatMap(([name, value]) =>
      value === undefined ? [] : [puts[name]?.(Bucket, value)].flatMap((step) => step ?? []),
    ),
    ...Object.entries(objects).flatMap(([Key, versions]) =>
      [versions].flat().map((version) => versionStep(Bucket, Key, version)),
    ),
  ];
}

function versionStep(Bucket: string, Key: string, version: unknown): Step {
  const { deleteMarker, versionId, body, storageClass, contentType } = Object(version) as Fixture;
  const named = { versionId: typeof versionId === 'string' ? versionId : undefined };
  if (deleteMarker === true) return { operation: 'DeleteObject', input: { Bucket, Key }, ...named };
  const isPlain = typeof version === 'string' || version instanceof Uint8Array;
  const input = {
    Bucket,
    Key,
    Body: isPlain ? version : (body ?? ''),
    StorageClass: storageClass,
    ContentType: contentType,
  };
  return { operation: 'PutObject', input, ...named };
}
