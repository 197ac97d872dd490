import { types } from 'node:util';
import type { TestFile } from '../test-file';
import { splitDuration } from '../text/durations';
import { writeGiven } from '../text/values';

/** The timers of sinon, which jest and vitest use. */
interface Faked {
  readonly clock?: FakeClock;
}

interface FakeClock {
  readonly attachedInterval?: unknown;
  readonly now?: number;
  /** The timers that are pending, by their ids: a Map in later versions of sinon. */
  readonly timers?: ReadonlyMap<unknown, PendingTimer> | Readonly<Record<string, PendingTimer>> | undefined;
  /** The time since it was made, by which the test advanced it: seconds and nanoseconds. */
  hrtime?(): readonly [number, number];
}

interface PendingTimer {
  /** The moments of its start and of its end, by the fake clock. */
  readonly createdAt?: number;
  readonly callAt?: number;
  /** Undefined but for timers that repeat themselves. */
  readonly interval?: unknown;
}

/** What else is known of a test that waited too long. */
interface Waiting {
  /** Whether a client of the undici package may wait, which needs one more function. */
  readonly usesUndici?: boolean;
  /** The milliseconds after which the runner ended the test. */
  readonly limit?: number | undefined;
}

/** A shorter timer is likelier one of a client than one that the code waits for. */
const LONG_TIMER = 1000;

/** The longest test in milliseconds. If the Date is further from the beginning of the test, the test has set it. */
const LONGEST_TEST = 600_000;

/** Remembers what a test does to the timers, since its hooks can restore them before the test is known to have failed. */
export class TimersOfTest {
  readonly #file: TestFile;
  #areFaked = false;
  /** The clock of the timers, which a hook can restore. */
  #clockOfTimers: FakeClock | undefined;
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
    else {
      this.#areFaked = timersAreFaked(global);
      this.#clockOfTimers = (setTimeout as Faked).clock;
    }
  }

  forget(): void {
    this.#areFaked = false;
    this.#lastClock = undefined;
    this.#clockOfTimers = undefined;
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
      `Keep the advance of the timers, and write s3.clock.advance(${duration}) after it. Or leave out the option 'now', so that the clock follows the faked Date.`
    );
  }

  #writeSetDate(now: number): string | undefined {
    const date = this.#file.now();
    const isSet = this.#begun !== undefined && Math.abs(date - this.#begun) > LONGEST_TEST;
    if (!isSet || Math.abs(date - now) < 1000) return undefined;
    const moment = new Date(date).toISOString();
    return (
      `The test set its Date to ${moment}, but the clock of the mock stays at ${new Date(now).toISOString()}, because the option 'now' or s3.clock.set stopped it. ` +
      `Keep the line that sets the Date, and write s3.clock.set('${moment}') after it. Or leave out the option 'now', so that the clock follows the faked Date.`
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

  /** Says how to advance timers that wait for the test. Returns undefined if the timers are real, or advance by themselves. */
  writeWhyWaiting({ usesUndici = true, limit }: Waiting = {}): string | undefined {
    this.look();
    if (!this.#areFaked) return undefined;
    const what =
      'Timers are faked: whatever waits for a timer, such as an SDK before a retry, waits until the test advances the timers.';
    const clock = this.#findClockOfTimers();
    // The fakes of jest before version 27 have no clock, and no advance that waits.
    if (clock === undefined) return `${what} ${writeCure(this.#file, usesUndici)}`;
    const loop = writeLoop(this.#file);
    const due = findNextDue(clock);
    if (limit !== undefined && due !== undefined && due >= limit)
      return `${what} The next timer is due in ${due} ms, and the test ended after ${limit} ms: advance the timers ${loop}`;
    if (this.#advanced() > 0) return `${what} The test has advanced them: go on ${loop}`;
    return `${what} Advance them ${loop}\n${writeOtherCure(this.#file, { usesUndici, limit })}`;
  }

  /** Says which timer is pending, if the timers advance by themselves, and so take as long as real ones. */
  writeRealSpeed(limit: number | undefined): string | undefined {
    const clock = this.#areFaked ? undefined : this.#findClockOfTimers();
    if (limit === undefined || clock?.attachedInterval === undefined) return undefined;
    const longest = listPending(clock).reduce((most, timer) => Math.max(most, readDuration(timer)), 0);
    return longest >= LONG_TIMER
      ? `Timers are faked and run at real speed: one of ${longest} ms is pending, and the test ended after ${limit} ms. If the call waits for it, fake the timers without ${writeOptionOfSpeed(this.#file)}, and advance them ${writeLoop(this.#file)} Or give the test more time.`
      : undefined;
  }

  #findClockOfTimers(): FakeClock | undefined {
    return (this.#file.global.setTimeout as Faked | undefined)?.clock ?? this.#clockOfTimers;
  }
}

function listPending({ timers = {} }: FakeClock): readonly PendingTimer[] {
  return [...(types.isMap(timers) ? timers.values() : Object.values(timers))];
}

/** How long the first of the pending timers still waits. A timer that repeats itself is none that code waits for. */
function findNextDue(clock: FakeClock): number | undefined {
  const ends = listPending(clock).flatMap(({ callAt, interval }) => (interval === undefined ? (callAt ?? []) : []));
  return ends.length === 0 || clock.now === undefined
    ? undefined
    : ends.reduce((least, end) => Math.min(least, end)) - clock.now;
}

function readDuration({ createdAt = 0, callAt = 0, interval }: PendingTimer): number {
  return interval === undefined ? callAt - createdAt : 0;
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

function writeOptionOfSpeed({ isVitest }: TestFile): string {
  return isVitest() ? 'shouldAdvanceTime' : 'advanceTimers';
}

function writeLess({ isVitest }: TestFile, usesUndici: boolean): string {
  if (isVitest()) return "vi.useFakeTimers({ toFake: ['Date'] })";
  const ofUndici = usesUndici ? "; the undici package needs { doNotFake: ['queueMicrotask'] }" : '';
  return `{ doNotFake: ['setTimeout'] }${ofUndici}`;
}

function writeFakes(file: TestFile): string {
  return `${file.isVitest() ? 'vi' : 'jest'}.useFakeTimers({ ${writeOptionOfSpeed(file)}: true })`;
}

function writeCure(file: TestFile, usesUndici: boolean): string {
  return `Write ${writeFakes(file)}, and keep the other options of the call.\nOr fake less: ${writeLess(file, usesUndici)}.`;
}

/** With these cures a timer takes as long as a real one. */
function writeOtherCure(file: TestFile, { usesUndici = true, limit }: Waiting): string {
  const end = limit === undefined ? 'before the test ends' : `within the ${limit} ms of the test`;
  return `Or, if all that the call waits for ends ${end}, write ${writeFakes(file)}, and keep the other options of the call: the timers then run at real speed. Or fake less: ${writeLess(file, usesUndici)}.`;
}

/**
 * A single advance ends before an answer has come, or before the delivery of an event has begun. The timer that the code waits for is made
 * afterwards.
 */
function writeLoop({ isVitest }: TestFile): string {
  return (
    'until the call is over, because the call also starts timers after the first advance: ' +
    `let isOver = false; const call = upload(); call.finally(() => { isOver = true; }).catch(() => {}); while (!isOver) await ${isVitest() ? 'vi' : 'jest'}.advanceTimersByTimeAsync(1_000); await call. ` +
    'docs/guides/fake-timers-and-guard.md#fake-timers has examples.'
  );
}
