import { isLong, joinBodies } from '../../formats/sparse-body';
import { S3Error } from '../../refusals/s3-error';
import { Code } from '../../text/calls';
import { counted } from '../../text/counts';
import { clause, say } from '../../text/reason';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import type { AskedProtection } from '../protection';
import type { Store } from '../store';
import { isObject, type ObjectContent, type ObjectPart } from '../versions/version';
import type { VersionIdForm } from '../versions/version-id';
import { versionIdOf } from '../versions/version-lookup';
import { putVersion } from '../versions/writes';
import { makeObjectChecksum } from './checksums';
import type { CompletedUpload, Completion, NamedPart, Upload, UploadedPart } from './upload';
import { makePartsEtag } from './uploads';

const leastPartSize = 5 * 1024 * 1024;

const mostParts = 10_000;

/** Checks the number of parts. Only a request without a body has none here, since an empty list does not fit the schema (F211). */
export function checkNumberOfParts(named: readonly NamedPart[]): void {
  if (named.length === 0)
    throw new S3Error(
      'CompletionWithoutParts',
      {},
      'there is no body: send MultipartUpload: { Parts: [{ PartNumber, ETag }] }',
    );
  if (named.length > mostParts)
    throw new S3Error('CompletionTooLong', {}, `the list has ${counted(named.length, 'part')}`);
}

export function checkPartOrder({ id }: Upload, named: readonly NamedPart[]): void {
  for (const [index, { PartNumber }] of named.entries()) {
    const before = named[index - 1];
    if (before && before.PartNumber >= PartNumber)
      throw new S3Error(
        'InvalidPartOrder',
        { UploadId: id },
        `part ${PartNumber} comes after part ${before.PartNumber}; ${writeCureOfOrder(named)}`,
      );
  }
}

function writeCureOfOrder(named: readonly NamedPart[]): string {
  const numbers = named.map(({ PartNumber }) => PartNumber);
  const isOnce = new Set(numbers).size === numbers.length;
  const asTexts = areInOrder(numbers.map(String)) ? ', as numbers and not as texts' : '';
  const cures = [
    ...(areInOrder(numbers) ? [] : [`sort Parts by PartNumber${asTexts}`]),
    ...(isOnce ? [] : ['name each part once']),
  ];
  return cures.join(', and ');
}

function areInOrder<Value extends number | string>(values: readonly Value[]): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] ?? value));
}

/** Checks the ETags of the parts that exist: S3 finds a missing part later (F1604). */
export function checkNamedETags({ uploads }: Bucket, upload: Upload, named: readonly NamedPart[]): void {
  const parts = uploads.partsOf(upload);
  for (const part of named) {
    const uploaded = parts.get(part.PartNumber);
    if (uploaded !== undefined && uploaded.etag !== part.ETag) throw refusalForPart(upload, part, parts);
  }
}

export function chooseParts({ uploads }: Bucket, upload: Upload, named: readonly NamedPart[]): readonly UploadedPart[] {
  const parts = uploads.partsOf(upload);
  return named.map((part) => {
    const uploaded = parts.get(part.PartNumber);
    if (uploaded === undefined || !isMeant(upload, uploaded, part)) throw refusalForPart(upload, part, parts);
    return uploaded;
  });
}

type Parts = ReadonlyMap<number, UploadedPart>;

function refusalForPart({ id }: Upload, part: NamedPart, parts: Parts): S3Error {
  const { PartNumber, ETag } = part;
  return new S3Error('InvalidPart', { UploadId: id, PartNumber, ETag }, whyNotMeant(part, parts));
}

/** The most part numbers that a reason lists. */
const NUMBERS = 10;

function whyNotMeant({ PartNumber, ETag }: NamedPart, parts: Parts): string {
  const uploaded = parts.get(PartNumber);
  if (uploaded === undefined) {
    const numbers = [...parts.keys()].toSorted((one, other) => one - other);
    const first = numbers.slice(0, NUMBERS).join(', ');
    const more = numbers.length > NUMBERS ? ', ...' : '';
    const uploads =
      numbers.length === 0 ? 'no parts' : `${numbers.length === 1 ? 'part' : 'the parts'} ${first}${more}`;
    return `part ${PartNumber} was not uploaded: the upload has ${uploads}, by the PartNumber of each UploadPart`;
  }
  if (uploaded.etag !== ETag)
    return `part ${PartNumber} was uploaded with the ETag "${uploaded.etag}", and the list names ${writeKey(ETag)}: take the ETag of the answer to its UploadPart`;
  return `the list names part ${PartNumber} with a checksum that is not the checksum of its UploadPart: take it from that answer`;
}

export function checkPartSizes(parts: readonly UploadedPart[]): void {
  const small = parts.slice(0, -1).find(({ body }) => body.length < leastPartSize);
  if (small === undefined) return;
  const { body, number, etag } = small;
  const size = `part ${number} has ${counted(body.length, 'byte')}, and every part but the last needs 5 MiB`;
  const why = say`${size}${clause`: in a test, give it ${new Code('Buffer.alloc(5 * 1024 * 1024)')}`}`;
  throw new S3Error('EntityTooSmall', { ProposedSize: body.length, PartNumber: number, ETag: etag }, why);
}

/** A list of parts for a composite checksum counts from 1 without a gap (F81). */
export function checkWithoutGap({ checksumType }: Upload, named: readonly NamedPart[]): void {
  if (checksumType !== 'COMPOSITE') return;
  const gap = named.findIndex(({ PartNumber }, index) => PartNumber !== index + 1);
  const number = named[gap]?.PartNumber;
  if (number === undefined) return;
  const why = `the list of parts has part ${number} in place of part ${gap + 1}, and the upload's checksum is COMPOSITE`;
  throw new S3Error('CompositePartsWithGap', {}, why);
}

function isMeant({ checksumAlgorithm }: Upload, part: UploadedPart, { ETag, checksums }: NamedPart): boolean {
  // The parts of an upload that began without an algorithm have no checksum, so that every claim is wrong (F83).
  const claimed = checksumAlgorithm ? checksums[checksumAlgorithm] : Object.values(checksums)[0];
  return part.etag === ETag && (claimed === undefined || claimed === part.checksum);
}

/** Throws unless the version that was current as the upload began is current, maybe again (F82). */
export function checkUnchanged(
  { versions }: Bucket,
  { key, currentAtBegin }: Upload,
  Condition: 'If-Match' | 'If-None-Match',
): void {
  const current = versions.current(key);
  if (current?.sequence === currentAtBegin) return;
  const change = isObject(current) ? 'written to' : 'deleted';
  throw new S3Error(
    'ConditionalRequestConflict',
    { Condition, Key: key },
    `the key was ${change} since the upload began`,
  );
}

export function makeContentOfParts(upload: Upload, parts: readonly UploadedPart[]): ObjectContent {
  const body = joinBodies(parts.map((part) => part.body));
  return {
    body,
    etag: makePartsEtag(parts),
    checksum: makeObjectChecksum(upload, parts, body),
    metadata: upload.metadata,
    headers: upload.headers,
    encryption: upload.encryption,
    storageClass: upload.storageClass,
    parts: parts.map((part) => describePart(upload, part)),
  };
}

/** The checksum of a long placeholder is none of its bytes, which a client of the part would compare with it. */
function describePart({ checksumAlgorithm: algorithm }: Upload, { number, checksum, body }: UploadedPart): ObjectPart {
  const isKnown = algorithm !== undefined && checksum !== undefined && !isLong(body);
  return {
    number,
    size: body.length,
    checksum: isKnown ? { algorithm, type: 'FULL_OBJECT', value: checksum } : undefined,
  };
}

/** The version has the date of the upload, and its place among the versions that were written since (F84). */
export function completeUpload(
  store: Store,
  bucket: Bucket,
  upload: Upload,
  content: ObjectContent,
  named: readonly NamedPart[],
  { protection, idForm }: { readonly protection?: AskedProtection | undefined; readonly idForm?: VersionIdForm } = {},
): CompletedUpload {
  const { key, tags, lock, acl, initiated, sequence, isNullDeleted } = upload;
  // A retention counts from the creation, so that the object has the date of the request which says how long it is kept (F822).
  const created = bucket.settings.protection ? store.clock.now() : initiated;
  const begun = { created, sequence, isNullDeleted };
  const version = putVersion(store, bucket, { key, content, tags, lock, protection, acl, idForm }, begun);
  const completion: Completion = {
    parts: writeParts(named),
    etag: content.etag,
    versionId: version.explicitId === 'null' ? undefined : versionIdOf(store, version),
  };
  const completed: CompletedUpload = { ...upload, parts: new Map(), completion };
  bucket.uploads.set(upload.id, completed);
  return completed;
}

/** S3 repeats the answer of a completion with exactly these parts if its version is still stored (F86). */
export function findCompletedUpload(
  { uploads, versions }: Bucket,
  key: string,
  id: string,
  named: readonly NamedPart[],
): CompletedUpload | undefined {
  const upload = uploads.get(id);
  const { completion } = upload ?? {};
  if (upload?.key !== key || completion?.parts !== writeParts(named)) return undefined;
  return isObject(versions.at(key, upload.sequence)) ? { ...upload, completion } : undefined;
}

function writeParts(named: readonly NamedPart[]): string {
  return named.map(({ PartNumber, ETag }) => `${PartNumber} ${ETag}`).join(', ');
}
