import type { Bucket } from '../bucket';
import { never } from './due-times';
import type { Done, ServiceAction } from './service-action';

/** A cause of what S3 does by itself in a bucket once it is due, such as lifecycle. */
export interface DueSource {
  /** Whether it has something to do in a bucket, now or later: nothing that another source does there changes that. */
  concerns(bucket: Bucket): boolean;
  /** The first moment after one at which it does something, if nothing changes until then. */
  next(bucket: Bucket, after: number): number;
  /** Does what is due at a moment that `next` named. */
  act(bucket: Bucket, at: number): Iterable<Done>;
}

/**
 * Does what is due after one moment and up to another, and returns what was done: moment by moment, and at each by source and bucket, as
 * if it had run at every one of them. `onDone` gets each action before the next one begins.
 */
export function runDue(
  sources: readonly DueSource[],
  buckets: readonly Bucket[],
  { from, to }: { readonly from: number; readonly to: number },
  onDone: (done: Done) => void = () => {},
): readonly ServiceAction[] {
  const done: ServiceAction[] = [];
  const work: { readonly source: DueSource; readonly bucket: Bucket }[] = [];
  for (const source of sources) {
    for (const bucket of buckets) if (source.concerns(bucket)) work.push({ source, bucket });
  }
  let after = from;
  for (;;) {
    const at = work.reduce((least, { source, bucket }) => Math.min(least, source.next(bucket, after)), never);
    if (at === never || at > to) return done;
    for (const { source, bucket } of work) {
      // A source that gets something due from another one, at a midnight that is over, waits for its next one.
      if (source.next(bucket, after) !== at) continue;
      // One by one: arguments are on the stack, which has no room for those of a large bucket.
      for (const one of source.act(bucket, at)) {
        done.push(one.action);
        onDone(one);
      }
    }
    after = at;
  }
}

/** The first moment after one at which a source does something. */
export function soonestOf(
  sources: readonly Pick<DueSource, 'next'>[],
  buckets: readonly Bucket[],
  after: number,
): number {
  let least = never;
  for (const source of sources) {
    for (const bucket of buckets) least = Math.min(least, source.next(bucket, after));
  }
  return least;
}
