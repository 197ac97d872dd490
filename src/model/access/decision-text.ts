import type { Caller } from '../identity/account';
import { describeCaller } from '../identity/caller';
import type { GrantOfAccess } from './acl-access';
import { describeMet } from './condition-text';
import type { Decision, Denial, MisnamingStatement, NothingBasis } from './decision';
import { isGroup } from './grants';
import { describeNear, noteOnVariable } from './nearest-text';
import { operationMeant } from './operation-actions';
import { describeHolder, describeStatement, type KnownAccount, listed } from './statement-text';
import { type AskedAction, isOfSts } from './sts-actions';

/** Describes a decision, for the journal: `denied by statement KeepVersions of the bucket policy of vault: s3:DeleteObjectVersion on ...`. */
export function describeDecision(decision: Decision, caller: Caller, accounts: readonly KnownAccount[]): string {
  const { allowed, action, resource, by } = decision;
  const what = wantedOf(action, resource);
  switch (by.kind) {
    case 'statement':
      return `${allowed ? 'allowed' : 'denied'} by ${describeStatement(by)}: ${what}${describeDenial(by.denial, action)}`;
    case 'grant':
      return `allowed by ${describeGrant(by, accounts)}: ${what}`;
    case 'initiator':
      return `allowed, since ${describeCaller(caller)} began the upload: ${what}`;
    case 'account':
      return `allowed, since no policy limits ${describeCaller(caller)}: ${what}`;
    case 'RestrictPublicBuckets':
      return `denied by RestrictPublicBuckets, since ${by.policy.title} is public and ${describeCaller(caller)} is not of the owner's account: ${what}`;
    case 'nothing':
      return describeNothing(by, decision, caller, accounts);
  }
}

function wantedOf(action: AskedAction, resource: string): string {
  return resource === '*' ? action : `${action} on ${resource}`;
}

/** The reasons for which a Deny holds; empty if it holds without a condition. */
function describeDenial(denial: Denial | undefined, action: AskedAction): string {
  if (denial === undefined) return '';
  const { conditions, textVariable } = denial;
  const reasons = listed(conditions.map((one) => describeMet(one, action)));
  return `${conditions.length === 0 ? '' : `, because ${reasons}`}${noteOnVariable(textVariable)}`;
}

function describeNothing(
  by: NothingBasis,
  { action, resource }: Decision,
  caller: Caller,
  accounts: readonly KnownAccount[],
): string {
  const what = wantedOf(action, resource);
  const { asked, near, misnaming, half, stranger } = by;
  const who = describeCaller(caller);
  const foreign =
    stranger && `${who} does not own the ${stranger.of}; ${describeHolder(stranger.owner, accounts)} does`;
  const titles = asked.map(({ title }) => title);
  if (foreign !== undefined && asked.length === 0 && half === undefined) return foreign;
  return [
    ...(foreign === undefined ? [] : [foreign]),
    half === undefined
      ? `nothing allows ${who} to do ${what}`
      : `${describeHalf(half, accounts)} allows ${what}, and ${otherSide(by, half)} also has to allow it`,
    // A statement names its policy.
    ...(asked.length > (near === undefined && misnaming === undefined ? 0 : 1)
      ? [`${listed(titles)} ${titles.length > 1 ? 'were' : 'was'} asked`]
      : []),
    ...(near === undefined ? [] : [describeNear(near, { action, resource, caller, accounts })]),
    ...(misnaming === undefined ? [] : [describeMisnaming(misnaming, action)]),
  ].join('; ');
}

function describeMisnaming(misnaming: MisnamingStatement, action: AskedAction): string {
  const { written } = misnaming;
  const operation = operationMeant(written, action);
  const meant = operation === undefined ? `did you mean ${action}?` : `${operation} needs ${action}`;
  const service = isOfSts(action) ? 'STS' : 'S3';
  return `${describeStatement(misnaming)} allows ${written}, which is not an action of ${service}; ${meant}`;
}

/** The side whose Allow is missing. */
function otherSide({ missing }: NothingBasis, half: NonNullable<NothingBasis['half']>): string {
  const isTrusted = half.kind === 'statement' && half.policy.kind === 'trust';
  return isTrusted && missing === 'identity' ? 'a policy of the user or the role that asks' : others[missing];
}

function describeHalf(half: NonNullable<NothingBasis['half']>, accounts: readonly KnownAccount[]): string {
  if (half.kind === 'initiator') return 'its beginning of the upload';
  return half.kind === 'grant' ? describeGrant(half, accounts) : describeStatement(half);
}

/** The other side, whose Allow is missing. */
const others = {
  identity: "a policy of another account's user or role",
  session: 'the policy of the session',
  resource: 'the bucket of another account',
  trust: 'the trust policy of the role',
} as const;

function describeGrant(
  { grant: { permission, grantee }, of }: GrantOfAccess,
  accounts: readonly KnownAccount[],
): string {
  const who = isGroup(grantee) ? grantee.uri : describeHolder(grantee, accounts);
  return `the grant of ${permission} to ${who} in the ACL of the ${of}`;
}
