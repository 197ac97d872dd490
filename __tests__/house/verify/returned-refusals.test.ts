import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesIn, root } from '../files';
import { collect } from '../nodes';

/**
 * No refusal is lost between who makes it and who answers it (docs/architecture.md, "A refusal"). The compiler's types decide.
 * @module
 */

const configuration = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(configuration, ts.sys, root);
const files = filesIn('src').filter((file) => file.endsWith('.ts'));
const program = ts.createProgram(
  files.map((file) => path.join(root, file)),
  options,
);
const checker = program.getTypeChecker();
const trees = files.flatMap((file) => program.getSourceFile(path.join(root, file)) ?? []);

/** Others ask for the same refusal without acting: each with those others. */
const throwing: Readonly<Record<string, string>> = {
  checkAccess: 'may(), the matchers of access and batches',
  checkCredentials:
    'an operation that has its own refusal of anonymous callers declares it, and the reason is the same for all',
  checkToken: 'STS, which says it in its own words',
  checkTimes: 'STS, which asks by two clocks and refuses in its own words',
  checkCrossOrigin: 'a preflight, whose refusal waits for its stage',
  checkOperation: 'an entry of DeleteObjects, whose key is read as a member',
  readHeaderComponents:
    'the identity of a request, which is read before its stage, and the order of a signature, which reads it in its place',
  readSender: 'the journal names the sender of a request that a test makes fail, and whose signature is not checked',
};

/** The functions of the rooms below that catch a refusal, each with its reason. Whoever else catches one answers it, or loses it. */
const catching: Readonly<Record<string, string>> = {
  answerVisitor: 'it answers the visit of a website',
  apply: 'it answers the request',
  attempt: 'an entry of a batch is refused by itself',
  carryOut: 'it answers the request to STS',
  isHeadRefused: 'it asks, before the body of a request is sent for',
  refusalOfCheck:
    'it asks for what the bucket blocks, an unmet condition of a source and a missing object, which S3 says before another refusal',
  refusalThrownBy: 'it notes what a mock lets pass: a URL that expired at the second of its signature',
  readOrRefuse: 'a website answers it with its error document, or with the redirect of a folder',
  refusalOfHeaders: 'it asks for a refusal that waits for its stage',
  readPostPolicy: 'it throws the refusal again, with the policy in its reason',
  readSessionPolicy: 'it throws what STS says in place of IAM',
  readSyntax: 'it throws what IAM says in place of S3',
};

/** The methods of S3Error that return the refusal with more to say, or one for another. */
const ofTheClass: readonly string[] = ['quoting', 'introducedBy', 'because'];

type Named = ts.SignatureDeclaration & { readonly name?: ts.PropertyName };

function nameOf(node: Named): string | undefined {
  const { name = ownerName(node) } = node;
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text.replace(/^#/, '') : undefined;
}

function ownerName({ parent }: ts.Node): ts.Node | undefined {
  if (ts.isParenthesizedTypeNode(parent) || ts.isUnionTypeNode(parent)) return ownerName(parent);
  const isOwner =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent);
  return isOwner ? parent.name : undefined;
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  const parts = type.isUnion() ? type.types : [type];
  // A type that depends on a parameter is what its constraint allows.
  return parts.flatMap((part) => {
    const constraint = part.flags & ts.TypeFlags.Instantiable ? checker.getBaseConstraintOfType(part) : undefined;
    return constraint ? partsOf(constraint) : [part];
  });
}

function isS3Error(type: ts.Type): boolean {
  return type.symbol?.name === 'S3Error';
}

function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${path.relative(root, tree.fileName)}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

function placesOf(wrong: (node: ts.Node) => string | undefined): readonly string[] {
  return trees.flatMap((tree) =>
    collect(tree, (node) => {
      const text = wrong(node);
      return text === undefined ? [] : [`${placeOf(node)} ${text}`];
    }),
  );
}

/** A call whose type is a refusal or something else, a choice with such a call in it, one with more to say, or a variable of such a value. */
function isReturned(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isReturned(node.expression);
  if (ts.isConditionalExpression(node)) return isReturned(node.whenTrue) || isReturned(node.whenFalse);
  if (ts.isBinaryExpression(node)) return isReturned(node.left) || isReturned(node.right);
  if (ts.isIdentifier(node)) {
    const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? [];
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value !== undefined && isReturned(value);
  }
  if (!ts.isCallExpression(node)) return false;
  const { expression: called } = node;
  if (ts.isPropertyAccessExpression(called) && ofTheClass.includes(called.name.text))
    return isReturned(called.expression);
  const signature = checker.getResolvedSignature(node);
  const parts = signature ? partsOf(checker.getReturnTypeOfSignature(signature)) : [];
  return parts.some(isS3Error) && !parts.every(isS3Error);
}

function enclosingName(node: ts.Node): string {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    const name = ts.isFunctionLike(at) ? nameOf(at) : undefined;
    if (name !== undefined) return name;
  }
  return '';
}

// A function that returns a refusal refuses nothing by itself. As a statement, its call compiles and checks nothing.
describe('a refusal that a function returns', () => {
  it('is thrown, returned or stored', () => {
    const lost = placesOf((node) => {
      if (!ts.isExpressionStatement(node)) return undefined;
      const { expression } = node;
      if (!ts.isCallExpression(expression) && !ts.isNewExpression(expression)) return undefined;
      return partsOf(checker.getTypeAtLocation(expression)).some(isS3Error) ? node.getText() : undefined;
    });
    expect(lost).toEqual([]);
  });

  it('is thrown only by the functions that this test names; another one calls a check…', () => {
    const others = placesOf((node) => {
      if (!ts.isThrowStatement(node) || !isReturned(node.expression)) return undefined;
      return Object.hasOwn(throwing, enclosingName(node)) ? undefined : enclosingName(node);
    });
    expect(others).toEqual([]);
  });
});

describe('a thrown refusal', () => {
  it('is caught only by the functions that this test names', () => {
    const clauses = placesOf((node) => {
      if (!ts.isCatchClause(node) || !/S3Error|refusalForThrown/.test(node.getText())) return undefined;
      return enclosingName(node);
    }).filter((place) => /^src\/(?:model|protocol|operations|service)\//.test(place));
    expect(clauses.map((place) => place.replace(/^\S+ /, '')).toSorted()).toEqual(Object.keys(catching).toSorted());
  });
});

/** A text of it is what a test reads: a surface has to write it. */
function isReason(type: ts.Type): boolean {
  return type.isUnion() ? type.types.some(isReason) : type.symbol?.name === 'Reason';
}

function putsIntoText(node: ts.Node): boolean {
  if (ts.isTemplateSpan(node))
    return !ts.isTaggedTemplateExpression(node.parent.parent) && isReason(checker.getTypeAtLocation(node.expression));
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  return [node.left, node.right].some((side) => isReason(checker.getTypeAtLocation(side)));
}

describe('a reason', () => {
  it('is put into others as a value, and never into a text', () => {
    const texts = trees.flatMap((tree) =>
      collect(tree, (node) => (putsIntoText(node) ? [`${tree.fileName}: ${node.getText(tree)}`] : [])),
    );
    expect(texts).toEqual([]);
  });
});
