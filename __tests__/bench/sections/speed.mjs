import { median } from '../cost.mjs';
import { combine, seriesOf } from '../series.mjs';
import { operations } from './calls.mjs';
import { fileAboveEmpty } from './suite.mjs';

/** The test files of the suite. */
const files = 10;

/** The sentence of the README: what the library costs a test file of jest, a call in it, and a file in a pool of vitest that loads it anew. */
export function speedSentence(measured) {
  const file = Math.round(median(fileAboveEmpty(measured, 'mock')));
  const calls = operations.map((operation) => {
    const [all, alone] = ['library', 'alone'].map((way) => seriesOf(measured, 'calls', way, operation));
    return median(combine((one, other) => one - other, all, alone)) / 1000;
  });
  const [least, most] = [Math.min(...calls), Math.max(...calls)].map((call) => call.toFixed(1));
  const call = least === most ? least : `${least} to ${most}`;
  const [library, localhost] = ['library', 'localhost'].map((way) => seriesOf(measured, 'suiteInForks', way, 'suite'));
  const fork = Math.round(median(combine((one, other) => one - other, library, localhost)) / files / 10) * 10;
  return (
    `the library adds about ${file} ms to a test file of jest, and ${call} ms to a call. vitest's default pool loads the library anew for each file: ` +
    `a file with 100 calls takes about ${fork} ms more than with a mock server on localhost. In the pool [\`vmThreads\`](docs/runners.md#vitest), a worker loads it once.`
  );
}
