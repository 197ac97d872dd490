import { type ChecksumAlgorithm, digestOf } from './digests';

/**
 * The digests of bodies. A test writes the same few bytes again and again, as fixtures and as parts, and each write needs up to four digests;
 * to compare bytes takes a fraction of one. So those of the last bodies are remembered. A body has no owner but the mock: nobody changes it.
 * @module
 */

/** The digest of a body, and its texts, which are written once. */
export class BodyDigest {
  #hex: string | undefined;
  #base64: string | undefined;

  constructor(private readonly bytes: Buffer) {}

  get hex(): string {
    this.#hex ??= this.bytes.toString('hex');
    return this.#hex;
  }

  get base64(): string {
    this.#base64 ??= this.bytes.toString('base64');
    return this.#base64;
  }
}

interface Body {
  readonly length: number;
  readonly bytes: WeakRef<Uint8Array>;
  readonly digests: Map<ChecksumAlgorithm, BodyDigest>;
}

const REMEMBERED = 16;
/** Shorter bodies take less time to digest than to find. */
const SHORTEST = 64;

/** The last bodies, the latest first. */
let recent: readonly Body[] = [];

/** The digest of a body. */
export function digestOfBody(algorithm: ChecksumAlgorithm, bytes: Uint8Array): BodyDigest {
  if (bytes.length < SHORTEST) return new BodyDigest(digestOf(algorithm, bytes));
  const { digests } = recent.find((body) => isBodyOf(body, bytes)) ?? remember(bytes);
  const known = digests.get(algorithm);
  if (known !== undefined) return known;
  const digest = new BodyDigest(digestOf(algorithm, bytes));
  digests.set(algorithm, digest);
  return digest;
}

/** The checksum of a body in base64, as S3 writes it. */
export function checksumOfBody(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return digestOfBody(algorithm, bytes).base64;
}

/** One of the last bodies if that has the same bytes, so that a mock which gets them a thousand times keeps them once; else this body. */
export function knownBody(bytes: Uint8Array): Uint8Array {
  if (bytes.length < SHORTEST) return bytes;
  const known = recent.find((body) => isBodyOf(body, bytes))?.bytes.deref();
  // A part of a larger memory, such as the file of a form, would keep all of that.
  return known === undefined || known.byteLength < known.buffer.byteLength ? bytes : known;
}

function isBodyOf({ length, bytes }: Body, asked: Uint8Array): boolean {
  if (length !== asked.length) return false;
  const known = bytes.deref();
  return known !== undefined && (known === asked || Buffer.compare(known, asked) === 0);
}

function remember(bytes: Uint8Array): Body {
  const body: Body = { length: bytes.length, bytes: new WeakRef(bytes), digests: new Map() };
  recent = [body, ...recent.slice(0, REMEMBERED - 1)];
  return body;
}
