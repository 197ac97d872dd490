import type { CallStep, WrittenCall } from '../text/calls';
import type { WrittenObject, WrittenValue } from '../text/written-values';
import type { Method } from './route';

export interface RouteCall {
  readonly method: Method;
  readonly path: string;
  /** The members that are sent: in the query of a GET, else in the body. */
  readonly members: WrittenObject;
}

/** A name in parentheses is a member or a part of the path; `...` is an object's members, `entries.error` a member's member, `= value` an assignment. The first row that fits is used. */
export const routedCalls: readonly (readonly [call: string, route: string])[] = [
  ['reset()', 'POST /reset'],
  ['toJSON()', 'GET /state'],
  ['snapshot()', 'POST /snapshot'],
  ['restore(id)', 'POST /restore'],
  ['clock.now()', 'GET /clock'],
  ['clock.set(now)', 'PUT /clock'],
  ['clock.advance(...)', 'POST /clock/advance'],
  ['clock', 'GET /clock'],
  ['requests.of(operation, input, ...)', 'GET /requests'],
  ['requests.clear()', 'DELETE /requests'],
  ['requests.serviceActions', 'GET /service-actions'],
  ['requests', 'GET /requests'],
  ['events.of(name, ...)', 'GET /events'],
  ['events.settled()', 'POST /events/settled'],
  ['events', 'GET /events'],
  ['deliverTo(arn, ...)', 'PUT /deliver/{arn}'],
  ['on(operation, input).fail(fail, ...)', 'POST /rules'],
  ['on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)', 'POST /rules'],
  ['on(operation, input).delay(delay)', 'POST /rules'],
  ['on(operation, input).disconnect(disconnect)', 'POST /rules'],
  ['on(operation, input).corrupt(corrupt)', 'POST /rules'],
  ['on(operation, input).stall(stall)', 'POST /rules'],
  ['on(operation, input).reply(reply, ...)', 'POST /rules'],
  ['on(operation, input)', 'POST /rules'],
  ['fail(fail, ...)', 'POST /rules'],
  ['failEntries(failEntries.entries, failEntries.error, ...)', 'POST /rules'],
  ['delay(delay)', 'POST /rules'],
  ['disconnect(disconnect)', 'POST /rules'],
  ['corrupt(corrupt)', 'POST /rules'],
  ['stall(stall)', 'POST /rules'],
  ['reply(reply, ...)', 'POST /rules'],
  ['unusedRules()', 'GET /unused-rules'],
  ['outage(...)', 'POST /outages'],
  ['lifecycle.plan(...)', 'GET /lifecycle/plan'],
  ['replication.plan(...)', 'GET /replication/plan'],
  ['mfa.header()', 'POST /mfa/code'],
  ['mfa.nextCode()', 'POST /mfa/code'],
  ['account(account).mfa.header()', 'POST /mfa/code'],
  ['account(account).mfa.nextCode()', 'POST /mfa/code'],
  ['account(account).user(user).mfa.nextCode()', 'POST /mfa/code'],
  ['mfa.deactivate()', 'POST /mfa/deactivate'],
  ['account(account).mfa.deactivate()', 'POST /mfa/deactivate'],
  ['account(account).user(user).mfa.deactivate()', 'POST /mfa/deactivate'],
  ['mfa.activate()', 'POST /mfa/activate'],
  ['account(account).mfa.activate()', 'POST /mfa/activate'],
  ['account(account).user(user).mfa.activate()', 'POST /mfa/activate'],
  ['kmsKeys.set(key, state)', 'PUT /kms-keys/{key}'],
  ['iam.refuse(credential)', 'POST /iam/refuse'],
  ['iam.expireTokens()', 'POST /iam/expire-tokens'],
  ['accounts', 'GET /accounts'],
  ['account.credentials', 'GET /accounts'],
  ['createAccount(...)', 'POST /accounts'],
  ['account(account).user(name, ...)', 'POST /accounts/{account}/users'],
  ['account(account).user(user) = value', 'PATCH /accounts/{account}/users/{user}'],
  ['account(account).user(user).session(...)', 'POST /accounts/{account}/users/{user}/sessions'],
  ['account(account).user(user).may(action, resource, conditions)', 'POST /accounts/{account}/users/{user}/may'],
  ['account(account).role(name, ...)', 'POST /accounts/{account}/roles'],
  ['account(account).role(role) = value', 'PATCH /accounts/{account}/roles/{role}'],
  ['account(account).role(role).session(...)', 'POST /accounts/{account}/roles/{role}/sessions'],
  ['account(account).role(role).may(action, resource, conditions)', 'POST /accounts/{account}/roles/{role}/may'],
  ['account(account).role(role).revokeSessions()', 'POST /accounts/{account}/roles/{role}/revoke-sessions'],
  ['account(account).session(...)', 'POST /accounts/{account}/sessions'],
  ['account(account).may(action, resource, conditions)', 'POST /accounts/{account}/may'],
  ['account(account) = value', 'PATCH /accounts/{account}'],
  ['account(account)', 'GET /accounts/{account}'],
  ['actAs(user)', 'POST /act-as'],
  ['buckets', 'GET /buckets'],
  ['createBucket(name, ...)', 'POST /buckets'],
  ['bucket(bucket) = value', 'PATCH /buckets/{bucket}'],
  ['bucket(bucket).usage(...)', 'GET /usage'],
  ['bucket(bucket).versions(key)', 'GET /buckets/{bucket}/versions'],
  ['bucket(bucket).accessPoints', 'GET /buckets/{bucket}/access-points'],
  ['bucket(bucket).keys', 'GET /buckets/{bucket}/keys'],
  ['bucket(bucket)', 'GET /buckets/{bucket}'],
];

interface Pattern {
  readonly names: readonly string[];
  readonly parameters: readonly (readonly string[])[];
  readonly isAssignment: boolean;
  readonly method: RouteCall['method'];
  readonly path: string;
}

let patterns: readonly Pattern[] | undefined;

/** Values that only the caller's program knows are left out. */
export function findRoute({ steps, assigned }: WrittenCall): RouteCall | undefined {
  patterns ??= routedCalls.map(([call, route]) => readPattern(call, route));
  const [first, ...further] = steps;
  if (first?.name === 'on' && further.length > 1) return findRouteOfSteps(first, further);
  // The last step of an assignment is the member that is set.
  const called = assigned === undefined ? steps : steps.slice(0, -1);
  const isAssignment = assigned !== undefined;
  const pattern = patterns.find((one) => one.isAssignment === isAssignment && fits(one, called));
  if (pattern === undefined) return undefined;
  const values = readValues(pattern, called);
  const { name = '' } = steps.at(-1) ?? {};
  return fillRoute(pattern, isAssignment ? { ...values, [name]: assigned.value } : values);
}

function findRouteOfSteps(rule: CallStep, steps: readonly CallStep[]): RouteCall | undefined {
  const whole = findRoute({ steps: [rule] });
  const single = steps.map((step) => findRoute({ steps: [{ name: 'on', given: [] }, step] })?.members);
  if (whole === undefined || single.includes(undefined)) return undefined;
  return { ...whole, members: { ...whole.members, steps: single } };
}

function readPattern(call: string, route: string): Pattern {
  const [method, path] = route.split(' ') as [RouteCall['method'], string]; // each row has both
  const [chain = '', assignment] = call.split(' = ');
  const steps = [...chain.matchAll(/([a-z]\w*)(?:\(([^)]*)\))?/gi)];
  return {
    names: steps.map(([, name = '']) => name),
    parameters: steps.map(([, , list = '']) => list.split(', ').filter((name) => name !== '')),
    isAssignment: assignment !== undefined,
    method,
    path,
  };
}

function fits({ names, parameters }: Pattern, steps: readonly CallStep[]): boolean {
  return (
    names.length === steps.length &&
    steps.every(({ name, given = [] }, index) => {
      const expected = parameters[index] ?? [];
      return name === names[index] && given.length <= expected.length;
    })
  );
}

function readValues({ parameters }: Pattern, steps: readonly CallStep[]): WrittenObject {
  const pairs = steps.flatMap(({ given = [] }, index) =>
    given.map((value, place) => [parameters[index]?.[place] ?? '', value] as const),
  );
  const values: Record<string, WrittenValue> = {};
  for (const [name, value] of pairs) {
    const [outer = '', inner] = name.split('.');
    if (name === '...') Object.assign(values, Object.fromEntries(entriesOf(value)));
    else
      values[outer] = inner === undefined ? value : { ...Object.fromEntries(entriesOf(values[outer])), [inner]: value };
  }
  return values;
}

function entriesOf(value: WrittenValue): [string, WrittenValue][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

const byDefault: WrittenObject = { account: 'default' };

function fillRoute({ method, path }: Pattern, values: WrittenObject): RouteCall {
  const inPath = new Set<string>();
  const filled = path.replace(/\{(\w+)\}/g, (braced, name: string) => {
    inPath.add(name);
    const value = values[name] ?? byDefault[name];
    return value === undefined ? braced : encodeURIComponent(String(value));
  });
  const members = Object.entries(values).filter(([name, value]) => value !== undefined && !inPath.has(name));
  return { method, path: filled, members: Object.fromEntries(members) };
}
