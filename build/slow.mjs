/**
 * The tests of a report of `npm test` that took more than a second and have no reason in `__tests__/support/slow-tests.json`, and the reasons that
 * none of them needs: `npm test -- --json --outputFile=report.json`, then `npm run tool slow -- report.json`. It only lists, since a busy machine
 * makes any test slow.
 */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

const second = 1000;
const [report] = process.argv.slice(2);
if (report === undefined) {
  console.error('npm run tool slow: give the report of a run: npm test -- --json --outputFile=report.json');
  process.exit(2);
}

const reasons = JSON.parse(readFileSync('__tests__/support/slow-tests.json', 'utf8'));
const tests = readTests(JSON.parse(readFileSync(report, 'utf8')));
const slow = tests.filter(({ duration }) => duration > second).toSorted((one, other) => other.duration - one.duration);
const unexplained = slow.filter((test) => !reasons.some((reason) => isOf(reason, test)));
const needless = reasons.filter((reason) => !slow.some((test) => isOf(reason, test)));

const sum = tests.reduce((total, { duration }) => total + duration, 0);
console.log(`${tests.length} tests take ${Math.round(sum / second)} s; ${slow.length} of them take more than a second`);
for (const { file, title, duration } of unexplained) console.log(`no reason: ${duration} ms  ${file}  ${title}`);
for (const { file, title } of needless) console.log(`not slow in this run: ${file}  ${title}`);

/** The tests of a room that ran together are those of the files that their first describe names. */
function readTests({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) => {
    const path = relative(process.cwd(), name).split(sep).join('/');
    return assertionResults.map(({ ancestorTitles: [first = ''], fullName, duration }) => ({
      file: path.replace(/together\.test\.ts$/, first),
      title: fullName,
      duration: duration ?? 0,
    }));
  });
}

function isOf(reason, { file, title }) {
  return reason.file === file && title.includes(reason.title);
}
