import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Ended } from '../support/project';
import type { Cell } from './cell';
import { allows } from './node-range';

export type Field =
  | { readonly kind: 'ok' }
  | { readonly kind: 'forbidden'; readonly by: string }
  | { readonly kind: 'failed'; readonly output: string };

/** The folder of a cell, which has another name in each run. */
const cellFolder = /(?:[\w:/\\.-]*[/\\])?s3-versioning-mock-matrix-\w+[/\\]/g;

export function forbiddenByEngines(
  packages: readonly string[],
  installation: string,
  version: string,
): Field | undefined {
  for (const name of packages) {
    const manifest = JSON.parse(readFileSync(join(installation, 'node_modules', name, 'package.json'), 'utf8'));
    const range: string | undefined = manifest.engines?.node;
    if (range === undefined || allows(range, version)) continue;
    return { kind: 'forbidden', by: `engines ${range} (${manifest.name} ${manifest.version})` };
  }
  return undefined;
}

/** A run that passes although the cell says that upstream forbids it has failed, so that no line outlives its reason. */
export function fieldOf({ passed, forbidden }: Pick<Cell, 'passed' | 'forbidden'>, version: string, run: Ended): Field {
  const output = stripVTControlCharacters(`${run.stdout}${run.stderr}`);
  const hasPassed = run.code === 0 && passed.test(output);
  if (forbidden === undefined || !isOn(forbidden.on, version)) {
    return hasPassed ? { kind: 'ok' } : { kind: 'failed', output: `exit code ${run.code}\n${output}` };
  }
  if (hasPassed) return { kind: 'failed', output: `it passes, but it is forbidden by ${forbidden.by}\n${output}` };
  const line = output.split('\n').find((one) => forbidden.by.test(one));
  if (line !== undefined) return { kind: 'forbidden', by: line.replace(cellFolder, '').trim() };
  return { kind: 'failed', output: `no line of the output matches ${forbidden.by}\n${output}` };
}

function isOn(on: readonly number[] | string, version: string): boolean {
  return typeof on === 'string' ? allows(on, version) : on.includes(Number.parseInt(version, 10));
}
