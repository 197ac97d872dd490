import type { S3EventBridgeEvent } from '../model/events/documents';
import type { Ids } from '../model/ids';
import type { ChainStart, Delivery } from './delivery';
import {
  BATCH,
  type Destination,
  makeQueueEvent,
  makeReceipt,
  makeSignature,
  makeTopicEvent,
  noteOnAnswer,
  noteOnBatchAnswer,
  type QueueMessage,
  RECEIVES,
  readFailedMessages,
  type TopicMessage,
  writeTopicBody,
} from './destinations';
import { copyDocument, type EventEntry } from './entry';
import type { HandledDestination, HandlerTable, Listener, Receiver } from './handler-table';

export interface Job {
  readonly destination: Destination;
  readonly listener: Listener;
  readonly waiting: readonly WaitingEvent[];
  /** Makes the event for a handler: a new object at each call, since a handler can change its event. A message that is passed on is a text. */
  readonly makeEvent: () => object | string;
  /** Throws if the answer says that the handler failed. */
  readonly makeNext: (answer: unknown) => Job | undefined;
  readonly noteOn: (answer: unknown) => string | undefined;
}

type QueuedMessage = QueueMessage & { readonly waiting: WaitingEvent };

/** Makes the jobs of events. The messages that one cause sent to a queue come in batches, and each other event comes alone. */
export function makeJobs(all: readonly WaitingEvent[], parts: ParcelParts): readonly Job[] {
  const groups: Parcel[][] = [];
  const batches = new Map<string, Parcel[]>();
  for (const parcel of all.flatMap((waiting) => makeParcels(waiting, parts))) {
    const key = `${parcel.waiting.cause} ${parcel.destination.text}`;
    const batch = 'message' in parcel ? batches.get(key) : undefined;
    if (batch !== undefined && batch.length < BATCH) {
      batch.push(parcel);
      continue;
    }
    const group = [parcel];
    groups.push(group);
    if ('message' in parcel) batches.set(key, group);
  }
  return groups.flatMap((group) => makeJob(group, parts.ids) ?? []);
}

function makeJob(group: readonly Parcel[], ids: Ids): Job | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { destination, listener, waiting } = first;
  if ('makeEvent' in first) {
    const { makeEvent } = first;
    return { destination, listener, waiting: [waiting], makeEvent, makeNext: () => undefined, noteOn: noteOnAnswer };
  }
  const messages = group.flatMap((parcel) =>
    'message' in parcel ? [{ ...parcel.message, waiting: parcel.waiting }] : [],
  );
  return makeQueueJob(destination, listener, messages, ids);
}

function makeQueueJob(destination: Destination, listener: Listener, messages: readonly QueuedMessage[], ids: Ids): Job {
  return {
    destination,
    listener,
    waiting: messages.map(({ waiting }) => waiting),
    makeEvent: () => makeQueueEvent(destination, messages),
    noteOn: noteOnBatchAnswer,
    makeNext(answer) {
      const failed = readFailedMessages(messages, answer);
      if (failed.length === 0) return undefined;
      checkReceives(failed);
      const again = failed.map((message) => ({
        ...message,
        receives: message.receives + 1,
        receipt: makeReceipt(ids, destination),
      }));
      return makeQueueJob(destination, listener, again, ids);
    },
  };
}

/** Throws if a message has come too often. A batch that comes again is the failed part of an earlier batch. */
function checkReceives([first]: readonly QueueMessage[]): void {
  if (first === undefined || first.receives < RECEIVES) return;
  throw new Error(
    `it returned the message ${first.id} in batchItemFailures ${RECEIVES} times; a real queue would move it to its dead-letter queue`,
  );
}

export interface WaitingEvent {
  readonly entry: EventEntry;
  readonly cause: number;
  readonly from: Delivery | undefined;
  readonly test: object | undefined;
  readonly root: ChainStart;
  readonly trace: string | undefined;
}

type Parcel = Pick<Job, 'destination' | 'listener'> & { readonly waiting: WaitingEvent } & (
    | { readonly message: QueueMessage }
    | Pick<Job, 'makeEvent'>
  );

interface ParcelParts {
  readonly handlers: HandlerTable;
  readonly ids: Ids;
}

function makeParcels(waiting: WaitingEvent, parts: ParcelParts): readonly Parcel[] {
  const listening = parts.handlers.find(waiting.entry.destination);
  if (listening === undefined) return [];
  const { kind } = listening.destination;
  if (kind === 'topic') return toTopic(listening, waiting, parts);
  const body = () => JSON.stringify(waiting.entry.document);
  if (kind === 'queue') return toQueue(listening, waiting, { body: body(), trace: waiting.trace }, parts.ids);
  return listening.receivers.flatMap((receiver) => toFunction(listening.destination, receiver, waiting));
}

function toFunction(destination: Destination, listener: Receiver, waiting: WaitingEvent): readonly Parcel[] {
  if ('queue' in listener) return [];
  const { document } = waiting.entry;
  const target = 'detail' in document ? makeTarget(destination, document) : destination;
  return [{ destination: target, listener, waiting, makeEvent: () => copyDocument(document) }];
}

function toQueue(
  { destination, receivers }: HandledDestination,
  waiting: WaitingEvent,
  sent: Pick<QueueMessage, 'body' | 'trace'>,
  ids: Ids,
): readonly Parcel[] {
  return receivers.flatMap((listener): readonly Parcel[] => {
    if ('queue' in listener) return [];
    if (listener.takesMessages) return [{ destination, listener, waiting, makeEvent: () => sent.body }];
    const time = waiting.entry.time.getTime();
    const message = {
      ...sent,
      id: ids.uuid(`delivery ${destination.text}`),
      sent: time,
      receives: 1,
      receipt: makeReceipt(ids, destination),
    };
    return [{ destination, listener, waiting, message }];
  });
}

function toTopic(
  { destination, receivers }: HandledDestination,
  waiting: WaitingEvent,
  parts: ParcelParts,
): readonly Parcel[] {
  const { ids } = parts;
  const published = {
    id: ids.uuid(`delivery ${destination.text}`),
    body: JSON.stringify(waiting.entry.document),
    sent: waiting.entry.time.getTime(),
    signature: makeSignature(ids, destination),
  };
  return receivers.flatMap((receiver, index) => {
    // A subscription has one ARN for all its messages.
    const subscription = ids.makeUuid(`subscription ${index} of ${destination.text}`);
    return toSubscriber(destination, receiver, { ...published, subscription }, waiting, parts);
  });
}

function toSubscriber(
  destination: Destination,
  receiver: Receiver,
  message: TopicMessage,
  waiting: WaitingEvent,
  { handlers, ids }: ParcelParts,
): readonly Parcel[] {
  if (!('queue' in receiver)) {
    const makeEvent = () => (receiver.takesMessages ? message.body : makeTopicEvent(destination, message));
    return [{ destination, listener: receiver, waiting, makeEvent }];
  }
  const queue = handlers.find(receiver.queue);
  const body = receiver.rawMessageDelivery === true ? message.body : writeTopicBody(destination, message);
  return queue === undefined ? [] : toQueue(queue, waiting, { body, trace: undefined }, ids);
}

/** Makes the target for the function that a rule calls. Only the account and the region of the event are known. */
function makeTarget(bus: Destination, { account, region }: S3EventBridgeEvent): Destination {
  return { ...bus, account, region };
}
