import { request } from 'node:https';
import got from 'got';
import { S3mini } from 's3mini';
import { esmFacts } from './esm-facts.js';
import { sendWith } from './node-https.js';
import type { Scene, StoryClient, Versioning } from './story-client.js';
import { asked, type ClientKind, cosHost, type ErrorLike, Refusal } from './story-client.js';
import { type Send, textOf, wireClient } from './wire.js';

/** The clients that are ES modules only, and node:https as an ES module imports it. They run in a Node of their own. */
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
  return { status: answer.statusCode, body: answer.body };
};

function openS3mini({ dialect, credentials }: Scene): StoryClient {
  const cos = dialect === 'ibm-cos';
  const client = (bucket: string) =>
    new S3mini({
      ...credentials,
      endpoint: `https://${cos ? cosHost : 's3.eu-west-1.amazonaws.com'}/${bucket}`,
      region: cos ? 'us-south-standard' : 'eu-west-1',
    });
  return {
    putVersioning: (bucket, { Status }) => ask(client(bucket).setBucketVersioning(Status ?? 'Enabled')),
    getVersioning: async (bucket) => {
      const status = await ask(client(bucket).getBucketVersioning());
      return (status === 'Off' ? {} : { Status: status }) as Versioning; // its types say any text
    },
    createBucket: (bucket) => ask(client(bucket).createBucket()),
    headBucket: (bucket) => ask(client(bucket).bucketExists()),
  };
}

function ask<Answer>(call: Promise<Answer>): Promise<Answer> {
  return asked(
    call,
    ({ code, status, body = '' }: ErrorLike) =>
      new Refusal(code ?? textOf(body, 'Code'), textOf(body, 'Message') ?? '', status),
  );
}
