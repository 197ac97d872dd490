import { firstRegion } from '../../formats/regions';
import {
  type AccessPoint,
  accessPointsOf,
  makeAlias,
  makePointPolicyTarget,
  problemOfAccessPointName,
  writeAccessPointArn,
} from '../../model/access-points';
import type { Bucket } from '../../model/bucket';
import {
  type PublicAccessBlock,
  type PublicAccessSwitch,
  publicAccessSwitches,
  setAll,
} from '../../model/configurations/public-access-switches';
import type { Account } from '../../model/identity/account';
import type { Store } from '../../model/store';
import { structure } from '../../shapes/elements';
import { makeCloser } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { isAbsent, isRecord } from '../../text/value-kinds';
import { readShape } from '../literals';
import { type PolicyLiteral, policyLiteral, readResourcePolicy } from '../policy';
import type { BucketMember, Place } from './part';
import { readBucketTags, type TagsFixture, tagsLiteral } from './tagging';

/** An access point of a bucket. */
export interface AccessPointFixture {
  /** Its policy, as an object or as JSON: its resources are the ARN of the access point, and `ARN/object/*`. Default: none. */
  readonly policy?: PolicyLiteral | string | undefined;
  /** Its public access block; switches that are left out of it are off. Default: all are on, as of a point that CreateAccessPoint makes without one. */
  readonly publicAccessBlock?: PublicAccessBlock | undefined;
  /** The only network that it answers to, by the key `aws:SourceVpc` of a caller or a VPC endpoint. Default: it answers to the Internet. */
  readonly vpcId?: string | undefined;
  /** The account that owns it, by id or name. Default: the owner of the bucket. */
  readonly account?: string | undefined;
  /** Its alias, `reports-...-s3alias`. Default: one is made up. */
  readonly alias?: string | undefined;
  /** Its tags: `{ stage: 'test' }`. Default: none. */
  readonly tags?: TagsFixture | undefined;
}

/** Access points by their names. */
export type AccessPointFixtures = Readonly<Record<string, AccessPointFixture>>;

/** An access point of a bucket as a test reads it: a frozen copy. */
export interface AccessPointState extends AccessPointFixture {
  /** Its ARN, which clients take in the place of a bucket's name: `arn:aws:s3:us-east-1:000000000000:accesspoint/reports`. */
  readonly arn: string;
  readonly alias: string;
  readonly publicAccessBlock: PublicAccessBlock;
}

/** The access points of a bucket, as a member that can be set. */
export interface AccessPointsMember {
  /**
   * Its access points by their names, frozen; undefined if it has none. They may be set, which replaces them all.
   *
   * @example
   * const arn = s3.bucket('vault').accessPoints?.['reports']?.arn;
   */
  get accessPoints(): Readonly<Record<string, AccessPointState>> | undefined;
  set accessPoints(fixtures: AccessPointFixtures | undefined);
}

export const bucketAccessPoints: BucketMember<AccessPointFixtures> = {
  get({ bucket }) {
    const points = bucket.settings.accessPoints?.map((point) => [point.name, showPoint(bucket, point)] as const);
    return points && Object.freeze(Object.fromEntries(points));
  },
  set: setAccessPoints,
};

const names: readonly (keyof AccessPointFixture)[] = [
  'policy',
  'publicAccessBlock',
  'vpcId',
  'account',
  'alias',
  'tags',
];
const switches = Object.keys(publicAccessSwitches) as readonly PublicAccessSwitch[]; // its own keys

export function setAccessPoints({ store, bucket }: Place, given: unknown): void {
  const at = `bucket '${bucket.name}': accessPoints`;
  if (isAbsent(given)) {
    bucket.change({ accessPoints: undefined });
    return;
  }
  if (!isRecord(given)) throw invalidValue(at, 'value', given, 'an object by name, such as { reports: { policy } }');
  const others = accessPointsOf(store.buckets.values()).filter((one) => one.bucket !== bucket);
  const points = Object.entries(given).map(([name, fixture]) =>
    readPoint(`${at}: ${name}`, store, bucket, name, fixture),
  );
  for (const { name, account, region, alias } of points) {
    const sameAlias = [...others.map(({ point }) => point), ...points].filter((one) => one.alias === alias);
    if (sameAlias.length > 1)
      throw makeMistake(`${at}: ${name}: another access point has the alias ${alias}. Give another one.`);
    if (others.some(({ point }) => point.name === name && point.account === account && point.region === region))
      throw makeMistake(`${at}: ${name} is an access point of another bucket. Give another name.`);
  }
  bucket.change({ accessPoints: points.length === 0 ? undefined : points });
}

function readPoint(at: string, store: Store, bucket: Bucket, name: string, fixture: unknown): AccessPoint {
  const problem = problemOfAccessPointName(name);
  if (problem !== undefined) throw makeMistake(`${at}: ${problem}. Give another name.`);
  if (!isRecord(fixture)) throw invalidValue(at, 'value', fixture, '{ policy, publicAccessBlock }, or {}');
  checkOptionNames(at, fixture, names);
  const { policy, publicAccessBlock, vpcId, account, alias, tags } = fixture as AccessPointFixture; // its names are checked, and each value below
  const region = bucket.region ?? firstRegion;
  const owner = readOwner(at, store, bucket, account);
  const place = { name, account: owner, region, vpcId: readText(at, 'vpcId', vpcId, "'vpc-1a2b3c4d'") };
  return {
    ...place,
    alias: readAlias(at, alias) ?? makeAlias(store.ids, name, region),
    publicAccessBlock: readBlock(at, publicAccessBlock),
    created: store.clock.now(),
    tags: readBucketTags(bucket.name, tags) ?? [],
    policy: isAbsent(policy) ? undefined : readResourcePolicy(`${at}: policy`, policy, makePointPolicyTarget(place)),
  };
}

function readOwner(at: string, store: Store, { owner }: Bucket, account: unknown): Account {
  if (account === undefined) return owner;
  const found = typeof account === 'string' ? store.findAccount(account) : undefined;
  if (found !== undefined) return found;
  throw invalidValue(
    at,
    'account',
    account,
    `one of the mock's accounts: ${store.accounts.map(({ name }) => name).join(', ')}`,
  );
}

function readText(at: string, name: string, value: unknown, example: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw invalidValue(at, name, value, `text such as ${example}, or undefined`);
}

function readAlias(at: string, alias: unknown): string | undefined {
  if (alias === undefined || (typeof alias === 'string' && /^[a-z0-9-]{1,55}-s3alias$/.test(alias))) return alias;
  throw invalidValue(at, 'alias', alias, "small letters, digits and hyphens that end in '-s3alias', or undefined");
}

function readBlock(at: string, given: unknown): PublicAccessBlock {
  if (given === undefined) return setAll(switches, () => true);
  const block = readShape(`${at}: publicAccessBlock`, structure(publicAccessSwitches), given) as PublicAccessBlock; // a value of the shape
  return setAll(switches, (name) => block[name] ?? false);
}

export function accessPointsLiteral(bucket: Bucket): AccessPointFixtures | undefined {
  const points = bucket.settings.accessPoints?.map((point) => [point.name, writePoint(bucket, point)] as const);
  return points && Object.fromEntries(points);
}

function writePoint({ owner }: Bucket, point: AccessPoint) {
  const { policy, publicAccessBlock, vpcId, account, alias, tags } = point;
  return {
    alias,
    publicAccessBlock,
    ...(policy && { policy: policyLiteral(policy) }),
    ...(vpcId !== undefined && { vpcId }),
    ...(account !== owner && { account: account.name }),
    ...(tags.length > 0 && { tags: tagsLiteral(tags) }),
  };
}

const closePoint = makeCloser<AccessPointState>({ label: ({ alias }) => `access point ${alias}`, others: names });

function showPoint(bucket: Bucket, point: AccessPoint): AccessPointState {
  return closePoint({ arn: writeAccessPointArn(point), ...writePoint(bucket, point) });
}
