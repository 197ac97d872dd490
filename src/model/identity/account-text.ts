import { type Call, call, defaultAccountName } from '../../text/calls';
import { clause } from '../../text/reason';
import { writeGiven } from '../../text/values';

export { defaultAccountName };

export interface DescribedAccount {
  readonly id: string;
  readonly name?: string;
}

export function describeAccount({ id, name = defaultAccountName }: DescribedAccount): string {
  return name === defaultAccountName ? `account ${id}` : `account ${writeGiven(name)} (${id})`;
}

export function callHeader({ name }: { readonly name: string }): Call {
  return name === defaultAccountName
    ? call('s3.mfa.header()', {})
    : call('s3.account(account).mfa.header()', { account: name });
}

/** The call that returns a code for a request of STS, from the device of an account or of one of its users. */
export function callDevice(
  { name: account }: { readonly name: string },
  user: string | undefined,
  member: 'nextCode()' | 'serial',
): Call {
  if (user !== undefined) return call(`s3.account(account).user(user).mfa.${member}`, { account, user });
  return account === defaultAccountName
    ? call(`s3.mfa.${member}`, {})
    : call(`s3.account(account).mfa.${member}`, { account });
}

export function callKeys({ name: account }: { readonly name: string }): Call {
  return call('s3.account(account).credentials', { account });
}

export function callIdentity(
  { name: account }: { readonly name: string },
  kind: 'user' | 'role',
  name: string,
  options?: object,
): Call {
  return call(`s3.account(account).${kind}(name, ...)`, { account, name, ...(options && { '...': options }) });
}

/** The text after a sentence that lists the accounts. */
export const andMore = clause` ${call('s3.createAccount(name, ...)', { name: 'NAME' })} creates more.`;
