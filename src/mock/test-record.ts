import { URL } from 'node:url';
import { type Capture, findNamedEndpoint, listPrepared, type PreparedVariable, whyHeld } from '../capture/index';
import type { TestFile } from '../test-file';
import { parseUrl } from '../text/parsed-url';
import type { Environment, FailedTest, Screens, Witnesses } from './failed-test';
import type { TimersOfTest } from './fake-timers';

interface FailedWorld {
  readonly message: string;
  readonly world: WorldRecord;
}

/** A world of a test, for the screen of the test. */
export interface WorldRecord {
  readonly record: TestRecord;
  /** How many requests of the world's code belong to no world, so that the mock outside answered them. */
  readonly unattributed: number;
}

interface TestRecordParts extends Pick<Witnesses, 'state' | 'openTrials' | 'owner'> {
  readonly timers: TimersOfTest;
  readonly loadScreens: () => Screens;
  readonly file: TestFile;
  readonly answers: (host: string, port: number) => boolean;
  /** The worlds of the mock whose code runs. */
  readonly listWorlds: () => readonly WorldRecord[];
}

/** What a mock keeps of the present test for its screen: which requests are its own, its environment, and its worlds. */
export class TestRecord {
  readonly #parts: TestRecordParts;
  /** How many requests came before the test. */
  #earlier = 0;
  /** How many requests the journal had got, since the mock was made, when it got the last one of a beforeEach. */
  #arranged = 0;
  /** The environment when the test failed; undefined if nobody looked before its hooks. */
  #environmentOfFailure: Environment | undefined;
  /** The worlds whose functions failed. */
  #failedWorlds: readonly FailedWorld[] = [];

  constructor(parts: TestRecordParts) {
    this.#parts = parts;
  }

  /** The requests that come from now on are those of another test. */
  begin(): void {
    const { dropped, length, handleReads } = this.#parts.state.journal;
    this.#earlier = dropped + length;
    handleReads.clear();
    this.#failedWorlds = [];
    this.#environmentOfFailure = undefined;
    this.#parts.timers.forget();
  }

  /** Called when the journal was cleared. */
  beginAgain(): void {
    this.#earlier = 0;
  }

  /** The index of the test's first request in the journal. If fewer requests came than before, the journal was cleared in the meantime. */
  get first(): number {
    const { dropped, length } = this.#parts.state.journal;
    return this.#earlier > dropped + length ? 0 : Math.max(0, this.#earlier - dropped);
  }

  /** The journal has just got a request of a beforeEach of the test. */
  noteArranged(): void {
    const { feed } = this.#parts.state.journal;
    this.#arranged = feed.before + feed.length;
  }

  /** How many requests, from the test's first one on, beforeEach sent. */
  get #ofBeforeEach(): number {
    return Math.max(0, this.#arranged - this.#parts.state.journal.feed.before - this.first);
  }

  /** Whether a request of the test came, whether the journal still has it or not. */
  get hasRequests(): boolean {
    const { dropped, length } = this.#parts.state.journal;
    return dropped + length > (this.#earlier > dropped + length ? 0 : this.#earlier);
  }

  /** Called before hooks of a failed test restore the timers and the environment. */
  lookBeforeHooks(): void {
    this.#parts.timers.look();
    this.#environmentOfFailure = this.#readEnvironment();
    this.noteTimers();
  }

  /** The timers are noted as soon as they are seen, since hooks of the test can restore them. */
  noteTimers(): void {
    const { state, timers } = this.#parts;
    const { remarks } = state.journal;
    const why = whyHeld();
    if (why !== undefined) remarks.set('ticks', why);
    const { clock } = state.store;
    if (!clock.isStopped) return;
    const stopped = clock.moved === 0 ? timers.writeStoppedClock(clock.now()) : undefined;
    if (stopped !== undefined) remarks.set('clock', stopped);
    else if (clock.moved !== 0) remarks.delete('clock');
  }

  /** Notes that the function of a world has failed. A failed test then shows what came to the world. */
  addFailedWorld(error: unknown, world: WorldRecord): void {
    this.#failedWorlds = [...this.#failedWorlds, { message: messageOf(error), world }];
  }

  /** Explains why a test failed. Returns paragraphs. */
  explain(test: FailedTest, capture: Capture | undefined): readonly string[] {
    this.noteTimers();
    const { state, owner } = this.#parts;
    const earlier = this.first;
    const ofWorlds = this.#explainWorlds(test, capture);
    if (ofWorlds.length > 0 && state.journal.length === earlier) return ofWorlds;
    const arranged = this.#ofBeforeEach;
    return [...ofWorlds, ...this.#write(test, capture, { earlier, arranged, ...(owner !== undefined && { owner }) })];
  }

  /** A world in which a test waits for ever has not failed. */
  #explainWorlds(test: FailedTest, capture: Capture | undefined): readonly string[] {
    const failed = this.#failedWorlds.filter(({ message }) =>
      test.errors.some((error) => error.message.includes(message)),
    );
    const held = test.isTimedOut && !test.isConcurrent ? this.#parts.listWorlds() : [];
    return [...failed.map(({ world }) => world), ...held].flatMap(({ record, unattributed }) => [
      ...record.#write({ ...test, isConcurrent: false }, capture, { earlier: 0, arranged: 0, owner: 'its world' }),
      ...(unattributed === 0 ? [] : [writeUnattributed(unattributed)]),
    ]);
  }

  #write(
    test: FailedTest,
    capture: Capture | undefined,
    whose: Pick<Witnesses, 'earlier' | 'arranged' | 'owner'>,
  ): readonly string[] {
    const { state, openTrials, timers, loadScreens } = this.#parts;
    const environment = this.#environmentOfFailure ?? this.#readEnvironment();
    return loadScreens().explain(test, { state, openTrials, timers, capture, environment, ...whose });
  }

  #readEnvironment(): Environment {
    const { process } = this.#parts.file;
    const endpoint = findNamedEndpoint(process);
    return { prepared: listPrepared(process), lateEndpoint: endpoint && this.#isLate(endpoint) ? endpoint : undefined };
  }

  /** The mock answers each endpoint that it has read. */
  #isLate({ present = '' }: PreparedVariable): boolean {
    const { hostname, port, protocol } = parseUrl(present) ?? new URL('http://s3.amazonaws.com');
    return !this.#parts.answers(hostname, Number(port) || (protocol === 'https:' ? 443 : 80));
  }
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function writeUnattributed(count: number): string {
  const [requests, them] = count === 1 ? ['one request', 'it'] : [`${count} requests`, 'them'];
  return (
    `While its world ran, ${requests} came from code that belongs to no world, and the mock outside answered ${them}. ` +
    'Code loses its world in a queue that was made outside and calls back. docs/limits.md has examples.'
  );
}
