import { S3Error } from '../../refusals/s3-error';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import { findCommonPrefix, type PageRequest } from '../versions/listings';
import { makeSortKey } from '../versions/sort-key';
import { isOpen, type Upload, type UploadedPart } from './upload';

export interface UploadPageRequest extends Omit<PageRequest, 'afterVersionId'> {
  readonly afterUploadId?: string | undefined;
}

type UploadPageItem = { readonly upload: Upload } | { readonly commonPrefix: string };

/** The uploads are sorted by key, and then in the order in which they began (F88). */
export function pageUploads(
  bucket: Bucket,
  request: UploadPageRequest,
): { readonly items: readonly UploadPageItem[]; readonly isTruncated: boolean } {
  const { prefix, delimiter, limit } = request;
  const follows = makeStart(bucket, request);
  const items: UploadPageItem[] = [];
  let group: string | undefined;
  for (const upload of sorted(bucket)) {
    if (limit === 0) break;
    if (!upload.key.startsWith(prefix) || !follows(upload)) continue;
    const commonPrefix = findCommonPrefix(upload.key, prefix, delimiter);
    if (commonPrefix !== undefined && commonPrefix === group) continue;
    if (items.length === limit) return { items, isTruncated: true };
    items.push(commonPrefix === undefined ? { upload } : { commonPrefix });
    group = commonPrefix;
  }
  return { items, isTruncated: false };
}

function sorted({ uploads }: Bucket): readonly Upload[] {
  const open = [...uploads.values()].filter(isOpen);
  const ordered = open.map((upload) => ({ upload, order: makeSortKey(upload.key) }));
  ordered.sort((a, b) => (a.order === b.order ? a.upload.sequence - b.upload.sequence : a.order < b.order ? -1 : 1));
  return ordered.map(({ upload }) => upload);
}

/** An upload that has ended still has its place (F88). */
export function checkUploadMarker({ uploads }: Bucket, key: string, id: string): void {
  if (uploads.get(id)?.key === key) return;
  const why = `${writeKey(id)} is not an upload of ${writeKey(key)}`;
  throw new S3Error('UploadIdMarkerInvalid', { ArgumentValue: id }, why);
}

function makeStart({ uploads }: Bucket, request: UploadPageRequest): (upload: Upload) => boolean {
  const { prefix, delimiter, after, afterUploadId } = request;
  if (after === '') return () => true;
  const marker = afterUploadId === undefined ? undefined : uploads.get(afterUploadId);
  const order = makeSortKey(after);
  // A marker with a rolled-up prefix skips the whole prefix.
  const group = after.startsWith(prefix) ? findCommonPrefix(after, prefix, delimiter) : undefined;
  return ({ key, sequence }) => {
    if (key === after) return marker !== undefined && sequence > marker.sequence;
    return makeSortKey(key) > order && (group === undefined || !key.startsWith(group));
  };
}

export function pageParts(
  { uploads }: Bucket,
  upload: Upload,
  after: number,
  limit: number,
): { readonly parts: readonly UploadedPart[]; readonly isTruncated: boolean } {
  const rest = [...uploads.partsOf(upload).values()]
    .filter(({ number }) => number > after)
    .toSorted((a, b) => a.number - b.number);
  return { parts: rest.slice(0, limit), isTruncated: limit > 0 && rest.length > limit };
}
