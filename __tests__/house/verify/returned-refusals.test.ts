import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesIn, root } from '../files';
import { visit } from '../nodes';

/**
 * The convention of refusals (docs/architecture.md, "A refusal"): `check…` throws, `refusalOf…` returns one or undefined, `refusalFor…`
 * makes one. The compiler's types decide, not the words alone.
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

/**
 * The functions that throw what another one returned, since others ask for the same refusal without acting: each with those others.
 */
const throwing: Readonly<Record<string, string>> = {
  checkAccess: 'may(), the matchers of access and batches',
  checkCredentials:
    'an operation that has its own refusal of anonymous callers declares it, and the reason is the same for all',
  checkSession: 'STS, which says it in its own words',
  checkToken: 'STS, which says it in its own words',
  checkCrossOrigin: 'a preflight, whose refusal waits for its stage',
  checkOperation: 'an entry of DeleteObjects, whose key is read as a member',
  readSender: 'the journal names the sender of a request that a test makes fail, and whose signature is not checked',
};

/** The functions of the rooms below that catch a refusal, each with its reason. Whoever else catches one answers it, or loses it. */
const catching: Readonly<Record<string, string>> = {
  apply: 'it answers the request',
  attempt: 'an entry of a batch is refused by itself',
  carryOut: 'it answers the request to STS',
  checkOrNote: 'it notes what a mock that checks no signatures lets pass',
  isHeadRefused: 'it asks, before the body of a request is sent for',
  refusalOfCheck:
    'it asks for what the bucket blocks, an unmet condition of a source and a missing object, which S3 says before another refusal',
  refusalOfHeaders: 'it asks for a refusal that waits for its stage',
  readPostPolicy: 'it throws the refusal again, with the policy in its reason',
  readSessionPolicy: 'it throws what STS says in place of IAM',
  readSyntax: 'it throws what IAM says in place of S3',
};

/** The methods of S3Error that return the refusal with more to say, or one for another. */
const ofTheClass: readonly string[] = ['quoting', 'introducedBy', 'because'];

type Named = ts.SignatureDeclaration & { readonly name?: ts.PropertyName };

/** A function with a name: a declaration, a method, or the value or the type of a variable, a parameter or a property. */
interface NamedFunction {
  readonly name: string;
  readonly node: ts.SignatureDeclaration;
  readonly returned: ts.Type;
}

const functions: readonly NamedFunction[] = trees.flatMap((tree) => {
  const found: NamedFunction[] = [];
  visit(tree, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const name = nameOf(node);
    const signature = checker.getSignatureFromDeclaration(node);
    if (name === undefined || signature === undefined) return;
    found.push({ name, node, returned: checker.getReturnTypeOfSignature(signature) });
  });
  return found;
});

function nameOf(node: Named): string | undefined {
  const { name = ownerName(node) } = node;
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text.replace(/^#/, '') : undefined;
}

/** The name of the variable, the parameter or the property whose value or type is a function. */
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

function isUndefined({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) !== 0;
}

/** Whether a value is a refusal or undefined, and nothing else. */
function isRefusal(type: ts.Type): boolean {
  const parts = partsOf(type).filter((part) => !isUndefined(part));
  return parts.length > 0 && parts.every(isS3Error);
}

function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${path.relative(root, tree.fileName)}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

function placesOf(wrong: (node: ts.Node) => string | undefined): readonly string[] {
  const places: string[] = [];
  for (const tree of trees) {
    visit(tree, (node) => {
      const text = wrong(node);
      if (text !== undefined) places.push(`${placeOf(node)} ${text}`);
    });
  }
  return places;
}

function misnamed(isWrong: (named: NamedFunction) => boolean): readonly string[] {
  return functions.filter(isWrong).map(({ name, node }) => `${placeOf(node)} ${name}`);
}

/** Whether a function can throw: it has a throw, calls what can, or is only a type, which says nothing. */
const able = new Map<ts.Node, boolean>();

function isAbleToThrow(node: ts.Node): boolean {
  const known = able.get(node);
  if (known !== undefined) return known;
  able.set(node, false); // until it is known: a call of itself adds nothing
  const answer = !hasBody(node) || throwsInside(node);
  able.set(node, answer);
  return answer;
}

function hasBody(node: ts.Node): boolean {
  return 'body' in node && node.body !== undefined;
}

function throwsInside(node: ts.Node): boolean {
  let found = false;
  visit(node, (inner) => {
    if (found || inner === node) return;
    if (ts.isThrowStatement(inner)) found = true;
    else if (ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner)) found = namesThrowing(inner);
  });
  return found;
}

/** Whether an identifier names a function of src that can throw. One that a type only describes can. */
function namesThrowing(name: ts.Identifier | ts.PrivateIdentifier): boolean {
  const signatures = checker.getTypeAtLocation(name).getCallSignatures();
  return signatures.some(({ declaration }) => declaration && isOfSrc(declaration) && isAbleToThrow(declaration));
}

function isOfSrc(node: ts.Node): boolean {
  return node.getSourceFile().fileName.startsWith(path.join(root, 'src/'));
}

/**
 * Whether an expression is a refusal that a function returned and might not have: a call whose type is a refusal or something else, a choice
 * with such a call in it, one with more to say, or a variable of such a value.
 */
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

describe('a function that is called check…', () => {
  const checks = functions.filter(({ name }) => /^check(?:[A-Z]|$)/.test(name));

  it('returns nothing', () => {
    expect(checks.length).toBeGreaterThan(150);
    const returning = checks.filter(({ node, returned }) => !isUndefined(returned) && !isOfVoid(node));
    expect(returning.map(({ name, node }) => `${placeOf(node)} ${name}`)).toEqual([]);
  });

  it('is able to throw', () => {
    expect(
      checks.filter(({ node }) => !isAbleToThrow(node)).map(({ name, node }) => `${placeOf(node)} ${name}`),
    ).toEqual([]);
  });
});

/** Whether the place of an arrow function expects one that returns nothing. */
function isOfVoid(node: ts.Node): boolean {
  return signaturesWanted(node).some((signature) => isUndefined(checker.getReturnTypeOfSignature(signature)));
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

  it('comes from a function that is called refusalOf… or refusalFor…', () => {
    const returning = ({ name, node, returned }: NamedFunction) =>
      isDeclared(node) && isRefusal(returned) && !ofTheClass.includes(name);
    expect(misnamed((named) => returning(named) && !/^refusal(?:Of|For)/.test(named.name))).toEqual([]);
  });

  it('may be undefined, for refusalOf…', () => {
    const asked = functions.filter(({ name }) => /^refusalOf/.test(name));
    expect(asked.length).toBeGreaterThan(20);
    const wrong = ({ name, node, returned }: NamedFunction) =>
      /^refusalOf/.test(name) && !(isRefusal(returned) && (partsOf(returned).some(isUndefined) || mayBeAsked(node)));
    expect(misnamed(wrong)).toEqual([]);
  });

  it('is always one, for refusalFor…', () => {
    const made = functions.filter(({ name }) => /^refusalFor/.test(name));
    expect(made.length).toBeGreaterThan(20);
    expect(misnamed(({ name, returned }) => /^refusalFor/.test(name) && !partsOf(returned).every(isS3Error))).toEqual(
      [],
    );
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

/** A function that is declared with its name, rather than given to a member that another room has named. */
function isDeclared(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node)) return true;
  if (ts.isMethodDeclaration(node)) return ts.isClassLike(node.parent);
  return ts.isVariableDeclaration(node.parent) && node.parent.initializer === node;
}

/** Whether a function is the value of a member whose type may also return undefined. */
function mayBeAsked(node: ts.Node): boolean {
  return signaturesWanted(node).some((signature) =>
    partsOf(checker.getReturnTypeOfSignature(signature)).some(isUndefined),
  );
}

/** The signatures that the place of an arrow function expects. */
function signaturesWanted(node: ts.Node): readonly ts.Signature[] {
  const type = ts.isArrowFunction(node) ? checker.getContextualType(node) : undefined;
  return type === undefined ? [] : checker.getNonNullableType(type).getCallSignatures();
}
