import type { Capture } from '../capture/index';
import { namedDestinations } from '../events/named-destinations';
import { writeLate, writeUnanswered } from '../journal/elsewhere';
import { writeLateCalls, writeRefused, writeRules, writeWaiting } from '../journal/explanation';
import { writeCalledValue } from './called-values';
import type { TimersOfTest } from './fake-timers';
import type { MockState } from './state';

/** A test that has failed, as its runner describes it. */
export interface FailedTest {
  /** The text of its errors. A matcher may have printed a request in it. */
  readonly printed: string;
  /** Whether it ran together with other tests, which share the journal. */
  readonly isConcurrent: boolean;
  /** Whether its time was over. */
  readonly isTimedOut: boolean;
}

/** The parts of a mock that explain a failure. */
interface Witnesses {
  readonly state: MockState;
  /** The number of requests in the journal that came before those of the test. */
  readonly earlier: number;
  readonly timers: TimersOfTest;
  readonly capture: Capture;
}

/** The requests that explain why a test failed, in words; undefined if no request does. */
export function writeFailure(
  { printed, isConcurrent, isTimedOut }: FailedTest,
  { state, earlier, timers, capture }: Witnesses,
): string | undefined {
  const entries = [...state.journal].slice(earlier);
  const { deliveries } = state;
  const { elsewhere } = state.journal;
  const owner = isConcurrent ? 'the concurrent tests, which share the mock' : 'this test';
  const unanswered = writeUnanswered(elsewhere, printed);
  const calledValue = writeCalledValue(printed);
  const whyWaiting = isTimedOut ? timers.writeWhyWaiting() : undefined;
  const texts = [
    calledValue !== undefined && !printed.includes(calledValue) ? calledValue : undefined,
    whyWaiting !== undefined && !printed.includes(whyWaiting) ? whyWaiting : undefined,
    writeRefused(entries, owner, printed),
    deliveries.writeFailures(),
    (isTimedOut ? deliveries.writeRunning() : undefined) ?? deliveries.writeUndelivered(),
    isTimedOut ? writeWaiting(capture.waiting()) : undefined,
    isTimedOut ? writeRules(state.rules.inForce()) : undefined,
    deliveries.writeUnnamed(() => namedDestinations(state.store)),
    writeLateCalls(entries, printed),
    unanswered,
    writeLate(elsewhere, printed, unanswered),
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}
