import { type Call, type CallName, Code, defaultAccountName } from '../text/calls';
import { isRecord } from '../text/value-kinds';
import type { Method } from './route';

export interface RouteCall {
  readonly method: Method;
  readonly path: string;
  /** The members that are sent: in the query of a GET, else in the body. */
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * The request that does the same as a call; undefined if the door has none. An argument of the call is a member of the request, or a part
 * of its path.
 */
export const routesOfCalls: Readonly<Record<CallName, `${Method} ${string}` | undefined>> = {
  's3.reset()': 'POST /reset',
  's3.toJSON()': 'GET /state',
  's3.snapshot()': 'POST /snapshot',
  's3.restore(id)': 'POST /restore',
  's3.clock.now()': 'GET /clock',
  's3.clock.set(now)': 'PUT /clock',
  's3.clock.advance(...)': 'POST /clock/advance',
  's3.requests.of(operation, input, ...)': 'GET /requests',
  's3.requests.at(id)': 'GET /requests/{id}',
  's3.requests.clear()': 'DELETE /requests',
  's3.requests.explain(message)': 'GET /explanation',
  's3.requests.serviceActions': 'GET /service-actions',
  's3.events.of(name, ...)': 'GET /events',
  's3.events.settled()': 'POST /events/settled',
  's3.deliverTo(arn, ...)': 'PUT /deliver/{arn}',
  's3.on(operation, input)': 'POST /rules',
  's3.on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)': 'POST /rules',
  's3.on(operation, input).reply(reply, ...)': 'POST /rules',
  'fail(fail, ...)': 'POST /rules',
  'delay(delay)': 'POST /rules',
  'disconnect(disconnect)': 'POST /rules',
  's3.unusedRules()': 'GET /unused-rules',
  's3.outage(...)': 'POST /outages',
  's3.lifecycle.plan(...)': 'GET /lifecycle/plan',
  's3.replication.plan(...)': 'GET /replication/plan',
  's3.mfa.header()': 'POST /mfa/code',
  's3.mfa.nextCode()': 'POST /mfa/code',
  's3.mfa.serial': undefined,
  's3.mfa.deactivate()': 'POST /mfa/deactivate',
  's3.mfa.activate()': 'POST /mfa/activate',
  's3.account(account).mfa.header()': 'POST /mfa/code',
  's3.account(account).mfa.nextCode()': 'POST /mfa/code',
  's3.account(account).mfa.serial': undefined,
  's3.account(account).user(user).mfa.nextCode()': 'POST /mfa/code',
  's3.account(account).user(user).mfa.serial': undefined,
  's3.kmsKeys.set(key, state)': 'PUT /kms-keys/{key}',
  's3.iam.refuse(credential)': 'POST /iam/refuse',
  's3.iam.expireTokens()': 'POST /iam/expire-tokens',
  's3.accounts': 'GET /accounts',
  's3.createAccount(name, ...)': 'POST /accounts',
  's3.account(account)': 'GET /accounts/{account}',
  's3.account(account).publicAccessBlock = publicAccessBlock': 'PATCH /accounts/{account}',
  's3.account(account).credentials': 'GET /accounts',
  's3.account(account).session(...)': 'POST /accounts/{account}/sessions',
  's3.account(account).may(action, resource, conditions)': 'POST /accounts/{account}/may',
  's3.account(account).user(name, ...)': 'POST /accounts/{account}/users',
  's3.account(account).user(user).policy = policy': 'PATCH /accounts/{account}/users/{user}',
  's3.account(account).user(user).session(...)': 'POST /accounts/{account}/users/{user}/sessions',
  's3.account(account).user(user).may(action, resource, conditions)': 'POST /accounts/{account}/users/{user}/may',
  's3.account(account).role(name, ...)': 'POST /accounts/{account}/roles',
  's3.account(account).role(name).arn': undefined,
  's3.account(account).role(role).policy = policy': 'PATCH /accounts/{account}/roles/{role}',
  's3.account(account).role(role).session(...)': 'POST /accounts/{account}/roles/{role}/sessions',
  's3.account(account).role(role).may(action, resource, conditions)': 'POST /accounts/{account}/roles/{role}/may',
  's3.account(account).role(role).revokeSessions()': 'POST /accounts/{account}/roles/{role}/revoke-sessions',
  's3.actAs(user)': 'POST /act-as',
  's3.buckets': 'GET /buckets',
  's3.createBucket(name, ...)': 'POST /buckets',
  's3.bucket(bucket)': 'GET /buckets/{bucket}',
  's3.bucket(bucket).versioning = versioning': 'PATCH /buckets/{bucket}',
  's3.bucket(bucket).usage(...)': 'GET /usage',
  's3.bucket(bucket).versions(key)': 'GET /buckets/{bucket}/versions',
  's3.bucket(bucket).put(key, body, ...)': 'POST /buckets/{bucket}/put',
  's3.bucket(bucket).delete(key)': 'POST /buckets/{bucket}/delete',
  's3.bucket(bucket).accessPoints': 'GET /buckets/{bucket}/access-points',
  // An option of the mock is no request of the door; the surface names it in its own words.
  'mockS3(...)': undefined,
};

export function findRoute({ name, given = {} }: Call): RouteCall | undefined {
  const [method, path = ''] = (routesOfCalls[name]?.split(' ') ?? []) as [Method?, string?]; // each row has both
  return method === undefined ? undefined : fillRoute({ method, path, members: readMembers(given) });
}

/** Returns the members that JSON can express. Functions and other values of the caller's program are left out. */
function readMembers(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const [outer = '', inner] = name.split('.');
    const known = readKnown(value);
    if (name === '...') Object.assign(members, known);
    else if (inner === undefined) members[outer] = known;
    else members[outer] = { ...Object(members[outer]), [inner]: known };
  }
  return members;
}

function readKnown(value: unknown): unknown {
  if (value instanceof Code) return value.value;
  if (Array.isArray(value)) return value.map(readKnown);
  if (!isRecord(value)) return value;
  const known = Object.entries(value).map(([name, item]) => [name, readKnown(item)] as const);
  return Object.fromEntries(known.filter(([, item]) => item !== undefined));
}

function fillRoute({ method, path, members }: RouteCall): RouteCall {
  const values: Readonly<Record<string, unknown>> = { account: defaultAccountName, ...members };
  const inPath = new Set<string>();
  const filled = path.replace(/\{(\w+)\}/g, (braced, name: string) => {
    inPath.add(name);
    return values[name] === undefined ? braced : encodeURIComponent(String(values[name]));
  });
  const left = Object.entries(members).filter(([name, value]) => value !== undefined && !inPath.has(name));
  return { method, path: filled, members: Object.fromEntries(left) };
}
