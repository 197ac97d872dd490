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
  /**
   * The fields by their names in lower case, in the order in which they came. If a field came several times, commas separate its values.
   */
  readonly fields: ReadonlyMap<string, string>;
  /** The first value of each field, for fields that count once. */
  readonly first: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
  readonly fileName: string | undefined;
}

/** F562 */
const mostBytes = 20_480;

interface Content {
  readonly parts: readonly FormPart[];
  /** Says why there are no parts. */
  readonly problem: string | undefined;
  readonly files: readonly FormPart[];
  /** The bytes before the content of the file. */
  readonly size: number;
}

function readContent(contentType: string, body: Uint8Array): Content {
  const boundary = readParameters(contentType).parameters.get('boundary') ?? '';
  const read =
    boundary === ''
      ? `the Content-Type ${writeGiven(contentType)} has no boundary`
      : readParts(body, boundary, mostBytes);
  const [parts, problem] = typeof read === 'string' ? [[], read] : [read, undefined];
  const files = parts.filter(isFile);
  return { parts, problem, files, size: files[0]?.at ?? body.length };
}

const refusalOfContent = findInOrder<typeof formOrders.content, Content>(formOrders.content, {
  'the parts': ({ problem }) => (problem === undefined ? undefined : new S3Error('FormMalformed', {}, problem)),
  'the bytes before the file'({ parts, files, size }) {
    if (size <= mostBytes) return undefined;
    const why = whyTooLong(size, files[0], parts);
    return new S3Error('FormFieldsTooLong', { MaxPostPreDataLengthBytes: mostBytes }, why);
  },
  'one file'({ parts, files }) {
    if (files.length === 1) return undefined;
    return new S3Error('FormFileCount', { ArgumentValue: String(files.length) }, describeFiles(parts));
  },
});

export function readForm(contentType: string, body: Uint8Array): Form | S3Error {
  const content = readContent(contentType, body);
  const refusal = refusalOfContent(content);
  if (refusal !== undefined) return refusal;
  const { parts, files } = content;
  const [file] = files;
  if (file === undefined) throw new TypeError('a form without a file was not refused');
  return makeForm(parts.slice(0, parts.indexOf(file)), file);
}

function whyTooLong(size: number, file: FormPart | undefined, parts: readonly FormPart[]): string {
  return file === undefined
    ? `the form has ${size} bytes and no file within the first ${mostBytes}: ${describeFiles(parts)}`
    : `the form has ${size} bytes before the content of its file`;
}

const mostNames = 20;

function describeFiles(parts: readonly FormPart[]): string {
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
  if (fileName === undefined) return value;
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  // As a text, the replacement would read `$&` in a file's name.
  return value.replaceAll(placeholder, () => name);
}
