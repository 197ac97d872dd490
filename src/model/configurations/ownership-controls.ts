import { configuration } from './configuration';

/** Whose the objects in a bucket are (F402). */
export const ownershipControls = configuration('ownershipControls', {
  whileNeverPut: () => ({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
  onDelete: 'none',
});
