import type { Store } from '../model/store';
import type { PlannedAction, PlannedCopy } from '../preset/plans';
import { type Habits, makeClosedObject, namesOfLists, refuseUncalled, sameCure } from '../text/closed-members';
import { durationUnits } from '../text/durations';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import type { Duration } from '../text/moments';
import { isDate, isRecord } from '../text/value-kinds';

/** The mock's clock. */
export interface ClockHandle {
  /** Returns the present moment. */
  now(): Date;
  /**
   * Stops the clock at a moment: a Date, milliseconds since 1970, or ISO 8601. Lifecycle actions and replication copies that are due by
   * then happen at once. Throws a TypeError for any other value, and for a moment outside of the years 1970 to 9999.
   */
  set(moment: Date | number | string): void;
  /**
   * Moves the clock forward. Lifecycle actions and replication copies that are due by then happen at once. Throws a TypeError for an amount
   * of time that leads out of the years 1970 to 9999.
   */
  advance(duration: Duration): void;
}

/** The lifecycle rules of all buckets, and the actions that they will take. */
export interface LifecycleHandle {
  /**
   * Returns the actions that the rules will take in the present state, soonest first. Each action contains its time, which is a midnight
   * UTC. The call changes nothing. `until` leaves out the actions after a moment, or after a time from now: `{ days: 30 }`.
   *
   * @example
   * for (const { at, action, key, rule } of s3.lifecycle.plan()) console.log(at, action, key, rule);
   */
  plan(options?: { readonly until?: Date | number | string | Duration | undefined }): readonly PlannedAction[];
}

/** The replication rules of all buckets, and the copies that they will make. */
export interface ReplicationHandle {
  /**
   * Returns the copies that replication will make in the present state, each with its time, soonest first. Copies of the same time are in
   * the order of the requests that caused them. The call changes nothing. `until` leaves out the copies after a moment, or after a time
   * from now.
   *
   * @example
   * for (const { at, key, destination, rule } of s3.replication.plan()) console.log(at, key, destination, rule);
   */
  plan(options?: { readonly until?: Date | number | string | Duration | undefined }): readonly PlannedCopy[];
}

/** The whole state of a mock at a moment, for `restore`. */
export interface MockSnapshot {
  /** The state, which only `restore` reads. */
  readonly store: object;
}

const habits: Habits<ClockHandle> = {
  ...sameCure(
    ['tick', 'tickAsync', 'advanceBy', 'advanceTimersByTime', 'advanceTimersByTimeAsync', 'travel'],
    'Write s3.clock.advance({ days: 1 }).',
  ),
  ...sameCure(['setSystemTime', 'setNow', 'freeze', 'advanceTo'], "Write s3.clock.set('2026-03-01T12:00:00Z')."),
  time: 'Write s3.clock.now().',
};

export function makeClockHandle(settled: () => Store): ClockHandle {
  const handle = makeClosedObject<ClockHandle>(
    { label: 's3.clock', cures: habits },
    {
      now: () => new Date(settled().clock.now()),
      set(moment) {
        if (isRecord(moment) && !isDate(moment))
          throw invalidValue('s3.clock.set', 'moment', moment, 'a moment; s3.clock.advance takes an amount of time');
        settled().clock.set(moment);
        settled();
      },
      advance(duration) {
        if (!isRecord(duration) || isDate(duration))
          throw invalidValue(
            's3.clock.advance',
            'duration',
            duration,
            'an object such as { minutes: 10 }; s3.clock.set takes a moment',
          );
        checkOptionNames('s3.clock.advance', duration, durationUnits);
        settled().clock.advance(duration);
        settled();
      },
    },
  );
  refuseFurtherArguments(handle, () => 's3.clock', {
    now: [0, ([moment]) => `no argument. set(${moment}) stops the clock at a moment`],
    set: [1, () => 'one moment'],
    advance: [1, () => 'one amount of time, such as { days: 1, hours: 12 }'],
  });
  refuseUncalled(handle, 's3.clock', {
    now: ['now()', ['getTime', 'getDate', 'getFullYear', 'toISOString']],
  });
  return handle;
}

export function makePlanHandle<Handle extends LifecycleHandle | ReplicationHandle>(
  label: string,
  plan: Handle['plan'],
): Handle {
  const handle = makeClosedObject({ label, cures: habitsOfPlans }, { plan });
  refuseFurtherArguments(handle, () => label, { plan: [1, () => 'options alone, such as { until: { days: 30 } }'] });
  refuseUncalled(handle, label, { plan: ['plan()', namesOfLists] });
  return handle as Handle; // of its one member
}

const habitsOfPlans: Habits<object> = sameCure(
  ['run', 'apply', 'execute', 'tick', 'start', 'settled', 'wait', 'flush'],
  'S3 does what is due when the clock moves: write s3.clock.advance({ days: 31 }).',
);

const noClient = 'The mock is not a client: it answers the clients of the code under test.';

export const habitsOfMock: Habits<object> = {
  ...sameCure(
    ['resolves', 'resolvesOnce', 'resolvesStream', 'callsFake', 'callsFakeOnce', 'reply', 'returns'],
    "S3 answers from its buckets: put what it should answer into the fixture. s3.on('GetObject').reply({ status, body }) sends an answer of your own.",
  ),
  ...sameCure(
    ['mockResolvedValue', 'mockResolvedValueOnce', 'mockReturnValue', 'mockImplementation', 'mockImplementationOnce'],
    "The mock is not a spy: S3 answers from its buckets. s3.on('GetObject').reply({ status, body }) sends an answer of your own.",
  ),
  ...sameCure(
    ['rejects', 'rejectsOnce', 'throws', 'mockRejectedValue', 'mockRejectedValueOnce', 'fail'],
    "Write s3.on('PutObject').fail('SlowDown', { times: 1 }).",
  ),
  ...sameCure(['commandCalls', 'commandCall', 'call', 'history', 'received'], "Write s3.requests.of('PutObject')."),
  calls:
    "Matchers for spies, such as toHaveBeenCalled, do not work with the mock: write expect(s3).toHaveReceived('PutObject'). s3.requests.of('PutObject') returns the requests.",
  ...sameCure(['of', 'last', 'expect', 'explain'], 'It is a member of s3.requests.'),
  ...sameCure(['waitFor', 'settled'], "Write s3.requests.waitFor('PutObject'), or s3.events.settled()."),
  ...sameCure(
    ['isDone', 'pendingMocks', 'done'],
    'Write s3.unusedRules(), which returns the rules that no request met.',
  ),
  onAnyCommand: "Write s3.on('*'), or s3.outage() if everything is to fail.",
  intercept: "Write s3.on('PutObject'), with the name of an operation.",
  ...sameCure(['resetHistory', 'mockClear'], 'Write s3.requests.clear().'),
  ...sameCure(['resetBehavior', 'mockReset', 'mockRestore'], 'Write s3.reset(), or the remove() of a rule.'),
  ...sameCure(['advance', 'now', 'tick', 'setSystemTime'], 'Write s3.clock.advance({ days: 1 }), or s3.clock.now().'),
  ...sameCure(['plan'], 'Write s3.lifecycle.plan(), or s3.replication.plan().'),
  ...sameCure(['user', 'role'], "Write s3.account.user('writer'), or s3.account.role('deployer')."),
  send: `${noClient} Send the command with new S3Client({}).`,
  ...sameCure(['config', 'middlewareStack'], `${noClient} Give the code under test new S3Client({}).`),
  ...sameCure(
    ['get', 'object', 'getObject', 'headObject', 'current'],
    "Write s3.bucket('vault').object('report.pdf').",
  ),
  ...sameCure(['put', 'set', 'putObject'], "Write s3.bucket('vault').put('report.pdf', 'first')."),
  ...sameCure(['delete', 'deleteObject'], "Write s3.bucket('vault').delete('report.pdf')."),
  keys: "Write s3.bucket('vault').keys, or s3.buckets for the handles of all buckets.",
  ...sameCure(
    ['objects', 'versions', 'entries', 'values', 'has', 'listObjects', 'listObjectVersions'],
    "Write s3.bucket('vault').versions(), or s3.buckets for the handles of all buckets.",
  ),
};
