import type { MockS3Options } from '../mock/options';
import type { Duration } from '../text/moments';

/** Plain data, so that it can be played against any endpoint, and packed as JSON. */
export interface RecordedCases {
  /** The file that has the answers, in `testdata/aws/s3` of `radkawar/stackd` if it has no folder. */
  readonly file: string;
  readonly recorded: string;
  /** The cases by the behaviour that each of them shows. */
  readonly cases: Readonly<Record<string, RecordedCase>>;
}

export interface RecordedCase {
  /** The entry of docs/facts.md that it settles. */
  readonly fact?: string;
  /** Unless they say otherwise, the clock of the mock is stopped. */
  readonly state?: MockS3Options;
  readonly calls: readonly RecordedCall[];
  readonly notPlayed?: string;
  readonly leftOut?: readonly LeftOutCall[];
  /** A call that a service cannot be sent is left out alone. Without it the case is not played there: it shows its fact as a whole. */
  readonly mayLackCalls?: true;
}

export interface LeftOutCall {
  readonly label: string;
  readonly reason: string;
}

/** Its label in the file, its operation or request line, its input, its status and code of an error, members that the answer has. */
export type RecordedCall = readonly [
  label: string,
  operation: string,
  input: object,
  answer: string,
  output?: object,
  more?: RecordedDetails,
];

export interface RecordedDetails {
  /** Who sends it; by default the root user of the default account. */
  readonly by?: RecordedCaller;
  readonly after?: Duration;
  /** The moment at which it was recorded, to which the mock's clock is set. A service has a clock of its own. */
  readonly at?: string;
  /** The members that the answer lacks. A nested member is written as `Rules.0.Filter`. */
  readonly absent?: readonly string[];
  /** The region of the host, and of the signature; default us-east-1. */
  readonly region?: string;
  /** The headers of the answer by names in small letters; null for a header that is missing. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Headers of the answer, in small letters, that it has in this order. */
  readonly order?: readonly string[];
}

/**
 * `'ann'` is a user of the default account, `'role/deployer'` a session of its role, `'partner'` the root user of a further account,
 * `'partner:ann'` and `'partner:role/deployer'` its user and its session.
 */
export type RecordedCaller = string | { readonly caller: string; readonly session: object };

/** The input of a request as it is on the wire: `GET /vault?versions`. `$(bodyMD5)` in a header is the digest of its body. */
export interface PlainInput {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly host?: string;
  readonly secure?: boolean;
}
