import type { OutageOptions } from '../../service/failures/outage';
import type { AnyRule, FailureRule, UnusedRule } from '../../service/failures/rules';
import { invalidValue } from '../../text/invalid-value';
import { writeAlternatives } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { isRecord } from '../../text/value-kinds';
import { DoorError } from '../door-error';
import type { MadeBy } from '../door-state';
import { type DoorCall, type Route, route } from '../route';

/** A step of a rule: one of the first seven members, and the options of that step. */
interface StepBody {
  /** The code of an error, or `{ code, status, message }`. */
  readonly fail?: string | { readonly code: string; readonly status?: number; readonly message?: string };
  /** The entries of DeleteObjects that fail, and their error. */
  readonly failEntries?: { readonly entries: object | readonly object[]; readonly error: string | object };
  /** The wait in real time before the request is applied. */
  readonly delay?: { readonly milliseconds: number };
  /** When the connection is lost; with `during`, `after` is the number of bytes of the body that are sent. */
  readonly disconnect?: { readonly when: 'before' | 'during' | 'after'; readonly after?: number };
  readonly corrupt?: { readonly how: 'truncate' | 'alter' };
  /** The bytes of the body that are sent before the answer stalls; `{}` for the head alone. */
  readonly stall?: { readonly after?: number };
  /** The answer in place of S3's answer. */
  readonly reply?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** How many requests it affects. Default: all. */
  readonly times?: number;
  /** The probability of a failure, above 0 and up to 1. Default 1. */
  readonly probability?: number;
  /** The seconds in the Retry-After header of an error. */
  readonly retryAfter?: number;
  /** 200 puts the error into an answer with status 200. */
  readonly status?: 200;
}

/** A rule: its operation, the members of the input that it is for, and a step, or several as `steps`. */
interface RuleBody extends StepBody {
  /** The operation, `*` for all, or ReplicateObject for S3's copies. */
  readonly operation: string;
  /** The members that the input has to contain. */
  readonly input?: object;
  /** Steps one after another, each for its `times`. */
  readonly steps?: readonly StepBody[];
}

/** A rule or an outage, and what it met. */
interface RuleState {
  readonly id: string;
  /** The rule as a test would write it: `on('PutObject').fail('SlowDown')`. */
  readonly text: string;
  /** The operation; `*` for all, and for an outage. */
  readonly operation: string;
  /** The members of the input that it is for; for an outage, its options. */
  readonly input?: unknown;
  /** Whether it still affects what comes. */
  readonly isInForce: boolean;
  /** How many requests, or attempts to copy, it has affected. */
  readonly used: number;
  /** The numbers of those requests, for GET /requests/{id}. */
  readonly requests: readonly number[];
  /** The call of the door that made it, to make it again; left out if the process made it. */
  readonly made?: MadeBy | undefined;
}

type Kind = (typeof kinds)[number];

const kinds = ['fail', 'failEntries', 'delay', 'disconnect', 'corrupt', 'stall', 'reply'] as const;
const limits: readonly string[] = ['times', 'probability', 'retryAfter', 'status'];

export const ruleRoutes: readonly Route[] = [
  route<undefined, { readonly rules: readonly RuleState[] }>({
    method: 'GET',
    path: '/rules',
    summary: 'All rules and outages, the oldest first, with what each met.',
    handle: (call) => ({ rules: call.rules().map((rule) => describe(call, rule)) }),
  }),
  route<RuleBody, RuleState>({
    method: 'POST',
    path: '/rules',
    call: 's3.on(operation, input)',
    summary:
      'Makes requests of an operation fail, wait or break: all of them, or those whose input contains the given members.',
    takesBody: true,
    status: 201,
    handle: makeRule,
  }),
  route<OutageOptions, RuleState>({
    method: 'POST',
    path: '/outages',
    call: 's3.outage(...)',
    summary: 'Makes a region, a bucket, an account, a service or everything fail. It is one of the rules.',
    takesBody: true,
    status: 201,
    handle: (call) => {
      call.mock.outage(call.body);
      return noteLatest(call, '/outages');
    },
  }),
  route({
    method: 'DELETE',
    path: '/rules/{id}',
    summary: 'Removes a rule, or ends an outage.',
    handle: (call) => {
      const rule = call.rules().find((one) => call.state.identify(one) === call.path['id']);
      if (rule === undefined) throw new DoorError(404, 'NO_SUCH_RULE', `there is no rule ${call.path['id']}.`);
      rule.remove();
    },
  }),
  route<undefined, { readonly unusedRules: readonly UnusedRule[] }>({
    method: 'GET',
    path: '/unused-rules',
    call: 's3.unusedRules()',
    summary: 'The rules and outages that no request has met.',
    handle: ({ mock }) => ({ unusedRules: mock.unusedRules() }),
  }),
];

function describe({ state }: DoorCall<unknown>, rule: AnyRule): RuleState {
  const { text, operation, input, isInForce, used } = rule;
  const requests = 'requestIds' in rule ? rule.requestIds : [];
  return { id: state.identify(rule), text, operation, input, isInForce, used, requests, made: state.made.get(rule) };
}

function noteLatest(call: DoorCall<object>, path: string): RuleState {
  const rule = call.rules().at(-1);
  if (rule === undefined) throw new Error('a rule that was made is among the rules');
  call.state.made.set(rule, { path, body: call.body });
  return describe(call, rule);
}

function makeRule(call: DoorCall<RuleBody>): RuleState {
  const { name, mock, body } = call;
  call.checkNames(['operation', 'input', 'steps', ...kinds, ...limits]);
  const { operation, input, steps: given, ...step } = body;
  const steps = given ?? [step];
  if (!Array.isArray(steps)) throw invalidValue(name, 'steps', steps, 'a list of steps');
  const begun = steps.map((one: StepBody) => ({ begin: begins[readKind(name, one)], step: one }));
  const rule = mock.on(operation as '*', input); // another name is an operation's, or a TypeError
  try {
    for (const { begin, step: one } of begun) begin(rule, one, optionsOf(one));
  } catch (error) {
    rule.remove();
    throw error;
  }
  return noteLatest(call, '/rules');
}

function readKind(name: string, step: StepBody): Kind {
  if (!isRecord(step)) throw invalidValue(name, 'step', step, 'an object, such as { fail: "SlowDown", times: 2 }');
  checkOptionNames(name, step, [...kinds, ...limits]);
  const [kind, ...others] = kinds.filter((one) => Object.hasOwn(step, one));
  if (kind !== undefined && others.length === 0) return kind;
  throw makeMistake(`${name}: a step has one of ${writeAlternatives([...kinds])}. Give several as { steps: [...] }.`);
}

function optionsOf(step: StepBody): Options {
  return Object.fromEntries(Object.entries(step).filter(([name]) => limits.includes(name)));
}

type Options = Pick<StepBody, 'times' | 'probability' | 'retryAfter' | 'status'>;
type Begin = (rule: FailureRule<never>, step: StepBody, options: Options) => unknown;

const begins: Readonly<Record<Kind, Begin>> = {
  fail: (rule, { fail }, options) => rule.fail(fail as never, options),
  failEntries: (rule, { failEntries }, options) => {
    checkOptionNames('failEntries', failEntries ?? {}, ['entries', 'error']);
    return rule.failEntries(failEntries?.entries as never, failEntries?.error as never, options);
  },
  delay: (rule, { delay }, options) => rule.delay(merged(delay, options)),
  disconnect: (rule, { disconnect }, options) => rule.disconnect(merged(disconnect, options)),
  corrupt: (rule, { corrupt }, options) => rule.corrupt(merged(corrupt, options)),
  stall: (rule, { stall }, options) => rule.stall(merged(stall, options)),
  reply: (rule, { reply }, options) => rule.reply(reply as never, options),
};

function merged<Value>(value: Value | undefined, options: Options): Value & Options {
  return (isRecord(value) ? { ...value, ...options } : value) as Value & Options;
}
