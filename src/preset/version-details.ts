import {
  archives,
  checkMetadata,
  checkRedirectLocation,
  checkSystemMetadata,
  storageClasses,
  storageClassOf,
  storedHeaderNames,
} from '../model/versions/content';
import { S3Error } from '../refusals/s3-error';
import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

/** Reads user metadata as S3 stores it, with names in lower case. */
export function readMetadata(at: string, metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!isRecord(metadata)) throw invalidValue(at, 'metadata', metadata, "an object such as { author: 'ann' }");
  const seen = new Map<string, string>();
  for (const [written, value] of Object.entries(metadata)) {
    const name = written.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
      throw invalidValue(at, 'metadata name', written, 'letters, digits and hyphens, without x-amz-meta-');
    if (seen.has(name))
      throw new TypeError(`${at}: metadata '${name}' is given twice, since S3 stores the names in lower case`);
    if (typeof value !== 'string' || /\p{Surrogate}/u.test(value))
      throw invalidValue(at, `metadata '${written}'`, value, 'text, without half a pair of surrogates');
    seen.set(name, value);
  }
  const read = Object.fromEntries(seen);
  const refusal = refusalOf(() => checkMetadata(read), 'MetadataTooLarge');
  if (refusal)
    throw new TypeError(
      `${at}: metadata has ${counted(refusal.details.Size, 'byte')}; S3 stores 2,048 at most, names and values together`,
    );
  return read;
}

const headerNames: readonly string[] = [...storedHeaderNames, 'content-encoding']
  .filter((name) => name !== 'content-type')
  .sort();

/** Reads the headers that S3 stores with an object. */
export function readHeaders(at: string, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!isRecord(headers))
    throw invalidValue(at, 'headers', headers, "an object such as { 'cache-control': 'no-cache' }");
  for (const [name, value] of Object.entries(headers)) {
    if (/^x-amz-server-side-encryption/i.test(name))
      throw new TypeError(
        `${at}: the header ${writeGiven(name)} cannot be given here. Give encryption, such as encryption: 'aws:kms'.`,
      );
    if (!headerNames.includes(name))
      throw new TypeError(
        `${at}: S3 does not store the header ${writeGiven(name)}.${hintFor(name, headerNames)} The headers are: ${headerNames.join(', ')}.`,
      );
    checkHeader(at, `header '${name}'`, value);
  }
  const location = headers['x-amz-website-redirect-location'];
  if (refusalOf(() => checkRedirectLocation(location), 'InvalidRedirectLocation'))
    throw invalidValue(
      at,
      "header 'x-amz-website-redirect-location'",
      location,
      'a text that begins with /, http:// or https://',
    );
  const tooLarge = refusalOf(() => checkSystemMetadata(headers), 'MetadataTooLarge');
  if (tooLarge)
    throw new TypeError(
      `${at}: headers have ${counted(tooLarge.details.Size, 'byte')}; S3 stores 2,048 at most, names and values together`,
    );
  return headers;
}

/** Throws a TypeError for a value that a header cannot have. */
export function checkHeader(at: string, what: string, value: string): void {
  if (typeof value === 'string' && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return;
  throw invalidValue(at, what, value, 'text that a header can carry: one line of Latin-1');
}

/** Reads a storage class of S3. */
export function readStorageClass(at: string, storageClass: string | undefined): string {
  // Lifecycle moves objects into archives, also into those where no client can put an object.
  if (storageClass !== undefined && archives.has(storageClass)) return storageClass;
  const refusal = refusalOf(() => storageClassOf(storageClass), 'StorageClassInvalid');
  if (refusal)
    throw invalidValue(at, 'storage class', storageClass, `one of ${storageClasses.join(', ')}`, storageClasses);
  return storageClassOf(storageClass);
}

/** Reads an ETag, with quotes or without, as the model stores it. */
export function readETag(at: string, etag: string): string {
  const [, digest] = (typeof etag === 'string' && /^"?([0-9a-f]{32}(?:-\d{1,5})?)"?$/.exec(etag)) || [];
  if (digest !== undefined) return digest;
  throw invalidValue(
    at,
    'ETag',
    etag,
    '32 hexadecimal digits, and for a multipart upload a hyphen and the number of parts',
  );
}

/** The refusal that a check of the model throws, if it is one of the given names; undefined if it throws nothing. */
function refusalOf<Name extends S3Error['refusal']>(act: () => unknown, ...names: readonly Name[]) {
  try {
    act();
    return undefined;
  } catch (error) {
    const known = (thrown: unknown): thrown is { [N in Name]: S3Error<N> }[Name] =>
      thrown instanceof S3Error && names.some((name) => name === thrown.refusal);
    if (known(error)) return error;
    throw error;
  }
}
