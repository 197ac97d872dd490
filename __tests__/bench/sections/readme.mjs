import { median } from '../cost.mjs';
import { seriesOf } from '../series.mjs';
import { tableOf } from '../table.mjs';
import { aboveClient, operations } from './calls.mjs';

/** The table of the README: what each way of answering adds to a call inside of jest. */
export function readmeTable(measured) {
  const figure = 'callsInJest';
  const above = (way) => operations.map((operation) => `+ ${written(aboveClient(measured, figure, way, operation))}`);
  return tableOf(
    [
      'inside a test of jest',
      ...operations.map((operation) => (operation.endsWith('Object') ? `${operation}, 1 KB` : operation)),
    ],
    [
      ['the client alone', ...operations.map((operation) => written(seriesOf(measured, figure, 'alone', operation)))],
      ['with this library', ...above('library')],
      ['with a plain HTTP server on localhost', ...above('localhost')],
    ],
  );
}

function written(series) {
  return `${(median(series) / 1000).toFixed(2)} ms`;
}
