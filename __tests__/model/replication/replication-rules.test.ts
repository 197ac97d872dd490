import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Acl, awsAccounts, type Grant, groups, type Permission } from '../../../src/model/access/grants';
import type { ReplicationRule } from '../../../src/model/configurations/replication-rules';
import { findObstacles, type Obstacle } from '../../../src/model/replication/obstacles';
import { compareTasks } from '../../../src/model/replication/replication';
import {
  adoptTerms,
  chooseRules,
  chooseRulesForReplicas,
  copiesAcls,
} from '../../../src/model/replication/replication-rules';
import { isReplica, type ReplicationState, withCopies } from '../../../src/model/replication/replication-state';
import type { ReplicationTask } from '../../../src/model/replication/replication-task';
import { makeContent, storageClasses } from '../../../src/model/versions/content';
import type { Encryption, Version } from '../../../src/model/versions/version';
import { deleteKey, putVersion } from '../../../src/model/versions/writes';
import {
  arnOf,
  configurationOf,
  crnOf,
  firstRuleOf,
  ruleOf,
  withMarkers,
  withSync,
} from '../../support/replication-rules';
import { makeStacks } from '../../support/stacks';

let scene: ReturnType<typeof makeStacks>;
beforeEach(() => {
  scene = makeStacks('Enabled');
});

const addBucket = (name: string, owner = scene.store.defaultAccount) =>
  scene.store.addBucket({ name, owner, region: undefined, location: undefined, created: 0 });

const setRules = (...rules: readonly ReplicationRule[]) =>
  scene.bucket.change({ replication: configurationOf(...rules) });

interface Written {
  readonly key?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly encryption?: Encryption;
  readonly acl?: Acl;
}

function write({ key = 'k', tags = {}, storageClass = 'STANDARD', encryption = {}, acl }: Written = {}): Version {
  const { store, bucket } = scene;
  const body = Buffer.from('data');
  const content = makeContent(store.ids, { body, metadata: {}, headers: {}, encryption, storageClass });
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return putVersion(store, bucket, { key, content, tags: list, lock: undefined, acl });
}

function markDeleted(key = 'k'): Version {
  deleteKey(scene.store, scene.bucket, key);
  const marker = scene.bucket.versions.current(key);
  if (marker === undefined) throw new Error('no marker');
  return marker;
}

const idsFor = (version: Version) => chooseRules(version, scene.bucket, scene.store.buckets).map(({ ID }) => ID);

// F851
describe('the filter of a rule', () => {
  const tag = (Key: string, Value: string) => ({ Key, Value });

  it.each<[what: string, filter: NonNullable<ReplicationRule['Filter']>, version: Written, copies: boolean]>([
    ['an empty filter', {}, {}, true],
    ['an empty prefix', { Prefix: '' }, {}, true],
    ['a prefix', { Prefix: 'logs/' }, { key: 'logs/a' }, true],
    ['a prefix that is elsewhere in the key', { Prefix: 'logs/' }, { key: 'old/logs/a' }, false],
    ['a prefix in other letters', { Prefix: 'logs/' }, { key: 'Logs/a' }, false],
    ['a tag', { Tag: tag('copy', 'yes') }, { tags: { copy: 'yes', other: '1' } }, true],
    ['a tag without its value', { Tag: tag('copy', '') }, { tags: { copy: '' } }, true],
    ['a tag with another value', { Tag: tag('copy', 'yes') }, { tags: { copy: 'Yes' } }, false],
    ['a tag in other letters', { Tag: tag('copy', 'yes') }, { tags: { Copy: 'yes' } }, false],
    ['two tags', { And: { Tags: [tag('a', '1'), tag('b', '2')] } }, { tags: { b: '2', a: '1' } }, true],
    ['one tag of two', { And: { Tags: [tag('a', '1'), tag('b', '2')] } }, { tags: { a: '1' } }, false],
    [
      'a prefix and a tag',
      { And: { Prefix: 'logs/', Tags: [tag('a', '1')] } },
      { key: 'logs/a', tags: { a: '1' } },
      true,
    ],
    ['a prefix without its tag', { And: { Prefix: 'logs/', Tags: [tag('a', '1')] } }, { key: 'logs/a' }, false],
    ['a tag without its prefix', { And: { Prefix: 'logs/', Tags: [tag('a', '1')] } }, { tags: { a: '1' } }, false],
  ])('goes by %s', (_what, Filter, version, copies) => {
    setRules(ruleOf('all', { Filter }));
    expect(idsFor(write(version))).toEqual(copies ? ['all'] : []);
  });

  it('of the first version is the prefix of the rule', () => {
    setRules(firstRuleOf('logs', 'logs/'), firstRuleOf('images', 'images/'));
    expect(['logs/a', 'images/a', 'a'].map((key) => idsFor(write({ key })))).toEqual([['logs'], ['images'], []]);
  });
});

// F851
describe('of several rules', () => {
  it('one with the highest priority copies to each destination, wherever it is in the configuration', () => {
    setRules(
      ruleOf('middle', { Priority: 5 }),
      ruleOf('highest', { Priority: 9 }),
      ruleOf('lowest', { Priority: 0 }),
      ruleOf('elsewhere', { Priority: 2, to: arnOf('more') }),
      ruleOf('elsewhere, lower', { Priority: 1, to: arnOf('more') }),
    );
    expect(idsFor(write())).toEqual(['highest', 'elsewhere']);
  });

  it('a disabled one counts as if it was not there', () => {
    setRules(ruleOf('off', { Priority: 2, Status: 'Disabled' }), ruleOf('on'));
    expect(idsFor(write())).toEqual(['on']);
  });

  it('one whose filter does not match leaves the version to the next', () => {
    setRules(ruleOf('logs', { Priority: 2, Filter: { Prefix: 'logs/' } }), ruleOf('all'));
    expect(idsFor(write())).toEqual(['all']);
  });

  it('one that does not select KMS keys leaves such a version to the next', () => {
    const SourceSelectionCriteria = { SseKmsEncryptedObjects: { Status: 'Enabled' } } as const;
    setRules(ruleOf('plain', { Priority: 2 }), ruleOf('encrypted', { SourceSelectionCriteria }));
    expect(idsFor(write({ encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn' } }))).toEqual([
      'encrypted',
    ]);
    expect(idsFor(write())).toEqual(['plain']);
  });

  // The example of IBM's documentation.
  it.each<[key: string, tags: Written['tags'], rule: string]>([
    ['project_a/foo.mp4', {}, 'ProjectA'],
    ['project_b/baz.pdf', {}, 'ProjectB'],
    ['project_b/acme.pdf', { Client: 'ACME' }, 'AcmeCorp'],
  ])('IBM COS applies one alone, also to other destinations: %s', (key, tags, rule) => {
    setRules(
      ruleOf('ProjectA', { ...withMarkers, Priority: 10, Filter: { Prefix: 'project_a/' }, to: crnOf('a') }),
      ruleOf('ProjectB', { ...withMarkers, Priority: 5, Filter: { Prefix: 'project_b/' }, to: crnOf('b') }),
      ruleOf('AcmeCorp', {
        ...withMarkers,
        Priority: 20,
        Filter: { Tag: { Key: 'Client', Value: 'ACME' } },
        to: crnOf('c'),
      }),
    );
    const written = write({ key, ...(tags && { tags }) });
    expect({ object: idsFor(written), marker: idsFor(markDeleted(key)) }).toEqual({ object: [rule], marker: [rule] });
  });
});

// F850
describe('an object is copied', () => {
  it.each(storageClasses)('by its storage class %s, unless it is in an archive', (storageClass) => {
    setRules(ruleOf('all'));
    const isArchived = storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';
    expect(idsFor(write({ storageClass }))).toEqual(isArchived ? [] : ['all']);
  });

  it.each<[what: string, encryption: Encryption, aws: boolean, selecting: boolean, cos: boolean]>([
    ["S3's own keys", { ServerSideEncryption: 'AES256' }, true, true, true],
    ['a KMS key', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn' }, false, true, true],
    ['a KMS key, twice', { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: 'arn' }, false, true, true],
    ["a customer's key", { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'md5' }, true, true, false],
  ])('or not, if it is encrypted with %s', (_what, encryption, aws, selecting, cos) => {
    const isCopiedBy = (more: Partial<ReplicationRule>, to: string) => {
      setRules(ruleOf('all', { ...more, to }));
      return idsFor(write({ encryption })).length === 1;
    };
    const selected = (Status: 'Enabled' | 'Disabled') => ({
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status } },
    });
    expect({
      aws: isCopiedBy({}, arnOf('replica')),
      notSelecting: isCopiedBy(selected('Disabled'), arnOf('replica')),
      selecting: isCopiedBy(selected('Enabled'), arnOf('replica')),
      cos: isCopiedBy({}, crnOf('replica')),
    }).toEqual({ aws, notSelecting: aws, selecting, cos });
  });

  it('unless it is a replica, or the null version', () => {
    setRules(ruleOf('all'));
    const version = write();
    const replica = { ...version, replication: { status: 'REPLICA', source: 'other', copies: [] } } as const;
    const changing = { ...version, replication: { status: 'PENDING', source: 'other', copies: [] } } as const;
    expect([replica, changing, { ...version, explicitId: 'null' }].map(idsFor)).toEqual([[], [], []]);
  });

  const owner = () => scene.store.defaultAccount;
  const everybody = groups.allUsers;

  it.each<[what: string, permissions: readonly Permission[], isPublic: boolean, copies: boolean]>([
    ['nothing', [], false, false],
    ['READ alone', ['READ'], false, false],
    ['READ_ACP alone', ['READ_ACP'], false, false],
    ['READ and READ_ACP', ['READ', 'READ_ACP'], false, true],
    ['FULL_CONTROL', ['FULL_CONTROL'], false, true],
    ['READ_ACP, and everybody READ', ['READ_ACP'], true, true],
  ])("of another owner if that gave the bucket's owner %s: %#", (_what, permissions, isPublic, copies) => {
    setRules(ruleOf('all'));
    scene.bucket.change({ ownershipControls: null, publicAccessBlock: null });
    const grants: readonly Grant[] = [
      ...permissions.map((permission) => ({ grantee: owner(), permission })),
      ...(isPublic ? [{ grantee: everybody, permission: 'READ' } as const] : []),
    ];
    const acl = { owner: awsAccounts.exec, grants };
    expect(idsFor(write({ acl }))).toEqual(copies ? ['all'] : []);
    // Without ACLs the bucket's owner owns it.
    scene.bucket.change({ ownershipControls: undefined });
    expect(idsFor(write({ acl }))).toEqual(['all']);
  });

  it("if it is the bucket owner's own, whatever its ACL grants", () => {
    setRules(ruleOf('all'));
    scene.bucket.change({ ownershipControls: null });
    expect(idsFor(write({ acl: { owner: owner(), grants: [] } }))).toEqual(['all']);
  });
});

// F852
describe('a delete marker is copied', () => {
  const forTag = { Filter: { Tag: { Key: 'copy', Value: 'yes' } } };

  it('by a rule of the first version to a bucket of the same account', () => {
    setRules(firstRuleOf('all'));
    addBucket('replica');
    expect(idsFor(markDeleted())).toEqual(['all']);
  });

  it('by no rule of the first version to another account', () => {
    setRules(firstRuleOf('all'));
    addBucket('replica', scene.store.addAccount('partner'));
    expect({ object: idsFor(write()), marker: idsFor(markDeleted()) }).toEqual({ object: ['all'], marker: [] });
  });

  it('by a rule with a filter if another rule makes it one of the first version', () => {
    const { Priority: _p, DeleteMarkerReplication: _d, ...filtering } = ruleOf('a', { Filter: { Prefix: 'a' } });
    setRules(filtering, firstRuleOf('b', 'b'));
    const [a, b] = ['a', 'b'].map((key) => idsFor(markDeleted(key)));
    expect({ a, b }).toEqual({ a: ['a'], b: ['b'] });
  });

  it.each([
    ['Enabled', ['all']],
    ['Disabled', []],
  ] as const)('by a rule of the second version if its word is %s, also to another account', (Status, ids) => {
    setRules(ruleOf('all', { DeleteMarkerReplication: { Status } }));
    addBucket('replica', scene.store.addAccount('partner'));
    expect(idsFor(markDeleted())).toEqual(ids);
  });

  it('by the word of the rule with the highest priority, not by that of the next', () => {
    setRules(ruleOf('next', withMarkers), ruleOf('first', { Priority: 2 }));
    expect({ object: idsFor(write()), marker: idsFor(markDeleted()) }).toEqual({ object: ['first'], marker: [] });
  });

  it('past a rule with tags, which a marker does not have', () => {
    setRules(ruleOf('tagged', { ...forTag, Priority: 2 }), ruleOf('all', withMarkers));
    const version = write({ tags: { copy: 'yes' } });
    expect({ object: idsFor(version), marker: idsFor(markDeleted()) }).toEqual({ object: ['tagged'], marker: ['all'] });
  });

  it('on IBM COS also by the tags of the object that it hides', () => {
    setRules(ruleOf('tagged', { ...withMarkers, ...forTag, to: crnOf('replica') }));
    write({ tags: { copy: 'yes' } });
    const first = markDeleted();
    const second = markDeleted();
    write();
    const third = markDeleted();
    expect([first, second, third, markDeleted('l')].map(idsFor)).toEqual([['tagged'], ['tagged'], [], []]);
  });
});

// F858
describe('the later changes of a replica are copied', () => {
  const idsOf = (version = write()) => chooseRulesForReplicas(version, scene.bucket).map(({ ID }) => ID);

  it('by an enabled rule that asks for it, for each destination that with the highest priority', () => {
    setRules(
      ruleOf('not asking', { Priority: 9 }),
      ruleOf('disabled', { ...withSync, Priority: 8, Status: 'Disabled' }),
      ruleOf('other keys', { ...withSync, Priority: 7, Filter: { Prefix: 'logs/' } }),
      ruleOf('asking', { ...withSync, Priority: 6 }),
      ruleOf('asking, lower', { ...withSync, Priority: 5 }),
      ruleOf('elsewhere', { ...withSync, Priority: 4, to: arnOf('more') }),
    );
    expect(idsOf()).toEqual(['asking', 'elsewhere']);
  });

  it('by no rule of the first version', () => {
    setRules({ ...firstRuleOf('all'), ...withSync });
    expect(idsOf()).toEqual([]);
  });
});

// F857
describe('later changes of an ACL are copied', () => {
  it.each<[what: string, rule: Partial<ReplicationRule>, ownership: 'ObjectWriter' | 'BucketOwnerEnforced', boolean]>([
    ['to a bucket with ACLs', {}, 'ObjectWriter', true],
    ['not to one without ACLs', {}, 'BucketOwnerEnforced', false],
    [
      'not if replicas are of the owner of the destination',
      {
        Destination: {
          Bucket: arnOf('replica'),
          Account: '000000000000',
          AccessControlTranslation: { Owner: 'Destination' },
        },
      },
      'ObjectWriter',
      false,
    ],
    ['not by IBM COS', { Destination: { Bucket: crnOf('replica') } }, 'ObjectWriter', false],
  ])('%s', (_what, rule, ObjectOwnership, copies) => {
    const replica = addBucket('replica');
    replica.change({ ownershipControls: { Rules: [{ ObjectOwnership }] } });
    expect(copiesAcls(ruleOf('all', rule), replica)).toBe(copies);
  });
});

// F850
describe('the status of a version', () => {
  const copy = (status: 'PENDING' | 'COMPLETED' | 'FAILED', destination = 'replica') => ({
    destination,
    rule: 'all',
    status,
  });
  const statusOf = (state: Partial<ReplicationState>, ...copies: ReturnType<typeof copy>[]) =>
    withCopies({ status: 'PENDING', copies: [], ...state }, copies).status;

  it('is PENDING until all copies were tried, then FAILED if one failed', () => {
    expect(statusOf({}, copy('FAILED'), copy('PENDING', 'more'))).toBe('PENDING');
    expect(statusOf({}, copy('FAILED'), copy('COMPLETED', 'more'))).toBe('FAILED');
    expect(statusOf({}, copy('COMPLETED'), copy('COMPLETED', 'more'))).toBe('COMPLETED');
  });

  it('of a replica is REPLICA again, whether its source is known or not', () => {
    expect(statusOf({ source: 'vault' }, copy('COMPLETED'))).toBe('REPLICA');
    expect(statusOf({ status: 'REPLICA' }, copy('COMPLETED'))).toBe('REPLICA');
  });

  it('makes a replica of a version of a fixture, which is not copied on', () => {
    setRules(ruleOf('all'));
    const version = { ...write(), replication: { status: 'REPLICA', copies: [] } as const };
    expect({ isReplica: isReplica(version), rules: idsFor(version) }).toEqual({ isReplica: true, rules: [] });
  });
});

// F852
describe('the marker of a rule on IBM COS', () => {
  const tag = { Key: 'team', Value: 'a' };
  const rule = (Filter: NonNullable<ReplicationRule['Filter']>) =>
    ruleOf('tagged', { to: crnOf('replica'), Filter, ...withMarkers });

  it('is selected by the tags in an And of the object that it hides, and of no other key', () => {
    setRules(rule({ And: { Prefix: '', Tags: [tag, { Key: 'stage', Value: 'b' }] } }));
    write({ key: 'a', tags: { team: 'a', stage: 'b' } });
    expect(idsFor(markDeleted('a'))).toEqual(['tagged']);
    write({ key: 'b', tags: { team: 'a', stage: 'b' } });
    expect(idsFor(markDeleted('aa'))).toEqual([]);
  });
});

it('a disabled rule copies no markers', () => {
  setRules(ruleOf('off', { Status: 'Disabled', ...withMarkers }));
  write();
  expect(idsFor(markDeleted())).toEqual([]);
});

it('ACLs are copied to a bucket that nobody knows', () => {
  expect(copiesAcls(ruleOf('all'), undefined)).toBe(true);
});

// F853
it('tasks that a fixture brings adopt the terms of their rule, and keep those that they have', () => {
  setRules(ruleOf('all'));
  const { bucket } = scene;
  const task = { id: '1', rule: 'all', destination: 'replica', key: 'k', part: 'object' } as unknown as ReplicationTask; // the members that count
  const own = { ...task, id: '2', terms: { rule: ruleOf('old'), role: 'old' } };
  for (const one of [task, own]) bucket.replications.set(one.id, one);
  adoptTerms(bucket);
  const { Role: role } = configurationOf();
  expect([...bucket.replications.values()]).toEqual([{ ...task, terms: { rule: ruleOf('all'), role } }, own]);
});

it('tasks of one time come in the order of their requests, and those of one version by their part', () => {
  const task = (at: number, begun: number, sequence: number, part: string) =>
    ({ at, begun, sequence, part }) as ReplicationTask; // what their order depends on
  const ordered = [
    task(1, 9, 9, 'tags'),
    task(2, 1, 9, 'tags'),
    task(2, 2, 1, 'legal hold'),
    task(2, 2, 2, 'object'),
    task(2, 2, 2, 'tags'),
  ];
  expect(ordered.toReversed().sort(compareTasks)).toEqual(ordered);
  expect([...ordered].sort(compareTasks)).toEqual(ordered);
});

describe('what keeps a rule from a version', () => {
  const tag = { Key: 'team', Value: 'a' };
  const strange: Acl = { owner: awsAccounts.logs, grants: [] };
  const obstacles = (version: Version, ...rules: readonly [ReplicationRule, ...ReplicationRule[]]) => {
    setRules(...rules);
    return findObstacles(rules[0], version, scene.bucket, scene.store.buckets);
  };

  it.each<[what: readonly Obstacle[], rule: ReplicationRule, version: Written & Partial<Version>]>([
    [[], ruleOf('r'), {}],
    [['disabled'], ruleOf('r', { Status: 'Disabled' }), {}],
    [['Prefix'], firstRuleOf('r', 'x'), {}],
    [['Prefix', 'Tags'], ruleOf('r', { Filter: { And: { Prefix: 'x', Tags: [tag] } } }), {}],
    [['Tags'], ruleOf('r', { Filter: { And: { Prefix: 'k', Tags: [tag] } } }), {}],
    [['Not'], ruleOf('r', { Filter: { Not: { Prefix: 'k' } } }), {}],
    [['storage class'], ruleOf('r'), { storageClass: 'GLACIER' }],
    [['encryption'], ruleOf('r'), { encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn' } }],
    [['owner'], ruleOf('r'), { acl: strange }],
    [['null version'], ruleOf('r'), { explicitId: 'null' }],
    [
      ['disabled', 'Prefix', 'storage class', 'null version'],
      ruleOf('r', { Status: 'Disabled', Filter: { Prefix: 'x' } }),
      { storageClass: 'GLACIER', explicitId: 'null' },
    ],
    [['unknown'], ruleOf('r'), { replication: { status: 'REPLICA', copies: [] } }],
  ])('is %j', (what, rule, { key, tags, storageClass, encryption, acl, ...more }) => {
    scene.bucket.change({ ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } });
    const given = { storageClass, encryption, acl };
    const written = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    expect(obstacles({ ...write(written), ...more }, rule)).toEqual(what);
  });

  it('is found with the tags of the object that a marker hides', () => {
    const Filter = { And: { Prefix: '', Tags: [tag, { Key: 'stage', Value: 'b' }] } };
    write({ tags: { team: 'a', stage: 'b' } });
    const rule = ruleOf('r', { to: crnOf('replica'), Filter, Status: 'Disabled', ...withMarkers });
    expect(obstacles(markDeleted(), rule)).toEqual(['disabled']);
  });

  it('is a rule with a higher priority', () => {
    expect(obstacles(write(), ruleOf('r'), ruleOf('higher', { Priority: 2 }))).toEqual(['another rule']);
  });

  it('is that it copies no delete markers, of either version', () => {
    addBucket('replica', scene.store.addAccount('partner'));
    write();
    const marker = markDeleted();
    expect(obstacles(marker, ruleOf('r'))).toEqual(['delete marker']);
    expect(obstacles(marker, firstRuleOf('r', 'k'))).toEqual(['delete marker']);
    expect(obstacles(marker, firstRuleOf('r', 'x'))).toEqual(['Prefix', 'delete marker']);
  });
});
