import { partsIn } from '../journal/batch';
import { isRecord } from '../text/value-kinds';

/** A part of a bucket that a request reads or writes. */
export interface Touch {
  /** Left out: all buckets. */
  readonly bucket?: string | undefined;
  /** A key, the keys that begin with a prefix, the configurations of the bucket, or everything in it. */
  readonly part: Part;
  readonly isWrite: boolean;
}

/** What cannot be known depends on everything. */
export const everything: readonly Touch[] = [{ part: 'everything', isWrite: true }];

export type Part =
  | { readonly key: string; readonly uploadedPart?: string | undefined }
  | { readonly prefix: string }
  | 'settings'
  | 'everything';

export interface TouchingRequest {
  readonly input: object;
  readonly isWrite: boolean;
  /** Whether the operation lists the keys of a bucket. */
  readonly isListing: boolean;
}

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
  if (one === 'settings' || other === 'settings') return one === other;
  if ('prefix' in one) return 'prefix' in other || other.key.startsWith(one.prefix);
  if ('prefix' in other) return one.key.startsWith(other.prefix);
  if (one.key !== other.key) return false;
  const areParts = one.uploadedPart !== undefined && other.uploadedPart !== undefined;
  return !areParts || one.uploadedPart === other.uploadedPart;
}

/** A request whose keys are not known by its input touches everything in its bucket. */
export function findTouches({ input, isWrite, isListing }: TouchingRequest): readonly Touch[] {
  const bucket = textIn(input, 'Bucket');
  if (bucket === undefined) return [{ part: isWrite ? 'everything' : 'settings', isWrite }];
  if (textIn(input, 'RenameSource') !== undefined) return [{ bucket, part: 'everything', isWrite }];
  const entries = entriesIn(bucket, input);
  if (entries.length > 0) return entries;
  const key = textIn(input, 'Key');
  const part: Part =
    key !== undefined
      ? { key, uploadedPart: uploadedPartIn(input) }
      : isListing
        ? { prefix: textIn(input, 'Prefix') ?? '' }
        : isWrite
          ? 'everything'
          : 'settings';
  return [{ bucket, part, isWrite }, ...touchesOfSource(input)];
}

/** Parts with different numbers do not touch each other. */
function uploadedPartIn(input: object): string | undefined {
  const number: unknown = Reflect.get(input, 'PartNumber');
  const upload = textIn(input, 'UploadId');
  return number === undefined || upload === undefined ? undefined : `${upload} ${String(number)}`;
}

function touchesOfSource(input: object): readonly Touch[] {
  const source = textIn(input, 'CopySource');
  if (source === undefined) return [];
  const [, bucket, key] = /^\/?([^/]+)\/(.*?)(?:\?.*)?$/s.exec(source) ?? [];
  if (bucket === undefined || key === undefined || bucket.startsWith('arn:'))
    return [{ part: 'everything', isWrite: false }];
  return [{ bucket, part: { key: decode(key) }, isWrite: false }];
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function entriesIn(bucket: string, input: object): readonly Touch[] {
  return (partsIn(input) ?? []).flatMap((entry) => {
    const key = isRecord(entry) ? textIn(entry, 'Key') : undefined;
    return key === undefined ? [] : [{ bucket, part: { key }, isWrite: true }];
  });
}

function textIn(input: object, name: string): string | undefined {
  const value: unknown = Reflect.get(input, name);
  return typeof value === 'string' ? value : undefined;
}
