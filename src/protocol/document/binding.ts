import type { Dialect } from '../../dialects';
import { S3Error } from '../../refusals/s3-error';
import { type MemberNames, namesOf } from '../../shapes/member-names';
import type { DialectName } from '../../wire';
import type { Refusals, Stage } from '../request/stages';
import { type Element, type Elements, readElements, type StructureOf, type Values } from './elements';
import { text, type Value } from './values';
import { beginsLikeXml, parseXml } from './xml';

/** The parts of a request that members are read from. */
export interface Source {
  readonly dialect: Pick<Dialect, 'name'>;
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string | undefined>>;
  /** Without framing. */
  readonly body: Uint8Array;
}

/** The parts of an answer that members are written into. */
export interface Draft {
  status: number;
  readonly headers: [name: string, value: string][];
  body: Uint8Array | undefined;
}

/** A member of an input or output, and its place outside of XML. */
export interface Member<T> {
  readonly at: 'header' | 'prefixHeaders' | 'query' | 'label' | 'payload' | 'blob' | 'form' | 'status';
  readonly dialect?: DialectName;
  /** The names of the members in it; a single value has none. */
  readonly names?: MemberNames;
  read?(source: Source, name: string, refusals: Refusals): T | undefined;
  write?(value: T, draft: Draft): void;
}

interface Limits {
  /** The only dialect that has the member. */
  readonly dialect?: DialectName;
  /** The stage at which S3 refuses a text that the member cannot read. Default `head`. */
  readonly stage?: Extract<Stage, 'query' | 'head'>;
  /** The dialect that reads a header whose text is no such value as an absent one. */
  readonly lenientDialect?: DialectName;
}

// biome-ignore lint/suspicious/noExplicitAny: a record mixes members of all types; `Input` restores the type of each
export type InputMembers = Readonly<Record<string, Member<any>>>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type OutputMembers = Readonly<Record<string, Member<any> | Element<any>>>;

/** The values that a handler gets for the declared members. */
export type Input<M extends InputMembers> = Values<{ [K in keyof M]: M[K] extends Member<infer T> ? T : never }>;

/** The values of the members of an output. */
export type OutputValues<S extends OutputMembers> = {
  [K in keyof S]: S[K] extends Member<infer T> ? T : S[K] extends Element<infer T> ? T : never;
};

function report(refusals: Refusals, stage: Stage, refusal: S3Error): undefined {
  refusals[stage] ??= refusal;
}

function refusalForArgument(value: Value<unknown>, characters: string, name: string): S3Error {
  const details = { ArgumentName: name, ArgumentValue: characters };
  return value.refusal?.(characters, name) ?? new S3Error('ArgumentNotReadable', details);
}

/** A header of the request or the answer. */
export function header(name: string): Member<string | undefined>;
export function header<T>(name: string, value: Value<T>, limits?: Limits): Member<T | undefined>;
export function header(
  name: string,
  value: Value<unknown> = text,
  { stage = 'head', lenientDialect, ...limits }: Limits = {},
): Member<unknown> {
  const wireName = name.toLowerCase();
  return {
    at: 'header',
    ...limits,
    read(source, _member, refusals) {
      const characters = source.headers.get(wireName);
      if (characters === undefined) return undefined;
      const read = value.read(characters);
      if (read !== undefined || source.dialect.name === lenientDialect) return read;
      return report(refusals, stage, refusalForArgument(value, characters, wireName));
    },
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
      const found = [...headers].filter(([name]) => name.startsWith(prefix));
      return found.length === 0
        ? undefined
        : Object.fromEntries(found.map(([name, sent]) => [name.slice(prefix.length), value.read(sent) ?? sent]));
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
export function query(
  name: string,
  value: Value<unknown> = text,
  { stage = 'head', ...limits }: Limits = {},
): Member<unknown> {
  return {
    at: 'query',
    ...limits,
    read(source, _member, refusals) {
      const characters = source.query.get(name);
      if (characters === undefined) return undefined;
      return value.read(characters) ?? report(refusals, stage, refusalForArgument(value, characters, name));
    },
  };
}

/** A label of the declaration's path, `{Bucket}` or `{Key+}`. The path itself declares it. */
export function label(): Member<string> {
  return { at: 'label', read: ({ labels }, name) => labels[name] };
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
}

/** The body as an XML document. */
export function payload<S extends Elements>(
  shape: S,
  limits: PayloadLimits & { readonly optional: true },
): Member<StructureOf<S> | undefined>;
export function payload<S extends Elements>(shape: S, limits?: PayloadLimits): Member<StructureOf<S>>;
export function payload<S extends Elements>(shape: S, limits: PayloadLimits = {}): Member<StructureOf<S> | undefined> {
  const { optional = false, maxBytes = mebibyte, roots } = limits;
  return {
    at: 'payload',
    names: namesOf(shape),
    read({ body }, _name, refusals) {
      if (body.length > maxBytes)
        return beginsLikeXml(body)
          ? report(refusals, 'size', new S3Error('MessageTooLong', { MaxMessageLengthBytes: maxBytes }))
          : report(refusals, 'document', new S3Error('MalformedXML'));
      if (body.length === 0) return optional ? undefined : report(refusals, 'body', new S3Error('MissingRequestBody'));
      const root = parseXml(body);
      if (root === undefined || roots?.includes(root.name) === false)
        return report(refusals, 'document', new S3Error('MalformedXML'));
      const found: S3Error[] = [];
      const value = readElements(shape, root, (refusal) => found.push(refusal));
      // S3 refuses a document that does not fit its schema before it refuses a value (F71).
      const [first] = found.toSorted((a, b) => Number(isMalformed(b)) - Number(isMalformed(a)));
      if (first) report(refusals, 'document', first);
      return value;
    },
  };
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

/** The status of the answer, if the handler chooses it. */
export function status<Codes extends number>(): Member<Codes> {
  return {
    at: 'status',
    write(code, draft) {
      draft.status = code;
    },
  };
}

/** Reads the members of a request as an input, and collects the refusals of members that cannot be read. Never throws. */
export function bind(members: InputMembers, source: Source): { readonly input: object; readonly refusals: Refusals } {
  const refusals: Refusals = {};
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if (member.dialect !== undefined && member.dialect !== source.dialect.name) continue;
    const value = member.read?.(source, name, refusals);
    if (value !== undefined) input[name] = value;
  }
  return { input, refusals };
}
