import { writeGiven, writeKey } from '../../text/values';

export const defaultAccountName = 'default';

export interface DescribedAccount {
  readonly id: string;
  readonly name?: string;
}

export function describeAccount({ id, name = defaultAccountName }: DescribedAccount): string {
  return name === defaultAccountName ? `account ${id}` : `account ${writeGiven(name)} (${id})`;
}

// The default account is a member of the mock. Others have no name that all tests share, so that a call is that `of account 'partner'`.

export function writeDeviceCall(
  { name }: { readonly name: string },
  user: string | undefined,
  member: 'header()' | 'nextCode()' | 'serial',
): string {
  const ofUser = user === undefined ? '' : `user(${writeKey(user)}).`;
  if (name !== defaultAccountName) return `${ofUser}mfa.${member} of account ${writeKey(name)}`;
  return user === undefined ? `s3.mfa.${member}` : `s3.account.${ofUser}mfa.${member}`;
}

export function writeKeysCall({ name }: { readonly name: string }): string {
  return name === defaultAccountName ? 's3.account.credentials' : `the credentials of account ${writeKey(name)}`;
}

export function writeIdentityCall(
  { name }: { readonly name: string },
  kind: 'user' | 'role',
  written: string,
  given = '',
): string {
  const call = `${kind}(${writeKey(written)}${given})`;
  return name === defaultAccountName ? `s3.account.${call}` : `${call} of account ${writeKey(name)}`;
}
