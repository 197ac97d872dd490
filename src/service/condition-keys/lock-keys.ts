import { parseIsoDate } from '../../formats/dates';
import { day } from '../../formats/durations';
import {
  endOfPeriod,
  endOfRetention,
  lockAtCreation,
  type Period,
  problemOfPeriod,
  type Retention,
} from '../../model/object-lock';
import { type ConditionKeys, type KeyQuestion, memberOf, textOf } from './condition-key';

/** The condition keys of the lock that a request asks for, by headers or by document, or that the bucket's default gives (F490). */
export const lockKeys: ConditionKeys = {
  's3:object-lock-mode': (question) =>
    sent(question, 'mode') ?? textOf(question.call.input, ['Retention', 'Mode']) ?? retentionByDefault(question)?.Mode,
  's3:object-lock-legal-hold': (question) =>
    sent(question, 'legal-hold') ?? textOf(question.call.input, ['LegalHold', 'Status']),
  's3:object-lock-retain-until-date': (question) => {
    const until = untilOf(question);
    return until === undefined ? undefined : new Date(until).toISOString();
  },
  's3:object-lock-remaining-retention-days': (question) => {
    const until = untilOf(question);
    return until === undefined ? undefined : String(Math.max(0, Math.floor((until - question.call.now) / day)));
  },
  's3:object-lock-event-hold': (question) =>
    sent(question, 'event-hold') ??
    textOf(question.call.input, ['Retention', 'EventHold']) ??
    retentionByDefault(question)?.eventHold?.Status,
  // A year counts as 365 days (F602).
  's3:object-lock-event-hold-duration-days': (question) => {
    const { Days, Years } = durationOf(question) ?? {};
    return Days === undefined && Years === undefined ? undefined : String(Days ?? Number(Years) * 365);
  },
};

function sent({ call: { request } }: KeyQuestion, name: string): string | undefined {
  return request.headers.get(`x-amz-object-lock-${name}`);
}

/** The end of the retention: the date, or the end that an event hold has now. */
function untilOf(question: KeyQuestion): number | undefined {
  const { now } = question.call;
  const ofDocument = memberOf(question.call.input, ['Retention', 'RetainUntilDate']);
  const date =
    parseIsoDate(sent(question, 'retain-until-date') ?? '') ??
    (ofDocument instanceof Date ? ofDocument.getTime() : undefined);
  const byDefault = retentionByDefault(question);
  if (byDefault) return endOfRetention(byDefault, now);
  const duration = durationOf(question);
  // S3 refuses a duration that is too long later, and no date is so late.
  if (duration === undefined || problemOfPeriod(duration.Days, duration.Years)) return date;
  return Math.max(date ?? 0, endOfPeriod(duration, now));
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** The time that the event hold lasts after its release. */
function durationOf(question: KeyQuestion): Period | undefined {
  const days = sent(question, 'event-hold-duration-days');
  const years = sent(question, 'event-hold-duration-years');
  if (days !== undefined && isNumber(days)) return { Days: Number(days) };
  if (years !== undefined && isNumber(years)) return { Years: Number(years) };
  const inDocument = (unit: 'Days' | 'Years') =>
    memberOf(question.call.input, ['Retention', 'EventHoldDuration', unit]);
  const [Days, Years] = [inDocument('Days'), inDocument('Years')];
  if (typeof Days === 'number') return { Days };
  if (typeof Years === 'number') return { Years };
  const hold = retentionByDefault(question)?.eventHold;
  return hold?.Status === 'ON' ? hold.duration : undefined;
}

/** The retention that a write without lock headers gets. The later steps of an upload make no lock (F106). */
function retentionByDefault({ call: { request, now }, asked, bucket }: KeyQuestion): Retention | undefined {
  const makesLock = asked.action === 's3:PutObject' && !request.query.has('uploadId');
  if (!makesLock || bucket === undefined) return undefined;
  const hasOwn = [...request.headers.keys()].some((name) => name.startsWith('x-amz-object-lock-'));
  return hasOwn ? undefined : lockAtCreation(bucket, undefined, now)?.retention;
}
