import { describe, expect, it } from '@jest/globals';
import { describeDecision } from '../../../src/model/access/decision-text';
import { AccessScene, type CallerName, type SceneOptions, type Statement, type Wish } from '../../support/access-scene';

const allow = (Sid: string, change: Statement = {}): Statement => ({
  Sid,
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::vault/*',
  ...change,
});
const other = 'arn:aws:s3:::other/*';
const holding = { Null: { 'aws:Referer': 'true' } };
const failing = { Null: { 'aws:Referer': 'false' } };
const variable = (key: string) => `\${${key}}`;

function sentence(options: SceneOptions, wish: Wish = {}, caller: CallerName = 'ann'): string {
  const scene = new AccessScene(options);
  const text = describeDecision(scene.decide(caller, wish), scene.caller(caller), scene.store.accounts);
  return text.replaceAll(scene.partner.id, 'PARTNER');
}

function nearestIn(options: SceneOptions, wish?: Wish, caller?: CallerName): string | undefined {
  const [, words] = /; (statement \S+ of .* came nearest.*)$/s.exec(sentence(options, wish, caller)) ?? [];
  return words?.replace(/ of the policy of user ann| of the bucket policy of vault/, '');
}

describe('the statement that came nearest', () => {
  const none = 'wants "false", and the request has none';

  it.each<[name: string, identity: readonly Statement[], nearest: string]>([
    [
      'has fewer mismatches than one whose first is later',
      [
        allow('Two', { Condition: { ...failing, Bool: { 'aws:SecureTransport': 'true' } } }),
        allow('One', { Resource: other }),
      ],
      `statement One came nearest, which applies to ${other}`,
    ],
    [
      'does not count conditions that hold',
      [
        allow('Two', { Resource: other, Condition: failing }),
        allow('One', { Resource: other, Condition: { ...holding, StringEqualsIfExists: { 'aws:Referer': 'a' } } }),
      ],
      `statement One came nearest, which applies to ${other}`,
    ],
    [
      'counts a counterpart of the action as one mismatch',
      [allow('Two', { Resource: other, Condition: failing }), allow('One', { Action: 's3:GetObjectVersion' })],
      'statement One came nearest, which allows s3:GetObjectVersion and not s3:GetObject; a request without a version id needs s3:GetObject',
    ],
    [
      'has the later first mismatch, if both have equally many',
      [allow('Resource', { Resource: other }), allow('Condition', { Condition: failing })],
      `statement Condition came nearest, whose condition Null aws:Referer ${none}`,
    ],
    [
      'is the first, if nothing else decides',
      [allow('First', { Resource: other }), allow('Second', { Resource: other })],
      `statement First came nearest, which applies to ${other}`,
    ],
    [
      'is no Deny',
      [allow('Denied', { Effect: 'Deny', Resource: other }), allow('One', { Resource: other, Condition: failing })],
      `statement One came nearest. It applies to ${other}. Its condition Null aws:Referer ${none}`,
    ],
    [
      'names all parts that do not fit',
      [allow('Only', { Action: 's3:GetObjectVersion', Resource: other, Condition: failing })],
      `statement Only came nearest. It allows s3:GetObjectVersion and not s3:GetObject. It applies to ${other}. Its condition Null aws:Referer ${none}; a request without a version id needs s3:GetObject`,
    ],
  ])('%s', (_, identity, nearest) => {
    expect(nearestIn({ identity })).toBe(nearest);
  });

  it('names four parts at most', () => {
    const keys = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`aws:PrincipalTag/${name}`, 'false']),
    );
    const parts = ['a', 'b', 'c', 'd'].map((name) => `Its condition Null aws:PrincipalTag/${name} ${none}`);
    expect(nearestIn({ identity: [allow('Only', { Condition: { Null: keys } })] })).toBe(
      `statement Only came nearest. ${parts.join('. ')}. 2 more parts do not fit`,
    );
  });

  it('counts the principal', () => {
    const Principal = { AWS: 'PARTNER' };
    const bucket = [
      allow('Two', { Principal, Condition: failing }),
      allow('One', { Principal: '*', Condition: failing }),
      allow('Also', { Principal }),
    ];
    expect(nearestIn({ identity: [], bucket })).toBe(
      `statement One came nearest, whose condition Null aws:Referer ${none}`,
    );
    expect(nearestIn({ identity: [], bucket: bucket.toSpliced(1, 1) })).toBe(
      "statement Also came nearest, which applies to account 'partner' (PARTNER)",
    );
  });

  it('is cut short where the policy is long', () => {
    const long = 'x'.repeat(2000);
    expect(nearestIn({ identity: [allow(long, { Resource: `arn:aws:s3:::${long}` })] })).toBe(
      `statement ${'x'.repeat(200)}… came nearest, which applies to arn:aws:s3:::${'x'.repeat(187)}…`,
    );
  });
});

describe('the bucket in the place of its objects, and the reverse', () => {
  const list = { action: 's3:ListBucket', key: null } as const;
  const note = (about: string, ...given: readonly string[]) =>
    `statement S came nearest; ${about}, not ${given.join(' and ')}`;
  const bucketMeant = 's3:ListBucket applies to the bucket: its resource is arn:aws:s3:::vault';
  const objectsMeant = 's3:GetObject applies to objects: its resource is arn:aws:s3:::vault/*';

  it.each<[resource: string | readonly string[], wish: Wish, nearest: string]>([
    ['arn:aws:s3:::vault/*', list, note(bucketMeant, 'arn:aws:s3:::vault/*')],
    ['arn:aws:s3:::vault/docs/*', list, note(bucketMeant, 'arn:aws:s3:::vault/docs/*')],
    ['arn:aws:s3:::va?lt/*', list, note(bucketMeant, 'arn:aws:s3:::va?lt/*')],
    ['arn:aws:s3:::*/*', list, note(bucketMeant, 'arn:aws:s3:::*/*')],
    [
      `arn:aws:s3:::vault/${variable('aws:username')}`,
      list,
      note(bucketMeant, `arn:aws:s3:::vault/${variable('aws:username')}`),
    ],
    [[other, 'arn:aws:s3:::vault/*'], list, note(bucketMeant, 'arn:aws:s3:::vault/*')],
    [
      ['arn:aws:s3:::vault/a', 'arn:aws:s3:::vault/b'],
      list,
      note(bucketMeant, 'arn:aws:s3:::vault/a', 'arn:aws:s3:::vault/b'),
    ],
    [other, list, `statement S came nearest, which applies to ${other}`],
    ['arn:aws:s3:::vault', {}, note(objectsMeant, 'arn:aws:s3:::vault')],
    ['arn:aws:s3:::v?ult', {}, note(objectsMeant, 'arn:aws:s3:::v?ult')],
    ['arn:aws:s3:::other', {}, 'statement S came nearest, which applies to arn:aws:s3:::other'],
    ['arn:aws:s3:::vault/docs/*', {}, 'statement S came nearest, which applies to arn:aws:s3:::vault/docs/*'],
    [
      ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/docs/*'],
      {},
      'statement S came nearest, which applies to arn:aws:s3:::vault and arn:aws:s3:::vault/docs/*',
    ],
    [`arn:aws:s3:::${variable("a/b, 'vault'")}`, {}, note(objectsMeant, `arn:aws:s3:::${variable("a/b, 'vault'")}`)],
    [
      `arn:aws:s3:::${variable("a/b, 'vault'")}/*`,
      list,
      note(bucketMeant, `arn:aws:s3:::${variable("a/b, 'vault'")}/*`),
    ],
  ])('%j, %j: %s', (Resource, wish, nearest) => {
    const { action: Action = 's3:GetObject' } = wish;
    expect(nearestIn({ identity: [allow('S', { Action, Resource })] }, wish)).toBe(nearest);
  });

  const [ofBucket, ofObjects] = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
  const addBucket = `s3:ListBucket applies to the bucket: add ${ofBucket} beside ${ofObjects}, which`;
  const addObjects = `s3:GetObject applies to objects: add ${ofObjects} beside ${ofBucket}, which`;

  it.each<[actions: object, Resource: string, wish: Wish, about: string]>([
    [{ Action: ['s3:ListBucket', 's3:GetObject'] }, ofObjects, list, `${addBucket} s3:GetObject needs`],
    [{ Action: ['s3:ListBucket', 's3:getobject*'] }, ofObjects, list, `${addBucket} s3:getobject* needs`],
    [
      { Action: ['s3:List*', 's3:GetObject', 's3:PutObject'] },
      ofObjects,
      list,
      `${addBucket} s3:GetObject and s3:PutObject need`,
    ],
    [{ Action: 's3:*' }, ofObjects, list, `${addBucket} other actions of s3:* need`],
    [
      { Action: undefined, NotAction: 's3:PutObject' },
      ofObjects,
      list,
      `${addBucket} other actions of the statement need`,
    ],
    [{ Action: ['s3:GetObject', 's3:ListBucket'] }, ofBucket, {}, `${addObjects} s3:ListBucket needs`],
    [{ Action: ['s3:GetObject', 's3:PutObject'] }, ofBucket, {}, `${objectsMeant}, not ${ofBucket}`],
    [{ Action: ['s3:ListBucket', 's3:GetBucketAcl'] }, ofObjects, list, `${bucketMeant}, not ${ofObjects}`],
  ])('keeps the resource that other actions of the statement need: %j', (actions, Resource, wish, about) => {
    expect(nearestIn({ identity: [allow('S', { ...actions, Resource })] }, wish)).toBe(
      `statement S came nearest; ${about}`,
    );
  });

  it('is not taken for a confusion if a NotResource spares it', () => {
    const both = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
    const identity = [allow('S', { Resource: undefined, NotResource: both })];
    expect(nearestIn({ identity })).toBe(
      'statement S came nearest, which applies to everything except arn:aws:s3:::vault and arn:aws:s3:::vault/*',
    );
    const list = [allow('S', { Action: 's3:ListBucket', Resource: undefined, NotResource: both })];
    expect(nearestIn({ identity: list }, { action: 's3:ListBucket', key: null })).toBe(
      'statement S came nearest, which applies to everything except arn:aws:s3:::vault and arn:aws:s3:::vault/*',
    );
  });

  it('is not taken for a confusion if another resource fits', () => {
    const Resource = ['arn:aws:s3:::vault', 'arn:aws:s3:::vault/*'];
    const identity = [allow('S', { Action: 's3:*', Resource, Condition: failing })];
    const nearest =
      'statement S came nearest, whose condition Null aws:Referer wants "false", and the request has none';
    expect(nearestIn({ identity }, list)).toBe(nearest);
    expect(nearestIn({ identity })).toBe(nearest);
  });

  it('is named beside the other parts that do not fit', () => {
    const identity = [allow('S', { Resource: 'arn:aws:s3:::vault', Condition: failing })];
    expect(nearestIn({ identity })).toBe(
      `statement S came nearest, whose condition Null aws:Referer wants "false", and the request has none; ${objectsMeant}, not arn:aws:s3:::vault`,
    );
  });
});

// F482
describe('a variable in a policy without Version 2012-10-17', () => {
  const name = variable('aws:username');
  const home = `arn:aws:s3:::vault/${name}/*`;
  const own: Wish = { key: 'ann/a' };
  const note = `; its policy has no Version 2012-10-17, so ${name} is text there and not a variable`;
  const old = { version: '2008-10-17' } as const;

  it.each<[name: string, statement: Statement, wish: Wish, isNamed: boolean]>([
    ['in a resource that would match', allow('S', { Resource: home }), own, true],
    ['in a resource that would not match', allow('S', { Resource: home }), { key: 'bob/a' }, false],
    [
      'in a condition that would hold',
      allow('S', { Condition: { StringEquals: { 'aws:Referer': name } } }),
      { conditions: { 'aws:referer': ['ann'] } },
      true,
    ],
    [
      'in a condition that would not hold',
      allow('S', { Condition: { StringEquals: { 'aws:Referer': name } } }),
      { conditions: { 'aws:referer': ['bob'] } },
      false,
    ],
  ])('%s', (_, statement, wish, isNamed) => {
    const nearest = nearestIn({ ...old, identity: [statement] }, wish);
    expect(nearest).toContain('statement S came nearest');
    expect(nearest?.endsWith(note)).toBe(isNamed);
  });

  it('is not named in a policy of 2012-10-17', () => {
    expect(nearestIn({ identity: [allow('S', { Resource: home })] }, { key: 'bob/a' })).toBe(
      `statement S came nearest, which applies to ${home}, where \${aws:username} is "ann"`,
    );
  });

  it('is named if a Deny would spare the request', () => {
    const spared = allow('S', { Effect: 'Deny', Resource: undefined, NotResource: home });
    const what = 'denied by statement S of the policy of user ann: s3:GetObject on arn:aws:s3:::vault/';
    expect(sentence({ ...old, identity: [spared] }, own)).toBe(`${what}ann/a${note}`);
    expect(sentence({ ...old, identity: [spared] }, { key: 'bob/a' })).toBe(`${what}bob/a`);
    expect(sentence({ identity: [spared] }, { key: 'bob/a' })).toBe(`${what}bob/a`);
  });
});
