import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder of the programs that are measured. A bundled test file, which stands elsewhere, is told it. */
export const libraryFolder = process.env['BENCH_LIBRARY'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

export function loadLibrary() {
  return loadEntry('index');
}

export function loadEntry(entry) {
  return createRequire(`${libraryFolder}/index.js`)(`${libraryFolder}/${entry}.js`);
}
