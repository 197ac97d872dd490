import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readJsonFile } from '../../src/cli/json-file';
import { UsageError } from '../../src/cli/usage-error';
import type { ChosenCase } from '../../src/facts';
import { counted } from '../../src/text/counts';
import { importRecordings } from './import';

/** Reads the recordings of a file or folder. Throws if none can be played: then the user meant another place. */
export function readRecordings(place: string): readonly ChosenCase[] {
  const cases = listFiles(place).flatMap((name) => {
    const file = path.join(place, name);
    return importRecordings(name || path.basename(place), readJsonFile(file, file, 'Give files of JSON.'));
  });
  const [first] = cases;
  if (first !== undefined && cases.every(({ recordedCase }) => recordedCase.notPlayed !== undefined))
    throw new UsageError(`${place}: nothing can be played: ${first.title}: ${first.recordedCase.notPlayed}`);
  return cases;
}

/** Lists the files of JSON of a folder by their paths in it. The path of a file is empty. */
function listFiles(place: string): readonly string[] {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${place}: there is no such file or folder`);
  if (!found.isDirectory()) return [''];
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new UsageError(`${place}: the folder has no file whose name ends with .json`);
  return names.toSorted();
}

export function writeExtent(cases: readonly ChosenCase[]): string {
  const count = (list: (one: ChosenCase) => readonly unknown[]) =>
    cases.reduce((sum, one) => sum + list(one).length, 0);
  const played = counted(
    count(({ recordedCase }) => recordedCase.calls),
    'recorded call',
  );
  const leftOut = count(({ recordedCase }) => recordedCase.leftOut ?? []);
  return `${played} in ${counted(cases.length, 'case')}; ${leftOut} are left out.`;
}
