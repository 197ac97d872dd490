import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenSources, mutantsIn } from './broken-sources';
import type { CaseRun, PlayedCases } from './case-player';
import type { Mutant } from './places';
import { Player } from './player';
import type { Word } from './rounds';
import { Places } from './switch';
import { doubtMoved, hasReason, isMoved, type Noticed, type Row, readTable, writeSummary, writeTable } from './table';
import { isOfRoom, KnownFiles, type TestRun, testFiles } from './test-files';
import type { TestAnswer, TestQuestion } from './test-player';

/**
 * Breaks the library in one place at a time, and writes who notices: `npm run tool mutants -- model/lifecycle operations/object-lock`. A word is
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
    'tests-only': { type: 'boolean', default: false },
    tests: { type: 'string', multiple: true },
  },
});

const silence = { cases: 10_000, file: 180_000, test: 15_000 };

const folder = brokenSources();
const mutants = mutantsIn(folder);
const texts = new Map(mutants.map(({ name, text }) => [name, text]));
const table = new Map(
  [...readTable(folder)].flatMap(([name, row]) => {
    const text = texts.get(name);
    return text === undefined ? [] : [[name, doubtMoved(row, text)]];
  }),
);
const cases = new Player<number, PlayedCases>('case-player.ts', folder, Number.POSITIVE_INFINITY);
const knownFiles = new KnownFiles(folder);

function isChosen({ name }: Mutant): boolean {
  const row = table.get(name);
  const isAsked = positionals.length === 0 || positionals.some((word) => name.startsWith(word));
  return isAsked && isDue(row);
}

function isDue(row: Row | undefined): boolean {
  if (options.by !== undefined) return row !== undefined && beginsWithOneOf(row.by, options.by);
  return row === undefined || isMoved(row, texts.get(row.name)) || (row.noticed === options.again && !hasReason(row));
}

function beginsWithOneOf(text: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => text.startsWith(beginning));
}

async function tryCases(mutant: number): Promise<string | undefined> {
  const answer = await cases.ask(mutant, silence.cases);
  if (typeof answer === 'string') return answer;
  if (answer.killer === undefined || !answer.isSpoilt) return answer.killer;
  cases.end();
  const again = await cases.ask(mutant, silence.cases);
  cases.end();
  return typeof again === 'string' ? again : again.killer;
}

/** More tests of its room are not tried with a mutant. */
const mostTests = 400;

/** What no case notices, with the number of tests that did not notice either. */
type Left = Map<number, number>;

type TestPlayer = Player<TestQuestion, TestAnswer>;

/** Tries a file with the mutants that it can notice, and takes from `left` those that it does. */
async function tryFile(
  player: TestPlayer,
  file: string,
  mutants: readonly number[],
  left: Left,
  bounds: Bounds = new Map(),
): Promise<void> {
  const tried = bounds.size === 0 ? 'all' : 'some';
  const vain = new Set(knownFiles.vain(file, tried));
  let due = mutants.filter((mutant) => !vain.has(mutant));
  while (due.length > 0) {
    let current: number | undefined;
    const hear = (message: unknown): number => {
      if (message === 'busy') return silence.file;
      const word = message as Word; // of the player of tests
      if (word.word === 'known') knownFiles.keep(file, word.run);
      if (word.word === 'begins') current = word.mutant;
      if (word.word !== 'ends') return silence.test;
      current = undefined;
      due = due.filter((mutant) => mutant !== word.mutant);
      if (word.isNoticed) notice(word.mutant, file, left);
      else {
        vain.add(word.mutant);
        // The other process may have found who notices.
        if (left.has(word.mutant)) left.set(word.mutant, (left.get(word.mutant) ?? 0) + word.tests);
      }
      return silence.test;
    };
    const known = knownFiles.find(file);
    const passed = passedOf(due, known, bounds);
    if (passed.length === 0) break;
    const mostPlaces = passed.map((mutant) => bounds.get(mutant) ?? Number.MAX_SAFE_INTEGER);
    const answer = await player.ask({ file, mutants: passed, mostPlaces, known }, silence.file, hear);
    const suspect: number | undefined = current;
    if (typeof answer === 'string') {
      if (suspect === undefined) break;
      notice(suspect, `${file}: ${answer}`, left);
      due = due.filter((mutant) => mutant !== suspect);
      continue;
    }
    if (suspect === undefined && !answer.isSpoilt) break;
    player.end();
    if (suspect === undefined) continue;
    due = due.filter((mutant) => mutant !== suspect);
    // The run of the file ended in the middle, as it does if a handler of jest's events throws.
    if (!answer.isSpoilt && suspect === passed[0]) notice(suspect, file, left);
    else due.unshift(suspect);
  }
  knownFiles.keepVain(file, tried, [...vain]);
}

function notice(mutant: number, by: string, left: Left): void {
  left.delete(mutant);
  const { name } = mutants[mutant] ?? { name: '' };
  note(name, isOfRoom(by, roomOfTests(mutant)) ? 'room' : 'elsewhere', by);
}

function roomOfTests(mutant: number): string {
  const [room = ''] = (mutants[mutant]?.name ?? '').split('/');
  return room;
}

/** How many places a test passes at most that is tried with a mutant: a test that passes fewer says more. */
type Bounds = ReadonlyMap<number, number>;

/** Those that a test of the file passes, if that is known. */
function passedOf(due: readonly number[], known: TestRun | undefined, bounds: Bounds): readonly number[] {
  if (known === undefined) return due;
  const tests = known.tests.map(({ passed }) => new Places(passed));
  return due.filter((mutant) => {
    const bound = bounds.get(mutant) ?? Number.POSITIVE_INFINITY;
    return tests.some((places) => places.size <= bound && places.has(mutant));
  });
}

/** When the tests of its room do not notice a mutant: so many files of all, and so many tests of each. */
const others = { files: 30, tests: 4 };

function boundsOf(files: readonly string[], left: Left): ReadonlyMap<string, Bounds> {
  const all = new Map<number, { readonly file: string; readonly least: number; readonly bound: number }[]>();
  for (const file of files) {
    for (const [mutant, sizes] of sizesIn(file, left)) {
      const few = sizes.toSorted((one, other) => one - other).slice(0, others.tests);
      const found = { file, least: few[0] ?? 0, bound: few.at(-1) ?? 0 };
      all.set(mutant, [...(all.get(mutant) ?? []), found]);
    }
  }
  const bounds = new Map(files.map((file) => [file, new Map<number, number>()]));
  for (const [mutant, found] of all) {
    for (const { file, bound } of found.toSorted((one, other) => one.least - other.least).slice(0, others.files))
      bounds.get(file)?.set(mutant, bound);
  }
  return bounds;
}

/** How many places each test of the file passes that passes a mutant. */
function sizesIn(file: string, left: Left): ReadonlyMap<number, readonly number[]> {
  const sizes = new Map<number, number[]>();
  for (const { passed, isSteady } of knownFiles.find(file)?.tests ?? []) {
    const places = new Places(passed);
    if (isSteady)
      for (const mutant of places.all)
        if (left.has(mutant)) sizes.set(mutant, [...(sizes.get(mutant) ?? []), places.size]);
  }
  return sizes;
}

/** What is passed while a file is evaluated costs a whole file for each mutant: few files are tried, of the room if there are any. */
async function tryLoaded(files: readonly string[], left: Left): Promise<void> {
  const loaded = files.flatMap((file) => {
    const known = knownFiles.find(file);
    // A file that fails with nothing broken says nothing.
    return known?.tests.every(({ isSteady }) => isSteady) ? [{ file, places: new Places(known.loaded) }] : [];
  });
  await withPlayers([...left.keys()], async (player, mutant) => {
    const passing = loaded.filter(({ places }) => places.has(mutant)).map(({ file }) => file);
    const ofRoom = passing.filter((file) => isOfRoom(file, roomOfTests(mutant)));
    for (const file of (ofRoom.length > 0 ? ofRoom : passing).slice(0, mostFiles)) {
      const answer = await player.ask({ file, loaded: mutant }, silence.file);
      player.end();
      if (typeof answer !== 'string' && !answer.isFailed) continue;
      notice(mutant, file, left);
      break;
    }
  });
}

const mostFiles = 3;

/** Finds out what a file passes. */
async function learn(player: TestPlayer, file: string): Promise<void> {
  if (knownFiles.find(file) !== undefined) return;
  const hear = (message: unknown): number => {
    const word = message as Word; // of the player of tests
    if (word.word === 'known') knownFiles.keep(file, word.run);
    return silence.file;
  };
  await player.ask({ file, mutants: [], mostPlaces: [] }, silence.file, hear);
}

/** The tests of a room come first, and are the first to notice. Tests that somebody named are tried like these. */
async function tryTests(left: Left): Promise<void> {
  const files = testFiles().filter((file) => options.tests === undefined || beginsWithOneOf(file, options.tests));
  const isNamed = options.tests !== undefined;
  const isOpen = (mutant: number) => (left.get(mutant) ?? mostTests) < mostTests;
  await withPlayers(files, async (player, file) => {
    const ofRoom = [...left.keys()].filter((mutant) => isNamed || isOfRoom(file, roomOfTests(mutant)));
    await tryFile(player, file, ofRoom.filter(isOpen), left);
  });
  write();
  if (!isNamed) await tryOthers(files, left);
  await tryLoaded(files, left);
}

async function tryOthers(files: readonly string[], left: Left): Promise<void> {
  await withPlayers(files, learn);
  const bounds = boundsOf(files, left);
  await withPlayers(files, async (player, file) => {
    const ofFile = bounds.get(file) ?? new Map();
    const chosen = [...ofFile.keys()].filter((mutant) => left.has(mutant));
    await tryFile(player, file, chosen, left, ofFile);
  });
  write();
}

/** A process for each processor. */
async function withPlayers<One extends string | number>(
  all: readonly One[],
  work: (player: TestPlayer, one: One) => Promise<void>,
): Promise<void> {
  const queue = [...all];
  const workUntilEmpty = async () => {
    const player: TestPlayer = new Player('test-player.ts', folder, 30);
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      process.stdout.write(`\r${all.length - queue.length} of ${all.length}; ${String(one).padEnd(80)}`);
      await work(player, one);
    }
    player.end();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, workUntilEmpty));
}

function note(name: string, noticed: Noticed, by: string): void {
  table.set(name, { name, noticed, by, note: table.get(name)?.note ?? '' });
  if (Date.now() - written > 5000) write();
}

/** Mutants that no case notices, and whose tests are not run yet: a run that was stopped does not play the cases again. */
const playedFile = join(folder, 'played.json');

function readPlayed(): readonly number[] {
  return existsSync(playedFile) ? (JSON.parse(readFileSync(playedFile, 'utf8')) as readonly number[]) : []; // written by run
}

let written = 0;

function write(): void {
  written = Date.now();
  writeTable(folder, allRows());
}

function allRows(): readonly Row[] {
  return mutants.flatMap(({ name }) => table.get(name) ?? []);
}

async function run(): Promise<void> {
  const chosen = mutants.flatMap((mutant, index) => (isChosen(mutant) ? [{ ...mutant, index }] : []));
  const left: typeof chosen = [];
  const played = new Set(readPlayed());
  for (const [count, mutant] of chosen.entries()) {
    const killer = options['tests-only'] || played.has(mutant.index) ? undefined : await tryCases(mutant.index);
    if (killer === undefined) {
      left.push(mutant);
      played.add(mutant.index);
    } else note(mutant.name, 'case', killer);
    if (count % 50 === 0) process.stdout.write(`\rcases: ${count} of ${chosen.length}, ${left.length} are not noticed`);
  }
  write();
  if (!options['tests-only']) writeFileSync(playedFile, JSON.stringify([...played]));
  cases.end();
  process.stdout.write(`\n${chosen.length - left.length} of ${chosen.length} are noticed by a case\n`);
  if (options['cases-only']) return;
  await tryLeft(left);
}

async function tryLeft(unnoticed: readonly { readonly name: string; readonly index: number }[]): Promise<void> {
  const left: Left = new Map(unnoticed.map(({ index }) => [index, 0]));
  await tryTests(left);
  // A part of the tests cannot say that nobody notices.
  if (options.tests === undefined) {
    const reached = reachedPlaces();
    for (const mutant of left.keys())
      note(mutants[mutant]?.name ?? '', reached.has(mutant) ? 'nobody' : 'unreached', mutants[mutant]?.text ?? '');
  }
  write();
  const names = [...left.keys()].map((mutant) => mutants[mutant]?.name);
  process.stdout.write(
    `\nnot noticed by the tests that were run: ${left.size} of ${unnoticed.length}\n${names.join('\n')}\n\n${writeSummary(allRows())}\n`,
  );
}

/** What a case or a test passes. */
function reachedPlaces(): ReadonlySet<number> {
  const file = join(folder, 'cases.json');
  const { passing } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CaseRun) : { passing: [] }; // written by the player of cases
  const reached = new Set(passing.flatMap((ofMutant, mutant) => (ofMutant.length > 0 ? [mutant] : [])));
  for (const { loaded, tests } of testFiles().flatMap((one) => knownFiles.find(one) ?? []))
    for (const packed of [loaded, ...tests.map(({ passed }) => passed)])
      for (const mutant of new Places(packed).all) reached.add(mutant);
  return reached;
}

void run();
