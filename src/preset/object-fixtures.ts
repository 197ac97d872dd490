import { types } from 'node:util';
import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { ObjectBody } from '../formats/sparse-body';
import type { Bucket } from '../model/bucket';
import { problemOfKey } from '../model/object-keys';
import { expectDue } from '../model/schedule/due-times';
import type { Store } from '../model/store';
import type { VersioningStatus } from '../model/versioning';
import { makeSortKey } from '../model/versions/sort-key';
import type { ObjectVersion, Version } from '../model/versions/version';
import { findVersion } from '../model/versions/version-lookup';
import { makeExplicitId } from '../model/versions/writes';
import { expecting, inPast, judgedByRule, shapeOf } from '../shapes/given';
import { readGiven } from '../shapes/given-reader';
import type { LeafShape } from '../shapes/shape';
import { boolean, date, text } from '../shapes/values';
import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { readItems } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { type Bytes, isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';
import type { DeleteMarker } from './delete-marker';
import { markerNames, type PartDetails, partNames, parts, readMarkerParts, readParts } from './parts';
import { type BodyFixture, checkIsNotJson, checkSizeOfObject, curesOfWrittenHeaders, readBody } from './parts/content';
import { defaultEncryption, readBucketEncryption } from './parts/encryption';
import {
  type BucketInStore,
  type BucketTraits,
  count,
  join,
  type ReadVersion,
  type VersionContext,
} from './parts/part';

/** The members of a version in a fixture, beside its bytes. */
export interface VersionDetails extends PartDetails {
  /** Its id; `'null'` for the null version. Default: a new id. If versioning was never set, it is the null version. */
  readonly versionId?: string | undefined;
  /** The time of the write: a Date, milliseconds since 1970, or ISO 8601. It cannot be in the future. Default: now, by the mock's clock. */
  readonly lastModified?: Date | number | string | undefined;
}

/** A version or delete marker with all its members. */
export interface VersionDescription extends VersionDetails {
  /** Its bytes, `''` for an empty object. Leave them out for a delete marker, and for a placeholder, which has a size. */
  readonly body?: BodyFixture | undefined;
  /**
   * The number of its bytes. Without a body, the version is a placeholder of that size. Its bytes follow from the key and the version id.
   * The mock makes them when somebody reads them, so they take no memory. With a body, the number must be the size of the body.
   */
  readonly size?: number | undefined;
  /** `true` makes it a delete marker, which has neither bytes nor the other members of an object. Leave it out for an object. */
  readonly deleteMarker?: boolean | undefined;
  /** The account that made a delete marker, by its name, its 12 digits or its canonical id. Default: the bucket's owner. */
  readonly owner?: string | undefined;
  /**
   * The number of the write that made it. While replication has not yet copied a version of a key to another bucket, `toJSON` writes the
   * number for all versions of the key, so that the replica gets its place among the versions of the other bucket. Set it for all versions
   * of a key, or for none. Default: the next number.
   */
  readonly writeNumber?: number | undefined;
}

/** A version of a key: its bytes, `deleteMarker`, or a description. */
export type VersionFixture = string | Bytes | DeleteMarker | VersionDescription;

/**
 * The objects of a bucket: each key with its versions, oldest first, or with its one version.
 *
 * @example
 * const objects: ObjectFixtures = {
 *   'report.pdf': ['first', 'second', deleteMarker],
 *   'notes.txt': { body: 'old', versionId: 'null', lastModified: '2024-01-31', metadata: { author: 'ann' } },
 * };
 */
export type ObjectFixtures = Readonly<Record<string, VersionFixture | readonly VersionFixture[]>>;

const content: LeafShape<BodyFixture> = { kind: 'bytes' };

/** The members of a version that belong to none of its parts. */
const facts = shapeOf<Omit<VersionDescription, keyof PartDetails>>()({
  body: judgedByRule(content),
  size: judgedByRule(count),
  deleteMarker: expecting(
    boolean,
    'true, or undefined: without it the version is an object',
    (given) => given === true,
  ),
  owner: judgedByRule(text),
  versionId: {
    ...expecting(
      text,
      "1 to 1,024 letters, digits or any of . _ ~ -, or 'null' for the null version",
      (id) => typeof id === 'string' && /^[\w.~-]{1,1024}$/.test(id),
    ),
    label: 'version id',
  },
  lastModified: inPast(date),
  writeNumber: judgedByRule(count),
}).members;

export const versionDetailNames: readonly (keyof VersionDetails)[] = ['versionId', 'lastModified', ...partNames];

const { writeNumber: _, ...earlier } = facts;
const descriptionNames = [...Object.keys(earlier), ...partNames, 'writeNumber'];
const namesOfMarkers = ['deleteMarker', 'versionId', 'lastModified', 'writeNumber', ...markerNames];

type VersionFacts = Pick<ReadVersion, 'id' | 'created' | 'writeNumber'>;

/** Reads the versions of a key, oldest first. */
interface ReadKey {
  readonly key: string;
  readonly versions: readonly ReadVersion[];
}

function readObjects({ store, bucket: owner }: BucketInStore, objects: ObjectFixtures): readonly ReadKey[] {
  const traits = traitsOf(owner);
  const bucket = `bucket '${traits.name}'`;
  if (!isRecord(objects)) {
    throw invalidValue(
      bucket,
      'objects',
      objects,
      "an object with the versions of each key, such as { 'report.pdf': ['first', 'second'] }",
    );
  }
  return Object.entries(objects).map(([key, fixture]) => {
    checkKey(traits.name, key);
    const at = writeKeyLabel(traits.name, key);
    const fixtures: readonly VersionFixture[] = Array.isArray(fixture) ? readItems(fixture) : [fixture];
    const versions = fixtures.map((one, index) => {
      const place = fixtures.length === 1 ? at : `${at}, version ${index + 1} of ${fixtures.length}`;
      const version = readVersion(
        one,
        makeContext(store, traits, place, makeSeed(key, findGivenId(one) ?? String(index))),
      );
      checkAgainstBucket(place, traits, version);
      return version;
    });
    checkStack(at, traits.status, versions);
    return { key, versions };
  });
}

export function writeKeyLabel(bucket: string, key: string): string {
  return `bucket '${bucket}', key ${writeKey(key)}`;
}

export function checkKey(bucket: string, key: string): void {
  checkKeyIsText(bucket, key);
  const problem = problemOfKey(key);
  if (problem !== undefined) throw makeMistake(`bucket '${bucket}': invalid key ${writeKey(key)}: ${problem}`);
}

export function checkKeyIsText(bucket: string, key: unknown): void {
  if (typeof key !== 'string') throw invalidValue(`bucket '${bucket}'`, 'key', key, 'a string');
}

function makeContext(
  store: Store,
  { location, region, owner }: Pick<BucketTraits, 'location' | 'region' | 'owner'>,
  at: string,
  seed: string,
): VersionContext {
  const { restores } = dialects[isCosLocation(location ?? '') ? 'ibm-cos' : 'aws'];
  const encryption = defaultEncryption({ location });
  return { at, seed, store, bucketOwner: owner, region, now: store.clock.now(), encryption, restores };
}

/** Makes the seed for the bytes of a placeholder: the versions of a key differ. */
export function makeSeed(key: string, versionId: string): string {
  return `${key}\n${versionId}`;
}

function findGivenId(version: VersionFixture): string | undefined {
  const id = isRecord(version) ? Reflect.get(version, 'versionId') : undefined;
  return typeof id === 'string' ? id : undefined;
}

function readVersion(fixture: VersionFixture, context: VersionContext): ReadVersion {
  const { at } = context;
  if (typeof fixture === 'string' || types.isUint8Array(fixture)) return readObject({ body: fixture }, context);
  if (!isRecord(fixture)) {
    throw makeMistake(
      `${at}: ${writeGiven(fixture)} is not a version. Give its bytes as text or a Uint8Array, deleteMarker, or an object such as { body: 'first', versionId: 'v1' }.`,
    );
  }
  const description: VersionDescription = fixture;
  checkIsNotJson(at, description, descriptionNames, ['body', 'size', 'deleteMarker']);
  checkOptionNames(at, description, descriptionNames, curesOfWrittenHeaders);
  if (description.deleteMarker !== undefined) return readMarker(description, context);
  if (description.owner !== undefined)
    throw makeMistake(`${at}: only a delete marker has the option owner. Give an object acl: { Owner, Grants }.`);
  return readObject(description, context);
}

function readMarker(description: VersionDescription, context: VersionContext): ReadVersion {
  const read = readFacts(description, context);
  const more = Object.entries(description).find(
    ([name, value]) => value !== undefined && !namesOfMarkers.includes(name),
  );
  if (more !== undefined)
    throw makeMistake(
      `${context.at}: a delete marker has no ${more[0]}; it has only a versionId, a lastModified, an owner and a replicationStatus`,
    );
  const marker = Object.assign(read, { content: undefined, tags: [], lock: undefined, acl: undefined });
  return readMarkerParts(marker, description, context);
}

function readObject(
  description: VersionDescription,
  context: VersionContext,
): ReadVersion & Pick<ObjectVersion, 'content'> {
  const facts = readFacts(description, context);
  return readParts(description, readSizedBody(description, context), facts, context);
}

function readSizedBody(description: VersionDescription, { at, seed }: VersionContext): ObjectBody {
  const { body, size } = description;
  if (size === undefined) {
    if ('body' in description) return readBody(at, body, seed);
    throw makeMistake(
      `${at}: it has neither a body nor deleteMarker: true. Give its bytes, such as body: 'first', or body: '' for an empty object; a delete marker is deleteMarker, or { ...deleteMarker, versionId: 'v2' }.`,
    );
  }
  checkSizeOfObject(at, size);
  const read = readBody(at, body === undefined ? { size } : body, seed);
  if (read.length === size) return read;
  throw makeMistake(
    `${at}: its size is ${size}, but its body has ${counted(read.length, 'byte')}. Leave one of them out.`,
  );
}

function readFacts(description: VersionDescription, context: VersionContext): VersionFacts {
  const { versionId: id, lastModified, writeNumber } = readGiven(facts, description, context);
  return { id, created: lastModified?.getTime() ?? context.now, writeNumber };
}

function checkAgainstBucket(at: string, traits: BucketTraits, version: ReadVersion): void {
  checkAgainstVersioning(at, traits.status, version);
  for (const { rules } of parts) rules?.(at, traits, version);
}

function checkAgainstVersioning(at: string, status: VersioningStatus | undefined, version: ReadVersion): void {
  if (status !== undefined) return;
  const remedy = "or give versioning 'Enabled' or 'Suspended' beside objects.";
  if (version.content === undefined)
    throw makeMistake(
      `${at}: it is a delete marker, but versioning was never set, and S3 then deletes permanently. Leave it out, ${remedy}`,
    );
  if (version.id !== undefined && version.id !== 'null')
    throw makeMistake(
      `${at}: its version id is '${version.id}', but versioning was never set, and S3 then has the null version only. Leave it out, ${remedy}`,
    );
}

function checkStack(at: string, status: VersioningStatus | undefined, versions: readonly ReadVersion[]): void {
  if (status === undefined && versions.length > 1)
    throw makeMistake(
      `${at}: it has ${versions.length} versions, but versioning was never set, and S3 then keeps the last one only. Give that one, or give versioning 'Enabled' or 'Suspended' beside objects.`,
    );
  const nulls = versions.filter(({ id }) => id === 'null').length;
  if (nulls > 1)
    throw makeMistake(
      `${at}: it has ${nulls} null versions, and a key can have only one. Give the others their own ids, or none.`,
    );
  const ids = versions.flatMap(({ id }) => (id === undefined || id === 'null' ? [] : [id]));
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined)
    throw makeMistake(`${at}: the version id '${twice}' is given twice. Give each version an id of its own, or none.`);
  checkWriteNumbers(at, versions);
}

function checkWriteNumbers(at: string, versions: readonly ReadVersion[]): void {
  const numbers = versions.flatMap(({ writeNumber }) => (writeNumber === undefined ? [] : [writeNumber]));
  if (numbers.length === 0) return;
  if (numbers.length < versions.length)
    throw makeMistake(`${at}: only some of its versions have a writeNumber. Give one to all of them, or to none.`);
  if (numbers.some((number, index) => !Number.isInteger(number) || number <= (numbers[index - 1] ?? -1)))
    throw invalidValue(at, 'writeNumbers', numbers, 'whole numbers from 0 on, greater ones for later versions');
}

function traitsOf({ name, owner, location, region, objectLock, versioning, settings }: Bucket): BucketTraits {
  return { name, owner, location, region, objectLock, status: versioning.Status, policy: settings.protection };
}

export function addObjects({ store, bucket }: BucketInStore, objects: ObjectFixtures): void {
  const keys = readObjects({ store, bucket }, objects);
  for (const { versions } of keys) for (const { id } of versions) passId(store, id);
  const byDefault = bucket.versioning.Status === undefined ? 'null' : undefined;
  for (const { key, versions } of keys) {
    for (const version of versions) writeVersion(store, bucket, key, version, version.id ?? byDefault);
  }
}

/** Writes an object, and adds the bucket's defaults. */
export function writeObject(
  { store, bucket }: BucketInStore,
  key: string,
  description: VersionDescription,
): ObjectVersion {
  const { name, location, versioning } = bucket;
  const at = writeKeyLabel(name, key);
  const traits = traitsOf(bucket);
  const context = makeContext(store, traits, at, makeSeed(key, findGivenId(description) ?? ''));
  const isByBucket = description.encryption === undefined && !isCosLocation(location ?? '');
  const encryption = isByBucket ? readBucketEncryption(at, { store, bucket }) : context.encryption;
  const read = readObject(description, { ...context, encryption });
  checkAgainstBucket(at, traits, read);
  const { id = versioning.Status === 'Enabled' ? undefined : 'null' } = read;
  if (id !== undefined && id !== 'null' && findVersion(store, bucket, key, id))
    throw makeMistake(`${at}: there is already a version '${id}' of it. Give another id, or none.`);
  const completed = join<ReadVersion>(
    read,
    parts.map(({ complete }) => complete?.(read, bucket)),
  );
  const write = () => {
    passId(store, id);
    return writeVersion(store, bucket, key, completed, id);
  };
  return { ...store.transaction(write), content: read.content };
}

function writeVersion(
  store: Store,
  bucket: Bucket,
  key: string,
  read: ReadVersion,
  explicitId: string | undefined,
): Version {
  const { writeNumber } = read;
  store.passSequence(writeNumber);
  const sequence = writeNumber ?? store.nextSequence();
  const id = explicitId ?? makeExplicitId(store, bucket, { sequence, created: read.created });
  const written = makeVersion({ key, sortKey: makeSortKey(key), sequence, explicitId: id }, read);
  bucket.versions.add(written);
  for (const { due } of parts) expectDue(store, due?.(written));
  return written;
}

type VersionIdentity = Pick<Version, 'key' | 'sortKey' | 'sequence' | 'explicitId'>;

function makeVersion(identity: VersionIdentity, { id: _id, writeNumber: _number, ...stored }: ReadVersion): Version {
  return { ...identity, ...stored };
}

/** Passes an id that `toJSON` may have written with the same seed. */
function passId(store: Store, id: string | undefined): void {
  if (id !== undefined) store.passSequence(store.versionIds.readSequence(id));
}
