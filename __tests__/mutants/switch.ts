/** The switch of a process: which mutant is on, and which places were passed since they were last taken. */
export class Switch {
  #on = -1;
  #passed = new Uint8Array(0);

  constructor(size: number) {
    this.#passed = new Uint8Array(size);
  }

  turnOn(mutant: number): void {
    this.#on = mutant;
  }

  turnOff(): void {
    this.#on = -1;
  }

  readonly ask = (mutant: number): boolean => {
    this.#passed[mutant] = 1;
    return mutant === this.#on;
  };

  takePassed(): readonly number[] {
    const passed: number[] = [];
    for (let mutant = 0; mutant < this.#passed.length; mutant += 1) if (this.#passed[mutant] === 1) passed.push(mutant);
    this.#passed.fill(0);
    return passed;
  }
}

/** A set of places, as a text for a file: many tests pass thousands. */
export class Places {
  #buffer: Buffer | undefined;
  #size: number | undefined;

  constructor(readonly packed: string) {}

  static of(places: Iterable<number>): Places {
    const bits: number[] = [];
    for (const place of places) {
      while (bits.length <= place >> 3) bits.push(0);
      bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
    }
    return new Places(Buffer.from(bits).toString('base64'));
  }

  has(place: number): boolean {
    return (((this.#bits[place >> 3] ?? 0) >> (place & 7)) & 1) === 1;
  }

  get all(): readonly number[] {
    return [...this.#bits].flatMap((bits, index) =>
      [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => (((bits >> bit) & 1) === 1 ? [8 * index + bit] : [])),
    );
  }

  get size(): number {
    this.#size ??= this.all.length;
    return this.#size;
  }

  with(more: Places): Places {
    return Places.of([...this.all, ...more.all]);
  }

  get #bits(): Buffer {
    this.#buffer ??= Buffer.from(this.packed, 'base64');
    return this.#buffer;
  }
}

const name = '$mutant';

/** Compiled places ask the global function of their realm. */
export function install(realm: object, { ask }: Pick<Switch, 'ask'>): void {
  Object.defineProperty(realm, name, { value: ask, configurable: true });
}
