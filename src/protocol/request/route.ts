import { S3Error } from '../../refusals';
import type { DialectName, Endpoint } from '../../wire';
import type { Level, Row } from './pattern';
import type { Stage } from './stages';
import { type SubResource, subResources } from './sub-resources';

/** A request as far as it decides which operation it is. */
export interface RoutableRequest {
  readonly method: string;
  readonly path: string;
  readonly service: Endpoint['service'];
  readonly dialect: { readonly name: DialectName };
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** What the answer to a browser's preflight depends on. */
  readonly bucketExists?: boolean;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** Why a request is none of S3's operations, and at which of its checks S3 says so (F20, F22). */
export interface Unrouted {
  readonly row: undefined;
  readonly refusal: S3Error;
  readonly stage: Stage;
}

/** The row of a request, or why it has none. */
export type Found<R> = { readonly row: R } | Unrouted;

/** Finds the row that a request asks for among all rows of a table, in any order. */
export type Router<R extends Row> = (request: RoutableRequest) => Found<R>;

/** The part of the service that a request addresses: what its path names, and the name in its query that chooses. */
interface Target {
  readonly level: Level;
  readonly name: string | undefined;
  readonly subResource: SubResource;
}

/** A router over the rows of a table. */
export function createRouter<R extends Row>(rows: readonly R[]): Router<R> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groupOf(row, row.level, row.subResource);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return (request) => {
    if (request.service === 's3' && !knownMethods.has(request.method))
      return unrouted(new S3Error('RequestUnparsable'));
    const names = selectorsOf(request);
    if (names.length > 1) return unrouted(new S3Error('QueryConflict', { names: names.toSorted() }));
    const target = targetOf(request, names[0]);
    const early = refusalOfParameters(request, target) ?? refusalOfPlace(request, target);
    if (early) return early;
    const candidates = groups.get(groupOf(request, target.level, target.name)) ?? [];
    const [first, ...others] = candidates.filter((row) => satisfies(request, row));
    if (first === undefined) return refusalOfMethod(request, target, rows);
    return { row: others.reduce((best, row) => (specificity(row) > specificity(best) ? row : best), first) };
  };
}

function unrouted(refusal: S3Error, stage: Stage = 'address'): Unrouted {
  return { row: undefined, refusal, stage };
}

function groupOf(row: Pick<Row, 'service' | 'method'>, level: Level, subResource: string | undefined): string {
  return `${row.service} ${row.method} ${level} ${subResource ?? ''}`;
}

function levelOf({ bucket, key }: RoutableRequest): Level {
  return key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE';
}

/** The names of the query that choose an operation at this path. More than one is a conflict, whoever asks. */
function selectorsOf(request: RoutableRequest): readonly string[] {
  const level = levelOf(request);
  if (level === 'SERVICE') return [];
  const names = [...request.query.keys()].filter((name) => {
    const known = Object.hasOwn(subResources, name) ? subResources[name] : undefined;
    if (known?.dialect !== undefined && known.dialect !== request.dialect.name) return false;
    return level === 'BUCKET' ? known?.bucket : (known?.key ?? known?.bucketAtKey);
  });
  // A part number belongs to an upload: beside anything else it is one name too many (F22).
  const belongs = names.length === 0 ? level === 'OBJECT' : names.length === 1 && names[0] === 'uploadId';
  return request.query.has('partNumber') && !belongs ? [...names, 'partNumber'] : names;
}

const nothing: SubResource = {};

function targetOf(request: RoutableRequest, name: string | undefined): Target {
  const subResource = (name === undefined ? undefined : subResources[name]) ?? nothing;
  return { level: subResource.bucketAtKey ? 'BUCKET' : levelOf(request), name, subResource };
}

function satisfies({ path, query, headers, dialect }: RoutableRequest, row: Row): boolean {
  return (
    (row.dialect === undefined || row.dialect === dialect.name) &&
    (row.path === undefined || row.path === path) &&
    row.parameters.every(([name, value]) => (value === undefined ? query.has(name) : query.get(name) === value)) &&
    (row.requires === undefined || headers.has(row.requires)) &&
    (!row.takesForm || isForm(headers))
  );
}

function isForm(headers: ReadonlyMap<string, string>): boolean {
  return headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
}

/** Of two rows that a request satisfies the one wins that asks for most: parameters before headers before a dialect. */
function specificity({ parameters, requires, dialect }: Row): number {
  return parameters.length * 100 + (requires === undefined ? 0 : 10) + (dialect === undefined ? 0 : 1);
}

/** What S3 refuses of a query before it asks who sent it, or whether the method is right. */
function refusalOfParameters(request: RoutableRequest, target: Target): Unrouted | undefined {
  const versionId = request.query.get('versionId');
  if (versionId !== undefined && refusesVersionId(request, target))
    return unrouted(new S3Error('VersionIdNotAccepted', { ArgumentValue: versionId }));
  const { name = '', subResource } = target;
  const ArgumentValue = subResource.takesNoValue && request.query.get(name);
  return ArgumentValue ? unrouted(new S3Error('WebsiteWithValue', { ArgumentValue })) : undefined;
}

/** Nothing of a bucket's has versions; S3 reads the id all the same if an ACL or a restore is asked for (F22). */
function refusesVersionId({ service, method, bucket, key }: RoutableRequest, { name, subResource }: Target): boolean {
  if (service !== 's3' || bucket === undefined || method === 'OPTIONS') return false;
  if (key !== undefined) return (method === 'GET' || method === 'HEAD') && subResource.hasNoVersions === true;
  const { bucketVersionIdRefusedFor: methods } = subResource;
  if (methods) return methods.some((one) => one === method);
  return name !== 'partNumber' && !(name === undefined && method === 'POST');
}

/** Some names belong to the other kind of path: S3 finds the bucket, and then says what is missing or too much (F22). */
function refusalOfPlace({ method, key, query }: RoutableRequest, { subResource }: Target): Unrouted | undefined {
  const misplaced = key === undefined ? subResource.misplacedAtBucket : subResource.misplacedAtKey;
  const isPart = subResource.withPartNumber !== undefined && query.has('partNumber');
  const refusal = misplaced && Object.hasOwn(misplaced, method) && !isPart ? misplaced[method as 'GET'] : undefined; // one of its own names
  return refusal && unrouted(new S3Error(refusal), 'sub-resource');
}

/** What S3 says to a method, or to a place, that none of its operations has. */
function refusalOfMethod(request: RoutableRequest, target: Target, rows: readonly Row[]): Unrouted {
  const { method: Method } = request;
  const { level, name, subResource } = target;
  if (Method === 'OPTIONS') return refusalOfPreflight(request);
  if (name === 'partNumber') return unrouted(new S3Error('KeyNameInvalid'));
  if (level === 'BUCKET' && name === undefined && Method === 'POST') return unrouted(new S3Error('BucketPostNotForm'));
  const details = { Method, ResourceType: typeOf(request, target), allow: allowedMethods(request, target, rows) };
  // A bucket has no torrent; S3 looks for the bucket first all the same (F22).
  const late = level === 'BUCKET' && subResource.bucketBeforeMethod?.some((one) => one === Method);
  return unrouted(new S3Error('MethodNotAllowed', details), late ? 'sub-resource' : 'method');
}

function typeOf({ query }: RoutableRequest, { level, subResource }: Target): string {
  const { withPartNumber, bucket, key } = subResource;
  if (withPartNumber !== undefined && query.has('partNumber')) return withPartNumber;
  return (level === 'OBJECT' ? key : bucket) ?? level;
}

// In the order in which S3 was seen to name them.
const methods = ['HEAD', 'DELETE', 'POST', 'GET', 'PUT'];
/** A request of any other method is one that S3 cannot parse (F22). */
const knownMethods = new Set([...methods, 'PATCH', 'OPTIONS']);

function allowedMethods(
  { service, query }: RoutableRequest,
  { level, name, subResource }: Target,
  rows: readonly Row[],
): readonly string[] {
  const isPart = subResource.withPartNumber !== undefined && query.has('partNumber');
  const offered = rows.filter((row) => {
    // S3 names a key's methods at a bucket's path, too, if the bucket has that name of a key's.
    const there = row.level === level || (name !== undefined && level === 'BUCKET' && row.level === 'OBJECT');
    const same = there && row.service === service && row.subResource === name;
    return same && isPart === row.parameters.some(([parameter]) => parameter === 'partNumber');
  });
  const allowed = new Set(offered.map((row) => row.method));
  return methods.filter((method) => allowed.has(method));
}

/** No bucket here has a CORS configuration, so a browser's question before its request is always refused (F23). */
function refusalOfPreflight({ headers, bucketExists }: RoutableRequest): Unrouted {
  const Method = headers.get('access-control-request-method') || 'OPTIONS';
  if (!headers.get('origin')) return unrouted(new S3Error('CorsOriginMissing'));
  if (!knownMethods.has(Method)) return unrouted(new S3Error('CorsMethodInvalid', { method: Method }));
  const details = { Method, ResourceType: 'BUCKET' };
  return unrouted(bucketExists ? new S3Error('CorsNotEnabled', details) : new S3Error('CorsBucketMissing', details));
}
