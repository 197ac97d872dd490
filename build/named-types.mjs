import path from 'node:path';
import ts from 'typescript';
import { pathBelow } from './rooms.mjs';

/**
 * The types that the sources compute from tables of operations, shapes and refusals, by module. The package has what they come to, and not the
 * tables, so that no compiler computes them again for every test file (decision 80).
 */
const computed = {
  'events/expected-event.d.ts': ['EventFamily'],
  'journal/entry.d.ts': ['Inputs', 'Outputs', 'AnyMember'],
  'model/access/actions.d.ts': ['ActionName'],
  'model/access/canned-acl.d.ts': ['ObjectAclWord', 'BucketAclWord'],
  'model/access/condition-keys.d.ts': ['S3ConditionKey'],
  'model/access/condition-operators.d.ts': ['OperatorName'],
  'model/access/grants.d.ts': ['Permission'],
  'model/access/sts-actions.d.ts': ['StsActionName', 'IamActionName'],
  'model/configurations/public-access-switches.d.ts': ['PublicAccessSwitch'],
  'model/events/report.d.ts': ['EventName'],
  'model/kms.d.ts': ['KmsKeyState'],
  'model/lifecycle/rules.d.ts': ['RuleDraft'],
  'model/replication/replication-reasons.d.ts': ['ReplicationReason', 'PassingTrouble'],
  'operations/control/table.d.ts': ['ControlOperationName'],
  'operations/table.d.ts': ['OperationName'],
  'preset/access-conditions.d.ts': ['GlobalKey'],
  'preset/bucket-event.d.ts': ['StoredEventName'],
  'preset/configurations.d.ts': ['ShapedFixtures'],
  'preset/lifecycle.d.ts': ['LifecycleRuleFixture'],
  'refusals/failures.d.ts': ['FailureCode'],
  'refusals/sts-failures.d.ts': ['StsFailureCode'],
  'sts/table.d.ts': ['StsOperationName'],
};

/** A plugin of rollup: declares each of these types as what it comes to. */
export function namedTypes(folder, entries) {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, types: ['node'], skipLibCheck: true };
  const program = ts.createProgram(entries, { ...options, strict: true, exactOptionalPropertyTypes: true });
  const checker = program.getTypeChecker();
  // The compiler writes the words of a union in the order in which it met them, and rollup transforms the files in any order: so all types are computed here.
  const named = new Map(
    Object.entries(computed).map(([module, names]) => [module, computedIn(program.getSourceFile(path.join(folder, module)), names, checker)]),
  );
  return { name: 'named types', transform: (code, id) => named.get(pathBelow(folder, id))?.(code) ?? null };
}

/** Returns a function that puts the computed types into the text of the file. */
function computedIn(file, names, checker) {
  const { writeWhole, imports } = writerFor(file, checker);
  const nodes = names.map((name) => computationOf(file, name)).toSorted((a, b) => b.pos - a.pos);
  const written = nodes.map((node) => ({ pos: node.pos, end: node.end, type: writeWhole(checker.getTypeFromTypeNode(node)) }));
  return (code) => [...imports, written.reduce((text, { pos, end, type }) => text.slice(0, pos) + type + text.slice(end), code)].join('\n');
}

function computationOf(file, name) {
  const isOne = (one) => ts.isTypeAliasDeclaration(one) && one.name.text === name && one.typeParameters === undefined;
  const found = file.statements.find(isOne);
  if (found === undefined) throw new Error(`${file.fileName} has no type ${name} without parameters, which build/named-types.mjs expects`);
  return found.type;
}

/** Writes types as a file may name them, and collects the imports that they need there. */
function writerFor(file, checker) {
  const undefinedType = checker.getUndefinedType();
  const imports = new Set();

  function write(type, indent = '') {
    if (type.isUnion()) return writeUnion(type.types, indent);
    if (checker.isArrayType(type)) return ` ${type.symbol.name}<${write(checker.getTypeArguments(type)[0], indent).trim()}>`;
    const hasMembers = type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0;
    if (hasMembers && !isNamed(type)) return writeMembers(type, indent);
    return ` ${checker.typeToString(type, file, ts.TypeFormatFlags.NoTruncation)}`;
  }

  /** What an alias comes to. Where the compiler shows words, and not the name of their type, so do editors. */
  function writeWhole(type) {
    const isOfWords = type.isUnion() && type.aliasSymbol === undefined && type.types.every((one) => one.isStringLiteral());
    return isOfWords ? ` [${type.types.map((one) => write(one).trim()).join(', ')}][number]` : write(type);
  }

  function writeUnion(types, indent) {
    // A member that may be missing, but not undefined, has another type that is written as undefined.
    const written = types.filter((one) => !isUndefined(one) || one === undefinedType).toSorted((a, b) => isUndefined(a) - isUndefined(b));
    const isTruth = ({ flags }) => (flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const isBoolean = types.filter(isTruth).length === 2;
    return [...new Set(written.map((one) => (isBoolean && isTruth(one) ? ' boolean' : write(one, indent))))].join(' |');
  }

  function writeMembers(type, indent) {
    const [index] = checker.getIndexInfosOfType(type);
    if (index !== undefined) return ` Readonly<Record<${write(index.keyType).trim()},${write(index.type, indent)}>>`;
    const members = checker.getPropertiesOfType(type).flatMap((member) => writeMember(member, `${indent}    `));
    // Compilers before 7 know {} before all other types, and blame the first one of a union, which is to be NoInput.
    return members.length === 0 ? ' { readonly [name in never]: never }' : ` {\n${members.join('\n')}\n${indent}}`;
  }

  function writeMember(symbol, indent) {
    const name = /^[A-Za-z_]\w*$/.test(symbol.name) ? symbol.name : `'${symbol.name}'`;
    const mark = symbol.flags & ts.SymbolFlags.Optional ? '?:' : ':';
    const lines = [...commentsOf(symbol), `${isReadonly(symbol) ? 'readonly ' : ''}${name}${mark}${write(checker.getTypeOfSymbol(symbol), indent)};`];
    return lines.map((line) => indent + line);
  }

  /** Whether the type has a name, which the file then imports: it is a class or an interface. */
  function isNamed({ symbol }) {
    const { name, flags = 0, declarations: [declaration] = [] } = symbol ?? {};
    if ((flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) return false;
    if (checker.resolveName(name, file, ts.SymbolFlags.Type, false) === symbol) return true;
    const module = declaration.getSourceFile().fileName.replace(/\.d\.ts$/, '');
    if ((ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) === 0) throw new Error(`${module}: export ${name}`);
    imports.add(`import type { ${name} } from './${path.posix.relative(path.posix.dirname(file.fileName), module)}';`);
    return true;
  }

  return { writeWhole, imports };
}

/** A member of a mapped type says so itself, and one that was written by a modifier. */
function isReadonly(symbol) {
  const isMapped = (ts.getCheckFlags(symbol) & ts.CheckFlags.Readonly) !== 0;
  return isMapped || (ts.getDeclarationModifierFlagsFromSymbol(symbol) & ts.ModifierFlags.Readonly) !== 0;
}

function isUndefined({ flags }) {
  return (flags & ts.TypeFlags.Undefined) !== 0;
}

function commentsOf({ declarations = [] }) {
  return declarations.flatMap((one) => one.jsDoc ?? []).map((comment) => comment.getText());
}
