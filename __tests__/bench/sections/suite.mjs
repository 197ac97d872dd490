import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';

const { ms, ratio } = units;

const ways = {
  clientMock: 'aws-sdk-client-mock, which sends nothing',
  localhost: "a server on localhost in the test's process, with fixed answers",
  library: 'this library',
  'older library': 'this library, before',
  nock: 'nock 14, with fixed answers',
};

/** What each adds is to the mock that sends nothing. */
export function suiteTable(measured) {
  const rows = Object.entries(ways).map(([way, name]) => {
    const series = seriesOf(measured, 'suite', way, 'suite');
    return [name, spreadOf(series, ms), way === 'clientMock' ? '' : shareOf(measured, 'suite', way)];
  });
  return tableOf(['ten files of twenty tests with five calls', 'processor', "above the first, of localhost's"], rows);
}

const otherRunners = {
  suiteInJest29: 'jest 29',
  suiteInVmThreads: 'vitest, vmThreads',
  suiteInThreads: 'vitest, threads',
};

export function runnersTable(measured) {
  const rows = Object.entries(otherRunners).map(([figure, name]) => [
    name,
    ...['clientMock', 'localhost', 'library'].map((way) => spreadOf(seriesOf(measured, figure, way, 'suite'), ms)),
    ...['library', 'older library', 'nock'].map((way) => shareOf(measured, figure, way)),
  ]);
  const heads = [
    'the same suite by',
    'aws-sdk-client-mock',
    'localhost',
    'this library',
    'its share',
    'before',
    "nock's share",
  ];
  return tableOf(heads, rows);
}

/** What a way adds to the mock that sends nothing, as a share of what localhost adds. */
function shareOf(measured, figure, way) {
  const [one, base, localhost] = [way, 'clientMock', 'localhost'].map((name) =>
    seriesOf(measured, figure, name, 'suite'),
  );
  return spreadOf(
    combine((cost, least, most) => (cost - least) / (most - least), one, base, localhost),
    ratio,
  );
}

export function fileTable(measured) {
  const empty = seriesOf(measured, 'jest', 'empty', 'file');
  const above = (subject) => combine((one, other) => one - other, seriesOf(measured, 'jest', subject, 'file'), empty);
  const row = (name, subject) => [name, spreadOf(above(`older ${subject}`), ms), spreadOf(above(subject), ms)];
  return tableOf(
    ['a test file of jest, above an empty one', 'before', 'now'],
    [row('that imports the entry', 'entry'), row('that makes a mock', 'mock')],
  );
}
