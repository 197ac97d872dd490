import { requiredOr, structure, unlessEmpty } from '../elements';
import { words } from '../values';

/** Whether a bucket is reached at the hosts of S3 Transfer Acceleration. An empty status is none (F330). */
export const accelerate = structure({
  Status: requiredOr(unlessEmpty(words('Enabled', 'Suspended')), 'AccelerationStatusMissing'),
});
