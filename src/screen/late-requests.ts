import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import { isObject } from '../model/versions/version';
import { readText } from '../preset/version-copies';
import { counted } from '../text/counts';
import { firstFound } from '../text/lists';
import { inLoops } from '../text/sentences';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { countsCalls, isAssertion } from './errors';
import { hasReadSince, isNumberOf, type LastHandleRead, listKeysOf } from './handle-read';
import { type AssertedObject, findMissingObject } from './library-assertions';

interface TestOfRequests {
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailedError[];
  readonly ofRunner: readonly FailedError[];
  readonly store: Store;
  /** How many requests of the test had come when an assertion of the library failed; undefined if none did. */
  readonly came: number | undefined;
  /** Whether the assertions on requests would hold now. */
  readonly holdsNow: () => boolean;
  /** What the test has last read by a handle. */
  readonly read: LastHandleRead | undefined;
}

/** Says that requests came after the assertion that missed them, or after the test had read what they wrote: nobody awaited them. */
export function writeLateRequests(test: TestOfRequests): string | undefined {
  return writeAfterAssertion(test) ?? writeAfterRead(test);
}

/** What the assertions say that expect a request, or more of them. */
const ofRequests = /^Expected (?:to receive|S3 to apply) (?!only )(\w+)\b/m;

/** Operations by which a test also cleans up when its assertion has failed, in a finally or in an afterEach. */
const ofCleanUp = /^(?:Delete|Abort)/;

function writeAfterAssertion(test: TestOfRequests): string | undefined {
  const { entries, errors, came = entries.length } = test;
  const late = entries.slice(came);
  const missed = firstFound(errors, (error) => findMissed(error, late, test));
  if (missed === undefined) return undefined;
  const cure = ofCleanUp.test(missed.operation ?? '') ? 'Unless a clean-up sent it, await' : 'Await';
  return `${writeCalls(missed, late)} came when the assertion had failed. ${cure} the code before it, in the test and ${inLoops}`;
}

function findMissed(
  error: FailedError,
  late: readonly RequestEntry[],
  { holdsNow, store }: TestOfRequests,
): RequestEntry | undefined {
  const [, operation] = ofRequests.exec(error.message) ?? [];
  if (operation !== undefined) {
    const entry = late.find((one) => one.operation === operation);
    return entry !== undefined && holdsNow() ? entry : undefined;
  }
  const object = findMissingObject([error]);
  if (object === undefined || !isAsExpected(object, store)) return undefined;
  return late.find((one) => isWrite(one) && one.bucket === object.bucket && one.key === object.key);
}

/** What `toHaveObject` expects of an object, if that is its body alone. */
const ofBody = /^ with \{ body: '([^'\n]*)' \}, but there is no such key\./;

/** Whether the object is there now, with the body that the assertion expects: the code can have deleted it again. */
function isAsExpected({ bucket, key, text }: AssertedObject, store: Store): boolean {
  const version = store.buckets.get(bucket)?.versions.current(key);
  if (version === undefined || !isObject(version)) return false;
  const named = `to have object '${key}'`;
  const rest = text.slice(text.indexOf(named) + named.length);
  return rest.startsWith(', but') || ofBody.exec(rest)?.[1] === readText(version);
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
  // What a request has read since then is likelier compared.
  if (hasReadSince(late, late.indexOf(write))) return undefined;
  return `The test read s3.bucket('${read.bucket}') before ${writeCalls(write, late)} came. If the assertion compares what it read, read it later: await the code before it, in the test and ${inLoops}`;
}

function isThereNow(
  error: FailedError,
  {
    read,
    store,
    late,
  }: Pick<TestOfRequests, 'store'> & { readonly read: LastHandleRead; readonly late: readonly RequestEntry[] },
): boolean {
  const { expected, received, numbers, printed } = readCompared(error);
  if (!isAssertion(error) || countsCalls(printed)) return false;
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
