import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { URL } from 'node:url';
import { parseJson } from './given';

/** Calls a function at a URL with an event, and returns the JSON of its answer. Rejects if the function failed. */
export async function callFunction(url: URL, event: object): Promise<unknown> {
  const response = await post(url, JSON.stringify(event));
  const text = await readText(response);
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) throw new Error(`${url} answered ${statusCode}: ${text.slice(0, 1000)}`);
  const isJson = /json/i.test(headers['content-type'] ?? '') && text !== '';
  return isJson ? parseJson(String(url), text) : undefined;
}

/** Node calls functions that only settle the promise: what one of them threw would end the process. */
function post(url: URL, body: string): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
