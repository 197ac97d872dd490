import { joinSentences, type Said, say } from '../text/reason';
import type { Refusal } from './refusal';
import type { RefusalName, refusals } from './table';

/** The details that the answer of each refusal carries. */
export type RefusalDetails = {
  readonly [Name in RefusalName]: (typeof refusals)[Name] extends Refusal<infer Details> ? Details : never;
};

/** The refusals whose only detail is the bucket. */
export type RefusalsOfBuckets = {
  [Name in RefusalName]: RefusalDetails[Name] extends { readonly BucketName: string }
    ? { readonly BucketName: string } extends RefusalDetails[Name]
      ? Name
      : never
    : never;
}[RefusalName];

/** An entry without details needs no argument for them. */
type Arguments<Name extends RefusalName> = Name extends unknown
  ? keyof RefusalDetails[Name] extends never
    ? [details?: RefusalDetails[Name], why?: Said]
    : [details: RefusalDetails[Name], why?: Said]
  : never;

/** S3 refuses a request: `throw new S3Error('NoSuchBucket', { BucketName })`. `why` is our own sentence for the journal, whose calls are values (decision 82). */
export class S3Error<Name extends RefusalName = RefusalName> extends Error {
  readonly details: RefusalDetails[Name];
  readonly why: Said | undefined;
  #quoted: Readonly<Record<string, string>> = {};

  constructor(
    readonly refusal: Name,
    ...[details, why]: Arguments<Name>
  ) {
    super(why === undefined ? refusal : `${refusal}: ${String(why)}`);
    this.name = 'S3Error';
    this.details = (details ?? {}) as RefusalDetails[Name]; // left out only if the refusal has no details
    this.why = why;
  }

  /** The values that were sent, by name, and that neither the message of the answer nor its fields contain; the journal names them. */
  get quoted(): Readonly<Record<string, string>> {
    return this.#quoted;
  }

  /** Adds values that were sent, and returns the refusal. A value that is undefined was not sent. */
  quoting(values: Readonly<Record<string, string | number | undefined>>): this {
    const sent = Object.entries(values).filter(([, value]) => value !== undefined);
    this.#quoted = { ...this.#quoted, ...Object.fromEntries(sent.map(([name, value]) => [name, String(value)])) };
    return this;
  }

  /** Returns the same refusal with a reason that begins with other words. */
  introducedBy(words: Said): S3Error {
    const why = this.why === undefined ? words : say`${words}: ${this.why}`;
    return new S3Error<RefusalName>(this.refusal, this.details as never, why).quoting(this.#quoted); // its own details
  }

  /** Returns the same refusal with a reason that ends with further words. */
  followedBy(words: Said): S3Error {
    const why = this.why === undefined ? words : joinSentences(this.why, words);
    return new S3Error<RefusalName>(this.refusal, this.details as never, why).quoting(this.#quoted); // its own details
  }

  /** Returns the same refusal with a reason, unless it has a reason already. */
  because(why: Said): S3Error {
    return this.why === undefined ? new S3Error<RefusalName>(this.refusal, this.details as never, why) : this; // its own details
  }
}
