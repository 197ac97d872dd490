import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';
import { findInOrder, formOrders } from '../request/orders';
import { type FormPart, isFile, readParameters, readParts } from './parts';

/**
 * A browser's form that uploads a file.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 * @module
 */

/** A form as S3 reads it: the fields before the file, and the file. */
export interface Form {
  /** By their names in lower case, in the order in which they came. The values of a field that came several times have commas between them. */
  readonly fields: ReadonlyMap<string, string>;
  /** The first value of each field, for those that count once. */
  readonly first: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
  readonly fileName: string | undefined;
}

/** F562 */
const mostBytes = 20_480;

interface Content {
  /** A text says why there are none. */
  readonly parts: readonly FormPart[] | string;
  readonly files: readonly FormPart[];
  /** The bytes before the content of the file. */
  readonly size: number;
}

const refusalOfContent = findInOrder<typeof formOrders.content, Content>(formOrders.content, {
  'the parts': ({ parts }) => (typeof parts === 'string' ? new S3Error('FormMalformed', {}, parts) : undefined),
  'the bytes before the file'({ parts, files, size }) {
    if (size <= mostBytes) return undefined;
    return new S3Error(
      'FormFieldsTooLong',
      { MaxPostPreDataLengthBytes: mostBytes },
      whyTooLong(size, files[0], parts),
    );
  },
  'one file'({ parts, files }) {
    if (files.length === 1) return undefined;
    return new S3Error('FormFileCount', { ArgumentValue: String(files.length) }, describeFiles(parts));
  },
});

export function readForm(contentType: string, body: Uint8Array): Form | S3Error {
  const boundary = readParameters(contentType).parameters.get('boundary') ?? '';
  const parts =
    boundary === ''
      ? `the Content-Type ${writeGiven(contentType)} has no boundary`
      : readParts(body, boundary, mostBytes);
  const files = typeof parts === 'string' ? [] : parts.filter(isFile);
  const [file] = files;
  const refusal = refusalOfContent({ parts, files, size: file?.at ?? body.length });
  if (refusal !== undefined || typeof parts === 'string' || file === undefined)
    return refusal ?? new S3Error('FormMalformed');
  return makeForm(parts.slice(0, parts.indexOf(file)), file);
}

function whyTooLong(size: number, file: FormPart | undefined, parts: Content['parts']): string {
  return file === undefined
    ? `the form has ${size} bytes and no file within the first ${mostBytes}: ${describeFiles(parts)}`
    : `the form has ${size} bytes before the content of its file`;
}

const mostNames = 20;

function describeFiles(parts: Content['parts']): string {
  if (typeof parts === 'string') return parts;
  const names = parts.slice(0, mostNames).map(({ name }) => name ?? '(without a name)');
  const others = parts.length > mostNames ? ` and ${parts.length - mostNames} more` : '';
  const problem = parts.some(isFile) ? '' : ', none of which is named file';
  return `the fields of the form are ${names.join(', ') || '(none)'}${others}${problem}`;
}

function makeForm(before: readonly FormPart[], { content: file, fileName }: FormPart): Form {
  const fields = new Map<string, string>();
  const first = new Map<string, string>();
  for (const { name, content } of before) {
    if (name === undefined) continue;
    const field = name.toLowerCase();
    const value = withFileName(text(content), fileName);
    const earlier = fields.get(field);
    fields.set(field, earlier === undefined ? value : `${earlier},${value}`);
    if (earlier === undefined) first.set(field, value);
  }
  return { fields, first, file, fileName };
}

function text(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
}

const placeholder = `\${filename}`;

/** `${filename}` is the last part of the file's path. Without a file's name it stays as it is (F561). */
function withFileName(value: string, fileName: string | undefined): string {
  if (fileName === undefined || !value.includes(placeholder)) return value;
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  // As a text, the replacement would read `$&` in a file's name.
  return value.replaceAll(placeholder, () => name);
}
