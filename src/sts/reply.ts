import { writeHttpDate } from '../formats/dates';
import type { IdPurpose, Ids } from '../model/ids';
import { escapeXml } from '../protocol/document/characters';
import type { Header, WordedRefusal } from '../refusals';
import type { Members, Shape } from '../shapes/shape';
import { isRecord } from '../text/value-kinds';
import type { WireReply } from '../wire';
import type { StsRequest } from './request';
import type { NamedStsOperation } from './table';

export interface StsStamp {
  /** The id of the request, a UUID. SDKs read it from the header alone. */
  readonly requestId: string;
  readonly extendedId: string;
  /** Milliseconds since 1970, by the process's clock: SDKs correct their own by it. */
  readonly now: number;
}

export function makeStsStamp(ids: Ids, region: string, now: number, purpose: IdPurpose = 'sts'): StsStamp {
  const letters = ids.text(purpose, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 8);
  const extended = `1:${region}:S:${Math.floor(now)}:R:${letters}`;
  return { requestId: ids.uuid(purpose), extendedId: Buffer.from(extended).toString('base64'), now };
}

type Addressee = Pick<StsRequest, 'wantsJson'> & { readonly wire: { readonly method: string } };

export function writeStsReply(
  { name, output }: Pick<NamedStsOperation, 'name' | 'output'>,
  values: object,
  request: Addressee,
  stamp: StsStamp,
): WireReply {
  const { requestId } = stamp;
  if (request.wantsJson) {
    const content = { [`${name}Result`]: makeJson(output, values), ResponseMetadata: { RequestId: requestId } };
    return jsonReply(200, { [`${name}Response`]: content }, request, stamp);
  }
  const result = makeElements(output, values);
  const root = makeElement(`${name}Response`, {
    [`${name}Result`]: result,
    ResponseMetadata: [['RequestId', requestId]],
  });
  return xmlReply(200, root, namespace, request, stamp);
}

/** If there is no text, the document contains no Message (F734). */
export function writeStsRefusal(
  { status, code, message }: Pick<WordedRefusal, 'status' | 'code' | 'message'>,
  request: Addressee,
  stamp: StsStamp,
): WireReply {
  if (code === 'UnknownOperationException') return textReply(status, '<UnknownOperationException/>\n', request, stamp);
  // A server in front of STS refuses a request that is too large, and sends no body.
  if (status === 413) return { status, headers: [['content-length', '0']], body: '' };
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const Message = message === '' ? undefined : message;
  const { requestId } = stamp;
  if (request.wantsJson)
    return jsonReply(status, { Error: { Code: code, Message, Type }, RequestId: requestId }, request, stamp);
  const fields = Object.entries({ Type, Code: code, ...(Message !== undefined && { Message }) });
  const root = makeElement('ErrorResponse', { Error: fields, RequestId: requestId });
  return xmlReply(status, root, code === 'InvalidAction' ? faultNamespace : namespace, request, stamp);
}

/** Writes the redirect to the page of the service (F731). */
export function writeStsRedirect({ queryText, wire }: StsRequest, stamp: StsStamp): WireReply {
  const location = `https://aws.amazon.com/iam${wire.method === 'POST' ? '' : queryText}`;
  return { status: 302, headers: [...ids(stamp), ['location', location], ...length('', stamp)], body: '' };
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
/** The namespace of errors from the server that finds the operation. */
const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';

function xmlReply(status: number, root: Element, xmlns: string, addressee: Addressee, stamp: StsStamp): WireReply {
  return textReply(status, writeElement(root, ` xmlns="${xmlns}"`), addressee, stamp, 'text/xml');
}

function jsonReply(status: number, content: object, addressee: Addressee, stamp: StsStamp): WireReply {
  return textReply(status, JSON.stringify(content), addressee, stamp, 'application/json');
}

function textReply(status: number, text: string, { wire }: Addressee, stamp: StsStamp, type?: string): WireReply {
  const typed: readonly Header[] = type === undefined ? [] : [['content-type', type]];
  const headers = [...ids(stamp), ...typed, ...length(text, stamp)];
  return { status, headers, body: wire.method === 'HEAD' ? '' : text };
}

function ids({ requestId, extendedId }: StsStamp): readonly Header[] {
  return [
    ['x-amzn-requestid', requestId],
    ['x-amz-sts-extended-request-id', extendedId],
  ];
}

function length(text: string, { now }: StsStamp): readonly Header[] {
  return [
    ['content-length', String(Buffer.byteLength(text))],
    ['date', writeHttpDate(now)],
  ];
}

type Element = readonly [name: string, content: string | readonly Element[]];

function makeElement(name: string, children: Readonly<Record<string, Element[1]>>): Element {
  return [name, Object.entries(children)];
}

/** Writes one element a line, with two blanks for each level (F733). */
function writeElement([name, content]: Element, attributes = '', indent = ''): string {
  if (typeof content === 'string') return `${indent}<${name}${attributes}>${escapeXml(content)}</${name}>\n`;
  const children = content.map((child) => writeElement(child, '', `${indent}  `)).join('');
  return `${indent}<${name}${attributes}>\n${children}${indent}</${name}>\n`;
}

function makeElements(members: Members, values: unknown): readonly Element[] {
  return Object.entries(members).flatMap(([name, shape]) => {
    const value = isRecord(values) ? values[name] : undefined;
    return value === undefined ? [] : [[name, makeContent(shape, value)] as const];
  });
}

function makeContent(shape: Shape, value: unknown): string | readonly Element[] {
  if (shape.kind === 'structure') return makeElements(shape.members, value);
  return shape.kind === 'date' && value instanceof Date ? wholeSeconds(value) : String(value);
}

function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Dates are seconds since 1970 (F738). */
function makeJson(members: Members, values: unknown): object {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, shape]) => {
      const value = isRecord(values) ? values[name] : undefined;
      if (value === undefined) return [];
      if (shape.kind === 'structure') return [[name, makeJson(shape.members, value)]];
      return [[name, value instanceof Date ? Math.floor(value.getTime() / 1000) : value]];
    }),
  );
}
