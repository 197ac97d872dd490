import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, mockS3 } from '../../src';
import { type MatcherResult, matchers } from '../../src/testing/matchers';
import { replication, ruleTo } from '../support/replicated-pair';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

type MatcherName = keyof typeof matchers;

type Arguments = readonly unknown[];

interface Case {
  readonly subject: 'mock' | 'bucket' | 'user';
  readonly holds: Arguments;
  readonly fails: Arguments;
}

// The compiler asks for a case of each matcher that there is, and refuses one of a matcher that there is not.
const cases: Readonly<Record<MatcherName, Case>> = {
  toHaveReceived: { subject: 'mock', holds: ['PutBucketVersioning'], fails: ['GetObject'] },
  toHaveReceivedTimes: { subject: 'mock', holds: ['PutBucketVersioning', 1], fails: ['PutBucketVersioning', 2] },
  toHaveReceivedNth: { subject: 'mock', holds: [1, 'PutBucketVersioning'], fails: [2, 'PutBucketVersioning'] },
  toHaveReceivedLast: { subject: 'mock', holds: ['PutBucketVersioning'], fails: ['GetBucketVersioning'] },
  toHaveReceivedOnly: { subject: 'mock', holds: ['PutBucketVersioning'], fails: ['GetBucketVersioning'] },
  toHaveApplied: { subject: 'mock', holds: ['PutBucketVersioning'], fails: ['GetObject'] },
  toHaveRefused: { subject: 'mock', holds: ['PutBucketVersioning'], fails: ['GetObject'] },
  toHaveSent: { subject: 'mock', holds: ['ObjectCreated:Put'], fails: ['ObjectRemoved:Delete'] },
  toHaveSentTimes: { subject: 'bucket', holds: ['ObjectCreated:Put', 1], fails: ['ObjectCreated:Put', 2] },
  toHaveVersioning: { subject: 'bucket', holds: ['Enabled'], fails: ['Suspended'] },
  toHaveMfaDelete: { subject: 'bucket', holds: [undefined], fails: ['Enabled'] },
  toHaveObject: { subject: 'bucket', holds: ['report'], fails: ['removed'] },
  toHaveVersions: { subject: 'bucket', holds: ['report', ['first', 'second']], fails: ['report', ['first']] },
  toHaveDeleteMarker: { subject: 'bucket', holds: ['removed'], fails: ['report'] },
  toHaveReplicated: { subject: 'bucket', holds: ['copied'], fails: ['report', { to: 'replica' }] },
  toBeLocked: { subject: 'bucket', holds: ['held'], fails: ['report'] },
  toHaveUsage: { subject: 'bucket', holds: [{ current: { count: 2 } }], fails: [{ current: { count: 3 } }] },
  toHaveConfiguration: { subject: 'bucket', holds: ['accelerate'], fails: ['cors'] },
  toAllow: {
    subject: 'user',
    holds: ['s3:GetObject', 'vault/report'],
    fails: ['s3:PutObject', 'vault/report'],
  },
  toDeny: {
    subject: 'user',
    holds: ['s3:PutObject', 'vault/report'],
    fails: ['s3:GetObject', 'vault/report'],
  },
};

const queue = 'arn:aws:sqs:us-east-1:000000000000:reports';

let s3: MockS3;
beforeAll(() => {
  s3 = mockS3({
    buckets: {
      vault: {
        versioning: 'Enabled',
        objectLock: true,
        accelerate: { Status: 'Enabled' },
        notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] },
        replication: replication(ruleTo('replica')),
        objects: {
          report: ['first', 'second'],
          removed: ['once', deleteMarker],
          held: { body: 'x', legalHold: 'ON' },
        },
      },
      replica: { objectLock: true },
    },
  });
});
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

function subjectOf({ subject }: Case): unknown {
  const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }] as const;
  const subjects = {
    mock: () => s3,
    bucket: () => s3.bucket('vault'),
    user: () => s3.account.user('reader', { policy: { Version: '2012-10-17', Statement } }),
  };
  return subjects[subject]();
}

function ask(name: MatcherName, subject: unknown, given: Arguments): MatcherResult {
  const matcher = matchers[name] as unknown as (subject: unknown, ...given: Arguments) => MatcherResult; // each has its own parameters
  return matcher(subject, ...given);
}

/** The only request of the state: one that S3 reports, one that it copies, or one that it applies, or refuses because of object lock. */
function sendRequest(name: MatcherName) {
  if (name.startsWith('toHaveSent')) return send({ method: 'PUT', path: '/vault/sent', body: 'x' });
  if (name === 'toHaveReplicated') return send({ method: 'PUT', path: '/vault/copied', body: 'x' });
  const status = name === 'toHaveRefused' ? 'Suspended' : 'Enabled';
  const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
  return send({ method: 'PUT', path: '/vault?versioning', body });
}

describe.each(Object.keys(cases) as readonly MatcherName[])('%s', (name) => {
  const { holds, fails } = cases[name];
  beforeEach(() => sendRequest(name));

  it.each([
    { pass: true, given: holds },
    { pass: false, given: fails },
  ])('returns pass: $pass for $given, and says what was expected and what there is', ({ pass, given }) => {
    const result = ask(name, subjectOf(cases[name]), given);
    expect(result).toMatchObject({ pass });
    expect(result.message()).toMatch(/^Expected .+, but /);
    expect(result.message()).not.toMatch(/\bundefined\b(?! \(never set\))|\[object /);
  });

  it('throws a TypeError that names itself and shows the right call, for a subject of another kind', () => {
    const thrown = thrownBy(() => ask(name, 5, holds));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain(`${name} takes`);
    expect(String(thrown)).toContain(`).${name}(`);
    expect(String(thrown)).toContain('5');
  });
});
