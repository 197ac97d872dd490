import { describe, expect, it } from '@jest/globals';
import { type ObjectFilter, readSelection } from '../../../src/model/configurations/filters';
import { replicationRule } from '../../../src/model/configurations/replication-rules';
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
