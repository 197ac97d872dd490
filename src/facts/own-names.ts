import { operations } from '../operations/table';
import { wireNameOf } from '../protocol/document/elements';
import { firstFound } from '../text/lists';
import { decodeFully, goesUp } from './decoded-text';
import { keyOfS3, whyDocumentOutside, whyTextOutside } from './document-names';
import { findOperationName, type UnsignedRequest } from './wire-form';

/**
 * The one check of what a request to a service of a user names: its host, its path, its parameters, its headers and its document, as they are sent.
 * @module
 */

/** What a request can name: the address of the service, and the buckets of its case. */
export interface OwnNames {
  /** The host with its port: `localhost:9000`. */
  readonly host: string;
  readonly buckets: ReadonlySet<string>;
}

type SentRequest = Pick<UnsignedRequest, 'method' | 'path' | 'headers' | 'body'>;

/**
 * Says why a request is not sent: it names something outside of its case, or it may do so. Returns undefined if it names nothing else. A
 * place that is not known to be harmless counts as a place that names something.
 */
export function whyOutside(request: SentRequest, own: OwnNames): string | undefined {
  return (
    whyTargetOutside(request, own) ??
    firstFound(Object.entries(request.headers), ([name, value]) => whyHeaderOutside(name.toLowerCase(), value, own)) ??
    whyFramed(request) ??
    whyBodyOutside(request, own)
  );
}

const methods = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS']);

function whyTargetOutside({ method, path }: SentRequest, own: OwnNames): string | undefined {
  if (!methods.has(method)) return 'S3 does not have its method';
  if (!/^\/[!-"$-~]*$/.test(path)) return 'its request line can be read in several ways';
  const [, bucket = ''] = path.split(/[/?]/);
  if (!own.buckets.has(bucket)) return 'its path names another bucket';
  const decoded = decodeFully(path);
  if (decoded === undefined) return 'it contains encoded text inside encoded text';
  if (goesUp(decoded)) return "its path has '..', which may lead to another bucket";
  return firstFound(readParameters(path), ([name, value]) => whyParameterOutside(name, value, own));
}

function readParameters(path: string): readonly (readonly [name: string, value: string])[] {
  const at = path.indexOf('?');
  const parts = at < 0 ? [] : path.slice(at + 1).split(/[&;]/);
  return parts.map((part) => {
    const [name = '', ...value] = part.split('=');
    return [(decodeFully(name) ?? '').trim().toLowerCase(), value.join('=').replaceAll('+', ' ')];
  });
}

/** What signs a request in its query. */
const ofSignature = /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token)$/;

/** A header can stand in a query that is signed. */
function whyParameterOutside(name: string, value: string, own: OwnNames): string | undefined {
  if (ofSignature.test(name)) return undefined;
  return name.startsWith('x-amz-') || isElsewhere.test(name)
    ? whyHeaderOutside(name, decodeFully(value) ?? value, own)
    : whyTextOutside(value, own.buckets);
}

/** The headers of a connection, not of a request: their reader may read another request than the request that is checked. */
const ofConnection = /^(?:transfer-encoding|te|trailer|upgrade|keep-alive|http2-settings|proxy-.*|max-forwards|via)$/;
/** Names of headers by which other services and proxies are sent elsewhere, such as `x-forwarded-host` and `x-oss-copy-source`. */
const isElsewhere = /forward|host|bucket|source|url|uri|path|method|route|rewrite|destination|target|copy|account/;
/** Headers of S3, and free texts. They are not read as names. */
const freeHeaders =
  /^(?:x-amz-meta-.*|x-amz-tagging|x-amz-website-redirect-location|x-amz-server-side-encryption-context|x-amz-copy-source-(?:if-.*|server-side-encryption-customer-.*|range|version-id)|origin|referer|access-control-request-(?:method|headers)|authorization)$/;
const sources = /^x-amz-(?:copy|rename)-source$/;

function whyHeaderOutside(name: string, value: string, own: OwnNames): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value))
    return 'it has a header that cannot be sent';
  if (name === 'host') return value.toLowerCase() === own.host.toLowerCase() ? undefined : 'it names another host';
  if (isOfConnection(name, value)) return `its header ${name} changes how a connection is read`;
  if (sources.test(name)) return whySourceOutside(name, value, own.buckets);
  if (freeHeaders.test(name)) return undefined;
  const isKnown = name.startsWith('x-amz-') ? isDeclared(name) : !isElsewhere.test(name);
  if (!isKnown) return `its header ${name} may name another bucket`;
  return whyValueOutside(name, value) ?? whyTextOutside(value, own.buckets);
}

function isOfConnection(name: string, value: string): boolean {
  if (name === 'connection') return !/^(?:close|keep-alive)$/i.test(value);
  if (name === 'expect') return !/^100-continue$/i.test(value);
  return ofConnection.test(name);
}

function whySourceOutside(name: string, value: string, buckets: ReadonlySet<string>): string | undefined {
  const source = decodeFully(value) ?? '..';
  if (/^\/*$/.test(source)) return undefined;
  const [, bucket = ''] = /^\/?([^/?#\\]*)/.exec(source) ?? [];
  return buckets.has(bucket) && !goesUp(source) ? undefined : `its header ${name} names another bucket`;
}

function whyValueOutside(name: string, value: string): string | undefined {
  if (/kms-key-id$/.test(name)) return value === '' || value === keyOfS3 ? undefined : 'it names a key of KMS';
  if (name === 'x-amz-object-lock-mode' && /^\s*compliance\s*$/i.test(value))
    return 'it locks objects so that nobody can remove them';
  if (name === 'x-amz-trailer' && !/^x-amz-checksum-[\w-]+$/i.test(value))
    return 'it has trailers that are not checksums';
  return undefined;
}

interface Declared {
  readonly headers: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
}

let declared: Declared | undefined;

/** What the operations of S3 have, by names in small letters. */
function readDeclared(): Declared {
  if (declared !== undefined) return declared;
  const rows = Object.values(operations);
  const fixed = rows.flatMap(({ pattern }) => (pattern.split('?')[1] ?? '').split(/[&=]/));
  declared = {
    headers: new Set(rows.flatMap(({ input }) => listMembers(input, ['header', 'header or trailer']))),
    parameters: new Set([
      ...fixed.map((name) => name.toLowerCase()),
      ...rows.flatMap(({ input }) => listMembers(input, ['query'])),
    ]),
  };
  return declared;
}

/** Whether an operation of S3 has the header, or the signature. */
const isDeclared = (name: string): boolean => readDeclared().headers.has(name) || ofSigning.test(name);

const isOfOperations = (parameter: string): boolean =>
  readDeclared().parameters.has(parameter) || ofUploads.test(parameter);

const ofSigning =
  /^x-amz-(?:date|content-sha256|security-token|decoded-content-length|trailer|user-agent|object-lock-event-hold(?:-duration-days)?)$/;

function listMembers(input: object, places: readonly string[]): readonly string[] {
  return Object.entries(input).flatMap(([name, member]) =>
    places.includes(member.at) ? [wireNameOf(name, member).toLowerCase()] : [],
  );
}

/** If the length is not the length of the body, the end of the body would become a second request. */
function whyFramed({ headers, body }: SentRequest): string | undefined {
  const lengths = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'content-length');
  return lengths.every(([, value]) => value === String(body.length))
    ? undefined
    : 'its length differs from the length of its body';
}

/** Parameters beside which the body of an upload is still one. */
const ofUploads = /^(?:x-id|partnumber|uploadid|versionid|x-amz-.*)$/;

function whyBodyOutside(request: SentRequest, own: OwnNames): string | undefined {
  const { path, headers, body } = request;
  if (body.length === 0) return undefined;
  const operation = findOperationName(request);
  const isUpload = operation === 'PutObject' || operation === 'UploadPart';
  if (isUpload && readParameters(path).every(([name]) => ofUploads.test(name))) return undefined;
  const isKnown = operation !== undefined && readParameters(path).every(([name]) => isOfOperations(name));
  if (!isKnown) return 'it has a document, and its operation is not known';
  const isPacked = Object.entries(headers).some(
    ([name, value]) =>
      (/^content-encoding$/i.test(name) && value !== 'identity') ||
      (/^x-amz-content-sha256$/i.test(name) && value.startsWith('STREAMING')),
  );
  if (isPacked) return 'its document is packed';
  return operation === 'PostObject' ? whyFormOutside(body, own) : whyDocumentOutside(body, own.buckets);
}

/** The file of a form is read as well, since the service may take it for another part. */
function whyFormOutside(body: Uint8Array, own: OwnNames): string | undefined {
  const text = Buffer.from(body).toString('latin1');
  const fields = [...text.matchAll(/name\*?=\s*"?([^"\r\n;]+)"?.*?\r?\n\r?\n(.*?)\r?\n--/gis)];
  const policies = [...text.matchAll(/[\w+/-]{16,}={0,2}/g)].map(([base64]) => Buffer.from(base64, 'base64'));
  return (
    firstFound(fields, ([, name = '', value = '']) => whyFieldOutside(name.trim().toLowerCase(), value.trim(), own)) ??
    firstFound([text, ...policies.map((policy) => policy.toString('latin1'))], (part) =>
      whyTextOutside(part, own.buckets),
    )
  );
}

function whyFieldOutside(name: string, value: string, own: OwnNames): string | undefined {
  if (/bucket$/.test(name)) return own.buckets.has(value) ? undefined : 'its form names another bucket';
  const isHeader = name.startsWith('x-amz-') && !ofSignature.test(name);
  return isHeader ? whyHeaderOutside(name, value, own) : undefined;
}
