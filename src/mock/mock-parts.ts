/**
 * A mock is made of these. No file that is loaded with an entry imports this one, or what it exports: they ask `mockParts`.
 * @module
 */

export { addAccount } from '../preset/account-fixture';
export { AccountHandles } from '../preset/account-handle';
export { readActing } from '../preset/acting-caller';
export { addBucket } from '../preset/bucket-fixture';
export { fromDirectory } from '../preset/directory-import';
export { iamHandle } from '../preset/iam-handle';
export { kmsKeysHandle } from '../preset/kms-keys-handle';
export { planLifecycle } from '../preset/lifecycle-plan';
export { fromListing } from '../preset/listing-import';
export { bucketHandle } from '../preset/named-bucket';
export { planReplication } from '../preset/replication-plan';
export { answersAt } from './answers';
export { bucketList } from './bucket-list';
export { clockHandle } from './clock-handle';
export { Lifetime } from './lifetime';
