import { httpDate } from '../../formats/dates';
import { wordRefusal } from '../../refusals/index';
import type { S3Error } from '../../refusals/s3-error';
import type { Dialect, Endpoint, WireReply } from '../../wire';
import type { Draft, OutputMembers } from '../document/binding';
import { type Elements, writeElements } from '../document/elements';
import { escapeXml, xmlText } from '../document/xml';
import { iamErrorBody } from './iam-error';

/** What is told of each answer beside the answer itself. */
export interface Stamp {
  readonly requestId: string;
  readonly hostId: string;
  readonly now: number;
}

/** What decides the manners of an answer. */
interface Asker {
  readonly method: string;
  readonly dialect: Dialect;
  readonly service: Endpoint['service'];
}

/** How the output of an operation stands in its answer. */
export interface ReplyShape {
  readonly output: OutputMembers;
  /** The name of the document's root; without one the answer has no document. */
  readonly root: string | undefined;
  /** Where S3 writes an empty root as an opening and a closing tag; it closes the others at once (F7). */
  readonly rootStaysOpen?: boolean;
  /**
   * Where S3 takes its time: it sends an empty line while it works, or the document at once with its length. Its refusals there have
   * no XML declaration (F89).
   */
  readonly slow?: 'streamed' | 'whole' | undefined;
  readonly contentType: string | undefined;
  readonly status: number;
}

type Header = readonly [name: string, value: string];

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The answer to a request that S3 carried out. */
export function writeReply(shape: ReplyShape, values: object, asker: Asker, stamp: Stamp): WireReply {
  const draft: Draft = { status: shape.status, headers: [], body: undefined };
  for (const [name, member] of Object.entries(shape.output)) {
    if (isElement(member.at) || ('dialect' in member && member.dialect !== asker.dialect)) continue;
    const value = (values as Readonly<Record<string, unknown>>)[name]; // the shape's own names
    if (value !== undefined) member.write?.(value, draft as Draft & string);
  }
  const body =
    asker.service === 'iam' ? JSON.stringify(values) : (draft.body ?? writeDocument(shape, values, asker.dialect));
  return {
    status: draft.status,
    headers: successHeaders(shape, draft, body, asker, stamp),
    body: asker.method === 'HEAD' ? '' : body,
  };
}

function isElement(at: string): boolean {
  return at === 'element' || at === 'attribute' || at === 'text';
}

function writeDocument({ output, root, rootStaysOpen, slow }: ReplyShape, values: object, dialect: Dialect): string {
  if (root === undefined) return '';
  const elements = Object.fromEntries(Object.entries(output).filter(([, { at }]) => isElement(at))) as Elements; // only those are left
  const written = writeElements(elements, values);
  // COS closes whatever is empty at once.
  const content = dialect === 'ibm-cos' ? written.replace(/<(\w+)><\/\1>/g, '<$1/>') : written;
  const opened = `<${root} xmlns="${namespace}"`;
  // IBM's SDK reads GetBucketLocation by line: a root on the declaration's own line would be part of the location.
  const line = dialect === 'ibm-cos' || slow === 'streamed' ? '\n' : '';
  return `${declaration(dialect)}${line}${content === '' && (!rootStaysOpen || dialect === 'ibm-cos') ? `${opened}/>` : `${opened}>${content}</${root}>`}`;
}

function declaration(dialect: Dialect): string {
  return dialect === 'ibm-cos'
    ? '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    : '<?xml version="1.0" encoding="UTF-8"?>\n';
}

function successHeaders(
  { contentType, slow }: ReplyShape,
  draft: Draft,
  body: string | Uint8Array,
  asker: Asker,
  stamp: Stamp,
): Header[] {
  if (asker.service === 'iam') return jsonHeaders(body, stamp);
  const type: Header[] = contentType === undefined ? [] : [['Content-Type', contentType]];
  const framed = draft.headers.some(([name]) => name === 'Content-Length');
  if (asker.dialect === 'ibm-cos')
    return [...cosHeaders(stamp), ...draft.headers, ...type, ...(framed ? [] : lengthOf(draft.status, body))];
  // S3 names the length of what is empty and sends documents in chunks, a HEAD's among them (F7).
  const chunked =
    draft.body === undefined &&
    (asker.method === 'HEAD' || body !== '') &&
    draft.status !== 204 &&
    draft.status !== 304 &&
    slow !== 'whole';
  const framing: readonly Header[] = framed
    ? []
    : chunked
      ? [['Transfer-Encoding', 'chunked']]
      : lengthOf(draft.status, body);
  return [
    ['x-amz-id-2', stamp.hostId],
    ['x-amz-request-id', stamp.requestId],
    ['Date', httpDate(stamp.now)],
    ...draft.headers,
    ...type,
    ...framing,
    ['Server', 'AmazonS3'],
  ];
}

function lengthOf(status: number, body: string | Uint8Array): readonly Header[] {
  return status === 204 || status === 304 ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
}

function cosHeaders({ requestId, now }: Stamp): Header[] {
  return [
    ['Date', httpDate(now)],
    ['X-Clv-Request-Id', requestId],
    ['Accept-Ranges', 'bytes'],
    ['Server', 'Cleversafe/3.x'],
    ['X-Clv-S3-Version', '2.5'],
    ['x-amz-request-id', requestId],
  ];
}

function jsonHeaders(body: string | Uint8Array, { now }: Stamp): Header[] {
  return [
    ['Content-Type', 'application/json'],
    ['Date', httpDate(now)],
    ['Content-Length', String(Buffer.byteLength(body))],
  ];
}

/** The answer to a request that S3 refused. */
export function writeRefusal(
  refusal: S3Error,
  asker: Asker & { readonly path: string; readonly headers?: ReadonlyMap<string, string> },
  stamp: Stamp,
  extra: readonly Header[] = [],
  { slow }: Pick<ReplyShape, 'slow'> = {},
): WireReply {
  const worded = wordRefusal(refusal, asker.dialect);
  if (asker.service === 'iam') {
    const body = iamErrorBody(worded, asker.headers?.get('user-agent'), stamp);
    return { status: worded.status, headers: jsonHeaders(body, stamp), body };
  }
  if (worded.bare) {
    return {
      status: worded.status,
      headers: [...worded.bare, ['Date', httpDate(stamp.now)], ['Server', 'AmazonS3']],
      body: '',
    };
  }
  const body =
    worded.message === '' && worded.status < 400 ? '' : errorDocument(worded, asker, stamp, slow === undefined);
  const headers =
    asker.dialect === 'ibm-cos' ? cosErrorHeaders(worded, body, stamp) : errorHeaders(worded, body, stamp, extra);
  return { status: worded.status, headers, body: asker.method === 'HEAD' ? '' : body };
}

type Worded = ReturnType<typeof wordRefusal>;

function errorDocument(
  { code, message, fields, status }: Worded,
  { dialect, path }: { dialect: Dialect; path: string },
  stamp: Stamp,
  declared: boolean,
): string {
  const told = xmlText('Code', code) + xmlText('Message', message);
  if (dialect === 'ibm-cos') {
    const resource = `<Resource>${escapeXml(path === '/' ? '' : path)}</Resource>`;
    return `${declaration(dialect)}<Error>${told}${resource}<RequestId>${stamp.requestId}</RequestId><httpStatusCode>${status}</httpStatusCode></Error>`;
  }
  const extras = Object.entries(fields).map(([name, value]) => (value === undefined ? '' : xmlText(name, value)));
  return `${declared ? declaration(dialect) : ''}<Error>${told}${extras.join('')}<RequestId>${stamp.requestId}</RequestId><HostId>${stamp.hostId}</HostId></Error>`;
}

function errorHeaders({ status, headers }: Worded, body: string, stamp: Stamp, extra: readonly Header[]): Header[] {
  const type: readonly Header[] = [
    ['Content-Type', 'application/xml'],
    ['Transfer-Encoding', 'chunked'],
  ];
  return [
    ['x-amz-request-id', stamp.requestId],
    ['x-amz-id-2', stamp.hostId],
    ...extra,
    ...headers,
    ...(body !== '' ? type : status === 304 ? [] : ([['Content-Length', '0']] as const)),
    ['Date', httpDate(stamp.now)],
    ...(status === 400 || status === 500 ? ([['Connection', 'close']] as const) : []),
    ['Server', 'AmazonS3'],
  ];
}

function cosErrorHeaders({ status, headers }: Worded, body: string, stamp: Stamp): Header[] {
  const type: readonly Header[] = status === 304 ? [] : [['Content-Type', 'application/xml']];
  return [...cosHeaders(stamp), ...headers, ...type, ...lengthOf(status, body)];
}
