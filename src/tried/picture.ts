import type { Store } from '../model/store';
import { objectOutlines } from '../preset/object-literals';
import { type BucketPicture, folderOf, type Picture } from './notes';

/** Returns the current objects: body, metadata and tags, without what differs in each run, such as ids and times. */
export function takePicture(store: Store): Picture {
  return Object.fromEntries(
    [...store.buckets].map(([name, bucket]): [string, BucketPicture] => {
      const objects = Object.entries(objectOutlines(store, bucket)).flatMap(([key, versions]): [string, string][] => {
        const current = versions.at(-1);
        if (current === undefined || current.deleteMarker === true) return [];
        const { body, metadata, tags } = current;
        return [[key, JSON.stringify({ body, metadata, tags })]];
      });
      return [name, Object.fromEntries(objects)];
    }),
  );
}

/** What a run lacks of a state, which objects are others, and what it has beyond it. */
export interface Difference {
  readonly lacks: readonly string[];
  readonly others: readonly string[];
  readonly more: readonly string[];
}

/**
 * Compares the state after a way with the state after each of the two plain runs. What differs between these does not count: an object whose key is
 * another one in each run is only counted.
 */
export function comparePictures(first: Picture, second: Picture, way: Picture): Difference {
  const lacks: string[] = [];
  const others: string[] = [];
  const more: string[] = [];
  for (const name of new Set([...Object.keys(first), ...Object.keys(second), ...Object.keys(way)])) {
    const [one, other, after] = [first[name], second[name], way[name]];
    if (one === undefined || other === undefined) {
      // The name of the bucket is another one in each run, or only the way has it.
      if (one === undefined && other === undefined && isStable(first, second)) more.push(`bucket ${name}`);
      continue;
    }
    if (after === undefined) lacks.push(`bucket ${name}`);
    else compareBuckets(name, [one, other, after], { lacks, others, more });
  }
  return { lacks, others, more };
}

function isStable(first: Picture, second: Picture): boolean {
  return Object.keys(first).every((name) => second[name] !== undefined);
}

function compareBuckets(
  name: string,
  [one, other, after]: readonly [BucketPicture, BucketPicture, BucketPicture],
  { lacks, others, more }: { readonly lacks: string[]; readonly others: string[]; readonly more: string[] },
): void {
  const isInBoth = (key: string) => one[key] !== undefined && other[key] !== undefined;
  for (const [key, object] of Object.entries(one)) {
    if (!isInBoth(key)) continue;
    if (after[key] === undefined) lacks.push(`${name}/${key}`);
    else if (object === other[key] && after[key] !== object) others.push(`${name}/${key}`);
  }
  const listVarying = (objects: BucketPicture) => Object.keys(objects).filter((key) => !isInBoth(key));
  compareVarying(name, [listVarying(one), listVarying(other), listVarying(after)], { lacks, more });
}

/** Keys that are others in each run are counted by folder, and those whose folder is another one, too, by bucket. */
function compareVarying(
  name: string,
  [one, other, after]: readonly [readonly string[], readonly string[], readonly string[]],
  { lacks, more }: { readonly lacks: string[]; readonly more: string[] },
): void {
  const count = (keys: readonly string[], folder: string) => keys.filter((key) => folderOf(key) === folder).length;
  const isSteady = (folder: string) => count(one, folder) > 0 && count(one, folder) === count(other, folder);
  const groupOf = (key: string) => (isSteady(folderOf(key)) ? folderOf(key) : '');
  for (const group of new Set([...one, ...after].map(groupOf))) {
    const before = one.filter((key) => groupOf(key) === group).length;
    const beyond = after.filter((key) => groupOf(key) === group);
    const place = group === '' ? name : `${name}/${group}`;
    if (before === 0) for (const key of beyond) more.push(`${name}/${key}`);
    else if (beyond.length < before) lacks.push(`${before - beyond.length} of the objects of ${place}`);
    else if (beyond.length > before) more.push(`${beyond.length - before} more objects in ${place}`);
  }
}
