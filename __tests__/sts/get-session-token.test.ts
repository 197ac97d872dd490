import { describe, expect, it } from '@jest/globals';
import type { StsInputOf } from '../../src/sts/table';
import { answerOf, mockTime, processTime, StsScene } from '../support/sts-scene';

const denyAll = [{ Effect: 'Deny', Action: '*', Resource: '*' }];

function makeScene(caller: 'user' | 'root') {
  const scene = new StsScene();
  const { accessKeyId } = scene.account.credentials;
  const owner = caller === 'user' ? scene.user('ann', denyAll) : scene.callerWith(accessKeyId);
  const ask = (input: StsInputOf<'GetSessionToken'> = {}) => scene.getSessionToken(owner, input);
  return { scene, owner, ask };
}

describe('GetSessionToken', () => {
  it('answers credentials alone, and needs no rights, even against a Deny', () => {
    const { session, output } = makeScene('user').ask();
    expect(output).toEqual({
      Credentials: {
        AccessKeyId: session.credentials.accessKeyId,
        SecretAccessKey: session.credentials.secretAccessKey,
        SessionToken: session.credentials.sessionToken,
        Expiration: new Date(Math.floor(processTime / 1000) * 1000 + 43_200_000),
      },
    });
  });

  // F704
  it.each<['user' | 'root', number | undefined, number]>([
    ['user', undefined, 43_200],
    ['user', 900, 900],
    ['user', 129_600, 129_600],
    ['root', undefined, 3600],
    ['root', 900, 900],
    ['root', 129_600, 3600],
  ])('of a %s with the duration %p lasts %i seconds', (caller, DurationSeconds, seconds) => {
    expect(makeScene(caller).ask(DurationSeconds === undefined ? {} : { DurationSeconds }).session.expires).toBe(
      mockTime + seconds * 1000,
    );
  });

  it('begins a session with the policies of the user', () => {
    const { scene, ask } = makeScene('user');
    scene.bucket();
    expect(scene.atS3(scene.session(ask().session))).toMatchObject({
      allowed: false,
      by: { kind: 'statement', policy: { title: 'the policy of user ann' } },
    });
  });

  // F710
  it.each([
    ['GetSessionToken', 'a session of a user'],
    ['GetSessionToken', 'a session of a role'],
    ['GetSessionToken', 'a federated user'],
    ['GetFederationToken', 'a session of a user'],
    ['GetFederationToken', 'a session of a role'],
  ])('%s is refused to %s', (operation, who) => {
    const scene = new StsScene();
    scene.role('deployer');
    const ann = scene.user('ann');
    const begin = {
      'a session of a user': () => scene.getSessionToken(ann),
      'a session of a role': () => scene.assume(ann),
      'a federated user': () => scene.getFederationToken(ann),
    }[who];
    if (begin === undefined) throw new Error(who);
    const caller = scene.session(begin().session);
    const call =
      operation === 'GetSessionToken' ? () => scene.getSessionToken(caller) : () => scene.getFederationToken(caller);
    expect(answerOf(call)).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: `Cannot call ${operation} with session credentials`,
      why: expect.stringMatching(/needs the permanent keys of a user$/),
    });
  });
});
