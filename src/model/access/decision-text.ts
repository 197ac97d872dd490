import { hintFor } from '../../text/spelling';
import type { Account, Caller } from '../identity/account';
import { describeAccount } from '../identity/account-text';
import { describeCaller } from '../identity/caller';
import type { AccessGrant } from './acl-access';
import { type ActionName, actionsMatching, findAction, findCounterpart } from './actions';
import { conditionKeys, goesWith, hintForGlobalKey, isConditionKey } from './condition-keys';
import type { ConditionOperator } from './condition-operators';
import type {
  Decision,
  Denial,
  MeasuredCondition,
  Misfit,
  MisnamingStatement,
  NearStatement,
  NothingBasis,
  StatementBasis,
} from './decision';
import { type AccountIds, isGroup } from './grants';
import {
  findProviderKey,
  findProviderKeys,
  isSessionKey,
  isTrustKey,
  type ProviderKey,
} from './identity-provider-keys';
import { bucketArnOf } from './nearest';
import { findMeantOperation } from './operation-actions';
import type { PolicyCondition } from './policy-conditions';
import { quote } from './policy-form';
import type { Resource } from './policy-resources';
import type { Principal } from './principals';
import type { PolicyStatement } from './statement';
import {
  type AskedAction,
  goesWithSts,
  isIamAction,
  isKmsAction,
  isStsAction,
  type StsActionName,
  stsKeys,
} from './sts-actions';
import { completeArn } from './user-policy';
import type { FilledVariable } from './variables';
import { matchesPattern, readPattern } from './wildcards';

/** The end of the reason for refusing an anonymous caller. */
export const unsigned = '; the request has no signature: sign it, or presign its URL';

export function describeDecision(decision: Decision, caller: Caller, accounts: readonly KnownAccount[]): string {
  const { allowed, action, resource, by } = decision;
  const what = writeAsked(action, resource);
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
      return `denied by RestrictPublicBuckets, since ${by.policy.title} is public and ${describeCaller(caller)} does not belong to the owner's account: ${what}`;
    case 'nothing':
      return describeNothing(by, decision, caller, accounts);
  }
}

function writeAsked(action: AskedAction, resource: string): string {
  return resource === '*' ? action : `${action} on ${resource}`;
}

function describeDenial(denial: Denial | undefined, action: AskedAction): string {
  if (denial === undefined) return '';
  const { conditions, textVariable, unnamed } = denial;
  const reasons = writeList(conditions.map((one) => describeMet(one, action)));
  return `${conditions.length === 0 ? '' : `, because ${reasons}`}${noteOnNotPrincipal(unnamed)}${noteOnVariable(textVariable)}`;
}

function describeNothing(
  by: NothingBasis,
  { action, resource }: Decision,
  caller: Caller,
  accounts: readonly KnownAccount[],
): string {
  const what = writeAsked(action, resource);
  const { missing, asked, near, misnaming, half, limit, stranger } = by;
  const who = describeCaller(caller);
  const foreign =
    stranger &&
    `${who} does not own the ${stranger.of}; ${describeHolder(stranger.owner, accounts)} does${caller.account === undefined ? unsigned : ''}`;
  const titles = asked.map(({ title }) => title);
  if (foreign !== undefined && asked.length === 0 && half === undefined) return foreign;
  return [
    ...(foreign === undefined ? [] : [foreign]),
    half === undefined
      ? `nothing allows ${who} to do ${what}`
      : `${describeHalf(half, accounts)} allows ${what}, and ${otherSides[missing]} must also allow it`,
    // A statement names its policy.
    ...(asked.length > (near === undefined && misnaming === undefined ? 0 : 1)
      ? [`${writeList(titles)} ${titles.length > 1 ? 'were' : 'was'} evaluated`]
      : []),
    ...(near === undefined ? [] : [describeNear(near, { action, resource, caller, accounts })]),
    ...(misnaming === undefined ? [] : [describeMisnaming(misnaming, action)]),
    ...(limit === undefined ? [] : [describeLimit(limit, asked)]),
  ].join('; ');
}

/** A boundary and the policy of a session can be taken for what gives rights. */
function describeLimit(limit: StatementBasis, asked: NothingBasis['asked']): string {
  const own = asked.find(({ kind }) => kind === 'identity')?.title ?? 'a policy of the caller';
  const policy = limit.policy.kind === 'boundary' ? 'a boundary' : 'the policy of a session';
  return `${describeStatement(limit)} allows it, but ${policy} only limits what other policies allow: allow it in ${own} too`;
}

function describeMisnaming(misnaming: MisnamingStatement, action: AskedAction): string {
  const { written } = misnaming;
  const operation = findMeantOperation(written, action);
  const meant = operation === undefined ? `did you mean ${action}?` : `${operation} needs ${action}`;
  const service = isStsAction(action) ? 'STS' : 'S3';
  return `${describeStatement(misnaming)} allows ${written}, which is not an action of ${service}; ${meant}`;
}

function describeHalf(half: NonNullable<NothingBasis['half']>, accounts: readonly KnownAccount[]): string {
  if (half.kind === 'initiator') return 'its beginning of the upload';
  return half.kind === 'grant' ? describeGrant(half, accounts) : describeStatement(half);
}

const otherSides = {
  identity: 'a policy of the calling user or role',
  boundary: 'the permissions boundary',
  session: 'the policy of the session',
  resource: 'the bucket of another account',
  trust: 'the trust policy of the role',
} as const;

function describeGrant({ grant: { permission, grantee }, of }: AccessGrant, accounts: readonly KnownAccount[]): string {
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
  const shown =
    more > 0
      ? [...clauses.slice(0, mostNamed), `${more} more ${more === 1 ? 'part does' : 'parts do'} not fit`]
      : clauses;
  const { action, resource } = refused;
  const notes = [
    confused.length === 0 ? '' : noteOnConfusion(near, action, resource),
    misfits.includes('action') && !near.statement.actions.inverted ? noteOnVersion(action) : '',
    noteOnVariable(textVariable),
  ];
  return `${describeStatement(near)} came nearest${joinClauses(shown)}${notes.join('')}`;
}

/** One clause belongs to the sentence; of several, each is a sentence. */
function joinClauses(clauses: readonly string[]): string {
  if (clauses.length < 2) return clauses.map((clause) => `, ${clause}`).join('');
  return clauses.map((clause) => `. ${clause.replace(/^which /, 'It ').replace(/^whose /, 'Its ')}`).join('');
}

function noteOnNotPrincipal(unnamed: readonly string[]): string {
  return unnamed.length === 0
    ? ''
    : `; its NotPrincipal exempts a caller only if it names the account, the user or the role, and the session; it does not name ${writeList(unnamed.map(shorten))}`;
}

function describeMisfit(
  misfit: Misfit,
  { statement, variables }: NearStatement,
  { action, caller, accounts }: Refused,
): string {
  if (misfit === 'action' && statement.actions.inverted)
    return `which applies to all actions except ${writeList(statement.actions.of.map(shorten))}`;
  if (misfit === 'action') return `which allows ${findCounterpart(action)} and not ${action}`;
  if (misfit === 'principal') return describePrincipals(statement, caller, accounts);
  return misfit === 'resource'
    ? `${describeResources(statement, action)}${describeVariables(variables, action)}`
    : describeUnmet(misfit, action);
}

function isOfS3(action: AskedAction): action is ActionName {
  return !isStsAction(action) && !isIamAction(action) && !isKmsAction(action);
}

function describePrincipals(
  { principals: { of } = { inverted: false, of: [] } }: PolicyStatement,
  { account }: Caller,
  accounts: readonly KnownAccount[],
): string {
  const isOfAccount = of.some((one) => one.kind === 'account' && one.account === account?.id);
  const more = isOfAccount ? ', whose users and roles also need a policy of their own' : '';
  return `which applies to ${writeList(of.map((one) => describePrincipal(one, accounts)))}${more}`;
}

function describeResources({ resources: { inverted, of } }: PolicyStatement, action: AskedAction): string {
  const arns = writeList(of.map(({ arn }) => shorten(arn)));
  if (inverted) return `which applies to everything except ${arns}`;
  return `which applies to ${arns}${isOfS3(action) ? noteOnResources(of) : ''}`;
}

function noteOnConfusion({ confused, statement }: NearStatement, action: AskedAction, resource: string): string {
  const isOfBucket = findAction(action)?.kind === 'bucket';
  const right = isOfBucket ? resource : `${bucketArnOf(resource)}/*`;
  const about = isOfBucket ? 'the bucket' : 'objects';
  const wrong = writeList(confused.map(shorten));
  const others = describeActionsOn(isOfBucket ? 'object' : 'bucket', statement, action);
  return others === undefined
    ? `; ${action} applies to ${about}: its resource is ${right}, not ${wrong}`
    : `; ${action} applies to ${about}: add ${right} beside ${wrong}, which ${others}`;
}

/** The actions of a statement that would lose their resource if another one took its place. Returns undefined if there are none. */
function describeActionsOn(
  kind: 'bucket' | 'object',
  { actions }: PolicyStatement,
  asked: AskedAction,
): string | undefined {
  if (actions.inverted) return 'other actions of the statement need';
  const written = actions.of.filter((one) => actionsMatching(one).some((action) => action.kind === kind));
  const named = written.filter((one) => !actionsMatching(one).some(({ name }) => name === asked));
  if (named.length > 0) return `${writeList(named.map(shorten))} ${named.length === 1 ? 'needs' : 'need'}`;
  return written.length === 0 ? undefined : `other actions of ${writeList(written.map(shorten))} need`;
}

function noteOnVersion(action: AskedAction): string {
  if (findAction(action)?.kind !== 'object') return '';
  return `; a request ${action.includes('Version') ? 'with' : 'without'} a version id needs ${action}`;
}

function noteOnVariable(textVariable: string | undefined): string {
  if (textVariable === undefined) return '';
  return `; its policy has no Version 2012-10-17, so ${shorten(textVariable)} is text there and not a variable`;
}

function describeMet({ condition, given, variables, sibling }: MeasuredCondition, action: AskedAction): string {
  const key = shorten(condition.key);
  const has =
    given === undefined
      ? `is absent${reasonOfAbsence(condition.key, action)}`
      : `${describeGiven(given)}${reasonOfFalse(condition.key, given, action)}`;
  // An operator that compares holds without a key by its IfExists, its ForAllValues or its negation.
  const without = given === undefined && condition.name !== 'Null' ? ' holds without it' : '';
  return `${key} ${has} (${writeOperator(condition)} ${writeWanted(condition)}${without}${describeVariables(variables, action)})${noteOnKey(condition.key, action)}${noteOnSibling(condition, sibling, 'would not hold')}`;
}

function describeUnmet({ condition, given, variables, sibling }: MeasuredCondition, action: AskedAction): string {
  const has =
    given === undefined
      ? `none${reasonOfAbsence(condition.key, action)}`
      : `${writeList(given.map(quote))}${reasonOfFalse(condition.key, given, action)}`;
  const wants = `${writeOperator(condition)} ${shorten(condition.key)} wants ${writeWanted(condition)}`;
  return `whose condition ${wants}${describeVariables(variables, action)}, and the request has ${has}${noteOnKey(condition.key, action)}${noteOnSibling(condition, sibling, 'would hold')}`;
}

function noteOnSibling(condition: PolicyCondition, sibling: ConditionOperator | undefined, would: string): string {
  if (sibling === undefined) return '';
  const other = writeOperator({ ...condition, ...sibling });
  if (sibling.quantifier !== condition.quantifier)
    return `; the key is a list, which ${writeOperator(condition)} never matches: ${other} ${would}`;
  const limit = condition.name.startsWith('Arn')
    ? 'compares each part of an ARN by itself'
    : sibling.name.endsWith('Like')
      ? 'takes * and ? literally'
      : 'tells capital letters from small ones';
  return `; ${writeOperator(condition)} ${limit}: ${other} ${would}`;
}

function describeVariables(variables: readonly FilledVariable[], action: AskedAction): string {
  if (variables.length === 0) return '';
  const filled = variables.map(({ written, key, value }) =>
    value === undefined
      ? `${shorten(written)} has no value in the request${reasonOfAbsence(key, action)}, so nothing matches it${noteOnKey(key, action)}`
      : `${shorten(written)} is ${quote(value)}`,
  );
  return `, where ${writeList(filled)}`;
}

function describeGiven(given: readonly string[]): string {
  return `${given.length === 1 ? 'is' : 'has'} ${writeList(given.map(quote))}`;
}

function writeWanted({ values }: PolicyCondition): string {
  return writeList(values.map(quote));
}

function writeOperator({ quantifier, name, ifExists }: ConditionOperator): string {
  return `${quantifier === undefined ? '' : `${quantifier}:`}${name}${ifExists ? 'IfExists' : ''}`;
}

const reasonsOfAbsence: readonly (readonly [key: RegExp, reason: string])[] = [
  [/^aws:multifactorauth(?:present|age)$/, 'the caller is not a session with MFA'],
  [/^aws:(?:sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip)$/, 'the request did not come through a VPC endpoint'],
  [/^aws:username$/, 'the caller is not a user'],
  [/^aws:federatedprovider$/, 'the caller is not a session that began with a web identity'],
  [
    /^s3:x-amz-server-side-encryption(?:-aws-kms-key-id)?$/,
    'the request has no such header: S3 adds the default encryption of the bucket later, and no policy sees it',
  ],
  [/^s3:(?:x-amz-|if-match$|if-none-match$)/, 'the request has no such header'],
];

const reasonsOfSts: readonly (readonly [key: RegExp, reason: string])[] = [
  [
    /^aws:multifactorauth(?:present|age)$/,
    'it has no SerialNumber and TokenCode, and the caller is not a session with MFA',
  ],
  [/^sts:externalid$/, 'it has no ExternalId'],
  [/^sts:sourceidentity$/, 'it has no SourceIdentity'],
  [/^aws:sourceidentity$/, 'the caller is not a session with a source identity'],
  [/^sts:transitivetagkeys$/, 'it has no TransitiveTagKeys'],
  [/^aws:(?:requesttag\/|tagkeys$)/, 'it has no such session tag'],
  [/^(?:aws|iam):resourcetag\//, 'the role has no such tag'],
  [/^aws:username$/, 'the caller is not a user'],
  [/^aws:federatedprovider$/, 'the caller is not a session that began with a web identity'],
];

/** Keys of conditions on what a listing asks for, which nothing that is done to an object has. */
const ofListings: ReadonlySet<string> = new Set(['s3:prefix', 's3:delimiter', 's3:max-keys']);

function reasonOfAbsence(key: string, action: AskedAction): string {
  const provider = findProviderKey(key);
  if (provider !== undefined) return reasonOfProvider(key, provider, action);
  if (isSessionKey(key)) return ', as the caller is not a session that began with an assertion of SAML';
  if (isStsAction(action)) return goesWithSts(key, action) ? reasonIn(reasonsOfSts, key) : reasonOfAction(action);
  if (!isOfS3(action) || !isConditionKey(key)) return '';
  if (goesWith(key, { name: action })) return reasonIn(reasonsOfAbsence, key);
  const isOfListings = ofListings.has(key) && findAction(action)?.kind === 'object';
  return `, as ${action} has no such key${isOfListings ? `; ${key} is a key of listings: allow ${action} in a statement without this condition, whose Resource names the keys` : ''}`;
}

/** A statement for several actions often demands keys for an action that does not have them (F1534). */
function reasonOfAction(action: StsActionName): string {
  return `, as ${action} has no such key; allow ${action} in a statement without this condition`;
}

function reasonOfProvider(key: string, provider: ProviderKey, action: AskedAction): string {
  if (action === 'sts:AssumeRoleWithWebIdentity') return isTrustKey(provider) ? ', as the token has no such claim' : '';
  if (bearerActions.has(action) || !isSessionKey(key)) return '';
  return `, as the caller is not a session that began with a token of ${provider.issuer}`;
}

const bearerActions: ReadonlySet<AskedAction> = new Set([
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

/** A code that comes with AssumeRole does not count at S3 (F716). */
function reasonOfFalse(key: string, given: readonly string[], action: AskedAction): string {
  if (isStsAction(action) || key.toLowerCase() !== 'aws:multifactorauthpresent' || given[0] !== 'false') return '';
  return ', since only GetSessionToken with a code makes it true, and AssumeRole passes that on';
}

function reasonIn(reasons: typeof reasonsOfAbsence, key: string): string {
  const lower = key.toLowerCase();
  const reason = reasons.find(([pattern]) => pattern.test(lower))?.[1];
  return reason === undefined ? '' : `, as ${reason}`;
}

// IAM accepts much in the policies of users, roles and sessions that no request of S3 can meet (F580). A refusal says so, since it is often
// a mistake of typing.

function noteOnKey(key: string, action: AskedAction): string {
  const provider = findProviderKey(key);
  if (provider !== undefined) return noteOnProvider(key, provider, action);
  const misspelt = hintForGlobalKey(key);
  if (misspelt !== '') return `; it is not one of AWS's global condition keys.${misspelt}`;
  if (isStsAction(action)) return noteOnStsKey(key);
  if (!isOfS3(action) || isConditionKey(key) || isSessionKey(key)) return '';
  if (/^(?!s3:)[a-z\d-]+:./i.test(key)) return '; it is a key of another service';
  const full = `s3:${key}`;
  return `; S3 has no such condition key.${isConditionKey(full) ? ` Did you mean ${full}?` : hintFor(key, conditionKeys)}`;
}

function noteOnStsKey(key: string): string {
  if (/^s3:./i.test(key)) return '; it is a key of another service';
  const isOwn = /^sts:./i.test(key);
  if (!isOwn && key.includes(':')) return '';
  const full = isOwn ? key : `sts:${key}`;
  const known = stsKeys.find((one) => one.toLowerCase() === full.toLowerCase());
  if (isOwn && known !== undefined) return '';
  const hint = known === undefined ? hintFor(full, stsKeys) : ` Did you mean ${known}?`;
  return `; requests of STS have no such condition key.${hint}`;
}

function noteOnProvider(key: string, provider: ProviderKey, action: AskedAction): string {
  const { issuer, name } = provider;
  const { trust, session } = findProviderKeys(issuer);
  const isInTrust = isTrustKey(provider);
  if (bearerActions.has(action) ? isInTrust : isSessionKey(key)) return '';
  if (isInTrust) return `; only trust policies can use it, and a session has ${writeList(session)} of ${issuer}`;
  const names = bearerActions.has(action) ? trust : session;
  return `; AWS does not take this key from the tokens of ${issuer}, only ${names.join(', ')}.${hintFor(name, names)}`;
}

function noteOnResources(resources: readonly Resource[]): string {
  if (resources.some(({ kind, arn }) => kind !== 'any' || mayBeOfS3(arn))) return '';
  return resources.some(({ arn }) => isOfAccessPoint(arn))
    ? ', and a request has to name that access point'
    : ', and the ARN of a bucket or an object begins with arn:aws:s3:::';
}

function isOfAccessPoint(arn: string): boolean {
  const [, , service, , , resource = ''] = completeArn(arn).split(':');
  return service === 's3' && resource.startsWith('accesspoint/');
}

function mayBeOfS3(arn: string): boolean {
  const [, , service, region, account] = completeArn(arn).split(':');
  const matches = (part: string | undefined, value: string) =>
    part !== undefined && matchesPattern(readPattern(part), value);
  return arn === '*' || (matches(service, 's3') && matches(region, '') && matches(account, ''));
}

type KnownAccount = Pick<Account, 'id' | 'canonicalId' | 'name'>;

function describeStatement({
  statement: { sid, number },
  policy,
}: Pick<StatementBasis, 'statement' | 'policy'>): string {
  return `statement ${sid === undefined ? number : shorten(sid)} of ${policy.title}`;
}

function describeHolder(holder: AccountIds, accounts: readonly KnownAccount[]): string {
  return describeAccount(accounts.find(({ canonicalId }) => canonicalId === holder.canonicalId) ?? holder);
}

function describePrincipal(principal: Principal, accounts: readonly KnownAccount[]): string {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return describeAccount(accounts.find(({ id }) => id === principal.account) ?? { id: principal.account });
    case 'user':
    case 'role':
    case 'session':
      return shorten(principal.arn);
    case 'service':
    case 'federated':
      return shorten(principal.name);
    default: {
      const known = accounts.find(({ canonicalId }) => canonicalId === principal.id);
      const of = known === undefined ? '' : ` of ${describeAccount(known)}`;
      return `${principal.kind} ${shorten(principal.id)}${of}`;
    }
  }
}

const mostListed = 3;

function writeList(texts: readonly string[]): string {
  const more = texts.length - mostListed;
  const shown = more > 0 ? [...texts.slice(0, mostListed), `${more} more`] : texts;
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

const longest = 200;

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
