import type { AccountOutline } from '../../model/identity/account';
import type { AccessConditions } from '../../preset/access-conditions';
import type { AccountFixture, RoleFixture, UserFixture } from '../../preset/account-fixture';
import type { AccountHandle, RoleHandle, RoleOutline, UserHandle, UserOutline } from '../../preset/account-handle';
import type { RoleSessionOptions, SessionHandle, SessionOptions } from '../../preset/callers';
import type { MfaDeviceHandle } from '../../preset/mfa-device-handle';
import type { Permission } from '../../preset/permission';
import { byRule } from '../../shapes/given';
import { makeMistake } from '../../text/mistakes';
import { DoorError } from '../door-error';
import { type DoorCall, type Route, route } from '../route';
import { type Settable, setMembers } from '../set-members';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: string;
}

type Device = AccountOutline['mfaDevices'][number];

/** An account as the door shows it: its MFA devices are without their secrets. */
interface ShownAccount extends Omit<AccountOutline, 'mfaDevices'> {
  readonly mfaDevices: readonly Omit<Device, 'secret'>[];
}

/** An account, with its keys if the mock made them. */
interface NewAccount extends ShownAccount {
  readonly credentials?: Keys;
}

/** A user or a role. */
interface Identity {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
}

interface NewUser extends Identity {
  readonly credentials: Keys;
}

interface Session {
  readonly arn: string;
  readonly credentials: Keys;
}

/** A code that was not used yet. */
interface MfaCode {
  readonly serial: string;
  readonly code: string;
  /** The value of `x-amz-mfa`. */
  readonly header: string;
}

/** A user of an account; if no user is named, the root user. */
interface UserOfAccount {
  /** The name or the id of the account. Default: the default account. */
  readonly account?: string;
  readonly user?: string;
}

interface ActingCaller extends UserOfAccount {
  /** The role whose session acts. */
  readonly role?: string;
}

/** A question about rights. */
interface Asked {
  /** An action of S3: `s3:GetObject`. */
  readonly action: string;
  /** The resource: `vault`, `vault/report.pdf`, or an ARN. */
  readonly resource: string;
  readonly conditions?: AccessConditions;
}

type Call<Body> = DoorCall<Body>;

const ofUser = { account: byRule, user: byRule };
const question = { action: byRule, resource: byRule, conditions: byRule };

export const accountRoutes: readonly Route[] = [
  route<undefined, { readonly accounts: readonly ShownAccount[] }>({
    method: 'GET',
    path: '/accounts',
    call: 's3.accounts',
    summary: 'All accounts, the default account first, without keys and secrets.',
    handle: ({ mock }) => ({ accounts: mock.accounts.map(showAccount) }),
  }),
  route<AccountFixture & { readonly name: string }, NewAccount>({
    method: 'POST',
    path: '/accounts',
    call: 's3.createAccount(name, ...)',
    summary: 'Creates an account, with users and roles. The answer contains its keys if the mock made them.',
    takesBody: true,
    status: 201,
    handle: ({ mock, body: { name, ...fixture } }) => {
      const made = mock.createAccount(name, fixture);
      return {
        ...showAccount(made),
        ...(fixture.credentials === undefined && { credentials: keysOf(made.credentials) }),
      };
    },
  }),
  route<undefined, ShownAccount>({
    method: 'GET',
    path: '/accounts/{account}',
    call: 's3.account(account)',
    summary: 'An account: its users and roles, its MFA devices and its public access block, without keys and secrets.',
    handle: (call) => showAccount(findAccount(call)),
  }),
  route<Settable<AccountHandle>, ShownAccount>({
    method: 'PATCH',
    path: '/accounts/{account}',
    call: 's3.account(account).publicAccessBlock = publicAccessBlock',
    summary: 'Sets the public access block of an account, without a request; null removes it.',
    takesBody: true,
    handle: (call) => showAccount(setMembers(call, () => findAccount(call))),
  }),
  route<UserOfAccount, MfaCode>({
    method: 'POST',
    path: '/mfa/code',
    call: 's3.mfa.header()',
    summary: "A new code of an MFA device: the root user's, or another user's.",
    takesBody: ofUser,
    handle: (call) => makeCode(findDevice(call)),
  }),
  route<UserOfAccount>({
    method: 'POST',
    path: '/mfa/deactivate',
    call: 's3.mfa.deactivate()',
    summary: 'Makes S3 and STS refuse all codes of an MFA device.',
    takesBody: ofUser,
    handle: (call) => findDevice(call).deactivate(),
  }),
  route<UserOfAccount>({
    method: 'POST',
    path: '/mfa/activate',
    call: 's3.mfa.activate()',
    summary: 'Makes S3 and STS accept the codes of an MFA device again.',
    takesBody: ofUser,
    handle: (call) => findDevice(call).activate(),
  }),
  route<ActingCaller>({
    method: 'POST',
    path: '/act-as',
    call: 's3.actAs(user)',
    summary: 'Makes a user, a session of a role or a root user the caller of requests with unknown keys.',
    takesBody: { ...ofUser, role: byRule },
    handle: (call) => {
      const { user, role } = call.body;
      if (user !== undefined && role !== undefined) throw makeMistake(`${call.name}: give a user or a role.`);
      const account = findAccount(call, call.body.account);
      if (role !== undefined) call.mock.actAs(account.role(role).session());
      else call.mock.actAs(user === undefined ? account : account.user(user));
    },
  }),
  route<Asked, Permission>({
    method: 'POST',
    path: '/accounts/{account}/may',
    call: 's3.account(account).may(action, resource, conditions)',
    summary: 'Whether the root user can carry out an action now, and the statement that decides.',
    takesBody: question,
    handle: (call) => decide(call, findAccount(call)),
  }),
  route<SessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/sessions',
    call: 's3.account(account).session(...)',
    summary: 'Begins a session of the root user, as GetSessionToken does.',
    takesBody: true,
    status: 201,
    handle: (call) => writeSession(findAccount(call).session(call.body)),
  }),
  route<UserFixture & { readonly name: string }, NewUser>({
    method: 'POST',
    path: '/accounts/{account}/users',
    call: 's3.account(account).user(name, ...)',
    summary: 'Creates a user, and returns its keys.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      const { name, ...fixture } = call.body;
      const made = findAccount(call).user(name, fixture);
      return { ...identityOf(made), credentials: keysOf(made.credentials) };
    },
  }),
  route<undefined, UserOutline>({
    method: 'GET',
    path: '/accounts/{account}/users/{user}',
    summary: 'A user: its ARN, its id and its fixture, without its keys.',
    handle: (call) => {
      checkIsThere(call, 'user');
      return findUser(call).toJSON();
    },
  }),
  route<Settable<UserHandle>, UserOutline>({
    method: 'PATCH',
    path: '/accounts/{account}/users/{user}',
    call: 's3.account(account).user(user).policy = policy',
    summary: "Sets the user's inline policy; null removes it.",
    takesBody: true,
    handle: (call) => setMembers(call, () => findUser(call)).toJSON(),
  }),
  route<SessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/users/{user}/sessions',
    call: 's3.account(account).user(user).session(...)',
    summary: 'Begins a session of the user, as GetSessionToken does.',
    takesBody: true,
    status: 201,
    handle: (call) => writeSession(findUser(call).session(call.body)),
  }),
  route<Asked, Permission>({
    method: 'POST',
    path: '/accounts/{account}/users/{user}/may',
    call: 's3.account(account).user(user).may(action, resource, conditions)',
    summary: 'Whether the user can carry out an action now, and the statement that decides.',
    takesBody: question,
    handle: (call) => decide(call, findUser(call)),
  }),
  route<RoleFixture & { readonly name: string }, Identity>({
    method: 'POST',
    path: '/accounts/{account}/roles',
    call: 's3.account(account).role(name, ...)',
    summary: 'Creates a role.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      const { name, ...fixture } = call.body;
      return identityOf(findAccount(call).role(name, fixture));
    },
  }),
  route<undefined, RoleOutline>({
    method: 'GET',
    path: '/accounts/{account}/roles/{role}',
    summary: 'A role: its ARN, its id and its fixture, with the policy by which its sessions were revoked.',
    handle: (call) => {
      checkIsThere(call, 'role');
      return findRole(call).toJSON();
    },
  }),
  route<Settable<RoleHandle>, RoleOutline>({
    method: 'PATCH',
    path: '/accounts/{account}/roles/{role}',
    call: 's3.account(account).role(role).policy = policy',
    summary: "Sets the role's inline policy or its trust policy; null removes it.",
    takesBody: true,
    handle: (call) => setMembers(call, () => findRole(call)).toJSON(),
  }),
  route<RoleSessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/sessions',
    call: 's3.account(account).role(role).session(...)',
    summary: 'Begins a session of the role, without a check of its trust policy.',
    takesBody: true,
    status: 201,
    handle: (call) => writeSession(findRole(call).session(call.body)),
  }),
  route({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/revoke-sessions',
    call: 's3.account(account).role(role).revokeSessions()',
    summary: 'Revokes all sessions of the role that began so far.',
    handle: (call) => findRole(call).revokeSessions(),
  }),
  route<Asked, Permission>({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/may',
    call: 's3.account(account).role(role).may(action, resource, conditions)',
    summary: 'Whether sessions of the role can carry out an action now, and the statement that decides.',
    takesBody: question,
    handle: (call) => decide(call, findRole(call)),
  }),
];

export function findAccount({ mock, path }: Call<unknown>, given = path['account'] ?? 'default'): AccountHandle {
  const found = mock.accounts.find(({ id, name }) => id === given || name === given);
  if (found !== undefined) return found;
  const known = mock.accounts.map(({ name }) => name).join(', ');
  throw new DoorError(404, 'NO_SUCH_ACCOUNT', `there is no account '${given}'. The accounts are: ${known}.`);
}

function findUser(call: Call<unknown>): UserHandle {
  return findAccount(call).user(call.path['user'] ?? '');
}

function findRole(call: Call<unknown>): RoleHandle {
  return findAccount(call).role(call.path['role'] ?? '');
}

/** Throws if the account has no such user or role. The library's call would create it, but a question must not create anything. */
function checkIsThere(call: Call<unknown>, kind: 'user' | 'role'): void {
  const { [`${kind}s` as const]: names, name: account } = findAccount(call).toJSON();
  const asked = call.path[kind] ?? '';
  if (names.some((name) => name === asked || name.endsWith(`/${asked}`))) return;
  const known = names.length === 0 ? `It has no ${kind}s.` : `Its ${kind}s are: ${names.join(', ')}.`;
  throw new DoorError(404, `NO_SUCH_${kind.toUpperCase()}`, `account '${account}' has no ${kind} '${asked}'. ${known}`);
}

function findDevice(call: Call<UserOfAccount>): MfaDeviceHandle {
  const { account, user } = call.body;
  const owner = findAccount(call, account);
  return user === undefined ? owner.mfa : owner.user(user).mfa;
}

function makeCode(device: MfaDeviceHandle): MfaCode {
  const header = device.header();
  return { serial: device.serial, code: header.slice(device.serial.length + 1), header };
}

function identityOf({ name, arn, id }: UserHandle | RoleHandle): Identity {
  return { name, arn, id };
}

function showAccount(account: AccountHandle): ShownAccount {
  const { mfaDevices, ...rest } = account.toJSON();
  return { ...rest, mfaDevices: mfaDevices.map(({ secret: _, ...device }) => device) };
}

function keysOf({ accessKeyId, secretAccessKey }: Keys): Keys {
  return { accessKeyId, secretAccessKey };
}

function writeSession({
  arn,
  credentials: { accessKeyId, secretAccessKey, sessionToken, expiration },
}: SessionHandle): Session {
  const credentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.toISOString() };
  return { arn, credentials };
}

function decide(call: Call<Asked>, caller: AccountHandle | UserHandle | RoleHandle): Permission {
  const { action, resource, conditions } = call.body;
  return caller.may(action as Parameters<UserHandle['may']>[0], resource, conditions); // another action is a TypeError
}
