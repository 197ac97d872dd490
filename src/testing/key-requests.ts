import { writeKeyRequests } from '../journal/key-request-lines';
import { writeLastActions } from '../journal/service-actions';
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
  return [...ofLifecycle, ...(unchanged.length > 0 ? unchanged : writeKeyRequests(requests, name, key))];
}
