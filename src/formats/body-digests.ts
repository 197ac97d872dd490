import { type ChecksumAlgorithm, digestOf } from './digests';

/**
 * The digests of bodies. A test writes the same few bytes again and again, as fixtures and as parts, and each write needs up to four digests;
 * to compare bytes takes a fraction of one. So those of the last bodies are remembered. A body has no owner but the mock: nobody changes it.
 * @module
 */

interface Body {
  readonly length: number;
  readonly bytes: WeakRef<Uint8Array>;
  readonly digests: Map<ChecksumAlgorithm, Buffer>;
}

const REMEMBERED = 16;
/** Shorter bodies take less time to digest than to find. */
const SHORTEST = 64;

/** The last bodies, the latest first. */
let recent: readonly Body[] = [];

/** The digest of a body, which callers must not change: it is remembered. */
export function digestOfBody(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer {
  if (bytes.length < SHORTEST) return digestOf(algorithm, bytes);
  const { digests } = recent.find((body) => isBodyOf(body, bytes)) ?? remember(bytes);
  const known = digests.get(algorithm);
  if (known !== undefined) return known;
  const digest = digestOf(algorithm, bytes);
  digests.set(algorithm, digest);
  return digest;
}

/** The checksum of a body in base64, as S3 writes it. */
export function checksumOfBody(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return digestOfBody(algorithm, bytes).toString('base64');
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
