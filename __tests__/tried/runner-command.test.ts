import { describe, expect, it } from '@jest/globals';
import { readRunnerCommand, whyRefused, writeOneTest, writeWords } from '../../src/tried/runner-command';

const read = (text: string) => readRunnerCommand(text.split(' '));

it.each([
  ['npx jest', 'jest', true],
  ['node node_modules/jest/bin/jest.js --maxWorkers 2', 'jest', true],
  ['npx jest src/a', 'jest', false],
  ['npx vitest run', 'vitest', true],
  ['npx vitest run --pool threads a', 'vitest', false],
  ['npx mocha', 'mocha', false],
  ['node --test', 'node:test', false],
  ['npm test', 'another runner', false],
])('%s is known', (text, runner, takesFiles) => {
  expect(read(text)).toMatchObject({ runner, takesFiles });
});

describe('a run', () => {
  it('counts the first attempt of each test, and writes no coverage and no snapshot', () => {
    expect(writeWords(read('npx jest'), undefined).join(' ')).toBe(
      'npx jest --ci --coverage=false --bail=0 --watchAll=false',
    );
    expect(writeWords(read('npx vitest run'), undefined).join(' ')).toBe(
      'npx vitest run --coverage.enabled=false --retry=0 --bail=0',
    );
  });

  it('leaves out files where the command names none itself', () => {
    expect(writeWords(read('npx jest'), ['/a.js']).slice(-2)).toEqual(['--runTestsByPath', '/a.js']);
    expect(writeWords(read('npx jest b'), ['/a.js'])).not.toContain('/a.js');
    expect(writeWords(read('npm test'), ['/a.js'])).toEqual(['npm', 'test']);
  });
});

it.each([
  ['npx jest --watch', '--watch watches files, and never ends. Leave it out.'],
  ['npx vitest watch', 'watch watches files, and never ends. Leave it out.'],
  ['npx jest -u', '-u writes what a test gets as what it expects, so no test could fail. Leave it out.'],
  ['npx jest', undefined],
])('%s is refused if its results would mean nothing', (text, why) => {
  expect(whyRefused(read(text))).toBe(why);
});

it.each([
  ['npx jest', "npx jest a.test.js -t '^it'\\''s \\(1\\)$'"],
  ['npx mocha a', "npx mocha a -g '^it'\\''s \\(1\\)$'"],
  ['node --test a', "node --test --test-name-pattern '^it'\\''s \\(1\\)$' a"],
  ['npm test', 'npm test'],
])('%s runs one test alone, whatever its name', (text, expected) => {
  expect(writeOneTest(read(text), 'a.test.js', "it's (1)")).toBe(expected);
});
