import { hasSecretField, hideSecrets, printAs, printableUrl } from '../text/secrets';
import type { RequestEntry } from './entry';

/** The fields of a form come before its file, and S3 reads 20 KB of them. */
const FORM = 65_536;

/**
 * The entry with what is secret in it read by its name alone: no copy, clone or text has it. Its URL and its body are such members if they
 * have a secret in them. Most entries have none, and are returned as they are.
 */
export function withHiddenSecrets(entry: RequestEntry): RequestEntry {
  const { headers, input, output } = entry;
  const hidden = { headers: hideSecrets(headers), input: hideSecrets(input), output: output && outputOf(output) };
  const isSame = hidden.headers === headers && hidden.input === input && hidden.output === output;
  const url = printableUrl(entry.url);
  const secretMembers = [...(url === entry.url ? [] : ['url']), ...(isSecretForm(entry) ? ['body'] : [])];
  if (isSame && secretMembers.length === 0) return entry;
  const members = Object.getOwnPropertyDescriptors(entry);
  const copy: RequestEntry = Object.defineProperties({}, members) as RequestEntry; // the same members
  Object.assign(copy, hidden);
  if (secretMembers.length === 0) return copy;
  for (const name of secretMembers) Object.defineProperty(copy, name, { enumerable: false });
  const words: Readonly<Record<string, unknown>> = { url, body: '<form with a secret>' };
  const printed = () =>
    Object.fromEntries(
      Object.keys(members)
        .filter((name) => name !== 'fault')
        .map((name) => [name, secretMembers.includes(name) ? words[name] : Reflect.get(copy, name)]),
    );
  return printAs(copy, printed);
}

function outputOf(output: object): object {
  const keys = 'Credentials' in output ? output.Credentials : undefined;
  const hidden = typeof keys === 'object' && keys !== null ? hideSecrets(keys) : keys;
  return hideSecrets(hidden === keys ? output : { ...output, Credentials: hidden });
}

function isSecretForm({ method, headers, body }: RequestEntry): boolean {
  if (method !== 'POST' || body === undefined) return false;
  const type = headers['content-type'];
  if (type === undefined || !/x-www-form-urlencoded|multipart\/form-data/i.test(type)) return false;
  return hasSecretField(Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, FORM)).toString('latin1'));
}
