import { required, structure } from '../elements';
import { words } from '../values';

/** Whether access to a bucket is decided by tags, too. */
export const abac = structure({ Status: required(words('Enabled', 'Disabled')) });
