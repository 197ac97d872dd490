import { required } from '../../shapes/elements';
import { words } from '../../shapes/values';
import { configuration } from './configuration';

/** F403 */
export const requestPayment = configuration(
  'requestPayment',
  { Payer: required(words('Requester', 'BucketOwner')) },
  { dialect: 'aws', whileNeverPut: () => ({ Payer: 'BucketOwner' }), onDelete: 'as never put', staysPut: true },
);
