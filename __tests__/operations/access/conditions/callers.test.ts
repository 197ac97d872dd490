import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { absent, ann, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { send } from '../../../support/wire-client';

const s3 = mockS3({
  account: '123456789012',
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { objects: { k: 'data', 'users/ann/a': 'data', 'users/bob/a': 'data', 'users/*/a': 'data' } } },
});
const path = '/vault/k';
const objects = 'arn:aws:s3:::vault/*';
/** `$` before the brace of a variable, since biome takes it for a forgotten template. */
const variable = (key: string) => `$${`{${key}}`}`;

const holds = (condition: Condition) =>
  holdsFor(s3, { action: 's3:GetObject', condition, ask: () => asAnn(s3, { path }) });

// F491
describe('the key of a user', () => {
  it.each<readonly [condition: Condition, holds: boolean]>([
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:user/ann' } }, true],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }, false],
    [{ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a*' } }, false],
    [equals('aws:PrincipalAccount', '123456789012'), true],
    [equals('aws:PrincipalType', 'User'), true],
    [equals('aws:username', 'ann'), true],
    [equals('aws:username', 'Ann'), false],
    [{ StringEqualsIgnoreCase: { 'aws:username': 'Ann' } }, true],
    [{ StringLike: { 'aws:userid': 'AIDA*' } }, true],
    [equals('aws:ResourceAccount', '123456789012'), true],
    [{ StringNotEquals: { 's3:ResourceAccount': '123456789012' } }, false],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-04-01T00:00:00Z' } }, true],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-04-01' } }, false],
    [{ DateEquals: { 'aws:EpochTime': '2026-03-31T07:35:05Z' } }, true],
    [{ NumericGreaterThan: { 'aws:EpochTime': 1_774_942_504 } }, true],
    // Long-term keys have no key of MFA, so only IfExists finds them without.
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, false],
    [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, true],
    [absent('aws:MultiFactorAuthAge'), true],
    [absent('aws:TokenIssueTime'), true],
    [{ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }, true],
    [{ Bool: { 'aws:ViaAWSService': 'false' } }, true],
    // All keys have to hold, and one value of each.
    [{ StringEquals: { 'aws:username': ['ann', 'bob'], 'aws:PrincipalType': 'User' } }, true],
    [{ StringEquals: { 'aws:username': ['ann', 'bob'] }, Bool: { 'aws:SecureTransport': false } }, false],
  ])('%j: %s', async (condition, expected) => {
    expect(await holds(condition)).toBe(expected);
  });
});

describe('the key of another caller', () => {
  const deny = (Condition: Condition) => {
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: objects, Condition },
    };
  };

  it.each<readonly [condition: Condition, holds: boolean]>([
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:root' } }, true],
    [equals('aws:PrincipalType', 'Account'), true],
    [equals('aws:userid', '123456789012'), true],
    [absent('aws:username'), true],
    [{ StringNotLike: { 'aws:userid': '123456789012' } }, false],
  ])('of the root user, %j: %s', async (condition, expected) => {
    deny(condition);
    expect((await send({ path })).status).toBe(expected ? 403 : 200);
  });

  it.each<readonly [condition: Condition, status: number]>([
    [equals('aws:PrincipalType', 'Anonymous'), 200],
    [equals('aws:userid', 'anonymous'), 200],
    [absent('aws:PrincipalArn'), 200],
    [equals('aws:PrincipalAccount', 'anonymous'), 200],
    [{ StringEquals: { 'aws:PrincipalAccount': '123456789012' } }, 403],
    [{ StringNotEquals: { 'aws:PrincipalAccount': '123456789012' } }, 200],
  ])('without credentials, %j: %d', async (Condition, status) => {
    s3.bucket('vault').publicAccessBlock = { BlockPublicAcls: true };
    s3.bucket('vault').policy = {
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects, Condition },
    };
    expect((await send({ path, headers: { Authorization: undefined } })).status).toBe(status);
  });

  it('of another account is its own, and the owner of the bucket stays the resource', async () => {
    const partner = s3.createAccount({ name: 'partner' });
    const read = (Condition: Condition) => {
      s3.bucket('vault').policy = {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: partner.id },
          Action: 's3:GetObject',
          Resource: objects,
          Condition,
        },
      };
      return send({ path, headers: { Authorization: signedBy(partner) } });
    };
    expect((await read(equals('aws:PrincipalAccount', partner.id))).status).toBe(200);
    expect((await read(equals('aws:ResourceAccount', '123456789012'))).status).toBe(200);
    expect((await read(equals('aws:ResourceAccount', partner.id))).status).toBe(403);
  });
});

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

  it('without a value matches nothing, and has a default', async () => {
    allow('2012-10-17', `arn:aws:s3:::vault/${variable('aws:PrincipalTag/team')}*`);
    expect(await read('k')).toBe(403);
    allow('2012-10-17', `arn:aws:s3:::vault/${variable("aws:PrincipalTag/team, 'k'")}`);
    expect(await read('k')).toBe(200);
  });

  it('does not bring a wildcard of a request into a resource', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::vault/users/${variable('aws:Referer')}/a` },
    };
    const Authorization = signedBy(s3.account.user('guest', { policy }));
    const readAs = async (key: string, Referer: string) =>
      (await send({ path: `/vault/users/${key}/a`, headers: { Authorization, Referer } })).status;
    expect(await readAs('ann', 'ann')).toBe(200);
    expect(await readAs('ann', '*')).toBe(403);
    expect(await readAs('*', '*')).toBe(200);
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
