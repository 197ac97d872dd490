import type { TestFile } from '../test-file';
import { splitDuration } from '../text/durations';
import { writeGiven } from '../text/values';

/** The timers of sinon, which jest and vitest use. */
interface Faked {
  readonly clock?: FakeClock;
}

interface FakeClock {
  readonly attachedInterval?: unknown;
  /** The time since it was made, by which the test advanced it: seconds and nanoseconds. */
  hrtime?(): readonly [number, number];
}

/** The longest test in milliseconds. If the Date is further from the beginning of the test, the test has set it. */
const LONGEST_TEST = 600_000;

/** Remembers what a test does to the timers, since its hooks can restore them before the test is known to have failed. */
export class TimersOfTest {
  readonly #file: TestFile;
  #areFaked = false;
  /** The setTimeout that is known to be real: reading a further name of the global object costs time in jest. */
  #real: unknown;

  #advancedBefore: { readonly clock: FakeClock; readonly milliseconds: number } | undefined;

  /** The time by the test's Date when the test began. */
  #begun: number | undefined;

  /** The last fake clock that the mock saw: a test can restore its timers before it fails. */
  #lastClock: FakeClock | undefined;

  constructor(file: TestFile) {
    this.#file = file;
  }

  look(): void {
    const { global } = this.#file;
    const { setTimeout } = global;
    if (this.#areFaked || setTimeout === this.#real) return;
    if (isNodes(setTimeout)) this.#real = setTimeout;
    else this.#areFaked = timersAreFaked(global);
  }

  forget(): void {
    this.#areFaked = false;
    this.#lastClock = undefined;
    this.#begun = this.#file.now();
    const clock = this.#findClock();
    this.#advancedBefore = clock && { clock, milliseconds: readAdvanced(clock) };
  }

  /**
   * Returns undefined if the test neither advanced its timers, by a second at least, nor set its Date, since the last call of `forget`.
   * `now` is the time of the mock.
   */
  writeStoppedClock(now: number): string | undefined {
    const advanced = this.#advanced();
    if (advanced < 1000) return this.#writeSetDate(now);
    const duration = writeGiven(splitDuration(advanced));
    return (
      `The test advanced its fake timers by ${duration}, but the clock of the mock stays at ${new Date(now).toISOString()}, because the option 'now' or s3.clock.set stopped it. ` +
      `Move it with s3.clock.advance(${duration}), or leave out the option 'now', so that the clock follows the faked Date.`
    );
  }

  #writeSetDate(now: number): string | undefined {
    const date = this.#file.now();
    const isSet = this.#begun !== undefined && Math.abs(date - this.#begun) > LONGEST_TEST;
    if (!isSet || Math.abs(date - now) < 1000) return undefined;
    const moment = new Date(date).toISOString();
    return (
      `The test set its Date to ${moment}, but the clock of the mock stays at ${new Date(now).toISOString()}, because the option 'now' or s3.clock.set stopped it. ` +
      `Move it with s3.clock.set('${moment}'), or leave out the option 'now', so that the clock follows the faked Date.`
    );
  }

  #advanced(): number {
    const clock = this.#findClock();
    if (clock === undefined) return 0;
    const before = this.#advancedBefore?.clock === clock ? this.#advancedBefore.milliseconds : 0;
    return readAdvanced(clock) - before;
  }

  #findClock(): FakeClock | undefined {
    this.#lastClock = (this.#file.global.Date as Faked).clock ?? this.#lastClock; // node's own has no such member
    return this.#lastClock;
  }

  writeWhyWaiting(): string | undefined {
    this.look();
    if (!this.#areFaked) return undefined;
    return `Timers are faked: whatever waits for a timer, such as an SDK before a retry, waits until the test advances the timers. ${writeCure(this.#file)}`;
  }
}

function readAdvanced(clock: FakeClock): number {
  const [seconds, nanoseconds] = clock.hrtime?.() ?? [0, 0];
  return seconds * 1000 + nanoseconds / 1e6;
}

function isNodes(timer: unknown): boolean {
  return typeof timer === 'function' && !('clock' in timer) && !('_isMockFunction' in timer);
}

/** Whether sinon, jest's legacy fakes or a test that removed them changed the timers. */
function timersAreFaked({ setTimeout, setInterval, clearTimeout }: TestFile['global']): boolean {
  const { clock } = (setTimeout ?? {}) as Faked; // node's own has no such member
  // A clock that `shouldAdvanceTime` moves advances by itself.
  if (clock !== undefined) return clock.attachedInterval === undefined;
  // A single mock function is a spy, which calls the real one.
  const timers: readonly unknown[] = [setTimeout, setInterval, clearTimeout];
  return timers.every((one) => typeof one === 'function' && '_isMockFunction' in one);
}

/**
 * A single advance ends before an answer has come, or before the delivery of an event has begun. The timer that the code waits for is made
 * afterwards.
 */
function writeCure({ isVitest }: TestFile): string {
  return isVitest()
    ? `Write vi.useFakeTimers({ shouldAdvanceTime: true }).\nOr fake less: vi.useFakeTimers({ toFake: ['Date'] }).\n${writeLoop('vi')}`
    : `Write jest.useFakeTimers({ advanceTimers: true }).\nOr fake less: { doNotFake: ['setTimeout'] }; the undici package needs { doNotFake: ['queueMicrotask'] }.\n${writeLoop('jest')}`;
}

function writeLoop(runner: 'jest' | 'vi'): string {
  return (
    'For long waits, advance the timers until the call is over, because the call also starts timers after the first advance: ' +
    `let isOver = false; const call = upload(); call.finally(() => { isOver = true; }).catch(() => {}); while (!isOver) await ${runner}.advanceTimersByTimeAsync(1_000); await call. ` +
    'docs/guides/fake-timers-and-guard.md#fake-timers has examples.'
  );
}
