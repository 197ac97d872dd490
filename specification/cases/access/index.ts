import type { RecordedCases } from '../../../src/facts/case';
import { abacControls, authorization, requestTagging, taggedBuckets } from './abac';
import { aclGrants } from './acl-grants';
import { listedOwners } from './listed-owners';
import { accounts, admission, controls, modes, sessions } from './ownership';
import { blocks, ignoredAcls, publicAccess } from './public-access';
import { notPublic, publicPolicies, refused } from './public-policies';

export const recordings: readonly RecordedCases[] = [
  publicAccess,
  blocks,
  ignoredAcls,
  controls,
  modes,
  admission,
  accounts,
  sessions,
  aclGrants,
  listedOwners,
  abacControls,
  authorization,
  requestTagging,
  taggedBuckets,
  publicPolicies,
  notPublic,
  refused,
];
