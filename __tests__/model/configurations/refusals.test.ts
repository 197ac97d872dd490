import { describe, expect, it } from '@jest/globals';
import { groups, makeOwnersGrants } from '../../../src/model/access/grants';
import { type ConfigurationName, type ConfigurationValues, configurations } from '../../../src/model/configurations';
import { type ConfigurationContext, putConfiguration } from '../../../src/model/configurations/configuration';
import { makeEncryptionRule } from '../../../src/model/configurations/encryption';
import { checkMember, putMember } from '../../../src/model/configurations/family';
import type { ReplicationRule } from '../../../src/model/configurations/replication-rules';
import { awsConfigurations, cosConfigurations } from '../../../src/model/configurations/services';
import type { VersioningStatus } from '../../../src/model/versioning';
import { putVersion } from '../../../src/model/versions/writes';
import { familyValues } from '../../support/configuration-families';
import { arnOf, configurationOf, crnOf, firstRuleOf, ruleOf } from '../../support/replication-rules';
import { makeStacks, plainContent } from '../../support/stacks';
import { refusalThrownBy } from '../../support/thrown';

type Context = Pick<ConfigurationContext, 'fixture'> & {
  readonly isCos?: boolean;
  readonly versioning?: VersioningStatus | undefined;
  readonly region?: string;
  /** What the bucket has before. */
  readonly settings?: object;
  readonly hasObject?: boolean;
};

/** Puts the value on a bucket beside versioned buckets `replica` and `more`, and one without versions. */
function put<Name extends ConfigurationName>(
  name: Name,
  value: ConfigurationValues[Name],
  { isCos, versioning, region, fixture, settings, hasObject }: Context = { versioning: 'Enabled' },
) {
  const { store } = makeStacks(undefined);
  const owner = store.defaultAccount;
  const add = (bucket: string, status: VersioningStatus | undefined, where?: string) =>
    store.addBucket(
      { name: bucket, owner, region: where, location: undefined, created: 0 },
      { versioning: { Status: status } },
    );
  for (const bucket of ['replica', 'more']) add(bucket, 'Enabled');
  add('plain', undefined);
  add('eu', 'Enabled', 'eu-north-1');
  const bucket = add('source', versioning, region);
  if (settings) bucket.change(settings);
  const content = plainContent(store, Buffer.from('data'));
  if (hasObject) putVersion(store, bucket, { key: 'k', content, tags: [], lock: undefined });
  const service = isCos ? cosConfigurations : awsConfigurations;
  const { [name]: declared } = configurations;
  const refused = refusalThrownBy(() =>
    putConfiguration<unknown>(declared as never, value, { bucket, store, service, ...(fixture && { fixture }) }),
  );
  if (refused === undefined) return { stored: bucket.settings[name] };
  const { refusal, details, quoted, why } = refused;
  return { refusal, ...details, ...quoted, ...(why !== undefined && { why: String(why) }) };
}

const versioned: Context = { versioning: 'Enabled' };
const overlap = { refusal: 'ReplicationPrefixesOverlap', shorter: 'x', longer: 'xy' };
const unknown = (ArgumentValue: string, advice: string) => ({
  refusal: 'NotificationEventUnknown',
  ArgumentValue,
  why: `there is no event '${ArgumentValue}'. ${advice}`,
});
const long = (length: number) => 'a'.repeat(length);

// F366, F367, F369
describe('a replication configuration', () => {
  type Rules = readonly ReplicationRule[];
  const of = (...rules: Rules) => put('replication', configurationOf(...rules), versioned);
  const refusalOf = (...rules: Rules) => {
    const result = of(...rules);
    return 'refusal' in result ? result.refusal : undefined;
  };
  const replica = arnOf('replica');
  const to = (more: object) => ruleOf('a', { Destination: { Bucket: replica, ...more } });
  const tag = { Key: 'team', Value: 'a' };
  const twice = { And: { Tags: [tag, tag] } };
  const markers = { DeleteMarkerReplication: { Status: 'Enabled' } } as const;
  const encrypted = { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } } as const;
  const translation = { AccessControlTranslation: { Owner: 'Destination' } } as const;
  const time = { ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } } as const;
  const withKey = (ReplicaKmsKeyID: string) =>
    ruleOf('a', { ...encrypted, Destination: { Bucket: replica, EncryptionConfiguration: { ReplicaKmsKeyID } } });
  const named = { ID: 'a', Bucket: replica };

  it.each<[what: string, rules: Rules, sent: object]>([
    ['a long prefix', [firstRuleOf('a', long(1025))], { refusal: 'ReplicationPrefixTooLong', Prefix: long(1025) }],
    ['a prefix within another', [firstRuleOf('a', 'x'), firstRuleOf('b', 'xy')], overlap],
    ['a prefix around another', [firstRuleOf('a', 'xy'), firstRuleOf('b', 'x')], overlap],
    [
      'a tag key that comes twice',
      [ruleOf('a', { Filter: twice })],
      { refusal: 'ReplicationTagKeyRepeated', ...named, Key: 'team' },
    ],
    [
      'markers with a tag',
      [ruleOf('a', { Filter: { Tag: tag }, ...markers })],
      { refusal: 'ReplicationMarkersWithTags', ...named },
    ],
    [
      'empty criteria',
      [ruleOf('a', { SourceSelectionCriteria: {} })],
      { refusal: 'ReplicationCriteriaEmpty', ...named },
    ],
    [
      'a negative priority',
      [ruleOf('a', { Priority: -1 })],
      { refusal: 'ReplicationPriorityNegative', Priority: '-1' },
    ],
    ['no bucket', [ruleOf('a', { to: '' })], { refusal: 'ReplicationDestinationEmpty', Bucket: '' }],
    [
      'itself',
      [ruleOf('a', { to: arnOf('source') })],
      { refusal: 'ReplicationDestinationIsSource', Bucket: arnOf('source') },
    ],
    [
      'two destinations in the first version',
      [firstRuleOf('a', 'x'), { ...firstRuleOf('b', 'y'), Destination: { Bucket: arnOf('more') } }],
      { refusal: 'ReplicationDestinationsDiffer', Bucket: 'replica, more' },
    ],
    ['no account', [to(translation)], { refusal: 'ReplicationAccountMissing', Bucket: replica, Owner: 'Destination' }],
    [
      'a key that selects nothing',
      [to({ EncryptionConfiguration: { ReplicaKmsKeyID: 'k' } })],
      { refusal: 'ReplicationKeyUnexpected', Bucket: replica },
    ],
    ['no key', [ruleOf('a', encrypted)], { refusal: 'ReplicationKeyMissing', Bucket: replica }],
    [
      'a key of another form',
      [withKey('a key')],
      { refusal: 'ReplicationKeyInvalid', ArgumentName: 'ReplicaKmsKeyID', ArgumentValue: 'a key' },
    ],
    ['a time without metrics', [to(time)], { refusal: 'ReplicationMetricsMissing', Bucket: replica }],
    [
      'a priority in the first version',
      [{ ...firstRuleOf('a'), Priority: 1 }],
      {
        refusal: 'ReplicationMemberInV1',
        member: 'Priority',
        why: "the rule 'a' has Priority, but a rule of the document has no Filter",
      },
    ],
    [
      'no priority in a rule without an id',
      [{ ...ruleOf(''), Priority: undefined } as never],
      {
        refusal: 'ReplicationMemberMissing',
        member: 'Priority',
        why: `the rule to '${replica}' has a Filter, and no Priority`,
      },
    ],
  ])('is refused for %s, with what was sent', (_what, rules, sent) => {
    expect(of(...rules)).toEqual(sent);
  });

  it.each<[what: string, rules: Rules]>([
    ['an id of 255 characters', [ruleOf(long(255))]],
    ['a prefix of 1024 bytes', [firstRuleOf('a', long(1024))]],
    ['an excluded prefix of 1024 bytes', [ruleOf('a', { Filter: { Not: { Prefix: long(1024) } } })]],
  ])('may have %s', (_what, rules) => {
    expect(of(...rules)).toEqual({ stored: configurationOf(...rules) });
  });

  // Each rule has the fault in whose place S3 refuses it, and the fault that comes next.
  it.each<[first: string, rules: Rules]>([
    ['ReplicationMemberInV1', [{ ...firstRuleOf('a', long(1025)), Priority: 1 }]],
    ['ReplicationPrefixTooLong', [ruleOf('a', { Filter: { And: { Prefix: long(1025), Tags: [tag, tag] } } })]],
    ['ReplicationTagKeyRepeated', [ruleOf('a', { Filter: twice, ...markers })]],
    ['ReplicationMarkersWithTags', [ruleOf('a', { Filter: { Tag: tag }, ...markers, SourceSelectionCriteria: {} })]],
    ['ReplicationCriteriaEmpty', [ruleOf('a', { to: '', SourceSelectionCriteria: {} })]],
    ['ReplicationDestinationIsSource', [ruleOf('a', { Destination: { Bucket: arnOf('source'), ...translation } })]],
    ['ReplicationAccountMissing', [ruleOf('a', { ...encrypted, Destination: { Bucket: replica, ...translation } })]],
    ['ReplicationKeyMissing', [ruleOf('a', { ...encrypted, Destination: { Bucket: replica, ...time } })]],
    ['ReplicationMetricsMissing', [to(time), ruleOf('b', { Priority: 2, to: arnOf('plain') })]],
  ])('is refused first for %s', (first, rules) => {
    expect(refusalOf(...rules)).toBe(first);
  });

  it('has the ARN of a role, which S3 reads before the ids of rules', () => {
    const Rules = [ruleOf('a'), ruleOf('a', { Priority: 2 })];
    expect(put('replication', { Role: 'replication', Rules }, versioned)).toEqual({
      refusal: 'ReplicationRoleInvalid',
      ArgumentName: 'Role',
      ArgumentValue: 'replication',
    });
  });

  it('has no role on IBM COS, or any', () => {
    const Rules = [ruleOf('a', { to: crnOf('replica') })];
    for (const value of [{ Rules }, { Role: 'any', Rules }]) {
      expect(put('replication', value, { versioning: 'Enabled', isCos: true })).toEqual({ stored: value });
    }
  });

  it('of an older state may have any role', () => {
    const value = { Role: 'any', Rules: [ruleOf('a')] };
    expect(put('replication', value, { versioning: 'Enabled', fixture: 'of a mock' })).toEqual({ stored: value });
  });
});

// F361, F362, F363
describe('a notification configuration', () => {
  type Entry = NonNullable<ConfigurationValues['notification']['QueueConfigurations']>[number];
  const QueueArn = 'arn:aws:sqs:us-east-1:111122223333:jobs';
  const entry = (event: string, more: Partial<Entry> = {}): Entry => ({ QueueArn, Events: [event as never], ...more });
  const created = (more?: Partial<Entry>) => entry('s3:ObjectCreated:*', more);
  const removed = (more?: Partial<Entry>) => entry('s3:ObjectRemoved:*', more);
  const filter = (...rules: readonly (readonly [string, string])[]) => ({
    Filter: { Key: { FilterRules: rules.map(([Name, Value]) => ({ Name: Name as 'prefix', Value })) } },
  });
  const of = (...QueueConfigurations: readonly Entry[]) => put('notification', { QueueConfigurations }, {});

  it.each<[what: string, entries: readonly Entry[], sent: object]>([
    [
      'more than 100 entries',
      Array.from({ length: 101 }, () => created()),
      { refusal: 'NotificationsTooMany', why: 'the document has 101 configurations' },
    ],
    [
      'an event without s3:',
      [entry('ObjectCreated:Put')],
      unknown('ObjectCreated:Put', "Write it with s3: in front, 's3:ObjectCreated:Put'"),
    ],
    [
      'a family without s3: and its asterisk',
      [entry('ObjectCreated')],
      unknown('ObjectCreated', "Write it with s3: in front, 's3:ObjectCreated:*'"),
    ],
    [
      'a family without its asterisk',
      [entry('s3:ObjectCreated')],
      unknown('s3:ObjectCreated', "Write 's3:ObjectCreated:*' for the family"),
    ],
    [
      'an event that is nothing like one',
      [entry('strange')],
      { refusal: 'NotificationEventUnknown', ArgumentValue: 'strange' },
    ],
    [
      'another filter rule',
      [created(filter(['infix', 'a']))],
      { refusal: 'NotificationFilterNameInvalid', ArgumentValue: 'infix' },
    ],
    [
      'two prefixes',
      [created(filter(['prefix', 'a'], ['Prefix', 'b']))],
      {
        refusal: 'NotificationFilterRepeated',
        name: 'prefix',
        ArgumentName: 'FilterRule.Name',
        ArgumentValue: 'Prefix',
      },
    ],
    [
      'a long value',
      [created(filter(['prefix', long(1025)]))],
      { refusal: 'NotificationFilterTooLong', ArgumentValue: long(1025) },
    ],
    ['a long id', [created({ Id: long(256) })], { refusal: 'NotificationIdTooLong', Id: long(256) }],
    [
      'an id that comes twice',
      [created({ Id: 'a' }), removed({ Id: 'a' })],
      { refusal: 'NotificationIdRepeated', Id: 'a' },
    ],
    [
      'what is no ARN',
      [created({ QueueArn: 'jobs' })],
      {
        refusal: 'NotificationArnUnparsable',
        ArgumentName: 'Queue',
        ArgumentValue: 'jobs',
        why: "Queue 'jobs' is not of the form arn:aws:sqs:REGION:ACCOUNT:NAME",
      },
    ],
    [
      'a queue that keeps its order',
      [created({ QueueArn: `${QueueArn}.fifo` })],
      { refusal: 'NotificationQueueOrdered', ArgumentName: 'Queue', ArgumentValue: `${QueueArn}.fifo` },
    ],
    [
      'a family that comes after its kind',
      [entry('s3:ObjectCreated:Copy'), created()],
      { refusal: 'NotificationEventsOverlap', ArgumentValue: 's3:ObjectCreated:Copy, s3:ObjectCreated:*' },
    ],
    [
      'filters that overlap',
      [created(filter(['suffix', 'ab'])), created(filter(['suffix', 'b']))],
      { refusal: 'NotificationFiltersOverlap', Event: 's3:ObjectCreated:*, s3:ObjectCreated:*' },
    ],
    [
      'events that overlap',
      [created(), removed(), entry('s3:ObjectCreated:Copy')],
      { refusal: 'NotificationEventsOverlap', ArgumentValue: 's3:ObjectCreated:*, s3:ObjectCreated:Copy' },
    ],
  ])('is refused for %s, with what was sent', (_what, entries, sent) => {
    expect(of(...entries)).toEqual(sent);
  });

  it('is refused for a destination in another region', () => {
    expect(put('notification', { QueueConfigurations: [created()] }, { region: 'eu-north-1' })).toEqual({
      refusal: 'NotificationRegionWrong',
      ArgumentName: 'Queue',
      ArgumentValue: QueueArn,
      why: `Queue '${QueueArn}' is in us-east-1, and the bucket in eu-north-1`,
    });
  });

  it.each<[what: string, entries: readonly Entry[]]>([
    [
      '100 entries',
      Array.from({ length: 100 }, (_, index) => created({ Id: `${index}`, ...filter(['Prefix', `${index}/`]) })),
    ],
    ['a value of 1024 bytes', [created({ Id: 'a', ...filter(['Suffix', long(1024)]) })]],
    ['an id of 255 characters', [created({ Id: long(255) })]],
    ['no filter rules', [created({ Id: 'a', Filter: { Key: { FilterRules: [] } } })]],
    ['no key in a filter', [created({ Id: 'a', Filter: {} })]],
    [
      'filters of which no key fits both',
      [created({ Id: 'a', ...filter(['Prefix', 'a']) }), created({ Id: 'b', ...filter(['Prefix', 'b']) })],
    ],
    ['events of which none is in both', [created({ Id: 'a' }), removed({ Id: 'b' })]],
    [
      'kinds of one event beside each other',
      [entry('s3:ObjectCreated:Put', { Id: 'a' }), entry('s3:ObjectCreated:Post', { Id: 'b' })],
    ],
    [
      'a kind whose name begins like another',
      [entry('s3:ObjectRemoved:Delete', { Id: 'a' }), entry('s3:ObjectRemoved:DeleteMarkerCreated', { Id: 'b' })],
    ],
  ])('may have %s, and is stored as it was put', (_what, QueueConfigurations) => {
    expect(of(...QueueConfigurations)).toStrictEqual({ stored: { QueueConfigurations } });
  });

  it('has an id in place of an empty one, and the names of filter rules as S3 answers them', () => {
    expect(of(created({ Id: '', ...filter(['prefix', 'a'], ['SUFFIX', 'b']) }))).toEqual({
      stored: {
        QueueConfigurations: [
          created({ Id: expect.stringMatching(/./) as never, ...filter(['Prefix', 'a'], ['Suffix', 'b']) }),
        ],
      },
    });
  });

  // Each has the fault in whose place S3 refuses it, and the fault that comes next.
  it.each<[first: string, entries: readonly Entry[]]>([
    ['NotificationEventUnknown', [entry('strange', filter(['infix', 'a']))]],
    ['NotificationFilterTooLong', [created({ Id: long(256), ...filter(['prefix', long(1025)]) })]],
    ['NotificationIdTooLong', [created({ Id: long(256), QueueArn: 'jobs' })]],
    [
      'NotificationIdTooLong',
      [created({ Id: 'a' }), removed({ Id: 'a' }), entry('s3:ObjectAcl:Put', { Id: long(256) })],
    ],
    ['NotificationArnUnparsable', [created({ QueueArn: 'jobs' }), created()]],
    ['NotificationFiltersOverlap', [removed(), removed(), created(), created(filter(['prefix', 'a']))]],
  ])('is refused first for %s', (first, entries) => {
    expect(of(...entries)).toMatchObject({ refusal: first });
  });
});

// F350
describe('a website configuration', () => {
  type Rule = NonNullable<ConfigurationValues['website']['RoutingRules']>[number];
  const IndexDocument = { Suffix: 'index.html' };
  const of = (...RoutingRules: readonly Rule[]) => put('website', { IndexDocument, RoutingRules });
  const redirect = (Redirect: Rule['Redirect'], Condition?: Rule['Condition']): Rule => ({
    Redirect,
    ...(Condition && { Condition }),
  });
  const both = { ReplaceKeyPrefixWith: 'x', ReplaceKeyWith: 'y' };
  const ftp = 'ftp' as 'http';

  it.each<[what: string, rules: readonly Rule[], sent: object]>([
    ['no rule', [], { refusal: 'MalformedXML', why: 'RoutingRules has no RoutingRule' }],
    ['51 rules', Array.from({ length: 51 }, () => redirect({})), { refusal: 'WebsiteRulesTooMany', count: 51 }],
    ['two replacements', [redirect(both)], { refusal: 'WebsiteReplacementsBoth', ...both }],
    ['another protocol', [redirect({ Protocol: ftp })], { refusal: 'WebsiteProtocolInvalid', Protocol: 'ftp' }],
    [
      'another code',
      [redirect({ HttpRedirectCode: '306' })],
      { refusal: 'WebsiteRedirectCodeInvalid', redirectCode: '306' },
    ],
    [
      'another error code',
      [redirect({}, { HttpErrorCodeReturnedEquals: '418' })],
      { refusal: 'WebsiteErrorCodeInvalid', errorCode: '418' },
    ],
  ])('is refused for %s, with what was sent', (_what, rules, sent) => {
    expect(of(...rules)).toEqual(sent);
  });

  it.each<[first: string, value: ConfigurationValues['website']]>([
    ['WebsiteRedirectNotAlone', { RedirectAllRequestsTo: { HostName: '' }, IndexDocument }],
    ['WebsiteHostEmpty', { RedirectAllRequestsTo: { HostName: '', Protocol: ftp } }],
    ['WebsiteSuffixInvalid', { IndexDocument: { Suffix: '' }, ErrorDocument: { Key: '' } }],
    ['WebsiteErrorKeyInvalid', { IndexDocument, ErrorDocument: { Key: '' }, RoutingRules: [] }],
    ['WebsiteReplacementsBoth', { IndexDocument, RoutingRules: [redirect({ ...both, Protocol: ftp }, {})] }],
    ['WebsiteProtocolInvalid', { IndexDocument, RoutingRules: [redirect({ Protocol: ftp, HttpRedirectCode: '306' })] }],
    ['WebsiteRedirectCodeInvalid', { IndexDocument, RoutingRules: [redirect({ HttpRedirectCode: '306' }, {})] }],
  ])('is refused first for %s', (first, value) => {
    expect(put('website', value)).toMatchObject({ refusal: first });
  });

  it('may have 50 rules, to a protocol of the web', () => {
    const RoutingRules = Array.from({ length: 50 }, () => redirect({ Protocol: 'http' }));
    expect(of(...RoutingRules)).toEqual({ stored: { IndexDocument, RoutingRules } });
  });
});

// F340
describe('a CORS configuration', () => {
  const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['*'] };

  it.each<[what: string, more: object, sent: object]>([
    [
      'another method',
      { AllowedMethods: ['GET', 'get'] },
      {
        refusal: 'CorsMethodUnsupported',
        method: 'get',
        why: "AllowedMethods names 'get', and a rule names GET, PUT, HEAD, POST, DELETE",
      },
    ],
    [
      'an origin with two asterisks',
      { AllowedOrigins: ['*.*'] },
      { refusal: 'CorsWildcardTwice', name: 'AllowedOrigin', value: '*.*' },
    ],
    [
      'a header with two asterisks',
      { AllowedHeaders: ['*.*'] },
      { refusal: 'CorsWildcardTwice', name: 'AllowedHeader', value: '*.*' },
    ],
    ['a header of other characters', { AllowedHeaders: ['a b'] }, { refusal: 'CorsHeaderInvalid', header: 'a b' }],
    [
      'an exposed header of other characters',
      { ExposeHeaders: ['a b'] },
      { refusal: 'CorsHeaderInvalid', header: 'a b' },
    ],
    ['an exposed asterisk', { ExposeHeaders: ['a', '*'] }, { refusal: 'CorsExposeHeaderWildcard', header: '*' }],
  ])('is refused for %s, with what was sent', (_what, more, sent) => {
    expect(put('cors', { CORSRules: [{ ...rule, ...more }] })).toEqual(sent);
  });

  it('may have 100 rules, and is refused for 101', () => {
    const rules = (length: number) => ({ CORSRules: Array.from({ length }, () => rule) });
    expect(put('cors', rules(100))).toEqual({ stored: rules(100) });
    expect(put('cors', rules(101))).toEqual({ refusal: 'CorsRulesTooMany', count: 101, why: 'there are 101 rules' });
  });
});

// F382, F384
describe('a configuration of archive tiers', () => {
  type Item = ConfigurationValues['intelligentTiering'][number];
  const archive = (Days: number) => ({ AccessTier: 'ARCHIVE_ACCESS', Days }) as const;
  const deep = (Days: number) => ({ AccessTier: 'DEEP_ARCHIVE_ACCESS', Days }) as const;
  const of = (...Tierings: Item['Tierings']) => put('intelligentTiering', [{ Id: 'a', Status: 'Enabled', Tierings }]);
  const tag = { Key: 'team', Value: 'a' };

  it.each<[what: string, tierings: Item['Tierings'], sent: object]>([
    ['a tier twice', [archive(90), archive(91)], { refusal: 'TieringRepeated', AccessTier: 'ARCHIVE_ACCESS' }],
    ['few days', [archive(89)], { refusal: 'TieringDaysTooFew', tier: 'ARCHIVE_ACCESS', least: 90, Days: '89' }],
    [
      'few days of the deep one',
      [deep(179)],
      { refusal: 'TieringDaysTooFew', tier: 'DEEP_ARCHIVE_ACCESS', least: 180, Days: '179' },
    ],
    ['many days', [deep(731)], { refusal: 'TieringDaysTooMany', tier: 'DEEP_ARCHIVE_ACCESS', most: 730, Days: '731' }],
    [
      'as many days of both',
      [archive(180), deep(180)],
      { refusal: 'TieringDaysOutOfOrder', ARCHIVE_ACCESS: '180', DEEP_ARCHIVE_ACCESS: '180' },
    ],
  ])('is refused for %s, with what was sent', (_what, tierings, sent) => {
    expect(of(...tierings)).toEqual(sent);
  });

  it.each<[Item['Tierings']]>([[[archive(90)]], [[deep(180)]], [[deep(730), archive(729)]]])(
    'may be %j',
    (Tierings) => {
      expect(of(...Tierings)).toEqual({ stored: [{ Id: 'a', Status: 'Enabled', Tierings }] });
    },
  );

  it.each<[what: string, Filter: Item['Filter'], sent: object]>([
    ['no key', { Tag: { Key: '', Value: 'a' } }, { refusal: 'FilterTagInvalid', why: '<Key> is empty' }],
    ['a key twice', { And: { Tags: [tag, tag] } }, { refusal: 'FilterAndInvalid', 'a key that comes twice': 'team' }],
    ['no prefix', { Prefix: '' }, { refusal: 'FilterPrefixInvalid', why: '<Prefix> is empty' }],
    [
      'one condition',
      { And: { Prefix: 'a' } },
      { refusal: 'FilterAndTooSmall', why: '<And> has 1 condition, and needs two' },
    ],
    [
      'eleven tags',
      { And: { Tags: Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' })) } },
      { refusal: 'FilterAndInvalid', 'the number of tags': '11' },
    ],
    ['no member', {}, { refusal: 'MalformedXML', why: '<Filter> has no member' }],
    [
      'two members',
      { Prefix: 'a', Tag: tag },
      {
        refusal: 'MalformedXML',
        why: "<Filter> has Prefix and Tag; write Filter: { And: { Prefix: 'a', Tags: [{ Key: 'team', Value: 'a' }] } }",
      },
    ],
  ])('is refused for a filter with %s, before its days', (_what, Filter, sent) => {
    const item: Item = { Id: 'a', Status: 'Enabled', Tierings: [archive(1)], ...(Filter && { Filter }) };
    expect(put('intelligentTiering', [item])).toEqual(sent);
  });
});

// F382, F385
describe('an analytics configuration', () => {
  const of = (Filter: object | undefined, destination?: { readonly Bucket: string; readonly Prefix?: string }) =>
    put('analytics', [
      {
        Id: 'a',
        ...(Filter && { Filter }),
        StorageClassAnalysis: destination
          ? {
              DataExport: {
                OutputSchemaVersion: 'V_1',
                Destination: { S3BucketDestination: { Format: 'CSV', ...destination } },
              },
            }
          : {},
      },
    ]);

  it('is refused for what a tag cannot be, and for a destination, with what was sent', () => {
    expect(of({ Tag: { Key: 'a', Value: '' } })).toEqual({ refusal: 'FilterTagInvalid', Key: 'a', Value: '' });
    expect(of(undefined, { Bucket: 'reports' })).toEqual({ refusal: 'AnalyticsDestinationInvalid', Bucket: 'reports' });
    expect(of(undefined, { Bucket: arnOf('reports'), Prefix: '' })).toEqual({
      refusal: 'AnalyticsPrefixEmpty',
      Prefix: '',
    });
  });
});

// F385, F1021, F1022
describe('an inventory', () => {
  type Destination = ConfigurationValues['inventory'][number]['Destination']['S3BucketDestination'];
  const of = (more: Partial<Destination>) =>
    put('inventory', [
      {
        Id: 'a',
        IsEnabled: true,
        IncludedObjectVersions: 'All',
        Schedule: { Frequency: 'Daily' },
        Destination: { S3BucketDestination: { Bucket: arnOf('reports'), Format: 'CSV', ...more } },
      },
    ]);
  const toBucket = (arn: string, wrong: string, name: string) =>
    ({
      refusal: 'DestinationNotBucket',
      wrong,
      name,
      why: `Bucket '${arn}' is not of the form arn:aws:s3:::BUCKET`,
    }) as const;

  it.each([
    ['reports', 'form', ''],
    ['arn:aws:sqs:::reports', 'service', 'reports'],
    ['arn:aws:s3:us-east-1::reports', 'region', 'reports'],
    ['arn:aws:s3:::reports/daily', 'name', 'reports/daily'],
    ['arn:aws:s3::111122223333:reports', 'form', 'reports'],
    ['arn:aws:sqs:us-east-1::reports/daily', 'service', 'reports/daily'],
    ['arn:aws:s3:us-east-1::reports/daily', 'region', 'reports/daily'],
  ])('is refused for the destination %s because of its %s', (arn, wrong, name) => {
    expect(of({ Bucket: arn })).toEqual(toBucket(arn, wrong, name));
  });

  it.each<[what: string, more: Partial<Destination>, sent: object]>([
    ['no key', { Encryption: { SSEKMS: { KeyId: '' } } }, { refusal: 'MalformedXML', why: '<KeyId> is empty' }],
    ['the name of a key', { Encryption: { SSEKMS: { KeyId: 'k' } } }, { refusal: 'InventoryKeyInvalid', KeyId: 'k' }],
    ['no prefix', { Prefix: '' }, { refusal: 'MalformedXML', why: '<Prefix> is empty' }],
    ['no encryption', { Encryption: {} }, { refusal: 'MalformedXML', why: '<Encryption> has no kind of encryption' }],
    [
      'two kinds of encryption',
      { Encryption: { SSES3: {}, SSEKMS: { KeyId: 'k' } } },
      { refusal: 'MalformedXML', why: '<Encryption> has SSES3 and SSEKMS' },
    ],
  ])('is refused for %s, with what was sent', (_what, more, sent) => {
    expect(of(more)).toEqual(sent);
  });
});

it('metrics are refused for what is not the ARN of an access point, with what was sent', () => {
  expect(put('metrics', [{ Id: 'a', Filter: { AccessPointArn: 'bad' } }])).toEqual({
    refusal: 'MalformedXML',
    AccessPointArn: 'bad',
  });
});

// F821
describe('a retention policy of IBM COS', () => {
  const policy = (least: number, byDefault: number, most: number) =>
    ({
      Status: 'Retention',
      MinimumRetention: { Days: least },
      DefaultRetention: { Days: byDefault },
      MaximumRetention: { Days: most },
    }) as const;
  const days = policy(1, 2, 3);
  const permanent = { ...days, EnablePermanentRetention: true };
  const cos: Context = { isCos: true };

  it.each([
    [0, 0, 0],
    [1, 1, 2],
    [1, 2, 2],
    [0, 1, 36_135],
  ])('may have the days %i, %i and %i', (least, byDefault, most) => {
    expect(put('protection', policy(least, byDefault, most), cos)).toEqual({ stored: policy(least, byDefault, most) });
  });

  it.each([
    [-1, 1, 2],
    [2, 1, 3],
    [1, 3, 2],
    [0, 1, 36_136],
  ])('is refused for the days %i, %i and %i', (least, byDefault, most) => {
    expect(put('protection', policy(least, byDefault, most), cos)).toEqual({
      refusal: 'ProtectionDaysInvalid',
      why: `MinimumRetention, DefaultRetention and MaximumRetention are 0 to 36135 days, none less than the one before it, and they are ${least}, ${byDefault} and ${most}`,
    });
  });

  it.each<[what: string, context: Context, refusal: string | undefined]>([
    ['versioning', { versioning: 'Suspended' }, 'ProtectionWithVersioning'],
    ['objects', { hasObject: true }, 'ProtectionOfObjects'],
    ['objects that a fixture makes', { hasObject: true, fixture: 'of a bucket' }, undefined],
    ['objects and a policy', { hasObject: true, settings: { protection: days } }, undefined],
    ['permanent retention', { settings: { protection: permanent } }, 'PermanentRetentionFixed'],
    ['a policy without permanent retention', { settings: { protection: days } }, undefined],
  ])('of a bucket with %s', (_what, context, refusal) => {
    expect(put('protection', days, { ...cos, ...context })).toMatchObject(refusal ? { refusal } : { stored: days });
  });

  it('keeps permanent retention if it is enabled, and has no member for it otherwise', () => {
    const again = { ...cos, settings: { protection: permanent } };
    expect(put('protection', permanent, again)).toStrictEqual({ stored: permanent });
    const disabled = { ...days, EnablePermanentRetention: false };
    expect(put('protection', disabled, cos)).toStrictEqual({ stored: days });
  });
});

// F402
describe('ownership controls', () => {
  const grant = (permission: 'FULL_CONTROL' | 'READ') => [{ grantee: groups.allUsers, permission }];
  const rules = (ObjectOwnership: 'BucketOwnerEnforced' | 'ObjectWriter') => ({ Rules: [{ ObjectOwnership }] });
  const { owner } = makeStacks(undefined).bucket;

  it.each<
    [what: string, ObjectOwnership: 'BucketOwnerEnforced' | 'ObjectWriter', acl: unknown, refusal: string | undefined]
  >([
    ['an ACL of its owner alone', 'BucketOwnerEnforced', makeOwnersGrants(owner), undefined],
    ['a public ACL that counts', 'ObjectWriter', grant('READ'), undefined],
    ['a public ACL that would not count', 'BucketOwnerEnforced', grant('READ'), 'BucketAclForbidden'],
  ])('of a bucket with %s', (_what, ObjectOwnership, acl, refusal) => {
    const value = rules(ObjectOwnership);
    expect(put('ownershipControls', value, { settings: { acl } })).toMatchObject(
      refusal ? { refusal } : { stored: value },
    );
  });
});

// F365
it('logging to another region is refused before its grants', () => {
  const TargetGrants = [{ Grantee: { Type: 'CanonicalUser', ID: 'a' }, Permission: 'READ' }] as const;
  const to = (TargetBucket: string) => ({ LoggingEnabled: { TargetBucket, TargetPrefix: '', TargetGrants } });
  expect(put('logging', to('eu'), { region: 'eu-west-1' })).toEqual({
    refusal: 'CrossLocationLoggingProhibited',
    SourceBucketLocation: 'eu-west-1',
    TargetBucketLocation: 'eu-north-1',
    why: "bucket 'source' is in eu-west-1, and bucket 'eu' in eu-north-1",
  });
  expect(put('logging', to('eu'), { region: 'eu-north-1' })).toMatchObject({ refusal: 'LoggingGrantsNotAllowed' });
});

// F320
describe('the encryption of a bucket', () => {
  it('is refused for two words about what is blocked, which it names', () => {
    const BlockedEncryptionTypes = { EncryptionType: ['NONE', 'SSE-C'] } as const;
    expect(put('encryption', { Rules: [{ BlockedEncryptionTypes }] })).toEqual({
      refusal: 'BlockedEncryptionTypesInvalid',
      BlockedEncryptionTypes: 'NONE, SSE-C',
    });
  });

  it('has its default in place of a member that is undefined', () => {
    const encryption = { Rules: [{ BucketKeyEnabled: undefined as never }] };
    expect(makeEncryptionRule({ settings: { encryption } }, { sseC: 'allowed' })).toEqual({
      BucketKeyEnabled: false,
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
    });
  });
});

// F330
it('acceleration is refused to a name with periods, which it names', () => {
  expect(refusalThrownBy(() => configurations.accelerate.checkBucket?.({ name: 'my.vault' }))).toMatchObject({
    refusal: 'AccelerationNameHasPeriods',
    quoted: { name: 'my.vault' },
  });
});

// F381
it.each([
  ['analytics', 'MalformedXML'],
  ['intelligentTiering', 'MalformedXML'],
  ['inventory', 'ConfigurationIdMismatch'],
  ['metrics', 'MalformedXML'],
] as const)('each of the %s has the id of its request, or is refused as %s', (name, refusal) => {
  const { [name]: family } = configurations;
  const [member] = familyValues[name];
  expect(family.dialect).toBe('aws');
  expect(refusalThrownBy(() => checkMember(family as never, 'b', member as never))).toMatchObject({
    refusal,
    why: "the Id 'a' is not 'b', as in the query",
  });
});

// F386
it('the 1001st configuration of a family is refused, with their number', () => {
  const { bucket } = makeStacks(undefined);
  bucket.change({ metrics: Array.from({ length: 1000 }, (_, index) => ({ Id: `${index}` })) });
  expect(refusalThrownBy(() => putMember(configurations.metrics, { Id: 'a' }, bucket))).toMatchObject({
    refusal: 'TooManyConfigurations',
    quoted: { 'the number of configurations': '1000' },
  });
});
