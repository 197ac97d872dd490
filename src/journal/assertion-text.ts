import { counted, firstLines } from '../text/counts';
import { writeBlock } from '../text/values';
import type { ComparedRequest, ComparedRequests, Comparison, ExpectedRequest, RecordedRequests } from './comparison';
import { writeDifference } from './difference-text';
import { writeLastEntries } from './entry-text';
import { differencesFrom } from './input-matching';

const NEAREST = 3;
const DIFFERENCES = 6;

/** The paragraphs of a message if no request came: the hosts that were called instead, and the questions to ask. */
export function nothingCame({ elsewhere }: Pick<RecordedRequests, 'elsewhere'>): readonly string[] {
  const seen = elsewhere.seenHost();
  const cure =
    seen === undefined ? 'the option hosts adds others' : `if ${seen} is its endpoint, add it: hosts: ['${seen}']`;
  const other = seen === undefined ? elsewhere.cure() : undefined;
  const questions = [
    'Was the code under test called, and awaited? Was the journal cleared, or the mock reset, after it?',
    'Is its client replaced, by jest.mock, vi.mock or a spy on its send? Then no request is made.',
    `Does its client call a host that the mock captures? All hosts of S3 and COS are captured; ${cure}.`,
    ...(other === undefined ? [] : [other]),
  ];
  return [elsewhere.lines().join('\n'), questions.join('\n')].filter((part) => part !== '');
}

/** The expected request in words: `PutObject with { Bucket: 'vault' }`. */
export function writeExpected({ operation, input }: ExpectedRequest): string {
  return input === undefined ? operation : `${operation} with ${writeBlock(input)}`;
}

/** Why no request matches, in words. */
export function whyNone({ all, same, expected }: Comparison): string {
  if (all.length === 0) return 'no request came at all';
  if (all.every(wentElsewhere))
    return all.length === 1
      ? 'the only request that came went to a host that the mock does not answer'
      : `all ${counted(all.length, 'request')} that came went to hosts that the mock does not answer`;
  if (same.length === 0)
    return all.length === 1
      ? 'the only request that came is of another operation'
      : `none of the ${counted(all.length, 'request')} that came is of that operation`;
  return same.length === 1
    ? `the one ${expected.operation} request differs`
    : `none of the ${counted(same.length, `${expected.operation} request`)} matches`;
}

/** Whether the mock refused a request because of its host. */
function wentElsewhere({ entry }: ComparedRequest): boolean {
  return entry.error?.code === 'S3MockUnknownHost';
}

/** The message of a failed assertion: the headline, then the requests that show what is wrong, then all requests. */
export function assertionText(
  recorded: RecordedRequests,
  headline: string,
  evidence: ComparedRequests,
  all: ComparedRequests,
): string {
  if (all.length === 0)
    return [headline, ...nothingCame(recorded), droppedNote(recorded)].filter((part) => part !== '').join('\n\n');
  const elsewhere = all.every(wentElsewhere) ? recorded.elsewhere.lines().join('\n') : '';
  const isComplete = evidence.length === all.length;
  return [
    headline,
    evidence.length === 0 ? '' : writeLastEntries(evidence, differencesBelow),
    isComplete
      ? ''
      : `${all.length === 1 ? 'The one request' : `All ${counted(all.length, 'request')}`} that came:\n${writeLastEntries(all)}`,
    elsewhere,
    droppedNote(recorded),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/**
 * The requests that the test most likely meant: those of its operation with the fewest differences. If the operation has no request, those
 * of other operations on the same key or upload.
 */
export function nearestRequests({
  all,
  same,
  expected,
}: Pick<Comparison, 'all' | 'same' | 'expected'>): readonly ComparedRequest[] {
  return same.length > 0 ? nearestOf(same) : onSameSubject(all, expected.input).slice(-NEAREST);
}

/** The nearest requests, found in one walk: a journal may have many. The last are first, so that few of them take another's place. */
function nearestOf(requests: ComparedRequests): readonly ComparedRequest[] {
  let nearest: readonly ComparedRequest[] = [];
  for (let index = requests.length - 1; index >= 0; index -= 1) {
    const one = requests.at(index);
    const farthest = nearest.at(-1);
    if (one === undefined || (nearest.length === NEAREST && farthest && byNearness(one, farthest) > 0)) continue;
    nearest = [...nearest, one].toSorted(byNearness).slice(0, NEAREST);
  }
  return nearest;
}

/** Fewer differences first; of requests with as many, the one that came last, since it is the nearest to the failure. */
function byNearness(one: ComparedRequest, other: ComparedRequest): number {
  return one.distance - other.distance || other.number - one.number;
}

/** The requests with the same key, upload id or other name. The same bucket alone is too little in common. */
function onSameSubject(all: ComparedRequests, input: unknown): readonly ComparedRequest[] {
  if (typeof input !== 'object' || input === null) return [];
  const names = Object.entries(input).filter(([, value]) => typeof value === 'string');
  if (!names.some(([name]) => name !== 'Bucket')) return [];
  const find = differencesFrom(Object.fromEntries(names));
  return all.filter(({ entry }) => (find.count?.(entry.input) ?? find(entry.input).length) === 0);
}

function differencesBelow({ differences, entry }: ComparedRequest): readonly string[] {
  const lines = differences.map((one) =>
    entry.dropped?.includes(one.path) ? `${one.path}: its bytes were dropped to save memory` : writeDifference(one),
  );
  return firstLines(lines, DIFFERENCES, 'difference').map((line) => `- ${line}`);
}

/** The number of requests that the journal dropped, as a sentence; empty if it has all. */
export function droppedNote({ dropped }: Pick<RecordedRequests, 'dropped'>): string {
  return dropped === 0
    ? ''
    : `Before these, the journal dropped ${counted(dropped, 'older request')}; journal: { limit } keeps more.`;
}
