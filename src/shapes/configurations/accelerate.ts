import { required, structure, words } from '../shape';

/** Whether a bucket is reached at the hosts of S3 Transfer Acceleration. */
export const accelerate = structure({ Status: required(words('Enabled', 'Suspended')) });
