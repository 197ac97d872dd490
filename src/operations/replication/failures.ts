import { parseIsoDate, writeIsoDate } from '../../formats/dates';
import { type FailurePosition, isFrom, listFailures, reattempt } from '../../model/replication/failures';
import { findFollowing } from '../../model/replication/following-parts';
import type { ReplicationFailure } from '../../model/replication/replication-reasons';
import type { ReplicatedPart } from '../../model/replication/replication-state';
import { readPageToken, writePageToken } from '../../model/versions/page-token';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required } from '../../shapes/elements';
import { header, query } from '../../shapes/places';
import { boolean, dateWithMilliseconds, httpDate, integer, text } from '../../shapes/values';
import { countOr, encodingMember, readEncoding } from '../members/listings';
import { operation } from '../operation';

const mostEntries = 1000;
const tokenKind = 'replication failures';

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-replication-overview#replication-apis-list-failures (F865) */
export const listBucketReplicationFailures = operation('GET /{Bucket}?ibm-replication-failures', {
  action: 'no action',
  dialect: 'ibm-cos',
  root: 'ListReplicationFailureResult',
  contentType: 'application/xml',
  input: {
    ContinuationToken: query('continuation-token'),
    MaxKeys: query('max-keys', countOr(mostEntries), { stage: 'query' }),
    FirstSyncAttemptedBefore: query('first-sync-attempted-before'),
    EncodingType: encodingMember,
  },
  output: {
    Name: element(text),
    FirstSyncAttemptedBefore: element(dateWithMilliseconds),
    MaxKeys: element(integer),
    IsTruncated: element(boolean),
    EncodingType: element(text),
    KeyCount: element(integer),
    ContinuationToken: element(text),
    NextContinuationToken: element(text),
    Contents: required(
      list({
        Key: element(text),
        VersionId: element(text),
        SyncType: element(text),
        FirstSyncAttempted: element(dateWithMilliseconds),
        LastSyncAttempted: element(dateWithMilliseconds),
        SyncFailureCause: element(text),
      }),
    ),
  },
  handle({ bucket, store }, { ContinuationToken, MaxKeys = mostEntries, FirstSyncAttemptedBefore, EncodingType }) {
    const encode = readEncoding(EncodingType);
    if (MaxKeys < 0) throw new S3Error('CountNegative', { ArgumentName: 'maxKeys', ArgumentValue: String(MaxKeys) });
    const before = FirstSyncAttemptedBefore === undefined ? undefined : readTime(FirstSyncAttemptedBefore);
    const start = ContinuationToken === undefined ? undefined : readStart(ContinuationToken);
    const failures = listFailures(bucket).filter(({ begun }) => before === undefined || begun <= before);
    const rest = start === undefined ? failures : failures.filter((failure) => isFrom(failure, start));
    const page = rest.slice(0, Math.min(MaxKeys, mostEntries, store.pageSize));
    const next = MaxKeys === 0 ? undefined : rest[page.length];
    return {
      Name: bucket.name,
      FirstSyncAttemptedBefore: before === undefined ? undefined : new Date(before),
      MaxKeys: Math.min(MaxKeys, mostEntries),
      IsTruncated: next !== undefined,
      EncodingType,
      KeyCount: page.length,
      ContinuationToken,
      NextContinuationToken: next && writePageToken(tokenKind, `${next.begun} ${next.sequence} ${next.id}`),
      Contents: page.map(({ key, versionId, part, begun, failed }) => ({
        Key: encode(key),
        VersionId: versionId,
        SyncType: writeSyncType(part),
        FirstSyncAttempted: new Date(begun),
        LastSyncAttempted: new Date(failed.last),
        SyncFailureCause: writeCause(failed.reason),
      })),
    };
  },
});

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-replication-overview#replication-apis-failure-reattempt (F868) */
export const putBucketReplicationReattempt = operation('PUT /{Bucket}?ibm-replication-reattempt', {
  action: 'no action',
  dialect: 'ibm-cos',
  status: 204,
  output: { ScheduledTime: header('x-ibm-replication-reattempt-scheduled-time', httpDate) },
  handle({ bucket, store, now, note }) {
    if (!bucket.settings.replication)
      throw new S3Error('ReplicationConfigurationNotFoundError', { BucketName: bucket.name });
    const { at, tasks } = reattempt(store, bucket, now);
    note(() =>
      tasks === 0
        ? 'IBM COS has not given up any copy from this bucket, and retries the others without this request'
        : `at ${writeIsoDate(at)}, IBM COS retries ${tasks} ${tasks === 1 ? 'copy' : 'copies'} that it had given up`,
    );
    return { ScheduledTime: new Date(at) };
  },
});

/** Reads the time of `first-sync-attempted-before`: the SDKs of COS say milliseconds since 1970, and its answer has a date (F866). */
function readTime(sent: string): number {
  const time = /^\d+$/.test(sent) ? Number(sent) : parseIsoDate(sent);
  if (time !== undefined && !Number.isNaN(new Date(time).getTime())) return time;
  throw new S3Error('FirstSyncAttemptedBeforeInvalid').quoting({ 'first-sync-attempted-before': sent });
}

function readStart(token: string): FailurePosition {
  const [, begun, sequence, id] = /^(\S+) (\S+) (.*)$/s.exec(readPageToken(tokenKind, token) ?? '') ?? [];
  if (id === undefined) throw new S3Error('ContinuationTokenInvalid').quoting({ 'continuation-token': token });
  return { begun: Number(begun), sequence: Number(sequence), id };
}

type Reason = ReplicationFailure['reason'];

const causes = {
  unversioned: 'Versioning disabled on destination bucket',
  notAuthorized: 'Replication operation not authorized on target bucket',
  noDestination: 'Remote bucket not found',
  noBucket: 'Source/Remote bucket not found or is disabled',
  noReplica: 'Destination object not found',
  noSource: 'Local object not found',
  noLock: 'Object lock is not enabled on the destination bucket',
  noKey: 'The encryption key is either not active or deleted',
  internal: 'Internal error',
} as const;

/** The reasons by which COS is not allowed to do something at the target, or to act at all. */
const isNotAuthorized = /^(?:Dst\w+|AssumeRole)NotPermitted$/;

/** F867 */
const causesByReason: Readonly<Partial<Record<Reason, string>>> = {
  DstBucketNotFound: causes.noDestination,
  DstBucketObjectLockConfigMissing: causes.noLock,
  DstBucketUnversioned: causes.unversioned,
  DstKmsKeyInvalidState: causes.noKey,
  DstKmsKeyNotFound: causes.noKey,
  DstVersionNotFound: causes.noReplica,
  SrcBucketNotFound: causes.noBucket,
  SrcKmsKeyInvalidState: causes.noKey,
  SrcKmsKeyNotFound: causes.noKey,
  SrcVersionNotFound: causes.noSource,
};

export function writeCause(reason: Reason): string {
  return isNotAuthorized.test(reason) ? causes.notAuthorized : (causesByReason[reason] ?? causes.internal);
}

/** The words of IBM COS for a task. COS documents `Content` alone (F867). */
export function writeSyncType(part: ReplicatedPart): string {
  return part === 'delete marker' ? 'Delete' : (findFollowing(part)?.syncType ?? 'Content');
}
