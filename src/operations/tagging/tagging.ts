import { checkTagsMayChange } from '../../model/configurations/abac';
import { checkBucketTags, checkBucketTagsMayGo, checkObjectTags, orderTags } from '../../model/tagging';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, required, wrappedList } from '../../shapes/elements';
import { payload, query } from '../../shapes/places';
import { text } from '../../shapes/values';
import { makeConfigurationContext } from '../configurations/documents';
import { versioned } from '../members/actions';
import { givenVersionId, versionIdMember } from '../members/objects';
import { answeredVersionId, checkSentVersionId, requireChangeableVersion } from '../objects/addressing';
import { type Context, operation, type SearchContext } from '../operation';

export const tagSet = wrappedList({ Key: required(element(text)), Value: required(element(text)) }, 'Tag');
const tagging = payload({ TagSet: tagSet });

export const putObjectTagging = operation('PUT /{Bucket}/{Key+}?tagging', {
  action: versioned('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
  input: { VersionId: query('versionId'), Tagging: tagging },
  output: versionIdMember,
  handle: (context, { Key, VersionId, Tagging: { TagSet = [] } }) => {
    checkSentVersionId(context, VersionId);
    checkObjectTags(TagSet, context.request.dialect.tags);
    return changeTags(context, Key, VersionId, TagSet);
  },
});

export const getObjectTagging = operation('GET /{Bucket}/{Key+}?tagging', {
  action: versioned('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  findObject: taggedVersion,
  root: 'Tagging',
  input: { VersionId: query('versionId', givenVersionId, { stage: 'query' }) },
  output: { ...versionIdMember, TagSet: tagSet },
  handle(context, { Key, VersionId }) {
    const version = taggedVersion(context, Key, VersionId);
    return {
      VersionId: answeredVersionId(context.store, context.bucket, version),
      TagSet: orderTags(version.tags, context.request.dialect.tags),
    };
  },
});

/** The version whose tags a request reads. Only here does S3 name the bucket of a key that does not exist (F72). */
function taggedVersion(context: SearchContext, key: string, versionId: string | undefined): ObjectVersion {
  const { bucket } = context;
  return requireChangeableVersion(context, { bucket, key, versionId, Key: `${bucket.name}/${key}` });
}

export const deleteObjectTagging = operation('DELETE /{Bucket}/{Key+}?tagging', {
  action: versioned('s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'),
  status: 204,
  input: { VersionId: query('versionId') },
  output: versionIdMember,
  handle: (context, { Key, VersionId }) => changeTags(context, Key, VersionId, []),
});

function changeTags(context: Context, key: string, versionId: string | undefined, tags: ObjectVersion['tags']) {
  const { store, bucket } = context;
  // S3 says of a delete marker that it has no tags, even if it is the current version (F72).
  const version = requireChangeableVersion(context, { bucket, key, versionId });
  bucket.versions.replace({ ...version, tags });
  return { VersionId: answeredVersionId(store, bucket, version) };
}

export const putBucketTagging = operation('PUT /{Bucket}?tagging', {
  action: 's3:PutBucketTagging',
  digest: 'required',
  status: 204,
  input: { Tagging: payload({ TagSet: tagSet }, { maxBytes: 160 * 1024 }) },
  handle(context, { Tagging: { TagSet = [] } }) {
    checkTagsMayChange(makeConfigurationContext(context), 'TagsPutDespiteAbac');
    checkBucketTags(TagSet, context.request.dialect.tags, context.bucket.tags);
    context.bucket.change({ tags: TagSet });
  },
});

export const getBucketTagging = operation('GET /{Bucket}?tagging', {
  action: 's3:GetBucketTagging',
  root: 'Tagging',
  output: { TagSet: tagSet },
  handle({ bucket, request }) {
    if (bucket.tags.length === 0) throw new S3Error('NoSuchTagSet', { BucketName: bucket.name });
    return { TagSet: orderTags(bucket.tags, request.dialect.tags) };
  },
});

export const deleteBucketTagging = operation('DELETE /{Bucket}?tagging', {
  action: 's3:PutBucketTagging',
  status: 204,
  handle(context) {
    checkTagsMayChange(makeConfigurationContext(context), 'TagsDeletedDespiteAbac');
    checkBucketTagsMayGo(context.bucket.tags, context.request.dialect.tags);
    context.bucket.change({ tags: undefined });
  },
});
