import type { RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const v1 = { Bucket, Key: 'k', VersionId: 'v1' };
const data = { Body: 'data', ContentMD5: 'jXd/OF09/siBXSD3SWAm3A==' } as const;
const Mode = 'GOVERNANCE';
const now = '2026-09-21T07:07:00Z';
const empty = { now, buckets: { vault: { objectLock: true } } } as const;
const one = {
  now,
  buckets: { vault: { objectLock: true, objects: { k: { body: 'data', versionId: 'v1' } } } },
} as const;
const retained = (retention: object) =>
  ({
    now,
    buckets: { vault: { objectLock: true, objects: { k: { body: 'data', versionId: 'v1', retention } } } },
  }) as NonNullable<RecordedCases['cases'][string]['state']>;
const heldFor = (duration: object) => retained({ Mode, EventHold: 'ON', EventHoldDuration: duration });
const hold = (Days: number) => ({
  ObjectLockMode: Mode,
  ObjectLockEventHold: 'ON',
  ObjectLockEventHoldDurationDays: Days,
});
const on = (EventHoldDuration: object) => ({ Retention: { Mode, EventHold: 'ON', EventHoldDuration } });
const off = { Retention: { Mode, EventHold: 'OFF' } };
const until = (RetainUntilDate: string) => ({ Retention: { Mode, RetainUntilDate } });
const is = (RetainUntilDate: string, EventHoldDuration: object) => ({
  Retention: { Mode, RetainUntilDate, EventHold: 'ON', EventHoldDuration },
});
const released = (RetainUntilDate: string) => ({ Retention: { Mode, RetainUntilDate, EventHold: 'OFF' } });
const rule = (DefaultRetention: object) => ({
  Bucket,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
});
const bypass = { BypassGovernanceRetention: true };
const second = { after: { seconds: 1 } };
const denied = '403 AccessDenied';
const incomplete = '400 InvalidRequest';
const days = (ArgumentValue: string) => ({ ArgumentName: 'Days', ArgumentValue });

export const eventHolds: RecordedCases = {
  file: 'object_lock_controls_replay.json',
  recorded: 'September 2026',
  cases: {
    'a version with an event hold has a retention date that moves with each read': {
      fact: 'F602',
      state: empty,
      calls: [
        ['put-variable', 'PutObject', { Bucket, Key: 'k', ...data, ...hold(2) }, '200', { VersionId: '$(v)' }],
        [
          'variable-first-retention',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2026-09-23T07:07:01Z', { Days: 2 }),
          second,
        ],
        ['variable-first-legal-hold', 'GetObjectLegalHold', { Bucket, Key: 'k' }, '404 NoSuchObjectLockConfiguration'],
        [
          'variable-first-head',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          {
            ObjectLockMode: Mode,
            ObjectLockRetainUntilDate: '2026-09-23T07:07:02Z',
            ObjectLockEventHold: 'ON',
            ObjectLockEventHoldDurationDays: 2,
          },
          { ...second, absent: ['ObjectLockEventHoldDurationYears', 'ObjectLockLegalHoldStatus'] },
        ],
        [
          'variable-get',
          'GetObject',
          { Bucket, Key: 'k' },
          '200',
          { Body: 'data', ObjectLockRetainUntilDate: '2026-09-23T07:07:02Z' },
        ],
        [
          'variable-reduce-duration-no-bypass',
          'PutObjectRetention',
          { Bucket, Key: 'k', VersionId: '$(v)', ...on({ Days: 1 }) },
          '200',
          {},
          { headers: { 'x-amz-version-id': '$(v)' } },
        ],
        [
          'variable-reduced-floor',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2026-09-23T07:07:02Z', { Days: 1 }),
          second,
        ],
        ['variable-year-duration', 'PutObjectRetention', { Bucket, Key: 'k', ...on({ Years: 1 }) }, '200'],
        [
          'variable-year-read',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2027-09-21T07:07:03Z', { Years: 1 }),
        ],
        ['variable-protected-delete', 'DeleteObject', { Bucket, Key: 'k', VersionId: '$(v)' }, denied],
        [
          'variable-release-off-only',
          'PutObjectRetention',
          { Bucket, Key: 'k', Retention: { EventHold: 'OFF' } },
          '400 MalformedXML',
        ],
        [
          'variable-release-read',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2027-09-21T07:07:04Z', { Years: 1 }),
          second,
        ],
        ['variable-release-mode-off', 'PutObjectRetention', { Bucket, Key: 'k', ...off }, '200'],
        [
          'variable-release-mode-read',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          released('2027-09-21T07:07:04Z'),
          second,
        ],
        [
          'floor-released-head',
          'HeadObject',
          { Bucket, Key: 'k' },
          '200',
          { ObjectLockMode: Mode, ObjectLockEventHold: 'OFF' },
          { absent: ['ObjectLockEventHoldDurationDays', 'ObjectLockEventHoldDurationYears'] },
        ],
      ],
    },
    'a retention date is the earliest end of a version with an event hold': {
      fact: 'F602',
      state: empty,
      calls: [
        [
          'put-variable-minimum',
          'PutObject',
          { Bucket, Key: 'k', ...data, ...hold(1), ObjectLockRetainUntilDate: '2026-09-25T07:07:15Z' },
          '200',
        ],
        [
          'variable-minimum-active',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2026-09-25T07:07:15Z', { Days: 1 }),
          second,
        ],
        ['variable-minimum-release', 'PutObjectRetention', { Bucket, Key: 'k', ...off }, '200'],
        [
          'variable-minimum-released',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          released('2026-09-25T07:07:15Z'),
        ],
      ],
    },
    'an event hold is put on a version, and can be removed only with a bypass': {
      fact: 'F602',
      state: one,
      calls: [
        ['variable-enable-via-retention', 'PutObjectRetention', { ...v1, ...on({ Days: 2 }) }, '200'],
        ['variable-enabled-read', 'GetObjectRetention', v1, '200', is('2026-09-23T07:07:01Z', { Days: 2 }), second],
        ['variable-to-fixed-no-bypass', 'PutObjectRetention', { ...v1, ...until('2026-09-21T07:17:18Z') }, denied],
        ['variable-remove-no-bypass', 'PutObjectRetention', { ...v1, Retention: {} }, denied],
        ['variable-remove-bypass', 'PutObjectRetention', { ...v1, Retention: {}, ...bypass }, '200'],
        ['variable-removed-read', 'GetObjectRetention', v1, '404 NoSuchObjectLockConfiguration'],
        [
          'variable-invalid-on-no-duration',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'ON' }, ...bypass },
          incomplete,
        ],
        [
          'variable-invalid-duration-without-status',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHoldDuration: { Days: 1 } }, ...bypass },
          '400 MalformedXML',
        ],
        ['variable-invalid-off-no-prior-hold', 'PutObjectRetention', { ...v1, ...off, ...bypass }, incomplete],
        [
          'variable-invalid-zero-duration',
          'PutObjectRetention',
          { ...v1, ...on({ Days: 0 }), ...bypass },
          '400 InvalidArgument',
          days('0'),
        ],
        [
          'variable-invalid-both-duration-units',
          'PutObjectRetention',
          { ...v1, ...on({ Days: 1, Years: 1 }), ...bypass },
          '400 MalformedXML',
        ],
        [
          'variable-invalid-invalid-status',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'OTHER', EventHoldDuration: { Days: 1 } }, ...bypass },
          '400 MalformedXML',
        ],
      ],
    },
    'an event hold with a shorter duration keeps the end of the longer one, even with a bypass': {
      fact: 'F602',
      state: heldFor({ Days: 2 }),
      calls: [
        ['floor-reduce-with-bypass', 'PutObjectRetention', { ...v1, ...on({ Days: 1 }), ...bypass }, '200'],
        ['floor-after-bypass', 'GetObjectRetention', v1, '200', is('2026-09-23T07:07:00Z', { Days: 1 }), second],
        ['floor-release-without-bypass', 'PutObjectRetention', { ...v1, ...off }, '200'],
        ['floor-release-fixed-first', 'GetObjectRetention', v1, '200', released('2026-09-23T07:07:00Z')],
        [
          'floor-release-fixed-later',
          'GetObjectRetention',
          v1,
          '200',
          released('2026-09-23T07:07:00Z'),
          { after: { seconds: 3 } },
        ],
      ],
    },
    'a later retention date keeps the event hold on, and an earlier one has to release it': {
      fact: 'F602',
      state: heldFor({ Days: 1 }),
      calls: [
        [
          'variable-to-longer-fixed-no-bypass',
          'PutObjectRetention',
          { ...v1, ...until('2026-09-23T07:12:37Z') },
          '200',
        ],
        ['variable-to-longer-fixed-state', 'GetObjectRetention', v1, '200', is('2026-09-23T07:12:37Z', { Days: 1 })],
        [
          'variable-to-short-fixed-bypass',
          'PutObjectRetention',
          { ...v1, ...until('2026-09-21T07:17:38Z'), ...bypass },
          incomplete,
        ],
        ['variable-to-short-fixed-state', 'GetObjectRetention', v1, '200', is('2026-09-23T07:12:37Z', { Days: 1 })],
        [
          'existing-on-update-omits-duration',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'ON' } },
          incomplete,
        ],
        [
          'event-off-with-duration-no-bypass',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'OFF', EventHoldDuration: { Days: 1 } } },
          incomplete,
        ],
        [
          'event-bypass-shorten-explicit-on',
          'PutObjectRetention',
          {
            ...v1,
            Retention: {
              Mode,
              EventHold: 'ON',
              EventHoldDuration: { Days: 1 },
              RetainUntilDate: '2026-09-21T07:20:03.041Z',
            },
            ...bypass,
          },
          '400 InvalidArgument',
          { ArgumentName: 'RetainUntilDate', ArgumentValue: '2026-09-21T07:20:03.041Z' },
        ],
        [
          'event-shorten-explicit-off-no-bypass',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'OFF', RetainUntilDate: '2026-09-21T07:20:03Z' } },
          denied,
        ],
        [
          'event-bypass-shorten-explicit-off',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'OFF', RetainUntilDate: '2026-09-21T07:20:04Z' }, ...bypass },
          '200',
        ],
        ['event-bypass-short-off-state', 'GetObjectRetention', v1, '200', released('2026-09-21T07:20:04Z')],
      ],
    },
    'a retention without an event hold can get one, also one that is already released': {
      fact: 'F602',
      state: retained({ Mode, RetainUntilDate: '2026-09-21T07:17:00Z' }),
      calls: [
        [
          'existing-fixed-update-off-and-date',
          'PutObjectRetention',
          { ...v1, Retention: { Mode, EventHold: 'OFF', RetainUntilDate: '2026-09-21T07:27:00Z' } },
          '200',
        ],
        ['existing-fixed-after-off-and-date', 'GetObjectRetention', v1, '200', released('2026-09-21T07:27:00Z')],
        ['fixed-to-event-no-bypass', 'PutObjectRetention', { ...v1, ...on({ Days: 1 }) }, '200'],
        ['fixed-to-event-state', 'GetObjectRetention', v1, '200', is('2026-09-22T07:07:00Z', { Days: 1 })],
      ],
    },
    'the headers of an event hold need each other': {
      fact: 'F602',
      state: empty,
      calls: [
        [
          'put-event-off-explicit-future',
          'PutObject',
          {
            Bucket,
            Key: 'off',
            ...data,
            ObjectLockMode: Mode,
            ObjectLockRetainUntilDate: '2026-09-21T07:22:39Z',
            ObjectLockEventHold: 'OFF',
          },
          '200',
        ],
        [
          'event-off-explicit-future-retention',
          'GetObjectRetention',
          { Bucket, Key: 'off' },
          '200',
          released('2026-09-21T07:22:39Z'),
        ],
        [
          'event-off-explicit-future-head',
          'HeadObject',
          { Bucket, Key: 'off' },
          '200',
          { ObjectLockEventHold: 'OFF', ObjectLockRetainUntilDate: '2026-09-21T07:22:39Z' },
        ],
        [
          'put-event-off-without-date',
          'PutObject',
          { Bucket, Key: 'k', ...data, ObjectLockMode: Mode, ObjectLockEventHold: 'OFF' },
          incomplete,
        ],
        [
          'put-event-on-without-mode',
          'PutObject',
          { Bucket, Key: 'k', ...data, ObjectLockEventHold: 'ON', ObjectLockEventHoldDurationDays: 1 },
          incomplete,
        ],
        [
          'put-event-duration-without-status',
          'PutObject',
          { Bucket, Key: 'k', ...data, ObjectLockMode: Mode, ObjectLockEventHoldDurationDays: 1 },
          incomplete,
        ],
      ],
    },
    'a default event hold applies to new versions, with a minimum period or without one': {
      fact: 'F602',
      state: empty,
      calls: [
        ['default-variable-day', 'PutObjectLockConfiguration', rule({ Mode, DefaultEventHold: { Days: 2 } }), '200'],
        [
          'default-variable-read',
          'GetObjectLockConfiguration',
          { Bucket },
          '200',
          { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, DefaultEventHold: { Days: 2 } } } } },
        ],
        ['put-variable-default', 'PutObject', { Bucket, Key: 'k', ...data }, '200'],
        [
          'variable-default-retention',
          'GetObjectRetention',
          { Bucket, Key: 'k' },
          '200',
          is('2026-09-23T07:07:01Z', { Days: 2 }),
          second,
        ],
        [
          'default-fixed-and-variable',
          'PutObjectLockConfiguration',
          rule({ Mode, Days: 3, DefaultEventHold: { Days: 1 } }),
          '200',
        ],
        [
          'default-fixed-variable-read',
          'GetObjectLockConfiguration',
          { Bucket },
          '200',
          { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Days: 3, DefaultEventHold: { Days: 1 } } } } },
        ],
        ['put-variable-default-minimum', 'PutObject', { Bucket, Key: 'least', ...data }, '200'],
        [
          'variable-default-minimum-head',
          'HeadObject',
          { Bucket, Key: 'least' },
          '200',
          {
            ObjectLockRetainUntilDate: '2026-09-24T07:07:01Z',
            ObjectLockEventHold: 'ON',
            ObjectLockEventHoldDurationDays: 1,
          },
          second,
        ],
        [
          'default-event-two-years-leap',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Years: 2 } }),
          '200',
        ],
        ['put-two-years-variable', 'PutObject', { Bucket, Key: 'leap', ...data }, '200'],
        [
          'two-years-variable-retention',
          'GetObjectRetention',
          { Bucket, Key: 'leap' },
          '200',
          is('2028-09-21T07:07:02Z', { Years: 2 }),
        ],
        [
          'two-years-variable-head',
          'HeadObject',
          { Bucket, Key: 'leap' },
          '200',
          { ObjectLockEventHoldDurationYears: 2 },
          { absent: ['ObjectLockEventHoldDurationDays'] },
        ],
        [
          'invalid-default-zero-event',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Days: 0 } }),
          '400 InvalidArgument',
          days('0'),
        ],
        [
          'invalid-default-two-event-units',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Days: 1, Years: 1 } }),
          '400 MalformedXML',
        ],
        [
          'config-empty-event-duration',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: {} }),
          '400 MalformedXML',
        ],
        [
          'config-event-without-mode',
          'PutObjectLockConfiguration',
          rule({ DefaultEventHold: { Days: 1 } }),
          '400 MalformedXML',
        ],
        [
          'config-event-bound-Days-36501',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Days: 36501 } }),
          '400 InvalidArgument',
          days('36501'),
        ],
        [
          'config-event-bound-Years-101',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Years: 101 } }),
          '400 InvalidArgument',
          { ArgumentName: 'Years', ArgumentValue: '101' },
        ],
        [
          'config-event-bound-Days-36500',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Days: 36500 } }),
          '200',
        ],
        [
          'config-event-bound-Years-100',
          'PutObjectLockConfiguration',
          rule({ Mode, DefaultEventHold: { Years: 100 } }),
          '200',
        ],
      ],
    },
    'a copy and an upload get the event hold of their own headers': {
      fact: 'F602',
      state: one,
      calls: [
        ['copy-event', 'CopyObject', { Bucket, Key: 'copy', CopySource: 'vault/k?versionId=v1', ...hold(1) }, '200'],
        [
          'copy-event-retention',
          'GetObjectRetention',
          { Bucket, Key: 'copy' },
          '200',
          is('2026-09-22T07:07:01Z', { Days: 1 }),
          second,
        ],
        [
          'mpu-init-event-init',
          'CreateMultipartUpload',
          { Bucket, Key: 'parts', ...hold(1) },
          '200',
          { UploadId: '$(upload)' },
        ],
        [
          'mpu-part-event-init',
          'UploadPart',
          { Bucket, Key: 'parts', UploadId: '$(upload)', PartNumber: 1, ...data },
          '200',
          { ETag: '$(etag)' },
        ],
        [
          'mpu-complete-event-init',
          'CompleteMultipartUpload',
          {
            Bucket,
            Key: 'parts',
            UploadId: '$(upload)',
            MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '$(etag)' }] },
          },
          '200',
        ],
        [
          'mpu-result-event-init-head',
          'HeadObject',
          { Bucket, Key: 'parts' },
          '200',
          {
            ObjectLockMode: Mode,
            ObjectLockEventHold: 'ON',
            ObjectLockEventHoldDurationDays: 1,
            ObjectLockRetainUntilDate: '2026-09-22T07:07:03Z',
          },
          { after: { seconds: 2 } },
        ],
      ],
    },
  },
};

const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const limited = {
  ...one,
  roles: { any: { policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } } } },
} as const;
const denying = (Action: string | readonly string[], Condition: object) => ({
  by: {
    caller: 'role/any',
    session: {
      policy: { Version: '2012-10-17', Statement: [all, { Effect: 'Deny', Action, Resource: '*', Condition }] },
    },
  },
});
const writes = ['s3:PutObject', 's3:PutObjectRetention'];
const denyOn = denying(writes, { StringEquals: { 's3:object-lock-event-hold': 'ON' } });
const denyOver2 = denying(writes, { NumericGreaterThan: { 's3:object-lock-event-hold-duration-days': '2' } });
const deny365 = denying(writes, { NumericEquals: { 's3:object-lock-event-hold-duration-days': '365' } });
const denyRemaining = (action: string) =>
  denying(action, { Null: { 's3:object-lock-remaining-retention-days': 'false' } });

export const eventHoldAuthority: RecordedCases = {
  file: 'object_lock_authority_replay.json',
  recorded: 'September 2026',
  cases: {
    'a policy can limit event holds by their status and by their days, and a year has 365 days': {
      fact: 'F602',
      state: limited,
      calls: [
        [
          'event-condition-denied-put-retention',
          'PutObjectRetention',
          { ...v1, ...on({ Days: 1 }) },
          denied,
          {},
          denyOn,
        ],
        ['event-condition-permitted-put-retention', 'PutObjectRetention', { ...v1, ...on({ Days: 1 }) }, '200'],
        ['duration-one-day-allowed', 'PutObjectRetention', { ...v1, ...on({ Days: 1 }) }, '200', {}, denyOver2],
        ['duration-three-days-denied', 'PutObjectRetention', { ...v1, ...on({ Days: 3 }) }, denied, {}, denyOver2],
        [
          'duration-one-year-equals365-denied',
          'PutObjectRetention',
          { ...v1, ...on({ Years: 1 }) },
          denied,
          {},
          deny365,
        ],
        ['duration364-not365-allowed', 'PutObjectRetention', { ...v1, ...on({ Days: 364 }) }, '200', {}, deny365],
        ['event-release-off-allowed', 'PutObjectRetention', { ...v1, ...off }, '200', {}, denyOn],
        ['event-explicit-put-denied', 'PutObject', { Bucket, Key: 'n', ...data, ...hold(1) }, denied, {}, denyOn],
        [
          'event-duration-explicit-put-denied',
          'PutObject',
          { Bucket, Key: 'n', ...data, ...hold(3) },
          denied,
          {},
          denyOver2,
        ],
        ['event-explicit-put-allowed', 'PutObject', { Bucket, Key: 'n', ...data, ...hold(1) }, '200', {}, denyOver2],
      ],
    },
    'a default event hold counts for the right to write, and not for the right to set a retention': {
      fact: 'F602',
      state: limited,
      calls: [
        ['event-bucket-default', 'PutObjectLockConfiguration', rule({ Mode, DefaultEventHold: { Days: 3 } }), '200'],
        ['event-default-implicit-deny-on-bypassed', 'PutObject', { Bucket, Key: 'n', ...data }, denied, {}, denyOn],
        [
          'isolated-variable-default-PutObjectRetention',
          'PutObject',
          { Bucket, Key: 'n', ...data },
          '200',
          {},
          denying('s3:PutObjectRetention', { StringEquals: { 's3:object-lock-event-hold': 'ON' } }),
        ],
        ['duration-default-implicit-s3:PutObject', 'PutObject', { Bucket, Key: 'n', ...data }, denied, {}, denyOver2],
        [
          'duration-default-implicit-s3:PutObjectRetention',
          'PutObject',
          { Bucket, Key: 'n', ...data },
          '200',
          {},
          denying('s3:PutObjectRetention', { NumericGreaterThan: { 's3:object-lock-event-hold-duration-days': '2' } }),
        ],
        [
          'implicit-variable-remaining-key',
          'PutObject',
          { Bucket, Key: 'n', ...data },
          denied,
          {},
          denyRemaining('s3:PutObject'),
        ],
        [
          'explicit-variable-remaining-key',
          'PutObject',
          { Bucket, Key: 'n', ...data, ...hold(1) },
          denied,
          {},
          denyRemaining('s3:PutObject'),
        ],
        [
          'explicit-variable-retention-remaining-key',
          'PutObjectRetention',
          { ...v1, ...on({ Days: 1 }) },
          denied,
          {},
          denyRemaining('s3:PutObjectRetention'),
        ],
        [
          'invalid-event-header',
          'PutObject',
          { Bucket, Key: 'n', ...data, ...hold(1), ObjectLockEventHold: 'INVALID' },
          '400 InvalidArgument',
          { ArgumentName: 'x-amz-object-lock-event-hold', ArgumentValue: 'INVALID' },
        ],
      ],
    },
    'releasing an event hold that was never ON sets no date': {
      fact: 'F602',
      state: retained({ Mode, RetainUntilDate: '2026-09-21T07:49:20Z' }),
      calls: [
        ['fixed-to-off-without-date', 'PutObjectRetention', { ...v1, ...off }, '200'],
        ['read-fixed-to-off', 'GetObjectRetention', v1, '200', released('2026-09-21T07:49:20Z')],
      ],
    },
  },
};
