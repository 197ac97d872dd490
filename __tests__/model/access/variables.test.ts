import { describe, expect, it } from '@jest/globals';
import { findWrittenVariables, readResource } from '../../../src/model/access/variables';
import { holds, valuesOf } from './condition-key-values';

const others = {
  'aws:username': 'ann',
  'aws:principalaccount': '123456789012',
  's3:prefix': 'a*b',
  's3:requestobjecttagkeys': ['team'],
  'oidc.example.com:amr': ['mfa'],
  'oidc.example.com:sub': ['ann'],
};

/** `$` before the brace of a variable, since biome takes `${` in a string for a forgotten template. */
const of = (text: string) => text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}');

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html F482
describe('a variable in a condition', () => {
  it.each<{ operator: string; wanted: string; value: string; holds: boolean }>`
    operator                    | wanted                                                       | value                                   | holds
    ${'StringEquals'}           | ${'<aws:username>'}                                          | ${'ann'}                                | ${true}
    ${'StringEquals'}           | ${'<AWS:UserName>'}                                          | ${'ann'}                                | ${true}
    ${'StringEquals'}           | ${'<aws:username>'}                                          | ${'bob'}                                | ${false}
    ${'StringNotEquals'}        | ${'<aws:username>'}                                          | ${'ann'}                                | ${false}
    ${'StringEqualsIgnoreCase'} | ${'home/<aws:username>/X'}                                   | ${'HOME/ANN/x'}                         | ${true}
    ${'StringLike'}             | ${'home/<aws:username>/*'}                                   | ${'home/ann/a/b'}                       | ${true}
    ${'StringLike'}             | ${'home/<aws:username>/*'}                                   | ${'home/bob/a/b'}                       | ${false}
    ${'StringLike'}             | ${'<aws:username><aws:username>'}                            | ${'annann'}                             | ${true}
    ${'ArnLike'}                | ${'arn:aws:iam::<aws:PrincipalAccount>:user/<aws:username>'} | ${'arn:aws:iam::123456789012:user/ann'} | ${true}
    ${'ArnEquals'}              | ${'arn:aws:iam::<aws:PrincipalAccount>:user/*'}              | ${'arn:aws:iam::999999999999:user/ann'} | ${false}
  `('$operator $wanted, given $value: $holds', ({ operator, wanted, value, holds: expected }) => {
    expect(holds(operator, of(wanted), value, { others })).toBe(expected);
  });

  it.each<{ operator: string; wanted: string; value: string; holds: boolean }>`
    operator           | wanted     | value    | holds
    ${'StringEquals'}  | ${'a<*>'}  | ${'a*'}  | ${true}
    ${'StringEquals'}  | ${'a<*>'}  | ${'ab'}  | ${false}
    ${'StringLike'}    | ${'a<*>'}  | ${'a*'}  | ${true}
    ${'StringLike'}    | ${'a<*>'}  | ${'ab'}  | ${false}
    ${'StringLike'}    | ${'a<?>*'} | ${'a?b'} | ${true}
    ${'StringLike'}    | ${'a<?>'}  | ${'ab'}  | ${false}
    ${'StringLike'}    | ${'<$>*'}  | ${'$a'}  | ${true}
    ${'StringNotLike'} | ${'a<*>'}  | ${'ab'}  | ${true}
  `(
    '$operator $wanted, given $value, means the character itself: $holds',
    ({ operator, wanted, value, holds: expected }) => {
      expect(holds(operator, of(wanted), value)).toBe(expected);
    },
  );

  it('puts no wildcard in its place', () => {
    expect(holds('StringLike', of('<s3:prefix>'), 'a*b', { others })).toBe(true);
    expect(holds('StringLike', of('<s3:prefix>'), 'axb', { others })).toBe(false);
    expect(holds('StringLike', of('<s3:prefix>*'), 'a*bc', { others })).toBe(true);
  });

  it('compares without case character by character, wherever in a word a letter is', () => {
    const sigma = { others: { 'aws:username': 'ΑΣ' } };
    expect(holds('StringEqualsIgnoreCase', of('<aws:username>Α'), 'ασα', sigma)).toBe(true);
    expect(holds('StringEqualsIgnoreCase', of('<aws:username>'), 'ΑΣ', sigma)).toBe(true);
  });

  it('that is repeated takes no long time, however long its value is', () => {
    const long = { others: { 's3:prefix': 'a'.repeat(12_000) } };
    const repeated = of('<s3:prefix>'.repeat(1500));
    for (let one = 0; one < 200; one += 1) {
      const value = 'a'.repeat(11_000 + one);
      expect(holds('StringLike', repeated, value, long)).toBe(false);
      expect(holds('StringLike', of(`*<s3:prefix>b`), value, long)).toBe(false);
    }
  });

  it('without a value equals nothing, so that only negated operators hold', () => {
    for (const wanted of ['<aws:PrincipalTag/team>', '<nothing>', '<>', '<s3:RequestObjectTagKeys>']) {
      expect(holds('StringEquals', of(wanted), 'team', { others })).toBe(false);
      expect(holds('StringEquals', of(wanted), '', { others })).toBe(false);
      expect(holds('StringLike', of(`*${wanted}*`), 'team', { others })).toBe(false);
      expect(holds('StringNotEquals', of(wanted), 'team', { others })).toBe(true);
      expect(holds('StringEquals', [of(wanted), 'team'], 'team', { others })).toBe(true);
    }
  });

  it.each<{ wanted: string; value: string; holds: boolean }>`
    wanted                                 | value       | holds
    ${"<aws:PrincipalTag/team, 'all'>"}    | ${'all'}    | ${true}
    ${"<aws:PrincipalTag/team,'all'>"}     | ${'all'}    | ${true}
    ${"<aws:username, 'nobody'>"}          | ${'ann'}    | ${true}
    ${"<aws:username, 'nobody'>"}          | ${'nobody'} | ${false}
    ${"a<aws:PrincipalTag/team, ''>"}      | ${'a'}      | ${true}
    ${'<aws:PrincipalTag/team, all>'}      | ${'all'}    | ${false}
    ${"<aws:PrincipalTag/team, 'a*'>"}     | ${'ab'}     | ${false}
    ${"<s3:RequestObjectTagKeys, 'team'>"} | ${'team'}   | ${false}
    ${"<oidc.example.com:amr, 'mfa'>"}     | ${'mfa'}    | ${false}
    ${'<oidc.example.com:sub>'}            | ${'ann'}    | ${true}
    ${"a<aws:PrincipalTag/team, '>"}       | ${'a'}      | ${false}
    ${"<aws:PrincipalTag/team, all'>"}     | ${'ll'}     | ${false}
    ${"<aws:PrincipalTag/team, 'all>"}     | ${'al'}     | ${false}
  `('has a default: $wanted, given $value: $holds', ({ wanted, value, holds: expected }) => {
    expect(holds('StringLike', of(wanted), value, { others })).toBe(expected);
  });

  it('that is not closed is text', () => {
    expect(findWrittenVariables(of(`a<b>c${'<'}d`))).toEqual([of('<b>')]);
    expect(holds('StringEquals', '$'.concat('{aws:username'), '$'.concat('{aws:username'), { others })).toBe(true);
  });

  it.each([['NumericEquals'], ['DateEquals'], ['Bool'], ['IpAddress'], ['BinaryEquals']])(
    'is not read by %s',
    (operator) => {
      const value = operator === 'Bool' ? 'true' : '1';
      expect(holds(operator, of('<s3:max-keys>'), value, { others: { 's3:max-keys': value } })).toBe(false);
    },
  );

  it('is text in a policy of 2008-10-17', () => {
    const variables = false;
    expect(holds('StringEquals', of('<aws:username>'), 'ann', { others, variables })).toBe(false);
    expect(holds('StringEquals', of('<aws:username>'), of('<aws:username>'), { others, variables })).toBe(true);
    expect(holds('StringLike', of('<*>'), of('<abc>'), { others, variables })).toBe(true);
  });
});

describe('a variable in a resource', () => {
  const fits = (arn: string, resource: string, variables = true) =>
    readResource(of(arn), variables)(of(resource), valuesOf(others));

  it.each<{ arn: string; resource: string; fits: boolean }>`
    arn                                               | resource                            | fits
    ${'arn:aws:s3:::vault/<aws:username>/*'}          | ${'arn:aws:s3:::vault/ann/a/b'}     | ${true}
    ${'arn:aws:s3:::vault/<aws:username>/*'}          | ${'arn:aws:s3:::vault/bob/a'}       | ${false}
    ${'arn:aws:s3:::<aws:username>-home/*'}           | ${'arn:aws:s3:::ann-home/a'}        | ${true}
    ${'arn:aws:s3:::vault/<aws:PrincipalTag/t>/*'}    | ${'arn:aws:s3:::vault//a'}          | ${false}
    ${"arn:aws:s3:::vault/<aws:PrincipalTag/t, 'x'>"} | ${'arn:aws:s3:::vault/x'}           | ${true}
    ${'arn:aws:s3:::vault/<s3:prefix>'}               | ${'arn:aws:s3:::vault/axb'}         | ${false}
    ${'arn:aws:s3:::vault/<*>'}                       | ${'arn:aws:s3:::vault/*'}           | ${true}
    ${'arn:aws:s3:::vault/<*>'}                       | ${'arn:aws:s3:::vault/a'}           | ${false}
    ${'arn:aws:s3::<aws:PrincipalAccount>:vault'}     | ${'arn:aws:s3::123456789012:vault'} | ${false}
    ${'arn:aws:s3:::vault/*'}                         | ${'arn:aws:s3:::vault/a/b'}         | ${true}
    ${'arn:aws:s3:::vault/*'}                         | ${'arn:aws:s3:::vault'}             | ${false}
    ${'arn:aws:s3:::vault/a?'}                        | ${'arn:aws:s3:::vault/ab'}          | ${true}
    ${'arn:aws:s3:::vault/a'}                         | ${'arn:aws:s3:::vault/A'}           | ${false}
    ${'*'}                                            | ${'arn:aws:s3:::vault/a'}           | ${true}
  `('$arn is $resource: $fits', ({ arn, resource, fits: expected }) => {
    expect(fits(arn, resource)).toBe(expected);
  });

  it('has the values of each request, whatever the request before had', () => {
    const test = readResource(of('arn:aws:s3:::vault/<aws:username>/<s3:prefix>'), true);
    const isFor = (user: string, prefix: string, resource: string) =>
      test(`arn:aws:s3:::vault/${resource}`, valuesOf({ 'aws:username': user, 's3:prefix': prefix }));
    expect(isFor('ann', 'a', 'ann/a')).toBe(true);
    expect(isFor('bob', 'a', 'ann/a')).toBe(false);
    expect(isFor('bob', 'a', 'bob/a')).toBe(true);
    expect(isFor('bob', 'b', 'bob/a')).toBe(false);
    expect(isFor('ann', 'a', 'ann/a')).toBe(true);
  });

  it('is text in a policy of 2008-10-17', () => {
    expect(fits('arn:aws:s3:::vault/<aws:username>', 'arn:aws:s3:::vault/ann', false)).toBe(false);
    expect(fits('arn:aws:s3:::vault/<aws:username>', 'arn:aws:s3:::vault/<aws:username>', false)).toBe(true);
  });

  it('costs little, whatever the pattern', () => {
    const test = readResource(of(`arn:aws:s3:::vault/${'a*'.repeat(500)}<aws:username>`), true);
    expect(test(`arn:aws:s3:::vault/${'a'.repeat(900)}`, valuesOf(others))).toBe(false);
  });
});
