import { S3Error } from '../../refusals/s3-error';
import { configuration } from './configuration';

/** Whether a bucket has S3 Transfer Acceleration: F330. */
export const accelerate = configuration('accelerate', {
  onDelete: 'as never put',
  staysPut: true,
  checkBucket({ name }) {
    if (name.includes('.')) throw new S3Error('AccelerationNameHasPeriods').quoting({ name });
  },
});
