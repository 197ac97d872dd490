import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy } from '../../support/documents';
import { allowing, as } from '../../support/limited-users';
import { get, head } from '../../support/objects';
import { policyOf } from '../../support/policy';
import type { WireAnswer } from '../../support/wire-client';

const locked = { retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' }, legalHold: 'ON' } as const;
const red = { team: 'red', cost: 'low' };
const blue = { team: 'blue', cost: 'low' };

const s3 = mockS3({
  now: '2026-01-31T10:00:00Z',
  buckets: {
    vault: {
      objectLock: true,
      objects: {
        k: { body: 'first', versionId: 'v1', tags: red, ...locked },
        both: [
          { body: 'first', versionId: 'v2', tags: red, ...locked },
          { body: 'second', versionId: 'v3', tags: blue, ...locked },
        ],
      },
    },
  },
});

const retention = {
  'x-amz-object-lock-mode': 'GOVERNANCE',
  'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z',
};
const hold = { 'x-amz-object-lock-legal-hold': 'ON' };
const count = { 'x-amz-tagging-count': '2' };

const told = ({ headers }: WireAnswer) =>
  Object.fromEntries(headers.filter(([name]) => /^x-amz-(?:object-lock|tagging)/.test(name)));

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html F521
describe.each([
  ['GetObject', get],
  ['HeadObject', head],
])('%s', (_name, ask) => {
  it.each([
    [[], {}],
    [['s3:GetObjectRetention'], retention],
    [['s3:GetObjectLegalHold'], hold],
    [['s3:GetObjectTagging'], count],
    [['s3:GetObjectVersionTagging'], {}],
    [['s3:GetObjectRetention', 's3:GetObjectLegalHold', 's3:GetObjectTagging'], { ...retention, ...hold, ...count }],
  ])('has the headers to which the actions %j give a right', async (actions, headers) => {
    const answer = await ask('/vault/k', as(s3, 'reader', 's3:GetObject', ...actions));
    expect({ status: answer.status, headers: told(answer) }).toEqual({ status: 200, headers });
  });

  it('of a version counts its tags with the action of a version', async () => {
    const ofVersion = as(s3, 'exact', 's3:GetObjectVersion', 's3:GetObjectVersionTagging');
    expect(told(await ask('/vault/k?versionId=v1', ofVersion))).toEqual(count);
    const ofCurrent = as(s3, 'other', 's3:GetObjectVersion', 's3:GetObjectTagging');
    expect(told(await ask('/vault/k?versionId=v1', ofCurrent))).toEqual({});
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
  it.each([
    ['both', {}],
    ['both?versionId=v2', count],
    ['both?versionId=v3', {}],
  ])('counts the tags of /vault/%s for a user who can read red tags alone', async (path, headers) => {
    const Condition = { StringEquals: { 's3:ExistingObjectTag/team': 'red' } };
    const mayTag = { Effect: 'Allow', Action: 's3:GetObject*Tagging', Resource: '*', Condition } as const;
    const policy = policyOf(allowing('s3:GetObject', 's3:GetObjectVersion'), mayTag);
    const user = signedBy(s3.account.user('red', { policy }));
    expect(told(await ask(`/vault/${path}`, { Authorization: user }))).toEqual(headers);
  });

  it('has the lock of the keys whose lock the user can read', async () => {
    const Action = ['s3:GetObjectRetention', 's3:GetObjectLegalHold'];
    const mayRead = { Effect: 'Allow', Action, Resource: 'arn:aws:s3:::vault/k' } as const;
    const policy = policyOf(allowing('s3:GetObject'), mayRead);
    const user = { Authorization: signedBy(s3.account.user('locksmith', { policy })) };
    expect(told(await ask('/vault/k', user))).toEqual({ ...retention, ...hold });
    expect(told(await ask('/vault/both', user))).toEqual({});
  });

  it('has all such headers for a user whom no policy limits', async () => {
    expect(told(await ask('/vault/k'))).toEqual({ ...retention, ...hold, ...count });
  });
});
