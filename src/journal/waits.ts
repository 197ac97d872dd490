import { types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { type ExpectedRequest, fittingRequests, isExpected, type Reading, readExpected } from './comparison';
import type { RequestEntry } from './entry';
import { received } from './expectations';
import { endTimer, startTimer } from './real-timers';
import { affirm } from './verdict';

/** The options of `waitFor`. */
export interface WaitOptions {
  /** The longest wait, in milliseconds of real time. Default 1000. */
  readonly timeout?: number | undefined;
}

/** One call of `waitFor`. */
interface Wait {
  readonly expected: ExpectedRequest;
  readonly resolve: (entry: RequestEntry) => void;
  readonly reject: (reason: unknown) => void;
}

const longestTimeout = 2 ** 31 - 1;

/** The calls of `waitFor` that have not ended yet. */
export class Waits {
  readonly #waits = new Set<Wait>();

  get areEmpty(): boolean {
    return this.#waits.size === 0;
  }

  /** Returns the first matching request, and waits for it if it has not come yet. `from` is the function that the user called. */
  async first(
    reading: Reading,
    operation: string,
    input: unknown,
    options: WaitOptions,
    from: (...call: never) => unknown,
  ): Promise<RequestEntry> {
    // Taken before any await: the error is made by a timer, whose stack has no line of the test.
    const { stack = '' } = capturedStack(from);
    const timeout = readTimeout(options);
    const expected = readExpected(reading, operation, input);
    const [come] = fittingRequests(reading, operation, input);
    if (come !== undefined) return come;
    let end: () => void = () => {};
    const found = new Promise<RequestEntry>((resolve, reject) => {
      const wait = { expected, resolve, reject };
      const giveUp = () => reject(errorOf(() => affirm(received(reading, operation, input), from), stack));
      const timer = startTimer(giveUp, timeout).unref();
      this.#waits.add(wait);
      end = () => {
        endTimer(timer);
        this.#waits.delete(wait);
      };
    });
    return found.finally(end);
  }

  /** Ends the waits for a request that has just come. */
  take(entry: RequestEntry): void {
    for (const wait of this.#waits) {
      try {
        if (isExpected(entry, wait.expected)) wait.resolve(entry);
      } catch (error) {
        // A matcher of the test threw, which is not a bug of the mock.
        wait.reject(error);
      }
    }
  }

  /** Ends all waits, since no matching request can come any more. */
  end(why: string): void {
    for (const { expected, reject } of this.#waits) {
      const message = `waitFor('${expected.operation}'): ${why} before a matching request came. Await it in the test that makes the request.`;
      reject(new S3MockError('WAIT_ENDED', message));
    }
  }
}

function readTimeout(options: WaitOptions): number {
  checkOptionNames('waitFor', options, ['timeout']);
  const { timeout = 1000 } = options;
  if (typeof timeout === 'number' && timeout >= 0 && timeout <= longestTimeout) return timeout;
  throw invalidValue('waitFor', 'timeout', timeout, `milliseconds from 0 to ${longestTimeout}, or undefined for 1000`);
}

function capturedStack(from: (...call: never) => unknown): { readonly stack?: string } {
  const holder = {};
  Error.captureStackTrace(holder, from);
  return holder;
}

/** The error that an assertion throws, with the stack of the call of `waitFor`. */
function errorOf(assertion: () => void, stack: string): unknown {
  try {
    assertion();
  } catch (error) {
    const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line));
    // The error of node:assert is of another realm than the test's, under jest.
    if (types.isNativeError(error)) error.stack = `${error.name}: ${error.message}\n${frames.join('\n')}`;
    return error;
  }
  return new Error('a matching request came');
}
