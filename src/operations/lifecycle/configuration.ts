import { awsRules, cosRules, readRules } from '../../model/lifecycle/validation';
import { header, payload } from '../../protocol/document/binding';
import { element, list, required, unlessNone, wrappedList } from '../../protocol/document/elements';
import { boolean, integer, long, oneOf, refusing, text, timestamp } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';
import { operation } from '../operation';

/** A number whose range is looked at once the document fits its schema; anything else does not fit it. */
const count = refusing(integer, () => new S3Error('MalformedXML'));
const date = timestamp('iso8601');

const tag = { Key: required(element(text)), Value: required(element(text)) };
const sizes = { ObjectSizeGreaterThan: element(long), ObjectSizeLessThan: element(long) };

const filter = {
  Prefix: element(text),
  Tag: element(tag),
  TagSet: wrappedList(tag, 'Tag'),
  ...sizes,
  And: element({ Prefix: element(text), Tags: unlessNone(list(tag, 'Tag')), ...sizes }),
};

/** The elements of a rule in the order in which S3 tells them (F118). */
const rule = {
  ID: element(text),
  Prefix: element(text),
  Filter: element(filter),
  Status: required(element(oneOf('Enabled', 'Disabled'))),
  Transitions: unlessNone(
    list({ Days: element(count), Date: element(date), StorageClass: element(text) }, 'Transition'),
  ),
  Expiration: element({
    Days: element(count),
    Date: element(date),
    ExpiredObjectDeleteMarker: element(boolean),
  }),
  NoncurrentVersionTransitions: unlessNone(
    list(
      { NoncurrentDays: element(count), NewerNoncurrentVersions: element(count), StorageClass: element(text) },
      'NoncurrentVersionTransition',
    ),
  ),
  NoncurrentVersionExpiration: element({
    NoncurrentDays: element(count),
    NewerNoncurrentVersions: element(count),
  }),
  AbortIncompleteMultipartUpload: element({ DaysAfterInitiation: element(count) }),
};

const minimum = refusing(
  oneOf('all_storage_classes_128K', 'varies_by_storage_class'),
  (value) => new S3Error('TransitionMinimumInvalid', { value }),
);

const minimumMember = {
  TransitionDefaultMinimumObjectSize: header('x-amz-transition-default-minimum-object-size', minimum, {
    dialect: 'aws',
  }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration = operation('PUT /{Bucket}?lifecycle', {
  aliases: ['PutBucketLifecycle'],
  digest: 'required',
  input: { ...minimumMember, LifecycleConfiguration: payload({ Rules: list(rule, 'Rule') }) },
  output: minimumMember,
  handle({ store, bucket, request }, { LifecycleConfiguration, TransitionDefaultMinimumObjectSize }) {
    const Rules = readRules(LifecycleConfiguration.Rules, request.dialect === 'aws' ? awsRules : cosRules, store.ids);
    if (bucket.versioning.MFADelete === 'Enabled') throw new S3Error('LifecycleWithMfaDelete');
    const lifecycle = {
      Rules,
      TransitionDefaultMinimumObjectSize:
        request.dialect === 'aws' ? (TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K') : undefined,
    };
    bucket.change({ lifecycle });
    return { TransitionDefaultMinimumObjectSize: lifecycle.TransitionDefaultMinimumObjectSize };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = operation('GET /{Bucket}?lifecycle', {
  aliases: ['GetBucketLifecycle'],
  root: 'LifecycleConfiguration',
  output: { ...minimumMember, Rules: list(rule, 'Rule') },
  handle({ bucket: { name, lifecycle } }) {
    if (!lifecycle) throw new S3Error('NoSuchLifecycleConfiguration', { BucketName: name });
    return lifecycle;
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle = operation('DELETE /{Bucket}?lifecycle', {
  status: 204,
  handle({ bucket }) {
    bucket.change({ lifecycle: undefined });
  },
});
