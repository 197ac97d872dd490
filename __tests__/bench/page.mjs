import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { packageTable } from './package.mjs';
import { transfersTable, uploadsTable } from './sections/bodies.mjs';
import { agedTable, callsTable, connectionsTable, touchesTable, youngTable } from './sections/calls.mjs';
import { goalsTable } from './sections/goals.mjs';
import { jestPlot, versionsPlot } from './sections/plots.mjs';
import { readmeTable } from './sections/readme.mjs';
import { copiesTable, replicationTable } from './sections/replication.mjs';
import { bucketsTable, journalTable, markersTable, objectsTable, versionsTable } from './sections/scale.mjs';
import { fileTable, suiteTable } from './sections/suite.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const plots = `${root}/docs/benchmarks`;

/** Writes the figures into docs/benchmarks.md and the README, and the plots. */
export function writePage(measured) {
  const page = sectionsOf(measured).join('\n\n');
  mkdirSync(plots, { recursive: true });
  writeFileSync(`${plots}/versions.svg`, versionsPlot(measured));
  writeFileSync(`${plots}/jest.svg`, jestPlot(measured));
  writeUnder('docs/benchmarks.md', '## Figures', page);
  writeTable('README.md', suiteTable(measured, ['clientMock', 'localhost', 'library', 'nock']));
  writeTable('README.md', readmeTable(measured));
}

/** Replaces what is under a heading of a document, up to the next heading of the second level. */
function writeUnder(document, heading, text) {
  rewrite(document, new RegExp(`(?<=^${heading}\\n\\n)(?:(?!## ).*\\n)*`, 'gm'), `${text}\n\n`);
}

/** Replaces the table of a document that has the same head. */
function writeTable(document, table) {
  const [head] = table.split('\n');
  const rows = /^\|.*(?:\n\|.*)*/gm;
  rewrite(document, rows, table, (old) => old.startsWith(`${head}\n`));
}

function rewrite(document, pattern, text, isMeant = () => true) {
  const file = `${root}/${document}`;
  let count = 0;
  const written = readFileSync(file, 'utf8').replace(pattern, (old) => {
    if (!isMeant(old)) return old;
    count += 1;
    return text;
  });
  if (count !== 1)
    throw new TypeError(`${document} has ${count} places for the figures that begin with ${text.slice(0, 80)}`);
  writeFileSync(file, written);
}

function sectionsOf(measured) {
  const machine =
    `Node ${process.versions.node}, ${os.cpus().length} cores. Time is that of the processor: the median of interleaved rounds, and behind ` +
    'it the least and the most of them.';
  return [
    machine,
    '### A suite of small test files of jest',
    suiteTable(measured),
    fileTable(measured),
    '### Before and now',
    goalsTable(measured),
    '### Calls of the AWS SDK v3, with bodies of 1 KB',
    callsTable(measured),
    youngTable(measured),
    '### What a test does with the mock',
    touchesTable(measured),
    '### An upload by the AWS SDK v3',
    uploadsTable(measured),
    '### Large bodies',
    transfersTable(measured),
    '### A connection for each call',
    connectionsTable(measured),
    '### A process that has run many test files of jest',
    agedTable(measured),
    "### Buckets of 1,000 to 1,000,000 versions, by Node's own client",
    '![The time of a put, a get, a page and a batch against the versions in a bucket](benchmarks/versions.svg)',
    versionsTable(measured),
    '### Replication',
    replicationTable(measured),
    copiesTable(measured),
    '### Many buckets',
    bucketsTable(measured),
    '### Behind delete markers',
    markersTable(measured),
    '### Beside s3rver, in a bucket without versioning',
    objectsTable(measured),
    '### The start of a jest file',
    '![The time of an empty jest file, and of one that imports the library](benchmarks/jest.svg)',
    '### A long journal',
    journalTable(measured),
    '### The package',
    packageTable(),
  ];
}
