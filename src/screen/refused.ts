import { refusedParts } from '../journal/batch';
import { callIdOf } from '../journal/earlier-calls';
import type { RequestEntry, RequestFailure } from '../journal/entry';
import { writeResource, writeTarget } from '../journal/entry-text';
import { findRefuser } from '../journal/outcome';
import { counted, firstLines, grouped } from '../text/counts';
import { maskUrl } from '../text/masks';
import { visible } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { ComparedTexts } from './compared-texts';
import { isErrorOf } from './errors';
import { writeLackedOperation } from './lacked-operations';
import { type ListedIds, readListedIds, writeListedMarker, writeOtherKey } from './listed-ids';
import { writeKeptCondition, writeOwnDigest } from './own-digests';
import { writeJsonTagging } from './tagging-texts';
import {
  isTakenForDone,
  writeBatchCure,
  writeBatchSize,
  writeConditionOfCopy,
  writeEmptyBatch,
  writeFetchCure,
  writeLengthCure,
  writeNameOfHead,
  writeSecondWrite,
  writeStreamCure,
  writeUnchanged,
  writeUnlistedFolder,
} from './thrown-answers';

interface Trouble {
  readonly entry: RequestEntry;
  readonly answer: string;
  /** The reason, if only a part of a batch was refused. If it is left out, the reason of the entry counts. */
  readonly reason?: string;
  /** `S3 in part` if it refused entries of a batch, `the test` if that replied in S3's place, `nobody` if the answer did not arrive whole. */
  readonly refusedBy: 'S3' | 'S3 in part' | 'STS' | 'S3 Control' | 'the mock' | 'the test' | 'nobody';
  readonly attempts: number;
}

interface WaitingRequest {
  readonly method: string;
  readonly url: string;
  readonly awaits: 'body' | 'reply' | 'rest' | 'reader';
}

const awaited: Readonly<Record<WaitingRequest['awaits'], string>> = {
  body: 'whose body has not arrived completely: does the client send as many bytes as its Content-Length says?',
  reply: 'which a rule of s3.on delays',
  rest: 'whose answer a rule of s3.on stalls',
  reader: 'whose answer was not read to the end: does the code read the whole Body?',
};

const deeds: Readonly<Record<Trouble['refusedBy'], string>> = {
  S3: 'S3 refused',
  'S3 in part': 'S3 refused entries of',
  STS: 'STS refused',
  'S3 Control': 'S3 Control refused',
  'the mock': 'The mock refused',
  'the test': 'The test replied with an error to',
  nobody: 'S3 refused, or did not fully answer,',
};

const LISTED = 5;
/** The most requests that are searched for equal ones. */
const SEARCHED = 1000;

interface Written {
  /** The errors of the test, which can have S3's message. */
  readonly errors?: readonly FailedError[];
  /** What the assertions of the runner compared. */
  readonly compared?: readonly ComparedTexts[];
  /** Whether the text of a failed assertion has the request with its reason. */
  readonly isWritten?: (entry: RequestEntry) => boolean;
  /** Whether another line has the reason of the refusal, more exactly. */
  readonly isExplained?: (entry: RequestEntry) => boolean;
  /** Whether to say that S3 answered a later attempt of a call, of which a rule of the test failed an earlier one. */
  readonly saysAnswered?: boolean;
  /** Whether another line says already how often the client sends a call, and that is what the test counts. */
  readonly isCounted?: boolean;
}

/**
 * Explains the refused requests, without the parts that the test's error already contains. `owner` is a part of the sentence such as 'this
 * test'.
 */
export function writeRefused(
  entries: Iterable<RequestEntry>,
  owner: string,
  written: Written = {},
): string | undefined {
  const { errors = [], isWritten = () => false, isExplained = () => false } = written;
  const { saysAnswered = false, isCounted = false, compared = [] } = written;
  const isQuoted = (entry: RequestEntry) => errors.some((error) => isErrorOf(error, entry));
  const all = findCalls(entries);
  const unchanged = writeUnchanged([...entries], errors);
  // The mock's own refusals name the operation and the cure in their message.
  const listed = all.filter(
    ({ entry, refusedBy }) => !isWritten(entry) && !(refusedBy === 'the mock' && isQuoted(entry)),
  );
  if (listed.length === 0) return unchanged;
  const what = writeDeed(new Set(listed.map(({ refusedBy }) => refusedBy)));
  const more = listed.length < all.length ? 'more ' : '';
  // A client repeats its calls, and each attempt is a request.
  const refused = listed.reduce((sum, { attempts }) => sum + attempts, 0);
  const headline = `${what} ${counted(refused, `${more}request`)} of ${owner}`;
  const last = listed.slice(-SEARCHED);
  const counts = isCounted ? new Map<string, number>() : countEndless(last);
  const answers = saysAnswered ? findAnswers(entries) : new Map<string, RequestEntry>();
  const sent = [...entries].slice(-SEARCHED);
  const ids = readListedIds(sent);
  const isTaken = isTakenForDone(sent, compared);
  const folded = foldEqual(
    last.map((one) =>
      [
        writeTrouble(withReason(one, isExplained(one.entry), sent, ids), isQuoted(one.entry), counts),
        isExplained(one.entry) ? '' : writeOtherKey(one.entry, sent, ids),
        writeFetchCure(one.entry, errors),
        writeNameOfHead(one.entry, errors),
        writeBatchCure(one.entry, errors, isTaken),
        writeBatchSize(one.entry),
        writeLackedOperation(one.entry),
        writeSecondWrite(one.entry, errors),
        writeLengthCure(one.entry),
        writeEmptyBatch(one.entry, sent),
        writeUnlistedFolder(one.entry),
        writeConditionOfCopy(one.entry),
        one.attempts === 1 ? writeStreamCure(one.entry, errors) : '',
        writeAnswered(one.entry, answers),
      ].join(''),
    ),
  );
  const lines = folded.slice(-LISTED);
  const further = unchanged === undefined ? [] : ['', unchanged];
  if (lines.length === 1 && listed.length <= SEARCHED) return [`${headline}: ${lines.join('')}`, ...further].join('\n');
  const rest = folded.length > LISTED || listed.length > SEARCHED ? `; the last ${lines.length}` : '';
  return [`${headline}${rest}:`, ...lines.map((line) => `  ${line}`), ...further].join('\n');
}

/** A line that another one explains has no reason. Some reasons say instead what the code means, as its other requests or its bytes show. */
function withReason(trouble: Trouble, isExplained: boolean, sent: readonly RequestEntry[], ids: ListedIds): Trouble {
  const { entry } = trouble;
  const reason = isExplained
    ? ''
    : (writeListedMarker(entry, sent, ids) ??
      writeOwnDigest(entry, sent.slice(0, sent.indexOf(entry))) ??
      writeKeptCondition(entry, sent.slice(0, sent.indexOf(entry))) ??
      writeJsonTagging(entry));
  return reason === undefined ? trouble : { ...trouble, reason };
}

/** The answers that are no failures, by the ids of their calls. */
function findAnswers(entries: Iterable<RequestEntry>): ReadonlyMap<string, RequestEntry> {
  return new Map(
    [...entries].flatMap((entry) => {
      const id = callIdOf(entry);
      return id === undefined || findTrouble(entry).length > 0 || entry.status >= 300 ? [] : [[id, entry]];
    }),
  );
}

/** A rule with an end has failed one attempt, and the client has sent the call again. */
function writeAnswered(entry: RequestEntry, answers: ReadonlyMap<string, RequestEntry>): string {
  const { failure } = entry;
  const answer = answers.get(callIdOf(entry) ?? '');
  if (failure === undefined || failure.endless !== undefined || answer === undefined) return '';
  return `; the client sent it again, and was answered ${answer.status}, so the call did not fail. If it should fail, let the rule fail each attempt, without times, or give the client maxAttempts: 1`;
}

/** Counts the requests that a rule without an end failed, by what they asked for: code can try again in other calls than its SDK. */
function countEndless(listed: readonly Trouble[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { entry, attempts } of listed) {
    const name = nameEndless(entry);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + attempts);
  }
  return counts;
}

function nameEndless(entry: RequestEntry): string | undefined {
  const { failure } = entry;
  return failure?.endless === undefined ? undefined : `${failure.endless}\n${writeSubject(entry)}`;
}

/** The requests of a loop that tries again are written as one. */
function foldEqual(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const count = counts.get(line) ?? 0;
    counts.delete(line);
    counts.set(line, count + 1);
  }
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${grouped(count)} times)`));
}

function writeDeed(refusers: ReadonlySet<Trouble['refusedBy']>): string {
  if (refusers.size === 1) return deeds[[...refusers][0] ?? 'nobody'];
  const [by, ...others] = new Set([...refusers].map((one) => (one === 'S3 in part' ? 'S3' : one)));
  if (others.length === 0) return deeds.S3;
  if (![...refusers].every((one) => one === 'S3' || one === 'S3 in part' || one === 'STS' || one === 'S3 Control'))
    return deeds.nobody;
  return `${[by, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)} refused`;
}

export function writeWaiting(waiting: readonly WaitingRequest[]): string | undefined {
  const lines = waiting.map(({ method, url, awaits }) => `${method} ${maskUrl(url)}, ${awaited[awaits]}`);
  return writeList(`${counted(lines.length, 'request')} ${lines.length === 1 ? 'is' : 'are'} still waiting`, lines);
}

export function writeRules(rules: readonly string[]): string | undefined {
  return writeList(`${counted(rules.length, 'rule')} of s3.on ${rules.length === 1 ? 'is' : 'are'} in force`, rules);
}

function writeList(headline: string, lines: readonly string[]): string | undefined {
  if (lines.length < 2) return lines[0] && `${headline}: ${lines[0]}`;
  return [`${headline}:`, ...firstLines(lines, LISTED).map((line) => `  ${line}`)].join('\n');
}

export function findTrouble(entry: RequestEntry): readonly Trouble[] {
  const { status, error, failure } = entry;
  const make = (answer: string, refusedBy: Trouble['refusedBy']) => [{ entry, answer, refusedBy, attempts: 1 }];
  if (status === 0) return make('without an answer', 'nobody');
  const refusedBy = findRefuser(entry);
  if (refusedBy !== undefined) return make(`${status} ${error?.code}`, refusedBy);
  if (failure?.kind === 'reply' && status >= 400) return make(`${status}`, 'the test');
  if (failure?.kind === 'disconnect' || failure?.kind === 'corrupt' || failure?.kind === 'stall')
    return make(`${status}`, 'nobody');
  return refusedEntries(entry).map((answer) => ({ entry, attempts: 1, ...answer, refusedBy: 'S3 in part' }));
}

/** If the mock has a bug, `why` is a stack, and jest would take it for the stack of the test's error. */
function reasonOf({ entry: { why, error }, reason }: Trouble): string {
  return reason ?? (why ?? error?.message ?? '').split('\n', 1)[0] ?? '';
}

function refusedEntries(entry: RequestEntry): readonly { readonly answer: string; readonly reason: string }[] {
  const refused = refusedParts(entry);
  const [first] = refused;
  if (first === undefined) return [];
  const { status, why } = entry;
  const others = refused.length - 1;
  if (why === undefined) {
    const rest = others === 0 ? '' : ` and ${grouped(others)} more`;
    return [
      { answer: `${status}, with ${first.code} in its Errors${rest}`, reason: `${first.part.Key}: ${first.message}` },
    ];
  }
  // The reasons already name the keys.
  const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
  const of = others === 0 ? '' : ` for ${grouped(refused.length)} of its entries`;
  return [{ answer: `${status}, with ${codes} in its Errors${of}`, reason: why }];
}

/**
 * SDKs repeat a refused request. Its repetitions have the same id of the call or, if the SDK sends no id, the same content. The last
 * attempt decides on the place. A test can have 10,000 of them, and few are printed.
 */
function findCalls(entries: Iterable<RequestEntry>): readonly Trouble[] {
  const found = new Map<unknown, Trouble>();
  for (const entry of entries)
    for (const one of findTrouble(entry)) {
      const name = nameCall(entry);
      const isOther = name !== undefined && (found.get(name)?.answer ?? one.answer) !== one.answer;
      const call = isOther ? `${one.answer}\n${name}` : (name ?? one);
      const earlier = found.get(call);
      if (earlier !== undefined) found.delete(call);
      found.set(call, earlier === undefined ? one : { ...one, attempts: earlier.attempts + 1 });
    }
  return [...found.values()];
}

/** A refusal below 500 is final, so the same request is another call. */
function nameCall(entry: RequestEntry): string | undefined {
  const isFinal = entry.status >= 300 && entry.status < 500;
  return callIdOf(entry) ?? (isFinal ? undefined : `${entry.method} ${entry.url}`);
}

/** If the error of the test has S3's message, the line does not repeat it. */
function writeTrouble(trouble: Trouble, isQuoted: boolean, counts: ReadonlyMap<string, number>): string {
  const { entry, answer, attempts } = trouble;
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`;
  const reason = isQuoted ? withoutMessage(reasonOf(trouble), entry.error?.message ?? '') : reasonOf(trouble);
  const because = reason === '' ? '' : `: ${reason}`;
  const isRepeated = (counts.get(nameEndless(entry) ?? '') ?? 0) > 1;
  const onPurpose = entry.failure === undefined ? '' : ` (on purpose: ${writeOnPurpose(entry.failure, isRepeated)})`;
  return `${writeSubject(entry)} ${answer}${times}${because}${onPurpose}`;
}

const everyTime: Readonly<Record<RequestFailure['kind'], string>> = {
  fail: 'fails every request',
  failEntries: 'fails entries of every request',
  delay: 'delays every request',
  disconnect: 'disconnects every request',
  corrupt: 'corrupts the answer to every request',
  stall: 'stalls the answer to every request',
  reply: 'replies to every request',
};

/** A client that tries again meets a rule without an end again. */
function writeOnPurpose({ kind, what, endless }: RequestFailure, isRepeated: boolean): string {
  if (endless === undefined || !isRepeated) return what;
  const cure = endless.startsWith('s3.outage(') ? 'call its end(), or write until,' : 'write { times: 1 }';
  return `${endless} ${everyTime[kind]}: ${cure} if a retry should succeed`;
}

/** The reason of a refusal can begin with S3's message. */
function withoutMessage(reason: string, message: string): string {
  if (reason === message) return '';
  const introduction = `${message.replace(/\.$/, '')}; `;
  return reason.startsWith(introduction) ? reason.slice(introduction.length) : reason;
}

function writeSubject(entry: RequestEntry): string {
  const { operation } = entry;
  if (operation === undefined) return writeTarget(entry);
  const resource = `${writeResource(entry)}${writeVersion(entry)}`;
  return resource === '' ? operation : `${operation} ${resource}`;
}

/** In the form of a path and of a CopySource. */
function writeVersion({ input }: RequestEntry): string {
  const id: unknown = Reflect.get(input, 'VersionId');
  return typeof id === 'string' ? visible(`?versionId=${id}`) : '';
}
