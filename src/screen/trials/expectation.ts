import type { RequestEntry } from '../../journal/entry';
import { namesOfHeads } from '../../journal/operation-names';
import type { Trial } from '../../service/trial';
import { isArray, isRecord } from '../../text/value-kinds';
import { readAnswer } from '../answer-texts';
import type { ComparedTexts } from '../compared-texts';
import { isMissingRejection } from '../errors';
import type { Asked } from '../hint';
import { ofLists } from '../left-out';
import { nameOfHead } from '../thrown-answers';

/** The numbers of an answer, and the lengths of its lists. The list of versions is two lists of an SDK. */
export function readCounts(output: unknown): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, value] of isRecord(output) ? Object.entries(output) : []) {
    if (typeof value === 'number') counts.set(name, value);
    if (!isArray(value)) continue;
    counts.set(name, value.length);
    if (name !== 'Entries') continue;
    for (const list of ['Versions', 'DeleteMarkers'])
      counts.set(list, value.filter((one) => isRecord(one) && one[list] !== undefined).length);
  }
  return counts;
}

/** The printed form of an object or a list, which vitest passes beside the texts in it. */
const isPrint = /^(?:\w+ )?[[{]/;

/** What a test expected, and did not receive. */
export function listMissing({ expected, received }: Pick<ComparedTexts, 'expected' | 'received'>): readonly string[] {
  return [...expected].filter((text) => text !== '' && !received.has(text) && !isPrint.test(text));
}

/** A word of the code for a denial is short. */
const LONGEST_WORD = 40;

const ofDenial = /forbidden|denied|unauthori[sz]ed|no[ _-]?access|not[ _-]?(?:allowed|permitted|authori[sz]ed)/i;

/** Whether a test expects a word of the code that says that somebody has no right to do something. */
export function isDenialNamed(compared: Pick<ComparedTexts, 'expected' | 'received'>): boolean {
  return listMissing(compared).some((text) => text.length <= LONGEST_WORD && ofDenial.test(text));
}

/** Whether another answer has what a failed assertion misses in the answer that came. */
export function isExpectedAnswer({ refusal, output }: Trial, { entry, compared }: Asked): boolean {
  if (refusal !== undefined) return compared.some(({ printed }) => isMissingRejection(printed));
  const [texts, counts] = [readAnswer(output), readCounts(output)];
  const [before, countsBefore] = [readAnswer(entry.output), readCounts(entry.output)];
  return compared.some((one) => {
    const missing = listMissing(one).filter((text) => !/^-?\d+$/.test(text) || text.length > 2);
    if (missing.length > 0)
      return missing.every((text) => texts.has(text)) && missing.some((text) => !before.has(text));
    if (one.isUndefined) return isListMissing(one) && isFilled(counts, countsBefore);
    return isCounted(one.numbers, counts, countsBefore);
  });
}

/** Whether code can have read a list that is undefined: JavaScript names the member of it that was read. */
function isListMissing({ printed }: ComparedTexts): boolean {
  return ofLists.test(printed) || !printed.includes("(reading '");
}

/** Whether a list is there which the answer that came left out. */
function isFilled(counts: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): boolean {
  return [...counts].some(([name, count]) => count > 0 && (before.get(name) ?? 0) === 0);
}

function isCounted(
  [expected, received]: ComparedTexts['numbers'],
  counts: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
): boolean {
  if (expected === undefined || received === undefined || expected === received) return false;
  return [...new Set([...counts.keys(), ...before.keys()])].some(
    (name) => (counts.get(name) ?? 0) === expected && (before.get(name) ?? 0) === received,
  );
}

/** Whether a test has looked at the refusal of a request, and expected another refusal. `codes` are all that S3 has. */
export function isOtherRefusalExpected(
  entry: Pick<RequestEntry, 'error' | 'status'>,
  { numbers: [expected = 0, received], ...compared }: ComparedTexts,
  codes: readonly string[],
): boolean {
  const { error, status } = entry;
  if (error === undefined) return false;
  if (expected >= 400 && expected < 600 && received === status) return true;
  const isReceived = [error.code, error.message, nameOfHead(entry)].some((text) => compared.received.has(text));
  return isReceived && listMissing(compared).some((text) => codes.includes(text) || namesOfHeads.includes(text));
}

/** Whether the error for which a test waited can have been that of a request: none came after it. */
export function isAwaited({ entry, entries, errors }: Pick<Asked, 'entry' | 'entries' | 'errors'>): boolean {
  return entries.at(-1) === entry && errors.some(({ message }) => isMissingRejection(message));
}

/** Whether a test expected the status of a trial in place of the status that came. */
export function isExpectedStatus({ status }: Pick<Trial, 'status'>, { entry, compared }: Asked): boolean {
  return (
    status !== entry.status &&
    compared.some(({ numbers: [expected, received] }) => expected === status && received === entry.status)
  );
}
