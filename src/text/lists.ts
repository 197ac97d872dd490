import { writeKey } from './values';

export function writeQuotedList(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => writeKey(name)).join(', ');
}

export function writeAlternatives(words: readonly string[]): string {
  return words.map((word) => writeKey(word)).join(' or ');
}

/** A hole, as in `['first', , 'third']`, is an item that is undefined, which map and every would leave out. */
export function readItems<Item>(list: readonly Item[]): readonly Item[] {
  return Array.from(list);
}

export function firstFound<Item, Found>(
  items: readonly Item[],
  find: (item: Item, index: number) => Found | undefined,
): Found | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Groups items by their names, in the order in which the names come first. */
export function groupBy<Item, Name>(
  items: Iterable<Item>,
  nameOf: (item: Item) => Name,
): ReadonlyMap<Name, readonly Item[]> {
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Reads what belongs to a name once, since a list can have the name a thousand times. */
export function readOnce<Value>(read: (name: string) => Value): (name: string) => Value {
  const values = new Map<string, { readonly value: Value }>();
  return (name) => {
    const known = values.get(name) ?? { value: read(name) };
    values.set(name, known);
    return known.value;
  };
}

export function findRepeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) < index);
}

/** Finds the first text behind another one in a list that is sorted by code units. */
export function findFirstAfter(sorted: readonly string[], text: string): string | undefined {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') > text) to = middle;
    else from = middle + 1;
  }
  return sorted[from];
}

/** Compares texts as `<` does, with the same result in each locale. */
export function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The first items, as many as there are and are asked for. */
export function* firstOf<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let count = 0;
  for (const item of items) {
    count += 1;
    if (count > most) return;
    yield item;
  }
}
