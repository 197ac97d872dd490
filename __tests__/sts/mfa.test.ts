import { describe, expect, it } from '@jest/globals';
import { checkMfa } from '../../src/model/mfa-delete';
import type { StsInputOf } from '../../src/sts/table';
import { answerOf, notAuthorized, own, roleArn, StsScene, trusting, userArn } from '../support/sts-scene';

const serial = `arn:aws:iam::${own}:mfa/ann`;
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

function makeScene() {
  const scene = new StsScene();
  scene.role('deployer', { trust: [trusting(userArn, withMfa)] });
  const ann = scene.user('ann');
  const { mfa } = scene.account.user('ann');
  return { scene, ann, mfa };
}

// F709
describe.each(['AssumeRole', 'GetSessionToken'])('%s with MFA is refused', (operation) => {
  const refusedWith = (input: StsInputOf<'GetSessionToken'>) => {
    const { scene, ann } = makeScene();
    return operation === 'AssumeRole' ? scene.refused(ann, input) : answerOf(() => scene.getSessionToken(ann, input));
  };

  it.each([
    [{ SerialNumber: serial }, 'SerialNumber and no TokenCode'],
    [{ TokenCode: '123456' }, 'TokenCode and no SerialNumber'],
  ])('without one of the two: %p', (input, has) => {
    expect(refusedWith(input)).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
      why: `the request has ${has}`,
    });
  });

  it.each([
    ['an unknown device', `${serial}a`, `not ${serial}a`],
    ["the root user's device", `arn:aws:iam::${own}:mfa/root-account-mfa-device`, 'not arn'],
    ['the ARN of the user', userArn, 'which is the ARN of the user itself'],
  ])('for %s', (_what, SerialNumber, why) => {
    const { why: reason, ...refusal } = refusedWith({ SerialNumber, TokenCode: '123456' });
    expect(refusal).toEqual({
      status: 403,
      code: 'AccessDenied',
      message:
        'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    });
    expect(reason).toContain(`user ann of account ${own} has the MFA device ${serial}, ${why}`);
  });

  it('for a wrong code', () => {
    const { mfa } = makeScene();
    expect(refusedWith({ SerialNumber: serial, TokenCode: mfa.wrongCode() })).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      why: expect.stringContaining(`${serial} does not show the code `),
    });
  });
});

describe('a code of a user', () => {
  it('satisfies a trust policy that asks for MFA, with an age of no time', () => {
    const { scene, ann, mfa } = makeScene();
    expect(scene.refused(ann)).toMatchObject(notAuthorized(userArn));
    const code = { SerialNumber: serial, TokenCode: mfa.nextCode() };
    expect(scene.assume(ann, code).session.role).toBe('deployer');
    scene.role('fresh', {
      trust: [trusting('*', { Condition: { NumericEquals: { 'aws:MultiFactorAuthAge': '0' } } })],
    });
    const fresh = { RoleArn: `arn:aws:iam::${own}:role/fresh`, SerialNumber: serial, TokenCode: mfa.nextCode() };
    expect(scene.assume(ann, fresh).session.role).toBe('fresh');
  });

  it('is accepted if the trust policy does not ask for one', () => {
    const scene = new StsScene();
    scene.role('deployer');
    const ann = scene.user('ann');
    const { mfa } = scene.account.user('ann');
    expect(scene.assume(ann, { SerialNumber: serial, TokenCode: mfa.nextCode() }).session.role).toBe('deployer');
  });

  it('works once over AssumeRole and GetSessionToken', () => {
    const { scene, ann, mfa } = makeScene();
    const code = { SerialNumber: serial, TokenCode: mfa.code() };
    scene.assume(ann, code);
    const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
    const why = `the code ${code.TokenCode} was already accepted at 12:00:00; each code works only once, so get another code: s3.account.user('ann').mfa.nextCode(), which gives another at once; the device by itself shows the used code until 12:00:30`;
    expect(scene.refused(ann, code)).toMatchObject({ message, why });
    expect(answerOf(() => scene.getSessionToken(ann, code))).toMatchObject({
      message,
      why,
    });
    scene.store.clock.advance({ seconds: 30 });
    expect(mfa.code()).not.toBe(code.TokenCode);
    expect(scene.assume(ann, { ...code, TokenCode: mfa.code() }).session.role).toBe('deployer');
  });

  it('is used up by a request that the trust policy refuses then', () => {
    const { scene, ann, mfa } = makeScene();
    scene.role('closed', { trust: [trusting(`${userArn}a`)] });
    const code = { SerialNumber: serial, TokenCode: mfa.nextCode() };
    expect(scene.refused(ann, { ...code, RoleArn: `arn:aws:iam::${own}:role/closed` }).message).toMatch(
      /not authorized/,
    );
    expect(scene.refused(ann, code).message).toMatch(/invalid MFA one time pass code/);
  });

  it('of the root user works once over S3 and STS', () => {
    const { scene } = makeScene();
    const bucket = scene.bucket();
    const root = scene.callerWith(scene.account.credentials.accessKeyId);
    const { mfa } = scene.account;
    const header = mfa.header();
    checkMfa(bucket, { caller: root, mfa: header, temporary: false });
    const [SerialNumber = '', TokenCode = ''] = header.split(' ');
    const refused = answerOf(() => scene.getSessionToken(root, { SerialNumber, TokenCode }));
    expect(refused.message).toMatch(/invalid MFA one time pass code/);
    const fresh = { SerialNumber, TokenCode: mfa.nextCode() };
    expect(scene.getSessionToken(root, fresh).session.mfa).toBe(true);
    const again = { caller: root, mfa: `${SerialNumber} ${fresh.TokenCode}`, temporary: false };
    expect(answerOf(() => checkMfa(bucket, again)).why).toMatch(/was already accepted/);
  });

  it('of a device that a test deactivated is refused as that of an unknown device', () => {
    const { scene, ann, mfa } = makeScene();
    mfa.deactivate();
    expect(scene.refused(ann, { SerialNumber: serial, TokenCode: mfa.nextCode() })).toMatchObject({
      message: expect.stringMatching(/unable to validate MFA code/),
      why: `${serial} was deactivated, and its codes are not accepted until it is activated again`,
    });
  });

  it('is refused to sessions of roles, which have no device', () => {
    const { scene, ann, mfa } = makeScene();
    const code = () => ({ SerialNumber: serial, TokenCode: mfa.nextCode() });
    const caller = scene.session(scene.assume(ann, code()).session);
    expect(scene.refused(caller, code()).message).toMatch(/unable to validate MFA code/);
    expect(scene.refused(caller, code()).why).toBe(
      `session build-7 of role deployer of account ${own} has no MFA device; sessions of roles and federated users have none`,
    );
  });

  it('is accepted from a session of the user', () => {
    const { scene, ann, mfa } = makeScene();
    const { session } = scene.getSessionToken(ann);
    const code = { SerialNumber: serial, TokenCode: mfa.nextCode() };
    expect(scene.assume(scene.session(session), code).session.role).toBe('deployer');
  });
});

// F716
describe('aws:MultiFactorAuthPresent', () => {
  const code = (scene: StsScene) => ({ SerialNumber: serial, TokenCode: scene.account.user('ann').mfa.nextCode() });
  const seenAtS3 = (scene: StsScene, caller: Parameters<StsScene['keyAtS3']>[0]) => ({
    present: scene.keyAtS3(caller, 'aws:MultiFactorAuthPresent'),
    age: scene.keyAtS3(caller, 'aws:MultiFactorAuthAge'),
  });

  it('is absent with the keys of a user', () => {
    const { scene, ann } = makeScene();
    expect(seenAtS3(scene, ann)).toEqual({ present: undefined, age: undefined });
  });

  it('is true, with an age, after GetSessionToken with a code', () => {
    const { scene, ann } = makeScene();
    const caller = scene.session(scene.getSessionToken(ann, code(scene)).session);
    scene.store.clock.advance({ minutes: 5 });
    expect(seenAtS3(scene, caller)).toEqual({ present: ['true'], age: ['300'] });
  });

  it('is false after GetSessionToken without a code', () => {
    const { scene, ann } = makeScene();
    const caller = scene.session(scene.getSessionToken(ann).session);
    expect(seenAtS3(scene, caller)).toEqual({ present: ['false'], age: undefined });
  });

  it('is false after AssumeRole with a code, although the trust policy sees it true', () => {
    const { scene, ann } = makeScene();
    const caller = scene.session(scene.assume(ann, code(scene)).session);
    expect(seenAtS3(scene, caller)).toEqual({ present: ['false'], age: undefined });
  });

  it('is inherited with its age by the roles that a session with MFA assumes', () => {
    const { scene, ann } = makeScene();
    const first = scene.session(scene.getSessionToken(ann, code(scene)).session);
    scene.store.clock.advance({ minutes: 5 });
    const second = scene.session(scene.assume(first).session);
    scene.store.clock.advance({ minutes: 5 });
    scene.role('next', { trust: [trusting(roleArn, withMfa)] });
    const third = scene.session(scene.assume(second, { RoleArn: `arn:aws:iam::${own}:role/next` }).session);
    expect(seenAtS3(scene, second)).toEqual({ present: ['true'], age: ['600'] });
    expect(seenAtS3(scene, third)).toEqual({ present: ['true'], age: ['600'] });
  });
});
