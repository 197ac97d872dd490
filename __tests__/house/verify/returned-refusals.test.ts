import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesIn, root, visit } from '../sources';

const configuration = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(configuration, ts.sys, root);
const files = filesIn('src').filter((file) => file.endsWith('.ts'));
const program = ts.createProgram(
  files.map((file) => path.join(root, file)),
  options,
);
const checker = program.getTypeChecker();
const trees = files.flatMap((file) => program.getSourceFile(path.join(root, file)) ?? []);

/** Whether a value may be a refusal of S3. */
function mayBeRefusal(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.symbol?.name === 'S3Error');
}

/** Whether a value is a refusal or undefined, and nothing else. */
function isRefusal(type: ts.Type): boolean {
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & ts.TypeFlags.Undefined));
  return parts.length > 0 && parts.every((part) => part.symbol?.name === 'S3Error');
}

function placesOf(wrong: (node: ts.Node) => string | undefined): readonly string[] {
  const places: string[] = [];
  for (const tree of trees) {
    visit(tree, (node) => {
      const text = wrong(node);
      if (text === undefined) return;
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      places.push(`${path.relative(root, tree.fileName)}:${line + 1} ${text}`);
    });
  }
  return places;
}

// A function that returns a refusal refuses nothing by itself. As a statement, its call compiles and checks nothing.
describe('a refusal that a function returns', () => {
  it('is thrown, returned or stored', () => {
    const lost = placesOf((node) => {
      if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return undefined;
      return mayBeRefusal(checker.getTypeAtLocation(node.expression)) ? node.getText() : undefined;
    });
    expect(lost).toEqual([]);
  });

  it('comes from a function that is called refusalOf… or refusalFor…', () => {
    const misnamed = placesOf((node) => {
      if (!ts.isFunctionDeclaration(node) || node.name === undefined) return undefined;
      const signature = checker.getSignatureFromDeclaration(node);
      if (signature === undefined || !isRefusal(checker.getReturnTypeOfSignature(signature))) return undefined;
      const name = node.name.text;
      return /^(?:refusal(?:Of|For)|firstRefusal)/.test(name) ? undefined : name;
    });
    expect(misnamed).toEqual([]);
  });

  it('does not come from a function that is called check…', () => {
    const checks = placesOf((node) => {
      if (!ts.isFunctionDeclaration(node) || node.name === undefined || !/^check[A-Z]/.test(node.name.text))
        return undefined;
      const signature = checker.getSignatureFromDeclaration(node);
      return signature && mayBeRefusal(checker.getReturnTypeOfSignature(signature)) ? node.name.text : undefined;
    });
    expect(checks).toEqual([]);
  });
});
