import type { Ids } from '../model/ids';
import type { Delivery, Root } from './chain';
import type { Destination } from './destinations/destination';
import { targetOf } from './destinations/event-bridge';
import { newReceipt, type QueueMessage } from './destinations/queue';
import { newSignature, type TopicMessage, topicBody, topicEvent } from './destinations/topic';
import { copyOf, type EventEntry } from './entry';
import type { HandlerTable, Listening, Receiver } from './handler-table';
import type { AnyHandler } from './invocation';

/** An event that waits to be delivered. */
export interface Waiting {
  readonly entry: EventEntry;
  /** The number of its cause: what one cause sends to a queue comes together. */
  readonly cause: number;
  /** The delivery whose handler made the request; undefined if the test did. */
  readonly from: Delivery | undefined;
  /** The test that made the request, if its runner knows it. */
  readonly test: object | undefined;
  /** The request that all began with. */
  readonly root: Root;
  /** The `X-Amzn-Trace-Id` of the causing request, if it had one. */
  readonly trace: string | undefined;
}

/** An event for one handler: a message that may wait in a queue with others, or a whole event. */
export interface Parcel {
  readonly destination: Destination;
  readonly handler: AnyHandler;
  readonly waiting: Waiting;
  readonly content: { readonly message: QueueMessage } | { readonly eventOf: () => object };
}

/** The parts of the mock that parcels are made with. */
export interface ParcelParts {
  readonly handlers: HandlerTable;
  readonly ids: Ids;
}

/** The parcels of an event: one for each handler of its destination. */
export function parcelsOf(waiting: Waiting, parts: ParcelParts): readonly Parcel[] {
  const listening = parts.handlers.find(waiting.entry.destination);
  if (listening === undefined) return [];
  const { kind } = listening.destination;
  if (kind === 'topic') return parcelsOfTopic(listening, waiting, parts);
  if (kind === 'queue')
    return toQueue(
      listening,
      waiting,
      { body: JSON.stringify(waiting.entry.document), trace: waiting.trace },
      parts.ids,
    );
  return listening.receivers.flatMap((receiver) => toFunction(listening.destination, receiver, waiting));
}

function toFunction(destination: Destination, handler: Receiver, waiting: Waiting): readonly Parcel[] {
  if (typeof handler !== 'function') return [];
  const { document } = waiting.entry;
  const target = 'detail' in document ? targetOf(destination, document) : destination;
  return [{ destination: target, handler, waiting, content: { eventOf: () => copyOf(document) } }];
}

function toQueue(
  { destination, receivers }: Listening,
  waiting: Waiting,
  sent: Pick<QueueMessage, 'body' | 'trace'>,
  ids: Ids,
): readonly Parcel[] {
  return receivers.flatMap((handler) => {
    if (typeof handler !== 'function') return [];
    const time = waiting.entry.time.getTime();
    const message = { ...sent, id: ids.uuid('delivery'), sent: time, receives: 1, receipt: newReceipt(ids) };
    return [{ destination, handler, waiting, content: { message } }];
  });
}

function parcelsOfTopic(
  { destination, receivers }: Listening,
  waiting: Waiting,
  parts: ParcelParts,
): readonly Parcel[] {
  const { ids } = parts;
  const published = {
    id: ids.uuid('delivery'),
    body: JSON.stringify(waiting.entry.document),
    sent: waiting.entry.time.getTime(),
    signature: newSignature(ids),
  };
  return receivers.flatMap((receiver, index) => {
    // A subscription has one ARN for all its messages.
    const subscription = ids.uuidOf(`subscription ${index} of ${destination.text}`);
    return toSubscriber(destination, receiver, { ...published, subscription }, waiting, parts);
  });
}

function toSubscriber(
  destination: Destination,
  receiver: Receiver,
  message: TopicMessage,
  waiting: Waiting,
  { handlers, ids }: ParcelParts,
): readonly Parcel[] {
  if (typeof receiver === 'function')
    return [{ destination, handler: receiver, waiting, content: { eventOf: () => topicEvent(destination, message) } }];
  const queue = handlers.find(receiver.queue);
  const body = receiver.rawMessageDelivery === true ? message.body : topicBody(destination, message);
  return queue === undefined ? [] : toQueue(queue, waiting, { body, trace: undefined }, ids);
}
