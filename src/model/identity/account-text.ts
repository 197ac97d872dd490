import { writeGiven } from '../../text/values';

/** The name of the account that each mock has. No test gave it. */
export const nameOfDefault = 'default';

/** An account as sentences name it. Accounts of AWS's own have no name. */
export interface DescribedAccount {
  readonly id: string;
  readonly name?: string;
}

/** Describes an account by the name that a test gave it, and its id: `account 'partner' (222222222222)`, `account 000000000000`. */
export function describeAccount({ id, name = nameOfDefault }: DescribedAccount): string {
  return name === nameOfDefault ? `account ${id}` : `account ${writeGiven(name)} (${id})`;
}
