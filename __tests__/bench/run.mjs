import { parseArgs } from 'node:util';
import { figures } from './figures.mjs';
import { writePages } from './page.mjs';
import { keepMeasured, measureRounds, readMeasured } from './rounds.mjs';
import { tableOfRounds } from './series.mjs';

/**
 * Measures the figures, each in processes of its own and in interleaved rounds, and prints their medians and spread.
 *
 *   npm run bench                       all figures
 *   npm run bench -- calls memory       some of them
 *   npm run bench -- --rounds 1         in fewer rounds, for a first look
 *   npm run bench -- --write            and writes docs/benchmarks.md, docs/benchmarks/goals.md and the README's sentence on speed; figures that were not chosen are the
 *                                       last ones of the same programs
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, rounds: { type: 'string' } },
});

const unknown = positionals.filter((name) => !Object.hasOwn(figures, name));
if (unknown.length > 0)
  throw new TypeError(`no figure is called ${unknown.join(' or ')}. There are ${Object.keys(figures).join(', ')}.`);
const isChosen = (name) => positionals.length === 0 || positionals.includes(name);
const most = values.rounds === undefined ? Infinity : Number(values.rounds);
if (Number.isNaN(most) || most < 1) throw new TypeError(`--rounds ${values.rounds}: give a number from 1`);

// A figure that fails does not cost those before it: `--write` takes the last ones of each.
const measured = readMeasured();
const begin = Date.now();
const secondsSince = (time) => Math.round((Date.now() - time) / 1000);
for (const [name, { figure = name, runner, subjects, rounds }] of Object.entries(figures)) {
  if (!isChosen(name)) continue;
  const start = Date.now();
  measured[name] = await measureRounds({ figure, runner, subjects, rounds: Math.min(rounds, most) });
  keepMeasured(measured);
  console.log(`\n${name}, in ${secondsSince(start)} s`);
  console.table(tableOfRounds(measured[name]));
}
console.log(`\nall of them in ${secondsSince(begin)} s`);
if (values.write) writePages(measured);
