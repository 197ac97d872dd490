import type { IHasher } from 'hash-wasm';

/**
 * The XXHash algorithms of S3. Node has none of them: they are computed by the package hash-wasm, which its user may leave out. It is loaded
 * when a request first names one of them. It begins asynchronously, so that request waits, and computes synchronously from then on (decision 49).
 * @module
 */

export const xxhashAlgorithms = ['XXHASH64', 'XXHASH3', 'XXHASH128'] as const;

type XxhashAlgorithm = (typeof xxhashAlgorithms)[number];

let hashers: Readonly<Record<XxhashAlgorithm, IHasher>> | undefined;
/** Undefined until the package is first asked for; it never rejects. */
let loading: Promise<void> | undefined;
/** Whether it is not known yet if the algorithms can be computed. */
let isAwaited = true;

/** Whether the package was neither loaded nor looked for in vain. */
export function mayLoadXxhash(): boolean {
  return isAwaited;
}

/** Loads the package. Returns the promise of its end; undefined if it was loaded, or is not there. */
export function loadXxhash(): Promise<void> | undefined {
  loading ??= load();
  return isAwaited ? loading : undefined;
}

async function load(): Promise<void> {
  try {
    const { createXXHash64, createXXHash3, createXXHash128 } = require('hash-wasm') as typeof import('hash-wasm'); // what the package exports
    const [XXHASH64, XXHASH3, XXHASH128] = await Promise.all([createXXHash64(), createXXHash3(), createXXHash128()]);
    hashers = { XXHASH64, XXHASH3, XXHASH128 };
  } catch {
    // Without the package, or without WebAssembly, the mock refuses the algorithms by name.
  } finally {
    isAwaited = false;
  }
}

export function hasXxhash(): boolean {
  return hashers !== undefined;
}

/** The digest of some bytes, the highest byte first, with the seed 0, as S3 has it. */
export function computeXxhash(algorithm: XxhashAlgorithm, bytes: Uint8Array): Buffer {
  if (hashers === undefined) throw new Error(`${algorithm} was computed before hash-wasm was loaded`);
  return Buffer.from(hashers[algorithm].init().update(bytes).digest('binary'));
}
