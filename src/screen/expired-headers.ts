import type { RequestEntry } from '../journal/entry';
import type { Store } from '../model/store';
import { isObject } from '../model/versions/version';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { comparesTruth, isMissingRejection } from './errors';
import { findUnwantedObject } from './library-assertions';

/** The object that should be gone: the matcher names it, or the code has read it last. */
function findKept(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): Pick<RequestEntry, 'bucket' | 'key'> | undefined {
  const unwanted = findUnwantedObject(errors);
  const last = entries.at(-1);
  const isRead = /^(?:Get|Head)Object$/.test(last?.operation ?? '') && last?.error === undefined;
  const isJudged = errors.some((error) => comparesTruth(error) || isMissingRejection(error.message));
  return unwanted ?? (isRead && isJudged ? last : undefined);
}

/** An object should be gone after the time in its header Expires, which S3 only stores. */
export function writeExpired(
  store: Store,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const { bucket: name = '', key = '' } = findKept(entries, errors) ?? {};
  const bucket = store.buckets.get(name);
  const current = bucket?.versions.current(key);
  // Why a rule of lifecycle has left an object is another question.
  if (bucket?.lifecycle !== undefined || current === undefined || !isObject(current)) return undefined;
  const { expires = '' } = current.content.headers;
  const at = Date.parse(expires);
  if (!(current.created < at && at <= store.clock.now())) return undefined;
  return `${writeKey(key)} has Expires: ${writeValue(expires)}, a header for caches, by which S3 deletes nothing: give bucket ${writeKey(name)} a lifecycle rule with Expiration.`;
}
