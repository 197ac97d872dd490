import type { VersionLine } from './answers';

/** The calls of the library, as a test writes them. */

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

/** `before` is the number of versions and markers above it. */
export function writeRestore(bucket: string, { key }: VersionLine, before: number, details: object): string {
  const named = writeText(key);
  return [
    `const { body } = ${writeBucket(bucket)}.newest(${named}, ${before});`,
    `${writeBucket(bucket)}.put(${named}, body${writeDetails(details)});`,
  ].join('\n');
}

/** No handle of a bucket deletes one version: a client does. */
export function writeDeleteOfVersion(bucket: string, { key, versionId }: VersionLine): string {
  return `await client.send(new DeleteObjectCommand(${writeObject({ Bucket: bucket, Key: key, VersionId: versionId })}));`;
}

const usualType = 'binary/octet-stream';

/** What a copy of a version keeps beside its bytes. */
export function detailsOf({ contentType, headers = {}, metadata = {}, tags = {} }: VersionLine): object {
  return {
    ...(contentType !== undefined && contentType !== usualType && { contentType }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
