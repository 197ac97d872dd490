import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

/** A file within a folder. */
export interface FoundFile {
  /** Its path in the folder, with `/` on every system. */
  readonly name: string;
  readonly path: string;
}

/** Files that systems, editors and git put into folders by themselves. */
const strays = new Set([
  '.DS_Store',
  '.directory',
  '.gitattributes',
  '.gitignore',
  '.gitkeep',
  '.keep',
  'Thumbs.db',
  'desktop.ini',
]);

/** The files of a folder and of the folders in it, in the order of their names' code units, which no locale changes. Links are followed. */
export function filesIn(folder: string, hidden: boolean): readonly FoundFile[] {
  const found: FoundFile[] = [];
  // A list of work instead of recursion, and the real paths of the folders around each, so that a link to one of those is noticed.
  const work = [{ at: folder, prefix: '', around: [realpathSync(folder)] }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { at, prefix, around } = next;
    for (const name of readdirSync(at)) {
      if (strays.has(name) || (!hidden && name.startsWith('.'))) continue;
      const file = { name: `${prefix}${name}`, path: path.join(at, name) };
      const stats = statsOf(file);
      if (stats.isFile()) {
        found.push(file);
        continue;
      }
      if (!stats.isDirectory()) throw new TypeError(`fromDirectory: ${file.path} is neither a file nor a folder.`);
      const real = realpathSync(file.path);
      if (around.includes(real))
        throw new TypeError(
          `fromDirectory: ${file.path} is a link to ${real}, which is a folder around it. Remove the link.`,
        );
      work.push({ at: file.path, prefix: `${file.name}/`, around: [...around, real] });
    }
  }
  return found.sort((one, other) => byCodeUnits(one.name, other.name));
}

/** Compares texts as `<` does, in each locale alike. */
export function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function statsOf(file: FoundFile): Stats {
  const stats = statSync(file.path, { throwIfNoEntry: false });
  if (stats !== undefined) return stats;
  // It is listed in its folder, but what it leads to is not there.
  throw new TypeError(`fromDirectory: ${file.path} is a link to a file that does not exist.`);
}
