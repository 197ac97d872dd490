import { checksumOfBody, digestOfBody } from '../../formats/body-digests';
import type { ChecksumAlgorithm } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import type { Ids } from '../ids';
import type { Checksum, Encryption, ObjectContent, ObjectHeaders } from './version';

/** The headers of a write that are stored with an object and returned with it. `content-encoding` is read separately. */
export const storedHeaderNames = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
] as const;

/** The storage class of a write that names none. */
export const standard = 'STANDARD';

/** The storage classes of AWS, the warmest first. */
export const storageClasses: readonly string[] = [
  standard,
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];

/** The storage classes whose objects cannot be read before they are restored. */
export const archives: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE', 'ACCELERATED']);

/** The storage class that a request names, or the default; throws if S3 does not have it. */
export function storageClassOf(name: string | undefined): string {
  if (name === undefined) return standard;
  if (!storageClasses.includes(name)) throw new S3Error('StorageClassInvalid', { StorageClassRequested: name });
  return name;
}

// One record for all objects without headers, since a test may make a million of them.
export const defaultHeaders: ObjectHeaders = Object.freeze({ 'content-type': 'binary/octet-stream' });

/** Throws if S3 cannot redirect a reader of the object to this place (F214). */
export function checkRedirectLocation(location: string | undefined): void {
  if (!location) return;
  if (!/^(?:\/|https?:\/\/)/.test(location))
    throw new S3Error('InvalidRedirectLocation').quoting({ 'x-amz-website-redirect-location': location });
}

/** Throws if metadata is larger than S3 stores: 2 KB of names and values (F57). */
export function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  const Size = Object.entries(metadata).reduce((total, [name, value]) => total + Buffer.byteLength(name + value), 0);
  if (Size > 2048) throw new S3Error('MetadataTooLarge', { Size });
}

export const systemHeaderNames: readonly string[] = [...storedHeaderNames, 'content-encoding'];

/** Throws if the headers of a write that describe the object are larger than S3 stores: 2 KB, apart from its metadata (F441). */
export function checkSystemMetadata(headers: ObjectHeaders): void {
  let Size = 0;
  const counted: string[] = [];
  for (const name of systemHeaderNames) {
    const value = headers[name];
    if (value === undefined) continue;
    // A character of a header is a byte on the wire.
    Size += name.length + value.length;
    counted.push(name);
  }
  if (Size <= 2048) return;
  const names = counted.join(', ');
  throw new S3Error('MetadataTooLarge', { Size }, `the names and values of ${names} have ${Size} bytes together`);
}

export interface ContentSource
  extends Pick<ObjectContent, 'body' | 'metadata' | 'headers' | 'encryption' | 'storageClass'> {
  /** The checksum that the request carried, already checked. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value?: string | undefined } | undefined;
  /** The MD5 that the request carried, already checked. */
  readonly md5?: Buffer | undefined;
}

/** The content of an object that is not uploaded in parts. Without a checksum in the request, S3 stores a CRC64NVME (F56). */
export function makeContent(
  ids: Pick<Ids, 'text'>,
  { body, metadata, headers, encryption, storageClass, checksum: given, md5: sent }: ContentSource,
): ObjectContent {
  const algorithm = given?.algorithm ?? 'CRC64NVME';
  return {
    body,
    etag: etagOf(ids, body, encryption, sent),
    checksum: wholeObject(algorithm, given?.value ?? checksumOfBody(algorithm, body)),
    metadata,
    headers,
    encryption,
    storageClass,
    parts: undefined,
  };
}

/**
 * The ETag of bytes that are stored at once: their MD5. If a customer's key or a KMS key encrypts them, it is another one at each write
 * (F55).
 */
export function etagOf(ids: Pick<Ids, 'text'>, body: Uint8Array, encryption: Encryption, digest?: Buffer): string {
  if (hidesDigest(encryption)) return ids.text('etag', '0123456789abcdef', 32);
  return digest?.toString('hex') ?? digestOfBody('MD5', body).hex;
}

/** Whether the ETag of an object of this encryption differs from the MD5 of its bytes. */
export function hidesDigest({ ServerSideEncryption, SSECustomerAlgorithm }: Encryption): boolean {
  return (ServerSideEncryption ?? 'AES256') !== 'AES256' || SSECustomerAlgorithm !== undefined;
}

/** Whether two contents have the same parts, which those of equal writes share. */
export function isSameContent(one: ObjectContent, other: ObjectContent): boolean {
  return (
    one.body === other.body &&
    one.etag === other.etag &&
    one.checksum === other.checksum &&
    one.metadata === other.metadata &&
    one.headers === other.headers &&
    one.encryption === other.encryption &&
    one.storageClass === other.storageClass &&
    one.parts === other.parts
  );
}

/** The checksum of all bytes of an object. */
export function wholeChecksum(algorithm: ChecksumAlgorithm, body: Uint8Array): Checksum {
  return wholeObject(algorithm, checksumOfBody(algorithm, body));
}

/** The last checksum of whole objects: a test writes many objects with the same bytes. */
let latest: Checksum | undefined;

function wholeObject(algorithm: ChecksumAlgorithm, value: string): Checksum {
  if (latest?.algorithm !== algorithm || latest.value !== value)
    latest = Object.freeze({ algorithm, type: 'FULL_OBJECT', value });
  return latest;
}

interface CopySettings extends Pick<ObjectContent, 'headers' | 'encryption' | 'storageClass'> {
  /** Undefined if the copy keeps the source's metadata. */
  readonly metadata: ObjectContent['metadata'] | undefined;
  /** Undefined if the copy keeps the source's algorithm. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
}

/**
 * The content of a copy: one object without parts, even if the source has parts. Storage class, encryption and redirect are those of the
 * request, even if the copy keeps the source's metadata (F90).
 */
export function copiedContent(ids: Pick<Ids, 'text'>, source: ObjectContent, settings: CopySettings): ObjectContent {
  const { metadata, headers, encryption, storageClass, checksumAlgorithm } = settings;
  const algorithm = checksumAlgorithm ?? source.checksum?.algorithm;
  return makeContent(ids, {
    body: source.body,
    metadata: metadata ?? source.metadata,
    headers: metadata ? headers : { ...only(source.headers, isCarried), ...only(headers, (name) => !isCarried(name)) },
    encryption,
    storageClass,
    checksum: algorithm && { algorithm },
  });
}

function isCarried(name: string): boolean {
  return !name.startsWith('x-amz-');
}

function only(headers: ObjectContent['headers'], wanted: (name: string) => boolean): ObjectContent['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted(name)));
}
