import { writeGiven, writeKey } from '../../text/values';

/** The name of the account that each mock has. No test gave it. */
export const defaultAccountName = 'default';

/** An account as sentences name it. Accounts of AWS's own have no name. */
export interface DescribedAccount {
  readonly id: string;
  readonly name?: string;
}

/** Describes an account by the name that a test gave it, and its id: `account 'partner' (222222222222)`, `account 000000000000`. */
export function describeAccount({ id, name = defaultAccountName }: DescribedAccount): string {
  return name === defaultAccountName ? `account ${id}` : `account ${writeGiven(name)} (${id})`;
}

// The default account is a member of the mock. Others have no name that all tests share, so that a call is that `of account 'partner'`.

/** Writes a member of the MFA device of a user, or of an account's root user, as a test calls it: `s3.mfa.header()`. */
export function writeDeviceCall(
  { name }: { readonly name: string },
  user: string | undefined,
  member: 'header()' | 'nextCode()' | 'serial',
): string {
  const ofUser = user === undefined ? '' : `user(${writeKey(user)}).`;
  if (name !== defaultAccountName) return `${ofUser}mfa.${member} of account ${writeKey(name)}`;
  return user === undefined ? `s3.mfa.${member}` : `s3.account.${ofUser}mfa.${member}`;
}

/** Writes the call that makes a user or a role of an account: `s3.account.user('ann')`. `given` is what it takes after the name. */
export function writeIdentityCall(
  { name }: { readonly name: string },
  kind: 'user' | 'role',
  written: string,
  given = '',
): string {
  const call = `${kind}(${writeKey(written)}${given})`;
  return name === defaultAccountName ? `s3.account.${call}` : `${call} of account ${writeKey(name)}`;
}
