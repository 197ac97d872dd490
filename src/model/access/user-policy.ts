import { readIpRange } from '../../formats/ip-ranges';
import type { JsonEntry, JsonValue } from '../../formats/json-entries';
import { partitionNames } from '../../formats/regions';
import { S3Error } from '../../refusals/s3-error';
import { findOperator, hintForOperator } from './condition-operators';
import type { ComparedKey } from './condition-tests';
import { makeCondition, readValues } from './policy-conditions';
import { hasVariables, optionalText, readPolicyJson, readStatements, readVersion } from './policy-document';
import {
  type Fields,
  itemsOf,
  MalformedPolicyDocument,
  policyFields,
  quote,
  readFields,
  readMembers,
  readString,
  refuseSyntax,
  type Selection,
  statementFields,
  userPolicyWords as words,
} from './policy-form';
import { findS3Actions } from './policy-resources';
import { makeDocument, type PolicyDocument, type PolicyStatement } from './statement';
import { findIamActions, findKmsActions, findStsActions } from './sts-actions';
import { isBase64, isLegacyDate } from './value-forms';
import { readResource } from './variables';
import { hasWildcard } from './wildcards';

export interface UserPolicy {
  /** The name of a managed policy; undefined for an inline policy. */
  readonly name: string | undefined;
  readonly text: string;
  readonly document: PolicyDocument;
}

/** Throws IAM's first refusal, in its order (F580). A policy with a name is managed. */
export function readUserPolicy(text: string, name?: string): UserPolicy {
  const policy = readSyntax(text);
  for (const check of checks) check(policy, name);
  const { version = '2008-10-17', id } = policy;
  const statements = policy.statements.map((one) => makeStatement(one, hasVariables(version)));
  return { name, text, document: makeDocument({ version, id, statements }) };
}

type Check = (policy: WrittenPolicy, name: string | undefined) => void;

const checks: readonly Check[] = [
  checkVersion,
  ofEach(checkPrincipal),
  ofEach(checkLegacy),
  ofEach(checkSid),
  checkSids,
  ofEach(({ actions, where }) => checkPresent(actions, words.noActions, where)),
  ofEach(checkResources),
  ofEach(({ resources, where }) => checkPresent(resources, words.noResources, where)),
  ofEach(checkActions),
];

function ofEach(check: (statement: WrittenStatement) => void): Check {
  return ({ statements }) => {
    for (const statement of statements) check(statement);
  };
}

function refuse(message: string, why: string): never {
  throw new MalformedPolicyDocument(message, why);
}

/** A policy without a version is a policy of 2008, which IAM accepts inline only. */
function checkVersion({ version }: WrittenPolicy, name: string | undefined): void {
  if (name === undefined || version === '2012-10-17') return;
  refuse(words.version, version === undefined ? 'a managed policy needs "Version": "2012-10-17"' : version);
}

function checkPrincipal({ hasPrincipal, where }: WrittenStatement): void {
  if (hasPrincipal)
    refuse(words.principal, `${where} applies to the user, the role or the session to which it is attached`);
}

function checkLegacy({ effect, conditions, resources, where }: WrittenStatement): void {
  if (effect !== 'Allow' && effect !== 'Deny') refuse(words.legacy, `Effect of ${where} is ${quote(effect)}`);
  for (const condition of conditions) checkLegacyValues(condition, where);
  const short = resources?.of.find((text) => problemOfResource(text) === 'legacy');
  if (short !== undefined)
    refuse(words.legacy, `${where}: ${quote(short)} has too few colons; a bucket's ARN begins with arn:aws:s3:::`);
}

/** IAM requires a form of dates (F581). Only S3 also requires a form of addresses and bytes. */
function checkLegacyValues({ name, key, values }: ComparedKey, where: string): void {
  const isRight = findForm(name);
  const wrong = isRight && values.find((value) => !isRight(value));
  if (wrong !== undefined) refuse(words.legacy, `${where}: ${name} ${key} has the value ${quote(wrong)}`);
}

function findForm(name: ComparedKey['name']): ((text: string) => boolean) | undefined {
  if (name.startsWith('Date')) return isLegacyDate;
  if (name.endsWith('IpAddress')) return (text) => readIpRange(text) !== undefined;
  return name === 'BinaryEquals' ? isBase64 : undefined;
}

/** F511 */
function checkSid({ sid = '', number }: WrittenStatement): void {
  if (!/^[\dA-Za-z]*$/.test(sid)) refuse(words.sidForm, `statement ${number} has the Sid ${quote(sid)}`);
}

function checkSids({ statements }: WrittenPolicy): void {
  const known = new Set<string>();
  for (const { number, sid = '' } of statements) {
    if (sid !== '' && known.has(sid)) refuse(words.sidTwice, `statement ${number} has the Sid ${quote(sid)} again`);
    known.add(sid);
  }
}

function checkPresent(selection: Selection<string> | undefined, message: string, where: string): void {
  if (selection === undefined || selection.of.length === 0) refuse(message, where);
}

function checkResources({ resources, where }: WrittenStatement): void {
  for (const text of resources?.of ?? []) {
    const problem = problemOfResource(text);
    if (typeof problem === 'object') refuse(problem.message, `${where}: an object is arn:aws:s3:::BUCKET/KEY`);
  }
}

function checkActions({ actions, where }: WrittenStatement): void {
  for (const action of actions?.of ?? []) {
    if (action === '*') continue;
    const [vendor = '', ...names] = action.split(':');
    if (names.length === 0) refuse(words.actionPrefix, `${where}: ${quote(action)}; an action of S3 is s3:GetObject`);
    if (names.length > 1) refuse(words.actionColons, `${where}: ${quote(action)}`);
    if (vendor !== '*' && /[^\w.-]|_/.test(vendor)) refuse(words.actionVendor(vendor), `${where}: ${quote(action)}`);
  }
}

/** Makes a statement. An action or a resource that S3 does not have matches nothing (F580). */
function makeStatement(written: WrittenStatement, variables: boolean): PolicyStatement {
  const { number, sid, effect, actions = nothing, resources = nothing, conditions } = written;
  return {
    ...{ number, sid, effect: effect === 'Allow' ? 'Allow' : 'Deny', principals: undefined, actions },
    // The name of the service can be `*`, but no other pattern of it.
    covered: new Set([
      ...findS3Actions({ ...actions, of: actions.of.map((pattern) => pattern.replace(/^\*:/, 's3:')) }),
      ...findStsActions(actions),
      ...findIamActions(actions),
      ...findKmsActions(actions),
    ]),
    resources: {
      inverted: resources.inverted,
      of: resources.of.map((arn) => ({ kind: 'any', arn, matches: readResource(completeArn(arn), variables) })),
    },
    conditions: conditions.map((one) => makeCondition(one, variables)),
  };
}

const nothing: Selection<string> = { inverted: false, of: [] };

interface WrittenStatement {
  readonly number: number;
  readonly where: string;
  readonly sid: string | undefined;
  readonly effect: string;
  readonly hasPrincipal: boolean;
  readonly actions: Selection<string> | undefined;
  readonly resources: Selection<string> | undefined;
  readonly conditions: readonly ComparedKey[];
}

interface WrittenPolicy {
  readonly version: PolicyDocument['version'] | undefined;
  readonly id: string | undefined;
  readonly statements: readonly WrittenStatement[];
}

/** IAM has one text for all that S3 tells apart (F580). */
function readSyntax(text: string): WrittenPolicy {
  try {
    const fields = readFields(readPolicyJson(text), policyFields, 'the policy');
    const version = fields.get('Version');
    return {
      version: version === undefined ? undefined : readVersion(version),
      id: optionalText(fields, 'Id', 'the policy'),
      statements: readStatements(fields.get('Statement')).map(readStatement),
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    throw new MalformedPolicyDocument(words.syntax, String(error.why ?? 'the policy'));
  }
}

function readStatement(value: JsonValue, index: number): WrittenStatement {
  const number = index + 1;
  const fields = readFields(value, statementFields, `statement ${number}`);
  const sid = optionalText(fields, 'Sid', `statement ${number}`);
  const where = sid === undefined ? `statement ${number}` : `statement ${number} (${quote(sid)})`;
  const effect = optionalText(fields, 'Effect', where);
  if (effect === undefined || !/^(?:allow|deny)$/i.test(effect))
    return refuseSyntax(`Effect of ${where}`, '"Allow" or "Deny"', effect);
  const hasPrincipal = fields.has('Principal') || fields.has('NotPrincipal');
  const actions = readOptionalSelection(fields, 'Action', where);
  const resources = readOptionalSelection(fields, 'Resource', where);
  const conditions = readConditions(fields.get('Condition'), where);
  return { number, where, sid, effect, hasPrincipal, actions, resources, conditions };
}

function readOptionalSelection(fields: Fields, field: string, where: string): Selection<string> | undefined {
  const [value, inverse] = [fields.get(field), fields.get(`Not${field}`)];
  if (value !== undefined && inverse !== undefined)
    return refuseSyntax(where, `a statement with only one of ${field} and Not${field}`);
  const given = value === undefined ? inverse : value;
  if (given === undefined) return undefined;
  return { inverted: value === undefined, of: itemsOf(given).map((item) => readString(item, `${field} of ${where}`)) };
}

function readConditions(value: JsonValue | undefined, where: string): readonly ComparedKey[] {
  if (value === undefined) return [];
  return readMembers(value, `the condition of ${where}`).flatMap((entry) => readOperatorKeys(entry, where));
}

/** An operator without keys can have any name. */
function readOperatorKeys([written, value]: JsonEntry, where: string): readonly ComparedKey[] {
  const keys = readMembers(value, `${written} of ${where}`);
  const operator = findOperator(written);
  if (operator === undefined)
    return keys.length === 0
      ? []
      : refuseSyntax(`${quote(written)} of ${where}`, `an operator.${hintForOperator(written)}`);
  return keys.map(([key, given]) => ({ ...operator, key, values: readValues(given, `${key} of ${where}`) }));
}

const arnParts = 6;

/** Whether a resource is `*` or has the six parts of an ARN. */
export function isComplete(arn: string): boolean {
  return arn === '*' || arn.split(':').length >= arnParts;
}

/** IAM completes an ARN that has fewer with `*` (F582). */
export function completeArn(arn: string): string {
  const parts = arn.split(':');
  return arn === '*' ? arn : [...parts, ...Array<string>(Math.max(0, arnParts - parts.length)).fill('*')].join(':');
}

/** `legacy`: it fails legacy parsing, which is checked earlier. */
type ResourceProblem = 'legacy' | { readonly message: string };

function problemOfResource(text: string): ResourceProblem | undefined {
  if (text === '*') return undefined;
  const [first, partition, vendor, region = '', , ...rest] = text.split(':');
  if (partition === undefined) return { message: words.arn(text) };
  if (partition !== '*' && !partitionNames.includes(partition))
    return { message: words.partition(partition, completeArn(text.replace(/^[^:]*/, 'arn'))) };
  if (first !== 'arn') return { message: words.arn(text) };
  if (vendor === undefined) return { message: words.vendor };
  if (vendor === '' || (text.includes('::') && text.split(':').length < arnParts)) return 'legacy';
  if (hasWildcard(vendor)) return { message: words.vendor };
  const message = problemOfRegion(text, { vendor, region, resource: rest.length === 0 ? '*' : rest.join(':') });
  return message === undefined ? undefined : { message };
}

const regional = /^(?:\*|accesspoint[/:]|job\/|storage-lens|async-request\/|access-grants\/)/;

const ofIam =
  /^(?:\*|root$|(?:user|federated-user|role|group|instance-profile|mfa|server-certificate|policy|sms-mfa|saml-provider|oidc-provider|report|access-report)\/)/;

function problemOfRegion(
  text: string,
  { vendor, region, resource }: Readonly<Record<'vendor' | 'region' | 'resource', string>>,
): string | undefined {
  if (vendor === 's3' && region !== '' && !regional.test(resource)) return words.region(text);
  if (vendor !== 'iam') return undefined;
  if (region !== '' && text.split(':').length >= arnParts) return words.iamRegion(text);
  return ofIam.test(resource) ? undefined : words.iamPath;
}
