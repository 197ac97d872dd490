import { expect, it } from '@jest/globals';
import { getSessionToken } from '../../../src/model/sessions/get-session-token';
import { facts, own, StsScene } from '../../support/sts-scene';

function makeScene() {
  const scene = new StsScene();
  scene.role('deployer');
  return { scene, ann: scene.user('ann') };
}

it('the reason of a refused code says that S3 takes its form, if it has a serial number in front', () => {
  const { scene, ann } = makeScene();
  const { mfa } = scene.account.user('ann');
  const { code, why } = scene.refused(ann, { SerialNumber: mfa.serial, TokenCode: mfa.header() });
  expect({ code, why }).toEqual({
    code: 'ValidationError',
    why: 'TokenCode is a serial number, a space and a code, which S3 takes; STS takes the code alone, as nextCode() of the device returns it',
  });
});

it('the reason of a refused role says that it is not an ARN, if it is a name', () => {
  const { scene, ann } = makeScene();
  expect(scene.refused(ann, { RoleArn: 'deployer' }).why).toBe(
    'RoleArn is deployer, which is not an ARN; that of a role is arn:aws:iam::ID:role/NAME, the member arn of its handle',
  );
  expect(scene.refused(ann, { RoleArn: 'arn:aws:iam::1:r/x' }).why).toBeUndefined();
});

it('the reason of the refused root user names it, and its session', () => {
  const { scene } = makeScene();
  const root = scene.callerWith(scene.account.credentials.accessKeyId);
  const { session } = getSessionToken(scene.store, root, {}, facts);
  const asks = `the root user of account ${own} asked; sign with the keys of a user, or name one as the caller: s3.actAs('NAME')`;
  expect({ keys: scene.refused(root).why, session: scene.refused(scene.session(session)).why }).toEqual({
    keys: asks,
    session: `a session of ${asks}`,
  });
});
