import type { ReplicatedPart } from '../model/replication/replication-state';
import { beforeLine, counted, firstLines } from '../text/counts';
import { Queue } from './log';

/** An action of the service itself on a bucket: by a rule of lifecycle or replication, by Intelligent-Tiering, or because a restore goes on. */
export interface ServiceAction {
  /**
   * Its name in S3's server access logs: `S3.EXPIRE.OBJECT`, `S3.CREATE.DELETEMARKER`, `S3.TRANSITION_SIA.OBJECT`, `S3.DELETE.UPLOAD`. Those
   * of archives and replication are in the same form: `S3.RESTORE.OBJECT`, `S3.EXPIRE.RESTORED_COPY`, `S3.TRANSITION_ARCHIVE_TIER.OBJECT`,
   * `S3.REPLICATE.OBJECT`.
   */
  readonly operation: string;
  /**
   * `expire` puts a delete marker on top in a bucket with versioning, and the version stays; `remove` deletes it. `restore`: the version of
   * an archive is there to be read; `discard`: its copy is removed; `archive`: Intelligent-Tiering moved it into an archive tier. `replicate` copies
   * it to another bucket, or a part of it; `result` says whether it did.
   */
  readonly action: 'expire' | 'remove' | 'transition' | 'abort' | 'restore' | 'discard' | 'archive' | 'replicate';
  /** The bucket's name; that of the source if it was replicated. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** The id of the version; `undefined` if it was an upload. */
  readonly versionId: string | undefined;
  /** The upload that was aborted. */
  readonly uploadId?: string | undefined;
  /** The new storage class of a transition. */
  readonly storageClass?: string | undefined;
  /** The archive tier that Intelligent-Tiering moved it to. */
  readonly accessTier?: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
  /** The bucket that replication copied to, or would have. */
  readonly destination?: string | undefined;
  /** The part that replication copied: the whole object, a delete marker, or a part of a version that was copied before. */
  readonly part?: ReplicatedPart | undefined;
  /** The outcome of a copy; `PENDING` is tried again, or takes longer than its rule allows. */
  readonly result?: 'COMPLETED' | 'FAILED' | 'PENDING' | undefined;
  /** S3's name of the reason for which a copy was not made, such as `DstBucketNotFound`. */
  readonly reason?: string | undefined;
  /** The evidence for it in words, or that it takes longer than its rule allows. */
  readonly why?: string | undefined;
  /** When it was done: at a midnight UTC, except for `restore` and `replicate`. */
  readonly at: Date;
  /** The id of the rule of lifecycle or replication, or of the configuration of Intelligent-Tiering; `undefined` for a restore. */
  readonly rule: string | undefined;
}

const PRINTED = 20;

export class ServiceActions extends Queue<{ readonly after: number; readonly action: ServiceAction }> {
  /** All actions that are kept, oldest first. */
  get all(): readonly ServiceAction[] {
    return Object.freeze(this.toArray().map(({ action }) => action));
  }

  droppedLines(): readonly string[] {
    if (this.dropped === 0) return [];
    return [`(${counted(this.dropped, 'older service action')} dropped; journal: { limit } keeps more)`];
  }

  linesAfter(request: number): readonly string[] {
    const done = this.toArray().filter(({ after }) => after === request);
    const lines = done.map(({ action }) => actionLine(action));
    return firstLines(lines, PRINTED, 'service action');
  }
}

/** The last actions on a key of a bucket, as lines: those that replicated it from there, or to there, as well. */
export function writeLastActions(
  actions: readonly ServiceAction[],
  bucket: string,
  key: string,
  atMost: number,
): readonly string[] {
  const own = actions.filter((one) => isOn(one, bucket, key));
  const before = own.length > atMost ? [beforeLine(own.length - atMost)] : [];
  return [...before, ...own.slice(-atMost).map(actionLine)];
}

export function isOn(action: ServiceAction, bucket: string, key: string): boolean {
  return action.key === key && (action.bucket === bucket || action.destination === bucket);
}

/** `2026-02-03 00:00  S3.EXPIRE.OBJECT  vault/report.pdf  version null, by rule 'old'` */
export function actionLine(action: ServiceAction): string {
  const { operation, bucket, key, storageClass, accessTier, destination, at, rule } = action;
  const goal = storageClass ?? accessTier ?? destination;
  const time = at.toISOString().slice(0, 16).replace('T', ' ');
  const subject = `${subjectOf(action)}${goal === undefined ? '' : ` to ${goal}`}`;
  const cause = rule === undefined ? '' : `, by rule '${rule}'`;
  return `${time}  ${operation}  ${bucket}/${key}  ${subject}${cause}${outcomeOf(action)}`;
}

/** `version v1`, `tags of version v1` */
function subjectOf({ versionId, uploadId, part = 'object' }: ServiceAction): string {
  // An upload's id has 128 letters, and the first eight suffice to distinguish two.
  if (versionId === undefined) return `upload ${uploadId?.slice(0, 8)}…`;
  if (part === 'delete marker') return `${part} ${versionId}`;
  const version = `version ${versionId}`;
  return part === 'object' ? version : `${part === 'acl' ? 'ACL' : part} of ${version}`;
}

/** The outcome of a copy that was not made: `  FAILED DstBucketNotFound: there is no bucket 'replica'`. */
function outcomeOf({ result, reason, why }: ServiceAction): string {
  if (result === undefined || result === 'COMPLETED') return '';
  const named = reason === undefined ? result : `${result} ${reason}`;
  return why === undefined ? `  ${named}` : `  ${named}: ${why}`;
}
