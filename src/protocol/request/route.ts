import { S3Error } from '../../refusals/s3-error';
import type { Dialect, Endpoint } from '../../wire';
import { subResources } from './sub-resources';

/** Whether a path names nothing, a bucket, or a key of it, in the words of S3's refusals. */
export type Level = 'SERVICE' | 'BUCKET' | 'OBJECT';

/** What a request must be for a declaration to be the one that it asks for. */
export interface Row {
  readonly method: string;
  readonly level: Level;
  /** A path that names no bucket, where it must be that one. */
  readonly path: string | undefined;
  readonly service: Endpoint['service'];
  /** The name that chooses the operation by being there, as in `?versioning`. */
  readonly subResource: string | undefined;
  /** Further parameters that must be there, and their values where those are given. */
  readonly parameters: readonly (readonly [name: string, value: string | undefined])[];
  /** A header that must be there. */
  readonly requires: string | undefined;
  readonly dialect: Dialect | undefined;
}

/** A request as far as it decides which operation it is. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly service: Endpoint['service'];
  readonly dialect: Dialect;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** What a browser's preflight is answered by. */
  readonly bucketExists?: boolean;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** What else a declaration says of the requests that it takes, beside its pattern. */
export interface RowLimits {
  readonly requires?: string;
  readonly dialect?: Dialect;
  readonly service?: Endpoint['service'];
}

/** When S3 tells that it has no such operation: at once, after it read who asks, or after it found the bucket (F20, F22). */
type Moment = 'first' | 'caller' | 'bucket';

/** What was found for a request: its row, or why it has none and when that is told. */
export type Found<R> =
  | { readonly row: R }
  | { readonly row: undefined; readonly refusal: S3Error; readonly at: Moment };

/** Finds the row that a request asks for among all rows of a table, standing there in any order. */
export type Router<R extends Row> = (asked: Asked) => Found<R>;

/** Reads the pattern of a declaration: `PUT /{Bucket}/{Key+}?partNumber={}&uploadId`, `GET /{Bucket}?list-type=2`. */
export function parsePattern(pattern: string, limits: RowLimits): Row {
  const [, method = '', path = '', queryText = ''] = /^([A-Z]+) (\/[^?]*)(?:\?(.*))?$/.exec(pattern) ?? [];
  const names = queryText === '' ? [] : queryText.split('&').map((part) => part.split('='));
  return {
    method,
    level: path.includes('{Key+}') ? 'OBJECT' : path.includes('{Bucket}') ? 'BUCKET' : 'SERVICE',
    path: path.includes('{') || path === '/' ? undefined : path,
    service: limits.service ?? 's3',
    subResource: names.find((part) => part.length === 1)?.[0],
    parameters: names
      .filter((part) => part.length > 1)
      .map(([name = '', value]) => [name, value === '{}' ? undefined : value]),
    requires: limits.requires,
    dialect: limits.dialect,
  };
}

/** A router over the rows of a table. */
export function createRouter<R extends Row>(rows: readonly R[]): Router<R> {
  const groups = new Map<string, R[]>();
  for (const row of rows) groups.set(placeOf(row), [...(groups.get(placeOf(row)) ?? []), row]);

  return (asked) => {
    if (asked.service === 's3' && !knownMethods.has(asked.method)) return refused(new S3Error('RequestUnparsable'));
    const names = selectorsOf(asked);
    if (names.length > 1) return refused(new S3Error('QueryConflict', { names: names.toSorted() }));
    const [subResource] = names;
    const level = answeringLevel(asked, subResource);
    const early = refuseValue(asked, level, subResource);
    if (early) return early;
    const candidates = groups.get(placeOf({ ...asked, level, subResource })) ?? [];
    const [first, ...others] = candidates.filter((row) => satisfies(asked, row));
    if (first === undefined) return refuseMethod(asked, level, subResource, rows);
    return { row: others.reduce((best, row) => (demand(row) > demand(best) ? row : best), first) };
  };
}

function refused(refusal: S3Error, at: Moment = 'first'): { row: undefined; refusal: S3Error; at: Moment } {
  return { row: undefined, refusal, at };
}

function placeOf(row: Pick<Row, 'service' | 'method' | 'level' | 'subResource'>): string {
  return `${row.service} ${row.method} ${row.level} ${row.subResource ?? ''}`;
}

function pathLevel({ bucket, key }: Asked): Level {
  return key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE';
}

/** The names of the query that choose an operation at this path. More than one is a conflict, whoever asks. */
function selectorsOf(asked: Asked): readonly string[] {
  const level = pathLevel(asked);
  if (level === 'SERVICE') return [];
  const names = [...asked.query.keys()].filter((name) => {
    const known = Object.hasOwn(subResources, name) ? subResources[name] : undefined;
    if (known?.dialect !== undefined && known.dialect !== asked.dialect) return false;
    return level === 'BUCKET' ? known?.bucket : (known?.key ?? known?.bucketAtKey);
  });
  // A part number belongs to an upload: beside anything else it is one name too many (F22).
  const belongs = names.length === 0 ? level === 'OBJECT' : names.length === 1 && names[0] === 'uploadId';
  return asked.query.has('partNumber') && !belongs ? [...names, 'partNumber'] : names;
}

/** S3 answers some of a bucket's sub-resources for the bucket although the path names a key (F21). */
function answeringLevel(asked: Asked, subResource: string | undefined): Level {
  const bucketAtKey = subResource !== undefined && subResources[subResource]?.bucketAtKey;
  return bucketAtKey && asked.key !== undefined ? 'BUCKET' : pathLevel(asked);
}

function satisfies({ path, query, headers, dialect }: Asked, row: Row): boolean {
  return (
    (row.dialect === undefined || row.dialect === dialect) &&
    (row.path === undefined || row.path === path) &&
    row.parameters.every(([name, value]) => (value === undefined ? query.has(name) : query.get(name) === value)) &&
    (row.requires === undefined || headers.has(row.requires))
  );
}

/** Of two rows that a request satisfies the one wins that asks for most: parameters before headers before a dialect. */
function demand({ parameters, requires, dialect }: Row): number {
  return parameters.length * 100 + (requires === undefined ? 0 : 10) + (dialect === undefined ? 0 : 1);
}

/** What S3 refuses of a query before it asks who sent it, or whether the method is right. */
function refuseValue(asked: Asked, level: Level, subResource: string | undefined): Found<never> | undefined {
  const ArgumentValue = asked.query.get('versionId');
  if (ArgumentValue !== undefined && takesNoVersion(asked, subResource))
    return refused(new S3Error('VersionIdNotAccepted', { ArgumentValue }));
  const website = asked.query.get('website');
  if (subResource === 'website' && website) {
    return refused(new S3Error('WebsiteWithValue', { ArgumentValue: website }));
  }
  if (level !== 'BUCKET' || asked.key === undefined || asked.method !== 'GET') return undefined;
  if (subResource === 'logging') return refused(new S3Error('LoggingOfKey'), 'bucket');
  return subResource === 'versions' ? refused(new S3Error('VersionsOfKey'), 'bucket') : undefined;
}

/** Nothing of a bucket's has versions; S3 reads the id all the same where an ACL or a restore is asked for (F22). */
function takesNoVersion({ service, method, bucket, key }: Asked, subResource: string | undefined): boolean {
  if (service !== 's3' || bucket === undefined || method === 'OPTIONS') return false;
  if (key !== undefined) return (method === 'GET' || method === 'HEAD') && hasNoVersions(subResource);
  if (subResource === 'acl' || subResource === 'restore') return method === 'DELETE' || method === 'PATCH';
  return subResource !== 'partNumber' && !(method === 'POST' && subResource === undefined);
}

/** Whether what is read at a key is the bucket's, or of uploads. */
function hasNoVersions(subResource: string | undefined): boolean {
  if (subResource === undefined || subResource === 'delete') return false;
  return subResources[subResource]?.bucketAtKey ?? /^(?:torrent|uploadId|uploads)$/.test(subResource);
}

/** What S3 says to a method, or to a place, that none of its operations has. */
function refuseMethod(asked: Asked, level: Level, subResource: string | undefined, rows: readonly Row[]): Found<never> {
  const Method = asked.method;
  if (Method === 'OPTIONS') return refusePreflight(asked);
  if (subResource === 'partNumber') return refused(new S3Error('KeyNameInvalid'));
  if (level === 'BUCKET' && subResource === undefined && Method === 'POST') return refuseForm(asked);
  const misplaced = refuseMisplaced(asked, level, subResource);
  if (misplaced) return misplaced;
  const ResourceType = typeOf(asked, level, subResource);
  return refused(
    new S3Error('MethodNotAllowed', { Method, ResourceType, allow: allowedMethods(asked, level, subResource, rows) }),
    // A bucket has no torrent; S3 looks for the bucket first all the same (F22).
    level === 'BUCKET' && subResource === 'torrent' && Method === 'GET' ? 'bucket' : 'caller',
  );
}

function typeOf({ query }: Asked, level: Level, subResource: string | undefined): string {
  if (subResource === undefined) return level;
  if (subResource === 'uploadId' && query.has('partNumber')) return 'PART';
  return subResources[subResource]?.[level === 'OBJECT' ? 'key' : 'bucket'] ?? level;
}

// In the order in which S3 was seen to name them.
const methods = ['HEAD', 'DELETE', 'POST', 'GET', 'PUT'];
/** A request of any other method is one that S3 cannot parse (F22). */
const knownMethods = new Set([...methods, 'PATCH', 'OPTIONS']);

function allowedMethods(
  { service, query }: Asked,
  level: Level,
  subResource: string | undefined,
  rows: readonly Row[],
): readonly string[] {
  const part = query.has('partNumber') && subResource === 'uploadId';
  const offered = rows.filter((row) => {
    // S3 names a key's methods at a bucket's path, too, where the bucket has that name of a key's.
    const there = row.level === level || (subResource !== undefined && level === 'BUCKET' && row.level === 'OBJECT');
    const same = there && row.service === service && row.subResource === subResource;
    return same && part === row.parameters.some(([name]) => name === 'partNumber');
  });
  const form = level === 'BUCKET' && subResource === undefined ? ['POST'] : [];
  const allowed = new Set([...offered.map((row) => row.method), ...form]);
  return methods.filter((method) => allowed.has(method));
}

/** Names of an object's that S3 reads at a bucket's path, and the other way round, to say that something is missing (F22). */
function refuseMisplaced(
  { method, query }: Asked,
  level: Level,
  subResource: string | undefined,
): Found<never> | undefined {
  const read = method === 'GET' || method === 'POST' || method === 'DELETE';
  const ofUpload = subResource === 'uploadId' && read && !query.has('partNumber');
  if (level === 'BUCKET' && (ofUpload || (subResource === 'uploads' && method === 'POST')))
    return refused(new S3Error('KeyRequired'), 'bucket');
  if (level === 'BUCKET' && subResource === 'restore' && method === 'POST')
    return refused(new S3Error('UserKeyRequired'), 'bucket');
  if (level === 'OBJECT' && subResource === 'uploads' && method === 'GET')
    return refused(new S3Error('UploadsOfKey'), 'bucket');
  return undefined;
}

/** Only a browser's form is posted to a bucket. */
function refuseForm({ headers }: Asked): Found<never> {
  const form = headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data');
  return refused(form ? new S3Error('NotImplemented', { operation: 'PostObject' }) : new S3Error('BucketPostNotForm'));
}

/** No bucket here has a CORS configuration, so a browser's question before its request is always refused (F23). */
function refusePreflight({ headers, bucketExists }: Asked): Found<never> {
  const Method = headers.get('access-control-request-method') || 'OPTIONS';
  if (!headers.get('origin')) return refused(new S3Error('CorsOriginMissing'));
  if (!knownMethods.has(Method)) return refused(new S3Error('CorsMethodInvalid', { method: Method }));
  const details = { Method, ResourceType: 'BUCKET' };
  return refused(bucketExists ? new S3Error('CorsNotEnabled', details) : new S3Error('CorsBucketMissing', details));
}
