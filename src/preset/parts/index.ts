import type { ObjectBody } from '../../formats/sparse-body';
import { type ContentSource, defaultHeaders, standard } from '../../model/versions/content';
import type { ObjectVersion } from '../../model/versions/version';
import { type GivenShape, givenNames } from '../../shapes/given';
import { readGiven } from '../../shapes/given-reader';
import { type AclDetails, acl, type StoredAcl } from './acl';
import { type AnnotationsDetails, annotations, type StoredAnnotations } from './annotations';
import { type ArchiveDetails, type ArchiveOutline, type ArchiveValues, archives, type StoredArchive } from './archives';
import { type ContentDetails, content, makeObjectContent, type StoredContent } from './content';
import { type EncryptionMember, encryption, type StoredEncryption } from './encryption';
import { type LockDetails, type LockOutline, type LockValues, objectLock, type StoredLock } from './object-lock';
import {
  type Drawn,
  type DrawnSource,
  join,
  type PartFaces,
  type Place,
  type ReadVersion,
  type VersionContext,
} from './part';
import {
  type ProtectionDetails,
  type ProtectionMember,
  type ProtectionOutline,
  type ProtectionValues,
  protection,
} from './protection';
import { type ReplicationDetails, replication, type StoredReplication } from './replication';
import { type StoredTags, type TagsDetails, tagging } from './tagging';

/** The members of an object in a literal that parts have. */
export interface PartDetails
  extends ContentDetails,
    EncryptionMember,
    ArchiveDetails,
    TagsDetails,
    AnnotationsDetails,
    AclDetails,
    LockDetails,
    ProtectionDetails,
    ReplicationDetails {}

/** The members of an object on a handle that parts have. */
export interface StoredParts
  extends StoredContent,
    StoredTags,
    StoredAnnotations,
    StoredEncryption,
    StoredArchive,
    StoredAcl,
    StoredLock,
    ProtectionMember,
    StoredReplication {}

/** The members of an object in an outline that parts have. */
export interface PartOutlines
  extends ContentDetails,
    EncryptionMember,
    ArchiveOutline,
    TagsDetails,
    AnnotationsDetails,
    AclDetails,
    LockOutline,
    ProtectionOutline,
    Pick<ReplicationDetails, 'replicationStatus'> {}

/** Members of a literal, read. */
type ShapedValues = ArchiveValues & LockValues & ProtectionValues;

type PartValues = Omit<PartDetails, keyof ShapedValues> & ShapedValues;

/** In the order of literals and of pictures. */
export const parts: readonly (PartFaces<PartDetails, Partial<StoredParts>, PartValues, StoredParts> & {
  readonly shape: Readonly<Record<string, GivenShape | undefined>>;
})[] = [content, encryption, archives, tagging, annotations, objectLock, protection, acl, replication];

const allShapes = join<Readonly<Record<string, GivenShape | undefined>>>(
  {},
  parts.map(({ shape }) => shape),
);

export const partNames = givenNames(allShapes) as readonly (keyof PartDetails)[]; // those of the parts

/** Of the members that handles show. */
export const partShapes = Object.fromEntries(
  Object.entries(allShapes).filter(([, shape]) => shape?.isGivenOnly === undefined),
);

/** Most versions have no member of any part, and a test may make a million. */
const namesOfParts = parts.map((part) => ({ part, names: givenNames(part.shape) }));

const noMetadata = Object.freeze({});

type ReadObject = Omit<ReadVersion, 'id'> & Pick<ObjectVersion, 'content'>;

export function readParts(
  given: PartDetails,
  body: ObjectBody,
  context: VersionContext & { readonly created: number },
): ReadObject {
  const { at, store, created } = context;
  const named = namesOfParts
    .filter(({ names }) => names.some((name) => Reflect.get(given, name) !== undefined))
    .map(({ part }) => ({ part, read: readGiven(part.shape, given, context) as PartValues })); // of the part's members
  const bare = {
    body,
    metadata: noMetadata,
    headers: defaultHeaders,
    encryption: context.encryption,
    storageClass: standard,
  };
  const source = join<ContentSource>(
    bare,
    named.map(({ part, read }) => part.describe?.(read, context)),
  );
  const described = { ...context, content: makeObjectContent(at, store.ids, source, given.etag) };
  return join(
    { created, content: described.content, tags: [], lock: undefined, acl: undefined },
    named.map(({ part, read }) => part.accept?.(read, described)),
  );
}

export function showParts(version: ObjectVersion, place: Place): StoredParts {
  return join(
    {},
    parts.map(({ show }) => show(version, place)),
  );
}

export function writeParts(version: ObjectVersion, place: Place): PartDetails {
  return join(
    {},
    parts.map(({ write }) => write(version, place)),
  );
}

export function outlineParts(version: ObjectVersion, place: Place): PartOutlines {
  const outlines = parts.map(({ write, outline }) => {
    const literal = write(version, place);
    return outline ? outline(literal, version) : literal;
  });
  return join({}, outlines);
}

export function drawParts(stored: Drawn<StoredParts>, source: DrawnSource | undefined): readonly string[] {
  return parts.flatMap(({ draw }) => draw?.(stored, source) ?? []);
}

export const markerFaces = parts.flatMap(({ marker }) => marker ?? []);
