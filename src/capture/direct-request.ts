import type { ServerResponse } from 'node:http';
import type { PlainRequest } from './plain-request';
import type { MemorySocket } from './socket-state';

/** A request that is answered without Node's server, until its client has read the answer. */
export class DirectRequest {
  readonly parts: PlainRequest;
  readonly socket: MemorySocket;
  isAnswered = false;

  constructor(parts: PlainRequest, socket: MemorySocket) {
    this.parts = parts;
    this.socket = socket;
  }

  get waiting(): WaitingRequest {
    const { method, url, headers } = this.parts;
    const scheme = 'encrypted' in this.socket ? 'https' : 'http';
    const awaits = this.isAnswered ? 'reader' : 'reply';
    return { method, url: `${scheme}://${headers.get('host') ?? ''}${url}`, awaits };
  }
}

/** A request whose answer is not complete. */
export interface WaitingRequest {
  readonly method: string;
  readonly url: string;
  /** `body`: the client has not sent all of it; `reply`: a rule delays the reply; `reader`: the client has not read all of the reply. */
  readonly awaits: 'body' | 'reply' | 'reader';
}

/** Describes the request of a response that is not complete. */
export function waitingRequest(response: ServerResponse): WaitingRequest {
  const { req: request, headersSent } = response;
  const { method = 'GET', url = '/', headers, socket, complete } = request;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const awaits = headersSent ? 'reader' : complete ? 'reply' : 'body';
  return { method, url: url.startsWith('/') ? `${scheme}://${headers.host ?? ''}${url}` : url, awaits };
}
