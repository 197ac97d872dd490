import { firstRegion } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import { problemOfBucketName } from '../model/bucket-names';
import { type Caller, describeCaller } from '../model/identity/account';
import { refusalOfKey } from '../model/object-keys';
import type { Store } from '../model/store';
import type { NamedOperation } from '../operations/table';
import type { Refusals } from '../protocol/document/binding';
import { refuseUnknownLength } from '../protocol/request/aws-chunked';
import { refuseContentSha256, refuseDigestForms, refuseDigests } from '../protocol/request/checksums';
import { refuseCopySource } from '../protocol/request/copy-source-address';
import type { Credentials } from '../protocol/request/identity';
import type { S3Request } from '../protocol/request/request';
import type { Found } from '../protocol/request/route';
import { type Known, refuseChunkSignatures, refuseSignature } from '../protocol/signature/signature';
import { S3Error } from '../refusals/s3-error';

/** A request on its way through the checks that S3 makes. */
export interface Asking {
  readonly store: Store;
  readonly request: S3Request;
  readonly found: Found<NamedOperation>;
  readonly input: object;
  readonly refusals: Refusals;
  readonly bucket: Bucket | undefined;
  readonly now: number;
  readonly verifySignatures: boolean;
  caller: Caller;
}

/** Who sends no credentials. */
export const anonymous: Caller = { account: undefined, user: undefined, accessKeyId: undefined };

/** Makes the checks that S3 makes of every request, in S3's order (F25), and throws the first refusal. */
export function check(asking: Asking): NamedOperation {
  const { request, found, refusals, store } = asking;
  const { credentials } = request;
  refuse(request.refusal);
  refuseUnrouted(found, 'first');
  refuse(refusals.query ?? found.row?.asks.refuseQuery?.(request.query));
  refuse(asking.verifySignatures ? refuseSignature(request, knownOf(asking)) : undefined);
  if (credentials instanceof S3Error) throw credentials;
  asking.caller = callerOf(store, credentials);
  refuseUnrouted(found, 'caller');
  refuse(refuseContentSha256({ headers: request.headers, signed: signedBy(credentials), streamingAllowed: true }));
  checkBucket(asking);
  refuseUnrouted(found, 'bucket');
  const { row } = found;
  if (row === undefined) throw new TypeError('a request without a row was not refused');
  const streamingAllowed = row.asks.streaming === true;
  refuse(refuseContentSha256({ headers: request.headers, signed: signedBy(credentials), streamingAllowed }));
  if (row.handle === undefined)
    throw new S3Error('NotImplemented', { operation: row.name }, `${row.name} is not implemented`);
  refuse(row.level === 'OBJECT' ? refusalOfKey(request.key ?? '') : undefined);
  refuse(refusals.head);
  refuse(request.bucket === undefined ? undefined : refuseCopySource(request));
  refuse(streamingAllowed ? refuseUnknownLength(request.headers) : undefined);
  checkBody(asking, row);
  return row;
}

function refuse(refusal: S3Error | undefined): void {
  if (refusal !== undefined) throw refusal;
}

function refuseUnrouted(found: Found<NamedOperation>, at: 'first' | 'caller' | 'bucket'): void {
  if (found.row === undefined && found.at === at) throw found.refusal;
}

function signedBy({ scheme }: Credentials): 'header' | 'query' | 'none' {
  if (scheme === 'sigv4' || scheme === 'sigv4a') return 'header';
  return scheme === 'sigv4-presigned' ? 'query' : 'none';
}

/** What the one who checks signatures is told. */
function knownOf({ store, request, bucket }: Asking): Known {
  const { clock } = store;
  return {
    secretOf: (accessKeyId) => store.findSecret(accessKeyId),
    issued: (token) => store.iam.tokenEnd(token) !== undefined,
    times: { process: clock.processNow(), mock: clock.now(), moved: clock.moved },
    region: signingRegion(request, bucket),
  };
}

/** The region for which a request has to be signed; undefined where any will do, as it does for COS and hosts of the user's own. */
function signingRegion({ endpoint, dialect, wire }: S3Request, bucket: Bucket | undefined): string | undefined {
  if (endpoint.own || dialect === 'ibm-cos') return undefined;
  if (endpoint.region !== undefined) return endpoint.region;
  // A bucket's own name leads to its region; a bucket without one is in every region.
  return bucket && wire.host !== endpoint.base ? bucket.region : firstRegion;
}

/** A key or a token that nobody was given is the default account's root user, so that nothing need be configured. */
export function callerOf(store: Store, credentials: Credentials): Caller {
  if (credentials.scheme === 'anonymous') return anonymous;
  if (credentials.scheme === 'bearer') {
    const why = store.iam.whyRefused(credentials.token, store.clock.now());
    if (why !== undefined) throw new S3Error('AccessDenied', {}, why);
    return { account: store.defaultAccount, user: undefined, accessKeyId: undefined };
  }
  const AWSAccessKeyId = credentials.accessKeyId;
  const caller = store.findCaller(AWSAccessKeyId);
  if (caller) return caller;
  throw new S3Error(
    'InvalidAccessKeyId',
    { AWSAccessKeyId },
    `the account of ${AWSAccessKeyId} is gone since the mock was reset`,
  );
}

/** That the bucket is there, in this region, with the owner expected, and open to who asks. */
function checkBucket({ request, found, bucket, caller, store }: Asking): void {
  const { bucket: name } = request;
  if (name === undefined || request.service !== 's3' || found.row?.asks.bucketMayBeMissing) return;
  if (!bucket) throw missingBucket(store, name);
  const { endpoint } = request;
  if (
    endpoint.region !== undefined &&
    bucket.region !== undefined &&
    endpoint.region !== bucket.region &&
    request.dialect === 'aws'
  ) {
    throw new S3Error('WrongRegion', {
      Bucket: name,
      region: bucket.region,
      Endpoint: endpointOf(bucket, request),
    });
  }
  checkExpectedOwner(request, bucket);
  if (caller.account !== bucket.owner) {
    throw new S3Error('AccessDenied', {}, `${describeCaller(caller)} does not own the bucket; ${bucket.owner.id} does`);
  }
}

/** What S3 says of a bucket that is not there. */
export function missingBucket(store: Store, name: string): S3Error {
  // Names from before today's rules are asked for all the same (F26).
  if (problemOfBucketName(name) !== undefined && !/^[\w.-]{3,255}$/.test(name))
    return new S3Error('InvalidBucketName', { BucketName: name });
  const known = [...store.buckets.keys()].join(', ') || 'none';
  return new S3Error('NoSuchBucket', { BucketName: name }, `the mock has these buckets: ${known}`);
}

function endpointOf({ name, region = firstRegion }: Bucket, { endpoint: { base, own }, headers }: S3Request): string {
  // It is the same for every region, and no one is to be led from it to the real S3.
  if (own) return headers.get('host') ?? base;
  const suffix = /\.amazonaws\.com(?:\.cn)?$/.exec(base)?.[0] ?? '.amazonaws.com';
  return region === firstRegion ? `${name}.s3${suffix}` : `${name}.s3.${region}${suffix}`;
}

/** COS reads no such header (F40). */
function checkExpectedOwner({ headers, dialect }: S3Request, { owner }: Bucket): void {
  const value = headers.get('x-amz-expected-bucket-owner');
  if (value === undefined || dialect === 'ibm-cos') return;
  if (!/^\d{12}$/.test(value)) throw new S3Error('ExpectedBucketOwnerInvalid', { value });
  if (value !== owner.id)
    throw new S3Error(
      'AccessDenied',
      {},
      `the bucket's owner is ${owner.id}, not ${value} as x-amz-expected-bucket-owner says`,
    );
}

function checkBody(asking: Asking, { asks, input }: NamedOperation): void {
  const { request, refusals } = asking;
  const { headers, trailers, body } = request;
  const document = Object.values(input).some(({ at }) => at === 'payload');
  const expectedDigest = asks.expectedDigest ?? (document ? 'base64' : 'hex');
  const received = { headers, trailers, body, expectedDigest, checksumOf: asks.checksumOf ?? 'body' } as const;
  refuse(refusals.length?.refusal === 'MessageTooLong' ? refusals.length : undefined);
  refuse(refuseDigestForms({ ...received, required: asks.digest === 'required' }));
  refuse(request.bodyRefusal);
  refuse(asking.verifySignatures ? refuseChunkSignatures(request, knownOf(asking)) : undefined);
  refuse(refusals.length);
  // A document is read before its digests are compared; bytes are just compared (F27).
  refuse(refusals.body);
  refuse(refuseDigests(received, document ? 'payload hash last' : 'payload hash first'));
}
