import { abac } from '../../model/configurations/abac';
import { configurationOf } from '../../model/configurations/configuration';
import { readTagHeader, type Tag } from '../../model/tagging';
import { findVersion } from '../../model/versions/version-lookup';
import { type ConditionKeys, memberOf, type Question, textOf } from './condition-key';

/** The families of keys that end in the name of a tag, and the tags that they mean (F487). */
const families: Readonly<Record<string, (question: Question) => readonly Tag[]>> = {
  's3:existingobjecttag': tagsOfObject,
  's3:requestobjecttag': tagsOfRequest,
  's3:buckettag': tagsOfBucket,
  'aws:resourcetag': tagsOfBucket,
};

export const tagKeys: ConditionKeys = {
  's3:requestobjecttagkeys': (question) => {
    const names = tagsOfRequest(question).map(({ Key }) => Key);
    return names.length === 0 ? undefined : names;
  },
};

/** The value of a tag that a key ends in the name of; undefined for other keys. Keys compare without case, names of tags included. */
export function valueOfTag(key: string, question: Question): string | undefined {
  const slash = key.indexOf('/');
  const tags = slash === -1 ? undefined : families[key.slice(0, slash)]?.(question);
  const name = key.slice(slash + 1);
  return tags?.find(({ Key }) => Key.toLowerCase() === name)?.Value;
}

const attributes: ReadonlySet<string> = new Set(['s3:GetObjectAttributes', 's3:GetObjectVersionAttributes']);
const reads: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion']);

/** The tags of the version that is asked for, as they are before the request. */
function tagsOfObject({ call: { store, request }, asked, bucket }: Question): readonly Tag[] {
  const { action, key, versionId } = asked;
  if (bucket === undefined || key === undefined || attributes.has(action)) return [];
  // The source of CopyObject counts as one without tags, that of UploadPartCopy does not.
  if (reads.has(action) && request.headers.has('x-amz-copy-source') && !request.query.has('uploadId')) return [];
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  return version?.tags ?? [];
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

/** The tags of the bucket, if access to it is decided by tags. */
function tagsOfBucket({ call: { store, request }, bucket }: Question): readonly Tag[] {
  if (bucket === undefined) return [];
  const context = { store, bucket, service: request.dialect.configurations };
  return configurationOf(abac, context)?.Status === 'Enabled' ? bucket.tags : [];
}
