import { expect, it } from '@jest/globals';
import { getSessionToken } from '../../src/sts/user-sessions';
import { facts, own, StsScene } from '../support/sts-scene';

function makeScene() {
  const scene = new StsScene();
  scene.role('deployer');
  return { scene, ann: scene.user('ann') };
}

it('the reason of the refused root user names it, and its session', () => {
  const { scene } = makeScene();
  const root = scene.callerWith(scene.account.credentials.accessKeyId);
  const { session } = getSessionToken.handle({ store: scene.store, caller: root, facts }, {});
  const asks = `the root user of account ${own} asked; sign with the keys of a user, or name one as the caller: s3.actAs('NAME')`;
  expect({ keys: scene.refused(root).why, session: scene.refused(scene.session(session)).why }).toEqual({
    keys: asks,
    session: `a session of ${asks}`,
  });
});
