import type { Refusal } from './refusal';
import type { RefusalName, refusals } from './table';

/** The details that the answer of each refusal carries. */
export type RefusalDetails = {
  readonly [Name in RefusalName]: (typeof refusals)[Name] extends Refusal<infer Details> ? Details : never;
};

/** An entry without details needs no argument for them. */
type Arguments<Name extends RefusalName> = Name extends unknown
  ? keyof RefusalDetails[Name] extends never
    ? [details?: RefusalDetails[Name], why?: string]
    : [details: RefusalDetails[Name], why?: string]
  : never;

/** S3 refuses a request: `throw new S3Error('NoSuchBucket', { BucketName })`. `why` is our own sentence for the journal. */
export class S3Error<Name extends RefusalName = RefusalName> extends Error {
  readonly details: RefusalDetails[Name];
  readonly why: string | undefined;

  constructor(
    readonly refusal: Name,
    ...[details, why]: Arguments<Name>
  ) {
    super(why === undefined ? refusal : `${refusal}: ${why}`);
    this.name = 'S3Error';
    this.details = (details ?? {}) as RefusalDetails[Name]; // left out only if the refusal has no details
    this.why = why;
  }
}
