import { type ObjectBody, readAllBytes, SparseBody } from '../formats/sparse-body';
import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import { isObject, type ObjectVersion, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { newest } from '../model/versions/version-stacks';
import { S3MockError } from '../s3-mock-error';
import { shapeOf } from '../shapes/given';
import type { LeafShape, Members } from '../shapes/shape';
import { boolean, date, text } from '../shapes/values';
import { type Closing, type Habits, makeClosedObject, sameCure } from '../text/closed-members';
import { counted } from '../text/counts';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { writeKey } from '../text/values';
import { partShapes, type StoredParts, showMarkerParts, showParts } from './parts';
import { curesOfReadHeaders } from './parts/content';

/** The members that a version and a delete marker have in common. */
export interface StoredFacts {
  /** The key of the object. */
  readonly key: string;
  /** Its id; `'null'` for the null version. */
  readonly versionId: string;
  /** Whether it is the current version of its key. */
  readonly isLatest: boolean;
  /** The time of the write, by the mock's clock. */
  readonly lastModified: Date;
}

/** The members of an object beside its bytes. */
interface ObjectFacts extends StoredFacts, StoredParts {
  /** Always false: an object is not a delete marker. */
  readonly deleteMarker: false;
}

/** A version that is an object, as a frozen copy of its state at the time of the call. */
export interface StoredObject extends ObjectFacts {
  /**
   * Its bytes; `toString()` returns them as text. The bytes of a placeholder of more than 1 MiB are made when this is read; from 512 MiB
   * on, reading throws an S3MockError: read a range by a GetObject.
   */
  readonly body: Buffer;
}

/** A delete marker, as a frozen copy of its state at the time of the call. */
export interface StoredDeleteMarker extends StoredFacts, NoParts {
  readonly deleteMarker: true;
  /** The state of its replication; undefined if no rule copies it. No request returns it. */
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
}

/** The members of an object that a delete marker does not contain. */
type NoParts = {
  readonly [Name in Exclude<keyof StoredObject, keyof StoredFacts | 'deleteMarker' | 'replicationStatus'>]?: undefined;
};

/** A version or a delete marker; `deleteMarker` says which. */
export type StoredVersion = StoredObject | StoredDeleteMarker;

/**
 * The current object of a key, as it was at the time of the call.
 *
 * @example
 * expect(s3.bucket('vault').object('report.pdf').text()).toBe('second');
 */
export interface ObjectHandle extends StoredObject {
  /** Returns its bytes as text. */
  text(): string;
}

const bytes: LeafShape<Buffer> = { kind: 'bytes' };

const facts = shapeOf<Omit<StoredObject, keyof StoredParts>>()({
  key: text,
  versionId: text,
  isLatest: boolean,
  deleteMarker: boolean,
  lastModified: date,
  body: bytes,
});

export const versionShapes: Members = { ...facts.members, ...partShapes };
export const namesOfVersion = Object.keys(versionShapes);

export function* showVersions(store: Store, bucket: Bucket, key?: string): Generator<StoredVersion> {
  for (const [version, isLatest] of listVersions(bucket, key)) yield showVersion(store, bucket, version, isLatest);
}

export function* listVersions(
  { versions }: Bucket,
  key?: string,
): Generator<readonly [version: Version, isLatest: boolean]> {
  let last: string | undefined;
  for (const version of key === undefined ? versions.from({ sortKey: '', sequence: newest }) : versions.of(key)) {
    yield [version, version.sortKey !== last];
    last = version.sortKey;
  }
}

/** A row of a list that somebody pages through: it contains what is cheap to know, and the rest when it is read. */
export interface VersionRow extends Pick<StoredFacts, 'key' | 'versionId' | 'isLatest' | 'lastModified'> {
  readonly deleteMarker: boolean;
  readonly size: number;
  readonly describe: () => object;
}

export function* versionRows(store: Store, bucket: Bucket, key?: string): Generator<VersionRow> {
  for (const [version, isLatest] of listVersions(bucket, key))
    yield {
      ...showFacts(store, version, isLatest),
      deleteMarker: !isObject(version),
      size: isObject(version) ? version.content.body.byteLength : 0,
      describe: () =>
        isObject(version)
          ? objectFacts(store, bucket, version, isLatest)
          : storedMarker(store, bucket, version, isLatest),
    };
}

export function showVersion(store: Store, bucket: Bucket, version: Version, isLatest: boolean): StoredVersion {
  return isObject(version)
    ? showObject(store, bucket, version, isLatest)
    : storedMarker(store, bucket, version, isLatest);
}

function storedMarker(store: Store, bucket: Bucket, version: Version, isLatest: boolean): StoredDeleteMarker {
  return Object.freeze(showMarkerParts(version, { store, bucket }, allFacts(store, version, isLatest, true)));
}

export function showObject(store: Store, bucket: Bucket, version: ObjectVersion, isLatest: boolean): StoredObject {
  const { body } = version.content;
  const shown: ObjectFacts & { body?: Buffer } = objectFacts(store, bucket, version, isLatest);
  if (body instanceof SparseBody) hideBody(shown, () => copyBytes(version.key, body));
  else shown.body = Buffer.from(body);
  return Object.freeze(shown as StoredObject); // it has its bytes now
}

/** Hides the body: a comparison or a print of the version would otherwise make all bytes of a placeholder. */
function hideBody<Shown extends object>(shown: Shown, get?: () => Buffer): Shown {
  return Object.defineProperty(shown, 'body', { ...(get && { get, configurable: true }), enumerable: false });
}

/** The greatest number of bytes in memory, which is also the longest text in V8. */
export const mostInMemory = 512 * 1024 * 1024;

function copyBytes(key: string, body: ObjectBody): Buffer {
  if (body.length < mostInMemory) return Buffer.from(readAllBytes(body));
  throw new S3MockError(
    'BODY_TOO_LARGE',
    `the object ${writeKey(key)} has ${counted(body.length, 'byte')}, too many for a Buffer. Read a range of it: new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-1023' }).`,
  );
}

/** Reads the bytes of an object as text. */
export function readText({ key, content }: ObjectVersion): string {
  return copyBytes(key, content.body).toString();
}

/** The methods of a bucket that take a key, for which code asks an object that it has by its handle. */
const methodsOfBucket = ['versions', 'newest', 'oldest', 'current', 'object', 'delete'];

function makeHabits(bucket: string, key: string): Habits<ObjectHandle> {
  const handle = `s3.bucket(${writeKey(bucket)})`;
  const ofBucket = methodsOfBucket.map((name) => [name, `Write ${handle}.${name}(${writeKey(key)}).`]);
  return {
    ...sameCure(
      ['transformToString', 'transformToByteArray', 'arrayBuffer', 'buffer', 'content', 'read', 'get'],
      'Write text(), or body for the bytes.',
    ),
    json: 'Write JSON.parse(object.text()).',
    ...Object.fromEntries(ofBucket),
    remove: `Write ${handle}.delete(${writeKey(key)}).`,
    ...sameCure(['put', 'set', 'write'], `Write ${handle}.put(${writeKey(key)}, 'first').`),
    keys: `Write ${handle}.keys.`,
    ...curesOfReadHeaders,
  };
}

export function makeObjectHandle(store: Store, bucket: Bucket, version: ObjectVersion): ObjectHandle {
  let copy: Buffer | undefined;
  const members = {
    ...objectFacts(store, bucket, version, true),
    get body() {
      copy ??= copyBytes(version.key, version.content.body);
      return copy;
    },
    text: () => readText(version),
  };
  if (version.content.body instanceof SparseBody) hideBody(members);
  const label = `object ${writeKey(version.key)}`;
  const closing: Closing<ObjectHandle> = {
    label,
    others: namesOfVersion,
    // Few handles are asked for what they lack, and a listing makes thousands.
    get cures() {
      return makeHabits(bucket.name, version.key);
    },
  };
  const handle = makeClosedObject(closing, members);
  refuseFurtherArguments(handle, () => label, {
    text: [0, ([encoding]) => `no argument: it reads UTF-8. body.toString(${encoding}) reads the bytes otherwise`],
  });
  return Object.freeze(handle);
}

/** Puts all members into one object: making an object out of several would take V8 seven times as long. */
function objectFacts(store: Store, bucket: Bucket, version: ObjectVersion, isLatest: boolean): ObjectFacts {
  return showParts(version, { store, bucket }, allFacts(store, version, isLatest, false));
}

function allFacts<Marker extends boolean>(store: Store, version: Version, isLatest: boolean, deleteMarker: Marker) {
  const { key, created } = version;
  return { key, versionId: versionIdOf(store, version), isLatest, lastModified: new Date(created), deleteMarker };
}

export function showFacts(store: Store, version: Version, isLatest: boolean): StoredFacts {
  const { key, created } = version;
  return { key, versionId: versionIdOf(store, version), isLatest, lastModified: new Date(created) };
}
