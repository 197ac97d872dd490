import { refusal } from './refusal';

/** Refusals of S3 Transfer Acceleration. */
export const acceleration = {
  /** A PUT of an accelerate configuration whose document has no Status. */
  AccelerationStatusMissing: refusal(
    'IllegalAccelerateConfigurationException',
    400,
    'The Accelerate element must be specified',
  ),
  /** A PUT of an accelerate configuration on a bucket whose name has a period. */
  AccelerationNameHasPeriods: refusal(
    'InvalidRequest',
    400,
    'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
  ),
  /** A request to a host of S3 Transfer Acceleration that names the bucket in its path. */
  AccelerationNeedsVirtualHost: refusal(
    'InvalidRequest',
    400,
    'S3 Transfer Acceleration endpoint only supports virtual style requests',
  ),
  /** A request to a host of S3 Transfer Acceleration for a bucket that never had an accelerate configuration. */
  AccelerationNotConfigured: refusal(
    'InvalidRequest',
    400,
    'S3 Transfer Acceleration is not configured on this bucket',
  ),
  /** A request to a host of S3 Transfer Acceleration for a bucket whose accelerate configuration is 'Suspended'. */
  AccelerationSuspended: refusal('InvalidRequest', 400, 'S3 Transfer Acceleration is disabled on this bucket'),
};
