/** What a test threw, as a leaf, since the entries of test runners and the engine read it alike. @module */

/** A text or a number that an assertion compared. */
export interface ComparedValue {
  /** The name of the member that has the value; an empty text if the value has no name. */
  readonly name: string;
  readonly value: string | number;
  /** The value is the text of bytes. */
  readonly isBytes?: true;
}

/** An error of a failed test, or the cause of one, as the entry of a test runner reads it. */
export interface FailedError {
  readonly name: string;
  /** The message, which can contain the escape codes of a runner's colours. */
  readonly message: string;
  readonly code?: string | undefined;
  /** The frame that threw it is of a client of S3. */
  readonly isOfClient?: boolean;
  /** Nobody handled the rejection with the error, which the runner tells of beside the error of the test. */
  readonly isUnhandled?: true;
  /** The values that an assertion compared; undefined if the runner's error has only a text. */
  readonly compared?:
    | { readonly expected: readonly ComparedValue[]; readonly received: readonly ComparedValue[] }
    | undefined;
}

const missing: ReadonlySet<string | undefined> = new Set(['NO_SUCH_OBJECT', 'NO_SUCH_VERSION']);

/** Whether a handle threw the error since it has nothing to return, which no request may have written. */
export function isOfMissingObject({ code }: FailedError): boolean {
  return missing.has(code);
}

/** The most errors that are read: a test throws few errors, each with few causes. */
const ERRORS = 20;

/**
 * Reads what a test threw, and the causes. Whatever it is, this throws nothing. `write` writes a value that is no error, and `readFrames` returns
 * the text of an error with its frames.
 */
export function readFailedErrors(
  thrown: readonly unknown[],
  write: (value: unknown) => string,
  readFrames: (error: object) => unknown = readStack,
): readonly FailedError[] {
  const all = new Set(thrown);
  // The loop also visits the errors that it adds.
  for (const one of all) {
    for (const cause of orElse(() => findCauses(one), [])) if (all.size < ERRORS) all.add(cause);
  }
  return [...all].map((one) => orElse(() => readError(one, write, readFrames), { name: '', message: '' }));
}

function orElse<Value>(read: () => Value, value: Value): Value {
  try {
    return read();
  } catch {
    return value;
  }
}

/** An object that a runner prints as an error: it has a stack, or a message that can end with a stack. */
export function isPrintedError(thrown: unknown): thrown is { stack?: unknown; message?: unknown } {
  return isObject(thrown) && ('message' in thrown || 'stack' in thrown);
}

function readStack(error: object): unknown {
  const { stack } = readMembers(error);
  return stack;
}

const ofClients = /node_modules[\\/](?:@aws-sdk|@smithy|aws-sdk|ibm-cos-sdk|minio)[\\/]/;

function isThrownByClient(stack: unknown): boolean {
  const frame = typeof stack === 'string' ? stack.split('\n').find((line) => /^\s*at /.test(line)) : undefined;
  return frame !== undefined && ofClients.test(frame);
}

function findCauses(thrown: unknown): readonly unknown[] {
  if (!isObject(thrown)) return [];
  const { cause, errors } = readMembers(thrown);
  return [cause, ...(Array.isArray(errors) ? errors : [])].filter(isPrintedError);
}

function readError(
  thrown: unknown,
  write: (value: unknown) => string,
  readFrames: (error: object) => unknown,
): FailedError {
  if (!isPrintedError(thrown)) return { name: '', message: typeof thrown === 'string' ? thrown : write(thrown) };
  const { name, code, message } = readMembers(thrown);
  const frames = orElse(() => readFrames(thrown), undefined);
  return {
    name: typeof name === 'string' ? name : '',
    message: String(message ?? frames),
    code: typeof code === 'string' ? code : undefined,
    isOfClient: isThrownByClient(frames),
    compared: orElse(() => readCompared(thrown), undefined),
  };
}

/** jest keeps the values in the result of the matcher. chai, vitest and node:assert have them on the error, vitest as it prints them. */
function readCompared(thrown: object): FailedError['compared'] {
  const { matcherResult } = readMembers(thrown);
  const { expected, actual } = readMembers(isObject(matcherResult) ? matcherResult : thrown);
  // Many matchers compare with no value, and then the text of the error says more.
  if (expected === undefined) return undefined;
  return { expected: readValues(expected), received: readValues(actual) };
}

function readMembers(object: object): { readonly [member: string]: unknown } {
  return object as { readonly [member: string]: unknown }; // any name can be asked for
}

/** The most bytes that are read as text. */
const BYTES = 10_000;

function textOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}

/** The most values that are read, since a longer difference helps nobody. */
const VALUES = 1000;

/** The texts and numbers in a value, as far as a runner would print them. */
export function readValues(compared: unknown): readonly ComparedValue[] {
  const found: ComparedValue[] = [];
  const seen = new Set<unknown>();
  const work: [name: string, value: unknown][] = [['', compared]];
  for (const [name, value] of work) {
    if (found.length >= VALUES) break;
    if (typeof value === 'string' || typeof value === 'number') found.push({ name, value });
    if (ArrayBuffer.isView(value) && value.byteLength <= BYTES)
      found.push({ name, value: textOf(value), isBytes: true });
    if (!isObject(value) || seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    for (const member of listMembers(value).slice(0, VALUES)) work.push(member);
  }
  return found;
}

function listMembers(value: object): readonly [name: string, value: unknown][] {
  if (isKind<ReadonlySet<unknown>>('Set', value)) return [...value].map((item) => ['', item]);
  if (isKind<ReadonlyMap<unknown, unknown>>('Map', value))
    return [...value].flatMap(([key, item]) => [
      ['', key],
      [typeof key === 'string' ? key : '', item],
    ]);
  const members = Object.entries(value);
  if (!isPrintedError(value)) return members;
  // The members of an error are not enumerable, so they are read by their names.
  const { name, message }: { readonly name?: unknown; readonly message?: unknown } = value;
  return [['name', name], ['message', message], ...members];
}

/** Whether a value is a Set or a Map, also of another sandbox, where `instanceof` fails. */
function isKind<Kind>(name: 'Set' | 'Map', value: object): value is object & Kind {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
