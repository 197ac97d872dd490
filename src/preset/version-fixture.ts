import { types } from 'node:util';
import type { Acl } from '../model/access/grants';
import type { Archivable } from '../model/archives/archive-state';
import type { RestoreRules } from '../model/archives/restore';
import { readMoment } from '../model/clock';
import type { Account } from '../model/identity/account';
import type { Lock } from '../model/object-lock';
import type { Protection } from '../model/protection';
import type { Replicable } from '../model/replication/replication-state';
import type { Store } from '../model/store';
import type { Tag } from '../model/tagging';
import { defaultHeaders, hidesDigest, makeContent, wholeChecksum } from '../model/versions/content';
import type { Annotation, Encryption, ObjectContent, ObjectHeaders } from '../model/versions/version';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { type Bytes, isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { type ObjectAclFixture, readMarkerOwner, readObjectAcl } from './acl';
import { type AnnotationsFixture, readAnnotations } from './annotations';
import { type ArchiveDetails, archiveDetailNames, readArchive } from './archives';
import { type DeleteMarker, deleteMarker } from './delete-marker';
import { type EncryptionFixture, readEncryption } from './encryption';
import { type LockDetails, readLockDetails } from './object-lock';
import { isFilling } from './placeholder-bytes';
import { type ProtectionFixture, readProtectionFixture } from './protection';
import { type ReplicationDetails, readReplication, replicationDetailNames } from './replication';
import { readTags } from './tagging';
import { checkHeader, readETag, readHeaders, readMetadata, readStorageClass } from './version-details';

/** The bytes of an object: as text, as bytes, or as base64, which JSON can store. */
export type BodyFixture = string | Bytes | { readonly base64: string };

/** The members of a version in a literal, beside its bytes. */
export interface VersionDetails extends LockDetails, ArchiveDetails, ReplicationDetails {
  /** Its id; `'null'` for the null version. If left out, an id is generated, or it is the null version if versioning was never set. */
  readonly versionId?: string | undefined;
  /** When it was written: a Date, milliseconds since 1970, or ISO 8601; not in the future. Default: now, by the mock's clock. */
  readonly lastModified?: Date | number | string | undefined;
  /** User metadata, without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Its tags: key and value. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Its annotations: name and text, `{ summary: 'A report.' }`. Default: none. */
  readonly annotations?: AnnotationsFixture | undefined;
  /** Its media type. Default: `binary/octet-stream`, as on S3. */
  readonly contentType?: string | undefined;
  /** Other headers that S3 returns with the object, in lower case: `{ 'cache-control': 'no-cache' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Its encryption. Default: the bucket's default if a test puts it, else S3's own key. */
  readonly encryption?: EncryptionFixture | undefined;
  /** Its storage class. Default: `STANDARD`. */
  readonly storageClass?: string | undefined;
  /** Its ACL: a canned one such as `'public-read'`, or `{ Grants }` as AWS's SDKs write it. Default: `'private'`. */
  readonly acl?: ObjectAclFixture | undefined;
  /**
   * Its retention and legal holds in a bucket with a retention policy of IBM COS, only if the bucket has one: `{ RetentionPeriod: 86_400,
   * LegalHolds: ['case-7'] }`. Default: the bucket's default if a test puts it, else none.
   */
  readonly protection?: ProtectionFixture | undefined;
  /** Its ETag, if that is not the MD5 of its bytes, as for a multipart upload or an encrypted object. Default: as S3 makes it. */
  readonly etag?: string | undefined;
}

/** A version or delete marker with all its members. */
export interface VersionDescription extends VersionDetails {
  /** Its bytes. Default: no bytes. */
  readonly body?: BodyFixture | undefined;
  /** `true` makes it a delete marker, which has neither bytes nor the other members of an object. An object leaves it out. */
  readonly deleteMarker?: boolean | undefined;
  /** The account that made a delete marker, by its name, its 12 digits or its canonical id. Default: the bucket's owner. */
  readonly owner?: string | undefined;
  /**
   * The number of the write that made it, which `toJSON` gives to the versions of a key of which something is still to be copied to another
   * bucket: by these numbers the replica takes its place. All versions of the key have one, or none has. Default: the next number.
   */
  readonly writeNumber?: number | undefined;
}

/** One version of a key: its bytes, `deleteMarker`, or a description. */
export type VersionFixture = string | Bytes | DeleteMarker | VersionDescription;

/** A version that is checked and can be written. */
export interface ReadVersion extends Archivable, Replicable {
  readonly id: string | undefined;
  readonly created: number;
  readonly content: ObjectContent | undefined;
  readonly tags: readonly Tag[];
  readonly annotations?: readonly Annotation[] | undefined;
  readonly lock: Lock | undefined;
  readonly protection?: Protection | undefined;
  readonly acl?: Acl | undefined;
  readonly writeNumber?: number | undefined;
}

/** The context in which a version is read: its label for messages, and the parts of its bucket that matter. */
export interface VersionContext {
  readonly at: string;
  readonly store: Store;
  readonly bucketOwner: Account;
  readonly now: number;
  readonly region: string | undefined;
  /** The encryption of an object whose fixture names none. */
  readonly encryption: Encryption;
  /** The restores of the bucket's service. */
  readonly restores: RestoreRules;
}

/** The names of the members of a version beside its bytes. */
export const versionDetailNames = [
  'versionId',
  'lastModified',
  'metadata',
  'tags',
  'annotations',
  'contentType',
  'headers',
  'encryption',
  'storageClass',
  'acl',
  'etag',
  'retention',
  'legalHold',
  'protection',
  ...archiveDetailNames,
  ...replicationDetailNames,
] as const satisfies readonly (keyof VersionDetails)[];

const markerNames: readonly string[] = [
  ...['deleteMarker', 'owner', 'versionId', 'lastModified', 'writeNumber'],
  ...replicationDetailNames,
];

/** Reads one version of a literal. A version that S3 cannot store is a TypeError that says what to write instead. */
export function readVersion(fixture: VersionFixture, context: VersionContext): ReadVersion {
  const { at } = context;
  if (fixture === deleteMarker) return readMarker({ deleteMarker: true }, context);
  if (typeof fixture === 'string' || types.isUint8Array(fixture)) return readObject({ body: fixture }, context);
  if (!isRecord(fixture)) {
    throw new TypeError(
      `${at}: ${writeGiven(fixture)} is not a version. Give its bytes as text or a Uint8Array, deleteMarker, or an object such as { body: 'first', versionId: 'v1' }.`,
    );
  }
  const description: VersionDescription = fixture;
  checkOptionNames(at, description, ['body', 'deleteMarker', 'owner', ...versionDetailNames, 'writeNumber']);
  if (description.deleteMarker !== undefined) return readMarker(description, context);
  if (description.owner !== undefined)
    throw new TypeError(`${at}: only a delete marker has the option owner. Give an object acl: { Owner, Grants }.`);
  return readObject(description, context);
}

function readMarker(description: VersionDescription, context: VersionContext): ReadVersion {
  const { at } = context;
  if (description.deleteMarker !== true)
    throw invalidValue(
      at,
      'deleteMarker',
      description.deleteMarker,
      'true, or undefined: without it the version is an object',
    );
  const more = Object.entries(description).find(([name, value]) => value !== undefined && !markerNames.includes(name));
  if (more !== undefined)
    throw new TypeError(
      `${at}: a delete marker has no ${more[0]}; it has only a versionId, a lastModified, an owner and a replicationStatus`,
    );
  const acl = readMarkerOwner(context, description.owner);
  return { ...readFacts(description, context), content: undefined, tags: [], lock: undefined, acl };
}

/** Reads a version that is an object. */
export function readObject(
  description: VersionDetails & Pick<VersionDescription, 'body' | 'writeNumber'>,
  context: VersionContext,
): ReadVersion & { readonly content: ObjectContent } {
  const { tags = {} } = description;
  const content = readContent(description, context);
  const facts = readFacts(description, context);
  const lock = readLockDetails(context.at, description, facts.created);
  const protection = readProtectionFixture(context.at, description.protection, facts.created);
  const acl = readObjectAcl(context, description.acl);
  const annotated = { ids: context.store.ids, created: facts.created, encryption: content.encryption };
  const annotations = readAnnotations(context.at, description.annotations, annotated);
  const archive = readArchive(description, content.storageClass, context);
  const parts = { tags: readTags(context.at, tags), lock, protection, acl, ...archive };
  return { ...facts, content, ...parts, ...(annotations && { annotations }) };
}

function readFacts(description: VersionDescription, context: VersionContext) {
  const { versionId, lastModified, writeNumber } = description;
  if (writeNumber !== undefined && !(Number.isInteger(writeNumber) && writeNumber >= 0))
    throw invalidValue(context.at, 'writeNumber', writeNumber, 'a whole number from 0 on, or undefined');
  const replication = readReplication(context.at, description);
  return {
    id: readId(context.at, versionId),
    created: readTime(context, lastModified),
    // Few versions have these, and a test may make a million versions.
    ...(replication && { replication }),
    ...(writeNumber !== undefined && { writeNumber }),
  };
}

function readId(at: string, id: string | undefined): string | undefined {
  if (id === undefined || (typeof id === 'string' && /^[\w.~-]{1,1024}$/.test(id))) return id;
  throw invalidValue(
    at,
    'version id',
    id,
    "1 to 1,024 letters, digits or any of . _ ~ -, or 'null' for the null version",
  );
}

function readTime({ at, now }: VersionContext, moment: Date | number | string | undefined): number {
  if (moment === undefined) return now;
  const time = readMoment(moment, `${at}: lastModified`);
  if (time <= now) return time;
  throw new TypeError(
    `${at}: lastModified ${writeGiven(moment)} is in the future: the mock's clock says ${new Date(now).toISOString()}. Give an earlier moment, or set a later one as the option now of mockS3.`,
  );
}

function readContent(
  { body = '', metadata = {}, headers = {}, contentType, encryption, storageClass, etag }: VersionDescription,
  { at, store, bucketOwner, region, ...defaults }: VersionContext,
): ObjectContent {
  if (contentType !== undefined) checkHeader(at, 'contentType', contentType);
  const source = {
    body: readBody(at, body),
    metadata: readMetadata(at, metadata),
    headers: headersOf({
      ...readHeaders(at, headers),
      ...(contentType !== undefined && { 'content-type': contentType }),
    }),
    encryption:
      encryption === undefined
        ? defaults.encryption
        : readEncryption(at, encryption, { account: bucketOwner.id, region }),
    storageClass: readStorageClass(at, storageClass),
  };
  return etag === undefined ? makeContent(store.ids, source) : contentWithETag(source, readETag(at, etag));
}

/**
 * The content of an object whose ETag is given. If encryption does not explain an ETag that is not the MD5 of the bytes, S3 had other
 * bytes or had them in parts, and no checksum of these is stored.
 */
function contentWithETag(source: Omit<ObjectContent, 'etag' | 'checksum' | 'parts'>, etag: string): ObjectContent {
  const isWhole = hidesDigest(source.encryption) && !etag.includes('-');
  const checksum = isWhole ? wholeChecksum('CRC64NVME', source.body) : undefined;
  return { ...source, etag, checksum, parts: undefined };
}

/** The defaults themselves if no other header is given, so that many versions share them. */
function headersOf(more: ObjectHeaders): ObjectHeaders {
  return Object.keys(more).length === 0 ? defaultHeaders : { ...defaultHeaders, ...more };
}

/** Throws if a body is given as a whole version: `put('report.pdf', { body: 'first' })`. */
function checkIsNoVersion(at: string, given: Readonly<Record<string, unknown>>): void {
  if (!('body' in given)) return;
  const right =
    "the bytes by themselves, and other members after them: put('report.pdf', 'first', { versionId: 'v1' })";
  throw invalidValue(at, 'body', given, right);
}

/** Reads the bytes of a version as a copy, since the test may change them later. */
function readBody(at: string, body: BodyFixture): Uint8Array {
  if (typeof body === 'string') return withOwnMemory(Buffer.from(body));
  if (types.isUint8Array(body)) return isFilling(body) ? body : withOwnMemory(Buffer.from(body));
  if (!isRecord(body)) throw invalidValue(at, 'body', body, "text, a Uint8Array, or { base64: 'Zmlyc3Q=' }");
  checkIsNoVersion(at, { ...body });
  checkOptionNames(`${at}, body`, body, ['base64']);
  const { base64 } = body;
  const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
  if (bytes !== undefined && bytes.toString('base64') === base64) return withOwnMemory(bytes);
  throw invalidValue(`${at}, body`, 'base64', base64, "text such as 'Zmlyc3Q='");
}

/** Fewer bytes take less memory together with others. */
const FEW = 512;

/** Node puts short copies into a memory that they share. The journal would copy what it keeps of such a body at each read. */
function withOwnMemory(bytes: Buffer): Buffer {
  if (bytes.length < FEW || bytes.length === bytes.buffer.byteLength) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}
