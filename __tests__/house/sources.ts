import path from 'node:path';
import ts from 'typescript';
import { filesIn, textOf } from './files';
import { collect } from './nodes';

export interface Source {
  /** From the top of the checkout: `src/model/clock.ts`. */
  readonly file: string;
  /** From src, without its extension: `model/clock`. */
  readonly name: string;
  /** Its folder in src; for a file of the top level its own name. */
  readonly room: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

export interface Import {
  /** `model/clock` for one of our own files, the specifier for a package. */
  readonly target: string;
  readonly room: string | undefined;
  readonly types: boolean;
}

/** A file is parsed when its tree is first read. */
export const sources: readonly Source[] = filesIn('src')
  .filter((file) => /\.m?tsx?$/.test(file))
  .map((file) => {
    const text = textOf(file);
    const name = file.replace(/^src\//, '').replace(/(?:\.d)?\.m?tsx?$/, '');
    let tree: ts.SourceFile | undefined;
    return {
      ...{ file, name, room: roomOf(name), text },
      get tree() {
        tree ??= ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
        return tree;
      },
      get imports() {
        return importsOf(file, this.tree);
      },
    };
  });

function roomOf(name: string): string {
  return name.split('/')[0] ?? name;
}

function importsOf(file: string, tree: ts.SourceFile): readonly Import[] {
  const importOf = (specifier: ts.Node | undefined, types: boolean): readonly Import[] => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier))
      throw new Error(`${file}: an import of no literal`);
    return [{ ...targetOf(file, specifier.text), types }];
  };
  return collect(tree, (node) => {
    if (ts.isImportDeclaration(node)) return importOf(node.moduleSpecifier, importsTypes(node.importClause));
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) return importOf(node.moduleSpecifier, exportsTypes(node));
    if (ts.isImportTypeNode(node))
      return importOf(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    if (!ts.isCallExpression(node) || !isLoading(node.expression)) return [];
    const [specifier] = node.arguments;
    return specifier && ts.isIdentifier(specifier) && hidden[file] === specifier.text ? [] : importOf(specifier, false);
  });
}

/** Packages that only some versions of a runner have: a bundler that found the name would look for them. The variable that has the name, by file. */
const hidden: Readonly<Record<string, string>> = { 'src/testing/vitest.mts': 'suite' };

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function importsTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((one) => one.isTypeOnly)
  );
}

function exportsTypes({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  const named = exportClause !== undefined && ts.isNamedExports(exportClause) ? exportClause.elements : [];
  return isTypeOnly || (named.length > 0 && named.every((one) => one.isTypeOnly));
}

function targetOf(file: string, specifier: string): { readonly target: string; readonly room: string | undefined } {
  if (!specifier.startsWith('.')) return { target: specifier, room: undefined };
  const target = path.posix
    .relative('src', path.posix.join(path.posix.dirname(file), specifier))
    .replace(/\.[cm]?js$/, '');
  return { target, room: roomOf(target) };
}

export function placeOf(source: Source, node: ts.Node): string {
  return `${source.file}:${source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1}`;
}
