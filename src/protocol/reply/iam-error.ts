/** The parts of a refusal that IBM Cloud's token service answers. */
interface Refused {
  readonly code: string;
  readonly message: string;
}

/**
 * Writes a refusal of IBM Cloud's token service as it was recorded, with the circumstances first (F168). Where the service names its
 * machines, the mock names itself.
 */
export function iamErrorBody(
  { code, message }: Refused,
  userAgent: string | undefined,
  { requestId, now }: { readonly requestId: string; readonly now: number },
): string {
  const time = iamTime(now);
  const context = {
    requestId: requestId.replaceAll('-', ''),
    requestType: 'incoming.Identity_Token',
    userAgent: userAgent ?? '',
    clientIp: '127.0.0.1',
    url: 'https://iam.cloud.ibm.com',
    instanceId: 's3-versioning-mock',
    threadId: '1',
    host: 's3-versioning-mock',
    startTime: time,
    endTime: time,
    elapsedTime: '0',
    locale: 'en_US',
    clusterName: 's3-versioning-mock',
  };
  return JSON.stringify({ context, errorCode: code, errorMessage: message });
}

/** `12.08.2019 12:37:11:756 UTC` */
function iamTime(now: number): string {
  const [, year, month, day, time = '', fraction] =
    /^(\d+)-(\d\d)-(\d\d)T(.{8})\.(\d{3})/.exec(new Date(now).toISOString()) ?? [];
  return `${day}.${month}.${year} ${time}:${fraction} UTC`;
}
