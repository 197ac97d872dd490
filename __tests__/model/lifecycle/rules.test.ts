import { describe, expect, it } from '@jest/globals';
import { readSelection } from '../../../src/model/configurations/filters';
import { findAbortion, findDueExpiration } from '../../../src/model/lifecycle/due-actions';
import { dueAfterDays, type LifecycleConfiguration, type LifecycleRule } from '../../../src/model/lifecycle/rules';
import { makeScene } from '../../support/lifecycle-scene';

const rule = (one: Partial<LifecycleRule>): LifecycleRule => ({ ID: 'x', Status: 'Enabled', ...one });

describe('days after a moment (F110)', () => {
  it.each<{ moment: string; days: number; due: string }>`
    moment                        | days  | due
    ${'2026-01-15T10:30:00.000Z'} | ${3}  | ${'2026-01-19T00:00:00.000Z'}
    ${'2026-01-15T00:00:00.001Z'} | ${1}  | ${'2026-01-17T00:00:00.000Z'}
    ${'2026-01-15T23:59:59.999Z'} | ${1}  | ${'2026-01-17T00:00:00.000Z'}
    ${'2026-01-15T00:00:00.000Z'} | ${1}  | ${'2026-01-16T00:00:00.000Z'}
    ${'2026-01-15T10:30:00.000Z'} | ${0}  | ${'2026-01-16T00:00:00.000Z'}
    ${'2024-02-28T12:00:00.000Z'} | ${1}  | ${'2024-03-01T00:00:00.000Z'}
    ${'2019-04-15T05:10:00.000Z'} | ${10} | ${'2019-04-26T00:00:00.000Z'}
  `('$days days after $moment end at $due', ({ moment, days, due }) => {
    expect(new Date(dueAfterDays(Date.parse(moment), days)).toISOString()).toBe(due);
  });

  it('never end if a Date cannot hold the end', () => {
    expect(dueAfterDays(Date.parse('2026-01-15'), 2_147_483_647)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a rule (F111)', () => {
  const tags = [
    { Key: 'team', Value: 'a' },
    { Key: 'keep', Value: 'no' },
  ];
  const [team, keep] = tags;
  const subject = { key: 'logs/1', tags, size: 10 };
  it.each<{ filter: Partial<LifecycleRule>; applies: boolean }>`
    filter                                                                                         | applies
    ${{ Filter: {} }}                                                                              | ${true}
    ${{ Prefix: 'logs/' }}                                                                         | ${true}
    ${{ Prefix: 'log/' }}                                                                          | ${false}
    ${{ Filter: { Prefix: 'logs/' } }}                                                             | ${true}
    ${{ Filter: { Prefix: 'Logs/' } }}                                                             | ${false}
    ${{ Filter: { Tag: team } }}                                                                   | ${true}
    ${{ Filter: { Tag: { Key: 'team', Value: 'A' } } }}                                            | ${false}
    ${{ Filter: { TagSet: tags } }}                                                                | ${true}
    ${{ Filter: { ObjectSizeGreaterThan: 9 } }}                                                    | ${true}
    ${{ Filter: { ObjectSizeGreaterThan: 10 } }}                                                   | ${false}
    ${{ Filter: { ObjectSizeGreaterThan: 0 } }}                                                    | ${true}
    ${{ Filter: { ObjectSizeLessThan: 11 } }}                                                      | ${true}
    ${{ Filter: { ObjectSizeLessThan: 10 } }}                                                      | ${false}
    ${{ Filter: { And: { Tags: [team, keep] } } }}                                                 | ${true}
    ${{ Filter: { And: { Tags: [{ ...team, Value: 'b' }, keep] } } }}                              | ${false}
    ${{ Filter: { And: { Prefix: 'logs/', ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 11 } } }}  | ${true}
    ${{ Filter: { And: { Prefix: 'logs/', ObjectSizeGreaterThan: 10, ObjectSizeLessThan: 12 } } }} | ${false}
    ${{ Filter: { And: { Prefix: 'x', Tags: [team] } } }}                                          | ${false}
  `('with the filter $filter applies to a version: $applies', ({ filter, applies }) => {
    expect(readSelection(rule(filter)).selects(subject)).toBe(applies);
  });
});

describe('the expiration of the current version of a key (F112)', () => {
  function expires(rules: readonly Partial<LifecycleRule>[]) {
    const scene = makeScene('Enabled');
    scene.put('first', { size: 20 });
    const [version] = scene.bucket.versions.of('a');
    const Rules = rules.map((one, index) => rule({ ID: `rule ${index + 1}`, ...one }));
    const configuration: LifecycleConfiguration = { Rules, TransitionDefaultMinimumObjectSize: undefined };
    const due = version && findDueExpiration(configuration, version);
    return due && `${new Date(due.at).toISOString().slice(0, 10)} by ${due.rule.ID}`;
  }

  it.each<{ what: string; rules: Partial<LifecycleRule>[]; told: string | undefined }>`
    what                            | rules                                                         | told
    ${'days'}                       | ${[{ Expiration: { Days: 3 } }]}                              | ${'2026-01-19 by rule 1'}
    ${'a date'}                     | ${[{ Expiration: { Date: new Date('2030-01-01') } }]}         | ${'2030-01-01 by rule 1'}
    ${'the soonest of several'}     | ${[{ Expiration: { Days: 9 } }, { Expiration: { Days: 2 } }]} | ${'2026-01-18 by rule 2'}
    ${'the first of the same'}      | ${[{ Expiration: { Days: 2 } }, { Expiration: { Days: 2 } }]} | ${'2026-01-18 by rule 1'}
    ${'nothing of a disabled rule'} | ${[{ Status: 'Disabled', Expiration: { Days: 2 } }]}          | ${undefined}
    ${'nothing of another prefix'}  | ${[{ Filter: { Prefix: 'b' }, Expiration: { Days: 2 } }]}     | ${undefined}
    ${'nothing of delete markers'}  | ${[{ Expiration: { ExpiredObjectDeleteMarker: true } }]}      | ${undefined}
    ${'nothing of noncurrent ones'} | ${[{ NoncurrentVersionExpiration: { NoncurrentDays: 1 } }]}   | ${undefined}
    ${'nothing that never comes'}   | ${[{ Expiration: { Days: 2_147_483_647 } }]}                  | ${undefined}
    ${'nothing without rules'}      | ${[]}                                                         | ${undefined}
  `('comes from $what', ({ rules, told }) => {
    expect(expires(rules)).toBe(told);
  });
});

describe('the abortion of an upload', () => {
  it('follows the soonest rule for its key', () => {
    const abort = (days: number, prefix: string) =>
      rule({
        ID: `${days}`,
        Filter: { Prefix: prefix },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
      });
    const configuration = {
      Rules: [abort(1, 'b'), abort(7, ''), abort(3, 'a')],
      TransitionDefaultMinimumObjectSize: undefined,
    };
    const due = findAbortion(configuration, { key: 'a', initiated: Date.parse('2026-01-15T10:30:00Z') });
    expect({ due: due?.at, ID: due?.rule.ID }).toEqual({ due: Date.parse('2026-01-19'), ID: '3' });
    expect(findAbortion(undefined, { key: 'a', initiated: 0 })).toBeUndefined();
  });
});
