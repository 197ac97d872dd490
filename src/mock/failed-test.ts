import type { Capture } from '../capture/index';
import { findNamedDestinations } from '../events/deliveries';
import { nobodyAwaited } from '../events/delivery';
import { requestAssertions } from '../journal/assertions';
import { wentElsewhere, writeLate, writeRefusedByClients, writeSigned, writeUnanswered } from '../journal/elsewhere';
import type { RequestEntry } from '../journal/entry';
import { type EntriesOfTest, writeRefused, writeRules, writeWaiting } from '../journal/explanation';
import { readNumbers } from '../journal/plain-comparisons';
import { findTold, whyUnmet, writeCompared, writeNotes, writeSent } from '../journal/sent';
import { writeRestoresUnderWay } from '../model/archives/restore';
import { writeWaitingCopies } from '../model/replication/missing-replicas';
import { versionIdOf } from '../model/versions/version-lookup';
import type { UnusedRule } from '../service/failures/rules';
import { firstLines } from '../text/counts';
import { writeSentence } from '../text/sentences';
import { writeSuggestion } from '../text/spelling';
import { writeKey } from '../text/values';
import type { TimersOfTest } from './fake-timers';
import type { MockState } from './state';

export interface FailedTest {
  /** A matcher may have printed a request in it. */
  readonly printed: string;
  readonly isConcurrent: boolean;
  readonly isTimedOut: boolean;
}

interface Witnesses {
  readonly state: MockState;
  readonly earlier: number;
  readonly timers: TimersOfTest;
  readonly capture: Capture;
}

export function writeFailure(
  { printed, isConcurrent, isTimedOut }: FailedTest,
  { state, earlier, timers, capture }: Witnesses,
): string | undefined {
  const ofTest = state.journal.readFrom(earlier);
  const { entries } = ofTest;
  const isTold = findTold(printed);
  const { deliveries } = state;
  const { elsewhere } = state.journal;
  const owner = isConcurrent ? 'the concurrent tests, which share the mock' : 'this test';
  const unanswered = writeUnanswered(elsewhere, printed);
  const calledValue = writeCalledValue(printed);
  const whyWaiting = isTimedOut ? timers.writeWhyWaiting() : undefined;
  const texts = [
    unlessPrinted(calledValue, printed),
    unlessPrinted(writeUnknownMatcher(printed, entries), printed),
    isConcurrent ? writeShared(printed) : undefined,
    unlessPrinted(whyWaiting, printed),
    isTimedOut ? unlessPrinted(state.journal.remarks.get('ticks'), printed) : undefined,
    writeCompared(ofTest, printed, (entry, id) => hasVersion(state.store, entry, id)),
    writeRefused(entries, owner, printed),
    unlessPrinted(state.journal.writeLost(entries), printed),
    unlessPrinted(writeReplaced(ofTest, state.store, printed), printed),
    unlessPrinted(state.journal.remarks.get('clock'), printed),
    writeWaitingForClock(printed, entries, state.store),
    deliveries.writeFailures(),
    deliveries.writeNotes(),
    (isTimedOut ? deliveries.writeRunning() : undefined) ??
      (printed.includes(nobodyAwaited) ? undefined : deliveries.writeUndelivered()),
    isTimedOut ? writeWaiting(capture.waiting()) : undefined,
    isTimedOut ? writeRules(state.rules.inForce()) : undefined,
    writeUnmet(state, ofTest, printed),
    writeNotes(ofTest, isTold),
    deliveries.writeUnnamed(() => findNamedDestinations(state.store)),
    writeRefusedByClients(elsewhere, printed),
    writeSigned(elsewhere, printed),
    unanswered,
    unlessPrinted(elsewhere.writeUnmatched(entries.some(wentElsewhere)), printed),
    writeLate(elsewhere, printed, unanswered),
    isTimedOut ? undefined : writeSent(ofTest, owner, printed),
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

function unlessPrinted(text: string | undefined, printed: string): string | undefined {
  return text !== undefined && printed.includes(text) ? undefined : text;
}

function hasVersion(store: MockState['store'], { bucket = '', key = '' }: RequestEntry, id: string): boolean {
  const versions = store.buckets.get(bucket)?.versions.of(key) ?? [];
  return [...versions].some((version) => versionIdOf(store, version) === id);
}

/** More take long to look through. */
const LOOKED_AT = 100;

/** Such an assertion is about all requests of the mock. */
const ofAllRequests = /Expected (?:to receive only|to receive something other|the last request|no requests?)\b/;

function writeShared(printed: string): string | undefined {
  return ofAllRequests.test(printed)
    ? 'These tests run concurrently, and share the mock: write toHaveReceived(...) for the requests of one of them, or run them one after another.'
    : undefined;
}

/** A plain matcher counts the versions of a bucket that keeps one. */
function writeReplaced(
  { entries }: EntriesOfTest,
  { buckets }: MockState['store'],
  printed: string,
): string | undefined {
  const [expected, received] = readNumbers(printed);
  if (expected === undefined || received !== 1 || expected < 2) return undefined;
  const written = entries
    .slice(-LOOKED_AT)
    .filter(({ operation, error }) => operation === 'PutObject' && error === undefined);
  const found = written.find(({ bucket = '', key }) => {
    const writes = written.filter((one) => one.bucket === bucket && one.key === key).length;
    return writes === expected && buckets.get(bucket)?.versioning.Status !== 'Enabled';
  });
  if (found?.bucket === undefined || found.key === undefined) return undefined;
  const state = buckets.get(found.bucket)?.versioning.Status === undefined ? 'no versioning' : 'suspended versioning';
  return `bucket '${found.bucket}' has ${state}, so each PutObject replaced ${writeKey(found.key)}. Set versioning: 'Enabled' in its fixture to keep each write as a version.`;
}

const LISTED = 5;

/** A delete that waits for the end of a retention. */
function writeLocked(entries: readonly RequestEntry[], { clock }: MockState['store']): readonly string[] {
  const now = clock.now();
  const isLater = (why = '') => Date.parse(/\bretained (?:in \w+ mode )?until (\S+Z)/.exec(why)?.[1] ?? '') > now;
  if (!entries.slice(-LOOKED_AT).some(({ why, error }) => error !== undefined && isLater(why))) return [];
  return [`the clock of the mock is at ${new Date(now).toISOString()}; s3.clock.advance moves it past the retention`];
}

function writeWaitingForClock(
  printed: string,
  entries: readonly RequestEntry[],
  store: MockState['store'],
): string | undefined {
  if (printed.includes('s3.clock.advance')) return undefined;
  const copies = /\bPENDING\b/.test(printed) ? writeWaitingCopies(store) : [];
  const restores = /ongoing-request=\\?"true/.test(printed)
    ? [...store.buckets.values()].flatMap((bucket) => writeRestoresUnderWay(bucket, store.clock.now()))
    : [];
  const lines = [...copies, ...restores, ...writeLocked(entries, store)];
  return lines.length === 0 ? undefined : firstLines(lines.map(String), LISTED).map(writeSentence).join('\n');
}

/** A test that sent nothing has no request that a rule could meet, and not each test of a file meets the rules that the file has for all. */
function writeUnmet(state: MockState, ofTest: EntriesOfTest, printed: string): string | undefined {
  const { entries } = ofTest;
  const ofFile = state.rules.ofFixtures();
  const lines = state.unusedRules(entries).flatMap((rule) => {
    const why =
      rule.note ?? whyUnmet(rule, ofTest) ?? (ofFile.includes(rule.text) ? undefined : whyNone(rule, entries));
    return why === undefined || printed.includes(why) ? [] : [`${rule.text}: ${why}`];
  });
  return lines.length === 0
    ? undefined
    : `Rules that no request met:\n${firstLines(lines, LISTED)
        .map((line) => `  ${line}`)
        .join('\n')}`;
}

function whyNone({ operation, text }: UnusedRule, entries: readonly RequestEntry[]): string | undefined {
  return entries.length === 0 || operation === 'ReplicateObject' || text.startsWith('outage(')
    ? undefined
    : `no ${operation} request came`;
}

/** The matchers of aws-sdk-client-mock-jest, and of aws-sdk-client-mock-vitest. */
const matchersOfOthers: readonly (readonly [name: RegExp, matcher: string])[] = [
  [/^toHaveReceivedCommandTimes$/, 'toHaveReceivedTimes'],
  [/^toHaveReceivedNth(?:Specific)?CommandWith$/, 'toHaveReceivedNth'],
  [/^toHaveReceivedLastCommandWith$/, 'toHaveReceivedLast'],
  [/^toHaveReceived(?:Any)?Command(?:With|Once|OnceWith|ExactlyOnceWith)?$/, 'toHaveReceived'],
];

const unknownMatcher = /expect\(\.\.\.\)(?:\.not)?\.(\w+) is not a function|Invalid Chai property: (\w+)/;

/** Named by the last request, so that it holds as it is written. */
function writeUnknownMatcher(printed: string, entries: readonly RequestEntry[]): string | undefined {
  const [, ofJest, ofChai] = unknownMatcher.exec(printed) ?? [];
  const name = ofJest ?? ofChai;
  if (name === undefined) return undefined;
  const other = matchersOfOthers.find(([form]) => form.test(name))?.[1];
  if (other === undefined) return writeSuggestion(name, Object.keys(requestAssertions), 1);
  const operation = entries.at(-1)?.operation ?? 'PutObject';
  const number = other === 'toHaveReceivedNth' ? '1, ' : '';
  const count = entries.filter((entry) => entry.operation === operation).length;
  const times = other === 'toHaveReceivedTimes' ? `, ${Math.max(1, count)}` : '';
  return `${name} is a matcher of aws-sdk-client-mock. Write expect(s3).${other}(${number}'${operation}'${times}).`;
}

const cures: readonly (readonly [error: RegExp, cure: string])[] = [
  [
    /\bMockNotMatchedError\b|Mock dispatch not matched/,
    'A MockAgent of undici answers before the mock: let it pass the hosts of S3, agent.enableNetConnect(/amazonaws\\.com/), or remove it.',
  ],
  [
    /Nock: Disallowed net connect/,
    'nock refuses the request before the mock sees it: give nock to the mock, mockS3({ nock }), or use guard: true instead of nock.disableNetConnect().',
  ],
  [
    /\.object\(\.\.\.\)\.body is not a function/,
    "The body of an object is a property, not a method: write s3.bucket('vault').object('report.pdf').body, without ().",
  ],
  [/\bbuckets is not a function/, "s3.buckets is the list of all buckets: write s3.bucket('vault') for one bucket."],
];

function writeCalledValue(printed: string): string | undefined {
  return cures.find(([error]) => error.test(printed))?.[1];
}
