/** Draws a number from 0 to below 1. */
type Draw = () => number;

/** The questions that disorder asks about the items of a list. */
interface Items<T> {
  /** Items that one handler gets have one group. */
  readonly groupOf: (item: T) => unknown;
  /** Items that a handler cannot tell apart have one identity. */
  readonly identityOf: (item: T) => unknown;
}

/** Some of the items, in their order, chosen by chance; of each group at least one. */
export function someOf<T>(items: readonly T[], groupOf: (item: T) => unknown, draw: Draw): readonly T[] {
  const chosen = new Set([...placesOf(items, groupOf).values()].flatMap((places) => someOfGroup(places, draw)));
  return items.filter((_, index) => chosen.has(index));
}

function someOfGroup<T>(items: readonly T[], draw: Draw): readonly T[] {
  const chosen = items.filter(() => draw() < 0.5);
  return chosen.length > 0 ? chosen : items.slice(Math.floor(draw() * items.length)).slice(0, 1);
}

/**
 * The items in another order: of those that share a group, at least two that a handler can tell apart change places. Each group keeps the places
 * that it had, so that a handler notices it, however the groups are mixed.
 */
export function mixed<T>(items: readonly T[], { groupOf, identityOf }: Items<T>, draw: Draw): readonly T[] {
  const result = [...items];
  const identityAt = (index: number) => identityOf(items[index] as T); // an index of the list
  for (const group of placesOf(items, groupOf).values()) {
    const from = shuffled(group, identityAt, draw);
    for (const [position, index] of group.entries()) {
      const source = from[position];
      if (source !== undefined) result[index] = items[source] as T; // an index of the list
    }
  }
  return result;
}

/** The indexes of the items of each group. */
function placesOf<T>(items: readonly T[], groupOf: (item: T) => unknown): ReadonlyMap<unknown, readonly number[]> {
  const places = new Map<unknown, number[]>();
  for (const [index, item] of items.entries()) {
    const group = groupOf(item);
    const known = places.get(group);
    if (known) known.push(index);
    else places.set(group, [index]);
  }
  return places;
}

/** The items in an order that is not theirs, if there are two that differ. */
function shuffled<T>(items: readonly T[], identityOf: (item: T) => unknown, draw: Draw): readonly T[] {
  const keyed = items.map((item) => ({ item, key: draw() })).sort((one, other) => one.key - other.key);
  const result = keyed.map(({ item }) => item);
  const isSame = result.every((item, index) => identityOf(item) === identityOf(items[index] as T)); // as many
  return isSame ? [...items.slice(1), ...items.slice(0, 1)] : result;
}
