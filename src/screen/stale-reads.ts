import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import type { MockState } from '../mock/state';
import { isObject, type ObjectVersion } from '../model/versions/version';
import { readText } from '../preset/version-copies';
import { firstFound } from '../text/lists';
import { writeKey, writeValue } from '../text/values';
import { listValues, readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hasReadSince, type LastHandleRead, readTexts } from './handle-read';
import type { Question } from './hint';
import { listMissing } from './trials/expectation';

interface StaleQuestion extends Omit<Question, 'store'> {
  readonly state: Pick<MockState, 'store' | 'fixtures'>;
  /** What the test has last read by a handle, even if its code has read something since then. */
  readonly ofHandle: LastHandleRead | undefined;
}

/** Says that a test compares what it read by a handle before a write, although the bucket has what it expects. */
export function writeStaleRead({ state, entries, errors, ofHandle }: StaleQuestion): string | undefined {
  const { store, fixtures } = state;
  const { bucket = '', key } = ofHandle ?? {};
  if (ofHandle === undefined || key === undefined) return undefined;
  const later = findRequestsOnKey({ dropped: 0, slice: () => entries.slice(ofHandle.before) }, bucket, key);
  const write = later.findLast(({ recorded }) => changesVersions(recorded));
  const versionsOf = () => [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  const [current, ...older] = versionsOf();
  if (write === undefined || current === undefined || !isObject(current)) return undefined;
  // The test has changed the object by a handle after the write.
  const isPut = write.recorded.operation === 'PutObject';
  if (isPut && readBody(write.recorded.body).some((text) => text !== readText(current))) return undefined;
  // A read after the write can be what the test compares, such as that of an older version.
  if (hasReadSince(entries, entries.indexOf(write.recorded))) return undefined;
  const now = new Set([...readTexts(store, current), ...readDetails(current)]);
  const atBegin = store.unobserved(() =>
    store.actOn(fixtures, () => versionsOf().flatMap((one) => readTexts(store, one))),
  );
  const written = entries.slice(0, ofHandle.before).flatMap((one) => (one.key === key ? readBody(one.body) : []));
  const before = new Set([...older.flatMap((one) => readTexts(store, one)), ...atBegin.result, ...written]);
  return firstFound(errors.filter(isAssertion).map(readCompared), (compared) => {
    const [text, ...others] = listMissing(compared);
    const isOld =
      [...compared.received].some((one) => before.has(one) && !now.has(one)) ||
      // The version had nothing of it before.
      (listValues(compared.received).length === 0 && text !== undefined && readDetails(current).includes(text));
    if (text === undefined || others.length > 0 || !now.has(text) || !isOld) return undefined;
    return `The test read ${writeKey(key)} of bucket '${bucket}' by a handle before ${writeCall(write.recorded)}, and what it read stays as it was. The bucket has ${writeValue(text)} now: if the test compares what it read, call s3.bucket('${bucket}').object(${writeKey(key)}) again after the write.`;
  });
}

/** The metadata, the tags and the type of an object. */
function readDetails({ content, tags }: ObjectVersion): readonly string[] {
  return [...Object.values(content.metadata), ...tags.map(({ Value }) => Value), content.headers['content-type'] ?? ''];
}

/** Whether a request can have changed which version is current. Tags and locks leave what a test has read of the body as it is. */
function changesVersions({ operation, error, failure }: RequestEntry): boolean {
  const isOfVersions = writesOfObjects.has(operation) || /^DeleteObjects?$/.test(operation ?? '');
  return error === undefined && failure === undefined && isOfVersions;
}

/** A longer body is not compared with what a runner prints. */
const LONGEST_BODY = 1000;

function readBody(body: Uint8Array | undefined): readonly string[] {
  return body === undefined || body.byteLength > LONGEST_BODY ? [] : [Buffer.from(body).toString()];
}
