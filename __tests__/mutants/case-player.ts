import { join } from 'node:path';
import { mutantsIn } from './broken-sources';
import type { Question, Word } from './player';
import { install, Switch } from './switch';

/**
 * Plays the recorded cases for `run.ts`, which started it, each with the mutants of the plan on. Its folder of compiled sources is an argument.
 * @module
 */

type Facts = typeof import('../../src/facts');

const [, , folder = ''] = process.argv;
const theSwitch = new Switch(mutantsIn(folder).length);
install(globalThis, theSwitch);
const facts = require(join(folder, 'facts/index.js')) as Facts; // what the path leads to
const chosen = facts.choose([]);

/** What each case says while nothing is broken, as far as it was asked. */
const outcomes = new Map<number, string>();

async function play(unit: number): Promise<string> {
  return JSON.stringify(await facts.run(facts.mockStage, chosen.slice(unit, unit + 1)));
}

async function playWhole(unit: number): Promise<string> {
  const outcome = outcomes.get(unit) ?? (await play(unit));
  outcomes.set(unit, outcome);
  return outcome;
}

function say(word: Word): void {
  process.send?.(word);
}

async function tellPlaces(): Promise<void> {
  // What is loaded or made once belongs to no case.
  await play(0);
  for (const [unit, { subject, title }] of chosen.entries()) {
    theSwitch.takePassed();
    await playWhole(unit);
    say({ ended: unit, result: 'passed', name: `${subject}: ${title}`, passes: theSwitch.takePassed() });
  }
  say('done');
}

async function tryPlan(plan: NonNullable<Question['plan']>): Promise<void> {
  for (const [count, [unit, mutants]] of plan.entries()) {
    const whole = await playWhole(unit);
    say({ began: unit });
    theSwitch.turnOn(mutants);
    const outcome = await play(unit);
    theSwitch.turnOff();
    const isSpoilt = outcome !== whole && (await play(unit)) !== whole;
    const { subject, title } = chosen[unit] ?? { subject: '', title: '' };
    // What comes first is spoilt by nobody else.
    if (!isSpoilt || count === 0)
      say({ ended: unit, result: outcome === whole ? 'passed' : 'failed', name: `${subject}: ${title}` });
    if (isSpoilt) return say('spoilt');
  }
  say('done');
}

process.on('message', ({ plan }: Question) => void (plan === undefined ? tellPlaces() : tryPlan(plan)));
process.send?.('ready');
