import { TextDecoder } from 'node:util';
import type { Parser as XmlParser } from 'xml2js';
import { MarkupProblem } from './characters';
import { type PlainMarkup, readMarkup } from './markup';

// Loaded with the first document, since most tests send none. The main module of the package also loads its writer, which is not used.
function loadParser(): typeof XmlParser {
  Parser ??= (require('xml2js/lib/parser') as { readonly Parser: typeof XmlParser }).Parser;
  return Parser;
}

let Parser: typeof XmlParser | undefined;

export interface XmlElement {
  /** The name without a namespace prefix. */
  readonly name: string;
  /** The text. If the element contains other elements, text of blanks alone is left out. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly attributes: ReadonlyMap<string, string>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body that is not XML is malformed before it is too long, as if S3 read it as it arrives (F28). */
export function beginsLikeXml(body: Uint8Array): boolean {
  return /^\ufeff?\s*</.test(Buffer.from(body.subarray(0, 1024)).toString());
}

export function readXml(body: Uint8Array): XmlElement | MarkupProblem {
  const text = decodeUtf8(body);
  if (text === undefined) return new MarkupProblem('it is not UTF-8');
  const markup = readMarkup(text);
  return markup instanceof MarkupProblem ? markup : parse(markup);
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body); // drops a byte order mark
  } catch {
    return undefined;
  }
}

/** An element as xml2js makes it of plain markup: a text by itself if there are no elements in it. */
type ParsedElement = string | { readonly text?: string; readonly children: readonly ParsedElement[] };

function parse({ text, attributes }: PlainMarkup): XmlElement {
  const names: string[] = [];
  // xml2js sorts the children of an element by their names, so all get one name here, and stay in their order.
  const nameOfAll = (name: string) => {
    names.push(name);
    return 'children';
  };
  const options = { explicitRoot: false, charkey: 'text', tagNameProcessors: [nameOfAll] };
  let problem: unknown = new Error('xml2js did not come to the end of a document');
  let root: ParsedElement = '';
  new (loadParser())(options).parseString(text, (error: Error | null, parsed: ParsedElement) => {
    problem = error;
    root = parsed;
  });
  if (problem !== null) throw problem; // our bug, since only plain markup comes here
  return makeElement(root, names, attributes);
}

const noChildren: readonly XmlElement[] = [];
const noAttributes: ReadonlyMap<string, string> = new Map();

/** Gives the elements the names that they had, in the order of their opening tags. */
function makeElement(root: ParsedElement, names: readonly string[], attributes: PlainMarkup['attributes']): XmlElement {
  let opened = 0;
  const read = (parsed: ParsedElement): XmlElement => {
    const number = opened;
    opened += 1;
    const name = names[number] ?? '';
    const own = attributes.get(number) ?? noAttributes;
    if (typeof parsed === 'string') return { name, text: parsed, children: noChildren, attributes: own };
    return { name, text: parsed.text ?? '', children: parsed.children.map(read), attributes: own };
  };
  return read(root);
}
