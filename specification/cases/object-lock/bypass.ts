import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const key = { Bucket, Key: 'file1' };
const version = { ...key, VersionId: '$(version)' };
const bypass = { BypassGovernanceRetention: true };
const partner = { by: 'partner' } as const;
const state = { accounts: { partner: {} }, buckets: { vault: { objectLock: true } } } as const;

function allowing(...Action: readonly string[]): RecordedCall {
  const Principal = { AWS: 'arn:aws:iam::$(account:partner):root' };
  const Statement = [{ Effect: 'Allow', Principal, Action, Resource: 'arn:aws:s3:::vault/*' }];
  const input = { Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
  return [`allow ${Action.join(', ')}`, 'PutBucketPolicy', input, '204'];
}

const retained: readonly RecordedCall[] = [
  ['put', 'PutObject', { ...key, Body: 'abc' }, '200', { VersionId: '$(version)' }],
  ['retain', 'PutObjectRetention', { ...version, ...until('2026-09-22') }, '200'],
];

function until(day: string) {
  return { Retention: { Mode: 'GOVERNANCE', RetainUntilDate: `${day}T12:00:00Z` } };
}

/** The second account of the tests of argmin has only the rights that the policy of the bucket gives it. */
// biome-ignore format: one line a call
export const bypasses: RecordedCases = {
  file: 'crates/s3-tests/tests/object_lock.rs of justincormack/argmin',
  recorded: 'July 2026',
  cases: {
    'shortening a retention needs s3:BypassGovernanceRetention': {
      fact: 'F521',
      state,
      calls: [
        ...retained,
        allowing('s3:PutObjectRetention'),
        ['denied without bypass action', 'PutObjectRetention', { ...version, ...until('2026-09-21'), ...bypass }, '403 AccessDenied', {}, partner],
        allowing('s3:PutObjectRetention', 's3:BypassGovernanceRetention'),
        ['bypass', 'PutObjectRetention', { ...version, ...until('2026-09-21'), ...bypass }, '200', {}, partner],
      ],
    },
    'deleting a retained version needs s3:BypassGovernanceRetention': {
      fact: 'F521',
      state,
      calls: [
        ...retained,
        ['denied without delete version allow', 'DeleteObject', { ...version, ...bypass }, '403 AccessDenied', {}, partner],
        allowing('s3:DeleteObjectVersion'),
        ['denied without bypass allow', 'DeleteObject', { ...version, ...bypass }, '403 AccessDenied', {}, partner],
        allowing('s3:DeleteObjectVersion', 's3:BypassGovernanceRetention'),
        ['bypass', 'DeleteObject', { ...version, ...bypass }, '204', {}, partner],
      ],
    },
    'a deletion with a bypass needs the right to bypass, even if the version is gone': {
      fact: 'F521',
      state,
      calls: [
        ['put', 'PutObject', { ...key, Body: 'abc' }, '200', { VersionId: '$(version)' }],
        ['delete', 'DeleteObject', version, '204'],
        allowing('s3:DeleteObjectVersion'),
        ['missing without bypass', 'DeleteObject', version, '204', {}, partner],
        ['missing with bypass', 'DeleteObject', { ...version, ...bypass }, '403 AccessDenied', {}, partner],
      ],
    },
    'a deletion with a bypass and without a version id does not need the right to bypass': {
      fact: 'F521',
      state,
      calls: [
        ...retained,
        allowing('s3:DeleteObject'),
        ['deleted', 'DeleteObject', { ...key, ...bypass }, '204', { DeleteMarker: true }, partner],
        ['current', 'GetObject', key, '404 NoSuchKey'],
        ['retained', 'GetObject', version, '200', { Body: 'abc' }],
      ],
    },
  },
};
