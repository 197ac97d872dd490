import { URLSearchParams } from 'node:url';
import type { Dialect } from '../../dialects';
import { sortByHash } from '../../formats/hash-order';
import type { ObjectBody } from '../../formats/sparse-body';
import type { Leaf, Members, Shape, Traits } from '../../shapes/shape';
import { isInDocument, wireNameOf } from './elements';
import type { Draft, MemberBinding, ReadMember, Source, Unreadable } from './parameters';
import { headerBinding, prefixHeaders, queryBinding, queryListReader } from './parameters';
import {
  documentFieldReader,
  payloadReader,
  readPayloadText,
  uncheckedElementReader,
  uncheckedReader,
} from './payloads';

export type { Draft, Source, Unreadable } from './parameters';

type Member = Shape & Traits;

type BoundRow = readonly ReturnType<typeof rowMember>[];

const rows = new WeakMap<Members, BoundRow>();

function bindRow(members: Members): BoundRow {
  const known = rows.get(members);
  if (known !== undefined) return known;
  const outside = Object.entries(members).filter(([, member]) => !isInDocument(member));
  const row = outside.map(([name, member]) => rowMember(name, member));
  rows.set(members, row);
  return row;
}

/** All have the same members in the same order, undefined or not: V8 finds the members of one kind of object at once. */
function rowMember(name: string, member: Member) {
  const { header, query, isText, read, write }: MemberBinding = bindMember(name, member);
  const { dialect, isStored, isFlat } = member;
  return { name, dialect, isStored, isFlat, header, query, isText, read, write };
}

/** Collects the refusals of members that cannot be read. `recorded` also has their texts, as they were sent. Never throws. */
export function bind(members: Members, source: Source) {
  const found: Unreadable = { refusals: {}, texts: undefined };
  const input: Record<string, unknown> = {};
  const { headers, trailers, query } = source;
  const hasTrailers = trailers.size > 0;
  for (const bound of bindRow(members)) {
    // Most members are not there, and their other properties are not read.
    const { header, query: parameter } = bound;
    const sent = header === undefined ? undefined : headers.get(header);
    if (header !== undefined && sent === undefined && !hasTrailers) continue;
    if (parameter !== undefined && !query.has(parameter)) continue;
    const { name, dialect, isFlat, isText, read } = bound;
    if (dialect !== undefined && dialect !== source.dialect.name) continue;
    const value = isText && sent !== undefined ? sent : read?.(source, found);
    if (value === undefined) continue;
    if (isFlat) Object.assign(input, value);
    else input[name] = value;
  }
  const { refusals, texts } = found;
  return { input, recorded: texts === undefined ? input : { ...input, ...texts }, refusals };
}

export function writeDraft(
  members: Members,
  values: object,
  { name: service, answers }: Pick<Dialect, 'name' | 'answers'>,
  draft: Draft,
): void {
  const { headers } = draft;
  let first = headers.length;
  let stored = 0;
  for (const bound of bindRow(members)) {
    const value = (values as Readonly<Record<string, never>>)[bound.name]; // the row's own names
    if (value === undefined) continue;
    const { dialect: only, isStored, write } = bound;
    if (only !== undefined && only !== service) continue;
    const before = headers.length;
    write?.(value, draft);
    if (!isStored) continue;
    // They follow each other in the row.
    if (stored === 0) first = before;
    stored += headers.length - before;
  }
  if (stored < 2 || answers.storedHeaders === 'declared') return;
  const inOrder = sortByHash(headers.slice(first, first + stored), ([name]) => name);
  for (const [at, header] of inOrder.entries()) headers[first + at] = header;
}

function bindMember(name: string, member: Member): MemberBinding {
  switch (member.kind) {
    case 'structure':
      return { read: structureReader(name, member.members, member) };
    case 'list':
    case 'wrapped list':
    case 'interleaved':
      return { read: member.at === 'query' ? queryListReader(name, member) : uncheckedElementReader(name, member) };
    case 'map':
      return prefixHeaders(member.item, wireNameOf(name, member));
    default:
      return leafBinding(name, member);
  }
}

function structureReader(name: string, members: Members, member: Member): ReadMember {
  switch (member.at) {
    case 'unchecked payload':
      return uncheckedReader(members);
    case 'in unchecked payload':
      return uncheckedElementReader(name, member);
    case 'form field':
      return documentFieldReader(name, members, member);
    default:
      return payloadReader(members, member);
  }
}

function leafBinding(name: string, member: Leaf & Traits): MemberBinding {
  const wireName = wireNameOf(name, member);
  switch (member.at) {
    case 'header':
    case 'header or trailer':
      return headerBinding(name, member);
    case 'query':
      return queryBinding(name, member);
    case 'label':
      return { read: ({ bucket, key, labels }) => (labels ? labels.get(name) : name === 'Bucket' ? bucket : key) };
    case 'payload':
      return { read: readPayloadText, write: writeText };
    case 'in unchecked payload':
      return { read: uncheckedElementReader(name, member) };
    case 'body':
      return bodyBinding(member);
    case 'form':
      return {
        read: ({ body }) => new URLSearchParams(Buffer.from(body).toString()).get(wireName) ?? undefined,
      };
    case 'form field':
      return { read: fieldReader(member.wireName ?? name) };
    case 'file name':
      return { read: ({ form }) => form?.fileName };
    case 'status':
      return { write: writeStatus };
    default:
      throw new TypeError(`${name} has no place in a request or an answer`);
  }
}

function fieldReader(names: string | readonly string[]): ReadMember {
  return ({ form }) =>
    [names]
      .flat()
      .map((one) => form?.fields.get(one))
      .find((value) => value !== undefined);
}

function bodyBinding({ isAbsentIfEmpty }: Traits): MemberBinding {
  return {
    read: ({ body }) => (isAbsentIfEmpty && body.length === 0 ? undefined : body),
    write: writeBody,
  };
}

function writeBody(bytes: ObjectBody, draft: Draft): void {
  draft.body = bytes;
}

function writeText(text: string, draft: Draft): void {
  draft.body = text;
}

function writeStatus(code: number, draft: Draft): void {
  draft.status = code;
}
