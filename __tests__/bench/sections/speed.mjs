import { median } from '../cost.mjs';
import { combine, seriesOf } from '../series.mjs';
import { operations } from './calls.mjs';
import { fileAboveEmpty } from './suite.mjs';

/** The sentence of the README: what the library costs a test file of jest, and a call in it. */
export function speedSentence(measured) {
  const file = Math.round(median(fileAboveEmpty(measured, 'mock')));
  const calls = operations.map((operation) => {
    const [all, alone] = ['library', 'alone'].map((way) => seriesOf(measured, 'calls', way, operation));
    return median(combine((one, other) => one - other, all, alone)) / 1000;
  });
  const [least, most] = [Math.min(...calls), Math.max(...calls)].map((call) => call.toFixed(1));
  const call = least === most ? least : `${least} to ${most}`;
  return `the library adds about ${file} ms to a test file, and ${call} ms to a call.`;
}
