import { randomBytes } from 'node:crypto';
import { TextDecoder } from 'node:util';
import type { Parser as XmlParser } from 'xml2js';
import { isPlainMarkup } from './markup';

// Loaded with the first document, since most tests send none. The main module of the package also loads its writer, which is not used.
function loadParser(): typeof XmlParser {
  Parser ??= (require('xml2js/lib/parser') as { readonly Parser: typeof XmlParser }).Parser;
  return Parser;
}

let Parser: typeof XmlParser | undefined;

/** An element of a request's body. Its children are read only when they are needed. */
export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly attributes: ReadonlyMap<string, string>;
}

/** An element as xml2js returns it with the options below. */
interface ParsedNode {
  readonly '#name': string;
  readonly _?: string;
  readonly $?: Readonly<Record<string, { readonly prefix: string; readonly local: string; readonly value: string }>>;
  readonly $$?: readonly ParsedNode[];
  /** Elements have this member; the text between them does not. */
  readonly $ns?: { readonly local: string };
}

// xml2js stops at the end of the root, so it would accept any text after it. Inside an enclosing element it reads on. The name of that
// element is new in each process, so that no body can close it.
const enclosure = `s3-${randomBytes(8).toString('hex')}`;
const utf8 = new TextDecoder('utf-8', { fatal: true });

class ParsedElement implements XmlElement {
  readonly #node: ParsedNode;

  constructor(node: ParsedNode) {
    this.#node = node;
  }

  get name(): string {
    return this.#node.$ns?.local ?? this.#node['#name'];
  }

  get text(): string {
    return textOf(this.#node);
  }

  get children(): readonly XmlElement[] {
    return elementsIn(this.#node).map((node) => new ParsedElement(node));
  }

  get attributes(): ReadonlyMap<string, string> {
    const attributes = Object.values(this.#node.$ ?? {}).filter(({ prefix }) => prefix !== 'xmlns');
    return new Map(attributes.map(({ local, value }) => [local, value]));
  }
}

function elementsIn({ $$ = [] }: ParsedNode): readonly ParsedNode[] {
  return $$.filter(({ $ns }) => $ns !== undefined);
}

// xml2js omits blank text, but a key may be a blank.
function textOf({ $$ = [] }: ParsedNode): string {
  return $$.map(({ $ns, _ = '' }) => ($ns === undefined ? _ : '')).join('');
}

/**
 * Whether the first byte that is not a blank opens a tag. S3 reads a body as it arrives, so a body that is not XML is malformed before it
 * is too long (F28).
 */
export function beginsLikeXml(body: Uint8Array): boolean {
  return /^\ufeff?\s*</.test(Buffer.from(body.subarray(0, 1024)).toString());
}

/** The root of a well-formed document; undefined for anything else, an empty body included. */
export function parseXml(body: Uint8Array): XmlElement | undefined {
  const text = decodeUtf8(body)?.replace(/^\s*<\?xml\s[^?]*\?>/, '');
  // sax accepts HTML's entities even in strict mode, ignores declarations inside the root, and takes long over some markup.
  if (text === undefined || !isPlainMarkup(text)) return undefined;
  const parsed = parse(`<${enclosure}>${text}</${enclosure}>`);
  if (parsed === undefined || textOf(parsed).trim() !== '') return undefined;
  const [root, ...others] = elementsIn(parsed);
  if (root === undefined || others.length > 0) return undefined;
  return new ParsedElement(root);
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body); // drops a byte order mark
  } catch {
    return undefined;
  }
}

function parse(text: string): ParsedNode | undefined {
  const parser = new (loadParser())({
    explicitRoot: false,
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: true,
    strict: true,
    xmlns: true,
    async: false,
  });
  let failed = false;
  let root: ParsedNode | undefined;
  try {
    // xml2js passes some errors to the callback and throws them, too; some come after a result.
    parser.parseString(text, (error: Error | null, result: ParsedNode | undefined) => {
      if (error) failed = true;
      else root ??= result;
    });
  } catch {
    failed = true;
  }
  return failed ? undefined : root;
}

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

/** Writes text as S3 does between tags. Characters that XML 1.0 cannot contain become references such as `&#x1;`. */
export function escapeXml(text: string): string {
  // Most texts have none, and a search is cheaper than a replacement of nothing.
  if (!special.test(text)) return text;
  return text.replace(allSpecial, (character) => {
    const code = character.charCodeAt(0);
    return escapes[character] ?? (code === 0 ? '&#0;' : `&#x${code.toString(16)};`);
  });
}

/** Writes an element with text. S3 writes an empty one as an opening and a closing tag. */
export function xmlText(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
