import type { PlainRequest } from './plain-request';
import type { MemorySocket } from './socket-state';
import type { WaitingRequest } from './waiting-request';

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
