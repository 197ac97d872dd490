import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);

export type Schema = Readonly<Record<string, unknown>>;

/** Kinds of values that JSON does not have: who sends JSON leaves them out. */
const notInJson = new Set(['AsymmetricMatcher', 'ArrayBuffer', 'RegExp', 'Nock']);
const bytes = new Set(['Buffer', 'Uint8Array']);

/**
 * Types of src as JSON Schemas, each as it is after `JSON.stringify`, or before `JSON.parse`. Types that have a name are components, which others
 * refer to.
 */
export class JsonSchemas {
  readonly components: Record<string, Schema> = {};
  readonly checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #names = new Map<ts.Symbol, string>();

  constructor(files: readonly string[]) {
    const own = { ...options, types: ['node'], skipLibCheck: true, noEmit: true };
    this.#program = ts.createProgram(
      files.map((file) => path.join(root, file)),
      own,
    );
    this.checker = this.#program.getTypeChecker();
  }

  treeOf(file: string): ts.SourceFile {
    const tree = this.#program.getSourceFile(path.join(root, file));
    if (tree === undefined) throw new Error(`${file} is not in the program`);
    return tree;
  }

  /** Undefined if JSON has no such value. */
  of(type: ts.Type): Schema | undefined {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const name = symbol?.getName();
    if ((name !== undefined && notInJson.has(name)) || type.getCallSignatures().length > 0) return undefined;
    if (name === 'Date') return { type: 'string', format: 'date-time' };
    if (name !== undefined && bytes.has(name)) return { description: 'Bytes in short: text, base64, or their number.' };
    if (symbol === undefined || !this.#isNamed(type, symbol)) return this.#whole(type);
    const known = this.#names.get(symbol);
    if (known !== undefined) return { $ref: `#/components/schemas/${known}` };
    const own = this.#freeName(symbol.getName());
    this.#names.set(symbol, own);
    const schema = this.#whole(type);
    if (schema === undefined) return undefined;
    this.components[own] = { ...describedBy(this.checker, symbol), ...schema };
    return { $ref: `#/components/schemas/${own}` };
  }

  /** Whether a type is one of ours with a name of its own, and not made of the arguments of another. */
  #isNamed(type: ts.Type, symbol: ts.Symbol): boolean {
    const isOurs = symbol.declarations?.some((one) => one.getSourceFile().fileName.includes('/src/')) ?? false;
    const isDeclared = symbol.declarations?.some(
      (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one) || ts.isClassDeclaration(one),
    );
    const hasArguments = (type.aliasTypeArguments ?? this.#argumentsOf(type)).length > 0;
    return (
      isOurs &&
      isDeclared === true &&
      !hasArguments &&
      (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union | ts.TypeFlags.Intersection)) !== 0
    );
  }

  #argumentsOf(type: ts.Type): readonly ts.Type[] {
    // The compiler gives each class its own `this` as an argument.
    if (type.isClass() && type.typeParameters === undefined) return [];
    const isReference =
      (type.flags & ts.TypeFlags.Object) !== 0 &&
      ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    return isReference ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  #freeName(name: string): string {
    const taken = new Set(this.#names.values());
    for (let at = 1; ; at += 1) {
      const free = at === 1 ? name : `${name}${at}`;
      if (!taken.has(free)) return free;
    }
  }

  #whole(type: ts.Type): Schema | undefined {
    const { flags } = type;
    if (type.isUnion()) return this.#union(type.types);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.isIntersection()) return { allOf: type.types.flatMap((one) => this.#listOf(one)) };
    if (flags & ts.TypeFlags.Object) return this.#object(type);
    return undefined;
  }

  #listOf(type: ts.Type): readonly Schema[] {
    const schema = this.of(type);
    return schema === undefined ? [] : [schema];
  }

  #union(types: readonly ts.Type[]): Schema | undefined {
    const values = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const booleans = values.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const rest = booleans.length === 2 ? values.filter((one) => !booleans.includes(one)) : values;
    const literals = rest.filter((one): one is ts.StringLiteralType => one.isStringLiteral());
    const others = rest.filter((one) => !one.isStringLiteral());
    const schemas: readonly Schema[] = [
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : []),
      ...(literals.length === 0 ? [] : [{ type: 'string', enum: literals.map(({ value }) => value) }]),
      ...others.flatMap((one): readonly Schema[] => this.#listOf(one)),
    ];
    const different = [...new Map(schemas.map((one) => [JSON.stringify(one), one])).values()];
    return different.length < 2 ? different[0] : { anyOf: different };
  }

  #object(type: ts.Type): Schema | undefined {
    const { checker } = this;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference).map((one) => this.of(one) ?? {});
      return { type: 'array', items: items.length === 1 ? items[0] : { anyOf: items } };
    }
    const properties = Object.fromEntries(
      checker.getPropertiesOfType(type).flatMap((one) => {
        // JSON has neither symbols nor private members.
        if (/^(?:__@|#)/.test(one.getName())) return [];
        const schema = this.of(checker.getTypeOfSymbol(one));
        return schema === undefined ? [] : [[one.getName(), { ...describedBy(checker, one), ...schema }] as const];
      }),
    );
    const required = checker
      .getPropertiesOfType(type)
      .filter((one) => Object.hasOwn(properties, one.getName()) && !isOptional(checker, one))
      .map((one) => one.getName());
    const index = type.getStringIndexType();
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.of(index) ?? {} }),
    };
  }
}

/** JSON leaves out a member that is undefined. */
function isOptional(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  if (symbol.flags & ts.SymbolFlags.Optional) return true;
  const type = checker.getTypeOfSymbol(symbol);
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & ts.TypeFlags.Undefined);
}

function describedBy(checker: ts.TypeChecker, symbol: ts.Symbol): Schema {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
  return text === '' ? {} : { description: text };
}
