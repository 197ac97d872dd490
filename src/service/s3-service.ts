import type { Stamp } from '../dialects';
import { firstRegion } from '../formats/regions';
import { findAccessPoint, findNamedBucket, writeAccessPointArn } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import { readSuffix } from '../model/bucket-names';
import type { Origin } from '../model/changes';
import { findConfiguration } from '../model/configurations/configuration';
import { type CorsRule, type CrossOriginRequest, cors, matchCors } from '../model/configurations/cors';
import type { Caller } from '../model/identity/account';
import { anonymous } from '../model/identity/caller';
import type { Store } from '../model/store';
import type { BatchEntry, Context, FurtherAction } from '../operations/operation';
import { findOperation, type NamedOperation } from '../operations/table';
import { bind } from '../protocol/document/binding';
import { readFormRequest } from '../protocol/form/form-request';
import { writeRefusal, writeRefusalIn200 } from '../protocol/reply/refusal';
import { crossOriginHeaders, writeReply } from '../protocol/reply/reply';
import { findSourceBucketName } from '../protocol/request/copy-source-address';
import { readCrossOrigin } from '../protocol/request/cross-origin';
import { readRequest, type S3Request } from '../protocol/request/request';
import { findUrlSignature } from '../protocol/signature/url-signature';
import { type GivenError, type Header, refusalForFailure, S3Error } from '../refusals';
import { suggestRoute } from '../text/door-paths';
import { say } from '../text/reason';
import type { Endpoint, WireReply, WireRequest } from '../wire';
import { checkPassRole, findRefusal } from './access';
import { refusalForMissingBucket } from './bucket-check';
import { addNote, type Call } from './call';
import { findCaller } from './caller';
import { check, checkAddress, isHeadRefused, requireRow } from './checks';
import { makeEntry } from './entry';
import type { Outcome } from './failures/outcome';
import { makePlace } from './failures/rules';
import type { NeededPlace } from './failures/stepped-rule';
import { type ReadOptions, refusalForThrown, type Service } from './service';
import { makeStamp, replyToStray } from './stray-replies';
import { writeReason } from './why';

/** IBM COS is a dialect; IBM Cloud's tokens are rows of the same table. */
export const s3: Service<Call> = {
  read: readCall,
  isHeadRefused,
  name: 's3',
  operationOf: ({ found }) => found.row?.name,
  findPlaces,
  carryOut: apply,
  refuse,
  findReadableCaller,
  makeEntry,
  replyToLate: replyToStray,
};

function readCall(options: ReadOptions, wire: WireRequest): Call {
  const sent = readRequest(wire);
  const found = findOperation(sent);
  const request = found.row?.takesForm ? readFormRequest(sent) : sent;
  return beginCall(options, throughAccessPoint(request, options.store), found);
}

function throughAccessPoint(request: S3Request, { buckets }: Store): S3Request {
  const { bucket: named, endpoint, dialect } = request;
  if (named === undefined || !dialect.configurations.hasPolicies) return request;
  const isHost = endpoint.accessPoint === true;
  if (!isHost && (buckets.has(named) || !mayNamePoint(named, endpoint))) return request;
  const found = findAccessPoint(buckets.values(), named, endpoint.region);
  if (found === undefined) return isHost ? { ...request, accessPoint: { named, point: undefined } } : request;
  const { bucket, point } = found;
  const given = named === point.alias ? named : writeAccessPointArn(point);
  return { ...request, bucket: bucket.name, accessPoint: { named: given, point } };
}

/** Aliases are bucket names to clients; a host of the user's own also takes the name that a host of access points has. */
function mayNamePoint(name: string, { own }: Endpoint): boolean {
  return name.endsWith('-s3alias') || own === true;
}

export function beginCall(
  { store, verifySignatures, findUserSecret = () => undefined, actingOf }: ReadOptions,
  request: S3Request,
  found: Call['found'],
): Call {
  const bucket = request.bucket === undefined ? undefined : store.buckets.get(request.bucket);
  // SDKs name what their caller names as the bucket.
  const named = request.accessPoint?.named;
  const sent = named === undefined ? request : { ...request, bucket: named };
  const { input, recorded, refusals } = bind(found.row?.input ?? noMembers, sent);
  const now = store.clock.now();
  return {
    store,
    request,
    found,
    input,
    recorded,
    refusals,
    bucket,
    now,
    verifySignatures,
    findUserSecret,
    acting: actingOf?.(request.wire.sender) ?? store.acting,
    received: undefined,
    caller: anonymous,
    charge: [],
    policy: undefined,
    reasons: undefined,
    hasBegunAnswer: false,
    handlerNotes: undefined,
    failEntry: undefined,
    failedEntries: undefined,
    endless: undefined,
    urlSignature: findUrlSignature(request.query),
    doubt: undefined,
  };
}

const noMembers = {};

function findReadableCaller(call: Call): Caller {
  const { identity } = call.request;
  try {
    return identity instanceof S3Error ? anonymous : findCaller(call, identity);
  } catch {
    return anonymous;
  }
}

function findPlaces(call: Call): readonly NeededPlace[] {
  const { request, bucket, store } = call;
  const { endpoint, wire } = request;
  // At the global endpoint, a bucket's own host leads to the bucket's region.
  const found = bucket && wire.host !== endpoint.base ? bucket.region : undefined;
  const owner = bucket?.owner.id ?? findReadableCaller(call).account?.id;
  const region = request.service === 'iam' ? undefined : (endpoint.region ?? found ?? firstRegion);
  const called = { region, bucket: request.bucket, account: owner };
  const copied = request.headers.get('x-amz-copy-source');
  const source =
    copied === undefined ? undefined : findNamedBucket(store.buckets, findSourceBucketName(copied) ?? '')?.bucket;
  return source === undefined ? [called] : [called, makePlace(source)];
}

function refuse(call: Call, error: string | GivenError | S3Error, status: 200 | undefined): Outcome {
  const failed = { ...call.request, dialect: call.request.dialect.name };
  const refusal = error instanceof S3Error ? error : refusalForFailure(error, failed);
  const stamp = makeStamp(call.store, call.request.dialect);
  return refusedOutcome(call, refusal, stamp, writeCrossOriginHeaders(call), status);
}

function apply(call: Call, onBug: (bug: unknown) => void): Outcome {
  const { request, store } = call;
  const stamp = makeStamp(store, request.dialect);
  // A request that changes the rules is still answered by the old ones.
  const crossOrigin = writeCrossOriginHeaders(call);
  try {
    if ('preflight' in call.found) {
      checkAddress(call);
      return { reply: answerPreflight(call, call.found.preflight, stamp) };
    }
    check(call);
    const row = requireRow(call);
    // An answer that cannot be written is a bug, which leaves nothing changed either: a client that reads of an error may try again.
    const { result, changes } = store.commit(
      () => {
        const output = row.handle?.(makeContext(call), call.input);
        const reply = writeReply(row, output ?? {}, request, stamp, [...call.charge, ...crossOrigin]);
        return { output, reply };
      },
      () => makeOrigin(row, call, stamp),
    );
    return { ...result, changes };
  } catch (thrown) {
    const status = call.hasBegunAnswer && thrown instanceof S3Error ? 200 : undefined;
    return refusedOutcome(call, refusalForThrown(thrown, onBug), stamp, crossOrigin, status);
  }
}

export function makeOrigin(
  { name }: NamedOperation,
  { caller, now, store, request }: Call,
  { requestId, hostId }: Stamp,
): Origin {
  const { sourceIp: sourceAddress } = store;
  const { sender } = request.wire;
  const isReported = request.dialect.buckets.sendEvents;
  const cause = {
    by: 'request',
    operation: name,
    caller,
    requestId,
    hostId,
    sender,
    sourceAddress,
    isReported,
  } as const;
  return { cause, time: now };
}

function refusedOutcome(
  call: Call,
  given: S3Error,
  stamp: Stamp,
  crossOrigin: readonly Header[],
  status: 200 | undefined,
): Outcome {
  const { request, found, charge } = call;
  const hint = suggestDoor(call);
  const refusal = hint === undefined ? given : given.followedBy(hint);
  if (status === 200 && found.row)
    return { refusal, reply: writeRefusalIn200(refusal, request, stamp, [...charge, ...crossOrigin], found.row) };
  const hinted: readonly Header[] = hint === undefined ? [] : [['x-s3-mock-hint', hint]];
  const extra = [...regionOfRefusal(call, refusal), ...charge, ...crossOrigin, ...hinted];
  return { refusal, reply: writeRefusal(refusal, request, stamp, extra, found.row) };
}

/** Without the prefix of the door, a route of the door is the name of a bucket that nobody has. A client of S3 signs its requests. */
function suggestDoor({ request, bucket }: Call): string | undefined {
  const { wire, endpoint, identity } = request;
  const isAnonymous = 'scheme' in identity && identity.scheme === 'anonymous';
  if (endpoint.door === undefined || bucket !== undefined || !isAnonymous) return undefined;
  const route = suggestRoute(endpoint.door, wire.method, wire.url);
  return route && `did you mean ${route}?`;
}

export function makeContext(call: Call): Context {
  const { store, request, bucket, caller, now, policy } = call;
  const context: Record<keyof Context, unknown> = {
    refusalOf: (asked: FurtherAction) => findRefusal(call, asked),
    checkAccess(asked: FurtherAction, introduction?: string) {
      const refusal = findRefusal(call, asked);
      if (refusal) throw introduction === undefined ? refusal : refusal.introducedBy(introduction);
    },
    checkPassRole: (role: string) => checkPassRole(call, role),
    attempt: (entry: BatchEntry, action: () => unknown) => attempt(call, entry, action),
    beginAnswer() {
      call.hasBegunAnswer = true;
    },
    note: (write: () => string) => addNote(call, () => store.unobserved(write)),
    store,
    request,
    caller,
    now,
    policy,
    bucket,
  };
  if (bucket === undefined) {
    const get = () => {
      throw refusalForMissingBucket(store, request.bucket ?? '');
    };
    Object.defineProperty(context, 'bucket', { get, enumerable: true });
  }
  return context as unknown as Context; // a bucket that is missing throws when it is read
}

/**
 * In answers to a HEAD of the bucket, also to callers who cannot list it or signed for another region (F1147), but not to callers who
 * cannot use an object (F527).
 */
function regionOfRefusal(call: Call, refusal: S3Error): readonly Header[] {
  const { request, found, bucket } = call;
  if (!request.dialect.buckets.areRegional || request.bucket === undefined) return [];
  if (bucket === undefined) return regionOfMissing(call, refusal);
  if (refusal.refusal === 'BucketAlreadyOwnedByYou') return writeRegion(bucket.region); // F32
  const isHead = request.method === 'HEAD' && request.key === undefined;
  const isListing = found.row?.action === 's3:ListBucket';
  const isDenied = isListing && request.dialect.answers.wordsOf(refusal).code === 'AccessDenied';
  const isScope = isAboutSignedRegion(refusal);
  const isToken = refusal.refusal === 'SecurityTokenInvalid' && request.key === undefined;
  const { region } = request.endpoint;
  const isElsewhere = bucket.region !== undefined && region !== undefined && bucket.region !== region;
  return (isHead || isDenied || isScope || isToken) && !isElsewhere ? writeRegion(bucket.region) : [];
}

/** S3 tells the region of a bucket that is not there if the refusal must not tell that (F601). */
function regionOfMissing(call: Call, refusal: S3Error): readonly Header[] {
  const { method, key, bucket, endpoint, dialect } = call.request;
  const isHidden = method === 'HEAD' && key === undefined && readSuffix(bucket ?? '') !== undefined;
  const isDenied = isHidden && dialect.answers.wordsOf(refusal).code === 'AccessDenied';
  const isScope = isAboutSignedRegion(refusal) && !hasUnknownKey(call);
  return isDenied || isScope ? writeRegion(endpoint.region) : [];
}

/** The same refusal of a presigned URL tells no region (F527). */
function isAboutSignedRegion({ refusal }: S3Error): boolean {
  return refusal === 'AuthorizationHeaderRegionWrong';
}

/** Unless the mock accepts only the keys that it gave, any key belongs to somebody. */
function hasUnknownKey({ store, request: { identity }, verifySignatures }: Call): boolean {
  if (verifySignatures !== true || identity instanceof S3Error || !('accessKeyId' in identity)) return false;
  return store.findSecret(identity.accessKeyId) === undefined;
}

function writeRegion(region = firstRegion): readonly Header[] {
  return [['x-amz-bucket-region', region]];
}

/** A refusal undoes this entry alone. A failure that a test injects replaces any answer of S3. */
function attempt(call: Call, entry: BatchEntry, action: () => unknown): unknown {
  try {
    checkFailure(call, entry);
    return call.store.transaction(action);
  } catch (thrown) {
    if (!(thrown instanceof S3Error)) throw thrown;
    call.reasons ??= [];
    call.reasons.push(say`${entry.key}: ${writeReason(thrown, call.request.dialect)}`);
    return thrown;
  }
}

function checkFailure(call: Call, { key, versionId, sent }: BatchEntry): void {
  const failed = call.failEntry?.(sent);
  if (failed === undefined) return;
  const { request } = call;
  const query = new Map(versionId === undefined ? [] : [['versionId', versionId]]);
  const refusal = refusalForFailure(failed.error, { ...request, key, query, dialect: request.dialect.name });
  call.endless ??= failed.endless;
  call.failedEntries ??= [];
  call.failedEntries.push({ entry: sent, code: request.dialect.answers.wordsOf(refusal).code, rule: failed.rule });
  throw refusal;
}

const emptyReply = { output: {}, root: undefined, contentType: undefined, status: 200 };
const none: readonly Header[] = [];

/** F341 */
export function answerPreflight(call: Call, asked: CrossOriginRequest, stamp: Stamp): WireReply {
  return writeReply(emptyReply, {}, call.request, stamp, writePreflightHeaders(call, asked));
}

function writePreflightHeaders(call: Call, asked: CrossOriginRequest): readonly Header[] {
  const { bucket, request } = call;
  const Method = asked.method ?? 'OPTIONS';
  const ofBucket = { Method, ResourceType: 'BUCKET' };
  if (bucket === undefined) throw new S3Error('CorsBucketMissing', ofBucket);
  const rules = findCorsRules(bucket, call);
  if (rules === undefined) throw new S3Error('CorsNotEnabled', ofBucket);
  const fit = matchCors(rules, asked);
  if (typeof fit !== 'string') return crossOriginHeaders(asked, fit, request.dialect.crossOrigin);
  throw new S3Error('CorsNotAllowed', { Method, ResourceType: request.key === undefined ? 'BUCKET' : 'OBJECT' }, fit);
}

/** F343 */
export function writeCrossOriginHeaders(call: Call): readonly Header[] {
  const { bucket, request } = call;
  if (bucket === undefined || !request.headers.has('origin')) return none;
  const rules = findCorsRules(bucket, call);
  const asked = rules && readCrossOrigin(request);
  if (rules === undefined || asked === undefined) return none;
  const fit = matchCors(rules, asked);
  return typeof fit === 'string' ? none : crossOriginHeaders(asked, fit, request.dialect.crossOrigin);
}

function findCorsRules(bucket: Bucket, { store, request }: Call): readonly CorsRule[] | undefined {
  return findConfiguration(cors, { bucket, store, service: request.dialect.configurations })?.CORSRules;
}
