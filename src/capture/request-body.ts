import type { ServerResponse } from 'node:http';
import timers from 'node:timers';
import { makeCallback } from '../callback';
import { isMemorySocket } from './socket-state';
import { noBytes } from './wire-request';

export interface BodyReader {
  readonly done: (body: Uint8Array) => void;
  /** Called in place of `done` if the client sends nothing for `patience` milliseconds. */
  readonly cutShort: (body: Uint8Array) => void;
  /** Called in place of `done` if somebody ends the wait. */
  readonly overtaken: () => void;
  readonly patience: number;
  /** Takes a function that ends the wait at once, and returns a function that forgets it. */
  readonly onOvertaken: (endNow: () => void) => () => void;
  readonly report: (bug: unknown) => void;
}

export function collectBody(response: ServerResponse, reader: BodyReader): void {
  const { done, cutShort, overtaken, patience, onOvertaken, report } = reader;
  const request = response.req;
  const chunks: Buffer[] = [];
  const body = () => {
    const [first = noBytes] = chunks;
    return chunks.length < 2 ? first : Buffer.concat(chunks);
  };
  let isOver = false;
  const leave = () => {
    isOver = true;
    silence.end();
    forget();
  };
  const end = (give: BodyReader['done']) =>
    makeCallback(report, () => {
      if (isOver) return;
      leave();
      give(body());
    });
  const silence = new Silence(patience, isMemorySocket(request.socket), end(cutShort));
  const forget = onOvertaken(end(overtaken));
  request.on('data', (chunk: Buffer) => {
    silence.restart();
    if (!isOver) chunks.push(chunk);
  });
  request.on('end', end(done));
  // If a request is answered before its end, Node never emits its 'close', so the response is watched too.
  for (const closing of [request, response]) closing.once('close', leave);
}

// These come from the core module at import: the wait takes real time, and the fake timers of a test must neither freeze nor end it.
const { setInterval: repeat, clearInterval: forget } = timers;

const parts = 20;

/**
 * Calls back once a client has sent nothing for some time, which is counted in parts: if the process stood still, as in a debugger, the client
 * had no time to send either. A client in memory keeps the process alive meanwhile, as a real connection does; a port keeps no process alive.
 */
class Silence {
  readonly #timer: NodeJS.Timeout;
  #passed = 0;

  constructor(patience: number, keepsAlive: boolean, isTooLong: () => void) {
    this.#timer = repeat(() => {
      this.#passed += 1;
      if (this.#passed >= parts) isTooLong();
    }, patience / parts);
    if (!keepsAlive) this.#timer.unref();
  }

  restart(): void {
    this.#passed = 0;
  }

  end(): void {
    forget(this.#timer);
  }
}
