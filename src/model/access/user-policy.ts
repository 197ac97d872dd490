import { readIpRange } from '../../formats/ip-ranges';
import type { ComparedKey } from './condition-tests';
import { iamCoveredBy } from './iam-actions';
import { MalformedPolicyDocument, userPolicyWords as words } from './malformed-policy-document';
import { conditionOf } from './policy-conditions';
import { hasVariables } from './policy-document';
import { quoted, type Selection } from './policy-form';
import { coveredBy } from './policy-resources';
import { makeDocument, type PolicyDocument, type PolicyStatement } from './statement';
import { stsCoveredBy } from './sts-actions';
import { completedArn, problemOfResource } from './user-policy-resources';
import { readSyntax, type WrittenPolicy, type WrittenStatement } from './user-policy-syntax';
import { isLegacyDate } from './value-forms';
import { readResource } from './variables';

/** A policy of a user, a role or a session: IAM's identity-based policy. */
export interface UserPolicy {
  /** Of a managed policy; an inline policy has none. */
  readonly name: string | undefined;
  /** The document as JSON, as it was given. */
  readonly text: string;
  readonly document: PolicyDocument;
}

/** Reads the policy of a user, a role or a session, or throws IAM's first refusal, in its order (F580). One with a name is managed. */
export function readUserPolicy(text: string, name?: string): UserPolicy {
  const policy = readSyntax(text);
  for (const check of checks) check(policy, name);
  const { version = '2008-10-17', id } = policy;
  const statements = policy.statements.map((one) => statementOf(one, hasVariables(version)));
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

/** A policy without a version is one of 2008, which IAM accepts inline only. */
function checkVersion({ version }: WrittenPolicy, name: string | undefined): void {
  if (name === undefined || version === '2012-10-17') return;
  refuse(words.version, version === undefined ? 'a managed policy needs "Version": "2012-10-17"' : version);
}

function checkPrincipal({ hasPrincipal, where }: WrittenStatement): void {
  if (hasPrincipal) refuse(words.principal, `${where} is about the user, the role or the session that has it`);
}

function checkLegacy({ effect, conditions, resources, where }: WrittenStatement): void {
  if (effect !== 'Allow' && effect !== 'Deny') refuse(words.legacy, `Effect of ${where} is ${quoted(effect)}`);
  for (const condition of conditions) checkLegacyValues(condition, where);
  const short = resources?.of.find((text) => problemOfResource(text) === 'legacy');
  if (short !== undefined)
    refuse(words.legacy, `${where}: ${quoted(short)} has too few colons; a bucket's ARN begins with arn:aws:s3:::`);
}

/** IAM requires a form of dates (F581). Only S3 also requires one of addresses and bytes. */
function checkLegacyValues({ name, key, values }: ComparedKey, where: string): void {
  const isRight = formOf(name);
  const wrong = isRight && values.find((value) => !isRight(value));
  if (wrong !== undefined) refuse(words.legacy, `${where}: ${name} ${key} has the value ${quoted(wrong)}`);
}

function formOf(name: ComparedKey['name']): ((text: string) => boolean) | undefined {
  if (name.startsWith('Date')) return isLegacyDate;
  if (name.endsWith('IpAddress')) return (text) => readIpRange(text) !== undefined;
  return name === 'BinaryEquals' ? isBase64 : undefined;
}

function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** The ids of statements (F511). */
function checkSid({ sid = '', number }: WrittenStatement): void {
  if (!/^[\dA-Za-z]*$/.test(sid)) refuse(words.sidForm, `statement ${number} has the Sid ${quoted(sid)}`);
}

function checkSids({ statements }: WrittenPolicy): void {
  const known = new Set<string>();
  for (const { number, sid = '' } of statements) {
    if (sid !== '' && known.has(sid)) refuse(words.sidTwice, `statement ${number} has the Sid ${quoted(sid)} again`);
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
    if (names.length === 0) refuse(words.actionPrefix, `${where}: ${quoted(action)}; an action of S3 is s3:GetObject`);
    if (names.length > 1) refuse(words.actionColons, `${where}: ${quoted(action)}`);
    if (vendor !== '*' && /[^\w.-]|_/.test(vendor)) refuse(words.actionVendor(vendor), `${where}: ${quoted(action)}`);
  }
}

/** Makes the statement of a policy that IAM accepts. What it names and S3 does not have matches nothing (F580). */
function statementOf(written: WrittenStatement, variables: boolean): PolicyStatement {
  const { number, sid, effect, actions = nothing, resources = nothing, conditions } = written;
  return {
    ...{ number, sid, effect: effect === 'Allow' ? 'Allow' : 'Deny', principals: undefined, actions },
    // Only the name of the service may be `*`; no other pattern of it is an action.
    covered: new Set([
      ...coveredBy({ ...actions, of: actions.of.map((pattern) => pattern.replace(/^\*:/, 's3:')) }),
      ...stsCoveredBy(actions),
      ...iamCoveredBy(actions),
    ]),
    resources: {
      inverted: resources.inverted,
      of: resources.of.map((arn) => ({ kind: 'any', arn, matches: readResource(completedArn(arn), variables) })),
    },
    conditions: conditions.map((one) => conditionOf(one, variables)),
  };
}

const nothing: Selection<string> = { inverted: false, of: [] };
