import { parseArgs } from 'node:util';
import { measureAccess } from './access.mjs';
import { figures } from './figures.mjs';
import { writePage } from './page.mjs';
import { keepMeasured, measureRounds, readMeasured } from './rounds.mjs';
import { tableOfRounds } from './series.mjs';

/**
 * Measures the figures, each in processes of its own and in interleaved rounds, and prints their medians and spread.
 *
 *   npm run bench                              all figures
 *   npm run bench -- calls memory              some of them
 *   npm run bench -- --rounds 2                in fewer rounds, for a first look
 *   npm run bench -- --before FOLDER           and those of the programs in another folder, for a comparison
 *   npm run bench -- --before FOLDER --write   and writes docs/benchmarks.md, with the last figures that were not chosen
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { before: { type: 'string' }, write: { type: 'boolean' }, rounds: { type: 'string' } },
});

const unknown = positionals.filter((name) => !Object.hasOwn(figures, name) && name !== 'access');
if (unknown.length > 0)
  throw new TypeError(
    `no figure is called ${unknown.join(' or ')}. There are ${Object.keys(figures).join(', ')} and access.`,
  );
const isChosen = (name) => positionals.length === 0 || positionals.includes(name);
const most = values.rounds === undefined ? Infinity : Number(values.rounds);
if (Number.isNaN(most) || most < 1) throw new TypeError(`--rounds ${values.rounds}: give a number from 1`);

if (values.write && values.before === undefined)
  throw new TypeError('--write compares with older programs: give their folder with --before');
// A figure that fails does not cost those before it: `--write` takes the last ones of each.
const measured = readMeasured();
for (const [name, { figure = name, runner, subjects, rounds, compared = [] }] of Object.entries(figures)) {
  if (!isChosen(name)) continue;
  const older = values.before === undefined ? [] : compared;
  const start = Date.now();
  const options = { figure, runner, subjects, older, before: values.before, rounds: Math.min(rounds, most) };
  measured[name] = await measureRounds(options);
  keepMeasured(measured);
  console.log(`\n${name}, in ${Math.round((Date.now() - start) / 1000)} s`);
  console.table(tableOfRounds(measured[name]));
}
if (isChosen('access')) await measureAccess();
if (values.write) writePage(measured);
