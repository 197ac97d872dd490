/** The switch of a process: which mutants are on, and which places were passed since they were last taken. */
export class Switch {
  readonly #on: Uint8Array;
  readonly #passed: Uint8Array;

  constructor(size: number) {
    this.#on = new Uint8Array(size);
    this.#passed = new Uint8Array(size);
  }

  /** These, and no others. */
  turnOn(mutants: readonly number[]): void {
    this.turnOff();
    for (const mutant of mutants) this.#on[mutant] = 1;
  }

  turnOff(): void {
    this.#on.fill(0);
  }

  readonly ask = (mutant: number): boolean => {
    this.#passed[mutant] = 1;
    return this.#on[mutant] === 1;
  };

  takePassed(): readonly number[] {
    const passed: number[] = [];
    for (let mutant = 0; mutant < this.#passed.length; mutant += 1) if (this.#passed[mutant] === 1) passed.push(mutant);
    this.#passed.fill(0);
    return passed;
  }
}

const name = '$mutant';

/** Compiled places ask the global function of their realm. */
export function install(realm: object, { ask }: Pick<Switch, 'ask'>): void {
  Object.defineProperty(realm, name, { value: ask, configurable: true });
}
