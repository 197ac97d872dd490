import { allDetails, refusal } from './refusal';

const cos = { message: 'The request is not valid with the current state of the bucket.' };

/** Refusals of a lifecycle configuration as a whole. */
export const lifecycle = {
  /** A GET of the lifecycle configuration of a bucket that has none. */
  NoSuchLifecycleConfiguration: refusal<{ readonly BucketName: string }>(
    'NoSuchLifecycleConfiguration',
    404,
    'The lifecycle configuration does not exist',
    { fields: allDetails, undeclared: true, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
  /** A PUT of lifecycle rules whose x-amz-transition-default-minimum-object-size is not one of S3's two words. */
  TransitionMinimumInvalid: refusal<{ readonly value: string }>(
    'InvalidRequest',
    400,
    ({ value }) => `Invalid TransitionDefaultMinimumObjectSize found: ${value}`,
  ),
  // A guess, modelled on the text of MfaDeleteWithLifecycle (F117).
  /** A PUT of lifecycle rules on a bucket with MFA Delete. */
  LifecycleWithMfaDelete: refusal(
    'InvalidBucketState',
    409,
    'Lifecycle configuration is not supported on a bucket with Mfa Authentication. Disable Mfa Authentication before adding a lifecycle configuration.',
    { cos },
  ),
  /** A PUT of versioning that turns MFA Delete on, on a bucket with lifecycle rules. */
  MfaDeleteWithLifecycle: refusal(
    'InvalidBucketState',
    409,
    'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
    { cos },
  ),
};
