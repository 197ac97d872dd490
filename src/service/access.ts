import { firstRegion, partitionOf } from '../formats/regions';
import { type AccessRequest, decideAccess, isUnlimited } from '../model/access/access';
import { ownershipOf } from '../model/access/acl';
import type { ActionName } from '../model/access/actions';
import type { Decision } from '../model/access/decision';
import { describeDecision, unsigned } from '../model/access/decision-text';
import { type AccessPoint, writeAccessPointArn, writeAccessPointResource } from '../model/access-points';
import type { Account } from '../model/identity/account';
import { describeAccount } from '../model/identity/account-text';
import { describeCaller, writeCallerArn } from '../model/identity/caller';
import { decidePass, whyNotPassable } from '../model/replication/role';
import type { NeededActions } from '../operations/members/actions';
import { refuseRead } from '../operations/objects/addressing';
import type { FurtherAction } from '../operations/operation';
import { S3Error } from '../refusals';
import type { Call } from './call';
import { findAskedPoint, makeConditionValues } from './condition-keys';
import { refusalOfPayment } from './request-payment';

export function checkAccess(call: Call): void {
  const { found, caller, bucket, request } = call;
  const needed = found.row?.action;
  if (needed === undefined) return;
  // Nothing can limit most callers, and each request takes this path.
  const point = request.accessPoint?.point;
  if (needed !== 'no action' && isUnlimited(caller, bucket, request.dialect.configurations, point)) return;
  if (needed === 'no action') checkOwner(call);
  const actions = listActions(needed, call);
  for (const action of actions) {
    const { query } = request;
    // A sub-resource of buckets at the path of an object is about the bucket; S3 refuses it later.
    const key = found.row?.level === 'OBJECT' || found.row?.takesForm ? request.key : undefined;
    const [versionId, uploadId] = [query.get('versionId'), query.get('uploadId')];
    const asked = {
      ...{ action, bucket, bucketName: request.bucket, key, versionId, uploadId, accessPoint: point },
      resource: resourceOfControl(request),
    };
    const refusal = findRefusal(call, asked, { isOneOfSeveral: actions.length > 1 });
    if (!refusal) continue;
    // S3 reads the headers of a customer's key before it asks the policies (F610).
    found.row?.checkCustomerKey?.(request, call.input);
    checkDocument(call);
    throw (
      refusalOfBlocked(call, action, refusal) ?? refusalOfSource(call, action) ?? refusalForRead(call, action, refusal)
    );
  }
  const refusal = refusalOfPayment(call, bucket);
  if (refusal) throw refusal;
}

/** Returns undefined for S3's requests, and for requests about an account as a whole. */
function resourceOfControl({ labels, account, endpoint }: Call['request']): string | undefined {
  const name = labels?.get('Name');
  if (name === undefined || account === undefined) return labels?.get('ResourceArn');
  return writeAccessPointArn({ name, region: endpoint.region ?? firstRegion, account: { id: account } });
}

function listActions(needed: NeededActions<object>, { input, bucket, request, caller }: Call): readonly ActionName[] {
  // The handler asks for each entry of a batch.
  if (needed === 'no action' || typeof needed === 'object') return [];
  if (typeof needed === 'string') return [needed];
  const { configurations, answers } = request.dialect;
  const actions = needed(input, {
    ownership: bucket && ownershipOf(bucket, configurations),
    callerId: caller.account && answers.ownerOf(caller.account).ID,
    isOfAnotherAccount: bucket !== undefined && caller.account !== undefined && caller.account !== bucket.owner,
  });
  return typeof actions === 'string' ? [actions] : actions;
}

/** A policy can name a part of the document, so S3 has read the document by now (F1020). */
function checkDocument({ found: { row }, refusals, input }: Call): void {
  if (row?.checkDocument === undefined) return;
  const refusal = refusals.size ?? refusals.document;
  if (refusal) throw refusal;
  row.checkDocument({ ...input });
}

const publishing: ReadonlySet<ActionName> = new Set([
  's3:PutBucketAcl',
  's3:PutObjectAcl',
  's3:PutObjectVersionAcl',
  's3:PutBucketPolicy',
]);

/** S3 says it rather than that no policy of the user allows the action (F543). */
function refusalOfBlocked(call: Call, action: ActionName, { refusal }: S3Error): S3Error | undefined {
  const { bucket, input, found } = call;
  if (refusal !== 'NotAllowedByIdentity' || !publishing.has(action) || bucket === undefined) return undefined;
  const blocked = refusalOfCheck(() => found.row?.checkBlocked?.({ ...call, bucket }, input));
  return blocked?.refusal === 'PublicAclBlocked' || blocked?.refusal === 'PolicyBlocked' ? blocked : undefined;
}

/** S3 says it before it refuses the destination (F521). */
function refusalOfSource(call: Call, action: ActionName): S3Error | undefined {
  const { bucket, input, found } = call;
  if (bucket === undefined) return undefined;
  const context = { ...call, bucket, refusalOf: (asked: FurtherAction) => findRefusal(call, asked) };
  const unmet = refusalOfCheck(() => found.row?.checkSource?.(context, input));
  return unmet?.refusal === 'PreconditionFailed' ? refusalForEarlier(unmet, action) : undefined;
}

function refusalForEarlier(earlier: S3Error, action: ActionName): S3Error {
  return earlier.introducedBy(`S3 says so before it refuses ${action}`);
}

function refusalOfCheck(check: () => void): S3Error | undefined {
  try {
    check();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof S3Error) return thrown;
    throw thrown;
  }
}

/** To callers who can list the bucket, S3 first says that there is no object (F524). */
function refusalForRead(call: Call, action: ActionName, denied: S3Error): S3Error {
  const { bucket, found, request } = call;
  const { key } = request;
  const find = found.row?.findObject;
  if (bucket === undefined || key === undefined || find === undefined) return denied;
  const context = { ...call, bucket, refusalOf: (asked: FurtherAction) => findRefusal(call, asked) };
  const versionId = request.query.get('versionId');
  const refusal = refusalOfCheck(() =>
    refuseRead(context, { bucket, key, versionId }, denied, () => find(context, key, versionId)),
  );
  return refusal === undefined || refusal === denied ? denied : refusalForEarlier(refusal, action);
}

/** Operations that no policy is about are for the owner of the bucket. */
function checkOwner({ caller, bucket }: Call): void {
  if (bucket === undefined || caller.account === bucket.owner) return;
  throw new S3Error(
    'AccessDenied',
    {},
    `${describeCaller(caller)} does not own the bucket; ${describeAccount(bucket.owner)} does${caller.account === undefined ? unsigned : ''}`,
  );
}

/** S3 is to assume the role for the bucket (F960). */
export function checkPassRole(call: Call, role: string): void {
  const { caller, bucket, store, request } = call;
  if (bucket === undefined || !request.dialect.configurations.hasPolicies) return;
  const conditions = makeConditionValues(call, { action: 's3:PutReplicationConfiguration' });
  const pass = { caller, bucket, role, conditions };
  const why = whyNotPassable(store, pass);
  if (why !== undefined) throw new S3Error('AccessDenied', {}, why);
  const decision = decidePass(store, pass);
  if (decision.allowed) return;
  throw refusalFor(decision, { caller, bucket, region: request.endpoint.region }, describeWhy(decision, call, true));
}

/** Access points deny the action of an operation that they do not answer, whoever asks. Only an alias tells the location of its bucket (F1112). */
export function checkAnsweredByPoint(call: Call, point: AccessPoint): void {
  const { request, found, caller, bucket } = call;
  const { row } = found;
  const through = row?.level === 'OBJECT' ? true : row?.answersThroughAccessPoints;
  if (through === true || (through === 'alias' && request.endpoint.accessPoint !== true)) return;
  const why = `access points do not answer ${row?.name ?? request.method}: name the bucket ${bucket?.name}`;
  // A form would need the action of PutObject, which points answer.
  const isNamed = row !== undefined && through !== 'alias' && !row.takesForm;
  const [action] = isNamed ? listActions(row.action, call) : [];
  if (action === undefined)
    throw new S3Error('MethodNotAllowed', { Method: request.method, ResourceType: 'ACCESSPOINT', allow: [] }, why);
  const { account } = caller;
  if (account === undefined || account !== bucket?.owner) throw new S3Error('AccessDenied', {}, why);
  const by = writeCallerArn(account, caller, partitionOf(point.region));
  throw new S3Error('DeniedByResource', { caller: by, action, resource: writeAccessPointArn(point) }, why);
}

export function findRefusal(
  call: Call,
  asked: FurtherAction,
  { isOneOfSeveral } = { isOneOfSeveral: true },
): S3Error | undefined {
  const { store, caller, request } = call;
  const bucket = 'bucket' in asked ? asked.bucket : call.bucket;
  const accessPoint = findAskedPoint(call, asked);
  if (isUnlimited(caller, bucket, request.dialect.configurations, accessPoint)) return undefined;
  const { action, bucketName, key, versionId, uploadId, resource, listed } = asked;
  const conditions = makeConditionValues(call, asked);
  const { region } = request.endpoint;
  const access: AccessRequest = {
    ...{ caller, action, bucket, bucketName, region, key, versionId, uploadId, conditions },
    ...{ accessPoint, resource, listed, isElsewhere: isElsewhere(call) },
  };
  const decision = decideAccess(access, { store, service: request.dialect.configurations });
  return decision.allowed
    ? refusalOfPayment(call, bucket)
    : refusalFor(decision, access, describeWhy(decision, call, isOneOfSeveral));
}

/** Whether the bucket answers at a host of another region, where its policy does not apply (F210). */
function isElsewhere({ bucket, found, request }: Call): boolean {
  const { own, region = firstRegion } = request.endpoint;
  if (!found.row?.answersInEveryRegion || !request.dialect.buckets.areRegional || own) return false;
  return bucket?.region !== undefined && bucket.region !== region;
}

/** If the request needs several actions, the sentence names the action that is refused. */
function describeWhy(decision: Decision, { caller, store }: Call, isOneOfSeveral: boolean): string {
  const sentence = describeDecision(decision, caller, store.accounts);
  return isOneOfSeveral && !sentence.includes(decision.action) ? `${decision.action}: ${sentence}` : sentence;
}

const denials = {
  boundary: 'DeniedByBoundary',
  session: 'DeniedBySession',
  resource: 'DeniedByResource',
  trust: 'DeniedByResource',
} as const;

const lacks = {
  identity: 'NotAllowedByIdentity',
  boundary: 'NotAllowedByBoundary',
  session: 'NotAllowedBySession',
  resource: 'NotAllowedByResource',
  trust: 'NotAllowedByResource',
} as const;

/** Whether the account is the owner's, or a member of the same organization. */
function isTold(account: Account, owner: Account): boolean {
  const { organizationId } = account;
  return account === owner || (organizationId !== undefined && organizationId === owner.organizationId);
}

/** S3 says only to callers of the bucket's own account or organization which action was denied, and by which policy (F476). */
function refusalFor(
  decision: Decision,
  {
    caller,
    bucket,
    region,
    accessPoint,
    key,
  }: Pick<AccessRequest, 'caller' | 'bucket' | 'region' | 'accessPoint' | 'key'>,
  why: string,
): S3Error {
  const { account } = caller;
  if (account === undefined || (bucket && !isTold(account, bucket.owner))) return new S3Error('AccessDenied', {}, why);
  const { action, by } = decision;
  // S3 names the point, whichever of both is the reason (F1113).
  const resource = accessPoint === undefined ? decision.resource : writeAccessPointResource(accessPoint, key);
  const partition = partitionOf(bucket === undefined ? region : bucket.region);
  const details = { caller: writeCallerArn(account, caller, partition), action, resource };
  if (by.kind === 'statement') {
    if (by.policy.kind === 'identity')
      return new S3Error('DeniedByIdentity', { ...details, policy: by.policy.arn }, why);
    return new S3Error(denials[by.policy.kind], details, why);
  }
  const missing = by.kind === 'nothing' ? by.missing : 'resource';
  return new S3Error(lacks[missing], details, why);
}
