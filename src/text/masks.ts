/**
 * The words that stand in the place of secrets in what the library prints by itself: the trace, the logs of the command line and of the
 * door, failed tests, reasons, messages, and the page of the door. Data contains what was sent (decision 96). This file imports nothing,
 * since the page shares it.
 * @module
 */

/** The names of headers, parameters, form fields, members and options. Neither case nor hyphens and underscores count. */
const places: Readonly<Record<string, readonly string[]>> = {
  '<signature>': ['Signature', 'X-Amz-Signature'],
  '<token>': [
    ...['X-Amz-Security-Token', 'X-Amz-S3session-Token', 'SessionToken', 'WebIdentityToken', 'SAMLAssertion'],
    // The tokens of IBM Cloud.
    ...['access_token', 'refresh_token', 'delegated_refresh_token'],
  ],
  '<key>': [
    ...['SSECustomerKey', 'CopySourceSSECustomerKey', 'apikey'],
    'X-Amz-Server-Side-Encryption-Customer-Key',
    'X-Amz-Copy-Source-Server-Side-Encryption-Customer-Key',
  ],
  '<secret>': ['SecretAccessKey'],
  '<cookie>': ['Cookie', 'Set-Cookie'],
};

const words: ReadonlyMap<string, string> = new Map(
  Object.entries(places).flatMap(([word, names]) => names.map((name) => [plainName(name), word] as const)),
);

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** Returns the word for a value of that name, or undefined if the value is no secret. */
export function findMask(name: string): string | undefined {
  return words.get(plainName(name));
}

/** Returns the text of a header, a parameter or a member as the library prints it. */
export function maskText(name: string, text: string): string {
  if (text === '') return text;
  const plain = plainName(name);
  if (plain === 'authorization' || plain === 'proxyauthorization') return maskAuthorization(text);
  // The policy of a form is in Base64, and the policy of a bucket is JSON.
  if (plain === 'policy' && /^[\w+/=]+$/.test(text)) return '<policy>';
  return words.get(plain) ?? maskAddress(text);
}

const signed = /^(AWS4-[\w-]+\s.*?Signature=)[^,\s]+|^(AWS\s+[^\s:]+:)\S+/is;
const scheme = /^\s*([a-z][\w-]*)\s/i;

/** A signature keeps the key, the scope and the signed headers beside it. */
function maskAuthorization(text: string): string {
  if (signed.test(text)) return text.replace(signed, '$1$2<signature>');
  const [, name] = scheme.exec(text) ?? [];
  return name === undefined ? '<token>' : `${name} <token>`;
}

function maskAddress(text: string): string {
  return text.includes('://') ? maskUrl(text) : text;
}

const userinfo = /(:\/\/)[^/?#\s]*@/g;
const parameter = /([?&])([^?&#=\s]*)=([^&#\s]*)/g;

/** Masks the password in front of a host, and the parameters of a presigned URL. */
export function maskUrl(url: string): string {
  return url
    .replace(userinfo, '$1<userinfo>@')
    .replace(parameter, (match, before: string, name: string) =>
      words.has(plainName(name)) ? `${before}${name}=${findMask(name)}` : match,
    );
}

/** Masks the fields of a form that was sent as the body of a request. */
export function maskForm(type: string, body: string): string {
  if (/urlencoded/i.test(type)) return maskUrl(`?${body}`).slice(1);
  return /multipart/i.test(type) ? body.split(BETWEEN).map(maskPart).join(BETWEEN) : body;
}

const BETWEEN = '\r\n--';
const AFTER_HEAD = '\r\n\r\n';

function maskPart(part: string): string {
  const end = part.indexOf(AFTER_HEAD);
  const [, name] = /;\s*name="?([\w-]+)/i.exec(part.slice(0, Math.max(0, end))) ?? [];
  const start = end + AFTER_HEAD.length;
  return name === undefined ? part : `${part.slice(0, start)}${maskText(name, part.slice(start))}`;
}

/** Masks all texts in a value of JSON, by the names of the members that contain them. */
export function maskJson(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return maskText(name, value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, name));
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, maskJson(item, member)]));
}
