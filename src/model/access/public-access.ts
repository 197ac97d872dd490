import type { AccessPoint } from '../access-points';
import type { Bucket } from '../bucket';
import type { PublicAccessSwitch } from '../configurations/public-access-switches';
import type { ServiceConfigurations } from '../configurations/services';

/** Returns the blocker in words. The strictest block of the bucket, its account, the access point and its account counts (F1101). */
export function findBlocker(
  { settings, owner }: Pick<Bucket, 'settings' | 'owner'>,
  name: PublicAccessSwitch,
  service: ServiceConfigurations,
  point?: AccessPoint,
): string | undefined {
  const { publicAccessBlock } = settings;
  const isOfBucket =
    publicAccessBlock === undefined ? service.newBucketsBlockPublicAccess : publicAccessBlock?.[name] === true;
  if (isOfBucket) return 'the bucket';
  if (service.accountsBlockPublicAccess && owner.publicAccessBlock?.[name]) return "the bucket's account";
  return point && findBlockerOfPoint(point, name);
}

export function findBlockerOfPoint(point: AccessPoint, name: PublicAccessSwitch): string | undefined {
  if (point.account.publicAccessBlock?.[name]) return "the access point's account";
  return point.publicAccessBlock[name] ? `the access point ${point.name}` : undefined;
}
