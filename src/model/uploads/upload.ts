import type { ChecksumAlgorithm } from '../../formats/digests';
import type { Acl } from '../access/grants';
import type { Caller } from '../identity/account';
import type { Lock } from '../object-lock';
import type { Tag } from '../tagging';
import type { Checksum, Encryption, NamedEncryption, ObjectHeaders } from '../versions/version';

/** One part of an upload. A later part with the same number replaces it. */
export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  /** Without quotes. */
  readonly etag: string;
  /** In the upload's algorithm; undefined if the upload has none. */
  readonly checksum: string | undefined;
  readonly created: number;
}

/** An entry in a completion's list of parts. */
export interface NamedPart {
  readonly PartNumber: number;
  /** Without quotes. */
  readonly ETag: string;
  readonly checksums: { readonly [A in ChecksumAlgorithm]?: string };
}

/** The settings of the object to be, which the upload began with. */
export interface UploadSettings {
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly encryption: Encryption;
  readonly storageClass: string;
  readonly tags: readonly Tag[];
  /** The lock of the object: what the request asks for, or the bucket's default at that time (F106). */
  readonly lock: Lock | undefined;
  /** The encryption that the request named, not that of the bucket. */
  readonly namedEncryption?: NamedEncryption | undefined;
  /** Undefined if only the bucket's owner has access. */
  readonly acl?: Acl | undefined;
  /** Undefined if the request named none: then the object gets S3's default checksum, and the parts have none. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'] | undefined;
}

/** The result of a completed upload. */
export interface Completion {
  /** The parts that the completion named, by which a repeated completion is recognized. */
  readonly parts: string;
  readonly etag: string;
  /** Undefined if the null version was written. */
  readonly versionId: string | undefined;
}

/** A multipart upload. Read-only: a change replaces it. */
export interface Upload extends UploadSettings {
  readonly id: string;
  readonly key: string;
  readonly initiator: Caller;
  readonly initiated: number;
  /** The number of the write of its version, taken as the upload begins (F84). */
  readonly sequence: number;
  /** The last change of the key's current version since the upload began. */
  readonly changed: 'put' | 'delete' | undefined;
  /** Whether the key's null version was deleted since the upload began: an older one does not come back (F84). */
  readonly isNullDeleted: boolean;
  readonly parts: ReadonlyMap<number, UploadedPart>;
  readonly isAborted: boolean;
  readonly completion: Completion | undefined;
}

export function isOpen({ completion, isAborted }: Upload): boolean {
  return completion === undefined && !isAborted;
}

export interface CompletedUpload extends Upload {
  readonly completion: Completion;
}
