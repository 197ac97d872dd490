import { whyUnheard } from '../events/absence';
import { findNamedDestinations } from '../events/deliveries';
import type { EntriesOfTest } from '../journal/earlier-calls';
import { type Elsewhere, wentElsewhere } from '../journal/elsewhere';
import type { RequestEntry } from '../journal/entry';
import type { UsageRead } from '../journal/handle-reads';
import { COMPARED, whyUnmet } from '../journal/nearest-request';
import { writeEndlessListing } from '../journal/next-pages';
import type { Written } from '../journal/written-assertions';
import type { FailedTest, Witnesses } from '../mock/failed-test';
import type { MockState } from '../mock/state';
import { isOpen } from '../model/uploads/upload';
import { listCurrentKeys } from '../model/versions/listings';
import { isObject, type Version } from '../model/versions/version';
import { findVersion, versionIdOf } from '../model/versions/version-lookup';
import { writeReplaced } from '../preset/replaced-versions';
import { readText } from '../preset/version-copies';
import type { AnyRule, UnusedRule } from '../service/failures/rules';
import { firstLines } from '../text/counts';
import { firstFound, groupBy } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readAnswer } from './answer-texts';
import { writeArranged } from './arranged-requests';
import { writeEndedKeys, writeUnsignedRoot } from './client-credentials';
import { writeComparedEvents } from './compared-events';
import { writeJsonFormOfBody, writeTimesOfRun } from './compared-forms';
import { type ComparedTexts, readCompared } from './compared-texts';
import { writeComparedVersions } from './compared-versions';
import { writeCompressed, writeDecoded } from './compressed-bodies';
import { writeCopiedRanges, writeETagOfCopy } from './copied-parts';
import { listDeletedObjects } from './deleted-keys';
import { writeLate, writeRefusedByClients, writeSigned, writeUnanswered } from './elsewhere';
import { writeEnvironment } from './environment-text';
import {
  writeCalledValue,
  writeMatcherOfSpies,
  writeReplacedClient,
  writeUnknownMatcher,
  writeUnsent,
} from './error-texts';
import { findsTrue, hasCode, isAssertion, isMissingRejection, withoutForms } from './errors';
import { explainsSignature, writeExperiments } from './experiments';
import { writeHandleHints } from './handle-hints';
import {
  findHandleRead,
  findUsageRead,
  hasReadEvents,
  hasReadRequests,
  isNumberOf,
  type LastHandleRead,
  placeHandleRead,
} from './handle-read';
import { writeHandledEvents, writeNotificationCure } from './handled-events';
import { writeHiddenLock } from './hidden-locks';
import type { Hint } from './hint';
import { writeKeptHistory } from './kept-history';
import { writeKeptReplicas } from './kept-replicas';
import { writeLateRequests } from './late-requests';
import { writeNoLatest } from './latest-markers';
import { writeExpired, writeKept, writeUncopied, writeUnmoved } from './left-by-rules';
import { writeLeftMarker } from './left-markers';
import { writeUnaskedChecksum } from './left-out';
import { findMarkedObject, findMissingObject, findUnwantedObject } from './library-assertions';
import { writeEncodedKeys } from './listed-keys';
import { writeLostUpdate } from './lost-updates';
import { listMissedPlaces } from './missed-places';
import { writeOlderContent, writeOrderOfFixture } from './older-contents';
import { writeOpenUpload } from './open-uploads';
import { findOrigin } from './origins';
import { writeParsedObject } from './parsed-bodies';
import { writeHiddenDigest } from './read-otherwise';
import { writeDamagedByRanges } from './read-ranges';
import { findTrouble, writeRefused, writeRules, writeWaiting } from './refused';
import { writeRemoved, writeUnmarked } from './removed-versions';
import { writeReplacedWholes } from './replaced-wholes';
import { writeReadAtOnce, writeRestored } from './restored-objects';
import { writeSameBytes } from './same-bytes';
import { writeSecondsOfRetention } from './seconds-of-retention';
import { writeCompared, writeNotes, writeSent, writeSentBeforeError } from './sent';
import { writeSkipped } from './skipped-versions';
import { writeStaleRead } from './stale-reads';
import { writeStayed, writeSuspended } from './suspended-writes';
import { writeUnnoticed } from './thrown-answers';
import { isDenialNamed, listMissing } from './trials/expectation';
import { writeUnlocked } from './unlocked-versions';
import { writeUnnamedVersions } from './unnamed-versions';
import { writeUnread, writeUnwritten } from './unwritten';
import {
  writeChecksumOfParts,
  writeDigestOfParts,
  writeDiscardedOfObject,
  writeUploadOfObject,
} from './uploads-in-parts';
import { writeLeftVersions } from './versions-below';
import {
  writeAgesByDate,
  writeDeletedByDate,
  writePastForMock,
  writeTwoClocks,
  writeWaitingForClock,
} from './waiting-for-clock';
import { writeWholeAnswer } from './whole-answers';
import { writeDeletedNeighbour } from './wide-prefixes';

interface Screen extends FailedTest, Omit<Witnesses, 'owner'> {
  readonly ofTest: EntriesOfTest;
  readonly written: Written;
  /** The errors, if no assertion of the library failed, which says by itself what it compared. */
  readonly ofRunner: readonly FailedError[];
  readonly owner: string;
  /** What to compare instead, if an assertion of the runner cannot hold. */
  readonly compared: string | undefined;
  /** What the test has read by a handle since the last read by a request. */
  readonly ofHandle: LastHandleRead | undefined;
  /** What the test has last read by a handle, whatever its code has read since. */
  readonly readBefore: LastHandleRead | undefined;
  /** Whether the test has last read its requests. */
  readonly hasReadRequests: boolean;
  /** The usage of a bucket, if the test has last read that. */
  readonly ofUsage: UsageRead | undefined;
  /** Why S3 has not sent events, if the test has last read those. */
  readonly ofEvents: string | undefined;
}

type Paragraphs = readonly (string | undefined)[];

function joinLines(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** What a test says that waits for a refusal. */
function expectsRefusal(error: FailedError): boolean {
  const { expected } = readCompared(error);
  const isRefusal = isMissingRejection(error.message) || /^Expected S3 to refuse /.test(error.message);
  return isRefusal || ['AccessDenied', '403'].some((text) => expected.has(text));
}

function chooseKinds(
  { errors, written }: Pick<Screen, 'errors' | 'written'>,
  compared: readonly ComparedTexts[],
): readonly Hint['of'][] {
  const ofReads = compared.length > 0 ? (['reads'] as const) : [];
  const ofWrites = compared.length > 0 || written.isOfLibrary ? (['writes'] as const) : [];
  const asserted = findMissingObject(errors) ?? findMarkedObject(errors) ?? findUnwantedObject(errors);
  const ofState = asserted === undefined ? [] : (['requests of the root user that should be refused'] as const);
  if (!errors.some(isAssertion)) return ['refused requests', ...ofReads, ...ofWrites, ...ofState];
  const isRefusal = errors.some(expectsRefusal);
  return [
    'refused requests',
    'listings',
    ...ofReads,
    ...ofWrites,
    ...(isRefusal ? (['requests that should be refused'] as const) : []),
    ...(isRefusal || errors.some(findsTrue) ? (['requests of users that should be refused'] as const) : []),
    ...(isRefusal || compared.some(isDenialNamed)
      ? (['requests of the root user that should be refused'] as const)
      : ofState),
  ];
}

/** What the assertions of the runner compared, and the code read although it is not there. */
function readComparisons(ofRunner: readonly FailedError[]): readonly ComparedTexts[] {
  return ofRunner
    .filter((error) => error !== anyError && (isAssertion(error) || error.name === 'TypeError'))
    .map(readCompared)
    .filter(({ isUndefined, printed }) => isUndefined || printed !== '');
}

/** Whoever asks without an error may have any, so that it counts as an assertion which names no value. */
const anyError: FailedError = { name: 'AssertionError', message: '' };

/** Returns paragraphs. Other mocks of the file may write some of them, too. */
export function explain(test: FailedTest, witnesses: Witnesses): readonly string[] {
  const { journal } = witnesses.state;
  const errors = test.isAsked && test.errors.length === 0 ? [anyError] : test.errors.map(withoutForms);
  const written = journal.written.find(errors);
  const ofTest = journal.readFrom(witnesses.earlier);
  const ofRunner = written.isOfLibrary ? [] : errors;
  const earlier = journal.dropped + witnesses.earlier;
  const ofHandle = findHandleRead(journal.handleReads.last, ofTest.entries, earlier);
  const readsHandle = ofHandle?.before === ofTest.entries.length;
  const isOfHandle = (number: number) => ofHandle !== undefined && isNumberOf(number, ofHandle, witnesses.state.store);
  const compared = writeCompared(ofTest, ofRunner, { ...readStored(witnesses.state), readsHandle, isOfHandle });
  // Whoever knows what to compare instead has no question about events.
  const isOfEvents = compared === undefined && hasReadEvents(journal.handleReads, ofTest.entries, earlier);
  const screen: Screen = {
    ...test,
    ...witnesses,
    errors,
    ofTest,
    ofHandle,
    readBefore: placeHandleRead(journal.handleReads.last, earlier),
    hasReadRequests: hasReadRequests(journal.handleReads, ofTest.entries, earlier),
    ofUsage: findUsageRead(journal.handleReads, ofTest.entries, earlier),
    ofEvents: isOfEvents
      ? writeComparedEvents({
          events: witnesses.state.events,
          entries: ofTest.entries,
          compared: readComparisons(ofRunner),
        })
      : undefined,
    written,
    ofRunner,
    compared,
    owner: witnesses.owner ?? nameOwner(test, journal),
  };
  const known = [...writeCauses(screen), ...writeUnderWay(screen)].filter((text) => text !== undefined);
  const ofClocks = known.length === 0 ? (writeTwoClocksOf(screen) ?? writeAgesOf(screen)) : undefined;
  const unwritten = known.length === 0 ? (writeUnwritten(screen) ?? writeUnread(screen)) : undefined;
  const ofPast = writePastForMock(ofTest, witnesses.state.store, errors);
  const texts = [...known, ofPast, ofClocks, unwritten, ...writeOverlooked(screen)].filter(
    (text) => text !== undefined,
  );
  // Concurrent tests share the requests, and a test that waited too long has thrown nothing by itself.
  if (texts.length > 0 || test.isTimedOut || test.isConcurrent) return texts;
  // Code that throws by itself says what it misses, and the requests say why, if nothing else does.
  const sent = writeSentBeforeError(ofTest, screen.owner, ofRunner);
  return sent === undefined ? [] : [sent];
}

/** A refused request is a reason by itself, and code makes no value of an answer by a time. */
function writeTwoClocksOf({ state, ofTest, written, errors }: Screen): string | undefined {
  const text = writeTwoClocks(ofTest, state.store);
  if (text === undefined) return undefined;
  const isAboutState =
    written.isOfLibrary ||
    errors.some((error) => isAssertion(error) && !comparesAnswers(readCompared(error), ofTest.entries));
  const isOfTrouble = ofTest.entries.some((entry) => findTrouble(entry).length > 0);
  return isAboutState && !isOfTrouble ? text : undefined;
}

function writeAgesOf({ state, ofTest, ofRunner, errors }: Screen): string | undefined {
  if (ofTest.entries.some((entry) => findTrouble(entry).length > 0)) return undefined;
  return (
    writeAgesByDate(ofTest, state.store, ofRunner.filter(isAssertion).map(readCompared)) ??
    writeDeletedByDate(ofTest, state.store, findMissingObject(errors))
  );
}

/** Whether a test received values of the answers, and expected values that no answer has. */
function comparesAnswers(compared: ComparedTexts, entries: readonly RequestEntry[]): boolean {
  const missing = listMissing(compared);
  if (missing.length === 0 || compared.received.size === 0) return false;
  const answers = entries.slice(-LOOKED_AT).map(({ key = '', output }) => readAnswer({ key, output }));
  const isAnswered = (text: string) => answers.some((texts) => texts.has(text));
  return [...compared.received].every(isAnswered) && !missing.some(isAnswered);
}

/** The SDKs that wait before they send a request again. They send by the functions of Node, and not by the undici package. */
const retrying = /^(?:aws-sdk-js|aws-sdk-nodejs|ibm-cos-sdk-nodejs)\//;

/** Whether an SDK waits before it sends the last request again, so that nothing else of the test waits. */
function isRetried(last: RequestEntry | undefined): boolean {
  if (last === undefined || !retrying.test(last.client ?? '')) return false;
  return last.status === 0 || last.status === 429 || last.status >= 500;
}

const SINCE_BEGIN = 'all tests since the mock began';

/** Without hooks and without a reset, the mock does not know where a test begins. */
function nameOwner({ isConcurrent, isAsked }: FailedTest, { wasCleared }: MockState['journal']): string {
  if (isConcurrent) return 'the concurrent tests, which share the mock';
  return wasCleared || isAsked === undefined ? 'this test' : SINCE_BEGIN;
}

/** Writes the causes of a failure: errors, fake timers, refused requests. */
function writeCauses(screen: Screen): Paragraphs {
  const { state, errors, isConcurrent, isTimedOut, environment, ofTest, written, ofRunner, owner } = screen;
  const { journal, store } = state;
  const { entries } = ofTest;
  const { compared } = screen;
  const comparisons = readComparisons(ofRunner);
  const known = errors.filter((error) => error !== anyError);
  const tried = writeExperiments(screen, entries, {
    kinds: chooseKinds(screen, comparisons),
    compared: comparisons,
    errors: known,
    isConcurrent,
    ofHandle: screen.ofHandle,
  });
  const ofRemoved = writeRemoved(state, entries, { errors: known, ofHandle: screen.ofHandle });
  const ofSuspended = findReplaced(screen) ?? writeSuspended({ store, entries, errors: known });
  const isStayed = ofSuspended === undefined && compared === undefined;
  const stayed = isStayed ? writeStayed({ store, entries, errors: known, ofHandle: screen.ofHandle }) : undefined;
  return [
    writeCalledValue(errors, store.buckets.keys()),
    writeParsedObject(entries, errors),
    entries.length === 0 ? writeMockedModules(screen) : undefined,
    entries.length === 0 ? (writeUnsent(errors) ?? writeReplacedClient(errors)) : undefined,
    writeUnknownMatcher(errors, entries),
    writeMatcherOfSpies(errors, entries),
    isConcurrent && (written.isOfLibrary || errors.some(isAssertion)) ? shared : undefined,
    ...(isTimedOut ? [writeTimers(screen), writeEndlessListing(entries)] : []),
    isTimedOut || screen.isAsked ? journal.remarks.get('ticks') : undefined,
    withoutTried(compared, tried),
    writeRefused(entries, owner, {
      errors: known,
      // A number or a list of a handle is not what the code says.
      compared: screen.ofHandle?.before === entries.length ? [] : comparisons,
      isWritten: written.has,
      isExplained: (entry) => explainsSignature(tried, entry),
      saysAnswered: compared === undefined && (written.isOfLibrary || known.some(isAssertion)),
      isCounted: compared !== undefined,
    }),
    writeUnnoticed(entries, known),
    ...(compared === undefined && !isConcurrent ? [writeArranged(screen), writeLateOf(screen)] : []),
    ofRemoved ?? writeUnmarked({ store, entries, errors: known }),
    joinLines(tried),
    writeLeftMarker({ store, entries, errors: known, ofHandle: screen.ofHandle, isSaid: ofRemoved !== undefined }),
    tried.length === 0 ? writeKnown(screen, known, stayed !== undefined) : undefined,
    compared === undefined
      ? writeReplacedWholes(screen, entries, { compared: comparisons, tried, ofHandle: screen.ofHandle, errors: known })
      : undefined,
    journal.writeLost(entries, listMissedPlaces(entries, known)),
    ofSuspended ?? stayed,
    compared === undefined
      ? writeHandleHints({ store, entries, errors: ofRunner, ofHandle: screen.ofHandle })
      : undefined,
    compared === undefined ? writeComparedVersions(ofRunner.filter(isAssertion), store, entries) : undefined,
    writeEnvironment(environment, errors, entries),
  ];
}

function writeLateOf({ state, ofTest, errors, ofRunner, written, readBefore }: Screen): string | undefined {
  const { store, journal, deliveries } = state;
  // A handler that has not ended sends its requests by itself, and events have a sentence of their own.
  if (deliveries.writeUndelivered() !== undefined || deliveries.calls.length > 0) return undefined;
  const { entries } = ofTest;
  const since = written.came === undefined ? 0 : journal.feed.before + journal.length - written.came;
  const came = Math.max(0, entries.length - since);
  const holdsNow = () => written.holdsFor(journal.slice());
  return writeLateRequests({ entries, errors, ofRunner, store, came, holdsNow, read: readBefore });
}

/** What vitest and jest say of a test or a hook that waited too long. */
const ofLimit = /(?:timed out in |Exceeded timeout of )(\d{1,9}) ?ms/;

function writeTimers({ errors, timers, capture, ofTest }: Screen): string | undefined {
  const limit = firstFound(errors, ({ message }) => ofLimit.exec(message)?.[1]);
  const known = {
    usesUndici: !isRetried(ofTest.entries.at(-1)),
    limit: limit === undefined ? undefined : Number(limit),
  };
  const isOnItsWay = (capture?.waiting() ?? []).length > 0;
  return timers.writeWhyWaiting(known) ?? (isOnItsWay ? undefined : timers.writeRealSpeed(known.limit));
}

/** A trial has shown what would have been answered, so a line on the same request that no trial has shown says nothing more. */
function withoutTried(compared: string | undefined, tried: readonly string[]): string | undefined {
  const calls = tried.map((line) => line.slice(0, line.indexOf(': ')));
  const isTried = (line: string) => calls.some((call) => line.startsWith(`${call} has no VersionId, `));
  return joinLines((compared?.split('\n') ?? []).filter((line) => !isTried(line)));
}

/** Writes what the model and the requests show of a mistake that no other request could show. `saysStayed`: another line says that versions have stayed. */
function writeKnown(screen: Screen, errors: readonly FailedError[], saysStayed: boolean): string | undefined {
  const { state, ofTest, ofRunner, ofHandle, ofUsage } = screen;
  const { store, fixtures } = state;
  const { entries } = ofTest;
  return (
    writeUnlocked({ store, fixtures, ofHandle }, entries, errors) ??
    (screen.compared === undefined ? writeUnnamedVersions({ store, entries, errors, ofHandle }) : undefined) ??
    (saysStayed ? undefined : writeKeptHistory({ store, entries, errors, ofHandle, ofUsage })) ??
    writeOpenUpload({ store, entries, errors, ofUsage }) ??
    (screen.compared === undefined ? writeNoLatest(entries, errors) : undefined) ??
    (screen.compared === undefined ? writeOlderContent(state, entries, ofRunner) : undefined) ??
    writeStaleRead({ state, entries, errors: ofRunner, ofHandle: screen.readBefore }) ??
    writeSkipped({ store, entries, errors }) ??
    writeLeftVersions({ store, entries, errors }) ??
    writeDeletedNeighbour(entries, errors) ??
    writeUploadOfObject(entries, errors) ??
    writeDiscardedOfObject(entries, errors) ??
    writeRestored(entries, ofRunner) ??
    writeReadAtOnce(entries, errors) ??
    writeEndedKeys(state, entries, errors) ??
    writeUnsignedRoot(entries, errors) ??
    writeCopiedRanges(store, entries, errors) ??
    writeDamagedByRanges(entries, errors) ??
    writeChecksumOfParts(entries, ofRunner) ??
    writeDigestOfParts(entries, ofRunner, (entry) => findOrigin(state, entry)) ??
    writeLostUpdate(entries, errors) ??
    writeCompressed(entries, errors) ??
    writeDecoded(entries, errors) ??
    writeEncodedKeys(entries, (name) => {
      const bucket = store.buckets.get(name);
      return bucket === undefined ? [] : listCurrentKeys(bucket);
    }) ??
    writeExpired(store, entries, errors) ??
    writeSameBytes({ state, entries, errors }) ??
    writeETagOfCopy(entries, ofRunner) ??
    writeUnaskedChecksum(store, entries, ofRunner) ??
    writeHiddenLock(store, entries, ofRunner) ??
    writeHiddenDigest(entries, ofRunner) ??
    writeSecondsOfRetention(entries, errors) ??
    writeJsonFormOfBody(entries, errors) ??
    (entries.length > 0 ? writeWholeAnswer(errors) : undefined) ??
    writeTimesOfRun(store.clock, entries, ofRunner)
  );
}

/** Writes what still waits for the clock, for a handler, or for a client. */
function writeUnderWay(screen: Screen): Paragraphs {
  const { state, isTimedOut, capture, ofTest, written, ofRunner } = screen;
  const { entries } = ofTest;
  const { deliveries, journal, rules, store } = state;
  const received = readReceived(ofRunner);
  const isOpen = screen.isAsked === true && screen.errors.includes(anyError);
  const ofRules = { store, entries, errors: ofRunner, isOpen, ofHandle: screen.ofHandle };
  // The request of a loop that is on its way says nothing.
  const isEndless = isTimedOut && writeEndlessListing(entries) !== undefined;
  return [
    journal.remarks.get('clock'),
    journal.remarks.get('protocol'),
    writeWaitingForClock({ entries, received, isOfLibrary: written.isOfLibrary }, store, screen.errors),
    writeUnmoved(ofRules),
    writeKept(ofRules),
    writeUncopied(ofRules),
    writeKeptReplicas({ store, entries, errors: screen.errors, ofHandle: screen.ofHandle }),
    deliveries.writeFailures(),
    writeUnheard(screen) ?? screen.ofEvents ?? writeHandledEvents(deliveries.calls, screen.errors),
    deliveries.writeNotes(),
    (isTimedOut ? deliveries.writeRunning() : undefined) ?? deliveries.writeUndelivered(),
    ...(isTimedOut
      ? [isEndless ? undefined : writeWaiting(capture?.waiting() ?? []), writeRules(rules.inForce())]
      : []),
  ];
}

/** The most buckets whose notifications are examined. */
const BUCKETS = 20;

/** Says why no handler was called, unless the text of a matcher says it. */
function writeUnheard({ state, errors, ofTest, compared }: Screen): string | undefined {
  // Whoever knows what to compare instead has no question about a handler.
  if (compared !== undefined) return undefined;
  // A refusal is the reason by itself, and an error of a client is no question about a handler.
  const isQuestion = errors.some(isAssertion) && !ofTest.entries.some((entry) => findTrouble(entry).length > 0);
  if (ofTest.entries.length === 0 || !isQuestion || state.store.buckets.size > BUCKETS) return undefined;
  const lines = whyUnheard(state.events).filter((text) => !errors.some(({ message }) => message.includes(text)));
  return lines.length === 0 ? undefined : lines.join('\n');
}

function readReceived(errors: readonly FailedError[]): ReadonlySet<string> {
  return new Set(errors.flatMap((error) => [...readCompared(error).received]));
}

/** Writes what the test may have overlooked: rules, notes, handlers and hosts. If that is nothing, it lists the requests that came. */
function writeOverlooked(screen: Screen): Paragraphs {
  const { state, isTimedOut, ofTest, written, ofRunner, owner } = screen;
  const { deliveries, journal, store } = state;
  const { elsewhere } = journal;
  return [
    writeUnmet(state, ofTest, readReceived(ofRunner)),
    writeNotes(ofTest, written.has),
    deliveries.writeUnnamed(
      () => findNamedDestinations(store),
      (destination) => writeNotificationCure(destination, ofTest.entries),
    ),
    ...writeElsewhere(elsewhere, screen),
    ofTest.entries.length === 0 && !written.isOfLibrary ? elsewhere.startedLine() : undefined,
    elsewhere.writeUnmatched(ofTest.entries.some(wentElsewhere)),
    writeOfWorlds(screen),
    isTimedOut ? undefined : writeSent(ofTest, owner, ofRunner),
    writeWithoutReset(screen),
  ];
}

function writeWithoutReset({ owner, ofTest, errors, state }: Screen): string | undefined {
  if (owner !== SINCE_BEGIN || ofTest.entries.length === 0 || !errors.some(isAssertion)) return undefined;
  // An assertion on the requests says the same.
  if (errors.some(({ message }) => message.includes('beforeEach(() => s3.reset())'))) return undefined;
  const byPort = state.journal.elsewhere.expectedSender() === 'another program' ? ', or POST /_mock/reset' : '';
  return `s3.reset() was never called, so that buckets and requests of earlier tests are still there. Call it before each test: beforeEach(() => s3.reset())${byPort}.`;
}

/** The errors of explorations show the requests of the way themselves. */
const codesOfExplorations: ReadonlySet<string> = new Set(['WAY_FAILED', 'RUN_FAILED']);

/** If a plain matcher counts no request, the requests may have come to worlds. */
function writeOfWorlds({ state, errors, ofTest, ofRunner }: Screen): string | undefined {
  const countsNone = ofRunner.some((error) => {
    const [expected = 0, received] = readCompared(error).numbers;
    return expected > 0 && received === 0;
  });
  if (!countsNone || ofTest.entries.length > 0 || hasCode(errors, codesOfExplorations)) return undefined;
  const notes = state.journal.ofWorlds.write('s3.requests.expect', () => true, 'request');
  return notes.length === 0 ? undefined : notes.join('\n');
}

function writeElsewhere(elsewhere: Elsewhere, { errors, written, ofTest }: Screen): Paragraphs {
  if (written.hasElsewhere) {
    elsewhere.takeUnreported(); // the text of the assertion tells of them
    return [];
  }
  const unanswered = writeUnanswered(elsewhere, errors, ofTest.entries);
  // If these lines are written, they include the line on late calls.
  return [
    writeRefusedByClients(elsewhere),
    writeSigned(elsewhere),
    unanswered,
    unanswered === undefined ? writeLate(elsewhere) : undefined,
  ];
}

/** A longer body is not compared with what a runner prints. */
const LONGEST_BODY = 1000;

/** The objects of a longer listing are not sorted by their dates. */
const LISTED_KEYS = 10_000;

/** What the hints ask of the buckets, as they are at the end of the test. */
function readStored(state: MockState) {
  const { store } = state;
  const list = (name = '', key = '') => [...(store.buckets.get(name)?.versions.of(key) ?? [])];
  const listBelow = ({ bucket = '', input }: Pick<RequestEntry, 'bucket' | 'input'>) => {
    const named = store.buckets.get(bucket);
    const prefix = memberOf(input, 'Prefix');
    const keys = named === undefined ? [] : listCurrentKeys(named);
    return keys.filter((one) => one.startsWith(typeof prefix === 'string' ? prefix : ''));
  };
  return {
    isVersion: ({ bucket = '', key = '' }: Pick<RequestEntry, 'bucket' | 'key'>, id: string) => {
      const named = store.buckets.get(bucket);
      return named !== undefined && findVersion(store, named, key, id) !== undefined;
    },
    readVersions: (bucket: string, key: string) =>
      list(bucket, key).flatMap((version) => [versionIdOf(store, version), ...readShortBody(version)]),
    findIdOf: (bucket: string, key: string, text: string) => {
      const found = list(bucket, key).find(
        (version) => versionIdOf(store, version) === text || readShortBody(version).includes(text),
      );
      return found && versionIdOf(store, found);
    },
    findMoment: (bucket: string, key: string, id: string) =>
      list(bucket, key).find((version) => versionIdOf(store, version) === id)?.created,
    moved: store.clock.moved,
    listOpenUploads: (bucket: string) =>
      [...(store.buckets.get(bucket)?.uploads.values() ?? [])].filter(isOpen).map(({ key }) => key),
    findOlder: ({ bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>, text: string) => {
      const [, ...older] = list(bucket, key);
      const found = older.find((version) => readShortBody(version).includes(text));
      return found && versionIdOf(store, found);
    },
    writeOrderOfFixture: (read: Pick<RequestEntry, 'bucket' | 'key'>, id: string, entries: readonly RequestEntry[]) =>
      writeOrderOfFixture(state, { read, entries, id }),
    findOrigin: (entry: RequestEntry) => findOrigin(state, entry),
    isOwner: (text: string) => store.accounts.some(({ canonicalId }) => canonicalId === text),
    hasObjects: ({ bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>) => list(bucket, key).some(isObject),
    readAlgorithm: ({ bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>) => {
      const current = list(bucket, key)[0];
      return current !== undefined && isObject(current) ? current.content.checksum?.algorithm : undefined;
    },
    findKeyBefore: (entry: Pick<RequestEntry, 'bucket' | 'input'>, key: string) =>
      listBelow(entry)
        .filter((one) => one < key)
        .at(-1),
    listDated: (entry: Pick<RequestEntry, 'bucket' | 'input'>) => {
      const keys = listBelow(entry);
      if (keys.length > LISTED_KEYS) return [];
      return keys.flatMap((key) => {
        const current = store.buckets.get(entry.bucket ?? '')?.versions.current(key);
        return current === undefined ? [] : { key, created: current.created };
      });
    },
    sumSizes: (entry: Pick<RequestEntry, 'operation' | 'bucket' | 'input'>) => {
      const { versions } = store.buckets.get(entry.bucket ?? '') ?? {};
      if (versions === undefined || versions.size > LISTED_KEYS) return undefined;
      const prefix = memberOf(entry.input, 'Prefix') ?? '';
      const keys = [...versions.newestOfEachKey()]
        .map(({ key }) => key)
        .filter((key) => key.startsWith(String(prefix)));
      const all = keys.flatMap((key) => {
        const [current, ...older] = versions.of(key);
        return entry.operation === 'ListObjectVersions' ? [current, ...older] : [current];
      });
      return all.reduce((sum, one) => sum + (one?.content?.body.byteLength ?? 0), 0);
    },
    listDeletedObjects: (bucket: string, operation: 'DeleteObject' | 'DeleteObjects') =>
      listDeletedObjects(state, bucket, operation),
    countVersions: (bucket: string, key: string) => {
      const all = list(bucket, key);
      return { all: all.length, markers: all.filter((version) => !isObject(version)).length };
    },
  };
}

function readShortBody(version: Version): readonly string[] {
  return isObject(version) && version.content.body.byteLength <= LONGEST_BODY ? [readText(version)] : [];
}

/** The number of requests that are examined, since more would take long. */
const LOOKED_AT = 100;

const shared =
  "Tests of test.concurrent share the mock, its buckets and its requests. Give each a copy of its own: await s3.fork(async (world) => { … }), in which world.bucket('vault') and world.requests belong to this test alone.";

/** Explains why a plain matcher counts fewer versions than were written: a bucket without versioning keeps one. */
function findReplaced({ ofTest: { entries }, state, ofRunner, ofHandle }: Screen): string | undefined {
  const { buckets } = state.store;
  const compared = ofRunner.map(readCompared);
  const areVersions =
    ofHandle?.isOfVersions === true ||
    entries.some(({ operation }) => operation === 'ListObjectVersions') ||
    compared.some(({ printed }) => /versionId/i.test(printed));
  const areCounted = areVersions || ofHandle !== undefined || entries.some(({ operation }) => isOfListing(operation));
  const written = entries
    .slice(-LOOKED_AT)
    .filter(({ operation, error }) => operation === 'PutObject' && error === undefined);
  for (const { bucket = '', key } of written) {
    const writes = written.filter((one) => one.bucket === bucket && one.key === key).length;
    const versioning = buckets.get(bucket)?.versioningHistory;
    if (
      versioning !== undefined &&
      versioning.present !== 'Enabled' &&
      isReplacedText(written, { bucket, key }, compared)
    )
      return writeReplaced({ bucket, key: String(key), versioning });
    // The fixture can have written the first one.
    const isCounted = compared.some(({ numbers: [expected, received] }) => {
      if (received !== 1) return false;
      return (expected === writes && writes > 1 && areCounted) || (expected === writes + 1 && areVersions);
    });
    if (isCounted && key !== undefined && versioning !== undefined && versioning.present !== 'Enabled')
      return writeReplaced({ bucket, key, versioning });
  }
  return undefined;
}

function isOfListing(operation: string | undefined): boolean {
  return operation?.startsWith('ListObject') === true;
}

/** Whether a test misses the text of a write after which another one came to the same key. */
function isReplacedText(
  written: readonly RequestEntry[],
  { bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>,
  compared: readonly { readonly expected: ReadonlySet<string>; readonly received: ReadonlySet<string> }[],
): boolean {
  const texts = written
    .filter((one) => one.bucket === bucket && one.key === key)
    .map(({ body }) => (body !== undefined && body.byteLength <= LONGEST_BODY ? body.toString() : ''));
  const [last, ...earlier] = texts.toReversed();
  return earlier.some(
    (text) =>
      text !== '' &&
      text !== last &&
      compared.some(({ expected, received }) => expected.has(text) && !received.has(text)),
  );
}

const LISTED = 5;

/** A test that sent nothing has no request that a rule could meet, and not each test of a file meets the rules that the file has for all. */
function writeUnmet(state: MockState, ofTest: EntriesOfTest, received: ReadonlySet<string>): string | undefined {
  const { entries } = ofTest;
  const ofFile = new Set(state.rules.ofFixtures());
  const byOperation = groupBy(entries, ({ operation }) => operation as string | undefined);
  const requestsOf = ({ operation }: Pick<AnyRule, 'operation'>) =>
    operation === '*' ? entries : (byOperation.get(operation) ?? []);
  // A rule without a step may come from a call that threw. It matters only if a request of its operation came.
  const rules = state.rules
    .unused((rule) => rule.hasStep || requestsOf(rule).length > 0)
    .filter(({ text, note }) => note === undefined || !received.has(text)); // a test that compares unusedRules() shows the note
  const lines = state.unusedRules(entries, rules).flatMap((rule) => {
    const why =
      rule.note ??
      whyUnmet(rule, requestsOf(rule).slice(-COMPARED)) ??
      (ofFile.has(rule.text) ? undefined : whyNone(rule, entries));
    return why === undefined ? [] : { text: rule.text, why };
  });
  return lines.length === 0
    ? undefined
    : `Rules that no request met:\n${firstLines(lines, LISTED)
        .map((line) => `  ${typeof line === 'string' ? line : writeUnmetRule(line)}`)
        .join('\n')}`;
}

interface UnmetRule {
  readonly text: string;
  readonly why: string | (() => string);
}

function writeUnmetRule({ text, why }: UnmetRule): string {
  return `${text}: ${typeof why === 'string' ? why : why()}`;
}

function whyNone({ operation, text }: UnusedRule, entries: readonly RequestEntry[]): string | undefined {
  return entries.length === 0 || operation === 'ReplicateObject' || text.startsWith('outage(')
    ? undefined
    : `no ${operation} request came`;
}

function writeMockedModules({ mockedModules = [] }: FailedTest): string | undefined {
  if (mockedModules.length === 0) return undefined;
  const calls = mockedModules.map((name) => `jest.mock('${name}')`);
  return `${calls.join(' and ')} ${calls.length === 1 ? 'replaces' : 'replace'} the functions by which clients connect, so no request can come: remove it. The mock answers the calls of real clients.`;
}
