import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { transfersTable, uploadsTable } from './sections/bodies.mjs';
import { agedTable, callsTable, connectionsTable, touchesTable, youngTable } from './sections/calls.mjs';
import { goalsTable } from './sections/goals.mjs';
import { jestPlot, versionsPlot } from './sections/plots.mjs';
import { copiesTable, replicationTable } from './sections/replication.mjs';
import {
  bucketsTable,
  journalTable,
  largeTable,
  markersTable,
  objectsTable,
  versionsTable,
} from './sections/scale.mjs';
import { servedTable } from './sections/served.mjs';
import { speedLines, speedRow } from './sections/speed.mjs';
import { fileTable, runnersTable, sharesTable, suiteTable } from './sections/suite.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const plots = `${root}/docs/benchmarks`;

export function writePages(measured) {
  writeUsersPage(measured);
  mkdirSync(plots, { recursive: true });
  writeFileSync(`${plots}/versions.svg`, versionsPlot(measured));
  writeFileSync(`${plots}/jest.svg`, jestPlot(measured));
  rewrite('docs/benchmarks/goals.md', figuresOfPage, `${goalsSections(measured).join('\n\n')}\n\n`);
}

/** The page for users, the lines of the README and the row of the comparison. They need the figures of the suite, of a file of jest and of calls in plain Node. */
export function writeUsersPage(measured) {
  rewrite('docs/benchmarks.md', figuresOfPage, `${usersSections(measured).join('\n\n')}\n`);
  rewrite('README.md', /(?<=^- Each process, once: .*\n)(?:- .*\n)+/m, speedLines(measured));
  rewrite('docs/comparison.md', /(?<=^\| Processor time [^|]*)\|.*$/m, speedRow(measured));
}

const figuresOfPage = /(?<=^## Figures\n\n)(?:(?!## ).*\n)*/m;

/** Replaces what a pattern finds in a file of the repository. */
function rewrite(name, pattern, text) {
  const file = `${root}/${name}`;
  const old = readFileSync(file, 'utf8');
  if (!pattern.test(old)) throw new TypeError(`${name} has no place for the figures: nothing matches ${pattern}`);
  writeFileSync(
    file,
    old.replace(pattern, () => text),
  );
}

const machine =
  `Node ${process.versions.node}, ${os.cpus().length} cores. Time is that of the processor, in interleaved rounds. In the tables of the suite, the least of the ` +
  'rounds\nstands in front, and the median behind it. In the other tables, the median stands in front, and the least and the most behind it.';

function usersSections(measured) {
  return [
    machine,
    '### A suite of small test files of jest',
    suiteTable(measured),
    fileTable(measured),
    runnersTable(measured),
    '### Calls of the AWS SDK v3, with bodies of 1 KB',
    callsTable(measured, ['calls']),
  ];
}

function goalsSections(measured) {
  return [
    machine,
    '### Shares of the suite',
    sharesTable(measured),
    '### Goals',
    goalsTable(measured),
    '### Calls of the AWS SDK v3, with bodies of 1 KB',
    callsTable(measured, ['callsInJest', 'callsInVitest']),
    youngTable(measured),
    '### What a test does with the mock',
    touchesTable(measured),
    '### An upload by the AWS SDK v3',
    uploadsTable(measured),
    '### Large bodies',
    transfersTable(measured),
    '### A connection for each call',
    connectionsTable(measured),
    '### A mock that other processes call, over 64 connections',
    servedTable(measured),
    '### A process that has run many test files of jest',
    agedTable(measured),
    "### Buckets of 1,000 to 1,000,000 versions, by Node's own client",
    '![The time of a put, a get, a page and a batch against the versions in a bucket](versions.svg)',
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
    '![The time of an empty jest file, of one that imports the library, and of one that makes a mock](jest.svg)',
    '### A long journal',
    journalTable(measured),
    '### Long lists',
    largeTable(measured),
  ];
}
