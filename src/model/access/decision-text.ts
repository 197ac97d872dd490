import { quotedList } from '../../text/lists';
import type { Caller } from '../identity/account';
import { describeCaller } from '../identity/caller';
import type { Basis, Decision, NearStatement } from './decision';
import { type Grant, isGroup } from './grants';
import type { PolicyStatement } from './statement';

/** Describes a decision, for the journal: `denied by statement KeepVersions of the bucket policy of vault: s3:DeleteObjectVersion on ...`. */
export function describeDecision({ allowed, action, resource, by }: Decision, caller: Caller): string {
  const what = `${action} on ${resource}`;
  switch (by.kind) {
    case 'statement':
      return `${allowed ? 'allowed' : 'denied'} by ${describeStatement(by.statement)} of ${by.policy.title}: ${what}`;
    case 'grant':
      return `allowed by the grant of ${describeGrant(by.grant)} in the ACL of the ${by.of}: ${what}`;
    case 'initiator':
      return `allowed, since ${describeCaller(caller)} began the upload: ${what}`;
    case 'account':
      return `allowed, since no policy limits ${describeCaller(caller)}: ${what}`;
    case 'RestrictPublicBuckets':
      return `denied by RestrictPublicBuckets: the bucket policy is public, so it lets no other account in: ${what}`;
    case 'nothing':
      return describeNothing(by, describeCaller(caller), what);
  }
}

function describeNothing(
  { asked, near, stranger }: Extract<Basis, { readonly kind: 'nothing' }>,
  caller: string,
  what: string,
): string {
  const foreign = stranger && `${caller} does not own the ${stranger.of}; ${stranger.owner.id} does`;
  if (foreign !== undefined && asked.length === 0) return foreign;
  const policies = asked.length === 0 ? 'no policy is set' : `asked were ${asked.map(({ title }) => title).join(', ')}`;
  const nearest = near === undefined ? '' : `; nearest came ${describeNear(near)}`;
  return `${foreign === undefined ? '' : `${foreign}; `}nothing allows ${caller} ${what}; ${policies}${nearest}`;
}

/** Describes a statement by its Sid or its place: `statement KeepVersions`, `statement 2`. */
function describeStatement({ sid, number }: PolicyStatement): string {
  return `statement ${sid ?? number}`;
}

function describeGrant({ permission, grantee }: Grant): string {
  return `${permission} to ${isGroup(grantee) ? grantee.uri : `account ${grantee.id}`}`;
}

function describeNear({ policy, statement, mismatch }: NearStatement): string {
  const name = `${describeStatement(statement)} of ${policy.title}`;
  if (typeof mismatch === 'object') return `${name}, whose condition on ${mismatch.key} does not hold`;
  if (mismatch === 'resource')
    return `${name}, which is about ${quotedList(statement.resources.of.map(({ arn }) => arn))}`;
  return `${name}, which is for others`;
}
