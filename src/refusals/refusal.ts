/** The details of a refusal whose answer is always the same. */
export type NoDetails = { readonly [Key in never]: never };

/** Words that are the same for each request, or that its details complete. */
export type Text<Details> = string | ((details: Details) => string);

/** Details that are texts. */
export type Texts<Name extends string> = { readonly [One in Name]: string };

type Fields = Readonly<Record<string, string | undefined>>;

/** A header's name and value. */
export type Header = readonly [name: string, value: string];

/** The parts of a request that an injected failure can quote in its answer. */
export interface FailedRequest {
  /** The name of the dialect. */
  readonly dialect: 'aws' | 'ibm-cos';
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** A refusal: its answer in both services, and how `fail()` makes it. */
export interface Refusal<Details, Code extends Text<Details> = Text<Details>> {
  /** The compiler knows it as it is written, so that `fail()` accepts it. */
  readonly code: Code;
  readonly status: number | ((details: Details) => number);
  readonly message: Text<Details>;
  /** The elements of the error document after code and message, in order. Undefined elements are left out. */
  readonly fields?: Fields | ((details: Details) => Fields);
  /** S3 writes the double quotes of the fields as they are, like the double quotes of the message (F1686). */
  readonly quotesStay?: true;
  /** S3 writes its document without the XML declaration (F383). */
  readonly undeclared?: true;
  /** Headers that belong to this refusal alone, in order. */
  readonly headers?: (details: Details) => readonly Header[];
  /** The headers that S3's HTTP server sends, without a document, if it refuses a request before S3 does (F24). */
  readonly bare?: readonly Header[];
  /** IBM COS's code, status and words, if they differ. */
  readonly cos?: { readonly code?: string; readonly status?: number; readonly message?: Text<Details> };
  /** IBM COS has the text of AWS for this argument, and not its general text (F170). */
  readonly sameTextAtCos?: true;
  /** Reads the details from a request that a test makes fail. */
  readonly whenFailed?: (failed: FailedRequest) => Details;
  /** If several refusals have the code, `fail(code)` means this one. If none is marked, it means the refusal with the code as its name. */
  readonly meantByCode?: true;
  /** S3's general text for the code, which `fail(code)` answers, if the text of this refusal says more. */
  readonly standardMessage?: string;
  /** `fail()` does not accept the name of this refusal, only its code. */
  readonly failsByName?: false;
  /** The service that refuses, if that is not S3. */
  readonly service?: 'sts';
}

/** An entry whose name `fail()` does not accept. It is a part of the entry's type, so that the compiler also refuses the name. */
export interface FailsByCode {
  readonly failsByName: false;
}

/** A refusal of the table, whichever details it has. */
export type AnyRefusal = Omit<Refusal<never>, 'whenFailed'> & {
  readonly whenFailed?: (failed: FailedRequest) => object;
};

/** What a refusal has beside its code, status and text. */
export type RefusalOptions<Details> = Omit<Refusal<Details>, 'code' | 'status' | 'message' | 'service'>;

/** Makes a row of the table. Its type parameter has the details that its answer carries, if any. */
interface MakeRow<Code extends string> {
  <Details extends object = NoDetails>(
    message: Text<Details>,
    options: RefusalOptions<Details> & FailsByCode,
  ): Refusal<Details, Code> & FailsByCode;
  <Details extends object = NoDetails>(
    message: Text<Details>,
    options?: RefusalOptions<Details>,
  ): Refusal<Details, Code>;
}

/** Makes the rows of a code and its status: `refusal('NoSuchTagSet', 404)('The TagSet does not exist')`. */
export function refusal<Code extends string>(code: Code, status: number): MakeRow<Code> {
  return <Details extends object>(message: Text<Details>, options?: RefusalOptions<Details>) =>
    ({ code, status, message, ...options }) as Refusal<Details, Code> & FailsByCode; // its options say whether its name fails
}

export const accessDenied = refusal('AccessDenied', 403);
export const invalidArgument = refusal('InvalidArgument', 400);
export const invalidRequest = refusal('InvalidRequest', 400);

export const byCode: FailsByCode = { failsByName: false };

/** An InvalidRequest that `fail()` makes by its code alone. */
export function requestInvalid<Details extends object = NoDetails>(message: Text<Details>) {
  return invalidRequest<Details>(message, byCode);
}

/** An entry of STS. It is a part of the entry's type, so that the compiler refuses its name and its code for an operation of S3. */
export interface OfSts {
  readonly service: 'sts';
}

/** Makes the rows of a code of STS and its status. */
export function stsRefusal(code: string, status: number) {
  return <Details extends object = NoDetails>(
    message: Text<Details>,
    options?: RefusalOptions<Details>,
  ): Refusal<Details> & OfSts => ({ code, status, message, ...options, service: 'sts' });
}

/** A text with a beginning that it shares with others. */
export function beginWith<Details>(words: string, text: Text<Details>): Text<Details> {
  return typeof text === 'string' ? `${words}${text}` : (details) => `${words}${text(details)}`;
}

/** An argument of a request as S3 quotes it, its value as sent. */
export type Argument = Texts<'ArgumentName' | 'ArgumentValue'>;

/** The fields of an InvalidArgument that one argument has. */
export function argument(name: string): (details: Texts<'ArgumentValue'>) => Record<string, string> {
  return ({ ArgumentValue }) => ({ ArgumentName: name, ArgumentValue });
}

/** The fields of a refusal that writes each detail under the detail's own name. */
export function allDetails<Details extends Readonly<Record<string, string | number | undefined>>>(
  details: Details,
): Record<string, string> {
  const entries = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** The options of an InvalidArgument that several arguments share. */
export const quotingArgument = {
  fields: ({ ArgumentName, ArgumentValue }: Argument): Readonly<Record<string, string>> => ({
    ArgumentName,
    ArgumentValue,
  }),
};

/** An InvalidArgument that quotes the value of an argument. */
export function valueInvalid(name: string, message: string) {
  return invalidArgument<Texts<'ArgumentValue'>>(message, { fields: argument(name) });
}

/** The options of a refusal whose answer names the bucket and nothing else. */
export const ofBucket: Pick<Refusal<Texts<'BucketName'>>, 'fields' | 'whenFailed'> = {
  fields: allDetails,
  whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
};
