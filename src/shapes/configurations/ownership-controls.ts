import { list, required, structure } from '../elements';
import { words } from '../values';

const rule = structure({
  ObjectOwnership: required(words('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced')),
});

/** Whose the objects in a bucket are, and whether ACLs count. */
export const ownershipControls = structure({ Rules: required(list(rule, 'Rule', [1, 1])) });
