import type { ChecksumAlgorithm } from '../../formats/digests';
import type { ObjectBody } from '../../formats/sparse-body';
import type { Acl } from '../access/grants';
import type { Caller } from '../identity/account';
import { type AccountOf, moveCaller } from '../identity/caller';
import type { Lock } from '../object-lock';
import { DueMap } from '../revertible-map';
import type { Tag } from '../tagging';
import type { Touch } from '../touches';
import type { Transactions } from '../transactions';
import { makeSortKey } from '../versions/sort-key';
import type { Checksum, Encryption, NamedEncryption, ObjectHeaders } from '../versions/version';

/** 5 GiB in one request: larger objects are uploaded and copied in parts (F1590, F1592). */
export const largestPart = 5 * 1024 ** 3;

/** 10,000 parts, which S3 calls 48.8 TiB. */
export const largestObject = 10_000 * largestPart;

/** A later part with the same number replaces it. */
export interface UploadedPart {
  readonly number: number;
  readonly body: ObjectBody;
  /** The ETag without quotes. */
  readonly etag: string;
  /** The checksum in the upload's algorithm; undefined if the upload has none. */
  readonly checksum: string | undefined;
  readonly created: number;
}

export interface NamedPart {
  readonly PartNumber: number;
  /** The ETag without quotes. */
  readonly ETag: string;
  readonly checksums: { readonly [A in ChecksumAlgorithm]?: string };
}

export interface UploadSettings {
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: ObjectHeaders;
  readonly encryption: Encryption;
  readonly storageClass: string;
  readonly tags: readonly Tag[];
  /** The lock that the request asks for, or the default of the bucket at that time (F106). */
  readonly lock: Lock | undefined;
  /** The encryption that the request named, not the encryption of the bucket. */
  readonly namedEncryption?: NamedEncryption | undefined;
  /** The ACL; undefined if only the bucket's owner has access. */
  readonly acl?: Acl | undefined;
  /** Is undefined if the request named no algorithm: then the object gets S3's default checksum, and the parts have none. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'] | undefined;
}

export interface Completion {
  /** The parts that the completion named, as text: a repeated completion is known by it. */
  readonly parts: string;
  readonly etag: string;
  /** Is undefined if the null version was written. */
  readonly versionId: string | undefined;
}

/** A multipart upload. It is read-only: a change replaces it. */
export interface Upload extends UploadSettings {
  readonly id: string;
  readonly key: string;
  readonly initiator: Caller;
  readonly initiated: number;
  /** The number of the write of its version, taken as the upload begins (F84). */
  readonly sequence: number;
  /** The number of the write of the version that was current when the upload began; undefined if the key had none (F82). */
  readonly currentAtBegin: number | undefined;
  /** Since the upload began: an older null version does not come back (F84). */
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

/**
 * The uploads by id. Completed uploads stay, since S3 answers a repeated completion again. Open uploads are also found by key, since every
 * write to a key is noted on them.
 */
export class UploadTable extends DueMap<Upload> {
  // An index that `set` and `delete` keep up to date.
  #open: Map<string, Set<string>> | undefined;

  readonly #bucket: string;

  constructor(transactions?: Transactions, bucket = '') {
    super(transactions);
    this.#bucket = bucket;
  }

  copy(transactions?: Transactions, accountOf?: AccountOf): UploadTable {
    const copy = new UploadTable(transactions, this.#bucket);
    if (accountOf === undefined) return this.copyTo(copy);
    return this.copyTo(copy, (upload) => ({
      ...upload,
      initiator: moveCaller(upload.initiator, accountOf),
    }));
  }

  listOpen(key: string): readonly Upload[] {
    this.#reportPart({ uploadsOf: makeSortKey(key) }, false);
    const ids = this.#open?.get(key);
    return ids ? [...ids].flatMap((id) => super.get(id) ?? []) : [];
  }

  /** The parts of one of the uploads. Who asks here for them depends on all parts; who takes an upload depends on the rest of it. */
  partsOf({ id, parts }: Upload): Upload['parts'] {
    this.#reportPart({ upload: id, piece: 'parts' }, false);
    return parts;
  }

  protected override partOf(id: string | undefined): Omit<Touch, 'isWrite'> {
    const part: Touch['part'] = id === undefined ? { uploadsOf: undefined } : { upload: id, piece: 'head' };
    return { bucket: this.#bucket, part };
  }

  #reportPart(part: Touch['part'], isWrite: boolean): void {
    if (this.isObserved) this.reportTouch({ bucket: this.#bucket, part, isWrite });
  }

  /** Parts with different numbers do not depend on each other. */
  protected override reportChange(id: string, before: Upload | undefined, after: Upload): void {
    if (before === undefined || isOpen(before) !== isOpen(after))
      this.#reportPart({ uploadsOf: makeSortKey(after.key) }, true);
    if (before === undefined || !isSameHead(before, after)) {
      this.#reportPart({ upload: id, piece: 'whole' }, true);
      return;
    }
    // Nothing but a write of the key asks whether its null version was deleted.
    if (before.isNullDeleted !== after.isNullDeleted) this.#reportPart({ key: makeSortKey(after.key) }, true);
    for (const piece of new Set([...before.parts.keys(), ...after.parts.keys()]))
      if (before.parts.get(piece) !== after.parts.get(piece)) this.#reportPart({ upload: id, piece }, true);
  }

  override set(id: string, upload: Upload): this {
    if (isOpen(upload)) this.#note(upload.key, id);
    else this.#forget(upload.key, id);
    return super.set(id, upload);
  }

  override delete(id: string): boolean {
    const upload = super.get(id);
    if (upload) {
      this.#reportPart({ uploadsOf: makeSortKey(upload.key) }, true);
      this.#reportPart({ upload: id, piece: 'whole' }, true);
      this.#forget(upload.key, id);
    }
    return super.delete(id);
  }

  #note(key: string, id: string): void {
    this.#open ??= new Map();
    const ids = this.#open.get(key);
    if (ids) ids.add(id);
    else this.#open.set(key, new Set([id]));
  }

  #forget(key: string, id: string): void {
    const ids = this.#open?.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.#open?.delete(key);
  }
}

function isSameHead({ parts: _, isNullDeleted: __, ...before }: Upload, after: Upload): boolean {
  return Object.entries(before).every(([name, value]) => Reflect.get(after, name) === value);
}
