import type { AccessConditions } from '../../preset/access-conditions';
import type { AccountFixture, RoleFixture, UserFixture } from '../../preset/account-fixture';
import type { AccountHandle, RoleHandle, UserHandle } from '../../preset/account-handle';
import type { RoleSessionOptions, SessionHandle, SessionOptions } from '../../preset/callers';
import type { MfaDeviceHandle } from '../../preset/mfa-device-handle';
import type { Permission } from '../../preset/permission';
import type { PolicyLiteral, TrustPolicyLiteral } from '../../preset/policy';
import { DoorError } from '../door-error';
import { withSecrets } from '../plain';
import { type DoorCall, type Route, route } from '../route';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: string;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly canonicalId: string;
}

/** An account, with its keys if the mock made them. */
interface NewAccount extends AccountRow {
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

/** A user of an account; without one, the root user. */
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
  /** `vault`, `vault/report.pdf`, or an ARN. */
  readonly resource: string;
  readonly conditions?: AccessConditions;
}

type Call<Body> = DoorCall<Body>;

export const accountRoutes: readonly Route[] = [
  route<undefined, { readonly accounts: readonly AccountRow[] }>({
    method: 'GET',
    path: '/accounts',
    call: 's3.accounts',
    summary: 'All accounts, the default one first.',
    handle: ({ mock }) => ({ accounts: mock.accounts.map(rowOf) }),
  }),
  route<AccountFixture, NewAccount>({
    method: 'POST',
    path: '/accounts',
    call: 's3.createAccount',
    summary: 'Creates an account, with users and roles. Its keys are answered if the mock made them.',
    takesBody: true,
    status: 201,
    handle: ({ mock, body }) => {
      const made = mock.createAccount(body);
      return withSecrets({
        ...rowOf(made),
        ...(body.credentials === undefined && { credentials: keysOf(made.credentials) }),
      });
    },
  }),
  route<UserOfAccount, MfaCode>({
    method: 'POST',
    path: '/mfa/code',
    call: 's3.mfa.header',
    summary: "A new code of an MFA device: the root user's, or another user's.",
    takesBody: true,
    handle: (call) => {
      call.checkNames(['account', 'user']);
      return codeOf(deviceOf(call));
    },
  }),
  route<ActingCaller>({
    method: 'POST',
    path: '/act-as',
    call: 's3.actAs',
    summary: 'Makes a user, a session of a role or a root user the caller of requests with unknown keys.',
    takesBody: true,
    handle: (call) => {
      call.checkNames(['account', 'user', 'role']);
      const { user, role } = call.body;
      if (user !== undefined && role !== undefined) throw new TypeError(`${call.name}: give a user or a role.`);
      const account = accountOf(call, call.body.account);
      if (role !== undefined) call.mock.actAs(account.role(role).session());
      else call.mock.actAs(user === undefined ? account : account.user(user));
    },
  }),
  route<SessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/sessions',
    call: 's3.account.session',
    summary: 'Begins a session of the root user, as GetSessionToken does.',
    takesBody: true,
    status: 201,
    handle: (call) => sessionOf(accountOf(call).session(call.body)),
  }),
  route<UserFixture & { readonly name: string }, NewUser>({
    method: 'POST',
    path: '/accounts/{account}/users',
    call: 's3.account.user',
    summary: 'Creates a user, and answers its keys.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      const { name, ...fixture } = call.body;
      const made = accountOf(call).user(name, fixture);
      return withSecrets({ ...identityOf(made), credentials: keysOf(made.credentials) });
    },
  }),
  route<{ readonly policy: PolicyLiteral | null }, Identity>({
    method: 'PATCH',
    path: '/accounts/{account}/users/{user}',
    call: 's3.account.user(name).policy',
    summary: "Sets the user's inline policy; null removes it.",
    takesBody: true,
    handle: (call) => {
      call.checkNames(['policy']);
      const user = userOf(call);
      if ('policy' in call.body) user.policy = call.body.policy ?? undefined;
      return identityOf(user);
    },
  }),
  route<SessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/users/{user}/sessions',
    call: 's3.account.user(name).session',
    summary: 'Begins a session of the user, as GetSessionToken does.',
    takesBody: true,
    status: 201,
    handle: (call) => sessionOf(userOf(call).session(call.body)),
  }),
  route<Asked, Permission>({
    method: 'POST',
    path: '/accounts/{account}/users/{user}/may',
    call: 's3.account.user(name).may',
    summary: 'Whether the user may carry out an action now, and the statement that decides.',
    takesBody: true,
    handle: (call) => mayOf(call, userOf(call)),
  }),
  route<RoleFixture & { readonly name: string }, Identity>({
    method: 'POST',
    path: '/accounts/{account}/roles',
    call: 's3.account.role',
    summary: 'Creates a role.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      const { name, ...fixture } = call.body;
      return identityOf(accountOf(call).role(name, fixture));
    },
  }),
  route<{ readonly policy?: PolicyLiteral | null; readonly trust?: TrustPolicyLiteral | null }, Identity>({
    method: 'PATCH',
    path: '/accounts/{account}/roles/{role}',
    call: 's3.account.role(name).policy',
    summary: "Sets the role's inline policy or its trust policy; null removes it.",
    takesBody: true,
    handle: (call) => {
      call.checkNames(['policy', 'trust']);
      const role = roleOf(call);
      if ('policy' in call.body) role.policy = call.body.policy ?? undefined;
      if ('trust' in call.body) role.trust = call.body.trust ?? undefined;
      return identityOf(role);
    },
  }),
  route<RoleSessionOptions, Session>({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/sessions',
    call: 's3.account.role(name).session',
    summary: 'Begins a session of the role, past its trust policy.',
    takesBody: true,
    status: 201,
    handle: (call) => sessionOf(roleOf(call).session(call.body)),
  }),
  route({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/revoke-sessions',
    call: 's3.account.role(name).revokeSessions',
    summary: 'Revokes all sessions of the role that began so far.',
    handle: (call) => roleOf(call).revokeSessions(),
  }),
  route<Asked, Permission>({
    method: 'POST',
    path: '/accounts/{account}/roles/{role}/may',
    call: 's3.account.role(name).may',
    summary: 'Whether sessions of the role may carry out an action now, and the statement that decides.',
    takesBody: true,
    handle: (call) => mayOf(call, roleOf(call)),
  }),
];

function accountOf({ mock, path }: Call<unknown>, given = path['account'] ?? 'default'): AccountHandle {
  const found = mock.accounts.find(({ id, name }) => id === given || name === given);
  if (found !== undefined) return found;
  const known = mock.accounts.map(({ name }) => name).join(', ');
  throw new DoorError(404, 'NO_SUCH_ACCOUNT', `there is no account '${given}'. The accounts are: ${known}.`);
}

function userOf(call: Call<unknown>): UserHandle {
  return accountOf(call).user(call.path['user'] ?? '');
}

function roleOf(call: Call<unknown>): RoleHandle {
  return accountOf(call).role(call.path['role'] ?? '');
}

function deviceOf(call: Call<UserOfAccount>): MfaDeviceHandle {
  const { account, user } = call.body;
  const owner = accountOf(call, account);
  return user === undefined ? owner.mfa : owner.user(user).mfa;
}

function codeOf(device: MfaDeviceHandle): MfaCode {
  const header = device.header();
  return { serial: device.serial, code: header.slice(device.serial.length + 1), header };
}

function rowOf({ id, name, canonicalId }: AccountHandle): AccountRow {
  return { id, name, canonicalId };
}

function identityOf({ name, arn, id }: UserHandle | RoleHandle): Identity {
  return { name, arn, id };
}

function keysOf({ accessKeyId, secretAccessKey }: Keys): Keys {
  return { accessKeyId, secretAccessKey };
}

function sessionOf({
  arn,
  credentials: { accessKeyId, secretAccessKey, sessionToken, expiration },
}: SessionHandle): Session {
  const credentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.toISOString() };
  return withSecrets({ arn, credentials });
}

function mayOf(call: Call<Asked>, caller: UserHandle | RoleHandle): Permission {
  call.checkNames(['action', 'resource', 'conditions']);
  const { action, resource, conditions } = call.body;
  return caller.may(action as Parameters<UserHandle['may']>[0], resource, conditions); // another action is a TypeError
}
