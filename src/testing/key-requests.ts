import { droppedNote } from '../journal/assertion-text';
import { writeLastEntries } from '../journal/entry-lines';
import { type KeyRequest, requestsOnKey } from '../journal/key-requests';
import { counted } from '../text/counts';
import { writeKey } from '../text/values';
import { type BucketLike, isRecorded, whyUnchanged } from './bucket-like';

const LISTED = 6;

/** The paragraphs of a failed assertion on a key: the last requests that asked to write to it or to delete it, and what S3 answered. */
export function whyKeyIsSo(bucket: BucketLike, key: string): readonly string[] {
  const { name, requests } = bucket;
  const unchanged = whyUnchanged(bucket);
  if (!isRecorded(requests) || unchanged.length > 0) return unchanged;
  const found = requestsOnKey(requests, name, key, requests.dropped);
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
