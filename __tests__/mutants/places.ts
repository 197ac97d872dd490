import ts from 'typescript';

/** Ways to break a place; a place may have several, each with a name of its own. */
export type Kind =
  | 'refusal dropped'
  | 'call dropped'
  | 'boundary moved'
  | 'negated'
  | 'condition dropped'
  | 'filter dropped'
  | 'checks swapped'
  | 'field dropped';

export interface Mutant {
  /** `model/mfa-delete.ts checkMfa negated 2`: it stays the same if code of other functions moves. */
  readonly name: string;
  readonly kind: Kind;
  /** The line of today, for readers. */
  readonly line: number;
  /** What is broken, as it is written: a name whose text is another one is another place. */
  readonly text: string;
}

export interface BrokenFile {
  readonly code: string;
  readonly map: string;
  readonly mutants: readonly Mutant[];
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  isolatedModules: true,
  sourceMap: true,
};

/** Rooms whose rules are broken in every way; of the others, refusals alone. */
const ruled = /^(?:model|operations|protocol|service)\//;

/**
 * Compiles a file of src with all of its mutants in it, each behind a switch: the global function `$mutant` answers whether the mutant of
 * that number is the one that is tried. `first` is the number of the first mutant of the file.
 */
export function breakFile(file: string, text: string, first: number, hasRules = true): BrokenFile {
  const mutants: Mutant[] = [];
  const { outputText, sourceMapText = '' } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions,
    transformers: {
      before: hasRules ? [(context) => (source) => new Breaking(file, source, first, mutants, context).source()] : [],
    },
  });
  return { code: outputText, map: sourceMapText, mutants };
}

type Comparison = ts.BinaryExpression & { readonly operatorToken: { readonly kind: ts.BinaryOperator } };

const movedBoundaries: ReadonlyMap<ts.SyntaxKind, ts.BinaryOperator> = new Map([
  [ts.SyntaxKind.LessThanToken, ts.SyntaxKind.LessThanEqualsToken],
  [ts.SyntaxKind.LessThanEqualsToken, ts.SyntaxKind.LessThanToken],
  [ts.SyntaxKind.GreaterThanToken, ts.SyntaxKind.GreaterThanEqualsToken],
  [ts.SyntaxKind.GreaterThanEqualsToken, ts.SyntaxKind.GreaterThanToken],
]);

const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  ...movedBoundaries.keys(),
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

class Breaking {
  readonly #counts = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #isRuled: boolean;
  /** Code outside of functions runs once, before a mutant is chosen. */
  #functions = 0;

  constructor(
    private readonly file: string,
    private readonly original: ts.SourceFile,
    private readonly first: number,
    private readonly mutants: Mutant[],
    private readonly context: ts.TransformationContext,
  ) {
    this.#isRuled = ruled.test(file);
  }

  source(): ts.SourceFile {
    return ts.visitEachChild(this.original, this.#visit, this.context);
  }

  readonly #visit = (node: ts.Node): ts.Node => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node;
    const name = nameOf(node, this.#functions > 0);
    if (name !== undefined) this.#names.push(name);
    const isFunction = ts.isFunctionLike(node);
    if (isFunction) this.#functions += 1;
    const visited = this.#functions > 0 ? this.#break(node) : this.#children(node);
    if (isFunction) this.#functions -= 1;
    if (name !== undefined) this.#names.pop();
    return visited;
  };

  #children<Node extends ts.Node>(node: Node): Node {
    return ts.visitEachChild(node, this.#visit, this.context);
  }

  #break(node: ts.Node): ts.Node {
    if (ts.isThrowStatement(node) && isRefusal(node.expression)) return this.#breakThrow(node);
    if (ts.isNewExpression(node) && isNamed(node.expression, 'S3Error')) return this.#breakRefusal(node);
    if (!this.#isRuled) return this.#children(node);
    if (ts.isBlock(node)) return this.#breakBlock(node);
    if (ts.isExpressionStatement(node) && isCall(node.expression)) return this.#breakCall(node);
    if (ts.isIfStatement(node)) return this.#breakIf(node);
    if (ts.isConditionalExpression(node)) return this.#breakChoice(node);
    if (isComparison(node)) return this.#breakComparison(node);
    if (isLogical(node)) return this.#breakLogical(node);
    if (isFilter(node)) return this.#breakFilter(node);
    if (ts.isObjectLiteralExpression(node) && !isPattern(node)) return this.#breakObject(node);
    return this.#children(node);
  }

  #breakThrow(node: ts.ThrowStatement): ts.Node {
    const { factory } = this.context;
    const isBroken = this.#switch(node, 'refusal dropped');
    // The refusal is the same place as its throw.
    const expression = ts.visitEachChild(node.expression, this.#visit, this.context);
    const thrown = factory.updateThrowStatement(node, expression);
    return factory.createBlock([factory.createIfStatement(factory.createLogicalNot(isBroken), thrown)]);
  }

  #breakRefusal(node: ts.NewExpression): ts.Node {
    const isBroken = this.#switch(node, 'refusal dropped');
    return this.#choose(isBroken, this.context.factory.createVoidZero(), this.#children(node));
  }

  #breakBlock(node: ts.Block): ts.Node {
    const { factory } = this.context;
    const { statements } = node;
    const swaps = statements.map((statement, index) => {
      const next = statements[index + 1];
      return next !== undefined && isCheck(statement) && isCheck(next)
        ? this.#switch(statement, 'checks swapped', next)
        : undefined;
    });
    const visited = statements.map((statement) => this.#visit(statement) as ts.Statement); // statements stay statements
    const parts = visited.flatMap((statement, index) => {
      const [before, after, next] = [swaps[index - 1], swaps[index], visited[index + 1]];
      return [
        ...(after !== undefined && next !== undefined ? [factory.createIfStatement(after, next)] : []),
        before === undefined
          ? statement
          : factory.createIfStatement(factory.createLogicalNot(before), factory.createBlock([statement])),
      ];
    });
    return factory.updateBlock(node, parts);
  }

  #breakCall(node: ts.ExpressionStatement): ts.Node {
    const { factory } = this.context;
    const isBroken = this.#switch(node, 'call dropped');
    return factory.createBlock([factory.createIfStatement(factory.createLogicalNot(isBroken), this.#children(node))]);
  }

  #breakIf(node: ts.IfStatement): ts.Node {
    const { expression, thenStatement, elseStatement } = node;
    return this.context.factory.updateIfStatement(
      node,
      this.#breakCondition(expression),
      this.#visit(thenStatement) as ts.Statement, // statements stay statements
      elseStatement && (this.#visit(elseStatement) as ts.Statement),
    );
  }

  #breakChoice(node: ts.ConditionalExpression): ts.Node {
    const { condition, questionToken, whenTrue, colonToken, whenFalse } = node;
    return this.context.factory.updateConditionalExpression(
      node,
      this.#breakCondition(condition),
      questionToken,
      this.#visit(whenTrue) as ts.Expression, // expressions stay expressions
      colonToken,
      this.#visit(whenFalse) as ts.Expression,
    );
  }

  #breakCondition(node: ts.Expression): ts.Expression {
    if (isComparison(node)) return this.#visit(node) as ts.Expression; // expressions stay expressions
    const { factory } = this.context;
    const isBroken = this.#switch(node, 'negated');
    return factory.createStrictEquality(isBroken, factory.createLogicalNot(this.#operand(node)));
  }

  #breakComparison(node: Comparison): ts.Node {
    const { factory } = this.context;
    const { operatorToken, left, right } = node;
    const moved = movedBoundaries.get(operatorToken.kind);
    const isNegated = this.#switch(node, 'negated');
    const isMoved = moved === undefined ? undefined : this.#switch(node, 'boundary moved');
    const [one, other] = [this.#operand(left), this.#operand(right)];
    const original = factory.createBinaryExpression(one, operatorToken, other);
    const compared =
      moved === undefined || isMoved === undefined
        ? factory.createParenthesizedExpression(original)
        : this.#choose(isMoved, factory.createBinaryExpression(one, moved, other), original);
    return factory.createParenthesizedExpression(factory.createStrictInequality(isNegated, compared));
  }

  #breakLogical(node: ts.BinaryExpression): ts.Node {
    const { factory } = this.context;
    const { left, operatorToken, right } = node;
    const neutral = () =>
      operatorToken.kind === ts.SyntaxKind.BarBarToken ? factory.createFalse() : factory.createTrue();
    const operand = (one: ts.Expression) => {
      // The operands of a chain are places, and not the chain before the last of them; an object is a value, and no condition.
      const isChain = isLogical(one) && one.operatorToken.kind === operatorToken.kind;
      if (isChain || ts.isObjectLiteralExpression(withoutBrackets(one))) return this.#operand(one);
      const isBroken = this.#switch(one, 'condition dropped');
      return this.#choose(isBroken, neutral(), this.#operand(one));
    };
    const before = operand(left);
    return factory.updateBinaryExpression(node, before, operatorToken, operand(right));
  }

  #breakFilter(node: ts.CallExpression): ts.Node {
    const { factory } = this.context;
    const [condition, ...more] = node.arguments;
    const isBroken = this.#switch(node, 'filter dropped');
    const all = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, factory.createTrue());
    return factory.updateCallExpression(
      node,
      this.#operand(node.expression),
      undefined,
      condition === undefined
        ? []
        : [
            this.#choose(isBroken, factory.createParenthesizedExpression(all), this.#operand(condition)),
            ...more.map((one) => this.#operand(one)),
          ],
    );
  }

  #breakObject(node: ts.ObjectLiteralExpression): ts.Node {
    const { factory } = this.context;
    const properties = node.properties.map((property) => {
      if (!isField(property)) return this.#visit(property) as ts.ObjectLiteralElementLike; // a property stays one
      const isBroken = this.#switch(property, 'field dropped');
      const field = factory.createObjectLiteralExpression([this.#visit(property) as ts.ObjectLiteralElementLike]);
      const none = factory.createObjectLiteralExpression();
      return factory.createSpreadAssignment(this.#choose(isBroken, none, field));
    });
    return factory.updateObjectLiteralExpression(node, properties);
  }

  #operand(node: ts.Expression): ts.Expression {
    return this.#visit(node) as ts.Expression; // expressions stay expressions
  }

  #choose(isBroken: ts.Expression, broken: ts.Expression, original: ts.Expression): ts.Expression {
    const { factory } = this.context;
    return factory.createParenthesizedExpression(
      factory.createConditionalExpression(isBroken, undefined, broken, undefined, original),
    );
  }

  /** Asks whether the mutant is the one that is tried, and gives it its name. */
  #switch(node: ts.Node, kind: Kind, neighbour?: ts.Node): ts.Expression {
    const { factory } = this.context;
    const place = [this.file, this.#names.join('.'), kind].join(' ');
    const ordinal = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, ordinal);
    const number = this.first + this.mutants.length;
    const line = this.original.getLineAndCharacterOfPosition(node.getStart(this.original)).line + 1;
    const written = [node, ...(neighbour === undefined ? [] : [neighbour])].map((one) => one.getText(this.original));
    const text = written.join(' ').replace(/\s+/g, ' ');
    this.mutants.push({ name: `${place} ${ordinal}`, kind, line, text });
    return factory.createCallExpression(factory.createIdentifier('$mutant'), undefined, [
      factory.createNumericLiteral(number),
    ]);
  }
}

/** What a function is called by: its own name, or the name of what it is the value of. */
function nameOf(node: ts.Node, isInside: boolean): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassLike(node)) return node.name?.text;
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) return node.name.getText();
  if (!(ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)))
    return undefined;
  const isFunction = node.initializer !== undefined && ts.isFunctionLike(node.initializer);
  return isFunction || !isInside ? node.name.getText().replace(/\s+/g, ' ') : undefined;
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** What is thrown to a user, or thrown again, is no refusal. */
function isRefusal(node: ts.Expression): boolean {
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'S3Error') || isNamed(node.expression, 'StsError');
  return !isNamed(node, 'error') && !(ts.isCallExpression(node) && /Mistake|mistake|TypeError/.test(node.getText()));
}

function isCall(node: ts.Expression): boolean {
  return ts.isAwaitExpression(node) ? isCall(node.expression) : ts.isCallExpression(node);
}

function isComparison(node: ts.Node): node is Comparison {
  return ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind);
}

function isLogical(node: ts.Node): node is ts.BinaryExpression {
  const { AmpersandAmpersandToken, BarBarToken } = ts.SyntaxKind;
  return (
    ts.isBinaryExpression(node) && [AmpersandAmpersandToken, BarBarToken].includes(node.operatorToken.kind as never)
  );
}

function withoutBrackets(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutBrackets(node.expression) : node;
}

function isFilter(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'filter' &&
    node.arguments.length > 0
  );
}

/** `({ a } = b)` takes apart, and makes nothing. */
function isPattern(node: ts.ObjectLiteralExpression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function isField(property: ts.ObjectLiteralElementLike): boolean {
  if (ts.isSpreadAssignment(property) || ts.isShorthandPropertyAssignment(property)) return true;
  return ts.isPropertyAssignment(property) && property.name.getText() !== '__proto__';
}

/** A statement that may refuse, and does nothing else: two neighbours can change places. */
function isCheck(node: ts.Statement): boolean {
  if (ts.isIfStatement(node)) return node.elseStatement === undefined && isLeaving(node.thenStatement);
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  const called = node.expression.expression;
  const name = ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
  return name.startsWith('check');
}

function isLeaving(node: ts.Statement): boolean {
  if (ts.isBlock(node)) return node.statements.length > 0 && node.statements.every(isLeaving);
  if (ts.isThrowStatement(node) || ts.isReturnStatement(node)) return true;
  return ts.isExpressionStatement(node) && isCheck(node);
}
