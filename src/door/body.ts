import type { IncomingMessage } from 'node:http';
import { DoorError } from './door-error';

/** The most bytes of a body: a state with large objects is some of them. */
const MOST = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // What is left is read and dropped, since a client reads an answer only when it has sent all.
    if (size <= MOST) chunks.push(chunk);
  }
  if (size > MOST)
    throw new DoorError(413, 'TOO_LARGE', `the body has ${size} bytes, and the door reads ${MOST} at most.`);
  return Buffer.concat(chunks).toString();
}
