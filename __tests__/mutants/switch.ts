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

const name = '$mutant';

/** Compiled places ask the global function of their realm. */
export function install(realm: object, { ask }: Pick<Switch, 'ask'>): void {
  Object.defineProperty(realm, name, { value: ask, configurable: true });
}
