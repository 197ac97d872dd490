import { md5 } from '../formats/digests';
import { isBatch } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { MockState } from '../mock/state';
import { counted } from '../text/counts';
import { isRecord, memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readAnswer } from './answer-texts';
import { findReadObject, type ReadObject } from './bytes-of-reads';
import { asksForChecksum, hasOwnDigest, isOfPart } from './checksums-of-reads';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { hidesDigest } from './read-otherwise';
import { isUnchangedUntil } from './unchanged-objects';
import { byFullChecksum } from './uploads-in-parts';

/** The most requests that are looked at. */
const LOOKED_AT = 200;

/** The most bytes that are compared. */
const LONGEST = 1_000_000;

function isPut({ operation, error }: RequestEntry): boolean {
  return operation === 'PutObject' && error === undefined;
}

/** A write of the bytes that the object had already, and the read before it, which could have shown that. */
interface Repeated {
  readonly write: RequestEntry;
  readonly read: RequestEntry;
  readonly object: ReadObject;
}

/** A test, and what its mock knows. */
interface TestOfWrites {
  readonly state: MockState;
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailedError[];
}

function findRepeated({ state, entries }: Pick<TestOfWrites, 'state' | 'entries'>): readonly Repeated[] {
  const last = new Map<string, RequestEntry>();
  return entries.flatMap((write, index) => {
    const { bucket, key, operation } = write;
    // What a batch has deleted, no write has repeated.
    if (isBatch(operation)) for (const one of last.keys()) if (one.startsWith(`${bucket}/`)) last.delete(one);
    const read = last.get(`${bucket}/${key}`);
    last.set(`${bucket}/${key}`, write);
    const isAsked = read !== undefined && (read.method === 'GET' || read.method === 'HEAD');
    // Who reads an older version compares that one.
    const isOfOlder = memberOf(read?.input, 'VersionId') !== undefined;
    if (!isAsked || !isPut(write) || isOfPart(read) || isOfOlder) return [];
    const object = findRepeatedObject(write, read, { state, before: entries.slice(0, index) });
    return object === undefined ? [] : { write, read, object };
  });
}

/** The object that the request before a write has read, if the write has its bytes and found it unchanged. */
function findRepeatedObject(
  write: RequestEntry,
  read: RequestEntry,
  { state, before }: Pick<TestOfWrites, 'state'> & { readonly before: readonly RequestEntry[] },
): ReadObject | undefined {
  const object = findReadObject(state, read, before);
  if (object === undefined || !hasBytes(write, object.bytes) || isRemovedByRule(state, write)) return undefined;
  if (!isUnchangedUntil(write, read, state)) return undefined;
  const isSame = object.put === undefined ? hasSameDetails(write, read) : hasSameMembers(write, object.put);
  return isSame ? object : undefined;
}

/** Whether a rule of lifecycle has removed the object, perhaps between the read and the write. */
function isRemovedByRule({ journal }: TestOfWrites['state'], { bucket, key }: RequestEntry): boolean {
  return journal.serviceActions.some(
    (one) => one.bucket === bucket && one.key === key && (one.action === 'expire' || one.action === 'remove'),
  );
}

/** A write of the same bytes with other metadata is no repetition. */
function hasSameMembers({ input }: RequestEntry, { input: before }: RequestEntry): boolean {
  return JSON.stringify({ ...input, Body: undefined }) === JSON.stringify({ ...before, Body: undefined });
}

/** What an answer says of an object beside its bytes. */
const details = [
  ...['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType'],
  ...['Expires', 'Metadata', 'StorageClass', 'WebsiteRedirectLocation'],
];

/** What was no PutObject has no members of one: its answer says which details it has. It does not say which tags. The type of a fixture can be one that no write names, and SDKs name the default. */
function hasSameDetails({ input }: RequestEntry, { output }: RequestEntry): boolean {
  const named = details.filter((name) => name === 'Metadata' || writeDetail(memberOf(input, name)) !== '');
  return (
    memberOf(input, 'Tagging') === undefined &&
    named.every((name) => writeDetail(memberOf(input, name)) === writeDetail(memberOf(output, name)))
  );
}

/** An answer leaves out what is the default. */
function writeDetail(value: unknown): string {
  const isDefault = value === undefined || value === 'STANDARD' || /octet-stream$/.test(String(value));
  return isDefault || (isRecord(value) && Object.keys(value).length === 0) ? '' : JSON.stringify(value);
}

function hasBytes({ body }: RequestEntry, bytes: Uint8Array): boolean {
  if (body === undefined || body.byteLength > LONGEST) return false;
  return Buffer.compare(body, bytes) === 0;
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
  if (times !== undefined)
    return Number(came) - Number(times) === all.filter(({ write }) => isMatching(error, write)).length;
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

/** Code compares the MD5 of its bytes with an ETag that is none, or has another form, and writes the same bytes again. */
export function writeSameBytes(test: TestOfWrites): string | undefined {
  const entries = test.entries.slice(-LOOKED_AT);
  const all = findRepeated({ ...test, entries });
  const hidden = all.filter((one) => whyNoDigest(one) !== undefined);
  const areCounted = hidden.length > 0 && test.errors.some((error) => areTooMany(error, entries, hidden));
  if (areCounted || isDecided(test, hidden)) return writeHidden(hidden);
  const unseen = findUnseen(test);
  if (unseen !== undefined) return writeUnseen(unseen);
  // Who only counts the writes need not have written them by the code that has read the ETag.
  const quoted = all.filter(isQuoted);
  return isDecided(test, quoted) ? writeQuoted(quoted) : undefined;
}

/** Whether a test compares what the code says of its last write. */
function isDecided({ entries, errors }: TestOfWrites, repeated: readonly Repeated[]): boolean {
  const last = repeated.at(-1)?.write;
  return last !== undefined && last === entries.at(-1) && errors.some((error) => isOfCode(error, repeated));
}

/** Why the ETag of an answer is no MD5 of the bytes. */
function whyNoDigest({ read, object }: Repeated): string | undefined {
  const parts = /-(\d+)"$/.exec(String(memberOf(read.output, 'ETag')))?.[1];
  const origin = parts === undefined ? undefined : object.stored?.origin;
  if (origin === 'fixture') return 'since the fixture gives it another one';
  if (origin === 'handle') return 'since the put() of a handle gives it another one';
  if (parts !== undefined) return `since the object was uploaded in ${counted(Number(parts), 'part')}`;
  const encryption = hidesDigest(read);
  return encryption && `since the object is encrypted ${encryption}`;
}

function writeRepeated([first, ...others]: readonly Pick<Repeated, 'write'>[]): string {
  const more = others.length === 0 ? '' : `, as did ${counted(others.length, 'other PutObject')}`;
  return `${first === undefined ? '' : writeCall(first.write)} wrote the bytes that the object had already${more}.`;
}

function writeHidden(repeated: readonly Repeated[]): string | undefined {
  const [first] = repeated;
  return (
    first &&
    `${writeRepeated(repeated)} The ETag that ${writeCall(first.read)} answered is not the MD5 of the bytes, ${whyNoDigest(first)}: where the code compares both, compare ${writeOther(first)}.`
  );
}

/** An object of a fixture has no checksum, and most of those of uploads in parts are no checksums of the bytes. */
function writeOther({ object: { put, upload, stored } }: Repeated): string {
  const write = put ?? upload;
  const type = write === undefined ? stored?.version.content.checksum?.type : typeOfChecksum(write.output);
  if (type === 'FULL_OBJECT') return "a checksum, HeadObject with ChecksumMode: 'ENABLED', or metadata of your own";
  return upload === undefined
    ? 'metadata of your own'
    : `metadata of your own, or a checksum of the bytes: write ${byFullChecksum} HeadObject`;
}

function typeOfChecksum(output: unknown): unknown {
  const hasChecksum = isRecord(output) && Object.keys(output).some((name) => /^Checksum(?!Type$)[A-Z]/.test(name));
  return hasChecksum ? memberOf(output, 'ChecksumType') : undefined;
}

/** Whether the ETag that the code has read is the MD5 of the bytes, which a read of the object itself does not need. */
function isQuoted({ read, write }: Pick<Repeated, 'read' | 'write'>): boolean {
  return read.operation === 'HeadObject' && memberOf(read.output, 'ETag') === writeTag(write);
}

function writeTag({ body }: RequestEntry): string | undefined {
  return body && `"${md5(body).toString('hex')}"`;
}

function writeQuoted(repeated: readonly Repeated[]): string | undefined {
  const [first] = repeated;
  if (first === undefined) return undefined;
  const sum = findChecksum(first.read);
  const ofChecksum = sum === undefined ? '' : `, and ${sum} is in base64`;
  return `${writeRepeated(repeated)} The ETag that ${writeCall(first.read)} answered is the MD5 of the bytes, in quotation marks${ofChecksum}: if the code compares the ETag, compare it with ${writeValue(writeTag(first.write))}.`;
}

/** The checksum that a read was answered because it had asked. */
function findChecksum(read: RequestEntry): string | undefined {
  const members = asksForChecksum(read) && isRecord(read.output) ? Object.keys(read.output) : [];
  return members.find((name) => /^Checksum(?!Type$)[A-Z]/.test(name));
}

/** Checksums for which nobody has asked but an SDK are none that code compares. */
const ofAskedChecksum = /^Checksum(?!CRC32$|CRC64NVME$|Type$)[A-Z]/;

/** The checksum for which a write has asked. */
function findAskedChecksum({ output }: RequestEntry): string | undefined {
  return Object.keys(isRecord(output) ? output : {}).find((name) => ofAskedChecksum.test(name));
}

/** A write, the read before it, which asked for no checksum, and the checksum of the write that code can compare. */
interface Unseen extends Repeated {
  readonly member: string;
  /** Whether the object that was read had the checksum. */
  readonly isThere: boolean;
}

/** Code has written bytes with a checksum, has read the object without asking for it, and writes the same bytes again. */
function findUnseen(test: TestOfWrites): Unseen | undefined {
  const { entries, errors, state } = test;
  const write = entries.at(-1);
  const before = entries.slice(-LOOKED_AT, -1);
  const read = before.findLast(({ bucket, key }) => bucket === write?.bucket && key === write?.key);
  if (write === undefined || read === undefined || !isPut(write) || !isUnasked(read)) return undefined;
  const member = findAskedChecksum(write);
  if (member === undefined || hasOwnDigest(write.input)) return undefined;
  const object = findRepeatedObject(write, read, { state, before });
  // The checksum of a copy, and of an upload in parts, is another question.
  if (object === undefined || (object.put ?? object.stored?.origin ?? 'request') === 'request') return undefined;
  if (!errors.some((one) => canBeOfWrite(one, { all: entries, write, read }))) return undefined;
  return { write, read, object, member, isThere: object.put !== undefined && findAskedChecksum(object.put) === member };
}

function isUnasked(read: RequestEntry): boolean {
  const isRead = read.operation === 'GetObject' || read.operation === 'HeadObject';
  const isOther = asksForChecksum(read) || isOfPart(read) || memberOf(read.input, 'VersionId') !== undefined;
  return isRead && read.error === undefined && !isOther;
}

function writeUnseen({ write, read, member, isThere }: Unseen): string {
  const why = isThere
    ? "S3 answers it only if the request has ChecksumMode: 'ENABLED'"
    : `the object had none, because no PutObject had written it with ChecksumAlgorithm: '${member.slice('Checksum'.length)}'. Let the test arrange it by such a PutObject, and send ChecksumMode: 'ENABLED' with ${read.operation}`;
  const tag = isQuoted({ read, write }) ? ' If it compares the ETag: that is in quotation marks.' : '';
  return `${writeRepeated([{ write }])} If the code compares ${member} of ${writeCall(read)}: ${why}.${tag}`;
}

/** A write with the read before it, and all requests of the test. */
interface ComparedWrite extends Pick<Repeated, 'read' | 'write'> {
  readonly all: readonly RequestEntry[];
}

/** Whether a test can have asked whether the code writes: it compares no value of an answer, and expects no more writes than came. */
function canBeOfWrite(error: FailedError, { all, write, read }: ComparedWrite): boolean {
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
