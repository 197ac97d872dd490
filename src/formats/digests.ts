import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The digests that S3 computes over an object's bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 * @module
 */

/** The checksum algorithms by the names that S3 gives them. */
export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

/** One of S3's checksum algorithms. */
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

interface Digest {
  readonly length: number;
  readonly of: (bytes: Uint8Array) => Buffer;
}

const digests: Readonly<Record<ChecksumAlgorithm, Digest>> = {
  CRC32: { length: 4, of: (bytes) => bigEndian(crc32(bytes)) },
  CRC32C: { length: 4, of: (bytes) => bigEndian(crc32c(bytes)) },
  CRC64NVME: { length: 8, of: (bytes) => bigEndian(...crc64Nvme(bytes)) },
  SHA1: { length: 20, of: (bytes) => createHash('sha1').update(bytes).digest() },
  SHA256: { length: 32, of: (bytes) => createHash('sha256').update(bytes).digest() },
};

/** The checksum of some bytes as S3 writes it: base64. */
export function checksum(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return digests[algorithm].of(bytes).toString('base64');
}

/** How many bytes a checksum has before it is written as base64. */
export function checksumLength(algorithm: ChecksumAlgorithm): number {
  return digests[algorithm].length;
}

/** Whether text is a checksum by its form: the base64 of as many bytes as the algorithm gives. */
export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === digests[algorithm].length && bytes.toString('base64') === text;
}

/** The MD5 of some bytes, unwritten: an ETag wants it in hex, Content-MD5 in base64. */
export function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest();
}

/** The SHA-256 of some bytes in lower-case hex, as x-amz-content-sha256 carries it. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bigEndian(...words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    bytes.writeInt32BE(word | 0, index * 4);
  });
  return bytes;
}

// Both CRCs are reflected, start from all ones and end inverted. They take eight bytes a step, with one table for each of
// the eight: table n says what a byte leaves behind once n zero bytes have followed it. The 64-bit one is kept as two halves,
// since JavaScript has fast integer arithmetic for 32 bits only.

/** Castagnoli's polynomial 0x1edc6f41, reflected. */
const castagnoli: Word = { high: 0, low: 0x82f63b78 };
/** The NVM Express polynomial 0xad93d23594c93659, reflected. */
const nvmExpress: Word = { high: 0x9a6c9329, low: 0xac4bc9b5 };

interface Word {
  readonly high: number;
  readonly low: number;
}

interface Tables {
  readonly high: Int32Array;
  readonly low: Int32Array;
}

// Made when first asked for: most test files never see either checksum.
const castagnoliTables = once(() => makeTables(castagnoli));
const nvmExpressTables = once(() => makeTables(nvmExpress));

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function makeTables(polynomial: Word): Tables {
  const tables: Tables = { high: new Int32Array(8 * 256), low: new Int32Array(8 * 256) };
  for (let byte = 0; byte < 256; byte += 1) {
    const { high, low } = divide(byte, polynomial);
    tables.high[byte] = high;
    tables.low[byte] = low;
  }
  for (let index = 256; index < 8 * 256; index += 1) {
    const high = at(tables.high, index - 256);
    const low = at(tables.low, index - 256);
    tables.high[index] = (high >>> 8) ^ at(tables.high, low & 255);
    tables.low[index] = ((low >>> 8) | (high << 24)) ^ at(tables.low, low & 255);
  }
  return tables;
}

function divide(byte: number, polynomial: Word): Word {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = -(low & 1);
    low = ((low >>> 1) | (high << 31)) ^ (carry & polynomial.low);
    high = (high >>> 1) ^ (carry & polynomial.high);
  }
  return { high, low };
}

function at(table: Int32Array, index: number): number {
  return table[index] as number; // every index is a byte, added to the start of one of the eight tables
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function crc32c(bytes: Uint8Array): number {
  const { low: table } = castagnoliTables();
  const view = viewOf(bytes);
  let crc = -1;
  let offset = 0;
  for (; offset + 8 <= view.byteLength; offset += 8) {
    const first = crc ^ view.getInt32(offset, true);
    crc = eightBytes(table, first, view.getInt32(offset + 4, true));
  }
  for (; offset < view.byteLength; offset += 1) {
    crc = (crc >>> 8) ^ at(table, (crc ^ view.getUint8(offset)) & 255);
  }
  return ~crc;
}

function crc64Nvme(bytes: Uint8Array): [high: number, low: number] {
  const tables = nvmExpressTables();
  const view = viewOf(bytes);
  let high = -1;
  let low = -1;
  let offset = 0;
  for (; offset + 8 <= view.byteLength; offset += 8) {
    const first = low ^ view.getInt32(offset, true);
    const second = high ^ view.getInt32(offset + 4, true);
    high = eightBytes(tables.high, first, second);
    low = eightBytes(tables.low, first, second);
  }
  for (; offset < view.byteLength; offset += 1) {
    const byte = (low ^ view.getUint8(offset)) & 255;
    low = ((low >>> 8) | (high << 24)) ^ at(tables.low, byte);
    high = (high >>> 8) ^ at(tables.high, byte);
  }
  return [~high, ~low];
}

function eightBytes(table: Int32Array, first: number, second: number): number {
  return (
    at(table, 0x700 + (first & 255)) ^
    at(table, 0x600 + ((first >>> 8) & 255)) ^
    at(table, 0x500 + ((first >>> 16) & 255)) ^
    at(table, 0x400 + (first >>> 24)) ^
    at(table, 0x300 + (second & 255)) ^
    at(table, 0x200 + ((second >>> 8) & 255)) ^
    at(table, 0x100 + ((second >>> 16) & 255)) ^
    at(table, second >>> 24)
  );
}
