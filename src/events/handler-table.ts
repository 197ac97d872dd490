import { invalidValue } from '../text/invalid-value';
import { itemsOf } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { type Destination, readDestination } from './destinations/destination';
import type { QueueSubscription } from './handler-types';
import type { AnyHandler } from './invocation';

/** Whoever gets the events of a destination: a handler, or a queue that is subscribed to the topic. */
export type Receiver = AnyHandler | QueueSubscription;

/** A destination with those who get its events. */
export interface Listening {
  readonly destination: Destination;
  readonly receivers: readonly Receiver[];
}

/** The handlers by their destinations: those of the options, and those that tests add. */
export class HandlerTable {
  #table: ReadonlyMap<string, Listening> = new Map();
  #fixtures = this.#table;

  get isEmpty(): boolean {
    return this.#table.size === 0;
  }

  /** Adds the handler of a destination, in place of its present one. */
  add(call: string, text: unknown, given: unknown): void {
    const destination = readDestination(call, text);
    const receivers = readReceivers(call, destination, given);
    this.#table = new Map([...this.#table, [destination.text, { destination, receivers }]]);
  }

  find(destination: string): Listening | undefined {
    return this.#table.get(destination);
  }

  all(): readonly Listening[] {
    return [...this.#table.values()];
  }

  /** Makes reset() return to the present handlers. */
  saveFixtures(): void {
    this.#fixtures = this.#table;
  }

  /** Removes the handlers that were added since saveFixtures(). */
  reset(): void {
    this.#table = this.#fixtures;
  }
}

function readReceivers(call: string, destination: Destination, given: unknown): readonly Receiver[] {
  const receivers: readonly unknown[] = destination.kind === 'topic' && Array.isArray(given) ? itemsOf(given) : [given];
  if (receivers.length > 0 && receivers.every((one) => isReceiver(call, destination, one))) return receivers;
  throw invalidValue(call, `handler of ${writeGiven(destination.text)}`, given, expectedFor(destination, given));
}

function isReceiver(call: string, { kind }: Destination, given: unknown): given is Receiver {
  if (typeof given === 'function') return true;
  if (kind !== 'topic' || !isRecord(given) || !('queue' in given)) return false;
  checkOptionNames(call, given, ['queue', 'rawMessageDelivery']);
  const { queue, rawMessageDelivery } = given;
  if (readDestination(call, queue).kind !== 'queue')
    throw invalidValue(
      call,
      'queue',
      queue,
      "the ARN of a queue, such as 'arn:aws:sqs:us-east-1:000000000000:uploads'",
    );
  if (rawMessageDelivery === undefined || typeof rawMessageDelivery === 'boolean') return true;
  throw invalidValue(call, 'rawMessageDelivery', rawMessageDelivery, 'true or false, or undefined');
}

function expectedFor({ kind }: Destination, given: unknown): string {
  const expected =
    kind === 'topic'
      ? 'a function that is subscribed, a queue that is, such as { queue: QUEUE_ARN }, or a list of those'
      : 'a function, called with the event, a context and a callback';
  // Whoever imports a module of a Lambda function has its handler as a member.
  if (isRecord(given) && typeof given['handler'] === 'function') return `${expected}. Did you mean its member handler?`;
  return expected;
}
