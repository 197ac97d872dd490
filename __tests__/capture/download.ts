import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { WireReply } from '../../src/wire';

const size = 3_000_000;

export const large = { reply: (): WireReply => ({ status: 200, headers: [], body: Buffer.alloc(size) }) };

export const wholeDownload = { size, hasFewListeners: true };

/** Reads in pieces. Node warns of 11 listeners of one event. */
export async function download(
  scheme: 'http' | 'https',
  keepAlive: boolean,
): Promise<{ size: number; hasFewListeners: boolean }> {
  const { get, Agent } = scheme === 'https' ? https : http;
  const agent = new Agent({ keepAlive });
  const request = get(`${scheme}://vault.s3.amazonaws.com/large`, { agent });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let read = 0;
  let most = 0;
  for await (const chunk of response) {
    read += chunk.length;
    most = Math.max(most, request.socket?.listenerCount('connect') ?? 0);
  }
  agent.destroy();
  return { size: read, hasFewListeners: most < 5 };
}
