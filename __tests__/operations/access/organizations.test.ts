import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { accessDenied, signedBy, textOf } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const organizationId = 'o-a1b2c3d4e5';
const s3 = mockS3({
  accounts: {
    owner: { organizationId },
    member: { organizationId, users: { ann: { policy: { Version: '2012-10-17', Statement: [] } } } },
    other: { organizationId: 'o-f6g7h8i9j0' },
    single: {},
  },
  buckets: { vault: { owner: 'owner', objects: { k: 'data' } } },
});
const account = (wanted: string) => {
  const found = s3.accounts.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`there is no account ${wanted}`);
  return found;
};
const read = (caller: Parameters<typeof signedBy>[0]) =>
  send({ path: '/vault/k', headers: { Authorization: signedBy(caller) } });

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html. F476
it('a caller of another account of the organization is told which action was denied, and why', async () => {
  const member = account('member');
  const message = async (caller: Parameters<typeof signedBy>[0]) => textOf('Message', await read(caller));
  const denied = (arn: string, policy: string) =>
    `User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::vault/k" because no ${policy} policy allows the s3:GetObject action`;
  expect(await message(member)).toBe(denied(`arn:aws:iam::${member.id}:root`, 'resource-based'));
  expect(await message(member.user('ann'))).toBe(denied(member.user('ann').arn, 'identity-based'));
});

it.each(['other', 'single'])('the account %s, which is not of the organization, is told nothing', async (name) => {
  expect(await answered(read(account(name)))).toEqual({ status: 403, text: accessDenied });
});
