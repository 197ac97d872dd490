import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Settle = (message: Message) => void;

/** A server of the Language Server Protocol, which answers on its output. */
export class LanguageServer {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Settle>();
  #received = Buffer.alloc(0);
  #questions = 0;

  constructor(program: string, args: readonly string[], cwd: string) {
    this.#server = spawn(program, args, { cwd });
    this.#server.stdout.on('data', (bytes: Buffer) => this.#receive(bytes));
    this.#server.on('exit', (code) => {
      for (const settle of this.#waiting.values()) settle({ error: { message: `the server ended with ${code}` } });
    });
  }

  async ask<Result>(method: string, params?: object): Promise<Result> {
    const id = ++this.#questions;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as Result; // the protocol says so
  }

  notify(method: string, params?: object): void {
    this.#send({ method, params });
  }

  /** It also ends if nobody writes to it any more. */
  async end(): Promise<void> {
    const exit = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#server.stdin.end();
    await exit;
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (let message = this.#next(); message !== undefined; message = this.#next()) this.#take(message);
  }

  #next(): Message | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    const [, length] = /Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, Math.max(end, 0))) ?? [];
    if (length === undefined || this.#received.length < end + 4 + Number(length)) return undefined;
    const text = this.#received.toString('utf8', end + 4, end + 4 + Number(length));
    this.#received = this.#received.subarray(end + 4 + Number(length));
    return JSON.parse(text);
  }

  #take({ id, method, ...rest }: Message): void {
    if (id === undefined) return;
    // The server asks for its configuration, which is the default.
    if (method !== undefined) this.#send({ id, result: method === 'workspace/configuration' ? [null] : null });
    else {
      this.#waiting.get(id)?.(rest);
      this.#waiting.delete(id);
    }
  }
}
