import { mock } from './mock';
import type { AnyRefusal, FailedRequest } from './refusal';
import { S3Error } from './s3-error';
import { type RefusalName, refusals } from './table';

type Entry = readonly [name: RefusalName, refusal: AnyRefusal];

const entries = Object.entries(refusals) as readonly Entry[]; // the table's own names
/** A 304 is not a failure, and the mock's own answers are not S3's. */
const failures = entries.filter(([name, { status }]) => status !== 304 && !Object.hasOwn(mock, name));

function codesOf({ code, cos }: AnyRefusal): readonly string[] {
  return [code, cos?.code].filter((one) => typeof one === 'string');
}

/** Whether the failed request contains all that the answer needs, details included. */
function isComplete({ message, standardMessage, fields, headers, whenFailed }: AnyRefusal): boolean {
  if (whenFailed !== undefined) return true;
  return typeof message === 'string' && standardMessage === undefined && fields === undefined && headers === undefined;
}

/** The refusal that `fail(code)` means: the marked one, the one that is named as the code, or the only one. */
function meantBy(code: string): RefusalName | undefined {
  const same = failures.filter(([, entry]) => codesOf(entry).includes(code));
  const meant = same.find(([, entry]) => entry.meantByCode) ?? same.find(([name]) => name === code) ?? same[0];
  return meant?.[0];
}

const accepted = new Map<string, RefusalName>();
for (const [name, entry] of failures) {
  if (isComplete(entry) && entry.failsByName !== false) accepted.set(name, name);
}
// A code comes before a name with the same spelling.
for (const code of new Set(failures.flatMap(([, entry]) => codesOf(entry)))) {
  const name = meantBy(code);
  if (name !== undefined) accepted.set(code, name);
}

/** The names that `fail()` accepts: every code, and the names of refusals that share a code with others. */
export const failureNames: readonly string[] = [...accepted.keys()].toSorted();

/** The refusal of a code or a name, with the details that the failed request contains (F161). */
export function refusalForFailure(name: string, failed: FailedRequest): S3Error {
  const refusal = accepted.get(name);
  if (refusal === undefined) throw new TypeError(`no failure is called ${name}`);
  const entry: AnyRefusal = refusals[refusal];
  if (isComplete(entry)) return new S3Error(refusal, entry.whenFailed?.(failed) as never); // the entry's own details
  const { code, status, message } = failed.dialect === 'ibm-cos' ? { ...entry, ...entry.cos } : entry;
  return new S3Error('Failure', {
    code: typeof code === 'string' ? code : name,
    status: typeof status === 'number' ? status : 400,
    message: entry.standardMessage ?? (typeof message === 'string' && message !== '' ? message : name),
  });
}
