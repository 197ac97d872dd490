/**
 * The characters, names and references of XML 1.0, fifth edition. Versions of the parser judge them differently, so they are judged here.
 * @module
 */
import { beginningOf, characterProblem, problemAt } from './markup-problem';

// Text that was decoded from UTF-8 has no surrogates by themselves.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 lacks ("Char")
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Throws a problem if a text has a character that XML 1.0 lacks. */
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
/**
 * A name, of which the groups are the prefix and the rest ("QName" of Namespaces in XML). Letters beyond U+FFFF are not in it: the first four
 * editions of XML 1.0 lack them, and no name of S3 has one.
 */
export const qualifiedName = `(?:(${part}):)?(${part})`;
/** The target of a processing instruction. Namespaces leave it no colon. */
export const targetName = part;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:#(?:x([0-9A-Fa-f]+)|([0-9]+))|([^\s;&<>"']+));/y;

type Rewriting = (characters: string) => string;

/**
 * Rewrites a part of a text: the characters that its references stand for, and those between them. Throws a problem for a reference that
 * XML does not have.
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
        beginningOf(part.slice(at)),
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
    throw problemAt(text, at, beginningOf(whole), `is not one of ${known}`);
  }
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (!isCharacter(code)) throw characterProblem(text, at, beginningOf(whole));
  return String.fromCodePoint(code);
}

const known = Object.keys(entities)
  .map((name) => `&${name};`)
  .join(', ');
