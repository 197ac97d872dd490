import type { Duration } from '../model/clock';
import type { Store } from '../model/store';
import { closedObject, type Habits, sameCure } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isDate, isRecord } from '../text/value-kinds';
import type { ClockHandle } from './mock-members';

const units: readonly (keyof Duration)[] = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'];

/** What to write for members that fake timers have. */
const habits: Habits<ClockHandle> = {
  ...sameCure(
    ['tick', 'tickAsync', 'advanceBy', 'advanceTimersByTime', 'advanceTimersByTimeAsync', 'travel'],
    'Write s3.clock.advance({ days: 1 }).',
  ),
  ...sameCure(['setSystemTime', 'setNow', 'freeze', 'advanceTo'], "Write s3.clock.set('2026-03-01T12:00:00Z')."),
  time: 'Write s3.clock.now().',
};

export function clockHandle(settled: () => Store): ClockHandle {
  const handle = closedObject<ClockHandle>(
    's3.clock',
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
        checkOptionNames('s3.clock.advance', duration, units);
        settled().clock.advance(duration);
        settled();
      },
    },
    habits,
  );
  refuseFurtherArguments(handle, () => 's3.clock', {
    now: [0, ([moment]) => `no argument. set(${moment}) stops the clock at a moment`],
    set: [1, () => 'one moment'],
    advance: [1, () => 'one amount of time, such as { days: 1, hours: 12 }'],
  });
  return handle;
}
