import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import ts from 'typescript';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { Project } from '../../support/project';

const project = new Project('declared-helpers');

beforeAll(async () => {
  const { tarball } = await packLibrary();
  installOffline(project, tarball);
  project.linkPackages();
});
afterAll(() => project.remove());

/** Expressions whose type follows from an argument, which no list of members has. */
const named = [
  'PutObject',
  'GetObject',
  'ListObjectsV2',
  'PutBucketVersioning',
  'DeleteObjects',
  'AssumeRole',
  'CreateAccessPoint',
]
  .flatMap((operation) =>
    ['of(NAME)', 'of(NAME)[0]?.input', 'of(NAME)[0]?.output', 'waitFor(NAME)', 'expectLast(NAME, {})']
      .map((call) => `s3.requests.${call.replace('NAME', `'${operation}'`)}`)
      .concat(`s3.on('${operation}')`),
  )
  .concat([
    ...["s3.on('*')", "s3.on('ReplicateObject')", "s3.on('PutObject').fail('SlowDown')", 's3.outage()'],
    ...["s3.events.of('ObjectCreated:*')", '[...s3.events]', '[...s3.requests]', 's3.requests.last()'],
    ...[
      "s3.bucket('v').event('ObjectCreated:Put', 'a')",
      "s3.bucket('v').event('ObjectCreated:Put', 'a', { as: 'eventbridge' })",
    ],
    ...["s3.bucket('v').versions()", "s3.bucket('v').newest('a')", 's3.toJSON()', 's3.listen()', 's3.snapshot()'],
    ...["lib.mockS3({ buckets: { v: { versioning: 'Enabled' } } })", 'lib.fromListing({ Versions: [] })'],
  ]);

/** An input of any operation: the compiler says that the type of a hundred inputs is too long to be written, and asks for a name. */
const ofAnyOperation = ['RequestEntry.input', 'RequestEntry.output'];

/** A file that exports each public value, each member of a public type, and what each of its functions returns. */
function writeHelpers(entry: string): string {
  const options = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, strict: true };
  const program = ts.createProgram([entry], { ...options, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} has no exports`);
  const lines = checker.getExportsOfModule(module).flatMap((exported, index) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable))
      return [`export const value${index} = lib.${exported.name};`];
    return helpersOf(checker, exported.name, symbol, index);
  });
  const calls = named.map((call, index) => `export const call${index} = () => ${call};`);
  return [`import * as lib from 's3-versioning-mock';`, 'declare const s3: lib.MockS3;', ...lines, ...calls, ''].join(
    '\n',
  );
}

function helpersOf(checker: ts.TypeChecker, name: string, symbol: ts.Symbol, index: number): readonly string[] {
  const parameters = symbol.declarations?.flatMap((one) => ('typeParameters' in one ? one.typeParameters : [])) ?? [];
  const needed = (parameters as readonly (ts.TypeParameterDeclaration | undefined)[]).filter(
    (one) => one !== undefined && one.default === undefined,
  );
  const given = needed.length === 0 ? '' : `<${needed.map(() => 'any').join(', ')}>`;
  const isOurs = (member: ts.Symbol) =>
    member.declarations?.some((one) => one.getSourceFile().fileName.includes('/s3-versioning-mock/')) === true;
  const members = checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .filter((member) => isOurs(member) && /^[a-zA-Z]\w*$/.test(member.name))
    .filter((member) => !ofAnyOperation.includes(`${name}.${member.name}`));
  return [
    `declare const type${index}: lib.${name}${given};`,
    ...members.flatMap((member, at) => {
      const type = checker.getTypeOfSymbol(member);
      const isMissing = checker.getNonNullableType(type) !== type;
      const own = `type${index}.${member.name}`;
      const calls = checker
        .getNonNullableType(type)
        .getCallSignatures()
        .map(
          (signature, each) =>
            `export const result${index}_${at}_${each} = () => ${own}${isMissing ? '!' : ''}(${argumentsOf(signature)});`,
        );
      return [`export const member${index}_${at} = ${own};`, ...calls];
    }),
  ];
}

function argumentsOf(signature: ts.Signature): string {
  const needed = signature.getParameters().filter(({ valueDeclaration: one }) => {
    const isNeeded = one !== undefined && ts.isParameter(one) && !one.questionToken && !one.dotDotDotToken;
    return isNeeded;
  });
  return needed.map(() => 'null as any').join(', ');
}

it.each([
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('a helper may return what any public expression is, with declarations, under %s', async (module, resolution) => {
  const entry = join(project.folder, 'node_modules/s3-versioning-mock/dist/index.d.ts');
  const text = writeHelpers(entry);
  project.write('helpers.ts', text);
  const flags = ['--declaration', '--emitDeclarationOnly', '--outDir', 'written', '--strict', '--skipLibCheck'];
  const { stdout } = await project.run([
    require.resolve('typescript/bin/tsc'),
    ...flags,
    ...['--target', 'es2022', '--module', module, '--moduleResolution', resolution, '--types', 'node', 'helpers.ts'],
  ]);
  expect(stdout).toBe('');
  expect(text.split('\n').length).toBeGreaterThan(1000);
  expect(readFileSync(join(project.folder, 'written/helpers.d.ts'), 'utf8')).toMatch(
    /call0: \(\) => readonly lib\.OperationEntry<"PutObject">\[\]/,
  );
});
