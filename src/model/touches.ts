/** A part of the store that a request read or wrote while it was applied. */
export interface Touch {
  /** Left out: the part in all buckets, or a part that belongs to no bucket. */
  readonly bucket?: string | undefined;
  readonly part: Part;
  readonly isWrite: boolean;
}

/**
 * `existence` is whether there is a bucket; of all buckets, it is the list of buckets. `settings` are all settings of a bucket. These belong
 * to no bucket: `account settings` of S3 Control, `rules` of the test, and `chance`, the next number of a sequence by which S3 decides.
 */
export type Part =
  | 'everything'
  | 'existence'
  | 'settings'
  | 'account settings'
  | 'rules'
  | 'chance'
  /** All versions of a key, by its sort key. */
  | { readonly key: string }
  | KeySpan
  /** Whether a version has an id that does not follow from the number of its write. */
  | { readonly explicitId: string }
  /** Which open uploads a key has, by its sort key; undefined: which the bucket has. */
  | { readonly uploadsOf: string | undefined }
  | { readonly upload: string; readonly piece: UploadPiece }
  /** A task of replication, by its id; undefined: all tasks. */
  | { readonly task: string | undefined }
  /** An MFA device, by its serial number. */
  | { readonly device: string };

/** The sort keys from the first to the one before the end; undefined: to the end of the bucket. */
export interface KeySpan {
  readonly from: string;
  readonly before: string | undefined;
}

/** `head`: all but the parts. `parts`: all parts. A number is the number of one part. */
export type UploadPiece = 'whole' | 'head' | 'parts' | number;

export type OnTouch = (touch: Touch) => void;

/** Whether two requests have the same effect and the same answers in both orders, ids and times aside. */
export function commute(first: readonly Touch[], second: readonly Touch[]): boolean {
  return !first.some((one) => second.some((other) => (one.isWrite || other.isWrite) && overlap(one, other)));
}

function overlap(one: Touch, other: Touch): boolean {
  if (one.bucket !== undefined && other.bucket !== undefined && one.bucket !== other.bucket) return false;
  return partsOverlap(one.part, other.part);
}

function partsOverlap(one: Part, other: Part): boolean {
  if (one === 'everything' || other === 'everything') return true;
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  if ('upload' in one) return 'upload' in other && one.upload === other.upload && piecesOverlap(one.piece, other.piece);
  if ('explicitId' in one) return 'explicitId' in other && one.explicitId === other.explicitId;
  if ('uploadsOf' in one) return 'uploadsOf' in other && isSameOrAll(one.uploadsOf, other.uploadsOf);
  if ('task' in one) return 'task' in other && isSameOrAll(one.task, other.task);
  if ('device' in one) return 'device' in other && one.device === other.device;
  return ('key' in other || 'from' in other) && spansOverlap(spanOf(one), spanOf(other));
}

function isSameOrAll(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function piecesOverlap(one: UploadPiece, other: UploadPiece): boolean {
  if (one === 'whole' || other === 'whole' || one === other) return true;
  return (one === 'parts' && other !== 'head') || (other === 'parts' && one !== 'head');
}

/** The span of one key ends before the next text in order. */
export function nextSortKey(sortKey: string): string {
  return `${sortKey}\0`;
}

function spanOf(part: KeySpan | { readonly key: string }): KeySpan {
  return 'key' in part ? { from: part.key, before: nextSortKey(part.key) } : part;
}

function spansOverlap(one: KeySpan, other: KeySpan): boolean {
  return isBefore(one.from, other.before) && isBefore(other.from, one.before);
}

function isBefore(sortKey: string, end: string | undefined): boolean {
  return end === undefined || sortKey < end;
}
