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

export function findRepeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) < index);
}

/** Compares texts as `<` does, with the same result in each locale. */
export function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
