import type { Bucket } from '../bucket';
import type { Done } from '../schedule/run';
import type { Store } from '../store';
import type { ObjectVersion } from '../versions/version';
import { versionIdOf } from '../versions/version-lookup';
import type { AccessTier } from './archive-state';

/** An action of S3 on a version in an archive; no request asks for it when it is done. */
export interface ArchiveAction {
  /** `restore`: a copy is there; `discard`: its days are over; `archive`: Intelligent-Tiering moved it into an archive tier. */
  readonly action: 'restore' | 'discard' | 'archive';
  /** Its name in the form of those of S3's server access logs (F808). */
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly accessTier: AccessTier | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The id of the configuration of Intelligent-Tiering; a restore has no rule. */
  readonly rule: string | undefined;
}

export type ArchiveStore = Pick<Store, 'commit' | 'versionIds'>;

const operations: Readonly<Record<ArchiveAction['action'], string>> = {
  restore: 'S3.RESTORE.OBJECT',
  discard: 'S3.EXPIRE.RESTORED_COPY',
  archive: 'S3.TRANSITION_ARCHIVE_TIER.OBJECT',
};

export function carryOut(
  store: ArchiveStore,
  bucket: Bucket,
  version: ObjectVersion,
  { action, at, accessTier, rule }: Pick<ArchiveAction, 'action' | 'at'> & Partial<ArchiveAction>,
): Done<ArchiveAction> {
  const operation = operations[action];
  const origin = { cause: { by: 'service', operation, rule }, time: at } as const;
  const { changes } = store.commit(
    () => bucket.versions.replace(version),
    () => origin,
  );
  const { key } = version;
  const versionId = versionIdOf(store, version);
  return { action: { action, operation, bucket: bucket.name, key, versionId, accessTier, at, rule }, changes };
}
