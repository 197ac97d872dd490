import { readMoment } from '../model/clock';
import { inOrder } from '../model/replication/replication';
import type { Store } from '../model/store';
import type { ReplicatedPart } from '../shapes/configurations/replication';
import { checkOptionNames } from '../text/member-names';

/** A copy that replication will make. */
export interface PlannedCopy {
  /** The bucket that it is copied from. */
  readonly bucket: string;
  /** The key of the version. */
  readonly key: string;
  /** The id of the version, which its replica will have as well. */
  readonly versionId: string;
  /** The part that is copied: the whole object, a delete marker, or a part that changed after the version was copied. */
  readonly part: ReplicatedPart;
  /** The bucket that it is copied to. */
  readonly destination: string;
  /** The id of the rule. */
  readonly rule: string;
  /** When S3 tries to copy it next. */
  readonly at: Date;
}

/** The copies that replication will make if nothing else changes, soonest first, and at one time in the order of the requests that asked for them. */
export function planReplication(
  store: Store,
  options: { readonly until?: Date | number | string | undefined } = {},
): readonly PlannedCopy[] {
  checkOptionNames('replication.plan', options, ['until']);
  const until = options.until === undefined ? Number.POSITIVE_INFINITY : readMoment(options.until, 'plan: until');
  const queued = [...store.buckets.values()].flatMap(({ name, replications }) =>
    Array.from(replications.values(), (task) => ({ ...task, bucket: name })),
  );
  const planned = queued.filter(({ at, isGivenUp }) => at <= until && !isGivenUp).sort(inOrder);
  return Object.freeze(
    planned.map(({ bucket, key, versionId, part, destination, rule, at }) =>
      Object.freeze({ bucket, key, versionId, part, destination, rule, at: new Date(at) }),
    ),
  );
}
