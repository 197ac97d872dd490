import { describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../src/model/access/policy-document';
import { makeBucketPolicyTarget } from '../../src/model/access/public-policy';
import { mockTime, own, roleArn, type Statement, StsScene, trusting } from '../support/sts-scene';

const reads: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
const sessionArn = `arn:aws:sts::${own}:assumed-role/deployer/build-7`;

function makeScene(bucketPolicy?: Statement) {
  const scene = new StsScene();
  const bucket = scene.bucket();
  const text = JSON.stringify({ Version: '2012-10-17', Statement: bucketPolicy });
  if (bucketPolicy)
    bucket.change({ policy: readPolicy(text, { ...makeBucketPolicyTarget('vault', 'aws'), accounts: [] }) });
  const tags = [
    { Key: 'team', Value: 'archive' },
    { Key: 'stage', Value: 'test' },
  ];
  scene.role('deployer', {
    tags,
    policy: [],
    trust: [trusting('*', { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] })],
  });
  const input = { Tags: [{ Key: 'Team', Value: 'build' }], SourceIdentity: 'DiegoRamirez' };
  const ann = scene.user('ann');
  const caller = scene.session(scene.assume(ann, input).session);
  return { scene, caller, ann };
}

// F713
describe('a session of a role that STS began', () => {
  const { scene, caller } = makeScene();
  it.each([
    ['aws:PrincipalArn', roleArn],
    ['aws:userid', `${scene.account.role('deployer').id}:build-7`],
    ['aws:username', undefined],
    ['aws:PrincipalType', 'AssumedRole'],
    ['aws:TokenIssueTime', new Date(mockTime).toISOString()],
    ['aws:SourceIdentity', 'DiegoRamirez'],
    ['aws:PrincipalTag/team', 'build'],
    ['aws:PrincipalTag/stage', 'test'],
  ])('has %s at S3: %s', (key, value) => {
    expect(scene.keyAtS3(caller, key)).toEqual(value === undefined ? undefined : [value]);
  });

  it.each([
    ['the role', { AWS: roleArn }, {}, true],
    ['the session', { AWS: sessionArn }, {}, true],
    ['another session', { AWS: `${sessionArn}1` }, {}, false],
    ['everyone whose aws:PrincipalArn is the role', '*', { ArnEquals: { 'aws:PrincipalArn': roleArn } }, true],
    ['everyone whose aws:PrincipalArn is the session', '*', { ArnEquals: { 'aws:PrincipalArn': sessionArn } }, false],
    ['a tag of the session', '*', { StringEquals: { 'aws:PrincipalTag/team': 'build' } }, true],
    [
      'a tag of the role that the session replaced',
      '*',
      { StringEquals: { 'aws:PrincipalTag/team': 'archive' } },
      false,
    ],
  ])('is let in by a bucket policy for %s: %#', (_who, Principal, Condition, isAllowed) => {
    const open = makeScene({ ...reads, Principal, Condition });
    expect(open.scene.atS3(open.caller).allowed).toBe(isAllowed);
  });
});

describe('the device of a user', () => {
  it('goes back to its state with a reset, so that a code works again', () => {
    const { scene, ann } = makeScene();
    const { mfa } = scene.account.user('ann');
    const before = scene.store.snapshot();
    const code = { SerialNumber: mfa.serial, TokenCode: mfa.code() };
    scene.assume(ann, code);
    expect(scene.refused(ann, code).why).toMatch(/was already accepted/);
    scene.store.restore(before);
    expect(scene.assume(ann, code).session.role).toBe('deployer');
  });
});
