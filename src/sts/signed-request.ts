import { S3Error } from '../refusals/s3-error';
import type { StsRequest } from './request';

/** The signature of a request as it was sent, in its header or in its query. */
export interface StsSignature {
  readonly accessKeyId: string;
  /** The credential without the key: `20260331/eu-west-1/sts/aws4_request`. */
  readonly scope: string;
  readonly region: string;
  readonly service: string;
  readonly date: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Reads the signature of a request, or returns STS's refusal of one that is missing or cannot be read (F735). */
export function readSignature(request: StsRequest): StsSignature | S3Error {
  const { wire, query } = request;
  const authorization = wire.headers.get('authorization')?.trim();
  if (authorization?.toUpperCase().startsWith(algorithm)) return readHeader(request, authorization);
  if (query.get('x-amz-algorithm')?.toUpperCase() === algorithm) return readQuery(request);
  return new S3Error(
    'StsSignatureMissing',
    {},
    authorization
      ? `the Authorization header is not one of Signature Version 4, which begins with ${algorithm}`
      : 'the request has no signature; of all operations STS answers AssumeRoleWithWebIdentity and AssumeRoleWithSAML alone without one',
  );
}

function readHeader({ wire: { headers } }: StsRequest, authorization: string): StsSignature | S3Error {
  const parts = authorization
    .slice(algorithm.length)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const without = parts.find((part) => !part.includes('='));
  if (without !== undefined) return new S3Error('StsAuthorizationMalformed', { part: without, header: authorization });
  const fields = new Map(
    parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
  );
  const date = headers.get('x-amz-date') ?? headers.get('date');
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.has(name));
  if (missing.length > 0 || date === undefined)
    return new S3Error('StsAuthorizationIncomplete', { missing, hasDate: date !== undefined, header: authorization });
  return withScope(fields.get('Credential') ?? '', {
    date,
    signedHeaders: fields.get('SignedHeaders') ?? '',
    signature: fields.get('Signature') ?? '',
    sessionToken: headers.get('x-amz-security-token'),
  });
}

function readQuery({ query, wire: { headers } }: StsRequest): StsSignature | S3Error {
  const missing = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'].filter(
    (name) => !query.has(name.toLowerCase()),
  );
  if (missing.length > 0) return new S3Error('StsQuerySignatureIncomplete', { missing });
  return withScope(query.get('x-amz-credential') ?? '', {
    date: query.get('x-amz-date') ?? '',
    signedHeaders: query.get('x-amz-signedheaders') ?? '',
    signature: query.get('x-amz-signature') ?? '',
    sessionToken: query.get('x-amz-security-token') ?? headers.get('x-amz-security-token'),
  });
}

function withScope(
  credential: string,
  others: Pick<StsSignature, 'date' | 'signedHeaders' | 'signature' | 'sessionToken'>,
): StsSignature | S3Error {
  const parts = credential.split('/');
  const [accessKeyId = '', , region = '', service = ''] = parts;
  if (parts.length !== 5) return new S3Error('StsCredentialMalformed', { credential });
  return { ...others, accessKeyId, region, service, scope: credential.slice(accessKeyId.length + 1) };
}
