import { type ChecksumAlgorithm, md5 } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import type { Bucket } from '../bucket';
import type { Caller } from '../identity/account';
import type { Lock } from '../object-lock';
import type { Store } from '../store';
import type { Tag } from '../tagging';
import { etagOf } from '../versions/content';
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
  readonly lock?: Lock | undefined;
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

/** An upload to be. */
export interface NewUpload extends UploadSettings {
  readonly id: string;
  readonly key: string;
  readonly initiator: Caller;
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

/** An id of an upload: 128 characters that tell nothing, or, as COS makes them, a UUID that begins with the time (F85). */
export function makeUploadId({ ids, clock }: Store, form: 'opaque' | 'timed'): string {
  if (form === 'opaque') return ids.text('upload', idAlphabet, 128);
  const digits = clock.now().toString(16).padStart(16, '0') + ids.text('upload', '0123456789abcdef', 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Begins an upload. */
export function beginUpload(store: Store, { uploads }: Bucket, upload: NewUpload): Upload {
  const begun: Upload = {
    ...upload,
    initiated: store.clock.now(),
    sequence: store.nextSequence(),
    state: 'open',
    changed: undefined,
    parts: new Map(),
    completion: undefined,
  };
  uploads.set(begun.id, begun);
  return begun;
}

/** The open upload of a key. S3 knows no other to be open (F80). */
export function openUpload({ uploads }: Bucket, key: string, id: string): Upload {
  const upload = uploads.get(id);
  if (upload?.key !== key || upload.state !== 'open') throw new S3Error('NoSuchUpload', { UploadId: id });
  return upload;
}

/** Keeps a part of an upload, in the place of an earlier one of its number. `digest`: its MD5, where that is known. */
export function putPart(
  store: Store,
  { uploads }: Bucket,
  upload: Upload,
  part: Pick<UploadedPart, 'number' | 'body' | 'checksum'>,
  digest?: Buffer,
): UploadedPart {
  const kept: UploadedPart = { ...part, etag: etagOf(part.body, upload.headers, digest), created: store.clock.now() };
  uploads.set(upload.id, { ...upload, parts: new Map(upload.parts).set(kept.number, kept) });
  return kept;
}

/** Ends an upload without an object. */
export function abortUpload({ uploads }: Bucket, { id }: Upload): void {
  uploads.delete(id);
}

/** The ETag of an object made of parts: the MD5 of their MD5s, and how many there are. */
export function etagOfParts(parts: readonly UploadedPart[]): string {
  return `${md5(Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))).toString('hex')}-${parts.length}`;
}
