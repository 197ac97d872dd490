import { inspect, types } from 'node:util';
import { foldText } from './folding';
import { isArray, isAsymmetric, isRecord } from './value-kinds';

/** What is told of each secret: its value, and the word that stands in its place. */
export type NoteSecret = (value: string, word: string) => void;

/** By names in lower case, without hyphens and underscores. An MFA code is not a secret, since it works once and for half a minute; nor is the signature in a header, which is that of one request. */
const words: ReadonlyMap<string, string> = new Map([
  ['webidentitytoken', '<token>'],
  ['tradeintoken', '<token>'],
  ['samlassertion', '<assertion>'],
  ['sessiontoken', '<token>'],
  ['xamzsecuritytoken', '<token>'],
  ['xamzs3sessiontoken', '<token>'],
  // Of a presigned URL or form: it works for everybody, up to seven days.
  ['xamzsignature', '<signature>'],
  ['signature', '<signature>'],
  ['ssecustomerkey', '<key>'],
  ['copysourcessecustomerkey', '<key>'],
  ['xamzserversideencryptioncustomerkey', '<key>'],
  ['xamzcopysourceserversideencryptioncustomerkey', '<key>'],
  // IBM Cloud's token service.
  ['apikey', '<key>'],
  ['accesstoken', '<token>'],
  ['refreshtoken', '<token>'],
  // An MFA device's, of which its codes are made.
  ['secret', '<secret>'],
  // What is sent to others than AWS and IBM, or stands in a page's address.
  ['token', '<token>'],
  ['xauthtoken', '<token>'],
  ['idtoken', '<token>'],
  ['subjecttoken', '<token>'],
  ['actortoken', '<token>'],
  ['jwt', '<token>'],
  ['assertion', '<assertion>'],
  ['clientassertion', '<assertion>'],
  ['cookie', '<cookie>'],
  ['setcookie', '<cookie>'],
]);

/** Whoever names a member so, whatever stands around it, has a secret in it. */
const telling = /secret|passw(?:or)?d|passphrase|passcode|apikey|privatekey|authtoken|bearertoken/;
const metadata = 'xamzmeta';

/** The word in the place of a value of that name; undefined if it is no secret. */
export function findWord(name: string): string | undefined {
  const plain = name.replace(/[-_\s]/g, '').toLowerCase();
  const word = words.get(plain);
  if (word !== undefined || !telling.test(plain) || plain.startsWith(metadata)) return word;
  return plain.includes('key') && !plain.includes('secret') ? '<key>' : '<secret>';
}

export function printable(name: string, value: unknown, note?: NoteSecret): unknown {
  if (typeof value !== 'string' || value === '') return value;
  const lower = name.toLowerCase();
  if (lower === 'authorization' || lower === 'proxy-authorization') return printableAuthorization(value, note);
  if (lower === 'host') return value.includes('@') ? printableUrl(`//${value}`, note).slice(2) : value;
  const word = findWord(name);
  if (word === undefined) return value.includes('://') ? printableUrl(value, note) : value;
  note?.(value, word);
  if (word === '<cookie>') for (const pair of value.split(/[;,]/)) note?.(parameterValue(pair), word);
  // A header that came twice has both values.
  else if (value.includes(', ')) for (const one of value.split(', ')) note?.(one, word);
  return word;
}

function parameterValue(pair: string): string {
  const text = pair.slice(pair.indexOf('=') + 1).trim();
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

const schemeName = /^[a-z][a-z-]{0,24}$/i;
const signingScheme = /^aws4-[a-z\d-]{1,24}$/i;
const nameAlone = /^(?:AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256|AWS|Bearer|Basic)$/i;
/** The signature is that of one request. */
const signed = /^(?:(?:Credential|SignedHeaders|Signature)=|AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)$)/i;
const signedV2 = /^[^\s:]+:[^\s:]+$/;

/** What is of no use to anybody else stays: a scheme, and a signature with what it names. */
function printableAuthorization(value: string, note?: NoteSecret): string {
  // Some clients write the header's name into its value.
  const text = value.replace(/^\s*authorization:/i, '').trim();
  const space = text.search(/\s/);
  const first = space < 0 ? '' : text.slice(0, space);
  const rest = text.slice(first.length).trim();
  if (text === '' || nameAlone.test(text) || (/^aws$/i.test(first) && signedV2.test(rest))) return value;
  if (signingScheme.test(first)) {
    const printed = printableParts(rest, note);
    return printed === rest ? value : `${first} ${printed}`;
  }
  const scheme = schemeName.test(first) ? first : '';
  const printed = `${scheme} <token>`.trim();
  if (note !== undefined) {
    note(text, printed);
    noteCredentials(scheme, scheme === '' ? text : rest, note);
  }
  return printed;
}

function printableParts(parts: string, note?: NoteSecret): string {
  return parts.replace(/[^\s,]+/g, (part) => {
    if (signed.test(part)) return part;
    note?.(part, '<token>');
    return '<token>';
  });
}

const publicParameters = /^(?:username|realm|uri|algorithm|qop|nc|c?nonce|opaque)=/i;

function noteCredentials(scheme: string, rest: string, note: NoteSecret): void {
  note(rest, '<token>');
  const parts = rest.split(/[\s,]+/);
  for (const part of parts) {
    if (publicParameters.test(part) || schemeName.test(part)) continue;
    note(part, '<token>');
    if (part.includes('=')) note(parameterValue(part), '<token>');
  }
  if (scheme.toLowerCase() === 'basic') for (const part of parts) noteBase64(part, '<token>', note);
}

/** Of a key of SSE-C, the key; of Basic, the name and the password. */
export function noteBase64(value: string, word: string, note: NoteSecret): void {
  const text = Buffer.from(value, 'base64').toString('latin1');
  if (!/^[\x20-\x7e\xa0-\xff]+$/.test(text)) return;
  note(text, word);
  const colon = text.indexOf(':');
  if (colon !== -1) note(text.slice(colon + 1), word);
}

/** Words stand in place of the secrets of its query, and of name and password in front of a host. */
export function printableUrl(url: string, note?: NoteSecret): string {
  if (!/[?;#&@]/.test(url)) return url;
  return printableFields(printableUserinfo(url, note), note);
}

function printableUserinfo(url: string, note?: NoteSecret): string {
  if (!url.includes('@')) return url;
  const parts = url.split('//');
  const printed = parts.map((part, index) => {
    const before = parts[index - 1];
    if (before === undefined || (before !== '' && !before.endsWith(':'))) return part;
    const end = part.search(/[/?#\\\s]/);
    const at = (end === -1 ? part : part.slice(0, end)).lastIndexOf('@');
    if (at === -1) return part;
    const userinfo = part.slice(0, at);
    for (const one of [userinfo, ...userinfo.split(':')]) note?.(one, '<userinfo>');
    return `<userinfo>${part.slice(at)}`;
  });
  return printed.join('//');
}

/** Of a form or a query, in which each value reaches to the next `&`. */
export function printableFields(text: string, note?: NoteSecret): string {
  return text
    .split('&')
    .map((field) => printableField(field, note))
    .join('&');
}

function printableField(field: string, note?: NoteSecret): string {
  let at = 0;
  for (const part of field.split(/[?;#]/)) {
    const equals = part.indexOf('=');
    const word = equals === -1 ? undefined : findWord(foldText(part.slice(0, equals)).text);
    const from = at + equals + 1;
    if (word !== undefined && from < field.length) {
      note?.(field.slice(from), word);
      return `${field.slice(0, from)}${word}`;
    }
    if (equals !== -1 && note !== undefined) noteNested(part.slice(equals + 1), note);
    at += part.length + 1;
  }
  return field;
}

/** The address of a page in a field has a query of its own. */
function noteNested(value: string, note: NoteSecret): void {
  if (!/%3a%2f%2f/i.test(value)) return;
  printableUrl(foldText(value).text, note);
}

/** The members of these hold secrets, whatever a test wrote in their place: a text, a list, or a member with a misspelt name. */
const holders = /(?:^|[^a-z])(?:credentials|mfa)$/;
const publicInHolders = /^(?:accesskeyid|serial|expiration|active)$/;

/** The names of what stands beside secrets. */
export function isPublicName(name: string): boolean {
  return publicInHolders.test(name.toLowerCase());
}

/** What a test gave, to be quoted in a message. */
export function printableGiven(name: string, value: unknown): unknown {
  if (holders.test(name)) return printableHolder(name, value);
  if (typeof value === 'string') return printable(name, value);
  // A secret of another kind than text is a mistake that the message is about.
  const word = isArray(value) || types.isUint8Array(value) ? findWord(name) : undefined;
  return word ?? value;
}

function printableHolder(name: string, value: unknown): unknown {
  const word = name.endsWith('mfa') ? '<secret>' : '<credentials>';
  if (typeof value === 'string') return word;
  if (isArray(value)) return value.map((item) => printableHolder(name, item));
  if (types.isPromise(value)) return word;
  if (!isRecord(value) || isAsymmetric(value)) return value;
  const members = Object.entries(value).map(([member, item]) => {
    const isPublic = typeof item !== 'string' || isPublicName(member);
    return [member, isPublic ? item : (findWord(member) ?? '<secret>')];
  });
  return Object.fromEntries(members);
}

/** What is wrong with a text that is no JSON. Node quotes the text around the mistake, which may be a secret. */
export function writeJsonProblem(error: unknown): string {
  const message = types.isNativeError(error) ? error.message : String(error);
  return message.replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, ' in JSON');
}

function isSecret(name: string, value: unknown): boolean {
  return printable(name, value) !== value;
}

/** Those that `hideSecrets` hides are included. */
export function printableEntries(members: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(members)).flatMap(([name, { enumerable, value, get }]) => {
    const own: unknown = get === undefined ? value : Reflect.get(members, name);
    return enumerable === true || isSecret(name, own) ? [[name, printable(name, own)] as const] : [];
  });
}

/** If it threw, jest would print all members as they are. */
export function makeCopyJson<Outline>(copy: object): Outline {
  return Object.fromEntries(printableEntries(copy)) as Outline; // of the same handle
}

export function printAs<Members extends object>(members: Members, printed: () => object): Members {
  // Of no other effect: comparisons and copies do not see what is not enumerable.
  return Object.defineProperties(members, { toJSON: { value: printed }, [inspect.custom]: { value: printed } });
}

/** Credentials, which are there to be copied into a client: a copy has the secrets, and a text does not. */
export function printWithoutSecrets<Members extends object>(members: Members): Members {
  return printAs(members, () => Object.fromEntries(printableEntries(members)));
}

/** Hides a member of a handle from clones and from the errors of node:assert: it is read by its name alone. */
export function hideMember<Handle extends object>(handle: Handle, name: string & keyof Handle): void {
  Object.defineProperty(handle, name, { enumerable: false });
}
