import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ActionLine, PlannedAction, PlannedCopy } from './answers';
import { ask } from './door';
import { useAnswer, useKnown } from './hooks';
import { day } from './writing';

/** Something that S3 does by itself, done or planned. */
export interface Step {
  readonly id: string;
  readonly at: number;
  readonly lane: Lane;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly goal: string | undefined;
  readonly rule: string | undefined;
  readonly isDone: boolean;
}

/** The kinds of steps, each a lane of the time line. */
export const lanes = ['expire', 'remove', 'transition', 'abort', 'restore', 'replicate'] as const;
export type Lane = (typeof lanes)[number];

/** A plan is made on copies of the buckets: how long nothing has to change, in milliseconds, before another one is asked for. */
const quiet = 800;

/** What S3 did by itself and what it will do, soonest first. */
export interface Plans {
  readonly steps: readonly Step[];
  readonly planned: readonly Step[];
  readonly problem: string | undefined;
}

export function usePlans(): Plans {
  const { actions, mock } = useKnown();
  const now = mock === undefined ? 0 : Date.parse(mock.now);
  const { answer, problem } = useAnswer(
    'plans',
    async () => {
      const [lifecycle, replication] = await Promise.all([
        ask<{ actions: readonly PlannedAction[] }>('GET', 'lifecycle/plan'),
        ask<{ copies: readonly PlannedCopy[] }>('GET', 'replication/plan'),
      ]);
      return [...lifecycle.actions.map(stepOfAction), ...replication.copies.map(stepOfCopy)].sort(
        (a, b) => a.at - b.at,
      );
    },
    quiet,
  );
  return useMemo(() => {
    // What is due is done, though the plan may be older than the clock.
    const planned = (answer ?? []).filter(({ at }) => at > now);
    return { planned, steps: [...actions.map(stepDone), ...planned], problem };
  }, [actions, answer, problem, now]);
}

function stepOfAction({ action, at, storageClass, ...rest }: PlannedAction, index: number): Step {
  const { bucket, key, versionId, rule } = rest;
  return {
    id: `action ${index}`,
    at: Date.parse(at),
    lane: laneOf(action),
    bucket,
    key,
    versionId,
    goal: storageClass,
    rule,
    isDone: false,
  };
}

function stepOfCopy({ at, destination, bucket, key, versionId, rule }: PlannedCopy, index: number): Step {
  return {
    id: `copy ${index}`,
    at: Date.parse(at),
    lane: 'replicate',
    bucket,
    key,
    versionId,
    goal: destination,
    rule,
    isDone: false,
  };
}

function stepDone({
  id,
  at,
  action,
  bucket,
  key,
  versionId,
  storageClass,
  accessTier,
  destination,
  rule,
}: ActionLine): Step {
  const goal = storageClass ?? accessTier ?? destination;
  return {
    id: `done ${id}`,
    at: Date.parse(at),
    lane: laneOf(action),
    bucket,
    key,
    versionId,
    goal,
    rule,
    isDone: true,
  };
}

/** The lane of an action: `archive` is a transition, and `discard` the end of a restore. */
function laneOf(action: string): Lane {
  const others: Readonly<Record<string, Lane>> = { archive: 'transition', discard: 'restore' };
  return lanes.find((lane) => lane === action) ?? others[action] ?? 'transition';
}

/** The part of the time that the slider and the lanes show. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The shortest span that is shown. */
const shortest = 30 * day;
/** What is planned beyond it is listed, and not drawn: a rule may name a day in a hundred years. */
const longest = 1000 * day;

/** From the first thing done, or the day on which the page first saw the clock, to the last thing planned. It does not move with the clock, which moves along it. */
export function useSpan({ steps, planned }: Plans): Span | undefined {
  const { mock } = useKnown();
  const now = mock === undefined ? undefined : Date.parse(mock.now);
  const first = steps.find(({ at, isDone }) => isDone && now !== undefined && at > now - longest)?.at;
  const [from, setFrom] = useState<number | undefined>(undefined);
  const [to, setTo] = useState(0);
  useEffect(() => {
    if (now === undefined) return;
    // After a reset the clock is where it began, and far along the line begins anew.
    if (from === undefined || now < from || now - from > longest) {
      setFrom(midnightBefore(Math.min(now, first ?? now)));
      setTo(0);
    }
  }, [now, from]);
  const last = planned.findLast(({ at }) => now === undefined || at < now + longest)?.at ?? 0;
  const end =
    from === undefined || now === undefined
      ? 0
      : midnightBefore(Math.max(from + shortest, now + 7 * day, last + 3 * day)) + day;
  useEffect(() => setTo((before) => Math.max(before, end)), [end]);
  return from === undefined ? undefined : { from, to: Math.max(to, end) };
}

function midnightBefore(moment: number): number {
  return Math.floor(moment / day) * day;
}
