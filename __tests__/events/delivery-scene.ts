import { setImmediate as turn } from 'node:timers/promises';
import { Deliveries, type DeliveryParts } from '../../src/events/deliveries';
import type { EventEntry } from '../../src/events/entry';
import type { AnyHandler } from '../../src/events/handler-table';
import type { S3Notification } from '../../src/model/events/documents';
import type { EventDestination } from '../../src/model/events/report';
import { Ids } from '../../src/model/ids';

export const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
export const uploads = 'arn:aws:sqs:us-east-1:000000000000:uploads';
export const news = 'arn:aws:sns:us-east-1:000000000000:news';

export function event(key: string, destination: string, facts: Partial<EventEntry> = {}): EventEntry {
  const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'vault' }, object: { key } } };
  return {
    name: 'ObjectCreated:Put',
    bucket: 'vault',
    key,
    versionId: undefined,
    destination: destination as EventDestination, // the tests give ARNs
    configurationId: 'one',
    time: new Date('2026-03-01T12:00:00.000Z'),
    record: undefined,
    document: { Records: [record] } as unknown as S3Notification, // the part that these handlers read
    cause: undefined,
    notes: [],
    ...facts,
  };
}

export function deliveriesOf(deliver: unknown, parts: Partial<DeliveryParts> = {}): Deliveries {
  return new Deliveries(deliver, {
    ids: new Ids('seed'),
    now: () => Date.parse('2026-03-01T12:00:00.000Z'),
    realNow: () => Date.now(),
    runHandler: (action) => action(),
    duplicates: false,
    outOfOrder: false,
    lateBy: 0,
    roles: {
      whyNotAssumed: () => undefined,
      begin: () => {
        throw new Error('a function of this scene has no role');
      },
    },
    throwsUnawaited: true,
    onBug: (bug) => {
      throw bug;
    },
    ...parts,
  });
}

export function settled(deliveries: Deliveries): Promise<void> {
  return deliveries.settled(settled);
}

/** Deliveries that were given the events of each cause, and have called no handler yet. */
export function begin(handlers: unknown, ...causes: readonly (readonly EventEntry[])[]): Deliveries {
  const deliveries = deliveriesOf(handlers);
  for (const entries of causes) deliveries.take(entries, undefined);
  return deliveries;
}

export async function deliver(handlers: unknown, ...causes: readonly (readonly EventEntry[])[]): Promise<Deliveries> {
  const deliveries = begin(handlers, ...causes);
  await settled(deliveries);
  return deliveries;
}

export function errorOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it was resolved'),
    (error: Error) => error,
  );
}

export function recorder<Event = S3Notification>(): { readonly handler: AnyHandler; readonly events: Event[] } {
  const events: Event[] = [];
  // The caller knows what the destination sends.
  return { events, handler: (given) => void events.push(given as Event) };
}

export function keysOf(events: readonly S3Notification[]): readonly string[] {
  return events.flatMap(({ Records }) => Records.map(({ s3 }) => s3.object.key));
}

/** As many turns of the event loop as a handler needs to be called without anybody waiting for it. */
export async function turns(): Promise<void> {
  for (let count = 0; count < 8; count += 1) await turn();
}
