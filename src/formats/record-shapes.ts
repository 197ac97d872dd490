interface Shape {
  readonly names: readonly string[];
  readonly record: Readonly<Record<string, null>>;
  others: readonly string[] | undefined;
}

/** V8 needs half the time, and less memory, to copy a record with the same names and set its values, compared with a record that grows. */
export class RecordShapes {
  readonly #shapes = new Map<number, Shape>();

  /** The caller sets all values. `__proto__` is not a name. */
  recordWith(names: readonly string[]): Record<string, unknown> {
    const shape = this.#shapes.get(names.length);
    if (shape !== undefined && areSame(shape.names, names)) {
      shape.others = undefined;
      return { ...shape.record };
    }
    // Two kinds of records that take turns do not replace each other.
    if (shape === undefined || (shape.others !== undefined && areSame(shape.others, names)))
      this.#shapes.set(names.length, { names, record: spacious(names), others: undefined });
    else shape.others = names;
    return {};
  }
}

/** Of as many names. */
function areSame(one: readonly string[], other: readonly string[]): boolean {
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

/** An object that JSON.parse makes has as many places as members. */
function spacious(names: readonly string[]): Readonly<Record<string, null>> {
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
}
