import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { visit } from './nodes';
import { type Source, sources } from './sources';

/** The calls with a spread list whose length our own code fixes, and data cannot. */
const short = new Set([
  'patches.push(...laid)',
  'bigEndian(...crc64Nvme(bytes))',
  'given(...Object.values(others))',
  'oneOf(...shape.words)',
  'method.call(this, ...given)',
  // What a test gives to a matcher or to an `expect…` method, in a call of its own.
  'judge({ call: `s3.requests.$' + '{method}`, recorded: this }, ...given)',
  'judge(readRequests(mock, matcher), ...given)',
  '(functions()[name] as Matcher)(...given)',
]);

describe('the arguments of a call', () => {
  // They are on the stack: a call with some 120,000 of them throws a RangeError.
  it('are not a list whose length is that of data', () => {
    // The cases are data that is written out.
    const programs = sources.filter(({ name }) => !name.startsWith('facts/cases/'));
    expect(programs.flatMap((source) => spreadCalls(source).filter((call) => !short.has(call)))).toEqual([]);
  });

  it('are not passed by apply, except to a function of Node that is patched, and over the border', () => {
    const applied = sources.filter(({ text }) => /\.apply\(/.test(text)).map(({ file }) => file);
    expect(applied).toEqual(['src/border/border.ts', 'src/capture/patches.ts']);
  });
});

function spreadCalls({ tree }: Source): readonly string[] {
  const found: string[] = [];
  visit(tree, (node) => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some(ts.isSpreadElement))
      found.push(node.getText(tree).replaceAll(/\s+/g, ' '));
  });
  return found;
}
