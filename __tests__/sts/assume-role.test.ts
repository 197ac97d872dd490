import { describe, expect, it } from '@jest/globals';
import { makeRootCaller } from '../../src/model/identity/caller';
import {
  mayAssume,
  mockTime,
  notAuthorized,
  own,
  processTime,
  roleArn,
  StsScene,
  trusting,
  userArn,
} from '../support/sts-scene';

function makeScene(role: Parameters<StsScene['role']>[1] = {}): StsScene {
  const scene = new StsScene();
  scene.role('deployer', role);
  return scene;
}

describe('AssumeRole', () => {
  it('answers the credentials of a session, and its ARN and id', () => {
    const scene = makeScene();
    const { output, session, note } = scene.assume(scene.user('ann'));
    const { accessKeyId, secretAccessKey, sessionToken } = session.credentials;
    expect(output).toEqual({
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: expect.any(Date),
      },
      AssumedRoleUser: {
        Arn: `arn:aws:sts::${own}:assumed-role/deployer/build-7`,
        AssumedRoleId: `${scene.account.role('deployer').id}:build-7`,
      },
    });
    expect(note).toBeUndefined();
    expect(scene.store.findSession(accessKeyId)).toBe(session);
  });

  // F712
  it('answers an expiration by the clock of the process, while the session ends by the clock of the mock', () => {
    const scene = makeScene();
    const { output, session } = scene.assume(scene.user('ann'), { DurationSeconds: 900 });
    expect({ answered: output.Credentials.Expiration, ends: session.expires }).toEqual({
      answered: new Date(Math.floor(processTime / 1000) * 1000 + 900_000),
      ends: mockTime + 900_000,
    });
  });

  it('begins a session of an hour if it has no duration', () => {
    const scene = makeScene();
    expect(scene.assume(scene.user('ann')).session.expires - mockTime).toBe(3_600_000);
  });

  it('leaves the path of a role out of the ARN of its session', () => {
    const scene = new StsScene();
    scene.role('team/deployer');
    const { output } = scene.assume(scene.user('ann'), { RoleArn: `arn:aws:iam::${own}:role/team/deployer` });
    expect(output.AssumedRoleUser.Arn).toBe(`arn:aws:sts::${own}:assumed-role/deployer/build-7`);
  });

  it('names roles by the partition of its host', () => {
    const scene = makeScene();
    const RoleArn = `arn:aws-cn:iam::${own}:role/deployer`;
    expect(scene.assume(scene.user('ann'), { RoleArn }, { region: 'cn-north-1' }).output.AssumedRoleUser.Arn).toBe(
      `arn:aws-cn:sts::${own}:assumed-role/deployer/build-7`,
    );
    expect(scene.refused(scene.user('ann'), { RoleArn })).toMatchObject(
      notAuthorized(userArn, 'sts:AssumeRole', RoleArn),
    );
  });
});

// F702
describe('the root user', () => {
  it('may not assume roles, by its keys or by a session', () => {
    const scene = makeScene();
    const root = scene.callerWith(scene.account.credentials.accessKeyId);
    const { session } = scene.getSessionToken(root);
    const refusal = { status: 403, code: 'AccessDenied', message: 'Roles may not be assumed by root accounts.' };
    const why = `the root user of account ${own} sent the request; sign with the keys of a user, or make a user the caller: s3.actAs('NAME')`;
    expect(scene.refused(root)).toMatchObject({ ...refusal, why });
    expect(scene.refused(scene.session(session))).toMatchObject({ ...refusal, why: `a session of ${why}` });
  });

  it('may not if a test names it as the acting caller', () => {
    const scene = makeScene();
    scene.store.acting = { ...makeRootCaller(scene.account), accessKeyId: scene.account.credentials.accessKeyId };
    expect(scene.refused(scene.callerWith('AKIAUNKNOWN')).message).toBe('Roles may not be assumed by root accounts.');
  });

  it('may if keys stand for it that belong to nobody, with a note', () => {
    const scene = makeScene();
    expect(String(scene.assume(scene.callerWith('AKIAUNKNOWN')).note)).toBe(
      `on AWS, a root user cannot assume roles: the key AKIAUNKNOWN belongs to nobody, so it stands for the root user of account ${own}; give the code the keys of a user, or make a user the caller: s3.actAs('NAME')`,
    );
    const ofEnvironment = scene.callerWith(scene.store.environmentCredentials.accessKeyId);
    expect(String(scene.assume(ofEnvironment).note)).toMatch(/^on AWS, a root user cannot/);
  });

  it('is a user if the test names one as the acting caller', () => {
    const scene = makeScene({ trust: [trusting(userArn)] });
    const { account: _account, ...ann } = scene.user('ann');
    scene.store.acting = { ...ann, account: scene.account };
    expect(scene.assume(scene.callerWith('AKIAUNKNOWN')).note).toBeUndefined();
  });
});

describe('a role that does not exist', () => {
  it('is refused in the words of one that does not trust, and the reason names the roles', () => {
    const scene = makeScene();
    const RoleArn = `arn:aws:iam::${own}:role/deploier`;
    expect(scene.refused(scene.user('ann'), { RoleArn })).toEqual({
      ...notAuthorized(userArn, 'sts:AssumeRole', RoleArn),
      why: `there is no role ${RoleArn}; the roles are: ${roleArn}. Did you mean ${roleArn}?`,
    });
  });

  it('is refused with a hint at the one that has a path in front of the name, before those with names alike', () => {
    const scene = new StsScene();
    for (const name of ['bacup', 'teams/night/backup']) scene.role(name);
    const RoleArn = `arn:aws:iam::${own}:role/backup`;
    expect(scene.refused(scene.user('ann'), { RoleArn }).why).toMatch(
      /Did you mean arn:aws:iam::\d+:role\/teams\/night\/backup\?$/,
    );
  });

  it('is refused with a reason that names the account that the mock lacks', () => {
    const scene = makeScene();
    const RoleArn = 'arn:aws:iam::999999999999:role/deployer';
    expect(scene.refused(scene.user('ann'), { RoleArn }).why).toMatch(
      `there is no role ${RoleArn}; the mock has no account 999999999999, and the default one is account ${own}; the roles are:`,
    );
  });

  it('is refused with a reason that says how to make one', () => {
    const scene = new StsScene();
    expect(scene.refused(scene.user('ann')).why).toBe(
      `there is no role ${roleArn}; there are no roles; s3.account.role('NAME') creates a role.`,
    );
  });

  it('is one with another path', () => {
    const scene = new StsScene();
    scene.role('team/deployer');
    expect(scene.refused(scene.user('ann')).why).toMatch(
      /the roles are: arn:aws:iam::111111111111:role\/team\/deployer/,
    );
  });
});

// F701
describe('AssumeRole refuses', () => {
  it.each([
    'arn::b:::something/test-role',
    'arn:a::::something/test-role',
    'arn:aws:iam::role/test-role',
    'arn:aws:iam::111111111111:',
    'x'.repeat(20),
  ])('the text %s as a role', (RoleArn) => {
    const scene = makeScene();
    expect(scene.refused(scene.user('ann'), { RoleArn })).toMatchObject({
      status: 400,
      code: 'ValidationError',
      message: `${RoleArn} is invalid`,
    });
  });
});

// F704
describe('a duration', () => {
  it('above that of the role is refused', () => {
    const scene = makeScene();
    expect(scene.refused(scene.user('ann'), { DurationSeconds: 3601 })).toEqual({
      status: 400,
      code: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      why: 'DurationSeconds is 3601, and sessions of role deployer last 3600 seconds at most; its option maxSessionDuration allows up to 12 hours',
    });
  });

  it('up to that of the role is accepted', () => {
    const scene = makeScene({ maxSessionDuration: 7200 });
    expect(scene.assume(scene.user('ann'), { DurationSeconds: 7200 }).session.expires).toBe(mockTime + 7_200_000);
  });

  it.each(['a session of a role', 'a session of a user'])('above an hour is refused to %s', (who) => {
    const scene = makeScene({ maxSessionDuration: 43_200 });
    const ann = scene.user('ann');
    const begun = who === 'a session of a role' ? scene.assume(ann) : scene.getSessionToken(ann);
    const caller = scene.session(begun.session);
    expect(scene.assume(caller, { DurationSeconds: 3600 }).session.expires).toBe(mockTime + 3_600_000);
    expect(scene.refused(caller, { DurationSeconds: 3601 })).toMatchObject({
      status: 400,
      code: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    });
  });

  it('above both limits is refused for that of the role', () => {
    const scene = makeScene();
    const caller = scene.session(scene.assume(scene.user('ann')).session);
    expect(scene.refused(caller, { DurationSeconds: 3601 }).message).toMatch(/MaxSessionDuration/);
  });
});

describe('a source identity', () => {
  const trust = [trusting('*', { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] })];

  it('is answered, and inherited by the sessions that the session begins', () => {
    const scene = makeScene({ trust });
    const first = scene.assume(scene.user('ann'), { SourceIdentity: 'DiegoRamirez' });
    const second = scene.assume(scene.session(first.session));
    const third = scene.assume(scene.session(first.session), { SourceIdentity: 'DiegoRamirez' });
    expect([first, second, third].map(({ output }) => output.SourceIdentity)).toEqual(Array(3).fill('DiegoRamirez'));
  });

  it('cannot be changed by a session that has one', () => {
    const scene = makeScene({ trust });
    const { session } = scene.assume(scene.user('ann'), { SourceIdentity: 'DiegoRamirez' });
    expect(scene.refused(scene.session(session), { SourceIdentity: 'Someone' })).toEqual({
      status: 400,
      code: 'ValidationError',
      message: 'The source identity is already set for this assume role session',
      why: 'SourceIdentity is Someone, and the calling session has DiegoRamirez',
    });
  });

  it('needs sts:SetSourceIdentity, given or inherited', () => {
    const scene = makeScene({ trust });
    scene.role('plain', { trust: [trusting('*')] });
    const plain = `arn:aws:iam::${own}:role/plain`;
    const given = scene.refused(scene.user('ann'), { RoleArn: plain, SourceIdentity: 'ann' });
    expect(given).toMatchObject(notAuthorized(userArn, 'sts:SetSourceIdentity', plain));
    expect(given.why).toBe(
      `nothing allows user ann of account ${own} to do sts:SetSourceIdentity on ${plain}; the trust policy of role plain was evaluated; a request with a source identity needs it in addition to sts:AssumeRole`,
    );
    const { session } = scene.assume(scene.user('ann'), { SourceIdentity: 'ann' });
    const inherited = scene.refused(scene.session(session), { RoleArn: plain });
    const caller = `arn:aws:sts::${own}:assumed-role/deployer/build-7`;
    expect(inherited).toMatchObject(notAuthorized(caller, 'sts:SetSourceIdentity', plain));
  });

  it('is refused by a condition on its value, and a condition without one refuses AssumeRole', () => {
    const Condition = { StringLike: { 'sts:SourceIdentity': 'D*' } };
    const [statement = {}] = trust;
    const scene = makeScene({ trust: [{ ...statement, Condition }] });
    const ann = scene.user('ann');
    expect(scene.assume(ann, { SourceIdentity: 'Diego' }).output.SourceIdentity).toBe('Diego');
    expect(scene.refused(ann)).toMatchObject(notAuthorized(userArn));
    expect(scene.refused(ann).why).toMatch('and the request has none, as it has no SourceIdentity');
    const onlyThere = new StsScene();
    onlyThere.role('deployer', {
      trust: [trusting('*'), trusting('*', { Action: 'sts:SetSourceIdentity', Condition })],
    });
    expect(onlyThere.refused(onlyThere.user('ann'), { SourceIdentity: 'ann' })).toMatchObject(
      notAuthorized(userArn, 'sts:SetSourceIdentity'),
    );
  });
});

// F705
describe('session tags', () => {
  const trust = [trusting('*', { Action: ['sts:AssumeRole', 'sts:TagSession'] })];
  const Tags = [{ Key: 'Team', Value: 'archive' }];

  it('need sts:TagSession', () => {
    const scene = makeScene({ trust: [trusting(userArn)] });
    expect(scene.refused(scene.user('ann'), { Tags })).toEqual({
      ...notAuthorized(userArn, 'sts:TagSession'),
      why: `nothing allows user ann of account ${own} to do sts:TagSession on ${roleArn}; the trust policy of role deployer was evaluated; a request with Tags, or from a session with transitive tags, needs it in addition to sts:AssumeRole`,
    });
    const limited = makeScene({
      trust: [trusting(own, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] })],
    });
    expect(limited.refused(limited.user('ann', [mayAssume]), { Tags })).toMatchObject(
      notAuthorized(userArn, 'sts:TagSession'),
    );
  });

  it('need sts:TagSession if they are inherited, too, and not if they are not transitive', () => {
    const scene = makeScene({ trust });
    scene.role('plain', { trust: [trusting('*')] });
    const RoleArn = `arn:aws:iam::${own}:role/plain`;
    const from = (TransitiveTagKeys: readonly string[]) =>
      scene.session(scene.assume(scene.user('ann'), { Tags, TransitiveTagKeys }).session);
    expect(scene.assume(from([]), { RoleArn }).session.tags).toEqual([]);
    expect(scene.refused(from(['Team']), { RoleArn })).toMatchObject(
      notAuthorized(`arn:aws:sts::${own}:assumed-role/deployer/build-7`, 'sts:TagSession', RoleArn),
    );
  });

  it.each([
    [
      'a key that AWS reserves',
      { Tags: [...Tags, { Key: 'aws:team', Value: 'x' }] },
      'Tag keys and values that begin with aws: are reserved for AWS use.',
    ],
    [
      'a value that AWS reserves',
      { Tags: [...Tags, { Key: 'job', Value: 'AWS:x' }] },
      'Tag keys and values that begin with aws: are reserved for AWS use.',
    ],
    [
      'two of one key in other letters',
      { Tags: [...Tags, { Key: 'team', Value: 'x' }] },
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'a transitive key that is none of them',
      { Tags, TransitiveTagKeys: ['stage'] },
      'The specified transitive tag key must be included in the requested tags.',
    ],
  ])('are refused: %s', (_what, input, message) => {
    const scene = makeScene({ trust });
    expect(scene.refused(scene.user('ann'), input)).toMatchObject({
      status: 400,
      code: 'InvalidParameterValue',
      message,
    });
  });

  it('pass on those with transitive keys, in whatever letters, which the session behind cannot replace', () => {
    const scene = makeScene({ trust });
    const further = [...Tags, { Key: 'stage', Value: 'test' }];
    const { session } = scene.assume(scene.user('ann'), { Tags: further, TransitiveTagKeys: ['TEAM'] });
    const next = scene.assume(scene.session(session), { Tags: [{ Key: 'job', Value: '7' }] });
    expect(next.session.tags).toEqual([{ Key: 'job', Value: '7' }, ...Tags]);
    expect(scene.assume(scene.session(next.session)).session.tags).toEqual(Tags);
    expect(scene.refused(scene.session(session), { Tags: [{ Key: 'tEAM', Value: 'x' }] })).toMatchObject({
      status: 400,
      code: 'InvalidParameterValue',
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  });

  it('make a packed size, which requests without policies and tags lack', () => {
    const scene = makeScene({ trust });
    expect(scene.assume(scene.user('ann'), { Tags }).output.PackedPolicySize).toBe(1);
    expect(scene.assume(scene.user('ann')).output).not.toHaveProperty('PackedPolicySize');
  });
});
