import type { Caller } from '../model/identity/account';
import type { RunningFunction } from '../model/sessions/function-role';
import { SharedMap } from '../model/shared-map';
import { required } from '../shapes/elements';
import { readBy } from '../shapes/given';
import { readGiven, readOptions } from '../shapes/given-reader';
import { boolean } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { readItems } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { readDuration } from '../text/moments';
import { type Said, say } from '../text/reason';
import { findNearestName } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { type Destination, type Ends, readDestination, writeFunctionArn } from './destinations';
import type { LambdaCallback, LambdaContext, QueueSubscription } from './handler-types';

export type Receiver = Listener | QueueSubscription;

export interface Listener {
  readonly handler: AnyHandler;
  /** The role of the function. Without a role, the acting caller sends the handler's requests. */
  readonly role: string | undefined;
  /** The time-out in milliseconds. */
  readonly timeout: number;
  /** Whether the handler gets messages as S3 sends them, and not the events that Lambda makes of them. */
  readonly takesMessages: boolean;
}

/**
 * The default time-out in milliseconds. Lambda's own default of 3 seconds would end handlers that are right on a slow machine. The tests of
 * a runner end before this time-out, and say which handler is running (decision 63).
 */
const TIMEOUT = 60_000;

/** The longest time that Lambda gives a function (F1581). */
const LONGEST = 15 * 60_000;

export interface FunctionRoles {
  readonly whyNotAssumed: (asked: RunningFunction) => Said | undefined;
  readonly begin: (asked: RunningFunction) => Caller;
}

export interface HandledDestination {
  readonly destination: Destination;
  readonly receivers: readonly Receiver[];
}

export class HandlerTable {
  readonly #table = new SharedMap<string, HandledDestination>();
  #fixtures = this.#table.state;

  constructor(private readonly roles: FunctionRoles) {}

  get isEmpty(): boolean {
    return this.#table.size === 0;
  }

  add(call: string, text: unknown, value: unknown): void {
    const destination = readDestination(call, text);
    const receivers = readReceivers(call, destination, value);
    for (const receiver of receivers) {
      if ('queue' in receiver || receiver.role === undefined) continue;
      const why = this.roles.whyNotAssumed(makeRunningFunction(destination, receiver.role));
      if (why !== undefined) throw makeMistake(say`${call}: role of ${writeGiven(destination.text)}: ${why}`);
    }
    this.#table.set(destination.text, { destination, receivers });
  }

  find(destination: string): HandledDestination | undefined {
    return this.#table.get(destination);
  }

  all(): readonly HandledDestination[] {
    return [...this.#table.values()];
  }

  copyFrom(other: HandlerTable): void {
    this.#table.restore(other.#table.state);
    this.saveFixtures();
  }

  saveFixtures(): void {
    this.#fixtures = this.#table.state;
  }

  reset(): void {
    this.#table.restore(this.#fixtures);
  }
}

function readReceivers(call: string, destination: Destination, value: unknown): readonly Receiver[] {
  const receivers: readonly unknown[] =
    destination.kind === 'topic' && Array.isArray(value) ? readItems(value) : [value];
  const read = receivers.map((one) => readReceiver(call, destination, one));
  if (read.length > 0 && read.every((one) => one !== undefined)) return read;
  throw invalidValue(call, `handler of ${writeGiven(destination.text)}`, value, writeExpected(destination, value));
}

function readReceiver(call: string, { kind }: Destination, value: unknown): Receiver | undefined {
  if (isHandler(value)) return { handler: value, role: undefined, timeout: TIMEOUT, takesMessages: false };
  if (!isRecord(value)) return undefined;
  if (hasMessages(kind) && 'forward' in value && !('handler' in value)) return readForwarder(call, value);
  if (namesOption(value)) return readListener(call, value);
  return kind === 'topic' && 'queue' in value ? readSubscription(call, value) : undefined;
}

const options = { role: readBy(readRole), timeout: readBy(readTimeout) };
const optionNames = Object.keys(options);
const forwarder = { forward: required(readBy(readForward)), timeout: options.timeout };
const subscription = { queue: required(readBy(readQueue)), rawMessageDelivery: boolean };

/** Whether it names an option, also a misspelt option: without its role, a test would have the rights of the uploader. */
function namesOption(value: Readonly<Record<string, unknown>>): boolean {
  if (optionNames.some((name) => name in value)) return true;
  const names = Object.keys(value);
  if (!isHandler(value['handler']) || isModule(value)) return false;
  return names.some((name) => /^on[A-Z]/.test(name) || typeof value[name] !== 'function' || isNearOption(name));
}

function isNearOption(name: string): boolean {
  return findNearestName(name, optionNames) !== undefined;
}

function isModule(value: object): boolean {
  return '__esModule' in value || Reflect.get(value, Symbol.toStringTag) === 'Module';
}

function readListener(call: string, value: Readonly<Record<string, unknown>>): Listener | undefined {
  checkOptionNames(call, value, ['handler', ...optionNames]);
  const { handler } = value;
  if (!isHandler(handler)) return undefined;
  const { role, timeout = TIMEOUT } = readGiven(options, value, { at: call, now: 0 });
  return { handler, role, timeout, takesMessages: false };
}

function hasMessages(kind: Destination['kind']): boolean {
  return kind === 'queue' || kind === 'topic';
}

/** The function gets the message alone: its further parameters, if it has any, are not Lambda's. */
function readForwarder(call: string, value: Readonly<Record<string, unknown>>): Listener {
  const { forward, timeout = TIMEOUT } = readOptions(forwarder, value, { at: call, now: 0 });
  return { handler: (message) => forward(message), role: undefined, timeout, takesMessages: true };
}

function readForward(call: string, forward: unknown): (message: unknown) => unknown {
  if (isForward(forward)) return forward;
  throw invalidValue(call, 'forward', forward, 'a function, called with each message as text');
}

function isForward(value: unknown): value is (message: unknown) => unknown {
  return typeof value === 'function';
}

function readRole(call: string, role: unknown): string {
  if (typeof role === 'string' && role !== '') return role;
  const expected = "the ARN of a role, or the name of a role of the default account, such as 'worker'";
  const hint = isRecord(role) && typeof role['arn'] === 'string' ? '. Did you mean its member arn?' : '';
  throw invalidValue(call, 'role', role, `${expected}${hint}`);
}

function readTimeout(call: string, timeout: unknown): number {
  const milliseconds = isRecord(timeout) ? readDuration(timeout, `${call}: timeout`) : 0;
  if (milliseconds > 0 && milliseconds <= LONGEST) return milliseconds;
  throw invalidValue(call, 'timeout', timeout, 'a duration of at most 15 minutes, such as { seconds: 10 }');
}

function readSubscription(call: string, value: Readonly<Record<string, unknown>>): QueueSubscription {
  return readOptions(subscription, value, { at: call, now: 0 });
}

function readQueue(call: string, queue: unknown): string {
  const { kind, text } = readDestination(call, queue);
  if (kind === 'queue') return text;
  throw invalidValue(call, 'queue', queue, "the ARN of a queue, such as 'arn:aws:sqs:us-east-1:000000000000:uploads'");
}

function isHandler(value: unknown): value is AnyHandler {
  return typeof value === 'function';
}

export function makeRunningFunction(destination: Destination, role: string): RunningFunction {
  const { kind, name } = destination;
  return { role, name, arn: kind === 'function' ? writeFunctionArn(destination) : undefined };
}

function writeExpected({ kind }: Destination, value: unknown): string {
  const expected =
    kind === 'topic'
      ? 'a subscribed function, or { handler, role, timeout }, a subscribed queue, such as { queue: QUEUE_ARN }, { forward }, a function called with each message, or a list of subscribers'
      : `a function, called with the event, a context and a callback, or { handler, role, timeout }${kind === 'queue' ? ', or { forward }, a function called with each message' : ''}`;
  // A test that imports the module of a Lambda function often passes the module in place of its member `handler`.
  if (isRecord(value) && typeof value['handler'] === 'function') return `${expected}. Did you mean its member handler?`;
  return expected;
}

/** A handler gets an object, or the text of a message if it takes messages. */
export type AnyHandler = (event: object | string, context: LambdaContext, callback: LambdaCallback) => unknown;

/** A handler that declares the callback ends by it, if it returns no promise. */
export function awaitsCallback({ length }: AnyHandler): boolean {
  return length >= 3;
}

/** The promise, the callback or the context ends it, whichever comes first (F787). Without any it has ended: no event loop of its own could become empty. */
export function invoke(
  handler: AnyHandler,
  event: object | string,
  contextOf: (ends: Ends) => LambdaContext,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown, result?: unknown) => {
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const fail = (error?: unknown) => reject(error ?? 'handled'); // Lambda's word for an error that was not given
    const answer = handler(event, contextOf({ done, fail, succeed: resolve }), done);
    if (isThenable(answer)) answer.then(resolve, reject);
    else if (!awaitsCallback(handler)) resolve(answer);
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
