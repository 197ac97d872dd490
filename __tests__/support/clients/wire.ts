import { createHash } from 'node:crypto';
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
    const answer = await send(callOf(method, bucket, query, sent, scene, options));
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

function callOf(
  method: string,
  bucket: string,
  query: string,
  sent: Sent,
  scene: Scene,
  options: WireOptions,
): WireCall {
  const { body } = sent;
  const root = scene.dialect === 'ibm-cos' ? cosHost : 's3.amazonaws.com';
  const place = bucket === '' ? `${root}/` : options.style === 'host' ? `${bucket}.${root}/` : `${root}/${bucket}`;
  const url = `https://${place}${query === '' ? '' : `?${query}`}`;
  const type = body === undefined ? {} : { 'content-type': 'text/plain' };
  const headers = { ...type, ...signed(options.signing, scene, body ?? ''), ...sent.headers };
  return { method, url, headers, body };
}

/** Headers of the right form. The mock believes any signature unless it is told to check. */
function signed(signing: Signing, { dialect, credentials }: Scene, body: string): Record<string, string> {
  const key = credentials.accessKeyId;
  if (signing === 'none') return {};
  if (signing === 'bearer' && dialect === 'ibm-cos') return { authorization: 'bearer a.token.of-ibm-cloud' };
  if (signing !== 'sigv4')
    return { authorization: `AWS ${key}:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=`, date: 'Wed, 01 Mar 2006 12:00:00 GMT' };
  const sha256 = createHash('sha256').update(body).digest('hex');
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261120/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${sha256}`,
    'x-amz-content-sha256': sha256,
    'x-amz-date': '20261120T120000Z',
  };
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
