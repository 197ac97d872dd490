import { computeBodyChecksum, computeBodyDigest } from '../../formats/body-digests';
import type { ChecksumAlgorithm } from '../../formats/digests';
import { isLong, type ObjectBody } from '../../formats/sparse-body';
import { S3Error } from '../../refusals/s3-error';
import { grouped } from '../../text/counts';
import type { Ids } from '../ids';
import type { Checksum, Encryption, ObjectContent, ObjectHeaders, ObjectPart } from './version';

/** `content-encoding` is read separately. */
export const storedHeaderNames = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
] as const;

export const standard = 'STANDARD';

/** The warmest first. */
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

export const archiveStorageClasses: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE', 'ACCELERATED']);

export function readStorageClassName(name: string | undefined): string {
  if (name === undefined) return standard;
  if (!storageClasses.includes(name)) throw new S3Error('StorageClassInvalid', { StorageClassRequested: name });
  return name;
}

export const defaultHeaders: ObjectHeaders = Object.freeze({ 'content-type': 'binary/octet-stream' });

export function checkRedirectLocation(location: string | undefined): void {
  if (location !== undefined && !/^(?:\/|https?:\/\/)/.test(location))
    throw new S3Error('InvalidRedirectLocation').quoting({ 'x-amz-website-redirect-location': location });
}

/** Throws if names and values have more than 2 KB (F57). */
export function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  const Size = Object.entries(metadata).reduce((total, [name, value]) => total + Buffer.byteLength(name + value), 0);
  if (Size <= 2048) return;
  const why = `the names and values of Metadata have ${grouped(Size)} bytes of UTF-8 together, and S3 stores 2,048 at most: write what is longer into an object`;
  throw new S3Error('MetadataTooLarge', { Size }, why);
}

export const systemHeaderNames: readonly string[] = [...storedHeaderNames, 'content-encoding'];

/** Throws if names and values have more than 2 KB, without the user's metadata (F441). */
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
  /** Already checked. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value?: string | undefined } | undefined;
  /** Already checked. */
  readonly md5?: Buffer | undefined;
}

/** If the request contains no checksum, S3 stores a CRC64NVME (F56). Nobody knows the CRC64NVME of a long placeholder. */
export function makeContent(
  ids: Pick<Ids, 'text'>,
  { body, metadata, headers, encryption, storageClass, checksum: given, md5: sent }: ContentSource,
): ObjectContent {
  const algorithm = given?.algorithm ?? 'CRC64NVME';
  return {
    body,
    etag: makeEtag(ids, body, encryption, sent),
    checksum: given?.value === undefined ? findFullObjectChecksum(algorithm, body) : fullObject(algorithm, given.value),
    metadata,
    headers,
    encryption,
    storageClass,
    parts: undefined,
  };
}

/** If a customer's key or a KMS key encrypts the bytes, each write has another ETag (F55). */
export function makeEtag(ids: Pick<Ids, 'text'>, body: ObjectBody, encryption: Encryption, digest?: Buffer): string {
  if (hidesDigest(encryption)) return ids.text('etag', '0123456789abcdef', 32);
  return digest?.toString('hex') ?? computeBodyDigest('MD5', body).hex;
}

export function hidesDigest({ ServerSideEncryption, SSECustomerAlgorithm }: Encryption): boolean {
  return (ServerSideEncryption ?? 'AES256') !== 'AES256' || SSECustomerAlgorithm !== undefined;
}

/** Whether two writes say the same. Bytes that came before are the same bytes (decision 47). */
export function isSameContent(one: ObjectContent, other: ObjectContent): boolean {
  return (
    one.body === other.body &&
    one.etag === other.etag &&
    one.metadata === other.metadata &&
    one.encryption === other.encryption &&
    one.storageClass === other.storageClass &&
    one.parts === other.parts &&
    isSameChecksum(one.checksum, other.checksum) &&
    isSameRecord(one.headers, other.headers)
  );
}

function isSameChecksum(one: Checksum | undefined, other: Checksum | undefined): boolean {
  return one?.algorithm === other?.algorithm && one?.type === other?.type && one?.value === other?.value;
}

function isSameRecord(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

export function makeFullObjectChecksum(algorithm: ChecksumAlgorithm, body: Uint8Array): Checksum {
  return fullObject(algorithm, computeBodyChecksum(algorithm, body));
}

/** Returns undefined for a long placeholder: a client compares the checksum with the bytes. */
export function findFullObjectChecksum(algorithm: ChecksumAlgorithm, body: ObjectBody): Checksum | undefined {
  return isLong(body) ? undefined : fullObject(algorithm, computeBodyChecksum(algorithm, body));
}

function fullObject(algorithm: ChecksumAlgorithm, value: string): Checksum {
  return Object.freeze({ algorithm, type: 'FULL_OBJECT', value });
}

/**
 * If only the ETag says that there are parts, as in a listing, all parts have the same size except the last: nobody knows their sizes
 * (F1591).
 */
export function listParts({ parts, etag, body }: ObjectContent): readonly ObjectPart[] | undefined {
  const count = Number(/-(\d+)$/.exec(etag)?.[1] ?? 0);
  if (parts !== undefined || count === 0) return parts;
  const size = Math.floor(body.length / count);
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1;
    return { number: index + 1, size: isLast ? body.length - index * size : size, checksum: undefined };
  });
}

interface CopySettings extends Pick<ObjectContent, 'headers' | 'encryption' | 'storageClass'> {
  readonly metadata: ObjectContent['metadata'] | undefined;
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
}

/**
 * A copy has no parts. Storage class, encryption and redirect come from the request, even if the copy keeps the metadata of the source
 * (F90).
 */
export function copyContent(ids: Pick<Ids, 'text'>, source: ObjectContent, settings: CopySettings): ObjectContent {
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
