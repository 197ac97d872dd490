import { type ChecksumAlgorithm, checksum, md5 } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import type { Checksum, ObjectContent, ObjectHeaders } from './version';

/** The headers of a write that are kept with an object and come back with it, `content-encoding` among them where it is one. */
export const keptHeaderNames = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key-md5',
] as const;

/** The storage class of what names none. */
export const standard = 'STANDARD';

const storageClasses = new Set([
  standard,
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]);

/** Storage classes whose bytes cannot be read before they are restored. */
export const archives: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE', 'ACCELERATED']);

/** Throws what S3 says to a storage class that it does not have. */
export function checkStorageClass(name: string | undefined): string {
  if (name === undefined) return standard;
  if (!storageClasses.has(name)) throw new S3Error('StorageClassInvalid', { StorageClassRequested: name });
  return name;
}

// One for all objects of which nothing is said, since a test may make a million of them.
const plain: ObjectHeaders = Object.freeze({ 'content-type': 'binary/octet-stream' });
const encrypted: ObjectHeaders = Object.freeze({ ...plain, 'x-amz-server-side-encryption': 'AES256' });

/** What is kept with an object of which nothing is said. All of S3's are encrypted since 2023, with S3's own key by default (F58). */
export function defaultHeaders(withEncryption: boolean): ObjectHeaders {
  return withEncryption ? encrypted : plain;
}

/** Throws where metadata is larger than S3 keeps: 2 KB of names and values (F57). */
export function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  const Size = Object.entries(metadata).reduce((total, [name, value]) => total + Buffer.byteLength(name + value), 0);
  if (Size > 2048) throw new S3Error('MetadataTooLarge', { Size });
}

/** What the content of a version is made of. */
export interface ContentSource extends Pick<ObjectContent, 'body' | 'metadata' | 'headers' | 'storageClass'> {
  /** The checksum that came with the bytes, checked already. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value?: string | undefined } | undefined;
  /** The MD5 that came with the bytes, likewise. */
  readonly md5?: Buffer | undefined;
}

/** The content of an object that is stored at once. S3 keeps a CRC64NVME of what comes without a checksum (F56). */
export function makeContent({
  body,
  metadata,
  headers,
  storageClass,
  checksum: given,
  md5: sent,
}: ContentSource): ObjectContent {
  const algorithm = given?.algorithm ?? 'CRC64NVME';
  return {
    body,
    etag: etagOf(body, headers, sent),
    checksum: { algorithm, type: 'FULL_OBJECT', value: given?.value ?? checksum(algorithm, body) },
    metadata,
    headers,
    storageClass,
    parts: undefined,
  };
}

/** The ETag of what is stored at once: the MD5 of its bytes, unless a key of one's own or of KMS encrypts it (F55). */
export function etagOf(body: Uint8Array, headers: ObjectContent['headers'], digest = md5(body)): string {
  const plain =
    (headers['x-amz-server-side-encryption'] ?? 'AES256') === 'AES256' &&
    !headers['x-amz-server-side-encryption-customer-algorithm'];
  return (plain ? digest : md5(Buffer.concat([digest, Buffer.from('encrypted')]))).toString('hex');
}

/** The checksum of the whole of some bytes, in the algorithm of another. */
export function wholeChecksum(algorithm: ChecksumAlgorithm, body: Uint8Array): Checksum {
  return { algorithm, type: 'FULL_OBJECT', value: checksum(algorithm, body) };
}
