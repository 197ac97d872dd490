import type { ChecksumAlgorithm } from '../../formats/digests';
import type { Caller } from '../identity/account';
import type { Lock } from '../object-lock';
import type { Tag } from '../tagging';
import type { Checksum, ObjectHeaders } from '../versions/version';

/** One part of an upload. A later part of the same number takes its place. */
export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  /** Without quotes. */
  readonly etag: string;
  /** In the upload's algorithm; undefined where that has none. */
  readonly checksum: string | undefined;
  readonly created: number;
}

/** A part as an upload names it when it is completed. */
export interface NamedPart {
  readonly PartNumber: number;
  /** Without quotes. */
  readonly ETag: string;
  readonly checksums: { readonly [A in ChecksumAlgorithm]?: string };
}

/** What the object of an upload is to have, said when it began. */
export interface UploadSettings {
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly storageClass: string;
  readonly tags: readonly Tag[];
  readonly lock: Lock | undefined;
  /** Undefined where none was asked for: then the object gets S3's own, and the parts have none. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'] | undefined;
}

/** How an upload ended. */
export interface Completion {
  /** The parts that it named, to know the same completion again. */
  readonly parts: string;
  readonly etag: string;
  readonly checksum: Checksum;
  /** Undefined where the null version was written. */
  readonly versionId: string | undefined;
}

/** An upload in parts. Never changed: a change takes its place. */
export interface Upload extends UploadSettings {
  readonly id: string;
  readonly key: string;
  readonly initiator: Caller;
  readonly initiated: number;
  readonly sequence: number;
  readonly state: 'open' | 'completed';
  /** What happened to the key since. */
  readonly changed: 'put' | 'delete' | undefined;
  readonly parts: ReadonlyMap<number, UploadedPart>;
  readonly completion: Completion | undefined;
}

/** An upload that has become an object. */
export interface CompletedUpload extends Upload {
  readonly completion: Completion;
}
