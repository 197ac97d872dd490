import { writeGiven } from '../../text/values';
import type { Failure, Step } from './steps';

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
  const parts = [...subjectOf(failure), { ...optionsOf(failure), ...limits }];
  const written = parts.filter((part) => typeof part === 'string' || Object.keys(part).length > 0).map(writeGiven);
  return `.${failure.kind}(${written.join(', ')})`;
}

/** The argument before the options. */
function subjectOf(failure: Failure): readonly (string | object)[] {
  switch (failure.kind) {
    case 'fail':
      return [failure.error];
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

function optionsOf(failure: Failure): object {
  switch (failure.kind) {
    case 'fail':
      return failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter };
    case 'delay':
      return { milliseconds: failure.milliseconds };
    case 'disconnect':
      return { when: failure.when };
    case 'corrupt':
      return { how: failure.how };
    case 'reply':
      return {};
  }
}
