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

/** A suite of small test files of jest by each way of answering, and what each adds to the mock that sends nothing. */
export function suiteTable(measured) {
  const [base, localhost] = ['clientMock', 'localhost'].map((way) => suiteOf(measured, way));
  const rows = Object.entries(ways).map(([way, name]) => {
    const series = suiteOf(measured, way);
    const above = combine((one, least, most) => (one - least) / (most - least), series, base, localhost);
    return [name, spreadOf(series, ms), way === 'clientMock' ? '' : spreadOf(above, ratio)];
  });
  return tableOf(['ten files of twenty tests with five calls', 'processor', "above the first, of localhost's"], rows);
}

function suiteOf(measured, way) {
  return seriesOf(measured, 'suite', way, 'suite');
}

/** What a test file costs above an empty one. */
export function fileTable(measured) {
  const empty = seriesOf(measured, 'jest', 'empty', 'file');
  const above = (subject) => combine((one, other) => one - other, seriesOf(measured, 'jest', subject, 'file'), empty);
  const row = (name, subject) => [name, spreadOf(above(`older ${subject}`), ms), spreadOf(above(subject), ms)];
  return tableOf(
    ['a test file of jest, above an empty one', 'before', 'now'],
    [row('that imports the entry', 'entry'), row('that makes a mock', 'mock')],
  );
}
