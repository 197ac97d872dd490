import { checksumAlgorithms, makeChecksumMembers } from '../formats/digests';
import type { ActionName } from '../model/access/actions';
import type { AccessPoint } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import type { Caller } from '../model/identity/account';
import type { PostPolicy } from '../model/post-policy/document';
import type { Store } from '../model/store';
import type { NamedCustomerKey } from '../model/versions/customer-key';
import type { Version } from '../model/versions/version';
import type { ReplyShape } from '../protocol/reply/reply';
import type { S3Request } from '../protocol/request/request';
import { parsePattern, type Row, type RowLimits } from '../protocol/request/route';
import type { S3Error } from '../refusals/s3-error';
import { flatPayload, header, headerOrTrailer, type Input, label, query, sentBody } from '../shapes/places';
import type { Members, OptionalName, RequiredName, ValueOf } from '../shapes/shape';
import { word } from '../shapes/values';
import type { Endpoint } from '../wire';
import type { NeededActions } from './members/actions';

export interface Context {
  readonly store: Store;
  /** The bucket that the request names. If it does not exist, S3 refuses the request before the handler reads it. */
  readonly bucket: Bucket;
  readonly caller: Caller;
  readonly request: S3Request;
  readonly now: number;
  /** The policy of a browser's form, which allows its fields; undefined if nobody signed the form. */
  readonly policy: PostPolicy | undefined;
  /** Returns S3's refusal of a further action beside the action of the operation; undefined if the caller can carry it out. */
  readonly refusalOf: (asked: FurtherAction) => S3Error | undefined;
  /** Throws that refusal. The introduction says in the journal what the action is needed for. */
  readonly checkAccess: (asked: FurtherAction, introduction?: string) => void;
  /** Throws unless the caller can pass a role, by its ARN, to S3 (F960). */
  readonly checkPassRole: (role: string) => void;
  /** Returns the refusal that the action threw: then nothing of the entry stays changed, and the journal has the reason. An entry that a test makes fail is not carried out. */
  readonly attempt: <Result>(entry: BatchEntry, action: () => Result) => Result | S3Error;
  /** S3 sends the status 200 now, before it knows the outcome: what it refuses from here on is inside of the 200 (F670). */
  readonly beginAnswer: () => void;
  /** Adds a note to the journal: a sentence on what the answer does not say. It is written only if not too many came before it. */
  readonly note: (write: () => string) => void;
}

export type SearchContext = Pick<Context, 'store' | 'bucket' | 'request' | 'refusalOf'>;

export type SourceContext = SearchContext & Pick<Context, 'now'>;

export interface BatchEntry {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly sent: object;
}

/** The same before S3 has decided whether the caller can carry out the operation. */
export type RequestContext = Omit<
  Context,
  'refusalOf' | 'checkAccess' | 'checkPassRole' | 'attempt' | 'beginAnswer' | 'note' | 'policy'
>;

/** An action that an operation needs beside its own: on an entry of a batch, on the source of a copy, or for a lock. */
export interface FurtherAction {
  readonly action: ActionName;
  /** The bucket. Default: the bucket that the request names. */
  readonly bucket?: Bucket | undefined;
  /** The name of a bucket that need not exist. */
  readonly bucketName?: string | undefined;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly uploadId?: string | undefined;
  /** The access point through which the bucket is used. Default: the access point of the request, unless `bucket` is another bucket. */
  readonly accessPoint?: AccessPoint | undefined;
  /** The ARN of the resource, if it is neither a bucket nor an object. */
  readonly resource?: string | undefined;
  /** The version of an entry in a listing, whose ACL counts. */
  readonly listed?: Version | undefined;
  /** Condition keys, in lower case, that have other values than in the request itself. */
  readonly conditions?: ReadonlyMap<string, string>;
}

export interface Operation<I, O> extends Row, ReplyShape, Requirements {
  readonly pattern: string;
  readonly input: Members;
  readonly hasDocument: boolean;
  readonly aliases: readonly string[];
  readonly action: NeededActions<I>;
  /** Throws if the request would make something public, and the bucket blocks that: S3 says so to callers without the right, too (F543). */
  readonly checkBlocked?: (context: RequestContext, input: Partial<I>) => void;
  /** Throws what S3 refuses before it asks for the right (F1600). */
  readonly checkEarly?: (context: RequestContext, input: Partial<I>) => void;
  /** Throws if a condition on the source of a copy is unmet: S3 says so to callers without the right to write, too (F521). */
  readonly checkSource?: (context: SourceContext, input: Partial<I>) => void;
  /** Is undefined if this library does not implement the operation: the request answers S3MockNotImplemented. */
  readonly handle: ((context: Context, input: I) => O) | undefined;
  /** The refusal of an operation that S3 carries out for nobody: its handler throws it. */
  readonly alwaysRefuses?: (context: Context, input: I) => S3Error;
}

/** If the caller can list the bucket, S3 says that there is no object before it refuses the read (F524). */
type FindObject = (context: SearchContext, key: string, versionId: string | undefined) => unknown;

interface Requirements {
  readonly findObject?: FindObject;
  /** Throws if parameters do not go together, or not with the endpoint. S3 checks them before it reads the caller. */
  readonly checkQuery?: (query: ReadonlyMap<string, string>, endpoint: Endpoint) => void;
  /**
   * The refusal of a caller without credentials, if S3 has a special refusal for the request. It comes before all access is checked (F430).
   */
  readonly refusalOfAnonymous?: (query: ReadonlyMap<string, string>) => S3Error | undefined;
  /** Throws if the headers of a customer's key are malformed: S3 says so to callers without the right, too (F610). */
  readonly checkCustomerKey?: (request: S3Request, named: NamedCustomerKey) => void;
  /** Throws what is wrong with the document: S3 says so to callers without the right, too (F1020). */
  readonly checkDocument?: (input: Readonly<Record<string, unknown>>) => void;
  /** S3 reads what comes until here before it asks for the right (F1604). */
  readonly accessAfter?: 'document';
  readonly bucketMayBeMissing?: boolean;
  /** Access points answer it, though it is about the bucket, or only by their aliases (F1112). Those about objects are answered. */
  readonly answersThroughAccessPoints?: boolean | 'alias';
  /** S3 answers it at the hosts of every region, wherever the bucket is (F210). */
  readonly answersInEveryRegion?: boolean;
  /** Throws what S3 refuses because of the bucket and its caller, before it reads the document. */
  readonly checkBucket?: (bucket: Bucket, asked: { readonly caller: Caller; readonly method: string }) => void;
  /** Throws what S3 refuses because of the object, before it reads the body. */
  readonly checkObject?: (context: SearchContext, key: string, versionId: string | undefined) => void;
  readonly digest?: 'required' | 'required by ibm-cos';
  /** The refusal of a request without the digest, if it does not speak of checksums, too (F1685). */
  readonly whenDigestMissing?: 'ContentMd5Missing';
  /** Whether the body can come in signed or trailed chunks. */
  readonly streaming?: boolean;
  /** The checksum headers describe the object that the operation makes, not the body. */
  readonly checksumOf?: 'object';
  /** The refusal of a wrong Content-MD5 quotes it in base64, not in hexadecimal digits. */
  readonly expectedDigest?: 'base64';
}

const ofEveryRequest = {
  ExpectedBucketOwner: header('x-amz-expected-bucket-owner'),
  RequestPayer: header('x-amz-request-payer', word('requester')),
  ContentMD5: header('content-md5'),
  ChecksumAlgorithm: header('x-amz-sdk-checksum-algorithm', word(...checksumAlgorithms)),
  ...makeChecksumMembers(headerOrTrailer),
};

// biome-ignore lint/complexity/noBannedTypes: no members, which is what {} says here
export type NoMembers = {};

type Labels<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends ''
      ? unknown
      : { readonly [K in Name extends `${infer Greedy}+` ? Greedy : Name]: ReturnType<typeof label> }) &
      Labels<Rest>
  : unknown;

const ofEveryControlRequest = { AccountId: header('x-amz-account-id') };

export type FullInput<Pattern extends string, M extends Members, C extends Members = typeof ofEveryRequest> = Input<
  M & Labels<Pattern> & C
>;

type ControlInput<Pattern extends string, M extends Members, D extends Members = NoMembers> = FullInput<
  Pattern,
  M & D,
  typeof ofEveryControlRequest
>;

/** Optional members can be undefined, so that a handler need not spread conditionally. */
type Output<S extends Members> = {
  readonly [K in keyof S as OptionalName<S, K>]?: ValueOf<S[K]> | undefined;
} & { readonly [K in keyof S as RequiredName<S, K>]: ValueOf<S[K]> };

/** Compares what a handler returns with the declaration: nothing if no output is declared; otherwise no member is undeclared or missing. */
type Declared<R, S extends Members> = keyof S extends never
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a handler without an output returns nothing
    R extends void | undefined
    ? unknown
    : { readonly output: 'is not declared' }
  : Exclude<keyof R, keyof S> extends never
    ? Output<S>
    : { readonly undeclared: Exclude<keyof R, keyof S> };

// biome-ignore lint/suspicious/noConfusingVoidType: as above
type Answered<R> = [R] extends [void] ? undefined : R;

interface Declaration<Pattern extends string, M extends Members, S extends Members, R>
  extends RowLimits,
    Requirements,
    Partial<Omit<ReplyShape, 'output'>>,
    Pick<Operation<FullInput<Pattern, M>, unknown>, 'action' | 'checkBlocked' | 'checkEarly' | 'checkSource'> {
  readonly input?: M;
  readonly output?: S;
  readonly aliases?: readonly string[];
  readonly handle: (context: Context, input: FullInput<Pattern, M>) => R & Declared<R, S>;
}

const undeclared = { output: {}, root: undefined, contentType: undefined, status: 200, aliases: [], handle: undefined };

export function operation<
  const Pattern extends string,
  const R,
  M extends Members = NoMembers,
  S extends Members = NoMembers,
>(pattern: Pattern, declaration: Declaration<Pattern, M, S, R>): Operation<FullInput<Pattern, M>, Answered<R>> {
  const handle = declaration.handle as (context: Context, input: FullInput<Pattern, M>) => Answered<R>; // Declared only narrows what may be returned
  return onWire(pattern, declaration, { ...undeclared, ...declaration, handle });
}

interface RefusedDeclaration<Pattern extends string, M extends Members> extends RowLimits {
  readonly action: ActionName;
  readonly input?: M;
  readonly alwaysRefuses: (context: Context, input: FullInput<Pattern, M>) => S3Error;
}

/** S3 carries it out for nobody. */
export function refusedOperation<const Pattern extends string, M extends Members = NoMembers>(
  pattern: Pattern,
  declaration: RefusedDeclaration<Pattern, M>,
): Operation<FullInput<Pattern, M>, undefined> {
  const handle = (context: Context, input: FullInput<Pattern, M>): never => {
    throw declaration.alwaysRefuses(context, input);
  };
  return onWire(pattern, declaration, { ...undeclared, ...declaration, handle });
}

interface ControlDeclaration<Pattern extends string, M extends Members, D extends Members, S extends Members, R>
  extends Partial<Pick<ReplyShape, 'status'>> {
  readonly action: ActionName;
  readonly input?: M;
  /** The elements of its document, which SDKs have beside its other members. */
  readonly document?: D;
  readonly output?: S;
  readonly root?: string;
  readonly handle: (context: Context, input: ControlInput<Pattern, M, D>) => R & Declared<R, S>;
}

export function controlOperation<
  const Pattern extends string,
  const R,
  M extends Members = NoMembers,
  D extends Members = NoMembers,
  S extends Members = NoMembers,
>(
  pattern: Pattern,
  declaration: ControlDeclaration<Pattern, M, D, S, R>,
): Operation<ControlInput<Pattern, M, D>, Answered<R>> {
  const handle = declaration.handle as (context: Context, input: ControlInput<Pattern, M, D>) => Answered<R>; // Declared only narrows what may be returned
  const { document, ...row } = declaration;
  const input = { ...row.input, ...(document && flatPayload('Request', document)) };
  return onWire(pattern, { service, input }, { ...undeclared, ...row, handle });
}

const service = 's3-control';

type Sent = { readonly Body: ReturnType<typeof sentBody> };

/** Its document is recorded as it came. */
export function lackingControlOperation<const Pattern extends string>(
  pattern: Pattern,
): Operation<ControlInput<Pattern, Sent>, undefined> {
  return onWire(
    pattern,
    { service, input: { Body: sentBody() } },
    { ...undeclared, action: 'no action' as const, handle: undefined },
  );
}

/** The parts of a declaration whose members have names that are values, so that no type follows from them. */
interface Made
  extends Omit<
    Declaration<string, Members, Members, unknown>,
    'action' | 'checkBlocked' | 'checkEarly' | 'checkSource' | 'handle'
  > {
  readonly action: ActionName | 'no action';
  readonly handle: (context: Context, input: Readonly<Record<string, unknown>>) => object | undefined;
}

/** The caller says the types of the input and the output. */
export function madeOperation<I, O>(pattern: string, declaration: Made): Operation<I, O> {
  const row: object = onWire(pattern, declaration, { ...undeclared, ...declaration });
  return row as Operation<I, O>; // the maker's types are those of the members that it declares
}

/** F231 */
const undeclaredInput = { Body: sentBody(), VersionId: query('versionId') };

interface Lacking<M extends Members> extends RowLimits, Pick<Requirements, 'checkQuery' | 'refusalOfAnonymous'> {
  readonly action: NeededActions<Input<typeof undeclaredInput>>;
  readonly aliases?: readonly string[];
  readonly input?: M;
}

export function notImplemented<const Pattern extends string, M extends Members = NoMembers>(
  pattern: Pattern,
  { input, ...limits }: Lacking<M>,
): Operation<FullInput<Pattern, typeof undeclaredInput & M>, undefined> {
  return onWire(pattern, { ...limits, input: { ...input, ...undeclaredInput } }, { ...undeclared, ...limits });
}

/**
 * Declared members replace the members of every request, and come first. They are put together when the first request needs them: a test
 * file needs few operations.
 */
function onWire<R extends object>(
  pattern: string,
  { input = {}, ...limits }: RowLimits & { readonly input?: Members },
  row: R,
) {
  const common = limits.service === service ? ofEveryControlRequest : ofEveryRequest;
  const members = lazily(() => ({ ...readLabels(pattern), ...input, ...common, ...input }));
  const document = lazily(() => ({ isRead: Object.values(members()).some(({ at }) => at === 'payload') }));
  return {
    ...row,
    ...parsePattern(pattern, limits),
    pattern,
    get input(): Members {
      return members();
    },
    get hasDocument(): boolean {
      return document().isRead;
    },
  };
}

function readLabels(pattern: string): Members {
  const names = [...(pattern.split('?', 1)[0] ?? '').matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, label()]));
}

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
