import type { LoggedEvents } from '../events/expectations';
import { whyUnsent } from '../events/unsent';
import type { RequestEntry } from '../journal/entry';
import type { ComparedTexts } from './compared-texts';
import { listMissing } from './trials/expectation';

interface ComparedEvents {
  readonly events: LoggedEvents;
  readonly entries: readonly RequestEntry[];
  /** What the assertions of a test compared that has last read `s3.events`. */
  readonly compared: readonly ComparedTexts[];
}

/** Code that reads a member of an event that is not there. */
const ofMembers =
  /\(reading '(?:name|bucket|key|versionId|destination|configurationId|time|record|document|cause|notes|s3)'\)/;

/** Says why S3 has not sent the events that a plain comparison of `s3.events` misses. */
export function writeComparedEvents({ events, entries, compared }: ComparedEvents): string | undefined {
  const lines = compared.flatMap((one) => {
    const missed = { missing: new Set(listMissing(one)), received: one.received, isFewer: expectsMore(one, events) };
    return missed.missing.size > 0 || missed.isFewer ? whyUnsent(events, { ...missed, entries }) : [];
  });
  return lines.length === 0 ? undefined : [...new Set(lines)].join('\n');
}

/** Whether a test can have counted the events, all or those of a name, or has read the first of none. */
function expectsMore({ numbers: [expected, received], isUndefined, printed }: ComparedTexts, events: LoggedEvents) {
  const count = events.slice().length;
  if (expected !== undefined && received !== undefined) return expected > received && received <= count;
  return isUndefined && (count === 0 || ofMembers.test(printed));
}
