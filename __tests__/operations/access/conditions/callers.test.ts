import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { ann, asAnn, type Condition } from '../../../support/conditions';

const s3 = mockS3({
  account: '123456789012',
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { objects: { 'users/ann/a': 'data', 'users/bob/a': 'data' } } },
});
/** `$` before the brace of a variable, since biome takes it for a forgotten template. */
const variable = (key: string) => `$${`{${key}}`}`;

// F482
describe('a variable of a policy', () => {
  const allow = (Version: string, Resource: string, Condition: Condition = {}) => {
    s3.bucket('vault').policy = {
      Version,
      Statement: { Effect: 'Allow', Principal: { AWS: ann(s3).arn }, Action: 's3:*', Resource, Condition },
    };
  };
  const read = async (key: string) => (await asAnn(s3, { path: `/vault/${key}` })).status;

  it('in a resource gives each user a folder', async () => {
    allow('2012-10-17', `arn:aws:s3:::vault/users/${variable('aws:username')}/*`);
    expect({ ann: await read('users/ann/a'), bob: await read('users/bob/a') }).toEqual({ ann: 200, bob: 403 });
    allow('2008-10-17', `arn:aws:s3:::vault/users/${variable('aws:username')}/*`);
    expect(await read('users/ann/a')).toBe(403);
  });

  it('in a condition confines a listing to the folder of a user', async () => {
    const like = { StringLike: { 's3:prefix': [`users/${variable('aws:username')}/*`, variable('*')] } };
    allow('2012-10-17', 'arn:aws:s3:::vault', like);
    const list = async (prefix: string) => (await asAnn(s3, { path: `/vault?prefix=${prefix}` })).status;
    expect({
      ownFolder: await list('users/ann/'),
      folderOfBob: await list('users/bob/'),
      asterisk: await list('*'),
      elsewhere: await list('x'),
    }).toEqual({
      ownFolder: 200,
      folderOfBob: 403,
      asterisk: 200,
      elsewhere: 403,
    });
  });
});
