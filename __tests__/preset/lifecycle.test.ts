import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LifecycleFixture, type MockS3, mockS3 } from '../../src';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ now: '2026-01-15T10:30:00Z', hosts: { only: [] }, buckets: { logs: { versioning: 'Enabled' } } });
});
afterEach(() => s3.stop());

type Rule = LifecycleFixture['Rules'][number];
const all = { Status: 'Enabled', Filter: {} } as const;
const expireIn = (Days: number, more: Partial<Rule> = {}): Rule => ({ ID: 'x', ...all, Expiration: { Days }, ...more });

describe("a bucket's lifecycle", () => {
  it('is undefined if it has no rules', () => {
    expect(s3.bucket('logs').lifecycle).toBeUndefined();
  });

  it('is set, read and removed by the handle', () => {
    const logs = s3.bucket('logs');
    logs.lifecycle = { Rules: [{ ...expireIn(3), Prefix: undefined }] };
    expect(logs.lifecycle).toStrictEqual({
      Rules: [{ ID: 'x', Status: 'Enabled', Filter: {}, Expiration: { Days: 3 } }],
    });
    logs.lifecycle = undefined;
    expect(logs.lifecycle).toBeUndefined();
  });

  it('is given with the bucket, dates as text too', () => {
    const rules: Rule[] = [{ ID: 'x', ...all, Expiration: { Date: '2030-01-01T00:00:00Z' } }];
    const bucket = s3.createBucket('dated', {
      lifecycle: { Rules: rules, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' },
    });
    expect(bucket.lifecycle).toStrictEqual({
      Rules: [{ ID: 'x', ...all, Expiration: { Date: new Date('2030-01-01') } }],
      TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
    });
  });

  it('gets generated ids for rules without one', () => {
    const { ID: _left, ...rule } = expireIn(3);
    s3.bucket('logs').lifecycle = { Rules: [rule] };
    expect(s3.bucket('logs').lifecycle?.Rules[0]?.ID).toHaveLength(48);
  });

  it('is read as a frozen copy', () => {
    const given = new Date('2030-01-01');
    s3.bucket('logs').lifecycle = { Rules: [{ ...all, Expiration: { Date: given } }] };
    given.setUTCFullYear(2000);
    const read = s3.bucket('logs').lifecycle;
    read?.Rules[0]?.Expiration?.Date?.setUTCFullYear(1999);
    expect(s3.bucket('logs').lifecycle?.Rules[0]?.Expiration?.Date).toEqual(new Date('2030-01-01'));
    expect({
      read: Object.isFrozen(read),
      Rules: Object.isFrozen(read?.Rules),
      Expiration: Object.isFrozen(read?.Rules[0]?.Expiration),
    }).toEqual({ read: true, Rules: true, Expiration: true });
  });

  it('is a plain object where it is compared, copied, printed or given back', () => {
    s3.bucket('logs').lifecycle = { Rules: [expireIn(3)] };
    const { lifecycle } = s3.bucket('logs');
    const plain = { Rules: [expireIn(3)] };
    deepStrictEqual(lifecycle, plain);
    expect(lifecycle).toStrictEqual(plain);
    expect(structuredClone(lifecycle)).toStrictEqual(plain);
    expect({ ...lifecycle }).toStrictEqual(plain);
    expect(inspect(lifecycle, { depth: null })).toBe(inspect(plain, { depth: null }));
    s3.bucket('logs').lifecycle = lifecycle;
    expect(s3.bucket('logs').lifecycle).toStrictEqual(plain);
  });

  it('keeps the dates of transitions from what was given, and from what was read', () => {
    const given = new Date('2030-01-01');
    const Transitions = [{ Date: given, StorageClass: 'GLACIER' as const }];
    s3.bucket('logs').lifecycle = { Rules: [{ ...all, Transitions }] };
    given.setUTCFullYear(2000);
    const read = s3.bucket('logs').lifecycle;
    read?.Rules[0]?.Transitions?.[0]?.Date?.setUTCFullYear(1999);
    const kept = [{ Date: new Date('2030-01-01'), StorageClass: 'GLACIER' }];
    expect(s3.bucket('logs').lifecycle?.Rules[0]?.Transitions).toEqual(kept);
  });

  it('is written by toJSON and read again', async () => {
    const rules: Rule[] = [
      { ID: 'a', ...all, Expiration: { Date: new Date('2030-01-01') } },
      { ID: 'b', Status: 'Disabled', Filter: { Prefix: 'b/' }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    ];
    s3.bucket('logs').lifecycle = { Rules: rules };
    s3.createBucket('cos', {
      region: 'us-south-smart',
      lifecycle: {
        Rules: [
          { ID: 'c', Status: 'Enabled', Filter: { TagSet: [{ Key: 'k', Value: 'v' }] }, Expiration: { Days: 1 } },
        ],
      },
    });
    const json = JSON.stringify(s3);
    expect(JSON.parse(json).buckets.logs.lifecycle.Rules[0].Expiration).toEqual({ Date: '2030-01-01T00:00:00.000Z' });
    const again = mockS3({ ...JSON.parse(json), hosts: { only: [] } });
    for (const name of ['logs', 'cos']) expect(again.bucket(name).lifecycle).toEqual(s3.bucket(name).lifecycle);
    expect(again.bucket('cos').lifecycle?.dialect).toBe('ibm-cos');
    await again.stop();
  });

  // The cases with a message of S3: __tests__/operations/lifecycle/refusals.test.ts
  it.each<[string, unknown, string]>([
    ['no object', 30, "bucket 'logs': lifecycle: invalid value 30; expected an object with members such as Rules"],
    ['no list', { Rules: {} }, "bucket 'logs': lifecycle, Rules: invalid value {}; expected a list"],
    ['no rules', { Rules: [] }, "bucket 'logs': lifecycle: a lifecycle configuration has 1 to 1000 rules, not 0"],
    [
      'a rule that is none',
      { Rules: ['x'] },
      "bucket 'logs': lifecycle, Rules 1: invalid value 'x'; expected an object with members such as Status",
    ],
    [
      'another word',
      { Rules: [{ ...all, expiration: { Days: 1 } }] },
      "bucket 'logs': lifecycle, Rules 1: there is no option 'expiration'. Did you mean Expiration? The options are: ID, Prefix, Filter, Status, Transitions, Expiration, NoncurrentVersionTransitions, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload.",
    ],
    [
      'another Status',
      { Rules: [expireIn(1), { ...expireIn(1), ID: 'y', Status: 'enabled' }] },
      "bucket 'logs': lifecycle, Rules 2, Status: invalid value 'enabled'; expected 'Enabled' or 'Disabled'. Did you mean Enabled?",
    ],
    [
      'days in text',
      { Rules: [{ ...all, Expiration: { Days: '3' } }] },
      "bucket 'logs': lifecycle, Rules 1, Expiration, Days: invalid value '3'; expected a whole number",
    ],
    [
      'half a day',
      { Rules: [expireIn(0.5)] },
      "bucket 'logs': lifecycle, Rules 1, Expiration, Days: invalid value 0.5; expected a whole number",
    ],
    [
      'no day',
      { Rules: [expireIn(0)] },
      "bucket 'logs': lifecycle: 'Days' for Expiration action must be a positive integer (Days is 0, and it counts whole days from 1 on; a rule acts at the midnight UTC after them: write Days: 1 and move the clock, s3.clock.advance({ days: 2 }))",
    ],
    [
      'no date',
      { Rules: [{ ...all, Expiration: { Date: 'soon' } }] },
      "bucket 'logs': lifecycle, Rules 1, Expiration, Date: invalid moment 'soon'; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'",
    ],
    [
      'no midnight',
      { Rules: [{ ...all, Expiration: { Date: '2030-01-01T10:00:00Z' } }] },
      "bucket 'logs': lifecycle: 'Date' must be at midnight GMT (Date is 2030-01-01T10:00:00.000Z, and a rule acts at midnight UTC: write new Date('2030-01-01T00:00:00.000Z'))",
    ],
    [
      'no list of transitions',
      { Rules: [{ ...all, Transitions: {} }] },
      "bucket 'logs': lifecycle, Rules 1, Transitions: invalid value {}; expected a list",
    ],
    [
      'another transition',
      { Rules: [{ ...all, Transitions: [{ Days: 1, StorageClass: 'COLD' }] }] },
      "bucket 'logs': lifecycle: rule 1: a Transition needs one of the storage classes STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE",
    ],
    [
      'another class for noncurrent versions',
      { Rules: [{ ...all, NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'COLD' }] }] },
      "bucket 'logs': lifecycle: rule 1: a NoncurrentVersionTransition needs one of the storage classes STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE",
    ],
    [
      'one id twice',
      { Rules: [expireIn(1), expireIn(2)] },
      "bucket 'logs': lifecycle: Rule ID must be unique. Found same ID for more than one rule (ID is 'x')",
    ],
    [
      'another least size',
      { Rules: [expireIn(1)], TransitionDefaultMinimumObjectSize: '128K' },
      "bucket 'logs': lifecycle, TransitionDefaultMinimumObjectSize: invalid value '128K'; expected 'all_storage_classes_128K' or 'varies_by_storage_class'",
    ],
    [
      'another dialect',
      { Rules: [expireIn(1)], dialect: 'cos' },
      "bucket 'logs': lifecycle, dialect: invalid value 'cos'; expected 'aws' or 'ibm-cos'. Did you mean aws?",
    ],
  ])('is a TypeError for %s', (_what, fixture, message) => {
    const logs = s3.bucket('logs');
    logs.lifecycle = { Rules: [expireIn(9)] };
    const set = () => {
      logs.lifecycle = fixture as LifecycleFixture; // as a test in JavaScript may give it
    };
    expect(set).toThrow(new TypeError(message));
    expect(logs.lifecycle).toMatchObject({ Rules: [{ Expiration: { Days: 9 } }] });
    const made = message.replaceAll("'logs'", "'made'");
    expect(() => s3.createBucket('made', { lifecycle: fixture as LifecycleFixture })).toThrow(new TypeError(made)); // as above
    expect(s3.buckets.map(({ name }) => name)).toEqual(['logs']);
  });

  it('is a TypeError beside MFA Delete, whichever comes first', () => {
    const lifecycle = { Rules: [expireIn(1)] };
    const message = (name: string) =>
      `bucket '${name}': it has lifecycle rules, but mfaDelete is 'Enabled'. S3 allows one or the other: give mfaDelete 'Disabled', or no rules.`;
    const logs = s3.bucket('logs');
    logs.mfaDelete = 'Enabled';
    expect(() => {
      logs.lifecycle = lifecycle;
    }).toThrow(new TypeError(message('logs')));
    logs.mfaDelete = 'Disabled';
    logs.lifecycle = lifecycle;
    expect(() => {
      logs.mfaDelete = 'Enabled';
    }).toThrow(new TypeError(message('logs')));
    expect(() => s3.createBucket('made', { versioning: 'Enabled', mfaDelete: 'Enabled', lifecycle })).toThrow(
      new TypeError(message('made')),
    );
  });
});

describe('lifecycle.plan()', () => {
  beforeEach(() => {
    const logs = s3.bucket('logs');
    logs.put('a', 'first', { versionId: 'a1' });
    logs.put('a', 'second', { versionId: 'a2' });
    logs.lifecycle = {
      Rules: [
        { ID: 'old', ...all, Expiration: { Days: 3 } },
        { ID: 'gone', ...all, NoncurrentVersionExpiration: { NoncurrentDays: 5 } },
        {
          ID: 'cold',
          ...all,
          Filter: { ObjectSizeGreaterThan: 5 },
          Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
        },
      ],
    };
  });

  it('lists all actions ahead, soonest first, and changes nothing', () => {
    const before = s3.snapshot();
    const plan = s3.lifecycle.plan();
    expect(s3.snapshot()).toEqual(before);
    expect(plan).toEqual([
      {
        bucket: 'logs',
        key: 'a',
        versionId: 'a2',
        action: 'transition',
        storageClass: 'GLACIER',
        at: new Date('2026-01-17'),
        rule: 'cold',
      },
      { bucket: 'logs', key: 'a', versionId: 'a2', action: 'expire', at: new Date('2026-01-19'), rule: 'old' },
      { bucket: 'logs', key: 'a', versionId: 'a1', action: 'remove', at: new Date('2026-01-21'), rule: 'gone' },
      { bucket: 'logs', key: 'a', versionId: 'a2', action: 'remove', at: new Date('2026-01-24'), rule: 'gone' },
      {
        bucket: 'logs',
        key: 'a',
        versionId: expect.any(String),
        action: 'remove',
        at: new Date('2026-01-25'),
        rule: 'old',
      },
    ]);
    expect(Object.isFrozen(plan) && plan.every((one) => Object.isFrozen(one))).toBe(true);
  });

  it('is what lifecycle does later', () => {
    const plan = s3.lifecycle.plan();
    s3.clock.advance({ days: 365 });
    expect(s3.requests.serviceActions).toMatchObject(plan);
    expect(s3.lifecycle.plan()).toEqual([]);
  });

  it('lists only actions that are not done yet', () => {
    s3.clock.set('2026-01-20');
    expect(s3.lifecycle.plan().map(({ at, action }) => `${at.toISOString().slice(8, 10)} ${action}`)).toEqual([
      '21 remove',
      '24 remove',
      '25 remove',
    ]);
  });

  it.each([[new Date('2026-01-19')], ['2026-01-19T00:00:00Z'], [Date.UTC(2026, 0, 20, 23)]])(
    'ends at the given time: %p',
    (until) => {
      expect(s3.lifecycle.plan({ until })).toHaveLength(2);
    },
  );

  it('lists overdue actions at the next midnight', () => {
    s3.bucket('logs').lifecycle = undefined;
    s3.clock.advance({ days: 100 });
    s3.bucket('logs').lifecycle = { Rules: [expireIn(1)] };
    expect(s3.lifecycle.plan({ until: '2026-04-26' })).toMatchObject([
      { at: new Date('2026-04-26'), action: 'expire' },
    ]);
  });

  it.each([
    [{ untill: 1 }, "lifecycle.plan: there is no option 'untill'. Did you mean until? The options are: until."],
    ...[30, '1970', new Date(0), { minutes: -1 }].map((until): [{ until: never }, RegExp] => [
      { until: until as never },
      /^plan: invalid until .*; expected a moment from 2026-\S+Z on, the present one of the mock, or a time from then, such as \{ days: 30 \}\. What was given is (1970|2026)-/,
    ]),
    [
      { until: 'soon' },
      "plan: until: invalid moment 'soon'; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'",
    ],
  ])('is a TypeError for %p', (options, message) => {
    expect(() => s3.lifecycle.plan(options as object)).toThrow(message);
  });
});

describe('the picture of a bucket', () => {
  it('shows its rules and what ends when', () => {
    const logs = s3.bucket('logs');
    logs.put('a', 'first', { versionId: 'a1' });
    logs.put('a', 'second', { versionId: 'a2' });
    logs.put('b', 'other', { versionId: 'b1' });
    logs.lifecycle = {
      Rules: [
        { ...expireIn(3), Filter: { Prefix: 'a' } },
        { ID: 'y', ...all, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      ],
    };
    expect(String(logs)).toBe(
      [
        'logs  versioning Enabled, 2 lifecycle rules',
        '├─ a',
        '│  ├─ a2  6 bytes  2026-01-15 10:30:00Z  current  expires on 2026-01-19',
        '│  └─ a1  5 bytes  2026-01-15 10:30:00Z  removed on 2026-01-17',
        '└─ b',
        '   └─ b1  5 bytes  2026-01-15 10:30:00Z  current',
      ].join('\n'),
    );
  });
});
