import { encodeUrl } from '../../formats/url-encoding';
import type { AccessPoint } from '../../model/access-points';
import type { S3Request } from '../../protocol/request/request';

/** The address of an object at the host of the request, in which the slashes of its key are also encoded (F89). IBM COS has no TLS in it. */
export function writeLocation(
  { wire, headers, accessPoint, dialect }: S3Request,
  ofBucket: string,
  key: string,
): string {
  const host = headers.get('host') ?? wire.host;
  // A request through an access point was told where the object is by what it named (F1146).
  const isPoint = accessPoint?.point !== undefined && accessPoint.named !== accessPoint.point.alias;
  const bucket = isPoint ? writeLabel(accessPoint.point) : (accessPoint?.named ?? ofBucket);
  const inHost = host.toLowerCase().startsWith(`${bucket}.`);
  const isSecure = wire.secure && dialect.answers.locationsNameTls;
  return `${isSecure ? 'https' : 'http'}://${host}/${inHost ? '' : `${bucket}/`}${encodeComponent(key)}`;
}

function writeLabel({ name, account }: Pick<AccessPoint, 'name' | 'account'>): string {
  return `${name}-${account.id}`;
}

export function encodeComponent(text: string): string {
  return encodeUrl(text).replaceAll('/', '%2F');
}
