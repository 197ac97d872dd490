import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesIn, textOf } from '../house/files';
import { madeOnce } from '../support/made-once';
import { breakFile, type Mutant } from './places';

/** They play, print or draw: no rule of S3 is theirs. */
const withoutRules = /^src\/(?:window|facts|cli)\//;

const listName = 'mutants.json';

/** The folder with src compiled, all mutants in it, and their list; made anew if src changes. */
export function brokenSources(): string {
  return madeOnce(
    'mutants',
    ['src', '__tests__/mutants/places.ts', '__tests__/mutants/broken-sources.ts'],
    (folder) => {
      const mutants: Mutant[] = [];
      for (const file of filesIn('src')) {
        const name = relative('src', file);
        const target = join(folder, name.replace(/\.ts$/, '.js'));
        if (!isCode(file) || file.startsWith('src/window/')) continue;
        mkdirSync(dirname(target), { recursive: true });
        const { code, map, mutants: more } = breakFile(name, textOf(file), mutants.length, !withoutRules.test(file));
        writeFileSync(target, code);
        writeFileSync(`${target}.map`, map);
        mutants.push(...more);
      }
      writeFileSync(join(folder, listName), JSON.stringify(mutants));
    },
  );
}

function isCode(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.d.ts');
}

/** The number of a mutant is its place in the list. */
export function mutantsIn(folder: string): readonly Mutant[] {
  return JSON.parse(readFileSync(join(folder, listName), 'utf8')) as readonly Mutant[]; // written above
}
