import { describe, expect, it } from '@jest/globals';
import {
  describeLock,
  type Lock,
  lockedUntil,
  mayChangeRetention,
  mayRemove,
  problemOfPeriod,
  type Retention,
  refusalForLocked,
} from '../../src/model/object-lock';

const now = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;
const governed = (days: number): Retention => ({ Mode: 'GOVERNANCE', until: now + days * day });
const complied = (days: number): Retention => ({ Mode: 'COMPLIANCE', until: now + days * day });
const heldAfterEvent: Retention = { ...governed(3), eventHold: { Status: 'ON', duration: { Days: 2 } } };
const lockOf = (retention: Retention | undefined, legalHold?: Lock['legalHold']) => ({
  lock: { retention, legalHold },
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-modes F100
describe('mayRemove', () => {
  it.each<{ version: { readonly lock?: Lock }; plain: boolean; bypass: boolean; why: string }>`
    why                               | version                       | plain    | bypass
    ${'nothing was ever set'}         | ${{}}                         | ${true}  | ${true}
    ${'neither is there'}             | ${lockOf(undefined)}          | ${true}  | ${true}
    ${'governance'}                   | ${lockOf(governed(1))}        | ${false} | ${true}
    ${'compliance'}                   | ${lockOf(complied(1))}        | ${false} | ${false}
    ${'governance that ends now'}     | ${lockOf(governed(0))}        | ${true}  | ${true}
    ${'compliance that ends now'}     | ${lockOf(complied(0))}        | ${true}  | ${true}
    ${'compliance that is over'}      | ${lockOf(complied(-1))}       | ${true}  | ${true}
    ${'a legal hold'}                 | ${lockOf(undefined, 'ON')}    | ${false} | ${false}
    ${'a hold that was lifted'}       | ${lockOf(undefined, 'OFF')}   | ${true}  | ${true}
    ${'a hold beside governance'}     | ${lockOf(governed(1), 'ON')}  | ${false} | ${false}
    ${'a hold after the retention'}   | ${lockOf(complied(-1), 'ON')} | ${false} | ${false}
    ${'a lifted hold and governance'} | ${lockOf(governed(1), 'OFF')} | ${false} | ${true}
  `('$why: $plain, with a bypass $bypass', ({ version, plain, bypass }) => {
    expect({ plain: mayRemove(version, now, false), bypassing: mayRemove(version, now, true) }).toEqual({
      plain,
      bypassing: bypass,
    });
  });

  it('changes at the exact millisecond', () => {
    const version = lockOf(complied(1));
    expect({ before: mayRemove(version, now + day - 1, false), atEnd: mayRemove(version, now + day, false) }).toEqual({
      before: false,
      atEnd: true,
    });
  });
});

describe('lockedUntil', () => {
  it.each<[string, { readonly lock?: Lock }, number]>([
    ['negative infinity if nothing was set', {}, Number.NEGATIVE_INFINITY],
    ['the end of the retention, in either mode', lockOf(governed(3)), now + 3 * day],
    ['the end of the retention if the hold was lifted', lockOf(complied(3), 'OFF'), now + 3 * day],
    ['infinity under a hold', lockOf(governed(3), 'ON'), Number.POSITIVE_INFINITY],
    ['infinity under an event hold (F602)', lockOf(heldAfterEvent), Number.POSITIVE_INFINITY],
  ])('is %s', (_what, version, until) => {
    expect(lockedUntil(version)).toBe(until);
  });
});

// Recorded: localstack, TestS3ObjectLockRetention; ceph/s3-tests for the change of mode. F101
describe('mayChangeRetention', () => {
  it.each<{ why: string; present: Retention; wanted: Retention; plain: boolean; bypass: boolean }>`
    why                                    | present         | wanted         | plain    | bypass
    ${'the first one'}                     | ${undefined}    | ${complied(1)} | ${true}  | ${true}
    ${'none where there is none'}          | ${undefined}    | ${undefined}   | ${true}  | ${true}
    ${'governance extended'}               | ${governed(2)}  | ${governed(3)} | ${true}  | ${true}
    ${'governance as it is'}               | ${governed(2)}  | ${governed(2)} | ${true}  | ${true}
    ${'governance shortened'}              | ${governed(2)}  | ${governed(1)} | ${false} | ${true}
    ${'governance taken away'}             | ${governed(2)}  | ${undefined}   | ${false} | ${true}
    ${'governance to compliance'}          | ${governed(2)}  | ${complied(2)} | ${false} | ${true}
    ${'governance to a longer compliance'} | ${governed(2)}  | ${complied(3)} | ${false} | ${true}
    ${'compliance extended'}               | ${complied(2)}  | ${complied(3)} | ${true}  | ${true}
    ${'compliance as it is'}               | ${complied(2)}  | ${complied(2)} | ${true}  | ${true}
    ${'compliance shortened'}              | ${complied(2)}  | ${complied(1)} | ${false} | ${false}
    ${'compliance taken away'}             | ${complied(2)}  | ${undefined}   | ${false} | ${false}
    ${'compliance to longer governance'}   | ${complied(2)}  | ${governed(3)} | ${false} | ${false}
    ${'compliance that ends now'}          | ${complied(0)}  | ${governed(1)} | ${true}  | ${true}
    ${'governance that is over'}           | ${governed(-1)} | ${undefined}   | ${true}  | ${true}
  `('$why: $plain, with a bypass $bypass', ({ present, wanted, plain, bypass }) => {
    const version = lockOf(present);
    const verdicts = [false, true].map((one) => mayChangeRetention(version, wanted, now, one));
    expect(verdicts).toEqual([plain, bypass]);
  });

  it('ignores the legal hold', () => {
    expect(mayChangeRetention(lockOf(undefined, 'ON'), governed(1), now, false)).toBe(true);
  });
});

describe('problemOfPeriod', () => {
  it.each<[number | undefined, number | undefined, object | undefined]>([
    [1, undefined, undefined],
    [36_500, undefined, undefined],
    [undefined, 1, undefined],
    [undefined, 100, undefined],
    [0, undefined, { unit: 'Days', problem: 'not positive' }],
    [-1, undefined, { unit: 'Days', problem: 'not positive' }],
    [36_501, undefined, { unit: 'Days', problem: 'too long' }],
    [undefined, 0, { unit: 'Years', problem: 'not positive' }],
    [undefined, 101, { unit: 'Years', problem: 'too long' }],
  ])('%j days, %j years: %j', (days, years, problem) => {
    expect(problemOfPeriod(days, years)).toEqual(problem);
  });
});

describe('describeLock', () => {
  it.each<[Lock | undefined, string]>([
    [undefined, 'not locked'],
    [{ retention: undefined, legalHold: 'OFF' }, 'not locked'],
    [{ retention: governed(1), legalHold: undefined }, 'retained in GOVERNANCE mode until 2026-02-01T12:00:00.000Z'],
    [{ retention: undefined, legalHold: 'ON' }, 'under a legal hold'],
    [
      { retention: complied(1), legalHold: 'ON' },
      'retained in COMPLIANCE mode until 2026-02-01T12:00:00.000Z, under a legal hold',
    ],
  ])('%j: %s', (lock, words) => {
    expect(describeLock(lock)).toBe(words);
  });

  it('gives the refusal its reason for the journal', () => {
    const { refusal, why } = refusalForLocked(lockOf(undefined, 'ON'), false);
    expect({ refusal, why }).toEqual({ refusal: 'ObjectLocked', why: 'under a legal hold' });
  });

  it.each([
    [
      lockOf(governed(1), 'ON'),
      'retained in GOVERNANCE mode until 2026-02-01T12:00:00.000Z, under a legal hold; BypassGovernanceRetention does not lift a legal hold: put the hold OFF first',
    ],
    [
      lockOf(complied(1)),
      'retained in COMPLIANCE mode until 2026-02-01T12:00:00.000Z; BypassGovernanceRetention does not lift COMPLIANCE mode',
    ],
  ])('says what a bypass does not lift: %j', (locked, why) => {
    expect(refusalForLocked(locked, true).why).toBe(why);
  });
});
