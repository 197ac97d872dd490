import { nextRun, type StartedCode } from '../capture/index';
import type { CallOfWorlds } from '../journal/requests-of-worlds';
import { S3MockError } from '../s3-mock-error';

interface UndertakingParts {
  /** The call of the test, as a message names it. */
  readonly call: CallOfWorlds;
  readonly started: StartedCode;
  /** Returns what has ended, if the code of the test must not go on, for example its test. */
  readonly findEnd: () => string | undefined;
  readonly onDone: (undertaking: Undertaking) => void;
}

/** A call of a test that starts functions of the test, now and later: `s3.explore` or `s3.fork`. It ends with its mock and its test. */
export class Undertaking {
  readonly #parts: UndertakingParts;
  /** The functions that go on, and that nobody has given up, each with its run. */
  readonly #going = new Map<Promise<unknown>, number>();
  /** Rejects when something ends the call. */
  readonly ended: Promise<never>;
  #reject: (error: S3MockError) => void = () => {};
  #error: S3MockError | undefined;
  #isDone = false;

  constructor(parts: UndertakingParts) {
    this.#parts = parts;
    this.ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.ended.catch(() => {}); // it may reject while nobody waits for it
  }

  get call(): CallOfWorlds {
    return this.#parts.call;
  }

  get error(): S3MockError | undefined {
    return this.#error;
  }

  /** Ends the call: no function of the test begins from now on. */
  end(what: string): void {
    if (this.#error !== undefined) return;
    this.#error = makeError(this.#parts.call, this.#parts.findEnd() ?? what);
    for (const run of this.#going.values()) this.#parts.started.leave(run);
    this.#reject(this.#error);
  }

  /** Throws if the call has ended. A runner does not tell when a test ends, so this also asks. */
  check(): void {
    const what = this.#parts.findEnd();
    if (what !== undefined) this.end(what);
    if (this.#error !== undefined) throw this.#error;
    if (this.#isDone) throw new Error(`${this.#parts.call} has settled`);
  }

  /** Calls a function whose requests belong to a run; without a number, they belong to the mock itself. */
  async run<Result>(action: () => Promise<Result> | Result, run: number = nextRun()): Promise<Result> {
    this.check();
    const going = this.#parts.started.run(run, action);
    this.#going.set(going, run);
    try {
      return await going;
    } finally {
      this.#going.delete(going);
    }
  }

  /** Nobody waits any more for the code of a run, for example because it was to crash. */
  giveUp(run: number): void {
    for (const [going, other] of this.#going) if (other === run) this.#going.delete(going);
  }

  get going(): readonly Promise<unknown>[] {
    return [...this.#going.keys()];
  }

  /** Called when the call settles: what it still has under way begins no further function. */
  done(): void {
    this.#isDone = true;
    this.#going.clear();
    this.#parts.onDone(this);
  }
}

function makeError(call: string, what: string): S3MockError {
  return new S3MockError(
    'NOT_RUNNING',
    `${call}: ${what} while ${call} ran, so no more code of the test is started. Await ${call} in its test, before the mock stops or is reset. ` +
      'If the test had not enough time, give it more, or let it try less.',
  );
}
