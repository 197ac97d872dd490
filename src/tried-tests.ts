/**
 * The variable that names the folder of a run of `s3-versioning-mock try`: what to do with requests, and where to note what the tests did. Without it,
 * nothing of a tried suite is loaded.
 */
export const TRIED_FOLDER = 'S3_VERSIONING_MOCK_TRIED';

/** The global member through which the file that `try` gives to mocha tells of the tests of the process. */
export const TELLER_OF_PROCESS = Symbol.for('s3-versioning-mock: tests of this process');

interface Failure {
  readonly result: 'failed' | 'timed out';
  readonly message: string;
  /** The line at which it failed, `file:12`, if its error says that. */
  readonly line: string | undefined;
}

/** Only the text shows that the runner ended a test for its time. */
export function readFailure(thrown: unknown): Failure {
  const { message, stack = '' }: { readonly message?: unknown; readonly stack?: unknown } = Object(thrown);
  const text = String(message ?? thrown);
  const isTimedOut = /Exceeded timeout of |(?:Test|Hook) timed out in |^Timeout of \d+ms exceeded/.test(text);
  return { result: isTimedOut ? 'timed out' : 'failed', message: text, line: findLine(String(stack)) };
}

/** The frames are searched as texts, since a runner prints them so. */
function findLine(stack: string): string | undefined {
  const frame = stack
    .split('\n')
    .find((line) => /^\s*at .*:\d+:\d+\)?$/.test(line) && !/[\\/]node_modules[\\/]|node:/.test(line));
  const [, place, line] = /^\s*at (.*):(\d+):\d+\)?$/.exec(frame ?? '') ?? [];
  const path = place?.slice(place.lastIndexOf('(') + 1).replace(/^(?:async )?(?:file:\/\/)?/, '');
  return path && `${path}:${line}`;
}

const deep = 200;

export function readStack(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = deep;
  const { stack = '' } = new Error('where');
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}
