import { createHash } from 'node:crypto';

/**
 * Version ids of S3's shape: 32 characters that look random. Each holds the number of the write that made the version, and a check, so
 * that an id that was never issued differs from one whose version is removed, and no id needs to be stored (F50).
 */
export class VersionIds {
  readonly #seed: number;

  constructor(seed: string) {
    this.#seed = createHash('sha256').update(`version ids of ${seed}`).digest().readUInt32LE();
  }

  /** The id of a write. */
  idOf(sequence: number): string {
    const bytes = Buffer.alloc(24);
    const high = Math.floor(sequence / 0x100000000);
    const low = sequence >>> 0;
    let word = mix(this.#seed ^ low, high);
    for (let at = 0; at < 16; at += 4) {
      bytes.writeUInt32LE(word, at);
      word = mix(word, at + 1);
    }
    // The number of the write is masked with the words that were derived from it.
    bytes.writeUInt32LE((low ^ mix(bytes.readUInt32LE(0), this.#seed)) >>> 0, 16);
    bytes.writeUInt32LE((high ^ mix(bytes.readUInt32LE(4), this.#seed)) >>> 0, 20);
    return bytes.toString('base64').replaceAll('+', '.').replaceAll('/', '_');
  }

  /** The number of the write that an id was made for; undefined for any other text. */
  sequenceOf(id: string): number | undefined {
    if (!/^[\w.]{32}$/.test(id)) return undefined;
    const bytes = Buffer.from(id.replaceAll('.', '+').replaceAll('_', '/'), 'base64');
    const low = (bytes.readUInt32LE(16) ^ mix(bytes.readUInt32LE(0), this.#seed)) >>> 0;
    const high = (bytes.readUInt32LE(20) ^ mix(bytes.readUInt32LE(4), this.#seed)) >>> 0;
    const sequence = high * 0x100000000 + low;
    return Number.isSafeInteger(sequence) && this.idOf(sequence) === id ? sequence : undefined;
  }
}

function mix(word: number, salt: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad) ^ Math.imul(salt + 0x9e3779b9, 0x735a2d97);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
