import { types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { endTimer, startTimer } from './real-timers';

/** The options of `waitFor`. */
export interface WaitOptions {
  /** The longest wait, in milliseconds of real time. Default 1000. */
  readonly timeout?: number | undefined;
}

/** The item that a call of `waitFor` waits for. */
export interface Awaited<Item> {
  /** The name that the test gave. */
  readonly name: string;
  /** The first matching one, if it came before the call. */
  readonly come: Item | undefined;
  /** Whether one that has just come matches. */
  readonly accepts: (item: Item) => boolean;
  /** Throws the error of a wait that ends without a matching one. */
  readonly fail: () => void;
}

/** One call of `waitFor` that has not ended. */
interface Wait<Item> extends Pick<Awaited<Item>, 'name' | 'accepts'> {
  readonly resolve: (item: Item) => void;
  readonly reject: (reason: unknown) => void;
}

const longestTimeout = 2 ** 31 - 1;

/** The calls of `waitFor` that have not ended yet. */
export class Waits<Item> {
  readonly #waits = new Set<Wait<Item>>();

  /** `thing` is what they wait for, in messages. */
  constructor(private readonly thing: 'request' | 'event') {}

  get areEmpty(): boolean {
    return this.#waits.size === 0;
  }

  /**
   * Returns the first matching item, and waits for it if it has not come yet. A mistake in what is read of the call rejects. `from` is the
   * function that the user called.
   */
  async first(read: () => Awaited<Item>, options: WaitOptions, from: (...call: never) => unknown): Promise<Item> {
    // Taken before any await: the error is made by a timer, whose stack has no line of the test.
    const { stack = '' } = capturedStack(from);
    const timeout = readTimeout(options);
    const { name, come, accepts, fail } = read();
    if (come !== undefined) return come;
    let end: () => void = () => {};
    const found = new Promise<Item>((resolve, reject) => {
      const wait = { name, accepts, resolve, reject };
      const timer = startTimer(() => reject(errorOf(fail, stack)), timeout).unref();
      this.#waits.add(wait);
      end = () => {
        endTimer(timer);
        this.#waits.delete(wait);
      };
    });
    return found.finally(end);
  }

  /** Ends the waits for an item that has just come. */
  take(item: Item): void {
    for (const { accepts, resolve, reject } of this.#waits) {
      try {
        if (accepts(item)) resolve(item);
      } catch (error) {
        // A matcher of the test threw, which is not a bug of the mock.
        reject(error);
      }
    }
  }

  /** Ends all waits, since no matching item can come any more. */
  end(why: string): void {
    for (const { name, reject } of this.#waits) {
      const message = `waitFor('${name}'): ${why} before a matching ${this.thing} came. Await it in the test that makes the request.`;
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
  return new Error('it came');
}
