import type { AnyRefusal, FailedRequest, Header, Refusal } from './refusal';
import type { S3Error } from './s3-error';
import { refusals } from './table';

/** The answer of a refusal before it is written as a document. */
export interface WordedRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** Its document has no XML declaration. */
  readonly undeclared: boolean;
  readonly headers: readonly Header[];
  /** The double quotes of the fields are not references in the document. */
  readonly quotesStay: boolean;
  /** Replaces all other headers and the document. */
  readonly bare: readonly Header[] | undefined;
}

/** Words a refusal as the service answers it. */
export function wordRefusal({ refusal, details }: S3Error, dialect: FailedRequest['dialect']): WordedRefusal {
  const entry = refusals[refusal] as Refusal<typeof details>; // the name chose the details' type
  const { code, status, message } = dialect === 'ibm-cos' ? { ...entry, ...cosWords(entry), ...entry.cos } : entry;
  return {
    code: typeof code === 'string' ? code : code(details),
    status: typeof status === 'number' ? status : status(details),
    message: typeof message === 'string' ? message : message(details),
    fields: typeof entry.fields === 'function' ? entry.fields(details) : (entry.fields ?? {}),
    quotesStay: entry.quotesStay === true,
    undeclared: entry.undeclared === true,
    // If COS answers with a code of its own, AWS's headers do not belong to the answer.
    headers: dialect === 'ibm-cos' && entry.cos?.code !== undefined ? [] : (entry.headers?.(details) ?? []),
    bare: dialect === 'aws' ? entry.bare : undefined,
  };
}

/** COS has one text for most arguments that it refuses (F170). */
function cosWords({ code, sameTextAtCos }: AnyRefusal): { readonly message?: string } {
  return code === 'InvalidArgument' && !sameTextAtCos ? { message: 'Invalid Argument' } : {};
}
