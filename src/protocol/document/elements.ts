import { S3Error } from '../../refusals/s3-error';
import { type MemberNames, namesOf } from '../../shapes/member-names';
import { counted } from '../../text/counts';
import { writeKey } from '../../text/values';
import type { Element, Elements, Report, StructureOf } from './element';
import { joined, placesIn, writeElements, writeMembers } from './element-writing';
import { escapeXml, xmlText } from './escapes';
import { refusalForSchema, refusalForStranger } from './schema-refusals';
import { factsOf } from './shape-facts';
import { refusalForValue, type Value } from './values';
import type { XmlElement } from './xml';

export type { Element, Elements, StructureOf, Values } from './element';

/** Reads and writes the content of one element: a value, or a structure of elements. */
interface ElementContent<T> {
  readonly read: (element: XmlElement, report: Report) => T | undefined;
  readonly write: (value: T, name: string) => string;
}

type ContentValue<C> = C extends Value<infer T> ? T : C extends Elements ? StructureOf<C> : never;

function readerOf<C extends Value<unknown> | Elements>(source: C): ElementContent<ContentValue<C>> {
  // Only this function separates the two kinds; its type names the kind of the source.
  return (isValue(source) ? valueContent(source) : structureContent(source)) as ElementContent<ContentValue<C>>;
}

/** The names in an element's content. */
function namesIn(source: Value<unknown> | Elements): MemberNames {
  return isValue(source) ? 'none' : namesOf(source);
}

function isValue(source: Value<unknown> | Elements): source is Value<unknown> {
  return typeof source['read'] === 'function';
}

function valueContent(value: Value<unknown>): ElementContent<unknown> {
  return {
    read(element, report) {
      const { name, text, children } = element;
      const [child] = children;
      const read = child === undefined ? value.read(text) : undefined;
      if (read !== undefined) return read;
      const refusal = value.refusal?.(text, name) ?? new S3Error('MalformedXML');
      if (child !== undefined) {
        report(refusal.because(`<${name}> has text, and no <${child.name}>`));
        return undefined;
      }
      report(refusalForValue(refusal, name, text, value));
      // The journal has it as it was sent, and no handler, since the request is refused.
      return text;
    },
    write: (read, name) => xmlText(name, value.write(read)),
  };
}

function structureContent(shape: Elements): ElementContent<object> {
  return {
    read: (element, report) => readElements(shape, element, report),
    write: (read, name) => {
      const opened = `<${name}${writeMembers(placesIn(shape).attribute, read)}`;
      const content = writeElements(shape, read);
      // S3 closes an empty structure at once (F118).
      return content === '' ? `${opened}/>` : `${opened}>${content}</${name}>`;
    },
  };
}

/** Reads the members of a document's element, and reports content that is not a member. */
export function readElements<S extends Elements>(shape: S, xml: XmlElement, report: Report): StructureOf<S> {
  const { members, known, holdsText } = factsOf(shape);
  const stranger = xml.children.find((child) => !known.has(child.name));
  if (stranger !== undefined) report(refusalForStranger(xml.name, stranger.name, [...known]));
  else if (!holdsText && xml.text.trim() !== '')
    report(refusalForSchema(`<${xml.name}> has the text ${writeKey(xml.text.trim())} beside its elements`));
  const values: Record<string, unknown> = {};
  for (const [name, member] of members) {
    const value = member.read(xml, name, report);
    if (value !== undefined) values[name] = value;
  }
  return values as StructureOf<S>; // member by member, of the shape's types
}

/** One child element, with a value or a structure in it. S3 refuses a second one. */
export function element<C extends Value<unknown> | Elements>(
  source: C,
  wireName?: string,
): Element<ContentValue<C> | undefined> {
  const content = readerOf(source);
  return {
    at: 'element',
    wireNames: [wireName],
    names: namesIn(source),
    read(parent, name, report) {
      const [child, second] = childrenOf(parent, wireName ?? name);
      if (second !== undefined) report(refusalForSchema(`<${parent.name}> has two <${second.name}>`));
      return child === undefined ? undefined : content.read(child, report);
    },
    write: (value, name) => (value === undefined ? '' : content.write(value, wireName ?? name)),
  };
}

/** A structure whose members are in the root of an answer. SDKs have a name for it, such as CopyObjectResult; the wire has no name. */
export function inRoot<S extends Elements>(shape: S): Element<StructureOf<S>> {
  return {
    at: 'element',
    wireNames: [],
    names: namesOf(shape),
    read: () => undefined,
    write: (values) => writeElements(shape, values),
  };
}

/** A child element that S3 requires in a request, and that every answer has. */
export function required<T>(inner: Element<T>): Element<Exclude<T, undefined>> {
  return {
    ...inner,
    read(parent, name, report) {
      let refused = false;
      const value = inner.read(parent, name, (refusal) => {
        refused = true;
        report(refusal);
      });
      if (value === undefined && !refused)
        report(refusalForSchema(`<${parent.name}> has no ${nameOf(inner, name)}, which is required`));
      return value as Exclude<T, undefined>; // if it is absent, the request is refused
    },
    write: inner.write,
  };
}

function nameOf({ at, wireNames }: Element<unknown>, name: string): string {
  return at === 'attribute' ? `attribute ${name}` : `<${wireNames[0] ?? name}>`;
}

/** A child element that counts as absent if it is empty. */
export function unlessEmpty<T>(inner: Element<T>): Element<T> {
  return {
    ...inner,
    read(parent, name, report) {
      const [child, ...others] = childrenOf(parent, inner.wireNames[0] ?? name);
      const empty = child !== undefined && others.length === 0 && child.text === '' && child.children.length === 0;
      return empty ? undefined : inner.read(parent, name, report);
    },
  };
}

/** An attribute of the element that the shape describes. */
export function attribute<T>(name: string, value: Value<T>): Element<T | undefined> {
  return {
    at: 'attribute',
    wireNames: [],
    read(parent, _member, report) {
      const characters = parent.attributes.get(name.replace(/^.*:/, ''));
      if (characters === undefined) return undefined;
      const read = value.read(characters);
      if (read !== undefined) return read;
      const refusal = value.refusal?.(characters, name) ?? new S3Error('MalformedXML');
      report(refusalForValue(refusal, name, characters, value));
      return characters as T; // as it was sent, for the journal alone
    },
    write: (read) => (read === undefined ? '' : ` ${name}="${escapeXml(value.write(read))}"`),
  };
}

/** The text of the element that the shape describes, as in GetBucketLocation's answer. */
export function rootText<T>(value: Value<T>): Element<T | undefined> {
  return {
    at: 'text',
    wireNames: [],
    read: (parent) => value.read(parent.text),
    write: (read) => (read === undefined ? '' : escapeXml(value.write(read))),
  };
}

/** Children of one name side by side, as S3 writes most lists: `<Object/><Object/>`. If there are no children, the list is empty. */
export function list<C extends Value<unknown> | Elements>(
  source: C,
  wireName?: string,
): Element<readonly ContentValue<C>[]> {
  const content = readerOf(source);
  return {
    at: 'element',
    wireNames: [wireName],
    names: namesIn(source),
    read: (parent, name, report) =>
      childrenOf(parent, wireName ?? name)
        .map((child) => content.read(child, report))
        .filter((item): item is ContentValue<C> => item !== undefined),
    write: (items, name) => joined(items, (item) => content.write(item, wireName ?? name)),
  };
}

/** A list whose length S3 limits. */
export function ofLength<T>(inner: Element<readonly T[]>, least: number, most: number): Element<readonly T[]> {
  return {
    ...inner,
    read(parent, name, report) {
      const items = inner.read(parent, name, report) ?? [];
      if (items.length < least || items.length > most)
        report(
          refusalForSchema(
            `${inner.wireNames[0] ?? name} comes ${counted(items.length, 'time')}, not ${least} to ${most} times`,
          ),
        );
      return items;
    },
  };
}

/** A list that counts as absent if it has no items. */
export function unlessNone<T>(inner: Element<readonly T[]>): Element<readonly T[] | undefined> {
  return {
    ...inner,
    read(parent, name, report) {
      const items = inner.read(parent, name, report);
      return items?.length ? items : undefined;
    },
    write: (items, name) => (items === undefined ? '' : inner.write(items, name)),
  };
}

/** A list in an element of its own: `<TagSet><Tag/><Tag/></TagSet>`. */
export function wrappedList<C extends Value<unknown> | Elements>(
  source: C,
  itemName: string,
  wireName?: string,
): Element<readonly ContentValue<C>[] | undefined> {
  const items = list(source, itemName);
  return {
    at: 'element',
    wireNames: [wireName],
    names: namesIn(source),
    read(parent, name, report) {
      const [wrapper, second] = childrenOf(parent, wireName ?? name);
      if (wrapper === undefined) return undefined;
      const stranger = wrapper.children.find((child) => child.name !== itemName);
      if (second !== undefined) report(refusalForSchema(`<${parent.name}> has two <${second.name}>`));
      else if (stranger !== undefined) report(refusalForStranger(wrapper.name, stranger.name, [itemName]));
      return items.read(wrapper, itemName, report);
    },
    write(values, name) {
      if (values === undefined) return '';
      const wrapper = wireName ?? name;
      // S3 closes an empty wrapper at once, as it does an empty root (F7).
      return values.length === 0 ? `<${wrapper}/>` : `<${wrapper}>${items.write(values, itemName)}</${wrapper}>`;
    },
  };
}

/** A list of several kinds of items in one order on the wire. SDKs have a list for each kind, and each item names its list. */
export function interleaved<Kinds extends Readonly<Record<string, readonly [wireName: string, shape: Elements]>>>(
  kinds: Kinds,
): Element<readonly { [K in keyof Kinds]: { readonly [Kind in K]: StructureOf<Kinds[K][1]> } }[keyof Kinds][]> {
  type Item = { [K in keyof Kinds]: { readonly [Kind in K]: StructureOf<Kinds[K][1]> } }[keyof Kinds];
  const contents = Object.entries(kinds).map(([kind, [wireName, shape]]) => ({
    kind,
    wireName,
    content: structureContent(shape),
  }));
  return {
    at: 'element',
    wireNames: contents.map(({ wireName }) => wireName),
    names: Object.fromEntries(Object.entries(kinds).map(([kind, [, shape]]) => [kind, namesOf(shape)])),
    read: (parent, _name, report) =>
      parent.children.flatMap((child) => {
        const found = contents.find(({ wireName }) => wireName === child.name);
        return found === undefined ? [] : [{ [found.kind]: found.content.read(child, report) } as Item]; // the kind's own shape
      }),
    write: (items) => joined(items, (item) => writeKind(contents, item)),
  };
}

function writeKind(
  kinds: readonly { kind: string; wireName: string; content: ElementContent<object> }[],
  item: object,
): string {
  for (const { kind, wireName, content } of kinds) {
    const value = (item as Readonly<Record<string, object | undefined>>)[kind]; // an item has one of the kinds
    if (value !== undefined) return content.write(value, wireName);
  }
  return '';
}

function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}
