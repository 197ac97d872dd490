import { writeDifference } from './difference-text';
import type { RequestEntry } from './entry';
import { writeCall } from './entry-text';
import { findDifferences } from './input-matching';

const LISTED = 5;
/** The number of requests that are compared with a rule, since more would take long. */
export const COMPARED = 100;

interface Unmet {
  readonly input: unknown;
  readonly text: string;
}

/**
 * `last` are the last requests of its operation. Returns undefined if none came, and for an outage, which has no input. The reason is written
 * when somebody asks: a screen has the reasons of few rules, and a test can have many.
 */
export function whyUnmet({ input, text }: Unmet, last: readonly RequestEntry[]): (() => string) | undefined {
  if (text.startsWith('outage(') || last.length === 0) return undefined;
  return () => {
    try {
      return writeNearest(input ?? {}, last);
    } catch {
      // A matcher of the test in the rule's input can throw.
      return 'no request matched';
    }
  };
}

function writeNearest(input: unknown, entries: readonly RequestEntry[]): string {
  const [nearest] = entries
    .toReversed()
    .map((entry) => ({ entry, differences: findDifferences(input, entry.input) }))
    .toSorted((one, other) => one.differences.length - other.differences.length);
  if (nearest === undefined) return 'no request matched';
  const { entry, differences } = nearest;
  if (differences.length === 0)
    return `${writeCall(entry)} came before the rule was created, or after it had ended. Create the rule before the call`;
  const lines = differences.slice(0, LISTED).map((one) => writeDifference(one));
  return `no request matched; the nearest, ${writeCall(entry)}, differs in ${lines.join('; ')}`;
}
