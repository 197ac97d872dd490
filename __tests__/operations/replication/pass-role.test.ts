import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const role = 'arn:aws:iam::111122223333:role/jobs/copier';
const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, ...statements],
  });
const passing = (more: object = {}) => ({ Effect: 'Allow', Action: 'iam:PassRole', Resource: role, ...more });

const s3 = mockS3({
  account: '111122223333',
  roles: { 'jobs/copier': { tags: { team: 'storage' } } },
  buckets: { vault: { versioning: 'Enabled' }, replica: { versioning: 'Enabled' } },
});

const rule =
  '<Rule><Prefix/><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::replica</Bucket></Destination></Rule>';
const put = async (policy: string | undefined, arn = role) => {
  const user = s3.account.user(`user-${s3.requests.length}`, policy === undefined ? {} : { policy });
  const body = `<ReplicationConfiguration><Role>${arn}</Role>${rule}</ReplicationConfiguration>`;
  return send({ method: 'PUT', path: '/vault?replication', body, headers: { Authorization: signedBy(user) } });
};

// F960
it.each<readonly [what: string, policy: string | undefined, status: number]>([
  ['without any policy', undefined, 200],
  ['that allows everything', policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }), 200],
  ['that allows all of IAM', policyOf({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }), 200],
  ['that allows it in small letters', policyOf(passing({ Action: 'IAM:passrole' })), 200],
  ['that allows all but S3', policyOf({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }), 200],
  ['that allows all but IAM', policyOf({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 403],
  ['that allows to pass another role', policyOf(passing({ Resource: `${role}-other` })), 403],
  [
    'that allows to pass roles of a path',
    policyOf(passing({ Resource: 'arn:aws:iam::111122223333:role/jobs/*' })),
    200,
  ],
  ['that denies it', policyOf(passing(), { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' }), 403],
  [
    'that allows it for S3',
    policyOf(passing({ Condition: { StringEquals: { 'iam:PassedToService': 's3.amazonaws.com' } } })),
    200,
  ],
  [
    'that allows it for another service',
    policyOf(passing({ Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } })),
    403,
  ],
  [
    'that allows it for the bucket',
    policyOf(passing({ Condition: { ArnEquals: { 'iam:AssociatedResourceArn': 'arn:aws:s3:::vault' } } })),
    200,
  ],
  [
    'that allows it for roles with a tag',
    policyOf(passing({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'storage' } } })),
    200,
  ],
])('a user %s passes the role of a configuration or is refused', async (_what, policy, status) => {
  expect((await put(policy)).status).toBe(status);
});

it('a refusal names the role, and its reason the policy', async () => {
  expect(await answered(put(policyOf()))).toEqual(
    refusal(
      403,
      'AccessDenied',
      `User: arn:aws:iam::111122223333:user/user-0 is not authorized to perform: iam:PassRole on resource: "${role}" because no identity-based policy allows the iam:PassRole action`,
    ),
  );
  expect(s3.requests.last()?.why).toContain(`iam:PassRole on ${role}`);
});

it('a role of an account that the mock lacks counts as one of the owner of the bucket', async () => {
  expect((await put(undefined, 'arn:aws:iam::999999999999:role/copier')).status).toBe(200);
});
