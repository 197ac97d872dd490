import type { ObjectBody } from '../../formats/sparse-body';
import { type ContentSource, defaultHeaders, standard } from '../../model/versions/content';
import type { ObjectVersion } from '../../model/versions/version';
import { type AclDetails, acl, type StoredAcl } from './acl';
import { type AnnotationsDetails, annotations, type StoredAnnotations } from './annotations';
import { type ArchiveDetails, type ArchiveOutline, archives, type StoredArchive } from './archives';
import { type ContentDetails, content, makeObjectContent, type StoredContent } from './content';
import { type EncryptionMember, encryption, type StoredEncryption } from './encryption';
import { type LockDetails, type LockOutline, objectLock, type StoredLock } from './object-lock';
import {
  type Drawn,
  type DrawnSource,
  join,
  type Part,
  type Place,
  type ReadVersion,
  type VersionContext,
} from './part';
import { type ProtectionDetails, type ProtectionMember, type ProtectionOutline, protection } from './protection';
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

/** In the order of literals and of pictures. */
export const parts: readonly Part<PartDetails, Partial<StoredParts>>[] = [
  content,
  encryption,
  archives,
  tagging,
  annotations,
  objectLock,
  protection,
  acl,
  replication,
];

export const partNames = parts.flatMap(({ members }) => members);

export const partShapes = join<Part<PartDetails, StoredParts>['shape']>(
  {},
  parts.map(({ shape }) => shape),
);

const noMetadata = Object.freeze({});

type ReadObject = Omit<ReadVersion, 'id'> & Pick<ObjectVersion, 'content'>;

export function readParts(
  given: PartDetails,
  body: ObjectBody,
  context: VersionContext & { readonly created: number },
): ReadObject {
  const { at, store, created } = context;
  const named = parts.filter(({ members }) => members.some((name) => given[name] !== undefined));
  const bare = {
    body,
    metadata: noMetadata,
    headers: defaultHeaders,
    encryption: context.encryption,
    storageClass: standard,
  };
  const source = join<ContentSource>(
    bare,
    named.map((part) => part.describe?.(given, context)),
  );
  const described = { ...context, content: makeObjectContent(at, store.ids, source, given.etag) };
  const read = { created, content: described.content, tags: [], lock: undefined, acl: undefined };
  return join(
    read,
    named.map((part) => part.accept?.(given, described)),
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
