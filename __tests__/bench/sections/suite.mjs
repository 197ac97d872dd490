import { median } from '../cost.mjs';
import { combine, leastOf, pairOf, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';

const { ms, ratio } = units;

const ways = {
  clientMock: 'aws-sdk-client-mock 4, which sends nothing',
  localhost: "a server on localhost in the test's process, with fixed answers",
  library: 'this library',
  nock: 'nock 14, with fixed answers',
  msw: 'msw 2, with fixed answers',
  s3rver: "s3rver 3.7.1 in the test's process, with calls that it has",
};

export function suiteTable(measured) {
  const rows = Object.entries(ways).map(([way, name]) => [
    name,
    leastOf(seriesOf(measured, 'suite', way, 'suite'), ms),
    way === 'clientMock' ? '' : pairOf(addedBy(measured, 'suite', way), ms),
  ]);
  return tableOf(['ten files of twenty tests with five calls', 'processor', 'above the first'], rows);
}

const goals = { localhost: 1.45, nock: 0.5, msw: 0.5 };
const others = { localhost: 'a server on localhost adds', nock: 'nock 14 adds', msw: 'msw 2 adds' };

export function sharesTable(measured) {
  const rows = Object.entries(others).map(([way, name]) => {
    const shares = sharesOf(measured, 'suite', way);
    return [name, pairOf(shares, ratio), `≤ ${goals[way].toFixed(2)}`, shares[0] <= goals[way] ? 'yes' : 'no'];
  });
  return tableOf(['what this library adds, as a share of what', 'share', 'goal', 'met'], rows);
}

const otherRunners = {
  suiteInJest29: 'jest 29',
  suiteInThreads: 'vitest 4, threads',
  suiteInVmThreads: 'vitest 4, vmThreads',
  suiteInForks: 'vitest 4, forks',
};

export function runnersTable(measured) {
  const rows = Object.entries(otherRunners).map(([figure, name]) => [
    name,
    ...['clientMock', 'localhost', 'library', 'nock'].map((way) =>
      leastOf(seriesOf(measured, figure, way, 'suite'), ms),
    ),
    ...['localhost', 'nock'].map((way) => pairOf(sharesOf(measured, figure, way), ratio)),
  ]);
  const heads = [
    'the same suite by',
    'aws-sdk-client-mock',
    'localhost',
    'this library',
    'nock',
    "it adds, of localhost's",
    "of nock's",
  ];
  return tableOf(heads, rows);
}

/** What a way adds to the mock that sends nothing, by the least of the rounds and by their medians. */
export function addedBy(measured, figure, way) {
  const [all, base] = [way, 'clientMock'].map((name) => seriesOf(measured, figure, name, 'suite'));
  return [Math.min(...all) - Math.min(...base), median(all) - median(base)];
}

function sharesOf(measured, figure, way) {
  const theirs = addedBy(measured, figure, way);
  return addedBy(measured, figure, 'library').map((added, index) => added / theirs[index]);
}

/** What a test file of jest costs above an empty one. */
export function fileAboveEmpty(measured, subject) {
  const [one, empty] = [subject, 'empty'].map((name) => seriesOf(measured, 'jest', name, 'file'));
  return combine((cost, least) => cost - least, one, empty);
}

export function fileTable(measured) {
  const row = (name, subject) => [name, spreadOf(fileAboveEmpty(measured, subject), ms)];
  return tableOf(
    ['a test file of jest, above an empty one', 'this library'],
    [row('that imports the entry', 'entry'), row('that makes a mock', 'mock')],
  );
}
