import { isHeaderName } from '../../formats/header-names';
import type { CrossOriginRequest } from '../../model/configurations/cors';
import { S3Error } from '../../refusals/s3-error';

interface Sent {
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** The methods that a preflight can name, in upper case. No rule can contain the last two (F340). */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** F23, F341 */
export function readPreflight({ headers }: Sent): CrossOriginRequest | S3Error {
  const origin = headers.get('origin');
  const method = headers.get('access-control-request-method') || undefined;
  if (!origin) return new S3Error('CorsOriginMissing');
  if (method !== undefined && !methods.has(method)) return new S3Error('CorsMethodInvalid', { method });
  const announced = readAnnouncedHeaders(headers);
  return announced instanceof S3Error ? announced : { origin, method, headers: announced };
}

/** Throws for a request with an Origin whose other headers of CORS S3 cannot read, though it is not a preflight (F343). */
export function checkCrossOrigin(sent: Sent): void {
  if (!sent.headers.get('origin')) return;
  const read = readPreflight(sent);
  if (read instanceof S3Error) throw read;
}

/**
 * Reads a request from a web page of another origin. Returns undefined for any other request, and if S3 cannot read what the request
 * announces (F343).
 */
export function readCrossOrigin({ method, headers }: Sent): CrossOriginRequest | undefined {
  const origin = headers.get('origin');
  if (!origin) return undefined;
  const announced = readAnnouncedHeaders(headers);
  if (announced instanceof S3Error) return undefined;
  return { origin, method: headers.get('access-control-request-method') || method, headers: announced };
}

function readAnnouncedHeaders(headers: Sent['headers']): readonly string[] | S3Error {
  const announced = headers.get('access-control-request-headers');
  const parts = announced ? announced.split(',') : [];
  const wrong = parts.find((part) => part.trim() !== '' && !isHeaderName(part.trim()));
  if (wrong !== undefined) return new S3Error('CorsHeadersInvalid', { header: wrong });
  // S3 leaves out the empty parts at the end alone (F341).
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1).map((part) => part.trim().toLowerCase());
}
