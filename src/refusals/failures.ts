import { codesByStatus, cosTexts } from './error-codes';
import { mock } from './mock';
import type { AnyRefusal, FailedRequest, FailsByCode, OfSts } from './refusal';
import { type RefusalDetails, S3Error } from './s3-error';
import { type RefusalName, refusals } from './table';

type CodesByStatus = typeof codesByStatus;
type OtherCode = { [Status in keyof CodesByStatus]: keyof CodesByStatus[Status] & string }[keyof CodesByStatus];
/** The names of refusals with an answer that is always the same, except the refusals that only `fail(code)` makes. */
type NameWithoutDetails = {
  [Name in RefusalName]: (typeof refusals)[Name] extends FailsByCode | OfSts
    ? never
    : keyof RefusalDetails[Name] extends never
      ? Name
      : never;
}[Exclude<RefusalName, keyof typeof mock>];

type KnownCode<Code> = Code extends string ? (string extends Code ? never : Code) : never;
/** The codes that rows have, as far as the compiler knows them. */
type CodeOfRow = {
  [Name in RefusalName]: (typeof refusals)[Name] extends OfSts ? never : KnownCode<(typeof refusals)[Name]['code']>;
}[Exclude<RefusalName, keyof typeof mock>];

/** An error code of S3 or IBM COS, or the name of a refusal that shares its code with other refusals: `'SlowDown'`, `'MfaRequired'`. */
export type FailureCode = CodeOfRow | 'KeyTooLong' | OtherCode | NameWithoutDetails;

/** An error that the test makes up: any code, its status and its text. */
export interface GivenError {
  /** The code of the error document: letters, digits, dots, hyphens and underscores. */
  readonly code: string;
  /** The status of the answer, from 300 to 599. */
  readonly status: number;
  /** The text of the error document. */
  readonly message: string;
}

type Entry = readonly [name: RefusalName, refusal: AnyRefusal];

const entries = Object.entries(refusals) as readonly Entry[]; // the table's own names
/** The mock's own answers are not S3's answers, and neither are the answers of STS. */
const failures = entries.filter(([name, { service }]) => !Object.hasOwn(mock, name) && service === undefined);

/** The codes that have a text of their own, without a refusal. */
const otherCodes: ReadonlyMap<string, GivenError> = new Map(
  Object.entries(codesByStatus).flatMap(([status, texts]) =>
    Object.entries(texts).map(([code, message]) => [code, { code, status: Number(status), message }] as const),
  ),
);

type DialectName = FailedRequest['dialect'];

/** The code that the service answers; undefined if it depends on the details. */
function findCode({ code, cos }: AnyRefusal, dialect: DialectName): string | undefined {
  const answered = dialect === 'ibm-cos' ? (cos?.code ?? code) : code;
  return typeof answered === 'string' ? answered : undefined;
}

/** Whether the failed request contains all that the answer needs, details included. */
function isComplete({ message, standardMessage, fields, headers, whenFailed }: AnyRefusal): boolean {
  if (whenFailed !== undefined) return true;
  return (
    typeof message === 'string' &&
    standardMessage === undefined &&
    typeof fields !== 'function' &&
    headers === undefined
  );
}

/** The refusals of each code of a service. */
function groupByCode(dialect: DialectName): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const failure of failures) {
    const code = findCode(failure[1], dialect);
    if (code === undefined) continue;
    const same = groups.get(code);
    if (same === undefined) groups.set(code, [failure]);
    else same.push(failure);
  }
  return groups;
}

/** The refusal that `fail(code)` means: the marked refusal, the refusal with the code as its name, or the only refusal. */
function meantBy(code: string, same: readonly Entry[]): RefusalName | undefined {
  const meant = same.find(([, entry]) => entry.meantByCode) ?? same.find(([name]) => name === code) ?? same[0];
  return meant?.[0];
}

/** The refusals that `fail()` makes by their names, and by the codes of a service. */
function acceptFailures(dialect: DialectName): ReadonlyMap<string, RefusalName> {
  const accepted = new Map<string, RefusalName>();
  for (const [name, entry] of failures) {
    if (isComplete(entry) && entry.failsByName !== false) accepted.set(name, name);
  }
  // A code comes before a name with the same spelling.
  for (const [code, same] of groupByCode(dialect)) {
    const name = meantBy(code, same);
    if (name !== undefined) accepted.set(code, name);
  }
  return accepted;
}

const accepted = { aws: acceptFailures('aws'), 'ibm-cos': acceptFailures('ibm-cos') };

/** The names that `fail()` accepts: every code, and the names of refusals that share a code with others. */
export const failureNames: readonly string[] = [
  ...new Set([...accepted.aws.keys(), ...accepted['ibm-cos'].keys(), ...otherCodes.keys()]),
].toSorted();

/** Every error code that an answer of the mock can contain, unless a test sets its own code. */
export const errorCodes: readonly string[] = [
  ...new Set([
    ...entries.flatMap(([, entry]) => [findCode(entry, 'aws'), findCode(entry, 'ibm-cos')]),
    ...otherCodes.keys(),
  ]),
].filter((code) => code !== undefined);

/** A code of the other service means the refusal that has the code there. */
function findFailure(failure: string, dialect: DialectName): RefusalName | GivenError | undefined {
  const own = accepted[dialect].get(failure);
  if (own !== undefined) return own;
  const other = otherCodes.get(failure);
  if (other === undefined) return accepted[dialect === 'aws' ? 'ibm-cos' : 'aws'].get(failure);
  const message = dialect === 'ibm-cos' ? cosTexts[failure] : undefined;
  return message === undefined ? other : { ...other, message };
}

/** The refusal of a code or a name, with the details that the failed request contains (F161), or of an error that a test gave. */
export function refusalForFailure(failure: string | GivenError, failed: FailedRequest): S3Error {
  if (typeof failure !== 'string') return new S3Error('Failure', failure);
  const refusal = findFailure(failure, failed.dialect);
  if (refusal === undefined) throw new TypeError(`no failure is called ${failure}`);
  if (typeof refusal !== 'string') return new S3Error('Failure', refusal);
  const entry: AnyRefusal = refusals[refusal];
  if (isComplete(entry)) return new S3Error(refusal, entry.whenFailed?.(failed) as never); // the entry's own details
  const { code, status, message } = failed.dialect === 'ibm-cos' ? { ...entry, ...entry.cos } : entry;
  // A 304 has no document, so its empty text is its own.
  const text = typeof message === 'string' && (message !== '' || status === 304) ? message : undefined;
  return new S3Error('Failure', {
    code: typeof code === 'string' ? code : failure,
    status: typeof status === 'number' ? status : 400,
    message: entry.standardMessage ?? text ?? otherCodes.get(failure)?.message ?? failure,
  });
}
