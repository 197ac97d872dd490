import { createHmac } from 'node:crypto';
import { send, type WireAnswer, type WireCall } from './wire-client';

/**
 * Browser's forms in bytes, signed as AWS's documentation says. It shares no code with the library, so that each tests the other.
 * @module
 */

export type Field = readonly [name: string, value: string];

interface File {
  readonly content?: string | Uint8Array;
  /** Null leaves the parameter out. */
  readonly name?: string | null;
  readonly headers?: readonly string[];
}

const boundary = '----FormBoundary7MA4YWxkTrZu0gW';

/** The bytes of a form, its file last unless there are fields after it. */
export function formBody(fields: readonly Field[], file: File | undefined = {}, after: readonly Field[] = []): Buffer {
  const written = fields.map(([name, value]) => partOf([`form-data; name="${name}"`], value));
  const parts = [
    ...written,
    ...(file === undefined ? [] : [fileOf(file)]),
    ...after.map(([name, value]) => partOf([`form-data; name="${name}"`], value)),
  ];
  return bodyOf(parts);
}

function fileOf({ content = 'data', name = 'report.pdf', headers = [] }: File): Buffer {
  return partOf([`form-data; name="file"${name === null ? '' : `; filename="${name}"`}`, ...headers], content);
}

export function partOf([disposition, ...headers]: readonly string[], content: string | Uint8Array): Buffer {
  const lines = [`Content-Disposition: ${disposition}`, ...headers].map((line) => `${line}\r\n`);
  return Buffer.concat([Buffer.from(`${lines.join('')}\r\n`), Buffer.from(content)]);
}

export function bodyOf(parts: readonly Uint8Array[]): Buffer {
  const lines = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([...lines, Buffer.from(`--${boundary}--\r\n`)]);
}

export const formType = `multipart/form-data; boundary=${boundary}`;

export function sendForm(body: Uint8Array, { headers, ...more }: Partial<WireCall> = {}): Promise<WireAnswer> {
  return send({
    method: 'POST',
    path: '/vault',
    body,
    headers: { 'Content-Type': formType, Authorization: undefined, ...headers },
    ...more,
  });
}

export function postAnonymous(fields: readonly Field[], more?: Partial<WireCall>): Promise<WireAnswer> {
  return sendForm(formBody(fields), more);
}

/** The defaults upload `data` to the key `report.pdf` of the bucket `vault`. */
export interface SignedForm {
  readonly bucket?: string;
  readonly key?: string;
  /** Fields beside the key and those of the signature. */
  readonly fields?: readonly Field[];
  /** Conditions beside those on the bucket, the key and the fields of the signature; by default, one for each field. */
  readonly conditions?: readonly unknown[];
  readonly allConditions?: readonly unknown[];
  readonly policy?: unknown;
  readonly expiration?: string;
  readonly version?: 4 | 2;
  readonly keys?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
  readonly region?: string;
  readonly service?: string;
  readonly at?: Date;
  readonly file?: File | undefined;
  readonly after?: readonly Field[];
  /** Fields that are not sent, in lower case. */
  readonly without?: readonly string[];
  /** Other values of fields, by their names in lower case. */
  readonly changed?: Readonly<Record<string, string>>;
}

const anyKeys: NonNullable<SignedForm['keys']> = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

export function signedFields(form: SignedForm = {}): readonly Field[] {
  const { bucket = 'vault', key = 'report.pdf', fields = [], version = 4, keys = anyKeys, at = new Date() } = form;
  const date = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const scope = `${date.slice(0, 8)}/${form.region ?? 'us-east-1'}/${form.service ?? 's3'}/aws4_request`;
  const token: readonly Field[] = keys.sessionToken === undefined ? [] : [['x-amz-security-token', keys.sessionToken]];
  const ofV4: readonly Field[] = [
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', `${keys.accessKeyId}/${scope}`],
    ['x-amz-date', date],
  ];
  const signed = [...(version === 4 ? ofV4 : []), ...token];
  const eachField = fields.map(([name, value]) => ({ [name]: value }));
  const conditions = form.allConditions ?? [
    { bucket },
    { key },
    ...(form.conditions ?? eachField),
    ...signed.map(([name, value]) => ({ [name]: value })),
  ];
  const expiration = form.expiration ?? `${new Date(at.getTime() + 3_600_000).toISOString().slice(0, 19)}Z`;
  const policy = encodePolicy(form.policy ?? { expiration, conditions });
  const signature: readonly Field[] =
    version === 4
      ? [['x-amz-signature', signatureV4(policy, scope, keys.secretAccessKey)]]
      : [
          ['AWSAccessKeyId', keys.accessKeyId],
          ['signature', createHmac('sha1', keys.secretAccessKey).update(policy).digest('base64')],
        ];
  const all: readonly Field[] = [['key', key], ...fields, ...signed, ['policy', policy], ...signature];
  return all
    .filter(([name]) => form.without?.includes(name.toLowerCase()) !== true)
    .map(([name, value]) => [name, form.changed?.[name.toLowerCase()] ?? value]);
}

/** A text is not written as JSON. */
export function encodePolicy(policy: unknown): string {
  return Buffer.from(typeof policy === 'string' ? policy : JSON.stringify(policy)).toString('base64');
}

function signatureV4(policy: string, scope: string, secret: string): string {
  const key = scope
    .split('/')
    .reduce<string | Buffer>((from, part) => createHmac('sha256', from).update(part).digest(), `AWS4${secret}`);
  return createHmac('sha256', key).update(policy).digest('hex');
}

export function post(form: SignedForm = {}, more?: Partial<WireCall>): Promise<WireAnswer> {
  return sendForm(formBody(signedFields(form), 'file' in form ? form.file : {}, form.after), more);
}
