import type { Caller } from '../identity/account';
import { describeCaller } from '../identity/caller';
import type { GrantOfAccess } from './acl-access';
import { counterpartOf, findAction } from './actions';
import { describeMet, describeUnmet, describeVariables, noteOnResources } from './condition-text';
import type { Decision, Denial, Misfit, MisnamingStatement, NearStatement, NothingBasis } from './decision';
import { isGroup } from './grants';
import { bucketArnOf } from './nearest';
import { operationMeant } from './operation-actions';
import type { PolicyStatement } from './statement';
import {
  describeHolder,
  describePrincipal,
  describeStatement,
  type KnownAccount,
  listed,
  shortened,
} from './statement-text';
import { type AskedAction, isOfIam, isOfSts } from './sts-actions';

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

function describeDenial(denial: Denial | undefined, action: AskedAction): string {
  if (denial === undefined) return '';
  const { conditions, textVariable, unnamed } = denial;
  const reasons = listed(conditions.map((one) => describeMet(one, action)));
  return `${conditions.length === 0 ? '' : `, because ${reasons}`}${noteOnNotPrincipal(unnamed)}${noteOnVariable(textVariable)}`;
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

function otherSide({ missing }: NothingBasis, half: NonNullable<NothingBasis['half']>): string {
  const isTrusted = half.kind === 'statement' && half.policy.kind === 'trust';
  return isTrusted && missing === 'identity' ? 'a policy of the user or the role that asks' : otherSides[missing];
}

function describeHalf(half: NonNullable<NothingBasis['half']>, accounts: readonly KnownAccount[]): string {
  if (half.kind === 'initiator') return 'its beginning of the upload';
  return half.kind === 'grant' ? describeGrant(half, accounts) : describeStatement(half);
}

const otherSides = {
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

interface Refused extends Pick<Decision, 'action' | 'resource'> {
  readonly caller: Caller;
  readonly accounts: readonly KnownAccount[];
}

const mostNamed = 4;

function describeNear(near: NearStatement, refused: Refused): string {
  const { misfits, confused, textVariable } = near;
  const clauses = misfits
    // The confusion of a bucket with its objects has a sentence of its own.
    .filter((misfit) => misfit !== 'resource' || confused.length === 0)
    .map((misfit) => describeMisfit(misfit, near, refused));
  const more = clauses.length - mostNamed;
  const shown = more > 0 ? [...clauses.slice(0, mostNamed), `of which ${more} more parts do not fit`] : clauses;
  const what = shown.length === 0 ? '' : `, ${shown.join(', and ')}`;
  const { action, resource } = refused;
  const notes = [
    confused.length === 0 ? '' : noteOnConfusion(confused, action, resource),
    misfits.includes('action') && !near.statement.actions.inverted ? noteOnVersion(action) : '',
    noteOnVariable(textVariable),
  ];
  return `${describeStatement(near)} came nearest${what}${notes.join('')}`;
}

function noteOnNotPrincipal(unnamed: readonly string[]): string {
  return unnamed.length === 0
    ? ''
    : `; its NotPrincipal spares a caller if it names the account, the user or the role, and the session; it lacks ${listed(unnamed.map(shortened))}`;
}

function describeMisfit(
  misfit: Misfit,
  { statement, variables }: NearStatement,
  { action, caller, accounts }: Refused,
): string {
  if (misfit === 'action' && statement.actions.inverted)
    return `which is about all actions except ${listed(statement.actions.of.map(shortened))}`;
  if (misfit === 'action') return `which allows ${counterpartOf(action)} and not ${action}`;
  if (misfit === 'principal') return describePrincipals(statement, caller, accounts);
  return misfit === 'resource'
    ? `${describeResources(statement, action)}${describeVariables(variables, action)}`
    : describeUnmet(misfit, action);
}

function describePrincipals(
  { principals: { of } = { inverted: false, of: [] } }: PolicyStatement,
  { account }: Caller,
  accounts: readonly KnownAccount[],
): string {
  const isOfAccount = of.some((one) => one.kind === 'account' && one.account === account?.id);
  const more = isOfAccount ? ', whose users and roles also need a policy of their own' : '';
  return `which is for ${listed(of.map((one) => describePrincipal(one, accounts)))}${more}`;
}

function describeResources({ resources: { inverted, of } }: PolicyStatement, action: AskedAction): string {
  const arns = listed(of.map(({ arn }) => shortened(arn)));
  if (inverted) return `which is about everything except ${arns}`;
  return `which is about ${arns}${isOfSts(action) || isOfIam(action) ? '' : noteOnResources(of)}`;
}

function noteOnConfusion(confused: readonly string[], action: AskedAction, resource: string): string {
  const isOfBucket = findAction(action)?.kind === 'bucket';
  const right = isOfBucket ? resource : `${bucketArnOf(resource)}/*`;
  const about = isOfBucket ? 'the bucket: its resource is' : 'objects: its resource is';
  return `; ${action} is about ${about} ${right}, not ${listed(confused.map(shortened))}`;
}

function noteOnVersion(action: AskedAction): string {
  if (findAction(action)?.kind !== 'object') return '';
  return `; a request ${action.includes('Version') ? 'with' : 'without'} a version id needs ${action}`;
}

/** Says that `${...}` is text in a policy, if it would be more as a variable; else empty. */
function noteOnVariable(textVariable: string | undefined): string {
  if (textVariable === undefined) return '';
  return `; its policy has no Version 2012-10-17, so ${shortened(textVariable)} is text there and not a variable`;
}
