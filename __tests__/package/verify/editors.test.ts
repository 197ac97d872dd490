import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { root } from '../../house/files';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { Project } from '../../support/project';

const entries = ['index', 'testing/jest', 'testing/vitest', 'testing/matchers'];

/** What an editor shows of a name, by `MockS3.bucket`: its comment, its type, and that type with all members written out. */
type Shown = Readonly<Record<string, { readonly comment: string; readonly type: string; readonly members: string }>>;

const computation = /FixtureOf<|StructureValue<|Shape</;

const project = new Project('editors');
const folder = join(project.folder, 'node_modules/s3-versioning-mock/dist');
const compiled = join(project.folder, 'compiled');

beforeAll(async () => {
  const { tarball } = await packLibrary();
  installOffline(project, tarball);
  project.linkPackages();
  const compile = [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', join(root, 'src'), '--outDir', compiled];
  expect(await project.run(compile)).toMatchObject({ code: 0, stdout: '' });
});
afterAll(() => project.remove());

describe('an editor', () => {
  it('shows of each public name, its members and what these return the type and the comment that the compiler gives it', () => {
    const ofCompiler = shownIn(compiled);
    expect(Object.keys(ofCompiler).length).toBeGreaterThan(400);
    const ofPackage = shownIn(folder);
    // Where the compiler shows a computation, such as FixtureOf<"cors">, the package shows what it comes to (decision 80).
    const without = (shown: Shown) =>
      Object.fromEntries(Object.entries(shown).map(([name, { comment, members }]) => [name, { comment, members }]));
    expect(without(ofPackage)).toEqual(without(ofCompiler));
    expect(Object.entries(ofPackage).filter(([, { type }]) => computation.test(type))).toEqual([]);
  });

  it('shows the input of an operation, and the reason of a wrong subject', () => {
    const file = project.write(
      'hovers.ts',
      `import { mockS3 } from 's3-versioning-mock';
       import { expect } from '@jest/globals';
       import 's3-versioning-mock/jest';
       const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
       const puts = s3.requests.of('PutObject');
       const key = puts[0]?.input.Key;
       const body = puts[0]?.input.Body;
       expect(5).toHaveVersioning('Enabled');`,
    );
    const program = ts.createProgram([file], { ...options, skipLibCheck: false });
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error('The file is not in the program.');
    const checker = program.getTypeChecker();
    const typeOf = (name: string) => {
      const found = checker.getSymbolsInScope(source, ts.SymbolFlags.Variable).find((one) => one.name === name);
      return found && checker.typeToString(checker.getTypeOfSymbol(found));
    };
    expect({ s3: typeOf('s3'), key: typeOf('key'), body: typeOf('body') }).toEqual({
      s3: 'MockS3',
      key: 'string',
      body: 'ByteArray | undefined',
    });
    expect(typeOf('puts')).toBe('readonly OperationEntry<"PutObject">[]');
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
    expect(problems).toEqual([expect.stringContaining("this matcher takes a bucket: expect(s3.bucket('vault'))")]);
  });
});

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.Node16,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  esModuleInterop: true,
  noEmit: true,
};

function shownIn(top: string): Shown {
  const files = entries.map((entry) => join(top, `${entry}.d.${entry.endsWith('vitest') ? 'mts' : 'ts'}`));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const shown: Record<string, Shown[string]> = {};
  const waiting: ts.Type[] = [];

  const note = (name: string, symbol: ts.Symbol, type: ts.Type) => {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    const tags = symbol.getJsDocTags(checker).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
    const text = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    const members = writeMembers(checker, type);
    shown[name.replace(/@\d+$/, '')] = { type: partsOfText(text), members, comment: [comment, ...tags].join('\n') };
    const returned = type.getCallSignatures().map((signature) => signature.getReturnType());
    for (const one of [type, ...returned]) waiting.push(...partsOf(checker.getNonNullableType(one)));
  };
  const isOurs = (symbol: ts.Symbol) =>
    (symbol.declarations ?? []).some((one) => one.getSourceFile().fileName.startsWith(top.replaceAll('\\', '/')));

  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    // The name that a union is shown by is that of the alias which is asked first.
    const exports_ = module ? checker.getExportsOfModule(module) : [];
    for (const exported of exports_.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
      note(exported.name, symbol, isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol));
    }
  }
  const seen = new Set<string>();
  for (const type of waiting) {
    const { symbol } = type;
    if (symbol === undefined || symbol.name.startsWith('__') || seen.has(checker.typeToString(type)) || !isOurs(symbol))
      continue;
    seen.add(checker.typeToString(type));
    for (const member of type.getProperties().filter(isOurs)) {
      note(`${checker.typeToString(type)}.${member.name}`, member, checker.getTypeOfSymbol(member));
    }
  }
  return shown;
}

/** A type whose members are written out, as far as it has no name of its own: a class, an interface, or a parameter. */
function writeMembers(checker: ts.TypeChecker, type: ts.Type): string {
  const write = (one: ts.Type) => writeMembers(checker, one);
  if (type.isUnion()) return [...new Set(type.types.map(write))].toSorted().join(' | ');
  const [item] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (item !== undefined) return `${type.symbol.name}<${write(item)}>`;
  const signatures = type.getCallSignatures().map((signature) => {
    const parameters = signature.getParameters().map((one) => `${one.name}: ${write(checker.getTypeOfSymbol(one))}`);
    return `(${parameters.join(', ')}) => ${write(signature.getReturnType())}`;
  });
  const isObject = ({ flags }: ts.Type) => (flags & ts.TypeFlags.Object) !== 0;
  const isUnnamed = type.isIntersection()
    ? type.types.every(isObject)
    : isObject(type) && type.symbol?.name.startsWith('__');
  const properties = isUnnamed ? checker.getPropertiesOfType(type) : [];
  const members = properties.map((member) => {
    const mark = member.flags & ts.SymbolFlags.Optional ? '?' : '';
    return `${member.name}${mark}: ${write(checker.getTypeOfSymbol(member))}`;
  });
  if (isUnnamed || signatures.length > 0) return `{ ${[...signatures, ...members].toSorted().join('; ')} }`;
  return partsOfText(checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation));
}

/** The words of a type in one order: the order of a union depends on what the compiler met first. */
function partsOfText(text: string): string {
  return text
    .split(/[\s;|&(){}]+/)
    .toSorted()
    .join(' ')
    .trim();
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnionOrIntersection() ? type.types : [type];
}
