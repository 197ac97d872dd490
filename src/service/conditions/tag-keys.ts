import { valueIn, valueOfResourceTag } from '../../model/access/resource-tags';
import { readTagHeader, type Tag } from '../../model/tagging';
import { type ConditionKeys, memberOf, type Question, textOf } from './condition-key';

export const tagKeys: ConditionKeys = {
  's3:requestobjecttagkeys': (question) => {
    const names = tagsOfRequest(question).map(({ Key }) => Key);
    return names.length === 0 ? undefined : names;
  },
};

/** The value of a tag that a key ends in the name of; undefined for other keys (F487). Keys compare without case, names of tags included. */
export function valueOfTag(key: string, question: Question): string | undefined {
  const { call, asked, bucket } = question;
  const slash = key.indexOf('/');
  if (slash === -1) return undefined;
  const family = key.slice(0, slash);
  if (family === 's3:requestobjecttag') return valueIn(tagsOfRequest(question), key.slice(slash + 1));
  if (family === 's3:existingobjecttag' && isSourceOfCopyObject(question)) return undefined;
  const context = { store: call.store, service: call.request.dialect.configurations };
  return valueOfResourceTag(key, { ...asked, bucket }, context);
}

const reads: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion']);

/** The source of CopyObject counts as one without tags; that of UploadPartCopy does not. */
function isSourceOfCopyObject({ call: { request }, asked: { action } }: Question): boolean {
  return reads.has(action) && request.headers.has('x-amz-copy-source') && !request.query.has('uploadId');
}

/** The tags that a request gives an object, by header or by document. */
function tagsOfRequest({ call: { request, input } }: Question): readonly Tag[] {
  const header = request.headers.get('x-amz-tagging');
  if (header !== undefined) return readTagHeader(header) ?? [];
  const sent = memberOf(input, ['Tagging', 'TagSet']);
  return Array.isArray(sent)
    ? sent.map((tag) => ({ Key: textOf(tag, ['Key']) ?? '', Value: textOf(tag, ['Value']) ?? '' }))
    : [];
}
