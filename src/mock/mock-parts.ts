/**
 * A mock is made of these. No file that is loaded with an entry imports this one, or what it exports: they ask `mockParts`.
 * @module
 */

export { addAccount } from '../preset/account-fixture';
export { AccountHandles, readActing } from '../preset/account-handle';
export { addBucket } from '../preset/bucket-fixture';
export { bucketHandle } from '../preset/bucket-handle';
export { fromDirectory } from '../preset/directory-import';
export { iamHandle } from '../preset/iam-handle';
export { kmsKeysHandle } from '../preset/kms-keys-handle';
export { fromListing } from '../preset/listing-import';
export { planLifecycle, planReplication } from '../preset/plans';
export { answersAt } from './answers';
export { bucketList } from './bucket-list';
export { clockHandle } from './clock-handle';
export { Lifetime } from './lifetime';
