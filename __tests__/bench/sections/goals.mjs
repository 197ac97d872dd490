import { median } from '../cost.mjs';
import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';
import { againstLocalhost, operations, places } from './calls.mjs';

const { ms, bytes, megabytes, ratio } = units;
const versioningGoals = { calls: '≤ 0.95', callsInJest: '≤ 0.95', callsInVitest: '≤ 0.95' };
const objectGoals = { calls: '≤ 1.1', callsInJest: '≤ 1.2', callsInVitest: '≤ 1.2' };

export function goalsTable(measured) {
  const rows = [
    ...Object.keys(places).flatMap((figure) => operations.map((operation) => callRow(measured, figure, operation))),
    compared(measured, 'requests', 'page', 'a page of 1,000 versions', ms, ''),
    compared(measured, 'requests', 'batch', 'DeleteObjects of 1,000 keys', ms, ''),
    lifecycleRow(measured, 'first 1000', '1,000 rules and 10,000 versions, the first day', '≤ 50 ms'),
    lifecycleRow(measured, 'later 1000', 'each later day, nothing due', 'the same for any number of versions'),
    markersRow(measured),
    compared(measured, 'loading', 'main', '`require` of the main entry', ms, '≤ 35 ms'),
    compared(measured, 'loading', 'matchers', '`require` of the matchers', ms, ''),
    compared(measured, 'loading', 'firstMock', 'the first mock', ms, ''),
    compared(measured, 'loading', 'firstCall', 'the first call', ms, ''),
    compared(measured, 'loading', 'firstCallAbove', 'above that of a server on localhost in its process', ms, '≤ 5 ms'),
    jestRow(measured),
    compared(measured, 'memory', 'request', 'memory of a kept GetBucketVersioning', bytes, '≤ 1,024 bytes'),
    compared(measured, 'memory', 'put', 'of a PutObject, with its version', bytes, '≤ 1,024 bytes'),
    compared(measured, 'memory', 'get', 'of a GetObject', bytes, '≤ 1,024 bytes'),
    compared(measured, 'memory', 'heap', 'heap after 100,000 uploads of 1 KB', megabytes, ''),
    compared(measured, 'memory', 'buffers', 'buffers after them', megabytes, ''),
    compared(measured, 'journal', 'of', '`of` in a journal of 100,000 requests', ms, '≤ 50 ms'),
    compared(measured, 'journal', 'failure', 'a failing assertion there, with its text', ms, '≤ 50 ms'),
  ];
  return tableOf(['figure', 'before', 'now', 'now / before', 'goal'], rows);
}

function callRow(measured, figure, operation) {
  const [before, now] = ['older library', 'library'].map((library) =>
    againstLocalhost(measured, figure, operation, { library }),
  );
  const goals = operation === 'GetBucketVersioning' ? versioningGoals : objectGoals;
  const name = `${operation} in ${places[figure]}, above the client alone, against a server on localhost`;
  return row(name, before, now, ratio, goals[figure]);
}

function lifecycleRow(measured, member, name, goal) {
  const [before, now] = ['older 10000', '10000'].map((subject) => seriesOf(measured, 'lifecycle', subject, member));
  return row(name, before, now, ms, goal);
}

function markersRow(measured) {
  const [before, now] = ['older 100000', '100000'].map((subject) => seriesOf(measured, 'markers', subject, 'page'));
  return row('ListObjectsV2 behind 100,000 delete markers', before, now, ms, '');
}

function jestRow(measured) {
  const empty = seriesOf(measured, 'jest', 'empty', 'file');
  const [before, now] = ['older entry', 'entry'].map((subject) =>
    combine((one, other) => one - other, seriesOf(measured, 'jest', subject, 'file'), empty),
  );
  return row('a jest file with the entry for jest, above an empty one', before, now, ms, '≤ 30 ms');
}

function compared(measured, figure, member, name, unit, goal) {
  const [before, now] = ['older library', 'library'].map((subject) => seriesOf(measured, figure, subject, member));
  return row(name, before, now, unit, goal);
}

function row(name, before, now, unit, goal) {
  return [name, spreadOf(before, unit), spreadOf(now, unit), (median(now) / median(before)).toFixed(2), goal];
}
