import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { packageTable } from './package.mjs';
import { drawBars, drawLines } from './plot.mjs';
import { tableOf } from './table.mjs';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const page = `${docs}/benchmarks.md`;
const [begin, end] = ['<!-- figures -->', '<!-- /figures -->'];

/** Writes the figures between the marks of docs/benchmarks.md, and its plots. */
export function writePage(measured) {
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  if (!text.includes(begin) || !text.includes(end)) throw new TypeError(`${page} has no ${begin} and ${end}`);
  mkdirSync(`${docs}/benchmarks`, { recursive: true });
  writeFileSync(`${docs}/benchmarks/versions.svg`, versionsPlot(measured));
  writeFileSync(`${docs}/benchmarks/jest.svg`, jestPlot(measured));
  writeFileSync(page, `${before}${begin}\n${sectionsOf(measured).join('\n\n')}\n${after}`);
}

function sectionsOf(measured) {
  const machine = `Node ${process.versions.node}, ${os.cpus().length} cores. Time is that of the processor, in medians of interleaved rounds.`;
  return [
    machine,
    '### Before and now',
    goalsTable(measured),
    '### A call of the AWS SDK v3',
    callsTable(measured),
    '### An upload of 5 MB by the AWS SDK v3',
    uploadsTable(measured),
    "### Buckets of 1,000 to 1,000,000 versions, by Node's own client",
    '![The time of a put, a get, a page and a batch against the versions in a bucket](benchmarks/versions.svg)',
    versionsTable(measured),
    '### Beside s3rver, in a bucket without versioning',
    objectsTable(measured),
    '### The start of a jest file',
    '![The time of an empty jest file, and of one that imports the library](benchmarks/jest.svg)',
    '### A journal of 100,000 requests, and an object of 64 MB',
    journalTable(measured),
    '### The package',
    packageTable(),
  ];
}

/** The time of a call above the client alone, and above the client's own HTTP code, in microseconds. */
function above({ calls }, library, kind) {
  return {
    alone: calls[library][kind] - calls.alone[kind],
    http: calls[library][kind] - calls.clientHttp[kind],
    localhost: calls.localhost[kind] - calls.aloneByHttp[kind],
    clientHttp: calls.clientHttp[kind] - calls.alone[kind],
  };
}

function ratiosOf(measured, library) {
  const { alone, http, localhost, clientHttp } = above(measured, library, 'warm');
  return { server: alone / localhost, http: http / (localhost - clientHttp) };
}

function goalsTable(measured) {
  const { requests, loading, jest, memory, journal } = measured;
  const [older, now] = ['older library', 'library'].map((library) => ratiosOf(measured, library));
  const start = (subject) => jest[subject].file - jest.empty.file;
  const ratio = (value) => value.toFixed(2);
  const rows = [
    [
      'a call above the client alone, against the same of a server on localhost',
      ratio(older.server),
      ratio(now.server),
      '1.0',
    ],
    ["the same above the client's own HTTP code", ratio(older.http), ratio(now.http), '1.0'],
    compared('a page of 1,000 versions', requests, 'page', ms, '0.27'),
    compared('DeleteObjects of 1,000 keys', requests, 'batch', ms, '0.50'),
    compared('`require` of the main entry', loading, 'main', ms, '0.39'),
    row('a jest file with the entry for jest, above an empty one', start('older entry'), start('entry'), ms, '0.55'),
    compared('memory of a kept request', memory, 'request', bytes, '0.71'),
    compared('`of` in a journal of 100,000 requests', journal, 'of', ms, ''),
    compared('a failing assertion there, with its text', journal, 'failure', ms, ''),
  ];
  return tableOf(
    ['figure', 'before', 'now', 'now / before', 'goal'],
    rows.map((cells) => (cells.length === 5 ? cells : [...cells.slice(0, 3), '', cells[3]])),
  );
}

function compared(name, figure, member, write, goal) {
  return row(name, figure['older library'][member], figure.library[member], write, goal);
}

function row(name, before, now, write, goal) {
  return [name, write(before), write(now), (now / before).toFixed(2), goal];
}

function callsTable(measured) {
  const { calls, nock } = measured;
  const base = { aloneByHttp: 'aloneByHttp', localhost: 'aloneByHttp' };
  const names = {
    alone: 'the client alone',
    clientHttp: 'with its own HTTP code, over a stream of fixed bytes',
    localhost: 'with a server on localhost that gives a fixed answer',
    library: 'with this library',
    'older library': 'with this library, before',
    nock: 'with nock 14, which gives a fixed answer',
  };
  const all = { ...calls, ...nock };
  const rows = Object.entries(names).map(([subject, name]) => {
    const under = all[base[subject] ?? 'alone'];
    const cell = (kind) => [
      us(all[subject][kind]),
      subject === 'alone' ? '' : `+ ${us(all[subject][kind] - under[kind])}`,
    ];
    return [name, ...cell('young'), ...cell('warm')];
  });
  return tableOf(['GetBucketVersioning', 'the first 200 calls', '', 'after 3,000 calls', ''], rows);
}

function uploadsTable({ uploads }) {
  const rows = [
    ['the client alone', ms(uploads.alone.call), ''],
    [
      'with a server on localhost that reads the body and looks at nothing',
      ms(uploads.localhost.call),
      `+ ${ms(uploads.localhost.call - uploads.aloneByHttp.call)}`,
    ],
    ['with this library', ms(uploads.library.call), `+ ${ms(uploads.library.call - uploads.alone.call)}`],
  ];
  return tableOf(['PutObject', 'a call', ''], rows);
}

function versionsTable({ versions }) {
  const kinds = {
    put: ['PutObject', ms],
    get: ['GetObject', ms],
    page: ['a page of 1,000 versions', ms],
    batch: ['DeleteObjects of 1,000 keys, or of all if there are fewer', ms],
    fill: ['`bucket.put`, a version', us],
    expiry: ['expiry by lifecycle, a version', us],
    memory: ['memory of a version, without its body', bytes],
  };
  const sizes = Object.keys(versions);
  const rows = Object.entries(kinds).map(([kind, [name, write]]) => [
    name,
    ...sizes.map((size) => write(versions[size][kind])),
  ]);
  return tableOf(['versions', ...sizes.map((size) => Number(size).toLocaleString('en'))], rows);
}

function objectsTable({ objects }) {
  const sizes = ['100', '300', '1000'];
  const kinds = { put: 'PutObject', get: 'GetObject', page: 'a page of ListObjectsV2' };
  const rows = Object.entries(kinds).flatMap(([kind, name]) =>
    ['library', 's3rver'].map((store) => [
      `${name}, ${store === 'library' ? 'this library' : 's3rver 3.7.1'}`,
      ...sizes.map((size) => ms(objects[`${store} ${size}`][kind])),
    ]),
  );
  return tableOf(['objects', ...sizes.map((size) => Number(size).toLocaleString('en'))], rows);
}

function journalTable({ journal: { library: journal }, transfers: { library: transfers } }) {
  return tableOf(
    ['', ''],
    [
      ["`s3.requests.of('PutObject')`, which finds all", ms(journal.of)],
      ['an assertion that holds', ms(journal.expect)],
      ['a failing assertion, with its text', ms(journal.failure)],
      ['one on an operation that did not come, with its text', ms(journal.first)],
      ['PutObject of 64 MB', ms(transfers.up)],
      ['copies of the body that stay', transfers.stored.toFixed(2)],
      ['GetObject of 64 MB', ms(transfers.down)],
      ['copies that stay after it', Math.max(0, transfers.left).toFixed(2)],
    ],
  );
}

function versionsPlot({ versions, objects }) {
  const lineOf = (name, kind) => ({
    name,
    points: Object.entries(versions).map(([size, costs]) => [Number(size), costs[kind]]),
  });
  const s3rver = ['100', '300', '1000'].map((size) => [Number(size), objects[`s3rver ${size}`].page]);
  return drawLines({
    title: 'Cost of a call against the versions in a bucket',
    xLabel: 'versions in the bucket',
    yLabel: 'milliseconds of the processor',
    lines: [
      lineOf('PutObject', 'put'),
      lineOf('GetObject', 'get'),
      lineOf('a page of versions', 'page'),
      lineOf('DeleteObjects', 'batch'),
      { name: 'page of s3rver', points: s3rver },
    ],
  });
}

function jestPlot({ jest }) {
  return drawBars({
    title: 'A test file of jest',
    unit: 'ms',
    bars: [
      { name: 'an empty file', value: jest.empty.file },
      { name: 'with the library, before', value: jest['older entry'].file },
      { name: 'with the library, now', value: jest.entry.file },
    ],
  });
}

function ms(value) {
  return `${value < 1 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function us(value) {
  return `${value.toFixed(value < 100 ? 1 : 0)} µs`;
}

function bytes(value) {
  return `${Math.round(value)} bytes`;
}
