import { abac } from '../configurations/abac';
import { configurationOf } from '../configurations/configuration';
import { type Tag, valueIn } from '../tagging';
import { findVersion } from '../versions/version-lookup';
import type { AccessContext, AccessRequest } from './access';
import type { ActionName } from './actions';

/** The resource of an action: the keys of its tags depend on nothing else. */
type Resource = Pick<AccessRequest, 'action' | 'bucket' | 'key' | 'versionId'>;

type TagsOf = (resource: Resource, context: AccessContext) => readonly Tag[];

/** The families of condition keys that end in the name of a tag of the bucket or the object. */
const families: ReadonlyMap<string, TagsOf> = new Map([
  ['s3:existingobjecttag', tagsOfObject],
  ['s3:buckettag', tagsOfBucket],
  ['aws:resourcetag', tagsOfBucket],
]);

/**
 * The value of the tag whose name ends a condition key; undefined for other keys. Names compare without case, as keys do: of tags that
 * differ by case alone, the last counts (F487).
 */
export function valueOfResourceTag(key: string, resource: Resource, context: AccessContext): string | undefined {
  const slash = key.indexOf('/');
  const tags = slash === -1 ? undefined : families.get(key.slice(0, slash))?.(resource, context);
  return tags && valueIn(tags.toReversed(), key.slice(slash + 1));
}

/** Policies may name tags for them, which never match. */
const withoutTags: ReadonlySet<ActionName> = new Set(['s3:GetObjectAttributes', 's3:GetObjectVersionAttributes']);

function tagsOfObject({ action, bucket, key, versionId }: Resource, { store }: AccessContext): readonly Tag[] {
  if (bucket === undefined || key === undefined || withoutTags.has(action)) return [];
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  return version?.tags ?? [];
}

/** The tags of the bucket, if access to it is decided by tags. */
function tagsOfBucket({ action, bucket }: Resource, { store, service }: AccessContext): readonly Tag[] {
  // A creation has none, also if the bucket exists (F32).
  if (action === 's3:CreateBucket') return [];
  const isByTags = bucket && configurationOf(abac, { store, bucket, service })?.Status === 'Enabled';
  return isByTags ? bucket.tags : [];
}
