import type { InputOf, OperationAlias, OperationName, OutputOf } from '../operations/table';
import type { Dialect } from '../wire';
import type { Expected } from './input-matching';

/** Who sent a request: an account and, where it was not the account's root user, the user's name. */
export type EntryCaller =
  | { readonly account: string; readonly user: string | undefined; readonly accessKeyId: string | undefined }
  | 'anonymous';

/** What was done to a request on purpose, by a rule of `s3.on`. */
export interface RequestFault {
  readonly kind: 'fail' | 'delay' | 'disconnect' | 'corrupt' | 'reply';
  /** In words: `connection lost before any answer`. */
  readonly what: string;
  /** Whether the request was applied all the same. */
  readonly applied: boolean;
}

/** What the journal keeps of every request, whichever operation it asked for. */
export interface EntryFacts {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly versionId: string | undefined;
  readonly caller: EntryCaller;
  readonly dialect: Dialect;
  readonly method: string;
  /** In full, as sent: `https://vault.s3.eu-west-1.amazonaws.com/report.pdf?versionId=null`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As sent, and readable as text with `toString()`. Undefined once it was dropped to bound the memory held. */
  readonly body: Uint8Array | undefined;
  /** The members of `input` and `output` whose bytes were dropped with the body; undefined while all are there. */
  readonly dropped?: readonly string[] | undefined;
  /** 0 where the connection was lost, on purpose, before any answer. */
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  /** Our own sentence on a refusal, for what S3 leaves bare. */
  readonly why: string | undefined;
  /** What was done to it on purpose; undefined where nothing was. */
  readonly fault?: RequestFault | undefined;
  /** By the mock's clock. */
  readonly time: Date;
  /** The client by its User-Agent, in short: `aws-sdk-js/3.1169.0`. */
  readonly client: string | undefined;
}

interface OperationEntry<Name extends OperationName> extends EntryFacts {
  readonly operation: Name;
  /** What the request said, under SDK v3 names. Of one that was refused for its form, what could be read. */
  readonly input: InputOf<Name>;
  /** Undefined where the request was refused. */
  readonly output: OutputOf<Name> | undefined;
}

interface UnroutedEntry extends EntryFacts {
  /** No operation of S3's looks like this request. */
  readonly operation: undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: undefined;
}

/**
 * A request as the journal holds it: what was asked, and what was answered. The name of the operation tells its input.
 *
 * @example
 * for (const entry of s3.requests) {
 *   if (entry.operation === 'PutBucketVersioning') console.log(entry.input.VersioningConfiguration.Status);
 * }
 */
export type RequestEntry<Name extends OperationName | undefined = OperationName | undefined> =
  Name extends OperationName ? OperationEntry<Name> : UnroutedEntry;

/** The name of an operation as a test may write it. */
export type OperationOrAlias = OperationName | OperationAlias;

/** The name under which it is recorded. What S3 has renamed it has named anew in one way. */
type RecordedName<Name extends OperationOrAlias> = Name extends OperationName
  ? Name
  : Extract<`${Name}Configuration`, OperationName>;

/** What a test may expect of the input of an operation. */
export type ExpectedInput<Name extends OperationOrAlias> = Expected<InputOf<RecordedName<Name>>>;

/** The entry of an operation that a test names. */
export type NamedEntry<Name extends OperationOrAlias> = RequestEntry<RecordedName<Name>>;
