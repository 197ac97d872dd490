import { counted, firstLines, restLine } from '../text/counts';
import { writeBlock } from '../text/values';
import type { ComparedRequest, Comparison, ExpectedRequest, RecordedRequests } from './comparison';
import { writeDifference } from './difference-text';
import { writeEntries } from './entry-lines';
import { fits } from './input-matching';

const NEAREST = 3;
const LISTED = 20;
const DIFFERENCES = 6;

const NOTHING_CAME = [
  'Was the code under test called, and awaited? Was the journal cleared, or the mock reset, after it?',
  "Does its client go to a host that the mock captures? Those of S3 and COS are; others are named: hosts: ['http://localhost:9000'].",
].join('\n');

/** `PutObject with { Bucket: 'vault' }`: what was expected, in words. */
export function writeExpected({ operation, input }: ExpectedRequest): string {
  return input === undefined ? operation : `${operation} with ${writeBlock(input)}`;
}

/** Why there is no request that fits. */
export function whyNone({ all, same, expected }: Comparison): string {
  if (all.length === 0) return 'no request came at all';
  if (same.length === 0)
    return all.length === 1
      ? 'the one request that came is another'
      : `none of the ${all.length} requests that came is one`;
  return same.length === 1
    ? `the one ${expected.operation} request differs`
    : `none of the ${same.length} ${expected.operation} requests fits`;
}

/** The text of a failure: what was expected and what is wrong, then the requests that show it, then all that came. */
export function assertionText(
  recorded: RecordedRequests,
  headline: string,
  evidence: readonly ComparedRequest[],
  all: readonly ComparedRequest[],
): string {
  if (all.length === 0)
    return [headline, NOTHING_CAME, droppedNote(recorded)].filter((part) => part !== '').join('\n\n');
  const shownAlready = evidence.length === all.length;
  return [
    headline,
    evidence.length === 0 ? '' : shortList(evidence, differencesBelow),
    shownAlready
      ? ''
      : `${all.length === 1 ? 'The one request' : `All ${all.length} requests`} that came:\n${shortList(all)}`,
    droppedNote(recorded),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/**
 * The requests that a test most likely meant: of the operation, those with the fewest differences; if there are none,
 * those of other operations on the same thing.
 */
export function nearestRequests(
  all: readonly ComparedRequest[],
  { input }: ExpectedRequest,
): readonly ComparedRequest[] {
  const same = all.filter(({ sameOperation }) => sameOperation);
  const byDifferences = (one: ComparedRequest, other: ComparedRequest) =>
    one.differences.length - other.differences.length;
  return (same.length > 0 ? same.toSorted(byDifferences) : onSameThing(all, input)).slice(0, NEAREST);
}

/** Those with the same key, upload or other name. That they ask of the same bucket is not enough to be near. */
function onSameThing(all: readonly ComparedRequest[], input: unknown): readonly ComparedRequest[] {
  if (typeof input !== 'object' || input === null) return [];
  const names = Object.entries(input).filter(([, value]) => typeof value === 'string');
  if (!names.some(([name]) => name !== 'Bucket')) return [];
  return all.filter(({ entry }) => fits(Object.fromEntries(names), entry.input));
}

function shortList(requests: readonly ComparedRequest[], below?: (one: ComparedRequest) => readonly string[]): string {
  const rest = requests.length - LISTED;
  const first = writeEntries(requests.slice(0, LISTED), below);
  return rest > 0 ? `${first}\n  ${restLine(rest)}` : first;
}

function differencesBelow({ differences, entry }: ComparedRequest): readonly string[] {
  const lines = differences.map((one) =>
    entry.dropped?.includes(one.path)
      ? `${one.path}: its bytes were dropped to bound the memory held`
      : writeDifference(one),
  );
  return firstLines(lines, DIFFERENCES, 'difference').map((line) => `- ${line}`);
}

function droppedNote({ dropped }: RecordedRequests): string {
  return dropped === 0
    ? ''
    : `Before these, ${counted(dropped, 'older request')} had to be dropped; journal: { limit } keeps more.`;
}
