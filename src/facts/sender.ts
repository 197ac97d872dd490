import http from 'node:http';
import https from 'node:https';
import { URL } from 'node:url';
import { makeCallback } from '../callback';
import { sha256Hex } from '../formats/digests';
import type { Credentials } from '../model/identity/session';
import { canonicalRequest, stringToSign } from '../protocol/signature/canonical-request';
import { hmacSigner } from '../protocol/signature/keys';
import type { ReceivedAnswer, UnsignedRequest } from './wire-form';

export interface KeyPair extends Credentials {
  readonly sessionToken?: string | undefined;
}

interface Destination {
  /** The URL with its port, if it is not the port of the protocol: `https://s3.us-east-1.amazonaws.com`. */
  readonly url: string;
  readonly region: string;
  readonly service: 's3' | 's3-control' | 'sts';
  /** Is undefined for a request that nobody signs. */
  readonly keys: KeyPair | undefined;
  /** The milliseconds after which a silent service is left; default 30,000. */
  readonly patience?: number;
}

/** Signs a request by version 4, unless it has an Authorization of its own, and sends it. Rejects if there is no answer. */
export function send(request: UnsignedRequest, destination: Destination): Promise<ReceivedAnswer> {
  return sendSigned(sign(request, destination), destination);
}

/** Sends a request as it is. Rejects if there is no answer. */
export function sendSigned(
  { method, path, headers, body }: UnsignedRequest,
  { url, patience = 30_000 }: Pick<Destination, 'url' | 'patience'>,
): Promise<ReceivedAnswer> {
  const { protocol, hostname, port } = new URL(url);
  const { request: begin, Agent } = protocol === 'http:' ? http : https;
  // A connection for each request: a service may close one between two of them.
  const agent = new Agent({ keepAlive: true });
  return new Promise<ReceivedAnswer>((resolve, reject) => {
    const options = { method, path, host: hostname, port, headers, agent, timeout: patience };
    const sent = begin(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      const end = () => {
        const names = response.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
        const all = new Map(names.map((name) => [name, [response.headers[name] ?? ''].flat().join(', ')]));
        resolve({ status: response.statusCode ?? 0, headers: all, body: Buffer.concat(chunks) });
      };
      response.on('end', makeCallback(reject, end));
    });
    sent.on('error', (error) => reject(explainCertificate(error)));
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patience / 1000} seconds`)));
    sent.end(body);
  }).finally(() => agent.destroy());
}

/** Node says what is wrong about the certificate of a service, and not what to do about one of its own authority. */
function explainCertificate(error: NodeJS.ErrnoException): Error {
  if (!/CERT|ISSUER|VERIFY_LEAF/.test(error.code ?? '')) return error;
  const cure = 'If the service has a certificate of its own, set NODE_EXTRA_CA_CERTS to the file of its authority';
  return new Error(`${error.message}. ${cure}.`, { cause: error });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export function sign(request: UnsignedRequest, { url, region, service, keys }: Destination): UnsignedRequest {
  const { method, path, body } = request;
  const given = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  const hasLength = !given.has('content-length') && (body.length > 0 || method === 'PUT' || method === 'POST');
  const headers: Record<string, string> = {
    ...(hasLength && { 'content-length': String(body.length) }),
    ...(!given.has('host') && { host: new URL(url).host }),
    ...request.headers,
  };
  if (keys === undefined || given.has('authorization')) return { ...request, headers };
  const payload = headers['x-amz-content-sha256'] ?? sha256Hex(body);
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const token = keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken };
  Object.assign(headers, { 'x-amz-content-sha256': payload, 'x-amz-date': date, ...token });
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .toSorted();
  const signedHeaders = names.join(';');
  const rawHeaders = Object.entries(headers).flat();
  const canonical = canonicalRequest({ method, url: path, rawHeaders, signedHeaders, payload });
  // S3 Control has the scope of S3.
  const scope = `${date.slice(0, 8)}/${region}/${service === 'sts' ? 'sts' : 's3'}/aws4_request`;
  const signature = hmacSigner(keys.secretAccessKey, scope)(stringToSign('AWS4-HMAC-SHA256', date, scope, canonical));
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { ...request, headers };
}
