import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import ts from 'typescript';
import { access } from '../../src/refusals/access';
import { type RefusalName, type S3Error, wordRefusal } from '../../src/refusals/index';
import { objectLock } from '../../src/refusals/object-lock';
import { protection } from '../../src/refusals/protection';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { versioning } from '../../src/refusals/versioning';
import { root, textOf } from './files';
import { visit } from './nodes';
import { placeOf, type Source, sources } from './sources';
import { titlesIn } from './titles';

/** A row of the table of refusals. */
interface Row {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly file: string;
  readonly title: string;
}

const book = 'docs/refusals.md';
const lines = textOf(book)
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const form =
  /^\| `(?<name>\w+)` \| (?<status>\d{3}) `(?<code>\w+)` \| (?<text>[^|]*) \| [^|]+ \| `(?<file>__tests__\/[^`]+)` `(?<title>[^`]+)` \|$/;
const rows = lines.flatMap((line): readonly Row[] => {
  const { name = '', status, code = '', text = '', file = '', title = '' } = form.exec(line)?.groups ?? {};
  return name === '' ? [] : [{ name, status: Number(status), code, text, file, title }];
});

const table: Readonly<Record<string, AnyRefusal>> = refusals;

/** The files of the room that have logic and no refusals. */
const logic = 'denied-actions error-codes failures index refusal s3-error sts-failures table wording'
  .split(' ')
  .map((name) => `refusals/${name}`);

/** The exports of each family's file. */
const families = sources
  .filter(({ name, room }) => room === 'refusals' && !logic.includes(name))
  .map(({ name, file }) => ({
    name,
    exported: Object.entries(jest.requireActual<Readonly<Record<string, object>>>(path.join(root, file))),
  }));

describe(book, () => {
  it('has rows of one form', () => {
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
  });

  it.each<[string, object]>([
    ['versioning', versioning],
    ['objectLock', objectLock],
    ['access', access],
    ['protection', protection],
  ])('names every refusal of %s', (_family, entries) => {
    const named = new Set(rows.map(({ name }) => name));
    const names = Object.keys(entries);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  it('names only refusals that exist', () => {
    expect(rows.map(({ name }) => name).filter((name) => !Object.hasOwn(refusals, name))).toEqual([]);
  });

  it.each(rows)('has the words of $name ($title)', ({ name, status, code, text }) => {
    const refusal = { refusal: name as RefusalName, details: {} } as S3Error; // its words, with nothing filled in
    const worded = wordRefusal(refusal, 'aws');
    expect({ status: worded.status, code: worded.code }).toEqual({ status, code });
    const [first = '', ...others] = text.split('…');
    expect(worded.message.startsWith(first)).toBe(true);
    expect(worded.message.endsWith(others.at(-1) ?? '')).toBe(true);
    if (others.length === 0) expect(worded.message).toBe(text);
  });

  it('names only tests that exist', () => {
    const titles = new Map<string, ReadonlySet<string>>();
    const lost = rows.filter(({ file, title }) => {
      if (!existsSync(path.join(root, file))) return true;
      const known = titles.get(file) ?? titlesIn(file);
      titles.set(file, known);
      return !known.has(title);
    });
    expect(lost.map(({ name, file, title }) => `${name}: ${file} ${title}`)).toEqual([]);
  });
});

describe('a family of refusals', () => {
  it('is the one export of its file, and has the name of the file', () => {
    const named = (name: string) =>
      name.replace('refusals/', '').replaceAll(/-./g, (dash) => dash.slice(1).toUpperCase());
    expect(families.map(({ name, exported }) => [name, exported.map(([export_]) => export_)])).toEqual(
      families.map(({ name }) => [name, [named(name)]]),
    );
  });

  it('is in the table, and shares no name with another', () => {
    const names = families.flatMap(({ exported }) => exported.flatMap(([, entries]) => Object.keys(entries)));
    expect(names.toSorted()).toEqual(Object.keys(table).toSorted());
  });
});

describe('a refusal', () => {
  it.each(Object.entries(table))('%s has a code, a status and a text', (name, { code, status, message }) => {
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    if (name !== 'Failure')
      expect({ code, status }).toEqual({ code: expect.stringMatching(/^(?:KMS\.)?\w+$/), status: expect.any(Number) });
    expect(['string', 'function']).toContain(typeof message);
    // S3 ends one text with a blank (F365), and STS one of its own (F709).
    if (name !== 'CrossLocationLoggingProhibited' && name !== 'StsMfaCodeInvalid')
      expect(String(message)).toBe(String(message).trim());
  });

  it('is the only one with its code and its meaning', () => {
    const byCode = new Map<string, [name: string, entry: AnyRefusal][]>();
    for (const [name, entry] of Object.entries(table).filter(([, { service }]) => service === undefined)) {
      for (const code of new Set([entry.code, entry.cos?.code])) {
        if (typeof code === 'string') byCode.set(code, [...(byCode.get(code) ?? []), [name, entry]]);
      }
    }
    const unclear = [...byCode].filter(([code, same]) => {
      const marked = same.filter(([, { meantByCode }]) => meantByCode);
      return same.length > 1 && marked.length !== 1 && (marked.length > 1 || !same.some(([name]) => name === code));
    });
    expect(unclear.map(([code]) => code)).toEqual([]);
  });
});

describe("S3's text", () => {
  // A case says what was recorded, and a refusal what we answer.
  const elsewhere = sources.filter(({ room, name }) => room !== 'refusals' && !name.startsWith('facts/cases/'));

  it('is not a detail of a refusal', () => {
    const given = elsewhere.flatMap((source) => {
      const places: string[] = [];
      visit(source.tree, (node) => {
        if (!ts.isNewExpression(node) || node.expression.getText() !== 'S3Error') return;
        const [name, details] = node.arguments ?? [];
        if (/^'Mock(?:InternalError|TestThrew)'$/.test(name?.getText() ?? '') || details === undefined) return;
        if (!ts.isObjectLiteralExpression(details)) return;
        const names = details.properties.map((property) => property.name?.getText() ?? '');
        if (names.some((one) => /message$|^problem$/i.test(one))) places.push(placeOf(source, node));
      });
      return places;
    });
    expect(given).toEqual([]);
  });

  it('is only in src/refusals', () => {
    const texts = new Set(sources.filter(({ room }) => room === 'refusals').flatMap((source) => sentencesOf(source)));
    expect(texts.size).toBeGreaterThan(150);
    const copies = elsewhere.flatMap((source) =>
      sentencesOf(source).flatMap((text) => (texts.has(text) ? [`${source.file}: ${text}`] : [])),
    );
    expect(copies).toEqual([]);
  });
});

/** The literals of a file, and the parts of its templates, that have three words or more. */
function sentencesOf({ tree }: Source): readonly string[] {
  const found: string[] = [];
  visit(tree, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node)) return;
    const text = node.text.trim();
    if (text.split(/\s+/).length > 2) found.push(text);
  });
  return found;
}

/** The titles of a file's tests as written, with the placeholders that a table fills. */
