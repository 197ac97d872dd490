import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../house/files';
import { brokenSources, mutantsIn } from './broken-sources';
import { GroupSearch, type Outcome, type Plan } from './group-search';
import { Player, type Unit } from './player';
import { allNoticed, type Noticed, type Row, readTable, roomOf, writeRoom, writeSummary } from './table';
import { FirstRuns, fileOf, isOfRoom, testFiles } from './test-files';

/**
 * Breaks the library in one place at a time, and writes who notices: `npm run mutants -- model/lifecycle operations/object-lock`. A word is
 * the beginning of a file of src; without one, all are tried. Mutants that have a row are not tried again, except `--again nobody`, and
 * `--by __tests__/operations/objects` for those that these test files noticed. `--tests __tests__/operations/objects` runs no other tests.
 * @module
 */

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    again: { type: 'string' },
    by: { type: 'string', multiple: true },
    'cases-only': { type: 'boolean', default: false },
    tests: { type: 'string', multiple: true },
  },
});

const folder = brokenSources();
const mutants = mutantsIn(folder);
const table = new Map([...readTable()].filter(([name]) => mutants.some((mutant) => mutant.name === name)));
const cases = new Player('case-player.ts', folder, Number.POSITIVE_INFINITY, 10_000);
const tests = new Player('test-player.ts', folder, 20, 60_000);
const firstRuns = new FirstRuns(folder);

/** Mutants that nobody noticed yet, by number. */
const left = new Set(mutants.flatMap(({ name }, mutant) => (isChosen(name) ? [mutant] : [])));
/** Mutants whose place a case or a test passes. */
const reached = new Set<number>();

function isChosen(name: string): boolean {
  const isAsked = positionals.length === 0 || positionals.some((word) => name.startsWith(word));
  return isAsked && isDue(table.get(name));
}

function isDue(row: Row | undefined): boolean {
  if (options.by !== undefined) return row !== undefined && options.by.some((file) => row.by.startsWith(file));
  return row === undefined || row.noticed === options.again;
}

function nameOf(mutant: number): string {
  return mutants[mutant]?.name ?? '';
}

/** Two mutants of a line can cancel each other. */
function lineOf(mutant: number): string {
  const { name = '', line = 0 } = mutants[mutant] ?? {};
  return `${name.split(' ')[0]}:${line}`;
}

async function unitsOf(player: Player, file: string): Promise<readonly Unit[]> {
  const known = firstRuns.find(file);
  if (known !== undefined) return known;
  const units = await player.units(file);
  firstRuns.keep(file, units);
  return units;
}

/** Runs a file with those of the chosen mutants on that its units pass, until each is noticed or tried with all of them. */
async function tryFile(player: Player, file: string, chosen: (mutant: number) => boolean): Promise<void> {
  const units = await unitsOf(player, file);
  for (const { passes } of units) for (const mutant of passes) reached.add(mutant);
  const passing = units.map(({ isFailed, passes }) =>
    isFailed ? [] : passes.filter((one) => left.has(one) && chosen(one)),
  );
  const [outside = [], ...inTests] = passing;
  // What runs outside of the tests of a file is broken for all of them: it has a search of its own.
  if (player === cases) await search(player, file, units, new Map(passing.entries()));
  else {
    await search(player, file, units, new Map(inTests.map((mutants, index) => [index + 1, mutants])));
    await search(player, file, units, new Map([[0, outside.filter((mutant) => left.has(mutant))]]));
  }
}

/** A run that is stopped has lost what it found in so many rounds at most. */
const roundsBetweenClaims = 8;

type Passing = ReadonlyMap<number, readonly number[]>;

async function search(player: Player, file: string, units: readonly Unit[], passing: Passing): Promise<void> {
  const found = new GroupSearch(new Map([...passing].filter(([, mutants]) => mutants.length > 0)), lineOf);
  const play = async (plan: Plan): Promise<Outcome> => {
    const outcome = await player.play(file, plan);
    process.stdout.write(`\r${file}: ${plan.size} units, ${found.noticed.size} noticed, ${left.size} left`.padEnd(100));
    return new Map([...outcome].filter(([unit]) => units[unit]?.isFailed !== true));
  };
  for (let plan = found.next(), rounds = 1; plan.size > 0; plan = found.next(), rounds += 1) {
    found.take(plan, await play(plan));
    // What is tried again after a claim that did not hold comes into the next plan.
    if (!found.isOver && rounds % roundsBetweenClaims !== 0) continue;
    for (let claims = found.claims(); claims.size > 0; claims = found.claims())
      found.confirm(claims, await play(claims));
    noteAll(player, file, units, found.noticed);
  }
}

function noteAll(player: Player, file: string, units: readonly Unit[], noticed: ReadonlyMap<number, number>): void {
  for (const [mutant, number] of noticed) {
    const unit = units[number];
    if (unit === undefined || !left.delete(mutant)) continue;
    if (player === cases) note(mutant, 'case', unit.name);
    else noteTest(mutant, fileOf(file, unit));
  }
  write();
}

function noteTest(mutant: number, file: string): void {
  note(mutant, isOfRoom(file, roomOfSource(mutant)) ? 'room' : 'elsewhere', file);
}

function roomOfSource(mutant: number): string {
  return nameOf(mutant).split('/')[0] ?? '';
}

function note(mutant: number, noticed: Noticed, by: string): void {
  const name = nameOf(mutant);
  table.set(name, { name, noticed, by, note: table.get(name)?.note ?? '' });
}

/** Mutants that no case notices: the next run does not play the cases again. */
const playedFile = join(folder, 'played.json');

function readPlayed(): ReadonlySet<number> {
  return new Set(existsSync(playedFile) ? (JSON.parse(readFileSync(playedFile, 'utf8')) as readonly number[]) : []); // written by run
}

function write(): void {
  const rows = mutants.flatMap(({ name }) => table.get(name) ?? []);
  for (const room of new Set(rows.map(({ name }) => roomOf(name))))
    writeRoom(
      room,
      rows.filter(({ name }) => roomOf(name) === room),
    );
  const page = join(root, '__tests__/mutants/README.md');
  const [before = ''] = readFileSync(page, 'utf8').split('<!-- summary -->');
  writeFileSync(page, `${before}<!-- summary -->\n\n${writeSummary(rows)}\n`);
}

async function run(): Promise<void> {
  const chosen = [...left];
  const played = readPlayed();
  await tryFile(cases, 'cases', (mutant) => !played.has(mutant));
  cases.end();
  writeFileSync(playedFile, JSON.stringify([...new Set([...played, ...left])]));
  process.stdout.write(`\n${chosen.length - left.size} of ${chosen.length} are noticed by a case\n`);
  if (options['cases-only']) return;
  const files = testFiles(options.tests);
  // The tests of a mutant's room come first: it is told whether a rule is held where it stands.
  for (const file of files) await tryFile(tests, file, (mutant) => isOfRoom(file, roomOfSource(mutant)));
  for (const file of files) await tryFile(tests, file, (mutant) => !isOfRoom(file, roomOfSource(mutant)));
  tests.end();
  // A part of the tests cannot say that nobody notices.
  if (options.tests === undefined)
    for (const mutant of left) note(mutant, reached.has(mutant) ? 'nobody' : 'unreached', '');
  write();
  const count = (word: Noticed) => chosen.filter((mutant) => table.get(nameOf(mutant))?.noticed === word).length;
  process.stdout.write(`\n${allNoticed.map((word) => `${word} ${count(word)}`).join(', ')}\n`);
  process.stdout.write(`not noticed by the tests that were run: ${left.size}\n${[...left].map(nameOf).join('\n')}\n`);
}

void run();
