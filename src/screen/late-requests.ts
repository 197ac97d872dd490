import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import { counted } from '../text/counts';
import { firstFound } from '../text/lists';
import { inLoops } from '../text/sentences';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { isNumberOf, type LastHandleRead, listKeysOf } from './handle-read';
import { findMissingObject } from './library-assertions';

interface TestOfRequests {
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailedError[];
  readonly ofRunner: readonly FailedError[];
  readonly store: Store;
  /** How many requests of the test had come when an assertion of the library failed; undefined if none did. */
  readonly came: number | undefined;
  /** What the test has last read by a handle. */
  readonly read: LastHandleRead | undefined;
}

/** Says that requests came after the assertion that missed them, or after the test had read what they wrote: nobody awaited them. */
export function writeLateRequests(test: TestOfRequests): string | undefined {
  return writeAfterAssertion(test) ?? writeAfterRead(test);
}

/** What the assertions say that expect a request, or more of them. */
const ofRequests =
  /^Expected (?:to receive(?: only)?|S3 to apply) (\w+)\b[^\n]*?(?: (\d{1,6}) times?)?, but (?:(\d{1,6}) matching)?/m;

function writeAfterAssertion({ entries, errors, came = entries.length }: TestOfRequests): string | undefined {
  const late = entries.slice(came);
  const missed = firstFound(errors, (error) => late.find((entry) => isMissed(entry, error)));
  if (missed === undefined) return undefined;
  return `${writeCalls(missed, late)} came when the assertion had failed. Await the code before it, in the test and ${inLoops}`;
}

function isMissed(entry: RequestEntry, error: FailedError): boolean {
  const [, operation, times = '1', count = '0'] = ofRequests.exec(error.message) ?? [];
  if (operation !== undefined) return entry.operation === operation && Number(count) < Number(times);
  const object = findMissingObject([error]);
  return isWrite(entry) && object !== undefined && entry.bucket === object.bucket && entry.key === object.key;
}

function isWrite({ operation, error }: RequestEntry): boolean {
  return writesOfObjects.has(operation) && error === undefined;
}

/** Whether a handle has now what the test expected of it, because of writes that came since the test read it. */
function writeAfterRead({ entries, ofRunner, store, read }: TestOfRequests): string | undefined {
  if (read === undefined) return undefined;
  const late = entries.slice(read.before);
  const write = late.find((entry) => isWrite(entry) && entry.bucket === read.bucket);
  if (write === undefined || !ofRunner.some((error) => isThereNow(error, { read, store, late }))) return undefined;
  return `The test read s3.bucket('${read.bucket}') before ${writeCalls(write, late)} came. Read it after them: await the code, in the test and ${inLoops}`;
}

function isThereNow(
  error: FailedError,
  {
    read,
    store,
    late,
  }: Pick<TestOfRequests, 'store'> & { readonly read: LastHandleRead; readonly late: readonly RequestEntry[] },
): boolean {
  if (!isAssertion(error)) return false;
  const { expected, received, numbers } = readCompared(error);
  const [most, least] = numbers;
  if (most !== undefined && least !== undefined) return most > least && isNumberOf(most, read, store);
  const missing = [...expected].filter((text) => !received.has(text) && !isPrint.test(text));
  const written = new Set(late.filter((one) => isWrite(one) && one.bucket === read.bucket).map(({ key }) => key));
  const keys = new Set(listKeysOf(read, store));
  return missing.length > 0 && missing.every((text) => written.has(text) && keys.has(text));
}

/** The printed form of a list or an object, which vitest passes beside its texts. */
const isPrint = /^(?:\w+ )?[[{]/;

function writeCalls(first: RequestEntry, late: readonly RequestEntry[]): string {
  const others = late.length - 1;
  return others === 0 ? writeCall(first) : `${writeCall(first)} and ${counted(others, 'other request')}`;
}
