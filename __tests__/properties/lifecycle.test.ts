import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type LifecycleFixture, mockS3, type VersioningStatus } from 's3-versioning-mock/jest';
import { runs } from '../support/runs';

const start = Date.UTC(2026, 0, 15, 10, 30);
const hour = 3_600_000;
const day = 24 * hour;
const keys = ['a/1', 'b'] as const;

type Rule = LifecycleFixture['Rules'][number];

type Step =
  | { readonly do: 'put'; readonly key: string; readonly size: number; readonly old: boolean; readonly locked: number }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'set'; readonly versioning: VersioningStatus }
  | { readonly do: 'wait'; readonly hours: number };

const key = fc.constantFrom(...keys);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key,
      size: fc.integer({ min: 0, max: 4 }),
      old: fc.boolean(),
      locked: fc.constantFrom(0, 0, 30, 400),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      versioning: fc.constantFrom('Enabled' as const, 'Enabled' as const, 'Suspended' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 5, 13.5, 24, 37, 72) }),
  },
);

const tag = { Key: 'old', Value: 'yes' };
const days = fc.integer({ min: 1, max: 6 });
const plainFilters = fc.constantFrom<Rule['Filter']>({}, {}, { Prefix: 'a/' });
const filters = fc.oneof(
  plainFilters,
  fc.constantFrom<Rule['Filter']>(
    { Tag: tag },
    { ObjectSizeGreaterThan: 1 },
    { ObjectSizeLessThan: 1 },
    { And: { Prefix: 'a/', Tags: [tag] } },
    { And: { ObjectSizeGreaterThan: 1, ObjectSizeLessThan: 4 } },
  ),
);
const status = fc.constantFrom('Enabled' as const, 'Enabled' as const, 'Enabled' as const, 'Disabled' as const);
const kept = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const classes = ['GLACIER', 'DEEP_ARCHIVE'] as const;

/** Rules of one action each, all by days or all by dates, as S3 requires of rules for the same objects. */
const rules: fc.Arbitrary<readonly Rule[]> = fc.boolean().chain((dated) => {
  const date = fc.integer({ min: -3, max: 12 }).map((offset) => new Date(Date.UTC(2026, 0, 16 + offset)));
  const when = dated ? date.map((one) => ({ Date: one })) : days.map((Days) => ({ Days }));
  const rule = fc.oneof<fc.Arbitrary<Rule>[]>(
    fc.record({ Status: status, Filter: filters, Expiration: when }),
    fc.record({
      Status: status,
      Filter: plainFilters,
      Expiration: fc.record({ ExpiredObjectDeleteMarker: fc.boolean() }),
    }),
    fc.record({
      Status: status,
      Filter: filters,
      NoncurrentVersionExpiration: fc.record({ NoncurrentDays: days, NewerNoncurrentVersions: kept }),
    }),
    fc.record({
      Status: status,
      Filter: filters,
      Transitions: fc.tuple(when, fc.constantFrom(...classes)).map(([at, StorageClass]) => [{ ...at, StorageClass }]),
    }),
    fc.record({
      Status: status,
      Filter: filters,
      NoncurrentVersionTransitions: fc
        .record({ NoncurrentDays: days, NewerNoncurrentVersions: kept, StorageClass: fc.constantFrom(...classes) })
        .map((one) => [one]),
    }),
  );
  return fc.array(rule, { minLength: 1, maxLength: 4 });
});

interface NaiveVersion {
  /** Undefined for a delete marker. */
  readonly size: number | undefined;
  readonly isNull: boolean;
  readonly time: number;
  readonly old: boolean;
  readonly lockedUntil: number;
  storageClass: string | undefined;
}

/** Versions and lifecycle again, as simply as possible: every midnight, every rule, every version. The oldest versions are first. */
class Naive {
  now = start;
  readonly stacks = new Map<string, NaiveVersion[]>(keys.map((one) => [one, []]));
  readonly log: string[] = [];

  constructor(
    public versioning: VersioningStatus | undefined,
    readonly rules: readonly Rule[],
  ) {}

  write(name: string, version: Omit<NaiveVersion, 'isNull' | 'storageClass'>): void {
    const isNull = this.versioning !== 'Enabled';
    const stack = (this.stacks.get(name) ?? []).filter((one) => !(isNull && one.isNull));
    this.stacks.set(name, [
      ...stack,
      { ...version, isNull, storageClass: version.size === undefined ? undefined : 'STANDARD' },
    ]);
  }

  delete(name: string, time: number): void {
    if (this.versioning === undefined) this.stacks.set(name, []);
    else this.write(name, { size: undefined, time, old: false, lockedUntil: 0 });
  }

  wait(hours: number): void {
    const until = this.now + hours * hour;
    for (let moment = start - (start % day); moment <= until; moment += day) {
      if (moment > this.now) this.midnight(moment);
    }
    this.now = until;
  }

  midnight(midnight: number): void {
    for (const [name, stack] of this.stacks) {
      const verdicts = stack.map((version, at) => ({ version, verdict: this.verdict(name, stack, at, midnight) }));
      for (const { version, verdict } of verdicts) {
        if (verdict === undefined) continue;
        this.log.push(`${new Date(midnight).toISOString()} ${verdict} ${name}`);
        if (verdict === 'expire') this.delete(name, midnight);
        else if (verdict === 'remove') this.stacks.set(name, this.without(name, version));
        else version.storageClass = verdict;
      }
    }
  }

  without(name: string, version: NaiveVersion): NaiveVersion[] {
    return (this.stacks.get(name) ?? []).filter((one) => one !== version);
  }

  verdict(name: string, stack: readonly NaiveVersion[], at: number, midnight: number): string | undefined {
    const version = stack[at];
    const successor = stack[at + 1];
    if (!version) return undefined;
    const newerNoncurrent = stack.length - at - 2;
    const isOver = (since: number, wanted: number | undefined) =>
      wanted !== undefined && since + wanted * day <= midnight;
    let coldest: string | undefined = version.storageClass;
    let end: string | undefined;
    for (const rule of this.rules) {
      if (rule.Status === 'Disabled' || !this.fits(rule, name, version)) continue;
      const { Expiration, NoncurrentVersionExpiration: ended } = rule;
      const isDue = (when?: { Days?: number | undefined; Date?: unknown }) =>
        when?.Date instanceof Date ? when.Date.getTime() <= midnight : isOver(version.time, when?.Days);
      if (!successor) {
        if (version.size !== undefined && isDue(Expiration)) end = 'expire';
        const alone = version.size === undefined && stack.length === 1;
        if (alone && (isDue(Expiration) || Expiration?.ExpiredObjectDeleteMarker)) end = 'remove';
      } else if (
        isOver(successor.time, ended?.NoncurrentDays) &&
        newerNoncurrent >= (ended?.NewerNoncurrentVersions ?? 0) &&
        version.lockedUntil <= midnight
      ) {
        end = 'remove';
      }
      const [byAge] = rule.Transitions ?? [];
      const [noncurrent] = rule.NoncurrentVersionTransitions ?? [];
      const moves = successor
        ? isOver(successor.time, noncurrent?.NoncurrentDays) &&
          newerNoncurrent >= (noncurrent?.NewerNoncurrentVersions ?? 0)
        : isDue(byAge);
      const goal = successor ? noncurrent?.StorageClass : byAge?.StorageClass;
      if (moves && coldest !== undefined && (coldest === 'STANDARD' || goal === 'DEEP_ARCHIVE')) coldest = goal;
    }
    const move = coldest === version.storageClass ? undefined : coldest;
    const isReplaced = this.versioning === 'Suspended' && version.isNull;
    const isMarked = end === 'expire' && this.versioning !== undefined && !isReplaced;
    return isMarked ? (move ?? end) : (end ?? move);
  }

  fits({ Filter = {} }: Rule, name: string, { size = 0, old }: NaiveVersion): boolean {
    const { Prefix = Filter.And?.Prefix ?? '', And = {} } = Filter;
    const { ObjectSizeGreaterThan: more = And.ObjectSizeGreaterThan ?? -1 } = Filter;
    const { ObjectSizeLessThan: less = And.ObjectSizeLessThan ?? 1e9 } = Filter;
    return name.startsWith(Prefix) && size > more && size < less && (old || !(Filter.Tag || And.Tags));
  }

  get lines(): readonly string[] {
    return [...this.stacks].flatMap(([name, stack]) =>
      stack
        .toReversed()
        .map(
          ({ size, isNull, time, storageClass }) =>
            `${name} ${size ?? 'marker'} ${isNull ? 'null' : 'id'} ${new Date(time).toISOString()} ${storageClass}`,
        ),
    );
  }
}

describe('any history under any rules', () => {
  const s3 = mockS3({ now: start, hosts: { only: [] } });

  const versions = () => s3.bucket('vault').versions();
  const lines = () =>
    versions().map(
      ({ key: name, size, versionId, lastModified, storageClass }) =>
        `${name} ${size ?? 'marker'} ${versionId === 'null' ? 'null' : 'id'} ${lastModified.toISOString()} ${storageClass}`,
    );
  const actions = () =>
    s3.requests.serviceActions.map(
      ({ at, action, key: name, storageClass }) => `${at.toISOString()} ${storageClass ?? action} ${name}`,
    );

  function play(naive: Naive, history: readonly Step[], locks: boolean): void {
    for (const step of history) {
      if (step.do === 'wait') {
        s3.clock.advance({ hours: step.hours });
        naive.wait(step.hours);
      } else if (step.do === 'set') {
        if (locks) continue;
        s3.bucket('vault').versioning = step.versioning;
        naive.versioning = step.versioning;
      } else if (step.do === 'delete') {
        s3.bucket('vault').delete(step.key);
        naive.delete(step.key, naive.now);
      } else {
        const lockedUntil = locks && step.locked > 0 ? naive.now + step.locked * hour : 0;
        s3.bucket('vault').put(step.key, 'x'.repeat(step.size), {
          tags: step.old ? { old: 'yes' } : {},
          ...(lockedUntil > 0 && { retention: { Mode: 'GOVERNANCE', RetainUntilDate: lockedUntil } }),
        });
        naive.write(step.key, { size: step.size, time: naive.now, old: step.old, lockedUntil });
      }
    }
  }

  it('ends as a naive model predicts, at once as well as day by day, and as planned', async () => {
    await fc.assert(
      fc.property(
        fc.constantFrom(undefined, 'Enabled' as const, 'Suspended' as const),
        fc.boolean(),
        rules,
        fc.array(steps, { minLength: 1, maxLength: 16 }),
        fc.integer({ min: 1, max: 30 }),
        (given, locks, some, history, jump) => {
          s3.reset();
          const versioning = locks ? 'Enabled' : given;
          s3.createBucket('vault', {
            versioning,
            objectLock: locks,
            lifecycle: { Rules: some, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
          });
          const naive = new Naive(versioning, some);
          play(naive, history, locks);
          expect({ lines: lines(), actions: actions() }).toEqual({ lines: naive.lines, actions: naive.log });

          const before = s3.snapshot();
          const plan = s3.lifecycle.plan({ until: naive.now + jump * day });
          expect(s3.snapshot()).toEqual(before);
          s3.requests.clear();
          s3.clock.advance({ days: jump });
          const jumped = { versions: versions(), serviceActions: s3.requests.serviceActions };
          expect(jumped.serviceActions).toMatchObject(plan);
          expect(plan).toHaveLength(s3.requests.serviceActions.length);

          s3.restore(before);
          s3.requests.clear();
          for (let passed = 0; passed < jump; passed += 1) s3.clock.advance({ days: 1 });
          expect({ versions: versions(), serviceActions: s3.requests.serviceActions }).toEqual(jumped);
          naive.wait(jump * 24);
          expect(lines()).toEqual(naive.lines);
        },
      ),
      runs(400),
    );
  });
});
