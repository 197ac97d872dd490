import { firstRegion, takesSignatureV2 } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import type { Caller } from '../model/identity/account';
import { anonymous } from '../model/identity/caller';
import { refusalForKey } from '../model/identity/session';
import { refusalOfSession, whyNoCaller } from '../model/sessions/caller';
import type { Store } from '../model/store';
import type { Identity, SignedIdentity } from '../protocol/request/identity';
import type { S3Request } from '../protocol/request/request';
import { readTimes } from '../protocol/signature/service-time';
import type { Verifier } from '../protocol/signature/signature';
import { S3Error } from '../refusals';
import type { Call } from './call';

/** Keys and tokens that nobody was given belong to the acting caller: the default account's root user, unless a test or a handler's role says otherwise. */
export function findCaller(call: Pick<Call, 'store' | 'acting' | 'request'>, identity: Identity): Caller {
  const { store, acting, request } = call;
  if (identity.scheme === 'anonymous') return anonymous;
  if (identity.scheme === 'bearer') {
    const why = store.iam.whyRefused(identity.token, store.clock.now());
    if (why !== undefined) throw new S3Error('AccessDenied', {}, why);
    const caller = { ...acting, accessKeyId: undefined };
    checkSession(store, caller);
    return caller;
  }
  const { accessKeyId } = identity;
  const caller = store.findCaller(accessKeyId, acting);
  if (caller === undefined) throw refusalForKey(accessKeyId, whyNoCaller(accessKeyId));
  const isOfSession = caller.session?.credentials.accessKeyId === accessKeyId;
  if (isOfSession && !request.dialect.requests.hasTemporaryCredentials)
    throw refusalForKey(
      accessKeyId,
      `${accessKeyId} is the key of a session, and IBM COS has no temporary credentials`,
    );
  checkSession(store, caller, identity);
  return caller;
}

function checkSession(store: Store, caller: Caller, sent?: SignedIdentity): void {
  checkToken(refusalOfSession(store, caller, sent), sent);
}

function checkToken(refusal: S3Error | undefined, sent: Identity | S3Error | undefined): void {
  if (refusal) throw explainEndOfUrl(refusal, sent);
}

/** Code presigns a URL for a day with a session of an hour. */
function explainEndOfUrl(refusal: S3Error, sent: Identity | S3Error | undefined): S3Error {
  const isPresigned = sent !== undefined && 'scheme' in sent && sent.scheme.endsWith('-presigned');
  const isOfUrl = isPresigned && refusal.refusal === 'SecurityTokenExpired';
  return isOfUrl
    ? refusal.followedBy(
        'a presigned URL ends with the session that signed it, however long it was signed for: sign with the keys of a user, or begin a longer session; one of a role lasts 12 hours at most',
      )
    : refusal;
}

export function makeVerifier({
  store,
  request,
  bucket,
  verifySignatures,
  findUserSecret,
  urlSignature,
}: Call): Verifier {
  // With `true`, the keys are those that the mock gave to somebody.
  const findFurther = verifySignatures === undefined ? findUserSecret : () => undefined;
  return {
    secretOf: (accessKeyId) => store.findSecret(accessKeyId) ?? findFurther(accessKeyId),
    believesKeys: verifySignatures !== true,
    findTokenCheck(accessKeyId) {
      // The mock did not give the user's own key, so it does not know whether a token belongs to it.
      if (store.findSecret(accessKeyId) === undefined) return () => {};
      const session = request.dialect.requests.hasTemporaryCredentials ? store.findSession(accessKeyId) : undefined;
      return session && ((token) => checkToken(store.refusalOfToken(session, token), request.identity));
    },
    hasIssued: (token) => store.iam.tokenEnd(token) !== undefined,
    times: readTimes(store.clock, verifySignatures === undefined ? 'moved first' : 'signed first', urlSignature),
    region: signingRegion(request, bucket),
  };
}

/** Whether or not the mock checks signatures (F1654). */
export function checkSignatureVersion({ request, bucket }: Call): void {
  const { identity, service, dialect } = request;
  if (service !== 's3' || identity instanceof S3Error || !identity.scheme.startsWith('sigv2')) return;
  if (!dialect.requests.signsForRegion) return;
  // A port stands for every region, and the bucket is in one of them.
  const region = signingRegion(request, bucket) ?? bucket?.region;
  if (region === undefined || takesSignatureV2(region)) return;
  throw new S3Error(
    'SignatureV4Required',
    {},
    `${region} is newer than 2014, and does not accept signatures of version 2`,
  );
}

/** Returns undefined if any region is right, as for COS and hosts of the user's own (F146). */
function signingRegion(request: S3Request, bucket: Bucket | undefined): string | undefined {
  const { endpoint, dialect, wire } = request;
  if (!dialect.requests.signsForRegion) return undefined;
  if (endpoint.own) return endpoint.standsForRegions && namesUnknownRegion(request) ? firstRegion : undefined;
  if (endpoint.region !== undefined) return endpoint.region;
  // At the global endpoint, a bucket's own host leads to the bucket's region. A bucket without a region is in every region.
  return bucket && wire.host !== endpoint.base ? bucket.region : firstRegion;
}

/** Reading the request found no endpoint of such a region. */
function namesUnknownRegion({ endpoint, identity }: S3Request): boolean {
  return endpoint.region === undefined && 'region' in identity;
}
