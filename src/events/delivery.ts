import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
import type { Caller } from '../model/identity/account';
import { makeMockError, type S3MockError } from '../s3-mock-error';
import { counted, firstLines } from '../text/counts';
import { isOwnFrame, leaveOut } from '../text/frames';
import { joinParts, messageOf, Reason, type Said, say } from '../text/reason';
import { writeKey, writeValue } from '../text/values';
import type { EventEntry } from './entry';
import { hintAtForm } from './event-forms';

/** Lambda's own detection of recursive loops drops the next invocation (F788). */
const LINKS = 16;

/**
 * The limit of events that follow from a repeated handler: a loop that writes twice a call would have 65,536 deliveries before its 16th
 * link.
 */
const REPEATS = 100;

export interface ChainStart {
  repeats: number;
}

interface Link {
  readonly event: string;
  readonly destination: string;
}

/** The delivery of events to a handler. It is the sender of the requests that the handler makes. */
export class Delivery {
  readonly #cuts: ((why: Error) => void)[] = [];
  /** How many requests the handler has sent, those included that nobody has answered yet. */
  requests = 0;
  /** Whether the handler has returned, or has failed. */
  hasEnded = false;

  constructor(
    /** The deliveries that led to this one, from the first to this one itself. */
    readonly chain: readonly Link[],
    readonly test: object | undefined,
    readonly of: object,
    readonly root: ChainStart,
    readonly caller: Caller | undefined,
    /** The place of the job among all jobs of the run. */
    readonly position: number,
  ) {}

  get destination(): string {
    return this.chain.at(-1)?.destination ?? '';
  }

  /** Calls `act` if the delivery does not end by itself: its time is over, or the mock was reset or stopped. */
  onCut(act: (why: Error) => void): void {
    this.#cuts.push(act);
  }

  cut(why: Error): void {
    for (const act of this.#cuts.splice(0)) act(why);
  }
}

export function mayFollow({ chain, root }: Delivery, entries: readonly EventEntry[]): boolean {
  const isCalledAgain = new Set(chain.map(({ destination }) => destination)).size < chain.length;
  if (isCalledAgain) root.repeats += entries.length;
  return root.repeats <= REPEATS;
}

export function continueChain(
  from: Delivery | undefined,
  destination: string,
  entries: readonly EventEntry[],
): readonly Link[] | undefined {
  const before = from?.chain ?? [];
  return before.length === LINKS ? undefined : [...before, { event: writeBriefly(entries), destination }];
}

export function writeBriefly([first, ...others]: readonly EventEntry[]): string {
  if (first === undefined) return 'no event';
  const { name, bucket, key } = first;
  const text = key === undefined ? `${name} ${bucket}` : `${name} ${bucket}/${key}`;
  return others.length === 0 ? shortened(text) : `${shortened(text)} and ${counted(others.length, 'more event')}`;
}

/** Writes a key in short and in one line: it can contain line breaks, and grow in a loop. */
function shortened(text: string): string {
  return writeKey(text)
    .slice(1)
    .replace(/'(?= \(|$)/, '');
}

/** How many links of a long chain are written, at its beginning and at its end. Most chains are long because they repeat. */
const [FIRST, LAST] = [3, 2];

export function writeChain(chain: readonly Link[]): string {
  const lines = chain.map(
    ({ event, destination }, index) => `  ${`${index + 1}`.padStart(2)}. ${event} -> ${destination}`,
  );
  const others = lines.length - FIRST - LAST;
  const shown = others < 2 ? lines : [...lines.slice(0, FIRST), `      … ${others} more`, ...lines.slice(-LAST)];
  return shown.join('\n');
}

export type RunHandler = <Result>(action: () => Promise<Result>) => Promise<Result>;

/**
 * Knows which delivery a request comes from. It begins with the first delivery, since on Node 20 an enabled storage makes each promise
 * slower. It stays until the mock stops, since a handler can leave a request behind.
 */
export class Delivering {
  readonly #runHandler: RunHandler;
  #storage: AsyncLocalStorage<Delivery> | undefined;

  constructor(runHandler: RunHandler) {
    this.#runHandler = runHandler;
  }

  get present(): Delivery | undefined {
    return this.#storage?.getStore();
  }

  run<T>(delivery: Delivery, action: () => Promise<T>): Promise<T> {
    const storage = this.#storage ?? new AsyncLocalStorage<Delivery>();
    this.#storage = storage;
    return this.#runHandler(() => storage.run(delivery, action));
  }

  stop(): void {
    this.#storage?.disable();
    this.#storage = undefined;
  }
}

export interface HandlerFailure {
  readonly kind: 'handler' | 'loop';
  readonly destination: string;
  readonly entries: readonly EventEntry[];
  readonly error: unknown;
  /** Whether the handler gets the text of each message, and no event. */
  readonly takesMessages?: boolean;
  readonly from: Delivery | undefined;
}

const PRINTED = 5;

export function makeFailureError(call: string, failures: readonly HandlerFailure[], cure?: string): S3MockError {
  const first = failures.find(({ kind }) => kind === 'handler');
  const message = say`${call}: ${writeList(failures)}${cure === undefined ? '' : `\n\n${cure}`}`;
  if (first === undefined) return makeMockError('RECURSIVE_LOOP', message);
  const error = makeMockError('HANDLER_FAILED', message);
  leaveOutOwnFrames(first.error);
  // The property is defined as the constructor of Error defines it, so that runners print the cause below the error.
  Object.defineProperty(error, 'cause', { value: first.error, writable: true, configurable: true });
  return error;
}

/** Runners print the stack of the cause, in which only the frames of the handler help. */
function leaveOutOwnFrames(error: unknown): void {
  const stack = readStack(error);
  const at = stack.search(/\n[^\S\n]+at /);
  if (at < 0) return;
  const frames = leaveOut(isOwnFrame, stack.slice(at + 1).split('\n'));
  // A frozen error keeps its stack.
  if (frames.length > 0) Reflect.set(error as object, 'stack', [stack.slice(0, at), ...frames].join('\n')); // it has a stack
}

/** If there are several loops, the first loop is written out: one mistake makes many. */
function writeList(failures: readonly HandlerFailure[]): Said {
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
  return joinParts(texts, '\n');
}

function writeFailure(failure: HandlerFailure): Said {
  const { kind, destination, entries, error, from } = failure;
  if (kind === 'handler') {
    const what = say`the handler of ${destination} failed for ${writeBriefly(entries)}: ${writeMessage(error)}`;
    const hint = hintAtForm(failure);
    return hint === undefined ? what : say`${what}; ${hint}`;
  }
  const chain = from?.chain ?? [];
  const limit =
    chain.length < LINKS
      ? `a handler triggers itself several times per call: one request caused more than ${REPEATS} events, and no further event is delivered. `
      : `a handler triggers itself: the chain has ${LINKS} links, and its next event is not delivered, because Lambda stops recursive loops. `;
  const links = writeChain([...chain, { event: writeBriefly(entries), destination }]);
  return `${limit}Write to another bucket, or to keys that the configuration's filter excludes.\n${links}  (not delivered)`;
}

/** A handler can give Lambda a text in place of an error. */
function writeMessage(error: unknown): Said {
  if (typeof error === 'string') return error;
  try {
    return isError(error) ? writeHead(error) : writeValue(error);
  } catch {
    return 'it threw a value that throws when it is read';
  }
}

function writeHead(error: Error): Said {
  const { name }: { readonly name: unknown } = error;
  const message: unknown = messageOf(error);
  const parts = name === 'Error' ? [message] : [name, message];
  return joinParts(
    parts.map((part) => (typeof part === 'string' || part instanceof Reason ? part : writeValue(part))),
    ': ',
  );
}

function isError(error: unknown): error is Error {
  return types.isNativeError(error) || error instanceof Error;
}

export function makeUnawaitedError(failures: readonly HandlerFailure[]): S3MockError {
  const cure =
    'Nobody awaited s3.events.settled(), which throws this error at the place where the test expects it. ' +
    "With mockS3({ events: { onHandlerError: 'record' } }), only that call throws it.";
  return makeFailureError('s3.events', failures, cure);
}

export function writeUnawaited(failures: readonly HandlerFailure[]): string {
  const lines = failures
    .filter(({ kind }) => kind === 'handler')
    .map((failure) => `${String(writeFailure(failure))}${writeOwnFrame(failure.error)}`);
  const loops = failures.filter(({ kind }) => kind === 'loop');
  const texts = [
    ...firstLines(lines, PRINTED, 'failed call'),
    ...(loops.length === 0 ? [] : [String(writeList(loops))]),
  ];
  return `Handlers that failed; await s3.events.settled() throws their errors:\n${texts.map((text) => `  ${text}`).join('\n')}`;
}

function writeOwnFrame(error: unknown): string {
  const line = readStack(error)
    .split('\n')
    .find((one) => /^\s+at /.test(one) && !one.includes('node:'));
  return line === undefined ? '' : `\n     ${line.trim()}`;
}

function readStack(error: unknown): string {
  try {
    const stack: unknown = isError(error) ? error.stack : undefined;
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}
