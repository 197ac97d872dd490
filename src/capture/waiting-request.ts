import type { ServerResponse } from 'node:http';

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
