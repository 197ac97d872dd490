import { parseArgs } from 'node:util';
import { measureAccess } from './access.mjs';
import { writePage } from './page.mjs';
import { keepMeasured, measureRounds, readMeasured } from './rounds.mjs';
import { installS3rver } from './s3rver.mjs';

/**
 * Measures the figures, each in processes of its own and in interleaved rounds, and prints them.
 *
 *   npm run bench                              all figures
 *   npm run bench -- calls memory              some of them
 *   npm run bench -- --before FOLDER           and those of the programs in another folder, for a comparison
 *   npm run bench -- --before FOLDER --write   and writes docs/benchmarks.md, with the last figures that were not chosen
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { before: { type: 'string' }, write: { type: 'boolean' } },
});

const sizes = [1_000, 10_000, 100_000, 1_000_000].map(String);
const stores = ['library 100', 's3rver 100', 'library 300', 's3rver 300', 'library 1000', 's3rver 1000'];

/** The figures: their subjects, the number of rounds, and the subjects that are also measured with the older programs. */
const figures = {
  calls: { subjects: ['alone', 'aloneByHttp', 'clientHttp', 'localhost', 'library'], rounds: 7, compared: ['library'] },
  nock: { figure: 'calls', subjects: ['nock'], rounds: 2 },
  uploads: { subjects: ['alone', 'aloneByHttp', 'localhost', 'library'], rounds: 5, compared: ['library'] },
  requests: { subjects: ['library'], rounds: 5, compared: ['library'] },
  memory: { subjects: ['library'], rounds: 3, compared: ['library'] },
  loading: { subjects: ['library'], rounds: 15, compared: ['library'] },
  jest: { subjects: ['empty', 'entry'], rounds: 3, compared: ['entry'] },
  versions: { subjects: sizes, rounds: 1 },
  journal: { subjects: ['library'], rounds: 2, compared: ['library'] },
  transfers: { subjects: ['library'], rounds: 3, compared: ['library'] },
  objects: { subjects: stores, rounds: 2 },
};

const unknown = positionals.filter((name) => !Object.hasOwn(figures, name) && name !== 'access');
if (unknown.length > 0)
  throw new TypeError(
    `no figure is called ${unknown.join(' or ')}. There are ${Object.keys(figures).join(', ')} and access.`,
  );
const isChosen = (name) => positionals.length === 0 || positionals.includes(name);

if (values.write && values.before === undefined)
  throw new TypeError('--write compares with older programs: give their folder with --before');
if (isChosen('objects')) installS3rver();
// A figure that fails does not cost those before it: `--write` takes the last ones of each.
const measured = readMeasured();
for (const [name, { figure = name, subjects, rounds, compared = [] }] of Object.entries(figures)) {
  if (!isChosen(name)) continue;
  const older = values.before === undefined ? [] : compared;
  measured[name] = await measureRounds({ figure, subjects, older, before: values.before, rounds });
  keepMeasured(measured);
  console.log(`\n${name}`);
  console.table(measured[name]);
}
if (isChosen('access')) await measureAccess();
if (values.write) writePage(measured);
