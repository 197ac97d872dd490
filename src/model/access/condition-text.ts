import { hintFor } from '../../text/spelling';
import { conditionKeys, goesWith, hintForGlobalKey, isConditionKey } from './condition-keys';
import type { MeasuredCondition } from './decision';
import { findProviderKey, isSessionKey, isTrustKey, keysOfProvider, type ProviderKey } from './identity-provider-keys';
import type { PolicyCondition } from './policy-conditions';
import { quoted } from './policy-form';
import type { Resource } from './policy-resources';
import { listed, shortened } from './statement-text';
import { type AskedAction, goesWithSts, isOfIam, isOfSts, type StsActionName, stsKeys } from './sts-actions';
import { completedArn } from './user-policy';
import type { FilledVariable } from './variables';
import { matchesPattern, patternOf } from './wildcards';

/** Says why a condition of a Deny holds: `aws:SecureTransport is "false" (Bool "false")`. */
export function describeMet({ condition, given, variables }: MeasuredCondition, action: AskedAction): string {
  const key = shortened(condition.key);
  const has =
    given === undefined
      ? `is absent${reasonOfAbsence(condition.key, action)}`
      : `${describeGiven(given)}${reasonOfFalse(condition.key, given, action)}`;
  // An operator that compares holds without a key by its IfExists, its ForAllValues or its negation.
  const without = given === undefined && condition.name !== 'Null' ? ' holds without it' : '';
  return `${key} ${has} (${writeOperator(condition)} ${writeWanted(condition)}${without}${describeVariables(variables, action)})${noteOnKey(condition.key, action)}`;
}

/** Says why a condition of an Allow does not hold, as a relative clause: `whose condition Bool aws:SecureTransport wants ...`. */
export function describeUnmet({ condition, given, variables }: MeasuredCondition, action: AskedAction): string {
  const has =
    given === undefined
      ? `none${reasonOfAbsence(condition.key, action)}`
      : `${listed(given.map(quoted))}${reasonOfFalse(condition.key, given, action)}`;
  const wants = `${writeOperator(condition)} ${shortened(condition.key)} wants ${writeWanted(condition)}`;
  return `whose condition ${wants}${describeVariables(variables, action)}, and the request has ${has}${noteOnKey(condition.key, action)}`;
}

/** `, where ${aws:username} is "ann"`; empty if there are no variables. */
export function describeVariables(variables: readonly FilledVariable[], action: AskedAction): string {
  if (variables.length === 0) return '';
  const filled = variables.map(({ written, key, value }) =>
    value === undefined
      ? `${shortened(written)} has no value in the request${reasonOfAbsence(key, action)}, so that nothing matches it${noteOnKey(key, action)}`
      : `${shortened(written)} is ${quoted(value)}`,
  );
  return `, where ${listed(filled)}`;
}

function describeGiven(given: readonly string[]): string {
  return `${given.length === 1 ? 'is' : 'has'} ${listed(given.map(quoted))}`;
}

function writeWanted({ values }: PolicyCondition): string {
  return listed(values.map(quoted));
}

function writeOperator({ quantifier, name, ifExists }: PolicyCondition): string {
  return `${quantifier === undefined ? '' : `${quantifier}:`}${name}${ifExists ? 'IfExists' : ''}`;
}

const reasonsOfAbsence: readonly (readonly [key: RegExp, reason: string])[] = [
  [/^aws:multifactorauth(?:present|age)$/, 'the caller is not a session with MFA'],
  [/^aws:(?:sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip)$/, 'the request did not come through a VPC endpoint'],
  [/^aws:username$/, 'the caller is not a user'],
  [/^aws:federatedprovider$/, 'the caller is not a session that began with a web identity'],
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

/** Says why a request lacks a key; empty if the name of the key says it. */
function reasonOfAbsence(key: string, action: AskedAction): string {
  const provider = findProviderKey(key);
  if (provider !== undefined) return reasonOfProvider(key, provider, action);
  if (isSessionKey(key)) return ', as the caller is not a session that began with an assertion of SAML';
  if (isOfSts(action)) return goesWithSts(key, action) ? reasonIn(reasonsOfSts, key) : reasonOfAction(action);
  if (isOfIam(action) || !isConditionKey(key)) return '';
  if (!goesWith(key, { name: action })) return `, as ${action} has no such key`;
  return reasonIn(reasonsOfAbsence, key);
}

/** A statement for several actions is often asked for one that lacks the keys of another (F1534). */
function reasonOfAction(action: StsActionName): string {
  return `, as ${action} has no such key; allow ${action} in a statement without this condition`;
}

/** Says why a request lacks a key of an identity provider. A key that no request has gets a note instead. */
function reasonOfProvider(key: string, provider: ProviderKey, action: AskedAction): string {
  if (action === 'sts:AssumeRoleWithWebIdentity') return isTrustKey(provider) ? ', as the token has no such claim' : '';
  if (bearerActions.has(action) || !isSessionKey(key)) return '';
  return `, as the caller is not a session that began with a token of ${provider.issuer}`;
}

/** The actions that the bearer of a web identity token may ask for. */
const bearerActions: ReadonlySet<AskedAction> = new Set([
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

/** A code that comes with AssumeRole does not count at S3, which the names of key and operation do not say (F716). */
function reasonOfFalse(key: string, given: readonly string[], action: AskedAction): string {
  if (isOfSts(action) || key.toLowerCase() !== 'aws:multifactorauthpresent' || given[0] !== 'false') return '';
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
  if (isOfSts(action)) return noteOnStsKey(key);
  if (isOfIam(action) || isConditionKey(key) || isSessionKey(key)) return '';
  if (/^(?!s3:)[a-z\d-]+:./i.test(key)) return '; it is a key of another service';
  const full = `s3:${key}`;
  return `; S3 has no such condition key.${isConditionKey(full) ? ` Did you mean ${full}?` : hintFor(key, conditionKeys)}`;
}

function noteOnStsKey(key: string): string {
  if (/^s3:./i.test(key)) return '; it is a key of another service';
  const isOwn = /^sts:./i.test(key);
  if (!isOwn && key.includes(':')) return '';
  if (stsKeys.some((one) => one.toLowerCase() === key.toLowerCase())) return '';
  return `; requests of STS have no such condition key.${hintFor(isOwn ? key : `sts:${key}`, stsKeys)}`;
}

/** Says that AWS makes no key of a claim, at all or for the requests of a session. */
function noteOnProvider(key: string, provider: ProviderKey, action: AskedAction): string {
  const { issuer, name } = provider;
  const { trust, session } = keysOfProvider(issuer);
  const isInTrust = isTrustKey(provider);
  if (bearerActions.has(action) ? isInTrust : isSessionKey(key)) return '';
  if (isInTrust) return `; trust policies alone read it, and a session has ${listed(session)} of ${issuer}`;
  const names = bearerActions.has(action) ? trust : session;
  return `; AWS makes no such key of the tokens of ${issuer}, but ${names.join(', ')}.${hintFor(name, names)}`;
}

/** Says that no bucket and no object can have the ARNs of resources; empty if one of them can. */
export function noteOnResources(resources: readonly Resource[]): string {
  if (resources.some(({ kind, arn }) => kind !== 'any' || mayBeOfS3(arn))) return '';
  return resources.some(({ arn }) => isOfAccessPoint(arn))
    ? ', and a request has to name that access point'
    : ', and the ARN of a bucket or an object begins with arn:aws:s3:::';
}

function isOfAccessPoint(arn: string): boolean {
  const [, , service, , , resource = ''] = completedArn(arn).split(':');
  return service === 's3' && resource.startsWith('accesspoint/');
}

/** Whether the parts that each ARN of S3 has alike may match: its service, no region and no account. */
function mayBeOfS3(arn: string): boolean {
  const [, , service, region, account] = completedArn(arn).split(':');
  const matches = (part: string | undefined, value: string) =>
    part !== undefined && matchesPattern(patternOf(part), value);
  return arn === '*' || (matches(service, 's3') && matches(region, '') && matches(account, ''));
}
