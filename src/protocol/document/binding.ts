import { URLSearchParams } from 'node:url';
import { S3Error } from '../../refusals/s3-error';
import { namesOf } from '../../shapes/member-names';
import { counted } from '../../text/counts';
import { writeKey } from '../../text/values';
import type { DialectName } from '../../wire';
import type { Stage } from '../request/stages';
import { membersOf } from './declared-members';
import { type Element, type Elements, readElements, type StructureOf } from './elements';
import { MarkupProblem } from './markup-problem';
import type { InputMembers, Member, Source, Unreadable } from './member';
import { refusalForMarkup, refusalForSchema } from './schema-refusals';
import { refusalForValue, text, type Value } from './values';
import { beginsLikeXml, readXml, type XmlElement } from './xml';

export type { Draft, Input, InputMembers, Member, OutputMembers, OutputValues, Source, Unreadable } from './member';

interface Limits {
  /** The only dialect that has the member. */
  readonly dialect?: DialectName;
  /** The stage at which S3 refuses a text that the member cannot read. Default `head`. */
  readonly stage?: Extract<Stage, 'query' | 'head'>;
  /** The service that reads a text that is no such value as an absent one: one of them, or both. */
  readonly ignoredBy?: DialectName | 'both';
}

function report({ refusals }: Pick<Unreadable, 'refusals'>, stage: Stage, refusal: S3Error): undefined {
  refusals[stage] ??= refusal;
}

/** The part of the limits that a member has, too. */
function only({ dialect }: Limits): Pick<Member<unknown>, 'dialect'> {
  return dialect === undefined ? {} : { dialect };
}

type TextReader = (characters: string | undefined, source: Source, member: string, found: Unreadable) => unknown;

/** Returns the function that reads the text of a header or parameter. A text that is no value is kept, and refused unless S3 ignores it. */
function textReader(wireName: string, value: Value<unknown>, { stage = 'head', ignoredBy }: Limits): TextReader {
  return (characters, { dialect }, member, found) => {
    const read = characters === undefined ? undefined : value.read(characters);
    if (read !== undefined || characters === undefined) return read;
    found.texts[member] = characters;
    if (ignoredBy === 'both' || ignoredBy === dialect.name) return undefined;
    const refusal = refusalForArgument(value, characters, wireName);
    return report(found, stage, refusalForValue(refusal, wireName, characters, value));
  };
}

function refusalForArgument(value: Value<unknown>, characters: string, name: string): S3Error {
  const details = { ArgumentName: name, ArgumentValue: characters };
  return value.refusal?.(characters, name) ?? new S3Error('ArgumentNotReadable', details);
}

/** A header of the request or the answer. */
export function header(name: string): Member<string | undefined>;
export function header<T>(name: string, value: Value<T>, limits?: Limits): Member<T | undefined>;
export function header(name: string, value: Value<unknown> = text, limits: Limits = {}): Member<unknown> {
  const wireName = name.toLowerCase();
  const readText = textReader(wireName, value, limits);
  return {
    at: 'header',
    ...only(limits),
    read: (source, member, found) => readText(source.headers.get(wireName), source, member, found),
    write(read, draft) {
      if (read !== undefined) draft.headers.push([name, value.write(read)]);
    },
  };
}

/** A header, or the trailer of that name after a body that was sent in chunks. */
export function headerOrTrailer(name: string): Member<string | undefined> {
  return { at: 'header', read: ({ headers, trailers }) => headers.get(name) ?? trailers.get(name) };
}

/** All headers with a prefix such as `x-amz-meta-`, by the rest of their names. */
export function prefixHeaders(
  prefix: string,
  value: Value<string> = text,
): Member<Readonly<Record<string, string>> | undefined> {
  return {
    at: 'prefixHeaders',
    names: 'any',
    read({ headers }) {
      let found: [string, string][] | undefined;
      for (const [name, sent] of headers) {
        if (!name.startsWith(prefix)) continue;
        found ??= [];
        found.push([name.slice(prefix.length), value.read(sent) ?? sent]);
      }
      return found && Object.fromEntries(found);
    },
    write(values, draft) {
      for (const [name, written] of Object.entries(values ?? {}))
        draft.headers.push([prefix + name, value.write(written)]);
    },
  };
}

/** A parameter of the query. */
export function query(name: string): Member<string | undefined>;
export function query<T>(name: string, value: Value<T>, limits?: Limits): Member<T | undefined>;
export function query(name: string, value: Value<unknown> = text, limits: Limits = {}): Member<unknown> {
  const readText = textReader(name, value, limits);
  return {
    at: 'query',
    ...only(limits),
    read: (source, member, found) => readText(source.query.get(name), source, member, found),
  };
}

/** A label of the declaration's path, `{Bucket}` or `{Key+}`. The path itself declares it. */
export function label(): Member<string> {
  return { at: 'label', read: ({ bucket, key }, name) => (name === 'Bucket' ? bucket : key) };
}

/** A field of a form that is the body of the request, as IBM Cloud's token service reads it. */
export function form(name: string): Member<string | undefined> {
  return { at: 'form', read: ({ body }) => new URLSearchParams(Buffer.from(body).toString()).get(name) ?? undefined };
}

/** The limit of most documents (F271). */
const mebibyte = 1024 * 1024;
/** The limit of documents that list many things: 1000 keys of 1024 bytes, each byte written as a reference, are 6 MB (F271). */
export const bytesOfLongLists = 8 * mebibyte;

/** The limits of a payload, beside the shape of its document. */
interface PayloadLimits {
  /** S3 accepts a request without a body, too. */
  readonly optional?: boolean;
  /** S3 refuses a longer body before it reads it. Default 1 MiB. */
  readonly maxBytes?: number;
  /** The names that the root may have. If they are left out, S3 ignores the root's name. */
  readonly roots?: readonly string[];
  /** The journal's advice for a text that XML 1.0 cannot hold. */
  readonly adviceForText?: string;
}

/** The body as an XML document. */
export function payload<S extends Elements>(
  shape: S,
  limits: PayloadLimits & { readonly optional: true },
): Member<StructureOf<S> | undefined>;
export function payload<S extends Elements>(shape: S, limits?: PayloadLimits): Member<StructureOf<S>>;
export function payload<S extends Elements>(shape: S, limits: PayloadLimits = {}): Member<StructureOf<S> | undefined> {
  const { optional = false, maxBytes = mebibyte, roots, adviceForText } = limits;
  return {
    at: 'payload',
    names: namesOf(shape),
    read({ body }, _name, unreadable) {
      if (body.length > maxBytes)
        return beginsLikeXml(body)
          ? report(unreadable, 'size', refusalForLength(body.length, maxBytes))
          : report(unreadable, 'document', refusalForText(body));
      if (body.length === 0)
        return optional ? undefined : report(unreadable, 'body', new S3Error('MissingRequestBody'));
      const root = readXml(body);
      if (root instanceof MarkupProblem)
        return report(unreadable, 'document', refusalForMarkup('the body', root, adviceForText));
      if (roots?.includes(root.name) === false)
        return report(unreadable, 'document', refusalForSchema(`the root is <${root.name}>, not ${rootNames(roots)}`));
      const found: S3Error[] = [];
      const value = readElements(shape, root, (refusal) => found.push(refusal));
      // S3 refuses a document that does not fit its schema before it refuses a value (F71).
      const [first] = found.toSorted((a, b) => Number(isMalformed(b)) - Number(isMalformed(a)));
      if (first) report(unreadable, 'document', first);
      return value;
    },
  };
}

const shown = 60;

function refusalForText(body: Uint8Array): S3Error {
  const beginning = Buffer.from(body.subarray(0, shown)).toString();
  return refusalForSchema(`the body is not well-formed XML: ${writeKey(beginning)}${body.length > shown ? '…' : ''}`);
}

function refusalForLength(length: number, maxBytes: number): S3Error {
  const why = `the document has ${counted(length, 'byte')}; S3 reads ${counted(maxBytes, 'byte')} at most`;
  return new S3Error('MessageTooLong', { MaxMessageLengthBytes: maxBytes }, why);
}

function rootNames(roots: readonly string[]): string {
  return roots.map((name) => `<${name}>`).join(' or ');
}

function isMalformed({ refusal }: S3Error): boolean {
  return refusal === 'MalformedXML';
}

/**
 * The bytes of a body. They have a name because the compiler would write `Uint8Array<ArrayBufferLike>` into the declarations of the
 * package, which TypeScript before 5.7 cannot read.
 */
export interface Bytes extends Uint8Array {}

/** The body, unchanged. */
export function blob(): Member<Bytes | undefined> {
  return {
    at: 'blob',
    names: 'any',
    read: ({ body }) => body,
    write(bytes, draft) {
      draft.body = bytes;
    },
  };
}

/** The body as it came; undefined if the request has none. */
export function sentBody(): Member<Bytes | undefined> {
  return { at: 'blob', names: 'any', read: ({ body }) => (body.length === 0 ? undefined : body) };
}

/** The body as a document that is no XML, such as a policy. Its operation reads the text. */
export function payloadText(): Member<string | undefined> {
  return {
    at: 'payload',
    read({ body }, _name, unreadable) {
      if (body.length > mebibyte) return report(unreadable, 'size', refusalForLength(body.length, mebibyte));
      return body.length === 0 ? undefined : Buffer.from(body).toString();
    },
    write(characters, draft) {
      draft.body = Buffer.from(characters ?? '');
    },
  };
}

/** The body as an XML document of which nothing is refused; undefined if it cannot be read. */
export function sentDocument<S extends Elements>(shape: S): Member<StructureOf<S> | undefined> {
  return {
    at: 'blob',
    names: namesOf(shape),
    read({ body }) {
      const root = rootOf(body);
      return root && readElements(shape, root, () => {});
    },
  };
}

/** An element of such a document that is a member of the input by itself. */
export function inDocument<T>(inner: Element<T>): Member<T> {
  return {
    at: 'blob',
    ...(inner.names !== undefined && { names: inner.names }),
    read({ body }, name) {
      const root = rootOf(body);
      return root && inner.read(root, name, () => {});
    },
  };
}

function rootOf(body: Uint8Array): XmlElement | undefined {
  const root = body.length === 0 || body.length > mebibyte ? undefined : readXml(body);
  return root instanceof MarkupProblem ? undefined : root;
}

/** The status of the answer, if the handler chooses it. */
export function status<Codes extends number>(): Member<Codes> {
  return {
    at: 'status',
    write(code, draft) {
      draft.status = code;
    },
  };
}

/** An input that was read from a request. */
interface Bound extends Pick<Unreadable, 'refusals'> {
  /** The members that could be read. */
  readonly input: object;
  /** The same, with the texts that could not be read: what was sent, whether S3 accepts it or not. */
  readonly recorded: object;
}

/** Reads the members of a request as an input, and collects the refusals of members that cannot be read. Never throws. */
export function bind(members: InputMembers, source: Source): Bound {
  const found: Unreadable = { refusals: {}, texts: {} };
  const input: Record<string, unknown> = {};
  for (const [name, member] of membersOf(members)) {
    if (member.dialect !== undefined && member.dialect !== source.dialect.name) continue;
    const value = member.read?.(source, name, found);
    if (value !== undefined) input[name] = value;
  }
  const { refusals, texts } = found;
  return { input, recorded: Object.keys(texts).length === 0 ? input : { ...input, ...texts }, refusals };
}
