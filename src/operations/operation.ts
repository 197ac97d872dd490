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
} from '../protocol/document/binding';
import type { ReplyShape } from '../protocol/reply/reply';
import type { S3Request } from '../protocol/request/request';
import { parsePattern, type Row, type RowLimits } from '../protocol/request/route';
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
export interface Operation<I, O> extends Row, ReplyShape {
  readonly pattern: string;
  readonly input: InputMembers;
  readonly aliases: readonly string[];
  /** What is asked of a request before its handler. */
  readonly asks: Asks;
  /** Undefined for what this library does not do: such a request answers NotImplemented. */
  readonly handle: ((context: Context, input: I) => O) | undefined;
}

/** What S3 asks of a request before it is carried out, where it is not what it asks of all. */
interface Asks {
  /** What S3 refuses of the query before it asks who sent it, where that takes more than one parameter to see. */
  readonly refuseQuery?: (query: ReadonlyMap<string, string>) => S3Error | undefined;
  /** The bucket need not be there. */
  readonly bucketMayBeMissing?: boolean;
  /** S3 wants a digest of the body. */
  readonly digest?: 'required';
  /** The body may come in signed or trailed chunks. */
  readonly streaming?: boolean;
  /** Of what the checksum headers speak, where it is not the body. */
  readonly checksumOf?: 'object';
  /** How a wrong Content-MD5 of bytes is told back, where it is not in hexadecimal digits. */
  readonly expectedDigest?: 'base64';
}

/** Members that S3 reads on every request, declared once. The checks that they ask for are made in `answer.ts`. */
const common = {
  ExpectedBucketOwner: header('x-amz-expected-bucket-owner'),
  RequestPayer: header('x-amz-request-payer'),
  ContentMD5: header('content-md5'),
  ChecksumAlgorithm: header('x-amz-sdk-checksum-algorithm'),
  ChecksumCRC32: headerOrTrailer('x-amz-checksum-crc32'),
  ChecksumCRC32C: headerOrTrailer('x-amz-checksum-crc32c'),
  ChecksumCRC64NVME: headerOrTrailer('x-amz-checksum-crc64nvme'),
  ChecksumSHA1: headerOrTrailer('x-amz-checksum-sha1'),
  ChecksumSHA256: headerOrTrailer('x-amz-checksum-sha256'),
};

type Labels<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends '' ? unknown : { readonly [K in Name extends `${infer Greedy}+` ? Greedy : Name]: Member<string> }) &
      Labels<Rest>
  : unknown;

type FullInput<Pattern extends string, M extends InputMembers> = Input<M & Labels<Pattern> & typeof common>;

/** What a handler may return: optional members may be given as undefined, so that nobody spreads conditionally. */
type Output<S extends OutputMembers> = {
  readonly [K in keyof S as undefined extends OutputValues<S>[K] ? K : never]?: OutputValues<S>[K] | undefined;
} & { readonly [K in keyof S as undefined extends OutputValues<S>[K] ? never : K]: OutputValues<S>[K] };

/** What a handler returned, held against the declaration: nothing where none is declared, no undeclared member, none missing. */
type Checked<R, S extends OutputMembers> = keyof S extends never
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a handler without an output returns nothing
    R extends void | undefined
    ? unknown
    : { readonly output: 'is not declared' }
  : Exclude<keyof R, keyof S> extends never
    ? Output<S>
    : { readonly undeclared: Exclude<keyof R, keyof S> };

// biome-ignore lint/suspicious/noConfusingVoidType: as above
type Told<R> = [R] extends [void] ? undefined : R;

interface Declaration<Pattern extends string, M extends InputMembers, S extends OutputMembers, R>
  extends RowLimits,
    Asks {
  readonly input?: M;
  readonly output?: S;
  readonly root?: string;
  readonly rootStaysOpen?: boolean;
  readonly slow?: 'streamed' | 'whole';
  readonly contentType?: string;
  readonly status?: number;
  readonly aliases?: readonly string[];
  readonly handle: (context: Context, input: FullInput<Pattern, M>) => R & Checked<R, S>;
}

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
>(pattern: Pattern, declaration: Declaration<Pattern, M, S, R>): Operation<FullInput<Pattern, M>, Told<R>> {
  const {
    input,
    output,
    root,
    rootStaysOpen = false,
    slow,
    contentType,
    status = 200,
    aliases = [],
    handle,
    bucketMayBeMissing,
    digest,
    streaming,
    checksumOf,
    expectedDigest,
    refuseQuery,
  } = declaration;
  return {
    ...parsePattern(pattern, declaration),
    pattern,
    // What is declared wins over what is common, and stands first.
    input: { ...labelsOf(pattern), ...input, ...common, ...input },
    output: output ?? {},
    root,
    rootStaysOpen,
    slow,
    contentType,
    status,
    aliases,
    asks: {
      ...(bucketMayBeMissing && { bucketMayBeMissing }),
      ...(digest && { digest }),
      ...(streaming && { streaming }),
      ...(checksumOf && { checksumOf }),
      ...(expectedDigest && { expectedDigest }),
      ...(refuseQuery && { refuseQuery }),
    },
    handle: handle as (context: Context, input: FullInput<Pattern, M>) => Told<R>, // Checked only narrows what may be returned
  };
}

/** Declares an operation that S3 has and this library lacks: recorded under its own name, answered with NotImplemented. */
export function notImplemented<const Pattern extends string>(
  pattern: Pattern,
  limits: RowLimits & { readonly aliases?: readonly string[] } = {},
  // biome-ignore lint/complexity/noBannedTypes: no members beside the labels
): Operation<FullInput<Pattern, {}>, undefined> {
  return {
    ...parsePattern(pattern, limits),
    pattern,
    input: { ...labelsOf(pattern), ...common },
    output: {},
    root: undefined,
    contentType: undefined,
    status: 200,
    aliases: limits.aliases ?? [],
    asks: {},
    handle: undefined,
  };
}

function labelsOf(pattern: string): Readonly<Record<string, Member<string>>> {
  const names = [...pattern.replace(/\?.*$/, '').matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, label()]));
}
