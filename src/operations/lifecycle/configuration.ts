import { makeActingConfiguration } from '../../model/lifecycle/archive-policies';
import { type LifecycleConfiguration, withOwnDates } from '../../model/lifecycle/rules';
import { readRules } from '../../model/lifecycle/validation';
import { S3Error } from '../../refusals/s3-error';
import { anyNumber, list, required } from '../../shapes/elements';
import { lifecycleRule } from '../../shapes/lifecycle';
import { header, mebibyte, payload } from '../../shapes/places';
import { refusing, sentText, words } from '../../shapes/values';
import { type Context, operation } from '../operation';

const rules = required(list(lifecycleRule, 'Rule', anyNumber));

const minimum = refusing(words('all_storage_classes_128K', 'varies_by_storage_class'), 'TransitionMinimumInvalid', {
  value: sentText,
});

const minimumMember = {
  TransitionDefaultMinimumObjectSize: header('x-amz-transition-default-minimum-object-size', minimum, {
    dialect: 'aws',
  }),
};

export const putBucketLifecycleConfiguration = operation('PUT /{Bucket}?lifecycle', {
  action: 's3:PutLifecycleConfiguration',
  aliases: ['PutBucketLifecycle'],
  digest: 'required',
  whenDigestMissing: 'ContentMd5Missing',
  input: { ...minimumMember, LifecycleConfiguration: payload({ Rules: rules }, { maxBytes: 2 * mebibyte }) },
  output: minimumMember,
  handle({ store, bucket, request }, { LifecycleConfiguration, TransitionDefaultMinimumObjectSize }) {
    const Rules = readRules(LifecycleConfiguration.Rules, request.dialect.lifecycle.rules, store.ids);
    if (bucket.versioning.MFADelete === 'Enabled') throw new S3Error('LifecycleWithMfaDelete');
    const lifecycle = {
      Rules: Rules.map(withOwnDates),
      TransitionDefaultMinimumObjectSize:
        TransitionDefaultMinimumObjectSize ?? request.dialect.lifecycle.transitionMinimum,
    };
    changeLifecycle({ store, bucket, request }, lifecycle);
    return { TransitionDefaultMinimumObjectSize: lifecycle.TransitionDefaultMinimumObjectSize };
  },
});

function changeLifecycle(
  { store, bucket, request }: Pick<Context, 'store' | 'bucket' | 'request'>,
  lifecycle: LifecycleConfiguration | undefined,
): void {
  if (request.dialect.lifecycle.archivesNewObjectsOnly)
    bucket.change({
      lifecycle,
      actingLifecycle: makeActingConfiguration(bucket.actingLifecycle, lifecycle, store.sequence),
    });
  else bucket.change({ lifecycle, ...(bucket.settings.actingLifecycle && { actingLifecycle: undefined }) });
}

export const getBucketLifecycleConfiguration = operation('GET /{Bucket}?lifecycle', {
  action: 's3:GetLifecycleConfiguration',
  aliases: ['GetBucketLifecycle'],
  root: 'LifecycleConfiguration',
  output: { ...minimumMember, Rules: rules },
  handle({ bucket: { name, lifecycle } }) {
    if (!lifecycle) throw new S3Error('NoSuchLifecycleConfiguration', { BucketName: name });
    return { ...lifecycle, Rules: lifecycle.Rules.map(withOwnDates) };
  },
});

export const deleteBucketLifecycle = operation('DELETE /{Bucket}?lifecycle', {
  action: 's3:PutLifecycleConfiguration',
  status: 204,
  handle: (context) => changeLifecycle(context, undefined),
});
