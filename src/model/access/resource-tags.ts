import { abac } from '../configurations/abac';
import { findConfiguration } from '../configurations/configuration';
import { findStoredTagValue, type Tag } from '../tagging';
import { type AccessContext, type AccessRequest, findRequestedVersion } from './access';
import type { ActionName } from './actions';
import { makeKeyReader } from './condition-key-values';

interface ResourceQuestion extends Pick<AccessRequest, 'action' | 'bucket' | 'key' | 'versionId'>, AccessContext {}

export const readResourceTag = makeKeyReader<ResourceQuestion>({
  's3:existingobjecttag/': (question, tag) => findStoredTagValue(findObjectTags(question), tag),
  's3:buckettag/': findBucketTag,
  'aws:resourcetag/': findBucketTag,
});

/** Policies can name tags for these actions, but the tags never match. */
const withoutTags: ReadonlySet<ActionName> = new Set(['s3:GetObjectAttributes', 's3:GetObjectVersionAttributes']);

function findObjectTags({ action, bucket, key, versionId, store }: ResourceQuestion): readonly Tag[] {
  if (bucket === undefined || key === undefined || withoutTags.has(action)) return [];
  return findRequestedVersion({ key, versionId }, bucket, store)?.tags ?? [];
}

function findBucketTag({ action, bucket, store, service }: ResourceQuestion, tag: string): string | undefined {
  // A creation has none, also if the bucket exists (F32).
  if (action === 's3:CreateBucket' || bucket === undefined) return undefined;
  const isByTags = findConfiguration(abac, { store, bucket, service })?.Status === 'Enabled';
  return isByTags ? findStoredTagValue(bucket.tags, tag) : undefined;
}
