import { describe, expect, it } from '@jest/globals';
import { countConditions, type ObjectFilter, readSelection } from '../../../src/model/configurations/filters';
import { replicationRule } from '../../../src/model/configurations/replication-rules';
import { metricsFilter } from '../../../src/shapes/filters';
import { lifecycleRule } from '../../../src/shapes/lifecycle';

const team = { Key: 'team', Value: 'a' };
const other = { Key: 'team', Value: 'b' };
const object = { key: 'logs/1', tags: [team], size: 10 };

/** For each condition, a filter that the object does not meet. */
const ofLifecycle = {
  Prefix: { Prefix: 'x' },
  Tag: { Tag: other },
  TagSet: { TagSet: [other] },
  ObjectSizeGreaterThan: { ObjectSizeGreaterThan: 10 },
  ObjectSizeLessThan: { ObjectSizeLessThan: 10 },
  And: { And: { Prefix: 'x', Tags: [team] } },
};
const andOfLifecycle = {
  TagSet: { And: { Prefix: 'logs/', TagSet: [team, other] } },
  Prefix: { And: { Prefix: 'x', Tags: [team] } },
  Tags: { And: { Prefix: 'logs/', Tags: [team, other] } },
  ObjectSizeGreaterThan: { And: { Prefix: 'logs/', ObjectSizeGreaterThan: 10 } },
  ObjectSizeLessThan: { And: { Prefix: 'logs/', ObjectSizeLessThan: 10 } },
};
const ofReplication = {
  Prefix: { Prefix: 'x' },
  Tag: { Tag: other },
  And: { And: { Prefix: 'x', Tags: [team] } },
  Not: { Not: { Prefix: 'logs/' } },
};
const andOfReplication = {
  Prefix: { And: { Prefix: 'x', Tags: [team] } },
  Tags: { And: { Prefix: 'logs/', Tags: [team, other] } },
  Not: { And: { Prefix: 'logs/', Not: { Tag: team } } },
};
const AccessPointArn = 'arn:aws:s3:us-east-1:000000000000:accesspoint/reports';
const ofMetrics = {
  Prefix: { Prefix: 'x' },
  Tag: { Tag: other },
  AccessPointArn: { AccessPointArn },
  And: { And: { Prefix: 'x', Tags: [team] } },
};
const andOfMetrics = {
  Prefix: { And: { Prefix: 'x', Tags: [team] } },
  Tags: { And: { Prefix: 'logs/', Tags: [team, other] } },
  AccessPointArn: { And: { Prefix: 'logs/', AccessPointArn } },
};
const exclusion = {
  Prefix: { Not: { Prefix: 'logs/' } },
  Tag: { Not: { Tag: team } },
  Or: { Not: { Or: { Prefixes: ['x', 'logs/'] } } },
};
const orOfExclusion = {
  Prefixes: { Not: { Or: { Prefixes: ['x', 'logs/'] } } },
  Tags: { Not: { Or: { Tags: [other, team] } } },
};

const { Filter: lifecycle } = lifecycleRule.members;
const { Filter: replication } = replicationRule.members;

// A condition that the shape of a filter takes and the model does not know would widen its rule to every key.
describe.each<[string, object, Readonly<Record<string, ObjectFilter>>]>([
  ['a filter of lifecycle', lifecycle.members, ofLifecycle],
  ['the And of lifecycle', lifecycle.members.And.members, andOfLifecycle],
  ['a filter of replication', replication.members, ofReplication],
  ['the And of replication', replication.members.And.members, andOfReplication],
  ['a filter of metrics', metricsFilter.members, ofMetrics],
  ['the And of metrics', metricsFilter.members.And.members, andOfMetrics],
  ['the Not of replication', replication.members.Not.members, exclusion],
  ['the Or of a Not', replication.members.Not.members.Or.members, orOfExclusion],
])('each condition of %s', (_what, shape, unmet) => {
  it('has an object that does not meet it', () => {
    expect(Object.keys(unmet).toSorted()).toEqual(Object.keys(shape).toSorted());
  });

  it.each(Object.entries(unmet))('%s leaves that object out', (_name, Filter) => {
    expect(readSelection({ Filter }).selects(object)).toBe(false);
    expect(readSelection({}).selects(object)).toBe(true);
  });
});

it('a condition on an access point selects what comes through that one', () => {
  const { selects } = readSelection({ Filter: { AccessPointArn } });
  expect(selects({ ...object, accessPointArn: AccessPointArn })).toBe(true);
});

it('a condition that leaves nothing out narrows nothing', () => {
  const names = [{ Prefix: '' }, { TagSet: [] }, { Tag: team }, { ObjectSizeGreaterThan: 0 }, { Not: { Tag: team } }];
  expect(names.map((Filter) => [...readSelection({ Filter }).narrowing.keys()])).toEqual([
    [],
    [],
    ['Tag'],
    ['ObjectSizeGreaterThan'],
    ['Not'],
  ]);
});

it.each<[filter: ObjectFilter, scope: readonly string[], why: string | undefined]>([
  [{ Prefix: 'logs/' }, ['prefix=logs/'], "its prefix is 'logs/'"],
  [{ Prefix: '' }, ['prefix='], undefined],
  [
    { Tag: other },
    ['tag={key=team, value=b}'],
    "it selects objects with the tag 'team=b', and the version has the tag 'team=a'",
  ],
  [{ ObjectSizeGreaterThan: 10 }, ['objectsizegreaterthan=10'], 'it selects objects greater than 10 bytes'],
  [{ ObjectSizeLessThan: 1 }, ['objectsizelessthan=1'], 'it selects objects less than 1 byte'],
  [{ Not: { Tag: team } }, [], "its Not excludes objects with the tag 'team=a'"],
  [{ Not: { Prefix: 'logs/' } }, [], "its Not excludes the prefix 'logs/'"],
])('the filter %j says what it selects', (Filter, scope, why) => {
  const selection = readSelection({ Filter });
  const [condition] = selection.narrowing.values();
  expect({ scope: selection.scope, why: condition?.why(object) }).toEqual({ scope, why });
});

it('a condition that is undefined does not count', () => {
  expect(countConditions({ Prefix: undefined as never, Tags: [team, other], ObjectSizeLessThan: 1 })).toBe(3);
});
