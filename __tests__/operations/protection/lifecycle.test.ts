import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { askCos, policy, secondsOf } from '../../support/protection';

const lifecycle = {
  Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 5 } }],
} as const;
const retained = (days: number) => ({ body: 'text', protection: { RetentionPeriod: secondsOf(days) } });
const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      region: 'us-south-smart',
      protection: policy,
      lifecycle,
      objects: {
        free: 'text',
        short: retained(2),
        long: retained(10),
        held: { body: 'text', protection: { RetentionPeriod: secondsOf(2), LegalHolds: ['case-7'] } },
        endless: { body: 'text', protection: { RetentionPeriod: -1 } },
      },
    },
  },
});

const keys = () => Object.keys(s3.bucket('vault').objects).toSorted();

// F829
describe('the expiration of a protected object', () => {
  it('waits until its retention is over and its holds are gone', () => {
    s3.clock.set('2026-03-07T00:00:00Z');
    expect(keys()).toEqual(['endless', 'held', 'long']);
    s3.clock.set('2026-03-12T00:00:00Z');
    expect(keys()).toEqual(['endless', 'held']);
    s3.clock.advance({ days: 1000 });
    expect(keys()).toEqual(['endless', 'held']);
  });

  it('comes at the midnight after the last hold was removed', async () => {
    s3.clock.advance({ days: 20 });
    await askCos('POST /vault/held?legalHold&remove=case-7');
    expect(keys()).toEqual(['endless', 'held']);
    s3.clock.advance({ days: 1 });
    expect(keys()).toEqual(['endless']);
  });

  it('comes later if the retention is extended', async () => {
    await askCos('POST /vault/long?extendRetention', { 'Additional-Retention-Period': String(secondsOf(10)) });
    s3.clock.set('2026-03-21T00:00:00Z');
    expect(keys()).toContain('long');
    s3.clock.set('2026-03-22T00:00:00Z');
    expect(keys()).not.toContain('long');
  });

  it('is planned for the day on which it will be', () => {
    const plan = s3.lifecycle.plan().map(({ key, action, at }) => `${at.toISOString().slice(0, 10)} ${action} ${key}`);
    expect(plan).toEqual(['2026-03-07 expire free', '2026-03-07 expire short', '2026-03-12 expire long']);
  });

  it('is the same in one step as day by day', () => {
    const before = s3.snapshot();
    s3.clock.advance({ days: 30 });
    const atOnce = keys();
    s3.restore(before);
    for (let day = 0; day < 30; day += 1) s3.clock.advance({ days: 1 });
    expect(keys()).toEqual(atOnce);
  });
});

describe('the archiving of a protected object', () => {
  it('does not wait, since the object stays as it is', () => {
    const Rules = [
      { ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] },
    ] as const;
    s3.bucket('vault').lifecycle = { Rules };
    s3.clock.advance({ days: 3 });
    const object = s3.bucket('vault').object('long');
    expect({ storageClass: object.storageClass, period: object.protection?.RetentionPeriod }).toEqual({
      storageClass: 'GLACIER',
      period: secondsOf(10),
    });
  });
});
