import { md5Of } from './objects';
import { send, type WireAnswer, type WireCall } from './wire-client';

export interface SentRestore extends Pick<WireCall, 'host' | 'headers'> {
  readonly days?: number | string;
  readonly tier?: string;
  readonly more?: string;
  /** In place of the document that the others make. */
  readonly body?: string;
}

export function restoreRequest({ days, tier, more = '' }: SentRestore): string {
  const job = tier === undefined ? '' : `<GlacierJobParameters><Tier>${tier}</Tier></GlacierJobParameters>`;
  return `<RestoreRequest>${days === undefined ? '' : `<Days>${days}</Days>`}${job}${more}</RestoreRequest>`;
}

/** The key may be `old`, or `old&versionId=v1`. */
export function sendRestore(key: string, sent: SentRestore = { days: 3 }): Promise<WireAnswer> {
  const [name = '', version] = key.split('&');
  const path = `/vault/${name}?restore${version === undefined ? '' : `&${version}`}`;
  const { host, headers, body = restoreRequest(sent) } = sent;
  // IBM COS requires a digest (F813).
  const digest = host === undefined ? {} : { 'Content-MD5': md5Of(body) };
  return send({ method: 'POST', path, host, headers: { ...digest, ...headers }, body });
}

/** The headers of a HEAD that archives have, and the status of a GET beside it. */
export async function archiveOf(key: string, host?: string) {
  const path = `/vault/${key}`;
  const { header } = await send({ method: 'HEAD', path, host });
  const { status } = await send({ path, host });
  return { status, restore: header('x-amz-restore'), storageClass: header('x-amz-storage-class') };
}

export const ongoing = 'ongoing-request="true"';
export const until = (date: string) => `ongoing-request="false", expiry-date="${date}"`;
