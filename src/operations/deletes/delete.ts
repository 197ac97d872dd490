import { newMarkerAcl } from '../../model/access/acl';
import type { ActionName } from '../../model/access/actions';
import { accountIdsOf } from '../../model/access/grants';
import { aclRulesOf } from '../../model/access/ownership';
import type { Bucket } from '../../model/bucket';
import { checkVersionDeletion } from '../../model/mfa-delete';
import { refusalOfKey } from '../../model/object-keys';
import { mayRemove } from '../../model/object-lock';
import { isObject } from '../../model/versions/version';
import { checkVersionId, findVersion, isIssuedVersionId } from '../../model/versions/version-lookup';
import { deleteKey, deleteVersion } from '../../model/versions/writes';
import { isTag } from '../../protocol/request/preconditions';
import { S3Error } from '../../refusals/s3-error';
import { element, list, malformedIfSent, required, unlessEmpty } from '../../shapes/elements';
import { bytesOfLongLists, header, payload, query } from '../../shapes/places';
import { boolean, httpDate, judged, long, orFalse, text } from '../../shapes/values';
import { versioned, when } from '../members/actions';
import { mfaMember, mfaRequestOf } from '../members/mfa';
import { bypassMember, refusalOfLock } from '../members/object-lock';
import { type Context, operation } from '../operation';

const timeHeader = 'x-amz-if-match-last-modified-time';
const sizeHeader = 'x-amz-if-match-size';

const guardInput = { ...mfaMember, ...bypassMember };

const deletion = versioned('s3:DeleteObject', 's3:DeleteObjectVersion');

interface Deletion {
  readonly VersionId?: string | undefined;
  readonly IfMatch?: string | undefined;
}

/** The actions of a deletion. To compare an ETag, S3 reads the object (F523). */
function deletionActions({ VersionId, IfMatch = '*' }: Deletion): readonly ActionName[] {
  return [deletion({ VersionId }), ...when(VersionId === undefined && IfMatch !== '*', 's3:GetObject')];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = operation('DELETE /{Bucket}/{Key+}', {
  action: (input) => deletionActions(input),
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
    const { store, bucket, request } = context;
    checkVersionId(store, bucket, VersionId);
    checkBypass(bucket, BypassGovernanceRetention);
    // A delete that leaves a delete marker takes no MFA code, even if the marker replaces the null version.
    if (VersionId !== undefined) checkVersionDeletion(bucket, mfaRequestOf(context, MFA));
    const refusal =
      refusalOfUnknownCondition(request.headers) ??
      refusalOfCondition(bucket, { Key, VersionId, IfMatch }) ??
      refusalOfRemoval(context, Key, VersionId, BypassGovernanceRetention);
    if (refusal) throw refusal;
    const { versionId, deleteMarker } =
      VersionId === undefined ? deleteCurrent(context, Key) : deleteVersion(store, bucket, Key, VersionId);
    return { VersionId: versionId, DeleteMarker: deleteMarker || undefined };
  },
});

/** A key that is empty or too long is not valid; S3 refuses the request after it checked the document's schema (F71, F57). */
const keyOfEntry = judged(
  text,
  (key) => refusalOfKey(key) ?? (key === '' ? new S3Error('UserKeyRequired') : undefined),
);

/** Only `true` asks for a quiet answer; S3 ignores any other text (F71). */
const quiet = orFalse(boolean);

const entryElements = {
  Key: required(element(keyOfEntry)),
  VersionId: unlessEmpty(element(text)),
  ETag: element(text),
  LastModifiedTime: malformedIfSent(element(httpDate)),
  Size: malformedIfSent(element(long)),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = operation('POST /{Bucket}?delete', {
  action: { ofEachEntry: deletion },
  digest: 'required',
  root: 'DeleteResult',
  rootStaysOpen: true,
  undeclaredRefusals: ['MalformedXML', 'KeyTooLongError'],
  contentType: 'application/xml',
  batch: { entries: ['Delete', 'Objects'], refused: 'Errors', namedBy: ['Key', 'VersionId'] },
  input: {
    ...guardInput,
    Delete: payload(
      { Objects: required(list(entryElements, 'Object', [1, 1000])), Quiet: element(quiet) },
      {
        roots: ['Delete'],
        maxBytes: bytesOfLongLists,
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
      checkVersionDeletion(bucket, mfaRequestOf(context, MFA));
    // An entry that is named twice is deleted once.
    const entries = new Map(Objects.map((entry) => [`${entry.VersionId ?? ''}\n${entry.Key}`, entry])).values();
    const results = [...entries].map((entry) => deleteEntry(context, entry, BypassGovernanceRetention));
    return {
      Deleted: Quiet ? [] : results.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
      Errors: results.flatMap(({ error }) => (error ? [error] : [])),
    };
  },
});

interface Entry {
  readonly Key: string;
  readonly VersionId?: string;
  readonly ETag?: string;
}

interface EntryResult {
  readonly deleted?: {
    readonly Key: string;
    readonly VersionId?: string;
    readonly DeleteMarker?: boolean;
    readonly DeleteMarkerVersionId?: string;
  };
  readonly error?: {
    readonly Key: string;
    readonly VersionId?: string;
    readonly Code: string;
    readonly Message: string;
  };
}

/** Deletes the version that one entry names. A refusal becomes part of the answer, beside the results of the other entries. */
function deleteEntry(context: Context, { Key, VersionId, ETag }: Entry, bypass: boolean | undefined): EntryResult {
  const { store, bucket, request } = context;
  const named = VersionId === undefined ? { Key } : { Key, VersionId };
  const issued = VersionId === undefined || isIssuedVersionId(store, bucket, VersionId);
  const refusal =
    refusalOfAccess(context, { Key, VersionId, IfMatch: ETag }) ??
    (issued ? undefined : new S3Error('NoSuchVersion', named as Required<typeof named>)) ??
    refusalOfCondition(bucket, { ...named, IfMatch: ETag }) ??
    refusalOfRemoval(context, Key, VersionId, bypass);
  if (refusal) {
    context.addReason(Key, refusal);
    const { code, message } = request.dialect.answers.wordsOf(refusal);
    return { error: { ...named, Code: code, Message: message } };
  }
  const { versionId, deleteMarker } =
    VersionId === undefined ? deleteCurrent(context, Key) : deleteVersion(store, bucket, Key, VersionId);
  if (!deleteMarker || versionId === undefined) return { deleted: named };
  return { deleted: { ...named, DeleteMarker: true, DeleteMarkerVersionId: versionId } };
}

/** Deletes a key. A delete marker that this leaves is the caller's. */
function deleteCurrent({ store, bucket, caller, request }: Context, key: string) {
  const rules = aclRulesOf(bucket, request.dialect.configurations);
  const acl = newMarkerAcl({ writer: accountIdsOf(caller), bucketOwner: bucket.owner }, rules);
  return deleteKey(store, bucket, key, { acl });
}

/** The refusal of an entry that its caller may not delete. S3 decides each entry by itself (F522). */
function refusalOfAccess(
  { refusalOf }: Context,
  { Key, VersionId, IfMatch }: Deletion & { readonly Key: string },
): S3Error | undefined {
  const conditions = new Map(IfMatch === undefined ? [] : [['s3:if-match', IfMatch]]);
  for (const action of deletionActions({ VersionId, IfMatch })) {
    const refusal = refusalOf({ action, key: Key, versionId: VersionId, conditions });
    if (refusal) return refusal;
  }
  return undefined;
}

/** S3 refuses the header if the bucket has no object lock, whatever its value is. */
function checkBypass({ objectLock }: Bucket, bypass: boolean | undefined): void {
  if (bypass !== undefined && !objectLock) throw new S3Error('BypassWithoutLock');
}

/**
 * The refusal of the removal of a locked version. A delete marker may be put on top of a locked version, and is never locked itself (F109).
 */
function refusalOfRemoval(
  context: Context,
  key: string,
  versionId: string | undefined,
  bypass = false,
): S3Error | undefined {
  const { store, bucket, now } = context;
  const version = versionId === undefined ? undefined : findVersion(store, bucket, key, versionId);
  // A delete marker has no lock.
  if (version === undefined || !isObject(version)) return undefined;
  return refusalOfLock(context, {
    version,
    versionId,
    bypass,
    permits: (bypasses) => mayRemove(version, now, bypasses),
  });
}

interface DeleteConditions {
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly IfMatch?: string | undefined;
}

/** The refusal of a condition that only directory buckets have, whatever its value is (F74). */
function refusalOfUnknownCondition(headers: ReadonlyMap<string, string>): S3Error | undefined {
  const sent = [timeHeader, sizeHeader].find((name) => headers.has(name));
  return sent === undefined ? undefined : refusalForHeader(sent);
}

/**
 * The refusal of a delete's condition that does not hold, or that S3 does not accept: only a delete of the current object may have one
 * (F74).
 */
function refusalOfCondition({ versions }: Bucket, { Key, VersionId, IfMatch }: DeleteConditions): S3Error | undefined {
  if (IfMatch === undefined) return undefined;
  if (VersionId !== undefined) return refusalForHeader('If-Match');
  const current = versions.currentObject(Key);
  if (!current) return new S3Error('NoSuchKey', { Key }, 'If-Match was sent, and the key has no object');
  const { etag } = current.content;
  if (IfMatch.trim() === '*' || isTag(IfMatch, etag)) return undefined;
  return new S3Error('PreconditionFailed', { Condition: 'If-Match' }, `the object's ETag is "${etag}"`);
}

function refusalForHeader(Header: string): S3Error {
  return new S3Error('HeaderNotImplemented', { Header });
}
