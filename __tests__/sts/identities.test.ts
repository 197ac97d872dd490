import { describe, expect, it } from '@jest/globals';
import type { StsCaller } from '../../src/model/sessions/caller';
import { getAccessKeyInfo, getCallerIdentity } from '../../src/sts/identities';
import { answerOf, facts, mayAssume, own, StsScene, trusting } from '../support/sts-scene';

const scene = new StsScene();
scene.account.user('team/ann', {});
scene.role('deployer', { trust: [trusting('*')] });
const { account, store } = scene;
const ann = scene.callerWith(account.user('team/ann').credentials.accessKeyId);
const root = scene.callerWith(account.credentials.accessKeyId);
const callers: Readonly<Record<string, StsCaller>> = {
  user: ann,
  'session of a user': scene.session(scene.getSessionToken(ann).session),
  root,
  'session of root': scene.session(scene.getSessionToken(root).session),
  'key of nobody': scene.callerWith('AKIANOBODY'),
  'session of a role': scene.session(scene.assume(ann).session),
  'federated user': scene.session(scene.getFederationToken(ann).session),
  'session of a role, begun from another account': scene.session(
    scene.assume(scene.user('bob', [mayAssume], scene.partner)).session,
  ),
};

describe('GetCallerIdentity', () => {
  const [userId, roleId] = [account.user('ann').id, account.role('deployer').id];
  it.each([
    ['user', `arn:aws:iam::${own}:user/team/ann`, userId],
    ['session of a user', `arn:aws:iam::${own}:user/team/ann`, userId],
    ['root', `arn:aws:iam::${own}:root`, own],
    ['session of root', `arn:aws:iam::${own}:root`, own],
    ['key of nobody', `arn:aws:iam::${own}:root`, own],
    ['session of a role', `arn:aws:sts::${own}:assumed-role/deployer/build-7`, `${roleId}:build-7`],
    [
      'session of a role, begun from another account',
      `arn:aws:sts::${own}:assumed-role/deployer/build-7`,
      `${roleId}:build-7`,
    ],
    ['federated user', `arn:aws:sts::${own}:federated-user/visitor`, `${own}:visitor`],
  ])('answers the ARN, the id and the account of a %s', (name, Arn, UserId) => {
    const caller = callers[name] ?? ann;
    expect(getCallerIdentity.handle({ store, caller, facts }).output).toEqual({ Arn, UserId, Account: own });
  });

  it('needs no rights, even against a Deny', () => {
    const denied = scene.user('denied', [{ Effect: 'Deny', Action: '*', Resource: '*' }]);
    expect(getCallerIdentity.handle({ store, caller: denied, facts }).output.Account).toBe(own);
  });

  it('answers ARNs of the partition of its host', () => {
    expect(
      getCallerIdentity.handle({ store, caller: root, facts: { ...facts, region: 'us-gov-west-1' } }).output.Arn,
    ).toBe(`arn:aws-us-gov:iam::${own}:root`);
  });
});

// F717
describe('GetAccessKeyInfo', () => {
  it('answers the account of a key of a user, a session or a root user', () => {
    const bob = scene.partner.user('bob').credentials.accessKeyId;
    const session = callers['session of a role']?.accessKeyId;
    const accountOf = (AccessKeyId = 'none') =>
      getAccessKeyInfo.handle({ store, caller: ann, facts }, { AccessKeyId }).output.Account;
    expect({
      bob: accountOf(bob),
      partner: accountOf(scene.partner.credentials.accessKeyId),
      session: accountOf(session),
    }).toEqual({ bob: scene.partner.id, partner: scene.partner.id, session: own });
  });

  it("answers the caller's account for a key that nobody has", () => {
    const AccessKeyId = 'AKIAIOSFODNN7EXAMPLE';
    expect(getAccessKeyInfo.handle({ store, caller: ann, facts }, { AccessKeyId }).output).toEqual({ Account: own });
  });

  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html, API_GetFederationToken.html. F710
  it.each([
    ['federated user', 'only GetCallerIdentity of STS'],
    ['session of root', 'only GetCallerIdentity and AssumeRole of STS'],
  ])('cannot be called by a %s', (name, why) => {
    const caller = callers[name] ?? ann;
    const answer = answerOf(
      () => getAccessKeyInfo.handle({ store, caller, facts }, { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }).output,
    );
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied', why: expect.stringContaining(why) });
    expect(answer.message).toMatch(/ is not authorized to perform: sts:GetAccessKeyInfo$/);
  });

  it('is refused to a user whose policies do not allow it', () => {
    const eve = scene.user('eve', [mayAssume]);
    expect(
      answerOf(
        () => getAccessKeyInfo.handle({ store, caller: eve, facts }, { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }).output,
      ),
    ).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: `User: arn:aws:iam::${own}:user/eve is not authorized to perform: sts:GetAccessKeyInfo`,
      why: `nothing allows user eve of account ${own} to do sts:GetAccessKeyInfo; the policy of user eve was evaluated`,
    });
  });
});
