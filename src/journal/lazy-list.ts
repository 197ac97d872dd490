/** The methods of an array that an array and a lazy list have in common. */
export interface List<Item> {
  readonly length: number;
  /** The one at an index; a negative index counts from the end. */
  at(index: number): Item | undefined;
  /** Those from an index on; a negative index counts from the end. */
  slice(start: number): readonly Item[];
  filter(accepts: (one: Item) => boolean): readonly Item[];
  every(accepts: (one: Item) => boolean): boolean;
}

/** A list whose items are made when they are read: a journal has many requests, and a message shows few. */
export function lazyList<Item>(length: number, make: (index: number) => Item): List<Item> {
  return {
    length,
    at(index) {
      const place = index < 0 ? length + index : index;
      return place >= 0 && place < length ? make(place) : undefined;
    },
    slice(start) {
      const first = Math.max(0, start < 0 ? length + start : start);
      return Array.from({ length: Math.max(0, length - first) }, (_, index) => make(first + index));
    },
    filter(accepts) {
      const accepted: Item[] = [];
      for (let index = 0; index < length; index += 1) {
        const one = make(index);
        if (accepts(one)) accepted.push(one);
      }
      return accepted;
    },
    every(accepts) {
      for (let index = 0; index < length; index += 1) if (!accepts(make(index))) return false;
      return true;
    },
  };
}
