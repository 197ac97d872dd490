import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type Comparison, countText, listValues, type PlainComparison } from './compared-texts';
import { isOfDamage } from './errors';

/** An object without bytes is answered as a whole, whatever range of it is asked for by its end. */
export const hintAtEmptyRange: Comparison = ({ expected, received, lists, entries }) => {
  const entry = entries.findLast(
    ({ operation, status, input, output }) =>
      operation === 'GetObject' &&
      status === 200 &&
      /^bytes=-\d+$/.test(String(memberOf(input, 'Range'))) &&
      memberOf(output, 'ContentLength') === 0,
  );
  const [asked, came] = [lists?.expected ?? [...expected], lists?.received ?? [...received]];
  if (entry === undefined || countText(came, '') <= countText(asked, '')) return undefined;
  return `${writeCall(entry)} was answered 200 without a byte, since ${writeKey(entry.key ?? '')} has 0 bytes, of which S3 answers the last ones so: leave out the keys whose Size is 0.`;
};

/** A range of an object that the code has read. Both ends belong to it. */
interface ReadRange {
  readonly entry: RequestEntry;
  readonly first: number;
  readonly last: number;
  readonly bytes: Buffer;
  /** The number of bytes for which the code has asked. */
  readonly asked: number;
}

const ofRange = /^bytes=(\d{1,15})-(\d{1,15})$/;

function readRange(entry: RequestEntry): readonly ReadRange[] {
  const [, first, end] = ofRange.exec(String(memberOf(entry.input, 'Range'))) ?? [];
  const bytes = memberOf(entry.output, 'Body');
  if (first === undefined || !Buffer.isBuffer(bytes)) return [];
  const asked = Number(end) - Number(first) + 1;
  // The last range can ask for more than there is.
  return [{ entry, first: Number(first), last: Number(first) + bytes.byteLength - 1, bytes, asked }];
}

/** Whether S3 refused a range that would begin where another one ends, and the code has not read it again. */
function isMissing(entry: RequestEntry, ranges: readonly ReadRange[]): boolean {
  const [, begin] = ofRange.exec(String(memberOf(entry.input, 'Range'))) ?? [];
  if (entry.error === undefined || begin === undefined) return false;
  const first = Number(begin);
  return ranges.some(({ last }) => last + 1 === first) && !ranges.some((one) => one.first === first);
}

/** The ranges of the object that was read last, in the order of its bytes, since code can ask for several at once. */
function listRanges(entries: readonly RequestEntry[]): readonly ReadRange[] {
  const last = entries.findLast(({ operation }) => operation === 'GetObject');
  const isSame = ({ operation, bucket, key, versionId }: RequestEntry) =>
    operation === 'GetObject' && bucket === last?.bucket && key === last?.key && versionId === last?.versionId;
  // A write between two ranges is another reason.
  const since = entries.findLastIndex(
    ({ method, bucket, key }) => method !== 'GET' && method !== 'HEAD' && bucket === last?.bucket && key === last?.key,
  );
  const reads = entries.slice(since + 1).filter(isSame);
  const ranges = reads.flatMap(readRange);
  // Bytes of a range that S3 refused are missing for that reason.
  if (reads.some((read) => isMissing(read, ranges))) return [];
  const byPlace = ranges.toSorted((one, other) => one.first - other.first);
  // Code that begins twice at one byte reads something else than one range after the other.
  return byPlace.every(({ first }, index) => index === 0 || first > (byPlace[index - 1]?.first ?? 0)) ? byPlace : [];
}

/** How many bytes the next range leaves out. If both have bytes in common, the number is negative. */
function gapAfter(ranges: readonly ReadRange[], index: number): number {
  const [one, next] = [ranges[index], ranges[index + 1]];
  return one === undefined || next === undefined ? 0 : next.first - one.last - 1;
}

function listGaps(ranges: readonly ReadRange[]): readonly number[] {
  return ranges.slice(0, -1).map((_range, index) => gapAfter(ranges, index));
}

/** Whether a text is what the ranges are parts of. */
function isWhole(text: string, ranges: readonly ReadRange[], length: number): boolean {
  const bytes = Buffer.from(text);
  const [begin = 0] = ranges.map(({ first }) => first);
  return (
    bytes.byteLength === length &&
    ranges.every((one) => bytes.subarray(one.first - begin, one.last + 1 - begin).equals(one.bytes))
  );
}

/** Whether a test expects the bytes from the first range to the last one, and has received those of all ranges one behind the other. */
function areJoined({ expected, received, numbers }: PlainComparison, ranges: readonly ReadRange[]): boolean {
  const joined = Buffer.concat(ranges.map(({ bytes }) => bytes));
  const length = (ranges.at(-1)?.last ?? 0) + 1 - (ranges[0]?.first ?? 0);
  if (numbers[0] === length && numbers[1] === joined.byteLength) return true;
  return received.has(joined.toString()) && listValues(expected).some((text) => isWhole(text, ranges, length));
}

function writeSeam(ranges: readonly ReadRange[]): string | undefined {
  const gaps = listGaps(ranges);
  const at = gaps.findIndex((gap) => gap !== 0);
  const [one, next, gap = 0] = [ranges[at], ranges[at + 1], gaps[at]];
  if (one === undefined || next === undefined) return undefined;
  const [text, following] = [one, next].map(({ entry }) => writeValue(memberOf(entry.input, 'Range')));
  const bytes = counted(Math.abs(gap), 'byte');
  const what = gap < 0 ? `have ${bytes} in common` : `leave out ${bytes} between them`;
  const cure =
    gap < 0
      ? `end the first one a byte before the next begins, ${writeValue(`bytes=${one.first}-${next.first - 1}`)} for ${counted(next.first - one.first, 'byte')}`
      : Math.abs(gap) === 1
        ? `begin the next one at byte ${one.last + 1}`
        : `read the bytes ${one.last + 1} to ${next.first - 1} as well`;
  // Whoever takes the end for excluded is off by one byte.
  const why = Math.abs(gap) === 1 ? '. A Range includes its last byte' : '';
  return `${writeCall(one.entry)}: the ranges ${text} and ${following} ${what}${why}: ${cure}.`;
}

/** Code joins ranges that overlap, or leave bytes out. */
export const hintAtRanges: Comparison = (comparison) => {
  const ranges = listRanges(comparison.entries);
  return areJoined(comparison, ranges) ? writeSeam(ranges) : undefined;
};

/** Code finds by itself that bytes are damaged which it has read in ranges, each of which is off by one byte. */
export function writeDamagedByRanges(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  if (!errors.some(isOfDamage)) return undefined;
  const ranges = listRanges(entries);
  const gaps = new Set(listGaps(ranges));
  const [gap = 0] = gaps;
  return gaps.size !== 1 || Math.abs(gap) !== 1 || !areChunks(ranges) ? undefined : writeSeam(ranges);
}

/**
 * Whether the ranges are equally long, but for the last one, which can be shorter. A header and what follows it are no chunks, and code can leave out
 * the byte between them on purpose.
 */
function areChunks(ranges: readonly ReadRange[]): boolean {
  const [size = 0] = ranges.map(({ asked }) => asked);
  return ranges.every(({ asked }, index) => asked === size || (index === ranges.length - 1 && asked < size));
}
