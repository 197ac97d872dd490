/**
 * The characters, names and references of XML 1.0, fifth edition. Versions of the parser judge them differently, so they are judged here.
 * @module
 */

import { visible, writeGiven } from '../../text/values';

// Text that was decoded from UTF-8 has no surrogates by themselves.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 lacks ("Char")
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

export function checkCharacters(text: string): void {
  const at = text.search(noCharacter);
  if (at !== -1) throw characterProblem(text, at, `U+${writeHex(text.charCodeAt(at)).padStart(4, '0')}`);
}

function writeHex(code: number): string {
  return code.toString(16).toUpperCase();
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}

const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd';
const part = `[${nameStart}][${nameStart}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*`;
/** The groups are the prefix and the rest. The first four editions of XML 1.0 lack letters beyond U+FFFF, and no name of S3 has one. */
export const qualifiedName = `(?:(${part}):)?(${part})`;
/** Namespaces leave it no colon. */
export const targetName = part;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:#(?:x([0-9A-Fa-f]+)|([0-9]+))|([^\s;&<>"']+));/y;

type Rewriting = (characters: string) => string;

/**
 * `referred` gets the characters that references stand for, `literal` gets the characters between them. Throws a problem for a reference
 * that XML does not have.
 */
export function rewriteReferences(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  referred: Rewriting,
  literal: Rewriting,
): string {
  const part = text.slice(start, end);
  let rewritten = '';
  let from = 0;
  for (let at = part.indexOf('&'); at !== -1; at = part.indexOf('&', from)) {
    reference.lastIndex = at;
    const found = reference.exec(part);
    if (found === null)
      throw problemAt(
        text,
        start + at,
        writeBeginning(part.slice(at)),
        'does not begin a reference; text has &amp; for &',
      );
    rewritten += literal(part.slice(from, at)) + referred(readReference(found, text, start + at));
    from = reference.lastIndex;
  }
  return rewritten + literal(part.slice(from));
}

function readReference([whole, hexadecimal, decimal, name = '']: RegExpExecArray, text: string, at: number): string {
  if (hexadecimal === undefined && decimal === undefined) {
    const entity = Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (entity !== undefined) return entity;
    throw problemAt(text, at, writeBeginning(whole), `is not one of ${known}`);
  }
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (!isCharacter(code)) throw characterProblem(text, at, writeBeginning(whole));
  return String.fromCodePoint(code);
}

const known = Object.keys(entities)
  .map((name) => `&${name};`)
  .join(', ');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: S3 writes what XML 1.0 forbids as numeric references
const special = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;
const allSpecial = new RegExp(special, 'g');

/** Writes double quotes as references. Characters that XML 1.0 cannot contain become references such as `&#x1;`. */
export function escapeXml(text: string): string {
  // Most texts have none, and a search is cheaper than a replacement of nothing.
  if (!special.test(text)) return text;
  return text.replace(allSpecial, (character) => {
    const code = character.charCodeAt(0);
    return escapes[character] ?? (code === 0 ? '&#0;' : `&#x${code.toString(16)};`);
  });
}

/** In the documents of successful answers apostrophes are references, too (F6). Other writers of AWS leave them: of refusals (F1686), and of STS (F733). */
export function escapeInDocument(text: string): string {
  return escapeXml(text).replaceAll("'", '&apos;');
}

/** S3 writes an empty element as an opening and a closing tag. */
export function xmlText(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

export class MarkupProblem extends Error {
  readonly isCharacter: boolean;

  constructor(words: string, isCharacter = false) {
    super(words);
    this.isCharacter = isCharacter;
  }
}

export function problemAt(text: string, at: number, what: string, problem: string): MarkupProblem {
  return new MarkupProblem(`${what} at ${placeIn(text, at)} ${problem}`);
}

function characterProblem(text: string, at: number, what: string): MarkupProblem {
  return new MarkupProblem(`${what} at ${placeIn(text, at)} is not a character of XML 1.0`, true);
}

function placeIn(text: string, at: number): string {
  const before = text.slice(0, at);
  const lines = before.split('\n').length;
  const character = `character ${at - before.lastIndexOf('\n')}`;
  return lines === 1 ? character : `line ${lines}, ${character}`;
}

const shown = 30;

export function writeBeginning(piece: string): string {
  const characters = Array.from(piece.slice(0, 2 * shown)); // letters beyond U+FFFF have two units
  return visible(characters.length > shown ? `${characters.slice(0, shown).join('')}…` : characters.join(''));
}

export function quoteBeginning(text: string): string {
  return writeGiven(text.slice(0, 100));
}
