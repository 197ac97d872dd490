import { createHash } from 'node:crypto';

/** The purposes of ids. Each has its own sequence, so that one more request does not change the id of an upload. */
export type IdPurpose =
  | 'request'
  | 'stray'
  | 'account'
  | `account ${string}`
  | 'credentials'
  | 'environment'
  /** A sequence for each user: its keys do not depend on the users that were made before it. */
  | `user ${string}`
  | 'mfa'
  | 'access point'
  | 'token'
  | 'sts'
  | 'upload'
  | 'etag'
  | 'rule'
  | 'fault'
  /** A sequence for each destination, since deliveries of several destinations go on side by side. */
  | `delivery ${string}`
  | 'duplicates'
  | `duplicates ${string}`
  | 'order'
  | 'event'
  | 'built event'
  | 'exploration'
  | 'propagation';

// Recorded request ids of S3 use Crockford's alphabet: no I, L, O or U (F8).
const requestAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const requestCodes = Buffer.from(requestAlphabet);

// Every id is written into the same bytes, and copied from them as text.
const requestIdBytes = Buffer.alloc(16);
const requestNumbers = new Uint32Array(3);
const hostNumbers = new Uint32Array(14);
const uuidNumbers = new Uint32Array(4);
const oneNumber = new Uint32Array(1);

const isBigEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 0;

// The function is read once: tests run in a vm context, where an access to a global takes longer than the multiplication.
const { imul } = Math;

/** Ids of the real shape and length. The same script with the same seed gets the same ids. */
export class Ids {
  readonly #seed: string;
  readonly #sequences = new Map<IdPurpose, Sequence>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** 16 characters, as in `x-amz-request-id`. */
  requestId(purpose: IdPurpose = 'request'): string {
    this.#sequence(purpose).fill(requestNumbers);
    let bits = 0;
    for (let index = 0; index < 16; index += 1) {
      // A number has the bits of six characters.
      if (index % 6 === 0) bits = requestNumbers[index / 6] ?? 0;
      requestIdBytes[index] = requestCodes[bits & 31] ?? 0;
      bits >>>= 5;
    }
    return requestIdBytes.toString('latin1');
  }

  /** 76 characters that look like base64, as in `x-amz-id-2`. */
  hostId(purpose: IdPurpose = 'request'): string {
    return bytesOf(this.#sequence(purpose).fill(hostNumbers)).toString('base64');
  }

  uuid(purpose: IdPurpose): string {
    return writeUuid(this.#sequence(purpose));
  }

  /** Returns the same UUID at each call for a name. */
  makeUuid(name: string): string {
    return writeUuid(this.#begin(name));
  }

  /** A UUID in base64 (F116). */
  ruleId(): string {
    return Buffer.from(this.uuid('rule')).toString('base64');
  }

  /** Returns a number from 0 to below 1. */
  fraction(purpose: IdPurpose): number {
    return this.#sequence(purpose).below(2 ** 32) / 2 ** 32;
  }

  text(purpose: IdPurpose, alphabet: string, length: number): string {
    const sequence = this.#sequence(purpose);
    let characters = '';
    for (let index = 0; index < length; index += 1) characters += alphabet[sequence.below(alphabet.length)];
    return characters;
  }

  /** A copy goes on by itself. */
  copy(): Ids {
    const copy = new Ids(this.#seed);
    copy.restore(this.state);
    return copy;
  }

  get state(): ReadonlyMap<IdPurpose, number> {
    return new Map([...this.#sequences].map(([purpose, { state }]) => [purpose, state]));
  }

  restore(state: ReadonlyMap<IdPurpose, number>): void {
    this.#sequences.clear();
    for (const [purpose, at] of state) this.#sequences.set(purpose, new Sequence(at));
  }

  #sequence(purpose: IdPurpose): Sequence {
    const known = this.#sequences.get(purpose);
    if (known) return known;
    const made = this.#begin(purpose);
    this.#sequences.set(purpose, made);
    return made;
  }

  #begin(name: string): Sequence {
    return new Sequence(createHash('sha256').update(`${this.#seed} ${name}`).digest().readUInt32LE());
  }
}

/** The memory of the numbers: four bytes each, the lowest first on every machine. */
function bytesOf(numbers: Uint32Array): Buffer {
  const bytes = Buffer.from(numbers.buffer);
  return isBigEndian ? bytes.swap32() : bytes;
}

function writeUuid(sequence: Sequence): string {
  const digits = bytesOf(sequence.fill(uuidNumbers)).toString('hex', 0, 15);
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 15), digits.slice(15, 18)];
  return `${a}-${b}-4${c}-8${d}-${digits.slice(18)}`;
}

/** Numbers that look random: a Weyl sequence whose steps are mixed. */
class Sequence {
  state: number;

  constructor(state: number) {
    this.state = state;
  }

  /** Fills an array with numbers at once, since each request needs seventeen of them. */
  fill(numbers: Uint32Array): Uint32Array {
    let { state } = this;
    for (let index = 0; index < numbers.length; index += 1) {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      numbers[index] = mixed ^ (mixed >>> 15);
    }
    this.state = state;
    return numbers;
  }

  below(bound: number): number {
    const [number = 0] = this.fill(oneNumber);
    return number % bound;
  }
}
