import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../../src/dialects';
import { type AccessRequest, decideAccess, findOwnPolicies, isUnlimited } from '../../../src/model/access/access';
import type { ActionName } from '../../../src/model/access/actions';
import { decide, withinScopes } from '../../../src/model/access/decide';
import type { AskedPolicy, Basis, Decision } from '../../../src/model/access/decision';
import { describeDecision } from '../../../src/model/access/decision-text';
import { type Grant, groups } from '../../../src/model/access/grants';
import type { AccessQuestion } from '../../../src/model/access/matching';
import { readResourceTag } from '../../../src/model/access/resource-tags';
import type { AccessPoint } from '../../../src/model/access-points';
import type { BucketSettings } from '../../../src/model/bucket';
import { beginUpload } from '../../../src/model/uploads/uploads';
import { putVersion } from '../../../src/model/versions/writes';
import { AccessScene, type CallerName, type SceneOptions, type Statement } from '../../support/access-scene';
import { plainContent } from '../../support/stacks';
import { plainSettings } from '../../support/upload-settings';

const arns: Readonly<Record<string, string | readonly string[]>> = {
  ann: 'arn:aws:iam::OWNER:user/ann',
  bob: 'arn:aws:iam::PARTNER:user/bob',
  reader: 'arn:aws:iam::OWNER:role/reader',
  auditor: 'arn:aws:iam::PARTNER:role/auditor',
  work: 'arn:aws:sts::OWNER:assumed-role/reader/work',
  'reader and another session': ['arn:aws:iam::OWNER:role/reader', 'arn:aws:sts::OWNER:assumed-role/reader/play'],
  'work of auditor': 'arn:aws:sts::PARTNER:assumed-role/auditor/work',
  account: 'OWNER',
  partner: 'PARTNER',
  everyone: '*',
};

/** Reads a cell: `Allow`, `Deny to ann`, `Allow to everyone, Deny to ann`; `others` allows other actions, and `-` is not a policy. */
function statementsOf(cell: string): readonly Statement[] | undefined {
  if (cell === '-') return undefined;
  return cell.split(', ').map((statement) => {
    const [effect = '', name] = statement.split(' to ');
    const principal = name === undefined ? {} : { Principal: { AWS: arns[name] } };
    const action = effect === 'others' ? 's3:PutObject' : 's3:GetObject';
    return {
      Effect: effect === 'others' ? 'Allow' : effect,
      ...principal,
      Action: action,
      Resource: 'arn:aws:s3:::vault/*',
    };
  });
}

const everyonesRead: Grant = { grantee: groups.allUsers, permission: 'READ' };

function wordsOf({ allowed, by }: Decision): string {
  if (by.kind === 'nothing') return `no ${by.missing}`;
  const name = by.kind === 'statement' ? `${by.policy.kind} ${by.statement.number}` : by.kind;
  return `${allowed ? 'allowed' : 'denied'} by ${name}`;
}

type Row = {
  readonly caller: CallerName;
  readonly identity: string;
  readonly session: string;
  readonly bucket: string;
  readonly decision: string;
};

function decided({ caller, identity, session, bucket }: Omit<Row, 'decision'>, settings?: BucketSettings): string {
  const scene = new AccessScene({
    identity: statementsOf(identity),
    session: statementsOf(session),
    bucket: statementsOf(bucket),
    settings,
  });
  return wordsOf(scene.decide(caller));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html F470
describe('one Allow is enough within the account of the owner', () => {
  it.each<Row>`
    caller    | identity           | bucket                         | decision
    ${'root'} | ${'-'}             | ${'-'}                         | ${'allowed by account'}
    ${'root'} | ${'others'}        | ${'others to everyone'}        | ${'allowed by account'}
    ${'root'} | ${'-'}             | ${'Deny to everyone'}          | ${'denied by resource 1'}
    ${'root'} | ${'-'}             | ${'Deny to account'}           | ${'denied by resource 1'}
    ${'ann'}  | ${'-'}             | ${'-'}                         | ${'allowed by account'}
    ${'ann'}  | ${'-'}             | ${'others to everyone'}        | ${'allowed by account'}
    ${'ann'}  | ${'-'}             | ${'Deny to ann'}               | ${'denied by resource 1'}
    ${'ann'}  | ${'others'}        | ${'-'}                         | ${'no identity'}
    ${'ann'}  | ${'Allow'}         | ${'-'}                         | ${'allowed by identity 1'}
    ${'ann'}  | ${'others, Allow'} | ${'others to everyone'}        | ${'allowed by identity 2'}
    ${'ann'}  | ${'others'}        | ${'Allow to ann'}              | ${'allowed by resource 1'}
    ${'ann'}  | ${'others'}        | ${'Allow to everyone'}         | ${'allowed by resource 1'}
    ${'ann'}  | ${'others'}        | ${'Allow to account'}          | ${'no identity'}
    ${'ann'}  | ${'others'}        | ${'others to ann'}             | ${'no identity'}
    ${'ann'}  | ${'Allow'}         | ${'Allow to ann'}              | ${'allowed by identity 1'}
    ${'ann'}  | ${'Allow'}         | ${'Allow to ann, Deny to ann'} | ${'denied by resource 2'}
    ${'ann'}  | ${'Allow'}         | ${'Deny to account'}           | ${'denied by resource 1'}
    ${'ann'}  | ${'Deny, Allow'}   | ${'Allow to ann'}              | ${'denied by identity 1'}
    ${'ann'}  | ${'Allow, Deny'}   | ${'-'}                         | ${'denied by identity 2'}
    ${'ann'}  | ${'Deny'}          | ${'Deny to ann'}               | ${'denied by identity 1'}
  `('$caller, policy $identity, bucket policy $bucket: $decision', ({ decision, ...row }: Row) => {
    expect(decided({ ...row, session: '-' })).toBe(decision);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html F470
describe('another account needs an Allow of each side', () => {
  it.each<Row>`
    caller         | identity    | bucket                                   | decision
    ${'anonymous'} | ${'-'}      | ${'-'}                                   | ${'no resource'}
    ${'anonymous'} | ${'-'}      | ${'Allow to partner'}                    | ${'no resource'}
    ${'anonymous'} | ${'-'}      | ${'Allow to everyone'}                   | ${'allowed by resource 1'}
    ${'anonymous'} | ${'-'}      | ${'Allow to everyone, Deny to everyone'} | ${'denied by resource 2'}
    ${'partner'}   | ${'-'}      | ${'-'}                                   | ${'no resource'}
    ${'partner'}   | ${'-'}      | ${'Allow to partner'}                    | ${'allowed by resource 1'}
    ${'partner'}   | ${'others'} | ${'Allow to partner'}                    | ${'allowed by resource 1'}
    ${'partner'}   | ${'-'}      | ${'Allow to everyone'}                   | ${'allowed by resource 1'}
    ${'partner'}   | ${'-'}      | ${'Allow to bob'}                        | ${'no resource'}
    ${'bob'}       | ${'-'}      | ${'-'}                                   | ${'no resource'}
    ${'bob'}       | ${'Allow'}  | ${'-'}                                   | ${'no resource'}
    ${'bob'}       | ${'Allow'}  | ${'others to bob'}                       | ${'no resource'}
    ${'bob'}       | ${'others'} | ${'-'}                                   | ${'no identity'}
    ${'bob'}       | ${'others'} | ${'Allow to bob'}                        | ${'no identity'}
    ${'bob'}       | ${'-'}      | ${'Allow to bob'}                        | ${'allowed by resource 1'}
    ${'bob'}       | ${'Allow'}  | ${'Allow to bob'}                        | ${'allowed by resource 1'}
    ${'bob'}       | ${'Allow'}  | ${'Allow to partner'}                    | ${'allowed by resource 1'}
    ${'bob'}       | ${'Allow'}  | ${'Allow to everyone'}                   | ${'allowed by resource 1'}
    ${'bob'}       | ${'others'} | ${'Allow to everyone'}                   | ${'no identity'}
    ${'bob'}       | ${'Allow'}  | ${'Allow to account'}                    | ${'no resource'}
    ${'bob'}       | ${'Allow'}  | ${'Allow to everyone, Deny to partner'}  | ${'denied by resource 2'}
    ${'bob'}       | ${'Deny'}   | ${'Allow to bob'}                        | ${'denied by identity 1'}
  `('$caller, policy $identity, bucket policy $bucket: $decision', ({ decision, ...row }: Row) => {
    expect(decided({ ...row, session: '-' })).toBe(decision);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html F477
describe('the policy of a session', () => {
  it.each<Row>`
    caller                  | identity    | session     | bucket                                   | decision
    ${'session of root'}    | ${'-'}      | ${'-'}      | ${'-'}                                   | ${'allowed by account'}
    ${'session of root'}    | ${'-'}      | ${'others'} | ${'-'}                                   | ${'no session'}
    ${'session of root'}    | ${'-'}      | ${'Allow'}  | ${'-'}                                   | ${'allowed by account'}
    ${'session of ann'}     | ${'Allow'}  | ${'-'}      | ${'-'}                                   | ${'allowed by identity 1'}
    ${'session of ann'}     | ${'others'} | ${'-'}      | ${'-'}                                   | ${'no identity'}
    ${'session of ann'}     | ${'Allow'}  | ${'others'} | ${'-'}                                   | ${'no session'}
    ${'session of ann'}     | ${'others'} | ${'Allow'}  | ${'-'}                                   | ${'no identity'}
    ${'session of ann'}     | ${'others'} | ${'others'} | ${'Allow to ann'}                        | ${'no session'}
    ${'session of ann'}     | ${'others'} | ${'Allow'}  | ${'Allow to ann'}                        | ${'allowed by resource 1'}
    ${'session of reader'}  | ${'-'}      | ${'-'}      | ${'-'}                                   | ${'allowed by account'}
    ${'session of reader'}  | ${'Allow'}  | ${'-'}      | ${'-'}                                   | ${'allowed by identity 1'}
    ${'session of reader'}  | ${'Allow'}  | ${'others'} | ${'-'}                                   | ${'no session'}
    ${'session of reader'}  | ${'Allow'}  | ${'Deny'}   | ${'Allow to work'}                       | ${'denied by session 1'}
    ${'session of reader'}  | ${'Deny'}   | ${'Deny'}   | ${'Deny to work'}                        | ${'denied by identity 1'}
    ${'session of reader'}  | ${'Allow'}  | ${'Deny'}   | ${'Deny to work'}                        | ${'denied by session 1'}
    ${'session of reader'}  | ${'Allow'}  | ${'Allow'}  | ${'Deny to reader'}                      | ${'denied by resource 1'}
    ${'session of reader'}  | ${'others'} | ${'-'}      | ${'Allow to reader'}                     | ${'allowed by resource 1'}
    ${'session of reader'}  | ${'others'} | ${'others'} | ${'Allow to reader'}                     | ${'no session'}
    ${'session of reader'}  | ${'others'} | ${'others'} | ${'Allow to reader and another session'} | ${'no session'}
    ${'session of reader'}  | ${'others'} | ${'others'} | ${'Allow to work'}                       | ${'allowed by resource 1'}
    ${'session of reader'}  | ${'others'} | ${'others'} | ${'Allow to reader, Allow to work'}      | ${'allowed by resource 2'}
    ${'session of reader'}  | ${'Allow'}  | ${'others'} | ${'Allow to work'}                       | ${'allowed by resource 1'}
    ${'session of reader'}  | ${'others'} | ${'others'} | ${'Allow to everyone'}                   | ${'allowed by resource 1'}
    ${'session of auditor'} | ${'Allow'}  | ${'-'}      | ${'Allow to auditor'}                    | ${'allowed by resource 1'}
    ${'session of auditor'} | ${'Allow'}  | ${'others'} | ${'Allow to auditor'}                    | ${'no session'}
    ${'session of auditor'} | ${'Allow'}  | ${'others'} | ${'Allow to work of auditor'}            | ${'no session'}
    ${'session of auditor'} | ${'Allow'}  | ${'others'} | ${'Allow to everyone'}                   | ${'no session'}
    ${'session of auditor'} | ${'others'} | ${'Allow'}  | ${'Allow to work of auditor'}            | ${'no identity'}
    ${'session of auditor'} | ${'Allow'}  | ${'Allow'}  | ${'Allow to work of auditor'}            | ${'allowed by resource 1'}
  `('$caller, policy $identity, session $session, bucket $bucket: $decision', ({ decision, ...row }: Row) => {
    expect(decided(row)).toBe(decision);
  });
});

// justincormack/argmin, bucket_policy_root.rs F473
describe("the root user of the owner's account", () => {
  const scene = new AccessScene({
    bucket: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::vault' }],
    session: [{ Effect: 'Deny', Action: 's3:GetBucketPolicy', Resource: '*' }],
  });
  const actions: readonly ActionName[] = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

  it.each(actions)('may do %s whatever the bucket policy denies', (action) => {
    expect(scene.decide('root', { action, key: null }).allowed).toBe(true);
    for (const name of ['ann', 'session of ann', 'session of reader', 'partner', 'anonymous'] as const)
      expect(scene.decide(name, { action, key: null }).allowed).toBe(false);
  });

  it.each(actions)('has that right alone: the root user of another account is denied %s', (action) => {
    const policy = { Principal: { AWS: arns['partner'] }, Action: action, Resource: 'arn:aws:s3:::vault' };
    const both = new AccessScene({ bucket: ['Allow', 'Deny'].map((Effect) => ({ Effect, ...policy })) });
    expect(wordsOf(both.decide('partner', { action, key: null }))).toBe('denied by resource 2');
  });

  it('is denied everything else, and by the policy of its session', () => {
    for (const action of ['s3:GetBucketPolicyStatus', 's3:ListBucket', 's3:PutBucketAcl', 's3:DeleteBucket'] as const)
      expect(wordsOf(scene.decide('root', { action, key: null }))).toBe('denied by resource 1');
    expect(wordsOf(scene.decide('session of root', { action: 's3:GetBucketPolicy', key: null }))).toBe(
      'denied by session 1',
    );
  });
});

describe('an action without a bucket', () => {
  it.each<[caller: CallerName, identity: string, allowed: boolean]>([
    ['root', 'others', true],
    ['ann', '-', true],
    ['ann', 'others', false],
    ['bob', '-', true],
    ['bob', 'others', false],
  ])('%s, policy %s: %j', (caller, identity, allowed) => {
    const scene = new AccessScene({ identity: statementsOf(identity) });
    expect(scene.decideWithout(caller, 's3:ListAllMyBuckets').allowed).toBe(allowed);
  });

  it('without a caller is refused for no owner', () => {
    const { allowed, by } = new AccessScene({}).decideWithout('anonymous', 's3:ListAllMyBuckets');
    expect({ allowed, by }).toEqual({ allowed: false, by: { kind: 'nothing', missing: 'resource', asked: [] } });
  });
});

// F474, F477, F501
describe('an object that another account owns', () => {
  it.each<Row & { readonly grant: 'all' | '-'; readonly stranger: boolean }>`
    caller                  | identity    | session     | bucket                 | grant    | decision                   | stranger
    ${'anonymous'}          | ${'-'}      | ${'-'}      | ${'Allow to everyone'} | ${'-'}   | ${'no resource'}           | ${true}
    ${'anonymous'}          | ${'-'}      | ${'-'}      | ${'-'}                 | ${'all'} | ${'allowed by grant'}      | ${false}
    ${'ann'}                | ${'-'}      | ${'-'}      | ${'Allow to everyone'} | ${'-'}   | ${'no resource'}           | ${true}
    ${'ann'}                | ${'Allow'}  | ${'-'}      | ${'Allow to ann'}      | ${'-'}   | ${'no resource'}           | ${true}
    ${'ann'}                | ${'others'} | ${'-'}      | ${'-'}                 | ${'all'} | ${'no identity'}           | ${true}
    ${'ann'}                | ${'-'}      | ${'-'}      | ${'Deny to ann'}       | ${'all'} | ${'denied by resource 1'}  | ${false}
    ${'session of ann'}     | ${'Allow'}  | ${'others'} | ${'Allow to everyone'} | ${'-'}   | ${'no resource'}           | ${true}
    ${'session of ann'}     | ${'Allow'}  | ${'others'} | ${'-'}                 | ${'all'} | ${'no session'}            | ${true}
    ${'partner'}            | ${'-'}      | ${'-'}      | ${'-'}                 | ${'-'}   | ${'allowed by account'}    | ${false}
    ${'bob'}                | ${'Allow'}  | ${'-'}      | ${'-'}                 | ${'-'}   | ${'allowed by identity 1'} | ${false}
    ${'bob'}                | ${'others'} | ${'-'}      | ${'Allow to bob'}      | ${'-'}   | ${'no identity'}           | ${false}
    ${'session of auditor'} | ${'Allow'}  | ${'others'} | ${'-'}                 | ${'-'}   | ${'no session'}            | ${false}
  `('$caller, policy $identity, session $session, bucket $bucket, grants to $grant: $decision', (row) => {
    const { identity, session, bucket } = row;
    const scene = new AccessScene({
      identity: statementsOf(identity),
      session: statementsOf(session),
      bucket: statementsOf(bucket),
    });
    const caller = scene.caller(row.caller);
    const { policy, owner } = scene.bucket;
    const decision = decide(
      {
        ...{ caller, action: 's3:GetObject', resource: 'arn:aws:s3:::vault/report.pdf', partition: 'aws', owner },
        conditions: () => undefined,
      },
      {
        ...findOwnPolicies(caller),
        bucket: policy && { kind: 'resource', title: 'the bucket policy', document: policy.document },
        isRestricted: () => false,
        objectOwner: scene.partner,
        grant: () => (row.grant === 'all' ? { kind: 'grant', of: 'object', grant: everyonesRead } : undefined),
        isInitiator: () => false,
      },
    );
    expect(wordsOf(decision)).toBe(row.decision);
    const { by } = decision;
    expect(by.kind === 'nothing' ? by.stranger : undefined).toEqual(
      row.stranger ? { of: 'object', owner: scene.partner } : undefined,
    );
  });
});

// F470, F500
describe('an ACL', () => {
  const withAcl = (...grants: readonly Grant[]): BucketSettings => ({
    ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    publicAccessBlock: null,
    acl: grants,
  });
  const signed: Grant = { grantee: groups.authenticatedUsers, permission: 'READ' };

  it.each<{ caller: CallerName; identity: string; grants: 'owner' | 'all' | 'signed' | 'partner'; decision: string }>`
    caller         | identity    | grants       | decision
    ${'anonymous'} | ${'-'}      | ${'owner'}   | ${'no resource'}
    ${'anonymous'} | ${'-'}      | ${'all'}     | ${'allowed by grant'}
    ${'anonymous'} | ${'-'}      | ${'signed'}  | ${'no resource'}
    ${'ann'}       | ${'others'} | ${'owner'}   | ${'no identity'}
    ${'ann'}       | ${'others'} | ${'all'}     | ${'allowed by grant'}
    ${'ann'}       | ${'-'}      | ${'all'}     | ${'allowed by account'}
    ${'ann'}       | ${'others'} | ${'signed'}  | ${'allowed by grant'}
    ${'partner'}   | ${'-'}      | ${'owner'}   | ${'no resource'}
    ${'partner'}   | ${'-'}      | ${'partner'} | ${'allowed by grant'}
    ${'bob'}       | ${'-'}      | ${'partner'} | ${'allowed by grant'}
    ${'bob'}       | ${'others'} | ${'partner'} | ${'no identity'}
    ${'bob'}       | ${'others'} | ${'all'}     | ${'no identity'}
  `('$caller, policy $identity, grants to $grants: $decision', ({ caller, identity, grants, decision }) => {
    const { store, partner } = new AccessScene({});
    const owner: Grant = { grantee: store.defaultAccount, permission: 'FULL_CONTROL' };
    const all = {
      owner: [],
      all: [everyonesRead],
      signed: [signed],
      partner: [{ grantee: partner, permission: 'READ' }],
    } as const;
    const scene = new AccessScene({
      identity: statementsOf(identity),
      settings: withAcl(owner, ...all[grants]),
    });
    expect(wordsOf(scene.decide(caller, { action: 's3:ListBucket', key: null }))).toBe(decision);
  });

  // F509
  it('also gives what a policy gives that RestrictPublicBuckets stops', () => {
    const bucket = [{ Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::vault' }];
    const restricted = { publicAccessBlock: { RestrictPublicBuckets: true } };
    const wish = { action: 's3:ListBucket', key: null } as const;
    const stopped = new AccessScene({ bucket, settings: { ...withAcl(), ...restricted } });
    expect(wordsOf(stopped.decide('bob', wish))).toBe('denied by RestrictPublicBuckets');
    expect(wordsOf(stopped.decide('anonymous', wish))).toBe('denied by RestrictPublicBuckets');
    expect(wordsOf(stopped.decide('ann', wish))).toBe('allowed by account');
    const granted = new AccessScene({ bucket, settings: { ...withAcl(everyonesRead), ...restricted } });
    expect(wordsOf(granted.decide('bob', wish))).toBe('allowed by grant');
  });
});

// F504
it('a caller can list and end the upload that it began whatever allows it, but for a Deny', () => {
  const decisionWith = (bucket: string) => {
    const scene = new AccessScene({ identity: statementsOf('others'), bucket: statementsOf(bucket) });
    const { policy, owner } = scene.bucket;
    const caller = scene.caller('bob');
    return decide(
      {
        ...{ caller, action: 's3:GetObject', resource: 'arn:aws:s3:::vault/report.pdf', partition: 'aws', owner },
        conditions: () => undefined,
      },
      {
        ...findOwnPolicies(caller),
        bucket: policy && { kind: 'resource', title: 'the bucket policy', document: policy.document },
        ...{ isRestricted: () => false, objectOwner: undefined, grant: () => undefined, isInitiator: () => true },
      },
    );
  };
  expect(wordsOf(decisionWith('-'))).toBe('allowed by initiator');
  expect(wordsOf(decisionWith('Deny to everyone'))).toBe('denied by resource 1');
});

// F491
it('a condition on the time compares it with the clock of the mock', () => {
  const limited = (EpochTime: string) =>
    new AccessScene({
      identity: statementsOf('Allow')?.map((one) => ({
        ...one,
        Condition: { NumericEquals: { 'aws:EpochTime': EpochTime } },
      })),
    });
  expect(['0', '1'].map((time) => limited(time).decide('ann').allowed)).toEqual([true, false]);
});

// F1500
it('a session of a role that was revoked is denied everything', () => {
  const scene = new AccessScene({ identity: statementsOf('Allow'), bucket: statementsOf('Allow to work') });
  expect(wordsOf(scene.decide('session of reader'))).toBe('allowed by identity 1');
  scene.store.defaultAccount.revokeSessions('reader');
  expect(wordsOf(scene.decide('session of reader'))).toBe('denied by identity 1');
});

// F1711
it('the scope of a session denies as the policy of a session does', () => {
  const scene = new AccessScene({ identity: statementsOf('Allow'), session: statementsOf('Deny') });
  const caller = scene.caller('session of ann');
  const { session } = caller;
  const scopes = session?.policy && [session.policy];
  const scoped = { ...caller, session: session && { ...session, policy: undefined, scopes } };
  expect(findOwnPolicies(scoped).scopes).toEqual([
    { kind: 'session', title: 'the scope down policy of the session', document: session?.policy?.document },
  ]);
  expect(isUnlimited(scoped, scene.bucket, dialects.aws.configurations)).toBe(false);
});

// F1711
it('each scope has to allow what something else allows', () => {
  const scopeOf = (cell: string): AskedPolicy => {
    const [document] = findOwnPolicies(new AccessScene({ identity: statementsOf(cell) }).caller('ann')).identity ?? [];
    if (document === undefined) throw new Error('there is no policy');
    return { ...document, kind: 'session', title: cell };
  };
  const scene = new AccessScene({ identity: statementsOf('Allow') });
  const caller = scene.caller('ann');
  const question: AccessQuestion = {
    caller,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::vault/report.pdf',
    partition: 'aws',
    owner: scene.bucket.owner,
    conditions: () => undefined,
  };
  const [allowing, silent] = [scopeOf('Allow'), scopeOf('others')];
  const within = (by: Basis, scopes?: readonly AskedPolicy[]) => withinScopes(question, { scopes }, by);
  const statement = scene.decide('ann').by;
  expect(within(statement)).toBe(statement);
  expect(within(statement, [allowing, allowing])).toBe(statement);
  const none = { kind: 'nothing', missing: 'session', asked: [silent] };
  expect(within({ kind: 'account' }, [allowing, silent])).toEqual(none);
  expect(within(statement, [silent])).toEqual({ ...none, half: statement });
  for (const refused of [
    { kind: 'nothing', missing: 'identity', asked: [] },
    { kind: 'RestrictPublicBuckets', policy: silent },
  ] as const)
    expect(within(refused, [silent])).toBe(refused);
});

describe('a caller whom nothing limits', () => {
  const { aws, ibmCos } = { aws: dialects.aws.configurations, ibmCos: dialects['ibm-cos'].configurations };

  it.each<[caller: CallerName, options: SceneOptions, ofBucket: boolean, without: boolean]>([
    ['root', {}, true, true],
    ['ann', {}, true, true],
    ['ann', { identity: statementsOf('Allow') }, false, false],
    ['session of ann', {}, true, true],
    ['session of ann', { session: statementsOf('Allow') }, false, false],
    ['session of reader', {}, true, true],
    ['partner', {}, false, true],
    ['anonymous', {}, false, true],
    ['root', { bucket: statementsOf('Deny to everyone') }, false, true],
    ['root', { settings: { ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } }, false, true],
  ])('%s, %j: of a bucket %s, without a bucket %s', (name, options, ofBucket, without) => {
    const scene = new AccessScene(options);
    expect(isUnlimited(scene.caller(name), scene.bucket, aws)).toBe(ofBucket);
    expect(isUnlimited(scene.caller(name), undefined, aws)).toBe(without);
  });

  it('is no session of a role that was revoked', () => {
    const scene = new AccessScene({});
    scene.store.defaultAccount.revokeSessions('reader');
    expect(isUnlimited(scene.caller('session of reader'), scene.bucket, aws)).toBe(false);
    expect(isUnlimited(scene.caller('session of ann'), scene.bucket, aws)).toBe(true);
  });

  it('is each of the account that has the bucket, on a service without policies', () => {
    const scene = new AccessScene({ identity: [], bucket: statementsOf('Deny to everyone') });
    const names = ['root', 'ann', 'partner', 'anonymous'] as const;
    expect(names.map((name) => isUnlimited(scene.caller(name), scene.bucket, ibmCos))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(names.map((name) => isUnlimited(scene.caller(name), undefined, ibmCos))).toEqual([true, true, true, true]);
  });
});

// F1113, F1101
describe('through an access point', () => {
  const Action = 's3:GetObject';
  const open = { Effect: 'Allow', Principal: '*', Action };
  const pointArn = 'arn:aws:s3:us-east-1:111111111111:accesspoint/reports';
  const objects = `${pointArn}/object/*`;
  const ask = (
    scene: AccessScene,
    name: CallerName,
    asked: Pick<AccessRequest, 'action' | 'accessPoint' | 'uploadId'>,
  ) => {
    const { store, bucket } = scene;
    const request = { caller: scene.caller(name), bucket, key: 'report.pdf', conditions: () => undefined, ...asked };
    return decideAccess(request, { store, service: dialects.aws.configurations });
  };

  it.each<[identity: string, bucket: string, ofPoint: object | undefined, restricts: boolean, decision: string]>([
    ['-', 'Allow to bob', open, false, 'allowed by resource 1'],
    ['Allow', 'Allow to bob', open, false, 'no identity'],
    ['-', 'Allow to bob', open, true, 'denied by RestrictPublicBuckets'],
    [
      '-',
      'Allow to bob',
      { ...open, Principal: { AWS: 'arn:aws:iam::PARTNER:user/bob' } },
      true,
      'allowed by resource 1',
    ],
    ['-', 'Allow to bob', { ...open, Effect: 'Deny' }, false, 'denied by resource 1'],
    ['-', 'Allow to bob', undefined, false, 'no resource'],
    ['-', 'others to bob', open, false, 'no resource'],
    ['others', 'Allow to bob', open, false, 'no identity'],
  ])(
    'policy %s, bucket policy %s, policy of the point %j, which restricts it: %s: %s',
    (identity, bucket, ofPoint, restricts, decision) => {
      const scene = new AccessScene({ identity: statementsOf(identity), bucket: statementsOf(bucket) });
      const point = scene.point(ofPoint && { ...ofPoint, Resource: objects }, restricts);
      expect(wordsOf(ask(scene, 'bob', { action: Action, accessPoint: point }))).toBe(decision);
    },
  );

  it('the owner of the bucket reads an object of another account by its ACL', () => {
    const ownershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } as const;
    const scene = new AccessScene({ settings: { ownershipControls } });
    const { store, bucket, partner } = scene;
    const acl = { owner: partner, grants: [{ grantee: bucket.owner, permission: 'READ' }] } as const;
    const content = plainContent(store, Buffer.from('report'));
    putVersion(store, bucket, { key: 'report.pdf', content, tags: [], lock: undefined, acl });
    expect(wordsOf(ask(scene, 'root', { action: Action, accessPoint: scene.point(undefined) }))).toBe(
      'allowed by grant',
    );
  });

  // F504
  it('who began an upload needs the right to end it, which the point does not give to whoever began it', () => {
    const scene = new AccessScene({ identity: [] });
    const { store, bucket } = scene;
    const initiator = scene.caller('ann');
    beginUpload(store, bucket, { id: 'upload', key: 'report.pdf', initiator, ...plainSettings });
    const asked = { action: 's3:AbortMultipartUpload', uploadId: 'upload' } as const;
    const through = { ...asked, accessPoint: scene.point(undefined) };
    expect({ direct: wordsOf(ask(scene, 'ann', asked)), through: wordsOf(ask(scene, 'ann', through)) }).toEqual({
      direct: 'allowed by initiator',
      through: 'no identity',
    });
  });

  it('the reason names the nearest statement of the policy of the point', () => {
    const scene = new AccessScene({ identity: [] });
    const point = scene.point({ ...open, Resource: `${pointArn}/object/docs/*` });
    const caller = scene.caller('ann');
    expect(describeDecision(ask(scene, 'ann', { action: Action, accessPoint: point }), caller, [])).toBe(
      `nothing allows user ann of account 111111111111 to do s3:GetObject on ${pointArn}/object/report.pdf; statement 1 of the policy of the access point reports came nearest, which applies to ${pointArn}/object/docs/*`,
    );
  });

  it('a caller is never unlimited', () => {
    const scene = new AccessScene({});
    const point = { name: 'reports' } as AccessPoint;
    expect(isUnlimited(scene.caller('root'), scene.bucket, dialects.aws.configurations, point)).toBe(false);
  });
});

// F32
it('a request about no bucket has no tags of a bucket or an object', () => {
  const { store } = new AccessScene({});
  const asked = { action: 's3:GetObject', bucket: undefined, key: 'a', versionId: undefined } as const;
  const question = { ...asked, store, service: dialects.aws.configurations };
  for (const key of ['s3:existingobjecttag/team', 's3:buckettag/team', 'aws:resourcetag/team'])
    expect(readResourceTag(key, question)).toBeUndefined();
});
