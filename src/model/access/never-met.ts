import { hintFor } from '../../text/spelling';
import { conditionKeys, isConditionKey } from './condition-keys';
import { isOfIam } from './iam-actions';
import type { Resource } from './policy-resources';
import { type AskedAction, isOfSts } from './sts-actions';
import { completedArn } from './user-policy-resources';
import { matchesPattern, patternOf } from './wildcards';

/**
 * IAM accepts much in the policies of users, roles and sessions that no request of S3 can meet (F580). A refusal says so, since it is often
 * a mistake of typing.
 * @module
 */

/** The condition keys of STS that requests of the mock have. */
const stsKeys = [
  ...['sts:ExternalId', 'sts:RoleAuthorizedByIdp', 'sts:RoleSessionName', 'sts:SourceIdentity'],
  'sts:TransitiveTagKeys',
];

/** Says that the service of an action does not have a condition key; empty if it does. */
export function noteOnKey(key: string, action: AskedAction): string {
  if (isOfSts(action)) return noteOnStsKey(key);
  if (isOfIam(action)) return '';
  if (isConditionKey(key)) return '';
  if (/^(?!s3:)[a-z\d-]+:./i.test(key)) return '; it is a key of another service';
  const full = `s3:${key}`;
  return `; S3 has no such condition key.${isConditionKey(full) ? ` Did you mean ${full}?` : hintFor(key, conditionKeys)}`;
}

/** Identity providers have keys of their own, of any name. */
function noteOnStsKey(key: string): string {
  if (/^s3:./i.test(key)) return '; it is a key of another service';
  const isOwn = /^sts:./i.test(key);
  if (!isOwn && key.includes(':')) return '';
  if (stsKeys.some((one) => one.toLowerCase() === key.toLowerCase())) return '';
  return `; requests of STS have no such condition key.${hintFor(isOwn ? key : `sts:${key}`, stsKeys)}`;
}

/** Says that no bucket and no object can have the ARNs of resources; empty if one of them can. */
export function noteOnResources(resources: readonly Resource[]): string {
  return resources.some(({ kind, arn }) => kind !== 'any' || mayBeOfS3(arn))
    ? ''
    : ', and the ARN of a bucket or an object begins with arn:aws:s3:::';
}

/** Whether the parts that each ARN of S3 has alike may match: its service, no region and no account. */
function mayBeOfS3(arn: string): boolean {
  const [, , service, region, account] = completedArn(arn).split(':');
  const matches = (part: string | undefined, value: string) =>
    part !== undefined && matchesPattern(patternOf(part), value);
  return arn === '*' || (matches(service, 's3') && matches(region, '') && matches(account, ''));
}
