import { parseHttpDate } from '../formats/dates';
import { day, hour, minute, second } from '../formats/durations';
import { invalidValue } from './invalid-value';
import { writeSuggestion } from './spelling';
import { isDate, isRecord } from './value-kinds';

/** An amount of time, in at least one unit: `{ minutes: 10 }`. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The moments that the clock can have: codes of MFA devices count from 1970, and S3's dates have four digits for the year. */
export const earliest = 0;
export const latest = Date.UTC(10_000, 0) - 1;

export function isInRange(moment: number): boolean {
  return moment >= earliest && moment <= latest;
}

export function readMoment(moment: Date | number | string, call: string): number {
  const milliseconds = findMoment(moment);
  if (milliseconds === undefined) {
    const expected = "a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'";
    throw invalidValue(call, 'moment', moment, expected);
  }
  if (isInRange(milliseconds)) return milliseconds;
  throw invalidValue(call, 'moment', moment, 'a moment within the years 1970 to 9999');
}

export function readMomentOrDuration(given: Date | number | string | Duration, now: number, call: string): number {
  const isSpan = isRecord(given) && !isDate(given);
  return readMoment(isSpan ? now + readDuration(given, call) : (given as Date | number | string), call); // readMoment throws for other values
}

/** Reads a moment for calls about the time to come, which would find nothing in the past: 30 is a moment of 1970. */
export function readComingMoment(
  given: Date | number | string | Duration,
  now: number,
  [call, option]: readonly [call: string, option: string],
): number {
  const moment = readMomentOrDuration(given, now, `${call}: ${option}`);
  if (moment >= now) return moment;
  const [meant, present] = [moment, now].map((time) => new Date(time).toISOString());
  const right = `a moment from ${present} on, the present one of the mock, or a time from then, such as { days: 30 }`;
  throw invalidValue(call, option, given, `${right}. What was given is ${meant}`);
}

export function findMoment(moment: unknown): number | undefined {
  const milliseconds = isDate(moment) ? moment.getTime() : typeof moment === 'string' ? readDate(moment) : moment;
  return typeof milliseconds === 'number' && Number.isFinite(milliseconds) ? milliseconds : undefined;
}

const calendarDate = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d|$)/;
const wholeMonth = /^\d{4}(?:-\d{2})?$/;

/** `Date.parse` alone takes more: '5' for a day in May 2001, and the 30th of February for the 2nd of March. */
function readDate(text: string): number {
  const [, day] = calendarDate.exec(text) ?? [];
  if (day === undefined) return wholeMonth.test(text) ? Date.parse(text) : (parseHttpDate(text) ?? Number.NaN);
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return milliseconds;
  return new Date(Date.parse(day)).toISOString().startsWith(day) ? milliseconds : Number.NaN;
}

const lengths = { days: day, hours: hour, minutes: minute, seconds: second, milliseconds: 1 };

export function readDuration(duration: Duration, call: string): number {
  // A duration without a unit says nothing, and would be taken for no time at all.
  if (!isRecord(duration) || Object.keys(duration).length === 0)
    throw invalidValue(call, 'duration', duration, 'an object such as { minutes: 10 }');
  let total = 0;
  for (const [unit, amount] of Object.entries(duration)) {
    const length = Object.hasOwn(lengths, unit) ? lengths[unit as keyof typeof lengths] : undefined; // it is a key of the table
    if (length === undefined || typeof amount !== 'number' || !Number.isFinite(amount)) {
      const hint = length === undefined ? writeSuggestion(unit, Object.keys(lengths), 1) : undefined;
      const expected = `numbers of days, hours, minutes, seconds or milliseconds${hint === undefined ? '' : `. ${hint}`}`;
      throw invalidValue(call, 'duration', { [unit]: amount }, expected);
    }
    total += amount * length;
  }
  return total;
}
