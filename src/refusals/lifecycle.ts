import { allDetails, type RefusalForms } from './form';

const cos = { message: 'The request is not valid with the current state of the bucket.' };

/** What S3 refuses of lifecycle, beside what it says of single rules. */
export const lifecycleRefusals: RefusalForms<
  'NoSuchLifecycleConfiguration' | 'TransitionMinimumInvalid' | 'LifecycleWithMfaDelete' | 'MfaDeleteWithLifecycle'
> = {
  NoSuchLifecycleConfiguration: {
    code: 'NoSuchLifecycleConfiguration',
    status: 404,
    message: 'The lifecycle configuration does not exist',
    elements: allDetails,
  },
  TransitionMinimumInvalid: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ value }) => `Invalid TransitionDefaultMinimumObjectSize found: ${value}`,
  },
  // The words are ours, after those of its counterpart (F117).
  LifecycleWithMfaDelete: {
    code: 'InvalidBucketState',
    status: 409,
    message:
      'Lifecycle configuration is not supported on a bucket with Mfa Authentication. Disable Mfa Authentication before adding a lifecycle configuration.',
    cos,
  },
  MfaDeleteWithLifecycle: {
    code: 'InvalidBucketState',
    status: 409,
    message:
      'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
    cos,
  },
};
