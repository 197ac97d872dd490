import { seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';
import { wholeRatio } from './calls.mjs';

export function servedTable(measured) {
  const rows = [
    row(measured, 'GetBucketVersioning', 'GetBucketVersioning', units.us),
    row(measured, 'PutObject', 'PutObject of 1 KB', units.us),
    row(measured, 'start', 'from the start to the first answer, on the clock', units.ms),
  ];
  return tableOf(
    ['a server in its own process', 'that gives fixed answers', 'this library', 'this library / fixed answers'],
    rows,
  );
}

function row(measured, member, name, unit) {
  const cells = ['canned', 'library'].map((subject) => spreadOf(seriesOf(measured, 'served', subject, member), unit));
  return [name, ...cells, spreadOf(wholeRatio(measured, 'served', member, { server: 'canned' }), units.ratio)];
}
