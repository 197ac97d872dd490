import { droppedNote } from '../journal/assertion-text';
import type { RecordedRequests } from '../journal/comparison';
import { writeLastEntries } from '../journal/entry-lines';
import { type KeyRequest, requestsOnKey } from '../journal/key-requests';
import { writeLastActions } from '../journal/service-actions';
import { counted } from '../text/counts';
import { writeKey } from '../text/values';
import { type BucketLike, isRecorded, whyUnchanged } from './bucket-like';

const LISTED = 6;

/** The paragraphs of a failed assertion on a key: what lifecycle did to it, and the last requests that asked to write to it or to delete it. */
export function whyKeyIsSo(bucket: BucketLike, key: string): readonly string[] {
  const { name, requests } = bucket;
  if (!isRecorded(requests)) return [];
  const actions = writeLastActions(requests.serviceActions, name, key, LISTED).map((line) => `\n  ${line}`);
  const ofLifecycle = actions.length === 0 ? [] : [`The actions of lifecycle on ${writeKey(key)}:${actions.join('')}`];
  const unchanged = whyUnchanged(bucket);
  return [...ofLifecycle, ...(unchanged.length > 0 ? unchanged : requestsOn(requests, name, key))];
}

function requestsOn(requests: RecordedRequests, bucket: string, key: string): readonly string[] {
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
