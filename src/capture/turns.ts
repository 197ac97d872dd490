import type { ServerResponse } from 'node:http';
import { ENDED } from './observers';

interface Turn {
  readonly response: ServerResponse & Lastness;
  readonly begin: () => void;
}

/** Node sets `_last` at a response that ends its connection, whether the client, a header or the framing asked for the end. */
interface Lastness {
  readonly _last?: boolean;
}

/**
 * The requests of one connection. They are applied and answered in the order in which they came (RFC 9112, 9.3.2), and those behind an answer
 * that ends the connection are left out (9.6): their client sends them again.
 */
export class Turns {
  #turns: readonly Turn[] = [];
  readonly #leaveOut: (response: ServerResponse) => void;
  #isOver = false;

  constructor(leaveOut: (response: ServerResponse) => void) {
    this.#leaveOut = leaveOut;
  }

  /** Begins the turn once the answers before it are written, though their client may not have read them yet. */
  add(response: ServerResponse, begin: () => void): void {
    if (this.#isOver) {
      this.#leaveOut(response);
      return;
    }
    const turn = { response, begin };
    this.#turns = [...this.#turns, turn];
    response.once(ENDED, () => this.#end(turn));
    if (this.#turns[0] === turn) begin();
  }

  /** The connection is closed: nobody reads another answer. */
  close(): void {
    this.#isOver = true;
    const left = this.#turns;
    this.#turns = [];
    for (const { response } of left) this.#leaveOut(response);
  }

  #end(turn: Turn): void {
    const at = this.#turns.indexOf(turn);
    if (at === -1) return;
    const before = this.#turns.slice(0, at);
    const behind = this.#turns.slice(at + 1);
    if (endsConnection(turn.response)) {
      this.#isOver = true;
      this.#turns = before;
      for (const { response } of behind) this.#leaveOut(response);
      return;
    }
    this.#turns = [...before, ...behind];
    if (at === 0) this.#turns[0]?.begin();
  }
}

function endsConnection({ _last, shouldKeepAlive }: ServerResponse & Lastness): boolean {
  return _last === true || !shouldKeepAlive;
}
