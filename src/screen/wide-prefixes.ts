import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { counted } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { ComparedTexts, Comparison } from './compared-texts';
import { findMissingObject } from './library-assertions';

/** The keys of a listing, one for each version or object. */
function listKeys({ output }: RequestEntry): readonly string[] {
  const entries = memberOf(output, 'Entries');
  const lists = isArray(entries)
    ? entries.map((one: unknown) => memberOf(one, 'Versions'))
    : [memberOf(output, 'Contents')].flat();
  return lists.flatMap((one: unknown) => {
    const key = memberOf(one, 'Key');
    return typeof key === 'string' ? key : [];
  });
}

/** What a listing has beside the keys that its prefix was meant for. */
interface Wide {
  readonly entry: RequestEntry;
  readonly prefix: string;
  readonly meant: readonly string[];
  readonly others: readonly string[];
  /** Whether the prefix is itself a key. */
  readonly isKey: boolean;
}

/** The prefix is a key, or the name of a folder without its slash, and the listing has keys that only begin like it. */
function readWide(entry: RequestEntry | undefined): Wide | undefined {
  const prefix = memberOf(entry?.input, 'Prefix');
  if (entry === undefined || typeof prefix !== 'string' || prefix === '' || prefix.endsWith('/')) return undefined;
  const keys = listKeys(entry);
  const isKey = keys.includes(prefix);
  const isMeant = (key: string) => (isKey ? key === prefix : key.startsWith(`${prefix}/`));
  const [meant, others] = [keys.filter(isMeant), keys.filter((key) => !isMeant(key))];
  return meant.length === 0 || others.length === 0 ? undefined : { entry, prefix, meant, others, isKey };
}

function writeWide({ entry, prefix, meant, others, isKey }: Wide): string {
  const [first = ''] = others;
  const cure = isKey
    ? `To have one key alone, compare each Key with ${writeKey(prefix)} in the code.`
    : `List with Prefix: ${writeKey(`${prefix}/`)}, which leaves it out.`;
  return `${writeCall(entry)} has every key that begins with its Prefix, ${writeKey(prefix)}, also ${writeKey(first)}: ${others.length} of its ${counted(meant.length + others.length, 'item')}. ${cure}`;
}

/** Whether an assertion has as much too much as the prefix has. */
function isTooMuch({ expected, received, numbers: [least, most] }: ComparedTexts, { meant, others }: Wide): boolean {
  if (least !== undefined && most !== undefined) return most - least === others.length;
  const extra = [...received].filter((text) => !expected.has(text) && !/^\s*[[{]/.test(text));
  const known = new Set(others);
  return extra.length > 0 && extra.every((text) => known.has(text)) && meant.some((key) => expected.has(key));
}

/** A prefix without the slash also begins the names of neighbours. */
export const hintAtWidePrefix: Comparison = (comparison) => {
  const wide = readWide(comparison.entries.findLast(({ operation, output }) => isListing(operation) && output));
  return wide !== undefined && isTooMuch(comparison, wide) ? writeWide(wide) : undefined;
};

function isListing(operation: string | undefined): boolean {
  return /^ListObject(?:s|sV2|Versions)$/.test(operation ?? '');
}

/** A test misses an object that the code has found by such a prefix, and then deleted. */
export function writeDeletedNeighbour(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const missing = findMissingObject(errors);
  if (missing === undefined) return undefined;
  const { bucket, key } = missing;
  const at = entries.findLastIndex((one) => one.bucket === bucket && isListing(one.operation) && one.output);
  const wide = readWide(entries[at]);
  if (wide === undefined || !wide.others.includes(key)) return undefined;
  const [removal] = findRequestsOnKey({ dropped: 0, slice: () => entries.slice(at + 1) }, bucket, key);
  if (removal === undefined || !/^DeleteObjects?$/.test(removal.recorded.operation ?? '')) return undefined;
  return `${writeCall(removal.recorded)} deleted ${writeKey(key)}. ${writeWide(wide)}`;
}

/** Some tools make an object of no bytes for each folder, which listings have like any other one. */
export const hintAtFolder: Comparison = ({ expected, received, numbers: [least, most], entries }) => {
  const entry = entries.findLast(({ operation, output }) => isListing(operation) && output);
  const contents = memberOf(entry?.output, 'Contents');
  if (entry === undefined || !isArray(contents)) return undefined;
  const folders = contents.flatMap((one: unknown) => {
    const key = memberOf(one, 'Key');
    return typeof key === 'string' && key.endsWith('/') && memberOf(one, 'Size') === 0 ? key : [];
  });
  const [first] = folders;
  if (first === undefined) return undefined;
  const extra = [...received].filter((text) => !expected.has(text) && !/^\s*[[{]/.test(text));
  const isCounted = most === contents.length && least === contents.length - folders.length;
  const isListed = extra.length === folders.length && extra.every((text) => folders.includes(text));
  if (!isCounted && !(most === undefined && isListed)) return undefined;
  return `${writeCall(entry)} has ${writeKey(first)} as well, an object of 0 bytes which stands for a folder, and which S3 lists like any other: leave out the keys that end in '/'.`;
};
