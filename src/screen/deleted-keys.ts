import { partsIn } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { firstLines } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { Comparison } from './compared-texts';
import { countsCalls, saysTrueForFalse } from './errors';
import type { Asked } from './hint';

/** Returns the keys in Deleted, or undefined if an entry named a version, or if the answer has no such list. */
function readDeleted({ input, output }: RequestEntry): readonly string[] | undefined {
  const deleted = memberOf(output, 'Deleted');
  const isOfVersion = partsIn(input)?.some((part) => memberOf(part, 'VersionId') !== undefined) !== false;
  if (isOfVersion || !isArray(deleted) || deleted.length === 0) return undefined;
  return deleted.map((one: unknown) => String(memberOf(one, 'Key')));
}

/** The keys that had an object before requests of an operation deleted them. */
export function listDeletedObjects(
  { store, versionChanges }: Pick<Asked, 'store' | 'versionChanges'>,
  bucket: string,
  operation: 'DeleteObject' | 'DeleteObjects',
): ReadonlySet<string> {
  const found = new Set<string>();
  const removed = new Set<string>(); // the changes come newest first, so these came later than what follows
  const { versions } = store.buckets.get(bucket) ?? {};
  for (const { key, versionId, what, deleteMarker, by } of versionChanges.of(bucket)) {
    if (what !== 'written' && !deleteMarker) removed.add(key);
    if (by.operation !== operation) continue;
    // An object that a rule or a request removed later can be what the marker had hidden.
    if (removed.has(key)) found.add(key);
    if (what !== 'written') continue;
    // The marker hides what was current before.
    const all = [...(versions?.of(key) ?? [])];
    const below = all[all.findIndex((version) => versionIdOf(store, version) === versionId) + 1];
    if (deleteMarker && below !== undefined && isObject(below)) found.add(key);
  }
  return found;
}

/** What a sentence names of the keys. */
const NAMED = 3;

/** S3 answers that a key is deleted, whether it had an object or not. */
export const hintAtDeleted: Comparison = ({ expected, received, numbers, printed, entries, ...stored }) => {
  const [wanted, came] = numbers;
  const last = entries.at(-1);
  const { bucket } = last ?? {};
  // Whatever comes after the batch can be what the test compares.
  if (last?.operation !== 'DeleteObjects' || bucket === undefined || stored.readsHandle === true) return undefined;
  const batches = entries.filter((one) => one.operation === 'DeleteObjects' && one.error === undefined);
  const lists = batches.map((one) => (one.bucket === bucket ? readDeleted(one) : undefined));
  const all = lists.flatMap((list) => list ?? []);
  const keys = new Set(all);
  if (lists.includes(undefined) || keys.size < all.length) return undefined;
  const objects = stored.listDeletedObjects?.(bucket, 'DeleteObjects');
  const without = all.filter((key) => objects?.has(key) === false);
  if (without.length === 0) return undefined;
  const isCounted = came === all.length && wanted === all.length - without.length && !countsCalls(printed);
  const isListed = all.every((key) => received.has(key) && expected.has(key) === objects?.has(key));
  const isNone = without.length === all.length && saysTrueForFalse(printed);
  if (!isCounted && !isListed && !isNone) return undefined;
  const names = firstLines(without.map(writeKey), NAMED).join(', ');
  return `Deleted in the answer to ${writeCall(last)} has keys that had no object, ${names}: S3 answers a delete of any key so. To know which keys had one, list them, or send a HeadObject for each, before the delete.`;
};
