import { describe, expect, it } from '@jest/globals';
import type { ActionName } from '../../../src/model/access/actions';
import { findMismatches, type Mismatch } from '../../../src/model/access/matching';
import {
  AccessScene,
  type CallerName,
  callerNames,
  type SceneOptions,
  type Statement,
} from '../../support/access-scene';

const everything = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault/*' };

interface Asked {
  readonly caller?: CallerName;
  readonly action?: ActionName;
  readonly resource?: string;
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
  readonly providers?: ReadonlySet<string>;
}

function mismatch(statement: Statement, asked: Asked, version?: SceneOptions['version']): Mismatch | undefined {
  const whole = statement['NotPrincipal'] === undefined ? { ...everything, ...statement } : { ...statement };
  const scene = new AccessScene({ bucket: [whole], ...(version && { version }) });
  const [read] = scene.bucket.policy?.document.statements ?? [];
  if (read === undefined) throw new Error('there is no statement');
  const {
    caller = 'root',
    action = 's3:GetObject',
    resource = 'arn:aws:s3:::vault/report.pdf',
    conditions = {},
    providers,
  } = asked;
  const question = {
    ...(providers && { providers }),
    caller: scene.caller(caller),
    action,
    resource,
    partition: 'aws',
    owner: scene.bucket.owner,
  };
  return findMismatches(read, { ...question, conditions: (key) => conditions[key] })[0];
}

const ofOwner: readonly CallerName[] = ['root', 'session of root', 'ann', 'session of ann', 'session of reader'];
const ofPartner: readonly CallerName[] = ['partner', 'bob', 'session of auditor'];
const roots: readonly CallerName[] = ['root', 'session of root'];
const asAnn: readonly CallerName[] = ['ann', 'session of ann'];
const except = (...names: readonly CallerName[]) => callerNames.filter((name) => !names.includes(name));
const variable = (key: string) => `\${${key}}`;
const role = 'arn:aws:iam::OWNER:role/reader';
const session = 'arn:aws:sts::OWNER:assumed-role/reader/work';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html F471
describe('Principal', () => {
  it.each<{ effect: string; principal: unknown; meant: readonly CallerName[] }>`
    effect     | principal                                                                       | meant
    ${'Allow'} | ${'*'}                                                                          | ${callerNames}
    ${'Allow'} | ${{ AWS: '*' }}                                                                 | ${callerNames}
    ${'Deny'}  | ${'*'}                                                                          | ${callerNames}
    ${'Allow'} | ${{ AWS: 'OWNER' }}                                                             | ${roots}
    ${'Allow'} | ${{ AWS: 'arn:aws:iam::OWNER:root' }}                                           | ${roots}
    ${'Allow'} | ${{ CanonicalUser: 'OWNER-ID' }}                                                | ${roots}
    ${'Deny'}  | ${{ AWS: 'OWNER' }}                                                             | ${ofOwner}
    ${'Deny'}  | ${{ AWS: 'arn:aws:iam::OWNER:root' }}                                           | ${ofOwner}
    ${'Deny'}  | ${{ CanonicalUser: 'OWNER-ID' }}                                                | ${ofOwner}
    ${'Allow'} | ${{ AWS: 'PARTNER' }}                                                           | ${ofPartner}
    ${'Allow'} | ${{ AWS: 'arn:aws:iam::PARTNER:root' }}                                         | ${ofPartner}
    ${'Allow'} | ${{ CanonicalUser: 'PARTNER-ID' }}                                              | ${ofPartner}
    ${'Deny'}  | ${{ AWS: 'PARTNER' }}                                                           | ${ofPartner}
    ${'Allow'} | ${{ AWS: 'arn:aws:iam::OWNER:user/ann' }}                                       | ${asAnn}
    ${'Deny'}  | ${{ AWS: 'arn:aws:iam::OWNER:user/ann' }}                                       | ${asAnn}
    ${'Allow'} | ${{ AWS: 'arn:aws:iam::PARTNER:user/bob' }}                                     | ${['bob']}
    ${'Allow'} | ${{ AWS: role }}                                                                | ${['session of reader']}
    ${'Deny'}  | ${{ AWS: role }}                                                                | ${['session of reader']}
    ${'Allow'} | ${{ AWS: session }}                                                             | ${['session of reader']}
    ${'Allow'} | ${{ AWS: 'arn:aws:sts::OWNER:assumed-role/reader/other' }}                      | ${[]}
    ${'Allow'} | ${{ AWS: 'arn:aws:sts::OWNER:federated-user/ann' }}                             | ${[]}
    ${'Allow'} | ${{ AWS: ['arn:aws:iam::OWNER:user/ann', 'PARTNER'] }}                          | ${[...asAnn, ...ofPartner]}
    ${'Allow'} | ${{ AWS: role, CanonicalUser: 'PARTNER-ID' }}                                   | ${['session of reader', ...ofPartner]}
    ${'Allow'} | ${{ AWS: '222222222222' }}                                                      | ${[]}
    ${'Allow'} | ${{ Service: 's3.amazonaws.com', Federated: 'graph.facebook.com' }}             | ${[]}
    ${'Deny'}  | ${{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }} | ${[]}
  `('$effect $principal is about $meant', ({ effect, principal, meant }) => {
    const met = callerNames.filter(
      (caller) => mismatch({ Effect: effect, Principal: principal }, { caller }) === undefined,
    );
    expect(met).toEqual(meant);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html F472
describe('Deny with NotPrincipal', () => {
  it.each<{ principal: unknown; spared: readonly CallerName[] }>`
    principal                                                | spared
    ${{ AWS: ['arn:aws:iam::OWNER:user/ann', 'OWNER'] }}     | ${[...roots, ...asAnn]}
    ${{ AWS: ['arn:aws:iam::OWNER:user/ann', 'PARTNER'] }}   | ${['partner']}
    ${{ AWS: 'arn:aws:iam::OWNER:user/ann' }}                | ${[]}
    ${{ AWS: 'OWNER' }}                                      | ${roots}
    ${{ CanonicalUser: 'OWNER-ID' }}                         | ${roots}
    ${{ AWS: [role, 'OWNER'] }}                              | ${roots}
    ${{ AWS: [session, 'OWNER'] }}                           | ${roots}
    ${{ AWS: [session, role] }}                              | ${[]}
    ${{ AWS: [session, role, 'OWNER'] }}                     | ${[...roots, 'session of reader']}
    ${{ AWS: ['arn:aws:iam::PARTNER:user/bob', 'PARTNER'] }} | ${['partner', 'bob']}
    ${{ Service: 's3.amazonaws.com' }}                       | ${[]}
    ${'*'}                                                   | ${callerNames}
  `('$principal spares $spared', ({ principal, spared }) => {
    const { Action, Resource } = everything;
    const statement = { Effect: 'Deny', NotPrincipal: principal, Action, Resource };
    const met = callerNames.filter((caller) => mismatch(statement, { caller }) === undefined);
    expect(met).toEqual(except(...spared));
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html F479
describe('Action', () => {
  it.each<{ change: Statement; action: ActionName; met: boolean }>`
    change                                                           | action                   | met
    ${{ Action: 's3:GetObject' }}                                    | ${'s3:GetObject'}        | ${true}
    ${{ Action: 's3:getobject' }}                                    | ${'s3:GetObject'}        | ${true}
    ${{ Action: 's3:GetObject' }}                                    | ${'s3:GetObjectVersion'} | ${false}
    ${{ Action: 's3:GetObject*' }}                                   | ${'s3:GetObjectVersion'} | ${true}
    ${{ Action: 's3:Get?bject' }}                                    | ${'s3:GetObject'}        | ${true}
    ${{ Action: '*' }}                                               | ${'s3:DeleteObject'}     | ${true}
    ${{ Action: ['s3:PutObject', 's3:Delete*'] }}                    | ${'s3:DeleteObject'}     | ${true}
    ${{ Action: undefined, NotAction: 's3:GetObject' }}              | ${'s3:GetObject'}        | ${false}
    ${{ Action: undefined, NotAction: 's3:GetObject' }}              | ${'s3:PutObject'}        | ${true}
    ${{ Action: undefined, NotAction: ['s3:Get*', 's3:PutObject'] }} | ${'s3:PutObject'}        | ${false}
  `('$change meets $action: $met', ({ change, action, met }) => {
    expect(mismatch(change, { action })).toBe(met ? undefined : 'action');
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html F479 F482
describe('Resource', () => {
  it.each<{ change: Statement; key: string; met: boolean }>`
    change                                                                                      | key                 | met
    ${{ Resource: 'arn:aws:s3:::vault/*' }}                                                     | ${'a/b:c'}          | ${true}
    ${{ Resource: 'arn:aws:s3:::vault/docs/*' }}                                                | ${'docs/a'}         | ${true}
    ${{ Resource: 'arn:aws:s3:::vault/docs/*' }}                                                | ${'docs'}           | ${false}
    ${{ Resource: 'arn:aws:s3:::vault/Docs/*' }}                                                | ${'docs/a'}         | ${false}
    ${{ Resource: 'arn:aws:s3:::vault/?.pdf' }}                                                 | ${'a.pdf'}          | ${true}
    ${{ Resource: 'arn:aws:s3:::vault/*/2026/*.pdf' }}                                          | ${'a/b/2026/c.pdf'} | ${true}
    ${{ Resource: 'arn:aws:s3:::vault', Action: '*' }}                                          | ${'a'}              | ${false}
    ${{ Resource: undefined, NotResource: 'arn:aws:s3:::vault/docs/*' }}                        | ${'docs/a'}         | ${false}
    ${{ Resource: undefined, NotResource: 'arn:aws:s3:::vault/docs/*' }}                        | ${'logs/a'}         | ${true}
    ${{ Resource: ['arn:aws:s3:::vault/docs/*', 'arn:aws:s3:::vault/logs/*'] }}                 | ${'logs/a'}         | ${true}
    ${{ Resource: `arn:aws:s3:::vault/${variable('s3:prefix')}/*` }}                            | ${'docs/a'}         | ${true}
    ${{ Resource: `arn:aws:s3:::vault/${variable('s3:delimiter')}/*` }}                         | ${'docs/a'}         | ${false}
    ${{ Resource: `arn:aws:s3:::vault/${variable('s3:delimiter')}/*` }}                         | ${'/a'}             | ${false}
    ${{ Resource: undefined, NotResource: `arn:aws:s3:::vault/${variable('s3:prefix')}/*` }}    | ${'docs/a'}         | ${false}
    ${{ Resource: undefined, NotResource: `arn:aws:s3:::vault/${variable('s3:delimiter')}/*` }} | ${'docs/a'}         | ${true}
  `('$change meets $key: $met', ({ change, key, met }) => {
    const asked = { resource: `arn:aws:s3:::vault/${key}`, conditions: { 's3:prefix': ['docs'] } };
    expect(mismatch(change, asked)).toBe(met ? undefined : 'resource');
  });

  it('has no variables in a policy of 2008', () => {
    const change = { Resource: `arn:aws:s3:::vault/${variable('s3:prefix')}` };
    const conditions = { 's3:prefix': ['docs'] };
    const asked = (key: string) => ({ resource: `arn:aws:s3:::vault/${key}`, conditions });
    expect(mismatch(change, asked('docs'))).toBeUndefined();
    expect(mismatch(change, asked('docs'), '2008-10-17')).toBe('resource');
    expect(mismatch(change, asked(variable('s3:prefix')), '2008-10-17')).toBeUndefined();
  });
});

// F482
it.each<[version: '2008-10-17' | '2012-10-17', prefix: string, met: boolean]>([
  ['2012-10-17', 'docs/ann/', true],
  ['2012-10-17', 'docs/bob/', false],
  ['2008-10-17', 'docs/ann/', false],
  ['2008-10-17', `docs/${variable('aws:username')}/`, true],
])('a condition has variables in a policy of %s: prefix %s: %s', (version, prefix, met) => {
  const statement = {
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::vault',
    Condition: { StringEquals: { 's3:prefix': `docs/${variable('aws:username')}/` } },
  };
  const conditions = { 's3:prefix': [prefix], 'aws:username': ['ann'] };
  const asked = { action: 's3:ListBucket', resource: 'arn:aws:s3:::vault', conditions } as const;
  expect(mismatch(statement, asked, version) === undefined).toBe(met);
});

// F1011
it.each<[effect: string, principal: unknown, isMeant: boolean]>([
  ['Allow', '*', false],
  ['Deny', '*', true],
  ['Allow', { Federated: 'graph.facebook.com' }, true],
  ['Deny', { Federated: 'graph.facebook.com' }, true],
  ['Allow', { Federated: 'www.amazon.com' }, false],
  ['Allow', { AWS: 'OWNER' }, false],
])('%s to %j is about the bearer of a token of graph.facebook.com: %s', (effect, principal, isMeant) => {
  const providers = new Set(['graph.facebook.com']);
  const met = mismatch({ Effect: effect, Principal: principal }, { caller: 'anonymous', providers }) === undefined;
  expect(met).toBe(isMeant);
});

describe('the part of a statement that does not fit', () => {
  const condition = { StringEquals: { 's3:prefix': 'docs/' }, Null: { 's3:delimiter': 'true' } };
  const statement = {
    Principal: { AWS: 'arn:aws:iam::OWNER:user/ann' },
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::vault',
    Condition: condition,
  };
  const asked = {
    caller: 'ann',
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::vault',
    conditions: { 's3:prefix': ['docs/'] },
  } as const;

  it.each<{ change: Asked; part: unknown }>`
    change                                                               | part
    ${{}}                                                                | ${undefined}
    ${{ action: 's3:ListBucketVersions', caller: 'root' }}               | ${'action'}
    ${{ caller: 'root', resource: 'arn:aws:s3:::other' }}                | ${'principal'}
    ${{ resource: 'arn:aws:s3:::other', conditions: {} }}                | ${'resource'}
    ${{ conditions: {} }}                                                | ${expect.objectContaining({ key: 's3:prefix' })}
    ${{ conditions: { 's3:prefix': ['docs/'], 's3:delimiter': ['/'] } }} | ${expect.objectContaining({ key: 's3:delimiter' })}
  `('is $part of a request with $change', ({ change, part }) => {
    expect(mismatch(statement, { ...asked, ...change })).toEqual(part);
  });
});
