import { isRecord } from './value-kinds';
import { writeKey, writeValue } from './values';

/**
 * The calls of the library that a sentence can name, as a test writes them. A name in parentheses is an argument, `...` an object of options,
 * ` = name` an assignment. The door has a route for each (`door/calls`).
 */
const signatures = [
  's3.reset()',
  's3.toJSON()',
  's3.snapshot()',
  's3.restore(id)',
  's3.clock.now()',
  's3.clock.set(now)',
  's3.clock.advance(...)',
  's3.requests.of(operation, input, ...)',
  's3.requests.at(id)',
  's3.requests.clear()',
  's3.requests.explain(message)',
  's3.requests.serviceActions',
  's3.events.of(name, ...)',
  's3.events.settled()',
  's3.deliverTo(arn, ...)',
  's3.on(operation, input)',
  's3.on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)',
  's3.on(operation, input).reply(reply, ...)',
  'fail(fail, ...)',
  'delay(delay)',
  'disconnect(disconnect)',
  's3.unusedRules()',
  's3.outage(...)',
  's3.lifecycle.plan(...)',
  's3.replication.plan(...)',
  's3.mfa.header()',
  's3.mfa.nextCode()',
  's3.mfa.serial',
  's3.mfa.deactivate()',
  's3.mfa.activate()',
  's3.account(account).mfa.header()',
  's3.account(account).mfa.nextCode()',
  's3.account(account).mfa.serial',
  's3.account(account).user(user).mfa.nextCode()',
  's3.account(account).user(user).mfa.serial',
  's3.kmsKeys.set(key, state)',
  's3.iam.refuse(credential)',
  's3.iam.expireTokens()',
  's3.accounts',
  's3.createAccount(name, ...)',
  's3.account(account)',
  's3.account(account).publicAccessBlock = publicAccessBlock',
  's3.account(account).credentials',
  's3.account(account).session(...)',
  's3.account(account).may(action, resource, conditions)',
  's3.account(account).user(name, ...)',
  's3.account(account).user(user).policy = policy',
  's3.account(account).user(user).session(...)',
  's3.account(account).user(user).may(action, resource, conditions)',
  's3.account(account).role(name, ...)',
  's3.account(account).role(name).arn',
  's3.account(account).role(role).policy = policy',
  's3.account(account).role(role).session(...)',
  's3.account(account).role(role).may(action, resource, conditions)',
  's3.account(account).role(role).revokeSessions()',
  's3.actAs(user)',
  's3.buckets',
  's3.createBucket(name, ...)',
  's3.bucket(bucket)',
  's3.bucket(bucket).versioning = versioning',
  's3.bucket(bucket).usage(...)',
  's3.bucket(bucket).versions(key)',
  's3.bucket(bucket).put(key, body, ...)',
  's3.bucket(bucket).delete(key)',
  's3.bucket(bucket).accessPoints',
  'mockS3(...)',
] as const;

export type CallName = (typeof signatures)[number];

type NamesIn<List> = List extends `${infer First}, ${infer Others}`
  ? First | NamesIn<Others>
  : List extends ''
    ? never
    : List;

type ArgumentNames<Signature> = Signature extends `${string}(${infer List})${infer Rest}`
  ? NamesIn<List> | ArgumentNames<Rest>
  : Signature extends `${string} = ${infer Value}`
    ? Value
    : never;

type Arguments<Name extends CallName> = { readonly [Argument in ArgumentNames<Name> & string]?: unknown };

/** A call in a sentence. A surface writes it in its own way: a test as JavaScript, the door as a request. */
export interface Call {
  readonly name: CallName;
  /** The arguments by their names in the signature; undefined if the sentence only names the call: `s3.clock.advance moves it`. */
  readonly given: Readonly<Record<string, unknown>> | undefined;
}

/** Code of a test, for what no value can express: the name of a function, or another way to write a value, such as `60_000`. */
export class Code {
  constructor(
    readonly text: string,
    readonly value?: unknown,
  ) {}
}

export function call<const Name extends CallName>(name: Name, given: Arguments<Name>): Call {
  return { name, given };
}

export function nameCall(name: CallName): Call {
  return { name, given: undefined };
}

/** The call of an account, a user or a role: the default account is a member of the mock. */
export const defaultAccountName = 'default';

/**
 * Writes the call as a test writes it: `s3.bucket('vault').usage({ prefix: 'a/' })`. Other accounts have no name that all tests share:
 * `mfa.header() of account 'partner'`.
 */
export function writeCall({ name, given }: Call): string {
  const [chain = '', assigned] = name.split(' = ');
  const steps = chain.split(/\.(?!\.|[^(]*\))/);
  const account = given?.['account'];
  const isOther = typeof account === 'string' && account !== defaultAccountName;
  const written = steps.map((step, index) => writeStep(step, given, index === steps.length - 1));
  const code = written.slice(isOther ? 2 : 0).join('.');
  const owner = isOther ? ` of account ${writeKey(account)}` : '';
  const value = assigned === undefined || given === undefined ? '' : ` = ${writeArgument(given[assigned])}`;
  return `${code}${owner}${value}`;
}

function writeStep(step: string, given: Call['given'], isLast: boolean): string {
  const [, member = step, list] = /^(\w+)\((.*)\)$/.exec(step) ?? [];
  if (list === undefined || list === 'account') return member;
  if (given === undefined) return isLast ? member : `${member}(name)`;
  const values = list === '' ? [] : list.split(', ').map((argument) => given[argument]);
  const last = values.findLastIndex((value) => value !== undefined);
  return `${member}(${values
    .slice(0, last + 1)
    .map(writeArgument)
    .join(', ')})`;
}

function writeArgument(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return writeKey(value);
  if (Array.isArray(value)) return `[${value.map(writeArgument).join(', ')}]`;
  if (!isRecord(value)) return writeValue(value);
  const members = Object.entries(value).map(([name, item]) => writeMember(name, item));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function writeMember(name: string, value: unknown): string {
  const written = writeArgument(value);
  const member = /^[A-Za-z_$][\w$]*$/.test(name) ? name : writeKey(name);
  return written === name ? name : `${member}: ${written}`;
}
