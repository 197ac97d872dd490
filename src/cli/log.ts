import { clearImmediate, setImmediate } from 'node:timers';

/** Characters that are written without waiting for more. */
const limit = 65_536;

/**
 * The lines of a command that serves. A process waits while a line is written to a pipe or a file, about as long as the rest of a request
 * takes outside of the mock. So the lines of one turn of the event loop, in which many requests can be answered, are written together and
 * in their order.
 */
export class Log {
  readonly #write: (text: string) => void;
  #text = '';
  #turn: NodeJS.Immediate | undefined;
  #mayEnd = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(line: string): void {
    this.#text += `${line}\n`;
    if (this.#mayEnd || this.#text.length >= limit) this.flush();
    else this.#turn ??= setImmediate(() => this.flush());
  }

  /** Writes what has been printed, at once. */
  flush(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#write(text);
  }

  /** Writes each line at once from now on, since a signal can end the process before the turn is over. */
  prepareForEnd(): void {
    this.#mayEnd = true;
    this.flush();
  }
}
