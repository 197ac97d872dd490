import { type ByteOutline, outlineBytes, writeTextOrBase64 } from '../formats/byte-outline';
import { type ObjectBody, type Piece, SparseBody } from '../formats/sparse-body';
import type { Bucket } from '../model/bucket';
import type { PublicAccessBlock } from '../model/configurations/public-access-switches';
import type { Store } from '../model/store';
import { isObject, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { conditionsLiteral, type RequestConditions } from './access-conditions';
import {
  type AccountFixture,
  accountLiterals,
  holdingLiterals,
  type RoleFixtures,
  type UserFixtures,
} from './account-fixture';
import { type BucketFixture, bucketOptions } from './bucket-fixture';
import { type KmsKeyFixtures, kmsKeysLiteral } from './kms-keys-handle';
import { makeSeed, type VersionDescription } from './object-fixtures';
import { outlineParts, type PartOutlines, writeMarkerParts, writeParts } from './parts';
import type { BodyFixture } from './parts/content';
import { keysToCopy, queueLiteral } from './replication-queue';
import { listVersions } from './version-copies';

export interface StoreLiteral {
  readonly organizationId?: string;
  readonly conditions?: RequestConditions;
  readonly users?: UserFixtures;
  readonly roles?: RoleFixtures;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly caller?: string;
  readonly accounts?: readonly (string | AccountFixture)[];
  readonly kmsKeys?: KmsKeyFixtures;
  readonly now?: string;
  readonly buckets: Readonly<Record<string, BucketFixture>>;
}

/** What a mock is made with and keeps. */
export function traitsLiteral({
  defaultAccount,
  conditions,
}: Store): Pick<StoreLiteral, 'organizationId' | 'conditions'> {
  const { organizationId } = defaultAccount;
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(conditions.size > 0 && { conditions: conditionsLiteral(conditions) }),
  };
}

/** It leaves out uploads in progress, checksums and parts of objects, times and checksums of annotations, sessions and MFA devices. */
export function storeLiteral(store: Store): StoreLiteral {
  const { buckets, clock, defaultAccount } = store;
  // All accounts in their order, since the ids and keys of each depend on the accounts before it.
  const accounts = accountLiterals(store);
  const now = clock.now();
  const last = [...buckets.values()].reduce((latest, bucket) => Math.max(latest, lastWrite(bucket)), 0);
  // If the clock was moved, the times of versions may be in the future for a mock without `now`.
  const moved = 'at' in clock.state || clock.state.offset !== 0 || last > now;
  const { account, user, session } = store.acting;
  const kmsKeys = kmsKeysLiteral(store);
  const isOption = account === defaultAccount && user !== undefined && session === undefined;
  const copied = keysToCopy(store);
  return {
    ...traitsLiteral(store),
    ...(accounts.length > 0 && { accounts }),
    ...holdingLiterals(defaultAccount),
    ...(isOption && { caller: user }),
    ...(kmsKeys && { kmsKeys }),
    ...(moved && { now: new Date(Math.max(now, last)).toISOString() }),
    buckets: Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucketLiteral(store, bucket, copied)])),
  };
}

function lastWrite(bucket: Bucket): number {
  let last = 0;
  for (const [{ created }] of listVersions(bucket)) last = Math.max(last, created);
  return last;
}

function bucketLiteral(store: Store, bucket: Bucket, copied: ReadonlySet<string>): BucketFixture {
  const objects = objectLiterals(bucket, (version) => {
    const literal = versionLiteral(store, bucket, version);
    return copied.has(version.key) ? { ...literal, writeNumber: version.sequence } : literal;
  });
  return {
    ...settingsLiteral(store, bucket),
    ...(Object.keys(objects).length > 0 && { objects }),
    ...queueLiteral(store, bucket),
  };
}

function objectLiterals<Literal>(
  bucket: Bucket,
  literal: (version: Version) => Literal,
): Readonly<Record<string, readonly Literal[]>> {
  const objects = new Map<string, Literal[]>();
  for (const [version] of listVersions(bucket)) {
    const stack = objects.get(version.key) ?? [];
    objects.set(version.key, stack);
    stack.push(literal(version));
  }
  return Object.fromEntries([...objects].map(([key, stack]) => [key, stack.toReversed()]));
}

function settingsLiteral(store: Store, bucket: Bucket): Omit<BucketFixture, 'objects'> {
  const literals = Object.entries(bucketOptions).map(
    ([name, { write }]) => [name, write?.({ store, bucket })] as const,
  );
  return Object.fromEntries(literals.filter(([, literal]) => literal !== undefined));
}

function versionLiteral(store: Store, bucket: Bucket, version: Version): VersionDescription {
  const place = { store, bucket };
  const [versionId, lastModified] = [versionIdOf(store, version), new Date(version.created).toISOString()];
  if (!isObject(version)) return writeMarkerParts(version, place, { deleteMarker: true, versionId, lastModified });
  const body = writeBody(version.content.body, makeSeed(version.key, versionId));
  return writeParts(version, place, Object.assign(body, { versionId, lastModified }));
}

/** A placeholder is written by its size, and what its bytes follow from. */
function writeBody(body: ObjectBody, seed: string): Pick<VersionDescription, 'body' | 'size'> {
  if (!(body instanceof SparseBody)) return { body: writeTextOrBase64(body) };
  const [first] = body.pieces;
  if (first === undefined || body.pieces.length > 1) return { body: { pieces: body.pieces.map(writePiece) } };
  const isOfPlace = 'seed' in first && first.seed === seed && first.start === 0;
  return isOfPlace ? { size: body.length } : { body: writePiece(first) };
}

function writePiece(piece: Piece): BodyFixture {
  if (!('seed' in piece)) return writeTextOrBase64(piece);
  const { seed, start, length } = piece;
  return { size: length, seed, ...(start > 0 && { start }) };
}

/** A version in the form of a fixture, without the time of its write. */
export interface VersionOutline extends PartOutlines, Pick<VersionDescription, 'versionId' | 'deleteMarker' | 'owner'> {
  /** The body. A long body is its length and its MD5. */
  readonly body?: ByteOutline;
}

/** A bucket in the form of a fixture, without the times of writes. */
export interface BucketOutline extends Omit<BucketFixture, 'objects' | 'replicationQueue'> {
  readonly objects?: Readonly<Record<string, readonly VersionOutline[]>>;
}

/** The outline is the same in each run with the same seed. */
export function writeOutline(store: Store, bucket: Bucket): BucketOutline {
  const objects = objectOutlines(store, bucket);
  return { ...settingsLiteral(store, bucket), ...(Object.keys(objects).length > 0 && { objects }) };
}

export function objectOutlines(store: Store, bucket: Bucket): Readonly<Record<string, readonly VersionOutline[]>> {
  return objectLiterals(bucket, (version) => versionOutline(store, bucket, version));
}

function versionOutline(store: Store, bucket: Bucket, version: Version): VersionOutline {
  if (isObject(version)) {
    const facts = { body: outlineBytes(version.content.body), versionId: versionIdOf(store, version) };
    return { ...facts, ...outlineParts(version, { store, bucket }) };
  }
  const { versionId, owner, replicationStatus } = versionLiteral(store, bucket, version);
  return { deleteMarker: true, versionId, ...(owner && { owner }), ...(replicationStatus && { replicationStatus }) };
}
