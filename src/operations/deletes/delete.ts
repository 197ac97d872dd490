import { makeAclRules, makeMarkerAcl } from '../../model/access/acl';
import type { ActionName } from '../../model/access/actions';
import { accountIdsOf } from '../../model/access/grants';
import type { Bucket } from '../../model/bucket';
import { checkVersionDeletion } from '../../model/mfa-delete';
import { refusalOfKey } from '../../model/object-keys';
import { mayRemove, refusalForLocked } from '../../model/object-lock';
import { checkUnprotected } from '../../model/protection';
import type { Store } from '../../model/store';
import { describeNearKey, placesOfId } from '../../model/versions/near-keys';
import { findVersion, versionIdOf, whereIsVersion } from '../../model/versions/version-lookup';
import { deleteKey, deleteVersion } from '../../model/versions/writes';
import { readHeaderValues } from '../../protocol/request/headers';
import { type Checks, conditionOrders, inOrder } from '../../protocol/request/orders';
import { checkNotEmpty, readTag } from '../../protocol/request/preconditions';
import { S3Error } from '../../refusals/s3-error';
import { element, list, malformedIfSent, required } from '../../shapes/elements';
import { header, type Input, payload, query } from '../../shapes/places';
import { boolean, httpDate, judged, long, text } from '../../shapes/values';
import { firstOf } from '../../text/lists';
import { writeKey, writeValue } from '../../text/values';
import { versioned, when } from '../members/actions';
import { makeMfaRequest, mfaMember } from '../members/mfa';
import { bypassAction, bypassMember } from '../members/object-lock';
import { checkSentVersionId, isAcceptedVersionId } from '../objects/addressing';
import { checkETag, requireCurrentObject } from '../objects/write';
import { type Context, operation } from '../operation';

const timeHeader = 'x-amz-if-match-last-modified-time';
const sizeHeader = 'x-amz-if-match-size';

const guardInput = { ...mfaMember, ...bypassMember };

const deletion = versioned('s3:DeleteObject', 's3:DeleteObjectVersion');

/** To compare an ETag, S3 reads the object (F523). Without a version id nothing is bypassed, since a marker covers any lock (F521). */
function deletionActions({ VersionId, IfMatch = '*' }: Omit<Deletion, 'Key'>, bypass?: boolean): readonly ActionName[] {
  return [
    deletion({ VersionId }),
    ...bypassAction(bypass === true && VersionId !== undefined),
    ...when(VersionId === undefined && IfMatch !== '*', 's3:GetObject'),
  ];
}

export const deleteObject = operation('DELETE /{Bucket}/{Key+}', {
  action: (input) => deletionActions(input, input.BypassGovernanceRetention),
  status: 204,
  input: {
    ...guardInput,
    VersionId: query('versionId'),
    IfMatch: header('If-Match'),
    IfMatchLastModifiedTime: header(timeHeader, httpDate, { ignoredBy: 'both' }),
    IfMatchSize: header(sizeHeader, long, { ignoredBy: 'both' }),
  },
  output: { VersionId: header('x-amz-version-id'), DeleteMarker: header('x-amz-delete-marker', boolean) },
  handle(context, { Key, VersionId, MFA, BypassGovernanceRetention, IfMatch }) {
    const { bucket, request } = context;
    checkSentVersionId(context, VersionId);
    checkBypass(bucket, BypassGovernanceRetention);
    // A delete that leaves a delete marker takes no MFA code, even if the marker replaces the null version.
    if (VersionId !== undefined) checkVersionDeletion(bucket, makeMfaRequest(context, MFA));
    checkCondition({ request, VersionId, IfMatch });
    noteNearKeys(context, [{ Key, VersionId }]);
    const { versionId, deleteMarker } = carryOut(context, { Key, VersionId, IfMatch }, BypassGovernanceRetention);
    return { VersionId: versionId, DeleteMarker: deleteMarker || undefined };
  },
});

/** A key that is empty or too long is not valid; S3 refuses the request after it checked the document's schema (F71, F57). */
const keyOfEntry = judged(
  text,
  (key) => refusalOfKey(key) ?? (key === '' ? new S3Error('UserKeyRequired') : undefined),
);

const entryElements = {
  Key: required(element(keyOfEntry)),
  VersionId: element(text),
  ETag: element(text),
  LastModifiedTime: malformedIfSent(element(httpDate)),
  Size: malformedIfSent(element(long)),
};

export const deleteObjects = operation('POST /{Bucket}?delete', {
  answersThroughAccessPoints: true,
  action: { ofEachEntry: deletion },
  digest: 'required',
  root: 'DeleteResult',
  rootStaysOpen: true,
  batch: true,
  mayFailIn200: true,
  undeclaredRefusals: ['MalformedXML', 'KeyTooLongError'],
  contentType: 'application/xml',
  input: {
    ...guardInput,
    Delete: payload(
      { Objects: required(list(entryElements, 'Object', [1, 1000])), Quiet: element(boolean) },
      {
        roots: ['Delete'],
        maxBytes: 2_048_000,
        // F550
        adviceForText: 'delete such a key with DeleteObject, and list it with encoding-type=url',
      },
    ),
  },
  output: {
    Deleted: required(
      list({
        Key: element(text),
        VersionId: element(text),
        DeleteMarker: element(boolean),
        DeleteMarkerVersionId: element(text),
      }),
    ),
    Errors: required(
      list({ Key: element(text), VersionId: element(text), Code: element(text), Message: element(text) }, 'Error'),
    ),
  },
  handle(context, { MFA, BypassGovernanceRetention, Delete: { Objects, Quiet = false } }) {
    const { bucket } = context;
    checkBypass(bucket, BypassGovernanceRetention);
    // S3 checks a code that was sent even if no entry needs it (F69).
    if (MFA !== undefined || Objects.some(({ VersionId }) => VersionId !== undefined))
      checkVersionDeletion(bucket, makeMfaRequest(context, MFA));
    // An entry that is named twice is deleted once. An empty id is not an absent one (F71).
    const entries = new Map(Objects.map((entry) => [JSON.stringify([entry.VersionId, entry.Key]), entry])).values();
    noteNearKeys(context, Objects);
    const results = [...entries].map((entry) => deleteEntry(context, entry, BypassGovernanceRetention));
    return {
      Deleted: Quiet ? [] : results.flatMap((one) => ('deleted' in one ? [one.deleted] : [])),
      Errors: results.flatMap((one) => ('error' in one ? [one.error] : [])),
    };
  },
});

/** A refusal becomes part of the answer, beside the results of the other entries. */
function deleteEntry(context: Context, sent: Input<typeof entryElements>, bypass: boolean | undefined) {
  const { Key, VersionId, ETag } = sent;
  const named = VersionId === undefined ? { Key } : { Key, VersionId };
  const deletion = { Key, VersionId, IfMatch: ETag };
  const result = context.attempt({ key: Key, versionId: VersionId, sent }, () => {
    checkDeletionAccess(context, deletion, bypass);
    checkIssued(context, named);
    if (VersionId !== undefined && ETag !== undefined) throw new S3Error('EntryConditionOnVersion').quoting({ ETag });
    return carryOut(context, deletion, bypass);
  });
  if (result instanceof S3Error) {
    const { code, message } = context.request.dialect.answers.wordsOf(result);
    return { error: { ...named, Code: code, Message: message } };
  }
  const { versionId, deleteMarker } = result;
  if (!deleteMarker || versionId === undefined) return { deleted: named };
  return { deleted: { ...named, DeleteMarker: true, DeleteMarkerVersionId: versionId } };
}

interface Deletion {
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly IfMatch?: string | undefined;
}

function carryOut(context: Context, deletion: Deletion, bypass: boolean | undefined) {
  const { store, bucket } = context;
  const { Key, VersionId } = deletion;
  checkETagOf(store, bucket, deletion);
  checkRemoval(context, deletion, bypass);
  if (VersionId === undefined) return deleteCurrent(context, Key);
  const isMissing = findVersion(store, bucket, Key, VersionId) === undefined;
  const result = deleteVersion(store, bucket, Key, VersionId);
  if (isMissing) context.note(() => noteOnMissing(context, Key, VersionId));
  return result;
}

/** S3 answers the deletion of a missing version as a success (F54). */
function noteOnMissing({ store, bucket }: Context, key: string, versionId: string): string {
  const missing =
    versionId === 'null' ? 'null version' : `version ${versionId}, which ${whereIsVersion(store, bucket, versionId)}`;
  return `nothing was deleted: ${writeKey(key)} has no ${missing}${writePresent(store, bucket, key)}`;
}

/** The most ids that a note names. */
const NAMED = 3;

function writePresent(store: Store, bucket: Bucket, key: string): string {
  const newest = [...firstOf(bucket.versions.of(key), NAMED + 1)];
  if (newest.length === 0) return '';
  const ids = newest.slice(0, NAMED).map((version) => writeValue(versionIdOf(store, version)));
  const rest = newest.length > NAMED ? ' and older versions' : '';
  const order = newest.length === 1 ? '' : ', the newest first';
  return `; the key has ${ids.join(', ')}${rest}${order}`;
}

/** The most keys that are compared with the keys of the bucket, since a batch has up to 1,000. */
const COMPARED = 5;

/** S3 also answers the deletion of a key that never was as a success. */
function noteNearKeys({ store, bucket, note }: Context, entries: readonly Pick<Deletion, 'Key' | 'VersionId'>[]): void {
  const missing = entries.filter(
    ({ Key, VersionId }) => VersionId === undefined && bucket.versions.current(Key) === undefined,
  );
  for (const { Key } of missing.slice(0, COMPARED)) {
    const near = describeNearKey(store, bucket, Key, placesOfId.request);
    if (near !== undefined) note(() => `nothing was deleted for ${writeKey(Key)}, which has no versions; ${near}`);
  }
}

/** The caller owns the delete marker that this leaves. */
function deleteCurrent({ store, bucket, caller, request }: Context, key: string) {
  const rules = makeAclRules(bucket, request.dialect.configurations);
  const acl = makeMarkerAcl({ writer: accountIdsOf(caller), bucketOwner: bucket.owner }, rules);
  return deleteKey(store, bucket, key, { acl, idForm: request.dialect.objects.versionIds });
}

/** S3 decides each entry by itself (F522). */
function checkDeletionAccess(
  { checkAccess }: Context,
  { Key, VersionId, IfMatch }: Deletion,
  bypass: boolean | undefined,
): void {
  const conditions = new Map(IfMatch === undefined ? [] : [['s3:if-match', readTag(IfMatch)]]);
  for (const action of deletionActions({ VersionId, IfMatch }, bypass))
    checkAccess({ action, key: Key, versionId: VersionId, conditions });
}

function checkIssued(context: Context, { Key, VersionId }: Pick<Deletion, 'Key' | 'VersionId'>): void {
  if (VersionId === undefined || isAcceptedVersionId(context, VersionId)) return;
  const why =
    VersionId === ''
      ? 'its VersionId is empty, which is the id of no version; leave the VersionId out to delete the current object'
      : undefined;
  throw new S3Error('NoSuchVersion', { Key, VersionId }, why);
}

/** S3 refuses the header if the bucket has no object lock, whatever its value is. */
function checkBypass({ objectLock }: Bucket, bypass: boolean | undefined): void {
  if (bypass !== undefined && !objectLock) throw new S3Error('BypassWithoutLock');
}

/** A delete marker can be put on top of a locked version, and is never locked itself (F109). */
function checkRemoval(context: Context, { Key, VersionId: versionId }: Deletion, bypass = false): void {
  const { store, bucket, now } = context;
  // A bucket with a retention policy has null versions only, with an id in the request or without one.
  if (bucket.settings.protection) checkUnprotected(bucket.versions.nullVersion(Key), now);
  const version = versionId === undefined ? undefined : findVersion(store, bucket, Key, versionId);
  if (version !== undefined && !mayRemove(version, now, bypass)) throw refusalForLocked(version, bypass);
}

interface ConditionedDeletion extends Pick<Deletion, 'VersionId' | 'IfMatch'> {
  readonly request: Pick<Context['request'], 'headers' | 'wire'>;
}

/** S3 refuses it whatever its value is (F74). */
function checkIsMissing({ request: { headers } }: ConditionedDeletion, Header: string): void {
  if (headers.has(Header)) throw new S3Error('HeaderNotImplemented', { Header });
}

const checksOfCondition: Checks<typeof conditionOrders.deletion, ConditionedDeletion> = {
  'no condition by time': (deletion) => checkIsMissing(deletion, timeHeader),
  'no condition by size': (deletion) => checkIsMissing(deletion, sizeHeader),
  'one line'({ request: { wire }, IfMatch }) {
    if (IfMatch === undefined) return;
    const lines = readHeaderValues(wire.rawHeaders).get('if-match') ?? [];
    if (lines.length > 1) throw new S3Error('IfMatchSeveral').quoting({ 'If-Match': IfMatch });
  },
  'If-Match is not empty': ({ IfMatch }) => checkNotEmpty(IfMatch),
  'no version id beside it'({ VersionId, IfMatch }) {
    if (VersionId !== undefined && IfMatch !== undefined)
      throw new S3Error('ConditionOnVersion', { Header: 'If-Match' });
  },
};
const checkCondition = inOrder(conditionOrders.deletion, checksOfCondition);

/** Only a delete of the current object can contain a condition (F74). */
function checkETagOf(store: Store, bucket: Bucket, { Key, IfMatch }: Deletion): void {
  if (IfMatch === undefined) return;
  const current = requireCurrentObject(store, bucket, Key);
  if (IfMatch.trim() !== '*') checkETag(current, IfMatch);
}
