import { intelligentTiering } from '../archives/restore';
import type { Bucket } from '../bucket';
import { type DueSubjects, never } from '../schedule/due-times';
import { carryOut, type Done, type DueSource } from '../schedule/service-action';
import type { Store } from '../store';
import { abortUpload } from '../uploads/uploads';
import type { ObjectVersion } from '../versions/version';
import { versionIdOf } from '../versions/version-lookup';
import { deleteKey, removeVersion, type WriteOrder } from '../versions/writes';
import {
  coldness,
  findSoonest,
  findUploadAction,
  listActions,
  type UploadAction,
  type VersionAction,
} from './due-actions';
import { type LifecycleConfiguration, midnightFrom } from './rules';

export interface LifecycleStore extends WriteOrder, Pick<Store, 'commit'> {
  readonly buckets: ReadonlyMap<string, Bucket>;
}

/** F114 */
export function makeLifecycleSource(store: LifecycleStore): DueSource {
  return {
    concerns: ({ actingLifecycle }) => actingLifecycle !== undefined,
    next(bucket, after) {
      const { actingLifecycle: lifecycle, versions, uploads } = bucket;
      if (!lifecycle) return never;
      const keys = versions.makeDueSubjects(lifecycle, (stack) => findSoonest(lifecycle, stack));
      const ofKeys = versions.due.lifecycle.soonest(keys);
      const soonest = Math.min(ofKeys, uploads.due.soonest(uploadsUnder(lifecycle, bucket)));
      return Math.max(midnightFrom(after + 1), midnightFrom(soonest));
    },
    *act(bucket, midnight) {
      const { actingLifecycle: lifecycle, versions, uploads } = bucket;
      if (!lifecycle) return;
      for (const sortKey of versions.due.lifecycle.take(midnight)) {
        const actions = decide(bucket, listActions(lifecycle, [...versions.stackAt(sortKey)]), midnight);
        for (const action of actions) yield perform(store, bucket, action, midnight);
      }
      const ended = new Set(uploads.due.take(midnight));
      for (const upload of [...uploads.values()]) {
        const action = ended.has(upload.id) ? findUploadAction(lifecycle, upload) : undefined;
        if (action) yield perform(store, bucket, action, midnight);
      }
    },
  };
}

function perform(store: LifecycleStore, bucket: Bucket, action: VersionAction | UploadAction, at: number): Done {
  return carryOut(store, { bucket, at, rule: action.rule.ID }, () => ({
    action: action.kind,
    operation: applyAction(store, bucket, action, at),
    key: (action.kind === 'abort' ? action.upload : action.version).key,
    versionId: action.kind === 'abort' ? undefined : versionIdOf(store, action.version),
    uploadId: action.kind === 'abort' ? action.upload.id : undefined,
    storageClass: action.kind === 'transition' ? action.storageClass : undefined,
  }));
}

function uploadsUnder(lifecycle: LifecycleConfiguration, { uploads }: Bucket): DueSubjects {
  const dueAt = (id: string) => {
    const upload = uploads.get(id);
    return (upload && findUploadAction(lifecycle, upload)?.at) ?? never;
  };
  return { basis: lifecycle, names: () => uploads.keys(), dueAt };
}

/**
 * Decides on an action for each version: a removal, else a class, else a delete marker above it. The oldest version comes first, so that a
 * new delete marker is made after the versions below it were handled.
 */
function decide(bucket: Bucket, actions: readonly VersionAction[], midnight: number): readonly VersionAction[] {
  const chosen = new Map<number, VersionAction>();
  for (const action of actions) {
    if (action.at > midnight) continue;
    const { sequence } = action.version;
    const before = chosen.get(sequence);
    if (before === undefined || comesFirst(bucket, action, before)) chosen.set(sequence, action);
  }
  return [...chosen.values()].toSorted((a, b) => a.version.sequence - b.version.sequence);
}

function comesFirst(bucket: Bucket, action: VersionAction, before: VersionAction): boolean {
  const difference = weigh(bucket, action) - weigh(bucket, before);
  return difference > 0 || (difference === 0 && action.at < before.at);
}

/** The coldest class wins, but INTELLIGENT_TIERING wins over all classes that are not archives. */
function weigh({ versioning }: Bucket, action: VersionAction): number {
  if (action.kind === 'transition') {
    const isFavoured = action.storageClass === intelligentTiering;
    return isFavoured ? coldness('GLACIER_IR') + 0.5 : coldness(action.storageClass);
  }
  const isReplaced = versioning.Status === 'Suspended' && action.version.explicitId === 'null';
  const isMarked = action.kind === 'expire' && versioning.Status !== undefined && !isReplaced;
  return isMarked ? -1 : Number.MAX_SAFE_INTEGER;
}

const transitions: Readonly<Record<string, string>> = {
  STANDARD_IA: 'S3.TRANSITION_SIA.OBJECT',
  ONEZONE_IA: 'S3.TRANSITION_ZIA.OBJECT',
  INTELLIGENT_TIERING: 'S3.TRANSITION_INT.OBJECT',
  GLACIER_IR: 'S3.TRANSITION_GIR.OBJECT',
  DEEP_ARCHIVE: 'S3.TRANSITION_GDA.OBJECT',
};

/** Returns its name in S3's server access logs (F121). */
function applyAction(store: LifecycleStore, bucket: Bucket, action: VersionAction | UploadAction, at: number): string {
  switch (action.kind) {
    case 'expire':
      // If versioning was set, this adds a delete marker and removes only a null version that the marker replaces.
      return deleteKey(store, bucket, action.version.key, { at }).deleteMarker
        ? 'S3.CREATE.DELETEMARKER'
        : 'S3.EXPIRE.OBJECT';
    case 'remove':
      removeVersion(bucket, action.version);
      return 'S3.EXPIRE.OBJECT';
    case 'transition': {
      const { version, storageClass } = action;
      bucket.versions.replace(movedTo(version, storageClass, at));
      return transitions[storageClass] ?? 'S3.TRANSITION.OBJECT';
    }
    case 'abort':
      abortUpload(bucket, action.upload);
      return 'S3.DELETE.UPLOAD';
  }
}

/** Restores go on, and their copies stay (F807); the archive tiers, and a restore without days, belong to INTELLIGENT_TIERING. */
function movedTo(version: ObjectVersion, storageClass: string, at: number): ObjectVersion {
  const { accessTier: _tier, accessed: _accessed, restore, ...others } = version;
  return {
    ...others,
    content: { ...version.content, storageClass },
    ...(restore?.days !== undefined && { restore }),
    ...(storageClass === intelligentTiering && { accessed: at }),
    moved: at,
  };
}
