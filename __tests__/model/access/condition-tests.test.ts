import { describe, expect, it } from '@jest/globals';
import { readOperator } from '../../../src/model/access/condition-operators';
import { makeHolds } from '../../../src/model/access/condition-tests';
import { holds, valuesOf } from './condition-key-values';

type Case = readonly [operator: string, wanted: string | readonly string[], value: string, holds: boolean];

/** Each case beside that of the negated operator, which holds if the positive one does not. */
function withNegated(cases: readonly Case[]): readonly Case[] {
  const negated = (operator: string) =>
    operator === 'IpAddress' ? 'NotIpAddress' : operator.replace(/^(String|Arn|Numeric|Date)/, '$1Not');
  return cases.flatMap(([operator, wanted, value, expected]) => [
    [operator, wanted, value, expected],
    [negated(operator), wanted, value, !expected],
  ]);
}

const title = '%s %j, given %j: %s';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html F481
describe('a condition on strings', () => {
  it.each<Case>(
    withNegated([
      ['StringEquals', 'a', 'a', true],
      ['StringEquals', 'a', 'A', false],
      ['StringEquals', 'a*', 'ab', false],
      ['StringEquals', 'a*', 'a*', true],
      ['StringEquals', '', '', true],
      ['StringEquals', ['b', 'a'], 'a', true],
      ['StringEquals', ['b', 'c'], 'a', false],
      ['StringEquals', [], 'a', false],
      ['StringEqualsIgnoreCase', 'Bucket-Owner', 'bucket-OWNER', true],
      ['StringEqualsIgnoreCase', 'a', 'b', false],
      ['StringLike', 'a*', 'abc', true],
      ['StringLike', 'a*', 'A', false],
      ['StringLike', 'a*c', 'a/b/c', true],
      ['StringLike', 'a?c', 'abc', true],
      ['StringLike', 'a?c', 'ac', false],
      ['StringLike', '*', '', true],
      ['StringLike', '?', '', false],
      ['StringLike', ['x*', '*c'], 'abc', true],
      ['StringLike', 'a?', 'abundefined', false],
    ]),
  )(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });
});

describe('a condition on numbers', () => {
  it.each<Case>([
    ...withNegated([
      ['NumericEquals', '10', '10', true],
      ['NumericEquals', '10.0', '10', true],
      ['NumericEquals', '.5', '0.5', true],
      ['NumericEquals', '-1', '1', false],
      ['NumericEquals', ['1', '2'], '2', true],
    ]),
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '10.5', false],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericLessThan', ['1', '100'], '50', true],
  ])(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  it.each([['ten'], [''], ['1e3'], ['0x10'], ['1,000'], [' 1'], ['NaN']])('takes no %j for a number', (text) => {
    for (const operator of ['Equals', 'NotEquals', 'LessThan', 'GreaterThanEquals']) {
      expect(holds(`Numeric${operator}`, '10', text)).toBe(operator === 'NotEquals');
      expect(holds(`Numeric${operator}`, text, '10')).toBe(operator === 'NotEquals');
    }
  });
});

describe('a condition on dates', () => {
  it.each<Case>([
    ...withNegated([
      ['DateEquals', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z', true],
      ['DateEquals', '2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z', true],
      ['DateEquals', '2026-01-31T10:00Z', '2026-01-31T10:00:00Z', true],
      ['DateEquals', '2026-01-31', '2026-01-31T00:00:00Z', true],
      ['DateEquals', '2026-01', '2026-01-01T00:00:00Z', true],
      ['DateEquals', '1769853600', '2026-01-31T10:00:00Z', true],
      ['DateEquals', '2026-01-31T10:00:00Z', '1769853600', true],
      ['DateEquals', '2026-01-31T10:00:00.5Z', '2026-01-31T10:00:00Z', false],
      // A year alone is a number of seconds.
      ['DateEquals', '2026', '1970-01-01T00:33:46Z', true],
    ]),
    ['DateLessThan', '2026-02-01', '2026-01-31T23:59:59Z', true],
    ['DateLessThan', '2026-02-01', '2026-02-01T00:00:00Z', false],
    ['DateLessThanEquals', '2026-02-01', '2026-02-01T00:00:00Z', true],
    ['DateGreaterThan', '2026-02-01', '2026-02-01T00:00:01Z', true],
    ['DateGreaterThan', '2026-02-01', '2026-02-01T00:00:00Z', false],
    ['DateGreaterThanEquals', '2026-02-01', '2026-02-01T00:00:00Z', true],
  ])(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  it.each([
    ['tomorrow'],
    [''],
    ['31 Jan 2026'],
    ['2026-02-30'],
    ['2026-13'],
    ['2026-01-31T10:00:00'],
    ['2026-01T10:00Z'],
    ['2026-01-31T10Z'],
    ['2026-01-31 10:00:00Z'],
    ['20260131T100000Z'],
    ['-1'],
    ['1.5'],
  ])('takes no %j for a date', (text) => {
    for (const operator of ['Equals', 'NotEquals', 'LessThan', 'GreaterThan']) {
      expect(holds(`Date${operator}`, '2026-01-31T10:00:00Z', text)).toBe(operator === 'NotEquals');
      expect(holds(`Date${operator}`, text, '2026-01-31T10:00:00Z')).toBe(operator === 'NotEquals');
    }
  });
});

describe('a condition on booleans and bytes', () => {
  it.each<Case>([
    ['Bool', 'true', 'true', true],
    ['Bool', 'true', 'false', false],
    ['Bool', 'false', 'false', true],
    ['Bool', 'True', 'true', true],
    ['Bool', ['true', 'false'], 'false', true],
    ['Bool', 'yes', 'yes', false],
    ['Bool', '1', 'true', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
  ])(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });
});

describe('a condition on addresses', () => {
  it.each<Case>(
    withNegated([
      ['IpAddress', '10.0.0.0/24', '10.0.0.0/8', false],
      ['IpAddress', '203.0.113.7', '203.0.113.7', true],
      ['IpAddress', '203.0.113.7', '203.0.113.8', false],
      ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
      ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
      // The bits after the prefix do not count.
      ['IpAddress', '203.0.113.77/24', '203.0.113.1', true],
      ['IpAddress', '0.0.0.0/0', '8.8.8.8', true],
      ['IpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.4.4', true],
      ['IpAddress', '2001:db8::/32', '2001:DB8:1::1', true],
      ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
      ['IpAddress', '::1', '0:0:0:0:0:0:0:1', true],
      ['IpAddress', '::/0', '8.8.8.8', false],
      ['IpAddress', '0.0.0.0/0', '::1', false],
    ]),
  )(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  it.each([['ann'], [''], ['203.0.113'], ['203.0.113.0/33']])('takes no %j for an address', (text) => {
    for (const operator of ['IpAddress', 'NotIpAddress']) {
      expect(holds(operator, '0.0.0.0/0', text)).toBe(operator === 'NotIpAddress');
      expect(holds(operator, text, '203.0.113.7')).toBe(operator === 'NotIpAddress');
    }
  });
});

describe('a condition on ARNs', () => {
  const ann = 'arn:aws:iam::123456789012:user/team/ann';

  it.each<Case>(
    ['ArnEquals', 'ArnLike'].flatMap((operator) =>
      withNegated([
        [operator, ann, ann, true],
        [operator, 'arn:aws:iam::123456789012:user/*', ann, true],
        [operator, 'arn:aws:iam::*:user/team/???', ann, true],
        [operator, 'arn:*:*:*:*:*', ann, true],
        [operator, 'arn:aws:iam::123456789012:role/*', ann, false],
        [operator, 'arn:aws:iam::123456789012:USER/*', ann, false],
        // No wildcard matches beyond its part.
        [operator, 'arn:*:*:*:user/team/ann:*', ann, false],
        [operator, 'arn:aws:*:123456789012:x:user/*', ann, false],
        // The sixth part may have colons.
        [operator, 'arn:aws:sns:*:*:topic:*', 'arn:aws:sns:us-east-1:1:topic:sub:2', true],
        [operator, 'arn:aws:sns:*:*:topic?sub', 'arn:aws:sns:us-east-1:1:topic:sub', true],
      ]),
    ),
  )(title, (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  it.each([['*'], ['arn:aws:iam::123456789012'], ['ann'], ['']])('takes no %j for an ARN', (text) => {
    for (const operator of ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike']) {
      expect(holds(operator, text, ann)).toBe(operator.includes('Not'));
      expect(holds(operator, ann, text)).toBe(operator.includes('Not'));
      // A wildcard also matches an empty part, but not one that is missing.
      expect(holds(operator, 'arn:*:*:*:*:*', text)).toBe(operator.includes('Not'));
    }
  });
});

describe('a key that a request has, or lacks', () => {
  it('is compared by IfExists if the request has it', () => {
    expect(holds('StringEqualsIfExists', 'a', 'a')).toBe(true);
    expect(holds('StringEqualsIfExists', 'a', 'b')).toBe(false);
    expect(holds('StringNotEqualsIfExists', 'a', 'a')).toBe(false);
    expect(holds('BoolIfExists', 'false', 'true')).toBe(false);
  });

  it.each<{ wanted: string | readonly string[]; absent: boolean; present: boolean }>`
    wanted               | absent   | present
    ${'true'}            | ${true}  | ${false}
    ${'false'}           | ${false} | ${true}
    ${'TRUE'}            | ${true}  | ${false}
    ${['true', 'false']} | ${true}  | ${true}
    ${'yes'}             | ${false} | ${false}
    ${[]}                | ${false} | ${false}
  `('is asked for by Null $wanted', ({ wanted, absent, present }) => {
    for (const operator of ['Null', 'ForAllValues:Null', 'ForAnyValue:Null']) {
      expect(holds(operator, wanted, undefined)).toBe(absent);
      expect(holds(operator, wanted, '')).toBe(present);
      expect(holds(operator, wanted, ['a', 'b'])).toBe(present);
    }
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html F481
describe('a key with several values', () => {
  it.each<{ operator: string; wanted: string | readonly string[]; value: readonly string[]; holds: boolean }>`
    operator                                    | wanted        | value         | holds
    ${'ForAllValues:StringEquals'}              | ${['a', 'b']} | ${['a']}      | ${true}
    ${'ForAllValues:StringEquals'}              | ${['a', 'b']} | ${['a', 'b']} | ${true}
    ${'ForAllValues:StringEquals'}              | ${['a', 'b']} | ${['a', 'c']} | ${false}
    ${'ForAnyValue:StringEquals'}               | ${['a', 'b']} | ${['a', 'c']} | ${true}
    ${'ForAnyValue:StringEquals'}               | ${['a', 'b']} | ${['c']}      | ${false}
    ${'ForAllValues:StringLike'}                | ${'a*'}       | ${['a', 'b']} | ${false}
    ${'ForAnyValue:StringLike'}                 | ${'a*'}       | ${['ab']}     | ${true}
    ${'ForAllValues:StringNotEquals'}           | ${['a', 'b']} | ${['c', 'd']} | ${true}
    ${'ForAllValues:StringNotEquals'}           | ${['a', 'b']} | ${['c', 'a']} | ${false}
    ${'ForAnyValue:StringNotEquals'}            | ${['a', 'b']} | ${['c', 'a']} | ${true}
    ${'ForAnyValue:StringNotEquals'}            | ${['a', 'b']} | ${['b', 'a']} | ${false}
    ${'ForAllValues:StringNotEqualsIgnoreCase'} | ${'a'}        | ${['b', 'A']} | ${false}
  `('$value satisfies $operator $wanted: $holds', ({ operator, wanted, value, holds: expected }) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });
});

// Measured: justincormack/argmin, bucket_policy_multivalue.rs. F481
it.each(['aws:TagKeys', 's3:RequestObjectTagKeys'])('%s is a list even with one value', (key) => {
  const asks = (operator: string) =>
    makeHolds(
      { ...readOperator(operator, 'statement 1'), key, values: ['a'] },
      true,
    )(valuesOf({ [key.toLowerCase()]: ['a'] }));
  expect(['StringEquals', 'StringLikeIfExists', 'StringNotEquals'].map(asks)).toEqual([false, false, false]);
  expect(['ForAnyValue:StringEquals', 'ForAllValues:StringEquals'].map(asks)).toEqual([true, true]);
});

// Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_request_object_tag_case_equivalent_values_preserve_binary_equals. F481
it.each<{ operator: string; value: readonly string[]; holds: boolean }>`
  operator             | value            | holds
  ${'StringEquals'}    | ${['QQ==', 'b']} | ${true}
  ${'StringEquals'}    | ${['b', 'QQ==']} | ${true}
  ${'StringEquals'}    | ${['b', 'c']}    | ${false}
  ${'BinaryEquals'}    | ${['b', 'QQ==']} | ${true}
  ${'BinaryEquals'}    | ${['b', 'c']}    | ${false}
  ${'StringNotEquals'} | ${['b', 'QQ==']} | ${false}
  ${'StringNotEquals'} | ${['b', 'c']}    | ${true}
`('tags $value of a request, whose names differ by case alone, satisfy $operator: $holds', (row) => {
  const key = 's3:RequestObjectTag/Team';
  const isHeld = makeHolds({ ...readOperator(row.operator, 'statement 1'), key, values: ['QQ=='] }, true);
  expect(isHeld(valuesOf({ [key.toLowerCase()]: row.value }))).toBe(row.holds);
});
