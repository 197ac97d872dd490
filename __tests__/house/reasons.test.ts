import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { collect } from './nodes';
import { sources } from './sources';

/** The rooms whose sentences are read elsewhere than in tests, too: a call in them is a value (decision 82). */
const rooms = ['dialects', 'model', 'operations', 'protocol', 'service', 'sts'];

const calls =
  /\bs3\.(?:[a-z]\w*\(|(?:account|bucket|clock|events|iam|kmsKeys|lifecycle|mfa|replication|requests)\b)|\bmockS3\(/;

/** The call that throws: `s3.clock.set: invalid moment …`. */
const label = /^s3\.[\w.]+(?=: |$)/;

/** The name of a call in the table of calls, or code that only a test has. */
function isOfValue(node: ts.Node, tree: ts.SourceFile): boolean {
  const { parent } = node;
  if (ts.isTemplateExpression(parent) || ts.isTemplateSpan(parent)) return isOfValue(parent, tree);
  const made = ts.isCallExpression(parent) || ts.isNewExpression(parent) ? parent.expression.getText(tree) : '';
  return /^(?:call|nameCall|Code)$/.test(made);
}

describe('a sentence that is read elsewhere than in tests', () => {
  it('names no call of the library in its text', () => {
    const named = sources
      // A rule of a test is an object of its process, and says what its handle has.
      .filter(
        ({ room, name }) => rooms.includes(room) && !/^service\/failures\/(?:habits|rules|stepped-rule)$/.test(name),
      )
      .flatMap(({ tree, file }) =>
        collect(tree, (node) => {
          const isText =
            ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
          return isText && calls.test(node.text.replace(label, '')) && !isOfValue(node, tree)
            ? [`${file}: ${node.text}`]
            : [];
        }),
      );
    expect(named).toEqual([]);
  });
});

describe('a sentence after one that can end with a point or a question', () => {
  it('is joined to it by joinSentences', () => {
    const joined = sources.flatMap(({ tree, file }) =>
      collect(tree, (node) => {
        if (!ts.isTemplateSpan(node) || !ts.isIdentifier(node.expression)) return [];
        const isSentence = /^(?:why|reason|message|sentence|advice|hint)$/.test(node.expression.text);
        return isSentence && /^[;,] /.test(node.literal.text) ? [`${file}: ${node.parent.getText(tree)}`] : [];
      }),
    );
    expect(joined).toEqual([]);
  });
});
