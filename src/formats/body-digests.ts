import { type ChecksumAlgorithm, computeDigest } from './digests';
import { isLong, type ObjectBody, readAllBytes, SparseBody } from './sparse-body';

/** Tests write the same few bytes again, and comparing takes a fraction of a digest's time. The CRC-32 shows whether a test changed a body of the journal. @module */

class BodyDigest {
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
  readonly crc32: Buffer;
  readonly digests: Map<ChecksumAlgorithm, BodyDigest>;
}

const REMEMBERED = 16;
const SHORTEST = 64;

let recent: readonly Body[] = [];
/** The bytes that were asked for last. Nobody changes them before other bytes are asked for. */
let latest: { readonly asked: WeakRef<Uint8Array>; readonly body: Body } | undefined;

/** The digest of a long placeholder is the digest of its outline, since nobody makes terabytes to digest them. */
export function computeBodyDigest(algorithm: ChecksumAlgorithm, bytes: ObjectBody): BodyDigest {
  if (bytes instanceof SparseBody) {
    const digested = isLong(bytes) ? bytes.outline() : readAllBytes(bytes);
    return new BodyDigest(computeDigest(algorithm, digested));
  }
  if (bytes.length < SHORTEST) return new BodyDigest(computeDigest(algorithm, bytes));
  const { digests } = find(bytes) ?? remember(bytes);
  const known = digests.get(algorithm);
  if (known !== undefined) return known;
  const digest = new BodyDigest(computeDigest(algorithm, bytes));
  digests.set(algorithm, digest);
  return digest;
}

export function computeBodyChecksum(algorithm: ChecksumAlgorithm, bytes: ObjectBody): string {
  return computeBodyDigest(algorithm, bytes).base64;
}

/** Returns equal bytes that are kept already, so that a mock which gets the same bytes a thousand times keeps them once. */
export function reuseBody(bytes: Uint8Array): Uint8Array {
  const body = bytes.length < SHORTEST ? undefined : find(bytes);
  const known = body?.bytes.deref();
  // Bytes in a larger memory, such as the file of a form, would keep all of that memory.
  if (body === undefined || known === undefined || known.byteLength < known.buffer.byteLength) return bytes;
  latest = { asked: body.bytes, body };
  return known;
}

function find(asked: Uint8Array): Body | undefined {
  if (latest?.asked.deref() === asked) return latest.body;
  const body = recent.find((one) => isBodyOf(one, asked));
  if (body !== undefined) latest = { asked: new WeakRef(asked), body };
  return body;
}

function isBodyOf({ length, bytes, crc32 }: Body, asked: Uint8Array): boolean {
  if (length !== asked.length) return false;
  const known = bytes.deref();
  return known !== undefined && Buffer.compare(known, asked) === 0 && crc32.equals(computeDigest('CRC32', asked));
}

function remember(bytes: Uint8Array): Body {
  const crc32 = computeDigest('CRC32', bytes);
  const digests = new Map([['CRC32' as const, new BodyDigest(crc32)]]);
  const body: Body = { length: bytes.length, bytes: new WeakRef(bytes), crc32, digests };
  recent = [body, ...recent.slice(0, REMEMBERED - 1)];
  latest = { asked: body.bytes, body };
  return body;
}
