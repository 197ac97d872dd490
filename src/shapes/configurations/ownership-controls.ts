import { list, required, structure } from '../elements';
import { words } from '../values';

const rule = structure({
  ObjectOwnership: required(words('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced')),
});

/** The owner of the objects in a bucket, and whether ACLs count. */
export const ownershipControls = structure({ Rules: required(list(rule, 'Rule', [1, 1])) });
