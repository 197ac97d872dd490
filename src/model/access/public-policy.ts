import { readIpRange } from '../../formats/ip-ranges';
import type { DeniedAction } from '../../refusals/denied-actions';
import { S3Error } from '../../refusals/s3-error';
import { findAction } from './actions';
import type { OperatorName } from './condition-operators';
import type { PolicyCondition } from './policy-conditions';
import type { Resource } from './policy-resources';
import type { Principal } from './principals';
import type { PolicyDocument, PolicyStatement } from './statement';
import { readBoolean } from './value-forms';
import { splitArn } from './variables';
import { hasWildcard, includesPattern } from './wildcards';

/**
 * F310.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(document: PolicyDocument): boolean {
  return findPublicStatement(document) !== undefined;
}

export function makeBucketPolicyTarget(name: string, partition: string) {
  const arn = `arn:${partition}:s3:::${name}`;
  return { arn, objects: `${arn}/`, partition, isPublic: isPublicPolicy };
}

/** Whether the policy is public. It is also public if it confines callers to points of an account by a wildcard (F1114). */
export function isPublicPointPolicy(document: PolicyDocument): boolean {
  const namesPoints = ({ key, values, name }: PolicyCondition) =>
    key.toLowerCase() === 's3:dataaccesspointarn' && !values.every((value) => isFixedText(value, name));
  const statements = document.statements.map((statement) => ({
    ...statement,
    conditions: statement.conditions.filter((condition) => !namesPoints(condition)),
  }));
  return isPublicPolicy({ ...document, statements });
}

/** `denied` is what the refusal names; undefined if S3 does not tell the caller. */
export function checkBlockedPolicy(document: PolicyDocument, blocker: string, denied: DeniedAction | undefined): void {
  const found = findPublicStatement(document);
  if (found === undefined) return;
  const why = `statement ${found.number} is public, and ${blocker} has BlockPublicPolicy`;
  throw denied ? new S3Error('PolicyBlocked', denied, why) : new S3Error('AccessDenied', {}, why);
}

function findPublicStatement({ statements }: PolicyDocument): PolicyStatement | undefined {
  const denials = statements.filter(isDenialOfOthers);
  return statements.find((statement) => isOpen(statement) && !isTakenBack(statement, denials));
}

function isOpen({ effect, principals, conditions }: PolicyStatement): boolean {
  if (effect === 'Deny') return false;
  const isForAll = principals?.of.some((principal) => principal.kind === 'everyone' || isPublicProvider(principal));
  return isForAll === true && !conditions.some((condition) => isConfining(condition, conditions));
}

/** Everyone can have an account of a provider on the web, but a provider that is named by its ARN belongs to an account. */
function isPublicProvider(principal: Principal): boolean {
  return principal.kind === 'federated' && !principal.name.startsWith('arn:');
}

function isDenialOfOthers({ effect, principals, conditions }: PolicyStatement): boolean {
  if (effect === 'Allow' || principals === undefined || principals.inverted) return false;
  return principals.of.some(({ kind }) => kind === 'everyone') && conditions.every(isExcepting);
}

function isTakenBack(allowing: PolicyStatement, denials: readonly PolicyStatement[]): boolean {
  if (denials.length === 0) return false;
  const resources = resourcesOf(allowing);
  return [...allowing.covered].every((action) => {
    const about = denials.filter(({ covered }) => covered.has(action));
    const kind = findAction(action)?.kind;
    return resources.every((one) => one.kind !== kind || about.some((denial) => isAbout(denial, one.arn)));
  });
}

function resourcesOf({ resources: { inverted, of } }: PolicyStatement): readonly Pick<Resource, 'kind' | 'arn'>[] {
  if (!inverted) return of;
  const [bucket = ''] = of[0]?.arn.split('/') ?? [];
  return [
    { kind: 'bucket', arn: bucket },
    { kind: 'object', arn: `${bucket}/*` },
  ];
}

function isAbout({ resources: { inverted, of } }: PolicyStatement, pattern: string): boolean {
  if (inverted)
    return !hasFreeParts(pattern) && !of.some(({ arn }) => hasVariable(arn) || includesPattern(arn, pattern));
  return of.some(({ arn }) => arn === pattern || includesPattern(arn, pattern));
}

const confining: ReadonlySet<OperatorName> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'IpAddress',
]);

/** A negated operator, which requests without the key also satisfy. */
function isExcepting({ name, quantifier, key, values }: PolicyCondition): boolean {
  const affirmed = findAffirmed(name);
  return affirmed !== undefined && quantifier !== 'ForAnyValue' && areFixed(key, values, affirmed);
}

function findAffirmed(name: OperatorName): OperatorName | undefined {
  const affirmed = name.replace('Not', '');
  return affirmed === name ? undefined : [...confining].find((one) => one === affirmed);
}

/** Requests without the key can satisfy it if no other condition demands the key. */
function isConfining({ name, quantifier, ifExists, key, values }: PolicyCondition, beside: Conditions): boolean {
  if (!confining.has(name) || !areFixed(key, values, name)) return false;
  return (!ifExists && quantifier !== 'ForAllValues') || beside.some((other) => isPresence(other, key));
}

type Conditions = readonly PolicyCondition[];

function isPresence({ name, key, values }: PolicyCondition, asked: string): boolean {
  if (name !== 'Null' || key.toLowerCase() !== asked.toLowerCase()) return false;
  return values.every((value) => readBoolean(value) === false);
}

function areFixed(key: string, values: readonly string[], operator: OperatorName): boolean {
  const isFixed = confiningKeys.get(key.toLowerCase());
  return isFixed !== undefined && values.every((value) => !hasVariable(value) && isFixed(value, operator));
}

type IsFixed = (value: string, operator: OperatorName) => boolean;

/** The keys in lower case. `aws:SourceOwner` does not confine (F310). */
const confiningKeys: ReadonlyMap<string, IsFixed> = new Map<string, IsFixed>([
  ['aws:sourceip', isNarrow],
  ['aws:sourcearn', isOfFixedAccount],
  ['aws:sourcevpc', isFixedText],
  ['aws:sourcevpce', isFixedText],
  ['aws:sourceaccount', isFixedText],
  ['aws:sourceorgid', isFixedText],
  ['aws:principalorgid', isFixedText],
  ['aws:principalarn', isOfFixedAccount],
  ['aws:principalaccount', isFixedText],
  ['aws:userid', isOfFixedIdentity],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', isFixedText],
  ['s3:dataaccesspointaccount', isFixedText],
  ['s3:dataaccesspointarn', isOfFixedAccount],
]);

const wild: ReadonlySet<OperatorName> = new Set(['StringLike', 'ArnEquals', 'ArnLike']);

function isFixedText(value: string, operator: OperatorName): boolean {
  return !wild.has(operator) || !hasWildcard(value);
}

function isNarrow(value: string): boolean {
  const range = readIpRange(value);
  return range !== undefined && range.prefix >= (range.version === 4 ? 8 : 32);
}

/**
 * An ARN can contain wildcards if its account is fixed. In a text that is not compared part by part, a wildcard before the account can
 * match another account.
 */
function isOfFixedAccount(value: string, operator: OperatorName): boolean {
  if (isFixedText(value, operator)) return true;
  const parts = splitArn(value, false);
  const decisive = operator === 'StringLike' ? parts.slice(0, 5) : parts.slice(4, 5);
  return /^\d{12}$/.test(parts[4] ?? '') && !decisive.some(hasWildcard);
}

/** The sessions of a role have its id before a colon, and their own names behind it. */
function isOfFixedIdentity(value: string, operator: OperatorName): boolean {
  return isFixedText(value, operator) || /^[^*?:]+:/.test(value);
}

function hasVariable(text: string): boolean {
  return text.includes('${');
}

function hasFreeParts(text: string): boolean {
  return hasWildcard(text) || hasVariable(text);
}
