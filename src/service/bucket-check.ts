import type { Dialect } from '../dialects';
import { firstRegion, hasHyphenInHost, isOptIn, isRegion } from '../formats/regions';
import { findSetValues } from '../model/access/caller-conditions';
import { accessPointsOf } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import { findReservedKind, mayNameBucket, problemOfBucketName, readSuffix } from '../model/bucket-names';
import { describeCaller } from '../model/identity/caller';
import type { Store } from '../model/store';
import { findTaggedBucket } from '../operations/control/tags';
import { checkExpectedOwner } from '../operations/members/expected-owner';
import type { S3Request } from '../protocol/request/request';
import { S3Error } from '../refusals';
import { call } from '../text/calls';
import { clause, type Said, say } from '../text/reason';
import { findNearestName, hintFor } from '../text/spelling';
import { checkAccess, checkAnsweredByPoint } from './access';
import type { Call } from './call';
import { writeCharge } from './request-payment';

export function checkBucket(call: Call): void {
  const { request, found, bucket, store } = call;
  const { bucket: name } = request;
  if (request.service === 's3-control') checkAccount(call);
  if (request.service !== 's3') return;
  if (name === undefined) checkAcceleratedRoot(request);
  if (name === undefined || found.row?.bucketMayBeMissing) return;
  if (request.accessPoint !== undefined) checkAccessPoint(call, request.accessPoint);
  if (!bucket) {
    checkAlias(call, name);
    checkNamespaceOf(call, name);
    throw atWholeHost(refusalForMissingBucket(store, name), request);
  }
  checkService(request, bucket);
  request.dialect.buckets.checkKnown(bucket, request.endpoint.region, request.key);
  if (request.endpoint.accelerated) checkAcceleration(request, bucket);
  if (!found.row?.answersInEveryRegion) checkRegion(request, bucket);
  checkExpectedOwner(request, bucket, 'x-amz-expected-bucket-owner', 'bucket');
  call.charge = writeCharge(call);
}

export function checkRight(call: Call): void {
  const { request, found, bucket, caller } = call;
  if (request.service !== 's3' && request.service !== 's3-control') return;
  if (request.service === 's3') checkCredentials(call);
  // The policy of a bucket is asked about its creation as well, if it is the caller's own (F32).
  const isAsked = !found.row?.bucketMayBeMissing || bucket?.owner === caller.account;
  checkAccess(isAsked ? call : { ...call, bucket: undefined });
}

/** S3 Control: the account has to be the caller's (F1105), except for the tags of a bucket, whose policy decides (F1116). */
function checkAccount(call: Call): void {
  const { request, caller, store } = call;
  if (caller.account === undefined) throw new S3Error('AccessDenied', {}, 'the request has no credentials');
  const arn = request.labels?.get('ResourceArn');
  const bucket = arn === undefined ? undefined : findTaggedBucket(store, request.account, arn);
  if (bucket !== undefined) {
    checkAccess({ ...call, bucket });
    return;
  }
  if (caller.account.id !== request.account) {
    const why = `${describeCaller(caller)} may not use S3 Control for ${request.account}, which is not its own account`;
    // S3 Control repeats an account that nobody can have.
    if (/^\d{12}$/.test(request.account ?? '')) throw new S3Error('AccessDenied', {}, why);
    throw new S3Error('AccountUnknown', { AccountId: request.account ?? '' }, why);
  }
}

/** F1112 */
function checkAccessPoint(call: Call, { named, point }: NonNullable<S3Request['accessPoint']>): void {
  const { request, store, caller } = call;
  if (point === undefined) {
    const known = store.unobserved(() => accessPointsOf(store.buckets.values()));
    const points = known.map((one) => `${one.point.name}-${one.point.account.id}`);
    const hint = hintFor(named, points);
    const why = `the mock has these access points: ${points.join(', ') || 'none'}${hint === '' ? '' : `.${hint}`}`;
    throw new S3Error('NoSuchBucket', { BucketName: named }, why);
  }
  const { scheme } = request.identity instanceof S3Error ? { scheme: 'sigv4' } : request.identity;
  if (!scheme.startsWith('sigv4'))
    throw new S3Error('SignatureV4Required', {}, 'an access point answers requests with a signature of version 4');
  checkAnsweredByPoint(call, point);
  if (point.vpcId === undefined || request.endpoint.vpcEndpoint !== undefined) return;
  if (findSetValues('aws:sourcevpc', caller, store)?.includes(point.vpcId)) return;
  throw new S3Error('AccessDenied', {}, `the access point ${point.name} answers only the network ${point.vpcId}`);
}

/** F430 */
function checkCredentials({ request, found, caller }: Call): void {
  if (caller.account !== undefined) return;
  const refusal = found.row?.refusalOfAnonymous?.(request.query);
  if (refusal) throw refusal.because('the request has no credentials');
}

/** S3 does not say that there is no alias of the name (F1143). */
function checkAlias({ request, store }: Call, name: string): void {
  if (!name.endsWith('-s3alias') || !request.dialect.configurations.hasPolicies) return;
  throw new S3Error('AccessDenied', {}, refusalForMissingBucket(store, name).why);
}

/** S3 goes by the name, so that nobody learns of another account's buckets (F601). */
function checkNamespaceOf({ request, caller }: Call, name: string): void {
  const suffix = request.dialect.buckets.haveNamespaces ? readSuffix(name) : undefined;
  if (suffix === undefined || !isRegion(suffix.region)) return;
  checkRegion(request, { name, region: suffix.region });
  if (suffix.accountId === caller.account?.id) return;
  const why = `the name belongs to account ${suffix.accountId}, which has no such bucket; S3 does not tell this to ${describeCaller(caller)}`;
  throw new S3Error('AccessDenied', {}, why);
}

/** A URL, an ARN or a path that names a bucket. In the path of a URL, the name of the bucket ends at the first slash. */
function hintAtAddress(name: string, names: readonly string[]): string | undefined {
  if (name === 's3:') return 'Name the bucket without s3://';
  const [meant = ''] = name.replace(/^(?:s3:\/\/|arn:aws:s3:::|\/+)/, '').split('/', 1);
  const near = names.includes(meant) ? meant : findNearestName(name, names);
  return near && `The mock has a bucket ${near}`;
}

/** Only the test knows which bucket belongs to an access point. */
function writeCure(name: string): string {
  const fixture = name.endsWith('-s3alias')
    ? `give its bucket accessPoints: { reports: { alias: '${name}' } }, or `
    : '';
  return `${fixture}give the code the name of a bucket`;
}

export function refusalForMissingBucket(store: Store, name: string): S3Error {
  const names = store.unobserved(() => [...store.buckets.keys()]);
  if (!mayNameBucket(name)) {
    const why = [problemOfBucketName(name), hintAtAddress(name, names)].filter((part) => part !== undefined);
    return new S3Error('InvalidBucketName', { BucketName: name }, why.join('. '));
  }
  const kind = findReservedKind(name);
  const advice = kind && `. '${name}' is ${kind}, which the mock does not have: ${writeCure(name)}`;
  const why = `the mock has these buckets: ${names.join(', ') || 'none'}${advice ?? ''}`;
  return new S3Error('NoSuchBucket', { BucketName: name }, why);
}

/** Without a group for the bucket, an expression of the option hosts leaves none in front of the host. */
function atWholeHost(refusal: S3Error, { endpoint: { wholeHostOf }, wire: { host } }: S3Request): S3Error {
  if (wholeHostOf === undefined) return refusal;
  const advice = `${wholeHostOf} of the option hosts has no group for the bucket, so all of ${host} is the endpoint, and the bucket is in the path. If the client writes the bucket in front of the host, add the group: /^(?:(?<bucket>.+)\\.)?storage\\.test$/`;
  return refusal.followedBy(advice);
}

/** A bucket without a region can belong to either service (F1120). */
function checkService({ dialect }: S3Request, { name, settings }: Bucket): void {
  if (dialect.configurations.hasProtection || settings.protection === undefined) return;
  const why =
    "its protection says that it is a bucket of IBM COS: call a host of COS, give a port or a host of your own dialect: 'ibm-cos', or leave protection out";
  throw new S3Error('MockOtherService', { bucket: name, only: 'protection' }, why);
}

/** The endpoint serves nothing without a bucket in the host, and so no ListBuckets (F331). */
function checkAcceleratedRoot({ endpoint: { accelerated, base, region } }: S3Request): void {
  if (accelerated !== true) return;
  const why = `${base} serves only buckets that are in the host: list the buckets at s3.${region ?? firstRegion}.amazonaws.com`;
  throw new S3Error('AccelerationNeedsVirtualHost', {}, why);
}

/** The name of the bucket in the host decides (F331). */
function checkAcceleration({ wire, endpoint: { base } }: S3Request, { name, settings }: Bucket): void {
  if (!wire.host.endsWith(`.${base}`))
    throw new S3Error(
      'AccelerationNeedsVirtualHost',
      {},
      `the bucket is in the path; write it into the host, ${name}.${base}`,
    );
  if (settings.accelerate?.Status === 'Enabled') return;
  const why = `${base} serves only buckets whose accelerate is 'Enabled'`;
  throw new S3Error(settings.accelerate ? 'AccelerationSuspended' : 'AccelerationNotConfigured', {}, why);
}

function checkRegion(request: S3Request, bucket: Pick<Bucket, 'name' | 'region'>): void {
  const { region, own, accelerated, base } = request.endpoint;
  const called = region ?? firstRegion;
  if (bucket.region === undefined || bucket.region === called || !request.dialect.buckets.areRegional) return;
  if (region === undefined && (own || accelerated)) return;
  const isRefused = isOptIn(bucket.region) || isOptIn(called);
  // In front of the host, the name does not lead to a region that has to be enabled.
  const host = region === undefined && !isRefused ? base : undefined;
  const isSigned = request.wire.url.includes('X-Amz-Signature=');
  const why = whyWrongRegion(bucket, { region: called, host, isSigned }, request.dialect);
  if (isRefused)
    throw new S3Error('BucketInOptInRegion', { constraint: constraintOf(bucket.region), region: bucket.region }, why);
  // In front of the host without a region, the name of the bucket leads to its region.
  if (region === undefined && request.wire.host !== base) return;
  const Bucket = request.accessPoint?.named ?? bucket.name;
  const Endpoint = suggestEndpoint({ name: Bucket, region: bucket.region }, request);
  const details = { Bucket, region: bucket.region, Endpoint };
  throw new S3Error('WrongRegion', details, why);
}

/** The region as CreateBucket names it: the first region is left out. */
function constraintOf(region: string): string {
  return region === firstRegion ? 'unspecified' : region;
}

function whyWrongRegion(
  { name, region: right }: Pick<Bucket, 'name' | 'region'>,
  {
    region: called,
    host,
    isSigned,
  }: { readonly region: string; readonly host: string | undefined; readonly isSigned: boolean },
  dialect: Dialect,
): Said {
  const probable = probableRegion(called, dialect);
  if (host !== undefined)
    return say`bucket '${name}' is in ${right}, and a path at ${host} leads to ${called}. Write the bucket in front of the host, ${name}.${host}, or give the client region: '${right}' and no endpoint`;
  const misspelt =
    probable === undefined ? '' : `, which the mock does not know (the nearest that it knows is ${probable})`;
  const further = isSigned ? ' when it signs the URL' : ', or in the AWS SDK v3 followRegionRedirects: true';
  const option = call('mockS3(...)', { '...': { region: right } });
  return say`bucket '${name}' is in ${right}, and the client called ${called}${misspelt}. Give the client region: '${right}'${further}${clause`; a client without a region uses the region of its environment, which ${option} sets`}`;
}

/** Suggests an endpoint; for the first region, an endpoint without the bucket (F30). */
function suggestEndpoint(
  { name, region = firstRegion }: Pick<Bucket, 'name' | 'region'>,
  { endpoint: { base, own, region: called }, headers }: S3Request,
): string {
  // A user's own host serves every region, and must not lead a client to the real S3.
  if (own) return headers.get('host') ?? base;
  const suffix = /\.amazonaws\.com(?:\.cn)?$/.exec(base)?.[0] ?? '.amazonaws.com';
  if (region === firstRegion) return `s3${suffix}`;
  if (called === undefined) return `${name}.${base}`;
  return `${name}.s3${hasHyphenInHost(region) ? '-' : '.'}${region}${suffix}`;
}

/** Returns undefined also for the next number of an area, since AWS names new regions in this way (F30). */
function probableRegion(region: string | undefined, { requests: { regions } }: Dialect): string | undefined {
  if (region === undefined || isNextNumber(region, regions)) return undefined;
  return findNearestName(region, regions);
}

export function describeMisspeltRegion(region: string | undefined, dialect: Dialect): string | undefined {
  const probable = probableRegion(region, dialect);
  return (
    probable &&
    `the client called the region ${region}, which the mock does not know; the nearest that it knows is ${probable}`
  );
}

function isNextNumber(region: string, regions: readonly string[]): boolean {
  const { area, number } = /^(?<area>.+-)(?<number>\d+)$/.exec(region)?.groups ?? {};
  return area !== undefined && regions.includes(`${area}${Number(number) - 1}`);
}
