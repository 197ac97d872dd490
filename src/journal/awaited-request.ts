import { fittingRequests, isExpected, type Reading, readExpected } from './comparison';
import type { RequestEntry } from './entry';
import { received } from './expectations';
import { affirm } from './verdict';
import type { Awaited } from './waits';

/** The request that a call of `waitFor` waits for; a mistake in it is a TypeError. `from` is the function that the user called. */
export function awaitedRequest(
  reading: Reading,
  operation: string,
  input: unknown,
  from: (...call: never) => unknown,
): Awaited<RequestEntry> {
  const expected = readExpected(reading, operation, input);
  const [come] = fittingRequests(reading, operation, input);
  return {
    name: expected.operation,
    come,
    accepts: (entry) => isExpected(entry, expected),
    fail: () => affirm(received(reading, operation, input), from as (...call: never) => void), // its result does not matter
  };
}
