import type { RequestEntry } from '../journal/entry';
import type { SentRequest } from '../mock/sent-requests';
import type { VersionChanges } from '../mock/version-changes';
import type { Store } from '../model/store';
import type { Trial, TrialOptions } from '../service/trial';
import type { FailedError } from '../thrown-errors';
import type { WireRequest } from '../wire';
import type { ComparedTexts } from './compared-texts';

/** A request that is looked at, and what the trial of it can read. */
export interface Asked extends SentRequest {
  readonly store: Store;
  /** The requests of the test, oldest first. */
  readonly entries: readonly RequestEntry[];
  /** What the failed assertions of the runner compared, or the code read although it is not there. */
  readonly compared: readonly ComparedTexts[];
  /** The errors of the test, if it gave any. */
  readonly errors: readonly FailedError[];
  /** Whether other tests ran at the same time, so that the requests of the test are not all its own. */
  readonly isConcurrent: boolean;
  /** Whether the test has advanced its fake timers or set its Date, while the clock of the mock stood still. */
  readonly hasMovedTimers: boolean;
  /** Whether the test has made a rule for the operation of the request that no request met, so that it can wait for the failure of the rule. */
  readonly hasMissedRule: boolean;
  /** The versions that requests and S3 itself wrote and removed. */
  readonly versionChanges: Pick<VersionChanges, 'of'>;
  /** Finds another request of the test as it was sent. */
  readonly findSent: (entry: RequestEntry) => SentRequest | undefined;
}

/** What a sentence is made of that needs no trial. */
export type Question = Pick<Asked, 'store' | 'entries' | 'errors'>;

/** What is sent in place of a request, with one thing changed. */
export interface Change {
  readonly wire: Partial<WireRequest>;
  readonly options?: TrialOptions;
  /** Says what S3 would have answered, given that the trial succeeded. The name of the request stands in front. */
  readonly says: (trial: Trial) => string;
  /** Another cure, whose sentence stands behind that of the change if a trial of it succeeds as well. */
  readonly or?: Omit<Change, 'or'> | undefined;
}

/** A hint: it is printed if a trial of one of its changes succeeds. */
export interface Hint {
  /** What is tried, for the table of hints. */
  readonly tries: string;
  /** The requests that it is about: those that S3 refused, listings, reads and writes of the test that asserts something else, or those that S3 should have refused. */
  readonly of:
    | 'refused requests'
    | 'listings'
    | 'reads'
    | 'writes'
    | 'requests that should be refused'
    | 'requests of users that should be refused'
    | 'requests of the root user that should be refused';
  /** Whether it sends the request to the present state, although that has changed since, instead of the state that the request met. */
  readonly isOfPresent?: true;
  /** Whether it says why a request has not written the key that the test has read by a handle. Other hints are silent if that is another key. */
  readonly isOfOtherKeys?: true;
  /** What to send instead, best first. Empty if the hint does not apply. */
  readonly changes: (asked: Asked) => readonly Change[];
  /** Default: S3 answers the request. */
  readonly succeeds?: (trial: Trial, asked: Asked) => boolean;
}
