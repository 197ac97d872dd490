import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { policy } from '../support/protection';

let s3: MockS3;
beforeEach(() => {
  const retention = { Mode: 'COMPLIANCE', RetainUntilDate: '2026-03-01T00:00:00Z' } as const;
  const governance = { ...retention, Mode: 'GOVERNANCE' } as const;
  const over = { ...retention, RetainUntilDate: '2026-01-31T10:00:00Z' } as const;
  s3 = mockS3({
    now: '2026-01-31T10:00:00Z',
    buckets: {
      vault: {
        objectLock: true,
        objects: {
          complied: { body: 'a', retention },
          governed: { body: 'a', retention: governance },
          held: { body: 'a', legalHold: 'ON' },
          both: { body: 'a', retention, legalHold: 'ON' },
          awaiting: { body: 'a', retention: { Mode: 'GOVERNANCE', EventHold: 'ON', EventHoldDuration: { Days: 1 } } },
          over: { body: 'a', retention: over },
          overHeld: { body: 'a', retention: over, legalHold: 'ON' },
          overLifted: { body: 'a', retention: over, legalHold: 'OFF' },
          lifted: { body: 'a', legalHold: 'OFF' },
          free: 'a',
          stack: [{ body: 'a', versionId: 'v1', retention }, { body: 'b', versionId: 'v2' }, deleteMarker],
        },
      },
      archive: {
        protection: { ...policy, EnablePermanentRetention: true },
        objects: {
          kept: { body: 'a', protection: { RetentionPeriod: 86_400 } },
          over: { body: 'a', protection: { RetentionPeriod: 0 } },
          overHeld: { body: 'a', protection: { RetentionPeriod: 0, LegalHolds: ['case-7', 'case-8'] } },
          endless: { body: 'a', protection: { RetentionPeriod: -1 } },
          permanent: { body: 'a', protection: { RetentionPeriod: -2 } },
          free: 'a',
        },
      },
    },
  });
});
afterEach(() => s3.stop());

const asked = (...what: [key: unknown, versionId?: unknown]) => {
  const { pass, message } = matchers.toBeLocked(s3.bucket('vault'), ...what);
  return { pass, firstLine: message().split('\n')[0] };
};

describe('toBeLocked', () => {
  it.each([
    ['complied', 'retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z'],
    ['governed', 'retained in GOVERNANCE mode until 2026-03-01T00:00:00.000Z'],
    ['held', 'under a legal hold'],
    ['both', 'retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z, under a legal hold'],
    ['overHeld', 'under a legal hold'],
    [
      'awaiting',
      'under an event hold, and retained in GOVERNANCE mode until 2026-02-01T10:00:00.000Z if that were released now',
    ],
  ])('passes for %s', (key, lock) => {
    expect(asked(key)).toEqual({
      pass: true,
      firstLine: `Expected bucket 'vault' not to have '${key}' locked, but it is ${lock}.`,
    });
  });

  const ended =
    'its retention in COMPLIANCE mode ended at 2026-01-31T10:00:00.000Z, and it is 2026-01-31T10:00:00.000Z';
  it.each([
    ['free', 'it has neither a retention nor a legal hold'],
    ['lifted', 'it has no retention, and its legal hold is OFF'],
    ['over', ended],
    ['overLifted', `${ended}, and its legal hold is OFF`],
    ['nothing', 'there is no such key'],
    ['stack', 'it is a delete marker, and those cannot be locked'],
  ])('fails for %s', (key, why) => {
    expect(asked(key)).toEqual({
      pass: false,
      firstLine: `Expected bucket 'vault' to have '${key}' locked, but ${why}.`,
    });
  });

  const inArchive = (key: string) => {
    const { pass, message } = matchers.toBeLocked(s3.bucket('archive'), key);
    return { pass, firstLine: message().split('\n')[0] };
  };

  it.each([
    ['kept', 'retained until 2026-02-01T10:00:00.000Z'],
    ['overHeld', "under the legal hold 'case-7', under the legal hold 'case-8'"],
    ['endless', 'retained indefinitely'],
    ['permanent', 'retained permanently'],
  ])('passes for %s in a bucket with a retention policy of IBM COS', (key, lock) => {
    expect(inArchive(key)).toEqual({
      pass: true,
      firstLine: `Expected bucket 'archive' not to have '${key}' locked, but it is ${lock}.`,
    });
  });

  it.each([
    ['over', 'its retention ended at 2026-01-31T10:00:00.000Z, and it is 2026-01-31T10:00:00.000Z'],
    ['free', 'it has neither a retention nor a legal hold'],
  ])('fails for %s in a bucket with a retention policy of IBM COS', (key, why) => {
    expect(inArchive(key)).toEqual({
      pass: false,
      firstLine: `Expected bucket 'archive' to have '${key}' locked, but ${why}.`,
    });
  });

  it('checks the version with the given id', () => {
    expect(asked('stack', 'v1')).toEqual({
      pass: true,
      firstLine:
        "Expected bucket 'vault' not to have version 'v1' of 'stack' locked, but it is retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z.",
    });
    expect(asked('stack', 'v2')).toEqual({
      pass: false,
      firstLine:
        "Expected bucket 'vault' to have version 'v2' of 'stack' locked, but it has neither a retention nor a legal hold.",
    });
    expect(asked('stack', 'v3')).toEqual({
      pass: false,
      firstLine: "Expected bucket 'vault' to have version 'v3' of 'stack' locked, but the key has no such version.",
    });
  });

  it("decides by the mock's clock", () => {
    s3.clock.set('2026-02-28T23:59:59.999Z');
    expect(asked('complied').pass).toBe(true);
    s3.clock.advance({ milliseconds: 1 });
    expect(asked('complied').pass).toBe(false);
    expect(asked('held').pass).toBe(true);
  });

  it('shows the versions of the key with their locks, or the bucket if there is no such key', () => {
    const message = (key: string) => matchers.toBeLocked(s3.bucket('vault'), key).message();
    expect(message('stack')).toMatch(/v1 .* COMPLIANCE until 2026-03-01 00:00:00Z/);
    expect(message('nothing')).toContain('vault  versioning Enabled, MFA Delete Disabled, object lock');
  });

  it.each([
    [undefined, undefined],
    [7, undefined],
    ['report.pdf', 7],
  ])('takes a key and a version id, but not %j and %j', (key, versionId) => {
    expect(() => matchers.toBeLocked(s3.bucket('vault'), key, versionId)).toThrow(TypeError);
    expect(() => matchers.toBeLocked(s3.bucket('vault'), key, versionId)).toThrow(
      "toBeLocked takes a key, and may be given a version id: expect(s3.bucket('vault')).toBeLocked('report.pdf'). It was given ",
    );
  });

  it('takes a bucket', () => {
    expect(() => matchers.toBeLocked(s3, 'report.pdf')).toThrow('toBeLocked takes a bucket');
  });
});
