import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { subjects } from '../../specification/cases';
import { mutantsIn } from './broken-sources';
import { install, Switch } from './switch';

/**
 * Plays the recorded cases with one mutant on, for `run.ts`, which started it: gets the number of a mutant, and answers with the first case
 * that notices. Its folder of compiled sources is an argument.
 * @module
 */

type Facts = typeof import('../../src/facts');

export interface CaseRun {
  /** What each case says while nothing is broken. */
  readonly outcomes: readonly string[];
  /** The cases that pass a place, by the number of the mutant. */
  readonly passing: readonly (readonly number[])[];
}

const [, , folder = ''] = process.argv;
const mutants = mutantsIn(folder);
const theSwitch = new Switch(mutants.length);
install(globalThis, theSwitch);
const facts = require(join(folder, 'facts/index.js')) as Facts; // what the path leads to
const chosen = facts.listCases(subjects);

async function play(index: number): Promise<string> {
  return JSON.stringify(await facts.run(facts.mockStage, chosen.slice(index, index + 1)));
}

async function runFirst(): Promise<CaseRun> {
  const file = join(folder, 'cases.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as CaseRun; // written below
  const outcomes: string[] = [];
  const passing: number[][] = mutants.map(() => []);
  for (const index of chosen.keys()) {
    // What is loaded or made once belongs to no case.
    if (index === 0) await play(index);
    theSwitch.takePassed();
    outcomes.push(await play(index));
    for (const mutant of theSwitch.takePassed()) passing[mutant]?.push(index);
  }
  const first = { outcomes, passing };
  writeFileSync(file, JSON.stringify(first));
  return first;
}

export interface PlayedCases {
  readonly mutant: number;
  /** The case that differs. */
  readonly killer?: string | undefined;
  /** The case also differs after the mutant is off again: the process is of no more use. */
  readonly isSpoilt: boolean;
}

async function tryMutant({ outcomes, passing }: CaseRun, mutant: number): Promise<PlayedCases> {
  for (const index of passing[mutant] ?? []) {
    theSwitch.turnOn(mutant);
    const outcome = await play(index);
    theSwitch.turnOff();
    process.send?.('busy');
    if (outcome === outcomes[index]) continue;
    const { subject, title } = chosen[index] ?? { subject: '', title: '' };
    return { mutant, killer: `${subject}: ${title}`, isSpoilt: (await play(index)) !== outcomes[index] };
  }
  return { mutant, isSpoilt: false };
}

async function begin(): Promise<void> {
  const first = await runFirst();
  process.on('message', (mutant: number) => {
    void tryMutant(first, mutant).then((played) => process.send?.(played));
  });
  process.send?.('ready');
}

void begin();
