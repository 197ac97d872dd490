import { describe, expect, it, jest } from '@jest/globals';
import ts from 'typescript';
import { filled, growsWithItsLength } from '../../support/hostile-text';
import { type Hostile, hostileTexts } from '../hostile-expressions';
import { collect } from '../nodes';
import { placeOf, sources } from '../sources';

interface Expression {
  readonly place: string;
  readonly expression: RegExp;
}

/** Files whose expressions never meet a long text of a client or a fixture. */
const bounded: Readonly<Record<string, string>> = {
  'src/faces/engine.ts': 'a line of a stack of this process',
  'src/text/calls.ts': 'sentences of up to 10,000 letters',
  'src/text/counts.ts': 'the digits of a number',
  'src/door/calls.ts': 'the rows of the door',
  'src/formats/json-entries.ts': 'what JSON.parse has read, where each text ends',
};

/** A run of facts reads recordings and answers of the user, and no request. */
const isBounded = (file: string) => file.startsWith('src/facts/') || file in bounded;
const readers = sources.filter(({ file }) => !isBounded(file) && !file.endsWith('.d.ts'));

const written: readonly Expression[] = readers.flatMap((source) =>
  collect(source.tree, (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return [];
    const [, pattern = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
    return [{ place: placeOf(source, node), expression: new RegExp(pattern, flags) }];
  }),
);

/** Those that a file makes of texts as it is loaded. */
function findMade(): readonly Expression[] {
  const { RegExp: plain } = globalThis;
  const made: Expression[] = [];
  let place = '';
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given, newTarget) {
      const expression = Reflect.construct(target, given, newTarget) as RegExp; // of a class that extends it
      made.push({ place, expression });
      return expression;
    },
  });
  try {
    for (const { file } of readers.filter((source) => source.text.includes('new RegExp('))) {
      place = file;
      jest.isolateModules(() => void jest.requireActual(`../../../${file}`));
    }
  } finally {
    globalThis.RegExp = plain;
  }
  return made;
}

const expressions = [...written, ...findMade()];

/** The texts grow, so that one that takes far too long is found while it is short. */
const screened = [32, 256, 2048];
/** In milliseconds: a linear reading of the longest takes some hundredths of one. What takes longer is measured at greater length. */
const suspicious = 0.12;
const hopeless = 200;
const measured = 32 * 1024;

function findSlowText(expression: RegExp): string | undefined {
  const slow = hostileTexts(expression).find((hostile) => isSlow(expression, hostile));
  return slow && JSON.stringify(slow);
}

/** On a busy machine, a fast reading can look slow once, and not each time. */
const looks = 3;

function isSlowEachTime({ expression }: Expression): boolean {
  return Array.from({ length: looks }).every(() => findSlowText(expression) !== undefined);
}

function isSlow(expression: RegExp, { before, again, end }: Hostile): boolean {
  const read = (text: string) => text.replace(expression, '');
  for (const length of screened) {
    const text = `${before}${again.repeat(Math.ceil(length / again.length))}${end}`;
    const time = shortestTime(() => read(text));
    if (time > hopeless) return true;
    if (length === screened.at(-1) && time < suspicious) return false;
  }
  return !growsWithItsLength(() => read(`${before}${filled(again)}${end}`), measured);
}

/** Another program may take the processor during one reading, and not during each of several. */
function shortestTime(read: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5 && shortest > suspicious; round += 1) {
    const start = process.hrtime.bigint();
    read();
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - start) / 1e6);
    if (shortest > hopeless) break;
  }
  return shortest;
}

describe('the expressions of src', () => {
  it('are found, those that a file makes of texts among them', () => {
    expect(written.length).toBeGreaterThan(400);
    expect(expressions.length).toBeGreaterThan(written.length + 10);
  });

  it('read a hostile text in a time that grows with its length', () => {
    const slow = expressions.filter(isSlowEachTime);
    const described = slow.map(({ place, expression }) => `${place} ${expression}: ${findSlowText(expression)}`);
    expect(described).toEqual([]);
  });

  it('are tried with what makes a slow one slow', () => {
    const slow = [
      /\s+$/,
      /\$\{[^}]*\}/g,
      /([^.]+\.[^.:]*):$/,
      /^\s*a?\s*b/,
      /:(?:q|n):.*\.fifo$/,
      /"(?:[^"\\]|\\.)*"/g,
    ];
    expect(slow.filter((expression) => findSlowText(expression) === undefined)).toEqual([]);
  });
});
