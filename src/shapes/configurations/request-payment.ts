import { required, structure } from '../elements';
import { words } from '../values';

/** Who pays for requests. */
export const requestPayment = structure({ Payer: required(words('Requester', 'BucketOwner')) });
