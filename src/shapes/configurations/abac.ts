import { required, structure, words } from '../shape';

/** Whether access to a bucket is decided by tags, too. */
export const abac = structure({ Status: required(words('Enabled', 'Disabled')) });
