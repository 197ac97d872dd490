import { describe, expect, it } from '@jest/globals';
import type { ProtectionPolicy } from '../../src/model/configurations/protection';
import {
  checkPeriod,
  checkUnprotected,
  indefinite,
  legalHoldId,
  type Protection,
  periodUntil,
  permanent,
  protectedUntil,
  protectionAtCreation,
  retentionEnd,
  withHold,
  withLongerPeriod,
  withoutHold,
} from '../../src/model/protection';

const created = Date.UTC(2026, 2, 1, 12);
const day = 86_400;
const policy: ProtectionPolicy = {
  Status: 'Retention',
  MinimumRetention: { Days: 2 },
  DefaultRetention: { Days: 10 },
  MaximumRetention: { Days: 100 },
};
const hold = (id: string) => ({ id, since: created });
const kept = (period: number, ...holds: string[]): Protection => ({ period, source: 'Bucket', holds: holds.map(hold) });

// F824
describe('a retention ends', () => {
  it.each([
    [0, created],
    [60, created + 60_000],
    [indefinite, Number.POSITIVE_INFINITY],
    [permanent, Number.POSITIVE_INFINITY],
  ])('for a period of %i at %d', (period, end) => {
    expect(retentionEnd(created, { period })).toBe(end);
  });

  it('never before the moment from which its period was made', () => {
    expect(periodUntil(created, created + 1001)).toBe(2);
    expect(periodUntil(created, created + 2000)).toBe(2);
  });
});

// F825
describe('an object may be deleted', () => {
  const isFree = (protection: Protection | undefined, at: number) => {
    try {
      checkUnprotected({ created, protection }, at);
      return true;
    } catch {
      return false;
    }
  };

  it('from the moment of its end on', () => {
    expect(isFree(kept(60), created + 59_999)).toBe(false);
    expect(isFree(kept(60), created + 60_000)).toBe(true);
  });

  it('never under a legal hold, and always without a retention', () => {
    expect(isFree(kept(0, 'case-7'), created + 1e12)).toBe(false);
    expect(isFree(undefined, created)).toBe(true);
    expect(protectedUntil({ created, protection: kept(60, 'case-7') })).toBe(Number.POSITIVE_INFINITY);
  });
});

// F822
describe('the protection at creation', () => {
  it('is the default of the bucket, unless the write names a period', () => {
    expect(protectionAtCreation(policy, undefined)).toEqual(kept(10 * day));
    expect(protectionAtCreation(policy, { period: undefined, holds: [hold('a')] })).toEqual(kept(10 * day, 'a'));
    expect(protectionAtCreation(policy, { period: 60, holds: [] })).toEqual({
      period: 60,
      source: 'Object',
      holds: [],
    });
  });

  it.each([undefined, null])('is none with the policy %s', (none) => {
    expect(protectionAtCreation(none, { period: 60, holds: [] })).toBeUndefined();
  });
});

// F823
describe('the policy of a bucket', () => {
  it.each([2 * day, 50 * day, 100 * day, indefinite])('allows the period %i', (period) => {
    expect(() => checkPeriod(policy, period)).not.toThrow();
  });

  it.each([
    [2 * day - 1, 'RetentionOutOfRange'],
    [100 * day + 1, 'RetentionOutOfRange'],
    [0, 'RetentionOutOfRange'],
    [-3, 'RetentionOutOfRange'],
    [permanent, 'PermanentRetentionDisabled'],
  ])('refuses the period %i with %s', (period, refusal) => {
    expect(() => checkPeriod(policy, period)).toThrow(refusal);
  });

  it('allows permanent retention where it was enabled', () => {
    expect(() => checkPeriod({ ...policy, EnablePermanentRetention: true }, permanent)).not.toThrow();
  });
});

// F827
describe('the legal holds of an object', () => {
  const full = kept(60, ...Array.from({ length: 100 }, (_, index) => `case-${index}`));

  it('are a hundred at most, each with an id of its own', () => {
    expect(withHold(kept(60, 'a'), hold('b'))).toEqual(kept(60, 'a', 'b'));
    expect(() => withHold(kept(60, 'a'), hold('a'))).toThrow('LegalHoldExists');
    expect(() => withHold(full, hold('one-more'))).toThrow('LegalHoldsTooMany');
    expect(withHold(withoutHold(full, 'case-0'), hold('one-more')).holds).toHaveLength(100);
  });

  it('are removed by their ids', () => {
    expect(withoutHold(kept(60, 'a', 'b'), 'a')).toEqual(kept(60, 'b'));
    expect(() => withoutHold(kept(60, 'a'), 'b')).toThrow('NoSuchLegalHold');
  });

  it.each([
    ['x', true],
    ['x'.repeat(64), true],
    ["Az09!_.*()'-", true],
    ['', false],
    ['x'.repeat(65), false],
    ['case 7', false],
    ['case/7', false],
    ['Fäll', false],
  ])('may have the id %j: %s', (id, isAllowed) => {
    expect(legalHoldId.test(id)).toBe(isAllowed);
  });
});

// F828
describe('an extension', () => {
  const extend = (present: number, period: number, daysLater = 0) =>
    withLongerPeriod({ created, protection: kept(present) }, period, policy, created + daysLater * day * 1000);

  it('makes a period longer, which is the object’s own from then on', () => {
    expect(extend(10 * day, 11 * day)).toEqual({ period: 11 * day, source: 'Object', holds: [] });
  });

  it.each([10 * day, 9 * day, indefinite])('is refused with the period %i in the place of 10 days', (period) => {
    expect(() => extend(10 * day, period)).toThrow('RetentionNotExtended');
  });

  it('reaches the most, which counts from now', () => {
    expect(() => extend(10 * day, 105 * day + 1, 5)).toThrow('RetentionOutOfRange');
    expect(extend(10 * day, 105 * day, 5).period).toBe(105 * day);
  });

  it('makes an indefinite period finite, even one that is over, but none below the least', () => {
    expect(extend(indefinite, 2 * day, 40).period).toBe(2 * day);
    expect(() => extend(indefinite, 2 * day - 1)).toThrow('RetentionOutOfRange');
    expect(() => extend(indefinite, 101 * day)).toThrow('RetentionOutOfRange');
  });

  it('is never made of a permanent period', () => {
    for (const period of [50 * day, permanent])
      expect(() => extend(permanent, period)).toThrow('RetentionNotExtended: the object is retained permanently');
  });
});
