import { createHash } from 'node:crypto';
import type { MockS3, MockS3Options } from '../../src';
import { errorDocument } from './documents';
import { send, type WireAnswer, type WireCall } from './wire-client';

export const threeStates: MockS3Options = {
  now: '2026-03-31T07:35:05.678Z',
  buckets: { plain: {}, vault: { versioning: 'Enabled' }, paused: { versioning: 'Suspended' } },
};

type More = Partial<WireCall>;

export const put = (path: string, body: string | Uint8Array = 'data', headers: WireCall['headers'] = {}) =>
  send({ method: 'PUT', path, body, headers });

export const get = (path: string, headers: WireCall['headers'] = {}, more: More = {}) =>
  send({ path, headers, ...more });

export const head = (path: string, headers: WireCall['headers'] = {}, more: More = {}) =>
  send({ method: 'HEAD', path, headers, ...more });

export const remove = (path: string, headers: WireCall['headers'] = {}, more: More = {}) =>
  send({ method: 'DELETE', path, headers, ...more });

export async function putVersion(path: string, body = 'data'): Promise<string> {
  return (await put(path, body)).header('x-amz-version-id') ?? '';
}

export async function markDeleted(path: string): Promise<string> {
  return (await remove(path)).header('x-amz-version-id') ?? '';
}

export function md5Of(body: string | Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

export const deleteMany = (bucket: string, content: string, headers: WireCall['headers'] = {}) => {
  const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</Delete>`;
  return send({ method: 'POST', path: `/${bucket}?delete`, body, headers: { 'Content-MD5': md5Of(body), ...headers } });
};

export function setVersioning(s3: MockS3, bucket: string, status: 'Enabled' | 'Suspended'): void {
  s3.bucket(bucket).versioning = status;
}

/** The lines that differ between answers, without framing and ids. */
export function tellingLines({ head: lines }: WireAnswer): readonly string[] {
  const same = /^(?:x-amz-id-2|x-amz-request-id|Date|Server|Connection|Transfer-Encoding|Content-Length): /;
  return lines.filter((line) => !same.test(line));
}

export interface StatusAndText {
  readonly status: number;
  readonly text: string;
}

export function refusal(status: number, code: string, message: string, elements = ''): StatusAndText {
  return { status, text: errorDocument(code, message, elements) };
}

export async function answered(answer: Promise<StatusAndText>): Promise<StatusAndText> {
  const { status, text } = await answer;
  return { status, text };
}

export function elements(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
}

export function badArgument(message: string, ArgumentName: string, ArgumentValue?: string): StatusAndText {
  return refusal(
    400,
    'InvalidArgument',
    message,
    elements({ ArgumentName, ...(ArgumentValue !== undefined && { ArgumentValue }) }),
  );
}

export const noSuchKey = (Key: string) =>
  refusal(404, 'NoSuchKey', 'The specified key does not exist.', elements({ Key }));

export const noSuchVersion = (Key: string, VersionId: string) =>
  refusal(404, 'NoSuchVersion', 'The specified version does not exist.', elements({ Key, VersionId }));

export const noSuchBucket = (BucketName: string) =>
  refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', elements({ BucketName }));

export const markerNotAllowed = (Method: string) =>
  refusal(
    405,
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    elements({ Method, ResourceType: 'DeleteMarker' }),
  );

export const preconditionFailed = (Condition: string) =>
  refusal(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    elements({ Condition }),
  );

export const notImplemented = (Header: string, additionalMessage?: string) =>
  refusal(
    501,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    elements({ Header, ...(additionalMessage !== undefined && { additionalMessage }) }),
  );
