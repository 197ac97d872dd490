import ts from 'typescript';
import { textOf, visit } from './sources';

/** The titles of the tests in a file and of the groups around them, as they are written: `to a %s` stays. */
export function titlesIn(file: string): ReadonlySet<string> {
  const titles = new Set<string>();
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true), (node) => {
    if (!ts.isCallExpression(node) || !/^(?:it|test|describe)\b/.test(node.expression.getText())) return;
    const [title] = node.arguments;
    if (title && ts.isStringLiteralLike(title)) titles.add(title.text);
  });
  return titles;
}
