import type { Bucket } from '../bucket';
import type { ServiceConfigurations } from '../configurations/services';

/** Who owns the objects in a bucket, and whether ACLs count. */
export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

/** The settings of a bucket that decide what its ACLs, and those of its objects, do. */
export interface AclRules {
  readonly ownership: ObjectOwnership;
  /** S3 refuses a new public ACL. */
  readonly blocksPublicAcls: boolean;
  /** The public grants of stored ACLs do not count. */
  readonly ignoresPublicAcls: boolean;
}

/** The settings of a bucket that decide what ACLs do (F284). */
export function aclRulesOf(bucket: Bucket, service: ServiceConfigurations): AclRules {
  const { publicAccessBlock } = bucket.settings;
  const byDefault = publicAccessBlock === undefined && service.newBucketsBlockPublicAccess;
  return {
    ownership: ownershipOf(bucket, service),
    blocksPublicAcls: publicAccessBlock?.BlockPublicAcls ?? byDefault,
    ignoresPublicAcls: publicAccessBlock?.IgnorePublicAcls ?? byDefault,
  };
}

/** Without ownership controls, after they were deleted and on IBM COS, an object is its writer's. */
export function ownershipOf({ settings }: Bucket, { hasOwnershipControls }: ServiceConfigurations): ObjectOwnership {
  const { ownershipControls } = settings;
  if (!hasOwnershipControls || ownershipControls === null) return 'ObjectWriter';
  return ownershipControls?.Rules[0]?.ObjectOwnership ?? 'BucketOwnerEnforced';
}
