import type { MockS3 } from '../../src';
import type { ActionName } from '../../src/model/access/actions';
import { signedBy } from './documents';

export const allowing = (...Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' }) as const;

export const denying = (...Action: readonly string[]) => ({ Effect: 'Deny', Action, Resource: '*' }) as const;

export function as(s3: MockS3, name: string, ...actions: readonly string[]): { readonly Authorization: string } {
  // A policy has to have a statement.
  const Statement = [actions.length === 0 ? denying('s3:CreateJob') : allowing(...actions)];
  return { Authorization: signedBy(s3.account.user(name, { policy: { Version: '2012-10-17', Statement } })) };
}

/** The user is of the bucket's own account. `resource` follows `arn:aws:s3:::`. */
export function notAllowed(user: string, action: ActionName, resource?: string): string {
  const about = resource === undefined ? '' : ` on resource: "arn:aws:s3:::${resource}"`;
  const who = `User: arn:aws:iam::000000000000:user/${user}`;
  return `${who} is not authorized to perform: ${action}${about} because no identity-based policy allows the ${action} action`;
}
