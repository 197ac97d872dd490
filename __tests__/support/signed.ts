import { readRequest, type S3Request } from '../../src/protocol/request/request';
import { checkChunkSignatures, checkSignature, type Verifier } from '../../src/protocol/signature/signature';
import type { S3Error } from '../../src/refusals/s3-error';
import type { Endpoint, WireRequest } from '../../src/wire';
import { refusalThrownBy } from './thrown';

/** AWS's own example of a user: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export const example = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

export interface Call {
  readonly method?: string;
  readonly url: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly dialect?: Endpoint['dialect'];
}

/** A header with a list is sent once for each value. */
export function requestOf({
  method = 'GET',
  url,
  host = 's3.amazonaws.com',
  headers = {},
  body = '',
  dialect = 'aws',
}: Call): S3Request {
  const rawHeaders = Object.entries({ host, ...headers }).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
  const joined = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at]?.toLowerCase(), rawHeaders[at + 1]];
    joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  }
  const base = 's3.amazonaws.com';
  const wire: WireRequest = {
    method,
    url,
    host,
    endpoint: { service: 's3', base, dialect, region: undefined },
    secure: true,
    headers: joined,
    rawHeaders,
    trailers: new Map(),
    body: Buffer.from(body),
  };
  return readRequest(wire);
}

export function knownAt(moment: string, more: Partial<Verifier> = {}): Verifier {
  const now = Date.parse(moment);
  return {
    secretOf: (accessKeyId) => (accessKeyId === example.accessKeyId ? example.secretAccessKey : undefined),
    findTokenCheck: () => undefined,
    hasIssued: () => false,
    believesKeys: false,
    times: { process: now, mock: now, moves: [], presumed: 'signed first' as const },
    region: 'us-east-1',
    ...more,
  };
}

export function judged(call: Call, known: Verifier): { refusal: string; details: object } | undefined {
  return told(refusalThrownBy(() => checkSignature(requestOf(call), known)));
}

export function refuseChunks(request: S3Request, known: Verifier): S3Error | undefined {
  return refusalThrownBy(() => checkChunkSignatures(request, known));
}

export function told(refusal: S3Error | undefined): { refusal: string; details: object } | undefined {
  return refusal && { refusal: refusal.refusal, details: refusal.details };
}
