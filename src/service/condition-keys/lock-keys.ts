import { parseIsoDate } from '../../formats/dates';
import { day } from '../../formats/durations';
import { type ConditionKeys, type KeyQuestion, memberOf, textOf } from './condition-key';

/** The condition keys of the lock that a request asks for, by headers or by document (F490). */
export const lockKeys: ConditionKeys = {
  's3:object-lock-mode': (question) => sent(question, 'mode') ?? textOf(question.call.input, ['Retention', 'Mode']),
  's3:object-lock-legal-hold': (question) =>
    sent(question, 'legal-hold') ?? textOf(question.call.input, ['LegalHold', 'Status']),
  's3:object-lock-retain-until-date': (question) => untilOf(question),
  's3:object-lock-remaining-retention-days': (question) => {
    const until = parseIsoDate(untilOf(question) ?? '');
    // A part of a day counts as a day.
    return until === undefined ? undefined : String(Math.max(0, Math.ceil((until - question.call.now) / day)));
  },
  's3:object-lock-event-hold': (question) =>
    sent(question, 'event-hold') ?? textOf(question.call.input, ['Retention', 'EventHold']),
  's3:object-lock-event-hold-duration-days': (question) => sent(question, 'event-hold-duration-days'),
};

function sent({ call: { request } }: KeyQuestion, name: string): string | undefined {
  return request.headers.get(`x-amz-object-lock-${name}`);
}

function untilOf(question: KeyQuestion): string | undefined {
  const ofDocument = memberOf(question.call.input, ['Retention', 'RetainUntilDate']);
  return sent(question, 'retain-until-date') ?? (ofDocument instanceof Date ? ofDocument.toISOString() : undefined);
}
