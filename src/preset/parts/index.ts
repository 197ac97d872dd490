import type { ObjectBody } from '../../formats/sparse-body';
import { defaultHeaders, standard } from '../../model/versions/content';
import type { ObjectVersion, Version } from '../../model/versions/version';
import { givenNames, shownMembers } from '../../shapes/given';
import { copyMembers, type Form, readGiven, writeGivenMembers } from '../../shapes/given-reader';
import { type AclDetails, acl, type StoredAcl } from './acl';
import { type AnnotationsDetails, annotations, type StoredAnnotations } from './annotations';
import { type ArchiveDetails, type ArchiveOutline, archives, type StoredArchive } from './archives';
import { type ContentDetails, content, makeObjectContent, type StoredContent } from './content';
import { type EncryptionMember, encryption, type StoredEncryption } from './encryption';
import { type LockDetails, type LockOutline, objectLock, type StoredLock } from './object-lock';
import {
  type BucketInStore,
  type Drawn,
  type DrawnSource,
  join,
  type MarkerDetails,
  type MarkerFace,
  type ObjectContext,
  type Part,
  type ReadVersion,
  type Shapes,
  type VersionContext,
} from './part';
import { type ProtectionDetails, type ProtectionMember, type ProtectionOutline, protection } from './protection';
import { type ReplicationDetails, replication, type StoredReplication } from './replication';
import { type StoredTags, type TagsDetails, tagging } from './tagging';

/** The members that parts add to an object in a literal. */
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

/** The members that parts add to an object on a handle. */
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

/** The members that parts add to an object in an outline. */
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

interface Registered<Context> extends Omit<Part<PartDetails, StoredParts, object>, 'shape' | 'toModel' | 'fromModel'> {
  readonly shape: Shapes;
  /** Makes the members of the model from values that were read by the part's own shape. */
  readonly toModel: (given: never, context: Context) => object;
  readonly fromModel: (version: ObjectVersion, place: BucketInStore, form: Form) => object;
}

const partsOfContent: readonly Registered<VersionContext>[] = [content, encryption];
const partsOfVersion: readonly Registered<ObjectContext>[] = [
  ...[archives, tagging, annotations, objectLock, protection, acl, replication],
];

/** The parts in the order of literals and of pictures. */
export const parts: readonly Registered<ObjectContext>[] = [...partsOfContent, ...partsOfVersion];

const markers = parts.flatMap(({ marker }) => marker ?? []);

const allShapes = joinShapes(parts);

function joinShapes(faces: readonly Pick<MarkerFace, 'shape'>[]): Shapes {
  return join(
    {},
    faces.map(({ shape }) => shape),
  );
}

export const partNames = givenNames(allShapes) as readonly (keyof PartDetails)[]; // those of the parts
export const markerNames = givenNames(joinShapes(markers));

/** The shapes of the members that handles show. */
export const partShapes = shownMembers(allShapes);

const noMetadata = Object.freeze({});
const noTags = Object.freeze([]);

type VersionFacts = Pick<ReadVersion, 'id' | 'created' | 'writeNumber'>;

export function readParts(
  given: PartDetails,
  body: ObjectBody,
  facts: VersionFacts,
  context: VersionContext,
): ReadVersion & Pick<ObjectVersion, 'content'> {
  const { store, encryption } = context;
  const read = readNamed(parts, given, context);
  const source = { body, metadata: noMetadata, headers: defaultHeaders, encryption, storageClass: standard };
  const content = makeObjectContent(store.ids, withPieces(source, partsOfContent, read, context));
  const bare = { ...facts, content, tags: noTags, lock: undefined, acl: undefined };
  return withPieces(bare, partsOfVersion, read, { ...context, created: facts.created, content });
}

export function readMarkerParts<Marker extends object>(marker: Marker, given: object, context: VersionContext): Marker {
  return withPieces(marker, markers, readNamed(markers, given, context), context);
}

type ReadValues = ReadonlyMap<Shapes, object>;

const namesOfShapes = new Map([...parts, ...markers].map(({ shape }) => [shape, givenNames(shape)]));

function readNamed(among: readonly Pick<MarkerFace, 'shape'>[], given: object, context: VersionContext): ReadValues {
  const named = among.filter(({ shape }) =>
    namesOfShapes.get(shape)?.some((name) => Reflect.get(given, name) !== undefined),
  );
  return new Map(named.map(({ shape }) => [shape, readGiven(shape, given, context)]));
}

/** Adds the members that the parts describe. A member without a value is left out, since most versions lack most members. */
function withPieces<Described extends object, Context>(
  described: Described,
  among: readonly Pick<Registered<Context>, 'shape' | 'toModel'>[],
  read: ReadValues,
  context: Context,
): Described {
  const filled = { ...described };
  for (const { shape, toModel } of among) {
    const values = read.get(shape);
    if (values === undefined) continue;
    const piece = toModel(values as never, context); // read by the part's shape
    for (const name of Object.keys(piece)) {
      const value: unknown = Reflect.get(piece, name);
      if (value !== undefined) Reflect.set(filled, name, value);
    }
  }
  return filled;
}

/** Adds the members of the parts to the known members of the version. */
export function showParts<Known extends object>(
  version: ObjectVersion,
  place: BucketInStore,
  known: Known,
): Known & StoredParts {
  return copyParts(version, place, 'handle', known) as Known & StoredParts; // by their shapes
}

export function writeParts<Known extends object>(
  version: ObjectVersion,
  place: BucketInStore,
  known: Known,
): Known & PartDetails {
  return copyParts(version, place, 'literal', known) as Known & PartDetails; // by their shapes
}

function copyParts(version: ObjectVersion, place: BucketInStore, form: Form, shown: object): object {
  for (const { shape, fromModel } of parts) copyMembers(shape, fromModel(version, place, form), form, shown);
  return shown;
}

export function outlineParts(version: ObjectVersion, place: BucketInStore): PartOutlines {
  const outlines = parts.map(({ shape, fromModel, outline }) => {
    const literal = writeGivenMembers(shape, fromModel(version, place, 'literal'));
    return outline ? outline(literal, version) : literal;
  });
  return join({}, outlines);
}

export function drawParts(stored: Drawn<StoredParts>, source: DrawnSource | undefined): readonly string[] {
  return parts.flatMap(({ draw }) => draw?.(stored, source) ?? []);
}

export function showMarkerParts<Known extends object>(version: Version, place: BucketInStore, known: Known): Known {
  return copyMarkerParts(version, place, 'handle', known) as Known;
}

export function writeMarkerParts<Known extends object>(
  version: Version,
  place: BucketInStore,
  known: Known,
): Known & MarkerDetails {
  return copyMarkerParts(version, place, 'literal', known) as Known & MarkerDetails; // by their shapes
}

function copyMarkerParts(version: Version, place: BucketInStore, form: Form, shown: object): object {
  for (const { shape, fromModel } of markers) copyMembers(shape, fromModel(version, place), form, shown);
  return shown;
}
