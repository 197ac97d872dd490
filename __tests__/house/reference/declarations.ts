import path from 'node:path';
import ts from 'typescript';
import { root } from '../files';
import { programOf } from '../program';

interface Words {
  readonly text: string;
  readonly examples: readonly string[];
}

interface Variant extends Words {
  readonly signature: string;
}

export interface Member {
  readonly name: string;
  /** One, or if its overloads have words of their own, one for each, the general one first. */
  readonly variants: readonly [Variant, ...Variant[]];
  readonly type: string;
  readonly isMethod: boolean;
}

export interface Declared extends Words {
  readonly members: readonly Member[];
  readonly definition: string;
}

const files = ['src/index.ts', 'src/testing/jest.ts', 'src/testing/matchers.ts'].map((file) => path.join(root, file));
const program = programOf(files);
const checker = program.getTypeChecker();

function exportsOf(file: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  return symbol === undefined ? [] : checker.getExportsOfModule(symbol);
}

/** What the entries export: the main one, that for jest, and that for matchers. */
export const entries = files.map(exportsOf) as [readonly ts.Symbol[], readonly ts.Symbol[], readonly ts.Symbol[]]; // of three files

export const publicNames: readonly string[] = [...new Set(entries.flat().map(({ name }) => name))];

/** The types that the public ones mention, each with its distance from them: a public type is 0, one that it mentions 1. */
const distances = new Map<ts.Symbol, number>(entries.flat().map((symbol) => [originOf(symbol), 0]));
// A map is also iterated over what is added meanwhile, so that the nearest mention comes first.
for (const [symbol, distance] of distances)
  for (const other of (symbol.declarations ?? []).flatMap(typesIn))
    if (!distances.has(other)) distances.set(other, distance + 1);

/** The types that a declaration mentions for its users: neither in what a function does, nor in hidden members. */
function typesIn(node: ts.Node): readonly ts.Symbol[] {
  if (ts.isBlock(node) || isInitializer(node) || (ts.isClassElement(node) && isHidden(node))) return [];
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  const origin = symbol && originOf(symbol);
  const found = origin?.declarations?.some(isType) ? [origin] : [];
  ts.forEachChild(node, (child) => void found.push(...typesIn(child)));
  return found;
}

function isInitializer(node: ts.Node): boolean {
  return 'initializer' in node.parent && node.parent.initializer === node;
}

function isHidden(node: ts.ClassElement): boolean {
  const isPrivate = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
  const isInternal = ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
  return isPrivate || isInternal || ts.isConstructorDeclaration(node) || node.name?.getText().startsWith('#') === true;
}

function isType(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);
}

/** The types by their names; of those that have the same one, the nearest. */
const symbols = new Map<string, readonly ts.Symbol[]>();
for (const [symbol, distance] of distances) {
  const nearest = symbols.get(symbol.name) ?? [];
  if (nearest.every((other) => distances.get(other) === distance)) symbols.set(symbol.name, [...nearest, symbol]);
}
// A public name wins: a type may be exported under another name than its own.
for (const symbol of entries.flat()) symbols.set(symbol.name, [originOf(symbol)]);

export function originOf(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

const renamed = publicNames
  .map((name) => [symbols.get(name)?.[0]?.name ?? name, name] as const)
  .filter(([own, name]) => own !== name);

function withPublicNames(text: string): string {
  return renamed.reduce((words, [own, name]) => words.replace(new RegExp(`\\b${own}\\b`, 'g'), name), text);
}

/** `isOwn` leaves out inherited members. Throws if the public types mention two types of this name equally near: the words could be those of the other one. */
export function declarationOf(name: string, isOwn = false): Declared {
  const [symbol, ...others] = symbols.get(name) ?? [];
  const [declaration] = symbol?.declarations ?? [];
  if (symbol === undefined || declaration === undefined) throw new Error(`there is no type ${name}`);
  if (others.length > 0)
    throw new Error(`two types are called ${name}; rename the one that the reference does not show`);
  const properties = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(isForUsers);
  const own = properties.filter((one) =>
    one.declarations?.some(({ parent }) => symbol.declarations?.includes(parent as ts.Declaration)),
  );
  return {
    ...wordsOf(symbol),
    members: (isOwn ? own : properties).map(memberOf),
    definition: withPublicNames(definitionOf(declaration)),
  };
}

function isForUsers(member: ts.Symbol): boolean {
  const isHidden = member.name.startsWith('__') || member.name.includes('#') || member.name === 'prototype';
  return !isHidden && !member.getJsDocTags().some(({ name }) => name === 'internal');
}

/** The words of a symbol's comment. The comment at the head of a file is about the file, although the compiler gives it to what is below it. */
function wordsOf(symbol: ts.Symbol): Words {
  if (symbol.getJsDocTags(checker).some(({ name }) => name === 'module'))
    throw new Error(`the comment above ${symbol.name} is that of its file; give it one of its own`);
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
  const examples = symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === 'example')
    .map((tag) => ts.displayPartsToString(tag.text).trim());
  return { text, examples: [...new Set(examples)] };
}

function wordsAbove(node: ts.Declaration): Words {
  const comments = ts.getJSDocCommentsAndTags(node).filter((one) => ts.isJSDoc(one));
  const textOf = ({ comment }: ts.JSDoc | ts.JSDocTag) => ts.getTextOfJSDocComment(comment) ?? '';
  const tags = comments.flatMap(({ tags: all = [] }) => all).filter(({ tagName }) => tagName.text === 'example');
  const text = comments.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
  return { text, examples: tags.map((tag) => textOf(tag).trim()) };
}

function memberOf(symbol: ts.Symbol): Member {
  const all = symbol.declarations ?? [];
  const overloads = all.filter((one) => !(ts.isMethodDeclaration(one) && one.body && all.length > 1));
  const getter = overloads.find((one) => ts.isGetAccessor(one));
  const shown = getter === undefined ? overloads : [getter];
  const canBeSet = all.some((one) => ts.isSetAccessor(one));
  const variantOf = (nodes: readonly ts.Declaration[], words: Words): Variant => ({
    ...words,
    signature: withPublicNames(nodes.map((one) => signatureOf(one, canBeSet)).join('\n')),
  });
  const described = shown.map((one) => [one, wordsAbove(one)] as const).filter(([, { text }]) => text !== '');
  const [general, ...special] = described.toReversed().map(([one, words]) => variantOf([one], words));
  return {
    name: symbol.name,
    variants: general !== undefined && special.length > 0 ? [general, ...special] : [variantOf(shown, wordsOf(symbol))],
    type: withPublicNames(shown.some(isOfShape) ? mappedTypeOf(symbol) : shown.map((one) => typeOf(one)).join(' | ')),
    isMethod: shown.some((one) => ts.isMethodSignature(one) || ts.isMethodDeclaration(one)),
  };
}

function signatureOf(node: ts.Declaration, canBeSet: boolean): string {
  const name = ts.getNameOfDeclaration(node)?.getText() ?? '';
  if (ts.isMethodSignature(node) || ts.isMethodDeclaration(node)) return `${name}${callOf(node)}`;
  const isReadonly = ts.isGetAccessor(node)
    ? !canBeSet
    : (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0;
  const isOptional = ts.isPropertySignature(node) && node.questionToken !== undefined;
  return `${isReadonly ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}: ${typeOf(node)}`;
}

const widest = 110;

function callOf(node: ts.SignatureDeclaration): string {
  const generics = node.typeParameters === undefined ? '' : `<${node.typeParameters.map(plain).join(', ')}>`;
  const parameters = node.parameters.filter((one) => one.name.getText() !== 'this').map(parameterOf);
  const result = node.type === undefined ? '' : `: ${plain(node.type)}`;
  const line = `${generics}(${parameters.join(', ')})${result}`;
  if (line.length <= widest) return line;
  return `${generics}(\n${parameters.map((one) => `  ${one},\n`).join('')})${result}`;
}

function parameterOf(node: ts.ParameterDeclaration): string {
  const isOptional = node.questionToken !== undefined || node.initializer !== undefined;
  // Of one with a default, the compiler knows the type.
  const type = node.type === undefined ? checker.typeToString(checker.getTypeAtLocation(node)) : plain(node.type);
  return `${node.name.getText()}${isOptional ? '?' : ''}: ${type}`;
}

/** The type of a property without the `undefined` that its question mark says already; of a method, the result. */
function typeOf(node: ts.Declaration): string {
  const type = 'type' in node ? (node.type as ts.TypeNode | undefined) : undefined; // each kind of member has it
  const text = type === undefined ? '' : plain(type);
  const isOptional = ts.isPropertySignature(node) && node.questionToken !== undefined;
  return isOptional ? text.replace(/ \| undefined$/, '') : text;
}

/** Whether a member has the type of a shape, of which a mapped type makes that of a fixture. */
function isOfShape(node: ts.Declaration): boolean {
  return typeOf(node).startsWith('typeof ');
}

function mappedTypeOf(symbol: ts.Symbol): string {
  return `FixtureOf<'${symbol.name}'>`; // without a library the compiler knows too little to name it
}

function plain(node: ts.Node): string {
  return uncommented(node)
    .replace(/\s+/g, ' ')
    .replace(/^\| /, '')
    .replace(/([<(]) /g, '$1')
    .replace(/,? ([>)])(?!=)/g, '$1');
}

function uncommented(node: ts.Node): string {
  return node.getText().replace(/\/\*[\s\S]*?\*\/\s*/g, '');
}

function definitionOf(node: ts.Declaration): string {
  if (ts.isFunctionDeclaration(node)) return `function ${node.name?.text}${callOf(node)}`;
  if (ts.isVariableDeclaration(node)) return `const ${node.name.getText()}: ${typeOf(node)}`;
  const [body] = ts.isClassDeclaration(node) ? bodiesOf(node) : [];
  const text = body === undefined ? node.getText() : node.getText().replace(` ${body.getText()}`, ';');
  return text.replace(/^export |;$/g, '');
}

/** What a class does is not for its users. */
function bodiesOf({ members }: ts.ClassDeclaration): readonly ts.Block[] {
  return members.flatMap((one) => (ts.isConstructorDeclaration(one) && one.body ? [one.body] : []));
}
