import { checkObjectTags, type Tag } from '../model/tagging';
import { archives, checkMetadata, checkStorageClass, storedHeaderNames } from '../model/versions/content';
import { S3Error } from '../refusals/s3-error';
import { isRecord, wrong } from '../text/members';

/** User metadata as S3 keeps it, names in lower case. */
export function readMetadata(at: string, metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!isRecord(metadata))
    throw new TypeError(`${at}: metadata ${wrong(metadata)}. Give an object such as { author: 'ann' }.`);
  const seen = new Map<string, string>();
  for (const [written, value] of Object.entries(metadata)) {
    const name = written.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
      throw new TypeError(
        `${at}: metadata ${wrong(written)} is no name of a header. Give letters, digits and hyphens, without x-amz-meta-.`,
      );
    if (seen.has(name))
      throw new TypeError(`${at}: metadata '${name}' is given twice. S3 keeps the names in lower case.`);
    checkHeader(at, `metadata '${name}'`, value);
    seen.set(name, value);
  }
  const read = Object.fromEntries(seen);
  const fault = refusalOf(() => checkMetadata(read), 'MetadataTooLarge');
  if (fault)
    throw new TypeError(`${at}: metadata of ${fault.details.Size} bytes. S3 keeps 2,048, names and values together.`);
  return read;
}

const headerNames: readonly string[] = [...storedHeaderNames, 'content-encoding']
  .filter((name) => name !== 'content-type')
  .sort();

/** Headers that S3 keeps with an object. */
export function readHeaders(at: string, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!isRecord(headers))
    throw new TypeError(`${at}: headers ${wrong(headers)}. Give an object such as { 'cache-control': 'no-cache' }.`);
  for (const [name, value] of Object.entries(headers)) {
    if (!headerNames.includes(name))
      throw new TypeError(`${at}: header ${wrong(name)} is none that S3 keeps. There are: ${headerNames.join(', ')}.`);
    checkHeader(at, `header '${name}'`, value);
  }
  return headers;
}

/** Throws a TypeError for a value that no header can carry. */
export function checkHeader(at: string, what: string, value: string): void {
  if (typeof value === 'string' && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return;
  throw new TypeError(`${at}: ${what} ${wrong(value)}. Give text that a header can carry: one line of Latin-1.`);
}

/** The tags of an object as S3 has them. */
export function readTags(at: string, tags: Readonly<Record<string, string>>): readonly Tag[] {
  if (!isRecord(tags) || Object.values(tags).some((value) => typeof value !== 'string'))
    throw new TypeError(`${at}: tags ${wrong(tags)}. Give an object of texts such as { team: 'archive' }.`);
  const read = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const fault = refusalOf(() => checkObjectTags(read), 'TooManyTags', 'TagInvalid', 'TagReserved');
  if (fault === undefined) return read;
  if (fault.refusal === 'TooManyTags') throw new TypeError(`${at}: ${read.length} tags. An object has 10 at most.`);
  const tag = `tag ${wrong('TagKey' in fault.details ? fault.details.TagKey : undefined)}`;
  throw new TypeError(
    fault.refusal === 'TagReserved'
      ? `${at}: ${tag}. S3 keeps tags that begin with aws: for itself.`
      : `${at}: ${tag}. A key has 1 to 128 and a value up to 256 letters, digits, spaces or any of _ . : / = + - @.`,
  );
}

/** A storage class that S3 has. */
export function readStorageClass(at: string, storageClass: string | undefined): string {
  // Into an archive lifecycle leads, too, where no client can put an object.
  if (storageClass !== undefined && archives.has(storageClass)) return storageClass;
  const fault = refusalOf(() => checkStorageClass(storageClass), 'StorageClassInvalid');
  if (fault)
    throw new TypeError(
      `${at}: storage class ${wrong(storageClass)}. Give one of S3's, such as 'STANDARD_IA' or 'GLACIER'.`,
    );
  return checkStorageClass(storageClass);
}

/** An ETag, with quotes or without, as the model keeps it. */
export function readETag(at: string, etag: string): string {
  const [, digest] = (typeof etag === 'string' && /^"?([0-9a-f]{32}(?:-\d{1,5})?)"?$/.exec(etag)) || [];
  if (digest !== undefined) return digest;
  throw new TypeError(
    `${at}: ETag ${wrong(etag)}. Give 32 hexadecimal digits, and of an upload in parts a hyphen and their number.`,
  );
}

/** The refusal that a check of the model's throws, if it is one of those named. */
function refusalOf<Name extends S3Error['refusal']>(check: () => unknown, ...names: readonly Name[]) {
  try {
    check();
    return undefined;
  } catch (error) {
    const known = (thrown: unknown): thrown is { [N in Name]: S3Error<N> }[Name] =>
      thrown instanceof S3Error && names.some((name) => name === thrown.refusal);
    if (known(error)) return error;
    throw error;
  }
}
