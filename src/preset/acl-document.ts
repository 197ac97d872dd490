import {
  type AccountIds,
  type Acl,
  awsAccounts,
  findGroup,
  type Grant,
  type Grantee,
  groups,
  isGroup,
  isSameAccount,
  mostGrants,
  type Permission,
  permissions,
} from '../model/access/grants';
import type { Store } from '../model/store';
import { invalidValue } from '../text/invalid-value';
import { itemsOf } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

/** An ACL as AWS's SDKs write it. */
export interface AclDocument {
  /** If left out, the bucket's owner. */
  readonly Owner?: { readonly ID?: string | undefined; readonly DisplayName?: string | undefined } | undefined;
  readonly Grants?: readonly GrantFixture[] | undefined;
}

/** A grant as AWS's SDKs write it. */
interface GrantFixture {
  readonly Grantee?:
    | {
        readonly Type: 'CanonicalUser' | 'Group' | 'AmazonCustomerByEmail' | undefined;
        /** The canonical id of an account, its 12 digits, or its name. */
        readonly ID?: string | undefined;
        readonly URI?: string | undefined;
        readonly DisplayName?: string | undefined;
        readonly EmailAddress?: string | undefined;
      }
    | undefined;
  readonly Permission?: Permission | undefined;
}

/** Reads grants as AWS's SDKs write them. */
export function readGrants(at: string, store: Store, grants: unknown): readonly Grant[] {
  if (!Array.isArray(grants) || grants.length > mostGrants)
    throw invalidValue(
      at,
      'Grants',
      grants,
      `a list of ${mostGrants} at most, such as [{ Grantee: { Type: 'Group', URI: '${groups.allUsers.uri}' }, Permission: 'READ' }]`,
    );
  return itemsOf(grants).map((grant, index) => readGrant(`${at}, grant ${index + 1}`, store, grant));
}

function readGrant(at: string, store: Store, given: unknown): Grant {
  if (!isRecord(given)) throw invalidValue(at, 'value', given, '{ Grantee, Permission }');
  checkOptionNames(at, given, ['Grantee', 'Permission']);
  const { Grantee, Permission } = given as GrantFixture; // its names are checked, and each value below
  if (!permissions.some((one) => one === Permission) || Permission === undefined)
    throw invalidValue(at, 'Permission', Permission, `one of ${permissions.join(', ')}`);
  return { grantee: readGrantee(`${at}, Grantee`, store, Grantee), permission: Permission };
}

function readGrantee(at: string, store: Store, given: GrantFixture['Grantee']): Grantee {
  if (!isRecord(given))
    throw invalidValue(at, 'value', given, "{ Type: 'CanonicalUser', ID } or { Type: 'Group', URI }");
  checkOptionNames(at, given, ['Type', 'ID', 'URI', 'DisplayName']);
  const { Type, ID, URI } = given;
  if (Type === 'CanonicalUser') return readAccount(at, store, ID);
  if (Type !== 'Group') throw invalidValue(at, 'Type', Type, "'CanonicalUser' or 'Group'");
  const group = URI === undefined ? undefined : findGroup(URI);
  if (group) return group;
  const uris = Object.values(groups).map(({ uri }) => uri);
  throw invalidValue(at, 'URI', URI, `one of ${uris.join(', ')}`);
}

/** Reads an account by its canonical id, its 12 digits or its name. */
export function readAccount(at: string, store: Store, ID: string | undefined): AccountIds {
  const known: readonly AccountIds[] = [...store.accounts, ...Object.values(awsAccounts)];
  const found = known.find(({ canonicalId }) => canonicalId === ID) ?? (ID === undefined ? ID : store.findAccount(ID));
  if (found) return found;
  const names = store.accounts.map((account) => `${account.name} (${account.canonicalId})`).join(', ');
  throw new TypeError(
    `${at}: there is no account ${writeGiven(ID)}. The accounts are: ${names}. createAccount creates more.`,
  );
}

/** The name of an account with a store, since ids differ from seed to seed; otherwise its canonical id. */
export function idOfHolder(holder: AccountIds, store: Store | undefined): string {
  return store?.accounts.find((account) => isSameAccount(account, holder))?.name ?? holder.canonicalId;
}

/** An ACL as AWS's SDKs write it: frozen. With a store, accounts have their names. */
export function documentOfAcl({ owner, grants }: Acl, store: Store | undefined): AclDocument {
  const idOf = (holder: AccountIds) => idOfHolder(holder, store);
  const granteeOf = (grantee: Grantee) =>
    isGroup(grantee)
      ? { Type: 'Group' as const, URI: grantee.uri }
      : { Type: 'CanonicalUser' as const, ID: idOf(grantee) };
  const written = grants.map(({ grantee, permission }) =>
    Object.freeze({ Grantee: Object.freeze(granteeOf(grantee)), Permission: permission }),
  );
  return { Owner: Object.freeze({ ID: idOf(owner) }), Grants: Object.freeze(written) };
}
