export type Values = Readonly<Record<string, unknown>>;

export interface Observation {
  readonly label: string;
  /** Why its recording does not say enough to send it. */
  readonly problem: string | undefined;
  readonly service: string;
  readonly region: string;
  readonly actor: string;
  /** An operation of S3 or of S3 Control with its members, under the name that the journal has, or a request line with headers and body. */
  readonly operation: string;
  readonly input: Values;
  readonly status: number;
  /** The code of a refusal; empty if the answer has none. */
  readonly code: string;
  readonly output: Values;
  /** Whether the output contains all members of the answer. Otherwise the answer can contain members that nobody recorded. */
  readonly isWhole: boolean;
  readonly absent: readonly string[];
  /** The headers by names in small letters; null for a header that is missing. */
  readonly headers: Readonly<Record<string, string | null>>;
  readonly at?: string | undefined;
}

/** Calls that follow each other, from the same beginning. */
export interface Recording {
  readonly title: string;
  readonly account: string;
  readonly observations: readonly Observation[];
}
