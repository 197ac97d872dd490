import type { Difference } from '../journal/input-matching';
import type { Journal } from '../journal/journal';
import type { Store } from '../model/store';
import type { Deliveries } from './deliveries';
import type { EventEntry } from './entry';
import type { NumberedEvent } from './event-lines';
import type { EventExpectation } from './expected-event';

/** The parts of a mock that the log of events reads: failures name the reason why an event was not sent. */
export interface EventContext {
  readonly store: Store;
  readonly requests: Journal;
  /** The greatest number of events. */
  readonly limit: number;
  /** The events on their way to handlers; a log by itself has none. */
  readonly deliveries?: Pick<Deliveries, 'settled'>;
}

/** The part of the log that assertions read. */
export interface LoggedEvents {
  readonly length: number;
  readonly dropped: number;
  readonly context: EventContext;
  slice(start?: number): readonly EventEntry[];
}

/** The events, and the call of a test that reads them, which errors name. */
export interface EventReading {
  readonly call: string;
  readonly events: LoggedEvents;
  /** The bucket whose events are read; undefined for those of all buckets. */
  readonly bucket?: string | undefined;
}

/** An event compared with the expected one. */
export interface ComparedEvent extends NumberedEvent {
  readonly differences: readonly Difference[];
}

/** All events of a bucket or of a mock, compared with the expected one, oldest first. */
export interface EventComparison {
  readonly reading: EventReading;
  readonly expectation: EventExpectation;
  readonly all: readonly NumberedEvent[];
  /** Those of the expected name. */
  readonly same: readonly ComparedEvent[];
  readonly fitting: readonly ComparedEvent[];
}
