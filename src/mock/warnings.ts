import { stripVTControlCharacters } from 'node:util';
import type { CallSite, TestFile } from '../test-file';
import { inLoops } from '../text/sentences';
import { writeGiven } from '../text/values';

interface Doubt {
  readonly call: string;
  readonly note: string;
}

/** A request that came after the end of its test. */
interface LateCall {
  readonly text: string;
  /** Whether a handler of events sent it. */
  readonly isOfHandler: boolean;
}

/** What jest says of an assertion on a promise. */
const ofPromise = /^expect\([^\n]{0,40}\)\.(rejects|resolves)\./;

function writeLateCall({ text, isOfHandler }: LateCall): string {
  return isOfHandler ? `${text} of a handler of events` : text;
}

function writeCureOfLate({ isOfHandler }: LateCall): string {
  return isOfHandler
    ? 'Await s3.events.settled() in that test: it waits for the handlers, and for the calls that they await.'
    : `Await the call in that test, and ${inLoops}`;
}

/** What no failed test says: it is printed as a warning, once, with the place where the mock was created. */
export class Warnings {
  readonly #file: TestFile;
  readonly #findCallSite: () => CallSite;
  /** The first late request of each test; undefined stands for an unknown test. */
  readonly #late = new Map<string | undefined, LateCall>();
  /** What a passed test has possibly not noticed: the first URL of which nobody knows whether it has expired. */
  #doubt: Doubt | undefined;

  constructor(file: TestFile, findCallSite: () => CallSite) {
    this.#file = file;
    this.#findCallSite = findCallSite;
  }

  /** Reports a late request. A failed test shows all of them; otherwise one line for each test must be enough. */
  ofLate(call: LateCall, test: string | undefined): void {
    if (this.#late.has(test)) return;
    this.#late.set(test, call);
    const name = test === undefined ? '' : ` ${writeGiven(test)}`;
    this.#warn(
      `${writeLateCall(call)} was answered after its test${name} had ended, from the state in which the test ended, so no assertion of the test saw it. ` +
        `${writeCureOfLate(call)} The mock was created at ${this.#place}`,
    );
  }

  /** Says that a request of a test came late, if an error that nobody handled has failed the test after its end. */
  explainLate(test: string, message: string): string | undefined {
    const call = this.#late.get(test);
    if (call === undefined) return undefined;
    const [, member] = ofPromise.exec(stripVTControlCharacters(message)) ?? [];
    const cure =
      member === undefined || call.isOfHandler
        ? writeCureOfLate(call)
        : `An expect(…).${member} is a promise itself: write await expect(…).${member}, or return it.`;
    return `The test had ended before ${writeLateCall(call)} was answered, and before this error came. ${cure}`;
  }

  /** Warns that test files run in processes that the mock does not capture. */
  ofOtherProcesses(runner: 'jest' | 'vitest'): void {
    const elsewhere = runner === 'jest' ? 'jest, without -i,' : 'vitest';
    this.#warn(
      `the mock created at ${this.#place} captures only the calls of this process, but ${elsewhere} runs the test files in other processes: ` +
        `call mockS3 of s3-versioning-mock/${runner} in the test files. To let all of them share this mock, create it with hosts: { only: [] } and await s3.listen({ env: true })`,
    );
  }

  /** Warns that a call has ended after its test, which cannot fail any more. */
  ofEndedTest(call: string, test: string): void {
    this.#warn(
      `${call} ended after its test ${writeGiven(test)} had ended, so nothing that went wrong in it has failed the test. ` +
        `Await ${call} in that test. The mock was created at ${this.#place}`,
    );
  }

  /** Warns of requests for S3 that left the process. */
  ofElsewhere(line: string): void {
    this.#warn(`${line} The mock was created at ${this.#place}.`);
  }

  noteDoubt(doubt: Doubt): void {
    this.#doubt ??= doubt;
  }

  /** Notes what a failed test has shown. */
  noteShown(texts: readonly string[]): void {
    const doubt = this.#doubt;
    if (doubt !== undefined && texts.some((text) => text.includes(doubt.note))) this.#doubt = undefined;
  }

  /** Warns of a URL that has possibly expired, if no failed test has shown the note of its request. A file has one such warning. */
  ofDoubt(): void {
    const doubt = this.#doubt;
    this.#doubt = undefined;
    if (doubt === undefined || this.#file.warned.has('time of a url')) return;
    this.#file.warned.add('time of a url');
    this.#warn(`${doubt.call}: ${doubt.note}. The mock was created at ${this.#place}.`);
  }

  get #place(): string {
    return this.#findCallSite().place;
  }

  #warn(text: string): void {
    process.emitWarning(text, 'S3MockWarning');
  }
}
