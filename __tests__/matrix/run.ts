import { symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../house/files';
import { type Ended, execute, Project } from '../support/project';
import { type Cell, nameOf } from './cell';
import { cells } from './cells';
import { type Field, fieldOf, forbiddenByEngines } from './field';
import { Installations, installNode } from './installation';
import { nodes, versionsNamed } from './nodes';
import { pageOf } from './page';
import { type Row, writeFailures, writeTables } from './tables';

/**
 * Runs the packed library on several versions of Node, with runners and beside neighbours, and prints what passed:
 * `npm run tool matrix -- --node 22,24 --only vitest,mocha`. `--quick` leaves out the tests of the checkout, which take longest;
 * `--write` writes docs/matrix.md.
 * @module
 */

/** So many cells run at a time. */
const lanes = 2;

/** The tests of the checkout may take so long. */
const longest = 20 * 60_000;

interface Job {
  readonly cell: Cell;
  readonly version: string;
}

const { values: options } = parseArgs({
  options: {
    node: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

void main();

async function main(): Promise<void> {
  if (options.write && (options.node ?? options.only ?? (options.quick || undefined)) !== undefined)
    throw new TypeError('--write writes the whole matrix: leave out --node, --only and --quick');
  const versions = versionsNamed(options.node);
  const chosen = cells.filter(isChosen);
  if (chosen.length === 0) throw new TypeError(`--only ${options.only}: no such row or column`);
  const rows = await runAll(chosen, versions);
  const tables = writeTables(rows);
  const failures = writeFailures(rows);
  console.log(`\n${tables}\n${failures}`);
  process.exitCode = failures === '' ? 0 : 1;
  if (options.write && failures === '') writeFileSync(join(root, 'docs/matrix.md'), pageOf(tables, new Date()));
}

function isChosen(cell: Cell): boolean {
  if (options.quick && cell.inCheckout) return false;
  const words = options.only?.toLowerCase().split(',') ?? [''];
  return words.some((word) => nameOf(cell).toLowerCase().includes(word));
}

async function runAll(chosen: readonly Cell[], versions: readonly string[]): Promise<readonly Row[]> {
  const binaries = new Map<string, string>();
  for (const version of versions) binaries.set(version, await installNode(version));
  const installations = await Installations.withPackedLibrary();
  const jobs: Job[] = chosen.flatMap((cell) => versionsOf(cell, versions).map((version) => ({ cell, version })));
  const rows = chosen.map((cell) => ({ cell, fields: new Map<string, Field>() }));
  const work = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const { cell, version } = job;
      const begun = performance.now();
      const field = await runCell(cell, version, binaries, installations);
      rows.find((row) => row.cell === cell)?.fields.set(version, field);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.error(`${field.kind.padEnd(9)} ${nameOf(cell)}, ${version}, ${seconds} s`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return rows;
}

function versionsOf({ matrix }: Cell, versions: readonly string[]): readonly string[] {
  return matrix === 'library' ? versions : versions.filter((version) => nodes.some((node) => node === version));
}

async function runCell(
  cell: Cell,
  version: string,
  binaries: ReadonlyMap<string, string>,
  installations: Installations,
): Promise<Field> {
  const binary = binaries.get(version) ?? '';
  const environment = { PATH: `${binary}${delimiter}${process.env['PATH']}`, ...cell.environment };
  if (cell.inCheckout) {
    return fieldOf(cell, version, await execute(root, join(binary, 'node'), cell.args, environment, longest));
  }
  const installation = await installations.folderFor(cell);
  const forbidden = forbiddenByEngines(Object.keys(cell.packages), installation, version);
  return forbidden ?? fieldOf(cell, version, await runInFolder(cell, binary, installation, environment));
}

async function runInFolder(
  { files, args }: Cell,
  binary: string,
  installation: string,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const project = new Project('matrix');
  try {
    const packages = join(installation, 'node_modules');
    project.linkPackages(packages);
    symlinkSync(join(packages, '.bin'), join(project.folder, 'node_modules/.bin'), 'dir');
    for (const [file, text] of Object.entries(files)) project.write(file, text);
    return await project.run(args, environment, join(binary, 'node'));
  } finally {
    project.remove();
  }
}
