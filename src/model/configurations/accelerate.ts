import { S3Error } from '../../refusals/s3-error';
import { requiredOr, unlessEmpty } from '../../shapes/elements';
import { words } from '../../shapes/values';
import { configuration } from './configuration';

/** An empty status is none (F330). */
export const accelerate = configuration(
  'accelerate',
  { Status: requiredOr(unlessEmpty(words('Enabled', 'Suspended')), 'AccelerationStatusMissing') },
  {
    dialect: 'aws',
    onDelete: 'as never put',
    staysPut: true,
    checkBucket({ name }) {
      if (name.includes('.')) throw new S3Error('AccelerationNameHasPeriods').quoting({ name });
    },
  },
);
