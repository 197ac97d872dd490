import crypto from 'node:crypto';
import zlib from 'node:zlib';
import { crc32c, crc64Nvme, crc32 as slowCrc32 } from './crc';
import { computeXxhash, hasXxhash, xxhashAlgorithms } from './xxhash';

/**
 * The digests that S3 computes over an object's bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 * @module
 */

/** The checksum algorithms, by S3's names, in the order of S3's documents. Every list of algorithms follows this one. */
export const checksumAlgorithms = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
  'SHA512',
  'MD5',
  ...xxhashAlgorithms,
] as const;

/** The algorithms that the mock cannot compute without a package of its user (decision 49). */
export const optionalAlgorithms: readonly ChecksumAlgorithm[] = xxhashAlgorithms;

/** Whether the mock can compute an algorithm. It computes all of them, except for those of a package that is not there. */
export function isComputable(algorithm: ChecksumAlgorithm): boolean {
  return hasXxhash() || !optionalAlgorithms.includes(algorithm);
}

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

// Node 21, 22.0 and 22.1 have no crc32, whatever the types say.
const { crc32 = slowCrc32 } = zlib;

interface Digest {
  readonly form: RegExp;
  readonly of: (bytes: Uint8Array) => Buffer;
}

const digests: Readonly<Record<ChecksumAlgorithm, Digest>> = {
  CRC32: { form: makeForm(4), of: (bytes) => bigEndian(crc32(bytes)) },
  CRC32C: { form: makeForm(4), of: (bytes) => bigEndian(crc32c(bytes)) },
  CRC64NVME: { form: makeForm(8), of: (bytes) => bigEndian(...crc64Nvme(bytes)) },
  SHA1: { form: makeForm(20), of: (bytes) => digest('sha1', bytes) },
  SHA256: { form: makeForm(32), of: (bytes) => digest('sha256', bytes) },
  SHA512: { form: makeForm(64), of: (bytes) => digest('sha512', bytes) },
  MD5: { form: makeForm(16), of: md5 },
  XXHASH64: { form: makeForm(8), of: (bytes) => computeXxhash('XXHASH64', bytes) },
  XXHASH3: { form: makeForm(8), of: (bytes) => computeXxhash('XXHASH3', bytes) },
  XXHASH128: { form: makeForm(16), of: (bytes) => computeXxhash('XXHASH128', bytes) },
};

export function checksumHeader(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** One member for each algorithm: `ChecksumCRC32` and so on. */
export function makeChecksumMembers<T>(make: (header: string) => T): {
  readonly [A in ChecksumAlgorithm as `Checksum${A}`]: T;
} {
  const members = checksumAlgorithms.map((algorithm) => [`Checksum${algorithm}`, make(checksumHeader(algorithm))]);
  return Object.fromEntries(members) as { readonly [A in ChecksumAlgorithm as `Checksum${A}`]: T }; // one for each of the list
}

/** The digest of some bytes. Those of bodies are remembered: `body-digests.ts`. */
export function computeDigest(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer {
  return digests[algorithm].of(bytes);
}

export function checksum(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return computeDigest(algorithm, bytes).toString('base64');
}

/** Whether a text has the form of a checksum: base64 of the algorithm's number of bytes. */
export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  return digests[algorithm].form.test(text);
}

/** Matches the base64 of this many bytes. Its last character has bits that belong to no byte, which are 0. */
function makeForm(length: number): RegExp {
  const rest = length % 3;
  const end = rest === 0 ? '' : rest === 1 ? '[AQgw]==' : '[AEIMQUYcgkosw048]=';
  return new RegExp(`^[A-Za-z0-9+/]{${((length - rest) / 3) * 4 + rest}}${end}$`);
}

/** The MD5 of some bytes, as bytes: an ETag has it in hex, Content-MD5 in base64. */
export function md5(bytes: Uint8Array): Buffer {
  return digest('md5', bytes);
}

/** The SHA-256 of some bytes in lower-case hex, as in x-amz-content-sha256. */
export function sha256Hex(bytes: Uint8Array): string {
  // Most requests have no body, and sign this digest.
  return bytes.length === 0 ? sha256OfNothing : digest('sha256', bytes).toString('hex');
}

export const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function digest(algorithm: string, bytes: Uint8Array): Buffer {
  // bun and deno, whose clients call an open port, may lack the faster function, whatever the types say.
  const { hash } = crypto as Partial<Pick<typeof crypto, 'hash'>>;
  return hash === undefined ? crypto.createHash(algorithm).update(bytes).digest() : hash(algorithm, bytes, 'buffer');
}

function bigEndian(...words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    bytes.writeInt32BE(word | 0, index * 4);
  });
  return bytes;
}
