import type { Account } from '../model/identity/account';
import type { Credentials } from '../model/identity/session';
import type { Store } from '../model/store';
import { S3MockError } from '../s3-mock-error';
import { checkOptionNames } from '../text/option-names';
import { writeGiven } from '../text/values';

/** An account that a test makes. */
export interface AccountFixture {
  /** By which buckets name it as their owner. */
  readonly name: string;
  /** The keys of its root user, such as those that the code under test reads. If they are left out, keys are generated. */
  readonly credentials?: Credentials | undefined;
}

/** Adds an account to a store. Throws a TypeError for a wrong name or key, an S3MockError if the name is taken. */
export function addAccount(store: Store, at: string, fixture: AccountFixture): Account {
  checkOptionNames(at, fixture, ['name', 'credentials']);
  const { name, credentials } = fixture;
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`${at}: name ${writeGiven(name)}. Give text, such as 'partner'.`);
  if (store.findAccount(name))
    throw new S3MockError(
      'ACCOUNT_EXISTS',
      `${at}: there is an account ${writeGiven(name)} already. Give another name.`,
    );
  return store.addAccount(name, credentials && readCredentials(store, `${at}: credentials`, credentials));
}

function readCredentials(store: Store, at: string, credentials: Credentials): Credentials {
  checkOptionNames(at, credentials, ['accessKeyId', 'secretAccessKey']);
  const { accessKeyId, secretAccessKey } = credentials;
  if (typeof accessKeyId !== 'string' || !/^[\w-]{1,128}$/.test(accessKeyId))
    throw new TypeError(
      `${at}: accessKeyId ${writeGiven(accessKeyId)}. Give 1 to 128 letters, digits, hyphens and underscores.`,
    );
  if (typeof secretAccessKey !== 'string' || secretAccessKey === '')
    throw new TypeError(`${at}: secretAccessKey ${writeGiven(secretAccessKey)}. Give text.`);
  if (store.findSecret(accessKeyId) !== undefined)
    throw new TypeError(
      `${at}: accessKeyId ${writeGiven(accessKeyId)} is the key of another account or user. Give another.`,
    );
  return Object.freeze({ accessKeyId, secretAccessKey });
}

/** The accounts of a store beside the default one, as options that make them again. Only keys that were given are written. */
export function accountLiterals({ accounts, defaultAccount }: Store): readonly (string | AccountFixture)[] {
  return accounts
    .filter((account) => account !== defaultAccount)
    .map(({ name, credentials, hasGivenKeys }) => (hasGivenKeys ? { name, credentials } : name));
}
