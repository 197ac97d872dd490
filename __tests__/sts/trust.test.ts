import { describe, expect, it } from '@jest/globals';
import type { RequestFacts } from '../../src/model/sessions/trust';
import { S3Error } from '../../src/refusals';
import type { AssumeRoleInput } from '../../src/sts/assume-role';
import {
  mayAssume,
  notAuthorized,
  own,
  roleArn,
  type Statement,
  StsScene,
  trusting,
  userArn,
  userPolicy,
} from '../support/sts-scene';
import { refusalThrownBy } from '../support/thrown';

const others: readonly Statement[] = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
const denies: readonly Statement[] = [mayAssume, { Effect: 'Deny', Action: 'sts:*', Resource: '*' }];

function variable(name: string): string {
  return `$\{${name}}`;
}

function answer(
  who: 'ann' | 'bob',
  trust: readonly Statement[] | undefined,
  identity: readonly Statement[] | undefined,
) {
  const scene = new StsScene();
  scene.role('deployer', trust === undefined ? {} : { trust });
  const caller = scene.user(who, identity, who === 'ann' ? scene.account : scene.partner);
  try {
    scene.assume(caller);
    return 'assumed';
  } catch (error) {
    return error instanceof S3Error ? error.refusal : error;
  }
}

// F703
describe('a role is assumed', () => {
  const account = trusting(own);
  const partner = trusting(new StsScene().partner.id);
  it.each<[string, 'ann' | 'bob', readonly Statement[] | undefined, readonly Statement[] | undefined, boolean]>([
    ['without trust, by a user of its account without policies', 'ann', undefined, undefined, true],
    ['without trust, by a user of its account with other policies', 'ann', undefined, others, true],
    ['without trust, not by one whose policy denies it', 'ann', undefined, denies, false],
    ['without trust, not by a user of another account', 'bob', undefined, undefined, false],
    ['by a user that the trust policy names', 'ann', [trusting(userArn)], others, true],
    [
      'not by one that it does not name, whatever its own policy allows',
      'ann',
      [trusting(`${userArn}a`)],
      [mayAssume],
      false,
    ],
    ['not by one that it names and whose own policy denies it', 'ann', [trusting(userArn)], denies, false],
    ['not by one that it denies', 'ann', [trusting('*'), { ...trusting(userArn), Effect: 'Deny' }], [mayAssume], false],
    ['by everyone of its account, if the principal is *', 'ann', [trusting('*')], others, true],
    ['by a user of the account that it names, without policies', 'ann', [account], undefined, true],
    ['by a user of the account that it names, whose policy allows it', 'ann', [account], [mayAssume], true],
    ['not by a user of the account that it names, whose policy does not', 'ann', [account], others, false],
    ['by a user of another account, if both sides allow it', 'bob', [partner], [mayAssume], true],
    ['not by a user of another account, if its policy does not', 'bob', [partner], others, false],
    ['not by a user of another account, if the trust policy does not', 'bob', [account], [mayAssume], false],
    [
      'by everyone of another account whose policy allows it, if the principal is *',
      'bob',
      [trusting('*')],
      [mayAssume],
      true,
    ],
    [
      'not for an action that the statement lacks',
      'ann',
      [trusting(userArn, { Action: 'sts:TagSession' })],
      undefined,
      false,
    ],
    ['by a pattern of actions', 'ann', [trusting(userArn, { Action: 'sts:AssumeRole*' })], undefined, true],
  ])('%s', (_title, who, trust, identity, isAssumed) => {
    expect(answer(who, trust, identity)).toBe(isAssumed ? 'assumed' : 'StsNotAuthorized');
  });

  it('by a session, named by its role or by itself', () => {
    const scene = new StsScene();
    scene.role('reader');
    const reader = `arn:aws:iam::${own}:role/reader`;
    const session = `arn:aws:sts::${own}:assumed-role/reader/work`;
    const caller = scene.session(scene.assume(scene.user('ann'), { RoleArn: reader, RoleSessionName: 'work' }).session);
    scene.role('byRole', { trust: [trusting(reader)] });
    scene.role('bySession', { trust: [trusting(session)] });
    scene.role('byNeither', { trust: [trusting(`${session}-2`)] });
    const assume = (name: string) => scene.assume(caller, { RoleArn: `arn:aws:iam::${own}:role/${name}` });
    expect(assume('byRole').session.role).toBe('byRole');
    expect(assume('bySession').session.role).toBe('bySession');
    expect(() => assume('byNeither')).toThrow(/StsNotAuthorized/);
  });

  it('by a session with a policy that lacks the action only if it is named itself', () => {
    const scene = new StsScene();
    scene.role('reader');
    const reader = `arn:aws:iam::${own}:role/reader`;
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: others });
    const begun = scene.assume(scene.user('ann'), { RoleArn: reader, RoleSessionName: 'work', Policy });
    const caller = scene.session(begun.session);
    scene.role('deployer', { trust: [trusting(reader)] });
    scene.role('bySession', { trust: [trusting(`arn:aws:sts::${own}:assumed-role/reader/work`)] });
    expect(scene.refused(caller)).toMatchObject({
      ...notAuthorized(`arn:aws:sts::${own}:assumed-role/reader/work`),
      why: expect.stringMatching(/and the policy of the session must also allow it/),
    });
    expect(scene.assume(caller, { RoleArn: `arn:aws:iam::${own}:role/bySession` }).session.role).toBe('bySession');
  });

  it('not by a session whose own policy denies it, although its role may', () => {
    const scene = new StsScene();
    scene.role('reader');
    const reader = `arn:aws:iam::${own}:role/reader`;
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: denies });
    const begun = scene.assume(scene.user('ann'), { RoleArn: reader, RoleSessionName: 'work', Policy });
    scene.role('deployer', { trust: [trusting(`arn:aws:sts::${own}:assumed-role/reader/work`)] });
    expect(scene.refused(scene.session(begun.session)).why).toMatch(
      /^denied by statement 2 of the policy of the session/,
    );
  });

  it('by itself only if the trust policy names it', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(userArn)], policy: [mayAssume] });
    const caller = scene.session(scene.assume(scene.user('ann')).session);
    expect(scene.refused(caller)).toMatchObject(notAuthorized(`arn:aws:sts::${own}:assumed-role/deployer/build-7`));
  });

  it('by the session of a user as by the user', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(userArn)] });
    const { session } = scene.getSessionToken(scene.user('ann'));
    expect(scene.assume(scene.session(session)).session.role).toBe('deployer');
  });

  it('by keys that belong to nobody, if it trusts the account', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(`arn:aws:iam::${own}:root`)] });
    expect(scene.assume(scene.callerWith('AKIANOBODY')).session.role).toBe('deployer');
    const named = new StsScene();
    named.role('deployer', { trust: [trusting(userArn)] });
    expect(named.refused(named.callerWith('AKIANOBODY'))).toMatchObject({
      ...notAuthorized(`arn:aws:iam::${own}:root`),
      why: expect.stringMatching(
        /which applies to arn:aws:iam::111111111111:user\/ann; the key AKIANOBODY belongs to nobody, so it stands for the root user/,
      ),
    });
  });
});

describe('the reason of a refusal', () => {
  it('names the statement of the trust policy that came nearest, and the external id that is missing', () => {
    const scene = new StsScene();
    const Condition = { StringEquals: { 'sts:ExternalId': 'backup-42' } };
    scene.role('deployer', { trust: [trusting(userArn, { Sid: 'Backup', Condition })] });
    const begins = `nothing allows user ann of account ${own} to do sts:AssumeRole on ${roleArn}; statement Backup of the trust policy of role deployer came nearest, whose condition StringEquals sts:ExternalId wants "backup-42", and the request has`;
    expect(scene.refused(scene.user('ann'))).toEqual({
      ...notAuthorized(userArn),
      why: `${begins} none, as it has no ExternalId`,
    });
    expect(scene.refused(scene.user('ann'), { ExternalId: 'backup-24' })).toEqual({
      ...notAuthorized(userArn),
      why: `${begins} "backup-24"`,
    });
  });

  it("names the user's missing Allow, if the trust policy names the account alone", () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(own)] });
    expect(scene.refused(scene.user('ann', others)).why).toBe(
      `statement 1 of the trust policy of role deployer allows sts:AssumeRole on ${roleArn}, and a policy of the calling user or role must also allow it; the policy of user ann was evaluated`,
    );
  });

  it('names the side of another account that allows it', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting(userArn)] });
    expect(scene.refused(scene.user('bob', [mayAssume], scene.partner)).why).toMatch(
      /^statement 1 of the policy of user bob allows sts:AssumeRole on .*, and the trust policy of the role must also allow it; statement 1 of the trust policy of role deployer came nearest, which applies to/,
    );
  });

  it('names the statement that denies, with its condition', () => {
    const scene = new StsScene();
    const Condition = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    scene.role('deployer', { trust: [trusting('*'), trusting('*', { Effect: 'Deny', Sid: 'NeedsMfa', Condition })] });
    expect(scene.refused(scene.user('ann'))).toEqual({
      ...notAuthorized(userArn),
      why: `denied by statement NeedsMfa of the trust policy of role deployer: sts:AssumeRole on ${roleArn}, because aws:MultiFactorAuthPresent is absent, as it has no SerialNumber and TokenCode, and the caller is not a session with MFA (BoolIfExists "false" holds without it)`,
    });
  });

  it('says that a role without a trust policy trusts its own account alone', () => {
    const scene = new StsScene();
    scene.role('deployer');
    expect(scene.refused(scene.user('bob', undefined, scene.partner)).why).toBe(
      `nothing allows user bob of account 'partner' (${scene.partner.id}) to do sts:AssumeRole on ${roleArn}; role deployer has no trust policy, so it trusts its own account alone`,
    );
  });

  it('says nothing of the trust policy that a role lacks if the policy of a session is in the way', () => {
    const scene = new StsScene();
    scene.role('deployer');
    const policy = userPolicy(others);
    const session = scene.account.beginSession({
      name: 'work',
      user: undefined,
      role: 'deployer',
      mfa: false,
      policy,
      lasts: 1,
    });
    const { why } = scene.refused(scene.session(session));
    expect(why).toMatch('session');
    expect(why).not.toMatch('has no trust policy');
  });

  it('names the action that tags need only if no statement is near, or denies it', () => {
    const Tags = [{ Key: 'Team', Value: 'archive' }];
    const whyWith = (...trust: Statement[]) => {
      const scene = new StsScene();
      scene.role('deployer', { trust: [trusting(userArn), ...trust] });
      return scene.refused(scene.user('ann'), { Tags }).why;
    };
    const note =
      /; a request with Tags, or from a session with transitive tags, needs it in addition to sts:AssumeRole$/;
    expect(whyWith()).toMatch(note);
    const tagging = trusting(userArn, { Action: 'sts:TagSession' });
    expect(whyWith({ ...tagging, Condition: { Null: { 'aws:RequestTag/Team': 'true' } } })).not.toMatch(note);
    expect(whyWith({ ...tagging, Effect: 'Deny' })).not.toMatch(note);
  });

  it('names no account of an ARN that has none', () => {
    const scene = new StsScene();
    const { why } = scene.refused(scene.user('ann'), { RoleArn: 'arn:aws:iam::me:role/deployer' });
    expect(why).toMatch('there is no role arn:aws:iam::me:role/deployer; there are no roles');
  });

  it('says that a key of STS is misspelt, which IAM accepts', () => {
    const scene = new StsScene();
    scene.role('deployer', { trust: [trusting('*', { Condition: { StringEquals: { 'sts:ExternalIdd': 'x' } } })] });
    expect(scene.refused(scene.user('ann')).why).toMatch(
      /requests of STS have no such condition key. Did you mean sts:ExternalId\?$/,
    );
  });
});

// F715
describe('a condition of a trust policy has the key', () => {
  const Tags = [{ Key: 'Team', Value: 'archive' }];
  it.each<[string, Statement, Partial<AssumeRoleInput>, Partial<RequestFacts>?]>([
    ['sts:ExternalId', { StringEquals: { 'sts:ExternalId': 'x-1' } }, { ExternalId: 'x-1' }],
    ['sts:RoleSessionName', { StringEquals: { 'sts:RoleSessionName': 'build-7' } }, {}],
    [
      'sts:RoleSessionName, with a variable',
      { StringLike: { 'sts:RoleSessionName': variable('aws:username') } },
      { RoleSessionName: 'ann' },
    ],
    ['sts:SourceIdentity', { StringEquals: { 'sts:SourceIdentity': 'ann' } }, { SourceIdentity: 'ann' }],
    [
      'sts:TransitiveTagKeys',
      { 'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': 'Team' }, Null: { 'sts:TransitiveTagKeys': 'false' } },
      { Tags, TransitiveTagKeys: ['Team'] },
    ],
    ['aws:RequestTag', { StringEquals: { 'aws:RequestTag/team': 'archive' } }, { Tags }],
    ['aws:TagKeys', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Team' } }, { Tags }],
    ['aws:ResourceTag', { StringEquals: { 'aws:ResourceTag/stage': 'test' } }, {}],
    ['iam:ResourceTag', { StringEquals: { 'iam:ResourceTag/stage': 'test' } }, {}],
    ['aws:PrincipalArn', { ArnEquals: { 'aws:PrincipalArn': userArn } }, {}],
    ['aws:PrincipalAccount', { StringEquals: { 'aws:PrincipalAccount': own } }, {}],
    ['aws:PrincipalType', { StringEquals: { 'aws:PrincipalType': 'User' } }, {}],
    ['aws:userid', { StringLike: { 'aws:userid': 'AIDA*' } }, {}],
    ['aws:username', { StringEquals: { 'aws:username': 'ann' } }, {}],
    ['aws:SourceIp', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, {}],
    ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'true' } }, {}],
    ['aws:CurrentTime', { DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:01Z' } }, {}],
    ['aws:ResourceAccount', { StringEquals: { 'aws:ResourceAccount': own } }, {}],
    ['aws:UserAgent', { StringLike: { 'aws:UserAgent': 'aws-cli/*' } }, {}],
    ['aws:RequestedRegion', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, {}, { region: 'eu-west-1' }],
  ])('%s', (_key, Condition, input, given = {}) => {
    const scene = new StsScene();
    const tags = [{ Key: 'stage', Value: 'test' }];
    scene.role('deployer', {
      tags,
      trust: [trusting(userArn, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Condition })],
    });
    expect(scene.assume(scene.user('ann'), input, given).session.role).toBe('deployer');
    scene.role('reversed', {
      trust: [
        trusting(userArn, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }),
        trusting(userArn, {
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          Effect: 'Deny',
          Condition,
        }),
      ],
      tags,
    });
    const RoleArn = `arn:aws:iam::${own}:role/reversed`;
    expect(() => scene.assume(scene.user('ann'), { ...input, RoleArn }, given)).toThrow(/denied by statement 2/);
  });

  it.each(['aws:MultiFactorAuthPresent', 'sts:ExternalId', 'sts:SourceIdentity', 'aws:RequestTag/team', 'aws:TagKeys'])(
    '%s not, if the request does not say it',
    (key) => {
      const scene = new StsScene();
      scene.role('deployer', { trust: [trusting(userArn, { Condition: { Null: { [key]: 'true' } } })] });
      expect(scene.assume(scene.user('ann')).session.role).toBe('deployer');
    },
  );

  it('with the value that a test gives the user', () => {
    const scene = new StsScene();
    scene.account.user('ann', {
      conditions: new Map([['aws:sourcevpc', { key: 'aws:SourceVpc', values: ['vpc-1'] }]]),
    });
    scene.role('deployer', {
      trust: [trusting(userArn, { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    });
    expect(scene.assume(scene.user('ann')).session.role).toBe('deployer');
  });
});

// F1534
describe('a condition of a statement for several actions', () => {
  const Tags = [{ Key: 'Team', Value: 'archive' }];
  const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const asked = { ExternalId: 'x-1', SourceIdentity: 'ann', Tags, TransitiveTagKeys: ['Team'] };
  const [tagging, naming] = ['sts:TagSession', 'sts:SetSourceIdentity'];

  it.each<[key: string, value: string, lacking: readonly string[]]>([
    ['sts:ExternalId', 'x-1', [tagging, naming]],
    ['sts:RoleSessionName', 'build-7', [tagging, naming]],
    ['sts:SourceIdentity', 'ann', [tagging]],
    ['sts:TransitiveTagKeys', 'Team', [naming]],
    ['aws:RequestTag/Team', 'archive', [naming]],
    ['aws:TagKeys', 'Team', [naming]],
    ['aws:ResourceTag/stage', 'test', []],
    ['iam:ResourceTag/stage', 'test', []],
    ['aws:PrincipalAccount', own, []],
  ])('on %s "%s" does not hold for the actions that lack the key: %j', (key, value, lacking) => {
    const Condition = { 'ForAnyValue:StringEquals': { [key]: value } };
    const refused = all.filter((action) => {
      const others = all.filter((one) => one !== action);
      const scene = new StsScene();
      scene.role('deployer', {
        tags: [{ Key: 'stage', Value: 'test' }],
        trust: [trusting(userArn, { Action: others }), trusting(userArn, { Action: action, Condition })],
      });
      const thrown = refusalThrownBy(() => scene.assume(scene.user('ann'), asked));
      return thrown?.refusal === 'StsNotAuthorized';
    });
    expect(refused).toEqual(lacking);
  });

  it('is named with the cure in the reason of the refusal', () => {
    const scene = new StsScene();
    const Condition = { StringEquals: { 'sts:ExternalId': 'x-1' } };
    scene.role('deployer', { trust: [trusting(userArn, { Action: all, Condition })] });
    expect(scene.refused(scene.user('ann'), { ExternalId: 'x-1', Tags })).toEqual({
      ...notAuthorized(userArn, 'sts:TagSession'),
      why: expect.stringMatching(
        /whose condition StringEquals sts:ExternalId wants "x-1", and the request has none, as sts:TagSession has no such key; allow sts:TagSession in a statement without this condition$/,
      ),
    });
  });

  it('holds if it is negated or may be absent', () => {
    const scene = new StsScene();
    const Condition = { StringEqualsIfExists: { 'sts:ExternalId': 'x-1' } };
    const deny = trusting('*', {
      Effect: 'Deny',
      Action: all,
      Condition: { StringNotEquals: { 'sts:ExternalId': 'x-1' } },
    });
    scene.role('deployer', { trust: [trusting(userArn, { Action: all, Condition })] });
    expect(scene.assume(scene.user('ann'), { ExternalId: 'x-1', Tags }).session.role).toBe('deployer');
    scene.role('denied', { trust: [trusting(userArn, { Action: all }), deny] });
    const RoleArn = `arn:aws:iam::${own}:role/denied`;
    expect(scene.assume(scene.user('ann'), { RoleArn, ExternalId: 'x-1' }).session.role).toBe('denied');
    expect(scene.refused(scene.user('ann'), { RoleArn, ExternalId: 'x-1', Tags })).toMatchObject(
      notAuthorized(userArn, 'sts:TagSession', RoleArn),
    );
  });
});
