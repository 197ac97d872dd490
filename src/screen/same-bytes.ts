import { isBatch } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import { isRecord, memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { asksForChecksum, hasOwnDigest, isOfPart } from './checksums-of-reads';
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
    // What a batch has deleted, no write has repeated.
    if (isBatch(write.operation))
      for (const one of changes.keys()) if (one.startsWith(`${bucket}/`)) changes.delete(one);
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

function isUnwanted({ message }: FailedError): boolean {
  return message.startsWith('Expected not to receive PutObject');
}

/** Whether a matcher that counts requests has counted this one: the requests that it means are the lines below its first one. */
function isMatching({ message }: FailedError, { bucket, key }: RequestEntry): boolean {
  const [, counted = ''] = message.split('\n\n');
  return counted.split('\n').some((line) => line.includes(`  ${bucket}/${key}  `));
}

/** Whether a test can have counted the writes: the last answer is none that it can have compared instead. */
function areCounted(received: number, entries: readonly RequestEntry[], all: readonly Repeated[]): boolean {
  const last = entries.at(-1);
  if (last?.method === 'GET') return false;
  return [entries.filter(isPut).length, all.length].includes(received) && !readAnswer(last?.output).has(`${received}`);
}

/** Whether a test expects fewer writes than came, by as many as were repeated. */
function areTooMany(error: FailedError, entries: readonly RequestEntry[], all: readonly Repeated[]): boolean {
  if (isUnwanted(error)) return all.some(({ write }) => isMatching(error, write));
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

/** Whether a test compares two words of the code, such as 'unchanged' and 'uploaded', after the code has repeated its write. */
function isOfCode(error: FailedError, repeated: readonly Repeated[]): boolean {
  if (!isAssertion(error)) return false;
  const { expected, received } = readCompared(error);
  const [word = '', ...others] = expected;
  const [other = '', ...more] = received;
  const areWords = [word, other].every((text) => ofWord.test(text)) && others.length === 0 && more.length === 0;
  const answers = repeated.flatMap(({ read, write }) => [read.output, write.output, write.input].map(readAnswer));
  return areWords && word !== other && ![word, other].some((text) => answers.some((texts) => texts.has(text)));
}

/** A word of code, and no number, date or document. */
const ofWord = /^[A-Za-z][A-Za-z _-]{1,40}$/;

/** Code compares the MD5 of its bytes with an ETag that encryption makes another one, and writes the same bytes again. */
export function writeSameBytes(all: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const repeated = findRepeated(all.slice(-LOOKED_AT));
  const [first] = repeated;
  const isLast = repeated.at(-1)?.write === all.at(-1);
  const isMeant = (error: FailedError) => areTooMany(error, all, repeated) || (isLast && isOfCode(error, repeated));
  if (first === undefined || !errors.some(isMeant)) return undefined;
  const others = repeated.length === 1 ? '' : `, as did ${counted(repeated.length - 1, 'other PutObject')}`;
  return `${writeCall(first.write)} wrote the bytes that the object had already${others}. The ETag that ${writeCall(first.read)} answered is not the MD5 of the bytes, since the object is encrypted ${hidesDigest(first.read)}: where the code compares both, compare a checksum, HeadObject with ChecksumMode: 'ENABLED', or metadata of your own.`;
}

/** Checksums for which nobody has asked but an SDK are none that code compares. */
const ofAskedChecksum = /^Checksum(?!CRC32$|CRC64NVME$)[A-Z]/;

/** The checksum that two writes of the same bytes were answered with. */
function findSameChecksum(write: RequestEntry, before: RequestEntry): string | undefined {
  const members = isRecord(write.output) ? Object.entries(write.output) : [];
  return members.find(
    ([name, sum]) => ofAskedChecksum.test(name) && name !== 'ChecksumType' && sum === memberOf(before.output, name),
  )?.[0];
}

/** Code has written bytes with a checksum, has read the object without asking for it, and writes the same bytes again. */
export function writeUnseenChecksum(all: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const write = all.at(-1);
  const [read, ...before] = all
    .slice(-LOOKED_AT, -1)
    .filter(({ bucket, key }) => bucket === write?.bucket && key === write?.key)
    .toReversed();
  const earlier = before.find(({ method }) => method !== 'GET' && method !== 'HEAD');
  if (write === undefined || read === undefined || earlier === undefined || !isPut(write)) return undefined;
  const member = findSameChecksum(write, earlier);
  const { operation, error, input } = read;
  const isUnasked = (operation === 'GetObject' || operation === 'HeadObject') && error === undefined;
  const isOther = asksForChecksum(read) || isOfPart(read) || memberOf(input, 'VersionId') !== undefined;
  if (
    member === undefined ||
    !hasSameMembers(write, earlier) ||
    !isUnasked ||
    isOther ||
    hasOwnDigest(write.input) ||
    !errors.some((one) => canBeOfWrite(one, { all, write, read }))
  )
    return undefined;
  return `${writeCall(write)} wrote the bytes that the object had already. If the code compares ${member} of ${writeCall(read)}: S3 answers it only if the request has ChecksumMode: 'ENABLED'.`;
}

/** A write with the read before it, and all requests of the test. */
interface Unseen extends Repeated {
  readonly all: readonly RequestEntry[];
}

/** Whether a test can have asked whether the code writes: it compares no value of an answer, and expects no more writes than came. */
function canBeOfWrite(error: FailedError, { all, write, read }: Unseen): boolean {
  if (isUnwanted(error)) return isMatching(error, write);
  const [, times, came] = ofCount.exec(error.message) ?? [];
  if (times !== undefined) return Number(came) > Number(times) && isMatching(error, write);
  if (!isAssertion(error)) return false;
  const { expected, received, numbers } = readCompared(error);
  const [least, most] = numbers;
  if (least !== undefined && most !== undefined && (least > most || most > all.filter(isPut).length)) return false;
  const texts = [...expected, ...received];
  const isIn = ({ output }: RequestEntry, words: readonly string[]) => {
    const answer = readAnswer(output);
    return words.some((text) => answer.has(text));
  };
  // Short texts and numbers occur in answers about other objects by chance.
  const long = texts.filter((text) => text.length >= SHORTEST);
  return !isIn(read, texts) && !isIn(write, texts) && !all.slice(-LOOKED_AT).some((entry) => isIn(entry, long));
}

/** The least number of characters of a text that is looked for in all answers. */
const SHORTEST = 3;
