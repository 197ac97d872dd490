import { firstRegion, partitionOf } from '../../formats/regions';
import { type AccessRequest, decideAccess, isUnlimited } from '../access/access';
import type { ActionName } from '../access/actions';
import { makeConditions } from '../access/caller-conditions';
import { type ConditionKeyValues, makeKeyReader } from '../access/condition-key-values';
import { goesWith } from '../access/condition-keys';
import type { Decision } from '../access/decision';
import { describeDecision } from '../access/decision-text';
import { readResourceTag } from '../access/resource-tags';
import { type KmsActionName, passRole } from '../access/sts-actions';
import { type Bucket, writeArn } from '../bucket';
import { findRoleArn, type RoleArn } from '../configurations/replication';
import type { ReplicationRule } from '../configurations/replication-rules';
import { serviceOf } from '../configurations/services';
import { Account, type Caller } from '../identity/account';
import { defaultAccountName, describeAccount } from '../identity/account-text';
import { describeCaller, findIdentity } from '../identity/caller';
import { issueTimeIn } from '../identity/revocation';
import type { Session, SessionCredentials } from '../identity/session';
import { Ids } from '../ids';
import { isManagedKey } from '../kms';
import { findRoleByArn, writeRoleArn } from '../sessions/roles';
import { whyNotTrusted } from '../sessions/service-trust';
import { decideOwn } from '../sessions/trust';
import type { Store } from '../store';
import { findTagValue } from '../tagging';
import type { Version } from '../versions/version';
import { type FollowingPart, findFollowing, following, type Need } from './following-parts';
import type { ReplicationFailure } from './replication-reasons';
import { nameReplicaKey } from './replication-rules';
import type { ReplicationTask } from './replication-task';

type RoleStore = Pick<Store, 'accounts' | 'clock'>;

const service = 's3.amazonaws.com';

const sessionName = 's3-replication';

/** A role that the mock lacks, and one without a trust policy, trusts S3 (F885). */
export function failureOfTrust(store: RoleStore, source: Bucket, arn: string): ReplicationFailure | undefined {
  const partition = partitionOf(source.region);
  const place = findRoleByArn(store, arn, partition);
  if (place !== undefined) {
    const asked = { account: source.owner.id, arn: writeArn(source) };
    const why = whyNotTrusted(store, place, { service, sessionName, partition, source: asked });
    return why === undefined ? undefined : { reason: 'AssumeRoleNotPermitted', why };
  }
  const other = sameNameAs(store, arn, partition);
  if (other === undefined) return undefined;
  return { reason: 'AssumeRoleNotPermitted', why: `there is no role ${arn}. Did you mean ${other}?` };
}

/** Names are unique in an account, so that no other path has a role of this name (F855). */
function sameNameAs({ accounts }: RoleStore, arn: string, partition: string): string | undefined {
  const { id, name = '' } = readParts(arn);
  const account = accounts.find((one) => one.id === id);
  const role = account?.findRole(name.slice(name.lastIndexOf('/') + 1));
  return account && role && writeRoleArn(account, role.name, partition);
}

/** A role that the mock does not know has no policies, and can do everything (F855). */
function makeCopyCaller({ accounts, clock }: RoleStore, source: Bucket, arn: string): Caller {
  const place = findRoleByArn({ accounts }, arn, partitionOf(source.region));
  if (place !== undefined) return makeSession(place.account, place.role.name, clock.now());
  const { id = source.owner.id, name = arn } = readParts(arn);
  const known = accounts.find((one) => one.id === id);
  const account = known ?? new Account({ id, name: defaultAccountName }, new Ids(arn), () => clock.now());
  return makeSession(account, name, clock.now());
}

/** An account that the mock does not know stands for the account of the source (F855), and so does a text that names none. */
function isOfStrangeAccount({ accounts }: RoleStore, arn: string): boolean {
  const { id } = readParts(arn);
  return !accounts.some((one) => one.id === id);
}

/** A fixture of an older release can contain any text. */
function readParts(arn: string): Partial<RoleArn> {
  return findRoleArn(arn) ?? {};
}

const unseen: SessionCredentials = Object.freeze({
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  expiration: new Date(0),
});

function makeSession(account: Account, role: string, now: number): Caller {
  const session: Session = {
    name: sessionName,
    user: undefined,
    role,
    credentials: unseen,
    issued: issueTimeIn(account.findRole(role), now),
    expires: Number.POSITIVE_INFINITY,
    mfa: false,
    policy: undefined,
  };
  return { account, user: undefined, role, accessKeyId: undefined, session };
}

interface Copying {
  readonly task: ReplicationTask;
  readonly version: Version;
  readonly rule: ReplicationRule;
}

interface Objection {
  readonly why: string;
  readonly isDenied: boolean;
}

type AccessStore = Pick<Store, 'accounts' | 'clock' | 'sseC' | 'versionIds'>;

export type FindObjection = (action: ActionName, bucket: Bucket, copying?: Copying) => Objection | undefined;

export function makeFindObjection(store: AccessStore, source: Bucket, arn: string): FindObjection {
  const isStrange = isOfStrangeAccount(store, arn);
  let made: Caller | undefined;
  return (action, bucket, copying) => {
    const isOwn = isStrange && bucket.owner === source.owner;
    // If nothing can deny the copy, no caller is made, since each copy would need one.
    if (isOwn && bucket.policy === undefined) return undefined;
    made ??= makeCopyCaller(store, source, arn);
    const caller = made;
    const service = serviceOf(bucket);
    if (isUnlimited(caller, bucket, service)) return undefined;
    const { key, versionId } = copying?.task ?? {};
    const asked = { caller, action, bucket, key, versionId };
    const request: AccessRequest = {
      ...asked,
      conditions: (name) =>
        findValues(name, { ...asked, copying }) ?? readResourceTag(name, { ...asked, store, service }),
    };
    const decision = decideAccess(request, { store, service });
    if (decision.allowed) return undefined;
    const isDenied = decision.by.kind === 'statement';
    if (isOwn && !isDenied) return undefined;
    const sentence = describeDecision(decision, caller, store.accounts);
    return { why: sentence.includes(action) ? sentence : `${action}: ${sentence}`, isDenied };
  };
}

interface QuestionOfCopy extends Omit<AccessRequest, 'conditions'> {
  readonly copying: Copying | undefined;
}

const readKey = makeKeyReader<QuestionOfCopy>({
  'aws:securetransport': () => 'true',
  'aws:requestedregion': ({ bucket }) => bucket?.region,
  's3:versionid': ({ versionId }) => versionId,
  's3:x-amz-server-side-encryption': (question) => encryptionOf(question)?.ServerSideEncryption,
  's3:x-amz-server-side-encryption-aws-kms-key-id': (question) => readReplicaKey(question),
  's3:x-amz-server-side-encryption-customer-algorithm': (question) => encryptionOf(question)?.SSECustomerAlgorithm,
});

function readReplicaKey(question: QuestionOfCopy): string | undefined {
  const { copying, bucket } = question;
  const own = encryptionOf(question);
  return copying && bucket && own?.SSEKMSKeyId && nameReplicaKey(copying.rule, own, bucket);
}

function encryptionOf({ copying }: QuestionOfCopy) {
  return copying?.version.content?.encryption;
}

/** A request of S3 to itself has no address, no network and no agent of a client (F886). */
function findValues(key: string, question: QuestionOfCopy): readonly string[] | undefined {
  if (key.startsWith('s3:') && !goesWith(key, { name: question.action })) return undefined;
  // The keys that apply to the whole mock describe the requests of the test, so the role's own values come first.
  return findIdentity(question.caller)?.conditions.get(key)?.values ?? readKey(key, question);
}

/** If there is no role, as on IBM COS, nothing has to be allowed. */
interface RolePlace {
  readonly findObjection: FindObjection | undefined;
  readonly source: Bucket;
  readonly destination: Bucket;
}

export function failureOfConfiguration(findObjection: FindObjection, source: Bucket): ReplicationFailure | undefined {
  const objection = findObjection('s3:GetReplicationConfiguration', source);
  return objection && { reason: 'SrcBucketReplicationConfigMissing', why: objection.why };
}

export function failureOfReading(copying: Copying & Omit<RolePlace, 'destination'>): ReplicationFailure | undefined {
  const { findObjection, source } = copying;
  return findObjection && firstFailure(findObjection, source, needsAtSource(copying, source), copying);
}

export function failureOfWriting(copying: Copying & Omit<RolePlace, 'source'>): ReplicationFailure | undefined {
  const { findObjection, destination } = copying;
  return findObjection && firstFailure(findObjection, destination, needsAtDestination(copying), copying);
}

interface UseOfKey {
  readonly source: Bucket;
  readonly role: string;
  readonly action: KmsActionName;
  readonly key: string;
  /** The bucket that has the object. */
  readonly bucket: Bucket;
  readonly version: Version;
}

/**
 * The policies of the role have to allow it the use of a key of KMS, except the key of AWS, which all may use through S3. The mock has no
 * policies of keys, so that a key of another account allows it as well (F886).
 */
export function failureOfKeyRight(store: RoleStore, use: UseOfKey): ReplicationFailure | undefined {
  const { source, role, action, key, bucket, version } = use;
  const partition = partitionOf(source.region);
  const place = isManagedKey(key) ? undefined : findRoleByArn(store, role, partition);
  if (place === undefined) return undefined;
  const caller = makeSession(place.account, place.role.name, store.clock.now());
  const { account: owner } = place;
  const asked: ConditionKeyValues = (name) => findValuesForKey(name, { caller, bucket, version, owner });
  const conditions = makeConditions({ caller, partition, owner, clock: store.clock }, asked);
  const decision = decideOwn({ caller, action, resource: key, partition, owner, conditions });
  if (decision.allowed) return undefined;
  const reason = action === 'kms:Decrypt' ? 'SrcGetObjectNotPermitted' : 'DstPutObjectNotPermitted';
  return { reason, why: describeDecision(decision, caller, store.accounts) };
}

interface AskedForKey {
  readonly caller: Caller;
  readonly bucket: Bucket;
  readonly version: Version;
  readonly owner: Account;
}

/** S3 names the object as the context of the encryption, and the bucket if that has a key of its own. */
const readKmsKey = makeKeyReader<AskedForKey>({
  'aws:securetransport': () => 'true',
  'kms:calleraccount': ({ owner }) => owner.id,
  'kms:viaservice': ({ bucket: { region = firstRegion } }) => `s3.${region}.amazonaws.com`,
  'kms:encryptioncontext:aws:s3:arn': ({ bucket, version: { key, content } }) =>
    content?.encryption.BucketKeyEnabled ? writeArn(bucket) : `${writeArn(bucket)}/${key}`,
});

function findValuesForKey(name: string, asked: AskedForKey): readonly string[] | undefined {
  return findIdentity(asked.caller)?.conditions.get(name)?.values ?? readKmsKey(name, asked);
}

/** S3 counts a copy without the tags of the version as a failure (F888). */
export function failureOfTags(copying: Copying & RolePlace): ReplicationFailure | undefined {
  const { findObjection, source, destination, task, version } = copying;
  if (findObjection === undefined || task.part !== 'object' || version.tags.length === 0) return undefined;
  const failure =
    firstFailure(findObjection, source, listNeeds('reading', [following.tags]), copying) ??
    firstFailure(findObjection, destination, listNeeds('writing', [following.tags]), copying);
  return (
    failure && {
      ...failure,
      why: `copied without its tags, for which S3 sends no event: ${failure.why}`,
      isOfTagsAlone: true,
    }
  );
}

function firstFailure(
  findObjection: FindObjection,
  bucket: Bucket,
  needs: readonly Need[],
  copying: Copying,
): ReplicationFailure | undefined {
  const isAllowed = (action: ActionName | undefined) =>
    action !== undefined && findObjection(action, bucket, copying) === undefined;
  for (const { action, reason, alternative, includedIn } of needs) {
    const objection = findObjection(action, bucket, action === 's3:ListBucket' ? undefined : copying);
    if (objection === undefined || isAllowed(alternative)) continue;
    if (objection.isDenied || !isAllowed(includedIn)) return { reason, why: objection.why };
  }
  return undefined;
}

function needsAtSource({ task: { part }, version }: Copying, { objectLock }: Bucket): readonly Need[] {
  const isOfKms = version.content?.encryption.SSEKMSKeyId !== undefined;
  const reading: Omit<Need, 'reason'> = {
    action: 's3:GetObjectVersionForReplication',
    alternative: isOfKms ? undefined : 's3:GetObjectVersion',
  };
  if (part === 'delete marker') return [{ action: 's3:ListBucket', reason: 'SrcHeadObjectNotPermitted' }];
  if (part !== 'object')
    return [{ ...reading, reason: 'SrcHeadObjectNotPermitted' }, ...listNeeds('reading', [findFollowing(part)])];
  const { acl, retention, 'legal hold': hold } = following;
  return [
    { ...reading, reason: 'SrcGetObjectNotPermitted' },
    ...listNeeds('reading', objectLock ? [acl, retention, hold] : [acl]),
  ];
}

function listNeeds(side: 'reading' | 'writing', parts: readonly (FollowingPart | undefined)[]) {
  return parts.flatMap((part) => part?.[side] ?? []);
}

function needsAtDestination(copying: Copying): readonly Need[] {
  const { part } = copying.task;
  if (part === 'object') return listReplicaNeeds(copying);
  if (part === 'delete marker') return [{ action: 's3:ReplicateDelete', reason: 'DstDelObjNotPermitted' }];
  return listNeeds('writing', [findFollowing(part)]);
}

/** S3 copies an object of several parts in parts (F887). */
function listReplicaNeeds({ version: { content, lock }, rule }: Copying): readonly Need[] {
  const isOfParts = content?.parts !== undefined;
  const reason = 'DstPutObjectNotPermitted';
  return [
    { action: 's3:ReplicateObject', reason: isOfParts ? 'DstMultipartInitNotPermitted' : reason },
    ...(rule.Destination.AccessControlTranslation === undefined
      ? []
      : [{ action: 's3:ObjectOwnerOverrideToBucketOwner', reason } as const]),
    ...(lock?.retention === undefined ? [] : [following.retention.writing]),
    ...(lock?.legalHold === undefined ? [] : [following['legal hold'].writing]),
  ];
}

interface Pass {
  readonly caller: Caller;
  readonly bucket: Bucket;
  readonly role: string;
  readonly conditions: ConditionKeyValues;
}

/** F960 */
export function whyNotPassable(
  { accounts }: Pick<Store, 'accounts'>,
  { caller, bucket, role }: Pass,
): string | undefined {
  if (caller.account !== bucket.owner)
    return `${describeCaller(caller)} passes a role, and does not own the bucket; ${describeAccount(bucket.owner)} does`;
  const { id } = findRoleArn(role) ?? {};
  const owner = accounts.find((account) => account.id === id);
  // An account that the mock lacks stands for that of the source (F855).
  if (owner === undefined || owner === bucket.owner) return undefined;
  return `role ${role} belongs to ${describeAccount(owner)}, and the bucket belongs to ${describeAccount(bucket.owner)}`;
}

export function decidePass({ accounts, clock }: Pick<Store, 'accounts' | 'clock'>, pass: Pass): Decision {
  const { caller, bucket, role, conditions } = pass;
  const partition = partitionOf(bucket.region);
  const { owner } = bucket;
  const tags = findRoleByArn({ accounts }, role, partition)?.role.tags ?? [];
  const ofPass: ConditionKeyValues = (key) => {
    if (key === 'iam:passedtoservice') return ['s3.amazonaws.com'];
    if (key === 'iam:associatedresourcearn') return [`arn:${partition}:s3:::${bucket.name}`];
    if (key.startsWith('s3:')) return undefined;
    const [, name] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    if (name === undefined) return conditions(key);
    const value = findTagValue(tags, name);
    return value === undefined ? undefined : [value];
  };
  return decideOwn({
    caller,
    action: passRole,
    resource: role,
    partition,
    owner,
    conditions: makeConditions({ caller, partition, owner, clock }, ofPass),
  });
}
