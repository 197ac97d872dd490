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

const asked = (key: unknown, versionId?: unknown, bucket = 'vault') => {
  const { pass, message } = matchers.toBeLocked(s3.bucket(bucket), key, versionId);
  return { pass, firstLine: message().split('\n')[0] };
};

describe('toBeLocked', () => {
  it.each([
    ['vault', 'complied', 'retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z'],
    ['vault', 'governed', 'retained in GOVERNANCE mode until 2026-03-01T00:00:00.000Z'],
    ['vault', 'held', 'under a legal hold'],
    ['vault', 'both', 'retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z, under a legal hold'],
    ['vault', 'overHeld', 'under a legal hold'],
    [
      'vault',
      'awaiting',
      'under an event hold, and retained in GOVERNANCE mode until 2026-02-01T10:00:00.000Z if the hold were released now',
    ],
    ['archive', 'kept', 'retained until 2026-02-01T10:00:00.000Z'],
    ['archive', 'overHeld', "under the legal hold 'case-7', under the legal hold 'case-8'"],
    ['archive', 'endless', 'retained indefinitely'],
    ['archive', 'permanent', 'retained permanently'],
  ])('passes in %s, where archive has a retention policy of IBM COS, for %s', (bucket, key, lock) => {
    const firstLine = `Expected bucket '${bucket}' not to have '${key}' locked, but it is ${lock}.`;
    expect(asked(key, undefined, bucket)).toEqual({ pass: true, firstLine });
  });

  const over = 'ended at 2026-01-31T10:00:00.000Z, and it is 2026-01-31T10:00:00.000Z';
  it.each([
    ['vault', 'free', 'it has neither a retention nor a legal hold'],
    ['vault', 'lifted', 'it has no retention, and its legal hold is OFF'],
    ['vault', 'over', `its retention in COMPLIANCE mode ${over}`],
    ['vault', 'overLifted', `its retention in COMPLIANCE mode ${over}, and its legal hold is OFF`],
    ['vault', 'nothing', 'there is no such key'],
    ['vault', 'stack', 'it is a delete marker, and delete markers cannot be locked'],
    ['archive', 'over', `its retention ${over}`],
    ['archive', 'free', 'it has neither a retention nor a legal hold'],
  ])('fails in %s for %s', (bucket, key, why) => {
    const firstLine = `Expected bucket '${bucket}' to have '${key}' locked, but ${why}.`;
    expect(asked(key, undefined, bucket)).toEqual({ pass: false, firstLine });
  });

  it.each([
    [
      'v1',
      true,
      "not to have version 'v1' of 'stack' locked, but it is retained in COMPLIANCE mode until 2026-03-01T00:00:00.000Z.",
    ],
    ['v2', false, "to have version 'v2' of 'stack' locked, but it has neither a retention nor a legal hold."],
    ['v3', false, "to have version 'v3' of 'stack' locked, but the key has no such version."],
  ])('checks the version with the given id: %s', (versionId, pass, text) => {
    expect(asked('stack', versionId)).toEqual({ pass, firstLine: `Expected bucket 'vault' ${text}` });
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
});
