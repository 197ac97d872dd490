import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { policyOf } from '../../support/policy';
import { send } from '../../support/wire-client';

const versioned = { versioning: 'Enabled' } as const;
const roleOf = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

/** A configuration with one rule `all`, to `replica` by the role `replication` unless it says otherwise. */
const copying = ({ Bucket = 'replica', role = 'replication' } = {}) => ({
  Role: roleOf(role),
  Rules: [
    {
      ID: 'all',
      Priority: 1,
      Filter: {},
      Status: 'Enabled' as const,
      DeleteMarkerReplication: { Status: 'Enabled' as const },
      Destination: { Bucket: `arn:aws:s3:::${Bucket}` },
    },
  ],
});

const s3 = mockS3({
  accounts: ['partner'],
  roles: {
    reader: {
      policy: policyOf({ Effect: 'Allow', Action: ['s3:Get*', 's3:ListBucket'], Resource: '*' }),
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    },
    jobs: {
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    },
  },
  buckets: {
    replica: versioned,
    foreign: { ...versioned, owner: 'partner' },
    shared: {
      ...versioned,
      owner: 'partner',
      policy: policyOf({
        Effect: 'Allow',
        Principal: { AWS: roleOf('replication') },
        Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
        Resource: 'arn:aws:s3:::shared/*',
      }),
    },
    unread: { ...versioned, replication: copying({ role: 'reader' }) },
    distrusted: { ...versioned, replication: copying({ role: 'jobs' }) },
    outward: { ...versioned, replication: copying({ Bucket: 'foreign' }) },
    lent: { ...versioned, replication: copying({ Bucket: 'shared' }) },
  },
});

/** Writes `report.pdf`, and returns what became of its copy once the next request is served. */
async function copyFrom(bucket: string) {
  const { status } = await send({ method: 'PUT', path: `/${bucket}/report.pdf`, body: 'data' });
  return { status, ...(await lastCopy(bucket)) };
}

async function lastCopy(bucket: string) {
  await send({ method: 'HEAD', path: `/${bucket}` });
  const { result, reason, why } = s3.requests.serviceActions.at(-1) ?? {};
  return { result, reason, why };
}

const failed = (reason: string, why: unknown = expect.any(String)) => ({ status: 200, result: 'FAILED', reason, why });
const completed = { status: 200, result: 'COMPLETED', reason: undefined, why: undefined };

// F853
describe('a PUT is answered with 200 although its copy fails', () => {
  // F885
  it('because the role does not trust S3', async () => {
    expect(await copyFrom('distrusted')).toEqual(
      failed(
        'AssumeRoleNotPermitted',
        `nothing allows service s3.amazonaws.com to do sts:AssumeRole on ${roleOf('jobs')}; statement 1 of the trust policy of role jobs came nearest, which is for lambda.amazonaws.com`,
      ),
    );
  });

  // F887
  it('because no policy of the role allows it to write', async () => {
    expect(await copyFrom('unread')).toEqual(
      failed(
        'DstPutObjectNotPermitted',
        'nothing allows session s3-replication of role reader of account 000000000000 to do s3:ReplicateObject on arn:aws:s3:::replica/report.pdf; the policy of role reader was asked',
      ),
    );
  });

  it('because the bucket of another account has no policy for the role', async () => {
    const why = expect.stringMatching(
      /^s3:ReplicateObject.* session s3-replication of role replication of account 000000000000 does not own the bucket; account 'partner' \(\d{12}\) does/,
    );
    expect(await copyFrom('outward')).toEqual(failed('DstPutObjectNotPermitted', why));
  });
});

describe('a bucket of another account', () => {
  it('takes what its policy allows the role', async () => {
    expect(await copyFrom('lent')).toEqual(completed);
    await send({ method: 'DELETE', path: '/lent/report.pdf' });
    expect(await lastCopy('lent')).toMatchObject({ result: 'COMPLETED' });
    expect(s3.bucket('shared').versions('report.pdf')).toHaveLength(2);
  });
});
