import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../house/files';
import { brokenSources, mutantsIn } from './broken-sources';
import type { PlayedCases } from './case-player';
import type { Mutant } from './places';
import { type NoAnswer, Player } from './player';
import { allNoticed, type Noticed, type Row, readTable, roomOf, writeRoom, writeSummary } from './table';
import { type FirstRun, FirstRuns, filesToTry, isOfRoom, testFiles } from './test-files';
import type { TestAnswer, TestQuestion } from './test-player';

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

const silence = { cases: 10_000, tests: 60_000 };

const folder = brokenSources();
const mutants = mutantsIn(folder);
const table = new Map([...readTable()].filter(([name]) => mutants.some((mutant) => mutant.name === name)));
const cases = new Player<number, PlayedCases>('case-player.ts', folder, Number.POSITIVE_INFINITY);
const tests = new Player<TestQuestion, TestAnswer>('test-player.ts', folder, 200);
const firstRuns = new FirstRuns(folder);

function isChosen({ name }: Mutant): boolean {
  const row = table.get(name);
  const isAsked = positionals.length === 0 || positionals.some((word) => name.startsWith(word));
  return isAsked && isDue(row);
}

function isDue(row: Row | undefined): boolean {
  if (options.by !== undefined) return row !== undefined && beginsWithOneOf(row.by, options.by);
  return row === undefined || row.noticed === options.again;
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

async function tryTests(mutant: number, runs: ReadonlyMap<string, FirstRun>): Promise<Pick<Row, 'noticed' | 'by'>> {
  const [room = ''] = (mutants[mutant]?.name ?? '').split('/');
  const files = filesToTry(mutant, room, runs);
  for (const file of files) {
    const answer: TestAnswer | NoAnswer = await tests.ask({ file, mutant }, silence.tests);
    if (typeof answer !== 'string' && !answer.isFailed) continue;
    const by = typeof answer === 'string' ? `${file}: ${answer}` : file;
    return { noticed: isOfRoom(file, room) ? 'room' : 'elsewhere', by };
  }
  return { noticed: files.length === 0 && !isPlayed.has(mutant) ? 'unreached' : 'nobody', by: '' };
}

/** Mutants whose place a case passes. */
let isPlayed: ReadonlySet<number> = new Set();

async function runFirst(): Promise<ReadonlyMap<string, FirstRun>> {
  const files = testFiles().filter((file) => options.tests === undefined || beginsWithOneOf(file, options.tests));
  const runs = new Map<string, FirstRun>();
  for (const [index, file] of files.entries()) {
    if (firstRuns.find(file) === undefined) {
      process.stdout.write(`\rfirst run of ${index + 1} of ${files.length} test files`);
      const answer = await tests.ask({ file }, 5 * silence.tests);
      firstRuns.keep(file, typeof answer === 'string' ? { isFailed: true, milliseconds: 0, passed: [] } : answer);
    }
    const run = firstRuns.find(file);
    if (run !== undefined) runs.set(file, run);
  }
  return runs;
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
  const chosen = mutants.flatMap((mutant, index) => (isChosen(mutant) ? [{ ...mutant, index }] : []));
  const left: typeof chosen = [];
  const played = new Set(readPlayed());
  for (const [count, mutant] of chosen.entries()) {
    const killer = played.has(mutant.index) ? undefined : await tryCases(mutant.index);
    if (killer === undefined) {
      left.push(mutant);
      played.add(mutant.index);
    } else note(mutant.name, 'case', killer);
    if (count % 50 === 0) process.stdout.write(`\rcases: ${count} of ${chosen.length}, ${left.length} are not noticed`);
  }
  write();
  writeFileSync(playedFile, JSON.stringify([...played]));
  cases.end();
  process.stdout.write(`\n${chosen.length - left.length} of ${chosen.length} are noticed by a case\n`);
  if (options['cases-only']) return;
  const { passing } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
  isPlayed = new Set([...mutants.keys()].filter((mutant) => passing[mutant].length > 0));
  const runs = await runFirst();
  const unnoticed: string[] = [];
  for (const [count, { index, name }] of left.entries()) {
    const { noticed, by } = await tryTests(index, runs);
    if (by === '') unnoticed.push(name);
    // A part of the tests cannot say that nobody notices.
    if (by !== '' || options.tests === undefined) note(name, noticed, by);
    process.stdout.write(
      `\rtests: ${count + 1} of ${left.length}; ${noticed.padEnd(10)} ${name.slice(0, 100).padEnd(100)}`,
    );
  }
  write();
  tests.end();
  const count = (word: Noticed) => chosen.filter(({ name }) => table.get(name)?.noticed === word).length;
  process.stdout.write(`\n${allNoticed.map((word) => `${word} ${count(word)}`).join(', ')}\n`);
  process.stdout.write(`not noticed by the tests that were run: ${unnoticed.length}\n${unnoticed.join('\n')}\n`);
}

void run();
