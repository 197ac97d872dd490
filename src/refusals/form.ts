import type { RefusalDetails, RefusalName } from './s3-error';

type Text<Details> = string | ((details: Details) => string);

/** How a refusal looks on the wire. */
export interface RefusalForm<Details> {
  readonly code: Text<Details>;
  readonly status: number | ((details: Details) => number);
  readonly message: Text<Details>;
  /** What the error document carries besides code and message, in order. */
  readonly elements?: (details: Details) => Readonly<Record<string, string | undefined>>;
  /** Headers that belong to this refusal alone, in order. */
  readonly headers?: (details: Details) => readonly (readonly [name: string, value: string])[];
  /** Where S3's HTTP server refuses before S3 itself: the headers that it sends, and no document (F24). */
  readonly bare?: readonly (readonly [name: string, value: string])[];
  /** What IBM COS says instead, where it says something else. */
  readonly cos?: { readonly code?: string; readonly status?: number; readonly message?: Text<Details> };
}

/** The forms of a family of refusals. */
export type RefusalForms<Names extends RefusalName> = { readonly [Name in Names]: RefusalForm<RefusalDetails[Name]> };

/** The elements of an InvalidArgument: which argument, and its value as sent. */
export function argument(name: string): (details: { readonly ArgumentValue: string }) => Record<string, string> {
  return ({ ArgumentValue }) => ({ ArgumentName: name, ArgumentValue });
}

/** The elements of a refusal that carries all its details under their own names. */
export function allDetails<Details extends Readonly<Record<string, string | number | undefined>>>(
  details: Details,
): Record<string, string> {
  const entries = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
