import { required, structure } from '../elements';
import { words } from '../values';

/** Whether a bucket is reached at the hosts of S3 Transfer Acceleration. */
export const accelerate = structure({ Status: required(words('Enabled', 'Suspended')) });
