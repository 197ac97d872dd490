import { request } from 'node:https';
import got from 'got';
import { esmFacts } from './esm-facts.js';
import { sendWith } from './node-https.js';
import { openS3mini } from './s3mini.mjs';
import type { ClientKind } from './story-client.js';
import { type Send, wireClient } from './wire.js';

/** The clients that are only ES modules, and node:https as an ES module imports it. They run in a Node process of their own. */
export const esmClients: readonly ClientKind[] = [
  {
    ...esmFacts.got,
    open: (scene) => wireClient(sendWithGot, scene, { signing: 'sigv2', style: 'host', xmlns: true }),
  },
  { ...esmFacts.s3mini, open: openS3mini },
  {
    ...esmFacts.nodeHttps,
    open: (scene) => wireClient(sendWith(request, {}), scene, { signing: 'sigv4', style: 'path', xmlns: false }),
  },
];

const sendWithGot: Send = async ({ method, url, headers, body }) => {
  const options = { method: method as 'GET', headers, throwHttpErrors: false, retry: { limit: 0 } } as const; // one of its methods
  const answer = await got(url, { ...options, ...(body !== undefined && { body }) });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
};
