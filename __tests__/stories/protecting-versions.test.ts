import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { type BucketFixture, mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../house/files';

/**
 * The table of docs/guides/protecting-versions.md: each of its cells is an attempt on a bucket with one guard.
 * @module
 */

const until = '2030-01-01T00:00:00Z';
const keepVersions = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'KeepVersions',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:DeleteObjectVersion', 's3:PutBucketVersioning'],
      Resource: ['arn:aws:s3:::guarded', 'arn:aws:s3:::guarded/*'],
    },
  ],
};
const report = (retention?: 'GOVERNANCE' | 'COMPLIANCE') => ({
  'report.pdf': [
    { body: 'old', versionId: 'v1', lastModified: '2026-01-01T00:00:00Z' },
    {
      body: 'new',
      versionId: 'v2',
      lastModified: '2026-01-02T00:00:00Z',
      ...(retention && { retention: { Mode: retention, RetainUntilDate: until } }),
    },
  ],
});

const guards: Readonly<Record<string, BucketFixture>> = {
  'MFA Delete': { versioning: 'Enabled', mfaDelete: 'Enabled', objects: report() },
  'lock, GOVERNANCE': { objectLock: true, objects: report('GOVERNANCE') },
  'lock, COMPLIANCE': { objectLock: true, objects: report('COMPLIANCE') },
  'a Deny in the bucket policy': { versioning: 'Enabled', policy: keepVersions, objects: report() },
};

const s3 = mockS3({ now: '2026-01-03T00:00:00Z' });
const root = new S3Client({});
const Bucket = 'guarded';
const remove = (more: Partial<DeleteObjectCommandInput> = {}) =>
  root.send(new DeleteObjectCommand({ Bucket, Key: 'report.pdf', VersionId: 'v2', ...more }));
const suspend = (client: S3Client, MFA?: string) =>
  client.send(
    new PutBucketVersioningCommand({
      Bucket,
      VersioningConfiguration: { Status: 'Suspended' },
      ...(MFA !== undefined && { MFA }),
    }),
  );

const administrator = () => {
  const { credentials } = s3.account.user('administrator', {
    policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
  });
  return new S3Client({ credentials });
};

const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
  'a delete without a version id': () => remove({ VersionId: undefined }),
  'a new version on top': () => root.send(new PutObjectCommand({ Bucket, Key: 'report.pdf', Body: 'newer' })),
  'a delete of the version, by the root user': () => remove(),
  'the same with an MFA code': () => remove({ MFA: s3.mfa.header() }),
  'the same with BypassGovernanceRetention': () => remove({ BypassGovernanceRetention: true }),
  'the same by a user with all rights': () =>
    administrator().send(new DeleteObjectCommand({ Bucket, Key: 'report.pdf', VersionId: 'v2' })),
  'a suspension of versioning, by the root user': () => suspend(root),
  'a suspension with an MFA code': () => suspend(root, s3.mfa.header()),
  'a suspension by a user with all rights': () => suspend(administrator()),
  'the root user ends the protection: MFA Delete off with a code; retention removed with a bypass; bucket policy deleted':
    () => endGuard(),
  'lifecycle, once the version is noncurrent and old': () => expire(),
};

/** MFA Delete ends with a code. */
function endGuard(): Promise<unknown> {
  const { versioning, mfaDelete, policy } = s3.bucket(Bucket);
  if (policy !== undefined) return root.send(new DeleteBucketPolicyCommand({ Bucket }));
  if (mfaDelete === 'Enabled' && versioning !== undefined)
    return root.send(
      new PutBucketVersioningCommand({
        Bucket,
        MFA: s3.mfa.header(),
        VersioningConfiguration: { Status: versioning, MFADelete: 'Disabled' },
      }),
    );
  const shorter = { Bucket, Key: 'report.pdf', VersionId: 'v2', Retention: {}, BypassGovernanceRetention: true };
  return root.send(new PutObjectRetentionCommand(shorter));
}

async function expire(): Promise<string> {
  const rule = { Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } } as const;
  const LifecycleConfiguration = { Rules: [rule] };
  await root.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  await root.send(new PutObjectCommand({ Bucket, Key: 'report.pdf', Body: 'newer' }));
  s3.clock.advance({ days: 10 });
  return s3
    .bucket(Bucket)
    .versions('report.pdf')
    .some(({ versionId }) => versionId === 'v2')
    ? 'kept'
    : 'removed';
}

/** The outcome of an attempt as the table has it: a word, or the status with the code of a refusal. */
async function outcomeOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    const answer = await attempt();
    return typeof answer === 'string' ? answer : String(s3.requests.last()?.status);
  } catch {
    const { status, error } = s3.requests.last() ?? {};
    return `${status} ${error?.code}`;
  }
}

const [head = [], , ...rows] = textOf('docs/guides/protecting-versions.md')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const cells = rows.flatMap(([attempt = '', ...outcomes]) =>
  outcomes.map((outcome, at) => ({ attempt, guard: head[at + 1] ?? '', outcome })),
);

describe('the table of docs/guides/protecting-versions.md', () => {
  test('has each guard and each attempt', () => {
    expect(head.slice(1)).toEqual(Object.keys(guards));
    expect(rows.map(([attempt]) => attempt)).toEqual(Object.keys(attempts));
  });

  test.each(cells)('$guard: $attempt is $outcome', async ({ attempt, guard, outcome }) => {
    s3.createBucket(Bucket, guards[guard]);
    expect(await outcomeOf(attempts[attempt] ?? expire)).toBe(outcome);
  });
});
