import { type Headers, signV2, signV4 } from './signer';
import { cosHost, exists, Refusal, type Scene, type StoryClient, type Versioning } from './story-client';

/** A request of S3's as bytes to be sent, for clients that know nothing of S3. */
export interface WireCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came back. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** One call with a client; it must not throw for a status. */
export type Send = (call: WireCall) => Promise<WireAnswer>;

/** How a request says who sent it. */
export type Signing = 'sigv2' | 'sigv4' | 'bearer' | 'none';

/** What clients of HTTP say in S3's words. */
export interface WireOptions {
  /** `none` where the client signs by itself. */
  readonly signing: Signing;
  /** The bucket in the host name, or in the path. */
  readonly style: 'host' | 'path';
  /** Whether the configuration names its namespace. */
  readonly xmlns: boolean;
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The body of PutBucketVersioning. */
export function versioningXml({ Status, MFADelete }: Versioning, xmlns = true): string {
  const status = Status === undefined ? '' : `<Status>${Status}</Status>`;
  const mfaDelete = MFADelete === undefined ? '' : `<MfaDelete>${MFADelete}</MfaDelete>`;
  return `<VersioningConfiguration${xmlns ? ` xmlns="${namespace}"` : ''}>${status}${mfaDelete}</VersioningConfiguration>`;
}

/** A client of HTTP that is told what to say in S3's words. */
export function wireClient(send: Send, scene: Scene, options: WireOptions, close?: () => unknown): StoryClient {
  const ask = async (method: string, bucket: string, query: string, sent: Sent = {}): Promise<string> => {
    const answer = await send(await callOf({ method, bucket, query, sent }, scene, options, send));
    if (answer.status >= 300) throw refusalOf(answer);
    return answer.body;
  };
  const region = scene.dialect === 'ibm-cos' ? 'us-south-standard' : '';
  const configuration = `<CreateBucketConfiguration xmlns="${namespace}"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  return {
    putVersioning: (bucket, change, mfa) =>
      ask('PUT', bucket, 'versioning', {
        body: versioningXml(change, options.xmlns),
        headers: mfa === undefined ? {} : { 'x-amz-mfa': mfa },
      }),
    getVersioning: async (bucket) => {
      const xml = await ask('GET', bucket, 'versioning');
      return { Status: textOf(xml, 'Status'), MFADelete: textOf(xml, 'MfaDelete') } as Versioning; // S3's own words
    },
    createBucket: (bucket) => ask('PUT', bucket, '', region === '' ? {} : { body: configuration }),
    headBucket: (bucket) => exists(ask('HEAD', bucket, '')),
    listBuckets: async () => textsOf(await ask('GET', '', ''), 'Name'),
    locate: async (bucket) => textOf(await ask('GET', bucket, 'location'), 'LocationConstraint'),
    deleteBucket: (bucket) => ask('DELETE', bucket, ''),
    putBody: (bucket, body) => ask('PUT', bucket, 'versioning', { body }),
    ...(close && { close }),
  };
}

interface Sent {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly method: string;
  readonly bucket: string;
  readonly query: string;
  readonly sent: Sent;
}

async function callOf(asked: Asked, scene: Scene, { signing, style }: WireOptions, send: Send): Promise<WireCall> {
  const { method, bucket, query, sent } = asked;
  const { body } = sent;
  const root = scene.dialect === 'ibm-cos' ? cosHost : 's3.amazonaws.com';
  const inHost = bucket !== '' && style === 'host';
  const host = inHost ? `${bucket}.${root}` : root;
  const path = `${inHost || bucket === '' ? '/' : `/${bucket}`}${query === '' ? '' : `?${query}`}`;
  const type = body === undefined ? {} : { 'content-type': 'text/plain' };
  const headers = { ...type, ...sent.headers };
  const request = { method, host, path, headers, body, resource: inHost ? `/${bucket}${path}` : path };
  return { method, url: `https://${host}${path}`, headers: await sign(signing, request, scene, send), body };
}

/** Headers that hold where the mock is told to check signatures. */
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

/** The text of the first element of that name. */
export function textOf(xml: string, name: string): string | undefined {
  return textsOf(xml, name)[0];
}

function textsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]+)</${name}>`, 'g'))].map(([, text = '']) => text);
}
