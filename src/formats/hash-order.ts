const usualSize = 16;

/** Sorts items in the order in which a hash table of Java lists its keys. */
export function sortByHash<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  firstSize = usualSize,
): readonly Item[] {
  // The table doubles as soon as it is filled to more than three quarters.
  let size = firstSize;
  while (items.length > size * 0.75) size *= 2;
  const places = new Map(items.map((item) => [item, computeHash(keyOf(item)) & (size - 1)]));
  return items.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** The size of a table that was made for so many items: they fill three quarters of it at most. */
export function sizeForItems(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(count / 0.75, 1)));
}

function computeHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 16);
}
