import { median } from '../cost.mjs';
import { combine, seriesOf } from '../series.mjs';
import { addedBy, fileAboveEmpty } from './suite.mjs';

/** The test files of the suite, and the calls in all of them. */
const files = 10;
const calls = 1000;

/** The lines of the README: what the library costs a test file of jest, a call in the suite, and a file in a pool of vitest that loads it anew. */
export function speedLines(measured) {
  const file = Math.round(median(fileAboveEmpty(measured, 'mock')));
  const [[library], [localhost]] = ['library', 'localhost'].map((way) => addedBy(measured, 'suite', way));
  const perCall = (suite) => (suite / calls).toFixed(1);
  const pool = combine(
    (one, other) => one - other,
    ...['library', 'localhost'].map((way) => seriesOf(measured, 'suiteInForks', way, 'suite')),
  );
  const fork = Math.round(median(pool) / files / 10) * 10;
  return [
    `- Each test file of jest: about ${file} ms.`,
    `- Each call in a suite of jest: about ${perCall(library)} ms more than with a stub that sends nothing, and ${perCall(library - localhost)} ms more than with a mock server on localhost.`,
    `- Each test file with 100 calls in vitest's default pool, which loads the library anew for each file: about ${fork} ms more than with a mock server on localhost.`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The row of the comparison: what each library adds to the suite in which aws-sdk-client-mock sends nothing. */
export function speedRow(measured) {
  const seconds = ['library', 'nock', 'msw'].map((way) => {
    const [least] = addedBy(measured, 'suite', way);
    return `${(least / 1000).toFixed(1)} s`;
  });
  return `| ${[...seconds, 'nothing: it is the base'].join(' | ')} |`;
}
