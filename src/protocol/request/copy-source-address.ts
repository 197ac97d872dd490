import { decodePercent } from '../../formats/url-encoding';
import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { writeKey, writeValue } from '../../text/values';
import type { S3Request } from './request';

/** S3 refuses a source in a request that copies nothing; of POST requests, only if it addresses an upload (F190). */
export function checkNoStraySource({ method, query, headers }: Pick<S3Request, 'method' | 'query' | 'headers'>): void {
  const ArgumentValue = headers.get('x-amz-copy-source');
  const stray = method === 'POST' ? query.has('uploadId') : method !== 'PUT';
  if (stray && ArgumentValue !== undefined) throw new S3Error('CopySourceNotExpected', { ArgumentValue });
}

export interface CopySourceAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly sent: string;
}

/**
 * The header is encoded like a URL: `/bucket/key?versionId=id`. The first slash can be missing, and S3 ignores a scheme and a host before
 * it (F91).
 */
export function readCopySource(header: string): CopySourceAddress {
  const [path = '', versionId] = header.replace(/^https?:\/\/[^/]*/i, '').split(/\?versionId=(.*)$/s);
  const encoded = path.replace(/^\//, '');
  const decoded = decodePlus(encoded);
  const decodedId = versionId === undefined ? undefined : decodePlus(versionId);
  if (decoded === undefined || (versionId !== undefined && decodedId === undefined))
    throw refusalForPart('encoding', header, 'has a % without two hexadecimal digits after it');
  const { bucket, key } = splitSource(decoded);
  const lacking = (part: string) =>
    decoded === encoded ? `has no ${part}` : `is ${writeKey(decoded)} when decoded, and has no ${part}`;
  if (bucket === '') throw refusalForPart('bucket name', header, lacking('bucket'));
  if (key === '') throw refusalForPart('object key', header, lacking('key'));
  if (decoded.includes('\0')) throw new S3Error('CopySourceHasNull').quoting({ 'x-amz-copy-source': header });
  return { bucket, key, versionId: decodedId, sent: header };
}

/** `ARN/object/KEY` names an object through an access point; no bucket has a name with colons. */
const throughPoint = /^(?<bucket>arn:[^/]*:accesspoint\/[^/]+)\/object\/(?<key>.*)$/s;

function splitSource(decoded: string): { readonly bucket: string; readonly key: string } {
  const { bucket, key } = throughPoint.exec(decoded)?.groups ?? {};
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  if (/^arn:[^/]*:accesspoint\//.test(decoded)) return { bucket: '', key: '' };
  const slash = decoded.indexOf('/');
  return slash === -1
    ? { bucket: decoded, key: '' }
    : { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

export function findSourceBucketName(header: string): string | undefined {
  const [path = ''] = header.replace(/^https?:\/\/[^/]*/i, '').split('?versionId=');
  const decoded = decodePlus(path.replace(/^\//, ''));
  return decoded === undefined ? undefined : splitSource(decoded).bucket;
}

function decodePlus(encoded: string): string | undefined {
  return decodePercent(encoded.replaceAll('+', ' '));
}

function refusalForPart(
  part: 'bucket name' | 'object key' | 'encoding',
  ArgumentValue: string,
  problem: string,
): S3Error {
  const why = `CopySource ${writeKey(ArgumentValue)} ${problem}; ${copySourceForm}`;
  return new S3Error('CopySourceInvalid', { part, ArgumentValue }, why);
}

export const copySourceForm = "expected 'bucket/key' or 'bucket/key?versionId=id', encoded as a URL is";

interface CopyRange {
  readonly first: number;
  /** Including this byte. */
  readonly last: number;
}

/** S3 accepts only the full form (F93). */
function findCopyRange(header: string): CopyRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return from === '' || first > last ? undefined : { first, last };
}

/** Checked before S3 checks the right (F1601). */
export function refusalOfCopyRange(header: string): S3Error | undefined {
  return findCopyRange(header) ? undefined : refusalForForm(header);
}

function refusalForForm(header: string): S3Error {
  const why = `CopySourceRange is ${writeValue(header)}, and S3 takes 'bytes=0-9': the first and the last byte, counted from 0`;
  return new S3Error('CopyRangeMalformed', { ArgumentValue: header }, why);
}

export function readCopyRange(header: string, size: number): CopyRange {
  const range = findCopyRange(header);
  if (range === undefined) throw refusalForForm(header);
  const { first, last } = range;
  if (first >= size)
    throw new S3Error('CopyRangeBeyond').quoting({
      'x-amz-copy-source-range': header,
      'the size of the source': size,
    });
  if (last >= size) {
    const why = `CopySourceRange is ${writeValue(header)}, and the source has ${counted(size, 'byte')}, which count from 0: its last byte is ${size - 1}`;
    throw new S3Error('CopyRangeTooLong', { size, ArgumentValue: header }, why);
  }
  return { first, last };
}
