import { counted } from '../text/counts';
import { writeKey } from '../text/values';
import { droppedNote } from './assertion-text';
import type { RecordedRequests } from './comparison';
import { writeLastEntries } from './entry-lines';
import { type KeyRequest, requestsOnKey } from './key-requests';

const LISTED = 6;

/** The paragraphs of a failed assertion on a key that show the last requests that asked to write to it or to delete it. */
export function writeKeyRequests(
  requests: Pick<RecordedRequests, 'length' | 'dropped' | typeof Symbol.iterator>,
  bucket: string,
  key: string,
): readonly string[] {
  const found = requestsOnKey(requests, bucket, key, requests.dropped);
  const text =
    found.length === 0
      ? `${noneOf(requests.length)} to write to ${writeKey(key)} or to delete it.`
      : `The requests that asked to write to ${writeKey(key)} or to delete it:\n${writeLastEntries(found, refusedBelow, LISTED)}`;
  return [text, droppedNote(requests)].filter((part) => part !== '');
}

function noneOf(count: number): string {
  return count === 1
    ? 'The one request that came did not ask'
    : `None of the ${counted(count, 'request')} that came asked`;
}

/** The codes of the refused entries of a batch; its reasons are above. */
function refusedBelow({ refused }: KeyRequest): readonly string[] {
  return refused.map(
    ({ part: { VersionId }, code }) => `refused${VersionId === undefined ? '' : ` ${VersionId}`}: ${code}`,
  );
}
