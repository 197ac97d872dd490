import {
  Comparison,
  judgeCount,
  judgePresence,
  type LogWords,
  makeAssertionError,
  readWholeNumber,
  type Shown,
  type Verdict,
} from '../journal/comparison';
import type { Journal } from '../journal/journal';
import type { Sliced } from '../journal/lines';
import { findMisspeltBucket } from '../journal/misspelt-buckets';
import type { Store } from '../model/store';
import { counted } from '../text/counts';
import { writeGiven } from '../text/values';
import { whyAbsent } from './absence';
import type { Deliveries } from './deliveries';
import { type EventEntry, eventColumns } from './entry';
import { type EventExpectation, readExpectedEvent } from './expected-event';

export interface EventContext {
  readonly store: Store;
  readonly requests: Journal;
  readonly limit: number;
  readonly deliveries?: Pick<Deliveries, 'settled' | 'isIdle'>;
}

export interface EventReading {
  readonly call: string;
  readonly events: LoggedEvents;
  readonly bucket?: string | undefined;
}

export interface LoggedEvents extends Sliced<EventEntry> {
  readonly context: EventContext;
}

class EventComparison extends Comparison<EventEntry> {
  protected override readonly columns = eventColumns;

  constructor(
    private readonly reading: EventReading,
    override readonly expected: EventExpectation,
  ) {
    const { events, bucket } = reading;
    super(expected, events, (event) => bucket === undefined || event.bucket === bucket);
  }

  override get words(): LogWords {
    const { bucket } = this.reading;
    const sender = bucket === undefined ? 'S3' : `bucket '${bucket}'`;
    return {
      expected: (not) => `Expected ${sender} ${not}to send`,
      came: (what) => `it sent ${what}`,
      that: 'that it sent',
      nothing: 'it sent no event at all',
      isOther: 'has another name',
      hasName: 'has that name',
    };
  }

  override message(headline: string, evidence: readonly Shown<EventEntry>[], explains = true): string {
    const text = super.message(headline, evidence, explains);
    this.reading.events.context.requests.written.finish(text);
    return text;
  }

  override undecidable(): Error {
    const lost = counted(this.dropped, 'oldest event');
    return makeAssertionError({
      message: `It is unknown whether ${this.expected.name} was sent as expected: the log no longer contains the ${lost}; journal: { limit } keeps more.`,
    });
  }

  override mistakeIfNegated(): Error | undefined {
    return findMisspeltIn(this.reading, this.expected.members);
  }

  protected override whyAbsent(): string {
    const { reading, expected, all, same } = this;
    return whyAbsent({ ...reading.events.context, bucket: reading.bucket, expected, all, same }).join('\n');
  }
}

export function findMisspeltIn({ call, events }: EventReading, members: unknown): Error | undefined {
  const { requests } = events.context;
  return findMisspeltBucket(call, members, { names: requests.known.buckets(), requests });
}

export function sent(reading: EventReading, name: unknown, expected?: unknown): Verdict {
  return judgePresence(new EventComparison(reading, readExpectedEvent(reading.call, name, expected)));
}

export function sentTimes(reading: EventReading, name: unknown, times: unknown, expected?: unknown): Verdict {
  const write = (number: number) => `${reading.call}(${writeGiven(name)}, ${number}, ${writeGiven(times)})`;
  const count = readWholeNumber(reading.call, 'times', times, [expected, write]);
  return judgeCount(new EventComparison(reading, readExpectedEvent(reading.call, name, expected)), count);
}
