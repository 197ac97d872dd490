import type { FailedError } from '../thrown-errors';
import { isAssertion } from './errors';

/** A line of two printed values: both have it, or only the received value has it. */
interface Line {
  readonly text: string;
  readonly isAdded: boolean;
}

/** The most lines that are compared. */
const LINES = 5000;

/** The most names that are printed. */
const NAMED = 3;

/** The member that the SDK v3 adds to each answer. */
const ofSdk = '$metadata';

/** Says that a test compares a whole answer of an SDK with the members that it expects, which the answer has. */
export function writeWholeAnswer(errors: readonly FailedError[]): string | undefined {
  const error = errors.find((one) => isAssertion(one) && !one.message.includes(' to match object '));
  const lines = error && (readDifference(error.message) ?? comparePrints(error));
  const added = lines && listAdded(lines);
  if (!added?.includes(ofSdk)) return undefined;
  const others = added.filter((name) => name !== ofSdk);
  const rest = others.length > NAMED ? ' and others' : '';
  const names = [ofSdk, ...others.slice(0, NAMED)].join(', ');
  return `The test received all that it expects, and more, ${names}${rest}, which the assertion compares as well. The SDK adds ${ofSdk} to what it returns and throws. To compare only what the test names, write expect(received).toMatchObject({ … }).`;
}

/** jest prints the difference, and how many lines are expected alone. */
function readDifference(message: string): readonly Line[] | undefined {
  const lines = message.split('\n', LINES);
  const begin = lines.findIndex((line) => /^- Expected {1,9}- {1,9}0$/.test(line));
  if (begin === -1) return undefined;
  return lines.slice(begin + 2).map((line) => ({ text: line.slice(2), isAdded: line.startsWith('+ ') }));
}

/** vitest passes both printed forms, whose members are in the same order. */
function comparePrints({ compared }: FailedError): readonly Line[] | undefined {
  const [expected, received] = [compared?.expected, compared?.received].map(readPrint);
  if (expected === undefined || received === undefined) return undefined;
  let next = 0; // within a member that is added, no line has the indentation of the next expected one
  const lines = received.map((text) => {
    const isAdded = text !== expected[next];
    if (!isAdded) next += 1;
    return { text, isAdded };
  });
  return next === expected.length ? lines : undefined;
}

function readPrint(
  values: NonNullable<FailedError['compared']>['expected'] | undefined,
): readonly string[] | undefined {
  const [print, ...others] = values ?? [];
  return others.length === 0 && typeof print?.value === 'string' ? print.value.split('\n', LINES) : undefined;
}

/** The names of the added members of the whole value; undefined if a list has more items than the test expects, or if nothing is known. */
function listAdded(lines: readonly Line[]): readonly string[] | undefined {
  const names: string[] = [];
  let block: number | undefined; // the indentation of the added member that the lines belong to
  for (const { text, isAdded } of lines) {
    const indent = indentOf(text);
    if (block !== undefined) {
      if (indent === block && closes(text)) block = undefined;
      continue;
    }
    if (!isAdded) continue;
    // Both runners write quotation marks around names. A line of a longer text has none.
    const name = /^ *"([$\w.-]{1,100})": /.exec(text)?.[1];
    if (name === undefined) return undefined;
    if (indent === OUTER) names.push(name);
    if (opens(text)) block = indent;
  }
  return names;
}

/** The indentation of the members of a whole value. */
const OUTER = 2;

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function opens(text: string): boolean {
  return text.endsWith('{') || text.endsWith('[');
}

function closes(text: string): boolean {
  return /^[\]}],?$/.test(text.trimStart());
}
