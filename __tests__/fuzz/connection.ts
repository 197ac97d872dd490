import net from 'node:net';
import { type Answer, readAnswers, Unreadable } from './answers';
import type { Framed } from './framing';

export interface Destination {
  readonly host: string;
  readonly port: number;
}

export interface Outcome {
  readonly answers: readonly Answer[];
  readonly problem?: string;
}

/** Far longer than any answer takes, since other processes may use the machine. */
const patience = 20_000;

export function exchange(framed: Framed, destination: Destination): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = net.connect(destination);
    let received = Buffer.alloc(0);
    const finish = (problem?: string) => {
      clearTimeout(late);
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.destroy();
      resolve(outcomeOf(received, framed, problem));
    };
    const late = setTimeout(() => finish('no end of the answer'), patience);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (framed.isWhole && isComplete(received, framed)) finish();
    });
    socket.on('close', () => finish());
    socket.on('error', (error: NodeJS.ErrnoException) =>
      finish(
        error.code === 'EPIPE' || error.code === 'ECONNRESET'
          ? undefined
          : `a connection that failed: ${error.message}`,
      ),
    );
    socket.write(framed.bytes);
    if (!framed.isWhole) socket.end();
  });
}

function isComplete(received: Buffer, { methods }: Framed): boolean {
  try {
    return readAnswers(received, methods).answers.length >= methods.length;
  } catch {
    return true;
  }
}

function outcomeOf(received: Buffer, { methods, isWhole }: Framed, problem: string | undefined): Outcome {
  try {
    const { answers, rest } = readAnswers(received, methods);
    const closes = answers.at(-1)?.headers.get('connection') === 'close';
    const missing = isWhole && answers.length < methods.length && !closes;
    const found =
      problem ??
      (missing
        ? `${answers.length} of ${methods.length} answers`
        : rest > 0 && isWhole
          ? 'bytes after the answers'
          : undefined);
    return found === undefined ? { answers } : { answers, problem: found };
  } catch (error) {
    // A head that ends too early is refused with a document, even if its method is HEAD: the server never gets to read it.
    if (!isWhole && methods.includes('HEAD') && isRefused(received)) return { answers: [] };
    if (error instanceof Unreadable) return { answers: [], problem: `an answer that cannot be read: ${error.message}` };
    throw error;
  }
}

function isRefused(received: Buffer): boolean {
  try {
    return readAnswers(received, []).answers.at(-1)?.headers.get('connection') === 'close';
  } catch {
    return false;
  }
}
