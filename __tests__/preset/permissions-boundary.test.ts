import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy, textOf } from '../support/documents';
import { send } from '../support/wire-client';

const statement = (Effect: 'Allow' | 'Deny', Action: string | string[], Resource = '*') => ({
  Effect,
  Action,
  Resource,
});
const policy = (...Statement: ReturnType<typeof statement>[]) => ({ Version: '2012-10-17', Statement }) as const;
const all = policy(statement('Allow', 's3:*'));
const reads = policy(statement('Allow', ['s3:GetObject', 's3:ListBucket', 'sts:AssumeRole']));
const denies = policy(statement('Allow', '*'), statement('Deny', 's3:PutObject'));

const s3 = mockS3({
  users: {
    ann: { policy: all, permissionsBoundary: reads },
    bound: { permissionsBoundary: reads },
    powerless: { policy: policy(statement('Allow', 's3:PutObject')), permissionsBoundary: reads },
    denied: { policy: all, permissionsBoundary: JSON.stringify(denies) },
  },
  roles: { deployer: { policy: all, permissionsBoundary: reads } },
  accounts: { partner: { users: { eve: { policy: all, permissionsBoundary: reads } } } },
  buckets: { vault: { objects: { k: 'data' } } },
});
const { account } = s3;
const deployer = account.role('deployer');
const eve = () => s3.accounts.find(({ name }) => name === 'partner')?.user('eve');

const allow = (principal: string | undefined, Action: string) => {
  s3.bucket('vault').policy = {
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal === undefined ? '*' : { AWS: principal },
        Action,
        Resource: 'arn:aws:s3:::vault/*',
      },
    ],
  };
};
const putBy = (caller: Parameters<typeof signedBy>[0]) =>
  send({ method: 'PUT', path: '/vault/new', body: 'data', headers: { Authorization: signedBy(caller) } });

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html. F1792
describe('a permissions boundary', () => {
  it.each([
    ['ann', 's3:GetObject', true],
    ['ann', 's3:PutObject', false],
    ['bound', 's3:GetObject', true],
    ['bound', 's3:PutObject', false],
    ['powerless', 's3:GetObject', false],
    ['powerless', 's3:PutObject', false],
    ['denied', 's3:GetObject', true],
    ['denied', 's3:PutObject', false],
  ] as const)('lets %s do %s only as far as it allows it: %s', (name, action, allowed) => {
    expect(account.user(name).may(action, 'vault/k').allowed).toBe(allowed);
  });

  it('limits the sessions of a role as it limits the role', () => {
    const session = deployer.session();
    expect(session.may('s3:GetObject', 'vault/k').allowed).toBe(true);
    expect(session.may('s3:PutObject', 'vault/k').by).toBe(
      'statement 1 of the policy of role deployer allows s3:PutObject on arn:aws:s3:::vault/k, and the permissions boundary must also allow it; the permissions boundary of role deployer was evaluated',
    );
  });

  it.each([
    ['ann', 'because no permissions boundary allows the s3:PutObject action'],
    ['denied', 'with an explicit deny in a permissions boundary'],
    ['powerless', undefined],
  ] as const)('is named in the refusal of %s: %s', async (name, reason) => {
    const answer = await putBy(account.user(name));
    const expected = `User: ${account.user(name).arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::vault/new" ${reason}`;
    expect({ status: answer.status, message: textOf('Message', answer) }).toEqual({
      status: 403,
      message: reason === undefined ? expect.stringContaining('no permissions boundary') : expected,
    });
  });

  it('does not limit what a bucket policy of the account allows a user by its ARN, or everyone', () => {
    for (const principal of [account.user('ann').arn, undefined]) {
      allow(principal, 's3:PutObject');
      expect(account.user('ann').may('s3:PutObject', 'vault/k').allowed).toBe(true);
    }
    allow(account.user('denied').arn, 's3:PutObject');
    expect(account.user('denied').may('s3:PutObject', 'vault/k').by).toContain(
      'denied by statement 2 of the permissions boundary',
    );
  });

  it('limits what a bucket policy allows a role by its ARN, and not what it allows a session by its own', () => {
    const session = deployer.session({ name: 'work' });
    allow(deployer.arn, 's3:PutObject');
    expect(session.may('s3:PutObject', 'vault/k').allowed).toBe(false);
    allow(session.arn, 's3:PutObject');
    expect(session.may('s3:PutObject', 'vault/k').allowed).toBe(true);
    allow(undefined, 's3:PutObject');
    expect(session.may('s3:PutObject', 'vault/k').allowed).toBe(true);
  });

  it('limits a user of another account, whatever the bucket policy allows', () => {
    allow(eve()?.arn, 's3:*');
    expect(eve()?.may('s3:GetObject', 'vault/k').allowed).toBe(true);
    expect(eve()?.may('s3:PutObject', 'vault/k').allowed).toBe(false);
  });

  it('is a part of the fixture that a mock writes', () => {
    const written = s3.toJSON();
    expect(written).toMatchObject({
      users: { ann: { permissionsBoundary: reads } },
      roles: { deployer: { permissionsBoundary: reads } },
    });
    expect(() => account.user('ann', { policy: all, permissionsBoundary: all })).toThrow('its permissionsBoundary is');
    expect(account.user('ann', { policy: all, permissionsBoundary: reads }).name).toBe('ann');
  });

  it('is refused as IAM refuses the policy', () => {
    expect(() => s3.account.user('new', { permissionsBoundary: policy(statement('Allow', 's3:*', 'vault')) })).toThrow(
      "user 'new': permissionsBoundary: ",
    );
  });
});
