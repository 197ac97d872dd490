import crypto from 'node:crypto';
import zlib from 'node:zlib';
import { crc32c, crc64Nvme, crc32 as slowCrc32 } from './crc';
import { computeXxhash, hasXxhash, xxhashAlgorithms } from './xxhash';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html @module */

/** The algorithms in the order of S3's documents, which every list of algorithms follows. */
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

/** The algorithms that need a package which the user of the mock installs (decision 49). */
export const optionalAlgorithms: readonly ChecksumAlgorithm[] = xxhashAlgorithms;

export function isComputable(algorithm: ChecksumAlgorithm): boolean {
  return hasXxhash() || !optionalAlgorithms.includes(algorithm);
}

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

// Node 21, 22.0 and 22.1 have no crc32, whatever the types say.
const { crc32 = slowCrc32 } = zlib;

const lengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  MD5: 16,
  XXHASH64: 8,
  XXHASH3: 8,
  XXHASH128: 16,
};

interface Digest {
  readonly form: RegExp;
  readonly of: (bytes: Uint8Array) => Buffer;
}

const digests: Readonly<Record<ChecksumAlgorithm, Digest>> = {
  CRC32: { form: makeForm(lengths.CRC32), of: (bytes) => bigEndian(crc32(bytes)) },
  CRC32C: { form: makeForm(lengths.CRC32C), of: (bytes) => bigEndian(crc32c(bytes)) },
  CRC64NVME: { form: makeForm(lengths.CRC64NVME), of: (bytes) => bigEndian(...crc64Nvme(bytes)) },
  SHA1: { form: makeForm(lengths.SHA1), of: (bytes) => digest('sha1', bytes) },
  SHA256: { form: makeForm(lengths.SHA256), of: (bytes) => digest('sha256', bytes) },
  SHA512: { form: makeForm(lengths.SHA512), of: (bytes) => digest('sha512', bytes) },
  MD5: { form: makeForm(lengths.MD5), of: md5 },
  XXHASH64: { form: makeForm(lengths.XXHASH64), of: (bytes) => computeXxhash('XXHASH64', bytes) },
  XXHASH3: { form: makeForm(lengths.XXHASH3), of: (bytes) => computeXxhash('XXHASH3', bytes) },
  XXHASH128: { form: makeForm(lengths.XXHASH128), of: (bytes) => computeXxhash('XXHASH128', bytes) },
};

export function checksumHeader(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function makeChecksumMembers<T>(make: (header: string) => T): {
  readonly [A in ChecksumAlgorithm as `Checksum${A}`]: T;
} {
  const members = checksumAlgorithms.map((algorithm) => [`Checksum${algorithm}`, make(checksumHeader(algorithm))]);
  return Object.fromEntries(members) as { readonly [A in ChecksumAlgorithm as `Checksum${A}`]: T }; // one for each of the list
}

export function computeDigest(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer {
  return digests[algorithm].of(bytes);
}

export function checksum(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return computeDigest(algorithm, bytes).toString('base64');
}

export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  return digests[algorithm].form.test(text);
}

/** The number of bytes. */
export function digestLength(algorithm: ChecksumAlgorithm): number {
  return lengths[algorithm];
}

/** Makes the form of a digest of so many bytes in base64. In the last character, the bits that belong to no byte are 0. */
function makeForm(length: number): RegExp {
  const rest = length % 3;
  const end = rest === 0 ? '' : rest === 1 ? '[AQgw]==' : '[AEIMQUYcgkosw048]=';
  return new RegExp(`^[A-Za-z0-9+/]{${((length - rest) / 3) * 4 + rest}}${end}$`);
}

export function md5(bytes: Uint8Array): Buffer {
  return digest('md5', bytes);
}

export function sha256Hex(bytes: Uint8Array): string {
  // Most requests have no body, and their signatures contain this digest.
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
