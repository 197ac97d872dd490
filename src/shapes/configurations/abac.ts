import { required, structure } from '../elements';
import { words } from '../values';

/** Whether tags also decide on access to a bucket. */
export const abac = structure({ Status: required(words('Enabled', 'Disabled')) });
