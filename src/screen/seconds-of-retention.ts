import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted, grouped } from '../text/counts';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { findsTrue, isMissingRejection } from './errors';

const SECOND = 1000;
const DAY_OF_SECONDS = 86_400;

/** A retention of more days would be longer than IBM COS keeps anything. */
const MOST_DAYS = 36_525;

/** IBM COS takes a period in seconds, and code gives it days: the version was free when the test expects that it is kept. */
export function writeSecondsOfRetention(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  const isExpected = errors.some((error) => findsTrue(error) || isMissingRejection(error.message));
  if (last === undefined || last.error !== undefined || !isExpected) return undefined;
  if (last.method === 'GET' || last.method === 'HEAD') return undefined;
  const write = entries
    .slice(0, -1)
    .findLast((one) => one.bucket === last.bucket && one.key === last.key && one.error === undefined);
  const period = memberOf(write?.input, 'RetentionPeriod');
  if (write === undefined || typeof period !== 'number' || period > MOST_DAYS) return undefined;
  const [begin, now] = [write.time.getTime(), last.time.getTime()];
  const end = begin + period * SECOND;
  if (now < end || now >= begin + period * DAY_OF_SECONDS * SECOND) return undefined;
  return `RetentionPeriod of ${writeCall(write)} is in seconds, so the retention ended at ${new Date(end).toISOString()}, before ${writeCall(last)} came at ${last.time.toISOString()}. ${counted(period, 'day')} are ${grouped(period * DAY_OF_SECONDS)} seconds.`;
}
