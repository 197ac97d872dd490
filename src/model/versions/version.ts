import type { ChecksumAlgorithm } from '../../formats/digests';
import type { Lock, Lockable } from '../object-lock';
import type { Tag } from '../tagging';

/** A checksum that is kept with an object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Of all bytes, or made of those of the parts. */
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
}

/** A part of which an object was put together. */
export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

/** What is kept of an object beside its bytes, given when it is made. Names are those of S3's headers in lower case. */
export interface ObjectHeaders {
  readonly [name: string]: string;
}

/** The bytes of a version and what was said of them; the same for a version and its snapshot, and never changed. */
export interface ObjectContent {
  readonly body: Uint8Array;
  /** Without quotes. */
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly storageClass: string;
  /** Undefined for what was put at once. */
  readonly parts: readonly ObjectPart[] | undefined;
}

/** One version of a key, or, without a content, a delete marker. Never changed: a change takes its place. */
export interface Version extends Lockable {
  readonly key: string;
  /** The key as it sorts. */
  readonly order: string;
  /** The number of the write that made it. A later write has a higher one. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** `null`, or an id that a test gave; undefined where the id follows from the sequence. */
  readonly givenId: string | undefined;
  readonly content: ObjectContent | undefined;
  readonly tags: readonly Tag[];
  readonly lock: Lock | undefined;
}

/** A version that is an object, not a delete marker. */
export interface ObjectVersion extends Version {
  readonly content: ObjectContent;
}

/** Tells an object from a delete marker. */
export function isObject(version: Version | undefined): version is ObjectVersion {
  return version?.content !== undefined;
}
