import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder of the programs that are measured: those of this checkout, or of an older one, for a comparison. */
export const libraryFolder = process.env['BENCH_LIBRARY'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

export function loadLibrary() {
  return loadEntry('index');
}

export function loadEntry(entry) {
  return createRequire(`${libraryFolder}/index.js`)(`${libraryFolder}/${entry}.js`);
}
