import type { ControlInputOf, ControlOperationName, ControlOutputOf } from '../operations/control/table';
import type {
  NoInput,
  OperationAlias,
  InputOf as S3InputOf,
  OperationName as S3OperationName,
  OutputOf as S3OutputOf,
} from '../operations/table';
import type { StsInputOf as InputOfSts, StsOperationName, StsOutputOf } from '../sts/table';
import type { AsymmetricMatcher } from '../text/value-kinds';
import type { DialectName } from '../wire';
import type { ExpectedMembers } from './input-matching';

/** The sender of a request. */
type EntryCaller =
  | {
      /** The id of the account. */
      readonly account: string;
      /** The user's name; undefined for the account's root user and for a role. */
      readonly user: string | undefined;
      /** The role, if a session of a role sent the request. */
      readonly role?: string | undefined;
      /** The name of the role's session. */
      readonly session?: string | undefined;
      /** The name of the federated user, as passed to GetFederationToken. */
      readonly federatedUser?: string | undefined;
      /** The key that signed the request; undefined if the request was sent with a token. */
      readonly accessKeyId: string | undefined;
    }
  | 'anonymous';

/** An entry of a batch that failed because of a rule of `s3.on`. */
export interface FailedEntry {
  /** The members of the entry, as they were sent: `{ Key: 'report.pdf', VersionId: 'v1' }`. */
  readonly entry: object;
  /** The code of the entry's error. */
  readonly code: string;
  /** The rule as it was written. */
  readonly rule: string;
}

/** The failure that a rule of `s3.on` injected into a request. */
export interface RequestFailure {
  /** The step of the rule that made the failure. If several steps did, it is the step about the request as a whole. */
  readonly kind: 'fail' | 'failEntries' | 'delay' | 'disconnect' | 'corrupt' | 'stall' | 'reply';
  /** The failure in words: `connection lost before any answer`. */
  readonly what: string;
  /** Whether the request was applied nevertheless; for a batch, whether its other entries were. */
  readonly applied: boolean;
  /** The entries of a batch that failed; undefined if no rule made an entry fail. */
  readonly entries?: readonly FailedEntry[] | undefined;
  /** The rule as it was written, if it fails every request that it is for: it has neither `times` nor a second step. Left out otherwise. */
  readonly endless?: string | undefined;
}

/** The members that the entries of all operations have. */
export interface EntryFacts {
  /** The bucket that the request names. */
  readonly bucket: string | undefined;
  /** The ARN of the access point through which the request came; undefined if the request named the bucket. */
  readonly accessPoint?: string | undefined;
  /** The operation as the access log of S3 names it, for a request to a host of websites: `WEBSITE.GET.OBJECT`. Left out for others. */
  readonly website?: string | undefined;
  /** The key that the request names; of a folder of a website, the key of its index document. */
  readonly key: string | undefined;
  /** The version id in the query of the request. The version that the request made is in `output`. */
  readonly versionId: string | undefined;
  /** The caller that sent the request: account and user, or role and session, or `'anonymous'`. */
  readonly caller: EntryCaller;
  /** The dialect of the answer: `'aws'` or `'ibm-cos'`. The host decides it. */
  readonly dialect: DialectName;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The whole URL, as sent: `https://vault.s3.eu-west-1.amazonaws.com/report.pdf?versionId=null`. */
  readonly url: string;
  /** The headers, names in lower case. Large headers of an old entry may be missing; `dropped` names them. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The bytes as sent; `toString()` returns them as text. The stored object and other entries with the same bytes share them, so change a
   * copy: `Buffer.from(body)`. The body is undefined once it was dropped to save memory.
   */
  readonly body: Uint8Array | undefined;
  /**
   * The names of the large members of `input` and `output`, and of the large headers, that the journal dropped to save memory. Such a
   * member is then undefined. `dropped` is undefined if the entry is complete.
   */
  readonly dropped?: readonly string[] | undefined;
  /** The HTTP status of the answer; 0 if an injected failure closed the connection before any answer. */
  readonly status: number;
  /** The code and the message of the refusal; undefined if the request was not refused. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
  /** The mock's own sentence on a refusal, for what S3's message leaves out; for a batch, a sentence on each refused entry. */
  readonly why: string | undefined;
  /** The mock's remarks, a sentence each, on what it accepted although S3 would not. */
  readonly notes: readonly string[];
  /** The failure that was injected into the request; undefined if there was none. */
  readonly failure?: RequestFailure | undefined;
  /** The time of the request, by the mock's clock. */
  readonly time: Date;
  /** The client in short, from its User-Agent: `aws-sdk-js/3.1169.0`. */
  readonly client: string | undefined;
}

/** A service that the mock answers, as the journal names it: `'s3'`, which includes IBM COS and its tokens, `'sts'` or `'s3-control'`. */
export type ServiceName = 's3' | 'sts' | 's3-control';

export const serviceTitles = { s3: 'S3', sts: 'STS', 's3-control': 'S3 Control' } as const satisfies Readonly<
  Record<ServiceName, string>
>;

export type ServiceTitle = (typeof serviceTitles)[ServiceName];

type ServiceOf<Name extends OperationName> = Name extends StsOperationName
  ? 'sts'
  : Name extends ControlOperationName
    ? 's3-control'
    : 's3';

/** The members whose types depend on the operation. */
export interface OperationEntry<Name extends OperationName> extends EntryFacts {
  /** The name of the operation, as in the AWS SDK. */
  readonly operation: Name;
  /**
   * The request under SDK v3 names. The operation determines its type: choose it with `s3.requests.of('PutObject')` or a comparison of
   * `operation`. A value that cannot be read is the text as it was sent, whatever its type says.
   */
  readonly input: InputOf<Name>;
  /** The answer under SDK v3 names; undefined if the request was refused. */
  readonly output: OutputOf<Name> | undefined;
  /** The service that was called: `'s3'`, which includes IBM COS and its tokens, `'sts'` or `'s3-control'`. */
  readonly service: ServiceOf<Name>;
}

/** A request that belongs to no operation, such as an OPTIONS request, or that could not be read. */
export interface UnroutedEntry extends EntryFacts {
  /**
   * Always undefined: S3 has no operation of this form, or the request is a browser's preflight, which S3 does not count as an operation.
   */
  readonly operation: undefined;
  /** Always empty: the mock reads no members of a request that is not an operation. */
  readonly input: NoInput<"choose the operation: s3.requests.of('PutObject')">;
  /** Always undefined: the request was refused, or it is a preflight that the bucket's rules allow. */
  readonly output: undefined;
  /** The service that was called; undefined if the mock answers no service at the host. */
  readonly service: ServiceName | undefined;
}

/**
 * A request in the journal, with its answer. The name of the operation determines the type of its input.
 *
 * @example
 * for (const entry of s3.requests) {
 *   if (entry.operation === 'PutBucketVersioning') console.log(entry.input.VersioningConfiguration.Status);
 * }
 */
export type RequestEntry<Name extends OperationName | undefined = OperationName | undefined> =
  Name extends OperationName ? OperationEntry<Name> : UnroutedEntry;

/** The name of an operation as a test can write it. */
export type OperationOrAlias = OperationName | OperationAlias;

/** The name under which an operation is recorded. Where S3 has renamed an operation, it has added the same ending. */
type RecordedName<Name extends OperationOrAlias> = Name extends OperationName
  ? Name
  : Extract<`${Name}Configuration`, OperationName>;

/** The input of an operation as a test can expect it. */
// The type is not Expected<...>: for that, a compiler would check for the inputs of all operations whether they are text, bytes or lists.
export type ExpectedInput<Name extends OperationOrAlias> =
  | AsymmetricMatcher
  | ExpectedMembers<InputOf<RecordedName<Name>>>;

/** The name of a member of any operation's input. */
type AnyMember = { readonly [Name in OperationName]: keyof InputOf<Name> & string }[OperationName];

/** Members of inputs that a test can expect, whatever the operation. */
export type AnyExpectedInput = AsymmetricMatcher | { readonly [Member in AnyMember]?: unknown };

/** The entry of an operation that a test names. */
export type NamedEntry<Name extends OperationOrAlias> = RequestEntry<RecordedName<Name>>;

export type { ControlOperationName, OperationAlias, StsOperationName };

// The journal contains the requests of all services, and no two of their operations have the same name (decision 41).

/** The name of an operation of S3, `'PutBucketVersioning'`, of STS, `'AssumeRole'`, or of S3 Control, `'CreateAccessPoint'`. */
export type OperationName = S3OperationName | StsOperationName | ControlOperationName;

// The published types contain the results of these two types, and not the tables of the services (decision 80).
type Inputs = {
  readonly [Name in OperationName]: Name extends StsOperationName
    ? InputOfSts<Name>
    : Name extends ControlOperationName
      ? ControlInputOf<Name>
      : Name extends S3OperationName
        ? S3InputOf<Name>
        : never;
};
type Outputs = {
  readonly [Name in OperationName]: Name extends StsOperationName
    ? StsOutputOf<Name>
    : Name extends ControlOperationName
      ? ControlOutputOf<Name>
      : Name extends S3OperationName
        ? S3OutputOf<Name>
        : never;
};

/** The input of an operation, under the names of AWS's SDKs. */
// A compiler before TypeScript 7 names the first type of a union in its errors. Here that is NoInput, which stands before any input and is
// not never.
export type InputOf<Name extends OperationName> =
  NoInput<"choose the operation: s3.requests.of('PutObject')"> extends never ? never : Inputs[Name];

/** The input of an operation of STS, under the names of AWS's SDKs. */
export type StsInputOf<Name extends StsOperationName> = InputOf<Name>;

/** The output of an operation, under the names of AWS's SDKs. */
export type OutputOf<Name extends OperationName> = Outputs[Name];

/** The operations that write an object, and not only its tags, or a part of it. */
export const writesOfObjects: ReadonlySet<string | undefined> = new Set([
  'PutObject',
  'PostObject',
  'CopyObject',
  'CompleteMultipartUpload',
]);

/** Members that the code of a test reads of an entry. */
export const namesOfEntry = [
  ...(['operation', 'input', 'output', 'bucket', 'key', 'versionId', 'body', 'headers', 'url', 'method'] as const),
  ...(['status', 'error', 'why', 'notes', 'time', 'client'] as const),
] as const satisfies readonly (keyof RequestEntry)[];
