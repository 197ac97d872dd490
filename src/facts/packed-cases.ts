import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { RecordedCases } from './case';
import { type ChosenCase, listCases } from './run';

/** Reads the cases of the package. The build packs `specification/cases` into the file beside this module, which a checkout does not have. */
export function readPackedCases(): readonly ChosenCase[] {
  const packed = brotliDecompressSync(readFileSync(path.join(__dirname, 'cases.json.br'))).toString();
  return listCases(JSON.parse(packed) as Readonly<Record<string, readonly RecordedCases[]>>); // written by the build
}
