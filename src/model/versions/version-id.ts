import { createHash } from 'node:crypto';

// Every id is written into the same bytes, and copied from them as text.
const idBytes = Buffer.alloc(24);
const idText = Buffer.alloc(32);
/** A point takes the place of the dash of base64url, which no id of S3 has. */
const digits = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._');

/** AWS's ids say nothing; those of IBM COS are UUIDs (F50). */
export type VersionIdForm = 'opaque' | 'uuid';

/** The form in each dialect of a mock. */
export const versionIdForms = { aws: 'opaque', 'ibm-cos': 'uuid' } as const;

/**
 * Makes version ids. Each contains the number of the write and a check, so an id that was never issued differs from the id of a removed
 * version, and no id needs to be stored (F50).
 */
export class VersionIds {
  readonly #seed: number;
  // The last id is kept: one request, or one copy by replication, asks for the same id several times.
  #last: { readonly sequence: number; readonly id: string } | undefined;

  constructor(seed: string) {
    this.#seed = createHash('sha256').update(`version ids of ${seed}`).digest().readUInt32LE();
  }

  writeId(sequence: number): string {
    if (sequence !== this.#last?.sequence) this.#last = { sequence, id: this.#write(sequence) };
    return this.#last.id;
  }

  #write(sequence: number): string {
    const high = Math.floor(sequence / 0x100000000);
    const low = sequence >>> 0;
    const first = mix(this.#seed ^ low, high);
    const second = mix(first, 1);
    const third = mix(second, 5);
    writeWord(first, 0);
    writeWord(second, 4);
    writeWord(third, 8);
    writeWord(mix(third, 9), 12);
    // The number of the write is masked with the words that were derived from it.
    writeWord(low ^ mix(first, this.#seed), 16);
    writeWord(high ^ mix(second, this.#seed), 20);
    return writeDigits();
  }

  /** An id of IBM COS: a UUID that ends with the time of the write in milliseconds (F50). */
  writeUuid(sequence: number, created: number): string {
    const bytes = Buffer.alloc(16);
    bytes.writeUIntBE(Math.max(created, 0), timeAt, 6);
    const time = bytes.readUInt32BE(12);
    bytes.writeUInt32BE((sequence ^ mix(this.#seed, time)) >>> 0, 0);
    bytes.writeUInt16BE((Math.floor(sequence / 0x100000000) ^ mix(this.#seed, time + 1)) & 0xffff, 4);
    bytes.writeUInt32BE(mix(this.#seed ^ sequence, time), 6);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  readSequence(id: string): number | undefined {
    if (id === this.#last?.id) return this.#last.sequence;
    if (uuid.test(id)) return this.#readUuid(id);
    if (!/^[\w.]{32}$/.test(id)) return undefined;
    const bytes = Buffer.from(id.replaceAll('.', '+').replaceAll('_', '/'), 'base64');
    const low = (bytes.readUInt32LE(16) ^ mix(bytes.readUInt32LE(0), this.#seed)) >>> 0;
    const high = (bytes.readUInt32LE(20) ^ mix(bytes.readUInt32LE(4), this.#seed)) >>> 0;
    const sequence = high * 0x100000000 + low;
    return Number.isSafeInteger(sequence) && this.writeId(sequence) === id ? sequence : undefined;
  }

  #readUuid(id: string): number | undefined {
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    const time = bytes.readUInt32BE(12);
    const low = (bytes.readUInt32BE(0) ^ mix(this.#seed, time)) >>> 0;
    const high = (bytes.readUInt16BE(4) ^ mix(this.#seed, time + 1)) & 0xffff;
    const sequence = high * 0x100000000 + low;
    return this.writeUuid(sequence, bytes.readUIntBE(timeAt, 6)) === id ? sequence : undefined;
  }
}

/** The lowest first. A Buffer's own method checks its arguments, which takes longer than the rest of an id. */
function writeWord(word: number, at: number): void {
  idBytes[at] = word;
  idBytes[at + 1] = word >>> 8;
  idBytes[at + 2] = word >>> 16;
  idBytes[at + 3] = word >>> 24;
}

/** A method of Buffer would write the dash, and to replace it takes longer than all else of an id. */
function writeDigits(): string {
  for (let from = 0, to = 0; from < idBytes.length; from += 3, to += 4) {
    const bits = ((idBytes[from] ?? 0) << 16) | ((idBytes[from + 1] ?? 0) << 8) | (idBytes[from + 2] ?? 0);
    idText[to] = digits[bits >>> 18] ?? 0;
    idText[to + 1] = digits[(bits >>> 12) & 63] ?? 0;
    idText[to + 2] = digits[(bits >>> 6) & 63] ?? 0;
    idText[to + 3] = digits[bits & 63] ?? 0;
  }
  return idText.toString('latin1');
}

/** The place of the time, in bytes. What is before it takes 20 digits of a UUID. */
const timeAt = 10;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

function mix(word: number, salt: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad) ^ Math.imul(salt + 0x9e3779b9, 0x735a2d97);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
