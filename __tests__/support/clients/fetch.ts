import { AwsClient } from 'aws4fetch';
import { type Dispatcher, Pool, request, fetch as undiciFetch } from 'undici';
import { bothDialects, type ClientKind, cosHost } from './story-client';
import { type Send, type Signing, type WireCall, type WireOptions, wireClient } from './wire';
import type { WireAnswer } from './wire-objects';

/** The type that all functions named fetch satisfy, as far as the stories use it. */
type Fetch = (url: string, init: Init) => Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly headers: Iterable<[name: string, value: string]>;
  text(): Promise<string>;
}

interface Init {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** fetch, undici under its own name, and aws4fetch, which signs its requests and sends them with fetch. */
export const fetches: readonly ClientKind[] = [
  over('fetch', () => fetchWith(globalThis.fetch), { signing: 'sigv2', style: 'host', xmlns: true }),
  {
    name: 'aws4fetch',
    dialects: bothDialects,
    open: (scene) => {
      const client = new AwsClient({ ...scene.credentials, service: 's3', region: 'us-east-1' });
      const send = fetchWith((url, init) => client.fetch(url, init));
      const host = scene.dialect === 'ibm-cos' ? cosHost : 's3.amazonaws.com';
      return {
        ...wireClient(send, scene, { signing: 'none', style: 'host', xmlns: true }),
        presign: async (method, bucket, key, versionId) => {
          const url = new URL(`https://${bucket}.${host}/${key.split('/').map(encodeURIComponent).join('/')}`);
          if (versionId !== undefined) url.searchParams.set('versionId', versionId);
          url.searchParams.set('X-Amz-Expires', '900');
          return (await client.sign(url, { method, aws: { signQuery: true } })).url;
        },
      };
    },
  },
  over('undici request', () => undiciRequest, { signing: 'sigv4', style: 'host', xmlns: false }),
  over('undici fetch', () => fetchWith(undiciFetch), { signing: 'bearer', style: 'path', xmlns: true }),
  {
    name: 'undici Pool',
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) => {
      const pools = new Map<string, Pool>();
      const send: Send = async ({ method, url, headers, body }) => {
        const { origin, pathname, search } = new URL(url);
        const pool = pools.get(origin) ?? new Pool(origin, { connections: 2 });
        pools.set(origin, pool);
        const sent = body === undefined ? {} : { body };
        return answerOf(await pool.request({ path: `${pathname}${search}`, method, headers, ...sent }));
      };
      const close = () => Promise.all([...pools.values()].map((pool) => pool.close()));
      return wireClient(send, scene, { signing: 'sigv4', style: 'host', xmlns: true }, close);
    },
  },
];

function over(name: string, send: () => Send, options: WireOptions & { readonly signing: Signing }): ClientKind {
  return {
    name,
    dialects: bothDialects,
    lacks: ['presign', 'presignAny'],
    open: (scene) => wireClient(send(), scene, options),
  };
}

function fetchWith(fetch: Fetch): Send {
  return async ({ method, url, headers, body }) => {
    const answer = await fetch(url, { method, headers: { ...headers }, ...(body !== undefined && { body }) });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
}

async function undiciRequest({ method, url, headers, body }: WireCall): Promise<WireAnswer> {
  return answerOf(await request(url, { method, headers, ...(body !== undefined && { body }) }));
}

async function answerOf(answer: Dispatcher.ResponseData): Promise<WireAnswer> {
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}
