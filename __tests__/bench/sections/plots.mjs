import { median } from '../cost.mjs';
import { drawBars, drawLines } from '../plot.mjs';
import { seriesOf } from '../series.mjs';

export function versionsPlot(measured) {
  const point = (figure, subject, size, member) => [Number(size), median(seriesOf(measured, figure, subject, member))];
  const lineOf = (name, member) => ({
    name,
    points: Object.keys(measured.versions).map((size) => point('versions', size, size, member)),
  });
  const s3rver = ['100', '1000'].map((size) => point('objects', `s3rver ${size}`, size, 'page'));
  return drawLines({
    title: 'Cost of a call against the versions in a bucket',
    xLabel: 'versions in the bucket',
    yLabel: 'milliseconds of the processor',
    lines: [
      lineOf('PutObject', 'put'),
      lineOf('GetObject', 'get'),
      lineOf('a page of versions', 'page'),
      lineOf('DeleteObjects', 'batch'),
      { name: 'page of s3rver', points: s3rver },
    ],
  });
}

export function jestPlot(measured) {
  const bar = (name, subject) => ({ name, value: median(seriesOf(measured, 'jest', subject, 'file')) });
  return drawBars({
    title: 'A test file of jest',
    unit: 'ms',
    bars: [bar('an empty file', 'empty'), bar('that imports the library', 'entry'), bar('that makes a mock', 'mock')],
  });
}
