import { isOfV3 } from '../journal/attempts';
import { isBatch, partsIn, readSentParts } from '../journal/batch';
import { callIdOf } from '../journal/earlier-calls';
import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted, grouped } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readAnswer } from './answer-texts';
import { type ComparedTexts, readCompared } from './compared-texts';
import { countsCalls, isAssertion, isErrorOf, isMissingRejection } from './errors';

interface Client {
  readonly name: RegExp;
  /** What the client does with an answer that is no success, as the end of a sentence. */
  readonly cure: (status: number) => string;
}

/** Clients by the beginning of what they call themselves. */
const clients: readonly Client[] = [
  {
    name: /^aws-sdk-js\//,
    cure: (status) =>
      `the SDK v3 throws every answer but 2xx; catch it, and read error.$metadata.httpStatusCode === ${status}`,
  },
  {
    name: /^(?:aws-sdk|ibm-cos-sdk)-nodejs\//,
    cure: (status) =>
      `this SDK gives every answer but 2xx as an error; catch it, and read error.statusCode === ${status}`,
  },
  { name: /^MinIO/, cure: () => 'minio throws every answer but 2xx; catch it, and read error.code' },
  {
    name: /^axios\//,
    cure: (status) => `axios throws every answer but 2xx; catch it, and read error.response.status === ${status}`,
  },
  { name: /^(?:node|undici)\b/, cure: (status) => `${ofFetch(status)}` },
];

const fetches = /^(?:node|undici)\b/;

function ofFetch(status: number): string {
  return `fetch resolves also with a ${status}: compare answer.status`;
}

function readMoment(value: unknown): string {
  // A date of the engine and a date of a test are of two realms.
  const at = new Date(value as Date);
  return Number.isNaN(at.getTime()) ? String(value) : at.toISOString();
}

/** Says which condition the version does not meet. */
function writeCondition({ input }: RequestEntry): string {
  if (memberOf(input, 'IfNoneMatch') !== undefined) return 'since its ETag is that of IfNoneMatch';
  const since = memberOf(input, 'IfModifiedSince');
  if (since !== undefined) return `since it was not modified after IfModifiedSince, ${readMoment(since)}`;
  return 'since its condition asks for another version';
}

function isUnchanged({ status, failure }: RequestEntry): boolean {
  return status === 304 && failure === undefined;
}

/** An SDK that cannot read a document calls the error Unknown, or by the status. */
const ofUnchanged = /^(?:Unknown(?:Error)?|NotModified|304)$/;

function isOfUnchanged({ name, code, message }: FailedError): boolean {
  return ofUnchanged.test(name) || ofUnchanged.test(code ?? '') || /\b304\b|UnknownError|Not ?Modified/.test(message);
}

const LISTED = 5;

/** A client repeats a call while few others come. */
const REPEATED = 50;

/** Explains answers 304, which are no refusals, and which most clients throw. Without errors of a test, all of them are explained. */
export function writeUnchanged(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  const unchanged = entries.filter(isUnchanged);
  if (unchanged.length === 0) return undefined;
  if (errors.length > 0 && !errors.some(isOfUnchanged))
    return errors.some(isAssertion) ? writeMissed(entries) : undefined;
  // A test that got the status has code that catches it.
  const isCaught = errors.some((error) => isAssertion(error) && readCompared(error).received.has('304'));
  const lines = unchanged.slice(-LISTED).map((entry) => {
    const cure = isCaught
      ? (writeKeptTag(entry, entries) ?? writeSameSecond(entry, entries))
      : clients.find(({ name }) => name.test(entry.client ?? ''))?.cure(entry.status);
    return `${writeCall(entry)} was answered 304, ${writeCondition(entry)}${cure === undefined ? '' : `: ${cure}`}`;
  });
  const before = unchanged.length - lines.length;
  return [...(before > 0 ? [`(${counted(before, 'request')} before these)`] : []), ...new Set(lines)].join('\n');
}

/** Code that catches a 304 takes the object for unchanged, and the test says what it misses. */
function writeMissed(entries: readonly RequestEntry[]): string | undefined {
  const entry = entries.at(-1);
  if (entry === undefined || !isUnchanged(entry)) return undefined;
  const cure = writeSameSecond(entry, entries);
  return cure && `${writeCall(entry)} was answered 304, ${writeCondition(entry)}: ${cure}`;
}

/** A moment says nothing of what was written in its own second. */
function writeSameSecond(entry: RequestEntry, entries: readonly RequestEntry[]): string | undefined {
  const { input, bucket, key } = entry;
  const before = entries.slice(0, entries.indexOf(entry));
  const since = memberOf(input, 'IfModifiedSince');
  if (since === undefined || memberOf(input, 'IfNoneMatch') !== undefined) return undefined;
  const ofKey = before.filter((one) => one.bucket === bucket && one.key === key && one.status < 300);
  const isRead = ({ output }: RequestEntry) => readMoment(memberOf(output, 'LastModified')) === readMoment(since);
  const read = ofKey.findIndex(isRead);
  const write = ofKey.slice(read + 1).find(({ operation, error }) => writesOfObjects.has(operation) && !error);
  return read === -1 || write === undefined
    ? undefined
    : `${writeCall(write)} came in the same second, and S3 keeps whole seconds. Send IfNoneMatch with the ETag in its place, or move the clock between the two writes: s3.clock.advance({ seconds: 1 })`;
}

/** Code that keeps an ETag between tests sends it with the first request of the next one. */
function writeKeptTag(entry: RequestEntry, entries: readonly RequestEntry[]): string | undefined {
  const sent = memberOf(entry.input, 'IfNoneMatch');
  if (typeof sent !== 'string' || sent === '*') return undefined;
  // A header can name several ETags, and each in a weak form. Listings and copies have ETags as well.
  const tags = sent.split(',').map((one) => one.trim().replace(/^W\//, '').replaceAll('"', ''));
  const before = entries.slice(0, entries.indexOf(entry)).map(({ output }) => readAnswer(output));
  return tags.some((tag) => before.some((texts) => texts.has(tag)))
    ? undefined
    : 's3.requests has no earlier request of this test that was answered with that ETag. If the code keeps it from an earlier test, clear it before each test';
}

/** Returns the end of a line about a refusal, if a test may wait for fetch to reject. */
export function writeFetchCure({ client = '', status }: RequestEntry, errors: readonly FailedError[]): string {
  const isExpected = errors.length === 0 || errors.some(({ message }) => isMissingRejection(message));
  return isExpected && status >= 300 && fetches.test(client) ? `; ${ofFetch(status)}` : '';
}

/** SDKs name the error of a HEAD after its status, since the answer has no body, and so no code. */
export function nameOfHead({ status }: Pick<RequestEntry, 'status'>): string {
  return status === 404 ? 'NotFound' : status === 403 ? 'Forbidden' : 'BadRequest';
}

/** Returns the end of a line about a refused HEAD, if the error of the test has that name. */
export function writeNameOfHead(entry: RequestEntry, errors: readonly FailedError[]): string {
  const name = nameOfHead(entry);
  // A suite in Python asks without its errors.
  if (entry.method === 'HEAD' && errors.length === 0 && entry.error !== undefined && /^Boto/i.test(entry.client ?? ''))
    return `; the answer to a HEAD has no body, so that botocore raises a ClientError with the code '${entry.status}', and never ${entry.error.code}`;
  // node:assert, which expects another class of errors, names the error that came.
  const isNamed = (one: FailedError) =>
    one.name === name || one.code === name || one.message.includes(`Received "${name}"`);
  if (entry.method !== 'HEAD' || !errors.some(isNamed)) return '';
  return `; the answer to a HEAD has no body, so that the client names the error ${name}, and never ${entry.error?.code}`;
}

/** Returns the end of a line about a failure after which the SDK v3 tried no more, since it had read the stream of the Body. */
export function writeStreamCure(entry: RequestEntry, errors: readonly FailedError[]): string {
  const { headers, client = '', status } = entry;
  const [, attempt = 0, most = 0] = /attempt=(\d+); max=(\d+)/.exec(headers['amz-sdk-request'] ?? '') ?? [];
  const isStream = headers['x-amz-trailer'] !== undefined || /aws-chunked/.test(headers['content-encoding'] ?? '');
  const isLeftOut = status >= 500 && Number(attempt) === 1 && Number(most) > 1;
  if (!isOfV3({ client }) || !isStream || !isLeftOut || !errors.some((one) => isErrorOf(one, entry))) return '';
  return `; the SDK does not send a stream again, which it has read, although it may try ${most} times: give it the bytes as the Body, or make a new stream and call again`;
}

/** Whether a refusal says that a write with IfNoneMatch came second. */
function cameSecond({ error, headers, status }: RequestEntry): boolean {
  return error?.code === 'PreconditionFailed' && status === 412 && headers['if-none-match'] === '*';
}

/** Returns the end of a line about a write that came second, if its error reached the test, or the test waits for the other error. */
export function writeSecondWrite(entry: RequestEntry, errors: readonly FailedError[]): string {
  const isOther = ({ message }: FailedError) => message.includes('ConditionalRequestConflict');
  if (entry.failure !== undefined || !cameSecond(entry)) return '';
  if (!errors.some((one) => isErrorOf(one, entry) || isOther(one))) return '';
  const read = isOfV3(entry) ? 'error.name' : 'error.code';
  return `; S3 answers so to each write that comes second: code that should go on then catches ${read} === 'PreconditionFailed'. ConditionalRequestConflict, 409, comes only if another request changes the key during the write`;
}

/** Clients whose fetch sends a stream in chunks, and drops a length that the code gives. */
const dropsLength = /^Deno\b/;

/** Returns the end of a line about a body that came in chunks, without its length. */
export function writeLengthCure({ status, error, headers, failure, client = '' }: RequestEntry): string {
  const isInChunks = headers['transfer-encoding'] !== undefined && headers['content-length'] === undefined;
  if (failure !== undefined || status !== 501 || error?.code !== 'NotImplemented' || !isInChunks) return '';
  const sets = dropsLength.test(client)
    ? ', also with a header content-length, which fetch drops'
    : ' whose length it does not know';
  return `; the body came in chunks, as the client sends a stream${sets}: pass bytes, a text or a Blob, or give the stream to Upload of @aws-sdk/lib-storage`;
}

/** Returns the end of a line about a batch without a key, which code sends where it has listed none. */
export function writeEmptyBatch(entry: RequestEntry, entries: readonly RequestEntry[]): string {
  if (entry.failure !== undefined || entry.error?.code !== 'MalformedXML' || !isBatch(entry.operation)) return '';
  if (partsIn(entry.input)?.length !== 0) return '';
  const listing = entries.slice(0, entries.indexOf(entry)).findLast(({ operation }) => operation?.startsWith('List'));
  const isOfBatch = listing?.error === undefined && listing?.bucket === entry.bucket;
  const isEmpty = isOfBatch && isListEmpty(listing?.output);
  const why = listing && isEmpty ? `, as after ${writeCall(listing)}, which listed none` : '';
  return `; send no ${entry.operation} if there is nothing to delete${why}`;
}

function isListEmpty(output: unknown): boolean {
  return ['Contents', 'Entries'].every((name) => {
    const list: unknown = memberOf(output, name);
    return list === undefined || (isArray(list) && list.length === 0);
  });
}

/** Returns the end of a line about a read that takes a prefix for an object. */
export function writeUnlistedFolder({ method, key = '', why }: RequestEntry): string {
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead || why?.includes('S3 has no folders: ') !== true) return '';
  const prefix = key.endsWith('/') ? key : `${key}/`;
  return `; whether keys begin with it, ListObjectsV2 says in KeyCount, with Prefix: ${writeKey(prefix)} and MaxKeys: 1`;
}

/** Returns the end of a line about a copy whose condition on the source failed: only a read is answered 304. */
export function writeConditionOfCopy({ operation, status, error, failure, input }: RequestEntry): string {
  const member = ['CopySourceIfNoneMatch', 'CopySourceIfModifiedSince'].find(
    (name) => memberOf(input, name) !== undefined,
  );
  if (failure !== undefined || status !== 412 || error === undefined || member === undefined) return '';
  return `; ${operation} answers 412 PreconditionFailed where a read answers 304: code that sends ${member} has to catch the 412`;
}

/** Returns the end of a line about a batch that S3 refused in part, if a test waits for the call to reject, or takes it for carried out. */
export function writeBatchCure(
  { error, output, client = '' }: RequestEntry,
  errors: readonly FailedError[],
  isTaken = false,
): string {
  const isAnswered = error === undefined && memberOf(output, 'Errors') !== undefined;
  if (!isAnswered) return '';
  // A suite in Python asks without its errors.
  if (errors.length === 0 && /^Boto/i.test(client))
    return '; the call is answered 200, and botocore raises nothing: read Errors of its answer';
  const isExpected = isTaken || errors.some(({ message }) => isMissingRejection(message));
  return isExpected ? '; the call is answered 200, and throws nothing: read Errors of its answer' : '';
}

/** Whether code has taken all keys of its batches for deleted, although S3 refused some, as what it says of the last batch shows. */
export function isTakenForDone(entries: readonly RequestEntry[], compared: readonly ComparedTexts[]): boolean {
  if (!isBatch(entries.at(-1)?.operation)) return false;
  const batches = entries.filter(({ operation, error }) => error === undefined && isBatch(operation));
  const parts = batches.flatMap(readBatch);
  const done = parts.filter(({ isRefused }) => !isRefused);
  // If S3 has refused all keys, code that reads Errors has as many. If each batch has one key, a test can have counted the batches.
  if (done.length === 0) return false;
  return compared.some(({ expected, received, numbers: [wanted, came], printed }) => {
    const isCounted =
      wanted === done.length && came === parts.length && came !== batches.length && !countsCalls(printed);
    const isListed = parts.every(({ key, isRefused }) => received.has(key) && expected.has(key) === !isRefused);
    return isCounted || isListed;
  });
}

function readBatch(entry: RequestEntry): readonly { readonly key: string; readonly isRefused: boolean }[] {
  return readSentParts(entry).map(({ part, refused }) => ({
    key: String(memberOf(part, 'Key')),
    isRefused: refused !== undefined,
  }));
}

/** The most keys of a batch. */
const KEYS = 1000;

/** Returns the end of a line about a batch that was refused since it has too many keys. */
export function writeBatchSize(entry: RequestEntry): string {
  const { length = 0 } = partsIn(entry.input) ?? [];
  return entry.operation === 'DeleteObjects' && entry.error?.code === 'MalformedXML' && length > KEYS
    ? `; send ${counted(Math.ceil(length / KEYS), 'request')}, each with ${grouped(KEYS)} of the keys at most`
    : '';
}

/** A client repeats a call with its id or, if it sends none, with the same request. */
function isSentAgain(entry: RequestEntry, later: readonly RequestEntry[]): boolean {
  const id = callIdOf(entry);
  return later.some((one) =>
    id === undefined ? one.method === entry.method && one.url === entry.url : callIdOf(one) === id,
  );
}

function isThrown({ client = '', error }: RequestEntry): boolean {
  return error !== undefined && !fetches.test(client) && clients.some(({ name }) => name.test(client));
}

/** Says that code has kept the error of a refusal, if a test waits for a call to reject. */
export function writeUnnoticed(entries: readonly RequestEntry[], errors: readonly FailedError[]): string | undefined {
  if (!errors.some(({ message }) => isMissingRejection(message))) return undefined;
  const refused = entries.filter(
    (entry, index) => isThrown(entry) && !isSentAgain(entry, entries.slice(index + 1, index + 1 + REPEATED)),
  );
  const last = entries.at(-1);
  const unhandled = errors.filter(({ isUnhandled }) => isUnhandled);
  const strays = refused.filter((entry) => unhandled.some((error) => isErrorOf(error, entry)));
  // The errors of several calls are the same, and somebody can have handled one of them.
  const stray = new Set(strays.map(writeCall)).size === 1 ? strays[0] : undefined;
  if (stray !== undefined)
    return `Nobody awaited ${writeCall(stray)}: its error, ${nameOf(stray)}, was an unhandled rejection, and the promise resolved without it. Await each call, in for…of or in Promise.all(list.map(…)): forEach does not wait for an async function.`;
  // Code can mean to go on after a refusal. After one that the test itself ordered, or after the last one, it does not.
  const madeGood = findMadeGood(entries);
  const kept = refused.findLast((entry) => entry === last || (entry.failure !== undefined && !madeGood.has(entry)));
  return (
    kept &&
    `The promise resolved, although ${writeCall(kept)} was refused with ${nameOf(kept)}. If the test waits for that error, the code caught it, or did not await the call: throw it again in the catch, or await the call, in for…of or in Promise.all, since forEach does not wait for an async function.`
  );
}

/** The refused requests that the code itself has sent again, until S3 answered them. */
function findMadeGood(entries: readonly RequestEntry[]): ReadonlySet<RequestEntry> {
  const answered = new Set<string>();
  return new Set(
    entries.toReversed().filter(({ method, url, error }) => {
      if (error === undefined) answered.add(`${method} ${url}`);
      return answered.has(`${method} ${url}`);
    }),
  );
}

function nameOf(entry: RequestEntry): string {
  return entry.method === 'HEAD' ? nameOfHead(entry) : (entry.error?.code ?? '');
}
