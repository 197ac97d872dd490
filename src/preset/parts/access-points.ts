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
import { entries, structure } from '../../shapes/elements';
import {
  asDocument,
  byRule,
  type Complete,
  expecting,
  givenNames,
  judgedByRule,
  shapeOf,
  shownOnly,
} from '../../shapes/given';
import { readGiven, showStructure, writeGivenMembers } from '../../shapes/given-reader';
import type { LeafShape, StructureValue } from '../../shapes/shape';
import { text } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { isAbsent, isRecord } from '../../text/value-kinds';
import { type PolicyLiteral, policyLiteral, readResourcePolicy } from '../policy';
import type { BucketInStore, BucketOption } from './part';
import { readBucketTags, type TagsFixture, tagsLiteral } from './tagging';

/** An access point of a bucket. */
export interface AccessPointFixture {
  /** Its policy, as an object or as JSON. The policy's resources are the ARN of the access point, and `ARN/object/*`. Default: none. */
  readonly policy?: PolicyLiteral | string | undefined;
  /** Its public access block. A switch that is left out is off. Default: all are on, as on a point that CreateAccessPoint makes without a block. */
  readonly publicAccessBlock?: PublicAccessBlock | undefined;
  /**
   * The only network that can reach it: the value of `aws:SourceVpc` of a caller or a VPC endpoint. Default: it answers to the Internet.
   */
  readonly vpcId?: string | undefined;
  /** The account that owns it, by id or name. Default: the owner of the bucket. */
  readonly account?: string | undefined;
  /** Its alias, `reports-...-s3alias`. Default: an alias is made up. */
  readonly alias?: string | undefined;
  /** Its tags: `{ stage: 'test' }`. Default: none. */
  readonly tags?: TagsFixture | undefined;
}

/** Access points by their names. */
export type AccessPointFixtures = Readonly<Record<string, AccessPointFixture>>;

/** An access point of a bucket as a test reads it: a frozen copy. */
export interface AccessPointState extends AccessPointFixture {
  /** Its ARN. Clients can send it in place of a bucket's name: `arn:aws:s3:us-east-1:000000000000:accesspoint/reports`. */
  readonly arn: string;
  readonly alias: string;
  readonly publicAccessBlock: PublicAccessBlock;
}

/** The access points of a bucket, as a member that can be set. */
export interface AccessPointsMember {
  /**
   * Its access points by their names, frozen; undefined if it has none. You can set them, which replaces them all.
   *
   * @example
   * const arn = s3.bucket('vault').accessPoints?.['reports']?.arn;
   */
  get accessPoints(): Readonly<Record<string, AccessPointState>> | undefined;
  set accessPoints(fixtures: AccessPointFixtures | undefined);
}

const policyText: LeafShape<PolicyLiteral | string> = { kind: 'text' };

const shape = shapeOf<AccessPointFixture, AccessPointState>()({
  arn: shownOnly(text),
  policy: judgedByRule(policyText),
  publicAccessBlock: asDocument(structure(publicAccessSwitches)),
  vpcId: expecting(text, "text such as 'vpc-1a2b3c4d', or undefined", (id) => typeof id === 'string' && id !== ''),
  account: judgedByRule(text),
  alias: expecting(
    text,
    "small letters, digits and hyphens that end in '-s3alias', or undefined",
    (alias) => typeof alias === 'string' && /^[a-z0-9-]{1,55}-s3alias$/.test(alias),
  ),
  tags: judgedByRule(entries),
});

export const bucketAccessPoints: BucketOption<AccessPointFixtures> = {
  shape: byRule,
  get({ bucket }) {
    const points = bucket.settings.accessPoints?.map((point) => [point.name, showPoint(bucket, point)] as const);
    return points && Object.freeze(Object.fromEntries(points));
  },
  set: setAccessPoints,
  literal: ({ bucket }) => accessPointsLiteral(bucket),
};

const switches = Object.keys(publicAccessSwitches) as readonly PublicAccessSwitch[]; // its own keys

function setAccessPoints({ store, bucket }: BucketInStore, given: unknown): void {
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
  checkOptionNames(at, fixture, givenNames(shape.members));
  const now = store.clock.now();
  const read = readGiven(shape.members, fixture, { at, now, joint: ': ' });
  const { policy, publicAccessBlock: block, vpcId, account, alias, tags } = read;
  const region = bucket.region ?? firstRegion;
  const owner = readOwner(at, store, bucket, account);
  const place = { name, account: owner, region, vpcId };
  return {
    ...place,
    alias: alias ?? makeAlias(store.ids, name, region),
    publicAccessBlock: setAll(switches, (one) => (block === undefined ? true : (block[one] ?? false))),
    created: now,
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

function accessPointsLiteral(bucket: Bucket): AccessPointFixtures | undefined {
  const points = bucket.settings.accessPoints?.map(
    (point) => [point.name, writeGivenMembers(shape.members, describePoint(bucket, point))] as const,
  );
  return points && Object.fromEntries(points);
}

function showPoint(bucket: Bucket, point: AccessPoint): AccessPointState {
  return showStructure(shape, describePoint(bucket, point)) as AccessPointState; // by its shape
}

function describePoint({ owner }: Bucket, point: AccessPoint): Complete<StructureValue<typeof shape.members>> {
  const { policy, publicAccessBlock, vpcId, account, alias, tags } = point;
  return {
    arn: writeAccessPointArn(point),
    policy: policyLiteral(policy),
    publicAccessBlock,
    vpcId,
    account: account === owner ? undefined : account.name,
    alias,
    tags: tags.length > 0 ? tagsLiteral(tags) : undefined,
  };
}
