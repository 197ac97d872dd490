import { S3Error } from '../../refusals';
import type { ItemCount, Leaf, Members, Shape, Traits } from '../../shapes/shape';
import { counted, grouped } from '../../text/counts';
import { writeKey } from '../../text/values';
import { escapeInDocument } from './characters';
import {
  type Content,
  findChildren,
  type MemberReader,
  type Report,
  refusalForSchema,
  refusalForStranger,
  refusingOthers,
  reportingMissing,
  unlessEmpty,
  unlessSent,
} from './element-traits';
import { type LeafReader, readerOf, refusalForText } from './leaves';
import type { XmlElement } from './xml';

type Member = Shape & Traits;
type NamedReader = readonly [name: string, reader: MemberReader];

interface Plan {
  readonly members: readonly NamedReader[];
  readonly known: ReadonlySet<string>;
  readonly holdsText: boolean;
  readonly elements: readonly NamedReader[];
  readonly attributes: readonly NamedReader[];
  readonly texts: readonly NamedReader[];
}

/** The plans of the structures that were read or written once: a list can have a thousand elements of one structure. */
const plans = new WeakMap<Members, Plan>();

const places: ReadonlySet<string | undefined> = new Set([undefined, 'attribute', 'text', 'in root']);

export function isInDocument({ at }: Traits): boolean {
  return places.has(at);
}

function makePlan(members: Members): Plan {
  const known = plans.get(members);
  if (known !== undefined) return known;
  const inside = Object.entries(members).filter(([, member]) => isInDocument(member));
  const readers = inside.map(([name, member]) => ({
    at: member.at,
    named: [name, memberReader(name, member)] as const,
  }));
  const at = (...wanted: readonly Traits['at'][]) =>
    readers.filter((one) => wanted.includes(one.at)).map(({ named }) => named);
  const plan = {
    members: readers.map(({ named }) => named),
    known: new Set(readers.flatMap(({ named: [, { children }] }) => children)),
    holdsText: readers.some((one) => one.at === 'text'),
    elements: at(undefined, 'in root'),
    attributes: at('attribute'),
    texts: at('text'),
  };
  plans.set(members, plan);
  return plan;
}

export function readElements(shape: Members, xml: XmlElement, report: Report): Readonly<Record<string, unknown>> {
  const { members, known, holdsText } = makePlan(shape);
  const stranger = xml.children.find((child) => !known.has(child.name));
  if (stranger !== undefined) report(refusalForStranger(xml.name, stranger.name, [...known]));
  else if (!holdsText && xml.text.trim() !== '')
    report(refusalForSchema(`<${xml.name}> has the text ${writeKey(xml.text.trim())} beside its elements`));
  const values: Record<string, unknown> = {};
  for (const [name, member] of members) {
    const value = member.read(xml, report);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

export function readElement(name: string, member: Member, xml: XmlElement, report: Report): unknown {
  return memberReader(name, member).read(xml, report);
}

export function writeElements(shape: Members, values: object): string {
  const { elements, texts } = makePlan(shape);
  return writeMembers(elements, values) + writeMembers(texts, values);
}

function writeMembers(members: readonly NamedReader[], values: object): string {
  let written = '';
  for (const { 0: name, 1: member } of members) {
    const value = (values as Readonly<Record<string, never>>)[name]; // the shape's own names
    if (value !== undefined) written += member.write(value);
  }
  return written;
}

function makeContent(shape: Shape): Content {
  switch (shape.kind) {
    case 'structure':
      return structureContent(shape.members);
    case 'list':
    case 'wrapped list':
    case 'interleaved':
    case 'map':
      throw new TypeError(`a ${shape.kind} has no form as an item in a document of S3`);
    default:
      return leafContent(shape);
  }
}

/** S3 ignores empty elements in a value (F971). */
function leafContent(leaf: Leaf): Content {
  const reader =
    leaf.kind === 'boolean' && leaf.refusal === undefined && leaf.convert === undefined
      ? { ...readerOf(leaf), read: readElementBoolean }
      : readerOf(leaf);
  return {
    read({ name, text, children }, report) {
      const stranger = children.find((child) => child.children.length > 0 || child.text.trim() !== '');
      if (stranger !== undefined) {
        report(new S3Error('ElementInValue', {}, `<${name}> has text, and no <${stranger.name}>`));
        return undefined;
      }
      return readText(reader, text, name, report);
    },
    write:
      leaf.kind === 'plain text'
        ? (value, name) => `<${name}>${reader.write(value)}</${name}>`
        : (value, name) => textElement(name, reader.write(value)),
  };
}

/** A text that cannot be read is returned as it was sent: the journal has it, and no handler, since the request is refused. */
function readText(reader: LeafReader, text: string, name: string, report: (refusal: S3Error) => void): unknown {
  const read = reader.read(text);
  if (read !== undefined) return read;
  const refusal = reader.refusal?.(text, name) ?? new S3Error('MalformedXML');
  report(refusalForText(refusal, name, text, reader));
  return text;
}

/** A boolean of a document without a schema: every text but two is false (F971). */
function readElementBoolean(text: string): boolean {
  return /^(?:true|1)$/i.test(text.trim());
}

function structureContent(members: Members): Content {
  return {
    read: (element, report) => readElements(members, element, report),
    write(values: object, name) {
      const opened = `<${name}${writeMembers(makePlan(members).attributes, values)}`;
      const content = writeElements(members, values);
      // S3 closes an empty structure at once (F118).
      return content === '' ? `${opened}/>` : `${opened}>${content}</${name}>`;
    },
  };
}

function memberReader(name: string, member: Member): MemberReader {
  const { refusedInPlace, isAbsentIfEmpty, isMalformedIfSent, isRequired } = member;
  let reader = plainReader(name, member);
  if (isAbsentIfEmpty) reader = { ...reader, read: unlessEmpty(reader) };
  if (isMalformedIfSent) reader = { ...reader, read: unlessSent(reader, name) };
  if (isRequired && member.at !== 'in root') reader = { ...reader, read: reportingMissing(reader, name, member) };
  return refusedInPlace === undefined ? reader : refusingOthers(reader, refusedInPlace);
}

export function wireNameOf(name: string, { wireName = name }: Traits): string {
  return typeof wireName === 'string' ? wireName : (wireName[0] ?? name);
}

function plainReader(name: string, member: Member): MemberReader {
  const wireName = wireNameOf(name, member);
  switch (member.kind) {
    case 'list':
      return listReader(makeContent(member.item), member.itemName ?? wireName, member);
    case 'wrapped list':
      return wrappedReader(makeContent(member.item), member.itemName ?? wireName, wireName);
    case 'interleaved':
      return interleavedReader(member.kinds);
    case 'structure':
      return member.at === 'in root' ? inRootReader(member.members) : elementReader(makeContent(member), wireName);
    case 'map':
      return entriesReader(leafContent(member.item), wireName);
    default:
      if (member.at === 'attribute') return attributeReader(member, wireName, member.namespace);
      return member.at === 'text' ? rootTextReader(member) : elementReader(leafContent(member), wireName);
  }
}

function elementReader(content: Content, wireName: string): MemberReader {
  return {
    children: [wireName],
    read(parent, report) {
      const [child, second] = findChildren(parent, wireName);
      if (second !== undefined) report(refusalForSchema(`<${parent.name}> has two <${second.name}>`));
      return child === undefined ? undefined : content.read(child, report);
    },
    write: (value) => content.write(value, wireName),
  };
}

function textElement(name: string, text: string): string {
  return `<${name}>${escapeInDocument(text)}</${name}>`;
}

/** Only answers contain maps: no request has a map in its document. */
function entriesReader(content: Content, wireName: string): MemberReader {
  const entry = ([key, value]: readonly [string, string]) =>
    `<entry>${textElement('key', key)}${content.write(value as never, 'value')}</entry>`; // of the map's leaf
  return {
    children: [wireName],
    read: () => undefined,
    write: (values: Readonly<Record<string, string>>) =>
      `<${wireName}>${Object.entries(values).map(entry).join('')}</${wireName}>`,
  };
}

function inRootReader(members: Members): MemberReader {
  return { children: [], read: () => undefined, write: (values: object) => writeElements(members, values) };
}

function attributeReader(leaf: Leaf, name: string, namespace: string | undefined): MemberReader {
  const reader = readerOf(leaf);
  const [prefix] = name.split(':');
  const declaration = namespace === undefined ? '' : ` xmlns:${prefix}="${namespace}"`;
  return {
    children: [],
    read(parent, report) {
      const text = parent.attributes.get(name.replace(/^.*:/, ''));
      return text === undefined ? undefined : readText(reader, text, name, report);
    },
    write: (value) => `${declaration} ${name}="${escapeInDocument(reader.write(value))}"`,
  };
}

function rootTextReader(leaf: Leaf): MemberReader {
  const reader = readerOf(leaf);
  return {
    children: [],
    read: (parent) => reader.read(parent.text),
    write: (value) => escapeInDocument(reader.write(value)),
  };
}

/** If there are no items, only a required list has a value. */
function listReader(
  content: Content,
  itemName: string,
  { isRequired, length }: Pick<Traits, 'isRequired'> & { readonly length?: ItemCount | undefined },
): MemberReader {
  return {
    children: [itemName],
    read(parent, report) {
      const items = findChildren(parent, itemName)
        .map((child) => content.read(child, report))
        .filter((one) => one !== undefined);
      if (length !== undefined && (items.length < length[0] || items.length > length[1])) {
        const [least, most] = length;
        const times = counted(items.length, 'time');
        const limits =
          most === Number.POSITIVE_INFINITY ? `${least} at least` : `${grouped(least)} to ${grouped(most)}`;
        report(refusalForSchema(`${itemName} comes ${times}, and a request has ${limits}`));
      }
      return items.length > 0 || isRequired === true ? items : undefined;
    },
    write: (items: readonly never[]) => joined(items, (one) => content.write(one, itemName)),
  };
}

function wrappedReader(content: Content, itemName: string, wireName: string): MemberReader {
  const { read } = listReader(content, itemName, { isRequired: true });
  return {
    children: [wireName],
    read(parent, report) {
      const [wrapper, second] = findChildren(parent, wireName);
      if (wrapper === undefined) return undefined;
      const stranger = wrapper.children.find((child) => child.name !== itemName);
      if (second !== undefined) report(refusalForSchema(`<${parent.name}> has two <${second.name}>`));
      else if (stranger !== undefined) report(refusalForStranger(wrapper.name, stranger.name, [itemName]));
      return read(wrapper, report);
    },
    write(values: readonly never[]) {
      // S3 closes an empty wrapper at once, as it does an empty root (F7).
      if (values.length === 0) return `<${wireName}/>`;
      return `<${wireName}>${joined(values, (one) => content.write(one, itemName))}</${wireName}>`;
    },
  };
}

function interleavedReader(kinds: Extract<Shape, { readonly kind: 'interleaved' }>['kinds']): MemberReader {
  const contents = Object.entries(kinds).map(([kind, [wireName, { members }]]) => {
    return { kind, wireName, content: structureContent(members) };
  });
  return {
    children: contents.map(({ wireName }) => wireName),
    read: (parent, report) =>
      parent.children.flatMap((child) => {
        const found = contents.find(({ wireName }) => wireName === child.name);
        return found === undefined ? [] : [{ [found.kind]: found.content.read(child, report) }];
      }),
    write: (items: readonly Readonly<Record<string, never>>[]) =>
      joined(items, (item) => {
        for (const { kind, wireName, content } of contents) {
          const value = item[kind];
          if (value !== undefined) return content.write(value, wireName);
        }
        return '';
      }),
  };
}

/** The texts of a list, in one string that grows: a list of them all would be as long as the document. */
function joined<T>(items: readonly T[], write: (item: T) => string): string {
  let written = '';
  for (const item of items) written += write(item);
  return written;
}
