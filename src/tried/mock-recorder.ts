import type { RequestEntry } from '../journal/entry';
import { operationTraits } from '../mock/state';
import type { MockOfTests, TestTeller, ToldTest } from '../mock/tried-suite';
import type { FailEntry } from '../service/failures/rule';
import type { ReadableRequest, Turn, TurnDecision } from '../service/turns';
import { decideFailure } from '../worlds/failure-decision';
import type { RequestOfFailure } from '../worlds/ways';
import { findKind, type KindName, type KindOfRequest, kinds } from './kinds';
import { folderOf, keyOf, type Note, type Plan, type PlannedWay, type RequestAddress, type RequestNote } from './notes';
import { takePicture } from './picture';

const COMMAND = 's3-versioning-mock try';

/** The size of a piece of a body, in bytes: a character of several bytes comes in several pieces. */
const pieceSize = 1;

const never = new Promise<void>(() => {});

/** Where the code made a request, and for which test. */
export interface Sending {
  readonly test: ToldTest | undefined;
  readonly line: string | undefined;
}

/** What the mocks of a test file share. */
export interface FileNotes {
  /** Undefined in a plain run. */
  readonly plan: Plan | undefined;
  readonly write: (note: Note) => void;
  readonly findTeller: (mock: MockOfTests) => TestTeller | undefined;
}

type Subject = Pick<RequestNote, 'operation' | 'bucket' | 'key'>;

/** A test whose body has begun, as one mock sees it. */
interface TestOfMock {
  readonly told: ToldTest;
  readonly way: PlannedWay | undefined;
  readonly requests: RequestNote[];
  /** The calls of SDKs, whose attempts share an id. */
  readonly calls: Set<string>;
  /** How many requests have met the address of the way. */
  met: number;
  target: Subject | undefined;
  isRepeated: boolean;
  refusedAgain: string | undefined;
  /** The entry of a batch that fails, as JSON. */
  entry: string | undefined;
  /** Ends what the way has changed for the whole test. */
  end: () => void;
}

/** Notes the requests of the tests of a mock, and gives the requests of their ways another answer. */
export class MockRecorder {
  readonly #suite: FileNotes;
  readonly #mock: MockOfTests;
  readonly #number: number;
  #test: TestOfMock | undefined;
  #counts = { unknown: 0, ofHooks: 0, ruled: 0, worlds: 0 };

  constructor(suite: FileNotes, mock: MockOfTests, number: number) {
    this.#suite = suite;
    this.#mock = mock;
    this.#number = number;
  }

  take(request: ReadableRequest): Turn | undefined {
    const { test, line } = this.#findSending(request);
    if (test === undefined || test.isConcurrent) {
      this.#counts.unknown += 1;
      return undefined;
    }
    if (test.phase !== 'body') {
      this.#counts.ofHooks += 1;
      return undefined;
    }
    if (test.attempt > 0) return undefined;
    const noted = this.#begin(test);
    return this.#suite.plan === undefined ? this.#note(noted, request, line) : this.#give(noted, request);
  }

  /** The requests of a handler have no line: the mock itself calls the handler. */
  #findSending({ sender }: ReadableRequest): Sending {
    if (sender !== undefined && 'sending' in sender) return sender.sending as Sending; // as the suite made it
    return { test: sender && this.#suite.findTeller(this.#mock)?.test(), line: undefined };
  }

  #begin(told: ToldTest): TestOfMock {
    if (this.#test !== undefined && keyOf(this.#test.told) === keyOf(told)) return this.#test;
    const way = this.#suite.plan?.ways[keyOf(told)];
    const test: TestOfMock = {
      ...{ told, way, requests: [], calls: new Set<string>(), met: 0, target: undefined },
      ...{ isRepeated: false, refusedAgain: undefined, entry: undefined, end: () => {} },
    };
    this.#test = test;
    const kind = way && findKind(way.kind);
    if (kind !== undefined && kind.of !== 'request') test.end = kind.begin(this.#mock);
    return test;
  }

  /** In a plain run, each request is noted once, and answered as without the command. */
  #note(test: TestOfMock, { operation, input, callId }: ReadableRequest, line: string | undefined): Turn | undefined {
    if (isLaterAttempt(test, callId)) return undefined;
    const subject = readSubject(operation, input);
    const hasTimers = !this.#mock.areTimersFaked();
    const index = test.requests.push({
      ...{ ...subject, line, kinds: [] },
      isWrite: operation !== undefined && operationTraits.isWrite(operation),
    });
    const noteKinds = (entry: RequestEntry, isRuled: boolean) => {
      if (isRuled) this.#counts.ruled += 1;
      const noted = test.requests[index - 1];
      if (noted === undefined || isRuled || operation === undefined) return;
      test.requests[index - 1] = { ...noted, kinds: this.#listKinds({ operation, entry }, hasTimers) };
    };
    return { decide: () => ({}), answered: noteKinds };
  }

  #listKinds(facts: RequestOfFailure, hasTimers: boolean): readonly KindName[] {
    // A mock with short pages has a test that is about pages.
    const hasPages = Number.isFinite(this.#mock.store.pageSize);
    // With an attempt more, a rule that counts would match another request.
    const hasRules = this.#mock.hasRules();
    return kinds.flatMap((kind) => {
      if (kind.of !== 'request' || (kind.name === 'pages of one' && hasPages) || (!kind.lasts && hasRules)) return [];
      const isPossible = (hasTimers || !kind.needsTimers) && kind.applies(facts, operationTraits);
      return isPossible ? [kind.name] : [];
    });
  }

  #give(test: TestOfMock, { operation, input, callId }: ReadableRequest): Turn | undefined {
    const { way } = test;
    const kind = way && findKind(way.kind);
    if (way?.request === undefined || kind?.of !== 'request') return undefined;
    const subject = readSubject(operation, input);
    const { target } = test;
    if (isMet(test, way.request, kind, { ...subject, callId })) return this.#answerBy(test, kind);
    return kind.name === 'lost answer' && target !== undefined && isLike(target, subject)
      ? watchRepetition(test)
      : undefined;
  }

  #answerBy(test: TestOfMock, kind: KindOfRequest): Turn {
    const { store } = this.#mock;
    const { pageSize } = store;
    return {
      decide: () => {
        if (kind.name === 'pages of one') store.pageSize = 1;
        return decideBy(test, kind);
      },
      answered: () => {
        store.pageSize = pageSize;
      },
    };
  }

  /** The picture of a body that another hook ends once more takes the place of the earlier one. */
  endTest(): void {
    const test = this.#test;
    if (test === undefined) return;
    test.end();
    const { file, name, group, index } = test.told;
    this.#suite.write({
      ...{ type: 'test', test: { file, name, group, index }, mock: this.#number, requests: test.requests },
      picture: takePicture(this.#mock.store),
      kinds: kinds.filter((kind) => kind.of !== 'request' && kind.isPossible(this.#mock)).map(({ name }) => name),
      isShared: !this.#mock.isReset,
      isReached: test.way?.request === undefined ? test.way !== undefined : test.target !== undefined,
      isRepeated: test.isRepeated,
      refusedAgain: test.refusedAgain,
    });
    if (this.#suite.findTeller(this.#mock)?.test()?.phase !== 'body') this.#test = undefined;
  }

  noteWorld(): void {
    this.#counts.worlds += 1;
  }

  stop(): void {
    this.endTest();
    this.#suite.write({ type: 'count', ...this.#counts });
    this.#counts = { unknown: 0, ofHooks: 0, ruled: 0, worlds: 0 };
  }
}

function isLaterAttempt(test: TestOfMock, callId: string | undefined): boolean {
  if (callId === undefined) return false;
  const isLater = test.calls.has(callId);
  test.calls.add(callId);
  return isLater;
}

function readSubject(operation: string | undefined, input: object): Subject {
  const {
    Bucket = '',
    Key,
    Prefix,
  }: { readonly Bucket?: unknown; readonly Key?: unknown; readonly Prefix?: unknown } = input;
  return { operation: operation ?? '', bucket: String(Bucket), key: String(Key ?? Prefix ?? '') };
}

/** Finds the request of the way, and what the kind also happens to: later attempts, and requests like it. */
function isMet(
  test: TestOfMock,
  address: RequestAddress,
  { lasts }: KindOfRequest,
  request: Subject & { readonly callId: string | undefined },
): boolean {
  const { target } = test;
  const isLater = isLaterAttempt(test, request.callId);
  if (target !== undefined) {
    // The client tries again, or the code under test does by itself.
    if (!isLike(target, request)) return false;
    test.isRepeated = true;
    return lasts;
  }
  if (isLater || !isAt(address, request)) return false;
  test.met += 1;
  if (test.met < address.nth) return false;
  test.target = request;
  return true;
}

function isLike(one: Subject, other: Subject): boolean {
  return one.operation === other.operation && one.bucket === other.bucket && one.key === other.key;
}

function watchRepetition(test: TestOfMock): Turn {
  return {
    decide: () => ({}),
    answered: ({ error }) => {
      test.refusedAgain ??= error?.code;
    },
  };
}

function isAt({ operation, bucket, key, folder }: RequestAddress, request: Subject): boolean {
  if (operation !== request.operation) return false;
  if (folder !== undefined && folder !== folderOf(request.key)) return false;
  return (bucket ?? request.bucket) === request.bucket && (key ?? request.key) === request.key;
}

function decideBy(test: TestOfMock, { name, failure, code = '' }: KindOfRequest): TurnDecision {
  if (name === 'entry fails') return { failEntry: failFirst(test, code) };
  if (name === 'pieces') return { pieceSize };
  if (failure === undefined) return {};
  return decideFailure({ kind: failure, code }, { closed: never, givenUp: never });
}

/** The entry that was the first of its batch fails again in later ones. */
function failFirst(test: TestOfMock, error: string): FailEntry {
  return (entry) => {
    const text = JSON.stringify(entry);
    test.entry ??= text;
    return test.entry === text ? { error, rule: COMMAND } : undefined;
  };
}
