import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { textOf } from './files';
import { visit } from './nodes';
import { type Source, sources } from './sources';

/** An entry of a family of refusals, with the comments directly above it. */
interface Entry {
  readonly name: string;
  readonly place: string;
  /** The sentence that says when S3 raises it; undefined if it has none. */
  readonly sentence: string | undefined;
}

const table: Readonly<Record<string, AnyRefusal>> = refusals;
const ofRoom = sources.filter(({ room }) => room === 'refusals');
const entries = ofRoom.flatMap(entriesOf).filter(({ name }) => Object.hasOwn(table, name));
const sentences = entries.flatMap(({ sentence, ...entry }) => (sentence === undefined ? [] : [{ ...entry, sentence }]));

function entriesOf(source: Source): readonly Entry[] {
  const found: Entry[] = [];
  visit(source.tree, (node) => {
    if (!ts.isPropertyAssignment(node) || !isOfFamily(node)) return;
    const name = node.name.getText(source.tree);
    const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
    found.push({ name, place: `${source.file}:${line + 1} ${name}`, sentence: sentenceAbove(source, line) });
  });
  return found;
}

/** Whether a property is one of the object that a file exports, rather than one of an object inside it. */
function isOfFamily({ parent: { parent } }: ts.PropertyAssignment): boolean {
  const owner = ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) ? parent.parent : parent;
  return ts.isVariableDeclaration(owner) && owner.parent.parent.parent === owner.getSourceFile();
}

function sentenceAbove({ text }: Source, line: number): string | undefined {
  return /^ {2}\/\*\* (.+) \*\/$/.exec(text.split('\n')[line - 1] ?? '')?.[1];
}

/** Files with names of codes that raise none: the troubles of replication, the forms that a test gives an outage, and examples in a form of the page. */
const notOfRefusals = ['model/replication/replication-reasons', 'service/failures/outage', 'window/rules'];

/** The names that code outside of the families gives to a refusal: its name as a text, or as a template with a hole. */
const raised = [
  ...sources.filter(({ room, name }) => room !== 'refusals' && !notOfRefusals.includes(name)),
  ...ofRoom.filter(({ name }) => name === 'refusals/failures'),
];
const names = new Set(raised.flatMap(({ tree }) => literalsOf(tree)));
const templates = raised.flatMap(({ tree }) => templatesOf(tree));

function literalsOf(tree: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  visit(tree, (node) => {
    if (ts.isStringLiteral(node)) found.push(node.text);
  });
  return found;
}

function templatesOf(tree: ts.SourceFile): readonly RegExp[] {
  const found: RegExp[] = [];
  visit(tree, (node) => {
    if (!ts.isTemplateExpression(node) || !ts.isNewExpression(node.parent)) return;
    if (node.parent.expression.getText(tree) !== 'S3Error') return;
    const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    found.push(new RegExp(`^${parts.join('\\w+')}$`));
  });
  return found;
}

function isRaised(name: string): boolean {
  return names.has(name) || templates.some((template) => template.test(name));
}

describe('an entry of src/refusals', () => {
  it('has a sentence directly above it', () => {
    expect(entries.map(({ name }) => name).toSorted()).toEqual(Object.keys(table).toSorted());
    expect(entries.flatMap(({ place, sentence }) => (sentence === undefined ? [place] : []))).toEqual([]);
  });

  it('is raised by code, unless its sentence says that only a test asks for it', () => {
    const byTest = /which only a test raises|that a test asks for/;
    const wrong = sentences.filter(({ name, sentence }) => isRaised(name) === byTest.test(sentence));
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });

  it('is found above its entry', () => {
    expect(entries.length).toBeGreaterThan(450);
    expect(textOf('src/refusals/object-lock.ts')).toContain('  NoSuchLock: refusal(');
    expect(sentences.find(({ name }) => name === 'NoSuchLock')?.sentence).toMatch(/^A GET of the retention/);
  });
});
