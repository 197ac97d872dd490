/** Draws a number from 0 to below 1. */
type Draw = () => number;

/** Some of the items, in their order, chosen by chance; never none, if there is one. */
export function someOf<T>(items: readonly T[], draw: Draw): readonly T[] {
  const chosen = items.filter(() => draw() < 0.5);
  if (chosen.length > 0 || items.length === 0) return chosen;
  return items.slice(Math.floor(draw() * items.length)).slice(0, 1);
}

/**
 * The items in another order: of those that share a group, at least two change places. Each group keeps the places that it had, so that a handler
 * notices it, however the groups are mixed.
 */
export function mixed<T>(items: readonly T[], groupOf: (item: T) => unknown, draw: Draw): readonly T[] {
  const places = new Map<unknown, number[]>();
  for (const [index, item] of items.entries()) {
    const group = groupOf(item);
    const known = places.get(group);
    if (known) known.push(index);
    else places.set(group, [index]);
  }
  const result = [...items];
  for (const group of places.values()) {
    const from = shuffled(group, draw);
    for (const [position, index] of group.entries()) {
      const source = from[position];
      if (source !== undefined) result[index] = items[source] as T; // an index of the list
    }
  }
  return result;
}

/** The items in an order that is not theirs, if there are two. */
function shuffled<T>(items: readonly T[], draw: Draw): readonly T[] {
  const keyed = items.map((item) => ({ item, key: draw() })).sort((one, other) => one.key - other.key);
  const result = keyed.map(({ item }) => item);
  const isSame = result.every((item, index) => item === items[index]);
  return isSame ? [...items.slice(1), ...items.slice(0, 1)] : result;
}
