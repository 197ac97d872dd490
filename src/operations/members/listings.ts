import type { Dialect } from '../../dialects';
import { encodeUrl } from '../../formats/url-encoding';
import type { Bucket } from '../../model/bucket';
import type { PageItem } from '../../model/versions/listing';
import type { ObjectVersion, Version } from '../../model/versions/version';
import { query } from '../../protocol/document/binding';
import { element, list } from '../../protocol/document/elements';
import { integer, long, oneOf, text, timestamp, type Value } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';

/** How many entries are asked for. What is no number S3 refuses before it asks who sent it, what is below zero after that (F67). */
const maxKeys: Value<number> = {
  ...integer,
  read: (characters) => (characters === '' ? 1000 : integer.read(characters)),
};

/** What every listing of objects takes. */
export const listingInput = {
  MaxKeys: query('max-keys', maxKeys, { stage: 'query' }),
  Prefix: query('prefix'),
  Delimiter: query('delimiter'),
  EncodingType: query('encoding-type'),
};

/** Who owns an object, as listings tell it. */
const owner = element({ ID: element(text), DisplayName: element(text) });

/** What listings tell of an object beside its key, before and after what versions have of their own. */
export const objectElements = {
  LastModified: element(timestamp('iso8601 with milliseconds')),
  ETag: element(text),
  ChecksumAlgorithm: list(text),
  ChecksumType: element(oneOf('FULL_OBJECT', 'COMPOSITE')),
  Size: element(long),
  Owner: owner,
  StorageClass: element(text),
};

/** What listings tell of a delete marker beside its key. */
export const markerElements = { LastModified: objectElements.LastModified, Owner: owner };

/** Keys rolled up into what they have in common. */
export const commonPrefixes = list({ Prefix: element(text) });

/** What listings tell of an object. */
export function objectOutput(bucket: Bucket, { content, created }: ObjectVersion, dialect: Dialect) {
  const { etag, checksum, body, storageClass } = content;
  return {
    ...markerOutput(bucket, created, dialect),
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum ? [checksum.algorithm] : [],
    ...(checksum && { ChecksumType: checksum.type }),
    Size: body.length,
    StorageClass: storageClass,
  };
}

/** What listings tell of a delete marker. */
export function markerOutput({ owner }: Bucket, created: number, { answers }: Dialect) {
  return { LastModified: answers.listedTime(created), Owner: answers.ownerOf(owner) };
}

/** How the texts of an answer are to be written. S3 takes `url` in any case of letters and tells it back as it came (F67). */
export function readEncoding(EncodingType: string | undefined): (text: string) => string {
  if (EncodingType === undefined) return (text) => text;
  if (EncodingType.toLowerCase() === 'url') return encodeUrl;
  throw new S3Error('EncodingTypeUnknown', { ArgumentValue: EncodingType });
}

/** Throws where one of the texts that a listing is cut by has a null character in it (F67). */
export function checkNoNull(texts: Readonly<Record<string, string | undefined>>, delimiter = ''): void {
  for (const [ArgumentName, value] of Object.entries(texts)) {
    if (value?.includes('\0')) throw new S3Error('ListingTextHasNull', { ArgumentName, ArgumentValue: value });
  }
  if (delimiter.includes('\0')) throw new S3Error('DelimiterHasNull');
}

/** The last text of a page, where the next one goes on. */
export function endOf(items: readonly PageItem<Version>[]): string | undefined {
  const last = items.at(-1);
  return last && ('version' in last ? last.version.key : last.commonPrefix);
}

/** The rolled-up keys of a page. */
export function commonPrefixesOf(items: readonly PageItem<Version>[], encode: (text: string) => string) {
  return items.flatMap((item) => ('version' in item ? [] : [{ Prefix: encode(item.commonPrefix) }]));
}
