import { writeKey } from '../../text/values';
import { nameOfDefault } from './account-text';

// The default account is a member of the mock. Others have no name that all tests share, so that a call is that `of account 'partner'`.

/** Writes a member of the MFA device of a user, or of an account's root user, as a test calls it: `s3.mfa.header()`. */
export function writeDeviceCall(
  { name }: { readonly name: string },
  user: string | undefined,
  member: 'header()' | 'nextCode()' | 'serial',
): string {
  const ofUser = user === undefined ? '' : `user(${writeKey(user)}).`;
  if (name !== nameOfDefault) return `${ofUser}mfa.${member} of account ${writeKey(name)}`;
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
  return name === nameOfDefault ? `s3.account.${call}` : `${call} of account ${writeKey(name)}`;
}
