import type { Ids } from '../model/ids';
import type { Destination } from './destinations/destination';
import { BATCH, failedMessages, newReceipt, type QueueMessage, queueEvent, RECEIVES } from './destinations/queue';
import type { AnyHandler } from './invocation';
import { type Parcel, type ParcelParts, parcelsOf, type Waiting } from './parcels';

/** One call of one handler. */
export interface Job {
  readonly destination: Destination;
  readonly handler: AnyHandler;
  /** The events that it is about. */
  readonly waiting: readonly Waiting[];
  /** Makes the event that the handler gets. A handler may change it, so each call has its own. */
  readonly eventOf: () => object;
  /** The job that follows from the answer of the handler. Throws if the answer says that the handler failed. */
  readonly nextOf: (answer: unknown) => Job | undefined;
}

/** A message with the event that it is about. */
type QueuedMessage = QueueMessage & { readonly waiting: Waiting };

/** The calls of handlers that events lead to: what one cause sent to a queue comes in batches, each other event by itself. */
export function jobsOf(all: readonly Waiting[], parts: ParcelParts): readonly Job[] {
  const groups: Parcel[][] = [];
  const batches = new Map<string, Parcel[]>();
  for (const parcel of all.flatMap((waiting) => parcelsOf(waiting, parts))) {
    const key = `${parcel.waiting.cause} ${parcel.destination.text}`;
    const batch = 'message' in parcel.content ? batches.get(key) : undefined;
    if (batch !== undefined && batch.length < BATCH) {
      batch.push(parcel);
      continue;
    }
    const group = [parcel];
    groups.push(group);
    if ('message' in parcel.content) batches.set(key, group);
  }
  return groups.flatMap((group) => jobOf(group, parts.ids) ?? []);
}

function jobOf(group: readonly Parcel[], ids: Ids): Job | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { destination, handler, waiting, content } = first;
  if ('eventOf' in content)
    return { destination, handler, waiting: [waiting], eventOf: content.eventOf, nextOf: () => undefined };
  const messages = group.flatMap((parcel) =>
    'message' in parcel.content ? [{ ...parcel.content.message, waiting: parcel.waiting }] : [],
  );
  return queueJob(destination, handler, messages, ids);
}

function queueJob(destination: Destination, handler: AnyHandler, messages: readonly QueuedMessage[], ids: Ids): Job {
  return {
    destination,
    handler,
    waiting: messages.map(({ waiting }) => waiting),
    eventOf: () => queueEvent(destination, messages),
    nextOf(answer) {
      const failed = failedMessages(messages, answer);
      if (failed.length === 0) return undefined;
      checkReceives(failed);
      const again = failed.map((message) => ({ ...message, receives: message.receives + 1, receipt: newReceipt(ids) }));
      return queueJob(destination, handler, again, ids);
    },
  };
}

/** All messages of a batch were received equally often: a batch that comes again is the failed part of one. */
function checkReceives([first]: readonly QueueMessage[]): void {
  if (first === undefined || first.receives < RECEIVES) return;
  throw new Error(
    `it returned the message ${first.id} in batchItemFailures ${RECEIVES} times; a real queue would move it to its dead-letter queue`,
  );
}
