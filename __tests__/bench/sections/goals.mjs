import { median } from '../cost.mjs';
import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';
import { againstLocalhost } from './calls.mjs';
import { fileAboveEmpty } from './suite.mjs';

const { ms, bytes, ratio } = units;
const callGoals = { GetBucketVersioning: 0.95, PutObject: 1.15, GetObject: 1.15 };

/** A goal is met if the median is at most the goal; some figures have none. */
export function goalsTable(measured) {
  const of = (figure, member, subject = 'library') => seriesOf(measured, figure, subject, member);
  const rows = [
    ...Object.entries(callGoals).map(([operation, goal]) =>
      row(`${operation} in plain Node, above the client, of localhost's`, callRatios(measured, operation), ratio, goal),
    ),
    row('memory of a kept GetBucketVersioning', of('memory', 'request'), bytes, 1500),
    row('of a PutObject of 1 KB, with its version', of('memory', 'put'), bytes),
    row('of a GetObject', of('memory', 'get'), bytes),
    row('from the start of `npx s3-versioning-mock` to its first answer', of('served', 'start'), ms, 200),
    row('`versions()` of 100,000 versions', of('large', 'versions'), ms, 1000),
    row('`s3.restore(json)` of them', of('large', 'restore'), ms, 1000),
    row('1,000 lifecycle rules and 10,000 versions, the first day', of('lifecycle', 'first 1000', '10000'), ms, 50),
    row('each later day, nothing due', of('lifecycle', 'later 1000', '10000'), ms),
    row('ListObjectsV2 behind 100,000 delete markers', of('markers', 'page', '100000'), ms),
    row('`require` of the main entry and the first mock', loading(measured), ms),
    row('the first call, above that of a server on localhost', of('loading', 'firstCallAbove'), ms, 5),
    row('a jest file with the entry for jest, above an empty one', fileAboveEmpty(measured, 'entry'), ms, 30),
  ];
  return tableOf(['figure', 'measured', 'goal', 'met'], rows);
}

function callRatios(measured, operation) {
  return againstLocalhost(measured, 'calls', operation);
}

function loading(measured) {
  const [main, mock] = ['main', 'firstMock'].map((member) => seriesOf(measured, 'loading', 'library', member));
  return combine((one, other) => one + other, main, mock);
}

function row(name, series, unit, goal) {
  if (goal === undefined) return [name, spreadOf(series, unit), '', ''];
  const goalText = unit === ratio ? goal.toFixed(2) : `${goal.toLocaleString('en')}${unit.name}`;
  return [name, spreadOf(series, unit), `≤ ${goalText}`, median(series) <= goal ? 'yes' : 'no'];
}
