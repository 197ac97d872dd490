import { readIpRange } from '../../formats/ip-ranges';
import type { DeniedAction } from '../../refusals/denied-actions';
import { S3Error } from '../../refusals/s3-error';
import type { OperatorName } from './condition-operators';
import type { PolicyCondition } from './policy-conditions';
import type { Principal } from './principals';
import type { PolicyDocument, PolicyStatement } from './statement';
import { hasWildcard } from './wildcards';

/**
 * Whether a policy is public: one of its statements allows something to callers that are not confined to fixed ones (F310).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy({ statements }: PolicyDocument): boolean {
  return statements.some(isPublicStatement);
}

/**
 * Throws if the policy is public, for a bucket that blocks public policies. `denied` is what the refusal names; undefined if S3 does not
 * say it to the caller.
 */
export function checkBlockedPolicy(document: PolicyDocument, denied: DeniedAction | undefined): void {
  const index = document.statements.findIndex(isPublicStatement);
  if (index === -1) return;
  const why = `statement ${index + 1} is public, and the bucket has BlockPublicPolicy`;
  throw denied ? new S3Error('PolicyBlocked', denied, why) : new S3Error('AccessDenied', {}, why);
}

/** A Deny makes no policy public, nor does it keep one from being public. */
function isPublicStatement({ effect, principals, conditions }: PolicyStatement): boolean {
  if (effect === 'Deny') return false;
  const isOpen = principals?.of.some((principal) => principal.kind === 'everyone' || isPublicProvider(principal));
  return isOpen === true && !conditions.some(isConfining);
}

/** Everyone may have an account of a provider on the web, but a provider that is named by its ARN belongs to an account. */
function isPublicProvider(principal: Principal): boolean {
  return principal.kind === 'federated' && !principal.name.startsWith('arn:');
}

const positive: ReadonlySet<OperatorName> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'IpAddress',
]);

/** Whether all callers that satisfy a condition are fixed ones. */
function isConfining({ name, quantifier, ifExists, key, values }: PolicyCondition): boolean {
  if (ifExists || quantifier === 'ForAllValues' || !positive.has(name)) return false;
  const isFixed = confiningKeys.get(key.toLowerCase());
  return isFixed !== undefined && values.every(isFixed);
}

/** Keys that confine callers, in lower case, and whether one of their values is fixed. */
const confiningKeys: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['aws:sourceip', isNarrow],
  ['aws:sourcearn', isFixedText],
  ['aws:sourcevpc', isFixedText],
  ['aws:sourcevpce', isFixedText],
  ['aws:sourceowner', isFixedText],
  ['aws:sourceaccount', isFixedText],
  ['aws:principalorgid', isFixedText],
  ['aws:principalarn', isFixedText],
  ['aws:principalaccount', isFixedText],
  ['aws:userid', isFixedText],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', isFixedText],
  ['s3:dataaccesspointaccount', isFixedText],
  ['s3:dataaccesspointarn', isOfFixedAccount],
]);

/** A value without wildcards and without variables. */
function isFixedText(value: string): boolean {
  return !hasWildcard(value) && !value.includes('${');
}

/** A block of addresses that is no larger than /8, or /32 of IPv6. */
function isNarrow(value: string): boolean {
  const range = readIpRange(value);
  return range !== undefined && range.prefix >= (range.version === 4 ? 8 : 32);
}

/** The name of an access point may have wildcards if the account in its ARN is fixed. */
function isOfFixedAccount(value: string): boolean {
  return isFixedText(value) || /^arn:[\w-]+:s3:[\w-]*:\d{12}:accesspoint\/[^$]+$/.test(value);
}
