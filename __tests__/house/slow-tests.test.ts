import { expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';

interface Reason {
  readonly file: string;
  readonly title: string;
  readonly reason: string;
}

const reasons: readonly Reason[] = JSON.parse(textOf('__tests__/support/slow-tests.json'));
const files = filesIn('__tests__').filter((file) => file.endsWith('.test.ts') && !file.includes('/verify/'));

// How long a test takes is no matter of a test: `npm run tool slow` lists the tests that lack a reason.
it('each test with a reason to be slow is a test of npm test', () => {
  const missing = reasons.filter(({ file, title }) => !files.includes(file) || !textOf(file).includes(title));
  expect(missing).toEqual([]);
});

it('each reason is a sentence about the test, and stands once', () => {
  const names = reasons.map(({ file, title }) => `${file} ${title}`);
  expect({ names, short: reasons.filter(({ reason }) => reason.split(' ').length < 5) }).toEqual({
    names: [...new Set(names)],
    short: [],
  });
});
