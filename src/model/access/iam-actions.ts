import type { Selection } from './policy-form';
import { matchesPattern, patternOf } from './wildcards';

/**
 * The action of IAM that a request of S3 needs beside S3's own, if it names a role that S3 is to assume (F960).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @module
 */

/** The only one. */
export const passRole = 'iam:PassRole';

/** The name of an action of IAM. */
export type IamActionName = typeof passRole;

/** Whether an action is IAM's. */
export function isOfIam(action: string): action is IamActionName {
  return action === passRole;
}

/** The names of the actions of IAM that a statement is about. The name of the service is written whole, or is `*`. */
export function iamCoveredBy({ inverted, of }: Selection<string>): ReadonlySet<string> {
  return new Set(of.some(isAboutPassing) === inverted ? [] : [passRole]);
}

function isAboutPassing(pattern: string): boolean {
  if (pattern === '*') return true;
  const [service = '', name] = pattern.toLowerCase().split(/:(.*)/s);
  return (service === 'iam' || service === '*') && name !== undefined && matchesPattern(patternOf(name), 'passrole');
}
