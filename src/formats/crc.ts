// The CRCs are reflected, start from all ones and end inverted. They take eight bytes in a step, with a table for each of
// the eight: table n holds the remainder of each byte with n zero bytes after it. The 64-bit CRC is computed in two halves, since
// JavaScript has fast integer arithmetic for 32 bits only.

interface Word {
  readonly high: number;
  readonly low: number;
}

interface Tables {
  readonly high: Int32Array;
  readonly low: Int32Array;
}

// The tables are made on first use, since most test files use none of these checksums.
const zipTables = once(() => makeTables({ high: 0, low: 0xedb88320 }));
/** The polynomial is 0x1edc6f41, reflected. */
const castagnoliTables = once(() => makeTables({ high: 0, low: 0x82f63b78 }));
const nvmExpressTables = once(() => makeTables({ high: 0x9a6c9329, low: 0xac4bc9b5 }));

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

function makeView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function crc32(bytes: Uint8Array): number {
  return computeCrc32(zipTables(), bytes) >>> 0;
}

export function crc32c(bytes: Uint8Array): number {
  return computeCrc32(castagnoliTables(), bytes);
}

function computeCrc32({ low: table }: Tables, bytes: Uint8Array): number {
  const view = makeView(bytes);
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

export function crc64Nvme(bytes: Uint8Array): [high: number, low: number] {
  const tables = nvmExpressTables();
  const view = makeView(bytes);
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
