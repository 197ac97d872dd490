import { types } from 'node:util';
import { foldText } from '../text/folding';
import { type Surface, tell, tellAll } from '../text/reason';
import { SecretValues } from '../text/secret-values';
import {
  hideMember,
  isPublicName,
  type NoteSecret,
  noteBase64,
  printAs,
  printable,
  printableFields,
  printableUrl,
} from '../text/secrets';
import { isRecord } from '../text/value-kinds';
import type { RequestEntry } from './entry';
import { changedNotes, closedSecrets, closeRequest, setClosed, wholeOf, withMembers } from './entry-record';

/** A request as it came, or as the journal has it. */
interface SecretSource {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly input?: object;
  readonly output?: object | undefined;
}

export function isClosed(entry: RequestEntry): boolean {
  return closedSecrets(entry) !== undefined;
}

/** The secrets by their values. Every text that quotes an entry, or a value that a test compares with it, goes through them. */
export function secretsOf(entry: RequestEntry): SecretValues {
  return closedSecrets(entry) ?? collectOf(entry).secrets;
}

function collectOf(entry: RequestEntry): Collected {
  const { bucket, key, caller, method, url, headers, body, input, output } = entry;
  const collected = collectSecrets({ method, url, headers, body, input, output });
  collected.secrets.omitWords([bucket, key, caller === 'anonymous' ? undefined : caller.accessKeyId]);
  return collected;
}

export function secretsOfAll(entries: Iterable<RequestEntry>): SecretValues {
  const all = new SecretValues();
  for (const entry of entries) all.addAll(secretsOf(entry));
  return all;
}

interface Collected {
  readonly secrets: SecretValues;
  readonly isSecretForm: boolean;
}

/** Of most requests, and nothing is added to it. */
const noSecrets = new SecretValues();

/** The one place that decides what is a secret of a request. */
export function collectSecrets({ method, url, headers, body, input = {}, output }: SecretSource): Collected {
  let secrets = noSecrets;
  const note: NoteSecret = (value, word) => {
    if (secrets === noSecrets) secrets = new SecretValues();
    secrets.add(value, word);
  };
  printableUrl(url, note);
  noteMembers(headers, note);
  noteMembers(input, note);
  if (output !== undefined) noteMembers(output, note);
  const isSecretForm = body !== undefined && method === 'POST' && noteBody(body, headers['content-type'] ?? '', note);
  return { secrets, isSecretForm };
}

function noteMembers(members: object, note: NoteSecret): void {
  const given = members as Readonly<Record<string, unknown>>; // read by its own names
  for (const name in given) {
    const value = given[name];
    if (name === 'Credentials' && isRecord(value)) noteMembers(value, note);
    else if (typeof value === 'string') noteMember(name, value, note);
  }
}

const customerKey = /customer-?key$/i;
/** An address, or characters that came as bytes. */
const mayHaveSecrets = /[?\x80-\xff]|:\/\//;

function noteMember(name: string, value: string, note: NoteSecret): void {
  // A first look at a journal comes here for each member of each entry.
  if (isPublicName(name) && !mayHaveSecrets.test(value)) return;
  printable(name, value, note);
  if (customerKey.test(name)) noteBase64(value, '<key>', note);
  // What is not ASCII comes as a character for each byte.
  if (/[\x80-\xff]/.test(value)) printable(name, Buffer.from(value, 'latin1').toString('utf8'), note);
}

/** Returns whether the body is a form with a secret. Others are data, and are not searched. */
function noteBody(body: Uint8Array, type: string, note: NoteSecret): boolean {
  let isSecret = false;
  const noteSecret: NoteSecret = (value, word) => {
    isSecret = true;
    note(value, word);
  };
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const first = text.trimStart()[0] ?? '<';
  if (/multipart/i.test(type)) noteParts(text, noteSecret);
  else if (first === '{' || first === '[') noteJson(text, noteSecret);
  // S3's own documents are XML. What says of itself that it is something else may be a form all the same.
  else if (first !== '<') printableFields(text, noteSecret);
  return isSecret;
}

const partName = /[;\s]name(\*?)\s*=\s*("(?:\\.|[^"\\])*"?|'[^']*'|[^\s;]*)/gi;

/** Whatever separates the parts: a line that begins with two hyphens. Lenient, since clients write names in more ways than S3 reads. */
function noteParts(form: string, note: NoteSecret): void {
  for (const part of form.split(/(?:^|\r?\n)--/)) {
    const end = part.search(/\r?\n\r?\n/);
    if (end === -1) continue;
    for (const [, star, written = ''] of part.slice(0, end).matchAll(partName))
      noteField(
        readName(star === '*' ? written.slice(written.lastIndexOf("'") + 1) : written),
        part.slice(end).trim(),
        note,
      );
  }
}

function readName(written: string): string {
  return foldText(written.replace(/^["']|["']$/g, '')).text.replaceAll('\\', '');
}

function noteField(name: string, value: string, note: NoteSecret): void {
  const lower = name.toLowerCase();
  if (lower === 'file') return;
  if (lower === 'policy') notePolicy(value, note);
  else noteMember(name, value, note);
}

function notePolicy(value: string, note: NoteSecret): void {
  const noteWithPolicy: NoteSecret = (secret, word) => {
    note(secret, word);
    note(value, '<policy>');
  };
  for (const text of [value, Buffer.from(value, 'base64').toString()]) noteJson(text, noteWithPolicy);
}

const jsonToken = /"((?:\\.?|[^"\\])*)(?:"|$)|[:,]|[^\s":,]+/gs;

/**
 * `{ "apikey": "..." }`, and the condition of a form's policy: `["eq", "$x-amz-security-token", "..."]`. The text is read string by string,
 * since it can be cut or misspelt.
 */
function noteJson(text: string, note: NoteSecret): void {
  let [name, between]: [string | undefined, string] = [undefined, ''];
  for (const [token, value] of text.matchAll(jsonToken)) {
    if (value === undefined) {
      between += token;
      continue;
    }
    if (name !== undefined && between.length === 1) noteMember(name, foldText(value).text, note);
    [name, between] = [foldText(value).text.replace(/^\$/, ''), ''];
  }
}

/** An entry as a test gets it: its texts have no secrets, and members with secrets are read by their names alone. `earlier` is used if the same values came before. */
export function closeEntry(whole: RequestEntry, earlier?: SecretValues): RequestEntry {
  const { secrets: own, isSecretForm } = collectOf(whole);
  const secrets = earlier?.isSame(own) ? earlier : own;
  const entry = secrets.isEmpty ? whole : hideSecrets(whole, { secrets, isSecretForm });
  return closeRequest(entry, { secrets, whole });
}

/** The secrets of what is no longer there are still known. */
export function replaceEntry(entry: RequestEntry, change: (whole: RequestEntry) => RequestEntry): RequestEntry {
  const changed = change(wholeOf(entry));
  const secrets = secretsOf(entry);
  const copy = secrets.isEmpty ? changed : hideSecrets(changed, { ...collectOf(changed), secrets });
  return closeRequest(copy, { secrets, whole: changed });
}

/** A form that S3 cannot read is the whole body of its operation. */
function withoutForm({ input, body }: RequestEntry, word?: string): object {
  const whole = 'Body' in input && types.isUint8Array(input.Body) && input.Body.byteLength === body?.byteLength;
  if (!whole) return input;
  if (word !== undefined) return { ...input, Body: word };
  return Object.defineProperty({ ...input }, 'Body', { enumerable: false });
}

/** These members can equal a secret by chance. */
const texts = ['url', 'bucket', 'key', 'versionId', 'client', 'accessPoint'] as const;

const formWord = '<form with a secret>';

function hideSecrets(whole: RequestEntry, { secrets, isSecretForm }: Collected): RequestEntry {
  const { headers, input, output, why, failure, error } = whole;
  const entry = withMembers(whole, {
    headers: hideMembers(headers, secrets),
    input: hideMembers(isSecretForm ? withoutForm(whole) : input, secrets),
    output: output && hideOutput(output, secrets),
    why: why && secrets.hide(why),
    notes: changedNotes(whole, (note) => secrets.hide(note)),
    error: error && { code: error.code, message: secrets.hide(error.message) },
    failure: failure && { ...failure, what: secrets.hide(failure.what) },
  });
  if (printableUrl(whole.url) !== whole.url) hideMember(entry, 'url');
  if (isSecretForm) hideMember(entry, 'body');
  for (const name of texts) if (secrets.hide(whole[name] ?? '') !== (whole[name] ?? '')) hideMember(entry, name);
  return printAs(entry, () => printableMembers(whole, { secrets, isSecretForm }));
}

function printableMembers(whole: RequestEntry, { secrets, isSecretForm }: Collected): PrintableEntry {
  const { url } = whole;
  const form = isSecretForm && { body: formWord, input: withoutForm(whole, formWord) };
  const members = { ...whole, url: printableUrl(url), ...form };
  return secrets.hideMembers(members) as PrintableEntry; // the same members
}

/** An entry with words in place of its secrets. */
export interface PrintableEntry
  extends Omit<RequestEntry<undefined>, 'body' | 'input' | 'operation' | 'output' | 'service'> {
  readonly service: RequestEntry['service'];
  readonly operation: RequestEntry['operation'];
  readonly input: object;
  readonly output: object | undefined;
  readonly body: Uint8Array | string | undefined;
}

export function printableEntry(entry: RequestEntry): PrintableEntry {
  const secrets = secretsOf(entry);
  const whole = wholeOf(entry);
  return secrets.isEmpty ? { ...whole } : printableMembers(whole, { ...collectOf(whole), secrets });
}

/** What an entry says of its request, for a reader elsewhere than in a test. */
export function tellEntry(entry: RequestEntry, surface: Surface): Pick<RequestEntry, 'why' | 'notes'> {
  const secrets = secretsOf(entry);
  const whole = wholeOf(entry);
  // Reading them makes their reasons.
  const { notes } = whole;
  const why = tell(whole, 'why', surface);
  const told = notes.length === 0 ? notes : tellAll(whole, 'notes', surface);
  return { why: why && secrets.hide(why), notes: told.map((note) => secrets.hide(note)) };
}

function hideOutput(output: object, secrets: SecretValues): object {
  const keys = 'Credentials' in output ? output.Credentials : undefined;
  if (!isRecord(keys)) return hideMembers(output, secrets);
  return hideMembers({ ...output, Credentials: hideMembers(keys, secrets) }, secrets);
}

/** No copy, clone, list of members or text has them. Without secrets, the same object. */
function hideMembers<Members extends object>(members: Members, secrets: SecretValues): Members {
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(members));
  const hidden = descriptors.filter(([name, { value }]) => isHidden(name, value, secrets)).map(([name]) => name);
  if (hidden.length === 0) return members;
  const copy = {};
  for (const [name, descriptor] of descriptors)
    Object.defineProperty(copy, name, hidden.includes(name) ? { ...descriptor, enumerable: false } : descriptor);
  return printAs(copy as Members, () => secrets.hideMembers(members)); // the same members
}

function isHidden(name: string, value: unknown, secrets: SecretValues): boolean {
  return typeof value === 'string' && (printable(name, value) !== value || secrets.hide(value) !== value);
}

/** Returns a copy with other members, for example an entry that contains only what is about a key. */
export function copyEntry(entry: RequestEntry, members: Parameters<typeof withMembers>[1]): RequestEntry {
  const copy = withMembers(entry, members);
  const secrets = closedSecrets(entry);
  if (secrets !== undefined) setClosed(copy, { secrets, whole: wholeOf(entry) });
  return copy;
}

interface WireSource extends Omit<SecretSource, 'headers'> {
  readonly headers: ReadonlyMap<string, string>;
}

function secretsOfWire({ headers, ...wire }: WireSource): SecretValues {
  return collectSecrets({ ...wire, headers: Object.fromEntries(headers) }).secrets;
}

/** Hides the secrets of a request that no entry describes, such as a request that came late. */
export function hideInText(wire: WireSource, text: string): string {
  return secretsOfWire(wire).hide(text);
}

/** A bug can quote the request at which it occurred. `cause` is an error that a function of the test threw, so it belongs to the test. */
export function hideInError(wire: WireSource, error: unknown): unknown {
  if (typeof error === 'string') return hideInText(wire, error);
  if (!types.isNativeError(error)) return error;
  const secrets = secretsOfWire(wire);
  for (const name of ['stack', 'message'] as const) {
    const text = error[name];
    const hidden = text === undefined ? text : secrets.hide(text);
    if (hidden !== text) Reflect.defineProperty(error, name, { value: hidden, configurable: true, writable: true });
  }
  return error;
}
