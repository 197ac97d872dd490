import type { ActionName } from '../../model/access/actions';
import { valueOfResourceTag } from '../../model/access/resource-tags';
import { readTagHeader, type Tag, valueIn } from '../../model/tagging';
import { type ConditionKeys, type KeyQuestion, memberOf, textOf } from './condition-key';

export const tagKeys: ConditionKeys = {
  's3:requestobjecttagkeys': (question) => namesOf(tagsOfRequest(question)),
  'aws:tagkeys': (question) => namesOf(tagsOfNewBucket(question)),
};

function namesOf(tags: readonly Tag[]): readonly string[] | undefined {
  return tags.length === 0 ? undefined : tags.map(({ Key }) => Key);
}

/** The value of the tag whose name ends a key; undefined for other keys (F487). Keys compare without case, names of tags included. */
export function valueOfTag(key: string, question: KeyQuestion): string | undefined {
  const { call, asked, bucket } = question;
  const slash = key.indexOf('/');
  if (slash === -1) return undefined;
  const family = key.slice(0, slash);
  if (family === 's3:requestobjecttag') return valueIn(tagsOfRequest(question), key.slice(slash + 1));
  if (family === 'aws:requesttag') return valueIn(tagsOfNewBucket(question), key.slice(slash + 1));
  if (family === 's3:existingobjecttag' && isSourceOfCopyObject(question)) return undefined;
  const context = { store: call.store, service: call.request.dialect.configurations };
  return valueOfResourceTag(key, { ...asked, bucket }, context);
}

const reads: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion']);

/** The source of CopyObject counts as one without tags; that of UploadPartCopy does not. */
function isSourceOfCopyObject({ call: { request }, asked: { action } }: KeyQuestion): boolean {
  return reads.has(action) && request.headers.has('x-amz-copy-source') && !request.query.has('uploadId');
}

/** The tags that a request gives an object, by header or by document. */
function tagsOfRequest({ call: { request, input } }: KeyQuestion): readonly Tag[] {
  const header = request.headers.get('x-amz-tagging');
  if (header !== undefined) return readTagHeader(header) ?? [];
  return readTags(memberOf(input, ['Tagging', 'TagSet']));
}

/** The actions whose condition keys have the tags that a new bucket gets; PutBucketTagging has no such keys (F492). */
const ofBucketTags: ReadonlySet<string> = new Set<ActionName>(['s3:CreateBucket', 's3:TagResource']);

function tagsOfNewBucket({ call: { input }, asked: { action } }: KeyQuestion): readonly Tag[] {
  return ofBucketTags.has(action) ? readTags(memberOf(input, ['CreateBucketConfiguration', 'Tags'])) : [];
}

function readTags(sent: unknown): readonly Tag[] {
  return Array.isArray(sent)
    ? sent.map((tag) => ({ Key: textOf(tag, ['Key']) ?? '', Value: textOf(tag, ['Value']) ?? '' }))
    : [];
}
