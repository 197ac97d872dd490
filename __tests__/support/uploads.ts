import { declaration, errorDocument, textOf } from './documents';
import { send, type WireAnswer, type WireCall } from './wire-client';

export type Headers = Readonly<Record<string, string | undefined>>;

/** S3 sends no XML declaration if the operation may take long. */
export function undeclared(code: string, message: string, elements = ''): string {
  return errorDocument(code, message, elements).replace(declaration, '');
}

export function etagIn(answer: Pick<WireAnswer, 'body'>): string | undefined {
  return textOf('ETag', answer)?.replaceAll(/"|&quot;/g, '');
}

export async function put(path: string, body: string | Uint8Array, headers: Headers = {}): Promise<string | undefined> {
  const answer = await send({ method: 'PUT', path, headers, body });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.header('x-amz-version-id');
}

export async function begin(path: string, headers: Headers = {}): Promise<string> {
  const answer = await send({ method: 'POST', path: `${path}?uploads`, headers });
  const id = textOf('UploadId', answer);
  if (id === undefined) throw new Error(answer.text);
  return id;
}

export function sendPart(
  path: string,
  id: string,
  number: number | string,
  body: string | Uint8Array,
  headers: Headers = {},
): Promise<WireAnswer> {
  return send({ method: 'PUT', path: `${path}?partNumber=${number}&uploadId=${id}`, headers, body });
}

export function copyPart(path: string, id: string, source: string, headers: Headers = {}): Promise<WireAnswer> {
  return sendPart(path, id, 1, '', { 'x-amz-copy-source': source, ...headers });
}

export async function addPart(
  path: string,
  id: string,
  number: number,
  body: string | Uint8Array,
  headers: Headers = {},
): Promise<string> {
  const answer = await sendPart(path, id, number, body, headers);
  if (answer.status !== 200) throw new Error(answer.text);
  return partElement(number, answer.header('etag') ?? '');
}

export function partElement(number: number | string, etag: string, checksums = ''): string {
  return `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag>${checksums}</Part>`;
}

export function complete(path: string, id: string, parts: string, headers: Headers = {}): Promise<WireAnswer> {
  return send({
    method: 'POST',
    path: `${path}?uploadId=${id}`,
    headers,
    body: `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts}</CompleteMultipartUpload>`,
  });
}

export async function uploadOf(
  body: string,
  path = '/vault/big.bin',
  headers: Headers = {},
): Promise<{ readonly id: string; readonly part: string }> {
  const id = await begin(path, headers);
  return { id, part: await addPart(path, id, 1, body) };
}

/** The call with the id of an open upload in place of its own: S3 looks for the upload before it asks for the right (F1600). */
export async function withOpenUpload(call: WireCall): Promise<WireCall> {
  const [path = '', query = ''] = call.path.split('?');
  if (!/^uploadId\b|&uploadId\b/.test(query)) return call;
  const id = await begin(path);
  return { ...call, path: `${path}?${query.replace(/uploadId(?:=[^&]*)?/, `uploadId=${id}`)}` };
}

export const noSuchUpload = (id: string) =>
  [
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    `<UploadId>${id}</UploadId>`,
  ] as const;
