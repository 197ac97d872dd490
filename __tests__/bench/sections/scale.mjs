import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';

const { ms, us, bytes } = units;
const counted = (size) => Number(size).toLocaleString('en');

export function versionsTable(measured) {
  const kinds = {
    put: ['PutObject', ms],
    get: ['GetObject', ms],
    page: ['a page of 1,000 versions', ms],
    batch: ['DeleteObjects of 1,000 keys, or of all if there are fewer', ms],
    fill: ['`bucket.put`, a version', us],
    expiry: ['expiry by lifecycle, a version', us],
    memory: ['memory of a version, without its body', bytes],
  };
  const days = {
    'first 10': 'a day after 10 lifecycle rules were put, nothing due',
    'later 10': 'each later day',
    'first 1000': 'a day after 1,000 rules were put, nothing due',
    'later 1000': 'each later day',
  };
  const sizes = Object.keys(measured.versions);
  const rowOf = (figure, member, name, unit) => [
    name,
    ...sizes.map((size) => spreadOf(seriesOf(measured, figure, size, member), unit)),
  ];
  return tableOf(
    ['versions', ...sizes.map(counted)],
    [
      ...Object.entries(kinds).map(([member, [name, unit]]) => rowOf('versions', member, name, unit)),
      ...Object.entries(days).map(([member, name]) => rowOf('lifecycleBySize', member, name, ms)),
    ],
  );
}

export function bucketsTable(measured) {
  const subjects = ['100', '10000'];
  const cellOf = (subject, member) => {
    const series = seriesOf(measured, 'buckets', subject, member);
    return member === 'handle'
      ? spreadOf(
          combine((one) => one * 1000, series),
          us,
        )
      : spreadOf(series, ms);
  };
  const rows = Object.entries({
    made: '`mockS3({ buckets })`',
    handle: '`s3.bucket(name)`',
    all: '`s3.buckets`',
    list: 'ListBuckets',
  }).map(([member, name]) => [name, ...subjects.map((subject) => cellOf(subject, member))]);
  return tableOf(['buckets', '100', '10,000'], rows);
}

export function markersTable(measured) {
  const subjects = ['1000', '100000'];
  const cells = subjects.map((subject) => spreadOf(seriesOf(measured, 'markers', subject, 'page'), ms));
  return tableOf(
    ['keys whose current version is a delete marker', '1,000', '100,000'],
    [['ListObjectsV2 of one object behind them', ...cells]],
  );
}

export function objectsTable(measured) {
  const sizes = ['100', '1000'];
  const kinds = { put: 'PutObject', get: 'GetObject', page: 'a page of ListObjectsV2' };
  const rows = Object.entries(kinds).flatMap(([member, name]) =>
    ['library', 's3rver'].map((store) => [
      `${name}, ${store === 'library' ? 'this library' : 's3rver 3.7.1'}`,
      ...sizes.map((size) => spreadOf(seriesOf(measured, 'objects', `${store} ${size}`, member), ms)),
    ]),
  );
  return tableOf(['objects', ...sizes.map(counted)], rows);
}

export function journalTable(measured) {
  const rows = Object.entries({
    of: "`s3.requests.of('PutObject')`, which finds all",
    expect: 'an assertion that holds',
    failure: 'a failing assertion, with its text',
    first: 'one on an operation that did not come, with its text',
  }).map(([member, name]) => [name, spreadOf(seriesOf(measured, 'journal', 'library', member), ms)]);
  return tableOf(['a journal of 100,000 requests', 'this library'], rows);
}

export function largeTable(measured) {
  const places = { large: 'in plain Node', largeInJest: 'in jest' };
  const rows = Object.entries({
    versions: '`versions()` of 100,000 versions',
    toJSON: '`s3.toJSON()` of them',
    restore: '`s3.restore(json)` of them',
    filter: 'the first `s3.requests.filter` of 32,000 requests',
  }).map(([member, name]) => [
    name,
    ...Object.keys(places).map((figure) => spreadOf(seriesOf(measured, figure, 'library', member), ms)),
  ]);
  return tableOf(['a long list', ...Object.values(places)], rows);
}
