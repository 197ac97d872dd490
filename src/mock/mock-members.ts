import type { Duration } from '../model/clock';
import type { PlannedAction } from '../preset/lifecycle-plan';

/** The mock's clock. */
export interface ClockHandle {
  /** The present moment. */
  now(): Date;
  /**
   * Stops the clock at a moment of the years 1970 to 9999: a Date, milliseconds since 1970, or ISO 8601. The lifecycle actions that are due by
   * then are applied at once. Throws a TypeError for anything else.
   */
  set(moment: Date | number | string): void;
  /**
   * Moves the clock forward. The lifecycle actions that are due by then are applied at once. Throws a TypeError for an amount of time by which it
   * would leave the years 1970 to 9999.
   */
  advance(duration: Duration): void;
}

/** The lifecycle rules of all buckets, and the actions they will take. */
export interface LifecycleHandle {
  /**
   * Returns the actions that the rules will take in the present state, each with its midnight UTC, soonest first; nothing is changed.
   * `until` leaves out the actions after a moment.
   *
   * @example
   * for (const { at, action, key, rule } of s3.lifecycle.plan()) console.log(at, action, key, rule);
   */
  plan(options?: { readonly until?: Date | number | string | undefined }): readonly PlannedAction[];
}

/** The whole state of a mock at a moment, for `restore`. */
export interface MockSnapshot {
  /** The state, which only `restore` reads. */
  readonly store: object;
}
