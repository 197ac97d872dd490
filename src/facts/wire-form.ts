import { URLSearchParams } from 'node:url';
import {
  type ChecksumAlgorithm,
  checksum,
  checksumAlgorithms,
  checksumHeader,
  isComputable,
  md5,
} from '../formats/digests';
import { encodeUri } from '../formats/url-encoding';
import { controlOperations } from '../operations/control/table';
import { findOperation, operations } from '../operations/table';
import { bind } from '../protocol/document/binding';
import { MarkupProblem } from '../protocol/document/characters';
import { readElements, wireNameOf, writeElements } from '../protocol/document/elements';
import { readerOf } from '../protocol/document/leaves';
import { readXml, type XmlElement } from '../protocol/document/xml';
import { namespace, namespaceOfControl } from '../protocol/reply/reply';
import type { Leaf, Members, Shape, Traits } from '../shapes/shape';
import type { PlainInput } from './case';

/**
 * Writes the requests of operations and reads their answers: the client's side of the declarations by which the service reads and writes. The
 * members have the names of AWS's SDKs.
 * @module
 */

export interface UnsignedRequest {
  readonly method: string;
  /** Encoded, with its query. */
  readonly path: string;
  /** The headers by names in small letters if an operation has them, so that no header comes twice. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The label of its host by which it names an access point, and the region of that. */
  readonly accessPoint?: { readonly label: string; readonly region: string } | undefined;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** The headers by names in small letters, in their order. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly output: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, unknown>>;
type Member = Shape & Traits;

interface Row {
  readonly pattern: string;
  readonly input: Members;
  readonly output: Members;
  readonly digest?: unknown;
}

/** The roots of documents that do not have the name of their member. */
const roots: Readonly<Record<string, string>> = { MultipartUpload: 'CompleteMultipartUpload' };

interface Draft {
  readonly labels: Map<string, string>;
  readonly parameters: Map<string, string | readonly string[]>;
  readonly headers: Record<string, string>;
  body: Uint8Array;
}

export function writeRequest(operation: string, input: Values): UnsignedRequest {
  const row = findRow(operation);
  const [method = '', target = ''] = row.pattern.split(' ');
  const [path = '', query = ''] = target.split('?');
  const parameters: Draft['parameters'] = fixedParameters(query);
  const draft: Draft = { labels: new Map(), parameters, headers: {}, body: new Uint8Array() };
  const members = Object.entries(row.input);
  const [rootName, document] = members.find(([, { isFlat }]) => isFlat) ?? [];
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(withCustomerKeys(input))) {
    const isOfDocument = document?.kind === 'structure' && name in document.members;
    const member = isOfDocument ? document.members[name] : row.input[name];
    if (member === undefined) throw new TypeError(`${operation} has no member ${name}`);
    if (value === undefined) continue;
    if (isOfDocument) flat[name] = value;
    else writeMember(name, member, value, draft);
  }
  if (document !== undefined) writeMember(`${operation}${rootName}`, document, flat, draft);
  const { headers, body } = draft;
  const accessPoint = readAccessPoint(input['Bucket']);
  if (accessPoint !== undefined) draft.labels.set('Bucket', '');
  return {
    method,
    // Names are in the host, or in the path.
    path: accessPoint === undefined ? writePath(path, draft) : writePath(path, draft).replace(/^\/\//, '/'),
    headers: { ...headers, ...writeDigest(row, input, body, headers) },
    body: isControlOperation(operation) ? asControl(body) : body,
    accessPoint,
  };
}

/** Whether an operation belongs to S3 Control; the names of its operations differ from S3's names (F1102). */
export function isControlOperation(operation: string): boolean {
  return operation in controlOperations;
}

function asControl(body: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(body).toString().replace(namespace, namespaceOfControl));
}

function readAccessPoint(bucket: unknown): UnsignedRequest['accessPoint'] {
  const { region, account, name } =
    /^arn:[^:]+:s3:(?<region>[^:]+):(?<account>\d{12}):accesspoint\/(?<name>.+)$/.exec(String(bucket))?.groups ?? {};
  if (region === undefined) return undefined;
  return { label: `${name}-${account}.s3-accesspoint`, region };
}

function fixedParameters(query: string): Map<string, string> {
  const parts = query.split('&').map((part) => part.split('='));
  return new Map(parts.flatMap(([name = '', value = '']) => (name === '' || value === '{}' ? [] : [[name, value]])));
}

function writeMember(name: string, member: Member, value: unknown, draft: Draft): void {
  const wireName = wireNameOf(name, member);
  const { headers } = draft;
  switch (member.at) {
    case 'label':
      draft.labels.set(name, String(value));
      return;
    case 'query':
      // What has its place in a query is a leaf, or a list of texts.
      draft.parameters.set(wireName, Array.isArray(value) ? value.map(String) : writeLeaf(member as Leaf, value));
      return;
    case 'header':
    case 'header or trailer':
      headers[wireName.toLowerCase()] = writeLeaf(member as Leaf, value); // as above
      return;
    case 'prefix headers':
      Object.assign(headers, prefixed(wireName, value));
      return;
    default:
      draft.body = writeBody(name, member, value);
      if (member.kind === 'structure') headers['content-type'] ??= 'application/xml';
  }
}

export function readAnswer(operation: string, { status, headers, body }: ReceivedAnswer): Answer {
  const document = readRoot(body);
  const seen = { status, headers: Object.fromEntries(headers) };
  if (status >= 300 || document?.name === 'Error' || document?.name === 'ErrorResponse') {
    const output = document === undefined ? {} : refusalIn(document);
    return { ...seen, output, code: findCode(output) };
  }
  const { output } = findRow(operation);
  const source = {
    dialect: { name: 'aws' as const },
    headers,
    trailers: new Map(),
    query: new Map(),
    bucket: undefined,
    key: undefined,
    body,
  };
  const outside = { ...emptyMaps(output), ...bind(output, source).recorded };
  const inside =
    document === undefined
      ? {}
      : withoutEmptyTexts(
          output,
          readElements(output, document, () => {}),
        );
  const charged = headers.get('x-amz-request-charged');
  const read = {
    ...outside,
    ...(charged && { RequestCharged: charged }),
    ...inRoot(output, document),
    ...withoutEmptyLists(output, inside),
  };
  return { ...seen, output: asText(read), code: undefined };
}

/** Reads an answer by the names of its elements, or as `Body` if it is no document, for a request that is no operation's. */
export function readPlainAnswer({ status, headers, body }: ReceivedAnswer): Answer {
  const document = readRoot(body);
  const output = document === undefined ? { Body: Buffer.from(body).toString() } : refusalIn(document);
  return { status, headers: Object.fromEntries(headers), output, code: findCode(output) };
}

export function writePlainRequest(line: string, { headers = {}, body = '' }: PlainInput): UnsignedRequest {
  const [method = '', path = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  const bytes = Buffer.from(body);
  const digest = () => md5(bytes).toString('base64');
  const written = Object.entries(headers).map(([name, value]) => [name, value.replace('$(bodyMD5)', digest)]);
  return { method, path, headers: Object.fromEntries(written), body: bytes };
}

/** The operation that S3 finds in a request that names its bucket in its path. */
export function findOperationName({
  method,
  path: target,
  headers,
}: Pick<UnsignedRequest, 'method' | 'path' | 'headers'>): string | undefined {
  const [path = '', query = ''] = target.split('?');
  const [, bucket, ...key] = path.split('/');
  const { row } = findOperation({
    method,
    path,
    service: 's3',
    dialect: { name: 'aws' },
    bucket,
    key: key.join('/') || undefined,
    query: new Map(query.split('&').map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? ''])),
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  });
  return row?.name;
}

/** A request of STS, by the query protocol: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function writeStsRequest(action: string, input: Values): UnsignedRequest {
  const form = new URLSearchParams([['Action', action], ['Version', '2011-06-15'], ...flattened('', input)]);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', path: '/', headers, body: Buffer.from(form.toString()) };
}

function flattened(prefix: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((one, index) => flattened(`${prefix}.member.${index + 1}`, one));
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [[prefix, String(value)]];
  return Object.entries(value).flatMap(([name, one]) => flattened(prefix === '' ? name : `${prefix}.${name}`, one));
}

export function readStsAnswer(action: string, received: ReceivedAnswer): Answer {
  const answer = readPlainAnswer(received);
  return { ...answer, output: Object(answer.output[`${action}Result`] ?? answer.output) as Values };
}

function findRow(operation: string): Row {
  const rows: Readonly<Record<string, Row>> = isControlOperation(operation) ? controlOperations : operations;
  const row = rows[operation];
  if (row === undefined) throw new TypeError(`there is no operation ${operation}`);
  return row;
}

function writePath(path: string, { labels, parameters }: Pick<Draft, 'labels' | 'parameters'>): string {
  // Only the slashes of a key are no part of a name.
  const filled = path.replace(/\{(\w+)(\+?)\}/g, (_, name: string) => {
    const text = encodeUri(labels.get(name) ?? '');
    return name === 'ResourceArn' ? text : text.replaceAll('%2F', '/');
  });
  const query = [...parameters]
    .flatMap(([name, values]) => [values].flat().map((value) => `${encodeUri(name)}=${encodeUri(value)}`))
    .join('&');
  return query === '' ? filled : `${filled}?${query}`;
}

function prefixed(prefix: string, values: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Object(values)).map(([name, value]) => [`${prefix}${name}`.toLowerCase(), String(value)]),
  );
}

/** An SDK sends the MD5 of a customer's key by itself. */
function withCustomerKeys(input: Values): Values {
  const added = ['SSECustomerKey', 'CopySourceSSECustomerKey'].flatMap((name) => {
    const key = input[name];
    if (key === undefined) return [];
    const isBase64 = typeof key === 'string' && /^(?:[\w+/]{4}){10}[\w+/]{3}=$/.test(key);
    const bytes = key instanceof Uint8Array ? key : Buffer.from(String(key), isBase64 ? 'base64' : 'utf8');
    return [
      [name, Buffer.from(bytes).toString('base64')],
      [`${name}MD5`, md5(bytes).toString('base64')],
    ];
  });
  return { ...input, ...Object.fromEntries(added) };
}

const dates: ReadonlySet<string> = new Set(['date', 'date with milliseconds', 'instant', 'http date']);

function writeLeaf(leaf: Leaf, value: unknown): string {
  const form = leaf.form ?? leaf;
  if (!dates.has(form.kind)) return value instanceof Date ? value.toISOString() : readerOf(form).write(value as never);
  const at = new Date(value as string);
  return Number.isNaN(at.getTime()) ? String(value) : readerOf(form).write(at as never);
}

function writeBody(name: string, member: Member, value: unknown): Uint8Array {
  if (member.kind !== 'structure') return value instanceof Uint8Array ? value : Buffer.from(String(value));
  const root = roots[name] ?? member.roots?.[0] ?? wireNameOf(name, member);
  const content = writeElements(member.members, prepared(member, value) as object);
  // Namespaces of attributes may be declared at the root as well.
  const further =
    content.includes('xsi:') && !content.includes('xmlns:xsi')
      ? ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
      : '';
  return Buffer.from(`<${root} xmlns="${namespace}"${further}>${content}</${root}>`);
}

/** A value whose dates are dates, so that the shape's own writers write them. */
function prepared(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(Object(value)).flatMap(([name, one]) => {
          const member = shape.members[name];
          if (member === undefined) throw new TypeError(`the document has no member ${name}`);
          return one === undefined ? [] : [[name, prepared(member, one)]];
        }),
      );
    case 'list':
    case 'wrapped list':
      return [value].flat().map((one) => prepared(shape.item, one));
    case 'interleaved':
    case 'map':
      return value;
    default: {
      const isDate =
        dates.has((shape.form ?? shape).kind) && typeof value === 'string' && !Number.isNaN(Date.parse(value));
      return isDate ? new Date(value) : value;
    }
  }
}

/** The checksum that an SDK sends where S3 requires a digest, or where the input names an algorithm. */
function writeDigest(
  row: Row,
  input: Values,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const asked = input['ChecksumAlgorithm'];
  const hasBody = Object.entries(row.input).some(([, { at }]) => at === 'body' || at === 'payload');
  const isSent = Object.keys(headers).some((name) =>
    /^(?:content-md5|x-amz-checksum-(?!algorithm|type)\w+)$/.test(name),
  );
  const isOfBody =
    wireNameOf('ChecksumAlgorithm', row.input['ChecksumAlgorithm'] ?? {}) === 'x-amz-sdk-checksum-algorithm';
  const isNeeded = asked !== undefined || row.digest !== undefined;
  if (!hasBody || isSent || !isOfBody || !isNeeded) return {};
  const algorithm = checksumAlgorithms.find((one) => one === asked) ?? ('CRC32' satisfies ChecksumAlgorithm);
  if (!isComputable(algorithm)) return {};
  return {
    'x-amz-sdk-checksum-algorithm': String(asked ?? algorithm),
    [checksumHeader(algorithm)]: checksum(algorithm, body),
  };
}

function readRoot(body: Uint8Array): XmlElement | undefined {
  if (!/^\s*</.test(Buffer.from(body.subarray(0, 16)).toString())) return undefined;
  const root = readXml(body);
  return root instanceof MarkupProblem ? undefined : root;
}

/** The structures that SDKs have a name for, and the wire does not. */
function inRoot(output: Members, document: XmlElement | undefined): Values {
  if (document === undefined) return {};
  return Object.fromEntries(
    Object.entries(output).flatMap(([name, member]) =>
      member.kind === 'structure' && member.at === 'in root'
        ? [[name, readElements(member.members, document, () => {})]]
        : [],
    ),
  );
}

/** An empty root has no text. */
function withoutEmptyTexts(output: Members, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => output[name]?.at !== 'text' || value !== ''),
  );
}

function emptyMaps(output: Members): Values {
  return Object.fromEntries(Object.entries(output).flatMap(([name, { kind }]) => (kind === 'map' ? [[name, {}]] : [])));
}

/** Lists as SDKs have them: no list instead of an empty list, and one list for each kind of items that come mixed. */
function withoutEmptyLists(output: Members, values: Values): Values {
  const lists: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const { kind } = output[name] ?? {};
    if (kind === 'interleaved')
      for (const [list, item] of (value as readonly Values[]).flatMap((one) => Object.entries(one)))
        lists[list] = [...((lists[list] as unknown[]) ?? []), item];
    else if (kind !== 'list' || (value as readonly unknown[]).length > 0) lists[name] = value;
  }
  return lists;
}

function asText(output: Values): Values {
  const { Body } = output;
  return Body instanceof Uint8Array ? { ...output, Body: Buffer.from(Body).toString() } : output;
}

/** The elements below a root. S3 Control and STS have their error inside of the root; its elements are added. */
function refusalIn(document: XmlElement): Values {
  const elements = elementsIn(document);
  return document.name === 'ErrorResponse' ? { ...elements, ...Object(elements['Error']) } : elements;
}

function elementsIn({ children }: XmlElement): Values {
  const members: Record<string, unknown> = {};
  for (const child of children) {
    const before = members[child.name];
    const content = child.children.length === 0 ? child.text : elementsIn(child);
    members[child.name] = before === undefined ? content : [before, content].flat();
  }
  return members;
}

function findCode(document: Values): string | undefined {
  const error = Object(document['Error'] ?? document) as Values;
  return typeof error['Code'] === 'string' ? error['Code'] : undefined;
}
