import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesIn, textOf, visit } from './sources';

const comparing = new Set(['toEqual', 'toStrictEqual', 'toMatchObject']);
const passedOver = new Set(['not', 'resolves', 'rejects']);

/** The actual value of a comparison, such as `actual` of `expect(actual).not.toEqual(expected)`. */
function actualOf(call: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(call.expression) || !comparing.has(call.expression.name.text)) return undefined;
  let made = call.expression.expression;
  while (ts.isPropertyAccessExpression(made) && passedOver.has(made.name.text)) made = made.expression;
  return ts.isCallExpression(made) && made.expression.getText() === 'expect' ? made.arguments[0] : undefined;
}

/** Whether it is a list that the test writes to compare several things, none of which has a name when they differ. */
function isTuple(actual: ts.Expression): boolean {
  return (
    ts.isArrayLiteralExpression(actual) && actual.elements.length > 1 && !actual.elements.every(ts.isSpreadElement)
  );
}

function tuplesOf(file: string, text: string): readonly string[] {
  if (!/expect\(\s*\[/.test(text)) return [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  visit(tree, (node) => {
    if (!ts.isCallExpression(node)) return;
    const actual = actualOf(node);
    if (actual === undefined || !isTuple(actual)) return;
    const { line } = tree.getLineAndCharacterOfPosition(actual.getStart());
    found.push(`${file}:${line + 1} ${actual.getText().replaceAll(/\s+/g, ' ')}: name each, as in { status, body }`);
  });
  return found;
}

describe('a comparison of several things', () => {
  it('names each of them', () => {
    const tests = filesIn('__tests__').filter((file) => /\.m?ts$/.test(file));
    expect(tests.length).toBeGreaterThan(100);
    expect(tests.flatMap((file) => tuplesOf(file, textOf(file)))).toEqual([]);
  });

  it.each([
    "expect([status, body]).toEqual([200, '']);",
    'expect([store.size, ...rest]).not.toEqual(before);',
    "await expect([\n  first,\n  second,\n]).resolves.toStrictEqual(['a', 'b']);",
    "it.each(cases)('reads %s', () => expect([a.x, b.y]).toMatchObject([1, 2]));",
  ])('is found: %s', (text) => {
    expect(tuplesOf('a.test.ts', text)).toHaveLength(1);
  });

  it.each([
    "expect({ status, body }).toEqual({ status: 200, body: '' });",
    "expect([...store.buckets.keys()]).toEqual(['vault', 'open']);",
    "expect([...before, ...after]).toEqual(['a', 'b']);",
    'expect([first, second].map(sizeOf)).toEqual([1, 2]);',
    'expect([404, 405]).toContain(status);',
    "expect(vault.versions()).toEqual(['v2', 'v1']);",
  ])('may be of a list: %s', (text) => {
    expect(tuplesOf('a.test.ts', text)).toEqual([]);
  });
});
