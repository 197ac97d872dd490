import type { Duration } from '../model/clock';
import type { Store } from '../model/store';
import { closedObject } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import type { ClockHandle } from './mock-members';

const units: readonly (keyof Duration)[] = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'];

export function clockHandle(settled: () => Store): ClockHandle {
  const handle = closedObject<ClockHandle>('s3.clock', {
    now: () => new Date(settled().clock.now()),
    set(moment) {
      settled().clock.set(moment);
      settled();
    },
    advance(duration) {
      if (isRecord(duration)) checkOptionNames('s3.clock.advance', duration, units);
      settled().clock.advance(duration);
      settled();
    },
  });
  refuseFurtherArguments(handle, () => 's3.clock', {
    now: [0, ([moment]) => `no argument. set(${moment}) stops the clock at a moment`],
    set: [1, () => 'one moment'],
    advance: [1, () => 'one amount of time, such as { days: 1, hours: 12 }'],
  });
  return handle;
}
