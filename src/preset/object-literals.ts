import { type ByteOutline, outlineBytes, writeTextOrBase64 } from '../formats/byte-outline';
import { type ObjectBody, type Piece, SparseBody } from '../formats/sparse-body';
import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import { isObject, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { byRule } from '../shapes/given';
import { addObjects, makeSeed, type ObjectFixtures, type VersionDescription } from './object-fixtures';
import { outlineParts, type PartOutlines, writeMarkerParts, writeParts } from './parts';
import type { BodyFixture } from './parts/content';
import type { BucketInStore, BucketOption } from './parts/part';
import { keysToCopy } from './replication-queue';
import { listVersions } from './version-copies';

export const bucketObjects: BucketOption<ObjectFixtures> = {
  shape: byRule,
  get: ({ store, bucket }) => objectOutlines(store, bucket),
  set: (place, objects) => objects !== undefined && addObjects(place, objects),
  isReadOnly: true,
  literal(place) {
    const objects = writeObjects(place);
    return Object.keys(objects).length > 0 ? objects : undefined;
  },
};

function writeObjects({ store, bucket }: BucketInStore): ObjectFixtures {
  const copied = keysToCopy(store);
  return objectLiterals(bucket, (version) => {
    const literal = versionLiteral(store, bucket, version);
    return copied.has(version.key) ? { ...literal, writeNumber: version.sequence } : literal;
  });
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

function versionLiteral(store: Store, bucket: Bucket, version: Version): VersionDescription {
  const place = { store, bucket };
  const [versionId, lastModified] = [versionIdOf(store, version), new Date(version.created).toISOString()];
  if (!isObject(version)) return writeMarkerParts(version, place, { deleteMarker: true, versionId, lastModified });
  const body = writeBody(version.content.body, makeSeed(version.key, versionId));
  return writeParts(version, place, Object.assign(body, { versionId, lastModified }));
}

/** Writes a placeholder as its size and the text from which its bytes follow. */
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
