import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { plainEnvironment } from '../support/plain-environment';

/** The folder of the checkout. */
export const root = path.resolve(__dirname, '../..');

/** The files and folders that `.gitignore` leaves out, by name. Its patterns are names of folders, and ends of files. */
const ignored = ['node_modules/', '.git/', ...linesOf('.gitignore')];

/**
 * The files of the checkout that git tracks, so that a stray file makes no test fail. If git is missing, refuses the folder or tracks nothing,
 * the files on disk, except those that git would ignore.
 */
const tracked: readonly string[] = trackedFiles() ?? filesOnDisk('.');

function trackedFiles(): readonly string[] | undefined {
  if (!existsSync(path.join(root, '.git'))) return undefined;
  // The folder may belong to somebody else, as it does in a container. The variables of a hook could name another repository.
  const { status, stdout } = spawnSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], {
    cwd: root,
    env: plainEnvironment(),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0 || stdout === '') return undefined;
  return stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
}

/** The files below a folder of the checkout, without those that git ignores. A new source file is compiled before git knows it. */
export function filesOnDisk(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (isIgnored(entry.name)) return [];
    return entry.isDirectory() ? filesOnDisk(file) : [file];
  });
}

function isIgnored(name: string): boolean {
  return ignored.some((pattern) =>
    pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern.replace(/\/$/, ''),
  );
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(path.join(root, file))) return [];
  return textOf(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The tracked files below a folder of the checkout, as paths from its top. */
export function filesIn(folder: string): readonly string[] {
  return folder === '.' ? tracked : tracked.filter((file) => file.startsWith(`${folder}/`));
}

/** The text of a file of the checkout. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** A source file, read by the compiler. */
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

/** An import or a re-export of a file. */
export interface Import {
  /** `model/clock` for one of our own files, the specifier for a package. */
  readonly target: string;
  /** The room of one of our own files, undefined for a package. */
  readonly room: string | undefined;
  /** Whether only types are imported, which do not exist when the program runs. */
  readonly types: boolean;
}

/** All files of src. */
export const sources: readonly Source[] = filesIn('src')
  .filter((file) => /\.m?ts$/.test(file))
  .map((file) => {
    const text = textOf(file);
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const name = file.replace(/^src\//, '').replace(/\.m?ts$/, '');
    return { file, name, room: roomOf(name), text, tree, imports: importsOf(file, tree) };
  });

function roomOf(name: string): string {
  return name.split('/')[0] ?? name;
}

function importsOf(file: string, tree: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, types: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier))
      throw new Error(`${file}: an import of no literal`);
    found.push({ ...targetOf(file, specifier.text), types });
  };
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsTypes(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, exportsTypes(node));
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
  });
  return found;
}

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

/** Calls back for a node and all below it. */
export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** `file:line` of a node. */
export function placeOf(source: Source, node: ts.Node): string {
  return `${source.file}:${source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1}`;
}
