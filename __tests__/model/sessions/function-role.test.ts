import { describe, expect, it } from '@jest/globals';
import { beginFunctionSession, whyNotAssumed } from '../../../src/model/sessions/function-role';
import { own, type Statement, StsScene } from '../../support/sts-scene';

const arn = 'arn:aws:lambda:us-east-1:111111111111:function:thumbnail';
const asked = { role: 'worker', name: 'thumbnail', arn };

function makeScene(Condition?: Statement): StsScene {
  const scene = new StsScene();
  const Principal = { Service: 'lambda.amazonaws.com' };
  scene.role('worker', {
    trust: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) }],
  });
  return scene;
}

// F1510
describe('the session of a function', () => {
  it('is a session of its role without MFA and without a policy of its own, and knows the function', () => {
    const { store, account } = makeScene();
    const caller = beginFunctionSession(store, asked);
    expect(caller).toEqual({
      account,
      role: 'worker',
      user: undefined,
      accessKeyId: caller.session?.credentials.accessKeyId,
      session: expect.objectContaining({ name: 'thumbnail', role: 'worker', mfa: false }),
    });
    const ofFunction = new Map([['lambda:sourcefunctionarn', { key: 'lambda:SourceFunctionArn', values: [arn] }]]);
    expect(caller.session?.conditions).toEqual(ofFunction);
    expect(caller.accessKeyId).toMatch(/^ASIA/);
    const { session } = beginFunctionSession(store, { ...asked, arn: undefined });
    expect(session?.conditions).toEqual(new Map());
  });

  it.each(['reader', 'team/reader', `arn:aws:iam::${own}:role/team/reader`])('is of the role that %s names', (role) => {
    const scene = new StsScene();
    scene.role('team/reader');
    expect(beginFunctionSession(scene.store, { ...asked, role }).role).toBe('reader');
  });

  it.each(['team/reader/', 'other/reader', 'writer', `arn:aws:iam::${own}:role/reader`])('is of no role %s', (role) => {
    const scene = new StsScene();
    scene.role('team/reader');
    expect(String(whyNotAssumed(scene.store, { ...asked, role }))).toMatch(/there is no role arn:aws:iam::/);
  });
});

// F885, F715
describe('the trust policy of the role of a function has the key', () => {
  it.each<[key: string, condition: Statement]>([
    ['sts:RoleSessionName', { StringEquals: { 'sts:RoleSessionName': 'thumbnail' } }],
    ['aws:ResourceAccount', { StringEquals: { 'aws:ResourceAccount': own } }],
    ['aws:CurrentTime', { DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:01Z' } }],
    ['aws:PrincipalIsAWSService', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['aws:PrincipalServiceName', { StringEquals: { 'aws:PrincipalServiceName': 'lambda.amazonaws.com' } }],
  ])('%s', (key, condition) => {
    expect(whyNotAssumed(makeScene(condition).store, asked)).toBeUndefined();
    const absent = makeScene({ Null: { [key]: 'true' } });
    expect(String(whyNotAssumed(absent.store, asked))).toMatch(`came nearest, whose condition Null ${key}`);
  });

  it('of a user not', () => {
    expect(whyNotAssumed(makeScene({ Null: { 'aws:username': 'true' } }).store, asked)).toBeUndefined();
  });
});
