import { checksumMembersOf } from '../formats/digests';
import type { Bucket } from '../model/bucket';
import type { Caller } from '../model/identity/account';
import type { Store } from '../model/store';
import {
  header,
  headerOrTrailer,
  type Input,
  type InputMembers,
  label,
  type Member,
  type OutputMembers,
  type OutputValues,
  query,
  sentBody,
} from '../protocol/document/binding';
import type { ReplyShape } from '../protocol/reply/reply';
import { parsePattern, type Row, type RowLimits } from '../protocol/request/pattern';
import type { S3Request } from '../protocol/request/request';
import type { S3Error } from '../refusals/s3-error';

/** What a handler is given beside its input. */
export interface Context {
  readonly store: Store;
  /** The bucket that the request names. Where there is none S3 refuses the request before a handler asks. */
  readonly bucket: Bucket;
  readonly caller: Caller;
  readonly request: S3Request;
  readonly now: number;
}

/** A row of the table: how an operation looks on the wire, and what it does. */
export interface Operation<I, O> extends Row, ReplyShape, Requirements {
  readonly pattern: string;
  readonly input: InputMembers;
  /** The body is read as a document. */
  readonly hasDocument: boolean;
  readonly aliases: readonly string[];
  /** Undefined for what this library does not do: such a request answers S3MockNotImplemented. */
  readonly handle: ((context: Context, input: I) => O) | undefined;
}

/** What S3 checks of a request to this operation otherwise than of all. */
interface Requirements {
  /** What S3 refuses of the query before it asks who sent it, if more than one parameter has to be looked at. */
  readonly refusalOfQuery?: (query: ReadonlyMap<string, string>) => S3Error | undefined;
  /** The bucket need not be there. */
  readonly bucketMayBeMissing?: boolean;
  /** S3 wants a digest of the body. */
  readonly digest?: 'required';
  /** The body may come in signed or trailed chunks. */
  readonly streaming?: boolean;
  /** The checksum headers are of the object that the operation makes, not of the body. */
  readonly checksumOf?: 'object';
  /** The refusal of a wrong Content-MD5 quotes it in base64, not in hexadecimal digits. */
  readonly expectedDigest?: 'base64';
}

/** Members that S3 reads on every request. */
const ofEveryRequest = {
  ExpectedBucketOwner: header('x-amz-expected-bucket-owner'),
  RequestPayer: header('x-amz-request-payer'),
  ContentMD5: header('content-md5'),
  ChecksumAlgorithm: header('x-amz-sdk-checksum-algorithm'),
  ...checksumMembersOf(headerOrTrailer),
};

type Labels<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends '' ? unknown : { readonly [K in Name extends `${infer Greedy}+` ? Greedy : Name]: Member<string> }) &
      Labels<Rest>
  : unknown;

type FullInput<Pattern extends string, M extends InputMembers> = Input<M & Labels<Pattern> & typeof ofEveryRequest>;

/** What a handler may return: optional members may be given as undefined, so that nobody spreads conditionally. */
type Output<S extends OutputMembers> = {
  readonly [K in keyof S as undefined extends OutputValues<S>[K] ? K : never]?: OutputValues<S>[K] | undefined;
} & { readonly [K in keyof S as undefined extends OutputValues<S>[K] ? never : K]: OutputValues<S>[K] };

/** Compares what a handler returns with the declaration: nothing if none is declared, no undeclared member, none missing. */
type Declared<R, S extends OutputMembers> = keyof S extends never
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a handler without an output returns nothing
    R extends void | undefined
    ? unknown
    : { readonly output: 'is not declared' }
  : Exclude<keyof R, keyof S> extends never
    ? Output<S>
    : { readonly undeclared: Exclude<keyof R, keyof S> };

// biome-ignore lint/suspicious/noConfusingVoidType: as above
type Answered<R> = [R] extends [void] ? undefined : R;

interface Declaration<Pattern extends string, M extends InputMembers, S extends OutputMembers, R>
  extends RowLimits,
    Requirements,
    Partial<Pick<ReplyShape, 'rootStaysOpen' | 'slow' | 'status'>> {
  readonly input?: M;
  readonly output?: S;
  readonly root?: string;
  readonly contentType?: string;
  readonly aliases?: readonly string[];
  readonly handle: (context: Context, input: FullInput<Pattern, M>) => R & Declared<R, S>;
}

/** What a declaration leaves out. */
const undeclared = { output: {}, root: undefined, contentType: undefined, status: 200, aliases: [], handle: undefined };

/**
 * Declares an operation: its method, path and query, where each member stands on the wire, and what it does. The types of
 * its input and output follow.
 */
export function operation<
  const Pattern extends string,
  const R,
  // biome-ignore lint/complexity/noBannedTypes: no members, which is what {} says here
  M extends InputMembers = {},
  // biome-ignore lint/complexity/noBannedTypes: as above
  S extends OutputMembers = {},
>(pattern: Pattern, declaration: Declaration<Pattern, M, S, R>): Operation<FullInput<Pattern, M>, Answered<R>> {
  return {
    ...undeclared,
    ...declaration,
    ...wireOf(pattern, declaration),
    handle: declaration.handle as (context: Context, input: FullInput<Pattern, M>) => Answered<R>, // Declared only narrows what may be returned
  };
}

/** The members that are recorded of an operation without a declaration: its document as it came, and what it is about (F231). */
const undeclaredInput = { Body: sentBody(), Id: query('id'), VersionId: query('versionId') };

/** Declares an operation that S3 has and this library lacks: recorded under its own name, answered with S3MockNotImplemented. */
export function notImplemented<const Pattern extends string>(
  pattern: Pattern,
  limits: RowLimits & Pick<Requirements, 'refusalOfQuery'> & { readonly aliases?: readonly string[] } = {},
): Operation<FullInput<Pattern, typeof undeclaredInput>, undefined> {
  return { ...undeclared, ...limits, ...wireOf(pattern, { ...limits, input: undeclaredInput }) };
}

/** What a pattern and the declared members make of the wire. Declared members win over those of every request, and come first. */
function wireOf(pattern: string, { input = {}, ...limits }: RowLimits & { readonly input?: InputMembers }) {
  const members: InputMembers = { ...labelsOf(pattern), ...input, ...ofEveryRequest, ...input };
  const hasDocument = Object.values(members).some(({ at }) => at === 'payload');
  return { ...parsePattern(pattern, limits), pattern, input: members, hasDocument };
}

function labelsOf(pattern: string): Readonly<Record<string, Member<string>>> {
  const names = [...pattern.replace(/\?.*$/, '').matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, label()]));
}
