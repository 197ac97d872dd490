import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted as writeCount } from '../text/counts';
import { isArray, isRecord } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';

/** What a test counts, and how many of them it expected. */
interface Count {
  readonly expected: number;
  readonly counted: readonly RequestEntry[];
}

interface ArrangedTest {
  readonly entries: readonly RequestEntry[];
  /** How many of the first requests came while a beforeEach ran. */
  readonly arranged: number;
  readonly errors: readonly FailedError[];
  /** How many requests the journal counted before the first of the test. */
  readonly before: number;
  /** Whether the test has read a number or a list by a handle since its last request. */
  readonly readsHandle: boolean;
}

/** Says that a beforeEach has sent requests that an assertion counts, if the assertion would hold without them. */
export function writeArranged(test: ArrangedTest): string | undefined {
  const { entries, arranged, errors } = test;
  if (arranged <= 0) return undefined;
  const ofArrangement = new Set(entries.slice(0, arranged));
  for (const error of errors) {
    const counts = readCounts(error, test);
    const met = counts.find(({ expected, counted: all }) => {
      const own = all.filter((entry) => !ofArrangement.has(entry)).length;
      return own === expected && own < all.length;
    });
    if (met !== undefined) return write(met, ofArrangement);
  }
  return undefined;
}

function write({ counted: all }: Count, ofArrangement: ReadonlySet<RequestEntry>): string {
  const sent = all.filter((entry) => ofArrangement.has(entry));
  const which = sent.length === 1 ? '' : 'the first of them ';
  const calls = sent.slice(0, 1).map((entry) => `, ${which}${writeCall(entry)},`);
  const was = sent.length === 1 ? 'was' : 'were';
  return `${writePart(sent.length, all.length)}${calls.join('')} ${was} sent in beforeEach. Call s3.requests.clear() at its end, or arrange the test by fixtures and by handles, such as s3.bucket('name').put(…), which send no request.`;
}

function writePart(sent: number, all: number): string {
  if (sent < all) return `${sent} of these ${writeCount(all, 'request')}`;
  return all === 1 ? 'The request' : `All ${writeCount(all, 'request')}`;
}

const ofMatcher =
  /^Expected (?<kind>not to receive|to receive only|to receive) (?<operation>\w+)(?<input> with [\s\S]*?)?(?: (?<times>\d+) times?)?, but (?<came>\d+) (?:matching|other) requests? came/m;

function readCounts(error: FailedError, test: ArrangedTest): readonly Count[] {
  const { entries, readsHandle } = test;
  const ofLibrary = ofMatcher.exec(error.message)?.groups;
  if (ofLibrary !== undefined) return countByMatcher(ofLibrary, error.message, test);
  return readsHandle || !isAssertion(error) ? [] : [...countByNumber(error, entries), ...countByList(error, entries)];
}

/** The text of an assertion with an input lists the requests that it is about, if they are few. */
function countByMatcher(
  { kind, operation, input, times, came }: NonNullable<RegExpExecArray['groups']>,
  text: string,
  { entries, before }: Pick<ArrangedTest, 'entries' | 'before'>,
): readonly Count[] {
  const isOnly = kind === 'to receive only';
  if (kind === 'to receive' && times === undefined) return [];
  const named = entries.filter((entry) => (entry.operation === operation) !== isOnly);
  const counted =
    input === undefined || isOnly ? named : listNumbered(text).flatMap((number) => entries[number - 1 - before] ?? []);
  return counted.length === Number(came) ? [{ expected: Number(times ?? 0), counted }] : [];
}

/** The numbers in the journal of the requests that match: they are below the first sentence of a text, and all requests below them. */
function listNumbered(text: string): readonly number[] {
  const [, matching = ''] = text.slice(text.search(ofMatcher)).split('\n\n', 2);
  return [...matching.matchAll(/^ {2,}(\d+)\. \d\d:/gm)].map(([, number]) => Number(number));
}

/** A plain number can be that of all requests, or of those of one operation, unless an answer has it as well. */
function countByNumber(error: FailedError, entries: readonly RequestEntry[]): readonly Count[] {
  const [expected, received] = readCompared(error).numbers;
  if (expected === undefined || received === undefined || entries.some((entry) => hasNumber(entry, received)))
    return [];
  const operations = new Set(entries.map(({ operation }) => operation));
  const all = [entries, ...[...operations].map((name) => entries.filter(({ operation }) => operation === name))];
  const counts = all.filter(({ length }) => length === received).map((found) => ({ expected, counted: found }));
  // Of two operations with as many requests, nobody knows which one is counted.
  return counts.length > 1 && counts[0]?.counted !== entries ? [] : counts.slice(0, 1);
}

function hasNumber({ output }: RequestEntry, number: number): boolean {
  if (!isRecord(output)) return false;
  return Object.values(output).some((value) => (isArray(value) ? value.length === number : value === number));
}

const listed = ['operation', 'key', 'status', 'method', 'bucket'] as const;

/** A list that a test makes of the requests: of their operations, keys or statuses. */
function countByList(error: FailedError, entries: readonly RequestEntry[]): readonly Count[] {
  const { expected = [], received = [] } = readCompared(error).lists ?? {};
  const isList = (texts: readonly string[], of: readonly RequestEntry[], member: (typeof listed)[number]) =>
    texts.length === of.length && of.every((entry, index) => String(entry[member]) === texts[index]);
  const named = listed.find((member) => isList(received, entries, member));
  if (named === undefined || expected.length >= received.length) return [];
  return isList(expected, entries.slice(-expected.length), named)
    ? [{ expected: expected.length, counted: entries }]
    : [];
}
