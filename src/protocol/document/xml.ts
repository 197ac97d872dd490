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

/** An element while it is read. */
interface OpenElement extends XmlElement {
  text: string;
  readonly children: OpenElement[];
}

/** The reader of sax, under the parser of xml2js. Its handlers are ours: the objects that xml2js makes take twice as long as reading. */
interface Reader {
  onopentag: (tag: { readonly local: string; readonly attributes: Readonly<Record<string, Attribute>> }) => void;
  onclosetag: () => void;
  ontext: (text: string) => void;
  oncdata: (text: string) => void;
  onerror: () => void;
  write(text: string): { close(): void };
}

interface Attribute {
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
}

// sax stops at the end of the root, so it would accept any text after it. Inside an enclosing element it reads on. The name of that
// element is new in each process, so that no body can close it.
const enclosure = `s3-${randomBytes(8).toString('hex')}`;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const noAttributes: ReadonlyMap<string, string> = new Map();

function attributesOf(sent: Readonly<Record<string, Attribute>>): ReadonlyMap<string, string> {
  const attributes = Object.values(sent).filter(({ prefix }) => prefix !== 'xmlns');
  return attributes.length === 0 ? noAttributes : new Map(attributes.map(({ local, value }) => [local, value]));
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
  const enclosing = parse(`<${enclosure}>${text}</${enclosure}>`);
  if (enclosing === undefined || enclosing.text.trim() !== '') return undefined;
  const [root, ...others] = enclosing.children;
  return others.length === 0 ? root : undefined;
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body); // drops a byte order mark
  } catch {
    return undefined;
  }
}

/** Reads the enclosing element; undefined if the text is not well-formed. */
function parse(text: string): XmlElement | undefined {
  const parser = new (loadParser())({ strict: true, xmlns: true, async: false });
  const { saxParser: reader } = parser as unknown as { readonly saxParser: Reader }; // its types leave the reader out
  const outermost: OpenElement = { name: '', text: '', children: [], attributes: noAttributes };
  const open = [outermost];
  let failed = false;
  reader.onopentag = ({ local, attributes }) => {
    const element: OpenElement = { name: local, text: '', children: [], attributes: attributesOf(attributes) };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  reader.onclosetag = () => {
    open.pop();
  };
  reader.ontext = reader.oncdata = (characters) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += characters;
  };
  reader.onerror = () => {
    failed = true;
  };
  try {
    reader.write(text).close();
  } catch {
    failed = true;
  }
  return failed ? undefined : outermost.children[0];
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
