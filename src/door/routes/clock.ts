import type { PlannedAction, PlannedCopy } from '../../preset/plans';
import type { BucketUsage } from '../../preset/usage';
import { byRule } from '../../shapes/given';
import { durationUnits } from '../../text/durations';
import type { Duration } from '../../text/moments';
import { momentOrDuration } from '../given';
import { type DoorCall, type Route, route } from '../route';

interface Moment {
  /** A moment in ISO 8601, such as `2026-03-01T12:00:00Z`. */
  readonly now: Date | string;
}

const until = 'Leaves out what comes after a moment in ISO 8601, or after a time from now: {"days":30}.';

export const clockRoutes: readonly Route[] = [
  route<undefined, Moment>({
    method: 'GET',
    path: '/clock',
    call: 's3.clock.now()',
    summary: 'The present moment of the clock.',
    handle: ({ mock }) => ({ now: mock.clock.now() }),
  }),
  route<Moment, Moment>({
    method: 'PUT',
    path: '/clock',
    call: 's3.clock.set(now)',
    summary: 'Stops the clock at a moment. What lifecycle and replication have to do by then is done at once.',
    takesBody: { now: byRule },
    cures: (name) => {
      const cure = `To move the clock by a time: ${name.replace('PUT', 'POST')}/advance.`;
      return Object.fromEntries(durationUnits.map((unit) => [unit, cure]));
    },
    handle: ({ mock, body }) => {
      mock.clock.set(body.now);
      return { now: mock.clock.now() };
    },
  }),
  route<Duration, Moment>({
    method: 'POST',
    path: '/clock/advance',
    call: 's3.clock.advance(...)',
    summary:
      'Moves the clock by an amount of time. A negative amount moves it back and undoes nothing. What lifecycle and replication have to do by then is done at once.',
    takesBody: true,
    handle: ({ mock, body }) => {
      mock.clock.advance(body);
      return { now: mock.clock.now() };
    },
  }),
  route<undefined, { readonly actions: readonly PlannedAction[] }>({
    method: 'GET',
    path: '/lifecycle/plan',
    call: 's3.lifecycle.plan(...)',
    summary: 'What the lifecycle rules of all buckets will do in the present state, soonest first.',
    query: { until },
    handle: (call) => ({ actions: call.mock.lifecycle.plan(readUntil(call)) }),
  }),
  route<undefined, { readonly copies: readonly PlannedCopy[] }>({
    method: 'GET',
    path: '/replication/plan',
    call: 's3.replication.plan(...)',
    summary: 'What the replication rules of all buckets will copy in the present state, soonest first.',
    query: { until },
    handle: (call) => ({ copies: call.mock.replication.plan(readUntil(call)) }),
  }),
  route<undefined, { readonly usage: Readonly<Record<string, BucketUsage>> }>({
    method: 'GET',
    path: '/usage',
    call: 's3.bucket(bucket).usage(...)',
    summary: 'What buckets take: versions, delete markers, uploads and their bytes, by storage class and prefix.',
    query: {
      bucket: 'The bucket. Default: all of them.',
      prefix: 'Counts the keys that begin with it.',
      delimiter: 'Groups keys by what is before it.',
      at: 'Counts as lifecycle will leave it: a moment in ISO 8601, or a time from now: {"days":30}.',
    },
    handle: ({ name, mock, query: { bucket, at, ...rest } }) => {
      const options = { ...rest, ...(at !== undefined && { at: momentOrDuration(name, 'at', at) }) };
      const buckets = bucket === undefined ? mock.buckets : [mock.bucket(bucket)];
      return { usage: Object.fromEntries(buckets.map((one) => [one.name, one.usage(options)])) };
    },
  }),
];

function readUntil({ name, query }: DoorCall<undefined>): { readonly until?: string | Duration } {
  const { until: given } = query;
  return given === undefined ? {} : { until: momentOrDuration(name, 'until', given) };
}
