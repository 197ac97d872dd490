import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './files';
import { options } from './program';

/**
 * Our declarations of operations beside those of `@aws-sdk/client-s3`, as the compiler sees both.
 * @module
 */

/** A member in which the two declarations differ, `PutObject.Expires`, and how. */
export interface Difference {
  readonly member: string;
  readonly how: 'missing' | 'not in the SDK' | `${string}, in the SDK ${string}`;
}

interface Comparison {
  readonly differences: readonly Difference[];
  readonly compared: number;
}

interface Sides {
  readonly member: string;
  readonly ours?: ts.Type;
  readonly theirs?: ts.Type;
}

type Pair = { readonly [K in keyof Required<Sides>]: Sides[K] | undefined } & { readonly member: string };

export interface ComparedClient {
  readonly client: '@aws-sdk/client-s3' | '@aws-sdk/client-sts';
  readonly table: string;
  readonly types: readonly [input: string, output: string];
}

const s3Client: ComparedClient = {
  client: '@aws-sdk/client-s3',
  table: '../../src/operations/table',
  types: ['InputOf', 'OutputOf'],
};

export const stsClient: ComparedClient = {
  client: '@aws-sdk/client-sts',
  table: '../../src/sts/table',
  types: ['StsInputOf', 'StsOutputOf'],
};

export function operationsOf({ client }: ComparedClient): readonly string[] {
  const files = readdirSync(path.join(root, 'node_modules', client, 'dist-types/commands'));
  return files.flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);
}

export const sdkOperations: readonly string[] = operationsOf(s3Client);

/** The member that the SDK sets if it receives a member that it does not know. */
const unknownMember = '$unknown';

/** A file that does not exist on the disk, with both types of each operation side by side. */
const place = path.join(root, '__tests__/house/side-by-side.ts');

function textOfPlace(operations: readonly string[], { client, table, types: [input, output] } = s3Client): string {
  const side = (our: string, their: string) =>
    operations.map((name) => `${name}: { ours: ${our}<'${name}'>; theirs: sdk.${name}Command${their} };`).join('\n');
  return `
    import type * as sdk from '${client}';
    import type { ${input}, ${output} } from '${table}';
    export interface Inputs { ${side(input, 'Input')} }
    export interface Outputs { ${side(`NonNullable<${output}`, 'Output').replaceAll("'>;", "'>>;")} }`;
}

export interface SideBySide {
  readonly inputs: Comparison;
  readonly outputs: Comparison;
  readonly samples: ReadonlyMap<string, object>;
}

export function compareWithSdk(operations: readonly string[], client?: ComparedClient): SideBySide {
  const { checker, symbol } = compile(textOfPlace(operations, client));
  const sidesIn = (name: string): readonly Pair[] => {
    const found = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
    const members = found ? membersOf(checker, checker.getDeclaredTypeOfSymbol(found)) : new Map<string, ts.Type>();
    return [...members].map(([member, both]) => {
      const sides = membersOf(checker, both);
      return { member, ours: sides.get('ours'), theirs: sides.get('theirs') };
    });
  };
  const inputs = sidesIn('Inputs');
  const samples = inputs.map(({ member, theirs }) => [member, theirs ? structureOf(checker, theirs) : {}] as const);
  return { inputs: compare(checker, inputs), outputs: compare(checker, sidesIn('Outputs')), samples: new Map(samples) };
}

/** The words that members of inputs may have, by the path of each: `RestoreObject.RestoreRequest.Tier`. */
export function wordsOfInputs(operations: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { checker, symbol } = compile(textOfPlace(operations));
  const inputs = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === 'Inputs');
  const work = inputs ? [...membersOf(checker, checker.getDeclaredTypeOfSymbol(inputs))] : [];
  const found = new Map<string, readonly string[]>();
  for (const [path, both] of work.map(([name, sides]) => [name, membersOf(checker, sides).get('theirs')] as const))
    if (both) noteWords(checker, path, both, found);
  return found;
}

function noteWords(checker: ts.TypeChecker, path: string, type: ts.Type, found: Map<string, readonly string[]>): void {
  const item = itemOf(checker, type) ?? type;
  const parts = item.isUnion() ? item.types : [item];
  const words = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
  if (words.length === parts.length) found.set(path, words.toSorted());
  else if (isStructure(checker, item))
    for (const [name, inner] of membersOf(checker, item)) noteWords(checker, `${path}.${name}`, inner, found);
}

function compile(text: string): { readonly checker: ts.TypeChecker; readonly symbol: ts.Symbol | undefined } {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === place || fileExists(file);
  host.getSourceFile = (file, version, ...rest) =>
    file === place ? ts.createSourceFile(file, text, version) : getSourceFile(file, version, ...rest);
  const program = ts.createProgram([place], options, host);
  const source = program.getSourceFile(place);
  const checker = program.getTypeChecker();
  return { checker, symbol: source && checker.getSymbolAtLocation(source) };
}

function isAlternative(checker: ts.TypeChecker, type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => checker.getPropertyOfType(part, unknownMember) !== undefined);
}

/** The members of a type. The SDK has a structure of which one member is set as a union of structures, one a member. */
function membersOf(checker: ts.TypeChecker, type: ts.Type): ReadonlyMap<string, ts.Type> {
  const membersIn = (part: ts.Type) =>
    checker
      .getPropertiesOfType(part)
      .map((one) => [one.name, checker.getNonNullableType(checker.getTypeOfSymbol(one))] as const);
  if (!isAlternative(checker, type)) return new Map(membersIn(type));
  const members = (type.isUnion() ? type.types : [type]).flatMap(membersIn);
  return new Map(members.filter(([name, { flags }]) => name !== unknownMember && !(flags & ts.TypeFlags.Never)));
}

function compare(checker: ts.TypeChecker, operations: readonly Pair[]): Comparison {
  const differences: Difference[] = [];
  let compared = 0;
  const work = [...operations];
  for (const { member, ours, theirs } of work) {
    if (ours === undefined) differences.push({ member, how: 'missing' });
    else if (theirs === undefined) differences.push({ member, how: 'not in the SDK' });
    else {
      compared += 1;
      const inner = pairsIn(checker, { member, ours, theirs });
      if (inner !== undefined) work.push(...inner);
      else if (!checker.isTypeAssignableTo(ours, theirs) || !checker.isTypeAssignableTo(theirs, ours))
        differences.push({ member, how: `${write(checker, ours)}, in the SDK ${write(checker, theirs)}` });
    }
  }
  return { differences, compared: compared - operations.length };
}

/** The members of two structures, or of the items of two lists; undefined if the types are compared as a whole. */
function pairsIn(checker: ts.TypeChecker, { member, ours, theirs }: Required<Sides>): readonly Pair[] | undefined {
  const items = [ours, theirs].map((type) => itemOf(checker, type));
  if (items[0] && items[1]) {
    const pair = { member: `${member}[]`, ours: items[0], theirs: items[1] };
    return pairsIn(checker, pair) ?? [pair];
  }
  // An operation without an output has no members.
  const mine = ours.flags & ts.TypeFlags.Never ? new Map<string, ts.Type>() : undefined;
  if ((mine === undefined && !isStructure(checker, ours)) || !isStructure(checker, theirs)) return undefined;
  const [all, others] = [mine ?? membersOf(checker, ours), membersOf(checker, theirs)];
  return [...new Set([...others.keys(), ...all.keys()])].map((name) => ({
    member: `${member}.${name}`,
    ours: all.get(name),
    theirs: others.get(name),
  }));
}

function itemOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const item = checker.isArrayType(type) ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
  return item && checker.getNonNullableType(item);
}

function isStructure(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return isAlternative(checker, type);
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  const isOpen = checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined;
  return isObject && !isOpen && !['Date', 'Uint8Array'].includes(type.symbol?.name ?? '') && !checker.isArrayType(type);
}

/** A value that has all members of a type, each with its own text, so that no two can be confused. */
function structureOf(checker: ts.TypeChecker, type: ts.Type, name = ''): object {
  const members = [...membersOf(checker, type.isUnion() ? (type.types[0] ?? type) : type)];
  return Object.fromEntries(members.map(([member, inner]) => [member, sampleOf(checker, inner, name + member)]));
}

function sampleOf(checker: ts.TypeChecker, type: ts.Type, name: string): unknown {
  const item = itemOf(checker, type);
  if (item) return [sampleOf(checker, item, name)];
  if (type.flags & ts.TypeFlags.BooleanLike) return true;
  if (type.flags & ts.TypeFlags.Number) return 100 + name.length;
  if (type.flags & ts.TypeFlags.String) return `text-of-${name}`;
  if (type.isStringLiteral()) return type.value;
  if (type.isUnion() && !isAlternative(checker, type))
    return type.types.every((one) => one.flags & ts.TypeFlags.BooleanLike)
      ? true
      : sampleOf(checker, type.types[0] ?? type, name);
  if (type.symbol?.name === 'Date') return new Date(Date.UTC(2030, 0, 1, 0, 0, name.length));
  return isStructure(checker, type) ? structureOf(checker, type, name) : { color: `text-of-${name}` };
}

function write(checker: ts.TypeChecker, type: ts.Type): string {
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
}
