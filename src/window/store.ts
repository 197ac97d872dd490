import { ask, reach } from './door';

/** What a person asks of S3 itself: the door signs the request, the page sends it, and the mock answers it as any client's. */
export interface StoreRequest {
  readonly method?: 'GET' | 'DELETE' | 'PUT';
  readonly bucket: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function presign({ bucket, ...request }: StoreRequest): Promise<string> {
  const path = `buckets/${encodeURIComponent(bucket)}/presign`;
  const { url } = await ask<{ url: string }>('POST', path, { body: request });
  return url;
}

/** Throws what S3 says if it refuses. */
export async function sendToStore(request: StoreRequest, body?: string): Promise<void> {
  const { method = 'GET', headers = {} } = request;
  const response = await reach(await presign(request), { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(refusalIn(text, response.status));
}

function refusalIn(text: string, status: number): string {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const [code, message] = ['Code', 'Message'].map((name) => document.querySelector(`Error > ${name}`)?.textContent);
  return code === undefined || code === null ? `S3 answered ${status}.` : `S3 says ${code}: ${message}`;
}

/** A new code of the root user's device, as the header has it: S3 takes each code once. */
export async function makeMfaHeader(account: string): Promise<Readonly<Record<string, string>>> {
  const { header } = await ask<{ header: string }>('POST', 'mfa/code', { body: { account } });
  return { 'x-amz-mfa': header };
}

/** The name of a version as a copy has it: `vault/a%20b.txt?versionId=…` */
export function writeCopySource(bucket: string, key: string, versionId: string): string {
  return `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`;
}
