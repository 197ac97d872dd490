import { type ObjectBody, SparseBody } from '../formats/sparse-body';
import type { RequestEntry } from '../journal/entry';
import type { MockState } from '../mock/state';
import { isObject, type ObjectVersion } from '../model/versions/version';
import { isArray, memberOf } from '../text/value-kinds';
import { findOrigin, type Origin } from './origins';

/** The object that a request has read, as the requests before it or the buckets show it. */
export interface ReadObject {
  readonly bytes: Uint8Array;
  /** The single PutObject that wrote it; undefined if it was an upload in parts, the fixture or a handle. */
  readonly put?: RequestEntry;
  /** The upload in parts that wrote it, if the test has completed it. */
  readonly upload?: RequestEntry;
  /** The version that the bucket or the fixture has, if no request above wrote it. */
  readonly stored?: Stored;
}

export interface Stored {
  readonly version: ObjectVersion;
  readonly origin: Origin | undefined;
}

/** Finds what an object had when a request read it, by its ETag: a handle, or S3 itself, can have changed the object between two requests. */
export function findReadObject(
  state: MockState,
  read: RequestEntry,
  before: readonly RequestEntry[],
): ReadObject | undefined {
  const tag = memberOf(read.output, 'ETag');
  if (typeof tag !== 'string') return undefined;
  const write = before.findLast((one) => isWriteOf(one, read) && memberOf(one.output, 'ETag') === tag);
  if (write?.operation === 'PutObject') return write.body && { bytes: write.body, put: write };
  const joined = write && joinParts(write, before);
  if (write !== undefined && joined !== undefined) return { bytes: joined, upload: write };
  const stored = findStored(state, read, tag);
  const bytes = stored && readShort(stored.version.content.body);
  return stored && bytes && { bytes, stored };
}

function isWriteOf({ operation, error, bucket, key, output }: RequestEntry, read: RequestEntry): boolean {
  const isWrite = operation === 'PutObject' || operation === 'CompleteMultipartUpload';
  const isSame = bucket === read.bucket && key === read.key;
  return isWrite && error === undefined && isSame && isSameVersion(output, read.output);
}

/** The bytes can be the same without the object being the same one. */
function isSameVersion(written: unknown, read: unknown): boolean {
  return memberOf(written, 'VersionId') === memberOf(read, 'VersionId');
}

function joinParts({ input }: RequestEntry, before: readonly RequestEntry[]): Uint8Array | undefined {
  const id = memberOf(input, 'UploadId');
  const named = memberOf(memberOf(input, 'MultipartUpload'), 'Parts');
  const parts = (isArray(named) ? named : []).map((part: unknown) =>
    before.findLast(
      (one) =>
        one.operation === 'UploadPart' &&
        memberOf(one.input, 'UploadId') === id &&
        memberOf(one.output, 'ETag') === memberOf(part, 'ETag') &&
        memberOf(one.input, 'PartNumber') === memberOf(part, 'PartNumber'),
    ),
  );
  const bodies = parts.map((part) => part?.body);
  return bodies.length > 0 && bodies.every((body) => body !== undefined) ? Buffer.concat(bodies) : undefined;
}

/** Looks into the buckets as they were when the test began, and as they are. */
function findStored(state: MockState, read: RequestEntry, tag: string): Stored | undefined {
  const { store, fixtures } = state;
  const { bucket = '', key = '' } = read;
  const find = () =>
    [...(store.buckets.get(bucket)?.versions.of(key) ?? [])]
      .filter((version): version is ObjectVersion => isObject(version))
      .find(({ content }) => `"${content.etag}"` === tag);
  // The fixture comes first, since a write of the same bytes has the same ETag as what it has replaced.
  const given = store.unobserved(() => store.actOn(fixtures, find)).result;
  if (given !== undefined) return { version: given, origin: 'fixture' };
  const version = find();
  return version && { version, origin: findOrigin(state, read) };
}

/** A long body of placeholders is none that a request has written. */
function readShort(body: ObjectBody): Uint8Array | undefined {
  return body instanceof SparseBody ? undefined : body;
}
