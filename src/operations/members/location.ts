import { encodeUrl } from '../../formats/url-encoding';
import type { S3Request } from '../../protocol/request/request';

/** The address of an object at the host of the request, in which the slashes of its key are also encoded (F89). */
export function writeLocation({ wire, headers }: S3Request, bucket: string, key: string): string {
  const host = headers.get('host') ?? wire.host;
  const inHost = host.toLowerCase().startsWith(`${bucket}.`);
  return `${wire.secure ? 'https' : 'http'}://${host}/${inHost ? '' : `${bucket}/`}${encodeComponent(key)}`;
}

export function encodeComponent(text: string): string {
  return encodeUrl(text).replaceAll('/', '%2F');
}
