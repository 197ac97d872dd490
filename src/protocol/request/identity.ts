import type { Dialect } from '../../dialects';
import { isHeaderRepeated } from '../../formats/header-names';
import { S3Error } from '../../refusals/s3-error';

/**
 * Reads the identity that a request claims; nothing is verified here.
 * The choice of the refusal follows what brekkylab/backlot measured on S3 on 2026-09-29 (backlot/auth.py).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 * @module
 */

export type Identity =
  | { readonly scheme: 'anonymous' }
  | { readonly scheme: 'bearer'; readonly token: string }
  | SignedIdentity;

export const anonymousIdentity: Identity = { scheme: 'anonymous' };

export interface SignedIdentity {
  readonly scheme: 'sigv4' | 'sigv4a' | 'sigv4-presigned' | 'sigv4-form' | 'sigv2' | 'sigv2-presigned' | 'sigv2-form';
  readonly accessKeyId: string;
  readonly region?: string;
  readonly service?: string;
  readonly sessionToken?: string;
}

interface Request {
  /** In pairs, as they came: Node keeps one of two. */
  readonly rawHeaders: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly dialect: Pick<Dialect, 'requests'>;
}

export function readIdentity(request: Request): Identity | S3Error {
  const authorization = request.headers.get('authorization');
  if (authorization !== undefined && comesTwice('authorization', request))
    return new S3Error('HeaderNotImplemented', { Header: 'Authorization' }, 'the header came twice');
  const signing = signingParameters(request.query);
  const signedV2 = request.query.has('Signature');
  // Beside a presigned URL, a header's token comes before the URL's (F496).
  const token = readTokenHeader(request) ?? signing.get('x-amz-security-token');
  if (authorization !== undefined && (signing.has('x-amz-algorithm') || signedV2)) {
    return new S3Error('AuthorizationTwice', { ArgumentValue: authorization });
  }
  // An empty header names no credentials.
  if (authorization?.trim()) return readHeader(request, authorization);
  if (signing.has('x-amz-algorithm')) {
    return signedV2 ? new S3Error('AuthorizationQueryTwice') : readQuery(signing, token);
  }
  return signedV2 ? readQueryV2(request.query, token) : anonymousIdentity;
}

export function hasSessionToken({ headers, query, dialect }: Omit<Request, 'rawHeaders'>): boolean {
  if (!dialect.requests.hasTemporaryCredentials) return false;
  return headers.has('x-amz-security-token') || signingParameters(query).has('x-amz-security-token');
}

/** A token that came several times counts if it is the same each time; several that differ are worth as much as an empty one (F496). */
export function readTokenHeader(request: Pick<Request, 'rawHeaders' | 'headers'>): string | undefined {
  const name = 'x-amz-security-token';
  const joined = request.headers.get(name);
  if (joined === undefined || !isHeaderRepeated(request)) return joined;
  const [token, ...others] = new Set(valuesOf(name, request));
  return others.length === 0 ? token : '';
}

function comesTwice(name: string, request: Pick<Request, 'rawHeaders' | 'headers'>): boolean {
  return isHeaderRepeated(request) && valuesOf(name, request).length > 1;
}

function valuesOf(name: string, { rawHeaders }: Pick<Request, 'rawHeaders'>): readonly string[] {
  return rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

/** The X-Amz- parameters by their names in lower case, since clients spell them in different ways. */
function signingParameters(query: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let found: Map<string, string> | undefined;
  for (const name of query.keys()) {
    if (!/^x-amz-/i.test(name)) continue;
    found ??= new Map();
    found.set(name.toLowerCase(), query.get(name) ?? '');
  }
  return found ?? noParameters;
}

const noParameters: ReadonlyMap<string, string> = new Map();

/** Returns undefined if no blank follows the type. Some clients write the header's name into its value. */
export function readAuthorization(header: string): { readonly algorithm: string; readonly rest: string } | undefined {
  const written = header.replace(/^\s*authorization:/i, '').trim();
  const space = written.search(/\s/);
  return space < 0 ? undefined : { algorithm: written.slice(0, space), rest: written.slice(space).trim() };
}

function readHeader(
  { headers, rawHeaders, dialect }: Omit<Request, 'query'>,
  authorization: string,
): Identity | S3Error {
  const written = readAuthorization(authorization);
  if (written === undefined) return new S3Error('AuthorizationSpaceMissing', { ArgumentValue: authorization });
  const { algorithm, rest } = written;
  const token = readTokenHeader({ headers, rawHeaders });
  switch (algorithm.toLowerCase()) {
    case 'aws4-hmac-sha256':
      return readHeaderV4(rest, 'sigv4', token);
    case 'aws4-ecdsa-p256-sha256':
      return readHeaderV4(rest, 'sigv4a', token);
    case 'aws':
      return readHeaderV2(rest, authorization, token);
    case 'bearer':
      // IBM Cloud's tokens; Amazon S3 does not know this type.
      if (dialect.requests.hasTokens) return { scheme: 'bearer', token: rest };
  }
  return new S3Error('AuthorizationUnsupported', { ArgumentValue: authorization });
}

/** The three components of an Authorization header of version 4. */
export interface Components {
  readonly credential: string;
  readonly signedheaders: string;
  readonly signature: string;
}

const componentNames = 'credential,signature,signedheaders';

/** The parts as clients write them, in their order. */
const usual = /^Credential=([^\s,=]+),\s*SignedHeaders=([^\s,=]+),\s*Signature=([^\s,=]+)$/;

/** What follows the algorithm. S3 reads it whether or not it can find the key (F1650). */
export function readComponents(rest: string): Components | S3Error {
  const { 1: credential, 2: signedheaders, 3: signature } = usual.exec(rest) ?? [];
  if (credential !== undefined && signedheaders !== undefined && signature !== undefined)
    return { credential, signedheaders, signature };
  const parts = rest.split(',');
  const malformed = parts.find((part) => !isComponent(part));
  if (malformed !== undefined) return new S3Error('AuthorizationHeaderComponentMalformed', { component: malformed });
  const found = parts.map((part) => part.trim().split('=') as [string, string]); // as has just been found
  const names = found.map(([name]) => name.toLowerCase());
  if (names.toSorted().join() !== componentNames)
    return new S3Error('AuthorizationHeaderComponentsMissing', {}, `the Authorization header has ${names.join(', ')}`);
  const of = (name: string) => found[names.indexOf(name)]?.[1] ?? '';
  return { credential: of('credential'), signedheaders: of('signedheaders'), signature: of('signature') };
}

function isComponent(part: string): boolean {
  const [name = '', value, other] = part.split('=', 3);
  return name.trim() !== '' && value !== undefined && value !== '' && other === undefined;
}

function readHeaderV4(rest: string, scheme: 'sigv4' | 'sigv4a', token: string | undefined): Identity | S3Error {
  const components = readComponents(rest);
  if (components instanceof S3Error) return components;
  const { credential } = components;
  const scope = readScope(credential, scheme === 'sigv4a');
  if (scope?.accessKeyId === '')
    return new S3Error('AuthorizationHeaderAccessKeyMissing').quoting({ Credential: credential });
  if (scope) return { scheme, ...scope, ...session(token) };
  return scheme === 'sigv4'
    ? new S3Error('AuthorizationHeaderCredentialMalformed').quoting({ Credential: credential })
    : new S3Error('AuthorizationHeaderRegionlessCredentialMalformed').quoting({ Credential: credential });
}

function readHeaderV2(rest: string, authorization: string, token: string | undefined): Identity | S3Error {
  const accessKeyId = /^([^:]*):[^:]+$/.exec(rest)?.[1];
  if (accessKeyId === undefined) return new S3Error('AuthorizationV2Malformed', { ArgumentValue: authorization });
  return { scheme: 'sigv2', accessKeyId, ...session(token) };
}

const requiredV4 = [
  'x-amz-credential',
  'x-amz-signature',
  'x-amz-date',
  'x-amz-signedheaders',
  'x-amz-expires',
] as const;

function readQuery(signing: ReadonlyMap<string, string>, token: string | undefined): Identity | S3Error {
  const algorithm = signing.get('x-amz-algorithm')?.toUpperCase();
  if (algorithm !== 'AWS4-HMAC-SHA256' && algorithm !== 'AWS4-ECDSA-P256-SHA256') {
    return new S3Error('AuthorizationQueryAlgorithmUnsupported').quoting({
      'X-Amz-Algorithm': signing.get('x-amz-algorithm'),
    });
  }
  const missing = requiredV4.filter((name) => !signing.has(name));
  if (missing.length > 0) return new S3Error('AuthorizationQueryMissing', {}, `the query has no ${missing.join(', ')}`);
  const credential = signing.get('x-amz-credential') ?? '';
  const scope = readScope(credential, algorithm === 'AWS4-ECDSA-P256-SHA256');
  if (scope?.accessKeyId === '')
    return new S3Error('AuthorizationQueryAccessKeyMissing').quoting({ 'X-Amz-Credential': credential });
  if (scope === undefined)
    return new S3Error('AuthorizationQueryCredentialMalformed').quoting({ 'X-Amz-Credential': credential });
  return { scheme: 'sigv4-presigned', ...scope, ...session(token) };
}

function readQueryV2(query: ReadonlyMap<string, string>, token: string | undefined): Identity | S3Error {
  const accessKeyId = query.get('AWSAccessKeyId');
  if (accessKeyId === undefined || !query.has('Expires')) {
    const missing = ['AWSAccessKeyId', 'Expires'].filter((name) => !query.has(name));
    return new S3Error('AuthorizationQueryV2Missing', {}, `the query has no ${missing.join(', ')}`);
  }
  return { scheme: 'sigv2-presigned', accessKeyId, ...session(token) };
}

// SigV4a signs for a set of regions, so its scope names no region.
function readScope(credential: string, regionless: boolean) {
  const parts = credential.split('/');
  if (parts.length !== (regionless ? 4 : 5)) return undefined;
  const { 0: accessKeyId = '', 2: region = '', 3: service = '' } = parts;
  return regionless ? { accessKeyId, service: region } : { accessKeyId, region, service };
}

function session(token: string | undefined): { readonly sessionToken?: string } {
  return token === undefined ? {} : { sessionToken: token };
}
