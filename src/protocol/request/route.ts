import type { CrossOriginRequest } from '../../model/configurations/cors';
import { S3Error } from '../../refusals';
import { writeGiven } from '../../text/values';
import type { DialectName, Endpoint } from '../../wire';
import { readPreflight } from './cross-origin';
import type { Stage } from './stages';
import { type SubResource, subResources } from './sub-resources';

export interface RoutableRequest {
  readonly method: string;
  readonly path: string;
  readonly service: Endpoint['service'];
  readonly dialect: { readonly name: DialectName };
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** The level of a path: it names nothing, a bucket, or a key, in the words of S3's refusals. */
type Level = 'SERVICE' | 'BUCKET' | 'OBJECT';

export interface Row {
  /** The name of the operation. */
  readonly name?: string;
  readonly method: string;
  readonly level: Level;
  /** The only paths that the row takes, if it names no bucket. */
  readonly paths: readonly string[] | undefined;
  readonly service: Endpoint['service'];
  readonly subResource: string | undefined;
  /** Further parameters that a request must have, with their values if only one value matches; `*` is every value except the empty one. */
  readonly parameters: readonly (readonly [name: string, value: string | undefined])[];
  readonly requires: string | undefined;
  readonly takesForm: boolean;
  readonly dialect: DialectName | undefined;
}

export interface RowLimits {
  readonly requires?: string;
  readonly takesForm?: boolean;
  readonly dialect?: DialectName;
  readonly service?: Endpoint['service'];
  readonly alsoAt?: readonly string[];
}

/** The refusal of a request that is not an operation of S3, and the stage at which S3 refuses it (F20, F22). */
interface Unrouted {
  readonly row: undefined;
  readonly refusal: S3Error;
  readonly stage: Stage;
}

/** A browser's preflight request. It is not an operation: the bucket's CORS configuration answers it (F341). */
interface Preflight {
  readonly row: undefined;
  readonly preflight: CrossOriginRequest;
}

/** A row can have a refusal, which comes after the refusals of the parameters that it reads before the caller. */
export type Route<R> = { readonly row: R; readonly refusal?: S3Error } | Preflight | Unrouted;

type Router<R extends Row> = (request: RoutableRequest) => Route<R>;

interface Target {
  readonly level: Level;
  readonly name: string | undefined;
  readonly subResource: SubResource;
}

export function createRouter<R extends Row>(rows: readonly R[]): Router<R> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groupOf(row, row.level, row.subResource);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return (request) => {
    if (request.service === 's3' && !knownMethods.has(request.method))
      return unrouted(new S3Error('RequestUnparsable'));
    const names = listSelectors(request);
    if (names.length > 1) return unrouted(new S3Error('QueryConflict', { names: names.toSorted() }));
    const target = findTarget(request, names[0]);
    const candidates = groups.get(groupOf(request, target.level, target.name)) ?? [];
    const row = chooseRow(candidates, request);
    const refusal = findRefusalForVersionId(request, target);
    if (refusal) return row === undefined ? unrouted(refusal) : { row, refusal };
    const early = unroutedByParameters(request, target) ?? unroutedByPlace(request, target);
    if (early) return early;
    if (request.method === 'OPTIONS') return routePreflight(request);
    if (row !== undefined) return { row };
    // F404
    if (candidates.some(({ dialect }) => dialect !== undefined && dialect !== request.dialect.name))
      return unroutedByLack(request, target, chooseRow(candidates, ofOther(request)));
    return unroutedByMethod(request, target, rows);
  };
}

function chooseRow<R extends Row>(candidates: readonly R[], request: RoutableRequest): R | undefined {
  let best: R | undefined;
  for (const row of candidates) {
    if (satisfies(request, row) && (best === undefined || countDemands(row) > countDemands(best))) best = row;
  }
  return best;
}

export function unrouted(refusal: S3Error, stage: Stage = 'address'): Unrouted {
  return { row: undefined, refusal, stage };
}

function groupOf(row: Pick<Row, 'service' | 'method'>, level: Level, subResource: string | undefined): string {
  return `${row.service} ${row.method} ${level} ${subResource ?? ''}`;
}

function levelOf({ bucket, key }: RoutableRequest): Level {
  return key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE';
}

const noNames: readonly string[] = [];
const annotationName = 'annotationName';

/** More than one name is a conflict, whatever the caller. */
function listSelectors(request: RoutableRequest): readonly string[] {
  const level = levelOf(request);
  if (level === 'SERVICE' || request.query.size === 0) return noNames;
  const names = namesIn(request, level);
  // A part number belongs to an upload. Beside any other name, it is one name too many (F22).
  const belongs = names.length === 0 ? level === 'OBJECT' : names.length === 1 && names[0] === 'uploadId';
  return request.query.has('partNumber') && !belongs ? [...names, 'partNumber'] : names;
}

function namesIn({ query, dialect }: RoutableRequest, level: Level): readonly string[] {
  let names: string[] | undefined;
  for (const name of query.keys()) {
    const known = Object.hasOwn(subResources, name) ? subResources[name] : undefined;
    if (known === undefined || (known.dialect !== undefined && known.dialect !== dialect.name)) continue;
    if (!(level === 'BUCKET' ? known.bucket : (known.key ?? known.bucketAtKey))) continue;
    names ??= [];
    names.push(name);
  }
  return names?.includes('annotation') ? names.filter((name) => name !== annotationName) : (names ?? noNames);
}

const nothing: SubResource = {};

function findTarget(request: RoutableRequest, name: string | undefined): Target {
  const subResource = (name === undefined ? undefined : subResources[name]) ?? nothing;
  return { level: subResource.bucketAtKey ? 'BUCKET' : levelOf(request), name, subResource };
}

function satisfies({ path, query, headers, dialect }: RoutableRequest, row: Row): boolean {
  return (
    (row.dialect === undefined || row.dialect === dialect.name) &&
    (row.paths === undefined || row.paths.includes(path)) &&
    row.parameters.every(([name, value]) => isMatchingValue(query.get(name), value)) &&
    (row.requires === undefined || headers.has(row.requires)) &&
    (!row.takesForm || isForm(headers))
  );
}

function isForm(headers: ReadonlyMap<string, string>): boolean {
  return headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
}

/** If a request satisfies two rows, the row with more demands wins. */
function countDemands({ parameters, requires, dialect }: Row): number {
  return parameters.length + (requires === undefined ? 0 : 1) + (dialect === undefined ? 0 : 1);
}

function findRefusalForVersionId(request: RoutableRequest, target: Target): S3Error | undefined {
  const ArgumentValue = request.query.get('versionId');
  if (ArgumentValue === undefined || !refusesVersionId(request, target)) return undefined;
  return new S3Error('VersionIdNotAccepted', { ArgumentValue });
}

/** S3 checks these before the caller and the method. */
function unroutedByParameters({ query }: RoutableRequest, { name = '', subResource }: Target): Unrouted | undefined {
  if (name === annotationName)
    return unrouted(new S3Error('AnnotationNameAlone').quoting({ annotationName: query.get(name) }));
  const ArgumentValue = subResource.takesNoValue && query.get(name);
  return ArgumentValue ? unrouted(new S3Error('WebsiteWithValue', { ArgumentValue })) : undefined;
}

/** A bucket and its settings have no versions. S3 reads a version id all the same if the request is for an ACL or a restore (F22). */
function refusesVersionId({ method, bucket, key }: RoutableRequest, { name, subResource }: Target): boolean {
  if (bucket === undefined || method === 'OPTIONS') return false;
  if (key !== undefined) return (method === 'GET' || method === 'HEAD') && subResource.hasNoVersions === true;
  const { bucketVersionIdRefusedFor: methods } = subResource;
  if (methods) return methods.some((one) => one === method);
  return name !== 'partNumber' && !(name === undefined && method === 'POST');
}

/** Some names belong to the other kind of path. S3 first finds the bucket, then says what is missing or too much (F22). */
function unroutedByPlace({ method, key, query }: RoutableRequest, { subResource }: Target): Unrouted | undefined {
  const misplaced = key === undefined ? subResource.misplacedAtBucket : subResource.misplacedAtKey;
  const isPart = subResource.withPartNumber !== undefined && query.has('partNumber');
  const refusal = isPart ? undefined : misplaced?.[method as 'GET']; // undefined for the other methods
  if (refusal === undefined) return undefined;
  const listed = `the versions of a key are listed by its bucket: GET /?versions&prefix=${key}`;
  return unrouted(
    refusal === 'VersionsOfKey' ? new S3Error(refusal).because(listed) : new S3Error(refusal),
    'sub-resource',
  );
}

function ofOther(request: RoutableRequest): RoutableRequest {
  return { ...request, dialect: { name: others[request.dialect.name] } };
}

const others: Readonly<Record<DialectName, DialectName>> = { aws: 'ibm-cos', 'ibm-cos': 'aws' };

const owners: Readonly<Record<DialectName, string>> = { aws: 'AWS', 'ibm-cos': 'IBM COS' };

/** F404 */
function unroutedByLack({ method }: RoutableRequest, { name = '' }: Target, other: Row | undefined): Unrouted {
  const owner = other?.name === undefined ? '' : `, ${other.name} of ${owners[other.dialect ?? 'aws']}`;
  return unrouted(new S3Error('NotImplementedHere', {}, `the service has no ${method} ?${name}${owner}`), 'method');
}

function unroutedByMethod(request: RoutableRequest, target: Target, rows: readonly Row[]): Unrouted {
  const { method: Method } = request;
  const { level, name, subResource } = target;
  if (name === 'partNumber') return unrouted(new S3Error('KeyNameInvalid'));
  if (level === 'BUCKET' && name === undefined && Method === 'POST') return unrouted(refusalForNoForm(request));
  const details = {
    Method,
    ResourceType: chooseResourceType(request, target),
    allow: allowedMethods(request, target, rows),
  };
  // A bucket has no torrent, but S3 looks for the bucket first (F22).
  const late = subResource.bucketBeforeMethod?.some((one) => one === Method);
  return unrouted(new S3Error('MethodNotAllowed', details), late ? 'sub-resource' : 'method');
}

function refusalForNoForm({ headers }: RoutableRequest): S3Error {
  const type = headers.get('content-type');
  const sent = type === undefined ? 'the request has no Content-Type' : `the Content-Type is ${writeGiven(type)}`;
  return new S3Error(
    'BucketPostNotForm',
    {},
    `${sent}; a form is sent as multipart/form-data, as fetch sends a FormData`,
  );
}

function chooseResourceType({ query }: RoutableRequest, { level, subResource }: Target): string {
  const { withPartNumber, bucket, key } = subResource;
  if (withPartNumber !== undefined && query.has('partNumber')) return withPartNumber;
  return (level === 'OBJECT' ? key : bucket) ?? level;
}

// The observed order in which S3 names methods.
const methods = ['HEAD', 'DELETE', 'POST', 'GET', 'PUT'];
/** S3 cannot parse a request of any other method (F22). */
const knownMethods = new Set([...methods, 'PATCH', 'OPTIONS']);

function allowedMethods(
  { service, query }: RoutableRequest,
  { level, name, subResource }: Target,
  rows: readonly Row[],
): readonly string[] {
  const isPart = subResource.withPartNumber !== undefined && query.has('partNumber');
  const offered = rows.filter((row) => {
    // At a bucket's path, S3 also names the methods of a key's sub-resource with that name.
    const there = row.level === level || (name !== undefined && row.level === 'OBJECT');
    const same = there && row.service === service && row.subResource === name;
    // A method counts if its operation has no further parameter that the request lacks.
    const complete = row.parameters.every(([parameter, value]) => isMatchingValue(query.get(parameter), value));
    return same && complete && isPart === row.parameters.some(([parameter]) => parameter === 'partNumber');
  });
  const allowed = new Set(offered.map((row) => row.method));
  return methods.filter((method) => allowed.has(method));
}

/** F341 */
export function routePreflight(request: Pick<RoutableRequest, 'method' | 'headers'>): Preflight | Unrouted {
  const read = readPreflight(request);
  return read instanceof S3Error ? unrouted(read) : { row: undefined, preflight: read };
}

function isMatchingValue(sent: string | undefined, value: string | undefined): boolean {
  if (value === '*') return sent !== undefined && sent !== '';
  return value === undefined ? sent !== undefined : sent === value;
}

/** Reads the pattern of a declaration: `PUT /{Bucket}/{Key+}?partNumber={}&uploadId`, `GET /{Bucket}?list-type=2`. */
export function parsePattern(
  pattern: string,
  { requires, takesForm = false, dialect, service = 's3', alsoAt = [] }: RowLimits,
): Row {
  const [, method = '', path = '', queryText = ''] = /^([A-Z]+) (\/[^?]*)(?:\?(.*))?$/.exec(pattern) ?? [];
  const names = queryText === '' ? [] : queryText.split('&').map((part) => part.split('='));
  return {
    method,
    level: path.includes('{Key+}') ? 'OBJECT' : path.includes('{Bucket}') ? 'BUCKET' : 'SERVICE',
    paths: path.includes('{') || path === '/' ? undefined : [path, ...alsoAt],
    service,
    subResource: names.find((part) => part.length === 1)?.[0],
    parameters: names
      .filter((part) => part.length > 1)
      .map(([name = '', value]) => [name, value === '{}' ? undefined : value]),
    requires,
    takesForm,
    dialect,
  };
}
