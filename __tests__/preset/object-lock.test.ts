import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, type MockS3Options, mockS3 } from '../../src';
import { messageOfTypeError } from '../support/thrown';

const now = '2026-01-31T10:00:00Z';
const march = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-01T00:00:00Z' } as const;

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    now,
    buckets: {
      vault: {
        objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
        objects: {
          'report.pdf': [
            { body: 'first', versionId: 'v1', retention: march, legalHold: 'ON', lastModified: '2026-01-01' },
            { body: 'second', versionId: 'v2', legalHold: 'OFF' },
            deleteMarker,
          ],
          'free.txt': { body: 'free', versionId: 'f1' },
        },
      },
      plain: { versioning: 'Enabled' },
      unset: {},
    },
  });
});
afterEach(() => s3.stop());

describe('objectLock of a bucket', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
    [{}, true],
    [{ defaultRetention: undefined }, true],
    [{ defaultRetention: { Mode: 'GOVERNANCE', Years: 2 } }, { defaultRetention: { Mode: 'GOVERNANCE', Years: 2 } }],
    [
      { defaultRetention: { Mode: 'COMPLIANCE', Days: 1, Years: undefined } },
      { defaultRetention: { Mode: 'COMPLIANCE', Days: 1 } },
    ],
  ] as const)('%j reads as %j', (objectLock, read) => {
    const bucket = s3.createBucket('fresh', { objectLock });
    expect(bucket.objectLock).toEqual(read);
    expect(bucket.versioning).toBe(read === false ? undefined : 'Enabled');
  });

  const either = 'expected either Days, 1 to 36500, or Years, 1 to 100';
  const mode = "expected 'GOVERNANCE' or 'COMPLIANCE'";
  it.each<[unknown, string]>([
    [
      null,
      ": invalid objectLock null; expected true, or { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }, or undefined",
    ],
    [{ Days: 30 }, ", objectLock: there is no option 'Days'. The options are: defaultRetention."],
    ...(
      [
        [{ Mode: 'governance', Days: 1 }, `invalid Mode 'governance'; ${mode}. Did you mean GOVERNANCE?`],
        [{ Days: 1 }, `invalid Mode undefined; ${mode}`],
        [
          { mode: 'GOVERNANCE' },
          "there is no option 'mode'. Did you mean Mode? The options are: Mode, Days, Years, DefaultEventHold.",
        ],
        [{ Mode: 'GOVERNANCE' }, `invalid period { Days: undefined, Years: undefined }; ${either}`],
        [{ Mode: 'GOVERNANCE', Days: 1, Years: 1 }, `invalid period { Days: 1, Years: 1 }; ${either}`],
        [{ Mode: 'GOVERNANCE', Days: 0 }, `invalid period { Days: 0, Years: undefined }; ${either}`],
        [{ Mode: 'GOVERNANCE', Days: 1.5 }, `invalid period { Days: 1.5, Years: undefined }; ${either}`],
        [{ Mode: 'GOVERNANCE', Years: 101 }, `invalid period { Days: undefined, Years: 101 }; ${either}`],
      ] as const
    ).map(([defaultRetention, problem]): [unknown, string] => [
      { defaultRetention },
      `, objectLock, defaultRetention: ${problem}`,
    ]),
  ])('%j is a TypeError', (objectLock, problem) => {
    const given = objectLock as boolean; // as a test in JavaScript might
    const bucket = s3.bucket('vault');
    expect(messageOfTypeError(() => s3.createBucket('fresh', { objectLock: given }))).toBe(`bucket 'fresh'${problem}`);
    expect(messageOfTypeError(() => Object.assign(bucket, { objectLock: given }))).toBe(`bucket 'vault'${problem}`);
    expect(bucket.objectLock).toEqual({ defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } });
  });

  it('is turned on by the handle if versioning is Enabled', () => {
    s3.bucket('plain').objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
    expect(s3.bucket('plain').objectLock).toEqual({ defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } });
    expect(messageOfTypeError(() => Object.assign(s3.bucket('unset'), { objectLock: true }))).toBe(
      "bucket 'unset': it has object lock, but versioning is 'undefined'. Object lock needs versioning 'Enabled', and keeps it so.",
    );
  });

  it('can lose its default retention, but cannot be turned off', () => {
    s3.bucket('vault').objectLock = true;
    expect(s3.bucket('vault').objectLock).toBe(true);
    expect(messageOfTypeError(() => Object.assign(s3.bucket('vault'), { objectLock: false }))).toBe(
      "bucket 'vault': object lock cannot be removed, as on S3. Create another bucket.",
    );
    s3.bucket('plain').objectLock = false;
    expect(s3.bucket('plain').objectLock).toBe(false);
  });

  it('keeps versioning Enabled', () => {
    expect(messageOfTypeError(() => Object.assign(s3.bucket('vault'), { versioning: 'Suspended' }))).toContain(
      "object lock, but versioning is 'Suspended'",
    );
  });

  it('is restored by a reset', () => {
    s3.bucket('vault').objectLock = true;
    s3.bucket('plain').objectLock = true;
    s3.reset();
    expect(s3.bucket('vault').objectLock).toEqual({ defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } });
    expect(s3.bucket('plain').objectLock).toBe(false);
  });
});

describe('the lock of a version', () => {
  it('comes from the literal; without one, no version is locked', () => {
    const told = s3
      .bucket('vault')
      .versions()
      .map(({ key, retention, legalHold }) => [key, retention, legalHold]);
    expect(told).toEqual([
      ['free.txt', undefined, undefined],
      ['report.pdf', undefined, undefined],
      ['report.pdf', undefined, 'OFF'],
      ['report.pdf', { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-03-01T00:00:00Z') }, 'ON'],
    ]);
  });

  it('is a frozen copy', () => {
    const [, , , first] = s3.bucket('vault').versions();
    expect(Object.isFrozen(first?.retention)).toBe(true);
    first?.retention?.RetainUntilDate.setTime(0);
    expect(s3.bucket('vault').versions()[3]?.retention?.RetainUntilDate).toEqual(new Date('2026-03-01T00:00:00Z'));
  });

  it.each([new Date('2026-03-01'), Date.UTC(2026, 2, 1), '2026-03-01', '2020-01-01'])(
    'is kept until any moment: %s',
    (RetainUntilDate) => {
      const retention = { Mode: 'COMPLIANCE', RetainUntilDate } as const;
      const { retention: kept } = s3.bucket('vault').put('a.txt', 'a', { retention });
      expect(kept).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: new Date(RetainUntilDate) });
    },
  );

  it("is the bucket's default if put() is given none, counted from the version's time", () => {
    const at = (details: object) => s3.bucket('vault').put('a.txt', 'a', details).retention?.RetainUntilDate;
    expect(at({})).toEqual(new Date('2026-03-02T10:00:00Z'));
    expect(at({ legalHold: 'ON' })).toBeUndefined();
    expect(at({ lastModified: '2026-01-01T00:00:00Z' })).toEqual(new Date('2026-01-31T00:00:00Z'));
    expect(at({ retention: march })).toEqual(new Date('2026-03-01T00:00:00Z'));
    expect(s3.bucket('plain').put('a.txt', 'a').retention).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ legalHold: 'on' }, ": invalid legalHold 'on'; expected 'ON' or 'OFF', or undefined. Did you mean ON?"],
    [{ legalHold: true }, ": invalid legalHold true; expected 'ON' or 'OFF', or undefined"],
    [
      { retention: { Mode: 'x', RetainUntilDate: 0 } },
      ", retention: invalid Mode 'x'; expected 'GOVERNANCE' or 'COMPLIANCE'",
    ],
    [
      { retention: { Mode: 'GOVERNANCE' } },
      ", retention: RetainUntilDate: invalid moment undefined; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'",
    ],
    [
      { retention: { Mode: 'GOVERNANCE', EventHold: 'on', RetainUntilDate: 0 } },
      ", retention: invalid EventHold 'on'; expected 'ON' or 'OFF', or undefined. Did you mean ON?",
    ],
    [
      { retention: { Mode: 'GOVERNANCE', EventHold: 'ON' } },
      ", retention: EventHold is 'ON', but there is no EventHoldDuration. Give { Days } or { Years } beside it.",
    ],
    [
      { retention: { Mode: 'GOVERNANCE', EventHold: 'ON', EventHoldDuration: { Days: 1, Years: 1 } } },
      ', retention, EventHoldDuration: invalid period { Days: 1, Years: 1 }; expected either Days, 1 to 36500, or Years, 1 to 100',
    ],
    [
      { retention: { Mode: 'GOVERNANCE', RetainUntilDate: 0, EventHoldDuration: { Days: 1 } } },
      ", retention: it has an EventHoldDuration, but EventHold is not 'ON'. Leave it out, or give EventHold: 'ON'.",
    ],
    [
      { retention: { Mode: 'GOVERNANCE', EventHold: 'OFF' } },
      ", retention: RetainUntilDate: invalid moment undefined; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'",
    ],
    [
      { retention: { Mode: 'GOVERNANCE', Days: 3 } },
      ", retention: there is no option 'Days'. The options are: Mode, RetainUntilDate, EventHold, EventHoldDuration.",
    ],
  ])('%j is a TypeError', (details, problem) => {
    expect(messageOfTypeError(() => s3.bucket('vault').put('a.txt', 'a', details))).toBe(
      `bucket 'vault', key 'a.txt'${problem}`,
    );
    expect(s3.bucket('vault').versions('a.txt')).toEqual([]);
  });

  it.each<[object, string]>([
    [{ retention: march }, 'retention'],
    [{ legalHold: 'OFF' }, 'legalHold'],
  ])('%j needs a bucket with object lock', (details, name) => {
    const problem = `bucket 'plain', key 'a.txt': it has ${name}, but the bucket has no object lock. Leave it out, or give objectLock: true beside objects.`;
    expect(messageOfTypeError(() => s3.bucket('plain').put('a.txt', 'a', details))).toBe(problem);
    expect(
      messageOfTypeError(() =>
        s3.createBucket('fresh', { versioning: 'Enabled', objects: { 'a.txt': { body: 'a', ...details } } }),
      ),
    ).toBe(problem.replace('plain', 'fresh'));
  });

  it('cannot be given to a delete marker', () => {
    const objects = { 'a.txt': { deleteMarker: true, legalHold: 'ON' } } as const;
    expect(messageOfTypeError(() => s3.createBucket('fresh', { objectLock: true, objects }))).toBe(
      "bucket 'fresh', key 'a.txt': a delete marker has no legalHold; it has only a versionId, a lastModified, an owner and a replicationStatus",
    );
  });
});

it('toJSON writes locks, and a mock reads them again', async () => {
  const written: MockS3Options = JSON.parse(JSON.stringify(s3));
  expect(written.buckets?.['vault']).toMatchObject({
    objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
    objects: {
      'report.pdf': [
        { retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2026-03-01T00:00:00.000Z' }, legalHold: 'ON' },
        { legalHold: 'OFF' },
        { deleteMarker: true },
      ],
    },
  });
  const before = s3.bucket('vault').versions();
  await s3.stop();
  s3 = mockS3(written);
  expect(s3.bucket('vault').versions()).toEqual(before);
  expect(JSON.parse(JSON.stringify(s3))).toEqual(written);
});

it('the picture shows what is locked', () => {
  s3.bucket('plain').objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Years: 1 } };
  s3.createBucket('bare', { objectLock: true });
  const [head, ...lines] = String(s3.bucket('vault')).split('\n');
  expect(head).toBe('vault  versioning Enabled, MFA Delete Disabled, object lock (COMPLIANCE for 30 days by default)');
  expect(lines.filter((line) => line.includes('until'))).toEqual([
    expect.stringMatching(/v1 +5 bytes +2026-01-01 00:00:00Z +GOVERNANCE until 2026-03-01 00:00:00Z {2}legal hold$/),
  ]);
  expect(lines.filter((line) => line.includes('hold'))).toHaveLength(1);
  expect(String(s3.bucket('plain'))).toBe('plain  versioning Enabled, object lock (GOVERNANCE for 1 year by default)');
  expect(String(s3.bucket('bare'))).toBe('bare  versioning Enabled, MFA Delete Disabled, object lock');
});

// F602
describe('an event hold', () => {
  const EventHoldDuration = { Days: 30 };
  const held = { Mode: 'GOVERNANCE', EventHold: 'ON', EventHoldDuration } as const;
  const DefaultEventHold = { Years: 1 };

  it('moves the end of a retention with the clock, and not before its date', () => {
    const bucket = s3.createBucket('held', { objectLock: true });
    bucket.put('a.txt', 'a', { retention: held });
    bucket.put('b.txt', 'b', { retention: { ...held, RetainUntilDate: '2026-03-20T00:00:00Z' } });
    const told = () => ['a.txt', 'b.txt'].map((key) => bucket.current(key)?.retention);
    expect(told()).toEqual([
      { ...held, RetainUntilDate: new Date('2026-03-02T10:00:00Z') },
      { ...held, RetainUntilDate: new Date('2026-03-20T00:00:00Z') },
    ]);
    s3.clock.advance({ days: 100 });
    expect(told()).toEqual(Array(2).fill({ ...held, RetainUntilDate: new Date('2026-06-10T10:00:00Z') }));
  });

  it('is drawn without an end', () => {
    const bucket = s3.createBucket('held', {
      objectLock: { defaultRetention: { Mode: 'GOVERNANCE', DefaultEventHold } },
    });
    bucket.put('a.txt', 'a', { versionId: 'v1' });
    bucket.put('b.txt', 'b', {
      versionId: 'v2',
      retention: { ...held, EventHold: 'OFF', EventHoldDuration: undefined, RetainUntilDate: '2026-03-01' },
    });
    expect(String(bucket)).toContain('object lock (GOVERNANCE for 1 year after an event hold by default)');
    expect(String(bucket)).toMatch(/v1 .* GOVERNANCE, event hold and 1 year$/m);
    expect(String(bucket)).toMatch(/v2 .* GOVERNANCE until 2026-03-01 00:00:00Z$/m);
  });

  it('comes from the default of the bucket, beside its period', () => {
    const objectLock = { defaultRetention: { Mode: 'COMPLIANCE', Days: 3, DefaultEventHold } } as const;
    const bucket = s3.createBucket('held', { objectLock });
    expect(bucket.objectLock).toEqual(objectLock);
    expect(bucket.put('a.txt', 'a').retention).toEqual({
      Mode: 'COMPLIANCE',
      RetainUntilDate: new Date('2027-01-31T10:00:00Z'),
      EventHold: 'ON',
      EventHoldDuration: DefaultEventHold,
    });
  });

  it('is written by toJSON with the least end, and read again', async () => {
    const objectLock = { defaultRetention: { Mode: 'GOVERNANCE', DefaultEventHold } } as const;
    s3.createBucket('held', { objectLock, objects: { 'a.txt': { body: 'a', retention: held } } });
    s3.clock.advance({ days: 5 });
    const written: MockS3Options = JSON.parse(JSON.stringify(s3));
    expect(written.buckets?.['held']).toMatchObject({
      objectLock,
      objects: { 'a.txt': [{ retention: { ...held, RetainUntilDate: '2026-01-31T10:00:00.000Z' } }] },
    });
    const before = s3.bucket('held').versions();
    await s3.stop();
    s3 = mockS3(written);
    expect(s3.bucket('held').versions()).toEqual(before);
  });
});
