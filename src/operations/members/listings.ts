import type { Dialect, Person } from '../../dialects';
import { encodeUrl } from '../../formats/url-encoding';
import { ownerOfObject } from '../../model/access/acl';
import type { Bucket } from '../../model/bucket';
import type { PageItem } from '../../model/versions/listings';
import { readPageToken } from '../../model/versions/page-token';
import type { ObjectVersion, Version } from '../../model/versions/version';
import { readInteger } from '../../protocol/document/leaves';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { query } from '../../shapes/places';
import { dateWithMilliseconds, integer, long, orIfEmpty, text, word } from '../../shapes/values';
import type { Context } from '../operation';
import { optionalAttributesMember, type RestoreStatus, restoreStatusMember, writeRestoreStatus } from './archives';
import { checksumTypeElement } from './checksums';

/** S3 refuses a text that is not a number before it reads the caller, and a negative number after that (F67). */
export function countOr(count: number) {
  return orIfEmpty(integer, count);
}

/** S3 accepts the word in any case of letters, and refuses others (F67). */
export const encodingMember = query('encoding-type', word('url'));

export const listingInput = {
  MaxKeys: query('max-keys', countOr(1000), { stage: 'query' }),
  Prefix: query('prefix'),
  Delimiter: query('delimiter'),
  EncodingType: encodingMember,
  ...optionalAttributesMember,
};

export const personElements = { ID: element(text), DisplayName: element(text) };

const owner = element(personElements);

/**
 * The elements of an object in listings beside its key: the elements before and the elements after the elements that only versions have.
 */
export const objectElements = {
  LastModified: element(dateWithMilliseconds),
  ETag: element(text),
  ChecksumAlgorithm: required(list(text)),
  ...checksumTypeElement,
  Size: element(long),
  Owner: owner,
  StorageClass: element(text),
  ...restoreStatusMember,
};

export const markerElements = { LastModified: objectElements.LastModified, Owner: owner };

export const commonPrefixes = required(list({ Prefix: element(text) }));

export interface ListedObject extends ListedMarker {
  ETag: string;
  ChecksumAlgorithm: readonly string[];
  ChecksumType?: 'FULL_OBJECT' | 'COMPOSITE';
  Size: number;
  StorageClass: string;
  RestoreStatus?: RestoreStatus;
}

export interface ListedMarker {
  LastModified: Date;
  Owner?: Person;
}

export interface ListingRequest {
  readonly dialect: Dialect;
  readonly attributes: readonly string[] | undefined;
  readonly namesOwner: (version: Version) => boolean;
}

/**
 * The account of the bucket learns who owns each object. Other callers, and a caller without credentials, learn the owners of the objects
 * whose ACL they can read (F625).
 */
export function makeOwnerRule(
  { bucket, caller, refusalOf }: Pick<Context, 'bucket' | 'caller' | 'refusalOf'>,
  action: 's3:GetObjectAcl' | 's3:GetObjectVersionAcl',
  versionIdOf: (version: Version) => string | undefined = () => undefined,
): ListingRequest['namesOwner'] {
  if (caller.account === bucket.owner) return () => true;
  return (listed) => refusalOf({ action, key: listed.key, versionId: versionIdOf(listed), listed }) === undefined;
}

/** A page has many objects, so none is copied. */
export function withObject<Named extends object>(
  named: Named,
  bucket: Bucket,
  version: ObjectVersion,
  reader: ListingRequest,
): Named & ListedObject {
  const { etag, checksum, body, storageClass } = version.content;
  const listed = withMarker(named, bucket, version, reader) as Named & ListedObject; // once the others are added
  listed.ETag = `"${etag}"`;
  listed.ChecksumAlgorithm = checksum ? [checksum.algorithm] : [];
  if (checksum) listed.ChecksumType = checksum.type;
  listed.Size = body.length;
  listed.StorageClass = storageClass;
  if (version.restore && reader.attributes?.includes('RestoreStatus'))
    listed.RestoreStatus = writeRestoreStatus(version.restore);
  return listed;
}

export function withMarker<Named extends object>(
  named: Named,
  bucket: Bucket,
  version: Version,
  { dialect: { answers, configurations }, namesOwner }: ListingRequest,
): Named & ListedMarker {
  const listed = named as Named & ListedMarker; // once both are added
  listed.LastModified = answers.listedTime(version.created);
  if (namesOwner(version)) listed.Owner = answers.ownerOf(ownerOfObject(bucket, version, configurations));
  return listed;
}

/** S3 accepts `url` in any case of letters, and answers it as it was sent (F67). */
export function readEncoding(EncodingType: string | undefined): (text: string) => string {
  if (EncodingType === undefined) return (text) => text;
  if (EncodingType.toLowerCase() === 'url') return encodeUrl;
  throw new S3Error('EncodingTypeUnknown', { ArgumentValue: EncodingType });
}

/** Refuses a max-keys that is not a number, where it is no member of the operation's input (F33). */
export function checkMaxKeys(parameters: ReadonlyMap<string, string>): void {
  const ArgumentValue = parameters.get('max-keys') ?? '';
  if (ArgumentValue === '' || readInteger(ArgumentValue) !== undefined) return;
  throw new S3Error('ArgumentNotAnInteger', { ArgumentName: 'max-keys', ArgumentValue });
}

/** Says what a limit of a page counts, if it is negative. */
export function whyNegative(member: string, count: number): string {
  return `${member} is ${count}, and it counts the entries of a page, from 0 on: leave it out for pages of 1,000`;
}

export function readContinuationToken(listing: string, token: string): string {
  const after = readPageToken(listing, token);
  if (after === undefined) throw new S3Error('ContinuationTokenInvalid').quoting({ 'continuation-token': token });
  return after;
}

/** F67 */
export function checkNoNull(texts: Readonly<Record<string, string | undefined>>, delimiter = ''): void {
  for (const [ArgumentName, value] of Object.entries(texts)) {
    if (value?.includes('\0')) throw new S3Error('ListingTextHasNull', { ArgumentName, ArgumentValue: value });
  }
  if (delimiter.includes('\0')) throw new S3Error('DelimiterHasNull').quoting({ delimiter });
}

export function findPageEnd(items: readonly PageItem<Version>[]): string | undefined {
  const last = items.at(-1);
  return last && ('version' in last ? last.version.key : last.commonPrefix);
}

export function writeCommonPrefixes(items: readonly PageItem<Version>[], encode: (text: string) => string) {
  return items.flatMap((item) => ('version' in item ? [] : [{ Prefix: encode(item.commonPrefix) }]));
}
