import https from 'node:https';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Key {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

export interface Sent {
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
  /** The key that the signature names. The mock does not check the signature. Null sends none. */
  readonly key?: Key | null;
  readonly region?: string;
  readonly service?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly port?: number;
}

const version = '2011-06-15';

export function signedAs({ accessKeyId, sessionToken }: Key, region = 'us-east-1', service = 'sts') {
  const scope = `${accessKeyId}/20260301/${region}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=0`,
    'x-amz-date': '20260301T120000Z',
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
}

export function formOf(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ Version: version, ...parameters }).toString();
}

export function send(parameters: Readonly<Record<string, string>>, sent: Sent = {}): Promise<RawReply> {
  const { host = 'sts.amazonaws.com', method = 'POST', path = '/', region, service } = sent;
  const { key = { accessKeyId: 'AKIAUNKNOWN' }, body = formOf(parameters) } = sent;
  const headers = {
    ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(key !== null && signedAs(key, region, service)),
    ...sent.headers,
  };
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = https.request({ host, method, path, headers: given }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const lines = response.rawHeaders;
        const pairs = lines.flatMap((name, index) => (index % 2 === 0 ? [[name, lines[index + 1] ?? '']] : []));
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(pairs), body: text });
      });
    });
    request.on('error', reject);
    request.end(method === 'POST' ? body : undefined);
  });
}

export function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/g, 'UUID');
}
