import { describe, expect, it } from '@jest/globals';
import { describeDecision } from '../../../src/model/access/decision-text';
import { groups } from '../../../src/model/access/grants';
import { AccessScene, type CallerName, type SceneOptions, type Statement, type Wish } from '../../support/access-scene';

const objects = 'arn:aws:s3:::vault/*';
const allow = (change: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: objects,
  ...change,
});
const open = (change: Statement = {}) => allow({ Principal: '*', ...change });
const toBob = { AWS: 'arn:aws:iam::PARTNER:user/bob' };
const list = { action: 's3:ListBucket', key: null } as const;
const what = 's3:GetObject on arn:aws:s3:::vault/report.pdf';

function sentence(options: SceneOptions, caller: CallerName, wish?: Wish): string {
  const scene = new AccessScene(options);
  const text = describeDecision(scene.decide(caller, wish), scene.caller(caller), scene.store.accounts);
  return text.replaceAll(scene.partner.id, 'PARTNER');
}

describe('a sentence about a Deny', () => {
  it.each<[options: SceneOptions, caller: CallerName, text: string]>([
    [
      { bucket: [open({ Effect: 'Deny', Sid: 'KeepVersions' })] },
      'root',
      `denied by statement KeepVersions of the bucket policy of vault: ${what}`,
    ],
    [
      { bucket: [open(), open({ Effect: 'Deny' })] },
      'anonymous',
      `denied by statement 2 of the bucket policy of vault: ${what}`,
    ],
    [
      { bucket: [open({ Effect: 'Deny', Sid: 'a'.repeat(200) })] },
      'root',
      `denied by statement ${'a'.repeat(200)} of the bucket policy of vault: ${what}`,
    ],
    [{ identity: [allow({ Effect: 'Deny' })] }, 'ann', `denied by statement 1 of the policy of user ann: ${what}`],
    [
      { identity: [allow({ Effect: 'Deny' })] },
      'session of reader',
      `denied by statement 1 of the policy of role reader: ${what}`,
    ],
    [
      { session: [allow({ Effect: 'Deny', Sid: 'Short' })] },
      'session of ann',
      `denied by statement Short of the policy of the session: ${what}`,
    ],
    [
      { bucket: [open()], settings: { publicAccessBlock: { RestrictPublicBuckets: true } } },
      'bob',
      `denied by RestrictPublicBuckets, since the bucket policy of vault is public and user bob of account 'partner' (PARTNER) does not belong to the owner's account: ${what}`,
    ],
  ])('%j, %s: %s', (options, caller, text) => {
    expect(sentence(options, caller)).toBe(text);
  });
});

describe('a sentence about an Allow of the counterpart of an action', () => {
  it.each<[allowed: string, asked: Wish, nearest: string | undefined]>([
    ['s3:GetObject', { action: 's3:GetObjectVersion' }, 's3:GetObject and not s3:GetObjectVersion'],
    ['s3:DeleteObjectVersion', { action: 's3:DeleteObject' }, 's3:DeleteObjectVersion and not s3:DeleteObject'],
    [
      's3:GetObjectVersionTagging',
      { action: 's3:GetObjectTagging' },
      's3:GetObjectVersionTagging and not s3:GetObjectTagging',
    ],
    ['s3:PutObject', { action: 's3:GetObject' }, undefined],
  ])('%s, for a request that needs %j', (allowed, asked, nearest) => {
    const text = sentence({ identity: [allow({ Action: allowed })] }, 'ann', asked);
    const near = nearest && `statement 1 of the policy of user ann came nearest, which allows ${nearest}`;
    expect(text.split('; ')[1]).toBe(near ?? 'the policy of user ann was evaluated');
  });

  it('names four parts that do not fit, and then their number', () => {
    const unmet = (count: number) => {
      const keys = ['aws:UserAgent', 'aws:Referer', 's3:TlsVersion', 'aws:SourceIp', 'aws:RequestedRegion'].slice(
        0,
        count,
      );
      const wanted = Object.fromEntries(keys.map((key) => [key, 'x']));
      return sentence({ identity: [allow({ Condition: { StringEquals: wanted } })] }, 'ann');
    };
    expect({ four: unmet(4).includes('more part'), five: unmet(5).includes('. 1 more part does not fit') }).toEqual({
      four: false,
      five: true,
    });
  });

  it('names the resource, if that is another one as well', () => {
    const within = allow({ Resource: 'arn:aws:s3:::vault/docs/*' });
    expect(
      sentence({ identity: [within] }, 'ann', { action: 's3:GetObjectVersion' })
        .split('; ')
        .slice(1),
    ).toEqual([
      'statement 1 of the policy of user ann came nearest. It allows s3:GetObject and not s3:GetObjectVersion. It applies to arn:aws:s3:::vault/docs/*',
      'a request with a version id needs s3:GetObjectVersion',
    ]);
  });

  it.each<[allowed: string, asked: Wish, note: string | undefined]>([
    ['s3:GetObject', { action: 's3:GetObjectVersion' }, 'a request with a version id needs s3:GetObjectVersion'],
    ['s3:GetObjectVersion', {}, 'a request without a version id needs s3:GetObject'],
    ['s3:ListBucket', { action: 's3:ListBucketVersions', key: null }, undefined],
  ])('%s, for a request that needs %j: %s', (allowed, asked, note) => {
    const text = sentence({ identity: [allow({ Action: allowed, Resource: '*' })] }, 'ann', asked);
    expect(text.split('; ')[2]).toBe(note);
  });
});

describe('a sentence about an Allow', () => {
  it.each<[options: SceneOptions, caller: CallerName, text: string]>([
    [{}, 'root', `allowed, since no policy limits account 111111111111: ${what}`],
    [{}, 'ann', `allowed, since no policy limits user ann of account 111111111111: ${what}`],
    [
      {},
      'session of reader',
      `allowed, since no policy limits session work of role reader of account 111111111111: ${what}`,
    ],
    [{ identity: [allow({ Sid: 'Read' })] }, 'ann', `allowed by statement Read of the policy of user ann: ${what}`],
    [{ bucket: [open()] }, 'bob', `allowed by statement 1 of the bucket policy of vault: ${what}`],
  ])('%j, %s: %s', (options, caller, text) => {
    expect(sentence(options, caller)).toBe(text);
  });

  it.each([
    ['PARTNER-ID', "account 'partner' (PARTNER)"],
    ['OWNER-ID', 'account 111111111111'],
  ] as const)('names the account %s that has a grant', (id, name) => {
    const scene = new AccessScene({});
    const holder = id === 'OWNER-ID' ? scene.bucket.owner : scene.partner;
    const acl = [{ grantee: { id: holder.id, canonicalId: holder.canonicalId }, permission: 'READ' }] as const;
    const decision = { allowed: true, action: 's3:ListBucket', resource: 'arn:aws:s3:::vault' } as const;
    const by = { kind: 'grant', grant: acl[0], of: 'bucket' } as const;
    const text = describeDecision({ ...decision, by }, scene.caller('bob'), scene.store.accounts);
    expect(text.replaceAll(scene.partner.id, 'PARTNER')).toBe(
      `allowed by the grant of READ to ${name} in the ACL of the bucket: s3:ListBucket on arn:aws:s3:::vault`,
    );
  });

  it('names the grant', () => {
    const acl = [{ grantee: groups.allUsers, permission: 'READ' }] as const;
    const settings = { ownershipControls: null, acl };
    expect(sentence({ settings }, 'anonymous', list)).toBe(
      'allowed by the grant of READ to http://acs.amazonaws.com/groups/global/AllUsers in the ACL of the bucket: s3:ListBucket on arn:aws:s3:::vault',
    );
  });
});

describe('a sentence about a stranger', () => {
  const stranger = "user bob of account 'partner' (PARTNER) does not own the bucket; account 111111111111 does";

  it.each<[options: SceneOptions, caller: CallerName, text: string]>([
    [
      {},
      'anonymous',
      'an anonymous caller does not own the bucket; account 111111111111 does; the request has no signature: sign it, or presign its URL',
    ],
    [{}, 'partner', "account 'partner' (PARTNER) does not own the bucket; account 111111111111 does"],
    [{}, 'bob', stranger],
    [
      { identity: [allow()] },
      'bob',
      `${stranger}; statement 1 of the policy of user bob allows ${what}, and the bucket of another account must also allow it`,
    ],
    [
      { identity: [], bucket: [open({ Sid: 'Open' })] },
      'bob',
      `${stranger}; statement Open of the bucket policy of vault allows ${what}, and a policy of the calling user or role must also allow it`,
    ],
    [
      { identity: [allow({ Action: 's3:PutObject' })], bucket: [open({ Sid: 'Open', Principal: toBob })] },
      'bob',
      `${stranger}; statement Open of the bucket policy of vault allows ${what}, and a policy of the calling user or role must also allow it; the policy of user bob was evaluated`,
    ],
    [
      { bucket: [open({ Principal: { AWS: 'arn:aws:iam::444455556666:user/eve' } })] },
      'bob',
      `${stranger}; nothing allows user bob of account 'partner' (PARTNER) to do ${what}; statement 1 of the bucket policy of vault came nearest, which applies to arn:aws:iam::444455556666:user/eve`,
    ],
  ])('%j, %s: %s', (options, caller, text) => {
    expect(sentence(options, caller)).toBe(text);
  });
});

describe('a sentence about a missing Allow', () => {
  const prefix = (operator: string, ...wanted: readonly string[]) =>
    allow({ Action: 's3:ListBucket', Resource: '*', Condition: { [operator]: { 's3:prefix': wanted } } });
  const refused = 'nothing allows user ann of account 111111111111 to do';
  const listing = 's3:ListBucket on arn:aws:s3:::vault';
  const nearest = 'statement 1 of the policy of user ann came nearest';

  it.each<[options: SceneOptions, wish: Wish, text: string]>([
    [{ identity: [] }, {}, `${refused} ${what}`],
    [{ identity: [allow({ Action: 's3:PutObject' })] }, {}, `${refused} ${what}; the policy of user ann was evaluated`],
    [
      { identity: [allow({ Action: 's3:PutObject' })], bucket: [open({ Action: 's3:PutObject' })] },
      {},
      `${refused} ${what}; the policy of user ann and the bucket policy of vault were evaluated`,
    ],
    [
      { identity: [allow({ Resource: 'arn:aws:s3:::vault/docs/*' })] },
      {},
      `${refused} ${what}; ${nearest}, which applies to arn:aws:s3:::vault/docs/*`,
    ],
    [
      { identity: [allow({ Resource: undefined, NotResource: ['arn:aws:s3:::vault/*', 'arn:aws:s3:::other'] })] },
      {},
      `${refused} ${what}; ${nearest}, which applies to everything except arn:aws:s3:::vault/* and arn:aws:s3:::other`,
    ],
    [
      { identity: [allow({ Resource: [1, 2, 3, 4, 5].map((at) => `arn:aws:s3:::vault/${at}`) })] },
      {},
      `${refused} ${what}; ${nearest}, which applies to arn:aws:s3:::vault/1, arn:aws:s3:::vault/2, arn:aws:s3:::vault/3 and 2 more`,
    ],
    [
      { identity: [prefix('StringEquals', 'docs/')] },
      { ...list, conditions: { 's3:prefix': ['logs/'] } },
      `${refused} ${listing}; ${nearest}, whose condition StringEquals s3:prefix wants "docs/", and the request has "logs/"`,
    ],
    [
      { identity: [prefix('ForAnyValue:StringLikeIfExists', 'docs/*', 'home/*')] },
      { ...list, conditions: { 's3:prefix': ['logs/'] } },
      `${refused} ${listing}; ${nearest}, whose condition ForAnyValue:StringLikeIfExists s3:prefix wants "docs/*" and "home/*", and the request has "logs/"`,
    ],
    [
      { identity: [prefix('StringEquals', 'docs/')] },
      list,
      `${refused} ${listing}; ${nearest}, whose condition StringEquals s3:prefix wants "docs/", and the request has none`,
    ],
    [
      { identity: [], bucket: [open({ Sid: 'Team', Principal: { AWS: 'OWNER' } })] },
      {},
      `${refused} ${what}; statement Team of the bucket policy of vault came nearest, which applies to account 111111111111, whose users and roles also need a policy of their own`,
    ],
    [
      { identity: [], bucket: [open({ Principal: { AWS: '444455556666' } })] },
      {},
      `${refused} ${what}; statement 1 of the bucket policy of vault came nearest, which applies to account 444455556666`,
    ],
    [
      {
        identity: [allow({ Resource: 'arn:aws:s3:::other/*' })],
        bucket: [open({ Condition: { Bool: { 'aws:SecureTransport': true } } })],
      },
      { conditions: { 'aws:securetransport': ['false'] } },
      `${refused} ${what}; the policy of user ann and the bucket policy of vault were evaluated; statement 1 of the bucket policy of vault came nearest, whose condition Bool aws:SecureTransport wants "true", and the request has "false"`,
    ],
  ])('%j, %j: %s', (options, wish, text) => {
    expect(sentence(options, 'ann', wish)).toBe(text);
  });

  it('names the principals of all kinds', () => {
    const Principal = {
      AWS: ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'],
      CanonicalUser: 'PARTNER-ID',
      Service: 's3.amazonaws.com',
    };
    const text = sentence({ identity: [], bucket: [open({ Principal })] }, 'ann');
    expect(text.replace(/[\da-f]{64}/, 'ID')).toBe(
      `${refused} ${what}; statement 1 of the bucket policy of vault came nearest, which applies to origin access identity E1, canonical user ID of account 'partner' (PARTNER) and s3.amazonaws.com`,
    );
  });

  it('says that the policy of the session does not allow it', () => {
    const others = [allow({ Action: 's3:PutObject' })];
    expect(sentence({ identity: [allow({ Sid: 'Read' })], session: others }, 'session of ann')).toBe(
      `statement Read of the policy of user ann allows ${what}, and the policy of the session must also allow it; the policy of the session was evaluated`,
    );
    expect(sentence({ session: others }, 'session of ann')).toBe(
      `nothing allows a session of user ann of account 111111111111 to do ${what}; the policy of the session was evaluated`,
    );
  });

  it('says that the policy of a session gives no rights', () => {
    const others = [allow({ Action: 's3:PutObject' })];
    const limited = (session: Statement) =>
      sentence({ identity: others, session: [session] }, 'session of ann')
        .split('; ')
        .slice(1);
    expect(limited(allow({ Sid: 'Read' }))).toEqual([
      'the policy of user ann was evaluated',
      'statement Read of the policy of the session allows it, but the policy of a session only limits what other policies allow: allow it in the policy of user ann too',
    ]);
    expect(limited(allow({ Action: 's3:PutObject' }))).toEqual(['the policy of user ann was evaluated']);
  });
});

describe('a sentence about a policy with variables', () => {
  const home = `arn:aws:s3:::vault/\${aws:username}/*`;
  const unlike = { Condition: { StringLike: { 's3:prefix': [`\${aws:username}/*`, 'public/*'] } } };

  it('says what its resource was filled with', () => {
    expect(sentence({ identity: [allow({ Resource: home })] }, 'ann')).toMatch(
      /came nearest, which applies to arn:aws:s3:::vault\/\$\{aws:username\}\/\*, where \$\{aws:username\} is "ann"$/,
    );
  });

  it('says that a variable has no value, and why', () => {
    expect(sentence({ identity: [allow({ Resource: home })] }, 'session of reader')).toMatch(
      /, where \$\{aws:username\} has no value in the request, as the caller is not a user, so nothing matches it$/,
    );
  });

  it('names the variable that is probably meant', () => {
    const misspelt = `arn:aws:s3:::vault/\${aws:usrname}/*`;
    expect(sentence({ identity: [allow({ Resource: misspelt })] }, 'ann')).toMatch(
      /has no value in the request, so nothing matches it; it is not one of AWS's global condition keys\. Did you mean aws:username\?$/,
    );
  });

  it('says what a condition of an Allow was filled with', () => {
    const identity = [allow({ ...unlike, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::vault' })];
    expect(sentence({ identity }, 'ann', list)).toContain(
      `whose condition StringLike s3:prefix wants "\${aws:username}/*" and "public/*", where \${aws:username} is "ann", and the request has none`,
    );
  });

  it('says what a condition of a Deny was filled with, by its default too', () => {
    const unit = `\${aws:PrincipalTag/unit, 'archive'}`;
    const Condition = { StringNotEquals: { 'aws:PrincipalTag/team': unit } };
    expect(sentence({ bucket: [open({ Effect: 'Deny', Condition })] }, 'ann')).toContain(
      `(StringNotEquals "${unit}" holds without it, where ${unit} is "archive")`,
    );
  });

  it('leaves out what only a policy of 2012-10-17 has', () => {
    const condition = { Condition: { NumericEquals: { 's3:max-keys': '10' } } };
    const identity = [allow({ ...condition, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::vault' })];
    expect(sentence({ identity }, 'ann', list)).not.toContain('where');
  });
});

describe('a sentence about an Allow with NotAction', () => {
  const allBut = (NotAction: readonly string[], Resource = objects) => {
    const { Action: _, ...everythingBut } = allow({ NotAction, Resource });
    return sentence({ identity: [everythingBut] }, 'ann');
  };

  it('says which actions it leaves out', () => {
    expect(allBut(['s3:GetObject', 's3:PutObject'])).toMatch(
      /came nearest, which applies to all actions except s3:GetObject and s3:PutObject$/,
    );
  });

  it('says nothing of its actions if another part does not fit', () => {
    expect(allBut(['s3:PutObject'], 'arn:aws:s3:::vault/docs/*')).toMatch(
      /came nearest, which applies to arn:aws:s3:::vault\/docs\/\*$/,
    );
  });
});

describe('a sentence about a Deny with NotPrincipal', () => {
  const ann = 'arn:aws:iam::111111111111:user/ann';
  const root = 'arn:aws:iam::111111111111:root';
  const spare = (...AWS: readonly string[]) => ({
    bucket: [allow({ Effect: 'Deny', NotPrincipal: { AWS } })],
  });
  const lack = (arn: string) =>
    `; its NotPrincipal exempts a caller only if it names the account, the user or the role, and the session; it does not name ${arn}`;

  it('names the account that it lacks', () => {
    expect(sentence(spare(ann), 'ann')).toBe(
      `denied by statement 1 of the bucket policy of vault: ${what}${lack(root)}`,
    );
  });

  it('names the user that it lacks', () => {
    expect(sentence(spare(root), 'ann')).toBe(
      `denied by statement 1 of the bucket policy of vault: ${what}${lack(ann)}`,
    );
  });

  it('says nothing of it about a Deny with Principal, nor to an anonymous caller', () => {
    const denied = `denied by statement 1 of the bucket policy of vault: ${what}`;
    expect(sentence({ bucket: [allow({ Effect: 'Deny', Principal: { AWS: ann } })] }, 'ann')).toBe(denied);
    expect(sentence(spare(ann), 'anonymous')).toBe(denied);
  });

  it('says nothing more if it names nothing of the caller', () => {
    expect(sentence(spare('arn:aws:iam::999999999999:root'), 'ann')).toBe(
      `denied by statement 1 of the bucket policy of vault: ${what}`,
    );
  });
});
