import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hidesDigest } from './read-otherwise';
import { readAnswer } from './trials/expectation';

/** The most requests that are looked at. */
const LOOKED_AT = 200;

/** The most bytes that are compared. */
const LONGEST = 1_000_000;

function isPut({ operation, error }: RequestEntry): boolean {
  return operation === 'PutObject' && error === undefined;
}

/** A write of the bytes that the object had already, which the code could not see by the ETag. */
interface Repeated {
  readonly write: RequestEntry;
  readonly read: RequestEntry;
}

function findRepeated(entries: readonly RequestEntry[]): readonly Repeated[] {
  const last = new Map<string, RequestEntry>();
  const changes = new Map<string, RequestEntry>();
  return entries.flatMap((write) => {
    const { bucket, key, method } = write;
    const name = `${bucket}/${key}`;
    const [read, before] = [last.get(name), changes.get(name)];
    last.set(name, write);
    if (method !== 'GET' && method !== 'HEAD') changes.set(name, write);
    const isAsked = read !== undefined && (read.method === 'GET' || read.method === 'HEAD');
    if (!isAsked || hidesDigest(read) === undefined || before === undefined) return [];
    return isPut(write) && isPut(before) && hasSameBody(write, before) && hasSameMembers(write, before)
      ? { write, read }
      : [];
  });
}

/** A write of the same bytes with other metadata is no repetition. */
function hasSameMembers({ input }: RequestEntry, { input: before }: RequestEntry): boolean {
  return JSON.stringify({ ...input, Body: undefined }) === JSON.stringify({ ...before, Body: undefined });
}

function hasSameBody({ body }: RequestEntry, { body: before }: RequestEntry): boolean {
  if (body === undefined || before === undefined || body.byteLength > LONGEST) return false;
  return Buffer.compare(body, before) === 0;
}

/** How often the matcher that counts requests expected a PutObject, and how many came. */
const ofCount = /^Expected to receive PutObject [^\n]*?(\d{1,6}) times?, but (\d{1,6}) matching/;

/** Whether a test can have counted the writes: the last answer is none that it can have compared instead. */
function areCounted(received: number, entries: readonly RequestEntry[], all: readonly Repeated[]): boolean {
  const last = entries.at(-1);
  if (last?.method === 'GET') return false;
  return [entries.filter(isPut).length, all.length].includes(received) && !readAnswer(last?.output).has(`${received}`);
}

/** Whether a test expects fewer writes than came, by as many as were repeated. */
function areTooMany(error: FailedError, entries: readonly RequestEntry[], all: readonly Repeated[]): boolean {
  if (error.message.startsWith('Expected not to receive PutObject')) return true;
  const [, times, came] = ofCount.exec(error.message) ?? [];
  if (times !== undefined) return Number(came) - Number(times) === all.length;
  if (!isAssertion(error)) return false;
  const { numbers, expected, received } = readCompared(error);
  const [least, most] = numbers;
  if (least !== undefined && most !== undefined) return most - least === all.length && areCounted(most, entries, all);
  // A test that compares the keys of a listing asks about what is there.
  if (entries.at(-1)?.method === 'GET') return false;
  const extra = [...received].filter((text) => text !== '' && !expected.has(text) && !/^\s*(?:\w+ )?[[{]/.test(text));
  return extra.length > 0 && extra.every((text) => all.some(({ write: { key = '' } }) => key.endsWith(text)));
}

/** Code compares the MD5 of its bytes with an ETag that encryption makes another one, and writes the same bytes again. */
export function writeSameBytes(all: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const repeated = findRepeated(all.slice(-LOOKED_AT));
  const [first] = repeated;
  if (first === undefined || !errors.some((error) => areTooMany(error, all, repeated))) return undefined;
  const others = repeated.length === 1 ? '' : `, as did ${counted(repeated.length - 1, 'other PutObject')}`;
  return `${writeCall(first.write)} wrote the bytes that the object had already${others}. The ETag that ${writeCall(first.read)} answered is not the MD5 of the bytes, since the object is encrypted ${hidesDigest(first.read)}: where the code compares both, compare a checksum, HeadObject with ChecksumMode: 'ENABLED', or metadata of your own.`;
}
