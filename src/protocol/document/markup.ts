/**
 * The markup of a document, read once from its first character to its last, before the document is parsed. The parser takes a time that is
 * quadratic in the length of a declaration, in the number of a tag's attributes and in that of the namespaces in scope, so that a few
 * kilobytes would stop the process for seconds.
 * @module
 */

/** More than any document of S3 has: S3 refuses elements that its schema does not have (F270). */
const limits = {
  /** The elements within each other. */
  depth: 32,
  elements: 100_000,
  /** The attributes of an element and of those around it. Each may bind a namespace. */
  attributes: 16,
};

/**
 * Whether all markup is tags, comments, CDATA and processing instructions, within the limits. Declarations, references to entities that
 * XML does not have and attributes that come twice are not. The parser checks the rest, such as names, prefixes and the order of tags.
 */
export function isPlainMarkup(text: string): boolean {
  const opened = new OpenElements();
  for (let at = 0; ; ) {
    const start = text.indexOf('<', at);
    if (hasForeignReference(text.slice(at, start === -1 ? text.length : start))) return false;
    if (start === -1) return true;
    const tag = isSpecial(text, start) ? undefined : readTag(text, start);
    if (tag !== undefined && !opened.admits(tag)) return false;
    const end = tag?.end ?? endOfSpecial(text, start);
    if (end === undefined) return false;
    at = end;
  }
}

interface Tag {
  readonly kind: 'open' | 'close' | 'empty';
  readonly attributes: number;
  /** The place behind it. */
  readonly end: number;
}

/** The elements whose end has not come. */
class OpenElements {
  readonly #attributes: number[] = [];
  #total = 0;
  #elements = 0;

  /** Takes a tag, and returns whether the document is within the limits and has one root. */
  admits({ kind, attributes }: Tag): boolean {
    if (kind === 'close') return this.#close();
    if (this.#attributes.length === 0 && this.#elements > 0) return false;
    this.#elements += 1;
    this.#total += attributes;
    this.#attributes.push(attributes);
    const fits =
      this.#elements <= limits.elements && this.#attributes.length <= limits.depth && this.#total <= limits.attributes;
    return kind === 'empty' ? fits && this.#close() : fits;
  }

  #close(): boolean {
    const attributes = this.#attributes.pop();
    this.#total -= attributes ?? 0;
    return attributes !== undefined;
  }
}

// XML has five entities of its own.
const foreignReference = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

function hasForeignReference(text: string): boolean {
  return text.includes('&') && foreignReference.test(text);
}

const specials = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

function isSpecial(text: string, start: number): boolean {
  return text.startsWith('<!', start) || text.startsWith('<?', start);
}

/** The place behind a comment, CDATA or a processing instruction; undefined if it has no end, or is a declaration. */
function endOfSpecial(text: string, start: number): number | undefined {
  const [opening, closing] = specials.find(([one]) => text.startsWith(one, start)) ?? [];
  if (opening === undefined) return undefined;
  const end = text.indexOf(closing, start + opening.length);
  return end === -1 ? undefined : end + closing.length;
}

/** The tag at a place; undefined if it has no end. */
function readTag(text: string, start: number): Tag | undefined {
  const names = new Set<string>();
  let from = start + 1;
  for (;;) {
    const at = nextDelimiter(text, from);
    const delimiter = text.charAt(at);
    if (delimiter === '>') return { kind: kindOf(text, start, at), attributes: names.size, end: at + 1 };
    const end = delimiter === '' || delimiter === '<' ? -1 : text.indexOf(delimiter, at + 1);
    const name = attributeName(text.slice(from, at));
    if (end === -1 || name === undefined || names.has(name) || names.size === limits.attributes) return undefined;
    if (hasForeignReference(text.slice(at + 1, end))) return undefined;
    names.add(name);
    from = end + 1;
  }
}

/** The place of the next quote or bracket, or the end of the text. */
function nextDelimiter(text: string, from: number): number {
  delimiters.lastIndex = from;
  return delimiters.exec(text)?.index ?? text.length;
}

const delimiters = /["'<>]/g;

/** The word before the equals sign that ends a part of a tag. */
function attributeName(part: string): string | undefined {
  const assigned = part.trimEnd();
  return assigned.endsWith('=') ? assigned.slice(0, -1).trimEnd().split(/\s+/).at(-1) : undefined;
}

function kindOf(text: string, start: number, end: number): Tag['kind'] {
  if (text.charAt(start + 1) === '/') return 'close';
  return text.charAt(end - 1) === '/' ? 'empty' : 'open';
}
