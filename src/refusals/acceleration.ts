import { refusal } from './refusal';

const invalidRequest = { code: 'InvalidRequest', status: 400 } as const;

/** Refusals of S3 Transfer Acceleration. */
export const acceleration = {
  AccelerationNameHasPeriods: refusal({
    ...invalidRequest,
    message: 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
  }),
  AccelerationNeedsVirtualHost: refusal({
    ...invalidRequest,
    message: 'S3 Transfer Acceleration endpoint only supports virtual style requests',
  }),
  AccelerationNotConfigured: refusal({
    ...invalidRequest,
    message: 'S3 Transfer Acceleration is not configured on this bucket',
  }),
  AccelerationSuspended: refusal({
    ...invalidRequest,
    message: 'S3 Transfer Acceleration is disabled on this bucket',
  }),
};
