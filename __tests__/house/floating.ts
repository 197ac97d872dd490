import path from 'node:path';
import ts from 'typescript';
import { root } from './files';
import { visit } from './nodes';

export function projectOf(config: string): ts.Program {
  const file = path.join(root, config);
  const { config: read } = ts.readConfigFile(file, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(read, ts.sys, path.dirname(file));
  return ts.createProgram(fileNames, { ...options, noEmit: true, skipLibCheck: true });
}

/** Returns the places where a promise that may reject is left alone: `capture/exchange: this.#run()`. */
export function floatingPromises(program: ts.Program): readonly string[] {
  const checker = program.getTypeChecker();
  const own = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'));
  return own.flatMap((file) => placesIn(file, checker));
}

function placesIn(file: ts.SourceFile, checker: ts.TypeChecker): readonly string[] {
  const found: string[] = [];
  const name = path
    .relative(root, file.fileName)
    .replace(/^src\//, '')
    .replace(/\.m?tsx?$/, '');
  const add = (node: ts.Node) => found.push(`${name}: ${node.getText().replace(/\s+/g, ' ').slice(0, 60)}`);
  visit(file, (node) => {
    if (isLeft(node) && isPromise(checker.getTypeAtLocation(node), checker) && !isHandled(node)) add(node);
    if (isGivenForNothing(node, checker)) add(node);
  });
  return found;
}

/** Its value goes nowhere. */
function isLeft(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isVoidExpression(parent)) return true;
  if (!ts.isExpressionStatement(parent)) return false;
  // What is assigned is read elsewhere.
  return !ts.isVoidExpression(node) && !ts.isAwaitExpression(node) && !ts.isBinaryExpression(node);
}

function isPromise(type: ts.Type, checker: ts.TypeChecker): boolean {
  const types = type.isUnion() ? type.types : [type];
  return types.some((one) => {
    const then = one.getProperty('then');
    return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  });
}

/** `.catch(act)`, `.then(act, act)`, and what follows them if it only tidies up. */
function isHandled(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  if (name.text === 'catch') return node.arguments.length === 1;
  if (name.text === 'then') return node.arguments.length === 2;
  return name.text === 'finally' && isHandled(expression);
}

/** An async function where whoever calls it expects no promise: nobody hears of what it rejects with. */
function isGivenForNothing(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node) && !isNamedFunction(node)) return false;
  const expected = checker.getContextualType(node);
  const returned = checker.getTypeAtLocation(node).getCallSignatures()[0]?.getReturnType();
  if (expected === undefined || returned === undefined || !isPromise(returned, checker)) return false;
  const wanted = (expected.isUnion() ? expected.types : [expected]).flatMap((one) => one.getCallSignatures());
  return wanted.length > 0 && wanted.every((one) => (one.getReturnType().flags & ts.TypeFlags.Void) !== 0);
}

function isNamedFunction(node: ts.Node): node is ts.Expression {
  const isArgument = ts.isCallExpression(node.parent ?? node) || ts.isJsxExpression(node.parent ?? node);
  return isArgument && (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node));
}
