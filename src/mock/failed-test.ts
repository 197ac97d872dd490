import type { Capture } from '../capture/index';
import { findNamedDestinations } from '../events/deliveries';
import { nobodyAwaited } from '../events/delivery';
import { writeLate, writeRefusedByClients, writeUnanswered } from '../journal/elsewhere';
import type { RequestEntry } from '../journal/entry';
import { type UnreadEntries, writeLateCalls, writeRefused, writeRules, writeWaiting } from '../journal/explanation';
import { whyUnmet, writeNotes, writeSent } from '../journal/sent';
import { writeRestoresUnderWay } from '../model/archives/restore';
import { writeWaitingCopies } from '../model/replication/missing-replicas';
import type { UnusedRule } from '../service/failures/rules';
import { firstLines } from '../text/counts';
import { writeSentence } from '../text/sentences';
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
  const unread = state.journal.readFrom(earlier);
  const { entries, read } = unread;
  const { deliveries } = state;
  const { elsewhere } = state.journal;
  const owner = isConcurrent ? 'the concurrent tests, which share the mock' : 'this test';
  const unanswered = writeUnanswered(elsewhere, printed);
  const calledValue = writeCalledValue(printed);
  const whyWaiting = isTimedOut ? timers.writeWhyWaiting() : undefined;
  const texts = [
    unlessPrinted(calledValue, printed),
    unlessPrinted(whyWaiting, printed),
    isTimedOut ? unlessPrinted(state.journal.remarks.get('ticks'), printed) : undefined,
    writeRefused(entries, owner, printed, read),
    unlessPrinted(state.journal.remarks.get('clock'), printed),
    writeWaitingForClock(printed, state.store),
    deliveries.writeFailures(),
    deliveries.writeNotes(),
    (isTimedOut ? deliveries.writeRunning() : undefined) ??
      (printed.includes(nobodyAwaited) ? undefined : deliveries.writeUndelivered()),
    isTimedOut ? writeWaiting(capture.waiting()) : undefined,
    isTimedOut ? writeRules(state.rules.inForce()) : undefined,
    writeUnmet(state, unread, printed),
    writeNotes(unread, printed),
    deliveries.writeUnnamed(() => findNamedDestinations(state.store)),
    writeLateCalls(entries, printed, read),
    writeRefusedByClients(elsewhere, printed),
    unanswered,
    writeLate(elsewhere, printed, unanswered),
    isTimedOut ? undefined : writeSent(unread, owner, printed),
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

function unlessPrinted(text: string | undefined, printed: string): string | undefined {
  return text !== undefined && printed.includes(text) ? undefined : text;
}

const LISTED = 5;

function writeWaitingForClock(printed: string, store: MockState['store']): string | undefined {
  if (printed.includes('s3.clock.advance')) return undefined;
  const copies = /\bPENDING\b/.test(printed) ? writeWaitingCopies(store) : [];
  const restores = /ongoing-request=\\?"true/.test(printed)
    ? [...store.buckets.values()].flatMap((bucket) => writeRestoresUnderWay(bucket, store.clock.now()))
    : [];
  const lines = [...copies, ...restores];
  return lines.length === 0 ? undefined : firstLines(lines.map(String), LISTED).map(writeSentence).join('\n');
}

/** A test that sent nothing has no request that a rule could meet, and not each test of a file meets the rules that the file has for all. */
function writeUnmet(state: MockState, unread: UnreadEntries, printed: string): string | undefined {
  const { entries } = unread;
  const ofFile = state.rules.ofFixtures();
  const lines = state.unusedRules(entries).flatMap((rule) => {
    const why =
      rule.note ?? whyUnmet(rule, unread) ?? (ofFile.includes(rule.text) ? undefined : whyNone(rule, entries));
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

const cures: readonly (readonly [error: RegExp, cure: string])[] = [
  [
    /\.object\(\.\.\.\)\.body is not a function/,
    "The body of an object is a value, as those of current() and versions() are: write s3.bucket('vault').object('report.pdf').body, without ().",
  ],
  [/\bbuckets is not a function/, "s3.buckets is the list of all buckets: write s3.bucket('vault') for one."],
];

function writeCalledValue(printed: string): string | undefined {
  return cures.find(([error]) => error.test(printed))?.[1];
}
