import { list, required, structure, words } from '../shape';

const rule = structure({
  ObjectOwnership: required(words('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced')),
});

/** Whose the objects in a bucket are, and whether ACLs count. */
export const ownershipControls = structure({ Rules: required(list(rule, 'Rule', [1, 1])) });
