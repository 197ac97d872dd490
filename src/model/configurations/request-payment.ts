import { configuration } from './configuration';

/** Who pays for the requests to a bucket (F403). */
export const requestPayment = configuration('requestPayment', {
  whileNeverPut: () => ({ Payer: 'BucketOwner' }),
  onDelete: 'as never put',
  staysPut: true,
});
