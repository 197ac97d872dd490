import { abac } from '../configurations/abac';
import { configurationOf } from '../configurations/configuration';
import { type Tag, valueIn } from '../tagging';
import { findVersion } from '../versions/version-lookup';
import type { AccessContext, AccessRequest } from './access';
import type { ActionName } from './actions';
import { makeKeyReader } from './condition-key-values';

interface ResourceQuestion extends Pick<AccessRequest, 'action' | 'bucket' | 'key' | 'versionId'>, AccessContext {}

/** The values of the keys that end in the name of a tag: of tags that differ by case alone, the last counts (F487). */
export const readResourceTag = makeKeyReader<ResourceQuestion>({
  's3:existingobjecttag/': (question, tag) => valueIn(tagsOfObject(question).toReversed(), tag),
  's3:buckettag/': (question, tag) => valueIn(tagsOfBucket(question).toReversed(), tag),
  'aws:resourcetag/': (question, tag) => valueIn(tagsOfBucket(question).toReversed(), tag),
});

/** Policies may name tags for them, which never match. */
const withoutTags: ReadonlySet<ActionName> = new Set(['s3:GetObjectAttributes', 's3:GetObjectVersionAttributes']);

function tagsOfObject({ action, bucket, key, versionId, store }: ResourceQuestion): readonly Tag[] {
  if (bucket === undefined || key === undefined || withoutTags.has(action)) return [];
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  return version?.tags ?? [];
}

function tagsOfBucket({ action, bucket, store, service }: ResourceQuestion): readonly Tag[] {
  // A creation has none, also if the bucket exists (F32).
  if (action === 's3:CreateBucket') return [];
  const isByTags = bucket && configurationOf(abac, { store, bucket, service })?.Status === 'Enabled';
  return isByTags ? bucket.tags : [];
}
