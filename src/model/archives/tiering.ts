import type { Bucket } from '../bucket';
import { membersOf } from '../configurations/family';
import { readSelection } from '../configurations/filters';
import { intelligentTiering as configurations } from '../configurations/intelligent-tiering';
import { dueAfterDays, makeFilterSubject, midnightFrom } from '../lifecycle/rules';
import { never } from '../schedule/due-times';
import type { DueSource } from '../schedule/service-action';
import { isObject, type ObjectVersion, type Version } from '../versions/version';
import type { AccessTier } from './archive-state';
import { type ArchiveStore, changeArchived, intelligentTiering } from './restore';

export function makeTieringSource(store: ArchiveStore): DueSource {
  return {
    concerns: ({ settings }) => Boolean(settings.intelligentTiering),
    next(bucket, after) {
      const { versions, settings } = bucket;
      const basis = settings.intelligentTiering;
      if (!basis) return never;
      const subjects = versions.makeDueSubjects(basis, (stack) => soonestMove(bucket, stack));
      return Math.max(midnightFrom(after + 1), midnightFrom(versions.due.tiers.soonest(subjects)));
    },
    *act(bucket, at) {
      const { versions, settings } = bucket;
      if (!settings.intelligentTiering) return;
      for (const sortKey of versions.due.tiers.take(at)) {
        for (const version of [...versions.stackAt(sortKey)].toReversed()) {
          const move = listMoves(bucket, version)
            .filter((one) => one.at <= at)
            .reduce(deepest, undefined);
          if (move === undefined || !isObject(version)) continue;
          const { accessTier, rule } = move;
          const operation = 'S3.TRANSITION_ARCHIVE_TIER.OBJECT';
          const after = { ...version, accessTier };
          yield changeArchived(store, { bucket, at, rule }, after, { action: 'archive', operation, accessTier });
        }
      }
    },
  };
}

function soonestMove(bucket: Bucket, stack: readonly Version[]): number {
  const moves = stack.flatMap((version) => listMoves(bucket, version));
  return moves.reduce((least, { at }) => Math.min(least, at), never);
}

interface Move {
  readonly at: number;
  readonly accessTier: AccessTier;
  readonly rule: string;
}

/** S3 monitors no smaller objects. */
const leastSize = 128 * 1024;

const depths: Readonly<Record<AccessTier, number>> = { ARCHIVE_ACCESS: 1, DEEP_ARCHIVE_ACCESS: 2 };

function depthOf(tier: AccessTier | undefined): number {
  return tier === undefined ? 0 : depths[tier];
}

function deepest(found: Move | undefined, move: Move): Move {
  return found === undefined || depthOf(move.accessTier) > depthOf(found.accessTier) ? move : found;
}

/** Now or later, if nobody reads it. A version that is being restored does not move. */
function listMoves(bucket: Bucket, version: Version): readonly Move[] {
  if (!isObject(version) || version.content.storageClass !== intelligentTiering) return [];
  if (version.content.body.length < leastSize || version.restore !== undefined) return [];
  const { accessed: last = version.created } = version;
  return membersOf(configurations, bucket).flatMap(({ Id: rule, Status, Filter, Tierings }) => {
    if (Status !== 'Enabled' || !readSelection({ Filter }).selects(makeFilterSubject(version))) return [];
    return Tierings.filter(({ AccessTier }) => depthOf(AccessTier) > depthOf(version.accessTier)).map(
      ({ AccessTier: accessTier, Days }) => ({ at: dueAfterDays(last, Days), accessTier, rule }),
    );
  });
}

/** The days until its archive tiers begin again (F812); other storage classes count none. */
export function noteAccess(bucket: Bucket, version: ObjectVersion, now: number): void {
  if (version.content.storageClass === intelligentTiering) bucket.versions.replace({ ...version, accessed: now });
}
