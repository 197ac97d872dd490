import type { Dialect } from '../../dialects';
import type { CorsFit, CrossOriginRequest } from '../../model/configurations/cors';
import type { Header } from '../../refusals';

/** The headers with which S3 allows a request from a web page of another origin, in S3's order (F342). */
export function crossOriginHeaders(
  { origin, headers }: CrossOriginRequest,
  { rule, allowedOrigin }: CorsFit,
  { vary, allowsCredentialsToAll }: Dialect['crossOrigin'],
): readonly Header[] {
  const isPublic = allowedOrigin === '*';
  const all: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Access-Control-Allow-Origin', isPublic ? '*' : origin],
    ['Access-Control-Allow-Methods', rule.AllowedMethods.join(', ')],
    ['Access-Control-Allow-Headers', headers.join(', ') || undefined],
    ['Access-Control-Expose-Headers', rule.ExposeHeaders?.join(', ') || undefined],
    ['Access-Control-Max-Age', rule.MaxAgeSeconds === undefined ? undefined : String(rule.MaxAgeSeconds)],
    ['Access-Control-Allow-Credentials', isPublic && !allowsCredentialsToAll ? undefined : 'true'],
    ['Vary', vary],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
