import { expect, it } from '@jest/globals';
import { routes } from '../../src/door/index';
import type { MockS3 } from '../../src/index';
import type { AccountHandle, RoleHandle, UserHandle } from '../../src/preset/account-handle';
import type { MfaDeviceHandle } from '../../src/preset/mfa-device-handle';

/** For each member of the library its route at the door, or why it has none: the compiler asks for a new one. */
type RoutesOf<Handle> = { readonly [Name in keyof Handle & string]: string };

const mock: RoutesOf<MockS3> = {
  account: 'GET /accounts/{account}',
  accounts: 'GET /accounts',
  actAs: 'POST /act-as',
  answers: 'none: it is for libraries that capture requests of the same process',
  bucket: 'GET /buckets/{bucket}',
  buckets: 'GET /buckets',
  clock: 'GET /clock',
  createAccount: 'POST /accounts',
  createBucket: 'POST /buckets',
  createMfaDevice: 'none: a further device is known by its handle alone',
  deliverTo: 'PUT /deliver/{arn}',
  explore: 'none: it runs functions of the test',
  fork: 'none: it runs a function of the test',
  events: 'GET /events',
  iam: 'POST /iam/refuse',
  kmsKeys: 'PUT /kms-keys/{key}',
  lifecycle: 'GET /lifecycle/plan',
  listen: 'none: who reaches the door has a port',
  mfa: 'POST /mfa/code',
  on: 'POST /rules',
  outage: 'POST /outages',
  replication: 'GET /replication/plan',
  requests: 'GET /requests',
  reset: 'POST /reset',
  restore: 'POST /restore',
  snapshot: 'POST /snapshot',
  stop: 'none: it closes the port; a signal ends the process',
  toJSON: 'GET /state',
  unusedRules: 'GET /unused-rules',
};

const clock: RoutesOf<MockS3['clock']> = {
  now: 'GET /clock',
  set: 'PUT /clock',
  advance: 'POST /clock/advance',
};

const account: RoutesOf<AccountHandle> = {
  id: 'GET /accounts/{account}',
  name: 'GET /accounts/{account}',
  canonicalId: 'GET /accounts/{account}',
  organizationId: 'GET /accounts/{account}',
  credentials: 'POST /accounts',
  mfa: 'POST /mfa/code',
  publicAccessBlock: 'PATCH /accounts/{account}',
  user: 'POST /accounts/{account}/users',
  role: 'POST /accounts/{account}/roles',
  session: 'POST /accounts/{account}/sessions',
  may: 'POST /accounts/{account}/may',
  toJSON: 'GET /accounts/{account}',
};

const user: RoutesOf<UserHandle> = {
  name: 'GET /accounts/{account}/users/{user}',
  arn: 'GET /accounts/{account}/users/{user}',
  id: 'GET /accounts/{account}/users/{user}',
  credentials: 'POST /accounts/{account}/users',
  mfa: 'POST /mfa/code',
  policy: 'PATCH /accounts/{account}/users/{user}',
  session: 'POST /accounts/{account}/users/{user}/sessions',
  may: 'POST /accounts/{account}/users/{user}/may',
  toJSON: 'GET /accounts/{account}/users/{user}',
};

const role: RoutesOf<RoleHandle> = {
  name: 'GET /accounts/{account}/roles/{role}',
  arn: 'GET /accounts/{account}/roles/{role}',
  id: 'GET /accounts/{account}/roles/{role}',
  policy: 'PATCH /accounts/{account}/roles/{role}',
  trust: 'PATCH /accounts/{account}/roles/{role}',
  revokeSessions: 'POST /accounts/{account}/roles/{role}/revoke-sessions',
  session: 'POST /accounts/{account}/roles/{role}/sessions',
  may: 'POST /accounts/{account}/roles/{role}/may',
  toJSON: 'GET /accounts/{account}/roles/{role}',
};

const device: RoutesOf<MfaDeviceHandle> = {
  serial: 'POST /mfa/code',
  secret: 'GET /accounts/{account}',
  digits: 'GET /accounts/{account}',
  period: 'GET /accounts/{account}',
  active: 'GET /accounts/{account}',
  code: 'none: it may be used already; POST /mfa/code has one that is not',
  nextCode: 'POST /mfa/code',
  header: 'POST /mfa/code',
  wrongCode: 'none: a code with another digit is wrong',
  deactivate: 'POST /mfa/deactivate',
  activate: 'POST /mfa/activate',
  toJSON: 'GET /accounts/{account}',
};

const iam: RoutesOf<MockS3['iam']> = { refuse: 'POST /iam/refuse', expireTokens: 'POST /iam/expire-tokens' };

it('each member of the library has a route of the door, or a reason why not', () => {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const told = [mock, clock, account, user, role, device, iam].flatMap((one) => Object.entries(one));
  expect(told.filter(([, route]) => !known.has(route) && !/^none: ./.test(route))).toEqual([]);
});
