import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { URL } from 'node:url';
import { parseJson } from './given';

type OnCut = (act: (why: Error) => void) => void;

/** The most that Lambda takes from a function, in bytes (F1582). */
const LARGEST = 6 * 1024 * 1024;

/**
 * Calls a function at a URL with an event, and returns the JSON of its answer. Rejects if the function failed. What `onCut` is given ends the
 * request.
 */
export async function callFunction(url: URL, event: object, onCut: OnCut): Promise<unknown> {
  const response = await post(url, JSON.stringify(event), onCut);
  const text = await readText(url, response);
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) throw new Error(`${url} answered ${statusCode}: ${text.slice(0, 1000)}`);
  if (!/json/i.test(headers['content-type'] ?? '') || text === '') return undefined;
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding !== 'identity') throw new Error(`${url} answered JSON in ${encoding}. Send it as it is.`);
  return parseJson(String(url), text);
}

/** Node calls functions that only settle the promise: an error in one of them would end the process. */
function post(url: URL, body: string, onCut: OnCut): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'accept-encoding': 'identity',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent: false }, resolve);
    // This request keeps no process alive, as the port does not either: the program that waits for the delivery calls through the port.
    sent.on('socket', (socket) => socket.unref());
    sent.on('error', reject);
    // An answer that changes the protocol closes the connection, without an error.
    sent.on('close', () => reject(new Error(`${url} closed the connection before it answered`)));
    onCut((why) => sent.destroy(why));
    sent.end(body);
  });
}

async function readText(url: URL, response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // If the loop is left early, it destroys the response.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LARGEST)
      throw new Error(
        `${url} answered more than ${LARGEST} bytes, and Lambda takes no more from a function. Send less.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
