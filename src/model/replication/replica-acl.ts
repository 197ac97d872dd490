import { aclOfVersion, effectiveAcl, storedAcl } from '../access/acl';
import { type Acl, isSameAccount } from '../access/grants';
import { aclRulesOf } from '../access/ownership';
import type { Bucket } from '../bucket';
import { serviceOf } from '../configurations/services';
import { isObject, type Version } from '../versions/version';
import type { CopyPlace } from './copy-place';
import { copiesAcls } from './replication-rules';

/**
 * The owner and the ACL of a replica: those of its source, unless the owner of the destination owns all that is copied there (F882). A
 * delete marker has an owner alone.
 */
export function aclOfReplica(version: Version, place: CopyPlace): Acl | undefined {
  const { source, destination } = place;
  if (!copiesAcls(place.rule, destination)) return undefined;
  const acl = ownAcl(version, source);
  if (isObject(version)) return storedAcl(acl, destination.owner);
  return isSameAccount(acl.owner, destination.owner) ? undefined : { owner: acl.owner, grants: [] };
}

/** Whether a later ACL of the source is put on its replica: not if the replica has another owner, or would have one by now (F882). */
export function followsAcl(replica: Version, version: Version, place: CopyPlace): boolean {
  const { owner } = aclOfVersion(place.destination, replica);
  return copiesAcls(place.rule, place.destination) && isSameAccount(owner, ownAcl(version, place.source).owner);
}

/** The ACL that counts at the source, with its public grants: each bucket ignores them, or not, by a switch of its own. */
function ownAcl(version: Version, source: Bucket): Acl {
  const rules = { ...aclRulesOf(source, serviceOf(source)), ignoresPublicAcls: false };
  return effectiveAcl(aclOfVersion(source, version), source, rules);
}
