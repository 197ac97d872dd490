import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { first: {}, last: {} } });

it('a bucket whose configuration or ACL is wrong is not there, and its name is free', () => {
  expect(() => s3.createBucket('vault', { objects: { a: 'one' }, acl: 'public-read' })).toThrow(/BucketOwnerEnforced/);
  expect(() => s3.createBucket('vault', { objects: { a: 'one' }, replication: { Role: '', Rules: [] } })).toThrow(
    TypeError,
  );
  expect(s3.buckets.map(({ name }) => name)).toEqual(['first', 'last']);
  expect(s3.createBucket('vault').objects).toEqual({});
});

it('an account one of whose users is wrong is not there, and its name is free', () => {
  const users = { ann: {}, bob: { policy: 'no policy' } };
  expect(() => s3.createAccount('partner', { users })).toThrow(TypeError);
  expect(s3.createAccount('partner').toJSON().users).toEqual([]);
});
