import vm from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { visit } from './nodes';
import { placeOf, type Source, sources } from './sources';

/** The names that an environment of tests such as jsdom may lack, or replace by those of a browser: each name that Node adds to the language. */
const ofNode: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(vm.runInThisContext('globalThis')).filter(
    (name) => !vm.runInNewContext('Object.getOwnPropertyNames(globalThis)').includes(name),
  ),
);

/** Those that each environment takes from Node. */
const everywhere = ['process', 'Buffer'];

describe('the library', () => {
  it('knows the names of Node', () => {
    expect([...ofNode]).toEqual(expect.arrayContaining(['TextDecoder', 'URL', 'fetch', 'setImmediate', ...everywhere]));
    expect([...ofNode]).not.toContain('Uint8Array');
  });

  it('imports from the core what an environment may lack or replace', () => {
    // The page of a served mock runs in a browser.
    const ofLibrary = sources.filter(({ room }) => room !== 'window');
    const read = ofLibrary.flatMap((source) => globalsOf(source).filter(({ name }) => !everywhere.includes(name)));
    expect(read.map(({ name, place }) => `${place} ${name}`)).toEqual([]);
  });

  it('asks no URL.canParse, which Node 20 and 22 answer wrongly for a text with a letter such as ü', () => {
    const asked = sources.flatMap((source) => {
      const places: string[] = [];
      visit(source.tree, (node) => {
        if (ts.isIdentifier(node) && node.text === 'canParse') places.push(placeOf(source, node));
      });
      return places;
    });
    expect(asked).toEqual([]);
  });
});

function globalsOf(source: Source): readonly { readonly name: string; readonly place: string }[] {
  const declared = new Set<string>();
  const read: ts.Identifier[] = [];
  visit(source.tree, (node) => {
    if (!ts.isIdentifier(node) || !ofNode.has(node.text)) return;
    if (isDeclared(node)) declared.add(node.text);
    else if (isRead(node)) read.push(node);
  });
  return read
    .filter(({ text }) => !declared.has(text))
    .map((node) => ({ name: node.text, place: placeOf(source, node) }));
}

function isDeclared({ parent }: ts.Identifier): boolean {
  return ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isBindingElement(parent) || isNamed(parent);
}

function isNamed(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || (ts.isDeclarationStatement(node) && 'name' in node);
}

/** A name within a type is not there when the program runs; the name of a member is not a variable. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isExpressionWithTypeArguments(parent)) return ts.isClassLike(parent.parent.parent);
  if (ts.isTypeNode(parent) || ts.isTypeElement(parent) || ts.isQualifiedName(parent)) return false;
  return !ts.isClassElement(parent) || (ts.isPropertyDeclaration(parent) && parent.initializer === node);
}
