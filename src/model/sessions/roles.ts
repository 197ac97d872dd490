import { S3Error } from '../../refusals/s3-error';
import { call } from '../../text/calls';
import { clause, type Said, say } from '../../text/reason';
import { hintFor } from '../../text/spelling';
import type { Account, Role } from '../identity/account';
import { describeAccount } from '../identity/account-text';
import { writeCallerArn, writeIdentityArn } from '../identity/caller';
import { splitName } from '../identity/iam-name';
import type { Session } from '../identity/session';
import type { Store } from '../store';

export interface AccountRole {
  readonly account: Account;
  readonly role: Role;
}

export function checkRoleArn(value: string): void {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(value)) throw new S3Error('StsRoleArnInvalid', { value });
}

export function findRoleByArn(
  { accounts }: Pick<Store, 'accounts'>,
  arn: string,
  partition: string,
): AccountRole | undefined {
  const { name } = splitName(arn);
  for (const account of accounts) {
    const role = account.findRole(name);
    if (role && writeRoleArn(account, name, partition) === arn) return { account, role };
  }
  return undefined;
}

export function writeRoleArn(account: Account, name: string, partition: string): string {
  return writeIdentityArn(account, { user: undefined, role: name }, partition);
}

/** The ARN has no path (F713). */
export function makeAssumedRoleUser({ account, role }: AccountRole, session: Session, partition: string) {
  const caller = { account, user: undefined, role: role.name, accessKeyId: undefined, session };
  return { AssumedRoleId: `${role.id}:${session.name}`, Arn: writeCallerArn(account, caller, partition) };
}

const makesOne = call('s3.account(account).role(name, ...)', { name: 'NAME' });

export function whyNoRole({ accounts, defaultAccount }: Store, arn: string, partition: string): Said {
  const arns = accounts.flatMap((account) => account.roles.map(({ name }) => writeRoleArn(account, name, partition)));
  const roles =
    arns.length === 0
      ? say`there are no roles${clause`; ${makesOne} creates a role`}`
      : `the roles are: ${arns.join(', ')}`;
  const id = /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
  const isForeign = id !== undefined && !accounts.some((account) => account.id === id);
  const whose = isForeign
    ? `; the mock has no account ${id}, and the default one is ${describeAccount(defaultAccount)}`
    : '';
  const sameName = arns.find((one) => withoutPath(one) === withoutPath(arn));
  const hint = sameName === undefined ? hintFor(arn, arns) : ` Did you mean ${sameName}?`;
  return say`there is no role ${arn}${whose}; ${roles}.${hint}`;
}

function withoutPath(arn: string): string {
  return arn.replace(/:role\/.*\//s, ':role/');
}
