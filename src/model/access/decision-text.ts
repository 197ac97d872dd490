import type { Caller } from '../identity/account';
import { describeCaller } from '../identity/caller';
import { type ActionName, counterpartOf } from './actions';
import type { Decision, MisnamingStatement, NamedPolicy, NearStatement, NothingBasis } from './decision';
import { type Grant, isGroup } from './grants';
import { noteOnKey, noteOnResources } from './never-met';
import { operationMeant } from './operation-actions';
import { quoted } from './policy-form';
import type { Principal } from './principals';
import type { PolicyStatement } from './statement';

/** Describes a decision, for the journal: `denied by statement KeepVersions of the bucket policy of vault: s3:DeleteObjectVersion on ...`. */
export function describeDecision({ allowed, action, resource, by }: Decision, caller: Caller): string {
  const what = resource === '*' ? action : `${action} on ${resource}`;
  switch (by.kind) {
    case 'statement':
      return `${allowed ? 'allowed' : 'denied'} by ${describeStatement(by)}: ${what}`;
    case 'grant':
      return `allowed by ${describeGrant(by)}: ${what}`;
    case 'initiator':
      return `allowed, since ${describeCaller(caller)} began the upload: ${what}`;
    case 'account':
      return `allowed, since no policy limits ${describeCaller(caller)}: ${what}`;
    case 'RestrictPublicBuckets':
      return `denied by RestrictPublicBuckets, since ${by.policy.title} is public and ${describeCaller(caller)} is not of the owner's account: ${what}`;
    case 'nothing':
      return describeNothing(by, caller, action, what);
  }
}

function describeNothing(by: NothingBasis, caller: Caller, action: ActionName, what: string): string {
  const { asked, near, misnaming, half, stranger, missing } = by;
  const who = describeCaller(caller);
  const foreign = stranger && `${who} does not own the ${stranger.of}; ${stranger.owner.id} does`;
  const titles = asked.map(({ title }) => title);
  if (foreign !== undefined && asked.length === 0 && half === undefined) return foreign;
  return [
    ...(foreign === undefined ? [] : [foreign]),
    half === undefined
      ? `nothing allows ${who} to do ${what}`
      : `${describeHalf(half)} allows ${what}, and ${others[missing]} has to allow it, too`,
    // A statement names its policy.
    ...(asked.length > (near === undefined && misnaming === undefined ? 0 : 1)
      ? [`${listed(titles)} ${titles.length > 1 ? 'were' : 'was'} asked`]
      : []),
    ...(near === undefined ? [] : [`${describeStatement(near)} came nearest, ${describeNear(near, caller, action)}`]),
    ...(misnaming === undefined ? [] : [describeMisnaming(misnaming, action)]),
  ].join('; ');
}

function describeMisnaming(misnaming: MisnamingStatement, action: ActionName): string {
  const { written } = misnaming;
  const operation = operationMeant(written, action);
  const meant = operation === undefined ? `did you mean ${action}?` : `${operation} needs ${action}`;
  return `${describeStatement(misnaming)} allows ${written}, which is not an action of S3; ${meant}`;
}

function describeHalf(half: NonNullable<NothingBasis['half']>): string {
  if (half.kind === 'initiator') return 'its beginning of the upload';
  return half.kind === 'grant' ? describeGrant(half) : describeStatement(half);
}

/** The other side, whose Allow is missing. */
const others = {
  identity: "a policy of another account's user or role",
  session: 'the policy of the session',
  resource: 'the bucket of another account',
} as const;

/** Describes a statement by its Sid or its place: `statement KeepVersions of the bucket policy of vault`. */
function describeStatement({
  statement: { sid, number },
  policy,
}: {
  statement: PolicyStatement;
  policy: NamedPolicy;
}): string {
  return `statement ${sid ?? number} of ${policy.title}`;
}

function describeGrant({ grant: { permission, grantee }, of }: { grant: Grant; of: string }): string {
  const who = isGroup(grantee) ? grantee.uri : `account ${grantee.id}`;
  return `the grant of ${permission} to ${who} in the ACL of the ${of}`;
}

/** The part of a statement that does not fit the request. */
function describeNear({ statement, mismatch, given }: NearStatement, { account }: Caller, action: ActionName): string {
  if (mismatch === 'resource') {
    const { inverted, of } = statement.resources;
    return `which is about ${inverted ? 'everything except ' : ''}${listed(of.map(({ arn }) => arn))}${inverted ? '' : noteOnResources(of)}`;
  }
  if (mismatch === 'action') return `which allows ${counterpartOf(action)} and not ${action}`;
  if (typeof mismatch === 'string') {
    const principals = statement.principals?.of ?? [];
    const isOfAccount = principals.some((one) => one.kind === 'account' && one.account === account?.id);
    const more = isOfAccount ? ', whose users and roles need a policy of their own, too' : '';
    return `which is for ${listed(principals.map(nameOf))}${more}`;
  }
  const { quantifier, name, ifExists, key, values } = mismatch;
  const operator = `${quantifier === undefined ? '' : `${quantifier}:`}${name}${ifExists ? 'IfExists' : ''}`;
  const has = given === undefined ? 'has none' : `has ${listed(given.map(quoted))}`;
  return `whose condition ${operator} ${key} wants ${listed(values.map(quoted))}, and the request ${has}${noteOnKey(key)}`;
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return `account ${principal.account}`;
    case 'user':
    case 'role':
    case 'session':
      return principal.arn;
    case 'service':
    case 'federated':
      return principal.name;
    default:
      return `${principal.kind} ${principal.id}`;
  }
}

/** The most things that a sentence lists. */
const mostListed = 3;

function listed(texts: readonly string[]): string {
  const more = texts.length - mostListed;
  const shown = more > 0 ? [...texts.slice(0, mostListed), `${more} more`] : texts;
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
