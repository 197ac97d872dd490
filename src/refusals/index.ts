import type { DialectName } from '../wire';
import { bodyRefusals } from './bodies';
import { bucketRefusals } from './buckets';
import { callerRefusals } from './callers';
import { copyRefusals } from './copies';
import type { RefusalForm, RefusalForms } from './form';
import { iamRefusals } from './iam';
import { lifecycleRefusals } from './lifecycle';
import { listingRefusals } from './listings';
import { mockRefusals } from './mock';
import { objectLockRefusals } from './object-lock';
import { objectRefusals } from './objects';
import { requestRefusals } from './requests';
import type { RefusalName, S3Error } from './s3-error';
import { serviceRefusals } from './service';
import { signatureRefusals } from './signatures';
import { tagRefusals } from './tagging';
import { uploadRefusals } from './uploads';
import { versioningRefusals } from './versioning';

export { type RefusalName, S3Error } from './s3-error';

/** The form of every refusal: the compiler asks for each name that the model knows. */
export const forms: RefusalForms<RefusalName> = {
  ...bucketRefusals,
  ...versioningRefusals,
  ...objectLockRefusals,
  ...lifecycleRefusals,
  ...callerRefusals,
  ...signatureRefusals,
  ...bodyRefusals,
  ...requestRefusals,
  ...objectRefusals,
  ...uploadRefusals,
  ...copyRefusals,
  ...tagRefusals,
  ...listingRefusals,
  ...iamRefusals,
  ...serviceRefusals,
  ...mockRefusals,
};

/** A refusal as it goes out, before its dialect's document is made of it. */
export interface WordedRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly elements: Readonly<Record<string, string | undefined>>;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** In the place of all other headers and of the document. */
  readonly bare: readonly (readonly [name: string, value: string])[] | undefined;
}

/** The words of a refusal in a dialect. */
export function wordRefusal({ refusal, details }: S3Error, dialect: DialectName): WordedRefusal {
  const form = forms[refusal] as RefusalForm<typeof details>; // the name chose the details' type
  const { code, status, message } = dialect === 'ibm-cos' ? { ...form, ...cosWords(form), ...form.cos } : form;
  return {
    code: typeof code === 'string' ? code : code(details),
    status: typeof status === 'number' ? status : status(details),
    message: typeof message === 'string' ? message : message(details),
    elements: form.elements?.(details) ?? {},
    // Where COS says another thing altogether, AWS's headers do not belong to it.
    headers: dialect === 'ibm-cos' && form.cos?.code !== undefined ? [] : (form.headers?.(details) ?? []),
    bare: dialect === 'aws' ? form.bare : undefined,
  };
}

/** COS has one text for every argument that it refuses (F170). */
function cosWords({ code }: RefusalForm<never>): { readonly message?: string } {
  return code === 'InvalidArgument' ? { message: 'Invalid Argument' } : {};
}
