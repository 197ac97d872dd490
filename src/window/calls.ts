/** The calls of the library and of clients, as a test writes them. */

/** `'report.pdf'` */
function writeText(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => [...found].map(escapeUnit).join(''))}'`;
}

function escapeUnit(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function writeObject(members: object): string {
  const written = Object.entries(members).map(([name, value]) => `${writeName(name)}: ${writeValue(value)}`);
  return `{ ${written.join(', ')} }`;
}

function writeName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : writeText(name);
}

function writeValue(value: unknown): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null ? writeObject(value) : writeText(String(value));
}

function writeBucket(bucket: string): string {
  return `s3.bucket(${writeText(bucket)})`;
}

function writeDetails(details: object): string {
  return Object.keys(details).length === 0 ? '' : `, ${writeObject(details)}`;
}

export type Content = { readonly text: string } | { readonly file: string };

export function writePut(bucket: string, key: string, content: Content, details: object): string {
  const body = 'text' in content ? writeText(content.text) : `readFileSync(${writeText(content.file)})`;
  return `${writeBucket(bucket)}.put(${writeText(key)}, ${body}${writeDetails(details)});`;
}

export function writeDelete(bucket: string, key: string): string {
  return `${writeBucket(bucket)}.delete(${writeText(key)});`;
}

export function writeCreateBucket(name: string, settings: object): string {
  return `s3.createBucket(${writeText(name)}${writeDetails(settings)});`;
}

/** What no handle of a bucket does, a client asks of S3. */
export function writeCommand(operation: string, input: object): string {
  return `await client.send(new ${operation}Command(${writeObject(input)}));`;
}

export function writePresign(input: object): string {
  return `const url = await getSignedUrl(client, new GetObjectCommand(${writeObject(input)}));`;
}

/** An expression, in a call that is written. */
export class Expression {
  constructor(readonly text: string) {}
}

export const mfaHeader = new Expression('s3.mfa.header()');
