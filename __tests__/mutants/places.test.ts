import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { breakFile } from './places';
import { install, Switch } from './switch';

const file = 'model/example.ts';

function namesIn(text: string, name = file): readonly string[] {
  return breakFile(name, text, 0).mutants.map((mutant) => mutant.name.slice(name.length + 1));
}

interface Broken {
  /** What `run` gives for each number while a mutant is on; without a name, while none is. */
  readonly results: (mutant: string | undefined, ...inputs: readonly unknown[]) => readonly unknown[];
  readonly passed: () => readonly string[];
}

/** The text has a function `run` of one value. */
function breakText(text: string): Broken {
  const { code, mutants } = breakFile(file, `${text}; export { run };`, 0);
  const theSwitch = new Switch(mutants.length);
  const exports: { run?: (input: unknown) => unknown } = {};
  class S3Error extends Error {}
  const realm = { exports, require: () => ({}), S3Error };
  install(realm, theSwitch);
  runInNewContext(code, realm);
  const namesOf = (numbers: readonly number[]) => numbers.map((number) => mutants[number]?.name.slice(file.length + 1));
  return {
    passed: () => namesOf(theSwitch.takePassed()).map(String),
    results: (name, ...inputs) => {
      theSwitch.turnOn(mutants.findIndex((mutant) => mutant.name === `${file} ${name}`));
      return inputs.map((input) => {
        try {
          return JSON.parse(JSON.stringify(exports.run?.(input) ?? null));
        } catch (error) {
          return String((error as Error).message);
        }
      });
    },
  };
}

describe('the places of a file', () => {
  const text = `
    export function check(size: number): void {
      if (size < 0) throw new S3Error('TooSmall');
      if (size > 9) throw new S3Error('TooLarge');
    }
    class Bucket { find() { return list.filter((one) => one.isOpen && one.size === 0); } }
    const rows = { put: { handle: () => ({ ETag: 'etag' }) } };`;

  it('are named by the function, the way to break them, and their number within it', () => {
    expect(namesIn(text)).toEqual([
      'check checks swapped 1',
      'check negated 1',
      'check boundary moved 1',
      'check refusal dropped 1',
      'check negated 2',
      'check boundary moved 2',
      'check refusal dropped 2',
      'Bucket.find filter dropped 1',
      'Bucket.find condition dropped 1',
      'Bucket.find condition dropped 2',
      'Bucket.find negated 1',
      'rows.put.handle field dropped 1',
    ]);
  });

  it('keep their names if code of other functions is moved or added', () => {
    const added = 'function earlier(size: number) { return size < 3 || size > 5 ? { size } : undefined; }';
    const names = namesIn(`${added}\n\n${text}`);
    expect(names.filter((name) => !name.startsWith('earlier '))).toEqual(namesIn(text));
    expect(names.length).toBeGreaterThan(namesIn(text).length);
  });

  it('are refusals alone in rooms that have no rules of S3', () => {
    expect(namesIn(text, 'preset/example.ts')).toEqual(['check refusal dropped 1', 'check refusal dropped 2']);
  });

  it('are in functions: what runs once is no place', () => {
    expect(namesIn('const isSmall = size < 3; const row = { size: 1 };')).toEqual([]);
  });

  it('are not what a user did wrong, or an error that is thrown again', () => {
    expect(namesIn('function run() { try { throw new TypeError(); } catch (error) { throw error; } }')).toEqual([]);
  });
});

describe('a file with its mutants', () => {
  it('does what it did while none is on', () => {
    const { results } = breakText(
      'const run = (one: any) => ({ ...(one > 2 && { large: one !== 3 }), list: [one].filter((x) => x) })',
    );
    expect(results(undefined, 0, 3, 4)).toEqual([
      { list: [] },
      { large: false, list: [3] },
      { large: true, list: [4] },
    ]);
  });

  it.each<[mutant: string, text: string, results: readonly unknown[]]>([
    ['run negated 1', 'const run = (one: any) => one < 1', [false, true, true]],
    ['run boundary moved 1', 'const run = (one: any) => one < 1', [true, true, false]],
    ['run boundary moved 1', 'const run = (one: any) => one >= 1', [false, false, true]],
    ['run condition dropped 1', 'const run = (one: any) => one && 5 ? "yes" : "no"', ['yes', 'yes', 'yes']],
    ['run condition dropped 1', 'const run = (one: any) => !one || one > 1', [false, false, true]],
    ['run negated 1', 'function run(one: any) { if (one) return 1; else return 2; }', [1, 2, 2]],
    [
      'run refusal dropped 1',
      'function run(one: any) { if (one) throw new S3Error("No"); else return 2; }',
      [2, null, null],
    ],
    ['run refusal dropped 1', 'const run = (one: any) => one === 1 ? new S3Error() : 3', [3, null, 3]],
    [
      'run filter dropped 1',
      'const run = (one: any) => [0, 1].filter((other) => other === one)',
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    ],
    ['run field dropped 1', 'const run = (one: any) => ({ one, two: 2 })', [{ two: 2 }, { two: 2 }, { two: 2 }]],
    [
      'run call dropped 1',
      'function run(one: any) { const list: any[] = []; list.push(one); return list; }',
      [[], [], []],
    ],
  ])('with %s on, %s', (mutant, text, results) => {
    expect(breakText(text).results(mutant, 0, 1, 2)).toEqual(results);
  });

  it('asks the second of two checks first if they are swapped, and each of them once', () => {
    const { results } = breakText(`function run(one: any) {
      const asked: string[] = [];
      const check = (name: string) => { asked.push(name); };
      check('a'); check('b'); check('c');
      return asked.join('');
    }`);
    expect(results(undefined, 0)).toEqual(['abc']);
    expect(results('run checks swapped 1', 0)).toEqual(['bac']);
    expect(results('run checks swapped 2', 0)).toEqual(['acb']);
  });

  it('tells which places were passed since they were last taken', () => {
    const { results, passed } = breakText('function run(one: any) { return one ? { one } : { none: 1 }; }');
    passed();
    results(undefined, 1);
    expect(passed()).toEqual(['run negated 1', 'run field dropped 1']);
    expect(passed()).toEqual([]);
  });
});
