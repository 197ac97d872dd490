import type { Dialect, Stamp } from '../../dialects';
import { writeHttpDate } from '../../formats/dates';
import type { ObjectBody } from '../../formats/sparse-body';
import type { CorsFit, CrossOriginRequest } from '../../model/configurations/cors';
import type { Header } from '../../refusals';
import type { Members } from '../../shapes/shape';
import type { Endpoint, WireReply } from '../../wire';
import { type Draft, writeDraft } from '../document/binding';
import { writeElements } from '../document/elements';

export interface Addressee {
  readonly method: string;
  readonly dialect: Dialect;
  readonly service: Endpoint['service'];
}

export interface ReplyShape {
  readonly output: Members;
  /** The elements of the document in a dialect that writes them in an order of its own. */
  readonly outputIn?: { readonly [Name in Dialect['name']]?: Members } | undefined;
  readonly root: string | undefined;
  /** S3 writes an empty root of this operation as an opening and a closing tag; it closes the others at once (F7). */
  readonly rootStaysOpen?: boolean | undefined;
  /** IBM COS, which closes empty elements at once, writes an opening and a closing tag for the elements of this operation (F171). */
  readonly elementsStayOpen?: boolean | undefined;
  readonly lineBeforeRoot?: boolean | undefined;
  /** The text that S3 writes in place of an empty root. */
  readonly emptyDocument?: string | undefined;
  /** S3 streams an empty line while it works, or sends the whole document with its length. Refusals can lack the XML declaration (F89). */
  readonly slow?: 'streamed' | 'whole' | undefined;
  /** S3 sends the document with its length, and not in chunks (F1687). */
  readonly knowsLength?: true | undefined;
  /** The document has no XML declaration, or the root is on the declaration's line, which can call itself standalone (F383). */
  readonly prolog?: 'none' | 'on one line' | 'standalone' | undefined;
  /** The codes or names of the refusals of this operation whose documents have no XML declaration (F627). */
  readonly undeclaredRefusals?: readonly string[] | undefined;
  /** The operation carries out or refuses each entry of a list by itself. Its answer can end the connection (F626). */
  readonly batch?: true | undefined;
  /** S3 can send the status 200 before it knows the outcome, and then an error as the document (F670). */
  readonly mayFailIn200?: true | undefined;
  readonly contentType: string | undefined;
  readonly status: number;
}

export const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const namespaceOfControl = 'http://awss3control.amazonaws.com/doc/2018-08-20/';

const prologs = {
  none: () => '',
  'on one line': (declaration) => declaration,
  standalone: (declaration) => declaration.replace('?>', ' standalone="yes"?>'),
} satisfies Record<NonNullable<ReplyShape['prolog']>, (declaration: string) => string>;

/** `extra` are headers before the headers of the operation. */
export function writeReply(
  shape: ReplyShape,
  values: object,
  addressee: Addressee,
  stamp: Stamp,
  extra: readonly Header[] = [],
): WireReply {
  const { dialect, service, method } = addressee;
  const draft: Draft = { status: shape.status, headers: [...extra], body: undefined };
  writeDraft(shape.output, values, dialect, draft);
  const body = service === 'iam' ? JSON.stringify(values) : (draft.body ?? writeDocument(shape, values, addressee));
  return {
    status: draft.status,
    headers: service === 'iam' ? jsonHeaders(body, stamp) : successHeaders(shape, draft, body, addressee, stamp),
    body: method === 'HEAD' ? '' : body,
  };
}

function writeDocument(
  { output, outputIn, root, rootStaysOpen, elementsStayOpen, lineBeforeRoot, emptyDocument, prolog, slow }: ReplyShape,
  values: object,
  { dialect, service }: Addressee,
): string {
  if (root === undefined) return '';
  const { name, documents } = dialect;
  const { declaration, beforeRoot, closesEmptyElements } = documents;
  const written = writeElements(outputIn?.[name] ?? output, values);
  const content = closesEmptyElements && !elementsStayOpen ? written.replace(/<(\w+)><\/\1>/g, '<$1/>') : written;
  const opened = `<${root} xmlns="${service === 's3-control' ? namespaceOfControl : namespace}"`;
  const line = slow === 'streamed' || lineBeforeRoot ? '\n' : beforeRoot;
  if (content === '' && emptyDocument !== undefined) return `${declaration}${line}${emptyDocument}`;
  const begun = prolog === undefined ? declaration : prologs[prolog](declaration.trimEnd());
  const isClosed = content === '' && (closesEmptyElements || !rootStaysOpen);
  return `${begun}${line}${isClosed ? `${opened}/>` : `${opened}>${content}</${root}>`}`;
}

function successHeaders(
  { batch, contentType, slow, knowsLength }: ReplyShape,
  { headers, status, body: own }: Draft,
  body: string | ObjectBody,
  { method, dialect }: Addressee,
  stamp: Stamp,
): readonly Header[] {
  const connection = connectionHeader(batch, dialect);
  const isTyped = contentType !== undefined && (body !== '' || dialect.answers.typesEmptyAnswers);
  const type: readonly Header[] = isTyped ? [['Content-Type', contentType]] : [];
  const isFramed = hasLength(headers);
  // S3 sends the length of an empty answer, but sends a document in chunks, even to a HEAD, and a policy too (F7).
  const isChunked =
    dialect.answers.chunksDocuments &&
    (own === undefined || typeof own === 'string') &&
    (method === 'HEAD' || body !== '') &&
    slow !== 'whole' &&
    !knowsLength;
  const framing: readonly Header[] = isFramed
    ? []
    : isChunked
      ? [['Transfer-Encoding', 'chunked']]
      : writeLength(status, body);
  return dialect.answers.headers([...headers, ...connection, ...type, ...framing], method, stamp);
}

function hasLength(headers: readonly Header[]): boolean {
  for (const { 0: name } of headers) if (name === 'Content-Length') return true;
  return false;
}

export function connectionHeader(batch: true | undefined, { answers }: Dialect): readonly Header[] {
  return batch && answers.closesAfterBatches ? [['Connection', 'close']] : [];
}

function writeLength(status: number, body: string | ObjectBody): readonly Header[] {
  if (status === 204 || status === 304) return [];
  return [['Content-Length', String(countBytes(body))]];
}

function countBytes(body: string | ObjectBody): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}

export function jsonHeaders(body: string | ObjectBody, { now }: Stamp): readonly Header[] {
  return [
    ['Content-Type', 'application/json'],
    ['Date', writeHttpDate(now)],
    ['Content-Length', String(countBytes(body))],
  ];
}

/** The headers with which S3 allows a request from a web page of another origin, in S3's order (F342). */
export function crossOriginHeaders(
  { origin, headers }: CrossOriginRequest,
  { rule, allowedOrigin }: CorsFit,
  { vary, allowsCredentialsToAll }: Dialect['crossOrigin'],
): readonly Header[] {
  const isPublic = allowedOrigin === '*';
  const all: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Access-Control-Allow-Origin', isPublic ? '*' : origin],
    ['Access-Control-Allow-Methods', rule.AllowedMethods.join(', ')],
    ['Access-Control-Allow-Headers', headers.join(', ') || undefined],
    ['Access-Control-Expose-Headers', rule.ExposeHeaders?.join(', ') || undefined],
    ['Access-Control-Max-Age', rule.MaxAgeSeconds === undefined ? undefined : String(rule.MaxAgeSeconds)],
    ['Access-Control-Allow-Credentials', isPublic && !allowsCredentialsToAll ? undefined : 'true'],
    ['Vary', vary],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
