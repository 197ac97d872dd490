import { type Headers, signV2, signV4 } from './signer';
import { cosHost, exists, Refusal, type Scene, type StoryClient, type Versioning } from './story-client';
import { type Ask, type Asked, type WireAnswer, wireObjects } from './wire-objects';
import { locationXml, textOf, textsOf, versioningXml } from './wire-xml';

export interface WireCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** It must not throw because of a status. */
export type Send = (call: WireCall) => Promise<WireAnswer>;

export type Signing = 'sigv2' | 'sigv4' | 'bearer' | 'none';

export interface WireOptions {
  /** `none` if the client signs by itself. */
  readonly signing: Signing;
  readonly style: 'host' | 'path';
  readonly xmlns: boolean;
}

export function wireClient(send: Send, scene: Scene, options: WireOptions, close?: () => unknown): StoryClient {
  const ask: Ask = async (asked) => {
    const answer = await send(await callOf(asked, scene, options, send));
    if (answer.status >= 300) throw refusalOf(answer);
    return answer;
  };
  const region = scene.dialect === 'ibm-cos' ? 'us-south-standard' : '';
  const versioning = { versioning: '' };
  return {
    putVersioning: (bucket, change, mfa) =>
      ask({
        method: 'PUT',
        bucket,
        query: versioning,
        body: versioningXml(change, options.xmlns),
        headers: mfa === undefined ? {} : { 'x-amz-mfa': mfa },
      }),
    getVersioning: async (bucket) => {
      const { body } = await ask({ method: 'GET', bucket, query: versioning });
      return { Status: textOf(body, 'Status'), MFADelete: textOf(body, 'MfaDelete') } as Versioning; // the words of S3
    },
    createBucket: (bucket) => ask({ method: 'PUT', bucket, ...(region !== '' && { body: locationXml(region) }) }),
    headBucket: (bucket) => exists(ask({ method: 'HEAD', bucket })),
    listBuckets: async () => textsOf((await ask({ method: 'GET' })).body, 'Name'),
    locate: async (bucket) =>
      textOf((await ask({ method: 'GET', bucket, query: { location: '' } })).body, 'LocationConstraint'),
    deleteBucket: (bucket) => ask({ method: 'DELETE', bucket }),
    putBody: (bucket, body) => ask({ method: 'PUT', bucket, query: versioning, body }),
    ...wireObjects(ask, options.xmlns),
    ...(close && { close }),
  };
}

async function callOf(asked: Asked, scene: Scene, { signing, style }: WireOptions, send: Send): Promise<WireCall> {
  const { method, bucket = '', key = '', query = {}, body } = asked;
  const root = scene.dialect === 'ibm-cos' ? cosHost : 's3.amazonaws.com';
  const inHost = bucket !== '' && style === 'host';
  const host = inHost ? `${bucket}.${root}` : root;
  const names = [inHost ? '' : bucket, ...key.split('/')].filter((name, at) => at > 0 || name !== '');
  const pathname = `/${names
    .map(encodeURIComponent)
    .join('/')
    .replace(/\/$/, key === '' ? '' : '/')}`;
  const path = pathname + queryText(Object.entries(query));
  // The type that clients give to a text, so that none of them replaces it.
  const type = body === undefined ? {} : { 'content-type': 'text/plain' };
  const headers = { ...type, ...asked.headers };
  const resource = `${inHost ? `/${bucket}` : ''}${pathname}${subResource(query)}`;
  const request = { method, host, path, headers, body, resource };
  return { method, url: `https://${host}${path}`, headers: await sign(signing, request, scene, send), body };
}

/** Returns the part of a query that Signature Version 2 signs, in order and not encoded. */
function subResource(query: NonNullable<Asked['query']>): string {
  const signed = [
    'delete',
    'location',
    'partNumber',
    'tagging',
    'uploadId',
    'uploads',
    'versionId',
    'versioning',
    'versions',
  ];
  const members = signed.filter((name) => name in query).map((name) => (query[name] ? `${name}=${query[name]}` : name));
  return members.length === 0 ? '' : `?${members.join('&')}`;
}

function queryText(members: readonly (readonly [name: string, value: string])[]): string {
  const texts = members.map(([name, value]) => (value === '' ? name : `${name}=${encodeURIComponent(value)}`));
  return texts.length === 0 ? '' : `?${texts.join('&')}`;
}

async function sign(
  signing: Signing,
  request: Parameters<typeof signV2>[0],
  { dialect, credentials }: Scene,
  send: Send,
): Promise<Headers> {
  if (signing === 'none') return { ...request.headers };
  if (signing === 'bearer' && dialect === 'ibm-cos')
    return { ...request.headers, authorization: `bearer ${await tokenBy(send)}` };
  if (signing !== 'sigv4') return signV2(request, credentials);
  const { host, ...headers } = signV4(request, credentials).headers;
  return headers;
}

async function tokenBy(send: Send): Promise<string> {
  const { body } = await send({
    method: 'POST',
    url: 'https://iam.cloud.ibm.com/identity/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=an-api-key',
  });
  return JSON.parse(body).access_token;
}

function refusalOf({ status, body }: WireAnswer): Refusal {
  return new Refusal(textOf(body, 'Code'), textOf(body, 'Message') ?? '', status);
}
