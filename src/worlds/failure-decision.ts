import type { Failure } from '../service/failures/steps';
import type { TurnDecision } from '../service/turns';
import type { PlannedFailure } from './ways';

/** When the answers leave that an exploration holds back. */
export interface AnswerTimes {
  /** When the way is over. */
  readonly closed: Promise<void>;
  /** When the code has given up waiting. */
  readonly givenUp: Promise<void>;
}

/** What the service does with the request that fails. A request of code that crashed gets no answer until `closed`. */
export function decideFailure(
  { kind, code, entry }: Pick<PlannedFailure, 'kind' | 'code' | 'entry'>,
  { closed, givenUp }: AnswerTimes,
): TurnDecision {
  switch (kind) {
    case 'fail':
    case 'lasting':
    case 'deny':
      return { failure: failWith(code) };
    case 'error in 200':
      return { failure: failWith(code, 200) };
    case 'corrupt':
      return { failure: { kind, how: 'truncate' } };
    case 'disconnect before':
      return { failure: { kind: 'disconnect', when: 'before' } };
    case 'disconnect during':
      return { failure: { kind: 'disconnect', when: 'during' } };
    case 'disconnect after':
      return { failure: { kind: 'disconnect', when: 'after' } };
    case 'late':
      return { heldUntil: givenUp };
    case 'no answer before':
    case 'crash before':
      return { silence: { isApplied: false, until: closed } };
    case 'no answer after':
    case 'crash after':
      return { silence: { isApplied: true, until: closed } };
    case 'fail entry': {
      let index = -1;
      const failEntry = () => {
        index += 1;
        return index === entry?.index ? { error: code, rule: 's3.explore' } : undefined;
      };
      return { failEntry };
    }
  }
}

function failWith(error: string, status?: 200): Failure {
  return { kind: 'fail', error, retryAfter: undefined, status };
}
