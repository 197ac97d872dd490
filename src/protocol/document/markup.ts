/**
 * The markup of a document, judged from its first character to its last before the parser sees any of it. What is well-formed is decided
 * here, by XML 1.0 and Namespaces in XML 1.0, since each version of the parser has an opinion of its own (decision 27). Each step looks at a
 * character a fixed number of times, and the first problem ends the reading, so that no body holds the process up.
 * @module
 */

import {
  checkCharacters,
  escapeXml,
  MarkupProblem,
  problemAt,
  quoteBeginning,
  rewriteReferences,
  targetName,
  writeBeginning,
} from './characters';
import { type OpeningTag, outermostScope, readOpeningTag, type Surroundings } from './tags';

export interface PlainMarkup {
  /**
   * Tags contain no prefixes, blanks and attributes. Text contains no comments, CDATA and instructions. The references are the references
   * of `escapeXml`.
   */
  readonly text: string;
  /** The attributes of the elements that have some. An element's number is its place among the opening tags. */
  readonly attributes: ReadonlyMap<number, ReadonlyMap<string, string>>;
}

/** More than any document of S3 has: S3 refuses elements that its schema does not have (F270). */
const limits = {
  depth: 32,
  elements: 100_000,
};

export function readMarkup(sent: string): PlainMarkup | MarkupProblem {
  try {
    return new MarkupReader(withLineFeeds(sent)).read();
  } catch (problem) {
    if (problem instanceof MarkupProblem) return problem;
    throw problem;
  }
}

/** XML demands this before all else ("End-of-Line Handling", F552). */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

interface OpenElement extends Surroundings {
  readonly name: string;
  readonly local: string;
  readonly start: number;
}

const outermost: Surroundings = { scope: outermostScope, size: 0 };

class MarkupReader {
  readonly #text: string;
  readonly #open: OpenElement[] = [];
  readonly #attributes = new Map<number, ReadonlyMap<string, string>>();
  #elements = 0;
  /** The plain text up to the place from which on the text is plain as it was sent. */
  #written = '';
  #from = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PlainMarkup {
    checkCharacters(this.#text);
    for (let at = this.#readDeclaration(); at < this.#text.length; ) {
      const found = this.#text.indexOf('<', at);
      const start = found === -1 ? this.#text.length : found;
      if (start > at) this.#readText(at, start);
      at = found === -1 ? start : this.#readMarkup(start);
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined)
      throw problemAt(this.#text, unclosed.start, `<${writeBeginning(unclosed.name)}>`, 'is never closed');
    if (this.#elements === 0) throw new MarkupProblem('it has no element');
    return { text: this.#written + this.#text.slice(this.#from), attributes: this.#attributes };
  }

  #replace(start: number, end: number, characters: string): void {
    this.#written += this.#text.slice(this.#from, start) + characters;
    this.#from = end;
  }

  /** Its encoding has no effect (F551). */
  #readDeclaration(): number {
    if (!/^<\?xml[ \t\n?]/.test(this.#text)) return 0;
    const declared = declaration.exec(this.#text);
    if (declared === null)
      throw problemAt(this.#text, 0, writeBeginning(this.#text), 'is not an XML declaration of version 1');
    const end = declared[0].length;
    this.#replace(0, end, '');
    return end;
  }

  #readMarkup(start: number): number {
    const next = this.#text.charAt(start + 1);
    if (next === '/') return this.#readClosingTag(start);
    if (next === '!') return this.#text.startsWith(cdata, start) ? this.#readCdata(start) : this.#readComment(start);
    if (next === '?') return this.#readInstruction(start);
    return this.#readOpeningTag(start);
  }

  #readText(start: number, end: number): void {
    const characters = this.#text.slice(start, end);
    if (this.#open.length === 0) {
      const stray = characters.search(/[^ \t\n]/);
      const what = () => `the text ${quoteBeginning(characters.slice(stray))}`;
      if (stray !== -1) throw problemAt(this.#text, start + stray, what(), 'is outside of the root element');
      this.#replace(start, end, '');
      return;
    }
    const bracket = characters.indexOf(']]>');
    if (bracket !== -1) throw problemAt(this.#text, start + bracket, ']]>', 'is in text, which has ]]&gt; for it');
    if (/[&>]/.test(characters))
      this.#replace(start, end, rewriteReferences(this.#text, { start, end }, escapeXml, escapeXml));
  }

  #readOpeningTag(start: number): number {
    const around = this.#open.at(-1) ?? outermost;
    const tag = readOpeningTag(this.#text, start, around);
    this.#checkPlace(tag, start);
    if (tag.attributes.size > 0) this.#attributes.set(this.#elements, tag.attributes);
    this.#elements += 1;
    if (!tag.plain) this.#replace(start, tag.end, `<${tag.local}${tag.empty ? '/' : ''}>`);
    const { name, local, scope } = tag;
    if (!tag.empty) this.#open.push({ name, local, start, scope, size: around.size + tag.size });
    return tag.end;
  }

  #checkPlace({ name }: OpeningTag, start: number): void {
    const depth = this.#open.length;
    const element = () => `<${writeBeginning(name)}>`;
    if (depth === 0 && this.#elements > 0) throw problemAt(this.#text, start, element(), 'is a second root element');
    if (depth === limits.depth)
      throw problemAt(this.#text, start, element(), `is within ${limits.depth} other elements`);
    if (this.#elements === limits.elements)
      throw problemAt(this.#text, start, element(), `comes after ${limits.elements} other elements`);
  }

  #readClosingTag(start: number): number {
    const element = this.#open.pop();
    if (element === undefined) throw problemAt(this.#text, start, this.#tagAt(start), 'closes nothing');
    const { name, local } = element;
    const behindName = start + '</'.length + name.length;
    closingEnd.lastIndex = behindName;
    const [ending] = (this.#text.startsWith(name, start + '</'.length) && closingEnd.exec(this.#text)) || [];
    if (ending === undefined)
      throw problemAt(this.#text, start, this.#tagAt(start), `does not close <${writeBeginning(name)}>, which is open`);
    const end = behindName + ending.length;
    if (name !== local || ending !== '>') this.#replace(start, end, `</${local}>`);
    return end;
  }

  #tagAt(start: number): string {
    const end = this.#text.indexOf('>', start);
    return writeBeginning(this.#text.slice(start, end === -1 ? this.#text.length : end + 1));
  }

  #readCdata(start: number): number {
    const end = this.#text.indexOf(']]>', start);
    if (this.#open.length === 0) throw problemAt(this.#text, start, cdata, 'is outside of the root element');
    if (end === -1) throw problemAt(this.#text, start, cdata, 'has no end');
    this.#replace(start, end + ']]>'.length, escapeXml(this.#text.slice(start + cdata.length, end)));
    return end + ']]>'.length;
  }

  #readComment(start: number): number {
    if (!this.#text.startsWith('<!--', start))
      throw problemAt(this.#text, start, writeBeginning(this.#text.slice(start, start + 9)), 'is a declaration');
    const dashes = this.#text.indexOf('--', start + '<!--'.length);
    if (dashes === -1) throw problemAt(this.#text, start, 'the comment', 'has no end');
    const end = dashes + '-->'.length;
    if (this.#text.charAt(end - 1) !== '>') throw problemAt(this.#text, dashes, '--', 'is within a comment');
    this.#replace(start, end, '');
    return end;
  }

  #readInstruction(start: number): number {
    instruction.lastIndex = start;
    const [opening, target = ''] = instruction.exec(this.#text) ?? [];
    if (opening === undefined || target.toLowerCase() === 'xml')
      throw problemAt(this.#text, start, writeBeginning(this.#text.slice(start)), 'is not a processing instruction');
    const end = this.#text.indexOf('?>', start + opening.length);
    if (end === -1) throw problemAt(this.#text, start, writeBeginning(opening), 'has no end');
    this.#replace(start, end + '?>'.length, '');
    return end + '?>'.length;
  }
}

const cdata = '<![CDATA[';
const blank = '[ \\t\\n]';
const assigned = (name: string, values: string) => `${blank}+${name}${blank}*=${blank}*(?:"${values}"|'${values}')`;
const declaration = new RegExp(
  `^<\\?xml${assigned('version', '1\\.[0-9]+')}(?:${assigned('encoding', '[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${assigned('standalone', '(?:yes|no)')})?${blank}*\\?>`,
);
const instruction = new RegExp(`<\\?(${targetName})(?=[ \\t\\n]|\\?>)`, 'y');
const closingEnd = /[ \t\n]*>/y;
