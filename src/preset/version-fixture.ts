import { types } from 'node:util';
import { readMoment } from '../model/clock';
import type { Lock } from '../model/object-lock';
import type { Tag } from '../model/tagging';
import { defaultHeaders, makeContent } from '../model/versions/content';
import type { ObjectContent, ObjectHeaders } from '../model/versions/version';
import { checkMembers, isRecord, wrong } from '../text/members';
import { type LockDetails, readLockDetails } from './object-lock';
import { isFilling } from './placeholder-bytes';
import { checkHeader, readETag, readHeaders, readMetadata, readStorageClass, readTags } from './version-details';

/**
 * Stands for a delete marker among the versions of a key.
 *
 * @example
 * mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });
 */
export const deleteMarker: unique symbol = Symbol.for('s3-versioning-mock.deleteMarker');

/** The bytes of an object: as text, as they are, or as base64, which JSON can hold. */
export type BodyFixture = string | Uint8Array | { readonly base64: string };

/** What may be said of a version beside its bytes. */
export interface VersionDetails extends LockDetails {
  /** `'null'` for the null version. Left out: an id is made, or, where versioning was never set, it is the null version. */
  readonly versionId?: string | undefined;
  /** A Date, milliseconds since 1970, or ISO 8601; not in the future. Default: now, by the mock's clock. */
  readonly lastModified?: Date | number | string | undefined;
  /** User metadata, without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Tags: key and value. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Default: `binary/octet-stream`, as on S3. */
  readonly contentType?: string | undefined;
  /** Other headers that come back with the object, in lower case: `{ 'cache-control': 'no-cache' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: `STANDARD`. */
  readonly storageClass?: string | undefined;
  /** The ETag of what was uploaded in parts or encrypted, where it is not the MD5 of the bytes. */
  readonly etag?: string | undefined;
}

/** A version or delete marker with all that may be said of it. */
export interface VersionDescription extends VersionDetails {
  /** Default: no bytes. */
  readonly body?: BodyFixture | undefined;
  /** Makes it a delete marker, which has neither bytes nor anything else that an object has. */
  readonly deleteMarker?: true | undefined;
}

/** One version of a key: its bytes, `deleteMarker`, or a description. */
export type VersionFixture = string | Uint8Array | typeof deleteMarker | VersionDescription;

/** A version that is checked and has but to be written. */
export interface ReadVersion {
  readonly id: string | undefined;
  readonly created: number;
  readonly content: ObjectContent | undefined;
  readonly tags: readonly Tag[];
  readonly lock: Lock | undefined;
}

/** What a version is read with: where it stands, for messages, and what its bucket is like. */
export interface Surroundings {
  readonly at: string;
  readonly now: number;
  /** Whether it is encrypted where nothing is said of it, as on AWS. */
  readonly encrypted: boolean;
}

/** The members that a version may be described with beside its bytes. */
export const detailMembers = [
  'versionId',
  'lastModified',
  'metadata',
  'tags',
  'contentType',
  'headers',
  'storageClass',
  'etag',
  'retention',
  'legalHold',
] as const satisfies readonly (keyof VersionDetails)[];

const markerMembers: readonly string[] = ['deleteMarker', 'versionId', 'lastModified'];

/** Reads one version of a literal. What S3 could not hold is a TypeError that says what would be right. */
export function readVersion(fixture: VersionFixture, around: Surroundings): ReadVersion {
  const { at } = around;
  if (fixture === deleteMarker) return readMarker({ deleteMarker: true }, around);
  if (typeof fixture === 'string' || types.isUint8Array(fixture)) return readObject({ body: fixture }, around);
  if (!isRecord(fixture)) {
    throw new TypeError(
      `${at}: ${wrong(fixture)} is no version. Give its bytes as text or a Uint8Array, deleteMarker, or an object such as { body: 'first', versionId: 'v1' }.`,
    );
  }
  const description: VersionDescription = fixture;
  checkMembers(at, description, ['body', 'deleteMarker', ...detailMembers]);
  return description.deleteMarker === undefined ? readObject(description, around) : readMarker(description, around);
}

function readMarker(description: VersionDescription, around: Surroundings): ReadVersion {
  const { at } = around;
  if (description.deleteMarker !== true)
    throw new TypeError(`${at}: deleteMarker ${wrong(description.deleteMarker)}. Give true, or leave it out.`);
  const more = Object.entries(description).find(
    ([name, value]) => value !== undefined && !markerMembers.includes(name),
  );
  if (more !== undefined)
    throw new TypeError(
      `${at}: ${more[0]} beside deleteMarker. A delete marker has a versionId and a lastModified, and nothing else.`,
    );
  return { ...readFacts(description, around), content: undefined, tags: [], lock: undefined };
}

/** Reads a version that is an object. */
export function readObject(
  description: VersionDetails & Pick<VersionDescription, 'body'>,
  around: Surroundings,
): ReadVersion & { readonly content: ObjectContent } {
  const { tags = {} } = description;
  const content = readContent(description, around);
  const lock = readLockDetails(around.at, description);
  return { ...readFacts(description, around), content, tags: readTags(around.at, tags), lock };
}

function readFacts({ versionId, lastModified }: VersionDetails, around: Surroundings) {
  return { id: readId(around.at, versionId), created: readTime(around, lastModified) };
}

function readId(at: string, id: string | undefined): string | undefined {
  if (id === undefined || (typeof id === 'string' && /^[\w.~-]{1,1024}$/.test(id))) return id;
  throw new TypeError(
    `${at}: version id ${wrong(id)}. Give 1 to 1,024 letters, digits or any of . _ ~ -, or 'null' for the null version.`,
  );
}

function readTime({ at, now }: Surroundings, moment: Date | number | string | undefined): number {
  if (moment === undefined) return now;
  let time: number;
  try {
    time = readMoment(moment);
  } catch (error) {
    throw new TypeError(`${at}: lastModified: ${(error as Error).message}`); // what readMoment throws
  }
  if (time < 0) throw new TypeError(`${at}: lastModified ${wrong(moment)} lies before 1970.`);
  if (time <= now) return time;
  throw new TypeError(
    `${at}: lastModified ${wrong(moment)} lies in the future: the mock's clock says ${new Date(now).toISOString()}. Give an earlier moment, or a later one as mockS3's now.`,
  );
}

function readContent(
  { body = '', metadata = {}, headers = {}, contentType, storageClass, etag }: VersionDescription,
  { at, encrypted }: Surroundings,
): ObjectContent {
  if (contentType !== undefined) checkHeader(at, 'contentType', contentType);
  const source = {
    body: readBody(at, body),
    metadata: readMetadata(at, metadata),
    headers: headersOf(defaultHeaders(encrypted), {
      ...readHeaders(at, headers),
      ...(contentType !== undefined && { 'content-type': contentType }),
    }),
    storageClass: readStorageClass(at, storageClass),
  };
  // An ETag of its own tells that these are not the bytes that S3 had in hand, so neither is a checksum of them kept.
  return etag === undefined
    ? makeContent(source)
    : { ...source, etag: readETag(at, etag), checksum: undefined, parts: undefined };
}

/** The defaults themselves where nothing else is said, so that many versions share them. */
function headersOf(defaults: ObjectHeaders, more: ObjectHeaders): ObjectHeaders {
  return Object.keys(more).length === 0 ? defaults : { ...defaults, ...more };
}

/** The bytes of a version, copied from what the test may change later. */
function readBody(at: string, body: BodyFixture): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body);
  if (types.isUint8Array(body)) return isFilling(body) ? body : Buffer.from(body);
  if (!isRecord(body))
    throw new TypeError(`${at}: body ${wrong(body)}. Give text, a Uint8Array, or { base64: 'Zmlyc3Q=' }.`);
  checkMembers(`${at}, body`, body, ['base64']);
  const { base64 } = body;
  const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
  if (bytes !== undefined && bytes.toString('base64') === base64) return bytes;
  throw new TypeError(`${at}, body: base64 ${wrong(base64)} is none. Give text such as 'Zmlyc3Q='.`);
}
