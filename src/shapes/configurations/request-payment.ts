import { required, structure, words } from '../shape';

/** Who pays for requests. */
export const requestPayment = structure({ Payer: required(words('Requester', 'BucketOwner')) });
