import ts from 'typescript';
import { textOf } from './files';
import { visit } from './nodes';

/** The titles of the tests in a file and of the groups around them, as they are written: `to a %s` stays. */
export function titlesIn(file: string): ReadonlySet<string> {
  const titles = new Set<string>();
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true), (node) => {
    if (!ts.isCallExpression(node) || !/^(?:it|itWith|test|describe)\b/.test(node.expression.getText())) return;
    // The tool of itWith is in front of its title.
    const title = node.arguments.slice(0, 2).find(ts.isStringLiteralLike);
    if (title) titles.add(title.text);
  });
  return titles;
}
