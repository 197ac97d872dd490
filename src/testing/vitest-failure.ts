import type { FailedTest } from '../mock/failed-test';
import type { VitestResult } from '../mock/vitest-worker';
import { aboveFrames } from './stack-frames';

/** The task of vitest whose errors are explained. */
interface FailedTask {
  readonly concurrent?: boolean;
  readonly result?: VitestResult;
}

// vitest keeps the errors of all attempts of a test.
const seen = new WeakSet<object>();

/** Adds below the first new error of a failed test or describe the explanation that `explain` gives for it. */
export function explainVitestFailure(
  { concurrent = false, result }: FailedTask,
  explain: (failed: FailedTest) => string | undefined,
): void {
  const errors = result?.errors?.filter((error) => !seen.has(error)) ?? [];
  const [first] = errors;
  if (first === undefined) return;
  for (const error of errors) seen.add(error);
  const printed = errors.map(({ message, stack }) => `${message} ${stack}`).join('\n');
  const isTimedOut = errors.some(({ message }) => /^(?:Test|Hook) timed out in /.test(message));
  const text = explain({ printed, isConcurrent: concurrent, isTimedOut });
  if (text === undefined) return;
  // Reporters for the terminal print the message, those that write files the stack.
  if (first.stack !== undefined) first.stack = aboveFrames(first.stack, text);
  first.message = `${first.message}\n\n${text}`;
}
