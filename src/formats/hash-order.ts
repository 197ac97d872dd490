export function sortByHash<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  // The table doubles as soon as it is filled to more than three quarters.
  let size = 16;
  while (items.length > size * 0.75) size *= 2;
  const places = new Map(items.map((item) => [item, computeHash(keyOf(item)) & (size - 1)]));
  return items.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

function computeHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 16);
}
