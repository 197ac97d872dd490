import type { IncomingMessage } from 'node:http';
import { noBytes, type RequestHead } from './wire-request';

/** Whether a request has a body, which may be empty. */
export function hasBody({ headers }: RequestHead): boolean {
  const length = headers.get('content-length');
  return (length !== undefined && length !== '0') || headers.has('transfer-encoding');
}

/** Calls back with the whole body; never if the client closes the connection before its end. */
export function collectBody(request: IncomingMessage, done: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first = noBytes] = chunks;
    done(chunks.length < 2 ? first : Buffer.concat(chunks));
  });
}
