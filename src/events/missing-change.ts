import { nothingCame } from '../journal/assertion-text';
import type { RequestEntry } from '../journal/entry';
import { writeLastEntries } from '../journal/entry-lines';
import type { Journal } from '../journal/journal';
import { writeKeyRequests } from '../journal/key-request-lines';
import { requestsOnKey } from '../journal/key-requests';
import type { Bucket } from '../model/bucket';
import { writeKey } from '../text/values';

const LISTED = 6;

/** Why a bucket has no notification configuration: nobody put one, or the service refused it. */
export function whyNoSetting(requests: Journal, bucket: string): readonly string[] {
  return [
    `Bucket ${writeKey(bucket)} has no notification configuration, so it sends no events.`,
    ...putsOfSetting(requests, bucket),
  ];
}

/** Why no test event was sent. */
export function whyNoTestEvent(requests: Journal, bucket: string): readonly string[] {
  const rule =
    'S3 sends a TestEvent to each queue and topic when a request puts the configuration. Fixtures and handles send none.';
  return [rule, ...putsOfSetting(requests, bucket)];
}

/** The requests that put a configuration; IBM COS, which has none, refuses them without an operation. */
function putsOfSetting(requests: Journal, bucket: string): readonly string[] {
  const puts = numbered(requests).filter(
    ({ entry: { bucket: name, method, url } }) =>
      name === bucket && method === 'PUT' && /[?&]notification(?:[=&]|$)/.test(url),
  );
  return puts.length === 0 ? [] : [`The requests that put one:\n${writeLastEntries(puts, undefined, LISTED)}`];
}

/**
 * Why a bucket that reports an event sent none: nothing came, S3 refused the request, or a test made the change. `isReported` says that other
 * events of the key were sent.
 */
export function whyUnchanged(
  requests: Journal,
  bucket: Bucket,
  { key, isReported }: { readonly key: string | undefined; readonly isReported: boolean },
): readonly string[] {
  const isThere = key !== undefined && bucket.versions.current(key) !== undefined;
  if (requests.length === 0 && requests.dropped === 0 && !isThere)
    return ['No request came at all.', ...nothingCame(requests)];
  if (key === undefined) return refusedOf(requests, bucket.name);
  const onKey = requestsOnKey(requests, bucket.name, key, requests.dropped);
  if (onKey.length > 0)
    return [
      ...writeKeyRequests(requests, bucket.name, key),
      ...(!isReported && onKey.some(({ entry }) => entry.error === undefined) ? [decidedThen] : []),
    ];
  return isThere ? [silentChange(key)] : writeKeyRequests(requests, bucket.name, key);
}

const decidedThen =
  'The configuration that is in force when a change is made decides: one that is put later reports nothing of before.';

function silentChange(key: string): string {
  return (
    `No request changed ${writeKey(key)}: its versions are from a fixture or a handle, which send no events. ` +
    'Send a request to see its event; `bucket.event()` makes the message of a version for a handler that a test calls.'
  );
}

function refusedOf(requests: Journal, bucket: string): readonly string[] {
  const refused = numbered(requests).filter(({ entry }) => entry.bucket === bucket && entry.error !== undefined);
  return refused.length === 0 ? [] : [`S3 refused these requests:\n${writeLastEntries(refused, undefined, LISTED)}`];
}

function numbered(requests: Journal): readonly { readonly number: number; readonly entry: RequestEntry }[] {
  return requests.map((entry, index) => ({ number: requests.dropped + index + 1, entry }));
}
