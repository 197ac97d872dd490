import { randomBytes } from 'node:crypto';
import { Parser } from 'xml2js';

/** An element of a request's body. Children are read when asked for, so a deep document costs nothing by its depth. */
export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly attributes: ReadonlyMap<string, string>;
}

/** What xml2js makes of an element with the options below. */
interface ParsedNode {
  readonly '#name': string;
  readonly _?: string;
  readonly $?: Readonly<Record<string, { readonly prefix: string; readonly local: string; readonly value: string }>>;
  readonly $$?: readonly ParsedNode[];
  /** Elements have it, and the text between them has not. */
  readonly $ns?: { readonly local: string };
}

// xml2js stops at the end of the root, so what follows it would pass. Parsed inside an element of ours it does not;
// the name is made anew in each process, so that no body can close it.
const enclosure = `s3-${randomBytes(8).toString('hex')}`;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const foreign = /<![a-z]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

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

// xml2js leaves text out that is blank, and a key may well be a blank.
function textOf({ $$ = [] }: ParsedNode): string {
  return $$.map(({ $ns, _ = '' }) => ($ns === undefined ? _ : '')).join('');
}

/** Whether the first byte that is no blank opens a tag. S3 reads a body as it comes, so one that is no XML is malformed before it is too long (F28). */
export function beginsLikeXml(body: Uint8Array): boolean {
  return /^\ufeff?\s*</.test(Buffer.from(body.subarray(0, 1024)).toString());
}

/** The root of a well-formed document; undefined for anything else, an empty body included. */
export function parseXml(body: Uint8Array): XmlElement | undefined {
  const text = decodeUtf8(body)?.replace(/^\s*<\?xml\s[^?]*\?>/, '');
  if (text === undefined) return undefined;
  // sax knows HTML's entities even when strict, where XML has five, and passes over declarations that stand within the root.
  if (!text.includes('<![CDATA[') && foreign.test(text)) return undefined;
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
  const parser = new Parser({
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
    // Some errors are both handed to the callback and thrown; some come after a result.
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
const toEscape = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;

/** Text as S3 writes it between tags; characters that XML 1.0 has no form for become references such as `&#x1;`. */
export function escapeXml(text: string): string {
  return text.replace(toEscape, (character) => {
    const code = character.charCodeAt(0);
    return escapes[character] ?? (code === 0 ? '&#0;' : `&#x${code.toString(16)};`);
  });
}

/** An element with text: S3 writes an empty one as an opening and a closing tag. */
export function xmlText(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
