import { types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import { counted, firstLines } from '../text/counts';
import { writeValue } from '../text/values';
import { type Delivery, LINKS, REPEATS, writeBriefly, writeLoop } from './chain';
import type { EventEntry } from './entry';

/** A delivery that failed. */
export interface HandlerFailure {
  readonly kind: 'handler' | 'loop';
  readonly destination: string;
  readonly entries: readonly EventEntry[];
  /** The error of the handler; undefined if it is a loop. */
  readonly error: unknown;
  /** Of a loop: the deliveries that led to the event. */
  readonly from: Delivery | undefined;
}

const PRINTED = 5;

/** The error of `settled()`: it has the handler's own message, and its error as the cause. */
export function errorOfFailures(failures: readonly HandlerFailure[]): S3MockError {
  const first = failures.find(({ kind }) => kind === 'handler');
  const message = `s3.events.settled: ${writeList(failures)}`;
  if (first === undefined) return new S3MockError('RECURSIVE_LOOP', message);
  const error = new S3MockError('HANDLER_FAILED', message);
  // As the constructor of Error defines it, so that runners print it below the error.
  Object.defineProperty(error, 'cause', { value: first.error, writable: true, configurable: true });
  return error;
}

/** The failures in words. Of several loops the first one is written out: one mistake makes many. */
export function writeList(failures: readonly HandlerFailure[]): string {
  const [firstLoop, ...loops] = failures.filter(({ kind }) => kind === 'loop');
  const handlers = failures.filter(({ kind }) => kind === 'handler');
  const texts = [
    ...firstLines(handlers.map(writeFailure), PRINTED, 'failed call'),
    ...(firstLoop === undefined ? [] : [writeFailure(firstLoop)]),
    ...(loops.length === 0
      ? []
      : [
          `${counted(loops.length, 'more event')} of such a chain ${loops.length === 1 ? 'was' : 'were'} not delivered.`,
        ]),
  ];
  return texts.join('\n');
}

function writeFailure({ kind, destination, entries, error, from }: HandlerFailure): string {
  if (kind === 'handler')
    return `the handler of ${destination} failed for ${writeBriefly(entries)}: ${messageOf(error)}`;
  const chain = from?.chain ?? [];
  const limit =
    chain.length < LINKS
      ? `a handler triggers itself, several times a call: more than ${REPEATS} events follow from one request, and no further one is delivered. `
      : `a handler triggers itself: the chain has ${LINKS} links, and its next event is not delivered, as Lambda stops recursive loops. `;
  return (
    limit +
    "Write to another bucket, or to keys that the configuration's filter leaves out.\n" +
    writeLoop(chain, destination, entries)
  );
}

/** The message of a thrown value, which may be anything. A handler may give Lambda a text for an error. */
function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  try {
    return isError(error) ? headOf(error) : writeValue(error);
  } catch {
    return 'it threw a value that throws when it is read';
  }
}

function headOf({ name, message }: { readonly name: unknown; readonly message: unknown }): string {
  const parts = name === 'Error' ? [message] : [name, message];
  return parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? part : writeValue(part)))
    .join(': ');
}

function isError(error: unknown): error is Error {
  return types.isNativeError(error) || error instanceof Error;
}

/** The failures that nobody awaited, for the screen of a failed test, each with the place that threw. */
export function writeUnawaited(failures: readonly HandlerFailure[]): string {
  const lines = failures
    .filter(({ kind }) => kind === 'handler')
    .map((failure) => `${writeFailure(failure)}${placeOf(failure.error)}`);
  const loops = failures.filter(({ kind }) => kind === 'loop');
  const texts = [...firstLines(lines, PRINTED, 'failed call'), ...(loops.length === 0 ? [] : [writeList(loops)])];
  return `Handlers that failed; await s3.events.settled() throws their errors:\n${texts.map((text) => `  ${text}`).join('\n')}`;
}

/** The first line of the stack that is not Node's own. */
function placeOf(error: unknown): string {
  const line = stackOf(error)
    .split('\n')
    .find((one) => /^\s+at /.test(one) && !one.includes('node:'));
  return line === undefined ? '' : `\n     ${line.trim()}`;
}

function stackOf(error: unknown): string {
  try {
    const stack: unknown = isError(error) ? error.stack : undefined;
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}
