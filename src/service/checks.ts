import { refusalOfKey } from '../model/object-keys';
import { readPostPolicy } from '../model/post-policy/document';
import { checkPostPolicy } from '../model/post-policy/evaluation';
import { largestPart } from '../model/uploads/upload';
import { reasonsOfControl } from '../operations/control/lacking';
import { reasonsOfLack } from '../operations/lacking/rows';
import type { FurtherAction } from '../operations/operation';
import type { NamedOperation } from '../operations/table';
import { climbs } from '../protocol/request/address';
import {
  checkFramingIsSigned,
  checkLengthIsKnown,
  isFramed,
  readDeclaredLength,
} from '../protocol/request/aws-chunked';
import {
  checkContentSha256,
  checkDigestForms,
  checkDigests,
  comparesHashAsText,
  type ReceivedBody,
  readAnnouncedTrailers,
  readClaims,
} from '../protocol/request/checksums';
import { checkNoStraySource } from '../protocol/request/copy-source-address';
import { checkCrossOrigin } from '../protocol/request/cross-origin';
import type { Identity } from '../protocol/request/identity';
import { type Refusals, type Stage, stages } from '../protocol/request/stages';
import { readTimes, serviceTime, serviceTimeAtEnd } from '../protocol/signature/service-time';
import {
  checkChunkSignatures,
  checkExpiry,
  checkSignature,
  checkWithoutSecret,
  isUnreadHeader,
  type Verifier,
} from '../protocol/signature/signature';
import { readBasicDate } from '../protocol/signature/terms';
import { S3Error } from '../refusals';
import { counted } from '../text/counts';
import { findRefusal } from './access';
import { checkBucket, checkRight } from './bucket-check';
import { addNote, type Call } from './call';
import { checkSignatureVersion, findCaller, makeVerifier } from './caller';
import { checkTakesHeaders } from './untaken-headers';
import { describeDoubt, isServed, writeLack } from './why';

/** Checks in S3's order (F25). At each stage, the findings of reading, routing and binding come before the stage's own check. */
export function check(call: Call): void {
  checkStages(call, stepsOf(call));
}

/** S3's only check of a browser's preflight request before it reads the bucket's rules. */
export function checkAddress(call: Call): void {
  checkStages(call, ofAddress);
}

/**
 * Whether S3 refuses the request before it reads the body (F180). If the mock lacks the operation, the body is read: the journal contains
 * it, and a rule can answer (F231).
 */
export function isHeadRefused(call: Call): boolean {
  const { headers } = call.request;
  // Checksums that trailers bring are checked with the body.
  const hasTrailers = headers.has('trailer') || headers.has('x-amz-trailer');
  // The sender of a form, and what it asks for, are in its body. Some documents are read before policies are asked (F1020).
  const { takesForm, checkDocument } = call.found.row ?? {};
  const last: Stage = takesForm || checkDocument ? 'query' : hasTrailers ? 'head' : 'digest form';
  const all = stepsOf(call);
  const ofHead = all.slice(0, all.findIndex(({ stage }) => stage === last) + 1).filter(({ stage }) => stage !== 'size');
  try {
    checkStages(call, 'preflight' in call.found ? ofAddress : ofHead);
    return false;
  } catch (thrown) {
    if (thrown instanceof S3Error) return thrown.refusal !== 'MockNotImplemented';
    throw thrown;
  }
}

function checkStages(call: Call, given: readonly Step[]): void {
  const { request, found, refusals } = call;
  // Few requests have earned a refusal by now, and each takes this path.
  if (found.row !== undefined && isEmpty(request.refusals) && isEmpty(refusals)) {
    for (const { check } of given) check?.(call);
    return;
  }
  for (const { stage, check } of given) {
    checkFoundBefore(stage, call);
    check?.(call);
  }
}

function isEmpty(refusals: Refusals): boolean {
  for (const _stage in refusals) return false;
  return true;
}

function checkFoundBefore(stage: Stage, { request, found, refusals }: Call): void {
  // Only an upload is streamed: S3 reads the body of no other operation by its framing (F576).
  const isRead = (stage !== 'announcement' && stage !== 'framing') || found.row?.streaming === true;
  const ofRequest: Refusals = isRead ? request.refusals : {};
  const ofRoute = 'stage' in found && found.stage === stage ? found.refusal : refusals[stage];
  const refusal = ofRequest[stage] ?? ofRoute;
  if (refusal) throw refusal;
}

export function requireRow({ found }: Call): NamedOperation {
  if (found.row === undefined) throw new TypeError('a request without a row was not refused');
  return found.row;
}

const checks: { readonly [Name in Stage]?: (call: Call) => void } = {
  query({ found, request }) {
    if (request.dialect.crossOrigin.refusesUnreadable) checkCrossOrigin(request);
    if (found.row === undefined) return;
    found.row.checkQuery?.(request.query, request.endpoint);
    if (found.refusal) throw found.refusal;
  },
  signature(call) {
    checkSignatureVersion(call);
    if (call.verifySignatures) checkSignature(call.request, makeVerifier(call));
    else if (call.verifySignatures === undefined && isPresigned(call)) checkPresigned(call);
  },
  caller: identifyCaller,
  'payload hash': (call) => checkPayloadHash(call, true),
  bucket: checkBucket,
  upload(call) {
    const { bucket, found, input } = call;
    if (bucket !== undefined && found.row?.checkEarly !== undefined) found.row.checkEarly({ ...call, bucket }, input);
  },
  access: checkRight,
  operation: checkOperation,
  policy: checkFormPolicy,
  head: checkHead,
  'digest form': (call) => checkDigestForms(readReceived(call)),
  // S3 reads the body once, and each chunk's signature with the chunk (F577).
  chunks(call) {
    if (call.verifySignatures) checkChunkSignatures(call.request, makeVerifier(call));
  },
  // S3 compares the payload hash of a document last, and that of other bodies first (F27).
  digest(call) {
    // Reads have no body, and S3 compares no digest with it (F1693).
    if (call.request.method === 'GET' || call.request.method === 'HEAD') return;
    checkDigests(readReceived(call), requireRow(call).hasDocument ? 'payload hash last' : 'payload hash first');
  },
};

interface Step {
  readonly stage: Stage;
  readonly check: ((call: Call) => void) | undefined;
}

const steps: readonly Step[] = stages.map((stage) => ({ stage, check: checks[stage] }));
const accessAfterDocument = moveBehind(steps, 'access', 'document');
const ofAddress = steps.filter(({ stage }) => stage === 'address');

function moveBehind(given: readonly Step[], moved: Stage, behind: Stage): readonly Step[] {
  const one = given.filter(({ stage }) => stage === moved);
  return given.flatMap((step) => (step.stage === moved ? [] : step.stage === behind ? [step, ...one] : [step]));
}

function stepsOf({ found }: Call): readonly Step[] {
  return found.row?.accessAfter === undefined ? steps : accessAfterDocument;
}

function refusalThrownBy(act: () => void): S3Error | undefined {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof S3Error) return thrown;
    throw thrown;
  }
  return undefined;
}

/** Whether the request has its signature in its query or in the fields of a form. */
function isPresigned({ request: { identity } }: Call): boolean {
  return !(identity instanceof S3Error) && presigned.has(identity.scheme);
}

const presigned: ReadonlySet<Identity['scheme']> = new Set([
  'sigv4-presigned',
  'sigv4-form',
  'sigv2-presigned',
  'sigv2-form',
]);

/**
 * Checks a URL or a form in a mock that leaves other signatures unchecked. A port can have another name for its clients than for whoever
 * signed, so only what needs no secret counts there, as with a key of which nobody knows the secret.
 */
function checkPresigned(call: Call): void {
  const { request } = call;
  const verifier = makeVerifier(call);
  const isKnown = 'accessKeyId' in request.identity && verifier.secretOf(request.identity.accessKeyId) !== undefined;
  if (isKnown && request.wire.endpoint.isPort !== true) checkSignature(request, verifier);
  else checkWithoutSecret(request, verifier);
  noteDoubt(call, verifier);
}

/** Notes that the URL has expired if it was signed before the mock's clock was moved, which its date does not say. */
function noteDoubt(call: Call, verifier: Verifier): void {
  const { request } = call;
  const { times } = verifier;
  if (times.moves.length === 0) return;
  const signedFirst: Verifier = { ...verifier, times: { ...times, presumed: 'signed first' } };
  const refusal = refusalThrownBy(() => checkExpiry(request, signedFirst));
  if (refusal === undefined) return;
  const doubt = describeDoubt(refusal, request);
  call.doubt = doubt;
  addNote(call, () => doubt);
}

function identifyCaller(call: Call): void {
  const { identity } = call.request;
  if (identity instanceof S3Error) {
    // S3 looks for the hash of a signed body before it reads the credential.
    if (isUnreadHeader(identity)) checkPayloadHash(call, true);
    throw identity;
  }
  call.caller = findCaller(call, identity);
}

function checkPayloadHash(call: Call, streamingAllowed: boolean): void {
  const { headers, identity } = call.request;
  const service = !(identity instanceof S3Error) && 'service' in identity ? identity.service : undefined;
  checkContentSha256({ headers, signed: placeOf(call), streamingAllowed, service });
}

function placeOf({ request: { identity } }: Call): 'header' | 'text' | 'none' {
  if (identity instanceof S3Error) return isUnreadHeader(identity) ? 'header' : 'none';
  const { scheme } = identity;
  if (scheme === 'sigv4' || scheme === 'sigv4a') return 'header';
  return comparesHashAsText(scheme) ? 'text' : 'none';
}

function checkOperation(call: Call): void {
  const row = requireRow(call);
  checkPayloadHash(call, row.streaming === true);
  if (row.handle === undefined) throw refusalForLacking(row.name, call);
  if (call.bucket !== undefined) row.checkBucket?.(call.bucket, { caller: call.caller, method: call.request.method });
  if (row.level !== 'OBJECT' && !row.takesForm) return;
  const { key = '', dialect } = call.request;
  // A form alone has its key in the body; in a path, it was refused with the address.
  if (dialect.requests.refusesOddKeys && climbs(key)) throw new S3Error('KeyClimbs').quoting({ 'the key': key });
  const refusal = refusalOfKey(key);
  if (refusal) throw refusal;
}

function refusalForLacking(operation: NamedOperation['name'], { request }: Call): S3Error {
  const reason = reasonsOfLack.get(operation) ?? reasonsOfControl.get(operation);
  return new S3Error(
    'MockNotImplemented',
    { operation, isServed: isServed(request.wire) },
    writeLack(operation, reason),
  );
}

function checkHead(call: Call): void {
  const { request } = call;
  const row = requireRow(call);
  if (request.bucket !== undefined) checkNoStraySource(request);
  checkTakesHeaders(row, request);
  checkObject(row, call);
  if (!row.streaming) return;
  if ('scheme' in request.identity && request.identity.scheme.startsWith('sigv4'))
    checkFramingIsSigned(request.headers);
  checkLengthIsKnown(request.headers);
  checkDeclaredLength(request.headers);
}

/** F1592 */
function checkDeclaredLength(headers: ReadonlyMap<string, string>): void {
  const ProposedSize = readDeclaredLength(headers);
  if (ProposedSize === undefined || ProposedSize <= largestPart) return;
  const why = `the body has ${counted(ProposedSize, 'byte')}, and one request uploads 5 GiB at most: upload it in parts`;
  throw new S3Error('UploadTooLarge', { ProposedSize, MaxSizeAllowed: largestPart }, why);
}

function checkObject(row: NamedOperation, call: Call): void {
  const { store, request, bucket } = call;
  if (row.checkObject === undefined || bucket === undefined || request.key === undefined) return;
  const context = { store, request, bucket, refusalOf: (asked: FurtherAction) => findRefusal(call, asked) };
  row.checkObject(context, request.key, request.query.get('versionId'));
}

function readReceived(call: Call): ReceivedBody {
  call.received ??= makeReceived(call);
  return call.received;
}

function makeReceived(call: Call): ReceivedBody {
  const { headers, trailers, body, dialect, wire } = call.request;
  const {
    hasDocument,
    expectedDigest = hasDocument ? 'base64' : 'hex',
    checksumOf = 'body',
    digest,
    streaming = false,
    whenDigestMissing: whenMissing,
  } = requireRow(call);
  const required = digest === 'required' || digest === `required by ${dialect.name}`;
  const ofService = dialect.objects.checksumAlgorithms;
  const claims = readClaims(call.request);
  return {
    headers,
    trailers,
    body,
    excess: wire.excess,
    expectedDigest,
    checksumOf,
    ofService,
    required,
    claims,
    announced: streaming && !isFramed(headers) ? readAnnouncedTrailers(headers) : [],
    comparesText: placeOf(call) === 'text',
    ...(whenMissing && { whenMissing }),
  };
}

/** S3 reads no policy of a form that nobody signed (F564). */
function checkFormPolicy(call: Call): void {
  const { form, identity, bucket = '' } = call.request;
  if (form === undefined || identity instanceof S3Error || identity.scheme === 'anonymous') return;
  const policy = readPostPolicy(form.fields.get('policy') ?? '');
  checkPostPolicy(policy, { fields: form.fields, bucket }, timeOfForm(call, form.fields, policy.expiration));
  call.policy = policy;
}

/** A policy is always checked, and so is its end: a form counts as signed before the mock's clock was moved in the same second. */
function timeOfForm({ store: { clock } }: Call, fields: ReadonlyMap<string, string>, end: number): number {
  const signed = readBasicDate(fields.get('x-amz-date') ?? '');
  const times = readTimes(clock, 'signed first');
  return signed === undefined ? serviceTimeAtEnd(end, times) : serviceTime(signed, times);
}
