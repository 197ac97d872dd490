import { URLSearchParams } from 'node:url';
import type { Dialect } from '../../dialects';
import type { ObjectBody } from '../../formats/sparse-body';
import { S3Error } from '../../refusals';
import type { Leaf, Traits } from '../../shapes/shape';
import type { Form } from '../form/form';
import type { Refusals, Stage } from '../request/stages';
import { wireNameOf } from './elements';
import { isPlainText, readerOf, refusalForNamed, refusalForText } from './leaves';

type ReadText = (text: string | undefined, wireName: string, source: Source, found: Unreadable) => unknown;

/** A text that cannot be read is kept, and refused unless S3 ignores it. */
function textReader(member: string, leaf: Leaf & Traits): ReadText {
  const { stage = 'head', ignoredBy } = leaf;
  const reader = readerOf(leaf);
  return (text, wireName, { dialect }, found) => {
    if (text === undefined) return undefined;
    const read = reader.read(text);
    if (read !== undefined) return read;
    found.texts = { ...found.texts, [member]: text };
    if (ignoredBy === 'both' || ignoredBy === dialect.name) return undefined;
    const refusal = reader.refusal?.(text, wireName) ?? refusalForArgument(leaf, text, wireName);
    return report(found, stage, refusalForText(refusal, wireName, text, reader));
  };
}

function refusalForArgument(leaf: Leaf, ArgumentValue: string, ArgumentName: string): S3Error {
  const { kind } = leaf.form ?? leaf;
  return new S3Error(kind === 'integer' ? 'ArgumentNotAnInteger' : 'ArgumentNotReadable', {
    ArgumentName,
    ArgumentValue,
  });
}

/** If a name occurs more than once, the first occurrence counts. */
export function headerBinding(name: string, member: Leaf & Traits): MemberBinding {
  const written = wireNameOf(name, member);
  const names = [member.wireName ?? name].flat().map((one) => one.toLowerCase());
  const { refusalOfRequest } = member;
  const read = headerReader(name, member, names);
  const reader = readerOf(member);
  const isText = isPlainText(reader);
  const write: MemberBinding['write'] = isText
    ? (value, draft) => void draft.headers.push([written, value])
    : (value, draft) => void draft.headers.push([written, reader.write(value)]);
  if (refusalOfRequest !== undefined) return { read: refusingFirst(refusalOfRequest, read), write };
  const [header = '', ...others] = names;
  if (others.length > 0) return { read, write };
  return isText && member.withoutTransfer === undefined ? { header, write, read, isText } : { header, read, write };
}

function headerReader(name: string, member: Leaf & Traits, [first = name, ...others]: readonly string[]): ReadMember {
  const readText = textReader(name, member);
  const { withoutTransfer = (sent: string) => sent } = member;
  if (member.at === 'header or trailer')
    return (source, found) => readText(source.headers.get(first) ?? source.trailers.get(first), first, source, found);
  if (others.length === 0)
    return (source, found) => {
      const sent = source.headers.get(first);
      return sent === undefined ? undefined : readText(withoutTransfer(sent, source.headers), first, source, found);
    };
  return (source, found) => {
    const came = [first, ...others].find((one) => source.headers.has(one)) ?? first;
    return readText(source.headers.get(came), came, source, found);
  };
}

function refusingFirst(refusalOfRequest: NonNullable<Traits['refusalOfRequest']>, read: ReadMember): ReadMember {
  return (source, found) => {
    const refusal = refusalOfRequest(source);
    if (refusal) report(found, 'head', refusal);
    return read(source, found);
  };
}

/** A text that cannot be decoded is its own value. */
export function prefixHeaders(item: Leaf, prefix: string): MemberBinding {
  const reader = readerOf(item);
  return {
    read({ headers }) {
      let found: [string, unknown][] | undefined;
      for (const name of headers.keys()) {
        if (!name.startsWith(prefix)) continue;
        const sent = headers.get(name) ?? '';
        found ??= [];
        found.push([name.slice(prefix.length), reader.read(sent) ?? sent]);
      }
      return found && Object.fromEntries(found);
    },
    write(values: Readonly<Record<string, never>>, draft) {
      for (const [name, written] of Object.entries(values)) draft.headers.push([prefix + name, reader.write(written)]);
    },
  };
}

export function queryBinding(name: string, member: Leaf & Traits): MemberBinding {
  const read = queryReader(name, member);
  return member.whenMissing === undefined ? { query: wireNameOf(name, member), read } : { read };
}

function queryReader(name: string, member: Leaf & Traits): ReadMember {
  const { whenMissing } = member;
  const wireName = wireNameOf(name, member);
  const readText = textReader(name, member);
  if (whenMissing === undefined)
    return (source, found) => readText(source.query.get(wireName), wireName, source, found);
  return (source, found) => {
    const text = source.query.get(wireName);
    if (!text)
      report(
        found,
        'head',
        refusalForNamed({ name: whenMissing }, '', wireName).because(`the query has no ${wireName}`),
      );
    return text;
  };
}

export function queryListReader(name: string, member: Traits): ReadMember {
  const wireName = wireNameOf(name, member);
  return ({ wire }) => {
    const [, query = ''] = wire?.url.split('?') ?? [];
    const texts = new URLSearchParams(query).getAll(wireName);
    return texts.length === 0 ? undefined : texts;
  };
}

export interface Source {
  readonly wire?: { readonly url: string };
  readonly dialect: Pick<Dialect, 'name'>;
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly labels?: ReadonlyMap<string, string>;
  /** The body without framing. */
  readonly body: Uint8Array;
  readonly form?: Form;
}

export interface Draft {
  status: number;
  readonly headers: (readonly [name: string, value: string])[];
  /** Bytes of an object, or a text that is answered in place of a document. */
  body: ObjectBody | string | undefined;
}

export interface Unreadable {
  readonly refusals: Refusals;
  texts: Readonly<Record<string, string>> | undefined;
}

export type ReadMember = (source: Source, found: Unreadable) => unknown;

/** It gets only values that the member's shape has. */
type WriteMember = (value: never, draft: Draft) => void;

export interface MemberBinding {
  /** The header without which a request does not have the member, if there is one: most requests lack most members. */
  readonly header?: string;
  /** As well, of a parameter of the query. */
  readonly query?: string;
  /** Whether the text of `header` is the value. */
  readonly isText?: boolean;
  readonly read?: ReadMember;
  readonly write?: WriteMember;
}

/** The first refusal of a stage counts. Returns the value of what is refused: none. */
export function report({ refusals }: Pick<Unreadable, 'refusals'>, stage: Stage, refusal: S3Error): undefined {
  refusals[stage] ??= refusal;
}
