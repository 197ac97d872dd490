import { askAboutUnsent, askWhyUnsent, noRequest, whyNothingChanged } from '../journal/assertions';
import { findRequestsOnKey } from '../journal/key-requests';
import type { MockState } from '../mock/state';
import { whyNotArrived } from '../model/replication/missing-replicas';
import { describeNearKey } from '../model/versions/near-keys';
import { firstLines } from '../text/counts';
import { firstFound } from '../text/lists';
import { writeKey } from '../text/values';
import { type FailedError, isOfMissingObject } from '../thrown-errors';
import { listValues, readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hasNothing, type LastHandleRead } from './handle-read';

interface Unread {
  readonly state: MockState;
  readonly ofRunner: readonly FailedError[];
  readonly capture: { hasSibling(): boolean } | undefined;
}

/** The most buckets and keys that are searched for what a test expects. */
const SEARCHED = 1000;

/** What a list is printed with. */
const ofList = /\bArray \[|^[-+]? *\[|\[ *['"]/m;

/** Says that no request came, if a test expects keys of a bucket, in a list, and the code has returned none of them. */
export function writeUnread({ state: { store, journal }, ofRunner, capture }: Unread): string | undefined {
  if (journal.length > 0 || journal.dropped > 0) return undefined;
  // Another mock of the test, or a world of this one, can have got the requests.
  if (capture?.hasSibling() === true || !journal.ofWorlds.isEmpty) return undefined;
  // A test that has read the events compares those.
  if (journal.handleReads.beforeEvents !== undefined) return undefined;
  // What went elsewhere is the reason, and has its own line.
  if (journal.elsewhere.lines().length > 0) return undefined;
  const keys = firstFound(ofRunner.filter(isAssertion), (error) => {
    const { expected, received, printed } = readCompared(error);
    const wanted = listValues(expected);
    return wanted.length > 0 && listValues(received).length === 0 && ofList.test(printed) ? wanted : undefined;
  });
  if (keys === undefined || keys.length > SEARCHED) return undefined;
  const [bucket, ...others] = [...store.buckets.values()]
    .slice(0, SEARCHED)
    .filter(({ versions }) => keys.every((key) => versions.currentObject(key) !== undefined));
  // What handlers got of the events of a bucket has its keys as well, and nobody needs to list them.
  if (bucket === undefined || [bucket, ...others].some(({ settings }) => settings.notification !== undefined))
    return undefined;
  const names = firstLines(keys.map(writeKey), NAMED).join(', ');
  const questions = askWhyUnsent(journal).slice(noRequest.length);
  const place = others.length === 0 ? `bucket '${bucket.name}'` : 'a bucket';
  return `${noRequest} If the test expects ${names} as the keys of ${place}: a loop while (token) never begins if token is undefined before it, so write do … while (token).${questions}`;
}

/** The most keys that a sentence names. */
const NAMED = 3;

interface Asked {
  readonly state: MockState;
  readonly ofHandle: LastHandleRead | undefined;
  /** The errors, if no assertion of the library failed, which says by itself that no request came. */
  readonly ofRunner: readonly FailedError[];
}

/** Says that no request has written what a test reads by a handle. */
export function writeUnwritten({ state: { store, journal }, ofHandle, ofRunner }: Asked): string | undefined {
  const isThrown = ofRunner.some(isOfMissingObject);
  // Any other TypeError says by itself what is wrong, such as those of the library.
  const isRead = (error: FailedError) => error.name === 'TypeError' && readCompared(error).isUndefined;
  const assertions = ofRunner.filter((error) => isAssertion(error) || isRead(error));
  if (ofHandle === undefined || (!isThrown && assertions.length === 0)) return undefined;
  const { bucket, key } = ofHandle;
  const named = store.buckets.get(bucket);
  const isMissing = key !== undefined && named?.versions.current(key) === undefined;
  const remembered = isMissing ? journal.writeRemembered({ bucket, key }) : undefined;
  if (journal.length === 0 && journal.dropped === 0)
    return remembered === undefined
      ? askWhyUnsent(journal)
      : [remembered, ...whyNothingChanged(journal, true)].join('\n');
  if (key === undefined || named === undefined || named.versions.current(key) !== undefined) return undefined;
  if (!isThrown && !assertions.map(readCompared).some(hasNothing)) return undefined;
  if (findRequestsOnKey(journal, bucket, key).length > 0) return undefined;
  // The error of the handle says what replication has left out.
  if (isThrown && store.unobserved(() => whyNotArrived(store, named, key)).length > 0) return undefined;
  const near = describeNearKey(store, named, key);
  const unwritten = `Bucket '${bucket}' has no key ${writeKey(key)}, and no request asked to write it`;
  if (near !== undefined) return `${unwritten}; ${near}.`;
  return `${unwritten}.${remembered === undefined ? askAboutUnsent(journal) : ` ${remembered}`}`;
}
