import type { IHasher } from 'hash-wasm';

/**
 * Node contains none of these algorithms. The package hash-wasm computes them; its user can leave it out. The first request that names such
 * an algorithm waits for the package to load (decision 49).
 * @module
 */

export const xxhashAlgorithms = ['XXHASH64', 'XXHASH3', 'XXHASH128'] as const;

type XxhashAlgorithm = (typeof xxhashAlgorithms)[number];

let hashers: Readonly<Record<XxhashAlgorithm, IHasher>> | undefined;
/** The promise of the package; undefined until something needs it for the first time. It never rejects. */
let loading: Promise<void> | undefined;
let isAwaited = true;

export function mayLoadXxhash(): boolean {
  return isAwaited;
}

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
    // If the package or WebAssembly is missing, the mock refuses the algorithms by name.
  } finally {
    isAwaited = false;
  }
}

export function hasXxhash(): boolean {
  return hashers !== undefined;
}

/** Computes a checksum with the seed 0. The highest byte comes first, as in S3's header. */
export function computeXxhash(algorithm: XxhashAlgorithm, bytes: Uint8Array): Buffer {
  if (hashers === undefined) throw new Error(`${algorithm} was computed before hash-wasm was loaded`);
  return Buffer.from(hashers[algorithm].init().update(bytes).digest('binary'));
}
