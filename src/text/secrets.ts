import { inspect, types } from 'node:util';
import { foldText } from './folding';
import { isArray, isAsymmetric, isRecord, messageOf } from './value-kinds';

/** What is told of each secret: its value, and the word that stands in its place. */
export type NoteSecret = (value: string, word: string) => void;

/**
 * The words by the ends of names in lower case; only letters and digits count. An MFA code is not a secret, since it works once and for
 * half a minute. The signature in a header belongs to one request, so it is not a secret either. The signature of a presigned URL or form
 * works for everybody, up to seven days.
 */
const words: readonly (readonly [RegExp, string])[] = [
  // Of a listing, of a call that is not to be carried out twice, and what the mock read of a token.
  [/(?:continuation|next|request|client|idempotency)token$|^subjectfrom/, ''],
  [/(?:token|jwt|authorization|authentication|auth|bearer)$/, '<token>'],
  [/assertion$/, '<assertion>'],
  [/(?:signature|^sig|urlsig)$/, '<signature>'],
  [/(?:cookie2?|sessionid)$/, '<cookie>'],
  // Of SSE-C.
  [/customerkey$/, '<key>'],
  // Whoever names a member so, whatever stands around it, has a secret in it. An MFA device's is what its codes are made of.
  [/secret|passw(?:or)?d|passphrase|passcode|pwd$|authtoken|bearertoken/, '<secret>'],
  [/apikey|authkey|privatekey/, '<key>'],
];
const metadata = /^xamzmeta/;

interface KnownName {
  /** The word in the place of a value of that name; undefined if the value is no secret. */
  readonly word: string | undefined;
  readonly isPublic: boolean;
}

/** What is known of names: each entry of a journal contains the names of its headers, its input and its output. */
const knownNames = new Map<string, KnownName>();
const REMEMBERED = 500;
const LONGEST = 64;
/** Also those of metadata. */
const looked = /(?:authorization|customer-?key)$|^host$/i;

/** Returns the word in place of a value with that name, or undefined if the value is no secret. */
export function findWord(name: string): string | undefined {
  return knowName(name).word;
}

/** Whether a value of that name has a secret only if it is an address. */
export function isPublicName(name: string): boolean {
  return knowName(name).isPublic;
}

function knowName(name: string): KnownName {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const word = readWord(name);
  const read = { word, isPublic: word === undefined && !looked.test(name) };
  if (knownNames.size >= REMEMBERED) knownNames.clear();
  if (name.length <= LONGEST) knownNames.set(name, read);
  return read;
}

function readWord(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[^a-z\d]/g, '');
  if (metadata.test(plain)) return undefined;
  return words.find(([names]) => names.test(plain))?.[1] || undefined;
}

function mayBeAddress(text: string): boolean {
  if (text.includes('://')) return true;
  const query = text.indexOf('?');
  return query !== -1 && text.includes('=', query);
}

export function printable(name: string, value: unknown, note?: NoteSecret): unknown {
  if (typeof value !== 'string' || value === '') return value;
  const lower = name.toLowerCase();
  if (lower.endsWith('authorization')) return printableAuthorization(value, note);
  if (lower === 'host') return printableAuthority(value, note);
  const word = findWord(name);
  if (word === undefined) return mayBeAddress(value) && lower !== 'key' ? printableUrl(value, note) : value;
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
/** The signature belongs to one request. */
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

/** For a key of SSE-C, notes the key; for Basic, the name and the password. */
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
    const end = endOfAuthority(part);
    return `${printableAuthority(part.slice(0, end), note)}${part.slice(end)}`;
  });
  return printed.join('//');
}

/** A password can contain a slash that nobody escaped: then the text behind a colon is no port. */
function endOfAuthority(part: string): number {
  const end = part.search(/[/?#\\\s]|$/);
  return /:\d*$|\]$|^[^:]*$/.test(part.slice(0, end)) ? end : part.search(/[\s"'<>]|$/);
}

function printableAuthority(authority: string, note?: NoteSecret): string {
  const at = authority.lastIndexOf('@');
  if (at === -1) return authority;
  const userinfo = authority.slice(0, at);
  for (const one of [userinfo, ...userinfo.split(':')]) note?.(one, '<userinfo>');
  return `<userinfo>${authority.slice(at)}`;
}

/** Reads the fields of a form or a query. Each value reaches to the next `&`. */
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
    const word = equals === -1 ? undefined : findWord(readName(part.slice(0, equals)));
    const from = at + equals + 1;
    if (word !== undefined && from < field.length) {
      note?.(field.slice(from), word);
      return `${field.slice(0, from)}${word}`;
    }
    at += part.length + 1;
  }
  if (note !== undefined) noteEscaped(field, note);
  return field;
}

/** Reads the name without the text in front of it, such as a path. */
function readName(written: string): string {
  return (
    foldText(written)
      .text.trim()
      .split(/[\s/,"'({]/)
      .at(-1) ?? ''
  );
}

/** Notes a field that was escaped as a whole, or that contains an address with its own query. */
function noteEscaped(field: string, note: NoteSecret): void {
  if (!/%(?:3[adf]|26|25)/i.test(field)) return;
  const { text } = foldText(field);
  if (text !== field) printableFields(printableUserinfo(text, note), note);
}

/** All in these is secret, whatever a test wrote in their place: a text, a list, or a member with a misspelt name. */
const holders = /(?:^|[^a-z])(?:credentials|mfa)$|createMfaDevice$/;
/**
 * A value that is no user or account may be a user or an account in other words than the mock reads: `['partner', 'AKID', 'secret']`, or
 * `partner:AKID:secret`.
 */
const fixtures = /(?:^|[^a-z])(?:accounts|users|roles|(?:user|role) '[^']*')$|create(?:Account|User|Role)$/s;
const publicInHolders = /^(?:accesskeyid|serial|expiration|active|name)$/;

/** The names of what stands beside secrets. */
function isPublicInHolders(name: string): boolean {
  return publicInHolders.test(name.toLowerCase());
}

/** What a test gave, to be quoted in a message. */
export function printableGiven(name: string, value: unknown): unknown {
  if (holders.test(name)) return printableHolder(/mfa/i.test(name) ? '<secret>' : '<credentials>', value);
  if (fixtures.test(name)) return printableFixture(value);
  if (typeof value === 'string') return printable(name, value);
  // A secret of another kind than text is a mistake that the message is about.
  const isSecret = isArray(value) || isText(value) || isRecord(value);
  return isSecret ? (findWord(name) ?? value) : value;
}

const DEEPEST = 4;

/** `at` names what has the value, whose name is `thing`. */
export function printableMember(at: string, thing: string, value: unknown): unknown {
  if (isPublicInHolders(thing)) return value;
  // That of a session is true or false.
  if (thing === 'mfa' && at.endsWith('session')) return printableFixture(value);
  const printed = printableGiven(thing, value);
  return holders.test(at) || thing === 'value' || thing === 'further argument' ? printableGiven(at, printed) : printed;
}

/** A name is what such a message is about. Keys, passwords and tokens are longer than this. */
const shortName = /^[\w.@=+-]{0,12}$/;

function printableFixture(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return shortName.test(value) ? value : '<text>';
  if (isText(value) || (depth > 0 && isArray(value))) return printableHolder('<text>', value);
  if (isArray(value)) return value.map((item) => printableFixture(item, depth + 1));
  if (types.isSet(value) || types.isMap(value)) return printableHolder('<text>', value);
  if (!isRecord(value) || isAsymmetric(value)) return value;
  const members = Object.entries(value).map(([name, item]) => [
    name,
    findWord(name) ?? printableGiven(name, printableFixture(item, depth + 1)),
  ]);
  return Object.fromEntries(members);
}

/** The message is about the members that are no texts. */
function printableHolder(word: string, value: unknown, depth = 0): unknown {
  if (value === '') return value;
  if (depth === DEEPEST || isText(value)) return word;
  const printedItem = (item: unknown) => printableHolder(word, item, depth + 1);
  if (isArray(value)) return value.map(printedItem);
  if (types.isSet(value)) return new Set([...value].map(printedItem));
  if (types.isMap(value)) return new Map([...value].map(([name, item]) => [name, printedItem(item)]));
  if (!isRecord(value) || isAsymmetric(value)) return value;
  const members = Object.entries(value).map(([name, item]) => {
    const isPublic = isPublicInHolders(name) || !/^(?:string|object)$/.test(typeof item);
    return [name, isPublic ? item : (findWord(name) ?? printedItem(item))];
  });
  return Object.fromEntries(members);
}

function isText(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    types.isStringObject(value) ||
    types.isUint8Array(value) ||
    types.isNativeError(value) ||
    types.isPromise(value)
  );
}

/** Says what is wrong with a text that is no JSON. Node quotes the text around the mistake, which may be a secret. */
export function writeJsonProblem(error: unknown): string {
  const message = messageOf(error);
  const quoted = message.endsWith(' is not valid JSON') ? message.search(/, (?:\.\.\.)?"/) : -1;
  return quoted === -1 ? message : `${message.slice(0, quoted)} in JSON`;
}

function isSecret(name: string, value: unknown): boolean {
  return printable(name, value) !== value;
}

/** The entries include the entries that `hideSecrets` hides. */
export function printableEntries(members: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(members)).flatMap(([name, { enumerable, value, get }]) => {
    // A member that says how another is misspelt throws when it is read.
    if (enumerable !== true && findWord(name) === undefined) return [];
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
  return printAs(members, () => writeWithoutSecrets(members));
}

export function writeWithoutSecrets<Members extends object>(members: Members): Members {
  return Object.fromEntries(printableEntries(members)) as Members; // with words in place of texts
}

/** Hides a member of a handle from copies, clones and the errors of node:assert: it is read by its name alone. */
export function hideMember<Handle extends object>(handle: Handle, name: string & keyof Handle): void {
  Object.defineProperty(handle, name, { enumerable: false });
}
