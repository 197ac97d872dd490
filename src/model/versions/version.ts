import type { ChecksumAlgorithm } from '../../formats/digests';
import type { ObjectBody } from '../../formats/sparse-body';
import type { Acl } from '../access/grants';
import type { Archivable } from '../archives/archive-state';
import type { Lock, Lockable } from '../object-lock';
import type { Protection } from '../protection';
import { readOnly } from '../read-only';
import type { Replicable } from '../replication/replication-state';
import type { Tag } from '../tagging';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Computed over all bytes, or composed of the parts' checksums. */
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
}

export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

/** Names are in lower case. */
export interface ObjectHeaders {
  readonly [name: string]: string;
}

/** The encryption of an object, under the names of S3's answers. At IBM COS it may be empty, since COS says nothing about its own keys. */
export interface Encryption {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** The whole ARN of the KMS key. */
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: true;
  /** The encryption context in base64, with the ARN of the object (F630). */
  readonly SSEKMSEncryptionContext?: string;
  readonly SSECustomerAlgorithm?: 'AES256';
  /** The MD5 by which S3 recognizes a customer's key. S3 does not keep the key. */
  readonly SSECustomerKeyMD5?: string;
}

/** The encryption that a request named, under the names of AWS's SDKs. */
export interface NamedEncryption {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
}

export interface ObjectContent {
  readonly body: ObjectBody;
  /** The ETag without quotes. */
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly encryption: Encryption;
  readonly storageClass: string;
  /** Is undefined for an object that was not uploaded in parts. */
  readonly parts: readonly ObjectPart[] | undefined;
}

/** An annotation of a version. It is read-only: a change replaces it. */
export interface Annotation {
  readonly name: string;
  /** The text in UTF-8. */
  readonly body: Uint8Array;
  /** The ETag without quotes. */
  readonly etag: string;
  readonly checksum: Checksum;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A version of a key, or, without content, a delete marker. It is read-only: a change replaces it. */
export interface Version extends Lockable, Archivable, Replicable {
  readonly key: string;
  /** Sorts as S3 sorts the key. */
  readonly sortKey: string;
  /** A later write has a higher number. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** `null`, or an id from a test; undefined if the id follows from the sequence. */
  readonly explicitId: string | undefined;
  readonly content: ObjectContent | undefined;
  readonly tags: readonly Tag[];
  readonly lock: Lock | undefined;
  /** The retention of IBM COS; absent unless the version was written to a bucket with a retention policy. */
  readonly protection?: Protection | undefined;
  /** The ACL; absent if only the bucket's owner has access. The ACL of a delete marker has an owner and no grants. */
  readonly acl?: Acl | undefined;
  /** The annotations in the order of their names; absent if it has none. */
  readonly annotations?: readonly Annotation[] | undefined;
}

/** A commit reports which of these parts were put: they change while the bytes stay. */
export const changingParts = {
  tags: ({ tags }) => tags,
  annotations: ({ annotations }) => annotations,
  acl: ({ acl }) => acl,
  retention: ({ lock }) => lock?.retention,
  'legal hold': ({ lock }) => lock?.legalHold,
  restore: ({ restore }) => restore,
  'access tier': ({ accessTier }) => accessTier,
  protection: ({ protection }) => protection,
  'storage class': ({ content }) => content?.storageClass,
  encryption: ({ content }) => content?.encryption,
} as const satisfies Readonly<Record<string, (version: Version) => unknown>>;

/** F857 */
export const followingParts = [
  'tags',
  'annotations',
  'acl',
  'retention',
  'legal hold',
] as const satisfies readonly (keyof typeof changingParts)[];

export interface ObjectVersion extends Version {
  readonly content: ObjectContent;
}

export function isObject(version: Version | undefined): version is ObjectVersion {
  return version?.content !== undefined;
}

/** Freezes the members that entries of the journal share with a version. */
export function freezeVersion({ tags, content }: Version): void {
  readOnly(tags);
  if (content) readOnly(content.metadata);
}
