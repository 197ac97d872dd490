import type { EventEntry } from '../events/entry';
import { causeOfAction, causeOfRequest, type Events } from '../events/events';
import type { Journal } from '../journal/journal';
import type { ServiceAction } from '../journal/service-actions';
import type { Cause, Change } from '../model/changes';
import type { Report } from '../model/events/report';
import { hasNotifications, reportsOf } from '../model/events/reports';
import type { Store } from '../model/store';

/** The parts of a mock that a feed joins. */
interface FeedOptions {
  readonly store: Store;
  readonly journal: Journal;
  readonly events: Events;
}

/** The reports of one transaction, which wait until the journal has the request or the action that caused it. */
interface WaitingReports {
  readonly cause: Exclude<Cause, { readonly by: 'test' }>;
  readonly reports: readonly Report[];
}

/**
 * Makes events of the changes of a store. The reports are made as a transaction is carried out, so that the configuration in force then
 * decides; the log gets them once the journal has their cause, which only then has an entry.
 */
export class EventFeed {
  readonly #options: FeedOptions;
  #waiting: WaitingReports[] = [];

  constructor(options: FeedOptions) {
    this.#options = options;
    const { store } = options;
    store.onChanges(
      (changes) => this.#report(changes),
      (bucket) => hasNotifications(store, bucket),
    );
  }

  /** The reports of the request that the journal is about to get. What waits of an action has none, after a bug. */
  takeRequest(): readonly Report[] {
    if (this.#waiting.length === 0) return none;
    return this.#waiting.splice(0).flatMap(({ cause, reports }) => (cause.by === 'request' ? reports : none));
  }

  /** Forgets the reports of a request that the journal does not get, because of a bug. */
  dropRequest(): void {
    this.clear();
  }

  /** Adds the events of the journal's last request, and returns them. */
  appendRequest(reports: readonly Report[]): readonly EventEntry[] {
    if (reports.length === 0) return [];
    const { events, journal } = this.#options;
    return events.append(reports, causeOfRequest(journal.reader()));
  }

  /**
   * Adds the events of an action that the journal has just got, and returns them: reports of its source and of its destination. An action that
   * no bucket reports has none. What waits of a request has no action, after a bug.
   */
  appendAction(action: ServiceAction): readonly EventEntry[] {
    if (this.#waiting.length === 0) return [];
    const reports = this.#waiting.splice(0).flatMap(({ cause, reports }) => (cause.by === 'service' ? reports : none));
    return reports.length === 0 ? [] : this.#options.events.append(reports, causeOfAction(action));
  }

  /** Forgets the reports that wait. */
  clear(): void {
    if (this.#waiting.length > 0) this.#waiting = [];
  }

  #report(changes: readonly Change[]): void {
    const [first] = changes;
    // Handles and fixtures make the state in which a test begins.
    if (first === undefined || first.cause.by === 'test') return;
    if (first.cause.by === 'request' && !first.cause.isReported) return;
    const reports = reportsOf(changes, { store: this.#options.store });
    if (reports.length > 0) this.#waiting.push({ cause: first.cause, reports });
  }
}

const none: readonly Report[] = Object.freeze([]);
