import type { ServiceName } from '../journal/entry';
import type { Failure } from '../service/failures/steps';
import type { TurnDecision } from '../service/turns';
import type { PlannedFailure } from './ways';

/** The codes of each service for an error of its own, which SDKs repeat. */
const codes: Readonly<Record<ServiceName, string>> = {
  s3: 'InternalError',
  's3-control': 'InternalError',
  sts: 'InternalFailure',
};

export function codeOfTrouble(service: ServiceName): string {
  return codes[service];
}

/** What the service does with the request that fails. A request of code that crashed gets no answer until `closed`. */
export function decideFailure({ kind, request, entry }: PlannedFailure, closed: Promise<void>): TurnDecision {
  const code = codeOfTrouble(request.service);
  switch (kind) {
    case 'fail':
      return { failure: failWith(code) };
    case 'deny':
      return { failure: failWith('AccessDenied') };
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
    case 'crash before':
      return { silence: { isApplied: false, until: closed } };
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
