import { goesWith, isConditionKey } from './condition-keys';
import type { MeasuredCondition } from './decision';
import { isOfIam } from './iam-actions';
import { noteOnKey } from './never-met';
import type { PolicyCondition } from './policy-conditions';
import { quoted } from './policy-form';
import { listed, shortened } from './statement-text';
import { type AskedAction, isOfSts } from './sts-actions';

/** Says why a condition of a Deny holds: `aws:SecureTransport is "false" (Bool "false")`. */
export function describeMet({ condition, given }: MeasuredCondition, action: AskedAction): string {
  const key = shortened(condition.key);
  const has =
    given === undefined
      ? `is absent${reasonOfAbsence(condition.key, action)}`
      : `${describeGiven(given)}${reasonOfFalse(condition.key, given, action)}`;
  // An operator that compares holds without a key by its IfExists, its ForAllValues or its negation.
  const without = given === undefined && condition.name !== 'Null' ? ' holds without it' : '';
  return `${key} ${has} (${operatorOf(condition)} ${wantedOf(condition)}${without})${noteOnKey(condition.key, action)}`;
}

/** Says why a condition of an Allow does not hold, as a relative clause: `whose condition Bool aws:SecureTransport wants ...`. */
export function describeUnmet({ condition, given }: MeasuredCondition, action: AskedAction): string {
  const has =
    given === undefined
      ? `none${reasonOfAbsence(condition.key, action)}`
      : `${listed(given.map(quoted))}${reasonOfFalse(condition.key, given, action)}`;
  const wants = `${operatorOf(condition)} ${shortened(condition.key)} wants ${wantedOf(condition)}`;
  return `whose condition ${wants}, and the request has ${has}${noteOnKey(condition.key, action)}`;
}

function describeGiven(given: readonly string[]): string {
  return `${given.length === 1 ? 'is' : 'has'} ${listed(given.map(quoted))}`;
}

function wantedOf({ values }: PolicyCondition): string {
  return listed(values.map(quoted));
}

function operatorOf({ quantifier, name, ifExists }: PolicyCondition): string {
  return `${quantifier === undefined ? '' : `${quantifier}:`}${name}${ifExists ? 'IfExists' : ''}`;
}

/** The reasons for which requests lack a key. */
const reasonsOfAbsence: readonly (readonly [key: RegExp, reason: string])[] = [
  [/^aws:multifactorauth(?:present|age)$/, 'the caller is not a session with MFA'],
  [/^aws:(?:sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip)$/, 'the request did not come through a VPC endpoint'],
  [/^aws:username$/, 'the caller is not a user'],
  [/^s3:(?:x-amz-|if-match$|if-none-match$)/, 'the request has no such header'],
];

/** The reasons for which requests to STS lack a key. */
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
];

/** Says why a request lacks a key; empty if the name of the key says it. */
function reasonOfAbsence(key: string, action: AskedAction): string {
  if (isOfSts(action)) return reasonIn(reasonsOfSts, key);
  if (isOfIam(action) || !isConditionKey(key)) return '';
  if (!goesWith(key, { name: action })) return `, as ${action} has no such key`;
  return reasonIn(reasonsOfAbsence, key);
}

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
