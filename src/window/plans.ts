import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ActionLine, PlannedAction, PlannedCopy } from './answers';
import { ask } from './door';
import { useAnswer, useKnown } from './hooks';
import { day, writeDistance, writeMoment } from './writing';

export interface Step {
  readonly id: string;
  readonly at: number;
  readonly lane: Lane;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly goal: string | undefined;
  readonly rule: string | undefined;
  readonly state: 'planned' | 'done' | 'failed';
  /** Why a copy failed, or why the last attempt of a planned one did. */
  readonly trouble?: string | undefined;
}

/** The kinds of steps, each a lane of the time line. */
export const lanes = ['expire', 'remove', 'transition', 'abort', 'restore', 'replicate'] as const;
export type Lane = (typeof lanes)[number];

/**
 * A plan is made on copies of the buckets. This is the time in milliseconds for which nothing has to change before the page fetches another
 * plan.
 */
const quiet = 800;

/** What S3 did by itself and what it will do, soonest first. */
export interface Plans {
  readonly steps: readonly Step[];
  readonly planned: readonly Step[];
  readonly problem: string | undefined;
  readonly isKnown: boolean;
  /** Whether something changed since it was planned. */
  readonly isOld: boolean;
}

export function usePlans(): Plans {
  const { actions, mock } = useKnown();
  const now = mock === undefined ? 0 : Date.parse(mock.now);
  const { answer, problem, isOld } = useAnswer(
    'plans',
    async () => {
      const [lifecycle, replication] = await Promise.all([
        ask<{ actions: readonly PlannedAction[] }>('GET', 'lifecycle/plan'),
        ask<{ copies: readonly PlannedCopy[] }>('GET', 'replication/plan'),
      ]);
      return { actions: lifecycle.actions, copies: replication.copies };
    },
    quiet,
  );
  return useMemo(() => {
    const attempts = lastAttempts(actions);
    const planned = [
      ...(answer?.actions ?? []).map(planAction),
      ...(answer?.copies ?? []).map((copy, index) => planCopy(copy, index, attempts)),
    ]
      // What is due is done, though the plan may be older than the clock.
      .filter(({ at }) => at > now)
      .sort((a, b) => a.at - b.at);
    // An attempt after which the copy is still to be made is neither done nor failed: it is among those that are planned.
    const taken = actions.filter(({ result }) => result !== 'PENDING').map(makeStep);
    return { planned, steps: [...taken, ...planned], problem, isKnown: answer !== undefined, isOld };
  }, [actions, answer, problem, isOld, now]);
}

/** A plan that is older than the last change says so. */
export function writePlan({ isOld }: Pick<Plans, 'isOld'>, text: string): string {
  return isOld ? `As planned before the last change: ${text}` : text;
}

type Copy = Pick<ActionLine, 'bucket' | 'key' | 'versionId' | 'part' | 'destination'>;

const idOfCopy = ({ bucket, key, versionId, part, destination }: Copy) =>
  JSON.stringify([bucket, key, versionId, part, destination]);

/** The last attempt of each copy, by the copy. */
function lastAttempts(actions: readonly ActionLine[]): ReadonlyMap<string, ActionLine> {
  return new Map(actions.flatMap((one) => (one.result === undefined ? [] : [[idOfCopy(one), one]])));
}

/** What became of the copies of a version that are not made: each in a sentence. */
export function copiesInWords(
  { planned, steps, isOld }: Plans,
  { bucket, key, versionId }: { readonly bucket: string; readonly key: string; readonly versionId: string },
  now: string,
): readonly string[] {
  const isOfVersion = (step: Step) =>
    step.lane === 'replicate' && step.bucket === bucket && step.key === key && step.versionId === versionId;
  const failed = steps.filter((step) => step.state === 'failed' && isOfVersion(step));
  const awaited = planned.filter(isOfVersion);
  return [
    ...failed.map(({ goal, at, trouble }) => `to ${goal}: FAILED at ${writeMoment(at)} UTC, ${trouble}`),
    ...awaited.map(
      ({ goal, at, trouble }) =>
        `${writePlan({ isOld }, `to ${goal}: PENDING`)}, copied at ${writeMoment(at)} UTC, ${writeDistance(at, now)}${trouble === undefined ? '' : `; ${trouble}`}`,
    ),
  ];
}

/** `DstBucketNotFound: there is no bucket 'replica'` */
function findTrouble({ reason, why }: Pick<ActionLine, 'reason' | 'why'>): string | undefined {
  const parts = [reason, why].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(': ');
}

function planAction(planned: PlannedAction, index: number): Step {
  const { action, at, storageClass: goal, bucket, key, versionId, rule } = planned;
  const lane = chooseLane(action);
  return { id: `action ${index}`, at: Date.parse(at), lane, bucket, key, versionId, goal, rule, state: 'planned' };
}

function planCopy(copy: PlannedCopy, index: number, attempts: ReadonlyMap<string, ActionLine>): Step {
  const { part: _, at, destination: goal, ...rest } = copy;
  const attempt = attempts.get(idOfCopy(copy));
  const trouble = attempt?.result === 'PENDING' ? writeAttempt(attempt) : undefined;
  return { id: `copy ${index}`, at: Date.parse(at), lane: 'replicate', ...rest, goal, state: 'planned', trouble };
}

/** Why a copy is not there yet: an attempt failed, or, without a reason of S3, it takes longer than its rule allows. */
function writeAttempt(attempt: ActionLine): string | undefined {
  const trouble = findTrouble(attempt);
  return attempt.reason === undefined ? trouble : `tried again after ${trouble}`;
}

function makeStep(action: ActionLine): Step {
  const { id, at, bucket, key, versionId, storageClass, accessTier, destination, rule, result } = action;
  const goal = storageClass ?? accessTier ?? destination;
  return {
    id: `taken ${id}`,
    at: Date.parse(at),
    lane: chooseLane(action.action),
    bucket,
    key,
    versionId,
    goal,
    rule,
    state: result === 'FAILED' ? 'failed' : 'done',
    trouble: findTrouble(action),
  };
}

/** The lane of an action: `archive` is a transition, and `discard` the end of a restore. */
function chooseLane(action: string): Lane {
  const others: Readonly<Record<string, Lane>> = { archive: 'transition', discard: 'restore' };
  return lanes.find((lane) => lane === action) ?? others[action] ?? 'transition';
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const shortest = 30 * day;
/** Actions beyond this time are listed, and not drawn: a rule can name a day in a hundred years. */
const longest = 1000 * day;

/**
 * The span reaches from the first past action, or from the day on which the page first saw the clock, to the last planned action. It does
 * not move with the clock, which moves along it.
 */
export function useSpan({ steps, planned }: Plans): Span | undefined {
  const { mock } = useKnown();
  const now = mock === undefined ? undefined : Date.parse(mock.now);
  const first = steps.find(({ at, state }) => state !== 'planned' && now !== undefined && at > now - longest)?.at;
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
