import type { ServiceAction } from '../model/schedule/service-action';
import type { WordCame } from '../shapes/expected-values';
import { counted, grouped } from '../text/counts';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { writeQuotedList } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { writeSentence } from '../text/sentences';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeBlock, writeGiven, writeKey, writeValue } from '../text/values';
import { listCalls, writeAttempts } from './attempts';
import { batchDifferences, isBatch, lacksRefusals } from './batch';
import {
  type Compared,
  Comparison,
  checkNegation,
  checkVerdict,
  type Expectation,
  isExpected,
  judgeCount,
  judgePresence,
  type LogWords,
  makeAssertionError,
  readMembers,
  readWholeNumber,
  type Shown,
  type Verdict,
} from './comparison';
import { type ComparedValues, comparedValues, writeDifference } from './difference-text';
import { type Elsewhere, type ExpectedSender, wentElsewhere } from './elsewhere';
import { type ExpectedInput, type OperationOrAlias, type RequestEntry, writesOfObjects } from './entry';
import { requestColumns } from './entry-text';
import { type Difference, fits } from './input-matching';
import { type Columns, LISTED, type Sliced } from './lines';
import { findMisspeltBucket } from './misspelt-buckets';
import { checkCode, checkInputNames, type KnownNames, namesOfHeads, readOperationName } from './operation-names';
import {
  comparedOutcomes,
  hasOutcome,
  type Judgement,
  judge,
  type OutcomeFilter,
  type Refusal,
  writeOutcome,
  writeRefusal,
} from './outcome';
import type { RequestsOfWorlds } from './requests-of-worlds';
import { writeSiblings } from './siblings';
import type { WrittenAssertions } from './written-assertions';

export interface RecordedRequests extends Iterable<RequestEntry>, Sliced<RequestEntry> {
  readonly length: number;
  readonly serviceActions: readonly ServiceAction[];
  readonly known: KnownNames;
  readonly elsewhere: Pick<Elsewhere, 'lines' | 'seenHost' | 'cure' | 'startedLine' | 'expectedSender'>;
  readonly written: WrittenAssertions;
  readonly ofWorlds?: Pick<RequestsOfWorlds, 'write'>;
  /** Whether a reset, or the test, removed earlier requests. */
  readonly wasCleared?: boolean;
  countBefore?(operation: string): number;
  writeRemembered?(place: Pick<RequestEntry, 'bucket' | 'key'>): string | undefined;
}

/** Reads the requests only when a call needs them, since a call can wait for more requests. */
export interface Reading {
  readonly call: string;
  readonly recorded: RecordedRequests;
  /** Judges the assertion again, if a failed test asks about other requests. */
  readonly judge?: (reading: Reading) => Verdict;
}

/**
 * Reads an expected input. `came` says whether a request carried a word that S3 does not have. `waitFor` accepts any word, since a request
 * with it can still come.
 */
export function readExpectedRequest(
  { call, recorded }: Reading,
  operation: string,
  input: unknown,
  came: WordCame = (member, word) => hasCarried(recorded, member, word),
): Expectation<RequestEntry> {
  const { known } = recorded;
  const find = readMembers(call, 'input', input, "{ Bucket: 'vault' }");
  const name = readOperationName(known, operation);
  checkInputNames(known, call, name, input, came);
  return {
    name,
    members: input,
    isNamed: (entry) => entry.operation === name,
    partOf: (entry) => entry.input,
    find,
    isPartial: (entry) => entry.dropped !== undefined,
    isUnsure(entry, differences) {
      // An expected input does not depend on the answer. A dropped member of the input is in it, as undefined.
      const dropped = entry.dropped?.filter((one) => Object.hasOwn(entry.input, one) && dependsOn(input, one)) ?? [];
      return dropped.length > 0 && differences.every(({ path }) => path === '' || dropped.includes(path));
    },
    otherName: (entry) => ({ path: 'operation', expected: name, actual: entry.operation }),
  };
}

/** A test can use words that S3 refuses, to expect the refused request. */
export function hasCarried(requests: RecordedRequests, member: string, word: string): boolean {
  return requests.dropped > 0 || requests.slice().some(({ input }) => hasMember(input, member, word));
}

function hasMember(input: object, member: string, word: string): boolean {
  const work: object[] = [input];
  for (const one of work) {
    for (const [name, value] of Object.entries(one)) {
      const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (name === member && texts.includes(word)) return true;
      if (isRecord(value) || Array.isArray(value)) work.push(value);
    }
  }
  return false;
}

/** CreateBucket names a bucket that does not exist. */
export function findMisspelt(
  { call, recorded }: Reading,
  operation: OperationOrAlias | '*',
  input: unknown,
): Error | undefined {
  if (operation === 'CreateBucket') return undefined;
  return findMisspeltBucket(call, input, { names: recorded.known.buckets(), requests: recorded });
}

function dependsOn(input: unknown, name: string): boolean {
  return isAsymmetric(input) || (typeof input === 'object' && input !== null && Object.hasOwn(input, name));
}

class RequestComparison extends Comparison<RequestEntry> {
  override readonly words: LogWords = {
    expected: (not) => `Expected ${not}to receive`,
    came: (what) => `${what} came`,
    that: 'that came',
    nothing: 'no request came at all',
    isOther: 'is of another operation',
    hasName: 'is of that operation',
  };
  protected override readonly columns: Columns<RequestEntry> = requestColumns;
  protected override readonly hasValues = true;
  readonly #reading: Reading;
  readonly #recorded: RecordedRequests;
  readonly notes: string[] = [];
  /** Whether the assertion is about all requests, whatever their operation. */
  isOfAll = false;
  /** How many requests a test expected, if more came. */
  most: number | undefined;

  constructor(reading: Reading, expected: Expectation<RequestEntry>) {
    super(expected, reading.recorded);
    this.#reading = reading;
    this.#recorded = reading.recorded;
  }

  override mistakeIfNegated(): Error | undefined {
    const { name, members } = this.expected;
    return findMisspelt(this.#reading, name as OperationOrAlias, members); // as it was read
  }

  override message(headline: string, evidence: readonly Shown<RequestEntry>[], explains = true): string {
    const text = super.message(headline, evidence, explains);
    const { written } = this.#recorded;
    written.noteRequests(evidence.slice(-LISTED).map(({ entry }) => entry));
    if (evidence.length < this.entries.length) written.noteRequests(this.entries.slice(-LISTED));
    written.noteDeciding(evidence.map(({ entry }) => entry));
    if (this.isOfAll) written.noteOfAll();
    written.finish(text, (entries) => this.#holdsFor(entries, !explains));
    return text;
  }

  /** An assertion that has failed because it passed is a negated one. What the journal has dropped can decide as well. */
  #holdsFor(entries: readonly RequestEntry[], hasPassed: boolean): boolean {
    const { call, recorded, judge } = this.#reading;
    if (judge === undefined || recorded.dropped > 0 || entries.some((one) => one.dropped !== undefined)) return false;
    const { pass } = judge({ call, recorded: chooseEntries(recorded, entries) });
    return pass !== hasPassed;
  }

  override undecidable(unsure: readonly Compared<RequestEntry>[]): Error {
    const lost = this.dropped > 0 ? 'requests' : 'bytes';
    const headline = `It is unknown whether ${this.subject} was received as expected: the journal no longer contains all ${lost}.`;
    return makeAssertionError({ message: this.message(headline, unsure), ...this.values(undefined) });
  }

  override values(nearest: RequestEntry | undefined): ComparedValues {
    const { name: operation, members: input } = this.expected;
    return comparedValues({ operation, input }, nearest && { operation: nearest.operation, input: nearest.input });
  }

  protected override writeDifference(difference: Difference, { dropped }: RequestEntry): string {
    const { path } = difference;
    return dropped?.includes(path) ? `${path}: its bytes were dropped to save memory` : writeDifference(difference);
  }

  /** If entries only have the bucket in common, they are not related. What a note names and the list of all shows is not shown twice. */
  protected override related(): readonly Compared<RequestEntry>[] {
    const { members } = this.expected;
    const names = isRecord(members) ? Object.entries(members).filter(([, value]) => typeof value === 'string') : [];
    if (!names.some(([name]) => name !== 'Bucket')) return [];
    const expected = Object.fromEntries(names);
    const found = this.all.filter(({ entry: { input } }) => fits(expected, input)).slice(-3);
    const isListedBelow = found.length < this.entries.length && this.entries.length <= LISTED;
    return isListedBelow && this.#notesOnSiblings().length > 0 ? [] : found;
  }

  protected override whyAll(): string | undefined {
    if (!this.entries.every(wentElsewhere)) return undefined;
    return `went to ${this.entries.length === 1 ? 'a host' : 'hosts'} that the mock does not answer`;
  }

  #notesOnSiblings(): readonly string[] {
    const { name, members } = this.expected;
    if (this.fits > 0) return [];
    const note = writeSiblings({ operation: name, input: members }, this.entries);
    return note === undefined ? [] : [`${writeSentence(note)} Expect what was sent.`];
  }

  /** The names of metadata, as S3 has them. */
  #notesOnMetadata(): readonly string[] {
    const { name, members } = this.expected;
    const metadata: unknown = isRecord(members) && !isAsymmetric(members) ? members['Metadata'] : undefined;
    if (this.fits > 0 || !isRecord(metadata) || isAsymmetric(metadata)) return [];
    const Metadata = Object.fromEntries(
      Object.entries(metadata).map(([one, value]) => [one.toLowerCase().replace(/^x-amz-meta-/, ''), value]),
    );
    // Two names that S3 takes for one are two expectations, of which one cannot hold.
    if (Object.keys(Metadata).length < Object.keys(metadata).length) return [];
    // A request of another key remains another one, whatever its metadata is called.
    const named = Object.entries(isRecord(members) ? members : {}).filter(([one]) => one === 'Bucket' || one === 'Key');
    const isMeant = ({ operation, input }: RequestEntry) =>
      operation === name &&
      !fits({ Metadata: metadata }, input) &&
      fits({ ...Object.fromEntries(named), Metadata }, input);
    if (!this.entries.some(isMeant)) return [];
    // What stands for a value is no code that a test could have.
    const isText = Object.values(Metadata).every((value) => typeof value === 'string');
    const cure = isText ? writeValue({ Metadata }) : writeQuotedList(Object.keys(Metadata));
    return [`S3 stores the names of metadata in lower case, and SDKs leave x-amz-meta- out. Write ${cure}.`];
  }

  /** The entries for jest and vitest reset it before each test. */
  noteOthers({ recorded }: Reading): void {
    if (recorded.wasCleared !== false) return;
    this.notes.push(
      'The mock has never been reset. If some of these requests come from earlier tests, reset it before each test: beforeEach(() => s3.reset()).',
    );
  }

  /** Says how a test reads what was written without a request, if all other requests have read that. */
  noteReadBack(): void {
    const written = new Map<string, number>();
    for (const { entry, number, fits: isExpected } of this.all)
      if (isExpected && entry.error === undefined && writesOfObjects.has(entry.operation) && entry.key !== undefined)
        written.set(`${entry.bucket}/${entry.key}`, written.get(`${entry.bucket}/${entry.key}`) ?? number);
    const others = this.all.filter((one) => !one.fits);
    const areReads = others.every(({ entry, number }) => {
      const at = written.get(`${entry.bucket}/${entry.key}`);
      // A handle gives the current object, and not an older version.
      const isOfCurrent = isRead(entry) && entry.versionId === undefined;
      // A rule of the test can have answered with something else.
      const isAnswered = entry.error === undefined && entry.failure === undefined;
      return isOfCurrent && isAnswered && at !== undefined && at < number;
    });
    const [first] = others;
    if (first === undefined || !areReads) return;
    const { operation, bucket = '', key = '' } = first.entry;
    this.notes.push(
      `${operation} came after the write of ${writeKey(key)}. If the test itself sent it, assert before it, or read without a request: s3.bucket(${writeKey(bucket)}).object(${writeKey(key)}).`,
    );
  }

  /** The requests of an earlier test would make up for what is missing. */
  noteEarlier({ recorded }: Reading, count: number): void {
    const { name } = this.expected;
    const earlier = recorded.countBefore?.(name) ?? 0;
    if (earlier === 0 || this.fits + earlier !== count) return;
    this.notes.push(
      `${counted(earlier, `${name} request`)} came before the journal was last cleared, which each reset before a test does. Count the requests since then: ${grouped(this.fits)}.`,
    );
  }

  protected override remarks(): readonly string[] {
    const { entries } = this;
    const ofWorlds = this.#notesOnWorlds();
    if (entries.length === 0) {
      const why = [...this.notes, ...ofWorlds];
      return [...(why.length > 0 ? why : whyNothingCame(this.#recorded)), writeDropped(this)];
    }
    return [
      entries.every(wentElsewhere) ? writeElsewhere(this.#recorded) : '',
      ...this.#notesOnSiblings(),
      ...this.#notesOnMetadata(),
      this.#noteOnAttempts(),
      ...this.notes,
      ...ofWorlds,
      writeDropped(this),
    ];
  }

  /** A test that expects fewer requests can have counted the calls of the code. */
  #noteOnAttempts(): string {
    if (this.most === undefined) return '';
    const fitting = this.fitting.map(({ entry }) => entry);
    const calls = listCalls(fitting);
    return (calls.flat().length === fitting.length && writeAttempts(calls, this.most)) || '';
  }

  #notesOnWorlds(): readonly string[] {
    if (this.fits > 0) return [];
    const { call, recorded } = this.#reading;
    return recorded.ofWorlds?.write(call, (entry) => isExpected(entry, this.expected)) ?? [];
  }
}

function chooseEntries(
  { dropped, serviceActions, known, elsewhere, written }: RecordedRequests,
  entries: readonly RequestEntry[],
): RecordedRequests {
  return {
    ...{ dropped, serviceActions, known, elsewhere, written },
    length: entries.length,
    slice: () => [...entries],
    [Symbol.iterator]: () => entries[Symbol.iterator](),
  };
}

function isRead({ operation }: RequestEntry): boolean {
  return operation === 'GetObject' || operation === 'HeadObject';
}

function writeElsewhere({ elsewhere, written }: Pick<RecordedRequests, 'elsewhere' | 'written'>): string {
  written.noteElsewhere();
  return elsewhere.lines().join('\n');
}

type Unmet = Pick<RecordedRequests, 'elsewhere' | 'written' | typeof Symbol.iterator>;

export function whyNothingCame(recorded: Unmet): readonly string[] {
  const why = recorded.elsewhere.startedLine() ?? askWhyNothingCame(recorded);
  return [writeElsewhere(recorded), why].filter((part) => part !== '');
}

const unsent = 'A call of the SDK v2 without .promise() or a callback is not sent.';

/** What the SDK v2 and the SDK of IBM COS call themselves. */
const ofV2 = /^(?:aws-sdk|ibm-cos-sdk)-nodejs\//;

/** Asks whether the SDK v2 has left a call out, with a blank in front. It is empty if the requests that came are of other clients. */
export function askAboutUnsent(requests: Iterable<Pick<RequestEntry, 'client'>>): string {
  const clients = Array.from(requests, ({ client = '' }) => client);
  return clients.length === 0 || clients.some((client) => ofV2.test(client)) ? ` ${unsent}` : '';
}

/**
 * For an assertion on a state, which a test can also have changed by handles: the code under test need not have been called. If another
 * sentence has a likelier reason, this one asks nothing about clients.
 */
export function whyNothingChanged(recorded: Unmet, hasReason = false): readonly string[] {
  const { elsewhere } = recorded;
  if (hasReason && elsewhere.lines().length === 0 && elsewhere.startedLine() === undefined)
    return [`${noRequest} If the code under test should have sent one: was it called, and awaited?`];
  const seen = elsewhere.seenHost();
  const host =
    seen === undefined ? (elsewhere.cure() ?? '') : `If ${seen} is its endpoint, add it: hosts: ['${seen}'].`;
  const why = elsewhere.startedLine() === undefined ? ` ${host}`.trimEnd() : '';
  return [`${askWhyUnsent(recorded)}${why}`, writeElsewhere(recorded)].filter((part) => part !== '');
}

export const noRequest = 'No request came at all.';

/** Asks the same, for a text that says what went elsewhere by itself. */
export function askWhyUnsent(sending: Sending): string {
  const { elsewhere } = sending;
  return `${noRequest} ${elsewhere.startedLine() ?? askAboutSender(elsewhere.expectedSender(), sending.isAfterOthers?.() === true)}`;
}

interface Sending extends Pick<Unmet, 'elsewhere'> {
  /** Whether the calls that came before the last reset are all of clients that number their calls, as the SDK v2 does not. */
  isAfterOthers?(): boolean;
}

/** Asks only what can be true of the runner, and of the clients that were seen. */
function askAboutSender(sender: ExpectedSender, isAfterOthers: boolean): string {
  if (sender === 'another program')
    return 'If the code under test should have sent one: did it fail before, and does its client send to the address of the mock, by AWS_ENDPOINT_URL_S3 or by its option endpoint?';
  const ofV2Client = isAfterOthers ? '' : ` ${unsent}`;
  return `If the code under test should have sent one: was it called, and awaited? forEach awaits nothing.${ofV2Client} Is its client replaced, by ${writeReplacers(sender)}? Then restore it.`;
}

/** Runners that name no function of their own have none that replaces a module, or several. */
function writeReplacers(sender: ExpectedSender): string {
  if (sender === 'jest') return 'jest.mock, aws-sdk-client-mock or a spy';
  return sender === 'vitest' ? 'vi.mock, aws-sdk-client-mock or a spy' : 'aws-sdk-client-mock or a stub';
}

function askWhyNothingCame(recorded: Unmet): string {
  const { elsewhere } = recorded;
  const seen = elsewhere.seenHost();
  const cure =
    seen === undefined ? 'the option hosts adds others' : `if ${seen} is its endpoint, add it: hosts: ['${seen}']`;
  const other = seen === undefined ? elsewhere.cure() : undefined;
  const questions = [
    `Was the code under test called, and awaited? forEach awaits nothing, and a callback of the SDK v2 is not awaited: write .promise(). Was the journal cleared, or the mock reset, after it?${askAboutUnsent(recorded)}`,
    `Is its client replaced, by ${writeReplacers(recorded.elsewhere.expectedSender()).replace(/ or a \w+$/, '')}, a requestHandler of its own or a spy on its send? Then no request is made: restore it. An interceptor of nock or of undici answers before the mock: remove it.`,
    `Does its client call a host that the mock captures? All hosts of S3 and COS are captured; ${cure}.`,
    ...(other === undefined ? [] : [other]),
  ];
  return questions.join('\n');
}

export function writeDropped({ dropped }: { readonly dropped: number }): string {
  return dropped === 0
    ? ''
    : `Before these, the journal dropped ${counted(dropped, 'older request')}; journal: { limit } keeps more.`;
}

function compare(reading: Reading, operation: string, input: unknown): RequestComparison {
  return new RequestComparison(reading, readExpectedRequest(reading, operation, input));
}

export function judgeReceived(reading: Reading, operation: string, input?: unknown): Verdict {
  return judgePresence(compare(reading, operation, input));
}

function receivedTimes(reading: Reading, operation: string, times: number, input?: unknown): Verdict {
  const write = (number: number) => `${reading.call}(${writeGiven(operation)}, ${number}, ${writeGiven(times)})`;
  if (typeof operation === 'number' && typeof times === 'string')
    throw invalidValue(
      reading.call,
      'operation',
      operation,
      `the name of an operation; the number comes after it: ${reading.call}(${writeGiven(times)}, ${operation})`,
    );
  const count = readWholeNumber(reading.call, 'times', times, [input, write]);
  const comparison = compare(reading, operation, input);
  if (comparison.fits > count) {
    comparison.most = count;
    comparison.noteOthers(reading);
  } else if (input === undefined) comparison.noteEarlier(reading, count);
  return judgeCount(comparison, count);
}

function receivedNth(reading: Reading, n: number, operation: string, input?: unknown): Verdict {
  const write = (count: number) => `${reading.call}(${count}, ${writeGiven(n)})`;
  const number = readWholeNumber(reading.call, 'n', n, [operation, write]);
  const comparison = compare(reading, operation, input);
  const { same, expected } = comparison;
  comparison.checkAllIsKnown();
  const nth = same[number - 1];
  const name = `${expected.name} request ${number}`;
  const withInput = input === undefined ? '' : ` with ${writeBlock(input)}`;
  if (nth !== undefined) {
    const [a, b] = nth.fits ? [`no ${name}${withInput}`, 'it came'] : [`${name} to be one${withInput}`, 'it differs'];
    return comparison.verdict(nth.fits, { headline: () => `Expected ${a}, but ${b}.`, evidence: () => [nth] });
  }
  const place = findPlace(comparison, [...reading.recorded][number - 1]);
  const cure =
    place === undefined
      ? ''
      : `; n counts the requests of ${expected.name} alone, and request ${number} of all is number ${place} of them: write ${place}`;
  const only = `only ${counted(same.length, `${expected.name} request`)} came${cure}`;
  const found = () => (same.length === 0 ? comparison.whyNone() : only);
  return comparison.verdict(false, {
    headline: () => `Expected a ${name}${withInput}, but ${found()}.`,
    evidence: () => same,
    // The last request that came may match, so it is not the missing one.
    values: () => comparison.values(undefined),
  });
}

/** The number among the requests of the operation of one that is as expected. */
function findPlace(
  { same }: Pick<Comparison<RequestEntry>, 'same'>,
  asked: RequestEntry | undefined,
): number | undefined {
  const index = same.findIndex(({ entry, fits }) => fits && entry === asked);
  return index === -1 ? undefined : index + 1;
}

function receivedLast(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = compare(reading, operation, input);
  comparison.isOfAll = true;
  // The newest request keeps its bytes, so what it was is always known.
  const last = comparison.all.at(-1);
  const pass = last?.fits === true;
  const [not, found] = pass ? ['not ', 'it is'] : ['', last === undefined ? comparison.whyNone() : 'it is not'];
  return comparison.verdict(pass, {
    headline: () => `Expected the last request ${not}to be ${comparison.subject}, but ${found}.`,
    evidence: () => (last === undefined ? [] : [last]),
  });
}

function receivedOnly(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = compare(reading, operation, input);
  comparison.isOfAll = true;
  const { all, fits, subject } = comparison;
  comparison.checkAllIsKnown();
  const others = all.length - fits;
  if (all.length > 0 && others === 0)
    return comparison.verdict(true, {
      headline: () => `Expected to receive something other than ${subject}, but nothing else came.`,
      evidence: () => all,
    });
  const found = () => (fits === 0 ? comparison.whyNone() : `${counted(others, 'other request')} came`);
  if (others > 0) comparison.noteOthers(reading);
  if (others > 0) comparison.noteReadBack();
  return comparison.verdict(false, {
    headline: () => `Expected to receive only ${subject}, but ${found()}.`,
    // The headline already says that they are of other operations.
    evidence: () => all.filter((one) => !one.fits).map((one) => (one.isNamed ? one : { ...one, differences: [] })),
  });
}

interface JudgedRequest {
  readonly request: Compared<RequestEntry>;
  readonly judgement: Judgement;
}

class OutcomeComparison extends RequestComparison {
  readonly judged: readonly JudgedRequest[];

  constructor(reading: Reading, operation: string, input: unknown) {
    const expected = readExpectedRequest(reading, operation, input);
    const ofBatch: Partial<Expectation<RequestEntry>> = {
      ...(input !== undefined && { find: (actual) => batchDifferences(input, actual) }),
      // If the journal dropped the refusals of a batch, it is unknown whether the batch matches.
      isUnsure: (entry, differences) =>
        expected.isUnsure(entry, differences) || (differences.length === 0 && lacksRefusals(entry)),
    };
    super(
      reading,
      isBatch(readOperationName(reading.recorded.known, operation)) ? { ...expected, ...ofBatch } : expected,
    );
    this.judged = this.fitting.map((request) => ({ request, judgement: judge(request.entry, input) }));
  }

  /** Writes the sentence of a failed assertion; `what` follows `to`. */
  judge(
    done: readonly JudgedRequest[],
    what: (not: '' | 'not ') => string,
    wrong: () => string,
    outcome: 'applied' | Refusal,
  ) {
    const pass = done.length > 0;
    if (!pass) this.checkAllIsKnown();
    const last = this.judged.at(-1);
    return this.verdict(pass, {
      headline: () =>
        `Expected S3 ${what(pass ? 'not ' : '')}, but ${pass ? wrong() : this.writeLastOutcome(this.judged)}.`,
      evidence: () => (pass ? done.map(({ request }) => request) : this.fits > 0 ? this.fitting : this.nearest()),
      values: () => last && comparedOutcomes(last.judgement, outcome),
    });
  }

  writeLastOutcome(judged: readonly JudgedRequest[]): string {
    const last = judged.at(-1);
    if (last === undefined) return this.whyNone();
    const outcome = writeOutcome(last.judgement);
    return judged.length === 1 ? outcome : `of ${counted(judged.length, 'matching request')}, the last: ${outcome}`;
  }
}

function applied(reading: Reading, operation: string, input?: unknown): Verdict {
  const comparison = new OutcomeComparison(reading, operation, input);
  const done = comparison.judged.filter(({ judgement }) => judgement.applied);
  const wrong = () => `it applied ${counted(done.length, 'matching request')}`;
  return comparison.judge(done, (not) => `${not}to apply ${comparison.subject}`, wrong, 'applied');
}

function refused(reading: Reading, operation: string, input?: unknown, refusal: Refusal = {}): Verdict {
  checkIsNoRefusal(reading.call, input);
  checkFilter(reading.recorded, 'toHaveRefused and expectRefused', refusal, ['code', 'status']);
  const comparison = new OutcomeComparison(reading, operation, input);
  const done = comparison.judged.filter(({ judgement }) => judgement.isRefused(refusal));
  const what = `${comparison.subject}${writeRefusal(refusal)}`;
  const note = writeNameOfHead(comparison.judged, refusal);
  if (note !== undefined) comparison.notes.push(note);
  return comparison.judge(
    done,
    (not) => `${not}to refuse ${what}`,
    () => comparison.writeLastOutcome(done),
    refusal,
  );
}

function writeNameOfHead(judged: readonly JudgedRequest[], { code = '' }: Refusal): string | undefined {
  const { entry } = judged.at(-1)?.request ?? {};
  if (entry?.error === undefined || entry.method !== 'HEAD' || !namesOfHeads.includes(code)) return undefined;
  return `SDKs name the error of a HEAD by its status, ${code}, since the answer has no body. Give code: '${entry.error.code}'.`;
}

export function chooseRequests(
  reading: Reading,
  operation: string,
  input: unknown,
  filter: OutcomeFilter | undefined,
): readonly RequestEntry[] {
  const found =
    filter === undefined ? findExpected(reading, operation, input) : findJudged(reading, operation, input, filter);
  if (found.length > 0) return found;
  const name = readOperationName(reading.recorded.known, operation);
  checkNegation({ mistakeIfNegated: () => findMisspelt(reading, name, input) });
  return found;
}

function findExpected(reading: Reading, operation: string, input: unknown): readonly RequestEntry[] {
  const expected = readExpectedRequest(reading, operation, input);
  return reading.recorded.slice().filter((entry) => isExpected(entry, expected));
}

function findJudged(
  reading: Reading,
  operation: string,
  input: unknown,
  filter: OutcomeFilter,
): readonly RequestEntry[] {
  checkFilter(reading.recorded, 'of', filter, ['applied', 'status', 'code']);
  const { judged } = new OutcomeComparison(reading, operation, input);
  return judged.filter(({ judgement }) => hasOutcome(judgement, filter)).map(({ request }) => request.entry);
}

/** No operation has members of these names, so the test passed a refusal in the place of the input. */
function checkIsNoRefusal(call: string, input: unknown): void {
  if (!isRecord(input)) return;
  const names = Object.keys(input);
  if (names.length === 0 || !names.every((name) => name === 'code' || name === 'status')) return;
  const right = `the members of the request, or undefined, and ${writeGiven(input)} after it`;
  throw invalidValue(call, 'input', input, right);
}

function checkFilter(
  recorded: RecordedRequests,
  call: string,
  filter: OutcomeFilter,
  names: readonly (keyof OutcomeFilter)[],
): void {
  checkOptionNames(call, filter, names);
  const { applied: isApplied, status, code } = filter;
  if (isApplied !== undefined && typeof isApplied !== 'boolean')
    throw invalidValue(call, 'applied', isApplied, 'true or false, or undefined');
  if (status !== undefined && !(Number.isInteger(status) && status >= 0 && status <= 599))
    throw invalidValue(call, 'status', status, 'a number such as 403, or undefined');
  if (code === undefined) return;
  if (typeof code !== 'string' || code.trim() === '')
    throw invalidValue(call, 'code', code, "a code such as 'AccessDenied', or undefined");
  // A test can make up a code in a rule, so an unknown code is accepted.
  if (!recorded.slice().some(({ error }) => error?.code === code)) checkCode(recorded.known, code);
}

const wanted = [2, 'an operation and an input'] as const;
const counting = [3, 'an operation, a number and an input'] as const;
const judging = [3, 'an operation, an input and an outcome, such as { status: 403 }'] as const;

export const requestAssertions = {
  toHaveReceived: { method: 'expect', takes: wanted, verdict: judgeReceived },
  toHaveReceivedTimes: { method: 'expectTimes', takes: counting, verdict: receivedTimes },
  toHaveReceivedNth: { method: 'expectNth', takes: counting, verdict: receivedNth },
  toHaveReceivedLast: { method: 'expectLast', takes: wanted, verdict: receivedLast },
  toHaveReceivedOnly: { method: 'expectOnly', takes: wanted, verdict: receivedOnly },
  toHaveApplied: { method: 'expectApplied', takes: wanted, verdict: applied },
  toHaveRefused: { method: 'expectRefused', takes: judging, verdict: refused },
} as const;

/** The cures for calls of a matcher as a method: each says what to write instead. */
export const curesOfMatchers = Object.fromEntries(
  Object.entries(requestAssertions).map(([matcher, { method }]) => [
    matcher,
    `Write s3.requests.${method}(...), or under jest and vitest expect(s3).${matcher}(...).`,
  ]),
);

/** The requests, oldest first, and the assertions on them. */
export interface AssertedRequests {
  /** Throws an AssertionError unless a matching request came. */
  expect<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void;

  /** Throws an AssertionError unless exactly this many matching requests came. */
  expectTimes<Name extends OperationOrAlias>(operation: Name, times: number, input?: ExpectedInput<Name>): void;

  /** Throws an AssertionError unless the n-th request of the operation matches. The first request has the number 1. */
  expectNth<Name extends OperationOrAlias>(n: number, operation: Name, input?: ExpectedInput<Name>): void;

  /** Throws an AssertionError unless the last of all requests matches. */
  expectLast<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void;

  /** Throws an AssertionError unless at least one matching request came, and no other request. */
  expectOnly<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void;

  /** Throws an AssertionError if a matching request came. */
  expectNone<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void;

  /**
   * Throws an AssertionError unless S3 applied a matching request. S3 applied a request if it answered 2xx or 304, even if the answer was
   * lost. For a batch, S3 must have deleted all entries of the expected list.
   *
   * @example
   * s3.requests.expectApplied('DeleteObjects', { Delete: { Objects: [{ Key: 'report.pdf' }] } });
   */
  expectApplied<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>): void;

  /**
   * Throws an AssertionError unless S3 or `s3.on().fail()` refused a matching request. A reply of `s3.on().reply()` is not a refusal. A
   * refusal by the mock itself counts only if you expect its code, such as `S3MockNotImplemented`.
   *
   * @example
   * s3.requests.expectRefused('PutBucketVersioning', { Bucket: 'vault' }, { code: 'AccessDenied' });
   */
  expectRefused<Name extends OperationOrAlias>(operation: Name, input?: ExpectedInput<Name>, refusal?: Refusal): void;
}

/** Judges an assertion with what a test gave to it, so that it can be judged again for other requests. */
export function judgeBy(
  assertion: (typeof requestAssertions)[keyof typeof requestAssertions]['verdict'],
  first: Reading,
  values: readonly unknown[],
): Verdict {
  const verdict = assertion as (reading: Reading, ...values: readonly unknown[]) => Verdict; // which reads what it is given
  const judge = (reading: Reading) => verdict(reading, ...values);
  return judge({ ...first, judge });
}

/** Adds the assertions of the matchers' table, and the negation of the first one, which matchers write as `not`. */
export function addAssertions(prototype: RecordedRequests): void {
  const none = { method: 'expectNone', takes: wanted, verdict: judgeReceived } as const;
  const taken: Record<string, TakenArguments> = { of: [judging[0], () => judging[1]] };
  for (const { method, takes, verdict } of [...Object.values(requestAssertions), none]) {
    const assertion = function (this: RecordedRequests, ...values: readonly unknown[]): void {
      const from = Reflect.get(this, method) as () => void; // it is a function, perhaps that of a spy
      const judged = judgeBy(verdict, { call: `s3.requests.${method}`, recorded: this }, values);
      checkVerdict(judged, from, method === none.method);
    };
    Object.defineProperty(prototype, method, { value: assertion, writable: true, configurable: true });
    taken[method] = [takes[0], () => takes[1]];
  }
  refuseFurtherArguments(prototype, () => 's3.requests', taken);
}
