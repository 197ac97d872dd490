import { writeGiven } from '../../text/values';
import type { EntryFailure, Failure, Step } from './steps';

/** A rule as one would write it in a test: `on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 })`. */
export function writeRule(operation: string, input: unknown, steps: readonly Step[]): string {
  const given = [operation, ...(input === undefined ? [] : [input])].map(writeGiven).join(', ');
  return `on(${given})${steps.map(writeStep).join('')}`;
}

function writeStep({ failure, times, probability }: Step): string {
  const limits = {
    ...(times !== Number.POSITIVE_INFINITY && { times }),
    ...(probability < 1 && { probability }),
  };
  const options = { ...optionsOf(failure), ...limits };
  const parts = [...subjectOf(failure), ...(Object.keys(options).length > 0 ? [options] : [])];
  return `.${failure.kind}(${parts.map(writeGiven).join(', ')})`;
}

/** The argument before the options. */
function subjectOf(failure: Failure | EntryFailure): readonly unknown[] {
  switch (failure.kind) {
    case 'fail':
      return [failure.error];
    case 'failEntries':
      return [failure.entries, failure.error];
    case 'reply': {
      const { status, headers, body } = failure.reply;
      return [
        { status, ...(headers.length > 0 && { headers: Object.fromEntries(headers) }), ...(body !== '' && { body }) },
      ];
    }
    default:
      return [];
  }
}

function optionsOf(failure: Failure | EntryFailure): object {
  switch (failure.kind) {
    case 'fail':
      return {
        ...(failure.retryAfter !== undefined && { retryAfter: failure.retryAfter }),
        ...(failure.status !== undefined && { status: failure.status }),
      };
    case 'delay':
      return { milliseconds: failure.milliseconds };
    case 'disconnect':
      return { when: failure.when };
    case 'corrupt':
      return { how: failure.how };
    default:
      return {};
  }
}
