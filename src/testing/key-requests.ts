import { writeKeyRequests } from '../journal/key-request-lines';
import { isOn, writeLastActions } from '../journal/service-actions';
import { writeKey } from '../text/values';
import { type BucketLike, isRecorded, whyUnchanged } from './bucket-like';

const LISTED = 6;

/** The paragraphs of a failed assertion on a key: what S3 did to it by itself, and the last requests that asked to write to it or to delete it. */
export function whyKeyIsSo(bucket: BucketLike, key: string): readonly string[] {
  const { name, requests } = bucket;
  if (!isRecorded(requests)) return [];
  const { serviceActions } = requests;
  const actions = writeLastActions(serviceActions, name, key, LISTED).map((line) => `\n  ${line}`);
  const isReplicated = serviceActions.some((one) => one.action === 'replicate' && isOn(one, name, key));
  const causes = isReplicated ? 'S3 itself' : 'lifecycle';
  const ofS3 = actions.length === 0 ? [] : [`The actions of ${causes} on ${writeKey(key)}:${actions.join('')}`];
  const unchanged = whyUnchanged(bucket);
  return [...ofS3, ...(unchanged.length > 0 ? unchanged : writeKeyRequests(requests, name, key))];
}
