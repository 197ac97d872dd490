import type { Stamp } from '../dialects';
import { firstRegion, hasHyphenInHost } from '../formats/regions';
import { unsigned } from '../model/access/decision-text';
import type { WebsiteConfiguration } from '../model/configurations/website';
import { refusalOfKey } from '../model/object-keys';
import { isObject } from '../model/versions/version';
import { answerVisit, findKeyOfVisit, type Site, type SiteAnswer, type Visit } from '../model/websites';
import { requireObject } from '../operations/objects/addressing';
import { findOperation, type NamedOperation } from '../operations/table';
import { bind } from '../protocol/document/binding';
import { errorHeaders, locationHeader, writePage, writeRedirect } from '../protocol/reply/page';
import { writeRefusal } from '../protocol/reply/refusal';
import { writeReply } from '../protocol/reply/reply';
import { anonymousIdentity } from '../protocol/request/identity';
import { readRequest, type S3Request } from '../protocol/request/request';
import { unrouted } from '../protocol/request/route';
import { type GivenError, type Header, refusalForFailure, S3Error } from '../refusals';
import { say } from '../text/reason';
import type { Endpoint, WireReply, WireRequest } from '../wire';
import { findRefusal } from './access';
import { refusalForMissingBucket } from './bucket-check';
import type { Call } from './call';
import type { Outcome } from './failures/outcome';
import { refusalOfPayment } from './request-payment';
import { answerPreflight, beginCall, makeContext, s3, writeCrossOriginHeaders } from './s3-service';
import { type ReadOptions, refusalForThrown, type Service } from './service';
import { makeStamp } from './stray-replies';

/** The hosts of static websites: anybody may visit them, and they answer with pages (F1801). */
export const websites: Service<Call> = { ...s3, read, isHeadRefused: () => false, carryOut: answerVisitor, refuse };

/** No visitor has credentials there, and no part of the query means anything to S3 (F1800). */
function read(options: ReadOptions, wire: WireRequest): Call {
  const sent = readRequest(wire);
  const { website: form, base } = wire.endpoint;
  const place = form === 'whole' ? readWhole(wire) : { bucket: wire.host === base ? undefined : sent.bucket };
  const request: S3Request = {
    ...sent,
    ...place,
    identity: anonymousIdentity,
    query: nothing,
    headers: without(/^(?:x-amz-.*|authorization)$/, wire),
  };
  const { bucket } = request;
  const configuration = bucket === undefined ? undefined : findWebsite(options, bucket);
  const visited = request.key ?? '';
  const asked = {
    ...request,
    visited,
    key: configuration === undefined ? visited : findKeyOfVisit(configuration, visited),
  };
  return beginCall(options, asked, findRow(asked));
}

const nothing: ReadonlyMap<string, string> = new Map();

/** Reads the path as it is read behind a bucket that is in front of the host. */
function readWhole(wire: WireRequest): Pick<S3Request, 'bucket' | 'key'> {
  const { host, endpoint } = wire;
  const { key } = readRequest({ ...wire, host: `${host}.${endpoint.base}` });
  return { bucket: host, key };
}

function findWebsite({ store }: Pick<Call, 'store'>, name: string): WebsiteConfiguration | undefined {
  return store.buckets.get(name)?.settings.website ?? undefined;
}

function findRow(request: S3Request): Call['found'] {
  const { method: Method } = request;
  if (Method === 'GET' || Method === 'HEAD' || Method === 'OPTIONS') return findOperation(request);
  const refusal = new S3Error('MethodNotAllowed', {
    Method,
    ResourceType: 'OBJECT',
    allow: ['GET', 'HEAD', 'OPTIONS'],
  });
  return unrouted(refusal.because('a website answers GET, HEAD and the preflights of browsers'));
}

function refuse(call: Call, error: string | GivenError | S3Error): Outcome {
  const { request } = call;
  const failed = { ...request, dialect: request.dialect.name };
  const refusal = error instanceof S3Error ? error : refusalForFailure(error, failed);
  return refusedOutcome(call, refusal, makeStamp(call.store, request.dialect), writeCrossOriginHeaders(call));
}

function refusedOutcome(
  call: Pick<Call, 'request'>,
  refusal: S3Error,
  stamp: Stamp,
  extra: readonly Header[],
): Outcome {
  return { refusal, reply: writeAnyRefusal(call.request, refusal, stamp, extra) };
}

/** What S3's HTTP server refuses by itself has no page. */
function writeAnyRefusal(request: S3Request, refusal: S3Error, stamp: Stamp, extra: readonly Header[]): WireReply {
  const { bare } = request.dialect.answers.wordsOf(refusal);
  return bare === undefined
    ? writePage({ refusal }, request, stamp, extra)
    : writeRefusal(refusal, request, stamp, extra);
}

function answerVisitor(call: Call, onBug: (bug: unknown) => void): Outcome {
  const { request, store, found } = call;
  const stamp = makeStamp(store, request.dialect);
  const extra = writeCrossOriginHeaders(call);
  try {
    if (request.refusals.address) throw request.refusals.address;
    if ('preflight' in found) return { reply: answerPreflight(call, found.preflight, stamp) };
    if (found.row === undefined) throw found.refusal;
    const { row } = found;
    // Nobody is told that a visit read an object.
    return store.transaction(() => answer(call, row, stamp, extra));
  } catch (thrown) {
    return refusedOutcome(call, refusalForThrown(thrown, onBug), stamp, extra);
  }
}

function answer(call: Call, row: NamedOperation, stamp: Stamp, extra: readonly Header[]): Outcome {
  const { request } = call;
  const { home } = request.dialect.websites;
  if (request.bucket === undefined && home !== undefined)
    return redirectedWithPage(
      new S3Error('WebsiteWithoutBucket', {}, 'the host names no bucket'),
      home,
      request,
      stamp,
      extra,
    );
  const configuration = requireWebsite(call);
  const visit = readVisit(request);
  const site = makeSite(call, row, stamp);
  return writeAnswer(answerVisit(configuration, visit, site), configuration, call, stamp, extra);
}

function requireWebsite(call: Call): WebsiteConfiguration {
  const { request, store, bucket } = call;
  const name = request.bucket ?? '';
  if (bucket === undefined) throw refusalForMissingBucket(store, name);
  const { region = firstRegion, own } = request.endpoint;
  request.dialect.buckets.checkKnown(bucket, request.endpoint.region);
  if (bucket.region !== undefined && bucket.region !== region && !own && request.dialect.buckets.areRegional) {
    const Endpoint = suggestHost(name, bucket.region, request.endpoint);
    throw new S3Error(
      'WebsiteElsewhere',
      { Endpoint },
      `bucket '${name}' is in ${bucket.region}: visit http://${Endpoint}`,
    );
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html: "Requester Pays buckets do not allow access through a website endpoint."
  if (refusalOfPayment(call, bucket))
    throw new S3Error(
      'AccessDenied',
      {},
      'the requester pays for requests to the bucket, and visitors of a website cannot',
    );
  const configuration = findWebsite(call, name);
  if (configuration !== undefined) return configuration;
  const why = `the bucket has no website: give its fixture website: { IndexDocument: { Suffix: 'index.html' } }`;
  throw new S3Error('NoSuchWebsiteConfiguration', { BucketName: name }, why);
}

function suggestHost(name: string, region: string, { base, region: named = firstRegion }: Endpoint): string {
  const suffix = base.slice(base.indexOf(named) + named.length);
  const hasHyphen = region === firstRegion || hasHyphenInHost(region);
  return `${name}.s3-website${hasHyphen ? '-' : '.'}${region}${suffix}`;
}

function readVisit({ wire, visited = '', method }: S3Request): Visit {
  const { url, host, headers, secure } = wire;
  const at = url.indexOf('?');
  const path = (at === -1 ? url : url.slice(0, at)).replace(/^\//, '');
  const query = at === -1 || at === url.length - 1 ? '' : url.slice(at);
  const protocol = secure ? 'https' : 'http';
  return { host: headers.get('host') ?? host, protocol, path, key: visited, query, isHead: method === 'HEAD' };
}

interface Page {
  readonly output: { readonly WebsiteRedirectLocation?: string | undefined };
  readonly write: (headers: readonly Header[]) => WireReply;
}

function makeSite(call: Call, row: NamedOperation, stamp: Stamp): Site<Page> {
  const { request, bucket } = call;
  return {
    read: (key) =>
      readObject(
        call,
        row,
        { key, headers: leadsElsewhere(bucket, key) ? without(range, request) : request.headers },
        stamp,
      ),
    readWhole: (key) => readObject(call, row, { key, headers: without(terms, request) }, stamp),
    refusalOf: (key) => refusalOfVisitor(call, key),
    has: (key) => isObject(bucket?.versions.current(key)),
    locationOf: ({ output }) => output.WebsiteRedirectLocation,
    statusOf: (refusal) => request.dialect.answers.wordsOf(refusal).status,
  };
}

/** An object with a redirect is often empty, and a range asks for no part of it (F1803). */
function leadsElsewhere(bucket: Call['bucket'], key: string): boolean {
  return bucket?.versions.current(key)?.content?.headers['x-amz-website-redirect-location'] !== undefined;
}

const range = /^range$/;

/** Nobody asked for the error document with a condition or a range. */
const terms = /^(?:if-.*|range)$/;

function without(names: RegExp, { headers }: Pick<S3Request, 'headers'>): S3Request['headers'] {
  return new Map([...headers].filter(([name]) => !names.test(name)));
}

function readObject(
  call: Call,
  row: NamedOperation,
  asked: Pick<S3Request, 'key' | 'headers'> & { readonly key: string },
  stamp: Stamp,
): Page | S3Error {
  const request = { ...call.request, ...asked };
  const { input } = bind(row.input, request);
  const denied = refusalOfVisitor(call, asked.key);
  if (denied !== undefined) return denied;
  return readOrRefuse(asked.key, () => {
    const output: Page['output'] = row.handle?.(makeContext(call), input) ?? {};
    const plain = { ...output, WebsiteRedirectLocation: undefined };
    return { output, write: (headers) => writeReply(row, plain, request, stamp, headers) };
  });
}

/** A website tells nothing of delete markers. */
function readOrRefuse<Result>(Key: string, read: () => Result): Result | S3Error {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof S3Error)) throw thrown;
    return thrown.refusal === 'NoSuchKey' ? new S3Error('NoSuchKey', { Key }, thrown.why) : thrown;
  }
}

/** No signature helps a visitor. */
function tellVisitor(denied: S3Error): S3Error {
  const why = String(denied.why ?? '');
  const [known = '', ...rest] = why.split(unsigned);
  if (rest.length === 0) return denied;
  const advice = `; a website reads objects that are public: let the policy of the bucket, or the ACL of the object, allow everyone s3:GetObject`;
  return new S3Error('AccessDenied', {}, `${known}${rest.join('') || advice}`);
}

/** Who may read an object, or list the bucket by its ACL, learns that there is none; others do not (F1802). An object that only its keys open is refused (F1804). */
function refusalOfVisitor(call: Call, key: string): S3Error | undefined {
  const denied = refusalOfKey(key) ?? findRefusal(call, { action: 's3:GetObject', key }, { isOneOfSeveral: false });
  if (denied !== undefined) return tellVisitor(denied);
  return readOrRefuse(key, () => checkOpen(call, key));
}

function checkOpen({ store, request, bucket }: Call, key: string): undefined {
  if (bucket === undefined) return;
  const { content } = requireObject({ store, bucket, request, refusalOf: () => undefined }, key, undefined);
  const { SSEKMSKeyId, SSECustomerKeyMD5 } = content.encryption;
  const means =
    SSEKMSKeyId !== undefined ? 'with KMS' : SSECustomerKeyMD5 !== undefined ? "with a customer's key" : undefined;
  // COS knows no encryption of AWS's (F617).
  if (means !== undefined && request.dialect.objects.areEncrypted)
    throw new S3Error('EncryptionKeyRequired', {}, `the object is encrypted ${means}, and a website cannot serve it`);
}

function writeAnswer(
  answer: SiteAnswer<Page>,
  { ErrorDocument }: WebsiteConfiguration,
  { request }: Call,
  stamp: Stamp,
  extra: readonly Header[],
): Outcome {
  switch (answer.kind) {
    case 'page':
      return { output: answer.page.output, reply: answer.page.write(extra) };
    case 'redirect':
      return redirected(answer, request, stamp, extra);
    case 'folder':
      return redirectedWithPage(
        new S3Error('WebsiteFolder', {}, 'the folder has an index document'),
        answer.location,
        request,
        stamp,
        extra,
      );
    case 'refusal': {
      const { refusal, document } = answer;
      if (document === undefined) return refusedOutcome({ request }, refusal, stamp, extra);
      const named = `the error document '${ErrorDocument?.Key ?? ''}'`;
      if (!(document instanceof S3Error)) {
        const reply = writeDocument(answer, document, request, extra);
        if (answer.location !== undefined) return { refusal, reply };
        return { refusal: refusal.followedBy(`S3 served ${named}, with the status of the error`), reply };
      }
      const why = say`${named} could not be read either: ${document.why ?? document.refusal}`;
      const reply = writePage({ refusal, ofDocument: document }, request, stamp, extra);
      return { refusal: refusal.followedBy(why), reply };
    }
  }
}

function redirected(
  to: { readonly status: number; readonly location: string },
  request: S3Request,
  stamp: Stamp,
  extra: readonly Header[],
): Outcome {
  const output = { WebsiteRedirectLocation: to.location };
  return { output, reply: writeRedirect(to, request, stamp, extra) };
}

/** S3 says like an error why it leads elsewhere. */
function redirectedWithPage(
  refusal: S3Error,
  location: string,
  request: S3Request,
  stamp: Stamp,
  extra: readonly Header[],
): Outcome {
  const reply = writePage({ refusal, location }, request, stamp, extra);
  return { output: { WebsiteRedirectLocation: location }, reply };
}

/** An error document that leads elsewhere loses the status of the error, and is sent nevertheless (F1802). */
function writeDocument(
  { refusal, location }: SiteAnswer<Page> & { readonly kind: 'refusal' },
  document: Page,
  { dialect }: S3Request,
  extra: readonly Header[],
): WireReply {
  const worded = dialect.answers.wordsOf(refusal);
  const place = location === undefined ? [] : [locationHeader(location)];
  const reply = document.write([...errorHeaders(worded), ...place, ...extra]);
  return { ...reply, status: location === undefined ? worded.status : 301 };
}
